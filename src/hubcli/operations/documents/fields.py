"""What can be typed about a quote or an order: every field with its rule, shared by create, edit and JSON."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError, bad_value
from hubcli.operations import locations, staff
from hubcli.operations.customers import addresses
from hubcli.values import dates, money, text, words

if TYPE_CHECKING:
    from hubcli.store import Hub

CLASSES = ("retail", "web", "trade", "project")
SOURCES = ("website", "in-store")
WORDS = {"class": CLASSES, "source": SOURCES}
TEXTS = {"job_name": 200, "purchase_order": 100}
MONEY = {
    "delivery": "delivery_charge_cents",
    "mileage": "mileage_charge_cents",
    "trip": "trip_charge_cents",
    "shipping": "shipping_charge_cents",
    "rush": "rush_charge_cents",
    "rebate": "rebate_cents",
    "coupon": "coupon_cents",
    "gift_certificate": "gift_certificate_cents",
}
CLEARABLE = ("job_name", "location", "purchase_order", "needed_on", "delivery_address", "salesperson")


def option(field: str) -> str:
    """Give the option that sets a field: --job, --po, --deliver-to."""
    short = {"job_name": "job", "purchase_order": "po", "delivery_address": "deliver-to", "discount_rate": "discount",
             "expires_on": "expires"}  # fmt: skip
    return "--" + short.get(field, field).replace("_", "-")


def read(hub: "Hub", given: Mapping[str, str | None], customer: int | None) -> dict[str, Any]:
    """Read typed fields as columns of documents; None takes a value away.

    `date` stays under its own name, as a day, for the caller to make a quote or an order day of it. Raises bad_value,
    not_found for staff and addresses.
    """
    found: dict[str, Any] = {}
    today = dt.date.fromisoformat(hub.day.today)
    for field, value in given.items():
        found |= _field(hub, field, value, customer, today)
    if "tax_cents" in found:
        found["tax_typed"] = 1
    return found


def _field(hub: "Hub", field: str, value: str | None, customer: int | None, today: dt.date) -> dict[str, Any]:
    label = option(field)
    if value is None:
        column = {"delivery_address": "delivery_text", "salesperson": "salesperson_id"}.get(field, field)
        return {column: None}
    if field in MONEY:
        return {MONEY[field]: money.parse(value, label)}
    if field in TEXTS:
        return {field: text.name(value, label, TEXTS[field])}
    if field == "location":
        return {field: locations.check(hub, value, label)}
    if field in {"expires_on", "needed_on", "date"}:
        return {field: _day(field, value, today)}
    return _other(hub, field, value, customer, label)


def _day(field: str, value: str, today: dt.date) -> str:
    day = dates.day(value, today, option(field))
    if field == "date":
        dates.not_future(day, today, option(field))
    elif field == "expires_on" and day < today:
        raise bad_value(option(field), value, f"is over already: write a day from today on, {today}")
    return day.isoformat()


def _other(hub: "Hub", field: str, value: str, customer: int | None, label: str) -> dict[str, Any]:
    if field in WORDS:
        return {field: words.choose(value, WORDS[field], label)}
    if field == "salesperson":
        return {"salesperson_id": None if value.lower() == "none" else staff.active(hub, value)}
    if field == "tax_rate":
        return {"tax_rate": money.parse_rate(value, label), "tax_typed": 0}
    if field == "tax":
        return {"tax_cents": money.parse(value, label)}
    if field == "discount_rate":
        return {"customer_discount_rate": money.parse_percent(value, label)}
    return {"delivery_text": delivery_text(hub, value, customer)}


def delivery_text(hub: "Hub", typed: str, customer: int | None) -> str:
    """Give the text of a saved address (A17), or of one typed, as the document keeps it; raise not_found."""
    if typed[:1] in "Aa" and typed[1:].isdecimal() and typed.isascii():
        row = addresses.get(hub, int(typed[1:]))
        if customer is not None and row["customer_id"] != customer:
            raise HubError(
                "not_found", what="address of this customer", ref=typed, near=f"; it is C{row['customer_id']}'s",
                tries=(f"hub customers address list C{customer}",),
            )  # fmt: skip
        return addresses.one_line(row)
    return text.name(typed, "--deliver-to", 400)
