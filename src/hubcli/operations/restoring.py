"""Restores a backup: copied beside the database, checked in full, and only then put in the place of what is there."""

import fcntl
import json
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from hubcli import migrations, queries, schema, sqlitefile
from hubcli.errors import HubError
from hubcli.faults import check_file
from hubcli.locks import Locks
from hubcli.operations import backup

SHARED_RANGE = (512, 0x40000000)
"""The bytes (length, start) that every SQLite connection locks in the file that it uses."""


class Loss(NamedTuple):
    """What a restore would take back: change sets from … to, and in words; `other`: a backup of another database."""

    first: int | None
    last: int | None
    words: str
    other: bool


class Restored(NamedTuple):
    """A restore that was done, or would be: the manifest of what was put in place, the loss, where the old file is.

    `erased` are the customers who were erased since the backup was made: they are erased in it again. None where what
    is there now cannot tell: it is damaged, or not this database's.
    """

    manifest: backup.Manifest
    loss: Loss
    kept: Path | None
    erased: tuple[int, ...] | None


def restore(
    path: Path,
    source: Path,
    day: Any,
    *,
    confirm: Callable[[backup.Manifest, Loss], None],
    dry_run: bool,
    other: bool,
    timeout: float,
) -> Restored:
    """Put a backup in the place of the database at `path`; the old one is kept beside it.

    `confirm` is called with what would be lost before anything is done. Raises HubError; then nothing was changed.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.restore")
    with prepared(source, temporary, day):
        manifest = backup.manifest_of(temporary, day.at)._replace(file=source.name)
        loss = compare(path, temporary)
        if loss.other and not other:
            raise HubError("other_database", path=source)
        gone = None if loss.other else erased_since(path, temporary)
        confirm(manifest, loss)
        if dry_run:
            return Restored(manifest, loss, None, gone)
        _note(temporary, source, day)
        _erase_again(temporary, gone or (), day)
        return Restored(manifest, loss, _replace(path, temporary, day.at, timeout), gone)


def erased_since(path: Path, copy: Path) -> tuple[int, ...] | None:
    """Give the customers that were erased in the database at `path` and stand in a copy as they were.

    None where nobody can tell: there is no such file, it cannot be read, or it is another database's.
    """
    if not os.path.lexists(path):
        return None
    try:
        with closing(sqlitefile.connect_to_read(path)) as live, closing(sqlitefile.connect(copy)) as old:
            if sqlitefile.meta(live, "uuid") != sqlitefile.meta(old, "uuid"):
                return None
            done = [row[0] for row in live.execute(queries.find("erasing.erased"))]
            there = "SELECT 1 FROM customers WHERE id = ? AND status <> 'purged'"
            return tuple(number for number in done if old.execute(there, (number,)).fetchone())
    except sqlitefile.broken():
        return None


def _erase_again(copy: Path, numbers: tuple[int, ...], day: Any) -> None:
    """Erase people in a copy before it takes its place: a backup brings nobody back who asked to be forgotten."""
    from hubcli.operations.customers import erasing
    from hubcli.store import Day, Hub, Who

    if not numbers:
        return
    with Hub(copy, Who("hub", "hub", None), Day(day.today, chosen=False, at=day.at)) as hub:
        for number in numbers:
            hub.change("customers erase", lambda hub, n=number: erasing.erase(hub, n, again=True), purpose="erase")  # type: ignore[misc]
        erasing.scrub(hub)
        hub.select("PRAGMA journal_mode = DELETE")


@contextmanager
def prepared(source: Path, temporary: Path, day: Any) -> Iterator[Path]:
    """Copy a backup to `temporary`, bring it up to today's schema, check it in full; remove it at the end."""
    check_file(source)
    _compare_digest(source)
    try:
        sqlitefile.new_file(temporary)
    except OSError as error:
        raise HubError("failed_write", path=temporary.parent, reason=error.strerror or str(error)) from error
    try:
        try:
            _copied(source, temporary)
        except sqlitefile.broken() as error:
            raise HubError("damaged", path=source, why=str(error)) from error
        backup.prove(temporary, day.today, named=source)
        yield temporary
    finally:
        sqlitefile.remove(temporary)


