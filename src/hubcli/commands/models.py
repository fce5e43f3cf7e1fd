"""hub models: the catalogue that quote lines take price and cost from, and the price levels of customers."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.errors import HubError
from hubcli.operations import models
from hubcli.render import Column, Listing, Record, Section
from hubcli.values import money, words
from hubcli.values import text as texts

HELP = """The catalogue: models, prices, price levels.

Examples:
hub models add DW-500 --description "Dishwasher, steel" --price 649 --cost 410
hub models list
hub models levels add Trade
"""
app = typer.Typer(help=HELP)
LATER = {"levels": ("hubcli.commands.levels", "Price levels: what customers of a level pay.")}

Text = str | None
Words = list[str] | None
COLUMNS = (
    Column("model", "code"),
    Column("description", "long"),
    Column("price", "money"),
    Column("cost", "money", keep=2),
    Column("margin", "percent", keep=3),
    Column("condition", "code", keep=4),
    Column("discontinued", "bool", keep=5),
    Column("level_price", "money", title="at level", keep=6),
)
SHOWN = (*COLUMNS[:7], Column("orders", "count"), Column("quotes", "count"), Column("levels", "object"))
PRICES = (Column("level"), Column("price", "money"))
Model = Annotated[str, Argument(metavar="MODEL", help="the model number")]


def _row(run: Run, model: str) -> tuple[Any, ...]:
    row = models.get(run.hub, model)
    params = {"text": row["model"].lower().replace("%", "_")}
    return next(tuple(found) for found in run.hub.rows("models.list", params) if found["model"] == row["model"])


def _done(run: Run, outcome: Any, model: str) -> Done:
    rows = [] if outcome.dry_run else [_row(run, model)[:7]]
    return Done(outcome, COLUMNS[:7], rows, name="models")


@command(app, "list")
def list_(
    run: Run,
    text: Annotated[Text, Argument(metavar="[TEXT]", help="part of a model number or a description")] = None,
    *,
    condition: Annotated[Words, Option("--condition", metavar="T", help="such as demo or floor model")] = None,
    discontinued: Annotated[
        bool | None, Option("--discontinued/--current", help="only those no longer sold, or only the others")
    ] = None,
    level: Annotated[Text, Option("--level", metavar="NAME", help="show what they cost at a price level")] = None,
) -> Listing:
    """List the catalogue by model number.

    Examples:
    hub models list
    hub models list washer --current
    hub models list --sort -margin --csv
    """
    at = None if level is None else models.level_or_list(run.hub, level)
    params: dict[str, Any] = {
        "text": None if text is None else "%" + texts.name(text, "text").lower().replace("%", "_") + "%",
        "condition": condition or [],
        "discontinued": None if discontinued is None else int(discontinued),
        "level": at and at["id"],
    }
    return run.list("models.list", params, COLUMNS, "models")


@command(app, "show")
def show(run: Run, model: Model) -> Record:
    """Show a model: prices at every level, and how often it was sold.

    Examples:
    hub models add DW-500 --price 649 -n
    """
    row = models.get(run.hub, model)
    sold = run.hub.one("models.sold", {"model": row["model"]})
    prices = [tuple(price) for price in run.hub.rows("models.prices", {"model": row["id"]})]
    counts = (sold["orders"], sold["quotes"]) if sold else (0, 0)
    return Record(
        SHOWN,
        (*_row(run, row["model"])[:7], *counts, Listing(PRICES, prices)),
        title=texts.visible(row["model"]),
        sections=[Section("Prices at levels", Listing(PRICES, prices))],
    )


@command(app, "add")
def add(
    run: Run,
    model: Model,
    *,
    description: Annotated[Text, Option("--description", metavar="T")] = None,
    price: Annotated[Text, Option("--price", metavar="M", help="list price")] = None,
    cost: Annotated[Text, Option("--cost", metavar="M", help="what the shop pays; without it margins are n/a")] = None,
    condition: Annotated[Text, Option("--condition", metavar="T", help="such as new, demo, floor model")] = None,
    discontinued: Annotated[bool, Option("--discontinued", help="no longer sold")] = False,
) -> Done:
    """Add a model to the catalogue.

    Examples:
    hub models add DW-500 --description "Dishwasher, steel" --price 649 --cost 410
    hub models add FRG-100-D --price 899 --condition demo
    """
    given = targets.given(model=model, description=description, price=price, cost=cost, condition=condition)
    columns = models.read(given) | {"discontinued": int(discontinued)}
    outcome = run.change(lambda hub: models.add(hub, columns))
    return _done(run, outcome, columns["model"])


@command(app, "edit")
def edit(
    run: Run,
    model: Model,
    *,
    number: Annotated[Text, Option("--model", metavar="MODEL", help="another model number")] = None,
    description: Annotated[Text, Option("--description", metavar="T")] = None,
    price: Annotated[Text, Option("--price", metavar="M", help="list price; quotes made before keep theirs")] = None,
    cost: Annotated[Text, Option("--cost", metavar="M")] = None,
    condition: Annotated[Text, Option("--condition", metavar="T")] = None,
    discontinued: Annotated[
        bool | None, Option("--discontinued/--current", help="no longer sold, or sold again")
    ] = None,
    clear: Annotated[list[str] | None, Option("--clear", metavar="FIELD", help="take a value away")] = None,
) -> Done:
    """Edit a model; what was quoted before keeps its price and cost.

    Examples:
    hub models add DW-500 --price 649 -n
    """
    given: dict[str, Text] = targets.given(
        model=number, description=description, price=price, cost=cost, condition=condition
    )
    given |= targets.clears(clear or [], ("description", "price", "cost", "condition"))
    columns = models.read(given) | ({} if discontinued is None else {"discontinued": int(discontinued)})
    if not columns:
        raise targets.need("nothing to edit: name a field", "hub models edit --help")
    row = models.get(run.hub, model)
    outcome = run.change(lambda hub: models.edit(hub, row, columns))
    return _done(run, outcome, columns.get("model", row["model"]))


COUNTS = (Column("added", "count"), Column("changed", "count"), Column("same", "count"), Column("rejected", "count"))


@command(app, "import")
def import_(
    run: Run,
    file: Annotated[str, Argument(metavar="FILE", help="CSV, TSV, JSON or .xlsx; - reads stdin")],
    *,
    apply: Annotated[bool, Option("--apply", help="write it; without, only what it would do is told")] = False,
) -> Done:
    r"""Read models from a table with the columns model, description, price, cost, condition, discontinued.

    Known models are updated, empty cells never overwrite.

    Examples:
    printf 'model,description,price,cost\nDW-500,Dishwasher,649.00,410.00\n' | hub models import -
    """
    rows = list(_table(file))
    run.allowed()
    outcome = run.hub.change(
        run.command, lambda hub: models.load(hub, rows), reason=run.reason, dry_run=bool(run.dry_run or not apply)
    )
    loaded = outcome.result
    for line, reason in loaded.rejects[:20]:
        run.say(f"line {line}: {reason}")
    if not apply:
        run.tell("nothing was written yet: run it again with --apply")
    counts = (loaded.added, loaded.changed, loaded.same, len(loaded.rejects))
    done = Done(outcome._replace(dry_run=False), COUNTS, [counts], name="models", exit_code=3 if loaded.rejects else 0)
    if not apply or run.dry_run:
        done.rows = [(*counts, None)]
    return done


def _table(file: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    from hubcli.importing.reader import open_table

    with open_table(file) as table:
        names = [header.strip().lower().replace(" ", "_") for header in table.headers]
        unknown = [name for name in names if name not in (*models.FIELDS, "margin", "level_price")]
        if unknown or "model" not in names:
            missing = [] if "model" in names else ["no column model"]
            close = [f"{name} (did you mean {', '.join(words.near(name, models.FIELDS))}?)" for name in unknown]
            raise HubError("columns_unknown", file=file, columns=", ".join([*missing, *close]),
                           tries=(f"the columns are {', '.join(models.FIELDS)}",))  # fmt: skip
        for line, cells in table.rows():
            yield line, dict(zip(names, cells, strict=True))


def cents(value: str, option: str) -> int | None:
    """Give typed money as cents; `none` as None."""
    return None if value.lower() == "none" else money.parse(value, option)
