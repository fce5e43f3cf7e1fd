"""Reads schema.sql: its tables, what of them is logged, and the triggers that follow from its marks.

The file is the truth. Marks in its comments, told at its head (@log, @figures, @sums, @search, @ledger, @closed,
personal:, kept:), say what hub adds: log triggers, guards for other SQL than hub's, kept figures, customers that wait
for the search index, rows of money that stay as they are, books that are closed. Everything else is laid as written.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

APPLICATION_ID = 0x68756221  # "hub!"
VERSION = 5
PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA cell_size_check = ON",
    "PRAGMA temp_store = FILE",
    "PRAGMA cache_size = -16000",
)
"""How every connection to the file is set up: its rules hold, nothing that stands in it runs with any rights."""


class Column(NamedTuple):
    """A column and what its comment says; `kept` covers generated columns too, since neither is logged."""

    name: str
    comment: str
    personal: bool
    kept: bool
    generated: bool
    type: str


class Table(NamedTuple):
    """A table; `subject` is the SQL for the customer a row is about ($ is the row), None where it is not logged."""

    name: str
    comment: str
    logged: bool
    subject: str
    columns: tuple[Column, ...]

    @property
    def logged_columns(self) -> tuple[Column, ...]:
        """The columns that the change log itemises, the row's id excluded."""
        return tuple(c for c in self.columns if not c.kept and c.name != "id")


@cache
def text() -> str:
    """Give schema.sql: beside the modules in an installed hub, at the top of the checkout in an editable one."""
    here = Path(__file__).resolve().parent
    packaged = here / "schema.sql"
    return (packaged if packaged.exists() else here.parent.parent / "schema.sql").read_text(encoding="utf-8")


# Patterns are compiled when they are first used: not at all by a command that only reads.
_TABLE = r"(?ms)((?:^--[^\n]*\n)*)^CREATE TABLE (\w+) \(\n(.*?)^\) STRICT"
_COLUMN = r"^  (\w+)\s+(INTEGER|TEXT|BLOB)\b"


@cache
def tables() -> dict[str, Table]:
    """Give the tables of schema.sql by name."""
    return {t.name: t for t in map(_table, re.finditer(_TABLE, text()))}


def _table(match: re.Match[str]) -> Table:
    head, name, body = match.groups()
    comments = [line[2:].strip() for line in head.splitlines()]
    mark = next((c for c in comments if c.startswith("@log")), None)
    subject = mark.partition("subject=")[2] if mark else ""
    comment = " ".join(c for c in comments if not c.startswith("@"))
    return Table(name, comment, mark is not None, subject or "NULL", tuple(_columns(body)))


def _columns(body: str) -> Iterator[Column]:
    """Read the columns with the comments on or directly under their lines."""
    blocks: list[list[str]] = []
    for line in body.splitlines():
        if re.match(_COLUMN, line):
            blocks.append([line])
        elif blocks and line.startswith("   "):
            blocks[-1].append(line)
    for block in blocks:
        name, type_ = re.match(_COLUMN, block[0]).groups()  # type: ignore[union-attr]
        comment = " ".join(part.strip() for line in block for part in line.split("-- ")[1:])
        generated = any("GENERATED ALWAYS" in line for line in block)
        kept = generated or comment.startswith("kept:")
        told = re.sub(r"^(personal|kept):\s*", "", comment)
        yield Column(name, told, comment.startswith("personal:"), kept, generated, type_)


@cache
def logged() -> dict[str, Table]:
    """Give the tables that the change log covers."""
    return {name: table for name, table in tables().items() if table.logged}


@cache
def flags() -> frozenset[str]:
    """Give the names of the columns that hold yes (1) or no (0)."""
    return frozenset(re.findall(r"CHECK \((\w+) IN \(0, 1\)", text()))


# ------------------------------------------------------------------------------------------------ triggers laid by hub
# SQLite reads their text whenever a command begins, so each says only what differs from the others; what they share
# stands in schema.sql, in the triggers of logged_row, logged_field, guarded and the two to_refresh.

_LOGGED = "(SELECT unlogged FROM session) IS NOT 1"
_KEEPING = "(SELECT bulk FROM session) IS NOT 1"


def _image(table: Table, row: str, *, personal: bool) -> str:
    """Give the SQL that writes a row as `name=literal,` pairs; an absent number is `name=,`, an absent text NULL."""
    columns = [c for c in table.logged_columns if c.personal == personal]
    if not columns:
        return "NULL"
    pairs = "".join(f"{c.name}=%{'Q' if c.type == 'TEXT' else 's'}," for c in columns)
    values = (f"quote({row}.{c.name})" if c.type == "BLOB" else f"{row}.{c.name}" for c in columns)
    return f"printf('{pairs}',{','.join(values)})"