def _compare_digest(source: Path) -> None:
    import hashlib

    manifest = backup.read_manifest(source)
    if manifest is not None:
        with source.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != manifest.sha256:
            raise HubError("damaged", path=source, why="its sha256 is not that of its manifest")


def _copied(source: Path, temporary: Path) -> None:
    with closing(sqlitefile.connect_to_read(source)) as old, closing(sqlitefile.connect(temporary, write=True)) as new:
        found = sqlitefile.version(old)
        if not found:
            raise HubError("not_a_hub", path=source)
        if found > schema.VERSION:
            raise HubError("newer_database", path=source, version=found, known=schema.VERSION)
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")
        if found < schema.VERSION:
            new.execute("PRAGMA foreign_keys = OFF")
            new.execute("BEGIN")
            migrations.bring_up(new, source)
            new.execute("COMMIT")


def _note(temporary: Path, source: Path, day: Any) -> None:
    """Note in the copy where it came from; the backup that it is, is its newest one."""
    notes: dict[str, dict[str, object]] = {"restored": {"at": day.at, "from": str(source.resolve())}}
    manifest = backup.read_manifest(source)
    if manifest:
        where = {"path": str(source.resolve()), "at": manifest.made_at}
        notes["backup"] = where | {"sha256": manifest.sha256, "bytes": manifest.bytes}
    with closing(sqlitefile.connect(temporary, write=True)) as conn:
        rows = [{"key": key, "value": json.dumps(value)} for key, value in notes.items()]
        conn.executemany(queries.find("meta.put"), rows)


# ------------------------------------------------------------------------------------------------------ what is lost


def compare(path: Path, copy: Path) -> Loss:
    """Give what the database at `path` holds and a copy does not."""
    if not os.path.lexists(path):
        return Loss(None, None, "there is no database yet: nothing is lost", other=False)
    try:
        with closing(sqlitefile.connect_to_read(path)) as live, closing(sqlitefile.connect(copy)) as old:
            return _loss(live, old)
    except sqlitefile.broken() as error:
        return Loss(None, None, f"the database cannot be read ({error}): what it holds more is lost", other=False)


def _loss(live: Any, old: Any) -> Loss:
    last = live.execute("SELECT max(id) FROM changes").fetchone()[0]
    if sqlitefile.meta(live, "uuid") != sqlitefile.meta(old, "uuid"):
        return Loss(1 if last else None, last, "another database: everything that is there now", other=last is not None)
    common = _common(live, old)
    if last is None or last <= common:
        return Loss(None, None, "loses nothing", other=False)
    made = live.execute(*queries.fit("checks.made_since", {"change": common})).fetchall()
    edited = live.execute(*queries.fit("checks.edited_since", {"change": common})).fetchall()
    words = [_counted(what, number) for what, number in made]
    words += [f"edits of {_counted(what, number)}" for what, number in edited]
    span = f"H{common + 1}" + (f"–H{last}" if last > common + 1 else "")
    return Loss(common + 1, last, f"loses {span}: {', '.join(words) or 'nothing itemised'}", other=False)


def _common(live: Any, old: Any) -> int:
    """Give the newest change set that both have, seal for seal; 0 when there is none."""
    for number, _, seal in old.execute(queries.find("checks.seals")):
        row = live.execute("SELECT seal FROM changes WHERE id = ?", (number,)).fetchone()
        if row and row[0] == seal:
            return int(number)
    return 0


def _counted(table: str, number: int) -> str:
    words = table.replace("_", " ")
    if number == 1:
        words = words.removesuffix("es") if words.endswith("sses") else words.removesuffix("s")
        words = words[:-2] + "y" if words.endswith("ie") else words
    return f"{number:,} {words}"


# --------------------------------------------------------------------------------------------------- taking its place


