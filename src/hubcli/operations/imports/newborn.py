"""Makes the rows of new customers, and of everything that belongs to them, with the log entries that triggers give.

The entries are digested from a copy on the shelf, when their rows are stored and the process that stores them has work
left that only it can do: reading them back to seal them takes longer than writing them.
"""

import marshal
import os
from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import repeat
from operator import is_, itemgetter
from typing import Any, NamedTuple

from hubcli import schema
from hubcli.importing.batches import NULL, unpack
from hubcli.importing.shelf import Place, Shelf
from hubcli.importing.typed import ADDRESS, COLUMNS

Values = tuple[Any, ...]
Run = tuple[int, int, Place]
"""Log entries from one number to another, and where their digests lie, or what they are to be made of."""

Batch = tuple[Values, list[Values]] | tuple[()]
"""A Start and rows of the block newborn."""

THEN_DIGEST: Batch = ()
"""In place of rows: digest the entries of all that the process has made."""

CUSTOMERS = (
    "id", "kind", "status", *COLUMNS[4:19], "manager_id", "tax_exempt", "on_hold", "consent", "discount_rate",
    "created_at", "archived_at", "archived_by", "touched_on", "sort_name",
)  # fmt: skip
LOGGED = {
    "customers": CUSTOMERS,
    "addresses": ("id", "customer_id", "kind", "is_default", "label", *ADDRESS),
    "billing_emails": ("id", "customer_id", "email", "email_key"),
    "external_ids": ("id", "system", "external_id", "customer_id"),
    "notes": ("id", "customer_id", "type", "persistence", "important", "text", "author", "written_on"),
}
BESIDE = {
    "subject_keys": ("customer_id", "key"),
    "changelog": ("tbl", "row_id", "subject", "new", "personal"),
}
_BILLING, _LABEL, _DELIVERY, _NOTE = (COLUMNS.index(name) for name in (
    "billing_line1", "delivery_label", "delivery_line1", "note",
))  # fmt: skip


class Start(NamedTuple):
    """The last numbers given in each table, and the last entry of the log."""

    addresses: int
    billing_emails: int
    external_ids: int
    notes: int
    entry: int

    def after(self, rows: Sequence[Values]) -> "Start":
        """Give the numbers after some rows of the block newborn."""
        counts = [sum(map(itemgetter(at), rows)) for at in (3, 4, 5, 6)]
        entries = 2 * (len(rows) + sum(counts))
        return Start(*(last + more for last, more in zip(self, (*counts, entries), strict=True)))


def images(table: str, columns: Sequence[str]) -> Callable[[Values], str]:
    """Give the function that writes a new row's public and personal image as the log's triggers do (schema.py).

    BETWEEN stands between them. What is absent is left out. Rows that lack the same values share their form.
    """
    logged = [c for c in schema.tables()[table].logged_columns if c.name in columns]
    parts = [
        [(columns.index(c.name), f"{c.name}='%s'," if c.type == "TEXT" else f"{c.name}=%s,") for c in logged
         if c.personal == personal] for personal in (False, True)
    ]  # fmt: skip
    forms: dict[tuple[bool, ...], _Form] = {}

    def written(row: Values) -> str:
        absent = tuple(map(is_, row, repeat(None)))
        found = forms.get(absent)
        if found is None:
            if len(forms) > 5_000:
                forms.clear()
            found = forms[absent] = _Form(*([pair for pair in part if not absent[pair[0]]] for part in parts))
        return found(row)

    return written


BETWEEN = "\0"
"""No text that is imported holds it."""


class _Form:
    """Writes the images of some columns, none of them absent."""

    def __init__(self, public: Sequence[tuple[int, str]], personal: Sequence[tuple[int, str]]) -> None:
        """Take where each value stands, and how it is written."""
        at = [place for place, _ in (*public, *personal)]
        self._form = BETWEEN.join("".join(part for _, part in parts) for parts in (public, personal))
        self._pick = itemgetter(*at) if len(at) > 1 else lambda row: tuple(row[i] for i in at)
        self._quotes = self._form.count("'")

    def __call__(self, row: Values) -> str:
        values = self._pick(row)
        image = self._form % values
        if image.count("'") == self._quotes:
            return image
        return self._form % tuple(value.replace("'", "''") if isinstance(value, str) else value for value in values)


class _Logged:
    """The rows of one logged table: how they are written in the log, their values one after the other."""

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        self.name = table
        self.images = images(table, columns)
        self.last = 0
        self.values: list[Any] = []


