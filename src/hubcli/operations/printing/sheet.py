"""A printed sheet as plain values, before anybody draws it. What is not in it cannot be printed."""

from typing import NamedTuple

Pairs = tuple[tuple[str, str], ...]


class Table(NamedTuple):
    """A table: title of each column and whether it holds figures; rows of text; `under` is small print of each row."""

    columns: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[str, ...], ...]
    under: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """One printed document of any length.

    `shop` and `to` are lines of an address; `facts` stand beside them; `sums` end with what counts; `notes` are
    paragraphs for the reader. Money is text already.
    """

    title: str
    shop: tuple[str, ...]
    to: tuple[str, ...]
    facts: Pairs
    tables: tuple[Table, ...] = ()
    sums: Pairs = ()
    notes: tuple[str, ...] = ()
    logo: bytes | None = None
    language: str = "en"

    def text(self) -> str:
        """Give everything that is printed, for finding the letters that a font lacks."""
        parts = [self.title, *self.shop, *self.to, *self.notes]
        parts += [word for pair in (*self.facts, *self.sums) for word in pair]
        for table in self.tables:
            parts += [title for title, _ in table.columns]
            parts += [cell for row in table.rows for cell in row]
            parts += table.under
        return "\n".join(parts)
