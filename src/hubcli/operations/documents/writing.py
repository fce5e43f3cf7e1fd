"""Makes quotes and orders and changes what stands on them: lines, charges, discounts, dates."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations import models
from hubcli.operations.customers import standing
from hubcli.operations.documents import base, becoming, totals
from hubcli.operations.documents.typed import Line, Service
from hubcli.values import dates

if TYPE_CHECKING:
    from hubcli.store import Hub


def create(hub: "Hub", customer: int, columns: Mapping[str, Any], lines: Sequence[Line], **how: Any) -> int:
    """Insert a quote or, with ordered_on among the columns, an order with its lines; give its number.

    `columns` are columns of documents as fields.read gives them. `how`: override_hold. Raises customer_not_active,
    spending_hold, no_price, total_below_zero, and what an order on account meets at the credit line.
    """
    buyer = base.check_buyer(hub, customer, override_hold=bool(how.get("override_hold")))
    values = {**_defaults(hub, buyer, columns), **columns, "customer_id": customer}
    lowest, last = int(hub.setting("documents.initial")), hub.one("documents.last_number")
    if lowest > (last["number"] or 0 if last else 0) + 1:
        values["id"] = lowest
    number = hub.insert("documents", values)
    add_lines(hub, number, customer, lines)
    totals.retotal(hub, number)
    base.check_money(hub, number)
    return number


def _defaults(hub: "Hub", buyer: Any, columns: Mapping[str, Any]) -> dict[str, Any]:
    today = hub.day.today
    source = columns.get("source") or "in-store"
    kind = "web" if source == "website" else "trade" if buyer["kind"] == "company" else "retail"
    day = columns.get("ordered_on") or columns.get("quoted_on") or today
    agreed = standing.of(hub, buyer["id"], day)
    found: dict[str, Any] = {
        "status": "saved",
        "source": source,
        "class": kind,
        "tax_exempt": int(agreed.exempt),
        "customer_discount_rate": agreed.discount_rate,
        "salesperson_id": _salesperson(hub) or buyer["manager_id"],
        "delivery_text": _delivery_text(hub, buyer["id"]),
        "created_at": hub.day.at,
    }
    if columns.get("ordered_on") is None:
        quoted = columns.get("quoted_on") or today
        days = int(hub.setting("quotes.valid_days"))
        found |= {"quoted_on": quoted, "expires_on": dates.later(quoted, days)}
    if columns.get("tax_rate") is None and not agreed.exempt:
        found["tax_rate"] = totals.rate_on(hub, day)
    return found


def _salesperson(hub: "Hub") -> int | None:
    """Give whoever makes the document, where they work here and are not a job."""
    row = hub.one("staff.by_login", {"login": hub.who.actor})
    return int(row["id"]) if row is not None and row["active"] and not row["is_job"] else None


def _delivery_text(hub: "Hub", customer: int) -> str | None:
    """Give the address that goods go to, as it is now: the default delivery address, else that of the invoices."""
    from hubcli.operations.customers import addresses

    for kind in ("delivery", "billing"):
        row = hub.one("customers.address_of", {"customer": customer, "kind": kind})
        if row is not None:
            return addresses.one_line(row)
    return None


# -------------------------------------------------------------------------------------------------------------- lines


def add_lines(hub: "Hub", number: int, customer: int, lines: Sequence[Line]) -> list[int]:
    """Insert lines with their services, inside a change; give their line numbers, never one that was used."""
    row = hub.one("documents.next_line", {"id": number})
    first = max(row["next_line"], row["after_last"] or 1) if row is not None else 1
    fallback = hub.setting("quotes.fulfillment")
    for at, line in enumerate(lines, first):
        line_id = hub.insert(
            "document_lines", {"document_id": number, "line": at, **_line_columns(hub, customer, line, fallback)}
        )
        add_services(hub, number, line_id, line.services)
    if lines:
        hub.update("documents", number, {"next_line": first + len(lines)})
    return list(range(first, first + len(lines)))


def _line_columns(hub: "Hub", customer: int, line: Line, fallback: str) -> dict[str, Any]:
    listed = models.priced(hub, line.model, customer)
    price = line.price if line.price is not None else listed.price if listed else None
    if price is None:
        why = "the catalogue has none for it" if listed else "it is not in the catalogue"
        raise HubError("no_price", model=line.model, why=why)
    same = listed._asdict() if listed else dict.fromkeys(("model", "description", "cost", "condition"))
    return {
        "model": same["model"] or line.model,
        "description": line.description or same["description"],
        "quantity": line.quantity,
        "unit_price_cents": price,
        "unit_cost_cents": line.cost if line.cost is not None else same["cost"],
        "discount_rate": line.discount_rate,
        "discount_cents": line.discount,
        "fulfillment": line.fulfillment or (None if fallback == "none" else fallback),
        "condition": line.condition or same["condition"],
        "size": line.size,
        "colour": line.colour,
        "decoration": line.decoration,
    }


def add_services(
    hub: "Hub", number: int, line_id: int, services: Sequence[Service], added_on: str | None = None
) -> list[int]:
    """Insert what is sold with a line, inside a change; `added_on` is the day of what was sold with an order later."""
    made = []
    for one in services:
        columns = {"kind": one.kind, "name": one.name, "quantity": one.quantity, "price_cents": one.price,
                   "cost_cents": one.cost, "months": one.months, "added_on": added_on}  # fmt: skip
        made.append(hub.insert("line_services", {"document_id": number, "line_id": line_id, **columns}))
    return made


def quote_lines(hub: "Hub", row: Any, lines: Sequence[Line]) -> list[int]:
    """Add lines to a quote that is open, inside a change; give their numbers."""
    base.check_open_quote(hub, row)
    numbers = add_lines(hub, row["id"], row["customer_id"], lines)
    _changed(hub, row["id"])
    return numbers


def edit_line(
    hub: "Hub", row: Any, line: Any, columns: Mapping[str, Any], services: Mapping[str, Sequence[Service]]
) -> None:
    """Change a line of an open quote, inside a change; `services` replace those of their kind, an empty list none."""
    base.check_open_quote(hub, row)
    changed = {name: value for name, value in columns.items() if line[name] != value}
    if changed:
        hub.update("document_lines", line["id"], changed)
    if "quantity" in changed and "plan" not in services:
        hub.run("documents.plan_quantity", {"line": line["id"], "quantity": changed["quantity"]})
    for kind, wanted in services.items():
        hub.run("documents.remove_services", {"line": line["id"], "kind": kind})
        add_services(hub, row["id"], line["id"], wanted)
    _changed(hub, row["id"])


def remove_line(hub: "Hub", row: Any, line: Any) -> None:
    """Take a line off an open quote, inside a change; its number is never used again."""
    base.check_open_quote(hub, row)
    if row["next_line"] <= line["line"]:
        hub.update("documents", row["id"], {"next_line": line["line"] + 1})
    for serial in hub.rows("documents.serials_of", {"line": line["id"]}):
        hub.run("documents.remove_serial", {"id": serial["id"]})
    hub.run("documents.remove_services", {"line": line["id"]})
    hub.run("documents.remove_line", {"id": line["id"]})
    _changed(hub, row["id"])


def order_services(hub: "Hub", row: Any, line: Any, services: Sequence[Service]) -> str | None:
    """Sell services with a line of an order, inside a change: the order can owe again; give a warning, or None.

    Raises document_closed, line_delivered for a line that was returned, and what the credit line refuses.
    """
    base.check_changeable(row)
    base.check_live(row)
    if line["delivery_status"] == "returned":
        raise HubError("line_delivered", ref=base.ref_of(row), line=line["line"], status="returned")
    before = totals.worked_out_tax(hub, row["id"])
    warning = _more_on_account(hub, row, services, before) if row["on_account"] else None
    added = add_services(hub, row["id"], line["id"], services, hub.day.today)
    totals.retotal(hub, row["id"], tax_before=before)
    more_tax = base.again(hub, row["id"])["tax_cents"] - row["tax_cents"]
    if more_tax:
        hub.update("line_services", added[0], {"added_tax_cents": more_tax})
    return warning


def _more_on_account(hub: "Hub", row: Any, services: Sequence[Service], tax: int) -> str | None:
    """Ask the one credit check about what an order on account grows by, before it is written; give its warning."""
    more: dict[str, int] = {}
    for one in services:
        part = f"{one.kind.replace('-', '_')}_cents"
        more[part] = more.get(part, 0) + one.quantity * one.price
    grown = sum(more.values())
    if not row["tax_typed"]:
        grown += totals.worked_out_tax(hub, row["id"], more) - tax
    return within_credit(hub, row, grown)


def _changed(hub: "Hub", number: int) -> None:
    """Bring totals up after a change; a quote that its deposits now cover becomes an order."""
    totals.retotal(hub, number)
    if base.received(base.check_money(hub, number)):
        becoming.settle(hub, number)


def within_credit(hub: "Hub", row: Any, cents: int, **how: Any) -> str | None:
    """Ask the one credit check about so much more on account; give its warning, or None; raise what it refuses.

    `how`: counted, cents of it that are written already; override.
    """
    from hubcli.operations import credit_line

    return credit_line.on_account(hub, row["customer_id"], cents, web=row["source"] == "website", **how)


# --------------------------------------------------------------------------------------------------------------- edit

MONEY = frozenset({
    "delivery_charge_cents", "mileage_charge_cents", "trip_charge_cents", "shipping_charge_cents", "rush_charge_cents",
    "rebate_cents", "coupon_cents", "gift_certificate_cents", "customer_discount_rate", "customer_discount_cents",
    "tax_rate", "tax_cents", "tax_typed",
})  # fmt: skip
"""Columns that change what a document costs."""


def edit(hub: "Hub", row: Any, columns: Mapping[str, Any]) -> str | None:
    """Change a quote or an order, inside a change; give a warning of the credit line, or None.

    Raises document_closed; order_settled for the money of an order that was invoiced or had something taken back; what
    the credit line refuses of an order on account that costs more now.
    """
    base.check_changeable(row)
    changed = {name: value for name, value in columns.items() if row[name] != value}
    if row["customer_discount_rate"] and changed.get("customer_discount_rate") == 0:
        changed["customer_discount_cents"] = 0
    costs = MONEY & changed.keys()
    settled = row["invoice_number"] is not None or row["returned_cents"]
    if costs and row["ordered_on"] is not None and settled:
        status = "invoiced" if row["invoice_number"] is not None else "partly returned"
        raise HubError("order_settled", ref=base.ref_of(row), status=status, refs=(base.ref_of(row),))
    if costs and row["ordered_on"] is None:
        base.check_open_quote(hub, row)
    if changed:
        hub.update("documents", row["id"], changed)
    if not costs:
        return None
    _changed(hub, row["id"])
    return _grown(hub, row)


def _grown(hub: "Hub", before: Any) -> str | None:
    """Ask the one credit check about what an order on account costs more than before; give its warning."""
    row = base.again(hub, before["id"])
    more = row["charged_cents"] - before["charged_cents"]
    if not row["on_account"] or row["ordered_on"] is None or row["status"] == "draft" or more <= 0:
        return None
    return within_credit(hub, row, more, counted=more)


# --------------------------------------------------------------------------------------------------------------- copy

COPIED = (
    "job_name", "class", "source", "location", "purchase_order", "needed_on", "delivery_text", "salesperson_id",
    "delivery_charge_cents", "mileage_charge_cents", "trip_charge_cents", "shipping_charge_cents", "rush_charge_cents",
    "customer_discount_rate", "rebate_cents", "coupon_cents",
)  # fmt: skip


def copy(hub: "Hub", row: Any, *, order: bool, override_hold: bool = False) -> tuple[int, int, list[str]]:
    """Copy a document as a new quote or order of today, inside a change: (its number, lines copied, models left out).

    Models that are discontinued are left out; prices stay as they were agreed; nothing is shared with the original.
    """
    lines, gone = [], []
    for line in hub.rows("documents.lines", {"id": row["id"]}):
        listed = models.priced(hub, line["model"], None)
        if listed is not None and listed.discontinued:
            gone.append(line["model"])
        else:
            lines.append(_copied(hub, row["id"], line))
    columns = {name: row[name] for name in COPIED}
    columns["tax_rate"] = row["tax_rate"]
    if order:
        columns["ordered_on"] = hub.day.today
    number = create(hub, row["customer_id"], columns, lines, override_hold=override_hold)
    for attached in list(hub.rows("documents.attached", {"id": row["id"]})):
        hub.insert("document_notes", {"document_id": number, "note_id": attached["note_id"]})
    return number, len(lines), gone


def _copied(hub: "Hub", number: int, line: Any) -> Line:
    return Line(
        line["model"], line["quantity"], line["unit_price_cents"], line["unit_cost_cents"], line["description"],
        line["discount_rate"], line["discount_cents"], line["fulfillment"], line["condition"], line["size"],
        line["colour"], line["decoration"], services_of(hub, number, line["id"]),
    )  # fmt: skip


def services_of(hub: "Hub", number: int, line_id: int) -> tuple[Service, ...]:
    """Give what was sold with a line of a document."""
    return tuple(
        Service(s["kind"], s["name"], s["quantity"], s["price_cents"], s["cost_cents"], s["months"])
        for s in hub.rows("documents.services", {"id": number})
        if s["line_id"] == line_id
    )
