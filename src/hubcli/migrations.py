"""Makes the database and brings old files up: schema.sql is the truth, each step here leads an old file to it."""

import os
import re
import stat
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from hubcli import __version__, schema, sqlitefile
from hubcli.errors import HubError
from hubcli.locks import Locks

Connection = Any

STEPS: dict[int, str] = {
    3: "DROP TABLE IF EXISTS session;",
    4: """
        ALTER TABLE customer_search RENAME TO customer_search_of_4;
        CREATE VIRTUAL TABLE customer_search USING fts5(folded, tokenize = 'trigram', detail = 'none', columnsize = 0);
        INSERT INTO customer_search (rowid, folded) SELECT rowid, folded FROM customer_search_of_4;
        DROP TABLE customer_search_of_4;
    """,
}
"""What must be moved or worked out on the way from schema N to N + 1, run before the tables take today's shape.

New tables, new columns, indexes, triggers and views follow schema.sql by themselves (_shape, _lay_again), so most
versions have no step. A step never changes once it was released.
"""

WAIT = 60.0
"""Seconds that a hub waits for another one that is upgrading the file."""


def create(path: Path, at: str, mode: int = 0o600) -> None:
    """Make an empty hub database at `path`, whole or not at all; `at` is the UTC instant; raise database_exists."""
    sqlite = sqlitefile.sqlite()
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
    """Bring a file of an older schema up in one transaction, after a backup beside it; several at once do it once.

    Raises older_database when it cannot be done; then the file is as it was.
    """
    found = sqlitefile.version(conn)
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise HubError("older_database", path=path, version=found, why="it may not be written")
    locks.writer("hub db upgrade", time.monotonic() + WAIT)
    try:
        _upgrade_once(conn, path, notice)
    except sqlitefile.sqlite().Error as error:
        raise HubError("older_database", path=path, version=found, why=str(error)) from error
    finally:
        locks.release_writer()


def _upgrade_once(conn: Connection, path: Path, notice: Callable[[str], None]) -> None:
    conn.execute("PRAGMA foreign_keys = OFF")  # a table that is made anew is dropped for a moment
    conn.execute(f"PRAGMA busy_timeout = {WAIT * 1000:.0f}")
    conn.execute("BEGIN IMMEDIATE")
    try:
        found = sqlitefile.version(conn)
        if found < schema.VERSION:
            kept = _keep(path, found)
            left = bring_up(conn, path)
            conn.execute("COMMIT")
            notice(f"{path} was brought from schema {found} to {schema.VERSION}; the old one is kept as {kept.name}")
            for name in left:
                notice(f"the view {name} is not hub's and was left out; names of your own begin with _")
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        conn.execute("PRAGMA busy_timeout = 5000")
        conn.execute("PRAGMA foreign_keys = ON")


def _keep(path: Path, version: int) -> Path:
    """Copy the file as it stands (this process holds its write lock) to NAME.vN-backup, whole or not at all."""
    kept = path.with_name(f"{path.name}.v{version}-backup")
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    sqlitefile.new_file(new, stat.S_IMODE(path.stat().st_mode))
    try:
        with closing(sqlitefile.connect(path)) as source, closing(sqlitefile.connect(new, write=True)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")
        sqlitefile.sync(new)
        os.replace(new, kept)  # noqa: PTH105  # one made by an upgrade that was cut short gives way
        sqlitefile.sync(path.parent)
    finally:
        sqlitefile.remove(new)
    return kept


def bring_up(conn: Connection, path: Path) -> list[str]:
    """Take every step from the file's version to today's inside a transaction; give the foreign views left out."""
    found = sqlitefile.version(conn)
    known = {o.name for o in sqlitefile.packaged()}
    gone = [o for o in sqlitefile.objects(conn) if o.kind in {"trigger", "view"}]
    for thing in gone:
        conn.execute(f"DROP {thing.kind} IF EXISTS {_name(thing.name)}")
    if found < 1:
        raise HubError("older_database", path=path, version=found, why=f"there was never a schema {found}")
    for number in range(found, schema.VERSION):
        for statement in statements(STEPS.get(number, "")):
            conn.execute(statement)
    _shape(conn)
    _lay_again(conn)
    conn.execute(f"PRAGMA user_version = {schema.VERSION}")
    _prove(conn, path, found)
    return [thing.name for thing in gone if thing.kind == "view" and thing.name not in known]


def _shape(conn: Connection) -> None:
    """Make the tables that are missing and make anew those of another shape, each column kept that both have."""
    packaged = {o.name: o for o in sqlitefile.packaged() if o.kind == "table"}
    for difference in sqlitefile.differences(conn):
        if difference.kind == "table" and difference.what != "extra":
            table = packaged[difference.name]
            if difference.what == "missing":
                conn.execute(table.sql)
                for seed in re.findall(rf"^INSERT INTO {table.name} .*?;$", schema.text(), re.MULTILINE | re.DOTALL):
                    conn.execute(seed)
            else:
                _rebuild(conn, table)


def _rebuild(conn: Connection, table: sqlitefile.Object) -> None:
    """Make one table anew from its packaged text, rows and burnt numbers kept."""
    new = f"{table.name}_made_anew"
    conn.execute(re.sub(rf"^CREATE TABLE {table.name}\b", f"CREATE TABLE {new}", table.sql))
    old_columns = {row[1] for row in conn.execute(f"PRAGMA table_info({table.name})")}
    both = ", ".join(row[1] for row in conn.execute(f"PRAGMA table_info({new})") if row[1] in old_columns)
    conn.execute(f"INSERT INTO {new} ({both}) SELECT {both} FROM {table.name}")
    burnt = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)).fetchone()
    conn.execute(f"DROP TABLE {table.name}")
    conn.execute(f"ALTER TABLE {new} RENAME TO {table.name}")
    if burnt:
        conn.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (burnt[0], table.name))


def _lay_again(conn: Connection) -> None:
    """Lay indexes, views and triggers as schema.sql has them; an index of your own has a name that begins with _."""
    ours = {o.name: o for o in sqlitefile.packaged() if o.kind != "table"}
    for difference in sqlitefile.differences(conn):
        if difference.kind == "index" and difference.what != "missing" and not difference.name.startswith("_"):
            conn.execute(f"DROP INDEX {_name(difference.name)}")
    there = {o.name for o in sqlitefile.objects(conn)}
    for thing in ours.values():
        if thing.name not in there:
            conn.execute(thing.sql)


def _prove(conn: Connection, path: Path, found: int) -> None:
    """Make sure that the file now has the packaged schema and that its references hold; raise older_database."""
    wrong = [f"{d.kind} {d.name} is {d.what}" for d in sqlitefile.differences(conn) if d.what != "extra"]
    wrong += [f"table {row[0]} refers to rows that are not there" for row in conn.execute("PRAGMA foreign_key_check")]
    if wrong:
        raise HubError("older_database", path=path, version=found, why="; ".join(wrong[:3]))


def statements(script: str) -> Iterator[str]:
    """Give the statements of a script one by one (executescript would commit first)."""
    complete = sqlitefile.sqlite().complete_statement
    statement = ""
    for part in script.split(";"):
        statement += part + ";"
        if complete(statement):
            if statement.strip(" \n;"):
                yield statement.strip()
            statement = ""


def _name(name: str) -> str:
    """Give a name between quotes, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.resolve()))
