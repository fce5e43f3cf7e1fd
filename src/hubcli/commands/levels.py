"""hub models levels: price levels, what models cost at them, who buys at them."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.models import cents
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

LEVELS = (Column("name"), Column("models", "count"), Column("customers", "count"))
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
    """List the price levels.

    Examples:
    hub models levels list
    """
    return run.list("models.levels", {}, LEVELS, "price levels")


@command(levels, "add")
def add(run: Run, name: Name) -> Done:
    """Add a price level.

    Examples:
    hub models levels add Trade
    """
    wanted = texts.name(name, "level", 60)
    outcome = run.change(lambda hub: models.add_level(hub, wanted))
    return Done(outcome, LEVELS, [] if outcome.dry_run else [(wanted, 0, 0)], name="price levels")


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
    at: Any = None if name.lower() == "none" else models.level(run.hub, name)
    numbers = targets.customers(run, refs)

    def work(hub: Any) -> None:
        for number in numbers:
            models.assign(hub, number, at and at["id"])

    outcome = run.change(work)
    rows = [
        (row["number"], row["name"], at and at["name"]) for row in run.hub.rows("customers.brief", {"ids": numbers})
    ]
    return Done(outcome, ASSIGNED, rows)
