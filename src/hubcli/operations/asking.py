"""Answers SQL that a user wrote, on a connection that can only read what is the shop's own."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from hubcli import sqlitefile
from hubcli.errors import HubError

SELECT, READ, FUNCTION, RECURSIVE, PRAGMA = 21, 20, 31, 33, 19
"""The actions of SQLite's authorizer that a question needs."""

HIDDEN = frozenset({"meta", "subject_keys", "idempotency_keys"})
"""Tables with keys and secrets; the salt of a reason is hidden too."""
NOT_CALLED = frozenset({"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit", "zeroblob"})
LONGEST_VALUE = 10_000_000
LONGEST_SQL = 100_000
MEMORY = 256 * 1024 * 1024
SECONDS = 30.0


class Answer:
    """The names of the columns, and the rows, read as they come."""

    def __init__(self, names: Sequence[str], rows: Iterator[Sequence[object]]) -> None:
        self.names = names
        self.rows = rows


def ask(path: Path, sql: str, seconds: float = SECONDS) -> Answer:
    """Run one reading statement; raise sql_error, sql_refused or sql_too_long (also while its rows are read)."""
    conn = sqlitefile.connect_to_read(path)
    try:
        _fence(conn)
        rows = _rows(conn, sql, seconds)
        names = next(rows)
    except BaseException:
        conn.close()
        raise
    return Answer([str(name) for name in names], rows)


def _rows(conn: Any, sql: str, seconds: float) -> Iterator[Sequence[object]]:
    """Give the names first, then the rows."""
    library = sqlitefile.sqlite()
    late = HubError("sql_too_long", seconds=f"{seconds:.0f}")
    with closing(conn), sqlitefile.stoppable(conn, seconds, late):
        try:
            cursor = conn.execute(sql)
            if cursor.description is None:
                raise HubError("sql_error", why="this is not a SELECT")
            yield [column[0] for column in cursor.description]
            for row in cursor:
                yield [value.hex() if isinstance(value, bytes) else value for value in row]
        except (library.Error, library.Warning, ValueError, OverflowError) as error:
            if "interrupted" in str(error):
                raise
            raise _told(error) from error


def _told(error: Exception) -> HubError:
    text = str(error)
    if "prohibited" in text or "not authorized" in text:
        return HubError("sql_refused", why=text)
    return HubError("sql_error", why=text)


def _fence(conn: Any) -> None:
    """Let nothing but reading through: no writing, no other files, no secrets, no endless values."""
    conn.execute("SELECT rowid FROM customer_search LIMIT 0")  # to be looked at by SQLite before the fence is up
    conn.execute("PRAGMA query_only = ON")
    conn.execute(f"PRAGMA hard_heap_limit = {MEMORY}")
    conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
    if hasattr(conn, "setlimit"):
        library = sqlitefile.sqlite()
        conn.setlimit(library.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        conn.setlimit(library.SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL)
        conn.setlimit(library.SQLITE_LIMIT_ATTACHED, 0)
    conn.set_authorizer(_allows)


def _allows(action: int, one: str | None, two: str | None, _base: str | None, _view: str | None) -> int:
    """Give 0 to let an action through, 1 to refuse it."""
    if action in {SELECT, RECURSIVE}:
        return 0
    if action == READ:
        return int((one or "") in HIDDEN or (one, two) == ("change_reasons", "salt"))
    if action == FUNCTION:
        return int((two or "").lower() in NOT_CALLED)
    return int(not (action == PRAGMA and one == "data_version" and two is None))  # the search index asks for it
