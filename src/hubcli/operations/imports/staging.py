"""Puts the rows of a file into temporary tables before any lock is held: typed, with what is wrong told by line."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from hubcli.importing import Reject, Table, workers
from hubcli.importing.batches import Typist
from hubcli.importing.delimited import Row, Unread
from hubcli.importing.typed import COLUMNS, KEYS, Flaw
from hubcli.operations.imports.report import Report
from hubcli.queries import find

if TYPE_CHECKING:
    from hubcli.store import Hub

CUSTOMER_TABLES = {
    "staged": "stage_customers", "known": "stage_known", "staged_ids": "stage_ids", "staged_emails": "stage_emails",
    "staged_phones": "stage_phones", "staged_cells": "stage_cells", "owners": "stage_owners",
    "candidates": "stage_candidates", "verdicts": "stage_verdicts", "born": "stage_born",
    "managers": "stage_managers", "changed": "stage_changed", "digested": "stage_digested",
}  # fmt: skip
BATCH = 500
"""So many rows at once: few enough to stay in the processor's memory from their reading to their storing."""


def prepare(hub: "Hub", tables: dict[str, str]) -> None:
    """Make the temporary tables, empty; a bulk load needs more of the database at hand than other commands."""
    hub.stage("PRAGMA main.cache_size = -192000")
    hub.stage("PRAGMA temp.cache_size = -96000")
    for table, block in tables.items():
        hub.stage(find(f"imports.{block}"))
        hub.stage(f"DELETE FROM {table}")  # a name from the table above


def put(hub: "Hub", sql: str, rows: Sequence[Sequence[object]]) -> None:
    """Write rows to a temporary table, inside a change or outside."""
    if hub.writing:
        hub.executemany(sql, rows)
    elif rows:
        hub.stage(sql, iter(rows))


def into(table: str, columns: int) -> str:
    """Give the statement that fills a temporary table."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


STAGED, KNOWN = into("staged", len(KEYS) + 5), into("known", len(COLUMNS))
IDS, EMAILS, CELLS = into("staged_ids", 3), into("staged_emails", 3), into("staged_cells", 2)


class Stage:
    """Reads customers from a table into the temporary tables, batch by batch."""

    def __init__(self, hub: "Hub", typist: Typist, report: Report, *, keep_cells: bool) -> None:
        """`keep_cells` keeps the rows as they stand in the file, for the file of rejected ones.

        `aside`, where it is set, is given every batch of rows too, before they are typed.
        """
        self.hub = hub
        self.typist = typist
        self.report = report
        self.keep_cells = keep_cells
        self.unread: dict[int, list[str]] = {}
        self.aside: Callable[[list[Row]], None] | None = None

    def fill(self, table: Table) -> None:
        """Stage every row that can be taken; report the others."""
        table.on_reject = self._unreadable
        for staged, ids, flawed, doubts in workers.each(self.typist, self._batches(table)):
            put(self.hub, STAGED, staged)
            put(self.hub, IDS, ids)
            for line, flaws in flawed:
                self.report.reject(line, [Flaw(*flaw) for flaw in flaws])
            for line, flaw in doubts:
                self.report.warn(line, Flaw(*flaw))

    def _batches(self, table: Table) -> Iterator[list[Row] | Unread]:
        if not self.keep_cells and self.aside is None:
            yield from table.unread(BATCH)
            return
        for batch in table.batches(BATCH):
            if self.keep_cells:
                put(self.hub, CELLS, [(line, json.dumps(cells, ensure_ascii=False)) for line, cells in batch])
            if self.aside is not None:
                self.aside(batch)
            yield batch

    def _unreadable(self, reject: Reject) -> None:
        self.report.reject(reject.line, [Flaw(reject.reason)])
        if self.keep_cells:
            self.unread[reject.line] = reject.cells
