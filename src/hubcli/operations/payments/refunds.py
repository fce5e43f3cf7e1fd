"""Gives money back on payments: as a refund by itself, or as the money side of a return.

A draw on the credit line is unpaid goods: what is due on it goes back to the line before anything is paid out. What was
written off is never given back in money.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations.documents import base
from hubcli.operations.payments import settling, take, wallet
from hubcli.operations.payments.methods import AIO, LINE, WALLET, WRITE_OFF
from hubcli.values import money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubcli.store import Hub

WAYS = ("credit", "cash", "check", "credit-line", "aio-pay", "original")


class Refunded(NamedTuple):
    """A part that was given back: the refund's number, the payment it was given back on, how, and cents."""

    number: int
    payment: int
    method: str
    cents: int


class Back(NamedTuple):
    """What is given back and why: `to` is one of WAYS, `day` the day of it; for a return its number."""

    to: str
    reason: str
    day: str
    note: str | None = None
    return_id: int | None = None


def refund(hub: "Hub", number: int, cents: int | None, back: Back, *, as_credit: bool = False) -> list[Refunded]:
    """Give money of one payment back, inside a change: it is owed again, unless `as_credit` takes it off the order.

    None gives all of it back. Raises payment_not_confirmed, above_refundable, refund_write_off, refund_credit_quote.
    """
    row = settling.find(hub, number)
    ref = f"P{number}"
    if row["status"] != "confirmed":
        raise HubError("payment_not_confirmed", payment=ref, status=row["status"], refs=(ref,))
    if row["method"] == WRITE_OFF:
        raise HubError("refund_write_off", payment=ref, refs=(ref,))
    left = row["amount_cents"] - row["refunded_cents"]
    cents = left if cents is None else cents
    if cents > left or cents <= 0:
        raise HubError(
            "above_refundable", payment=ref, amount=money.show(cents), left=money.show(left),
            refunded=money.show(row["refunded_cents"]), refs=(ref,),
        )  # fmt: skip
    made = _give(hub, row, cents, back)
    _into_wallet(hub, row["customer_id"], row["document_id"], made, back)
    if as_credit:
        _adjust(hub, row, cents, back)
    return made


def _adjust(hub: "Hub", row: Any, cents: int, back: Back) -> None:
    document = base.again(hub, row["document_id"])
    if document["ordered_on"] is None:
        raise HubError("refund_credit_quote", ref=base.ref_of(document), refs=(base.ref_of(document),))
    hub.insert(
        "adjustments",
        {"customer_id": row["customer_id"], "document_id": row["document_id"], "kind": "refund-credit",
         "amount_cents": cents, "reason": back.reason, "adjusted_on": back.day, "recorded_at": hub.day.at},
    )  # fmt: skip


def _give(hub: "Hub", row: Any, cents: int, back: Back) -> list[Refunded]:
    """Give back on one payment: what is due of a draw to the line, the rest as `back` says."""
    made = []
    if row["method"] == LINE:
        to_line = min(cents, row["amount_cents"] - row["repaid_cents"])
        if to_line:
            made.append(_to_line(hub, row, to_line, back))
        cents -= to_line
        if cents and back.to in {"original", LINE}:
            raise HubError("line_part_only", line=money.show(to_line), rest=money.show(cents))
    if cents:
        made.append(_pay(hub, row, cents, back))
    return made


def _to_line(hub: "Hub", row: Any, cents: int, back: Back) -> Refunded:
    hub.insert(
        "line_repayments",
        {"customer_id": row["customer_id"], "payment_id": row["id"], "method": "refund" if back.return_id is None
         else "return", "status": "confirmed", "amount_cents": cents, "paid_on": back.day, "note": back.note,
         "return_id": back.return_id, "recorded_by": hub.who.actor, "recorded_at": hub.day.at},
    )  # fmt: skip
    return _row(hub, row, cents, LINE, back)


def _pay(hub: "Hub", row: Any, cents: int, back: Back) -> Refunded:
    method = row["method"] if back.to == "original" else WALLET if back.to == "credit" else back.to
    if method == LINE:
        raise HubError("nothing_on_line", payment=f"P{row['id']}", amount=money.show(cents))
    if method == AIO and row["method"] != AIO:
        raise HubError("never_aio", payment=f"P{row['id']}", refs=(f"P{row['id']}",))
    return _row(hub, row, cents, method, back)


