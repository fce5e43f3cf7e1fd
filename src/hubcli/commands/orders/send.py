"""Sends orders to the customer, and asks for what is owed on them."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.quotes import written
from hubcli.commands.quotes.send import letter_fields, posted, sent
from hubcli.errors import HubError
from hubcli.operations import documents
from hubcli.operations.customers import standing
from hubcli.operations.documents import base, sending
from hubcli.operations.documents.letters import Said

app = typer.Typer()

Orders = Annotated[list[str] | None, Argument(metavar="[O...]", help="orders, such as O7; - reads them from stdin")]


@command(app, "send", takes=[letter_fields])
def send(
    run: Run, letter_fields: Said, refs: Annotated[list[str], Argument(metavar="O...", help="such as O7")]
) -> Done:
    """Send orders to the customer; of a canceled one, that it was canceled.

    Examples:
    hub orders send O2 --by print
    """
    rows = written.rows_of(run, refs, documents.order)
    canceled = {row["status"] == "canceled" for row in rows}
    if len(canceled) > 1:
        raise targets.need("send the canceled ones by themselves", f"hub {run.command} --help")
    return sent(run, rows, "canceled" if canceled == {True} else "order", letter_fields)


@command(app, "request-payment", takes=[letter_fields])
def request_payment(
    run: Run,
    letter_fields: Said,
    refs: Orders = None,
    *,
    customer: Annotated[
        str | None,
        Option("--customer", "--company", metavar="REF", help="for all their unpaid invoices, in one letter"),
    ] = None,
) -> Done:
    """Ask for what is owed: a saved order is then awaiting payment.

    A company's letter goes to its contacts with the role payment.

    Examples:
    hub orders create C1 --line "TEE-200:24@8.50/3.10"
    hub orders list --paid due
    """
    rows = written.rows_of(run, refs or [], documents.order)
    if customer is not None:
        if rows:
            raise targets.need("name orders, or a customer with all their invoices", f"hub {run.command} --help")
        rows = _invoices(run, targets.customer(run, customer))
    if not rows:
        raise targets.need("for what? name orders, or a customer", "hub orders request-payment O7", "… --customer C12")
    run.confirm_count(len(rows), "request-payment")
    groups: dict[int, list[Any]] = {}
    for row in rows:
        groups.setdefault(standing.payer(run.hub, row["customer_id"]), []).append(row)
    return posted(run, list(groups.values()), "payment-request", letter_fields, sending.request_payment)


def _invoices(run: Run, customer: int) -> list[Any]:
    found = [base.again(run.hub, row["id"]) for row in run.hub.rows("documents.payable", {"customer": customer})]
    if not found:
        raise HubError("nothing_owed", ref=f"C{customer}", refs=(f"C{customer}",),
                       tries=(f"hub orders list --customer C{customer} --paid due",))  # fmt: skip
    return found
