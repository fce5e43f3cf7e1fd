"""The whole database as a folder of NDJSON files, out and in again: every row of every logged table as it is kept.

Left out is what hub works out itself (kept figures, search words, generated columns) and the history of changes.
"""

import json
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

from hubcli import __version__, render, schema
from hubcli.errors import HubError, bad_value
from hubcli.stopping import deaf

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome

MANIFEST = "manifest.json"
FORMAT = "hub export"
CHUNK = 2_000
NOT_DERIVED = {"customers": ("touched_on",)}
"""Columns that hub keeps without logging them but could not work out again."""


class Manifest(NamedTuple):
    """What manifest.json says: the schema's version, rows of each table, the last number each table gave."""

    schema: int
    tables: dict[str, int]
    last_numbers: dict[str, int]


def columns(table: str) -> list[str]:
    """Give the columns of a table that a dump holds, the id first."""
    found = schema.tables()[table]
    kept = NOT_DERIVED.get(table, ())
    return ["id", *(c.name for c in found.columns if c.name != "id" and (not c.kept or c.name in kept))]


# ---------------------------------------------------------------------------------------------------------------- out


def save(hub: "Hub", folder: str, *, no_clobber: bool = False) -> dict[str, int]:
    """Write all tables, read in one state of the database, into a folder that appears whole or not at all.

    An empty folder or an earlier export is replaced. Gives the rows of each table. Raises bad_value for a folder that
    cannot be, output_refused for one that holds other things, disk_full and failed_write.
    """
    target = Path(folder)
    _check_target(target, folder, no_clobber=no_clobber)
    made = target.parent / f".{target.name}.{secrets.token_hex(8)}.tmp"
    try:
        made.mkdir(mode=0o700)
        counts = _write(hub, made)
        deaf()  # from here on it comes too late to stop
        _put(made, target)
    except HubError as error:
        facts = {key: value for key, value in error.facts.items() if key != "path"}
        if len(facts) == len(error.facts):
            raise
        raise HubError(error.slug, refs=error.refs, tries=error.tries, path=folder, **facts) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return counts


def _check_target(target: Path, folder: str, *, no_clobber: bool) -> None:
    if target.name in {"", "..", "."}:
        raise bad_value("-o", folder, "is no name for a new folder")
    if not target.parent.is_dir():
        raise bad_value("-o", folder, f"is in no folder: {target.parent} does not exist")
    if target.is_symlink():
        raise HubError("output_refused", path=folder, reason="it is a symbolic link")
    if target.exists() and not target.is_dir():
        raise bad_value("-o", folder, "is a file: a whole export needs a folder")
    held = sorted(path.name for path in target.iterdir()) if target.exists() else []
    if held and no_clobber:
        raise HubError("output_refused", path=folder, reason="it exists, and --no-clobber is set")
    strange = [name for name in held if name != MANIFEST and name.removesuffix(".ndjson") not in schema.tables()]
    if held and (strange or MANIFEST not in held):
        raise HubError("output_refused", path=folder, reason=f"it holds other things, such as {(strange or held)[0]}")


def _write(hub: "Hub", made: Path) -> dict[str, int]:
    counts = {}
    with hub.snapshot():
        for table in schema.logged():
            names = columns(table)
            listing = render.Listing([render.Column(name, "code") for name in names], _rows(hub, table, names))
            output = render.Output(format="ndjson", path=str(made / f"{table}.ndjson"), quiet=True)
            counts[table] = render.write(listing, output, sys.stdout, sys.stderr)
        numbers = {row["name"]: row["seq"] for row in hub.rows("dump.numbers") if row["name"] in counts}
        uuid = hub.one("meta.get", {"key": "uuid"})
    told = {"format": FORMAT, "hub": __version__, "schema": schema.VERSION, "written_at": hub.day.at}
    told |= {"database": uuid["value"] if uuid else None, "tables": counts, "last_numbers": numbers}
    _write_manifest(made / MANIFEST, told)
    return counts


