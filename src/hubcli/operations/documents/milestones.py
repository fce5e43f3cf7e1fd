"""What an order has reached on its way through the workshop, and whether it is held there."""

from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations.documents import base

if TYPE_CHECKING:
    from hubcli.store import Hub

NAMES = (
    "payment-terms-met", "blanks-ordered", "blanks-received", "artwork-approved", "production-complete", "shipped",
)  # fmt: skip
"""The six milestones in their order."""
FOLLOWS = {
    "payment-terms-met": ("it is met once the money is there", "hub payments add {ref} …"),
    "shipped": ("it is reached when the order is shipped", "hub orders complete {ref}"),
}
"""Those that nobody sets, why, and what brings them about."""
STATES = (
    "on-hold", "pending", "awaiting-po", "awaiting-stock", "awaiting-artwork", "awaiting-processing",
    "awaiting-shipping", "shipped", "canceled",
)  # fmt: skip
"""The nine states in production; each but the first and the last two waits for a milestone."""


def reach(hub: "Hub", number: int, name: str, day: str) -> None:
    """Note that an order reached a milestone on a day, or on another day than was noted; inside a change.

    Raises milestone_follows, not_an_order, draft_order, document_closed, before_order.
    """
    row = _order(hub, number, name)
    if day < row["ordered_on"]:
        raise HubError("before_order", ref=base.ref_of(row), day=row["ordered_on"])
    there = hub.one("documents.milestone", {"id": number, "milestone": name})
    if there is None:
        hub.insert("milestones", {"document_id": number, "milestone": name, "reached_on": day})
    elif there["reached_on"] != day:
        hub.update("milestones", there["id"], {"reached_on": day})


def clear(hub: "Hub", number: int, name: str) -> None:
    """Take a milestone back, inside a change; one that was not reached is left alone."""
    _order(hub, number, name)
    if hub.one("documents.milestone", {"id": number, "milestone": name}) is not None:
        hub.run("documents.clear_milestone", {"id": number, "milestone": name})


def hold(hub: "Hub", number: int, *, on: bool) -> None:
    """Hold an order in production, or let it go on, inside a change."""
    row = _order(hub, number)
    if bool(row["production_hold"]) is not on:
        hub.update("documents", number, {"production_hold": int(on)})


def _order(hub: "Hub", number: int, name: str = "") -> Any:
    row = base.again(hub, number)
    ref = base.ref_of(row)
    if row["ordered_on"] is None:
        raise HubError("not_an_order", ref=ref, refs=(ref,))
    base.check_changeable(row)
    if row["status"] == "draft":
        raise HubError("draft_order", ref=ref)
    if name in FOLLOWS:
        why, how = FOLLOWS[name]
        raise HubError("milestone_follows", ref=ref, milestone=name, why=why, refs=(ref,), tries=(how.format(ref=ref),))
    return row