def _whole_row(table: Table, event: str) -> str:
    """Give the trigger that logs an insert or a delete: a public image and, where there is one, a personal one."""
    row, when = ("NEW", "AFTER INSERT") if event == "INSERT" else ("OLD", "BEFORE DELETE")
    images = ",".join(_image(table, row, personal=personal) for personal in (False, True))
    return (
        f"CREATE TRIGGER log_{table.name}_{event.lower()} {when} ON {table.name} WHEN {_LOGGED} BEGIN\n"
        f"INSERT INTO logged_row VALUES('{event.lower()}','{table.name}',{row}.id,{table.subject.replace('$', row)},"
        f"{images});END;\n"
    )


def _by_column(table: Table) -> str:
    """Give the trigger that logs an update: one entry for each column that really changed."""
    columns = table.logged_columns
    sides = [(f"'{c.name}'", f"OLD.{c.name}", f"NEW.{c.name}", str(int(c.personal))) for c in columns]
    field, old, new, personal = sides[0]
    named = f"{field} f,+{old} o,+{new} n,{personal} p"  # +: compared as they are, whatever the first column's type
    others = ",".join(f"({','.join(row)})" for row in sides[1:])
    compared = f"SELECT {named} UNION ALL VALUES{others}" if others else f"SELECT {named}"
    kept = any(c.kept and not c.generated for c in table.columns)  # written often, and not logged
    names = f" OF {','.join(c.name for c in columns)}" if kept else ""
    return (
        f"CREATE TRIGGER log_{table.name}_update AFTER UPDATE{names} ON {table.name} WHEN {_LOGGED} BEGIN\n"
        f"INSERT INTO logged_field SELECT '{table.name}',NEW.id,{table.subject.replace('$', 'NEW')},* FROM\n"
        f"({compared})WHERE o IS NOT n COLLATE BINARY;END;\n"
    )


def _marks(mark: str) -> Iterator[tuple[str, str, str]]:
    """Give (table, event, trigger name suffix) for each event that a mark such as @figures names."""
    for table, events in re.findall(rf"^-- @{mark} (\w+) (.*)$", text(), re.MULTILINE):
        for event in re.findall(r"INSERT|DELETE|UPDATE OF .*", events):
            yield table, event, f"{table}_{event.split()[0].lower()}"


def _kept_figures() -> Iterator[str]:
    """Give the triggers that bring one customer's or one document's kept figures up after a row changed."""
    for table, event, suffix in _marks("figures"):
        key = "id" if table == "customers" else "customer_id"
        yield _refresh(f"figures_{suffix}", table, event, "customer_to_refresh", key)
    for table, event, suffix in _marks("sums"):
        yield _refresh(f"sums_{suffix}", table, event, "document_to_refresh", "document_id")


def _refresh(name: str, table: str, event: str, target: str, key: str) -> str:
    """Give one refreshing trigger: what the row belongs to is worked out anew, for the old and the new owner."""
    moved = event.startswith("UPDATE") and key in event
    rows = ["OLD", "NEW"] if moved else ["OLD"] if event == "DELETE" else ["NEW"]
    again = "".join(f"INSERT INTO {target} VALUES({row}.{key});" for row in rows)
    return f"CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {_KEEPING} BEGIN {again}END;\n"


def _search_marks() -> Iterator[str]:
    """Give the triggers that make a customer wait for the search index when a row with its words changed."""
    for table, event, suffix in _marks("search"):
        whose = {"INSERT": "= NEW.customer_id", "DELETE": "= OLD.customer_id"}
        owners = whose.get(event, "IN (OLD.customer_id, NEW.customer_id)")  # it may have gone to another one
        yield (
            f"CREATE TRIGGER search_{suffix} AFTER {event} ON {table} WHEN {_KEEPING}\nBEGIN\n"
            f"  UPDATE customers SET sort_name = NULL WHERE id {owners} AND sort_name IS NOT NULL;\nEND;\n"
        )


_UNIQUE = r"(?m)^CREATE UNIQUE INDEX \w+ ON (\w+) \(([\w, ]+)\)(?: WHERE ([^;]+))?;"
_REFERENCE = r"(?m)^  (\w+) [^\n]*REFERENCES (\w+)\(id\)"
_OUTSIDE = "NOT EXISTS(SELECT 1 FROM session)"


@cache
def unique_keys(table: str) -> list[tuple[str, str]]:
    """Give (columns, condition) of each unique index of a table; the condition is empty where it covers every row."""
    return [(columns, where) for name, columns, where in re.findall(_UNIQUE, text()) if name == table]


