"""hub payments refund: gives money of a payment back, without goods."""

from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.payments import shared
from hubcli.commands.payments.shared import Key, Text
from hubcli.operations.payments import refunds, settling
from hubcli.render import Column
from hubcli.values import text as texts
from hubcli.values import words

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome

app = typer.Typer()

REFUNDED = (
    Column("number", "ref", prefix="F", title="#"),
    Column("payment", "ref", prefix="P"),
    Column("document", "code"),
    Column("customer", "ref", prefix="C", keep=3),
    Column("customer_name", "text", title="name", keep=3),
    Column("date", "date"),
    Column("method", "code"),
    Column("amount", "money"),
    Column("balance", "money", title="owed"),
)


@command(app, "refund")
def refund(
    run: Run,
    ref: Annotated[str, Argument(metavar="P", help="the payment, such as P3")],
    *,
    amount: Annotated[Text, Option("--amount", metavar="M", help="how much")] = None,
    full: Annotated[bool, Option("--full", help="all that is left of it")] = False,
    as_credit: Annotated[bool, Option("--as-credit", help="take the same off the order: it is not owed again")] = False,
    to: Annotated[
        str, Option("--to", metavar="WAY", help="original, credit, cash, check, credit-line, aio-pay")
    ] = "original",
    date: Annotated[Text, Option("--date", metavar="D", help="the day it was given back (today)")] = None,
    note: Annotated[Text, Option("--note", "--notes", metavar="T", help="a remark")] = None,
    idempotency_key: Key = None,
) -> Done:
    """Give money of a payment back; what it paid is owed again, unless --as-credit takes it off the order.

    --reason says why. What is due of a draw on the credit line goes back to the line first.

    Examples:
    hub payments refund P560 --amount 1.00 --reason "price match" --as-credit -n
    """
    if (amount is None) is not full:
        raise targets.need("say how much: --amount M or --full", "hub payments refund --help")
    if not run.reason:
        raise targets.need("--reason is missing: why is it given back?", "hub payments refund --help")
    number = shared.payment(ref)
    cents = shared.amount_of(amount) if amount is not None else None
    way = way_of(to)
    back = refunds.Back(way, texts.note(run.reason, "--reason"), shared.day_of(run, date),
                        None if note is None else texts.note(note, "--note"))  # fmt: skip
    request = {"payment": number, "cents": cents, "credit": as_credit, **back._asdict()}
    made: list[refunds.Refunded] = []

    def work(hub: "Hub") -> int:
        made[:] = refunds.refund(hub, number, cents, back, as_credit=as_credit)
        return made[0].number

    outcome = targets.keyed(run, idempotency_key, request, work)
    if not outcome.dry_run and not made:
        made = [refunds.Refunded(int(outcome.result), number, "", 0)]
    return _done(run, outcome, made, number, back)


def way_of(typed: str) -> str:
    """Read where money goes; customer-credit is another word for credit."""
    return "credit" if typed.strip().lower() == "customer-credit" else words.choose(typed, refunds.WAYS, "--to")


def _done(run: Run, outcome: "Outcome", made: list[refunds.Refunded], number: int, back: refunds.Back) -> Done:
    row = settling.find(run.hub, number)
    owed = refunds.balance(run.hub, row["document_id"])
    name = texts.visible(row["customer_name"])
    rows = [
        (part.number, number, row["document"], row["customer_id"], name, back.day, part.method, part.cents, owed)
        for part in made
    ]
    return Done(outcome, REFUNDED, rows, name="refunds")
