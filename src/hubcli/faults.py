"""What is wrong with the database file, told as one of hub's errors: before it is opened, and while it is used."""

import os
import stat
import time
from pathlib import Path
from typing import Any

from hubcli.errors import HubError
from hubcli.refusals import catalogue


def begin(conn: Any, sqlite: Any, deadline: float, timeout: float) -> None:
    """Begin IMMEDIATE, trying again at random moments until the deadline; raise busy."""
    import random

    conn.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                conn.execute("BEGIN IMMEDIATE")
            except sqlite.OperationalError as error:
                if "locked" not in str(error) and "busy" not in str(error):
                    raise
                if time.monotonic() >= deadline:
                    raise HubError("busy", seconds=f"{timeout:.0f}", holder="another program") from error
                time.sleep(random.uniform(0.001, 0.008))  # noqa: S311  # fairness, not secrecy
            else:
                return
    finally:
        conn.execute("PRAGMA busy_timeout = 5000")


def check_file(path: Path) -> os.stat_result:
    """Make sure that `path` is a regular file that begins like SQLite; give its status, touching nothing.

    Raises HubError: no_database, not_a_file, empty_file, not_sqlite, not_readable.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        raise HubError("no_database", path=path) from None
    except OSError as error:
        raise HubError("not_readable", path=path, owner="?", mode=error.strerror) from None
    if not stat.S_ISREG(status.st_mode):
        raise HubError("not_a_file", path=path, what=_what_it_is(status.st_mode))
    if status.st_size == 0:
        raise HubError("empty_file", path=path)
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except PermissionError:
        raise HubError("not_readable", path=path, owner=status.st_uid, mode=f"{status.st_mode & 0o777:03o}") from None
    if head != b"SQLite format 3\0":
        raise HubError("damaged" if not any(head) else "not_sqlite", path=path, why="its header is zeroed")
    return status


def _what_it_is(mode: int) -> str:
    kinds = ((stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"))
    return next((word for test, word in kinds if test(mode)), "a device")


def explain(error: BaseException, path: Path) -> HubError:
    """Give the refusal that an error of the database stands for: a slug of schema.sql, or what happened to the file."""
    text = str(error)
    slug = text.removeprefix("CHECK constraint failed: ")
    if slug in catalogue():
        return _of_rule(slug)
    if text != slug or text.startswith(("NOT NULL", "UNIQUE", "FOREIGN KEY", "cannot store")):
        return HubError("rule_broken", rule=text)
    known = (
        ("locked", "busy"),
        ("busy", "busy"),
        ("disk is full", "database_full"),
        ("disk I/O error", "database_full"),
        ("readonly", "read_only"),
        ("unable to open", "read_only"),
        ("malformed", "damaged"),
        ("codec can't decode", "damaged"),
        ("not a database", "damaged"),
        ("interrupted", "stopped"),
    )
    for words, found in known:
        if words in text:
            return HubError(
                found, path=path, why=text, seconds="some", holder="another program", free=_free(path), job="hub"
            )
    return HubError("database_failed", path=path, why=text)


def _of_rule(slug: str) -> HubError:
    """Give the refusal of a rule of schema.sql that was broken where nobody had looked at the record before."""
    tries = tuple(attempt for attempt in catalogue()[slug].tries if "{" not in attempt)
    return HubError(slug, tries=tries, ref="this customer", name="", documents="an active quote or order")


def _free(path: Path) -> str:
    """Give the free bytes beside a file."""
    free = os.statvfs(path.parent)
    return f"{free.f_bavail * free.f_frsize:,}"