def of_row(where: str, row: str) -> str:
    """Give a partial index's condition as a test of one row."""
    return re.sub(r"\b([a-z_]+)\b(?=\s*(=|IS))", rf"{row}.\1", where)


@cache
def references() -> list[tuple[str, str, str]]:
    """Give (table, column, table referred to) for each foreign key between logged tables."""
    found = []
    for match in re.finditer(_TABLE, text()):
        for column, parent in re.findall(_REFERENCE, match.group(3)):
            if {match.group(2), parent} <= logged().keys():
                found.append((match.group(2), column, parent))
    return found


def _guards(table: Table) -> Iterator[str]:
    """Give the guards for other SQL than hub's, where foreign keys may be off and REPLACE deletes without a trigger."""
    name = table.name
    taken = " OR ".join(_same_key(columns, where) for columns, where in [("id", ""), *unique_keys(name)])
    parents = [(column, parent) for child, column, parent in references() if child == name]
    orphan = " OR ".join(f"NEW.{c} IS NOT (SELECT id FROM {parent} WHERE id=NEW.{c})" for c, parent in parents) or "0"
    yield _guard(name, "INSERT", f"EXISTS(SELECT 1 FROM {name} WHERE {taken}),{orphan},0")
    yield _guard(name, "UPDATE", f"EXISTS(SELECT 1 FROM {name} WHERE id<>OLD.id AND({taken})),{orphan},0")
    children = [(child, column) for child, column, parent in references() if parent == name]
    if children:
        needed = " OR ".join(f"EXISTS(SELECT 1 FROM {child} WHERE {column}=OLD.id)" for child, column in children)
        yield _guard(name, "DELETE", f"0,0,{needed}")


def _same_key(columns: str, where: str) -> str:
    """Give the test for a row with the key of NEW; `where` is the partial index's condition."""
    same = " AND ".join(f"{c}=NEW.{c}" for c in columns.split(", "))
    if where:
        same += f" AND {where} AND {of_row(where, 'NEW')}"
    return same


def _guard(table: str, event: str, tests: str) -> str:
    return (
        f"CREATE TRIGGER guard_{table}_{event.lower()} BEFORE {event} ON {table} WHEN {_OUTSIDE} BEGIN\n"
        f"INSERT INTO guarded VALUES({tests});END;\n"
    )


@cache
def triggers() -> str:
    """Give the SQL of every trigger that follows from the marks: log, guards, kept figures, search."""
    parts = [text for table in logged().values() for text in _of_table(table)]
    return "\n".join([*parts, *_kept_figures(), *_search_marks(), *_defences()])


def _defences() -> Iterator[str]:
    """Give the triggers of @ledger (rows of money stay as they are) and @closed (nothing is dated in closed books)."""
    for table, names in re.findall(r"^-- @ledger (\w+) (.*)$", text(), re.MULTILINE):
        changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in names.split(", "))
        kept = "NOT EXISTS (SELECT 1 FROM session WHERE purpose = 'undo')"
        yield _refusal(f"ledger_{table}_update", f"BEFORE UPDATE OF {names} ON {table}", changed, "ledger_append_only")
        yield _refusal(f"ledger_{table}_delete", f"BEFORE DELETE ON {table}", kept, "ledger_append_only")
    for table, listed in re.findall(r"^-- @closed (\w+) (.*)$", text(), re.MULTILINE):
        names = listed.split(", ")
        moved = [f"NEW.{n} IS NOT OLD.{n} AND (NEW.{n} <= value OR OLD.{n} <= value)" for n in names]
        for event, dated in (
            ("INSERT", [f"NEW.{name} <= value" for name in names]),
            (f"UPDATE OF {listed}", moved),
            ("DELETE", [f"OLD.{name} <= value" for name in names]),
        ):
            when = (
                f"EXISTS (SELECT 1 FROM settings WHERE key = 'books.closed_through'\n"
                f"  AND ({' OR '.join(dated)})) AND {_LOGGED}"
            )
            name = f"closed_{table}_{event.split()[0].lower()}"
            yield _refusal(name, f"BEFORE {event} ON {table}", when, "books_closed")


def _refusal(name: str, event: str, when: str, slug: str) -> str:
    return f"CREATE TRIGGER {name} {event} WHEN {when}\nBEGIN SELECT raise(ABORT, '{slug}'); END;\n"


def _of_table(table: Table) -> Iterator[str]:
    yield _whole_row(table, "INSERT")
    yield _by_column(table)
    yield _whole_row(table, "DELETE")
    yield from _guards(table)
