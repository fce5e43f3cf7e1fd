"""Turns quotes into orders, orders into invoices, and moves the commercial status as money and goods come and go."""

from typing import TYPE_CHECKING, Any, Literal

from hubcli.errors import HubError
from hubcli.operations.documents import base
from hubcli.values import dates, money

if TYPE_CHECKING:
    from hubcli.store import Hub

How = Literal["covered", "approved", "keyed"]
NO_TERMS = {"on_account": 0, "terms_name": None, "terms_deposit_rate": None, "terms_days": None, "terms_from": None}


def become_order(hub: "Hub", number: int, how: How, on: str | None = None) -> Any:
    """Make a quote an order, inside a change; give its row. `on` is the order day (default today).

    covered: all paid, in production; on an order already it moves a waiting one into production. approved: saved, paid
    or not. keyed: saved. Raises document_closed, quote_expired (a quote needs a new date first).
    """
    row = base.again(hub, number)
    if row["ordered_on"] is not None:
        return _into_production(hub, row) if how == "covered" else row
    if how != "keyed":
        base.check_open_quote(hub, row)
    day = on or hub.day.today
    values: dict[str, Any] = {"ordered_on": day, "status": "in-production" if how == "covered" else "saved"}
    if how == "approved":
        values["approved_on"] = day
    hub.update("documents", number, values)
    from hubcli.operations import artwork

    artwork.wanted(hub, number)
    row = base.again(hub, number)
    if row["source"] == "website":
        return invoice(hub, number, day)
    return row


def settle(hub: "Hub", number: int) -> Any:
    """Do what follows when money came or the total changed, inside a change; give the document's row.

    A quote that confirmed money covers in full becomes an order; a waiting order whose terms are met goes into
    production. Money that was written off covers nothing.
    """
    row = base.again(hub, number)
    if row["ordered_on"] is None:
        covered = row["status"] in base.OPEN_QUOTE and 0 < row["charged_cents"] <= confirmed(row)
        return become_order(hub, number, "covered") if covered else row
    return _into_production(hub, row) if terms_met(row) else row


def confirmed(row: Any) -> int:
    """Give the confirmed money on a document in cents, without what was written off."""
    return int(row["paid_cents"] - row["written_off_cents"])


def deposit_required(row: Any) -> int:
    """Give what must be paid before an order proceeds, in cents: all of it where there are no terms."""
    if row["terms_deposit_rate"] is None:
        return int(row["charged_cents"])
    return money.round_half_up(row["charged_cents"] * row["terms_deposit_rate"], 10_000)


def terms_met(row: Any) -> bool:
    """Tell whether enough was paid for an order to proceed."""
    return int(row["paid_cents"]) >= deposit_required(row)


def _into_production(hub: "Hub", row: Any) -> Any:
    if row["status"] not in {"saved", "awaiting-payment"}:
        return row
    hub.update("documents", row["id"], {"status": "in-production"})
    return base.again(hub, row["id"])


# ----------------------------------------------------------------------------------------------------------- invoices


def invoice(hub: "Hub", number: int, on: str | None = None) -> Any:
    """Invoice an order, inside a change: the next number of the gapless series, and when it is due; give its row.

    An order that is invoiced already stays as it is. Raises not_an_order, document_closed, draft_order.
    """
    row = base.again(hub, number)
    if row["ordered_on"] is None:
        raise HubError("not_an_order", ref=base.ref_of(row), refs=(base.ref_of(row),))
    base.check_changeable(row)
    if row["status"] == "draft":
        raise HubError("draft_order", ref=base.ref_of(row))
    if row["invoice_number"] is not None:
        return row
    last = hub.one("documents.last_invoice")
    day = on or hub.day.today
    next_number = (last["number"] if last and last["number"] is not None else 0) + 1
    hub.update("documents", number, {"invoice_number": next_number, "invoiced_on": day, "due_on": due_day(row, day)})
    return base.again(hub, number)


def due_day(row: Any, invoiced_on: str) -> str | None:
    """Give the day an invoice is due: by its terms; None until a statement lists it; the order day without terms."""
    if row["terms_days"] is None:
        return str(row["ordered_on"])
    if row["terms_from"] == "statement":
        return None
    return dates.later(invoiced_on, row["terms_days"])


def ship(hub: "Hub", number: int, on: str) -> Any:
    """Mark an order as shipped, and invoice it; inside a change; give its row."""
    row = base.again(hub, number)
    base.check_changeable(row)
    if row["status"] == "draft":
        raise HubError("draft_order", ref=base.ref_of(row))
    if row["status"] != "shipped":
        hub.update("documents", number, {"status": "shipped", "shipped_on": on})
    return invoice(hub, number, on)


# -------------------------------------------------------------------------------------------------------------- terms


def terms_for(hub: "Hub", customer: int, name: str | None) -> dict[str, Any]:
    """Give the columns of an order placed on account: terms by name, else the customer's own, else the default ones.

    Raises no_account for a customer without an open credit line, not_found for unknown terms.
    """
    from hubcli.operations.customers import standing

    payer = standing.payer(hub, customer)
    line = hub.one("documents.line_terms", {"customer": payer})
    if line is None:
        name = base.by_customer(hub, payer)
        raise HubError("no_account", ref=f"C{payer}", name=name, refs=(f"C{payer}",))
    if name is None:
        return {"on_account": 1, **_copied(line)}
    row = hub.one("documents.terms", {"name": name})
    if row is None:
        from hubcli.values import words

        known = [r["name"] for r in hub.rows("documents.all_terms")]
        close = ", ".join(words.near(name, known) or known)
        raise HubError("not_found", what="terms", ref=name, near=f"; there are {close}", tries=())
    return {"on_account": 1, **_copied(row)}


def _copied(row: Any) -> dict[str, Any]:
    return {
        "terms_name": row["name"],
        "terms_deposit_rate": row["deposit_rate"],
        "terms_days": row["days"],
        "terms_from": row["counted_from"],
    }
