"""Notes about customers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations.customers import editing
from hubcli.operations.documents import base

if TYPE_CHECKING:
    from hubcli.store import Hub

TYPES = ("delivery", "internal", "customer")
PERSISTENCES = ("persistent", "optional")


def get(hub: "Hub", number: int) -> Any:
    """Give a note that is not deleted; raise not_found."""
    row = hub.one("notes.one", {"id": number})
    if row is None or row["deleted_at"] is not None:
        raise HubError("not_found", what="note", ref=f"N{number}", near="", tries=("hub notes list",))
    return row


def add(hub: "Hub", customer: int, columns: Mapping[str, Any]) -> int:
    """Add a note to an active customer; give its number; raise customer_not_active."""
    if editing.head(hub, customer)["status"] != "active":
        raise HubError("customer_not_active", ref=f"C{customer}")
    today = hub.day.today
    return hub.insert("notes", {"customer_id": customer, "author": hub.who.actor, "written_on": today, **columns})


def edit(hub: "Hub", number: int, columns: Mapping[str, Any]) -> None:
    """Change what differs in a note."""
    row = get(hub, number)
    changed = {name: value for name, value in columns.items() if row[name] != value}
    if changed:
        hub.update("notes", number, changed)
        editing.touched(hub, row["customer"])


def delete(hub: "Hub", number: int) -> None:
    """Delete a note, softly."""
    row = get(hub, number)
    hub.update("notes", number, {"deleted_at": hub.day.at})
    editing.touched(hub, row["customer"])


def attach(hub: "Hub", number: int, document: Any) -> None:
    """Put an optional note on a quote or an order of its customer, inside a change; once there it is left alone.

    Raises not_found, note_elsewhere, note_everywhere for a persistent note, document_closed.
    """
    row = get(hub, number)
    ref, customer = base.ref_of(document), f"C{document['customer_id']}"
    base.check_changeable(document)
    if row["customer"] != document["customer_id"]:
        owner = f"C{row['customer']}"
        raise HubError("note_elsewhere", note=f"N{number}", owner=owner, ref=ref, customer=customer, refs=(owner,))
    if row["persistence"] == "persistent":
        raise HubError("note_everywhere", note=f"N{number}", customer=customer, refs=(customer,))
    if hub.one("documents.attached", {"id": document["id"], "note": number}) is None:
        hub.insert("document_notes", {"document_id": document["id"], "note_id": number})


def detach(hub: "Hub", number: int, document: Any) -> None:
    """Take a note off a quote or an order, inside a change; raise not_found where it does not stand."""
    if hub.one("documents.attached", {"id": document["id"], "note": number}) is None:
        ref = base.ref_of(document)
        raise HubError("not_found", what="note", ref=f"N{number}", near=f" on {ref}", tries=(f"hub find {ref}",))
    hub.run("documents.detach", {"id": document["id"], "note": number})
