"""Works out what a document costs: the customer discount and the tax, each rounded half up once."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

TOGGLES = {
    "tax.services.delivery": ("delivery_charge_cents", "mileage_charge_cents", "shipping_charge_cents"),
    "tax.services.trip": ("trip_charge_cents",),
    "tax.services.install": ("install_cents",),
    "tax.services.haul_away": ("haul_away_cents",),
    "tax.services.plan": ("plan_cents",),
}
"""What each setting makes taxable; goods always are, a rush charge never is."""


def rate_on(hub: "Hub", day: str) -> int:
    """Give the tax rate of a document of that day that names none, in thousandths of a percent."""
    row = hub.one("documents.tax_rate_on", {"day": day})
    return int(row["rate"]) if row is not None else money.parse_rate(hub.setting("tax.default_rate"))


def worked_out_tax(hub: "Hub", number: int, more: Mapping[str, int] | None = None) -> int:
    """Give the tax of a document at its rate, in cents: 0 when it was made exempt.

    `more` is what its parts would grow by (install_cents, haul_away_cents, plan_cents).
    """
    row = hub.one("documents.bases", {"id": number})
    if row is None or row["tax_exempt"]:
        return 0
    more = more or {}
    taxable = row["goods_cents"] - row["coupon_cents"] - row["customer_discount_cents"]
    for key, parts in TOGGLES.items():
        amount = sum(row[part] + more.get(part, 0) for part in parts)
        if amount and hub.setting(key) == "on":
            taxable += amount
    return money.round_half_up(max(taxable, 0) * row["tax_rate"], 100_000)


def retotal(hub: "Hub", number: int, *, tax_before: int | None = None) -> None:
    """Bring a document's customer discount and tax up with its lines, inside a change; a typed tax stays.

    `tax_before` is what worked_out_tax gave before an order grew: then only the difference is put on top, so that a
    setting that was changed since does not rewrite what was charged.
    """
    row = hub.one("documents.bases", {"id": number})
    if row is None:
        return
    if row["customer_discount_rate"]:
        discount = money.round_half_up(row["goods_cents"] * row["customer_discount_rate"], 10_000)
        _put(hub, row, "customer_discount_cents", discount)
    if row["tax_typed"]:
        return
    tax = worked_out_tax(hub, number)
    _put(hub, row, "tax_cents", tax if tax_before is None else max(0, row["tax_cents"] + tax - tax_before))


def _put(hub: "Hub", row: Any, column: str, cents: int) -> None:
    if row[column] != cents:
        hub.update("documents", row["id"], {column: cents})
