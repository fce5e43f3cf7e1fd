"""What there is to know about the database file and the machine under it: `hub db info`, `db check`, `hub doctor`."""

import datetime as dt
import json
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli import disk, schema, sqlitefile
from hubcli.counts import Count
from hubcli.errors import HubError, bad_value
from hubcli.faults import check_file
from hubcli.operations import backup, checks
from hubcli.operations.mailing import unsure
from hubcli.values import clock

if TYPE_CHECKING:
    from hubcli.store import Hub

SCHEMA = schema.VERSION
SOUND_SQLITE = (3, 51, 3)
"""The first version without the bug that can damage a file in WAL mode ("WAL-reset")."""
LARGE_LOG = 64 * 1024 * 1024


class Moment(NamedTuple):
    """The business day and the real instant, where no Hub is open to tell them."""

    today: str
    at: str


def day(chosen: str | None) -> Moment:
    """Give the day of --today, HUB_TODAY or the clock, without asking the database for its time zone."""
    override = chosen or os.environ.get("HUB_TODAY") or None
    return Moment(clock.business_day(override).isoformat(), clock.now_utc())


# --------------------------------------------------------------------------------------------------------------- info


def info(hub: "Hub") -> dict[str, Any]:
    """Give what `hub db info` tells, by its column names."""
    meta = {row["key"]: row["value"] for row in hub.select("SELECT key, value FROM meta")}
    last = hub.one("checks.last")
    noted = _noted(meta.get("backup"))
    outside = hub.one("checks.outside")
    return {
        "path": str(hub.path),
        "bytes": hub.path.stat().st_size,
        "schema": hub.select("PRAGMA user_version")[0][0],
        "uuid": meta.get("uuid"),
        "created_at": meta.get("created_at"),
        "sqlite": sqlitefile.sqlite().sqlite_version,
        "journal_mode": hub.select("PRAGMA journal_mode")[0][0],
        "last_change": last["id"] if last else None,
        "last_change_at": last["recorded_at"] if last else None,
        "outside_changes": outside["sets"] if outside else 0,
        "last_backup": noted.get("path"),
        "last_backup_at": noted.get("at"),
        "rows": {name: int(hub.select(f"SELECT count(*) FROM {name}")[0][0]) for name in schema.logged()},
    }


def _noted(text: str | None) -> dict[str, Any]:
    """Give the note of the newest backup; empty when there is none that can be read."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def version_of(path: Path) -> int:
    """Give the schema version of a file before anything upgrades it; raise HubError when it is not hub's."""
    check_file(path)
    try:
        with closing(sqlitefile.connect_to_read(path)) as conn:
            return sqlitefile.version(conn)
    except sqlitefile.broken() as error:
        raise HubError("damaged", path=path, why=str(error)) from error


def sizes(path: Path) -> int:
    """Give the bytes of a database and its write-ahead log."""
    return sum(p.stat().st_size for p in (path, Path(f"{path}-wal")) if p.exists())


def optimize(hub: "Hub") -> None:
    """Bring the planner's statistics and the search index up, and the write-ahead log into the file."""
    hub.upkeep(
        "db optimize", [("ANALYZE", ()), ("INSERT INTO customer_search (customer_search) VALUES ('optimize')", ())]
    )
    hub.select("PRAGMA wal_checkpoint(TRUNCATE)")


# ------------------------------------------------------------------------------------------------------------- checks


def findings(
    path: Path, opened: Callable[[], "Hub"], chosen: Sequence[checks.Check], *, full: bool
) -> Iterator[checks.Finding]:
    """Check the database at `path`; one that is damaged is a finding, any other that hub cannot open is raised."""
    today = day(None).today
    try:
        today = opened().day.today
    except HubError as error:
        if error.slug not in {"damaged", "database_failed", "database_full"}:
            raise
        yield checks.Finding("X01", "", error.message, "hub db restore BACKUP -n")
    try:
        with closing(sqlitefile.connect_to_read(path)) as conn, sqlitefile.stoppable(conn):
            yield from checks.run(checks.View(conn, path, today, quick=not full), chosen)
    except sqlitefile.broken():
        return  # told above


# ------------------------------------------------------------------------------------------------------------- doctor


class State(NamedTuple):
    """One thing that the doctor looked at: its state (ok, note, warn, bad), what was found, what to do."""

    item: str
    state: str
    found: str
    advice: str = ""


