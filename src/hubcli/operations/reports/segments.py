"""Customers by recency, frequency and monetary value: scores from 1 to 5 inside this shop, and eleven named groups.

A score is the fifth of the buyers that a customer falls in, 5 the best; who is equal has the same score. FM is the mean
of frequency and value, a half rounded up.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from hubcli.store import Hub

SEGMENTS = (
    "champions", "loyal", "active", "new", "promising", "needs-attention", "almost-lost", "at-risk",
    "previously-loyal", "dormant", "prospects",
)  # fmt: skip
GRID = {
    5: ("new", "active", "active", "champions", "champions"),
    4: ("promising", "active", "active", "loyal", "loyal"),
    3: ("almost-lost", "almost-lost", "needs-attention", "loyal", "loyal"),
    2: ("dormant", "dormant", "at-risk", "at-risk", "previously-loyal"),
    1: ("dormant", "dormant", "at-risk", "at-risk", "previously-loyal"),
}
"""For each recency score the groups of FM 1 to 5."""


class Scored(NamedTuple):
    """A customer with the scores; those without an order have none and are prospects."""

    number: int
    name: str
    last_order_on: str | None
    days: int | None
    orders: int
    spent: int
    r: int | None
    f: int | None
    m: int | None
    fm: int | None
    segment: str


def scored(hub: "Hub", day: str, made_by: str) -> list[Scored]:
    """Give every active customer, by name, scored by the orders up to a day; `made_by`: those made by that instant."""
    rows = list(hub.rows("report.buyers", {"day": day, "created_by": made_by}))
    buyers = [row for row in rows if row["orders"]]
    recency, frequency, value = (fifths([row[name] for row in buyers]) for name in ("last_order_on", "orders", "spent"))
    then = dt.date.fromisoformat(day)
    return [_scored(row, then, recency, frequency, value) for row in rows]


def _scored(
    row: Any, then: dt.date, recency: dict[Any, int], frequency: dict[Any, int], value: dict[Any, int]
) -> Scored:
    who = (row["number"], row["name"])
    if not row["orders"]:
        return Scored(*who, None, None, 0, 0, None, None, None, None, "prospects")
    r, f, m = recency[row["last_order_on"]], frequency[row["orders"]], value[row["spent"]]
    fm = (f + m + 1) // 2
    days = (then - dt.date.fromisoformat(row["last_order_on"])).days
    return Scored(*who, row["last_order_on"], days, row["orders"], row["spent"], r, f, m, fm, GRID[r][fm - 1])


def fifths(values: Sequence[Any]) -> dict[Any, int]:
    """Give the score of each value: by how many buyers are below it, so that equal ones share the lower fifth."""
    scores: dict[Any, int] = {}
    for below, value in enumerate(sorted(values)):
        scores.setdefault(value, below * 5 // len(values) + 1)
    return scores


def by_segment(found: Sequence[Scored]) -> list[tuple[Any, ...]]:
    """Give for each segment: customers, their share in basis points, mean days since the last order, orders, spent."""
    rows = []
    for segment in SEGMENTS:
        mine = [one for one in found if one.segment == segment]
        days = [one.days for one in mine if one.days is not None]
        mean = (2 * sum(days) + len(days)) // (2 * len(days)) if days else None
        share = (20_000 * len(mine) + len(found)) // (2 * len(found)) if found else 0
        rows.append((segment, len(mine), share, mean, sum(o.orders for o in mine), sum(o.spent for o in mine)))
    return rows
