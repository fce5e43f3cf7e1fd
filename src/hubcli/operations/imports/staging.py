"""Puts the rows of a file into temporary tables before any lock is held: typed, with what is wrong told by line."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hubcli.importing import Mapper, Reject, Table
from hubcli.importing.typed import COLUMNS, Flaw, Flawed, Reader
from hubcli.operations.imports.report import Report
from hubcli.queries import find

if TYPE_CHECKING:
    from hubcli.store import Hub

CUSTOMER_TABLES = {
    "staged": "stage_customers", "staged_ids": "stage_ids", "staged_emails": "stage_emails",
    "staged_phones": "stage_phones", "staged_cells": "stage_cells", "owners": "stage_owners",
    "candidates": "stage_candidates", "verdicts": "stage_verdicts", "born": "stage_born",
    "managers": "stage_managers", "changed": "stage_changed",
}  # fmt: skip
BATCH = 5_000


def prepare(hub: "Hub", tables: dict[str, str]) -> None:
    """Make the temporary tables, empty; a bulk load needs more of the database at hand than other commands."""
    hub.stage("PRAGMA cache_size = -64000")
    for table, block in tables.items():
        hub.stage(find(f"imports.{block}"))
        hub.stage(f"DELETE FROM {table}")  # a name from the table above


def put(hub: "Hub", sql: str, rows: Sequence[Sequence[object]]) -> None:
    """Write rows to a temporary table, inside a change or outside."""
    if hub.writing:
        hub.executemany(sql, rows)
    elif rows:
        hub.stage(sql, iter(rows))


def _into(table: str, columns: int) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})"


class Stage:
    """Reads customers from a table into the temporary tables, batch by batch."""

    def __init__(self, hub: "Hub", reader: Reader, report: Report, *, keep_cells: bool) -> None:
        """`keep_cells` keeps the rows as they stand in the file, for the file of rejected ones."""
        self.hub = hub
        self.reader = reader
        self.report = report
        self.keep_cells = keep_cells
        self.unread: dict[int, list[str]] = {}
        self._waiting: dict[str, list[tuple[Any, ...]]] = {
            _into("staged", len(COLUMNS)): [],
            _into("staged_emails", 3): [],
            _into("staged_ids", 3): [],
            _into("staged_phones", 3): [],
            _into("staged_cells", 2): [],
        }

    def fill(self, table: Table, made: Mapper) -> None:
        """Stage every row that can be taken; report the others."""
        table.on_reject = self._unreadable
        read, keep = self.reader, self.keep_cells
        customers, emails, ids, numbers, raw = self._waiting.values()
        for line, cells in table:
            found = made(cells)
            if not found:
                continue
            if keep:
                raw.append((line, json.dumps(cells, ensure_ascii=False)))
            try:
                customer = read(line, found)
            except Flawed as error:
                self.report.reject(line, error.flaws)
                continue
            customers.append(customer.values)
            if customer.emails:
                emails += [(line, *pair) for pair in customer.emails]
            if customer.ids:
                ids += [(line, *pair) for pair in customer.ids]
            if customer.phones:
                numbers += [(line, key, key[-7:]) for key in customer.phones]
            if len(customers) >= BATCH:
                self._flush()
        self._flush()

    def _flush(self) -> None:
        for sql, rows in self._waiting.items():
            put(self.hub, sql, rows)
            rows.clear()

    def _unreadable(self, reject: Reject) -> None:
        self.report.reject(reject.line, [Flaw(reject.reason)])
        if self.keep_cells:
            self.unread[reject.line] = reject.cells