def _write_manifest(path: Path, told: dict[str, Any]) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(json.dumps(told, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())


def _rows(hub: "Hub", table: str, names: list[str]) -> Iterator[Any]:
    """Give a table's rows by id, a chunk at a time."""
    sql = f"SELECT {', '.join(names)} FROM {table} WHERE id > ? ORDER BY id LIMIT {CHUNK}"
    last = -1
    while chunk := hub.select(sql, (last,)):
        yield from chunk
        last = chunk[-1]["id"]


def _put(made: Path, target: Path) -> None:
    """Give the new folder its name; an earlier export steps aside and is removed once the new one stands there."""
    held = target.exists() and any(target.iterdir())
    aside = made.with_suffix(".old")
    if held:
        target.rename(aside)
    try:
        made.rename(target)
    except BaseException:
        if held:
            aside.rename(target)
        raise
    place = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
    shutil.rmtree(aside, ignore_errors=True)


# ----------------------------------------------------------------------------------------------------------------- in


def check(hub: "Hub", folder: Path) -> dict[str, int]:
    """Give the rows of each table that `load` would read; raise not_a_dump or not_empty as it would."""
    manifest = read_manifest(folder)
    _must_be_empty(hub)
    for table, count in manifest.tables.items():
        found = sum(1 for _ in _records(folder, table, _present(folder, table)))
        _same_count(folder, table, count, found)
    return manifest.tables


def load(hub: "Hub", folder: Path) -> "Outcome":
    """Read a whole export into an empty database, as one change set that is its opening state.

    The outcome's result is the rows of each table. Raises not_a_dump with the place, not_empty, or what schema.sql
    refuses; then nothing was read.
    """
    manifest = read_manifest(folder)
    return hub.change("import all", lambda h: _load(h, folder, manifest), bulk=True, unlogged=True, purpose="load")


def _load(hub: "Hub", folder: Path, manifest: Manifest) -> dict[str, int]:
    _must_be_empty(hub)
    hub.execute("PRAGMA defer_foreign_keys = ON")  # a row may refer to a later one of its own table
    for table in _seeded():
        hub.execute(f"DELETE FROM {table}")
    for table in _parents_first():
        if table in manifest.tables:
            _load_table(hub, folder, table, manifest.tables[table])
    for table, number in manifest.last_numbers.items():
        for block in ("dump.number_on", "dump.number_from"):
            hub.run(block, {"name": table, "seq": number})
    hub.refresh_figures()
    return manifest.tables


def _load_table(hub: "Hub", folder: Path, table: str, count: int) -> None:
    found = 0

    def counted() -> Iterator[list[Any]]:
        nonlocal found
        for found, values in enumerate(_records(folder, table, names), 1):  # noqa: B007  # counted for later
            yield values

    names = _present(folder, table)
    marks = ", ".join("?" * len(names))
    hub.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", counted())
    _same_count(folder, table, count, found)


def _parents_first() -> list[str]:
    """Give the logged tables in an order in which every row's parents come before it."""
    parents: dict[str, set[str]] = {table: set() for table in schema.logged()}
    for child, _, parent in schema.references():
        if child != parent:
            parents[child].add(parent)
    order: list[str] = []
    while len(order) < len(parents):
        order += [table for table, above in parents.items() if table not in order and above <= set(order)]
    return order


def read_manifest(folder: Path) -> Manifest:
    """Read manifest.json; raise not_a_dump when the folder is no whole export that this hub can read."""
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise HubError("not_a_dump", path=folder, why=f"there is no {MANIFEST} in it") from None
    except (OSError, ValueError) as error:
        raise HubError("not_a_dump", path=folder, why=f"{MANIFEST} cannot be read: {error}") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise HubError("not_a_dump", path=folder, why=f"{MANIFEST} is not hub's")
    tables, numbers, version = told.get("tables"), told.get("last_numbers"), told.get("schema")
    if not isinstance(version, int) or not _are_counts(tables) or not _are_counts(numbers):
        raise HubError("not_a_dump", path=folder, why=f"{MANIFEST} is incomplete")
    if version > schema.VERSION or not {*tables, *numbers} <= schema.logged().keys():
        raise HubError("not_a_dump", path=folder, why="a newer hub wrote it: pip install --upgrade hubcli")
    return Manifest(version, tables, numbers)


def _are_counts(value: Any) -> TypeGuard[dict[str, int]]:
    return isinstance(value, dict) and all(type(n) is int and 0 <= n < 1 << 63 for n in value.values())


def _seeded() -> set[str]:
    """Give the tables that hold rows from the first day, since schema.sql itself fills them."""
    return set(re.findall(r"^INSERT INTO (\w+)", schema.text(), re.MULTILINE)) & schema.logged().keys()


def _must_be_empty(hub: "Hub") -> None:
    for table in [name for name in schema.logged() if name not in _seeded()]:
        if hub.select(f"SELECT 1 FROM {table} LIMIT 1"):
            raise HubError("not_empty", path=hub.path, what=table.replace("_", " "))


def _same_count(folder: Path, table: str, told: int, found: int) -> None:
    if found != told:
        raise _broken(folder, table, f"it holds {found:,} rows where {MANIFEST} says {told:,}")


def _broken(folder: Path, table: str, why: str) -> HubError:
    return HubError("not_a_dump", path=folder / f"{table}.ndjson", why=why)


def _present(folder: Path, table: str) -> list[str]:
    """Give the columns that the rows of a file have: an older hub wrote fewer, and the others take their defaults."""
    known = columns(table)
    for _, record in _objects(folder, table):
        names = [name for name in known if name in record]
        if len(names) < len(record):
            raise _broken(folder, table, f"{', '.join(record.keys() - set(known))} is no column of it")
        return names
    return known


def _records(folder: Path, table: str, names: list[str]) -> Iterator[list[Any]]:
    """Give the values of each row of a file, checked; raise not_a_dump with the line."""
    wanted = set(names)
    for line, record in _objects(folder, table):
        if record.keys() != wanted:
            raise _broken(folder, table, f"line {line} has other columns than the first")
        values = [record[name] for name in names]
        for value in values:
            if not (value is None or type(value) is str or (type(value) is int and -(1 << 63) <= value < 1 << 63)):
                raise _broken(folder, table, f"line {line} holds {value!r}, which is neither text nor a whole number")
        yield values


def _objects(folder: Path, table: str) -> Iterator[tuple[int, dict[str, Any]]]:
    line = 0
    try:
        with (folder / f"{table}.ndjson").open(encoding="utf-8", newline="\n") as file:
            for line, text in enumerate(file, 1):  # named in the error
                record = json.loads(text)
                if not isinstance(record, dict):
                    raise _broken(folder, table, f"line {line} is no object")
                yield line, record
    except OSError as error:
        raise _broken(folder, table, error.strerror or "it cannot be read") from None
    except (ValueError, RecursionError) as error:
        raise _broken(folder, table, f"line {line + isinstance(error, UnicodeDecodeError)}: {error}") from None
