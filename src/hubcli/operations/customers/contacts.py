"""People to call besides the customer."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.values import phones, text

if TYPE_CHECKING:
    from hubcli.store import Hub

TEXTS = {"first_name": 200, "last_name": 200, "relationship": 100, "type": 60}


def read(typed: Mapping[str, str | None], country: str) -> dict[str, Any]:
    """Give the columns of typed fields; None takes a value away; raise bad_value."""
    found: dict[str, Any] = {}
    for field, value in typed.items():
        label = "--" + field.replace("_", "-")
        if field == "phone":
            phone = phones.parse(value, country, label) if value else None
            found |= {"phone": phone and phone.typed, "phone_key": phone and phone.key}
        elif field == "email":
            found["email"] = text.email(value, label).typed if value else None
        else:
            found[field] = text.name(value, label, TEXTS[field]) if value else None
    return found


def get(hub: "Hub", number: int) -> Any:
    """Give a contact; raise not_found."""
    row = hub.one("customers.contact", {"id": number})
    if row is None:
        raise HubError("not_found", what="contact", ref=f"K{number}", near="", tries=("hub customers contact list C1",))
    return row


def change(hub: "Hub", number: int, columns: Mapping[str, Any]) -> None:
    """Update what differs in a contact."""
    row = get(hub, number)
    changed = {name: value for name, value in columns.items() if row[name] != value}
    if changed:
        hub.update("contacts", number, changed)
