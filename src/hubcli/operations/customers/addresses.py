"""The addresses of a customer: one for billing, any number for delivery with one default, and former ones."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError

if TYPE_CHECKING:
    from hubcli.store import Hub

CONTENT = ("line1", "line2", "city", "state", "zip")


def one_line(row: Mapping[str, Any] | Any, home: str = "US") -> str:
    """Give an address on one line; the country only when it is not `home`."""
    place = " ".join(filter(None, (row["state"], row["zip"])))
    country = row["country"] if row["country"] != home else None
    return ", ".join(filter(None, (row["line1"], row["line2"], row["city"], place, country)))


def get(hub: "Hub", number: int) -> Any:
    """Give an address; raise not_found."""
    row = hub.one("customers.address", {"id": number})
    if row is None:
        raise HubError("not_found", what="address", ref=f"A{number}", near="", tries=("hub customers address list C1",))
    return row


def set_part(hub: "Hub", customer: int, kind: str, parts: Mapping[str, Any], country: str) -> None:
    """Put parts of the billing or the default delivery address in place; without any content left it goes away."""
    row = hub.one("customers.address_of", {"customer": customer, "kind": kind})
    if row is None:
        if any(parts.get(name) for name in CONTENT):
            add(hub, customer, kind, {"country": country, **_filled(parts)}, default=kind == "delivery")
        return
    change(hub, row, dict(parts), country)


def _filled(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if value is not None}


def change(hub: "Hub", row: Any, parts: dict[str, Any], country: str) -> None:
    """Update what differs in an address; one without any content left is removed."""
    if "country" in parts and parts["country"] is None:
        parts["country"] = country
    changed = {name: value for name, value in parts.items() if row[name] != value}
    if not changed:
        return
    if not any(changed.get(name, row[name]) for name in CONTENT):
        hub.run("customers.remove_address", {"id": row["id"]})
        return
    hub.update("addresses", row["id"], changed)


def add(hub: "Hub", customer: int, kind: str, parts: Mapping[str, Any], *, default: bool) -> int:
    """Add an address; give its number. A billing address replaces the one there, which becomes a former one.

    The first delivery address is the default one.
    """
    if kind == "billing":
        retire(hub, customer, "billing")
    first = kind == "delivery" and hub.one("customers.address_of", {"customer": customer, "kind": kind}) is None
    first = first and hub.one("customers.any_delivery", {"customer": customer}) is None
    if default and kind == "delivery":
        hub.run("customers.no_default", {"customer": customer, "besides": None})
    values = {
        "customer_id": customer,
        "kind": kind,
        **parts,
        "is_default": int(kind == "delivery" and (default or first)),
    }
    return hub.insert("addresses", values)


def retire(hub: "Hub", customer: int, kind: str) -> Any:
    """Make the billing or the default delivery address a former one; give it as it was, or None."""
    row = hub.one("customers.address_of", {"customer": customer, "kind": kind})
    if row is not None:
        hub.update("addresses", row["id"], {"kind": "former", "is_default": 0, "former_on": hub.day.today})
    return row


def make_default(hub: "Hub", number: int) -> None:
    """Make a delivery address the default one; raise for an address of another kind."""
    row = get(hub, number)
    if row["kind"] != "delivery":
        raise HubError("address_default")
    hub.run("customers.no_default", {"customer": row["customer_id"], "besides": number})
    if not row["is_default"]:
        hub.update("addresses", number, {"is_default": 1})


def move(hub: "Hub", customer: int, parts: Mapping[str, Any]) -> None:
    """Put a new address in place of the billing and the default delivery one; the old ones become former.

    A delivery address that was the same as the billing one leaves no second former address.
    """
    billing = retire(hub, customer, "billing")
    delivery = hub.one("customers.address_of", {"customer": customer, "kind": "delivery"})
    if delivery is not None and billing is not None and one_line(delivery) == one_line(billing):
        hub.run("customers.remove_address", {"id": delivery["id"]})
    elif delivery is not None:
        retire(hub, customer, "delivery")
    add(hub, customer, "billing", parts, default=False)
    if delivery is not None:
        add(hub, customer, "delivery", parts, default=True)
