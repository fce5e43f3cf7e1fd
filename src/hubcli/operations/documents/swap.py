"""Swaps an item of an order for another one: what comes back becomes customer credit, which pays the new document.

All of it is one change. The new document says which order it replaces goods of, and raises neither stage nor count.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations import returns
from hubcli.operations.documents import base, becoming, closing, delivery, typed, writing
from hubcli.operations.payments import methods, take
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

KEPT = (
    "job_name", "class", "source", "location", "purchase_order", "needed_on", "delivery_text", "salesperson_id",
    "customer_discount_rate", "tax_exempt",
)  # fmt: skip
PAID_BACK = ("cash", "check")
"""Ways in which money that is left over leaves the shop."""


class Wanted(NamedTuple):
    """A swap: the line, how many of its units (None: all left), what instead, why, when.

    `difference` is how it is settled: a method of payment, with the options `said`, for more; cash, check or
    customer-credit for less. None leaves less in customer credit, and more to be paid on the quote.
    """

    line: int
    quantity: int | None
    to: typed.Line
    reason: str
    day: str
    difference: str | None = None
    said: Mapping[str, str | None] = {}
    charges: Mapping[str, int] = {}
    restocking: tuple[str, int] = ("cents", 0)


class Swapped(NamedTuple):
    """What a swap came to: the return, the new document, cents taken back, applied, drawn, paid, given back."""

    returned: int
    document: int
    worth: int
    applied: int
    drawn: int
    paid: int
    given: int
    warning: str | None


def swap(hub: "Hub", row: Any, wanted: Wanted) -> Swapped:
    """Swap an item, inside a change; raise what returns, quotes and payments raise."""
    line = delivery.lines_of(hub, row["id"], [wanted.line])[0]
    taken = _take_back(hub, row, line, wanted)
    credit, to_line = _came(taken, methods.WALLET), _came(taken, methods.LINE)
    number = _sell(hub, row, line, wanted)
    applied = _pay(hub, number, methods.WALLET, credit, wanted)
    drawn = _pay(hub, number, methods.LINE, to_line, wanted)
    paid = _difference(hub, number, wanted)
    given = _over(hub, row, taken.number, credit - applied, wanted)
    warning = _on_account(hub, row, number)
    return Swapped(taken.number, number, taken.worth.total, applied, drawn, paid, given, warning)


def _take_back(hub: "Hub", row: Any, line: Any, wanted: Wanted) -> returns.Taken:
    """Take the item back with all that was sold with it, unless some of its units stay."""
    left = line["quantity"] - line["returned_quantity"]
    whole = wanted.quantity in {None, left}
    services = hub.rows("documents.services", {"id": row["id"]})
    kinds = {one["kind"] for one in services if one["line_id"] == line["id"] and not one["returned"]} if whole else ()
    due = row["charged_cents"] > row["paid_cents"]
    return returns.take_back(
        hub, row["id"],
        returns.Wanted(
            wanted.day, wanted.reason, lines={wanted.line: wanted.quantity}, services=sorted(kinds),
            restocking=wanted.restocking, to=("balance", "credit") if due else ("credit",),
        ),
    )  # fmt: skip


def _came(taken: returns.Taken, method: str) -> int:
    return sum(part.cents for part in taken.paid_out if part.method == method)


def _sell(hub: "Hub", row: Any, line: Any, wanted: Wanted) -> int:
    """Quote what is wanted instead, with the services of what it replaces unless others were named."""
    columns = {name: row[name] for name in KEPT} | {"swap_of": row["id"]} | dict(wanted.charges)
    if not row["tax_typed"]:
        columns["tax_rate"] = row["tax_rate"]
    instead = wanted.to._replace(fulfillment=wanted.to.fulfillment or line["fulfillment"] or "not-sure")
    if not instead.services and wanted.quantity in {None, line["quantity"]}:
        instead = instead._replace(services=writing.services_of(hub, row["id"], line["id"]))
    return writing.create(hub, row["customer_id"], columns, [instead])


def _pay(hub: "Hub", number: int, method: str, most: int, wanted: Wanted) -> int:
    """Pay the new document as far as this money reaches; give how far."""
    cents = min(most, take.balance(base.again(hub, number)))
    if cents > 0:
        take.add(hub, number, take.Wanted(method, cents, None, methods.Details(), wanted.day, again=True))
    return max(0, cents)


def _difference(hub: "Hub", number: int, wanted: Wanted) -> int:
    """Take what the new item costs more, by the method named; give how much."""
    cents = take.balance(base.again(hub, number))
    if cents <= 0 or wanted.difference is None:
        return 0
    details = methods.details(wanted.difference, wanted.said)
    take.add(hub, number, take.Wanted(wanted.difference, cents, None, details, wanted.day, again=True))
    return cents


def _over(hub: "Hub", row: Any, returned: int, cents: int, wanted: Wanted) -> int:
    """Pay out what the new item costs less, where it is not to stay in customer credit; give how much."""
    if cents <= 0 or wanted.difference in {None, methods.WALLET}:
        return 0
    if wanted.difference not in PAID_BACK:
        raise HubError("difference_way", ref=base.ref_of(row), amount=money.show(cents), way=wanted.difference)
    hub.insert(
        "wallet_entries",
        {"customer_id": row["customer_id"], "amount_cents": -cents, "type": "withdrawal", "document_id": row["id"],
         "method": wanted.difference, "note": f"R{returned}", "reference": wanted.said.get("check_number"),
         "location": wanted.said.get("location"), "recorded_by": hub.who.actor, "entered_on": hub.day.today,
         "recorded_at": hub.day.at},
    )  # fmt: skip
    return cents


def _on_account(hub: "Hub", row: Any, number: int) -> str | None:
    """Let what replaces goods bought on account be paid by the same terms, within the credit line."""
    now = base.again(hub, number)
    if not row["on_account"] or now["ordered_on"] is not None:
        return None
    terms = {name: row[name] for name in becoming.NO_TERMS}
    return closing.approve(hub, now, terms)
