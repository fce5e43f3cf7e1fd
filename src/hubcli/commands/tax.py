"""hub settings tax: the sales tax rates, each from a day on."""

from typing import Annotated

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.operations import tax
from hubcli.render import Column, Listing
from hubcli.values import dates, money, text

HELP = """The sales tax rate by date: a document takes the one that holds on its day.

Examples:
hub settings tax list
hub settings tax add 8.5% --from 2025-07-01
"""
app = typer.Typer()
nested = typer.Typer(help=HELP)
app.add_typer(nested, name="tax")

COLUMNS = (
    Column("starts_on", "date", title="from"),
    Column("rate", "rate"),
    Column("current", "bool"),
    Column("note", keep=3),
)


def _row(run: Run, day: str) -> list[tuple[object, ...]]:
    rows = run.hub.rows("settings.tax_rates", {"today": run.hub.day.today, "starts_on": day})
    return [tuple(row) for row in rows]


@command(nested, "list")
def list_(run: Run) -> Listing:
    """List the rates, the latest first; before the first of them the setting tax.default_rate holds.

    Examples:
    hub settings tax list
    """
    return run.list("settings.tax_rates", {"today": run.hub.day.today}, COLUMNS, "tax rates")


@command(nested, "add")
def add(
    run: Run,
    rate: Annotated[str, Argument(metavar="RATE", help="as 8.5%")],
    *,
    from_: Annotated[str, Option("--from", metavar="DATE", help="the first day it holds")] = "today",
    note: Annotated[str | None, Option("--note", metavar="T")] = None,
) -> Done:
    """Add a rate from a day on, or change the one of that day; documents made before keep theirs.

    Examples:
    hub settings tax add 8.5% --from 2025-07-01
    """
    day = dates.day(from_, run.today, "--from").isoformat()
    parsed = money.parse_rate(rate, "RATE")
    remark = None if note is None else text.note(note, "--note")
    outcome = run.change(lambda hub: tax.add(hub, day, parsed, remark))
    return Done(outcome, COLUMNS, [] if outcome.dry_run else _row(run, day), name="tax rates")


@command(nested, "remove")
def remove(run: Run, day: Annotated[str, Argument(metavar="DATE", help="the first day of the rate")]) -> Done:
    """Take the rate of a day away; documents made with it keep it.

    Examples:
    hub settings tax list
    """
    starts = dates.day(day, run.today, "DATE").isoformat()
    row = _row(run, starts)
    outcome = run.change(lambda hub: tax.remove(hub, starts))
    return Done(outcome, COLUMNS, [] if outcome.dry_run else row, name="tax rates")
