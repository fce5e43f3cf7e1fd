"""Artwork of customers: designs kept as files, layouts, jobs that wait for approval."""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations import files
from hubcli.operations.customers import editing
from hubcli.operations.documents import base, delivery, milestones

if TYPE_CHECKING:
    from hubcli.store import Hub

TYPES = ("uploaded", "digitized")
STATUSES = ("awaiting-artwork", "awaiting-approval", "approved", "rejected")
PICTURES = ("image/", "application/pdf", "application/postscript")
"""What an uploaded design may be; a digitized one is an embroidery file of any kind."""


# ------------------------------------------------------------------------------------------------------------- designs


def get(hub: "Hub", number: int) -> Any:
    """Give a design that is not deleted; raise not_found."""
    row = hub.one("designs.list", {"id": number})
    if row is None or row["deleted_at"] is not None:
        raise HubError("not_found", what="design", ref=f"D{number}", near="", tries=("hub designs list",))
    return row


def add(hub: "Hub", customer: int, file: files.Attachment, kind: str, name: str, *, rights: bool) -> int:
    """Keep a design inside a change; give its number. Raises rights_unconfirmed, no_picture, customer_not_active."""
    if not rights:
        raise HubError("rights_unconfirmed")
    _check_active(hub, customer)
    if kind == "uploaded" and not file.media_type.startswith(PICTURES):
        raise HubError("no_picture", name=file.name, kind=file.media_type)
    width, height = size(file)
    return hub.insert(
        "designs",
        {
            "customer_id": customer,
            "name": name,
            "type": kind,
            "width": width,
            "height": height,
            "file_id": files.keep(hub, customer, file),
            "added_on": hub.day.today,
            "added_by": hub.who.actor,
        },
    )


def size(file: files.Attachment) -> tuple[int | None, int | None]:
    """Give the width and height of a picture in pixels, None where it does not say."""
    if not file.media_type.startswith("image/"):
        return None, None
    import imagesize

    width, height = imagesize.get(io.BytesIO(file.content))
    return (int(width), int(height)) if width > 0 and height > 0 else (None, None)


def delete(hub: "Hub", number: int) -> None:
    """Delete a design softly, inside a change: lines that used it keep it."""
    get(hub, number)
    hub.update("designs", number, {"deleted_at": hub.day.at})


def use(hub: "Hub", number: int, document: Any, line: int) -> None:
    """Put a design on a line of its customer's quote or order, inside a change; raise design_elsewhere."""
    row = get(hub, number)
    if row["customer"] != document["customer_id"]:
        raise HubError(
            "design_elsewhere", ref=f"D{number}", customer=f"C{row['customer']}", refs=(f"C{row['customer']}",)
        )
    base.check_changeable(document)
    delivery.lines_of(hub, document["id"], [line])
    hub.run("designs.on_line", {"design": number, "document": document["id"], "line": line})


def _check_active(hub: "Hub", customer: int) -> None:
    if editing.head(hub, customer)["status"] != "active":
        raise HubError("customer_not_active", ref=f"C{customer}")


# ------------------------------------------------------------------------------------------------------------- layouts


def layout(hub: "Hub", number: int) -> Any:
    """Give a layout that is not deleted; raise not_found."""
    row = hub.one("designs.layouts", {"id": number})
    if row is None or row["deleted_at"] is not None:
        raise HubError("not_found", what="layout", ref=str(number), near="", tries=("hub layouts list",))
    return row


def add_layout(hub: "Hub", customer: int, values: Mapping[str, Any]) -> int:
    """Save a layout inside a change; give its number; raise design_elsewhere."""
    _check_active(hub, customer)
    _check_owner(hub, customer, values.get("design_id"))
    return hub.insert("layouts", {"customer_id": customer, "created_on": hub.day.today, **values})


def delete_layout(hub: "Hub", number: int) -> None:
    """Delete a layout softly, inside a change."""
    layout(hub, number)
    hub.update("layouts", number, {"deleted_at": hub.day.at})


def _check_owner(hub: "Hub", customer: int, design: int | None) -> None:
    if design is not None and get(hub, design)["customer"] != customer:
        owner = f"C{get(hub, design)['customer']}"
        raise HubError("design_elsewhere", ref=f"D{design}", customer=owner, refs=(owner,))


# ------------------------------------------------------------------------------------------------------------- artwork


def job(hub: "Hub", number: int) -> Any:
    """Give an artwork job; raise not_found."""
    row = hub.one("designs.artwork", {"id": number})
    if row is None:
        raise HubError("not_found", what="artwork job", ref=f"W{number}", near="", tries=("hub artwork list",))
    return row


def create(hub: "Hub", customer: int, document: Any, values: Mapping[str, Any]) -> int:
    """Make an artwork job, for an order or on its own, inside a change; give its number.

    With a design it awaits approval at once. The order's milestone is taken back: it has undecided artwork again.
    """
    _check_active(hub, customer)
    _check_owner(hub, customer, values.get("design_id"))
    if document is not None:
        if document["customer_id"] != customer:
            raise HubError("document_elsewhere", ref=base.ref_of(document), customer=f"C{document['customer_id']}")
        base.check_changeable(document)
    status = "awaiting-approval" if values.get("design_id") is not None else "awaiting-artwork"
    number = hub.insert(
        "artwork_jobs",
        {
            "customer_id": customer,
            "document_id": document["id"] if document is not None else None,
            "status": status,
            "created_on": hub.day.today,
            **values,
        },
    )
    _milestone(hub, document["id"] if document is not None else None)
    return number


def submit(hub: "Hub", number: int, design: int) -> None:
    """Give a job its artwork, inside a change: it awaits approval; raise artwork_done."""
    row = job(hub, number)
    if row["status"] == "approved":
        raise HubError("artwork_done", ref=f"W{number}", status=row["status"])
    _check_owner(hub, row["customer"], design)
    hub.update("artwork_jobs", number, {"design_id": design, "status": "awaiting-approval", "decided_on": None})


def decide(hub: "Hub", number: int, *, approved: bool, note: str | None) -> None:
    """Note the customer's answer, inside a change; raise artwork_done, artwork_missing.

    When every job of an order is approved, so is its milestone.
    """
    row = job(hub, number)
    status = "approved" if approved else "rejected"
    if row["status"] == status:
        raise HubError("artwork_done", ref=f"W{number}", status=status)
    if approved and row["design"] is None:
        raise HubError("artwork_missing", ref=f"W{number}")
    hub.update("artwork_jobs", number, {"status": status, "decided_on": hub.day.today, "note": note})
    _milestone(hub, row["order"])


def _milestone(hub: "Hub", document: int | None) -> None:
    if document is None or base.again(hub, document)["ordered_on"] is None:
        return
    if hub.one("designs.undecided", {"document": document}) is None:
        milestones.reach(hub, document, "artwork-approved", hub.day.today)
    else:
        milestones.clear(hub, document, "artwork-approved")