def doctor(path: Path, opened: Callable[[], "Hub"], max_age: str | None) -> list[State]:
    """Look at everything; raise HubError where there is no database, or one that is not hub's."""
    limit = hours(max_age) if max_age is not None else None
    check_file_unless_damaged(path)
    found = [*_programs(), *_rights(path), _disk(path), _room(path), _side_log(path), *_leftovers(path), _writers(path)]
    found.append(_tier(path, opened))
    try:
        with closing(sqlitefile.connect_to_read(path)) as conn:
            found += [_clock(conn), _outside(conn), _backup(conn, limit)]
        with suppress(HubError):  # told above
            found += _mail(opened())
    except sqlitefile.broken() as error:
        found.append(State("database", "bad", str(error), "hub db restore BACKUP -n"))
    return found


def check_file_unless_damaged(path: Path) -> None:
    """Raise for a file that is missing or not a database; one whose header is damaged is the doctor's business."""
    try:
        check_file(path)
    except HubError as error:
        if error.slug != "damaged":
            raise


def hours(text: str) -> float:
    """Read an age such as 26h, 2d or 90min, in hours; raise bad_value."""
    found = re.fullmatch(r"([0-9]{1,6}) ?(min|h|d|w)", text.strip().lower())
    if not found or not int(found[1]):
        raise bad_value("--backup-max-age", text, "is no age: write 26h, 2d or 90min")
    return int(found[1]) * {"min": 1 / 60, "h": 1, "d": 24, "w": 168}[found[2]]


def _programs() -> Iterator[State]:
    library = sqlitefile.sqlite()
    old = library.sqlite_version_info < SOUND_SQLITE
    advice = "pip install 'hubcli[sqlite]' brings a newer one" if old else ""
    told = "; below 3.51.3, which mends a rare fault with several writers in WAL mode" if old else ""
    yield State("sqlite", "warn" if old else "ok", library.sqlite_version + told, advice)
    yield State("python", "ok", ".".join(map(str, sys.version_info[:3])))
    language = os.environ.get("LC_ALL") or os.environ.get("LC_CTYPE") or os.environ.get("LANG") or "none set"
    yield State("locale", "ok", f"{language}; hub writes UTF-8 whatever it is")
    zone = dt.datetime.now(dt.UTC).astimezone()
    yield State("time zone", "ok", f"{zone.tzname()} ({zone.strftime('%z')}); setting shop.timezone overrides it")


def _rights(path: Path) -> Iterator[State]:
    """Look at who may open the file, its side files and its folder."""
    folder = path.parent.stat()
    shared = bool(folder.st_mode & stat.S_ISGID) and stat.S_IMODE(path.stat().st_mode) == 0o660
    loose = []
    for suffix in ("", "-wal", "-shm", "-lock"):
        side = Path(f"{path}{suffix}")
        if side.exists() and stat.S_IMODE(side.stat().st_mode) & ~(0o660 if shared else 0o600):
            loose.append(side)
    told = ", ".join(f"{side.name} has mode {stat.S_IMODE(side.stat().st_mode):03o}" for side in loose)
    shown = "shared with its group (0660)" if shared else "only its owner may open it"
    mode = "660" if shared else "600"
    advice = f"chmod {mode} {' '.join(str(side) for side in loose)}" if loose else ""
    yield State("file mode", "bad" if loose else "ok", told or shown, advice)
    yield _folder_state(path.parent, folder, shared=shared)


def _folder_state(path: Path, status: os.stat_result, *, shared: bool) -> State:
    mode = stat.S_IMODE(status.st_mode)
    anyone = mode & 0o002 or (mode & 0o020 and not shared)
    if anyone and not mode & stat.S_ISVTX:
        return State("folder mode", "bad", f"others may replace files in {path} (mode {mode:03o})", f"chmod 700 {path}")
    if mode & 0o077 & ~(0o070 if shared else 0):
        return State("folder mode", "warn", f"others may look into {path} (mode {mode:03o})", f"chmod 700 {path}")
    return State("folder mode", "ok", f"mode {mode:03o}")


def _disk(path: Path) -> State:
    kind = disk.kind(path)
    if kind in disk.NETWORK:
        return State("disk", "bad", f"{kind} is a network disk, where locks do not hold", "move it to a local disk")
    return State("disk", "ok" if kind else "note", kind or "the system does not say what it is")


