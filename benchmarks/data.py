"""The data of the benchmarks: demo shops of any size, made once and kept; copies of them to write to."""

import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hubcli import migrations, sqlitefile, values
from hubcli.store import Day, Hub, Who
from measure import note, process

TODAY = "2025-06-15"
BIN = Path(sys.executable).parent
HUB = (sys.executable, Path(__file__).parent / "floors" / "hub.py")
"""The start file that uv and a current pip write for a command; that of an older pip imports `re` besides."""
ENV = {"HUB_TODAY": TODAY, "HUB_USER": "sam", "COLUMNS": "120"}
ZIP = "60614"


class Data:
    """A folder of databases: `shop(n)` is read only, `copy(n, name)` may be written to."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def shop(self, customers: int) -> Path:
        """Give the demo shop of so many customers, made now if it is not there yet."""
        path = self.folder / f"shop-{customers}-{_digest()}.db"
        if not path.exists():
            note(f"making {path} with {customers:,} customers")
            new = self.folder / "new.db"
            sqlitefile.remove(new)
            took = process([*HUB, "demo", "--customers", str(customers)], env(new))
            note(f"made in {took.seconds:.0f} s")
            new.rename(path)
        _bring_up(path)
        return path

    def copy(self, customers: int, name: str) -> Path:
        """Give a fresh copy of the shop under another name."""
        path = self.folder / f"{name}.db"
        sqlitefile.remove(path)
        shutil.copyfile(self.shop(customers), path)
        with closing(sqlite3.connect(path)) as conn:
            conn.execute("PRAGMA journal_mode = WAL")
        os.sync()  # or the copy would still be on its way to the disk while commits are timed
        return path

    def path(self, name: str) -> Path:
        """Give the path of a file of this folder that is not there."""
        path = self.folder / name
        sqlitefile.remove(path)
        return path


def _digest() -> str:
    """Give what the data depends on: the tables and the generator."""
    sources = sorted((Path(values.__file__).parent.parent / "demo").glob("*.py"))
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    text += "".join(sqlitefile.normal(thing.sql) for thing in sqlitefile.packaged() if thing.kind == "table")
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def _bring_up(path: Path) -> None:
    """Lay indexes, triggers and views as schema.sql has them now."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        wrong = sqlitefile.differences(conn)
        for difference in wrong:
            note(f"{path.name}: {difference.kind} {difference.name} was {difference.what}")
            if difference.what != "missing":
                conn.execute(f"DROP {difference.kind} {difference.name}")
        there = {thing.name for thing in sqlitefile.objects(conn)}
        for thing in sqlitefile.packaged():
            if thing.name not in there:
                conn.execute(thing.sql)
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def empty(path: Path) -> Path:
    """Make an empty hub database."""
    sqlitefile.remove(path)
    migrations.create(path, f"{TODAY}T12:00:00.000Z")
    return path


def env(path: Path) -> dict[str, str]:
    """Give the environment of a hub process on a database."""
    return {**ENV, "HUB_DB": str(path)}


@contextmanager
def opened(path: Path) -> Iterator[Hub]:
    """Open a database through hub's store in this process."""
    day = Day(TODAY, chosen=True, at=f"{TODAY}T12:00:00.000Z")
    with Hub(path, Who("sam", "sam", None), day, notice=note) as hub:
        yield hub


def plain(path: Path, *, read_only: bool = True) -> sqlite3.Connection:
    """Open a database with sqlite3 alone, tuned as hub tunes it."""
    conn = sqlite3.connect(f"file:{path}?mode={'ro' if read_only else 'rw'}", uri=True, isolation_level=None)
    conn.execute("PRAGMA synchronous = FULL")
    conn.execute("PRAGMA cache_size = -16000")
    return conn


def without_triggers(path: Path) -> sqlite3.Connection:
    """Open a database for writing and take every trigger out of it: what is left is the raw cost of a write."""
    conn = plain(path, read_only=False)
    for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        conn.execute(f"DROP TRIGGER {name}")
    return conn


def size(path: Path) -> int:
    """Give the size of a database in bytes, its write-ahead log included."""
    return sum(os.path.getsize(f"{path}{suffix}") for suffix in ("", "-wal") if os.path.exists(f"{path}{suffix}"))  # noqa: PTH110, PTH202
