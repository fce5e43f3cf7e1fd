"""Seals change sets into a chain, verifies it, and reads the images that the log triggers write.

An entry's digest is a keyed hash of its values: with the customer's own random key where the entry is personal. The
seal of a change set hashes the seal before it, its header and the digests of its entries. Once a person is erased the
digests stay and the key is gone: the chain still verifies, and nobody can test guesses against it.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

Connection = Any  # a connection of whichever sqlite3 module the store took
Keys = defaultdict[int, bytes]  # keys of customers who have none yet, made when asked for
Known = tuple[int, int, str]  # entries from one number to another, and their digests

HEADER = (
    "id, business_on, dated, recorded_at, actor, os_user, terminal, command, undoes, outside, opening,"
    " first_seq, last_seq, reason_digest"
)
_ENTRIES = """SELECT l.seq, l.change_id, l.operation, l.tbl, l.row_id, l.subject, l.field, l.old, l.new, l.personal,
       l.digest, k.key FROM changelog l LEFT JOIN subject_keys k ON l.personal AND k.customer_id = l.subject
WHERE l.seq BETWEEN ? AND ? ORDER BY l.seq"""

_OPEN = f"""SELECT {HEADER}, (SELECT seal FROM changes b WHERE b.id < c.id ORDER BY id DESC LIMIT 1),
  (SELECT last_seq FROM changes WHERE last_seq IS NOT NULL ORDER BY id DESC LIMIT 1), (SELECT max(seq) FROM changelog)
FROM changes c WHERE id = ?"""
"""The header of a change set, the seal before it, and the last entries of the change sets before it and of them all."""


class Finding(NamedTuple):
    """A place where the chain does not hold: the change set and what is wrong with it."""

    change_id: int
    what: str


def _digest(row: tuple[Any, ...], keys: Keys) -> str:
    """Give the digest of one entry: the stored one where its values were erased, else computed from them."""
    if row[10] is not None:
        return str(row[10])
    key = row[11] or (keys[row[5]] if row[9] and row[5] is not None else b"")
    return blake2b(repr([*row[:10]]).encode(), key=key, digest_size=16).hexdigest()


def digest(entry: Any, keys: Keys) -> str:
    """Give the digest that stays of an entry when its values are erased; `entry` has the columns of _ENTRIES."""
    return _digest(tuple(entry), keys)


def new_keys() -> Keys:
    """Give what makes a random key for each customer that it is asked about, for those that have none yet."""
    return defaultdict(lambda: os.urandom(16))


def reason_digest(reason: str, salt: str) -> str:
    """Give the salted digest of a reason."""
    return blake2b(reason.encode(), key=salt.encode(), digest_size=16).hexdigest()


def _seal(conn: Connection, before: str, header: Sequence[Any], keys: Keys, known: Iterable[Known] = ()) -> str:
    """Give the seal of a change set; `known` are digests of runs of its entries that need not be read again."""
    first, last = header[11], header[12]
    seal = blake2b(repr((before, tuple(header))).encode(), digest_size=16)
    if first is not None:
        for start, end, digests in known:
            _update(seal, conn, first, start - 1, keys)
            seal.update(digests.encode())
            first = end + 1
        _update(seal, conn, first, last, keys)
    return seal.hexdigest()


def _update(seal: Any, conn: Connection, first: int, last: int, keys: Keys) -> None:
    """Put the digests of a range of entries into a seal."""
    cursor = conn.cursor()
    cursor.row_factory = None  # plain tuples: a third less time than rows by name
    cursor.execute(_ENTRIES, (first, last))
    while rows := cursor.fetchmany(1000):
        seal.update("".join([_digest(row, keys) for row in rows]).encode())


def seal(conn: Connection, change_id: int, *, digested: bool = False) -> int:
    """Seal the open change set: give its entries' range, make missing keys, chain it; give its number of entries.

    With `digested`, the temporary table of that name holds the digests of a run of entries, whose keys are there.
    """
    known = conn.execute("SELECT first, last, digests FROM temp.digested ORDER BY first") if digested else ()
    *header, before, start, last = conn.execute(_OPEN, (change_id,)).fetchone()
    entries = (last or 0) - (start or 0)
    header[11:13] = (last - entries + 1, last) if entries else (None, None)
    keys = new_keys()
    chained = _seal(conn, before or "", header, keys, known)
    if keys:
        conn.executemany("INSERT INTO subject_keys (customer_id, key) VALUES (?, ?)", keys.items())
    conn.execute(
        "UPDATE changes SET first_seq = ?, last_seq = ?, seal = ?, purpose = NULL, bulk = NULL, unlogged = NULL"
        " WHERE id = ?",
        (*header[11:13], chained, change_id),
    )
    return int(entries)


def seal_outside(conn: Connection) -> None:
    """Seal the change set that other SQL than hub's left open; one that came to nothing goes."""
    for (number,) in conn.execute("SELECT id FROM open_change").fetchall():
        if conn.execute("SELECT 1 FROM changelog WHERE change_id = ? LIMIT 1", (number,)).fetchone():
            seal(conn, number)
        else:
            conn.execute("DELETE FROM changes WHERE id = ?", (number,))


def verify(conn: Connection) -> Iterator[Finding]:
    """Recompute every seal from the start; give each change set where the chain does not hold."""
    before, next_seq, none = "", 1, defaultdict[int, bytes](bytes)
    sets = f"SELECT {HEADER}, seal, id = (SELECT id FROM open_change) FROM changes ORDER BY id"
    for *header, stored, still_open in conn.execute(sets).fetchall():
        if still_open:
            break  # written outside hub since hub last ran; sealed with hub's next change
        if header[11] is not None:
            if header[11] != next_seq:
                yield Finding(header[0], f"log entries {next_seq} to {header[11] - 1} are missing")
            next_seq = header[12] + 1
        if _seal(conn, before, header, none) != stored:
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
