"""Money taken and given back: added up by method, and by place, method and clerk for the till."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.operations.payments import methods

if TYPE_CHECKING:
    from hubcli.store import Hub


class Sums(NamedTuple):
    """What was taken by one method (or place, method and clerk): how many, and cents.

    `taken` counts what was reversed since; `reversed` is that. Fee and net are None where no fee is known.
    """

    payments: int
    taken: int
    fee: int | None
    net: int | None
    refunded: int
    reversed: int
    pending: int


def rows(hub: "Hub", params: Mapping[str, object], order: str | None = None) -> list[Any]:
    """Give every payment, repayment and surplus of the period, reversals below zero."""
    return list(hub.rows("report.payments", params, order))


def by(hub: "Hub", params: Mapping[str, object], *keys: str) -> dict[tuple[Any, ...], Sums]:
    """Give sums by method, or by several of location, method and recorded_by; money first, then what is none."""
    taken: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    back: dict[tuple[Any, ...], int] = defaultdict(int)
    for row in rows(hub, params):
        taken[tuple(row[key] for key in keys)].append(row)
    for row in hub.rows("report.paid_out", params):
        back[tuple(row[key] for key in keys)] += row["cents"]
    at = keys.index("method")

    def rank(key: tuple[Any, ...]) -> tuple[Any, ...]:
        return key[at] in methods.NOT_MONEY, *(part or "" for part in key)

    return {key: _sums(taken.get(key, ()), back.get(key, 0)) for key in sorted({*taken, *back}, key=rank)}


def _sums(found: Sequence[Any], refunded: int) -> Sums:
    came = [row for row in found if row["gross"] > 0]
    total = sum(row["gross"] for row in came)
    fees = [row["fee"] for row in came if row["fee"] is not None]
    fee = sum(fees) if fees else None
    return Sums(
        payments=len(came), taken=total, fee=fee, net=None if fee is None else total - fee, refunded=refunded,
        reversed=-sum(row["gross"] for row in found if row["gross"] < 0),
        pending=sum(row["gross"] for row in came if row["status"] == "pending"),
    )  # fmt: skip
