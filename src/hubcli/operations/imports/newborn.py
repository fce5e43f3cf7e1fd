"""Makes the rows of new customers, and of everything that belongs to them, with the log entries that triggers give.

The entries are digested while the row is at hand: reading them back to seal them takes longer than writing them.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from operator import itemgetter
from typing import Any, NamedTuple

from hubcli import schema
from hubcli.importing.batches import unpack
from hubcli.importing.typed import ADDRESS, COLUMNS

Statement = tuple[str, Sequence[Any]]
Values = tuple[Any, ...]

ROWS = 1_000
"""So many rows to a statement, since each has its price …"""
VALUES = 14_000
"""… but not so many values that the statement itself is too long for the processor's memory."""

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
_BILLING, _LABEL, _DELIVERY, _NOTE = (COLUMNS.index(name) for name in (
    "billing_line1", "delivery_label", "delivery_line1", "note",
))  # fmt: skip


class Start(NamedTuple):
    """The last numbers given in each table, the last entry of the log, and the change set under way."""

    addresses: int
    billing_emails: int
    external_ids: int
    notes: int
    entry: int
    change: int


class _Into:
    """Gathers the values of one table's rows, one row after the other, and gives statements of many rows each."""

    def __init__(self, table: str, columns: Sequence[str], fixed: Sequence[str] = ()) -> None:
        """Take rows of `columns`, without the first few, which are always the literals `fixed`."""
        self._width = len(columns) - len(fixed)
        self._head = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
        self._marks = f"({', '.join([*fixed, *'?' * self._width])})"
        self._rows = min(ROWS, VALUES // self._width)
        self._full = self._statement(self._rows)
        self.values: list[Any] = []

    def _statement(self, rows: int) -> str:
        return self._head + ", ".join([self._marks] * rows)

    def take(self, *, rest: bool) -> Iterator[Statement]:
        """Give the statements for what was gathered; fewer rows than fill one wait, unless the `rest` is wanted."""
        size = self._rows * self._width
        whole = len(self.values) // size * size
        for at in range(0, whole, size):
            yield self._full, self.values[at : at + size]
        del self.values[:whole]
        if rest and self.values:
            yield self._statement(len(self.values) // self._width), self.values
            self.values = []


class _Logged(_Into):
    """A table that the change log covers."""

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        super().__init__(table, columns)
        self.name = table
        self.images = images(table, columns)


def images(table: str, columns: Sequence[str]) -> Callable[[Values], tuple[str, str]]:
    """Give the function that writes a new row's public and personal image as the log's triggers do (schema.py).

    What is absent is left out. Rows that lack the same values share their forms.
    """
    logged = [c for c in schema.tables()[table].logged_columns if c.name in columns]
    parts = [
        [(columns.index(c.name), f"{c.name}='%s'," if c.type == "TEXT" else f"{c.name}=%s,") for c in logged
         if c.personal == personal] for personal in (False, True)
    ]  # fmt: skip
    forms: dict[tuple[bool, ...], tuple[_Form, _Form]] = {}

    def written(row: Values) -> tuple[str, str]:
        absent = tuple([value is None for value in row])
        found = forms.get(absent)
        if found is None:
            if len(forms) > 5_000:
                forms.clear()
            public, personal = ([pair for pair in part if not absent[pair[0]]] for part in parts)
            found = forms[absent] = _Form(public), _Form(personal)
        return found[0](row), found[1](row)

    return written


class _Form:
    """Writes the image of some columns, none of them absent."""

    def __init__(self, parts: Sequence[tuple[int, str]]) -> None:
        """Take where each value stands, and how it is written."""
        at = [place for place, _ in parts]
        self._form = "".join(part for _, part in parts)
        self._pick = itemgetter(*at) if len(at) > 1 else lambda row: tuple(row[i] for i in at)
        self._quotes = self._form.count("'")

    def __call__(self, row: Values) -> str:
        values = self._pick(row)
        image = self._form % values
        if image.count("'") == self._quotes:
            return image
        return self._form % tuple(value.replace("'", "''") if isinstance(value, str) else value for value in values)


class Newborn:
    """Makes the statements for new customers, batch by batch."""

    def __init__(self, start: Start, at: str, today: str, actor: str) -> None:
        """Go on from the numbers of `start`; the instant, the day and the actor are those of the change set."""
        self._next = start._asdict()
        self._change = start.change
        self._at, self._today, self._actor = at, today, actor
        self._tables = {name: _Logged(name, columns) for name, columns in LOGGED.items()}
        self._keys = _Into("subject_keys", ("customer_id", "key"))
        self._figures = _Into("customer_figures", (
            "stage", "orders", "lifetime_value_cents", "owed_cents", "credit_cents", "customer_id", "last_activity_on",
        ), ("'lead'", "0", "0", "0", "0"))  # fmt: skip
        self._log = _Into(
            "changelog", ("change_id", "operation", "tbl", "row_id", "subject", "new", "personal"),
            (str(start.change), "'insert'"),
        )  # fmt: skip
        self._digests: list[str] = []

    def __call__(self, rows: Sequence[Values]) -> list[Statement]:
        """Give the statements for some rows of the block newborn; those of too few rows for one come later."""
        random = os.urandom(16 * len(rows))
        for i, (number, staff, known, packed) in enumerate(rows):
            key = known or random[16 * i : 16 * i + 16]
            if known is None:
                self._keys.values += (number, key)
            self._one(number, staff, key, packed)
        return list(self._statements(rest=False))

    def rest(self) -> list[Statement]:
        """Give the statements for what waits."""
        return list(self._statements(rest=True))

    def _statements(self, *, rest: bool) -> Iterator[Statement]:
        customers, *others = self._tables.values()
        yield from customers.take(rest=True)  # what belongs to them refers to them
        for table in (*others, self._keys, self._figures, self._log):
            yield from table.take(rest=rest)
        if self._digests:
            last = self._next["entry"]
            first = last - len(self._digests) + 1
            yield "INSERT INTO digested (first, last, digests) VALUES (?, ?, ?)", (first, last, "".join(self._digests))
            self._digests.clear()

    def _one(self, number: int, staff: int | None, key: bytes, packed: bytes) -> None:
        values, emails, ids = unpack(packed)
        _, _, kind, status, *plain, _, consent, exempt, hold, created, archived, touched, name = values[:_BILLING]
        touched = touched or self._today
        self._add("customers", number, key, (
            number, kind, status or "active", *plain, staff, exempt or 0, hold or 0, consent, 0, created or self._at,
            archived, self._actor if archived else None, touched, name,
        ))  # fmt: skip
        self._figures.values += (number, touched)
        billing, delivery, note = values[_BILLING:_LABEL], values[_DELIVERY:_NOTE], values[_NOTE]
        if billing[5]:
            self._numbered("addresses", number, key, (number, "billing", 0, None, *billing))
        if delivery[5]:
            self._numbered("addresses", number, key, (number, "delivery", 1, values[_LABEL], *delivery))
        for pair in emails:
            self._numbered("billing_emails", number, key, (number, *pair))
        for pair in ids:
            self._numbered("external_ids", number, key, (*pair, number))
        if note:  # an import is no activity: its notes are of the day that the customer was last active
            self._numbered("notes", number, key, (number, "internal", "optional", 0, note, self._actor, touched))

    def _numbered(self, name: str, subject: int, key: bytes, values: Values) -> None:
        """Add a row under the next number of its table."""
        self._next[name] += 1
        self._add(name, subject, key, (self._next[name], *values))

    def _add(self, name: str, subject: int, key: bytes, row: Values) -> None:
        """Add a row and its two entries, the public and the personal one."""
        table = self._tables[name]
        table.values += row
        public, personal = table.images(row)
        number = row[0]
        entry = self._next["entry"] = self._next["entry"] + 2
        head = f"{self._change}, 'insert', '{name}', {number}, {subject}, None, None"
        said, kept = f"[{entry - 1}, {head}, {public!r}, 0]".encode(), f"[{entry}, {head}, {personal!r}, 1]".encode()
        self._digests += (
            blake2b(said, digest_size=16).hexdigest(),
            blake2b(kept, key=key, digest_size=16).hexdigest(),
        )
        self._log.values += (name, number, subject, public, 0, name, number, subject, personal, 1)
