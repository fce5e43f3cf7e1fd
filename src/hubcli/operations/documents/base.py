"""Finds quotes and orders by what people call them, and says what may be done with them."""

import re
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.values import money, text

if TYPE_CHECKING:
    from hubcli.store import Hub

OPEN_QUOTE = frozenset({"draft", "saved", "awaiting-approval"})
_NUMBER = re.compile(r"[QqOo]?([0-9]{1,15})\Z")
_INVOICE = re.compile(r"[Ii]([0-9]{1,15})\Z")
_EXTERNAL = re.compile(r"([a-z][a-z0-9_-]*):(.+)\Z")


def find(hub: "Hub", ref: str) -> Any:
    """Give the row of a quote or an order: Q7, O7, 7, I204, system:number, or its printed number; raise not_found.

    Both refs find it at any time: a quote that became an order keeps its number.
    """
    typed = text.name(ref, "quote or order", 254)
    number = _NUMBER.match(typed)
    row = by_id(hub, int(number.group(1))) if number else _elsewhere(hub, typed)
    if row is None:
        raise HubError(
            "not_found", what="quote or order", ref=text.visible(typed), near="", tries=(f"hub find {typed}",)
        )
    return row


def _elsewhere(hub: "Hub", typed: str) -> Any:
    invoice, external = _INVOICE.match(typed), _EXTERNAL.match(typed)
    if invoice:
        row = hub.one("documents.by_invoice", {"invoice": int(invoice.group(1))})
    elif external:
        row = hub.one("documents.by_external", {"system": external.group(1), "external_id": external.group(2)})
    else:
        prefix, suffix = hub.setting("documents.prefix"), hub.setting("documents.suffix")
        inner = typed.removeprefix(prefix).removesuffix(suffix)
        return by_id(hub, int(inner)) if inner.isdecimal() and inner.isascii() and len(inner) < 16 else None
    return None if row is None else by_id(hub, int(row["id"]))


def by_id(hub: "Hub", number: int) -> Any:
    """Give the row of a document, or None: its columns, customer_name, customer_status, salesperson, its figures."""
    return hub.one("documents.head", {"id": number})


def again(hub: "Hub", number: int) -> Any:
    """Give the row of a document that is known to be there, as it stands now; raise not_found."""
    row = by_id(hub, number)
    if row is None:
        raise HubError("not_found", what="quote or order", ref=str(number), near="")
    return row


def ref_of(row: Any) -> str:
    """Give Q7 or O7 for a row with id and ordered_on."""
    return f"{'Q' if row['ordered_on'] is None else 'O'}{row['id']}"


def printed(hub: "Hub", number: int) -> str:
    """Give the number as it stands on paper, with the shop's prefix and suffix."""
    return f"{hub.setting('documents.prefix')}{number}{hub.setting('documents.suffix')}"


# -------------------------------------------------------------------------------------------------------- what it is


def quote(hub: "Hub", ref: str) -> Any:
    """Give the row of a quote; raise not_a_quote for an order."""
    row = find(hub, ref)
    if row["ordered_on"] is not None:
        raise HubError("not_a_quote", ref=ref_of(row), day=row["ordered_on"], refs=(ref_of(row),))
    return row


def order(hub: "Hub", ref: str) -> Any:
    """Give the row of an order; raise not_an_order for a quote."""
    row = find(hub, ref)
    if row["ordered_on"] is None:
        raise HubError("not_an_order", ref=ref_of(row), refs=(ref_of(row),))
    return row


def expired(row: Any, today: str) -> bool:
    """Tell whether a quote's last valid day has passed."""
    return bool(
        row["ordered_on"] is None
        and row["status"] in OPEN_QUOTE
        and row["expires_on"] is not None
        and row["expires_on"] < today
    )


def check_open_quote(hub: "Hub", row: Any) -> None:
    """Raise unless a quote may still be worked on: document_closed, or quote_expired."""
    check_changeable(row)
    if expired(row, hub.day.today):
        raise HubError("quote_expired", ref=ref_of(row), day=row["expires_on"], refs=(ref_of(row),))


def check_changeable(row: Any) -> None:
    """Raise document_closed for a declined or deleted quote and for a canceled order."""
    if row["status"] in {"declined", "deleted", "canceled"}:
        raise HubError("document_closed", ref=ref_of(row), status=row["status"], refs=(ref_of(row),))


def check_live(row: Any) -> None:
    """Raise customer_not_active for a document of a customer who was put away: nothing on it becomes active again."""
    if row["customer_status"] != "active":
        raise HubError("customer_not_active", ref=f"C{row['customer_id']}", refs=(f"C{row['customer_id']}",))


def check_buyer(hub: "Hub", customer: int, *, override_hold: bool = False) -> Any:
    """Give the row of a customer who may buy; raise customer_not_active or spending_hold."""
    from hubcli.operations.customers.editing import head

    row = head(hub, customer)
    if row["status"] != "active":
        raise HubError("customer_not_active", ref=f"C{customer}", refs=(f"C{customer}",))
    if not override_hold:
        _check_hold(hub, customer)
    return row


def _check_hold(hub: "Hub", customer: int) -> None:
    """Raise spending_hold for a customer who is on hold, or whose company is."""
    from hubcli.operations.customers import standing

    stands = standing.of(hub, customer)
    if stands.held_by is not None:
        ref = f"C{stands.held_by}"
        name = stands.name if stands.held_by == customer else stands.company_name or ""
        raise HubError("spending_hold", ref=ref, name=text.visible(name), refs=(ref,))


def by_customer(hub: "Hub", customer: int) -> str:
    """Give the name of a customer, safe to show."""
    row = hub.one("customers.head", {"id": customer})
    return text.visible(row["name"]) if row is not None else ""


def received(row: Any) -> int:
    """Give the money on a document in cents, pending money included."""
    return int(row["paid_cents"] + row["pending_cents"])


def check_money(hub: "Hub", number: int) -> Any:
    """Give the row of a document whose total was changed; raise total_below_zero or below_paid."""
    row = again(hub, number)
    if row["total_cents"] < 0:
        raise HubError("total_below_zero", ref=ref_of(row), total=money.show(row["total_cents"]))
    if received(row) > 0 and row["charged_cents"] < received(row):
        raise HubError(
            "below_paid", ref=ref_of(row), total=money.show(row["charged_cents"]), paid=money.show(received(row))
        )
    return row
