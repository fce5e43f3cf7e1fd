"""hub export payments, hub payments export: payments for bookkeeping programs, those since the last time among them."""

from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import filters, targets
from hubcli.commands.payments.lists import STATUSES
from hubcli.commands.payments.shared import PAYMENTS, Text
from hubcli.operations import refs
from hubcli.operations.payments import exported, methods

app = typer.Typer()


@command(app, "payments")
def payments(
    run: Run,
    *,
    since_last: Annotated[
        bool, Option("--since-last", help="new or changed since the last export with --since-last")
    ] = False,
    first: Annotated[Text, Option("--from", metavar="D", help="paid on this day or later")] = None,
    last: Annotated[Text, Option("--to", metavar="D", help="paid on this day or before")] = None,
    method: Annotated[list[str] | None, Option("--method", metavar="M", help="such as cash")] = None,
    status: Annotated[list[str] | None, Option("--status", metavar="S", help=", ".join(STATUSES))] = None,
    customer: Annotated[Text, Option("--customer", metavar="REF", help="of this customer")] = None,
    location: Annotated[Text, Option("--location", metavar="T", help="taken there")] = None,
) -> int:
    """Write payments, those that were voided or rejected too, the first one first; hub import payments reads them.

    --since-last remembers how far it came, once everything is written, and begins there the next time. -n does not.

    Examples:
    hub export payments --from 2025-05-01 --to 2025-05-31 --csv
    hub export payments --since-last --csv -o payments.csv
    """
    params = _period(run, first, last) | {
        "location": location,
        "customer": None if customer is None else refs.customer(run.hub, customer),
        "method": filters.chosen(method, methods.METHODS, "--method"),
        "status": filters.chosen(status, STATUSES, "--status"),
    }
    return _written(run, params, since_last=since_last)


def _written(run: Run, params: dict[str, object], *, since_last: bool) -> int:
    """Write what fits; with `since_last` only what is new, and remember how far that came."""
    if not since_last:
        run.print(run.list("payments.exported", params, PAYMENTS, "payments"))
        return 0
    if any(params.values()):
        raise targets.need("--since-last goes alone: what a filter leaves out would never be exported")
    came, since = exported.last_change(run.hub), exported.mark(run.hub)
    run.print(run.list("payments.exported", {"changed_after": since}, PAYMENTS, "payments"))
    if not run.dry_run:
        exported.remember(run.hub, came)
    return 0


def _period(run: Run, first: Text, last: Text) -> dict[str, object]:
    days = [None if day is None else _day(run, day, option) for day, option in ((first, "--from"), (last, "--to"))]
    if None not in days and str(days[0]) > str(days[1]):
        raise targets.need(f"--from {days[0]} is after --to {days[1]}")
    return {"date_from": days[0], "date_to": days[1]}


def _day(run: Run, typed: str, option: str) -> str:
    from hubcli.values import dates

    return dates.day(typed, run.today, option).isoformat()


@command(app, "export")
def export(
    run: Run,
    *,
    since_last: Annotated[
        bool, Option("--since-last", help="new or changed since the last export with --since-last")
    ] = False,
    first: Annotated[Text, Option("--from", metavar="D", help="paid on this day or later")] = None,
    last: Annotated[Text, Option("--to", metavar="D", help="paid on this day or before")] = None,
) -> int:
    """Write payments: the same as hub export payments.

    Examples:
    hub payments export --from 2025-05-01 --to 2025-05-31 --csv
    """
    return _written(run, _period(run, first, last), since_last=since_last)