class Newborn:
    """Makes the rows for new customers, batch by batch, and the digests of their log entries when it is asked to."""

    def __init__(self, shelf: Shelf, change: int, at: str, today: str, actor: str) -> None:
        """Take where the rows lie, and what they say of the change set under way: number, instant, day and actor."""
        self._shelf = shelf
        self._change = change
        self._at, self._today, self._actor = at, today, actor
        self._tables = [_Logged(name, columns) for name, columns in LOGGED.items()]
        self._log: list[Any] = []
        self._undigested: list[Run] = []

    def __call__(self, batch: Batch) -> tuple[Any, ...]:
        """Give the values for LOGGED and BESIDE, row after row for each table; for THEN_DIGEST the Runs of digests.

        Those for the log are packed.
        """
        if not batch:
            runs, self._undigested = self._undigested, []
            return tuple(map(self._digest, runs))
        (*last, before), rows = batch
        for table, number in zip(self._tables, (0, *last), strict=True):
            table.last, table.values = number, []
        self._log = []
        random = os.urandom(16 * len(rows))
        new: list[Any] = []
        keys: dict[int, bytes] = {}
        for i, (number, staff, key, *_, shelved) in enumerate(rows):
            if key is None:
                key = random[16 * i : 16 * i + 16]  # noqa: PLW2901
                new += (number, key)
            keys[number] = key
            self._one(number, staff, *unpack(self._shelf.get(shelved)))
        log = marshal.dumps(self._log)
        copy = self._shelf.keep(marshal.dumps((keys, log)))
        self._undigested.append((before + 1, before + len(self._log) // _ENTRY, copy))
        logged = [[NULL if value is None else value for value in table.values] for table in self._tables]
        return *logged, new, log

    def _digest(self, run: Run) -> Run:
        """Digest the entries of a batch as changelog.py does; give where the digests lie."""
        first, last, copy = run
        keys, log = marshal.loads(self._shelf.find(copy))  # noqa: S302  # kept by this process
        seals = {subject: blake2b(key=key, digest_size=16) for subject, key in keys.items()}
        change, digests = self._change, []
        entries = zip(*[iter(marshal.loads(log))] * _ENTRY, strict=True)  # noqa: S302  # likewise
        for number, (table, row, subject, image, personal) in enumerate(entries, first):
            seal = (seals[subject] if personal else _KEYLESS).copy()
            entry = f"[{number}, {change}, 'insert', '{table}', {row}, {subject}, None, None, {image!r}, {personal}]"
            seal.update(entry.encode())
            digests.append(seal.hexdigest())
        return first, last, self._shelf.keep("".join(digests).encode())

    def _one(self, subject: int, staff: int | None, values: Values, emails: Any, ids: Any) -> None:
        """Add all rows of one customer."""
        _, _, kind, status, *plain, _, consent, exempt, hold, created, archived, touched, name = values[:_BILLING]
        billing, delivery, note = values[_BILLING:_LABEL], values[_DELIVERY:_NOTE], values[_NOTE]
        touched = touched or self._today
        customers, addresses, billing_emails, external_ids, notes = self._tables
        add = self._add
        add(customers, subject, (
            subject, kind, status or "active", *plain, staff, exempt or 0, hold or 0, consent, 0, created or self._at,
            archived, self._actor if archived else None, touched, name,
        ))  # fmt: skip
        if billing[5]:
            add(addresses, subject, (_next(addresses), subject, "billing", 0, None, *billing))
        if delivery[5]:
            add(addresses, subject, (_next(addresses), subject, "delivery", 1, values[_LABEL], *delivery))
        for pair in emails:
            add(billing_emails, subject, (_next(billing_emails), subject, *pair))
        for pair in ids:
            add(external_ids, subject, (_next(external_ids), *pair, subject))
        if note:  # an import is no activity: its notes are of the day that the customer was last active
            row = (_next(notes), subject, "internal", "optional", 0, note, self._actor, touched)
            add(notes, subject, row)

    def _add(self, table: _Logged, subject: int, row: Values) -> None:
        """Add a row and its two entries, the public and the personal one."""
        table.values += row
        name, number, (public, _, personal) = table.name, row[0], table.images(row).partition(BETWEEN)
        self._log += (name, number, subject, public, 0, name, number, subject, personal, 1)


_ENTRY = len(BESIDE["changelog"])
_KEYLESS = blake2b(digest_size=16)


def _next(table: _Logged) -> int:
    """Give the next number of a table."""
    table.last += 1
    return table.last
