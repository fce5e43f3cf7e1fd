"""Orders, payments and credit at size: what grows with the database and what must not."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path

from data import HUB, TODAY, Data, env, opened, plain
from hubcli.operations import aging
from hubcli.store import Hub
from measure import Row, clocked, compare, medians, process, processed, shown

FEW = 10_000
BY_HAND = """SELECT c.id, c.name, a.current, a.days_1_30, a.days_31_60, a.days_61_90, a.over_90, a.owed,
  (SELECT coalesce(sum(p.amount_cents), 0) FROM documents q CROSS JOIN payments p ON p.document_id = q.id
   WHERE q.customer_id = c.id AND q.ordered_on IS NULL AND p.status IN ('pending', 'confirmed')) AS deposits,
  (SELECT coalesce(sum(w.amount_cents), 0) FROM wallet_entries w WHERE w.customer_id = c.id) AS credit
FROM (
  SELECT customer_id, sum(CASE WHEN owed > 0 AND due >= :day THEN owed ELSE 0 END) AS current,
         sum(CASE WHEN owed > 0 AND due < :day AND due >= :day_30 THEN owed ELSE 0 END) AS days_1_30,
         sum(CASE WHEN owed > 0 AND due < :day_30 AND due >= :day_60 THEN owed ELSE 0 END) AS days_31_60,
         sum(CASE WHEN owed > 0 AND due < :day_60 AND due >= :day_90 THEN owed ELSE 0 END) AS days_61_90,
         sum(CASE WHEN owed > 0 AND due < :day_90 THEN owed ELSE 0 END) AS over_90, sum(owed) AS owed
  FROM (SELECT d.customer_id, CASE WHEN d.on_account = 0 THEN d.ordered_on ELSE d.due_on END AS due,
               d.charged_cents - d.paid_cents - d.pending_cents AS owed
        FROM documents d INDEXED BY orders_owing
        WHERE d.ordered_on IS NOT NULL AND d.status NOT IN ('draft', 'canceled')
          AND d.charged_cents <> d.paid_cents + d.pending_cents)
  GROUP BY customer_id) a
JOIN customers c ON c.id = a.customer_id ORDER BY c.sort_name, c.id"""


def money(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """Read and write money at `customers`, beside 10,000 or the query by hand."""
    small, large = data.shop(FEW), data.shop(customers)
    for words in (
        ("customers", "show", "C1234", "--json"),
        ("orders", "list", "--customer", "C1234"),
        ("orders", "list", "--limit", "50"),
        ("credit", "history", "C4"),
    ):
        yield compare(
            f"{' '.join(words)}, at {customers:,}",
            f"at {FEW:,}",
            processed([*HUB, *words], env(large)),
            processed([*HUB, *words], env(small)),
            rounds=rounds,
            bound=1.2,
        )
    yield _aging(large)
    yield from _paying(data, customers, rounds)
    yield _issuing(data, customers)


def _aging(path: Path) -> Row:
    with opened(path) as hub, closing(plain(path)) as conn:
        params = aging.parameters(TODAY, "all", None) | {"as_now": True}
        ours, theirs = _owed(list(hub.rows("aging.customers", params))), _owed(_by_hand(conn, params))
        if ours != theirs:
            raise SystemExit("aging: hub and the query by hand differ")
        mine, hand = clocked(lambda: list(hub.rows("aging.customers", params))), clocked(lambda: _by_hand(conn, params))
        what = f"aging over everything, {len(ours):,} who owe"
        return compare(what, "the query by hand", mine, hand, rounds=5, bound=2)


def _by_hand(conn: sqlite3.Connection, params: dict[str, object]) -> list[sqlite3.Row]:
    conn.row_factory = sqlite3.Row
    return conn.execute(BY_HAND, params).fetchall()


def _owed(rows: list[sqlite3.Row]) -> list[tuple[object, ...]]:
    names = ("days_1_30", "days_31_60", "days_61_90", "over_90", "owed", "deposits", "credit")
    return [tuple(row[name] for name in ("id" if "id" in row.keys() else "number", *names)) for row in rows]  # noqa: SIM118


def _paying(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """One payment at each size: the whole process, the commit on disk."""
    paths = [data.copy(size, f"paying-{size}") for size in (customers, FEW)]
    large, small = (_payer(path) for path in paths)
    yield compare(f"payments add, at {customers:,}", f"at {FEW:,}", large, small, rounds=rounds, bound=1.2)
    for path in paths:
        path.unlink()


def _issuing(data: Data, customers: int) -> Row:
    """Issue statements to everybody who owes, at each size; give the time that one statement takes of the run."""
    large, small = (_issued(data.copy(size, f"issuing-{size}")) for size in (customers, FEW))
    ours, theirs = medians([large, small], 1, warm=False)  # a second run would issue nothing
    return Row(
        f"a statement of a run, at {customers:,}", f"at {FEW:,}", shown(ours), shown(theirs), ours / theirs, 1.2, None
    )


def _issued(path: Path) -> Callable[[], float]:
    """Open credit lines for those who owe, then give what issues their statements; the copy is gone afterwards."""
    with opened(path) as hub:
        hub.change("benchmark", _open_lines, unlogged=True)

    def run() -> float:
        took = process([*HUB, "statements", "generate", "--month", "2025-05", "--yes", "--no-input"], env(path)).seconds
        with closing(plain(path)) as conn:
            made = conn.execute("SELECT count(*) FROM statements").fetchone()[0]
        path.unlink()
        return took / int(made)

    return run


def _open_lines(hub: Hub) -> None:
    hub.execute("DELETE FROM settings WHERE key = 'statements.enabled'")
    hub.insert("settings", {"key": "statements.enabled", "value": "on"})
    hub.execute(
        "INSERT INTO credit_lines (customer_id, limit_cents, terms_id) SELECT f.customer_id, 1000000, 2"
        " FROM customer_figures f JOIN customers c ON c.id = f.customer_id WHERE f.owed_cents > 0"
        " AND c.status = 'active' AND f.customer_id NOT IN (SELECT customer_id FROM credit_lines)"
    )


def _payer(path: Path) -> Callable[[], float]:
    with closing(plain(path)) as conn:
        orders = [row[0] for row in conn.execute(
            "SELECT id FROM documents INDEXED BY orders_owing WHERE ordered_on IS NOT NULL"
            " AND status NOT IN ('draft', 'canceled') AND charged_cents <> paid_cents + pending_cents"
            " AND charged_cents > paid_cents + pending_cents + 100 LIMIT 400"
        )]  # fmt: skip
    place = count()
    pay = ("--method", "cash", "--amount", "1.00", "--no-input", "--yes")
    return lambda: process([*HUB, "payments", "add", f"O{orders[next(place)]}", *pay], env(path)).seconds
