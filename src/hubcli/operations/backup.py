"""Backs the database up: copied, brought to the disk, checked in full, only then given its name and its manifest."""

import json
import os
import re
import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli import __version__, disk, queries, schema, sqlitefile
from hubcli.errors import HubError, bad_value
from hubcli.operations import checks

if TYPE_CHECKING:
    from hubcli.store import Hub

STALE = 86_400
"""Seconds after which an unfinished copy is one of a backup that was killed."""


class Manifest(NamedTuple):
    """What is known of a backup; it stands beside it as NAME.json, which makes the backup a verified one."""

    file: str
    sha256: str
    bytes: int
    made_at: str
    uuid: str
    schema: int
    change: int | None
    change_at: str | None
    seal: str | None
    rows: dict[str, int]
    hub: str
    sqlite: str


def back_up(hub: "Hub", target: Path, keep: str | None = None) -> tuple[Path, Manifest, list[Path]]:
    """Back up into a folder (under a name with the moment) or to a file that is not there yet.

    Gives where it is, its manifest, and the older backups that `keep` (such as 7d,4w,12m) let go. Raises HubError:
    bad_value for the target, output_refused when it is there, disk_full, backup_unsound when the copy fails a check.
    """
    rule = keeping(keep) if keep is not None else None
    folder, name = _place(hub, target, folder_only=rule is not None)
    _room(hub.path, folder)
    _sweep(folder)
    temporary = folder / f".hub-{os.getpid()}-{time.time_ns()}.backup"
    try:
        manifest = _written(hub, temporary)
        final, manifest = _named(temporary, folder, name, manifest)
    finally:
        sqlitefile.remove(temporary)
    _remember(hub, final, manifest)
    return final, manifest, prune(folder, manifest.uuid, rule) if rule else []


def _place(hub: "Hub", target: Path, *, folder_only: bool) -> tuple[Path, str]:
    """Give the folder and the file name that a target means."""
    if target.is_dir():
        moment = re.sub(r"[-:]|\..*", "", hub.day.at)
        return target.resolve(), f"{hub.path.stem}-{moment}Z.db"
    if folder_only:
        raise bad_value("--keep", target, "is no folder: old backups are let go only in a folder of their own")
    if not target.suffix or not target.parent.is_dir():
        raise bad_value("backup", target, "is no folder: make it first, or name a file such as shop.db in one")
    if os.path.lexists(target):
        raise HubError("output_refused", path=target, reason="it is there already")
    return target.parent.resolve(), target.name


def _room(path: Path, folder: Path) -> None:
    needed = sum(p.stat().st_size for p in (path, Path(f"{path}-wal")) if p.exists())
    free = disk.free(folder)
    if free < needed:
        raise HubError("disk_full", path=folder, reason=f"the backup needs {needed:,} bytes", free=f"{free:,} bytes")


def _sweep(folder: Path) -> None:
    """Remove what a backup that was killed left behind."""
    for left in folder.glob(".hub-*.backup*"):
        with suppress(OSError):
            if stat.S_ISREG(left.lstat().st_mode) and time.time() - left.lstat().st_mtime > STALE:
                left.unlink()


def _written(hub: "Hub", temporary: Path) -> Manifest:
    """Write the copy and prove it; give its manifest, its name still to come."""
    try:
        sqlitefile.new_file(temporary)
        _copied(hub.path, temporary)
        sqlitefile.sync(temporary)
    except OSError as error:
        raise HubError("failed_write", path=temporary.parent, reason=error.strerror or str(error)) from error
    except sqlitefile.sqlite().Error as error:
        raise _not_copied(error, hub.path, temporary.parent) from error
    prove(temporary, hub.day.today, named=hub.path)
    return manifest_of(temporary, hub.day.at)


