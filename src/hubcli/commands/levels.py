"""hub models levels: price levels, what models cost at them, who buys at them."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.models import cents
from hubcli.counts import Count
from hubcli.operations import models
from hubcli.render import Column, Listing
from hubcli.values import text as texts

HELP = """Price levels: what customers of a level pay instead of the list price.

Examples:
hub models levels add Trade
hub models levels list
"""
levels = typer.Typer(help=HELP)
app = typer.Typer()
app.add_typer(levels, name="levels")

LEVELS = (
    Column("name"),
    Column("models", "count"),
    Column("customers", "count"),
    Column("default", "bool"),
)
PRICE = (
    Column("level"),
    Column("model", "code"),
    Column("price", "money"),
    Column("list_price", "money", title="list"),
)
ASSIGNED = (Column("number", "ref", prefix="C", title="#"), Column("name"), Column("level"))
Name = Annotated[str, Argument(metavar="LEVEL", help="the name of the level")]


@command(levels, "list")
def list_(run: Run) -> Listing:
    """List the price levels, that of list prices first: who is given no other level buys at it.

    Examples:
    hub models levels list
    """
    return run.list("models.levels", {"list": models.list_level(run.hub)}, LEVELS, "price levels")


@command(levels, "add")
def add(run: Run, name: Name) -> Done:
    """Add a price level.

    Examples:
    hub models levels add Trade
    """
    wanted = texts.name(name, "level", 60)
    outcome = run.change(lambda hub: models.add_level(hub, wanted))
    return Done(outcome, LEVELS, [] if outcome.dry_run else [(wanted, 0, 0, 0)], name="price levels")


def _now(run: Run, name: str) -> list[tuple[Any, ...]]:
    rows = run.hub.rows("models.levels", {"list": models.list_level(run.hub)})
    return [tuple(row) for row in rows if row["name"] == name]


@command(levels, "rename")
def rename(run: Run, name: Name, new: Annotated[str, Argument(metavar="NAME", help="its new name")]) -> Done:
    """Give a price level another name; also that of list prices.

    Examples:
    hub models levels rename Retail "List price" -n
    """
    wanted = texts.name(new, "level", 60)
    outcome = run.change(lambda hub: models.rename_level(hub, name, wanted))
    return Done(outcome, LEVELS, [] if outcome.dry_run else _now(run, wanted), name="price levels")


@command(levels, "delete")
def delete(run: Run, name: Name) -> Done:
    """Delete a price level and its prices; who bought at it buys at list prices again. hub undo brings it back.

    Examples:
    hub models levels list
    """
    at = models.level(run.hub, name)
    gone = _now(run, at["name"])
    count = gone[0][2]
    if count:
        buyers = f"{Count(count):customer}"
        run.confirm(f"delete {at['name']}, the level of {buyers}?", f"deleting the price level of {buyers}")
    outcome = run.change(lambda hub: models.remove_level(hub, name))
    return Done(outcome, LEVELS, [] if outcome.dry_run else gone, name="price levels")


@command(levels, "set-price")
def set_price(
    run: Run,
    name: Name,
    model: Annotated[str, Argument(metavar="MODEL")],
    price: Annotated[str, Argument(metavar="PRICE", help="what it costs at this level; none: the list price")],
) -> Done:
    """Say what a model costs at a level.

    Examples:
    hub models levels add Trade -n
    """
    at, row, wanted = models.level(run.hub, name), models.get(run.hub, model), cents(price, "PRICE")
    outcome = run.change(lambda hub: models.set_price(hub, at["id"], row["id"], wanted))
    return Done(outcome, PRICE, [(at["name"], row["model"], wanted, row["price_cents"])], name="prices")


@command(levels, "assign")
def assign(
    run: Run,
    ref: Annotated[list[str], Argument(metavar="REF... LEVEL", help="customers, then the level; none: list prices")],
    *,
    level: Annotated[str | None, Option("--level", metavar="NAME", help="the level, instead of the last word")] = None,
) -> Done:
    """Let customers buy at a price level; none takes them back to list prices.

    Quotes made before keep their prices.

    Examples:
    hub models levels assign C1 none
    """
    refs, name = (ref, level) if level is not None else (ref[:-1], ref[-1])
    if not refs:
        raise targets.need("name the customers and the level", "hub models levels assign C1 Trade")
    at = models.level_or_list(run.hub, name)
    numbers = targets.customers(run, refs)

    def work(hub: Any) -> None:
        for number in numbers:
            models.assign(hub, number, at and at["id"])

    outcome = run.change(work)
    now = at["name"] if at else models.list_level(run.hub)
    rows = [(row["number"], row["name"], now) for row in run.hub.rows("customers.brief", {"ids": numbers})]
    return Done(outcome, ASSIGNED, rows)
