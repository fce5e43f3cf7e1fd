"""The Hub: the door to the rows. It opens and tunes the file, reads by named blocks and makes change sets.

No command sees its connection, a cursor or a sqlite_utils object; nothing below it knows what a customer is. What
handles the file as a whole (backup, restore, checks, upgrade, hub sql) opens it by sqlitefile.py, beside the Hub.
"""

import os
import re
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar
from urllib.parse import quote

from hubcli import lean, queries, schema
from hubcli.errors import HubError
from hubcli.faults import begin, check_file, explain
from hubcli.locks import Locks

T = TypeVar("T")
Row = Any  # a sqlite3.Row: by position, by name, iterable


class Who(NamedTuple):
    """Who is answerable for a change: the actor, the system user behind it, the terminal it was typed on."""

    actor: str
    os_user: str
    terminal: str | None


class Day(NamedTuple):
    """The business day, whether it was chosen rather than read from the clock, and the real instant (UTC)."""

    today: str
    chosen: bool
    at: str


class Outcome(NamedTuple):
    """What a change came to: what its work gave, the H number (None when nothing changed), its number of entries.

    On a dry run `diff` holds the log entries that were rolled back.
    """

    result: Any
    change: int | None
    entries: int
    dry_run: bool
    diff: Sequence[Row]


