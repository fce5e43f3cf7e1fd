"""Seals change sets into a chain, verifies it, and reads the images that the log triggers write.

An entry's digest is a keyed hash of its values: with the customer's own random key where the entry is personal. The
seal of a change set hashes the seal before it, its header and the digests of its entries. Once a person is erased the
digests stay and the key is gone: the chain still verifies, and nobody can test guesses against it.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, NamedTuple

Connection = Any  # a connection of whichever sqlite3 module the store took
Known = tuple[int, int, str]  # entries from one number to another, and their digests

HEADER = (
    "id, business_on, dated, recorded_at, actor, os_user, terminal, command, undoes, outside, opening,"
    " first_seq, last_seq, reason_digest"
)
_ENTRIES = """SELECT l.seq, l.change_id, l.operation, l.tbl, l.row_id, l.subject, l.field, l.old, l.new, l.personal,
       l.digest, k.key FROM changelog l LEFT JOIN subject_keys k ON l.personal AND k.customer_id = l.subject
WHERE l.seq BETWEEN ? AND ? ORDER BY l.seq"""

_OPEN = f"""SELECT {HEADER}, (SELECT seal FROM changes b WHERE b.id < c.id ORDER BY id DESC LIMIT 1),
  (SELECT last_seq FROM changes WHERE last_seq IS NOT NULL ORDER BY id DESC LIMIT 1) FROM changes c WHERE id = ?"""
"""The header of a change set, the seal before it, and the last entry of them all (max() would read every row)."""
_KEYLESS = """personal = 1 AND subject IS NOT NULL AND digest IS NULL
  AND NOT EXISTS (SELECT 1 FROM subject_keys k WHERE k.customer_id = subject)"""
_RANGE = f"SELECT min(seq), max(seq), count(*), max(iif(?, 1, {_KEYLESS})) FROM changelog WHERE seq > ?"


class Finding(NamedTuple):
    """A place where the chain does not hold: the change set and what is wrong with it."""

    change_id: int
    what: str


def _digest(row: tuple[Any, ...]) -> str:
    """Give the digest of one entry: the stored one where its values were erased, else computed from them."""
    if row[10] is not None:
        return str(row[10])
    return blake2b(repr([*row[:10]]).encode(), key=row[11] or b"", digest_size=16).hexdigest()


def digest(entry: Any, keys: Mapping[int, bytes]) -> str:
    """Give the digest that stays of an entry when its values are erased.

    `entry` has the columns of _ENTRIES; `keys` are those of subjects that have no key of their own yet.
    """
    row = tuple(entry)
    return _digest((*row[:11], row[11] or keys.get(row[5])))


def new_keys(subjects: Iterable[int]) -> dict[int, bytes]:
    """Give a random key for each of some customers."""
    return {subject: os.urandom(16) for subject in subjects}


def reason_digest(reason: str, salt: str) -> str:
    """Give the salted digest of a reason."""
    return blake2b(reason.encode(), key=salt.encode(), digest_size=16).hexdigest()


def _seal(conn: Connection, before: str, header: tuple[Any, ...], known: Iterable[Known] = ()) -> str:
    first, last = header[11], header[12]
    seal = blake2b(repr((before, header)).encode(), digest_size=16)
    if first is not None:
        for start, end, digests in known:
            _update(seal, conn, first, start - 1)
            seal.update(digests.encode())
            first = end + 1
        _update(seal, conn, first, last)
    return seal.hexdigest()


def _update(seal: Any, conn: Connection, first: int, last: int) -> None:
    """Put the digests of a range of entries into a seal."""
    cursor = conn.cursor()
    cursor.row_factory = None  # plain tuples: a third less time than rows by name
    cursor.execute(_ENTRIES, (first, last))
    while rows := cursor.fetchmany(1000):
        seal.update("".join(map(_digest, rows)).encode())


def seal(conn: Connection, change_id: int, *, digested: bool = False) -> int:
    """Seal the open change set: give its entries' range, make missing keys, chain it; give its number of entries.

    With `digested`, the temporary table of that name holds the digests of a run of entries, whose keys are there.
    """
    known = conn.execute("SELECT first, last, digests FROM temp.digested ORDER BY first") if digested else ()
    *header, before, start = conn.execute(_OPEN, (change_id,)).fetchone()
    first, last, entries, keyless = conn.execute(_RANGE, (digested, start or 0)).fetchone()
    if keyless:
        _make_keys(conn, start or 0, digested=digested)
    header[11:13] = first, last
    chained = _seal(conn, before or "", tuple(header), known)
    conn.execute(
        "UPDATE changes SET first_seq = ?, last_seq = ?, seal = ? WHERE id = ?", (first, last, chained, change_id)
    )
    return int(entries)


def _make_keys(conn: Connection, start: int, *, digested: bool) -> None:
    """Make the keys that the personal entries after `start` still need."""
    done = "SELECT min(first), max(last) FROM temp.digested"
    done_first, done_last = conn.execute(done).fetchone() if digested else (None, None)
    missing = conn.execute(
        f"SELECT subject FROM changelog l WHERE seq > ? AND NOT coalesce(seq BETWEEN ? AND ?, 0) AND {_KEYLESS}",
        (start, done_first, done_last),
    ).fetchall()
    subjects = dict.fromkeys(row[0] for row in missing)  # DISTINCT would read the whole index on subjects
    random = os.urandom(16 * len(subjects))
    keys = [(subject, random[16 * i : 16 * i + 16]) for i, subject in enumerate(subjects)]
    conn.executemany("INSERT INTO subject_keys (customer_id, key) VALUES (?, ?)", keys)


def seal_outside(conn: Connection) -> None:
    """Seal the change set that other SQL than hub's left open; one that came to nothing goes."""
    for (number,) in conn.execute("SELECT id FROM changes WHERE seal IS NULL").fetchall():
        if conn.execute("SELECT 1 FROM changelog WHERE change_id = ? LIMIT 1", (number,)).fetchone():
            seal(conn, number)
        else:
            conn.execute("DELETE FROM changes WHERE id = ?", (number,))


