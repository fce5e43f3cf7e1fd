"""What a change set did in one line: for one customer every field with its old and its new value, or the gist."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from hubcli import changelog
from hubcli.counts import Count
from hubcli.operations import history
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

MOST = 40
"""So many changes are told in one line; the rest is counted."""
LONGEST = 60
"""So many characters of a value are told."""
LOOKED_AT = 1_000
"""So many entries of a change set are looked at for its gist."""
NAMED = 3
"""So many records and amounts are named in it."""
AMOUNTS = ("payments", "refunds", "line_repayments", "return_lines", "adjustments", "wallet_entries")
"""Tables whose rows are money that moved; the first that a change set has rows of tells what it was about."""


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


# ------------------------------------------------------------------------------------------------------------ the gist


def gist(hub: "Hub", change: int) -> str:
    """Give what a change set was about: O3310 400.00, or C30 type, found_us, or C1, C2, C3 and 137 more records."""
    refs: dict[str, str] = {}
    seen: dict[tuple[str, int], str] = {}
    amounts: dict[str, list[str]] = {}
    fields: dict[str, None] = {}
    for entry in islice(hub.rows("changes.entries", {"change": change}), LOOKED_AT):
        whole = changelog.image(entry["new"] or entry["old"]) if entry["field"] is None and not entry["digest"] else {}
        row = entry["tbl"], entry["row_id"]
        if row not in seen:
            seen[row], owner = _ref(hub, entry, whole)
            refs.setdefault(seen[row], owner)
        cents = whole.get("amount_cents")
        if entry["operation"] == "insert" and isinstance(cents, int):
            amounts.setdefault(entry["tbl"], []).append(money.show(cents))
        if entry["operation"] == "update" and not entry["field"].endswith(history.UNSAID):
            fields[history.field_name(entry["field"])] = None
    parts = [_several(hub, change, refs)]
    moved = next((amounts[table] for table in AMOUNTS if table in amounts), [])
    parts += [", ".join(moved[:NAMED]) + (" …" if moved[NAMED:] else "")] if moved else []
    parts += [", ".join(fields)] if len(refs) == 1 and fields and not moved else []
    return " ".join(filter(None, parts))


def _ref(hub: "Hub", entry: Any, whole: dict[str, Any]) -> tuple[str, str]:
    """Give the record that an entry is told under, and the customer it belongs to, empty for one itself."""
    table, number = entry["tbl"], entry["row_id"]
    customer = f"C{entry['subject']}" if entry["subject"] is not None else ""
    document = number if table == "documents" else whole.get("document_id")
    if document is not None:
        row = hub.one("changes.document", {"id": document})
        return f"{'O' if row and row['ordered_on'] else 'Q'}{document}", customer
    if table == "customers" or (customer and table not in history.PREFIXES):
        return customer or f"C{number}", ""
    return history.record_name(table, number), customer


def _several(hub: "Hub", change: int, refs: dict[str, str]) -> str:
    """Name the first records, and count the rest; whose a single one is says it too."""
    told = [ref for ref in refs if ref not in refs.values()] or list(refs)
    if len(told) == 1:
        owner = refs[told[0]]
        return f"{told[0]} of {owner}" if owner and told[0][0] not in "QO" else told[0]
    row = hub.one("changes.records", {"change": change})
    more = max(len(told), row["n"] if row else 0) - NAMED
    return ", ".join(told[:NAMED]) + (f" and {Count(more):more record}" if more > 0 else "")
