"""Searches inside the process, each filter alone and all together, beside the query that an expert writes by hand."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from typing import Any, NamedTuple

from data import Data, opened, plain
from hubcli import search
from hubcli.commands.customers.find import LIST
from hubcli.listing import order_by
from hubcli.operations.customers import duplicates as twins
from hubcli.store import Hub
from measure import Row, clocked, compare

WANTED = 50
PHONES = "SELECT mobile_key, id FROM customers WHERE mobile_tail IS NOT NULL ORDER BY mobile_tail"
COLUMNS = """SELECT c.id, c.name, c.kind, c.type, c.source, f.stage, c.mobile_phone, c.email, b.zip, s.login,
  f.orders, f.lifetime_value_cents, f.last_order_on, c.status"""
BESIDE = """JOIN customer_figures f ON f.customer_id = c.id
LEFT JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing' LEFT JOIN staff s ON s.id = c.manager_id"""
BY_NAME = f"{COLUMNS} FROM customers c INDEXED BY customers_by_name CROSS {BESIDE} WHERE c.status = 'active' AND "
IN_ORDER = f" ORDER BY c.sort_name, c.id LIMIT {WANTED}"
BY_ZIP = f"""{COLUMNS} FROM addresses b CROSS JOIN customers c ON c.id = b.customer_id
CROSS JOIN customer_figures f ON f.customer_id = c.id LEFT JOIN staff s ON s.id = c.manager_id
WHERE b.kind = 'billing' AND b.zip_key = ? AND c.status = 'active'{IN_ORDER}"""
BY_TEXT = f"""{COLUMNS} FROM customer_search t CROSS JOIN customers c ON c.id = t.rowid {BESIDE}
WHERE t.folded LIKE ? AND c.status = 'active'"""
BY_PHONE = f"""{COLUMNS} FROM customers c CROSS {BESIDE} WHERE c.id IN (
  SELECT id FROM customers WHERE mobile_tail = ?1 UNION ALL SELECT id FROM customers WHERE home_tail = ?1
  UNION ALL SELECT id FROM customers WHERE alternate_tail = ?1)
  AND (c.mobile_key LIKE ?2 OR c.home_key LIKE ?2 OR c.alternate_key LIKE ?2) AND c.status = 'active'{IN_ORDER}"""
ORDERED = """EXISTS (SELECT 1 FROM documents d WHERE d.customer_id = c.id AND d.ordered_on BETWEEN ? AND ?
  AND d.status <> 'draft')"""
SOME = "c.type = ? AND c.source = ? AND f.stage = ? AND c.kind = ?"
BY_VALUE = f"""{COLUMNS}
FROM customer_figures f INDEXED BY figures_by_value CROSS JOIN customers c ON c.id = f.customer_id
LEFT JOIN addresses b ON b.customer_id = c.id AND b.kind = 'billing' LEFT JOIN staff s ON s.id = c.manager_id
WHERE c.status = 'active' ORDER BY f.lifetime_value_cents DESC, c.id LIMIT {WANTED}"""


class Case(NamedTuple):
    """One search: hub's parameters, the statement by hand with its values, hub's order where it is not by name."""

    what: str
    params: Mapping[str, object]
    by_hand: str
    values: Sequence[object]
    sort: str | None = None


