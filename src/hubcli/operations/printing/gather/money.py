"""Gathers receipts of payments, credit notes of returns, slips of customer credit."""

from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations.documents import base, screen
from hubcli.operations.printing.gather import base as parts
from hubcli.operations.printing.sheet import Sheet, Table
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub


def receipt(hub: "Hub", number: int) -> Sheet:
    """Give the receipt of a payment; raise not_found, no_receipt for one that does not stand."""
    return _receipt(hub, f"P{number}", hub.one("printing.payment", {"id": number}))


def repayment(hub: "Hub", number: int) -> Sheet:
    """Give the receipt of a payment on a credit line; raise not_found, no_receipt."""
    return _receipt(hub, f"L{number}", hub.one("printing.repayment", {"id": number}))


def _receipt(hub: "Hub", ref: str, row: Any) -> Sheet:
    """Give the receipt of what was paid at once: a check over several orders has one."""
    if row is None:
        raise HubError("not_found", what="payment", ref=ref, near="", tries=("hub payments list",))
    if row["status"] not in {"confirmed", "pending"}:
        raise HubError("no_receipt", ref=ref, status=row["status"], refs=(ref,))
    together = [] if row["receipt"] is None else list(hub.rows("printing.parts", {"receipt": row["receipt"]}))
    paid = together or [row]
    facts = parts.pairs(
        ("Date", row["paid_on"]), ("Customer", f"C{row['customer_id']}"), ("Method", row["method"].replace("-", " ")),
        ("Reference", row["reference"]),
        ("Status", "awaiting confirmation" if row["status"] == "pending" else None), ("Taken by", row["recorded_by"]),
    )  # fmt: skip
    columns = (("For", "long"), ("Amount", "money"), ("Left to pay", "money"))
    rows = tuple((_for(hub, part), money.show(part["amount_cents"]), _left(hub, part)) for part in paid)
    sums = (("Received", money.show(sum(part["amount_cents"] for part in paid))),)
    title = f"Receipt P{row['receipt']}" if together else f"Receipt {ref}"
    return parts.sheet(hub, title, parts.billed(hub, row["customer_id"]), facts, (Table(columns, rows),), sums)


def _for(hub: "Hub", part: Any) -> str:
    """Give what was paid, in words: order 7, order 7 on the credit line, customer credit."""
    if part["document_id"] is None:
        return "Customer credit"
    kind = "Quote" if base.again(hub, part["document_id"])["ordered_on"] is None else "Order"
    return f"{kind} {base.printed(hub, part['document_id'])}{' on the credit line' if part['on_line'] else ''}"


def _left(hub: "Hub", part: Any) -> str:
    """Give what is left to pay of a quote or an order; nothing for the credit line, which has its own account."""
    if part["document_id"] is None or part["on_line"]:
        return ""
    return money.show(max(0, base.again(hub, part["document_id"])["balance_cents"]))


def credit_note(hub: "Hub", number: int) -> Sheet:
    """Give the credit note of a return: what came back, what it gives back and how; raise not_found."""
    row = hub.one("printing.return", {"id": number})
    if row is None:
        raise HubError("not_found", what="return", ref=f"R{number}", near="", tries=("hub report returns",))
    view = screen.view(hub, row["document_id"])
    told = next(one for one in view["returns"] if one["number"] == f"R{number}")
    named = {line["line"]: parts.item(line) for line in view["lines"]}
    items = tuple(
        (str(line["line"]), line["service"] or named[line["line"]], str(line["quantity"] or ""), line["amount"])
        for line in told["lines"]
    )
    ways = ", ".join(way["method"].replace("-", " ") for way in hub.rows("printing.ways", {"id": number}))
    facts = parts.pairs(
        ("Date", told["date"]), ("Order", view["printed_number"]), ("Customer", f"C{row['customer_id']}"),
        ("Reason", told["reason"]), ("Given back", ways),
    )  # fmt: skip
    sums = parts.pairs(
        ("Share of discounts", parts.less(money.show(row["discount_cents"]))), ("Delivery", told["delivery"]),
        ("Tax", told["tax"]), ("Restocking fee", parts.less(told["restocking"])),
    )  # fmt: skip
    return parts.sheet(
        hub, f"Credit note R{number}", parts.billed(hub, row["customer_id"]), facts,
        (Table((*parts.ITEM, ("Amount", "money")), items),), (*sums, ("Credited", told["refund"])),
    )  # fmt: skip


def wallet(hub: "Hub", customer: int) -> Sheet:
    """Give the slip of a customer's credit: its last movements and the balance."""
    rows = list(hub.rows("printing.wallet", {"customer": customer}))
    columns = (("Date", "text"), ("", "long"), ("Amount", "money"), ("Balance", "money"))
    items = tuple(
        (row["entered_on"], _movement(hub, row), money.show(row["amount_cents"]), money.show(row["balance"]))
        for row in rows
    )
    balance = rows[-1]["balance"] if rows else 0
    facts = parts.pairs(("Date", hub.day.today), ("Customer", f"C{customer}"))
    return parts.sheet(
        hub, "Customer credit", parts.billed(hub, customer), facts, (Table(columns, items),) if items else (),
        (("Balance", money.show(balance)),),
    )  # fmt: skip


def _movement(hub: "Hub", row: Any) -> str:
    """Give what a movement of customer credit is, and the document it is about."""
    about = f", order {base.printed(hub, row['document_id'])}" if row["document_id"] is not None else ""
    return f"{row['type'].replace('_', ' ').capitalize()}{about}"
