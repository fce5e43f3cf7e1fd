"""Finds customers that a new one may be already: the same phone number, e-mail address or name."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.values import phones, text

if TYPE_CHECKING:
    from hubcli.store import Hub

SHOWN = 5


class Twin(NamedTuple):
    """A customer that shares something with another: number, name, status and what they share."""

    id: int
    name: str
    status: str
    same: str

    @property
    def told(self) -> str:
        """The twin in words: C9 Łukasz Kowalski (archived)."""
        away = "" if self.status == "active" else f" ({self.status})"
        return f"C{self.id} {text.visible(self.name)}{away}"


def find(hub: "Hub", columns: Mapping[str, Any], besides: Collection[int] = ()) -> list[Twin]:
    """Give the customers that share a phone key, the e-mail key or the folded name with these columns."""
    found: dict[int, list[Any]] = {}
    for same, rows in _shared(hub, columns):
        for row in rows:
            if row["id"] not in besides and row["status"] != "purged" and row["merged_into"] is None:
                found.setdefault(row["id"], [row["name"], row["status"], []])[2].append(same)
    return [
        Twin(number, name, status, " and ".join(dict.fromkeys(same)))
        for number, (name, status, same) in sorted(found.items())
    ]


def _shared(hub: "Hub", columns: Mapping[str, Any]) -> Iterable[tuple[str, Iterable[Any]]]:
    keys = dict.fromkeys(columns.get(key) for key in ("mobile_key", "home_key", "alternate_key"))
    for key in keys:
        if key:
            yield "phone number", hub.rows("customers.same_phone", {"tail": phones.tail(key), "key": key})
    if columns.get("email_key"):
        yield "e-mail address", hub.rows("customers.by_email", {"key": columns["email_key"]})
    name = text.fold(name_of(columns))
    if name:
        statuses = ["active", "archived", "deleted", "spam"]
        yield "name", hub.rows("customers.by_name", {"name": name, "status": statuses})


def name_of(columns: Mapping[str, Any]) -> str:
    """Give what a customer with these columns is called, as the database does."""
    if columns.get("kind") == "company" and columns.get("company_name"):
        return str(columns["company_name"])
    person = " ".join(filter(None, (columns.get("first_name"), columns.get("last_name"))))
    return person or str(columns.get("company_name") or "")


def warnings(twins: list[Twin]) -> list[str]:
    """Give the lines that warn of twins, with what brings those put away back."""
    lines = []
    for twin in twins[:SHOWN]:
        lines.append(f"warning: {twin.told} has the same {twin.same}")
        if twin.status in {"archived", "deleted"}:
            lines.append(f"  try: hub customers restore C{twin.id}")
    if len(twins) > SHOWN:
        lines.append(f"warning: {len(twins) - SHOWN} more have the same {twins[SHOWN].same}")
    return lines
