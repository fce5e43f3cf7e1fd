"""What a change set did for one customer, in one line: every field with its old and its new value."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from hubcli.operations import history

if TYPE_CHECKING:
    from hubcli.store import Hub

MOST = 40
"""So many changes are told in one line; the rest is counted."""
LONGEST = 60
"""So many characters of a value are told."""


def told(hub: "Hub", change: int, family: Sequence[int], staff: dict[int, str]) -> str:
    """Give what a change set did for a customer, such as: type average → luxury; A3 zip 60614 → 60615; K2 added.

    `family` are their number, first, and those that were merged into it.
    """
    parts = list(dict.fromkeys(_parts(hub, change, family, staff)))
    more = [f"and {len(parts) - MOST} more"] if len(parts) > MOST else []
    return "; ".join([*parts[:MOST], *more])


def _parts(hub: "Hub", change: int, family: Sequence[int], staff: dict[int, str]) -> Iterator[str]:
    for entry in hub.rows("activity.entries", {"change": change, "family": list(family)}):
        own = entry["tbl"] == "customers" and entry["row_id"] == family[0]
        record = "" if own else history.record_name(entry["tbl"], entry["row_id"]) + " "
        if entry["operation"] != "update":
            yield f"{record}{'added' if entry['operation'] == 'insert' else 'removed'}"
            continue
        for _, name, old, new in history.diff_rows([entry], staff):
            yield f"{record}{name} {_short(old)} → {_short(new)}"


def _short(value: Any) -> str:
    text = "none" if value is None else " ".join(str(value).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
