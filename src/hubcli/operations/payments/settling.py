"""What becomes of a payment: confirmed or rejected, voided, bounced, corrected, moved to another document.

A payment is never deleted. One that ends keeps its row and the day it ended: before that day it still counts.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations.documents import base, settle
from hubcli.operations.payments import methods, take, wallet
from hubcli.operations.payments.methods import LINE, WALLET, Details
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub


class Moved(NamedTuple):
    """A payment that changed: its number, its document, and the document's balance before and after."""

    number: int
    document: int
    status: str
    cents: int
    before: int
    after: int


def find(hub: "Hub", number: int) -> Any:
    """Give the row of a payment with refunded_cents and repaid_cents; raise not_found."""
    row = hub.one("payments.row", {"id": number})
    if row is None:
        raise HubError("not_found", what="payment", ref=f"P{number}", near="", tries=("hub payments list",))
    return row


def standing(row: Any) -> None:
    """Raise payment_ended unless a payment is pending or confirmed."""
    if row["status"] not in {"pending", "confirmed"}:
        day = f" since {row['ended_on']}" if row["ended_on"] else ""
        raise HubError("payment_ended", payment=f"P{row['id']}", status=row["status"], since=day)


def decide(hub: "Hub", numbers: Sequence[int], *, confirmed: bool) -> list[Moved]:
    """Confirm or reject pending payments, all or none; raise not_pending naming the others."""
    rows = [find(hub, number) for number in numbers]
    others = [f"P{row['id']} is {row['status']}" for row in rows if row["status"] != "pending"]
    if others:
        refs = tuple(f"P{row['id']}" for row in rows if row["status"] != "pending")
        raise HubError("not_pending", payments=", ".join(others), refs=refs)
    ended = {"status": "confirmed"} if confirmed else {"status": "rejected", "ended_on": hub.day.today}
    return [_changed(hub, row, ended) for row in rows]


def void(hub: "Hub", number: int) -> Moved:
    """Take a payment back as never rightly made, from today on; customer credit that it spent is put back."""
    row = find(hub, number)
    standing(row)
    check_untouched(row)
    _put_back(hub, row)
    return _changed(hub, row, {"status": "void", "ended_on": hub.day.today})


def check_untouched(row: Any) -> None:
    """Raise payment_refunded or draw_repaid for a payment that later money stands on."""
    ref = f"P{row['id']}"
    if row["refunded_cents"]:
        raise HubError("payment_refunded", payment=ref, amount=money.show(row["refunded_cents"]), refs=(ref,))
    if row["method"] == LINE and row["repaid_cents"]:
        raise HubError("draw_repaid", payment=ref, amount=money.show(row["repaid_cents"]), refs=(ref,))


def _put_back(hub: "Hub", row: Any) -> None:
    entry = _wallet_entry(hub, row)
    if entry is not None:
        wallet.put_back(hub, entry)


def _wallet_entry(hub: "Hub", row: Any) -> int | None:
    if row["method"] != WALLET:
        return None
    params = {"customer": row["customer_id"], "document": row["document_id"], "amount": row["amount_cents"],
              "payment": row["id"]}  # fmt: skip
    found = hub.one("payments.wallet_entry", params)
    return None if found is None else int(found["id"])


def _changed(hub: "Hub", row: Any, columns: Mapping[str, object]) -> Moved:
    before = take.balance(base.again(hub, row["document_id"]))
    hub.update("payments", row["id"], columns)
    now = settle(hub, row["document_id"])
    status = str(columns.get("status", row["status"]))
    return Moved(row["id"], row["document_id"], status, row["amount_cents"], before, take.balance(now))


def bounce(hub: "Hub", number: int, day: str, fee: int) -> Moved:
    """End a payment whose money the bank took back on `day`; a fee in cents is put on the order.

    Raises not_bounceable for methods without a bank, payment_ended, payment_refunded; bounce_fee_quote for a quote.
    """
    row = find(hub, number)
    standing(row)
    ref = f"P{number}"
    if row["method"] not in methods.RETURNED:
        raise HubError("not_bounceable", payment=ref, method=row["method"], refs=(ref,))
    if day < row["paid_on"]:
        raise HubError("before_payment", payment=ref, day=row["paid_on"], refs=(ref,))
    check_untouched(row)
    before = take.balance(base.again(hub, row["document_id"]))
    if fee:
        charge_fee(hub, row, fee, day)
    moved = _changed(hub, row, {"status": "void", "ended_on": day})
    return moved._replace(before=before)


