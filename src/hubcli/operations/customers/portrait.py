"""Everything that is known about one person, as one readable archive: tables, history, files, a page that says what.

It leaves the shop: internal notes are not in it, with their files and their history, nor what goods cost the shop.
"""

import csv
import io
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from hubcli import schema
from hubcli.operations import history, refs

if TYPE_CHECKING:
    from hubcli.store import Hub

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The moment of every member: the same record gives the same archive, byte for byte."""
SECRET = frozenset({"password_hash", "username_key", "email_key", "serial_key"})
"""Columns that say nothing to the person: hashes, and forms for comparing."""
OWN = frozenset({"unit_cost", "cost", "fee"})
"""Columns of money, without _cents, that are the shop's own affair."""
INTERNAL = "(SELECT id FROM notes WHERE type = 'internal')"
OPEN = {
    "notes": "r.type <> 'internal'",
    "files": f"coalesce(r.note_id, 0) NOT IN {INTERNAL}",
    "document_notes": f"r.note_id NOT IN {INTERNAL}",
}
"""Tables of which only some rows leave the shop, and which."""
README = """\
Everything that {shop} keeps about {name} (customer {number}), as of {day}.

Each table is a CSV file that any spreadsheet opens; money is in the shop's currency, days are year-month-day,
moments are in UTC. changes.csv tells when which of it changed and by whom. files/ holds what was attached.

{listed}
"""


def write(hub: "Hub", number: int, shop: str, target: BinaryIO) -> dict[str, int]:
    """Write the archive of a customer, merged numbers followed; give the rows of each table in it."""
    numbers = refs.family(hub, number)
    counts: dict[str, int] = {}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        told: dict[str, set[int]] = {name: set() for name in OPEN}
        for name, columns, rows in tables(hub, numbers):
            counts[name] = len(rows)
            told[name] = {int(row[0]) for row in rows}
            _member(archive, f"{name}.csv", _csv(columns, rows))
        changes = list(_changes(hub, numbers, told))
        if changes:
            counts["changes"] = len(changes)
            _member(archive, "changes.csv", _csv(("at", "actor", "command", "record", "field", "old", "new"), changes))
        for file in hub.rows("portrait.files", {"ids": numbers}):
            counts["files kept"] = counts.get("files kept", 0) + 1
            _member(archive, f"files/{file['id']}-{_slug(file['name'])}", file["content"])
        row = hub.one("customers.head", {"id": number})
        listed = "\n".join(f"  {count:>6}  {name}" for name, count in counts.items())
        name = row["name"] if row else ""
        about = {"shop": shop or "the shop", "name": name, "number": f"C{number}", "day": hub.day.today}
        _member(archive, "README.txt", README.format(**about, listed=listed))
    return counts


def tables(hub: "Hub", numbers: Sequence[int]) -> Iterator[tuple[str, Sequence[str], list[tuple[Any, ...]]]]:
    """Give (table, columns, rows as text) of every table that has rows about these customers; id is the first."""
    listed = ", ".join(str(int(number)) for number in numbers)
    for table in schema.logged().values():
        if table.subject == "NULL":
            continue
        columns = [c.name for c in table.columns if _leaves(c.name) and (not c.kept or c.generated)]
        sql = f"SELECT {', '.join(f'r.{c}' for c in columns)} FROM {table.name} r"
        where = f"{table.subject.replace('$', 'r')} IN ({listed}) AND {OPEN.get(table.name, 'TRUE')}"
        rows = hub.select(f"{sql} WHERE {where} ORDER BY r.id")
        if rows:
            yield table.name, columns, [_shown(columns, row) for row in rows]


def _shown(columns: Sequence[str], row: Any) -> tuple[Any, ...]:
    return tuple(history.shown(name, value) for name, value in zip(columns, row, strict=True))


def _leaves(column: str) -> bool:
    """Tell whether a column is for the person to read."""
    return column not in SECRET and column.removesuffix("_cents") not in OWN


def _changes(hub: "Hub", numbers: Sequence[int], told: Mapping[str, Collection[int]]) -> Iterator[tuple[Any, ...]]:
    """Give the history of what is told; a note that was internal once has none."""
    once = {row["id"] for row in hub.rows("portrait.once_internal", {"ids": list(numbers)})}

    def fits(entry: Any) -> bool:
        table, row_id = entry["tbl"], entry["row_id"]
        return (table not in OPEN or row_id in told[table]) and (table != "notes" or row_id not in once)

    for row in history.of_customer(hub, {"customers": list(numbers)}, fits):
        at, actor, _, command, _, *what = row
        if _leaves(what[1]):
            yield at, actor, command, *what[:4]


def _csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(name.removesuffix("_cents") for name in columns)
    writer.writerows(rows)
    return text.getvalue()


def _slug(name: str | None) -> str:
    """Give a file name that leads nowhere else, whatever the stored name holds."""
    kept = "".join(sign if sign.isalnum() or sign in "._- " else "_" for sign in (name or "file"))
    return kept.strip(". ")[:100] or "file"


def _member(archive: zipfile.ZipFile, name: str, content: str | bytes) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    archive.writestr(info, content)