def _room(path: Path) -> State:
    free, needed = disk.free(path.parent), 2 * sizes(path)
    if free < needed:
        return State("free space", "bad", f"{free:,} bytes; twice the database is {needed:,}", "free some space")
    return State("free space", "ok", f"{free:,} bytes")


def _side_log(path: Path) -> State:
    log = Path(f"{path}-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > LARGE_LOG:
        age = (time.time() - log.stat().st_mtime) / 3600
        return State("write-ahead log", "warn", f"{size:,} bytes, {age:.0f} h old", "hub db optimize")
    return State("write-ahead log", "ok", f"{size:,} bytes")


def _leftovers(path: Path) -> Iterator[State]:
    """Find what commands that were killed left behind: files of hub's own names whose process is gone."""
    left = []
    for file in path.parent.glob(f".{path.name}.*"):
        number = file.name.removeprefix(f".{path.name}.").partition(".")[0]
        if number.isdecimal() and not Path(f"/proc/{number}").exists():
            left.append(file)
    left += [file for file in path.parent.glob(".hub-*") if time.time() - file.lstat().st_mtime > backup.STALE]
    if left:
        names = ", ".join(sorted(file.name for file in left)[:5])
        yield State("left behind", "warn", f"{len(left)} unfinished: {names}", f"rm them in {path.parent}")


def _writers(path: Path) -> State:
    """Tell who may write the file: who can, can change anything in it."""
    import grp
    import pwd

    status = path.stat()
    try:
        names = [pwd.getpwuid(status.st_uid).pw_name]
    except KeyError:
        names = [f"user {status.st_uid}"]
    if status.st_mode & stat.S_IWGRP:
        try:
            group = grp.getgrgid(status.st_gid)
            names.append(f"group {group.gr_name} ({', '.join(group.gr_mem) or 'its members'})")
        except KeyError:
            names.append(f"group {status.st_gid}")
    names += ["everyone"] if status.st_mode & stat.S_IWOTH else []
    return State("may write", "ok", ", ".join([*names, "root"]) + ": whoever can, can change anything in it")


def _tier(path: Path, opened: Callable[[], "Hub"]) -> State:
    chosen = checks.choose(None, full=False)
    found = list(findings(path, opened, chosen, full=False))
    if not found:
        return State("checks", "ok", f"all {len(chosen)} quick checks hold")
    codes = ", ".join(sorted({f"{f.code} {f.record} {f.what}".replace("  ", " ") for f in found})[:3])
    return State("checks", "bad", f"{len(found)} found: {codes}", "hub db check")


def _mail(hub: "Hub") -> Iterator[State]:
    count = sum(1 for _ in unsure.waiting(hub))
    if count:
        yield State(
            "mail", "warn", f"{count} may have arrived or not, and are not recorded as sent", "hub emails unsure"
        )


def _clock(conn: Any) -> State:
    now = clock.now_utc()
    row = conn.execute("SELECT max(recorded_at) FROM changes").fetchone()
    if row[0] and row[0] > now:
        return State("clock", "bad", f"it says {now}, but the last change was recorded at {row[0]}", "set the clock")
    return State("clock", "ok", now)


def _outside(conn: Any) -> State:
    count = conn.execute("SELECT count(*) FROM changes WHERE outside = 1").fetchone()[0]
    told = "hub changes list --by 'outside hub'" if count else ""
    return State("other SQL", "note" if count else "ok", f"{Count(count):change set} made past hub", told)


def _backup(conn: Any, limit: float | None) -> State:
    noted = _noted(sqlitefile.meta(conn, "backup"))
    bad = "bad" if limit is not None else "warn"
    advice = "hub db backup DIR --keep 7d,4w,12m"
    if not noted.get("at"):
        return State("backup", bad, "there is no verified backup", advice)
    where = Path(str(noted.get("path")))
    age = (dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(noted["at"])).total_seconds() / 3600
    told = f"{where}, {age:.1f} h old"
    if not where.is_file() or where.stat().st_size != noted.get("bytes"):
        return State("backup", bad, f"{told}: it is not there any more, or altered", advice)
    if age > (limit if limit is not None else 168):
        return State("backup", bad, told, advice)
    return State("backup", "ok", f"{told}, verified")
