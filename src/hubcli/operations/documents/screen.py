"""Gathers a whole document: as the keys of its JSON, and as the screen of its command."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.operations.documents import base, becoming, milestones, versions
from hubcli.render import ASKED, Column, Listing, Record
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

Rows = list[Any]

COLUMNS = (
    Column("number", "code"),
    Column("kind", "code"),
    Column("printed_number", "code"),
    Column("customer", "ref", prefix="C"),
    Column("customer_name"),
    Column("status", "code"),
    Column("paid_status", "code"),
    Column("delivery_status", "code"),
    Column("date", "date"),
    Column("quoted_on", "date"),
    Column("expires_on", "date"),
    Column("ordered_on", "date"),
    Column("approved_on", "date"),
    Column("shipped_on", "date"),
    Column("canceled_on", "date"),
    Column("job_name"),
    Column("class", "code"),
    Column("source", "code"),
    Column("location", "code"),
    Column("salesperson", "code"),
    Column("purchase_order", "code"),
    Column("needed_on", "date"),
    Column("delivery_address"),
    Column("lines", "object"),
    Column("charges", "object"),
    Column("discounts", "object"),
    Column("discount_rate", "percent"),
    Column("goods", "money"),
    Column("services", "money"),
    Column("tax_rate", "rate"),
    Column("tax_exempt", "bool"),
    Column("tax", "money"),
    Column("total", "money"),
    Column("returned", "money"),
    Column("adjusted", "money"),
    Column("charged", "money"),
    Column("paid", "money"),
    Column("pending", "money"),
    Column("balance", "money"),
    Column("deposit_due", "money"),
    Column("margin", "percent"),
    Column("margin_complete", "bool"),
    Column("partial", "bool"),
    Column("overdue", "bool"),
    Column("late", "bool"),
    Column("on_account", "bool"),
    Column("terms"),
    Column("invoice", "ref", prefix="I"),
    Column("invoiced_on", "date"),
    Column("due_on", "date"),
    Column("swap_of", "ref", prefix="O"),
    Column("notes", "object"),
    Column("payments", "object"),
    Column("returns", "object"),
    Column("adjustments", "object"),
    Column("external_ids", "object"),
    Column("production_status", "code"),
    Column("production_hold", "bool"),
    Column("milestones", "object"),
    Column("requested_on", "date"),
    Column("sent", "object"),
    Column("version", "count"),
)
LINES = (
    Column("line", "count", title="#"),
    Column("model", "code"),
    Column("description", "long", keep=3),
    Column("quantity", "count", title="qty"),
    Column("unit_price", "money", title="price"),
    Column("unit_cost", "money", title="cost", keep=6),
    Column("discount", "code", keep=5),
    Column("net", "money"),
    Column("margin", "percent", keep=5),
    Column("delivery_status", "code", title="delivery", keep=2),
    Column("scheduled_on", "date", title="scheduled", keep=4),
    Column("delivered_on", "date", title="delivered", keep=4),
    Column("delivery_method", "code", keep=8),
    Column("driver", keep=7),
    Column("fulfillment", "list", keep=6),
    Column("condition", "code", keep=8),
    Column("size", "code", keep=6),
    Column("colour", "code", keep=6),
    Column("decoration", keep=6),
    Column("serials", "list", keep=ASKED),
    Column("installs", "object"),
    Column("haul_away", "object"),
    Column("plan", "object"),
    Column("returned_quantity", "count", title="returned", keep=7),
)
SERVICE = (
    Column("name"), Column("quantity", "count"), Column("price", "money"), Column("cost", "money"),
    Column("returned", "bool"),
)  # fmt: skip
PLAN = (Column("sku", "code"), Column("months", "count"), *SERVICE[1:], Column("ends_on", "date"))
CHARGES = tuple(Column(name, "money") for name in ("delivery", "mileage", "trip", "shipping", "rush"))
DISCOUNTS = tuple(Column(name, "money") for name in ("rebate", "coupon", "gift_certificate", "customer"))
NOTES = (
    Column("number", "ref", prefix="N"), Column("type", "code"), Column("persistence", "code"),
    Column("important", "bool"), Column("text", "long"), Column("author", "code"), Column("written_on", "date"),
)  # fmt: skip
PAYMENTS = (
    Column("number", "ref", prefix="P", title="#"), Column("date", "date"), Column("method", "code"),
    Column("status", "code", keep=2), Column("amount", "money"), Column("refunded", "money", keep=3),
    Column("reference", "code", keep=3), Column("note", keep=5), Column("recorded_by", "code", title="by", keep=4),
)  # fmt: skip
RETURNS = (
    Column("number", "ref", prefix="R", title="#"), Column("date", "date"), Column("reason"),
    Column("restocking", "money", keep=3), Column("delivery", "money", keep=4), Column("tax", "money", keep=4),
    Column("refund", "money"), Column("lines", "object"),
)  # fmt: skip
TAKEN = (
    Column("line", "count"), Column("model", "code"), Column("service"), Column("quantity", "count"),
    Column("amount", "money"),
)  # fmt: skip
MILESTONES = tuple(Column(name.replace("-", "_"), "date") for name in milestones.NAMES)
SENT = (
    Column("date", "date"), Column("kind", "code"), Column("way", "code"), Column("to"), Column("by", "code"),
)  # fmt: skip
ADJUSTMENTS = (Column("kind", "code"), Column("amount", "money"), Column("reason"), Column("date", "date"))


class Sheet(NamedTuple):
    """A document with all its rows, as the blocks of sql/documents.sql give them."""

    head: Any
    today: str
    printed: str
    lines: Rows
    services: dict[int, Rows]
    serials: dict[int, list[str]]
    notes: Rows
    payments: Rows
    returns: Rows
    taken: dict[int, Rows]
    adjustments: Rows
    external_ids: Rows
    sent: Rows
    production: Any
    version: int | None


def gather(hub: "Hub", number: int) -> Sheet:
    """Read a document; raise not_found."""
    one = {"id": number}
    services: dict[int, Rows] = {}
    for row in hub.rows("documents.services", one):
        services.setdefault(row["line_id"], []).append(row)
    serials: dict[int, list[str]] = {}
    for row in hub.rows("documents.serials", one):
        serials.setdefault(row["line_id"], []).append(row["serial"])
    taken: dict[int, Rows] = {}
    for row in hub.rows("documents.return_lines", one):
        taken.setdefault(row["return_id"], []).append(tuple(row)[1:])
    rows = {name: list(hub.rows(f"documents.{name}", one)) for name in TABLES}
    head = base.again(hub, number)
    return Sheet(
        head, hub.day.today, base.printed(hub, number), services=services, serials=serials, taken=taken,
        production=hub.one("documents.production", one), version=versions.version(hub, head), **rows,
    )  # fmt: skip


TABLES = ("lines", "notes", "payments", "returns", "adjustments", "external_ids", "sent")


def view(hub: "Hub", number: int) -> dict[str, Any]:
    """Give a document with every key of its JSON, as JSON has them: money as text, days ISO, missing values None."""
    from json import loads

    from hubcli.render.machine import encoder

    return dict(loads(encoder()(record(gather(hub, number)))))


def record(sheet: Sheet) -> Record:
    """Give a document with every key, nested as JSON has it."""
    found = values(sheet)
    return Record(COLUMNS, [found[column.name] for column in COLUMNS], title=title(sheet))


def title(sheet: Sheet) -> str:
    """Give what stands over the screen: O7 as printed, whose it is."""
    ref = base.ref_of(sheet.head)
    shown = f" ({sheet.printed})" if sheet.printed != str(sheet.head["id"]) else ""
    return f"{ref}{shown}  C{sheet.head['customer_id']} {sheet.head['customer_name']}"


def status(sheet: Sheet) -> str:
    """Give the status people speak of: a quote whose last day has passed is expired."""
    return "expired" if base.expired(sheet.head, sheet.today) else str(sheet.head["status"])


def values(sheet: Sheet) -> dict[str, Any]:
    """Give the values of COLUMNS by name."""
    head = sheet.head
    same = {column.name: head[column.name] for column in COLUMNS if column.name in head.keys()}  # noqa: SIM118
    return same | {
        "number": base.ref_of(head),
        "kind": "quote" if head["ordered_on"] is None else "order",
        "printed_number": sheet.printed,
        "customer": head["customer_id"],
        "status": status(sheet),
        "date": head["ordered_on"] or head["quoted_on"],
        "delivery_address": head["delivery_text"],
        "lines": Listing(LINES, [line_row(sheet, line) for line in sheet.lines]),
        "charges": Record(CHARGES, [head[f"{column.name}_charge_cents"] for column in CHARGES]),
        "discounts": Record(DISCOUNTS, _discounts(head)),
        "discount_rate": head["customer_discount_rate"],
        **{name: head[f"{name}_cents"] for name in ("goods", "services", "tax", "total", "returned", "adjusted",
                                                     "charged", "paid", "pending", "balance")},
        **_state(sheet),
        "terms": head["terms_name"],
        "invoice": head["invoice_number"],
        "notes": Listing(NOTES, map(tuple, sheet.notes)),
        "payments": Listing(PAYMENTS, map(payment_row, sheet.payments)),
        "returns": Listing(RETURNS, [return_row(sheet, row) for row in sheet.returns]),
        "adjustments": Listing(ADJUSTMENTS, map(tuple, sheet.adjustments)),
        "external_ids": {row["system"]: row["external_id"] for row in sheet.external_ids},
        "production_status": sheet.production["production_status"],
        "milestones": None if head["ordered_on"] is None else Record(MILESTONES, tuple(sheet.production)[1:]),
        "sent": Listing(SENT, map(tuple, sheet.sent)),
        "version": sheet.version,
    }  # fmt: skip


def _discounts(head: Any) -> Sequence[int]:
    return [head[f"{name}_cents"] for name in ("rebate", "coupon", "gift_certificate", "customer_discount")]


def _state(sheet: Sheet) -> dict[str, Any]:
    """Give what follows from money and days: partly paid, overdue, late, and the deposit still to come."""
    head, today = sheet.head, sheet.today
    counts = head["ordered_on"] is not None and head["status"] not in {"draft", "canceled"}
    due = head["due_on"] or (head["ordered_on"] if head["terms_days"] is None else None)
    open_goods = head["open_lines"] > 0 and head["status"] not in {"draft", "canceled", "shipped"}
    return {
        "partial": bool(counts and 0 < head["paid_cents"] < head["charged_cents"]),
        "overdue": bool(counts and head["balance_cents"] > 0 and due is not None and due < today),
        "late": bool(counts and open_goods and head["needed_on"] is not None and head["needed_on"] < today),
        "deposit_due": max(0, becoming.deposit_required(head) - base.received(head)) if _asks(head) else 0,
    }


def _asks(head: Any) -> bool:
    return head["status"] not in {"declined", "deleted", "canceled"}


def payment_row(row: Any) -> tuple[Any, ...]:
    """Give a payment as PAYMENTS has it."""
    return (
        row["id"], row["paid_on"], row["method"], row["status"], row["amount_cents"], row["refunded_cents"] or None,
        row["reference"], row["note"], row["recorded_by"],
    )  # fmt: skip


def return_row(sheet: Sheet, row: Any) -> tuple[Any, ...]:
    """Give a return as RETURNS has it, its lines nested."""
    lines = Listing(TAKEN, sheet.taken.get(row["id"], []))
    return (*tuple(row), lines)


# -------------------------------------------------------------------------------------------------------------- lines


def line_row(sheet: Sheet, line: Any) -> tuple[Any, ...]:
    """Give a line as LINES has it."""
    by_kind: dict[str, Rows] = {"install": [], "haul-away": [], "plan": []}
    for service in sheet.services.get(line["id"], []):
        by_kind[service["kind"]].append(service)
    special = {
        "unit_price": line["unit_price_cents"],
        "unit_cost": line["unit_cost_cents"],
        "discount": discount_text(line),
        "net": line["net_cents"],
        "margin": line_margin(sheet, line),
        "fulfillment": (line["fulfillment"] or "").replace(",", "; ") or None,
        "delivery_status": line["delivery_status"] if sheet.head["ordered_on"] is not None else None,
        "serials": sheet.serials.get(line["id"], []),
        "installs": Listing(SERVICE, [_service(one) for one in by_kind["install"]]),
        "haul_away": next((Record(SERVICE, _service(one)) for one in by_kind["haul-away"]), None),
        "plan": next((Record(PLAN, _plan(one, line)) for one in by_kind["plan"]), None),
    }
    return tuple(special[c.name] if c.name in special else line[c.name] for c in LINES)


def _service(row: Any) -> tuple[Any, ...]:
    return (row["name"], row["quantity"], row["price_cents"], row["cost_cents"], row["returned"])


def _plan(row: Any, line: Any) -> tuple[Any, ...]:
    name, *rest = _service(row)
    return (name, row["months"], *rest, plan_end(row, line))


def plan_end(row: Any, line: Any) -> str | None:
    """Give the last day that a plan covers, counted from the delivery; None before it, or when it was taken back."""
    if row["months"] is None or line["delivered_on"] is None or row["returned"]:
        return None
    from hubcli.values import dates

    end = dates.add_months(dt.date.fromisoformat(line["delivered_on"]), row["months"])
    return (end - dt.timedelta(days=1)).isoformat()


def discount_text(line: Any) -> str | None:
    """Give a line's discount as it is typed: 15% or 20.00."""
    if line["discount_rate"]:
        return money.show_percent(line["discount_rate"])
    return money.show(line["discount_cents"]) if line["discount_cents"] else None


def line_margin(sheet: Sheet, line: Any) -> int | None:
    """Give (revenue - cost) / revenue of what was kept of a line, in basis points; None when a cost is not known."""
    head = sheet.head
    kept = line["quantity"] - line["returned_quantity"]
    services = [one for one in sheet.services.get(line["id"], []) if not one["returned"]]
    if (kept and line["unit_cost_cents"] is None) or any(one["cost_cents"] is None for one in services):
        return None
    goods = money.round_half_up(line["net_cents"] * kept, line["quantity"])
    off = head["coupon_cents"] + head["customer_discount_cents"]
    share = money.round_half_up(off * goods, head["goods_cents"]) if head["goods_cents"] else 0
    revenue = goods - share + sum(one["quantity"] * one["price_cents"] for one in services)
    cost = kept * (line["unit_cost_cents"] or 0) + sum(one["quantity"] * one["cost_cents"] for one in services)
    return money.round_half_up((revenue - cost) * 10_000, revenue) if revenue > 0 else None