def charge_fee(hub: "Hub", row: Any, fee: int, day: str) -> None:
    """Put a fee in cents on the order of a payment or a repayment; raise bounce_fee_quote."""
    document = base.again(hub, row["document_id"])
    if document["ordered_on"] is None:
        raise HubError("bounce_fee_quote", ref=base.ref_of(document), refs=(base.ref_of(document),))
    what = " ".join(filter(None, (row["method"], row["reference"])))
    hub.insert(
        "adjustments",
        {"customer_id": row["customer_id"], "document_id": row["document_id"], "kind": "bounce-fee",
         "amount_cents": -fee, "reason": f"returned {what}", "adjusted_on": day, "recorded_at": hub.day.at},
    )  # fmt: skip


def correct(hub: "Hub", number: int, changes: Mapping[str, Any]) -> tuple[Moved, take.Paid]:
    """Put a mistyped payment right: it never counted, another stands in its place; give both.

    `changes` may hold method, cents, paid_on and fields of Details; the rest is taken over where the method takes it.
    """
    row = find(hub, number)
    standing(row)
    check_untouched(row)
    wanted = corrected(row, changes)
    _put_back(hub, row)
    gone = _changed(hub, row, {"status": "void", "ended_on": row["paid_on"]})
    return gone, take.add(hub, row["document_id"], wanted)


def corrected(row: Any, changes: Mapping[str, Any]) -> take.Wanted:
    """Give the payment that stands in the place of a mistyped one: what was said before, and the changes."""
    method = str(changes.get("method") or row["method"])
    said: dict[str, str | None] = {}
    if method == row["method"]:
        said = {name: row[name] for name in Details._fields if name != "reference"}
        kinds = [name for name, takes in methods.REFERENCES.items() if method in takes]
        if row["reference"] is not None and not any(changes.get(kind) for kind in kinds):
            said[kinds[0] if kinds else "reference"] = row["reference"]
    else:
        said = {"note": row["note"], "location": row["location"]}
    given = {k: v for k, v in changes.items() if k not in {"method", "cents", "paid_on"} and v is not None}
    details = methods.details(method, said | given, whole=method != row["method"])
    return take.Wanted(
        method, changes.get("cents") or row["amount_cents"], None, details,
        changes.get("paid_on") or row["paid_on"], row["status"] == "confirmed", again=True, receipt=row["receipt"],
    )  # fmt: skip


def move(hub: "Hub", number: int, document: int) -> tuple[Moved, Moved]:
    """Move a payment to another document, its number and day kept; give what it left and where it went.

    Raises same_document, other_customer (customer credit and draws stay with their customer), above_balance.
    """
    row = find(hub, number)
    standing(row)
    ref = f"P{number}"
    if row["refunded_cents"]:
        raise HubError("payment_refunded", payment=ref, amount=money.show(row["refunded_cents"]), refs=(ref,))
    target = base.again(hub, document)
    if document == row["document_id"]:
        raise HubError("same_document", payment=ref, ref=base.ref_of(target), refs=(ref,))
    if target["customer_id"] != row["customer_id"] and row["method"] in {WALLET, LINE}:
        raise HubError("other_customer", payment=ref, method=row["method"], refs=(ref,))
    take.check_document(hub, target, row["method"])
    exact = take.Wanted(row["method"], row["amount_cents"], None, Details(), row["paid_on"])
    take.amount(hub, target, exact)
    return _move(hub, row, target)


def _move(hub: "Hub", row: Any, target: Any) -> tuple[Moved, Moved]:
    left = take.balance(base.again(hub, row["document_id"]))
    entry = _wallet_entry(hub, row)
    if entry is not None:
        hub.update("wallet_entries", entry, {"document_id": target["id"]})
    hub.update("payments", row["id"], {"document_id": target["id"], "customer_id": target["customer_id"]})
    after = take.balance(base.again(hub, row["document_id"]))
    now = settle(hub, target["id"])
    common = (row["status"], row["amount_cents"])
    return (
        Moved(row["id"], row["document_id"], *common, left, after),
        Moved(row["id"], target["id"], *common, take.balance(target), take.balance(now)),
    )