def cases(conn: sqlite3.Connection) -> list[Case]:
    """Give the searches; a ZIP and a phone that a usual number of customers have are looked up first."""
    zip_code = conn.execute(
        "SELECT zip_key FROM addresses WHERE kind = 'billing' GROUP BY 1 ORDER BY abs(count(*) - 500), 1 LIMIT 1"
    ).fetchone()[0]
    phone = conn.execute("SELECT mobile_key FROM customers WHERE mobile_key LIKE '+1%' LIMIT 1 OFFSET 4000").fetchone()[
        0
    ]
    number, month = phone.removeprefix("+1"), ("2025-05-01", "2025-05-31")
    some = {"type": ["luxury"], "source": ["website"], "stage": ["repeat"], "kind": ["individual"]}
    ordered = {"ordered_from": [month[0]], "ordered_to": [month[1]]}
    together = {**search.text_params("son"), **some, "zip": ["60614"]}
    return [
        Case("text", search.text_params("mendoza"), BY_TEXT + IN_ORDER, ["%mendoza%"]),
        Case("ZIP, some 500 have it", {"zip": [zip_code]}, BY_ZIP, [zip_code]),
        Case("ZIP, every tenth has it", {"zip": ["60614"]}, BY_NAME + "b.zip_key = ?" + IN_ORDER, ["60614"]),
        Case("phone", {"phone": [f"%{number}"], "phone_tail": [number[-7:]]}, BY_PHONE, [number[-7:], f"%{number}"]),
        Case("type", {"type": ["luxury"]}, BY_NAME + "c.type = ?" + IN_ORDER, ["luxury"]),
        Case("source", {"source": ["website"]}, BY_NAME + "c.source = ?" + IN_ORDER, ["website"]),
        Case("stage", {"stage": ["first-time"]}, BY_NAME + "f.stage = ?" + IN_ORDER, ["first-time"]),
        Case("kind", {"kind": ["company"]}, BY_NAME + "c.kind = ?" + IN_ORDER, ["company"]),
        Case("manager", {"manager": [3]}, BY_NAME + "c.manager_id = ?" + IN_ORDER, [3]),
        Case("ordered in a month", ordered, BY_NAME + ORDERED + IN_ORDER, month),
        Case("highest lifetime value", {}, BY_VALUE, [], "-lifetime_value"),
        Case(
            "all together",
            {**together, **ordered},
            f"{BY_TEXT} AND {SOME} AND b.zip_key = ? AND {ORDERED}{IN_ORDER}",
            ["%son%", "luxury", "website", "repeat", "individual", "60614", *month],
        ),
    ]


def reads(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """Each filter alone and all together; then text search against the scan that it spares."""
    path = data.shop(customers)
    with opened(path) as hub, closing(plain(path)) as conn:
        for case in cases(conn):
            ours, by_hand = hubs(hub, case), hands(conn, case)
            _same(case.what, ours(), by_hand())
            yield compare(
                f"search by {case.what}",
                "the query by hand",
                clocked(ours),
                clocked(by_hand),
                rounds=rounds,
                bound=2,
                goal=1.2,
            )
        text = hubs(hub, Case("", search.text_params("mendoza"), "", []))
        like = "SELECT id FROM customers WHERE name LIKE ?1 OR company_name LIKE ?1 OR email LIKE ?1"
        scan = clocked(lambda: conn.execute(like, ["%mendoza%"]).fetchall())
        yield compare("text search", "LIKE '%x%' over all", clocked(text), scan, rounds=5, bound=0.02, goal=0.005)


def duplicates(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """Every possible duplicate among all customers, beside reading their mobile numbers in the order of the index."""
    path = data.shop(customers)
    with opened(path) as hub, closing(plain(path)) as conn:
        yield compare(
            f"duplicates among all {customers:,}",
            "one scan of phones in order",
            clocked(lambda: twins.find(hub, status=["active"])),
            clocked(lambda: deque(conn.execute(PHONES), maxlen=0)),
            rounds=min(rounds, 3),
            bound=8,
            goal=5,
        )


def hubs(hub: Hub, case: Case) -> Callable[[], list[Any]]:
    """Give hub's way of a search: what `customers search` does between its options and its output."""
    params: dict[str, object] = {"status": ["active"], "narrow": False, **case.params}

    def take() -> list[Any]:
        fitted = search.narrowed(hub, params, case.sort, few=True) | {"first": WANTED}
        return list(islice(hub.rows("customers.search", fitted, order_by(case.sort, LIST)), WANTED))

    return take


def hands(conn: sqlite3.Connection, case: Case) -> Callable[[], list[Any]]:
    """Give the way by hand."""
    return lambda: conn.execute(case.by_hand, case.values).fetchall()


def _same(what: str, ours: Sequence[Any], by_hand: Sequence[Any]) -> None:
    """Make sure that both found the same customers in the same order."""
    if [row[0] for row in ours] != [row[0] for row in by_hand]:
        raise SystemExit(f"search by {what}: hub and the query by hand differ")
