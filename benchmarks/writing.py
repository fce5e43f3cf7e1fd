"""Writes inside the process, beside the same SQL without a log: archive and undo of many, edit of one."""

import sqlite3
import statistics
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from itertools import count
from time import perf_counter

from data import TODAY, Data, opened, without_triggers
from hubcli.operations import stale, undo
from hubcli.store import Hub
from measure import Row, compare, shown

STALE = """SELECT f.customer_id FROM customer_figures f CROSS JOIN customers c ON c.id = f.customer_id
WHERE f.last_activity_on < ? AND c.status = 'active' AND f.credit_cents <= 0 AND NOT EXISTS (
  SELECT 1 FROM open_documents o WHERE o.customer_id = c.id AND (o.open_until IS NULL OR o.open_until >= ?))"""
ARCHIVE = f"UPDATE customers SET status = 'archived', archived_at = ?, archived_by = 'sam' WHERE id IN ({STALE})"


def archive(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """Archive some 30,000 stale customers in one change set, and take it back."""
    wanted = min(30_000, customers // 30)
    ours, raw = data.copy(customers, "archive"), data.copy(customers, "archive-raw")
    took: dict[str, list[float]] = {"archive": [], "raw": [], "undo": []}
    done = 0
    with opened(ours) as hub, closing(without_triggers(raw)) as conn:
        before = _before(conn, wanted)
        for _ in range(max(1, min(rounds, 3))):
            start = perf_counter()
            outcome = hub.change("customers archive", partial(stale.archive, before=before, expect_max=customers))
            took["archive"].append(perf_counter() - start)
            done, number = outcome.result.archived, int(outcome.change or 0)
            took["raw"].append(_raw_archive(conn, before))
            start = perf_counter()
            hub.change("undo", partial(undo.take_back, number=number), purpose="undo", undoes=number)
            took["undo"].append(perf_counter() - start)
    mine, theirs, back = (statistics.median(seconds) for seconds in took.values())
    what = f"archive {done:,} stale of {customers:,}"
    yield Row(what, "the same UPDATE, no log", shown(mine), shown(theirs), mine / theirs, 6, 4)
    yield Row("undo of it", "doing it", shown(back), shown(mine), back / mine, 1.5, 1)
    for path in (ours, raw):
        path.unlink()


def _before(conn: sqlite3.Connection, wanted: int) -> str:
    """Give the day before which so many customers were active last."""
    rows = conn.execute(
        f"SELECT last_activity_on FROM customer_figures WHERE customer_id IN ({STALE}) ORDER BY 1", ("9", TODAY)
    )
    return str(rows.fetchall()[wanted][0])


def _raw_archive(conn: sqlite3.Connection, before: str) -> float:
    start = perf_counter()
    conn.execute("BEGIN IMMEDIATE")
    conn.execute(ARCHIVE, (f"{TODAY}T12:00:00.000Z", before, TODAY))
    conn.execute("COMMIT")
    took = perf_counter() - start
    conn.execute(
        "UPDATE customers SET status = 'active', archived_at = NULL, archived_by = NULL WHERE archived_by = 'sam'"
    )
    return took


def edit(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """Edit a field of one customer, the commit on disk."""
    ours, raw = data.copy(customers, "edit"), data.copy(customers, "edit-raw")
    numbers = count(1000, 7)
    with opened(ours) as hub, closing(without_triggers(raw)) as conn:
        yield compare(
            "edit one customer",
            "the raw UPDATE",
            lambda: _edit(hub, next(numbers)),
            lambda: _raw_edit(conn, next(numbers)),
            rounds=rounds * 3,
            bound=1.5,
            goal=1.2,
        )
    for path in (ours, raw):
        with suppress(FileNotFoundError):
            path.unlink()


def _edit(hub: Hub, number: int) -> float:
    def work(h: Hub) -> None:
        h.update("customers", number, {"found_us": f"friend {number}", "touched_on": TODAY})

    start = perf_counter()
    hub.change("customers edit", work)
    return perf_counter() - start


def _raw_edit(conn: sqlite3.Connection, number: int) -> float:
    start = perf_counter()
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("UPDATE customers SET found_us = ?, touched_on = ? WHERE id = ?", (f"friend {number}", TODAY, number))
    conn.execute("COMMIT")
    return perf_counter() - start