def _row(hub: "Hub", row: Any, cents: int, method: str, back: Back) -> Refunded:
    number = hub.insert(
        "refunds",
        {"customer_id": row["customer_id"], "document_id": row["document_id"], "payment_id": row["id"],
         "return_id": back.return_id, "method": method, "amount_cents": cents, "reason": back.reason,
         "note": back.note, "refunded_on": back.day, "location": row["location"], "recorded_by": hub.who.actor,
         "recorded_at": hub.day.at},
    )  # fmt: skip
    return Refunded(number, row["id"], method, cents)


def _into_wallet(hub: "Hub", customer: int, document: int, made: "Sequence[Refunded]", back: Back) -> None:
    """Enter what goes into customer credit, as one entry."""
    parts = [part for part in made if part.method == WALLET]
    if parts:
        what = f"F{parts[0].number}" if back.return_id is None else f"R{back.return_id}"
        wallet.enter(hub, customer, sum(part.cents for part in parts), "return", document, what)


def pay_out(hub: "Hub", document: int, cents: int, back: Back) -> list[Refunded]:
    """Give back `cents` of what was paid on a document: unpaid draws to the line first, then as `back` says.

    What was written off comes last, and only as less written off. Raises above_paid when less than that was paid.
    """
    payments = list(hub.rows("payments.of_document", {"id": document}))
    _check_line(payments, cents, back.to)
    made: list[Refunded] = []
    given: dict[int, int] = {}

    def give(row: Any, part: int, how: Back) -> None:
        nonlocal cents
        if part > 0:
            made.extend(_give(hub, row, part, how) if row["method"] == LINE else [_pay(hub, row, part, how)])
            given[row["id"]] = given.get(row["id"], 0) + part
            cents -= part

    for row in payments:
        if row["method"] == LINE:
            give(row, min(cents, _left(row, given), row["amount_cents"] - row["repaid_cents"]), back)
    for row in _by_fit([row for row in payments if row["method"] != WRITE_OFF], back.to):
        give(_again(hub, row), min(cents, _left(row, given)), back)
    for row in payments:
        if row["method"] == WRITE_OFF:
            give(row, min(cents, _left(row, given)), back._replace(to="original"))
    if cents:
        ref = base.ref_of(base.again(hub, document))
        slug = "never_aio" if back.to == AIO else "above_paid"
        raise HubError(slug, payment=ref, ref=ref, left=money.show(cents), refs=(ref,))
    if made:
        _into_wallet(hub, base.again(hub, document)["customer_id"], document, made, back)
    return made


def _check_line(payments: "Sequence[Any]", cents: int, to: str) -> None:
    """Raise line_part_only where the money is to go as it came, and a draw that it came by was repaid meanwhile."""
    draws = [row for row in payments if row["method"] == LINE]
    if not draws or to not in {LINE, "original"}:
        return
    due = min(cents, sum(min(_left(row, {}), row["amount_cents"] - row["repaid_cents"]) for row in draws))
    others = sum(_left(row, {}) for row in payments if row["method"] != LINE) if to == "original" else 0
    if cents - due > others:
        raise HubError("line_part_only", line=money.show(due), rest=money.show(cents - due - others))


def _left(row: Any, given: dict[int, int]) -> int:
    return int(row["amount_cents"] - row["refunded_cents"] - given.get(row["id"], 0))


def _again(hub: "Hub", row: Any) -> Any:
    return settling.find(hub, row["id"]) if row["method"] == LINE else row


def _by_fit(payments: "Sequence[Any]", to: str) -> list[Any]:
    """Give payments with those of the way the money goes back by first, the oldest first; others after them."""
    method = WALLET if to == "credit" else to
    if to == AIO:
        return [row for row in payments if row["method"] == AIO]
    return sorted(payments, key=lambda row: row["method"] != method)


def balance(hub: "Hub", document: int) -> int:
    """Give the balance of a document, pending money counted."""
    return take.balance(base.again(hub, document))