class Hub:
    """An open database: rows, one, count for reading, change for writing."""

    saved: int | None = None
    """The last change set that this process committed."""

    zone: str | None = None
    """The shop's time zone, None for this machine's own: the one that local_day() of a block goes by."""

    def __init__(self, path: Path, who: Who, day: Day, *, timeout: float = 10.0, notice: Callable[[str], None] = print):
        self.path = path
        self.who = who
        self.day = day
        self.timeout = timeout
        self.notice = notice
        self.writing = False
        self.digested = False  # whether `work` made digests of its entries, for changelog.seal
        self._local = False  # not yet known to lie on a disk of this machine
        Hub.saved = None
        library = lean.sqlite_utils()
        self._sqlite = sys.modules[library.Database.__module__].sqlite3
        self._db = self._open(library)

    # ------------------------------------------------------------------------------------------------------- opening

    def _open(self, library: Any) -> Any:
        status = check_file(self.path)
        self._mode = stat.S_IMODE(status.st_mode)
        self._locks = Locks(self.path, self._mode)
        db = library.Database(self._connect(), execute_plugins=False, recursive_triggers=False)
        db.conn.row_factory = self._sqlite.Row
        db.conn.create_function("local_day", 1, self._local_day, deterministic=True)
        with self._mapped():
            for pragma in schema.PRAGMAS:
                db.conn.execute(pragma)
            self._check_version(db)
        return db

    def _connect(self) -> Any:
        """Open read-write; where the system does not let, read-only; in a folder that may not be written, as it is."""
        where = quote(str(self.path.resolve()))
        readable = os.access(self.path, os.R_OK)
        if not readable:
            owner = self.path.stat()
            raise HubError("not_readable", path=self.path, owner=owner.st_uid, mode=f"{owner.st_mode & 0o777:03o}")
        mode = "rw" if os.access(self.path, os.W_OK) else "ro"
        if not os.access(self.path.parent, os.W_OK):
            mode = "ro"
            if not Path(f"{self.path}-wal").exists():
                mode = "ro&immutable=1"
                self.notice(f"{self.path.parent} may not be written: reading {self.path.name} as it is")
        with self._mapped():
            return self._sqlite.connect(f"file:{where}?mode={mode}", uri=True, isolation_level=None, timeout=5)

    def _check_version(self, db: Any) -> None:
        if db.conn.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
            raise HubError("not_a_hub", path=self.path)
        version = db.conn.execute("PRAGMA user_version").fetchone()[0]
        if version > schema.VERSION:
            raise HubError("newer_database", path=self.path, version=version, known=schema.VERSION)
        if version < schema.VERSION:
            from hubcli import migrations

            migrations.upgrade(db.conn, self.path, self._locks, self.notice)

    def _local_day(self, moment: str | None) -> str | None:
        """Give the shop's day, YYYY-MM-DD, on which a UTC instant falls: for blocks, never for schema.sql."""
        from hubcli.values import clock

        return clock.local_day(moment, self.zone).isoformat() if moment is not None else None

    def _mapped(self) -> "_Mapped":
        return _Mapped(self)

    # ------------------------------------------------------------------------------------------------------- reading

    def rows(
        self,
        block: str,
        params: Mapping[str, object] | None = None,
        order: str | None = None,
        cells: str | None = None,
    ) -> Iterator[Row]:
        """Give the rows of a block, streamed; raise HubError for anything that goes wrong in the database."""
        sql, bound = queries.fit(block, params or {}, order, cells)
        with self._mapped():
            cursor = self._db.execute(sql, bound)
        return self._stream(cursor)

    def _stream(self, cursor: Any) -> Iterator[Row]:
        with self._mapped():
            for row in cursor:  # noqa: UP028  # `yield from` would close the cursor of a database closed before
                yield row

    def one(self, block: str, params: Mapping[str, object] | None = None) -> Row | None:
        """Give the first row of a block, or None."""
        return next(self.rows(block, params), None)

    def setting(self, key: str) -> str:
        """Give a setting's value, or its default."""
        row = self.one("settings.get", {"key": key})
        if row is not None:
            return str(row["value"])
        from hubcli import settings

        return settings.default(key)

    def count(self, block: str, params: Mapping[str, object] | None = None, most: int = -1) -> int:
        """Give how many rows a block has, counting no further than `most` where that is not below zero."""
        sql, bound = queries.fit(block, params or {}, "NULL")
        with self._mapped():
            rows = re.sub(r"\s+ORDER BY\s+NULL\s*$", "", sql)  # which SQLite would sort by all the same
            counting = f"SELECT count(*) FROM (SELECT 1 FROM ({rows}) LIMIT {most:d})"
            return int(self._db.execute(counting, bound).fetchone()[0])

    def read_once(self) -> None:
        """Keep few pages in memory from now on, and sort beside reading: for a command that reads everything once."""
        with self._mapped():
            self._db.conn.execute("PRAGMA cache_size = -5000")
            self._db.conn.execute("PRAGMA threads = 1")

    def explain(
        self, block: str, params: Mapping[str, object], order: str | None, cells: str | None = None
    ) -> list[str]:
        """Give the statement of a block as it is run, and the plan for it."""
        sql, bound = queries.fit(block, params, order, cells)
        plan = self.select(f"EXPLAIN QUERY PLAN {sql}", bound)
        return [*sql.splitlines(), *(f"-- {row[3]}" for row in plan)]

    # ------------------------------------------------------------------------------------------------------- writing

    def run(self, block: str, params: Mapping[str, object] | None = None) -> Row | None:
        """Run a writing block inside a change; give its RETURNING row, if it has one."""
        sql, bound = queries.fit(block, params or {})
        return self.execute(sql, bound)

    def run_many(self, block: str, rows: Sequence[Mapping[str, object] | Sequence[object]]) -> None:
        """Run a writing block once for each of the rows, all of one shape, inside a change."""
        self._must_be_writing()
        with self._mapped():
            self._db.conn.executemany(queries.find(block), rows)

    def execute(self, sql: str, params: Mapping[str, object] | Sequence[object] = ()) -> Row | None:
        """Run SQL that was put together from names of the schema; give its RETURNING row, if any."""
        self._must_be_writing()
        with self._mapped():
            cursor = self._db.execute(sql, params)
            return cursor.fetchone() if cursor.description else None

    def executemany(self, sql: str, rows: Sequence[Sequence[object]] | Iterator[Sequence[object]]) -> None:
        """Run SQL that was put together from names of the schema for each of the rows."""
        self._must_be_writing()
        with self._mapped():
            self._db.conn.executemany(sql, rows)

    def select(self, sql: str, params: Mapping[str, object] | Sequence[object] = ()) -> list[Row]:
        """Give the rows of a SELECT that was put together from names of the schema."""
        with self._mapped():
            return list(self._db.execute(sql, params))

    def stage(self, sql: str, rows: Iterator[Sequence[object]] | None = None) -> None:
        """Make or fill a temporary table outside any change, so that long preparation holds no lock."""
        with self._mapped():
            if rows is None:
                self._db.conn.execute(sql)
            else:
                self._db.conn.execute("BEGIN")
                try:
                    self._db.conn.executemany(sql, rows)
                finally:
                    self._db.conn.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that is read inside come from one state of the database, whatever others write meanwhile."""
        with self._mapped():
            self._db.conn.execute("BEGIN")
        try:
            yield
        finally:
            self._rollback()

    def insert(self, table: str, values: Mapping[str, object]) -> int:
        """Insert one row inside a change; give its id."""
        self._must_be_writing()
        names = ", ".join(values)
        marks = ", ".join(f":{name}" for name in values)
        row = self.execute(f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", values)
        return int(row[0]) if row else 0

    def update(self, table: str, row_id: int, values: Mapping[str, object]) -> None:
        """Update one row inside a change."""
        sets = ", ".join(f"{name} = :{name}" for name in values)
        self.execute(f"UPDATE {table} SET {sets} WHERE id = :row_id", {**values, "row_id": row_id})

    def _must_be_writing(self) -> None:
        if not self.writing:
            raise RuntimeError("rows are changed only inside Hub.change")

    def change(  # each says one thing about the change set
        self,
        command: str,
        work: Callable[[Self], T],
        *,
        reason: str | None = None,
        dry_run: bool = False,
        purpose: str = "change",
        bulk: bool = False,
        unlogged: bool = False,
        undoes: int | None = None,
    ) -> Outcome:
        """Do `work` as one change set: one transaction, sealed into the log; nothing at all when it changes nothing.

        `work` may be run again from its start and must not print, ask or send. `bulk` leaves the kept figures to the
        work itself. Raises HubError (busy, a refusal by schema.sql, disk full …); then nothing was changed.
        """
        self._begin(command)
        self.digested = False
        try:
            number = self._header(command, purpose, reason, undoes, bulk=bulk, unlogged=unlogged)
            result = work(self)
            self._reindex()
            outcome = self._finish(number, result, dry_run=dry_run, unlogged=unlogged)
        except BaseException as error:  # noqa: BLE001  # an interruption rolls back too
            self._rollback()
            raise self.error(error) from error if isinstance(error, self._sqlite.Error) else None
        finally:
            self.writing = False
            self._locks.release_writer()
        return outcome

    def _begin(self, command: str) -> None:
        deadline = time.monotonic() + self.timeout
        if not self._local:
            from hubcli import disk

            if not os.access(self.path, os.W_OK) or not os.access(self.path.parent, os.W_OK):
                raise HubError("read_only", path=self.path, why=f"mode {self._mode:03o}")
            disk.refuse_network(self.path)
            self._local = True
        self._locks.writer(f"{self.who.actor}, hub {command}", deadline)
        try:
            begin(self._db.conn, self._sqlite, deadline, self.timeout)
        except BaseException as error:  # noqa: BLE001  # an interruption gives the lock back too
            self._locks.release_writer()
            raise self.error(error) from error if isinstance(error, self._sqlite.Error) else None
        self.writing = True

    def _header(
        self, command: str, purpose: str, reason: str | None, undoes: int | None, *, bulk: bool, unlogged: bool
    ) -> int:
        """Seal what other SQL wrote meanwhile, then open this change set; give its number; raise bad_value."""
        from hubcli import changelog

        if reason:
            from hubcli.values import text

            reason = text.note(reason, "--reason")
        conn = self._db.conn
        changelog.seal_outside(conn)
        salt = os.urandom(16).hex() if reason else ""
        digest = changelog.reason_digest(reason, salt) if reason else None
        number = conn.execute(
            "INSERT INTO changes (business_on, dated, recorded_at, actor, os_user, terminal, command, undoes, opening,"
            " reason_digest, purpose, bulk, unlogged) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                self.day.today,
                int(self.day.chosen),
                self.day.at,
                *self.who,
                command,
                undoes,
                int(unlogged),
                digest,
                purpose,
                int(bulk),
                int(unlogged),
            ),
        ).fetchone()[0]
        if reason:
            conn.execute("INSERT INTO change_reasons VALUES (?, ?, ?)", (number, reason, salt))
        return int(number)

    def _finish(self, number: int, result: Any, *, dry_run: bool, unlogged: bool) -> Outcome:
        from hubcli import changelog

        conn = self._db.conn
        entries = changelog.seal(conn, number, digested=self.digested)
        if not entries and not unlogged:
            self._rollback()
            return Outcome(result, None, 0, dry_run, ())
        diff: Sequence[Row] = ()
        if dry_run:
            diff = list(self.rows("changes.entries", {"change": number}))
            self._rollback()
        else:
            self._commit(number)
        return Outcome(result, number, entries, dry_run, diff)

    def _commit(self, number: int) -> None:
        """Commit, no signal between that and knowing it: whoever is told "nothing was saved" can rely on it."""
        wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
        try:
            self._db.conn.execute("COMMIT")
            Hub.saved = number
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _rollback(self) -> None:
        if self._db.conn.in_transaction:
            self._db.conn.execute("ROLLBACK")

    def _reindex(self) -> None:
        if self._db.conn.execute(queries.find("search.is_waiting")).fetchone():
            from hubcli import search

            search.reindex(self)

    def refresh_figures(self) -> None:
        """Work out every kept figure anew, set-based; for bulk work, inside its change."""
        for statement in ("figures.documents", "figures.clear", "figures.customers"):
            self.run(statement)

    def upkeep(self, command: str, statements: Sequence[tuple[str, Mapping[str, object] | Sequence[object]]]) -> None:
        """Run statements in one transaction outside any change set: for what is not the shop's data (meta, indexes)."""
        self._begin(command)
        try:
            with self._mapped():
                for sql, params in statements:
                    self._db.conn.execute(sql, params)
                self._db.conn.execute("COMMIT")
        finally:
            self._rollback()
            self.writing = False
            self._locks.release_writer()

    def vacuum(self) -> bool:
        """Write the file anew, so that no deleted byte is left in it or its log; False when a reader was in it."""
        self._begin("vacuum")
        self._rollback()  # VACUUM opens its own transaction; the lock of hub's writers stays
        try:
            self._db.conn.execute("VACUUM")
            return not self._db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except self._sqlite.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                return False
            raise self.error(error) from error
        finally:
            self.writing = False
            self._locks.release_writer()

    def job(self, name: str) -> None:
        """Keep a second run of the same job out until this one ends; raise job_running."""
        self._locks.job(name)

    # ------------------------------------------------------------------------------------------------------- closing

    def error(self, error: BaseException) -> BaseException:
        """Give the HubError for an error of the database; anything else as it is."""
        return explain(error, self.path) if isinstance(error, self._sqlite.Error) else error

    def close(self) -> None:
        """Close the file; safe to call twice."""
        self._db.conn.close()
        self._locks.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()


class _Mapped:
    """Turns errors of the database into the one error family."""

    __slots__ = ("hub",)

    def __init__(self, hub: Hub):
        self.hub = hub

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if isinstance(error, (self.hub._sqlite.Error, UnicodeDecodeError)):  # noqa: SLF001  # words about damage
            raise explain(error, self.hub.path) from error
