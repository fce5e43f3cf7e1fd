"""A printed sheet as plain values, before anybody draws it. What is not in it cannot be printed."""

from typing import NamedTuple

Pairs = tuple[tuple[str, str], ...]


class Table(NamedTuple):
    """A table: title and kind of each column; rows of text; `under` is small print of each row.

    A kind is text, long (it takes the room that the others leave), count or money (to the right, never broken).
    """

    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    under: tuple[str, ...] = ()

    def figures(self) -> tuple[bool, ...]:
        """Tell of each column whether it holds figures."""
        return tuple(kind in {"count", "money"} for _, kind in self.columns)


class House(NamedTuple):
    """What is the same on every sheet of a shop: its name and address, its picture, its last words."""

    lines: tuple[str, ...]
    logo: bytes | None = None
    closing: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """One printed document of any length.

    `to` are lines of an address; `facts` stand beside them; `sums` end with what counts; `notes` are paragraphs for
    the reader; `blanks` are filled in by hand. Money is text already.
    """

    title: str
    house: House
    to: tuple[str, ...]
    facts: Pairs
    tables: tuple[Table, ...] = ()
    sums: Pairs = ()
    notes: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    language: str = "en"

    def text(self) -> str:
        """Give everything that is printed, for finding the letters that a font lacks."""
        parts = [self.title, *self.house.lines, *self.house.closing, *self.to, *self.notes, *self.blanks]
        parts += [word for pair in (*self.facts, *self.sums) for word in pair]
        for table in self.tables:
            parts += [title for title, _ in table.columns]
            parts += [cell for row in table.rows for cell in row]
            parts += table.under
        return "\n".join(parts)