def _copied(path: Path, temporary: Path) -> None:
    """Write one state of the database into an empty file, compact where the file may be written.

    SQLite 3.40 cannot VACUUM INTO from a read-only connection where a table has generated columns.
    """
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        with closing(sqlitefile.connect(path, write=True)) as source, sqlitefile.stoppable(source):
            source.execute("VACUUM INTO ?", (str(temporary),))
        return
    with (
        closing(sqlitefile.connect_to_read(path)) as source,
        closing(sqlitefile.connect(temporary, write=True)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")


def _not_copied(error: Exception, path: Path, folder: Path) -> HubError:
    from hubcli.faults import explain

    told = explain(error, path)
    if told.slug != "database_full":
        return told
    return HubError("disk_full", path=folder, reason=str(error), free=f"{disk.free(folder):,} bytes")


def prove(copy: Path, today: str, named: Path) -> None:
    """Check a copy in full, its schema before anything of it runs; raise backup_unsound with what was found."""
    for chosen in (checks.choose("X02,X03", full=True), checks.choose(None, full=True)):
        with closing(sqlitefile.connect(copy)) as conn, sqlitefile.stoppable(conn):
            view = checks.View(conn, copy, today, live=False)
            found, more = checks.few(checks.run(view, chosen), 3)
        if found:
            what = "; ".join(f"{f.code} {f.record} {f.what}".replace("  ", " ") for f in found[:3])
            rest = len(found) - 3 + sum(more.values())
            raise HubError("backup_unsound", path=named, what=what + (f"; and {rest} more" if rest > 0 else ""))


def manifest_of(copy: Path, at: str) -> Manifest:
    """Give the manifest of a copy: what it holds and the digest of its bytes."""
    import hashlib

    with closing(sqlitefile.connect(copy)) as conn:
        uuid = sqlitefile.meta(conn, "uuid") or ""  # `prove` saw that there is one
        last = conn.execute("SELECT id, recorded_at, seal FROM changes ORDER BY id DESC LIMIT 1").fetchone()
        change, change_at, seal = last or (None, None, None)
        counts = row_counts(conn)
        library = conn.execute("SELECT sqlite_version()").fetchone()[0]
    with copy.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Manifest(
        file=copy.name,
        sha256=digest,
        bytes=copy.stat().st_size,
        made_at=at,
        uuid=uuid,
        schema=schema.VERSION,
        change=change,
        change_at=change_at,
        seal=seal,
        rows=counts,
        hub=__version__,
        sqlite=library,
    )


def row_counts(conn: Any) -> dict[str, int]:
    """Give the number of rows of each table of records."""
    return {name: int(conn.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in schema.logged()}


def _named(temporary: Path, folder: Path, name: str, manifest: Manifest) -> tuple[Path, Manifest]:
    """Give the copy its name, one that was free, and lay its manifest beside it."""
    stem, dot, ending = name.rpartition(".")
    for number in range(1, 1000):
        final = folder / (name if number == 1 else f"{stem}-{number}{dot}{ending}")
        try:
            os.link(temporary, final)
        except FileExistsError:
            continue
        manifest = manifest._replace(file=final.name)
        try:
            _write_manifest(final, manifest)
            sqlitefile.sync(folder)
        except BaseException:
            final.unlink(missing_ok=True)
            raise
        return final, manifest
    raise HubError("output_refused", path=folder / name, reason="it is there already")


def _write_manifest(final: Path, manifest: Manifest) -> None:
    beside = manifest_path(final)
    new = beside.with_name(f".{beside.name}.{os.getpid()}.tmp")
    sqlitefile.new_file(new)
    try:
        new.write_text(json.dumps(manifest._asdict(), indent=1) + "\n", encoding="utf-8")
        sqlitefile.sync(new)
        os.replace(new, beside)  # noqa: PTH105
    finally:
        new.unlink(missing_ok=True)


def _remember(hub: "Hub", final: Path, manifest: Manifest) -> None:
    """Note in the database where its newest verified backup is; one that may not be written goes without."""
    note = json.dumps({"path": str(final), "at": manifest.made_at, "sha256": manifest.sha256, "bytes": manifest.bytes})
    try:
        hub.upkeep("db backup", [(queries.find("meta.put"), {"key": "backup", "value": note})])
    except HubError as error:
        if error.slug not in {"read_only", "busy"}:
            raise
        hub.notice(f"the backup is sound, but the database could not note it: {error.message}")


# ---------------------------------------------------------------------------------------------- which backups there are


def manifest_path(backup: Path) -> Path:
    """Give where the manifest of a backup is."""
    return backup.with_name(backup.name + ".json")


def read_manifest(backup: Path) -> Manifest | None:
    """Give the manifest beside a backup; None when there is none that can be read, or it is about another file."""
    try:
        if not stat.S_ISREG(manifest_path(backup).lstat().st_mode) or not stat.S_ISREG(backup.lstat().st_mode):
            return None
        found = Manifest(**json.loads(manifest_path(backup).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return found if found.file == backup.name else None


def backups(folder: Path, uuid: str | None = None) -> list[tuple[Path, Manifest]]:
    """Give the verified backups of a folder (of one database), newest first."""
    found = []
    for beside in folder.glob("*.json"):
        backup = beside.with_suffix("")
        manifest = read_manifest(backup)
        if manifest and uuid in {None, manifest.uuid}:
            found.append((backup, manifest))
    return sorted(found, key=lambda pair: (pair[1].made_at, pair[0].name), reverse=True)


_KEEP = re.compile(r"([0-9]{1,4})([dwmy])")


def keeping(text: str) -> list[tuple[int, str]]:
    """Read `7d,4w,12m`: the newest of each of so many days, weeks, months or years; raise bad_value."""
    found = [_KEEP.fullmatch(word.strip()) for word in text.lower().split(",")]
    rule = [(int(match[1]), match[2]) for match in found if match and int(match[1])]
    if len(rule) < len(found):
        raise bad_value("--keep", text, "is not such as 7d,4w,12m: numbers of days, weeks, months, years")
    return rule


def prune(folder: Path, uuid: str, rule: Sequence[tuple[int, str]]) -> list[Path]:
    """Let the backups go that no part of the rule keeps; never the newest, never another database's."""
    there = backups(folder, uuid)
    kept = {path for number, unit in rule for path in _newest_of_each(there, number, unit)}
    kept |= {path for path, _ in there[:1]}
    gone = [path for path, _ in there if path not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
        manifest_path(path).unlink(missing_ok=True)
    return gone


def _newest_of_each(there: Sequence[tuple[Path, Manifest]], number: int, unit: str) -> Iterator[Path]:
    import datetime as dt

    form = {"d": "%Y-%m-%d", "w": "%G-W%V", "m": "%Y-%m", "y": "%Y"}[unit]
    seen: set[str] = set()
    for path, manifest in there:
        span = dt.datetime.fromisoformat(manifest.made_at).strftime(form)
        if span not in seen and len(seen) < number:
            seen.add(span)
            yield path
