"""The rows of the model shop, and how a change is kept, rolled back and taken back; plain Python, nothing of hub."""

from collections.abc import Iterator
from typing import Any

LEDGER = ("payment", "repayment", "refund", "return", "adjustment")
"""Kinds whose rows end when they are taken back, unless their document goes with them."""
INVOICED = ("invoiced", "due")
"""Fields of a document that taking back leaves alone."""


class RefusedError(Exception):
    """A rule forbids it; the text is the rule's slug."""


class Row:
    """A row: its kind, its number, its fields; `alive` is False while it is gone."""

    def __init__(self, kind: str, number: int, **fields: Any) -> None:
        self.kind = kind
        self.number = number
        self.alive = True
        self.fields = fields

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["fields"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __repr__(self) -> str:
        return f"{self.kind}{self.number}{'' if self.alive else ' gone'}"

    @property
    def stands(self) -> bool:
        """Tell whether a row of money still counts."""
        if self.kind in {"payment", "repayment"}:
            return self.alive and self.status in {"pending", "confirmed"}
        return self.alive and self.ended is None


class Change:
    """One change set: rows that were born or died in it, fields that were set, each with its value before and after."""

    def __init__(self) -> None:
        self.born: list[Row] = []
        self.after_birth: dict[Row, dict[str, Any]] = {}
        self.sets: dict[tuple[Row, str], list[Any]] = {}
        self.died: list[Row] = []
        self.revived: list[Row] = []

    def __bool__(self) -> bool:
        return bool(self.born or self.died or self.revived or any(a != b for a, b in self.sets.values()))


class Book:
    """Rows by kind, with a journal of each change."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {}
        self.now = Change()

    def all(self, kind: str, **fields: Any) -> Iterator[Row]:
        """Give the rows of a kind that are there and have these fields."""
        for row in self.rows.get(kind, ()):
            if row.alive and all(row.fields[name] == value for name, value in fields.items()):
                yield row

    def new(self, kind: str, **fields: Any) -> Row:
        """Add a row; numbers are given once."""
        rows = self.rows.setdefault(kind, [])
        row = Row(kind, len(rows) + 1, **fields)
        rows.append(row)
        self.now.born.append(row)
        return row

    def put(self, row: Row, **fields: Any) -> None:
        """Set fields of a row."""
        for name, value in fields.items():
            old = row.fields[name]
            if old != value:
                self.now.sets.setdefault((row, name), [old, old])[1] = value
                row.fields[name] = value

    def commit(self) -> Change:
        """End a change; give it."""
        done, self.now = self.now, Change()
        done.after_birth = {row: dict(row.fields) for row in (*done.born, *done.revived)}
        done.sets = {key: pair for key, pair in done.sets.items() if key[0] not in done.after_birth}
        return done

    def rollback(self) -> None:
        """Leave everything as it was before the change."""
        for (row, name), (before, _) in self.now.sets.items():
            row.fields[name] = before
        for row in self.now.died:
            row.alive = True
        for row in self.now.revived:
            row.alive = False
        for row in reversed(self.now.born):
            self.rows[row.kind].remove(row)
        self.now = Change()

    # -------------------------------------------------------------------------------------------------- taking back

    def take_back(self, change: Change) -> None:
        """Take a change back inside a new one, or raise RefusedError with what stands in the way."""
        whole = {row for row in change.born if row.kind == "document"}
        entries = [row for row in change.born if row.kind == "entry"]
        ends, goes = [], []
        for row in change.born:
            if not row.alive or row.kind == "entry":
                continue
            if row.kind in LEDGER and row.document not in whole:
                if row.stands:
                    self._unchanged(row, change)
                    ends.append(row)
            else:
                self._unchanged(row, change)
                if row.kind == "document" and row.invoiced is not None:
                    raise RefusedError("undo_conflict")
                goes.append(row)
        back, exempt = self._fields_back(change)
        comes = [row for row in change.died if not row.alive]
        for row in change.revived:
            if row.alive:
                self._unchanged(row, change)
                goes.append(row)
        self._nothing_stands_on(ends, goes)
        if not (ends or goes or back or comes or entries):
            raise RefusedError("undo_exempt" if exempt else "undo_done")
        self._apply(entries, ends, goes, comes, back)

    def _unchanged(self, row: Row, change: Change) -> None:
        if row.fields != change.after_birth[row]:
            raise RefusedError("undo_conflict")

    def _fields_back(self, change: Change) -> tuple[list[tuple[Row, str, Any]], bool]:
        back, exempt = [], False
        for (row, name), (before, after) in change.sets.items():
            if row.fields[name] == before and row.alive:
                continue
            if row.kind == "document" and name in INVOICED:
                exempt = True
            elif not row.alive or row.fields[name] != after:
                raise RefusedError("undo_conflict")
            else:
                back.append((row, name, before))
        return back, exempt

    def _nothing_stands_on(self, ends: list[Row], goes: list[Row]) -> None:
        """Raise where rows that stay refer to rows that would go, or count money that would end."""
        mine = {*ends, *goes}
        for kind in (*LEDGER, "entry", "item", "service"):
            for row in self.all(kind):
                stays = row not in mine or kind == "entry"
                if stays and any(row.fields.get(name) in goes for name in ("document", "item", "payment")):
                    raise RefusedError("undo_conflict")
                if kind == "return" and stays and any(part.service in goes for part in row.parts):
                    raise RefusedError("undo_conflict")
                if kind in {"refund", "repayment"} and row.stands and row not in mine and row.payment in ends:
                    raise RefusedError("undo_conflict")

    def _apply(
        self, entries: list[Row], ends: list[Row], goes: list[Row], comes: list[Row], back: list[tuple[Row, str, Any]]
    ) -> None:
        standing = [entry for entry in entries if self.counts(entry)]
        for entry in sorted(standing, key=lambda row: -self.last_of(row).cents, reverse=True):
            self.reverse(entry)
        for row in ends:
            if row.kind in {"payment", "repayment"}:
                self.put(row, status="void", ended=self.today)
            else:
                self.put(row, ended=self.today)
        for row in goes:
            row.alive = False
            self.now.died.append(row)
        for row in comes:
            row.alive = True
            self.now.revived.append(row)
        for row, name, before in back:
            self.put(row, **{name: before})
        self.check_taken_back()

    def check_taken_back(self) -> None:
        """Raise RefusedError for what no rows may come to, however they came to it."""

    today = ""

    # ----------------------------------------------------------------------------------------------- customer credit

    def credit(self, customer: Row) -> int:
        """Give the customer credit of a customer."""
        return sum(row.cents for row in self.all("entry", customer=customer))

    def enter(
        self, customer: Row, cents: int, kind: str, document: Row | None = None, reverses: Row | None = None
    ) -> Row:
        """Add an entry to the customer credit; raise wallet_below_zero."""
        if self.credit(customer) + cents < 0:
            raise RefusedError("wallet_below_zero")
        return self.new("entry", customer=customer, cents=cents, type=kind, document=document, reverses=reverses)

    def last_of(self, entry: Row) -> Row:
        """Give the last of the entries that reverse this one, one the other; the entry itself where none does."""
        later = next((row for row in self.all("entry") if row.reverses is entry), None)
        return entry if later is None else self.last_of(later)

    def counts(self, entry: Row) -> bool:
        """Tell whether an entry still counts: it was reversed as often as it was reinstated."""
        later = next((row for row in self.all("entry") if row.reverses is entry), None)
        return later is None or not self.counts(later)

    def reverse(self, entry: Row) -> None:
        """Bring what an entry did back to nothing."""
        last = self.last_of(entry)
        self.enter(entry.customer, -last.cents, "void", entry.document, last)
