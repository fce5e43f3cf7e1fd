"""How far payments were exported: the change set up to which somebody has them. No data of the shop, so not logged."""

from typing import TYPE_CHECKING

from hubcli import queries

if TYPE_CHECKING:
    from hubcli.store import Hub

KEY = "payments_exported"


def mark(hub: "Hub") -> int | None:
    """Give the change set up to which payments were exported; None before the first export."""
    row = hub.one("meta.get", {"key": KEY})
    return None if row is None else int(row["value"])


def last_change(hub: "Hub") -> int:
    """Give the last change set there is: what is read after this has at least all of it."""
    row = hub.one("checks.last")
    return int(row["id"]) if row else 0


def remember(hub: "Hub", change: int) -> None:
    """Note that payments are exported up to a change set."""
    if mark(hub) != change:
        hub.upkeep("export payments", [(queries.find("meta.put"), {"key": KEY, "value": str(change)})])
