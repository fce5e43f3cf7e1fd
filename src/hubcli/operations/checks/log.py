"""Checks of the change log: its chain of seals, and that replaying it gives today's rows."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from hubcli import changelog, schema, sqlitefile
from hubcli.operations.checks.base import Broken, View

ENTRIES = """SELECT row_id, change_id, operation, field, new, personal, digest
FROM changelog WHERE tbl = ? ORDER BY row_id, seq"""


def lost(view: View) -> Iterator[Broken]:
    """A02: entries that a change set should have."""
    return ((f"H{f.change_id}", f.what) for f in view.chain if "missing" in f.what)


def altered(view: View) -> Iterator[Broken]:
    """A03: seals that are not those of their header and entries."""
    return ((f"H{f.change_id}", f.what) for f in view.chain if "missing" not in f.what)


def unknown(view: View) -> Iterator[Broken]:
    """A04: rows that came or went without an entry. An opening state is not itemised: then only goings are known."""
    return iter(_replayed(view)[0])


def differing(view: View) -> Iterator[Broken]:
    """A05: the last logged value of each field against today's row."""
    return iter(_replayed(view)[1])


def _replayed(view: View) -> tuple[list[Broken], list[Broken]]:
    """Replay the log once for both checks."""
    if "replayed" not in view.memory:
        opened = next(view.rows("checks.opening"), None) is not None
        rows: list[Broken] = []
        fields: list[Broken] = []
        for table in schema.logged().values():
            laid = sqlitefile.seeds()[table.name]
            for row_id, row, past in _together(view, table):
                what = _unknown(row, past, opened=opened or row_id in laid)
                if what:
                    rows.append((_name(table, row_id), what))
                elif row is not None:
                    fields += [
                        (_name(table, row_id), _changed(f, c)) for f, (v, c) in past.fields.items() if row[f] != v
                    ]
        view.memory["replayed"] = (rows, fields)
    found: tuple[list[Broken], list[Broken]] = view.memory["replayed"]
    return found


def _unknown(row: Any, past: "_Past", *, opened: bool) -> str | None:
    if past.there is False and row is not None:
        return "is there though the log says that it was deleted"
    if past.there and row is None:
        return "is gone though the log never says so"
    if past.there is None and row is not None and not opened:
        return "is there though the log does not say how it came"
    return None


def _changed(field: str, change: int) -> str:
    return f"{field} is not what H{change}, its last change, made it"


def _name(table: schema.Table, row_id: int) -> str:
    return f"C{row_id}" if table.name == "customers" else f"{table.name} {row_id}"


class _Past:
    """What the log says of one row: whether it is there (None: not said), and its fields with the change of each."""

    __slots__ = ("fields", "there")

    def __init__(self) -> None:
        self.there: bool | None = None
        self.fields: dict[str, tuple[Any, int]] = {}

    def take(self, entry: Any, table: schema.Table, required: set[str]) -> None:
        """Apply one entry; what was erased is not known any more."""
        erased = entry["digest"] is not None
        if entry["operation"] == "delete":
            self.there, self.fields = False, {}
        elif entry["operation"] == "insert":
            self.there = True
            if not erased:
                self._take_image(entry, table, required)
        elif erased:
            self.fields.pop(entry["field"], None)
        else:
            self.fields[entry["field"]] = (changelog.value(entry["new"]), entry["change_id"])

    def _take_image(self, entry: Any, table: schema.Table, required: set[str]) -> None:
        """Apply one of a new row's two images: a column stands in the one that it belonged to in those days.

        A value that is absent is none, unless the other image has it or the column only came with a later schema.
        """
        image = changelog.image(entry["new"])
        for column in table.logged_columns:
            if column.name in image:
                self.fields[column.name] = (image[column.name], entry["change_id"])
            elif column.personal == bool(entry["personal"]) and column.name not in required:
                self.fields.setdefault(column.name, (None, entry["change_id"]))


def _together(view: View, table: schema.Table) -> Iterator[tuple[int, Any, _Past]]:
    """Walk a table and its part of the log side by side, in the order of row numbers, in constant memory."""
    names = [column.name for column in table.logged_columns]
    required = {row["name"] for row in view.conn.execute(f"PRAGMA table_info({table.name})") if row["notnull"]}
    rows = iter(view.conn.execute(f"SELECT id, {', '.join(names)} FROM {table.name} ORDER BY id"))
    row = next(rows, None)
    for row_id, entries in groupby(view.conn.execute(ENTRIES, (table.name,)), key=lambda entry: entry["row_id"]):
        while row is not None and row["id"] < row_id:
            yield row["id"], row, _Past()
            row = next(rows, None)
        past = _past(entries, table, required)
        here = row if row is not None and row["id"] == row_id else None
        yield row_id, here, past
        if here is not None:
            row = next(rows, None)
    while row is not None:
        yield row["id"], row, _Past()
        row = next(rows, None)


def _past(entries: Iterable[Any], table: schema.Table, required: set[str]) -> _Past:
    past = _Past()
    for entry in entries:
        past.take(entry, table, required)
    return past
