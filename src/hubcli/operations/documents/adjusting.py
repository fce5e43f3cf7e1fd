"""Takes money off an order while its goods stay: an allowance for a scratch, a late delivery, a promise."""

from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations.documents import base, delivery
from hubcli.operations.payments import refunds
from hubcli.values import money, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubcli.store import Hub


class Allowance(NamedTuple):
    """What is taken off: a line, cents with their tax, why, when; `to` is the way of money that is too much then."""

    line: int
    cents: int
    reason: str
    day: str
    to: str | None = None


def allow(hub: "Hub", row: Any, wanted: Allowance) -> "Sequence[refunds.Refunded]":
    """Take money off a line of an order, inside a change; give what was paid back.

    Raises not_an_order, document_closed, draft_order, no_such_line, before_order, above_line, money_needs_way when more
    was paid than is charged then, pending_above_owed.
    """
    ref = base.ref_of(row)
    _check(row, wanted.day)
    line = delivery.lines_of(hub, row["id"], [wanted.line])[0]
    left = min(_left(hub, row, line), row["charged_cents"])
    if wanted.cents > left:
        raise HubError("above_line", ref=ref, line=line["line"], model=text.visible(line["model"]), refs=(ref,),
                       amount=money.show(wanted.cents), left=money.show(left))  # fmt: skip
    _check_pending(row, int(row["charged_cents"]) - wanted.cents)
    hub.insert(
        "adjustments",
        {"customer_id": row["customer_id"], "document_id": row["id"], "line_id": line["id"], "kind": "allowance",
         "amount_cents": wanted.cents, "reason": wanted.reason, "adjusted_on": wanted.day, "recorded_at": hub.day.at},
    )  # fmt: skip
    over = int(row["paid_cents"]) - (int(row["charged_cents"]) - wanted.cents)
    return _give(hub, row, over, wanted) if over > 0 else ()


def _check(row: Any, day: str) -> None:
    ref = base.ref_of(row)
    if row["ordered_on"] is None:
        raise HubError("not_an_order", ref=ref, refs=(ref,))
    base.check_changeable(row)
    if row["status"] == "draft":
        raise HubError("draft_order", ref=ref)
    if day < row["ordered_on"]:
        raise HubError("before_order", ref=ref, day=row["ordered_on"], refs=(ref,))


def _check_pending(row: Any, charged: int) -> None:
    """Raise pending_above_owed where pending money would be more than what is owed once so much is charged."""
    due = max(0, charged - int(row["paid_cents"]))
    if row["pending_cents"] > due:
        ref = base.ref_of(row)
        pending = money.show(row["pending_cents"])
        raise HubError("pending_above_owed", ref=ref, pending=pending, due=money.show(due), refs=(ref,))


def _left(hub: "Hub", row: Any, line: Any) -> int:
    """Give what a line still costs: goods and services that were kept and their share of the tax, less allowances."""
    kept = line["quantity"] - line["returned_quantity"]
    services = [one for one in hub.rows("documents.services", {"id": row["id"]}) if one["line_id"] == line["id"]]
    goods = money.round_half_up(line["net_cents"] * kept, line["quantity"])
    whole = goods + sum(one["quantity"] * one["price_cents"] for one in services if not one["returned"])
    all_of_it = row["goods_cents"] + row["services_cents"]
    taxed = money.round_half_up(row["tax_cents"] * whole, all_of_it) if all_of_it else 0
    before = hub.one("documents.line_allowances", {"line": line["id"]})
    return int(whole + taxed - (before["cents"] if before else 0))


def _give(hub: "Hub", row: Any, over: int, wanted: Allowance) -> "Sequence[refunds.Refunded]":
    """Give back what was paid above what is charged now."""
    ref = base.ref_of(row)
    if wanted.to is None:
        raise HubError("money_needs_way", ref=ref, amount=money.show(over), refs=(ref,))
    return refunds.pay_out(hub, row["id"], over, refunds.Back(wanted.to, wanted.reason, wanted.day))
