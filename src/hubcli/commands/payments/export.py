"""hub payments export: payments for bookkeeping programs, those since the last time among them."""

import sys
from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.commands.payments.shared import PAYMENTS, Text
from hubcli.operations.payments import exported

app = typer.Typer()

SinceLast = Annotated[bool, Option("--since-last", help="new or changed since the last export with --since-last")]
From = Annotated[Text, Option("--from", metavar="D", help="paid on this day or later")]
To = Annotated[Text, Option("--to", metavar="D", help="paid on this day or before")]


@command(app, "export")
def export(
    run: Run,
    *,
    since_last: SinceLast = False,
    first: From = None,
    last: To = None,
) -> int:
    """Write payments: the same as hub export payments.

    Examples:
    hub payments export --from 2025-05-01 --to 2025-05-31 --csv
    """
    return written(run, period(run, first, last), since_last=since_last)


def written(run: Run, params: dict[str, object], *, since_last: bool) -> int:
    """Write what fits; with `since_last` only what is new, and remember how far that came."""
    if not since_last:
        run.print(run.list("payments.exported", params, PAYMENTS, "payments"))
        return 0
    if any(params.values()):
        raise targets.need("--since-last goes alone: what a filter leaves out would never be exported")
    came, since = exported.last_change(run.hub), exported.mark(run.hub)
    run.print(run.list("payments.exported", {"changed_after": since}, PAYMENTS, "payments"))
    if run.limit not in {None, "all"} or (sys.stdout.isatty() and not run.options.get("output")):
        run.say("only shown: -o FILE, or a pipe, writes all of them and remembers how far that came")
    elif not run.dry_run:
        exported.remember(run.hub, came)
    return 0


def period(run: Run, first: Text, last: Text) -> dict[str, object]:
    """Read --from and --to; raise needs_option when they are the wrong way round."""
    days = [None if day is None else _day(run, day, option) for day, option in ((first, "--from"), (last, "--to"))]
    if None not in days and str(days[0]) > str(days[1]):
        raise targets.need(f"--from {days[0]} is after --to {days[1]}")
    return {"date_from": days[0], "date_to": days[1]}


def _day(run: Run, typed: str, option: str) -> str:
    from hubcli.values import dates

    return dates.day(typed, run.today, option).isoformat()
