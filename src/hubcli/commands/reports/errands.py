"""hub report visits: how many home visits were made, and how many were needed again."""

from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands.reports import shared
from hubcli.commands.reports.shared import Date, From, To, Words
from hubcli.operations import visits as rules
from hubcli.operations.reports import errands
from hubcli.render import Column, Listing
from hubcli.values import words

app = typer.Typer()

VISITS = (
    Column("name", "text"),
    Column("visits", "count"),
    Column("again", "count", title="again in 30 days"),
    Column("first_time_fix", "percent", title="first-time fix"),
    *shared.PERIOD,
)


@command(app, "visits")
def visits(
    run: Run,
    *,
    by: Annotated[str, Option("--by", metavar="B", help=", ".join(errands.BY))] = "type",
    type: Annotated[Words, Option("--type", metavar="T", help="survey, service or install")] = None,
    date: Date = None,
    first: From = None,
    last: To = None,
) -> Listing:
    """Count the home visits that were made, and how many units were to be serviced again within 30 days.

    `first_time_fix` is the share of the visits that needed no other. Visits of a place, without a line, need none.

    Examples:
    hub report visits --date "this year"
    hub report visits --by driver --type service --date 2025
    """
    group = words.choose(by, errands.BY, "--by")
    begin, end = shared.closed_period(run, first, last, date)
    params: dict[str, object] = {
        "date_from": begin, "date_to": end, "type": [words.choose(one, rules.TYPES, "--type") for one in type or []],
    }  # fmt: skip
    rows = [(*one, begin, end) for one in errands.made(run.hub, group, params)]
    return Listing(VISITS, rows, name="groups")
