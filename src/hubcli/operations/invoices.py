"""Invoices: orders that were invoiced, when they are due, and what the customer disputes of them."""

from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations.documents import base, becoming
from hubcli.values import dates

if TYPE_CHECKING:
    from hubcli.store import Hub

STATUSES = ("paid-in-full", "partially-paid", "unpaid", "canceled")


def find(hub: "Hub", ref: str) -> Any:
    """Give the row of an order that was invoiced: I204, O1007, its printed number; raise not_found, not_invoiced."""
    row = base.find(hub, ref)
    if row["invoice_number"] is None:
        name = base.ref_of(row)
        verb = "quotes approve" if row["ordered_on"] is None else "orders invoice"
        raise HubError("not_invoiced", ref=name, refs=(name,), tries=(f"hub {verb} {name}",))
    return row


def due_day(hub: "Hub", row: Any, invoiced_on: str) -> str | None:
    """Give the day an invoice is due by its terms.

    Days from the statement run from the first one that listed it and still stands; None until there is one.
    """
    if row["terms_days"] is not None and row["terms_from"] == "statement":
        first = next(hub.rows("invoices.statements", {"id": row["id"]}), None)
        return None if first is None else dates.later(first["issued_on"], row["terms_days"])
    return becoming.due_day(row, invoiced_on)


def dispute(hub: "Hub", row: Any, note: str) -> int:
    """Note, inside a change, that the customer says an invoice is wrong; give the dispute's id.

    Raises already_disputed while one is open.
    """
    found = hub.one("invoices.open_dispute", {"id": row["id"]})
    if found is not None:
        raise HubError("already_disputed", ref=_ref(row), day=found["opened_on"], refs=(_ref(row),))
    return hub.insert(
        "disputes",
        {"customer_id": row["customer_id"], "document_id": row["id"], "note": note, "opened_on": hub.day.today},
    )


def resolve(hub: "Hub", row: Any) -> None:
    """End the open dispute of an invoice, inside a change; raise not_disputed."""
    found = hub.one("invoices.open_dispute", {"id": row["id"]})
    if found is None:
        raise HubError("not_disputed", ref=_ref(row), refs=(_ref(row),))
    hub.update("disputes", found["id"], {"resolved_on": max(hub.day.today, found["opened_on"])})


def _ref(row: Any) -> str:
    return f"I{row['invoice_number']}"
