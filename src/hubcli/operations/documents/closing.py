"""Ends and moves documents: extend, approve, decline, delete, cancel, move to another customer, milestones."""

from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations import belonging
from hubcli.operations.documents import base, becoming, writing
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

STEPS = {
    "draft": ("saved",),
    "saved": ("awaiting-payment", "awaiting-approval", "in-production"),
    "awaiting-approval": ("saved",),
    "awaiting-payment": ("saved", "in-production"),
}
"""Which status can be chosen by hand after which; in production only while the terms are met."""


def step(hub: "Hub", row: Any, status: str) -> str | None:
    """Give a document another commercial status by hand, inside a change; give a warning of the credit line, or None.

    Raises wrong_step, and what the credit line refuses of a draft on account that is saved.
    """
    if status == row["status"]:
        return None
    base.check_live(row)
    quote = row["ordered_on"] is None
    fits = status in STEPS.get(row["status"], ()) and status not in (
        ("awaiting-payment", "in-production") if quote else ("awaiting-approval",)
    )
    if not fits or (status == "in-production" and not becoming.terms_met(row)):
        raise HubError("wrong_step", ref=base.ref_of(row), status=row["status"], wanted=status)
    warning = None
    if row["on_account"] and row["status"] == "draft":
        warning = writing.within_credit(hub, row, row["charged_cents"] - base.received(row))
    hub.update("documents", row["id"], {"status": status})
    if not quote:
        becoming.settle(hub, row["id"])
    return warning


# ------------------------------------------------------------------------------------------------------------- quotes


def extend(hub: "Hub", row: Any, day: str) -> None:
    """Give a quote a new last day, inside a change; raise document_closed, customer_not_active."""
    base.check_changeable(row)
    base.check_live(row)
    if row["expires_on"] != day:
        hub.update("documents", row["id"], {"expires_on": day})


def approve(
    hub: "Hub", row: Any, terms: dict[str, Any] | None, *, override_hold: bool = False, override: bool = False
) -> str | None:
    """Make a quote an order without payment, inside a change; give a warning of the credit line, or None.

    `terms` are the columns of an order on account, which `override` lets above the line. Raises quote_expired,
    document_closed, spending_hold, and what the credit line refuses.
    """
    base.check_open_quote(hub, row)
    base.check_buyer(hub, row["customer_id"], override_hold=override_hold)
    warning = place_on_account(hub, row, terms, override=override) if terms else None
    row = becoming.become_order(hub, row["id"], "approved")
    if 0 < row["charged_cents"] <= becoming.confirmed(row):
        becoming.become_order(hub, row["id"], "covered")
    return warning


def place_on_account(hub: "Hub", row: Any, terms: dict[str, Any], *, override: bool = False) -> str | None:
    """Let a document be paid later, by the terms copied onto it; give a warning of the credit line, or None.

    Raises what the credit line refuses.
    """
    warning = None
    if not row["on_account"]:
        warning = writing.within_credit(hub, row, row["charged_cents"] - base.received(row), override=override)
    changed = {name: value for name, value in terms.items() if row[name] != value}
    if changed:
        hub.update("documents", row["id"], changed)
    return warning


def set_terms(hub: "Hub", row: Any, terms: dict[str, Any]) -> str | None:
    """Give an order other terms, or none; an unpaid invoice is due by the new ones; give a warning, or None."""
    base.check_changeable(row)
    warning = place_on_account(hub, row, terms) if terms["on_account"] else None
    if not terms["on_account"]:
        hub.update(
            "documents", row["id"], {name: v for name, v in terms.items() if row[name] != v} or {"on_account": 0}
        )
    row = base.again(hub, row["id"])
    if row["invoiced_on"] is not None and row["balance_cents"] > 0:
        from hubcli.operations import invoices

        hub.update("documents", row["id"], {"due_on": invoices.due_day(hub, row, row["invoiced_on"])})
    return warning


def decline(hub: "Hub", row: Any, status: str = "declined") -> None:
    """Decline a quote, or delete it softly, inside a change; raise holds_money while it holds a deposit."""
    base.check_changeable(row)
    if base.received(row):
        raise HubError(
            "holds_money", ref=base.ref_of(row), amount=money.show(base.received(row)), refs=(base.ref_of(row),)
        )
    hub.update("documents", row["id"], {"status": status})


