"""What checks share: the file they look at, and the form of what they find."""

import functools
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hubcli import changelog, queries, schema, sqlitefile

Broken = tuple[str, str]
"""A record (C12, H7, or a table and a row) and what is wrong with it."""


class View:
    """A file under check: a connection to it, the business day. A copy is not `live`."""

    def __init__(self, conn: Any, path: Path, today: str, *, live: bool = True, quick: bool = False) -> None:
        self.conn = conn
        self.path = path
        self.today = today
        self.writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        self.live = live and self.writable  # read as it is, a file says nothing of its journal
        self.quick = quick
        self.memory: dict[str, Any] = {}
        conn.row_factory = sqlitefile.sqlite().Row
        conn.text_factory = functools.partial(str, encoding="utf-8", errors="replace")

    @property
    def as_it_is(self) -> str:
        """What a file that may not be written, and has no log beside it, is to be opened with."""
        alone = not os.access(self.path.parent, os.W_OK) and not Path(f"{self.path}-wal").exists()
        return "&immutable=1" if alone else ""

    @functools.cached_property
    def chain(self) -> list[changelog.Finding]:
        """Where the chain of seals does not hold."""
        return list(changelog.verify(self.conn))

    def rows(self, block: str, params: Mapping[str, object] | None = None) -> Iterator[Any]:
        """Give the rows of a block."""
        sql, bound = queries.fit(block, params or {})
        return iter(self.conn.execute(sql, bound))


def key_of(table: schema.Table) -> str:
    """Give the column that names a table's rows."""
    return table.columns[0].name


def columns(ending: str) -> Iterator[tuple[schema.Table, list[str]]]:
    """Give each table with its columns whose names end so."""
    for table in schema.tables().values():
        names = [c.name for c in table.columns if c.name.endswith(ending)]
        if names:
            yield table, names


def first_bad(
    view: View, table: str, key: str, names: list[str], test: str, params: Mapping[str, object]
) -> Iterator[Any]:
    """Give (key, column) of each row with a column for which `test` holds; $ stands for the column.

    Every name is one of schema.sql, and `test` stands in this package.
    """
    cases = " ".join(f"WHEN {test.replace('$', name)} THEN '{name}'" for name in names)
    sql = f"SELECT * FROM (SELECT {key} AS row_key, CASE {cases} END AS bad FROM {table}) WHERE bad IS NOT NULL"
    return iter(view.conn.execute(sql, dict(params)))


@functools.cache
def text_columns() -> dict[str, list[str]]:
    """Give the columns of people's text of every logged table: TEXT, neither a day, an instant nor worked out."""
    typed = {
        match.group(2): set(re.findall(r"^  (\w+)\s+TEXT", match.group(3), re.MULTILINE))
        for match in re.finditer(schema._TABLE, schema.text())  # noqa: SLF001
    }
    return {
        table.name: [
            c.name
            for c in table.columns
            if c.name in typed[table.name] and not c.kept and c.name[-3:] not in {"_on", "_at"}
        ]
        for table in schema.logged().values()
    }
