"""Terms: when what is bought on account is to be paid; copied where they are used, so edits rewrite nothing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError, bad_value
from hubcli.values import words
from hubcli.values.text import fold

if TYPE_CHECKING:
    from hubcli.store import Hub


def by_name(hub: "Hub", name: str, field: str = "--terms") -> Any:
    """Give the row of terms by name, in any case; raise bad_value that names the known ones."""
    rows = list(hub.rows("terms.all"))
    found = next((row for row in rows if fold(row["name"]) == fold(name)), None)
    if found is None:
        offered = [row["name"] for row in rows if not row["retired"]]
        close = words.near(name, offered, 1)
        hint = f"did you mean {close[0]}? " if close else ""
        raise bad_value(field, name, f"is not known: {hint}there are {', '.join(offered)}", "hub credit terms list")
    return found


def offered(hub: "Hub", name: str, field: str = "--terms") -> Any:
    """Give terms that are still offered; raise bad_value for retired ones."""
    row = by_name(hub, name, field)
    if row["retired"]:
        raise bad_value(field, name, "is retired and offered no more", "hub credit terms list")
    return row


def add(hub: "Hub", columns: Mapping[str, Any]) -> int:
    """Add terms; raise terms_taken for a name that is in use. Give their number."""
    _free(hub, str(columns["name"]), None)
    return hub.insert("terms", columns)


def edit(hub: "Hub", number: int, columns: Mapping[str, Any]) -> None:
    """Change what differs; documents and draws keep the terms they were made on."""
    row = next(row for row in hub.rows("terms.all") if row["id"] == number)
    if "name" in columns:
        _free(hub, str(columns["name"]), number)
    changed = {name: value for name, value in columns.items() if row[name] != value}
    if changed:
        hub.update("terms", number, changed)


def retire(hub: "Hub", number: int) -> None:
    """Offer terms no more; the default has to be moved first (terms_are_default)."""
    row = next(row for row in hub.rows("terms.all") if row["id"] == number)
    if row["is_default"]:
        raise HubError("terms_are_default", name=row["name"])
    edit(hub, number, {"retired": 1})


def make_default(hub: "Hub", number: int | None) -> None:
    """Make terms the default, or none; raise terms_retired_default for retired ones."""
    for row in hub.rows("terms.all"):
        if row["is_default"] and row["id"] != number:
            hub.update("terms", row["id"], {"is_default": 0})
    if number is not None:
        edit(hub, number, {"is_default": 1})


def _free(hub: "Hub", name: str, number: int | None) -> None:
    for row in hub.rows("terms.all"):
        if fold(row["name"]) == fold(name) and row["id"] != number:
            raise HubError("terms_taken", name=row["name"])
