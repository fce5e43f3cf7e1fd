"""What becomes of a repayment of the credit line (L7): confirmed or rejected, voided, bounced, corrected, moved.

As with payments the row stays, with the day it ended. Goods that were put back are no money: their return is undone.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations import books, credit_line
from hubcli.operations.payments import methods, settling, spread, take, wallet
from hubcli.operations.payments.methods import WALLET
from hubcli.operations.payments.settling import Moved
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

PUT_BACK = frozenset({"return", "refund"})
"""Methods of repayments that goods or refunds made."""


def find(hub: "Hub", number: int) -> Any:
    """Give the row of a repayment with its draw's document and what is due on the draw; raise not_found."""
    row = hub.one("payments.repayment", {"id": number})
    if row is None:
        tries = ("hub credit line history CUSTOMER",)
        raise HubError("not_found", what="repayment", ref=f"L{number}", near="", tries=tries)
    return row


def standing(row: Any) -> None:
    """Raise unless a repayment is money that counts: payment_ended, repayment_put_back."""
    ref = f"L{row['id']}"
    if row["status"] not in {"pending", "confirmed"}:
        day = f" since {row['ended_on']}" if row["ended_on"] else ""
        raise HubError("payment_ended", payment=ref, status=row["status"], since=day, tries=())
    if row["method"] in PUT_BACK:
        raise HubError("repayment_put_back", payment=ref, draw=f"P{row['payment_id']}", refs=(ref,))


def decide(hub: "Hub", numbers: Sequence[int], *, confirmed: bool) -> list[Moved]:
    """Confirm or reject pending repayments, all or none; raise not_pending naming the others."""
    rows = [find(hub, number) for number in numbers]
    refs = tuple(f"L{row['id']}" for row in rows if row["status"] != "pending")
    if refs:
        told = ", ".join(f"L{row['id']} is {row['status']}" for row in rows if row["status"] != "pending")
        raise HubError("not_pending", payments=told, refs=refs)
    ended = {"status": "confirmed"} if confirmed else {"status": "rejected", "ended_on": hub.day.today}
    return [_changed(hub, row, ended) for row in rows]


def void(hub: "Hub", number: int) -> Moved:
    """Take a repayment back from today on: it is due on the draw again; customer credit is put back."""
    row = find(hub, number)
    standing(row)
    _put_back(hub, row)
    return _changed(hub, row, {"status": "void", "ended_on": hub.day.today})


def bounce(hub: "Hub", number: int, day: str, fee: int) -> Moved:
    """End a repayment whose money the bank took back on `day`; a fee in cents is put on the order of the draw.

    Raises not_bounceable, before_payment, payment_ended, repayment_put_back; bounce_fee_quote for a draw on a quote.
    """
    row = find(hub, number)
    standing(row)
    ref = f"L{number}"
    if row["method"] not in methods.RETURNED:
        raise HubError("not_bounceable", payment=ref, method=row["method"], refs=(ref,))
    if day < row["paid_on"]:
        raise HubError("before_payment", payment=ref, day=row["paid_on"], refs=(ref,))
    if fee:
        settling.charge_fee(hub, row, fee, day)
    return _changed(hub, row, {"status": "void", "ended_on": day})


def correct(hub: "Hub", number: int, changes: Mapping[str, Any]) -> tuple[Moved, credit_line.Repaid]:
    """Put a mistyped repayment right: it never counted, another of the same draw stands in its place; give both."""
    row = find(hub, number)
    standing(row)
    wanted = settling.corrected(row, changes)
    if wanted.method in {methods.LINE, methods.WRITE_OFF}:
        raise HubError("repay_method", method=wanted.method)
    _put_back(hub, row)
    gone = _changed(hub, row, {"status": "void", "ended_on": row["paid_on"]})
    return gone, _repay(hub, row["payer_id"], row["payment_id"], wanted)


def _repay(hub: "Hub", customer: int, draw: int, wanted: take.Wanted) -> credit_line.Repaid:
    rows = hub.rows("credit_line.draws", {"customer": customer})
    found = next((row for row in rows if row["id"] == draw), None)
    cents = int(wanted.cents or 0)
    if found is None or cents > found["owed"]:
        ref, owed = f"P{draw}", 0 if found is None else found["owed"]
        raise HubError("above_draw", payment=ref, amount=money.show(cents), owed=money.show(owed), refs=(ref,))
    return credit_line.repay_draw(hub, customer, found, cents, spread.repayment(hub, wanted))


def move(hub: "Hub", number: int, draw: int) -> tuple[Moved, Moved]:
    """Move a repayment to another draw of the same customer, its number and day kept; give both draws' dues.

    Raises same_document, other_customer, not_a_draw, above_draw, period_closed.
    """
    row, target = find(hub, number), settling.find(hub, draw)
    standing(row)
    ref, to = f"L{number}", f"P{draw}"
    books.check_open(hub, row["paid_on"])
    if target["method"] != methods.LINE or target["status"] != "confirmed":
        raise HubError("not_a_draw", payment=to, refs=(to,))
    if draw == row["payment_id"]:
        raise HubError("same_document", payment=ref, ref=to, refs=(ref,))
    if target["customer_id"] != row["customer_id"]:
        raise HubError("other_customer", payment=ref, method=row["method"], refs=(ref,))
    due = target["amount_cents"] - target["repaid_cents"]
    if row["amount_cents"] > due:
        amount = money.show(row["amount_cents"])
        raise HubError("above_draw", payment=to, amount=amount, owed=money.show(due), refs=(to,))
    entry = _wallet_entry(hub, row)
    if entry is not None:
        hub.update("wallet_entries", entry, {"document_id": target["document_id"]})
    hub.update("line_repayments", number, {"payment_id": draw})
    common, cents = (row["status"], row["amount_cents"]), row["amount_cents"]
    return (
        Moved(number, row["document_id"], *common, row["due_cents"], row["due_cents"] + cents),
        Moved(number, target["document_id"], *common, due, due - cents),
    )


def _put_back(hub: "Hub", row: Any) -> None:
    entry = _wallet_entry(hub, row)
    if entry is not None:
        wallet.put_back(hub, entry)


def _wallet_entry(hub: "Hub", row: Any) -> int | None:
    if row["method"] != WALLET:
        return None
    params = {"document": row["document_id"], "amount": row["amount_cents"], "at": row["recorded_at"]}
    found = hub.one("payments.repayment_entry", params)
    return None if found is None else int(found["id"])


def _changed(hub: "Hub", row: Any, columns: Mapping[str, object]) -> Moved:
    hub.update("line_repayments", row["id"], columns)
    now, status = find(hub, row["id"]), str(columns["status"])
    return Moved(row["id"], row["document_id"], status, row["amount_cents"], row["due_cents"], now["due_cents"])
