"""hub payments list, show: reads payments."""

from typing import Annotated

import typer
from typer import Argument, Option

from hubcli.command import Run, command
from hubcli.commands import filters, targets
from hubcli.commands.payments import shared
from hubcli.commands.payments.shared import PAYMENTS, Text
from hubcli.errors import HubError
from hubcli.operations.payments import methods, settling
from hubcli.render import Column, Listing, Record, Section
from hubcli.values import text as texts
from hubcli.values import words

app = typer.Typer()

Words = list[str] | None

STATUSES = ("pending", "confirmed", "rejected", "incomplete", "void")
REFUNDS = (
    Column("number", "ref", prefix="F", title="#"),
    Column("date", "date"),
    Column("method", "code"),
    Column("amount", "money"),
    Column("reason", "long"),
    Column("return", "ref", prefix="R"),
    Column("ended_on", "date", title="ended", keep=5),
)
REPAYMENTS = (
    Column("number", "ref", prefix="L", title="#"),
    Column("date", "date"),
    Column("method", "code"),
    Column("status", "code"),
    Column("amount", "money"),
    Column("reference", "text", keep=4),
    Column("return", "ref", prefix="R"),
)


@command(app, "list")
def list_(
    run: Run,
    ref: Annotated[Text, Argument(metavar="[DOCUMENT|CUSTOMER]", help="only of O7, Q7 or a customer")] = None,
    *,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
    date: Annotated[Words, Option("--date", metavar="RANGE", help="paid on, such as last month")] = None,
    method: Annotated[Words, Option("--method", metavar="M", help="such as cash")] = None,
    status: Annotated[Words, Option("--status", metavar="S", help=", ".join((*STATUSES, "all")))] = None,
    amount: Annotated[Words, Option("--amount", metavar="M", help="exactly this amount")] = None,
    check_number: Annotated[Words, Option("--check-number", metavar="T", help="this check")] = None,
    reference: Annotated[Words, Option("--reference", metavar="T", help="approval code, transaction id")] = None,
    by: Annotated[Words, Option("--by", metavar="WHO", help="recorded by")] = None,
    location: Annotated[Words, Option("--location", metavar="T", help="taken there")] = None,
    incomplete: Annotated[bool, Option("--incomplete", help="attempts that came to nothing too")] = False,
) -> Listing:
    """List payments, the newest first; repayments of credit lines (L7) are among them.

    Examples:
    hub payments list --date 2025-05
    hub payments list C1
    hub payments list --customer "Maria Garcia" --method check
    hub payments list --method check --method cash --json
    """
    row, payer = shared.document_or_customer(run, ref) if ref is not None else (None, None)
    payers = filters.of_customers(run, customer)
    if payer is not None and row is None:
        payers = [targets.only(payer, other) or other for other in payers] or [payer]
    first, last = filters.days(run, date, "--date")
    chosen = words.several(status, STATUSES, "--status")
    params = {
        "document": row["id"] if row is not None else None,
        "customer": payers,
        "date_from": first,
        "date_to": last,
        "method": filters.chosen(method, methods.METHODS, "--method"),
        "status": chosen,
        "amount": [shared.amount_of(one) for one in amount or []],
        "check_number": check_number or [],
        "reference": reference or [],
        "by": filters.by_whom(run, by),
        "location": location or [],
        "incomplete": incomplete or "incomplete" in chosen or None,
    }
    return run.list("payments.list", params, PAYMENTS, "payments")


@command(app, "show")
def show(run: Run, ref: Annotated[str, Argument(metavar="P", help="the payment, such as P3")]) -> Record:
    """Show a payment with what was given back on it, and what of a draw was repaid; or a repayment, L7.

    Examples:
    hub payments show P1
    """
    if ref[:1] in "Ll":
        return _repayment(run, targets.number(ref, "L", "repayment"))
    number = targets.number(ref, "P", "payment")
    found = settling.find(run.hub, number)
    row = run.hub.one("payments.one", {"id": number})
    refunds = [tuple(r) for r in run.hub.rows("payments.refunds", {"id": number})]
    repayments = [tuple(r) for r in run.hub.rows("payments.repayments", {"id": number})]
    sections = [
        Section("refunds", Listing(REFUNDS, refunds, name="refunds"), key="refunds"),
        Section("repayments", Listing(REPAYMENTS, repayments, name="repayments"), key="repayments"),
    ]
    title = f"P{number}  {texts.visible(found['customer_name'])}"
    return Record(PAYMENTS, tuple(row or ()), title=title, sections=sections)


def _repayment(run: Run, number: int) -> Record:
    """Give a repayment of a credit line in the columns of payments."""
    row = run.hub.one("payments.repaid_one", {"id": number})
    if row is None:
        raise HubError("not_found", what="repayment", ref=f"L{number}", near="", tries=("hub payments list",))
    draw = (Column("draw", "ref", prefix="P"), Column("return", "ref", prefix="R"))
    title = f"L{number}  {texts.visible(row['customer_name'])}"
    return Record((*PAYMENTS, *draw), tuple(row), title=title)
