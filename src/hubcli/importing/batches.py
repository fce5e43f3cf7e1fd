"""Types a file batch by batch: rows of cells become rows for the staging tables, or are told with what is wrong."""

import marshal
from collections.abc import Sequence
from typing import Any, NamedTuple

from hubcli.importing.delimited import Row, Unread, read_lines
from hubcli.importing.mapping import Mapper
from hubcli.importing.quick import FIELDS, Quick, in_order
from hubcli.importing.shelf import Shelf
from hubcli.importing.typed import COLUMNS, Customer, Flaw, Flawed, Reader

Packed = tuple[tuple[Any, ...], list[tuple[str, str]], list[tuple[str, str]]]
"""All that a row holds: its values in the order of typed.COLUMNS, its billing e-mails, its other systems' numbers."""

NULL = float("nan")
"""Absent, for a statement that is handed very many values: Python's module looks for an adapter of every None."""
_BILLING, _DELIVERY, _NOTE = map(COLUMNS.index, ("billing_country", "delivery_country", "note"))


class Batch(NamedTuple):
    """What some rows came to: rows of `staged` and of `staged_ids`, (line, flaws) of the others, doubts by line."""

    staged: list[tuple[Any, ...]]
    ids: list[tuple[Any, ...]]
    flawed: list[tuple[int, list[tuple[str, str]]]]
    doubts: list[tuple[int, tuple[str, str]]]


class Typist:
    """Types batches; `country`, `today`, `at` and `zone` are those of typed.Reader."""

    def __init__(self, made: Mapper, shelf: Shelf, country: str, today: str, at: str, zone: str | None) -> None:
        """Map the cells of one file by `made`; put what rows hold on the shelf."""
        self._map = made
        self.shelf = shelf
        self._doubts: list[tuple[int, tuple[str, str]]] = []
        self._pick = made.picker(FIELDS)
        self._quick = Quick(country, today, at, zone)
        self._read = Reader(country, today, at, zone, self._doubt)

    def _doubt(self, line: int, flaw: Flaw) -> None:
        self._doubts.append((line, tuple(flaw)))  # type: ignore[arg-type]  # a plain pair, so that it can be marshalled

    def _typed(self, line: int, cells: list[str]) -> Customer | None:
        """Type one row, None where it has no value; raise Flawed."""
        if self._pick and (customer := self._quick(line, self._pick(cells))):
            return customer
        found = self._map(cells)
        quickly = None if self._pick else self._quick(line, in_order(found))
        return quickly or (self._read(line, found) if found else None)

    def __call__(self, given: Sequence[Row] | Unread) -> Batch:
        """Type some rows; those without any value are left out."""
        batch = Batch([], [], [], [])

        def refuse(line: int, reason: str, _: list[str]) -> None:
            batch.flawed.append((line, [tuple(Flaw(reason))]))  # type: ignore[list-item]  # so that it can be marshalled

        rows = read_lines(given, refuse) if isinstance(given, tuple) else given
        self._doubts = batch.doubts
        staged, ids, packed = [], batch.ids, []
        left = self._map.left if self._map.leaves else None
        for line, cells in rows:
            if left and (doubt := left(cells)):
                batch.doubts.append((line, doubt))
                continue
            try:
                customer = self._typed(line, cells)
            except Flawed as error:
                batch.flawed.append((line, [tuple(flaw) for flaw in error.flaws]))  # type: ignore[misc]  # likewise
                continue
            if customer is None:
                continue
            _, values, emails, others = customer
            addresses = (values[_BILLING] is not None) + (values[_DELIVERY] is not None)
            brings = (addresses, len(emails), len(others), int(values[_NOTE] is not None))
            keys = [NULL if key is None else key for key in customer.keys]
            staged.append((*keys, *brings))
            packed.append(marshal.dumps((values, emails, others)))
            if others:
                ids += [(line, *pair) for pair in others]
        shelved = self.shelf.put(packed)
        batch.staged.extend((*row, number) for row, number in zip(staged, shelved, strict=True))
        return batch


def unpack(packed: bytes) -> Packed:
    """Give all that a row holds."""
    found: Packed = marshal.loads(packed)  # noqa: S302  # packed by this process or one that it started
    return found
