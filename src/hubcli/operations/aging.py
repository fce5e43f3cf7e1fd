"""Aging: what is owed by how long it is past due, as of any day; its rows must come to what is owed."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

BALANCES = ("all", "order", "credit-line")
BUCKETS = ("not_due", "current", "days_1_30", "days_31_60", "days_61_90", "over_90", "unapplied", "disputed")
FILTERS = ("past_due", "salesperson", "class", "location", "search", "delivery")
"""Parameters that leave part of the rows: what is owed in all is then checked beside them."""


def parameters(day: str, balance: str, customer: int | None, known_at: str | None = None) -> dict[str, object]:
    """Give what the blocks of aging take: the day with the ends of the buckets, and which balances are asked for.

    `known_at` is only told in the rows; operations.reports.known takes the rows back to that instant.
    """
    then = dt.date.fromisoformat(day)
    return {
        "day": day,
        **{f"day_{n}": (then - dt.timedelta(days=n)).isoformat() for n in (30, 60, 90)},
        "kind": None if balance == "all" else balance,
        "customer": customer,
        "known_at": known_at,
    }


def past_due(day: str, days: int) -> str:
    """Give the latest due day of what is at least so many days past due."""
    return (dt.date.fromisoformat(day) - dt.timedelta(days=max(days, 1))).isoformat()


def rows(hub: "Hub", block: str, params: Mapping[str, object], order: str | None) -> list[Any]:
    """Give the rows of `aging.customers` or `aging.documents`, checked; raise aging_apart when they do not add up."""
    params = {**params, "as_now": as_now(hub, params)}
    found = list(hub.rows(block, params, order))
    if any(params.get(name) for name in FILTERS):
        row = hub.one("aging.sum", params)
        check(found, None)
        _same(row["owed"] if row else 0, owed(hub, params))
    else:
        check(found, owed(hub, params))
    return found


def check(found: Sequence[Any], total: int | None) -> None:
    """Raise aging_apart unless the buckets of each row add up to what it owes, and the rows to what is owed."""
    for row in found:
        _same(sum(row[name] for name in BUCKETS), row["owed"])
    if total is not None:
        _same(sum(row["owed"] for row in found), total)


def _same(added: int, total: int) -> None:
    if added != total:
        raise HubError("aging_apart", rows=money.show(added), owed=money.show(total))


def as_now(hub: "Hub", params: Mapping[str, object]) -> bool:
    """Tell whether what is kept now is what was so on the day, as it was known: nothing is dated after it."""
    return params.get("known_at") is None and hub.one("aging.since", params) is None


def owed(hub: "Hub", params: Mapping[str, object]) -> int:
    """Give what was owed on the day, found in another way than the rows are: kept figures, or dated rows added up.

    Kept figures say it where they are those of the day.
    """
    then = hub.one("aging.owed_now" if as_now(hub, params) else "aging.owed_then", params)
    if then is None:
        return 0
    parts = {"order": then["orders"], "credit-line": then["draws"]}
    return int(sum(cents for kind, cents in parts.items() if params["kind"] in {None, kind}))


def by_customer(hub: "Hub", day: str, customer: int | None, known_at: str | None = None) -> dict[int, int]:
    """Give what each customer owed on the day, checked as the report is."""
    params = parameters(day, "all", customer, known_at)
    return {row["number"]: row["owed"] for row in rows(hub, "aging.customers", params, None)}


def totals(found: Sequence[Any]) -> Iterator[tuple[str, int]]:
    """Give each bucket with its sum, and what is owed in all."""
    for name in (*BUCKETS, "owed"):
        yield name, sum(row[name] for row in found)
