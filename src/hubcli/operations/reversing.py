"""Takes rows of money back without deleting them: they end today, and before today they still count.

A row is deleted only together with a document that was made in the same change set: then nobody was ever paid.
"""

from typing import TYPE_CHECKING, Any

from hubcli import changelog
from hubcli.operations import history
from hubcli.values import money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hubcli.store import Hub

VOIDED = frozenset({"payments", "line_repayments"})
"""Tables whose rows have a status; the other ones only have the day they ended."""
ENDED = frozenset({"refunds", "returns", "adjustments"})
TABLES = VOIDED | ENDED | {"return_lines"}
"""return_lines end with their return."""


def whole(born: set[int], now: Any) -> bool:
    """Tell whether the document of a row was made in the same change set, so that all of it goes away."""
    return "document_id" in now.keys() and now["document_id"] in born  # noqa: SIM118


def stands(table: str, now: Any) -> bool:
    """Tell whether a row still counts."""
    if table == "return_lines":
        return False
    return now["status"] in {"pending", "confirmed"} if table in VOIDED else now["ended_on"] is None


def end(hub: "Hub", table: str, ids: "Iterable[int]") -> None:
    """End rows today."""
    values = {"ended_on": hub.day.today} | ({"status": "void"} if table in VOIDED else {})
    for row_id in ids:
        hub.update(table, row_id, values)


def later(hub: "Hub", payment: int, mine: "dict[str, list[int]]") -> "Iterator[tuple[str, int]]":
    """Give the refunds and repayments that stand on a payment, those of the same change set left out."""
    for row in hub.select("SELECT id FROM refunds WHERE payment_id = ? AND ended_on IS NULL", (payment,)):
        if row["id"] not in mine.get("refunds", ()):
            yield "refunds", row["id"]
    sql = "SELECT id FROM line_repayments WHERE payment_id = ? AND status IN ('pending', 'confirmed')"
    for row in hub.select(sql, (payment,)):
        if row["id"] not in mine.get("line_repayments", ()):
            yield "line_repayments", row["id"]


def told(entries: "Iterable[Any]") -> str | None:
    """Say what the entries of an undo did where money had moved: rows that ended or count again, reversing entries."""
    ended: list[str] = []
    again: list[str] = []
    said: list[str] = []
    for entry in entries:
        table, name = entry["tbl"], history.record_name(entry["tbl"], entry["row_id"])
        if table == "wallet_entries" and entry["operation"] == "insert" and not entry["personal"]:
            cents = int(changelog.image(entry["new"])["amount_cents"] or 0)
            said.append(f"the customer credit of C{entry['subject']} got a reversing entry of {money.show(cents)}")
        elif table in TABLES and entry["field"] == "ended_on":
            (again if changelog.value(entry["new"]) is None else ended).append(name)
    stay = "ended and stays on record" if len(ended) == 1 else "ended and stay on record"
    again_in = "is in force again" if len(again) == 1 else "are in force again"
    parts = [
        f"{', '.join(names[:10])}{' …' if names[10:] else ''} {what}"
        for names, what in ((ended, stay), (again, again_in))
        if names
    ]
    more = [f"and {len(said) - 3} more entries"] if len(said) > 3 else []
    return "; ".join([*parts, *said[:3], *more]) or None
