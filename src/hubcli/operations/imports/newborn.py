"""Makes what new customers bring: their rows, the log entries that triggers would give, and the entries' digests."""

import marshal
from collections.abc import Callable, Iterator, Sequence
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
"""Log entries from one number to another, and where they lie, or their digests."""

ROWS, LOG, DIGESTS = range(3)
Request = tuple[int, list[Place]]
"""What is to be made, of which batches: each a Start and rows of the block newborn, their keys filled in."""

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
ENTRY = ("tbl", "row_id", "subject", "new", "personal")
"""What differs among the entries that are made here."""
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


class _Table:
    """One logged table: how its rows are written in the log, and the last number given in it."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        self.name = name
        self.images = images(name, columns)
        self.last = 0

    def next(self) -> int:
        """Give the next number."""
        self.last += 1
        return self.last


class Newborn:
    """Makes for new customers what is asked for, batch by batch: the same in every process."""

    def __init__(self, shelf: Shelf, change: int, at: str, today: str, actor: str) -> None:
        """Take where the batches lie, and what they say of the change set under way: number, instant, day and actor."""
        self._shelf = shelf
        self._change = change
        self._at, self._today, self._actor = at, today, actor
        self._tables = [_Table(name, columns) for name, columns in LOGGED.items()]
        self._logged: dict[Place, Run] = {}

    def __call__(self, request: Request) -> Values:
        """Give for ROWS of one batch the values for LOGGED, row after row for each table, else a Run for each batch.

        Raise database_full.
        """
        what, places = request
        return self._rows(*places) if what == ROWS else tuple(map(self._log if what == LOG else self._digest, places))

    def _batch(self, place: Place) -> tuple[Start, list[Values]]:
        """Take a batch from the shelf, and go on from the numbers that were given before it."""
        start, rows = marshal.loads(self._shelf.find(place))  # noqa: S302  # kept by the process that imports
        for table, number in zip(self._tables, (0, *start[:-1]), strict=True):
            table.last = number
        return Start(*start), rows

    def _rows(self, place: Place) -> Values:
        made: dict[str, list[Any]] = {table.name: [] for table in self._tables}
        for _, table, row in self._each(self._batch(place)[1]):
            made[table.name] += row
        return tuple([NULL if value is None else value for value in values] for values in made.values())

    def _log(self, place: Place) -> Run:
        """Write each row's two entries, the public and the personal one; those of a batch once in each process."""
        if place not in self._logged:
            start, rows = self._batch(place)
            log: list[Any] = []
            for subject, table, row in self._each(rows):
                name, number, (public, _, personal) = table.name, row[0], table.images(row).partition(BETWEEN)
                log += (name, number, subject, public, 0, name, number, subject, personal, 1)
            last = start.entry + len(log) // len(ENTRY)
            self._logged[place] = start.entry + 1, last, self._shelf.keep(marshal.dumps(log))
        return self._logged[place]

    def _digest(self, place: Place) -> Run:
        """Digest the entries as changelog.py does, the personal ones with the customers' keys."""
        first, last, copy = self._log(place)
        seals = {subject: blake2b(key=key, digest_size=16) for subject, _, key, *_ in self._batch(place)[1]}
        entries = zip(*[iter(unpack_log(self._shelf, copy))] * len(ENTRY), strict=True)
        change, digests = self._change, []
        for number, (table, row, subject, image, personal) in enumerate(entries, first):
            seal = (seals[subject] if personal else _KEYLESS).copy()
            entry = f"[{number}, {change}, 'insert', '{table}', {row}, {subject}, None, None, {image!r}, {personal}]"
            seal.update(entry.encode())
            digests.append(seal.hexdigest())
        return first, last, self._shelf.keep("".join(digests).encode())

    def _each(self, rows: Sequence[Values]) -> Iterator[tuple[int, _Table, Values]]:
        """Give every row of every customer, in the order of their entries: (customer, table, values)."""
        customers, addresses, billing_emails, external_ids, notes = self._tables
        for subject, staff, _, *_, shelved in rows:
            values, emails, ids = unpack(self._shelf.get(shelved))
            _, _, kind, status, *plain, _, consent, exempt, hold, created, archived, touched, name = values[:_BILLING]
            billing, delivery, note = values[_BILLING:_LABEL], values[_DELIVERY:_NOTE], values[_NOTE]
            touched = touched or self._today
            yield subject, customers, (
                subject, kind, status or "active", *plain, staff, exempt or 0, hold or 0, consent, 0,
                created or self._at, archived, self._actor if archived else None, touched, name,
            )  # fmt: skip
            if billing[5]:
                yield subject, addresses, (addresses.next(), subject, "billing", 0, None, *billing)
            if delivery[5]:
                yield subject, addresses, (addresses.next(), subject, "delivery", 1, values[_LABEL], *delivery)
            for pair in emails:
                yield subject, billing_emails, (billing_emails.next(), subject, *pair)
            for pair in ids:
                yield subject, external_ids, (external_ids.next(), *pair, subject)
            if note:  # an import is no activity: its notes are of the day that the customer was last active
                row = (notes.next(), subject, "internal", "optional", 0, note, self._actor, touched)
                yield subject, notes, row


def unpack_log(shelf: Shelf, place: Place) -> list[Any]:
    """Give the values of ENTRY that lie on the shelf, entry after entry."""
    found: list[Any] = marshal.loads(shelf.find(place))  # noqa: S302  # kept by this process or one that it started
    return found


_KEYLESS = blake2b(digest_size=16)
