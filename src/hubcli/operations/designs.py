"""Artwork of customers: designs kept as files, and layouts."""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations import files
from hubcli.operations.customers import editing
from hubcli.operations.documents import base, delivery

if TYPE_CHECKING:
    from hubcli.store import Hub

TYPES = ("uploaded", "digitized")
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
    check_active(hub, customer)
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
    """Put a design on a line of its customer's quote or order, inside a change; raise design_elsewhere.

    On an order it then waits to be approved, once for each process.
    """
    from hubcli.operations import artwork

    row = get(hub, number)
    if row["customer"] != document["customer_id"]:
        raise HubError(
            "design_elsewhere", ref=f"D{number}", customer=f"C{row['customer']}", refs=(f"C{row['customer']}",)
        )
    base.check_changeable(document)
    delivery.lines_of(hub, document["id"], [line])
    hub.run("designs.on_line", {"design": number, "document": document["id"], "line": line})
    artwork.wanted(hub, document["id"])


def check_active(hub: "Hub", customer: int) -> None:
    """Raise customer_not_active for one that is archived, deleted or spam."""
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
    check_active(hub, customer)
    check_owner(hub, customer, values.get("design_id"))
    return hub.insert("layouts", {"customer_id": customer, "created_on": hub.day.today, **values})


def delete_layout(hub: "Hub", number: int) -> None:
    """Delete a layout softly, inside a change."""
    layout(hub, number)
    hub.update("layouts", number, {"deleted_at": hub.day.at})


def check_owner(hub: "Hub", customer: int, design: int | None) -> None:
    """Raise design_elsewhere for a design of another customer."""
    if design is not None and get(hub, design)["customer"] != customer:
        owner = f"C{get(hub, design)['customer']}"
        raise HubError("design_elsewhere", ref=f"D{design}", customer=owner, refs=(owner,))
