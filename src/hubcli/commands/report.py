"""hub report: aging, customer credit, payments, returns; each with totals that equal the sum of its rows."""

from typing import Annotated

import typer
from typer import Argument, Option

from hubcli.command import Run, command, order_by
from hubcli.commands import targets
from hubcli.commands.payments import shared
from hubcli.commands.payments.lists import range_of
from hubcli.commands.payments.shared import Text
from hubcli.commands.returns import RETURNS
from hubcli.render import Column, Listing
from hubcli.values import money

HELP = """Figures of the shop.

Examples:
hub report aging
hub report aging --as-of 2025-05-31 --by document
hub report payments --date "last month"
"""
app = typer.Typer(help=HELP)
_HERE = "hubcli.commands.reports."
LATER = {
    "aging": (_HERE + "aging", "Show what is owed by how long it is past due."),
    "receivables": (_HERE + "receivables", "Show what accounts came to over a period."),
    "payments": (_HERE + "payments", "Show payments by method, or one by one with --detail."),
    "cash": (_HERE + "payments", "Show what the till must hold, by place, method and clerk."),
}

CREDIT = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("date_issued", "date", title="issued"),
    Column("amount", "money"),
    Column("type", "code", keep=2),
    Column("document", "code", keep=3),
    Column("balance", "money", title="has now"),
    Column("note", "long", keep=5),
)
Date = Annotated[Text, Option("--date", metavar="RANGE", help="such as 2025-05 or last month")]


@command(app, "credit")
def credit(
    run: Run,
    ref: Annotated[Text, Argument(metavar="[REF]", help="only this customer")] = None,
    *,
    date: Date = None,
) -> Listing:
    """Show the customer credit that was issued, and what each customer has of it now.

    Examples:
    hub report credit --date 2025-05
    """
    first, last = range_of(run, date, "--date")
    customer = targets.customer(run, ref) if ref is not None else None
    params = {"date_from": first, "date_to": last, "customer": customer}
    rows = list(run.hub.rows("report.credit", params, order_by(run.sort, CREDIT)))
    now = sum({row["number"]: row["balance"] for row in rows}.values())
    issued = sum(row["amount"] for row in rows)
    told = f"issued {money.show(issued)}; these customers have {money.show(now)} now"
    return Listing(CREDIT, rows, name="credits", total=len(rows), summary=told if rows else None)


@command(app, "returns")
def returns(
    run: Run,
    ref: Annotated[Text, Argument(metavar="[DOCUMENT|CUSTOMER]", help="only of O7, or of a customer")] = None,
    *,
    date: Date = None,
) -> Listing:
    """Show returns: what came back, why, the fee kept, and where the money went.

    Examples:
    hub report returns --date "last 90 days"
    """
    row, customer = shared.document_or_customer(run, ref) if ref is not None else (None, None)
    first, last = range_of(run, date, "--date")
    params = {
        "date_from": first, "date_to": last, "document": row["id"] if row is not None else None,
        "customer": customer if row is None else None,
    }  # fmt: skip
    rows = list(run.hub.rows("returns.list", params, order_by(run.sort, RETURNS)))
    fees, given = sum(r["restocking"] for r in rows), sum(r["refund"] for r in rows)
    told = f"given back {money.show(given)}, restocking fees kept {money.show(fees)}"
    return Listing(RETURNS, rows, name="returns", total=len(rows), summary=told if rows else None)