def restore(hub: "Hub", row: Any, *, override_hold: bool = False) -> str | None:
    """Bring back a quote that was declined or deleted, or an order that was canceled; inside a change.

    What canceling took off is owed again: gives a warning of the credit line, or None. Raises not_restorable,
    customer_not_active, spending_hold, and what the credit line refuses.
    """
    quote = row["ordered_on"] is None
    closed = ("declined", "deleted") if quote else ("canceled",)
    if row["status"] not in closed:
        raise HubError("not_restorable", ref=base.ref_of(row), status=row["status"], wanted=" or ".join(closed))
    base.check_buyer(hub, row["customer_id"], override_hold=override_hold)
    if quote:
        hub.update("documents", row["id"], {"status": "saved"})
        return None
    taken_off = list(hub.rows("documents.cancellations", {"id": row["id"]}))
    warning = None
    if row["on_account"]:
        charged = row["charged_cents"] + sum(one["amount_cents"] for one in taken_off)
        warning = writing.within_credit(hub, row, charged - base.received(row))
    for one in taken_off:
        hub.update("adjustments", one["id"], {"ended_on": hub.day.today})
    hub.update("documents", row["id"], {"status": "saved", "canceled_on": None})
    if base.received(row):
        becoming.settle(hub, row["id"])
    return warning


# ------------------------------------------------------------------------------------------------------------- orders


def delete_draft(hub: "Hub", row: Any) -> None:
    """Delete a draft order with all its rows, inside a change; raise not_a_draft, holds_money."""
    if row["status"] != "draft":
        raise HubError("not_a_draft", ref=base.ref_of(row), status=row["status"], refs=(base.ref_of(row),))
    if base.received(row):
        raise HubError("holds_money", ref=base.ref_of(row), amount=money.show(base.received(row)))
    for block in ("serials", "services", "lines", "ids", "notes", "milestones"):
        hub.run(f"documents.remove_draft_{block}", {"id": row["id"]})
    hub.run("documents.remove_draft", {"id": row["id"]})


def check_cancel(hub: "Hub", row: Any) -> None:
    """Raise unless an order may be canceled: document_closed, order_delivered."""
    base.check_changeable(row)
    lines = hub.rows("documents.lines", {"id": row["id"]})
    if row["status"] == "shipped" or any(line["delivery_status"] == "delivered" for line in lines):
        raise HubError("order_delivered", ref=base.ref_of(row), refs=(base.ref_of(row),))


def cancel(hub: "Hub", row: Any, reason: str, keep: int) -> None:
    """Cancel an order, inside a change: what is charged becomes `keep` cents, a fee, and nobody visits for it any more.

    Money above the fee must have been given back before: order_holds_money.
    """
    row = base.again(hub, row["id"])
    if base.received(row) > keep:
        raise HubError(
            "order_holds_money", ref=base.ref_of(row), amount=money.show(base.received(row)), refs=(base.ref_of(row),)
        )
    if row["charged_cents"] != keep:
        hub.insert(
            "adjustments",
            {
                "customer_id": row["customer_id"], "document_id": row["id"], "kind": "cancel", "reason": reason,
                "amount_cents": row["charged_cents"] - keep, "adjusted_on": hub.day.today, "recorded_at": hub.day.at,
            },
        )  # fmt: skip
    hub.update("documents", row["id"], {"status": "canceled", "canceled_on": hub.day.today})
    hub.run("visits.cancel_of", {"document": row["id"]})


def undone(hub: "Hub", number: int) -> None:
    """Close a document that was made by a change set that is taken back, inside a change; its money is gone before."""
    row = base.again(hub, number)
    if row["ordered_on"] is None:
        hub.update("documents", number, {"status": "deleted"})
    else:
        cancel(hub, row, "taken back", 0)


def move(hub: "Hub", row: Any, customer: int) -> str | None:
    """Put a document and what hangs on it under another customer, inside a change; give a warning of their credit line.

    Notes of the first customer do not come along. Raises not_movable where a customer's own credit or credit line is
    part of it, customer_not_active, and for an order on account what the other credit line refuses.
    """
    base.check_buyer(hub, customer, override_hold=True)
    own = hub.one("documents.money_of_others", {"id": row["id"]})
    wallet = hub.one("documents.wallet_of", {"id": row["id"]})
    if own is not None or wallet is not None:
        what = f"P{own['id']} {own['method']}" if own is not None else "customer credit"
        raise HubError("not_movable", ref=base.ref_of(row), what=what, refs=(base.ref_of(row),))
    if row["customer_id"] == customer:
        return None
    warning = None
    if row["on_account"] and row["status"] not in {"draft", "canceled"}:
        warning = writing.within_credit(hub, {**dict(row), "customer_id": customer}, max(0, row["balance_cents"]))
    hub.update("documents", row["id"], {"customer_id": customer})
    belonging.follow(hub, [row["id"]])
    return warning
