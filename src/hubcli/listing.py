"""A list as it is asked for: its statement in the order of --sort, rows read when they are printed.

For CSV and TSV of very many rows the database makes the cells itself, where it has a block for that (`…_as_text`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli import queries
from hubcli.render import Column
from hubcli.render.columns import no_such_column

if TYPE_CHECKING:
    from hubcli.store import Hub

_KINDS = {
    "text": "plain", "long": "plain", "code": "plain", "phone": "plain", "date": "plain", "instant": "plain",
    "count": "plain", "ref": "plain", "money": "money", "bool": "bool", "list": "plain",
}  # fmt: skip
"""Blocks of cells.sql by kind of column; the other kinds are made in Python."""


class Query(NamedTuple):
    """A block with its filters, the columns it gives, and their order: where columns stand, and what they are called.

    `explain` is told the statement and its plan.
    """

    hub: "Hub"
    block: str
    params: Mapping[str, object]
    columns: Sequence[Column]
    order: str | None
    named_order: str | None
    explain: Callable[[str], None] | None

    def rows(self) -> Iterator[Any]:
        """Give the rows, from when the first is asked for."""
        return self._run(self.block, self.params, self.order, None)

    def as_text(self, places: Sequence[int]) -> Iterator[str] | None:
        """Give the rows as JSON arrays of the text of the cells at some places, lists as they are kept.

        None where Python has to make one of them.
        """
        made = cells([self.columns[place] for place in places])
        if made is None:
            return None
        rows = self._run(f"{self.block}_as_text", {**self.params, "as_text": True}, self.named_order, made)
        return (row[0] for row in rows)

    def _run(self, block: str, params: Mapping[str, object], order: str | None, made: str | None) -> Iterator[Any]:
        if self.explain is not None:
            for line in self.hub.explain(block, params, order, made):
                self.explain(line)
        yield from self.hub.rows(block, params, order, made)


def order_by(sort: str | None, columns: Sequence[Column], *, named: bool = False) -> str | None:
    """Give the ORDER BY of --sort, the first column last; raise bad_value for what is no column to sort by.

    It says where columns stand, or with `named` what they are called.
    """
    if sort is None:
        return None
    places = {column.name: place for place, column in enumerate(columns, 1) if column.kind not in {"object", "list"}}
    parts = []
    for word in sort.split(","):
        name = word.strip().removeprefix("-")
        if name not in places:
            raise no_such_column("--sort", word.strip(), places)
        falling = " DESC" if word.strip().startswith("-") else ""
        parts.append(f"{name if named else places[name]}{falling} NULLS LAST")
    return ", ".join([*parts, columns[0].name if named else "1"])


def arranged(sort: str | None, columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[Any]:
    """Give rows that no query put into the order of --sort in that order; None last, as SQL does it.

    Raises bad_value for what is no column to sort by.
    """
    order = order_by(sort, columns)
    if order is None:
        return iter(rows)
    found = list(rows)
    for part in reversed(order.split(", ")):
        place = int(part.split()[0]) - 1
        filled = [row for row in found if row[place] is not None]
        filled.sort(key=lambda row: (isinstance(row[place], str), row[place]), reverse="DESC" in part)
        found = filled + [row for row in found if row[place] is None]
    return iter(found)


def cells(columns: Sequence[Column]) -> str | None:
    """Give the SQL of a list of cells, from what the columns are called; None where Python has to make one of them."""
    kinds = ["prefixed" if column.prefix else _KINDS.get(column.kind, "") for column in columns]
    blocks = queries.blocks("cells")
    if not blocks.keys() >= {*kinds}:
        return None
    return "  " + ",\n  ".join(_cell(blocks[kind], column) for kind, column in zip(kinds, columns, strict=True))


def _cell(block: str, column: Column) -> str:
    return block.strip().replace("{prefix}", column.prefix).replace("{x}", column.name)