def _replace(path: Path, copy: Path, at: str, timeout: float) -> Path | None:
    """Put the copy in place; give where the old file is kept, None when there was none."""
    if not os.path.lexists(path):
        _as_new(path, copy)
        return None
    if path.is_symlink():
        path = path.resolve()
    mode = stat.S_IMODE(path.stat().st_mode)
    moment = at[:19].replace("-", "").replace(":", "")
    kept = path.with_name(f"{path.name}.before-restore-{moment}Z")
    deadline = time.monotonic() + timeout
    locks = Locks(path, mode)
    try:
        locks.writer("hub db restore", deadline)
        if _usable(path):
            _into_open_file(path, copy, kept, deadline)
        else:
            _instead_of(path, copy, kept, mode)
    finally:
        locks.release_writer()
        locks.close()
    sqlitefile.sync(path.parent)
    return kept


def _as_new(path: Path, copy: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _in_wal(copy)
    try:
        os.link(copy, path)
    except FileExistsError:
        raise HubError("database_exists", path=path) from None
    sqlitefile.sync(path.parent)


def _in_wal(copy: Path) -> None:
    with closing(sqlitefile.connect(copy, write=True)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")


def _usable(path: Path) -> bool:
    """Tell whether SQLite can still copy the file as it is."""
    try:
        with closing(sqlitefile.connect(path)) as conn:
            return sqlitefile.version(conn) > 0 and conn.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlitefile.broken():
        return False


def _into_open_file(path: Path, copy: Path, kept: Path, deadline: float) -> None:
    """Copy over a file that others may be reading: one transaction of SQLite's, so they see the old or the new."""
    busy = HubError("busy", seconds="some", holder="another program")
    sqlitefile.new_file(kept, stat.S_IMODE(path.stat().st_mode))
    try:
        with closing(sqlitefile.connect(path)) as live, closing(sqlitefile.connect(kept, write=True)) as old:
            sqlitefile.copy(live, old, deadline, lambda: busy)
            old.execute("PRAGMA journal_mode = DELETE")
        sqlitefile.sync(kept)
        with closing(sqlitefile.connect(copy)) as new, closing(sqlitefile.connect(path, write=True)) as live:
            live.execute("PRAGMA busy_timeout = 0")
            sqlitefile.copy(new, live, deadline, lambda: busy)
            live.execute("PRAGMA journal_mode = WAL")
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlitefile.sqlite().Error as error:
        from hubcli.faults import explain

        sqlitefile.remove(kept)
        raise explain(error, path) from error
    except BaseException:
        sqlitefile.remove(kept)
        raise


def _instead_of(path: Path, copy: Path, kept: Path, mode: int) -> None:
    """Rename a damaged file away and the copy into its place, when nobody uses it."""
    _in_wal(copy)
    copy.chmod(mode)
    number = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        try:
            fcntl.lockf(number, fcntl.LOCK_EX | fcntl.LOCK_NB, *SHARED_RANGE)
        except OSError:
            raise HubError("in_use", path=path) from None
        os.link(path, kept)
        for suffix in ("-wal", "-journal"):
            if os.path.lexists(f"{path}{suffix}"):
                os.rename(f"{path}{suffix}", f"{kept}{suffix}")  # noqa: PTH104
        Path(f"{path}-shm").unlink(missing_ok=True)
        os.replace(copy, path)  # noqa: PTH105
    finally:
        os.close(number)


# ------------------------------------------------------------------------------------------------------------- drills


def drill(folder: Path, day: Any, database: Path) -> tuple[Path, backup.Manifest]:
    """Restore the newest backup of a database in a folder to a place of its own, check it in full, remove it again."""
    import tempfile

    found = backup.backups(folder, sqlitefile.uuid_of(database))
    if not found:
        raise HubError("no_backup", folder=folder)
    newest, manifest = found[0]
    with (
        tempfile.TemporaryDirectory(prefix="hub-drill-") as place,
        prepared(newest, Path(place) / "drill.db", day) as copy,
        closing(sqlitefile.connect(copy)) as conn,
    ):
        if backup.row_counts(conn) != manifest.rows:
            raise HubError("backup_unsound", path=newest, what="its rows are not those of its manifest")
    return newest, manifest
