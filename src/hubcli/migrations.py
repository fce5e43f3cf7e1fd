"""Makes the database and brings old files up: schema.sql is the truth, each step here leads an old file to it."""

import os
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hubcli import __version__, schema
from hubcli.errors import HubError
from hubcli.locks import Locks

Connection = Any

STEPS: dict[int, str] = {}
"""The SQL that leads a file of schema N to N + 1; triggers and views are laid anew from schema.sql afterwards."""


def create(path: Path, at: str, mode: int = 0o600) -> None:
    """Make an empty hub database at `path`, whole or not at all; `at` is the UTC instant; raise database_exists."""
    from hubcli import lean

    sqlite = __import__("sys").modules[lean.sqlite_utils().Database.__module__].sqlite3
    if os.path.lexists(path):
        raise HubError("database_exists", path=path)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_NOFOLLOW, mode))
    try:
        conn = sqlite.connect(f"file:{_quoted(new)}?mode=rw", uri=True, isolation_level=None)
        try:
            lay(conn)
            meta = {"uuid": str(uuid.uuid4()), "created_at": at, "created_by": f"hub {__version__}"}
            conn.executemany("INSERT INTO meta (key, value) VALUES (?, ?)", meta.items())
            conn.execute("PRAGMA journal_mode = WAL")
        finally:
            conn.close()
        os.chmod(new, mode)  # noqa: PTH101
        os.link(new, path)
    except FileExistsError:
        raise HubError("database_exists", path=path) from None
    finally:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{new}{suffix}").unlink(missing_ok=True)


def lay(conn: Connection) -> None:
    """Lay the whole schema of today into an empty database."""
    conn.executescript(f"BEGIN;\n{schema.text()}\n{schema.triggers()}\nCOMMIT;")
    conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {schema.VERSION}")


def upgrade(conn: Connection, path: Path, locks: Locks, notice: Callable[[str], None]) -> None:
    """Bring a file of an older schema up in one transaction, after a backup beside it; several at once do it once."""
    raise HubError("older_database", path=path, version="?", why="there is no step from it")


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.resolve()))
