"""Aging: what is owed by how long it is past due, as of any day; its rows must come to what is owed."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

BALANCES = ("all", "order", "credit-line")
BUCKETS = ("not_due", "current", "days_1_30", "days_31_60", "days_61_90", "over_90", "unapplied")


def parameters(day: str, balance: str, customer: int | None) -> dict[str, object]:
    """Give what the blocks of aging take: the day with the ends of the buckets, and which balances are asked for."""
    then = dt.date.fromisoformat(day)
    return {
        "day": day,
        **{f"day_{n}": (then - dt.timedelta(days=n)).isoformat() for n in (30, 60, 90)},
        "kind": None if balance == "all" else balance,
        "customer": customer,
    }


def rows(hub: "Hub", block: str, params: dict[str, object], order: str | None) -> list[Any]:
    """Give the rows of `aging.customers` or `aging.documents`, checked; raise aging_apart when they do not add up."""
    found = list(hub.rows(block, params, order))
    check(found, owed(hub, params))
    return found


def check(found: Sequence[Any], total: int) -> None:
    """Raise aging_apart unless the buckets of each row add up to what it owes, and the rows to what is owed."""
    for row in found:
        if sum(row[name] for name in BUCKETS) != row["owed"]:
            raise HubError("aging_apart", rows=money.show(sum(row[n] for n in BUCKETS)), owed=money.show(row["owed"]))
    added = sum(row["owed"] for row in found)
    if added != total:
        raise HubError("aging_apart", rows=money.show(added), owed=money.show(total))


def owed(hub: "Hub", params: dict[str, object]) -> int:
    """Give what was owed on the day, found in another way than the rows are: kept figures today, dated rows before."""
    today = str(params["day"]) >= hub.day.today
    then = hub.one("aging.owed_now" if today else "aging.owed_then", params)
    if then is None:
        return 0
    parts = {"order": then["orders"], "credit-line": then["draws"]}
    return int(sum(cents for kind, cents in parts.items() if params["kind"] in {None, kind}))


def totals(found: Sequence[Any]) -> Iterator[tuple[str, int]]:
    """Give each bucket with its sum, and what is owed in all."""
    for name in (*BUCKETS, "owed"):
        yield name, sum(row[name] for row in found)
