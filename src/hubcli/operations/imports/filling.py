"""Fills tables with many rows: values come in any number, and go in by statements of always the same number of rows."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hubcli.store import Hub

ROWS = 100
"""So many rows to a statement: each statement has its price, and one that is too long is slow again."""


class Filling:
    """Inserts rows into one table inside a change."""

    def __init__(
        self, hub: "Hub", table: str, columns: Sequence[str], fixed: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Take rows of `columns`; the columns of `fixed` have the same SQL literal in every row."""
        self._hub = hub
        self._width = len(columns)
        self._head = f"INSERT INTO {table} ({', '.join([*fixed, *columns])}) VALUES "
        self._marks = f"({', '.join([*fixed.values(), *'?' * self._width])})"
        self._whole = self._statement(ROWS)
        self._waiting: list[Any] = []

    def _statement(self, rows: int) -> str:
        return self._head + ", ".join([self._marks] * rows)

    def add(self, values: Iterable[Any]) -> None:
        """Insert rows, given as one value after the other; those of too few rows for a statement wait."""
        self._waiting += values
        size = ROWS * self._width
        whole = len(self._waiting) // size * size
        for at in range(0, whole, size):
            self._hub.execute(self._whole, self._waiting[at : at + size])
        del self._waiting[:whole]

    def rest(self) -> None:
        """Insert the rows that wait."""
        if self._waiting:
            self._hub.execute(self._statement(len(self._waiting) // self._width), self._waiting)
            self._waiting = []
