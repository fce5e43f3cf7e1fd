"""Lists invoices."""

from typing import Annotated, Any

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import filters
from hubcli.counts import Count
from hubcli.operations import invoices, refs
from hubcli.render import ASKED, Column, Listing
from hubcli.values import dates, money, words

app = typer.Typer()

Text = str | None
Words = list[str] | None
INVOICES = (
    Column("number", "ref", prefix="I", title="#"),
    Column("order", "code", keep=4),
    Column("customer", "ref", prefix="C", keep=6),
    Column("customer_name", title="name", keep=2),
    Column("invoiced_on", "date", title="invoiced", keep=5),
    Column("due_on", "date", title="due"),
    Column("total", "money", keep=3),
    Column("paid", "money", keep=4),
    Column("balance", "money"),
    Column("days_overdue", "count", title="late", keep=2),
    Column("status", "code"),
    Column("overdue", "bool", keep=ASKED),
    Column("disputed", "bool", keep=3),
    Column("pending", "money", keep=7),
    Column("credited", "money", keep=8),
    Column("terms", keep=8),
    Column("salesperson", "code", title="by", keep=9),
    Column("as_of", "date", keep=ASKED),
)


def invoice_filters(
    run: Run,
    *,
    outstanding: Annotated[bool, Option("--outstanding", help="with something still owed")] = False,
    overdue: Annotated[bool, Option("--overdue", help="past due, and something still owed")] = False,
    as_of: Annotated[Text, Option("--as-of", metavar="D", help="as it was on that day (today)")] = None,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
    disputed: Annotated[bool, Option("--disputed", help="the customer says it is wrong")] = False,
    status: Annotated[Words, Option("--status", metavar="S", help=", ".join((*invoices.STATUSES, "all")))] = None,
    date: Annotated[Words, Option("--date", metavar="RANGE", help="invoiced then, as last month or 2025-05")] = None,
    due: Annotated[Words, Option("--due", metavar="RANGE", help="due then")] = None,
    salesperson: Annotated[Words, Option("--salesperson", metavar="STAFF", help="who sold it")] = None,
) -> dict[str, Any]:
    """Give the parameters of a list of invoices; raise HubError for a value that does not hold."""
    day = run.today if as_of is None else dates.not_future(dates.day(as_of, run.today, "--as-of"), run.today, "--as-of")
    invoiced, due_then = filters.days(run, date, "--date"), filters.days(run, due, "--due")
    return {
        "day": day.isoformat(), "as_of": None if day == run.today else day.isoformat(),
        "outstanding": outstanding or None, "overdue": overdue or None, "disputed": disputed or None,
        "customer": filters.of_customers(run, customer),
        "status": words.several(status, invoices.STATUSES, "--status"),
        "date_from": invoiced[0], "date_to": invoiced[1], "due_from": due_then[0], "due_to": due_then[1],
        "salesperson": [refs.staff(run.hub, name) for name in salesperson or []],
    }  # fmt: skip


@command(app, "list", takes=[invoice_filters])
def list_(run: Run, invoice_filters: dict[str, Any]) -> Listing:
    """List invoices, the newest first, each with what is still owed on it.

    Outstanding is one that is not canceled and not paid, pending money counted. As of an earlier day, what came later
    does not exist. One that waits for a statement to list it has no due day yet.

    Examples:
    hub invoices list --outstanding
    hub invoices list --overdue --sort due_on
    hub invoices list --outstanding --as-of "end of last month" --csv
    """
    listing = run.list("invoices.list", invoice_filters, INVOICES, "invoices")
    listing.summary = _summary(run, invoice_filters)
    return listing


def _summary(run: Run, params: dict[str, Any]) -> str | None:
    """Give the line under the table: how many, what is owed on them, how much of that is past due."""
    import sys

    if not sys.stderr.isatty() or run.quiet:
        return None
    found = run.hub.one("invoices.sums", params)
    if found is None or not found["invoices"]:
        return None
    count = f"{Count(found['invoices']):invoice}"
    return (
        f"{count} as of {params['day']}: owed {money.show(found['balance'])}, past due {money.show(found['overdue'])}"
    )