def verify(conn: Connection) -> Iterator[Finding]:
    """Recompute every seal from the start; give each change set where the chain does not hold."""
    before, next_seq = "", 1
    for *header, stored in conn.execute(f"SELECT {HEADER}, seal FROM changes ORDER BY id").fetchall():
        if stored is None:
            continue  # written outside hub since hub last ran; sealed with hub's next change
        if header[11] is not None:
            if header[11] != next_seq:
                yield Finding(header[0], f"log entries {next_seq} to {header[11] - 1} are missing")
            next_seq = header[12] + 1
        if _seal(conn, before, tuple(header)) != stored:
            yield Finding(header[0], "its header or one of its entries was altered")
        before = stored
    yield from _reasons(conn)


def _reasons(conn: Connection) -> Iterator[Finding]:
    for change_id, reason, salt, digest in conn.execute(
        "SELECT r.change_id, r.reason, r.salt, c.reason_digest FROM change_reasons r"
        " JOIN changes c ON c.id = r.change_id WHERE r.reason IS NOT NULL"
    ):
        if reason_digest(reason, salt) != digest:
            yield Finding(change_id, "its reason was altered")


# ---------------------------------------------------------------------------------------------------- literals, images

_PAIR = re.compile(r"(\w+)=(NULL|[-+.\deE]+|'(?:[^']|'')*'|X'[0-9A-F]*'),")


def value(literal: str | None) -> str | int | float | bytes | None:
    """Give the value of an SQL literal as quote() writes it."""
    if literal is None or literal == "NULL":
        return None
    if literal.startswith("'"):
        return literal[1:-1].replace("''", "'")
    if literal.startswith("X'"):
        return bytes.fromhex(literal[2:-1])
    return float(literal) if "." in literal or "e" in literal else int(literal)


def image(text: str | None) -> dict[str, str | int | float | bytes | None]:
    """Give the columns and values of an image (`name=literal,` …); absent values, `name=,` or NULL, are left out."""
    return {name: value(literal) for name, literal in _PAIR.findall(text or "") if literal != "NULL"}
