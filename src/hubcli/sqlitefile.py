"""Opens a database file beside the Hub, to check it, copy it or compare its schema; runs nothing that stands in it."""

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from hubcli import lean, queries, schema
from hubcli.errors import HubError

Connection = Any  # of whichever sqlite3 module sqlite_utils took

EVERY = 20_000
"""Steps of SQLite's machine between two looks at the clock and at signals."""


class Object(NamedTuple):
    """A table, index, trigger or view: its kind, its name, the table it is on, its SQL."""

    kind: str
    name: str
    table: str
    sql: str


class Difference(NamedTuple):
    """How an object of a file differs from the schema that hub ships: missing, extra or altered."""

    what: str
    kind: str
    name: str


def sqlite() -> Any:
    """Give the sqlite3 module that the store uses (its errors are not those of another one)."""
    return sys.modules[lean.sqlite_utils().Database.__module__].sqlite3


def broken() -> tuple[type[Exception], ...]:
    """Give the errors that a damaged file ends in; SQLite's words about one may quote bytes that are no text."""
    return (sqlite().DatabaseError, UnicodeDecodeError)


def connect(path: Path, *, write: bool = False, immutable: bool = False) -> Connection:
    """Open a file that is there, read-only unless `write`; nothing of its schema runs with any rights."""
    mode = "rw" if write else "ro&immutable=1" if immutable else "ro"
    where = f"file:{quote(str(path.resolve()))}?mode={mode}"
    conn = sqlite().connect(where, uri=True, isolation_level=None, timeout=5)
    try:
        for pragma in schema.PRAGMAS:
            conn.execute(pragma)
    except BaseException:
        conn.close()
        raise
    return conn


def connect_to_read(path: Path) -> Connection:
    """Open a file to read it, as it is where its folder may not be written and no log of it is there."""
    as_it_is = not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
    return connect(path, immutable=as_it_is)


def new_file(path: Path, mode: int = 0o600) -> None:
    """Make an empty file that was not there before, nobody's link followed; raise OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC, mode))


def remove(path: Path) -> None:
    """Remove a database file that was never finished, with its side files."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            os.unlink(f"{path}{suffix}")  # noqa: PTH108


def sync(path: Path) -> None:
    """Bring a closed file or a folder to the disk."""
    number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def stoppable(conn: Connection, seconds: float | None = None, late: HubError | None = None) -> Iterator[None]:
    """Let signals, and a limit of time, end a statement that runs long: raise what the signal did, or `late`."""
    raised: list[BaseException] = []
    deadline = None if seconds is None else time.monotonic() + seconds

    def look() -> int:
        try:  # running any Python here lets the interpreter deliver a signal
            return int(deadline is not None and time.monotonic() > deadline)
        except BaseException as error:  # noqa: BLE001  # SQLite would swallow it
            raised.append(error)
            return 1

    conn.set_progress_handler(look, EVERY)
    try:
        yield
    except sqlite().OperationalError as error:
        if raised:
            raise raised[0] from None
        if "interrupted" in str(error):
            raise late or HubError("stopped") from error
        raise
    finally:
        conn.set_progress_handler(None, 0)


def copy(source: Connection, target: Connection, deadline: float, busy: Callable[[], HubError]) -> None:
    """Copy a database over another in one step and one transaction; raise busy() past the deadline."""

    def look(status: int, _remaining: int, _total: int) -> None:
        if status not in {0, 101} and time.monotonic() > deadline:
            raise busy()

    source.backup(target, pages=-1, progress=look, sleep=0.02)


# ------------------------------------------------------------------------------------------------------------- schema


@cache
def packaged() -> tuple[Object, ...]:
    """Give the objects of the schema that this hub ships, in the order in which they are laid."""
    with closing(_laid()) as conn:
        return tuple(objects(conn))


@cache
def seeds() -> dict[str, frozenset[int]]:
    """Give the numbers of the rows that the schema itself lays into each logged table, before any change set."""
    with closing(_laid()) as conn:
        return {
            name: frozenset(row[0] for row in conn.execute(f"SELECT id FROM {name}").fetchall())
            for name in schema.logged()
        }


def _laid() -> Connection:
    conn = sqlite().connect(":memory:", isolation_level=None)
    conn.executescript(f"{schema.text()}\n{schema.triggers()}")
    return conn


def objects(conn: Connection) -> Iterator[Object]:
    """Give the objects of a file, SQLite's own and those whose name begins with _ left out."""
    rows = conn.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
    for row in rows.fetchall():
        found = Object(*row)
        if not found.name.startswith(("sqlite_", "_", "customer_search_")) and not found.table.startswith("_"):
            yield found


def differences(conn: Connection) -> list[Difference]:
    """Give how the schema of a file differs from the packaged one; comments and spaces do not count."""
    theirs = {(o.kind, o.name): o for o in objects(conn)}
    ours = {(o.kind, o.name): o for o in packaged()}
    found = [Difference("missing", *key) for key in ours if key not in theirs]
    found += [Difference("extra", *key) for key in theirs if key not in ours]
    found += [
        Difference("altered", *key) for key in ours.keys() & theirs.keys() if not _same(ours[key].sql, theirs[key].sql)
    ]
    return sorted(found)


def _same(one: str, other: str) -> bool:
    return one == other or normal(one) == normal(other)


_TOKEN = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/|\w+|[^\w\s]", re.DOTALL)


def normal(sql: str) -> str:
    """Give SQL without comments, spaces and quotes around names, so that only a real difference differs."""
    return " ".join(t for t in _TOKEN.findall(sql) if t != '"' and not t.startswith(("--", "/*")))


def version(conn: Connection) -> int:
    """Give the schema version of a file that is hub's; 0 when it is another program's."""
    if conn.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
        return 0
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def meta(conn: Connection, key: str) -> str | None:
    """Give what a file holds about itself under a key, or None."""
    row = conn.execute(queries.find("meta.get"), {"key": key}).fetchone()
    return str(row[0]) if row else None


def uuid_of(path: Path) -> str | None:
    """Give the identity of the database at a path; None where none can be read."""
    try:
        with closing(connect_to_read(path)) as conn:
            return meta(conn, "uuid")
    except broken():
        return None
