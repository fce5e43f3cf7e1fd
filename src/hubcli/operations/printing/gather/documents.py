"""Gathers quotes, order confirmations and invoices: for the customer, with customer notes only."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations.documents import base, screen
from hubcli.operations.documents.letters import goods
from hubcli.operations.printing.gather import base as parts
from hubcli.operations.printing.sheet import Pairs, Sheet, Table
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

CHARGES = ("delivery", "mileage", "trip", "shipping", "rush")
DISCOUNTS = {
    "customer": "Discount",
    "rebate": "Instant rebate",
    "coupon": "Coupon",
    "gift_certificate": "Gift certificate",
}


def document(hub: "Hub", number: int, kind: str, hide: frozenset[str] = frozenset()) -> Sheet:
    """Give a quote, an order confirmation or an invoice; raise not_found, not_invoiced.

    `hide` leaves out model numbers (models), or what was sold with the goods (services): their sum stays.
    """
    view = screen.view(hub, number)
    row = base.again(hub, number)
    if kind == "invoice" and view["invoice"] is None:
        raise HubError("not_invoiced", ref=base.ref_of(row), refs=(base.ref_of(row),))
    titles = {"quote": "Quote", "order": "Order confirmation", "invoice": "Invoice"}
    printed = base.printed(hub, int(view["invoice"][1:])) if kind == "invoice" else view["printed_number"]
    facts = parts.pairs(
        ("Date", view["invoiced_on"] if kind == "invoice" else view["date"]),
        ("Valid to", view["expires_on"] if kind == "quote" else None),
        ("Order", view["printed_number"] if kind == "invoice" else None),
        ("Customer", view["customer"]),
        ("Your order", view["purchase_order"]),
        ("Job", view["job_name"]),
        ("Needed by", view["needed_on"]),
        ("Terms", view["terms"]),
        ("Due", view["due_on"] if kind == "invoice" else None),
        ("Delivery to", (view["delivery_address"] or "").replace("\n", ", ")),
        ("Your contact", _salesperson(hub, row)),
    )
    return parts.sheet(
        hub, f"{titles[kind]} {printed}", parts.billed(hub, row["customer_id"]), facts, (_lines(view, hide),),
        _sums(view, kind), notes=parts.notes(view, "customer"), closing=True,
    )  # fmt: skip


def _salesperson(hub: "Hub", row: Any) -> str | None:
    found = hub.one("staff.by_login", {"login": row["salesperson"]}) if row["salesperson"] else None
    return None if found is None else str(found["name"])


def _lines(view: Mapping[str, Any], hide: frozenset[str]) -> Table:
    rows: list[tuple[str, ...]] = []
    under: list[str] = []
    for line in view["lines"]:
        named = goods(line, hide) if "models" in hide else parts.item(line)
        rows.append((str(line["line"]), named, str(line["quantity"]), line["unit_price"], line["net"]))
        under.append(_small_print(line))
        services = (*line["installs"], *filter(None, (line["haul_away"], line["plan"])))
        for service in services if "services" not in hide else ():
            count = service["quantity"]
            amount = money.show(money.parse(service["price"], "price") * count)
            rows.append(("", parts.service(service), str(count), service["price"], amount))
            under.append(f"covers to {service['ends_on']}" if service.get("ends_on") else "")
    return Table((*parts.ITEM, ("Price", "money"), ("Amount", "money")), tuple(rows), tuple(under))


def _small_print(line: Mapping[str, Any]) -> str:
    worn = [line[name] for name in ("size", "colour", "decoration", "condition") if line[name]]
    discount = [f"less {line['discount']}"] if line["discount"] else []
    serials = [f"serial {', '.join(line['serials'])}"] if line["serials"] else []
    return ", ".join([*worn, *discount, *serials])


def _sums(view: Mapping[str, Any], kind: str) -> Pairs:
    off = {label: view["discounts"][name] for name, label in DISCOUNTS.items()}
    sums = parts.pairs(
        ("Goods", view["goods"]),
        ("Services", view["services"]),
        *((f"{name.capitalize()} charge", view["charges"][name]) for name in CHARGES),
        *((label, f"-{amount}" if amount != "0.00" else None) for label, amount in off.items()),
        ("Tax, exempt" if view["tax_exempt"] else f"Tax {view['tax_rate']} %", view["tax"]),
    )
    owed = "Left to pay" if kind == "quote" else "To be paid"
    after = parts.pairs(
        ("Returned", parts.less(view["returned"])), ("Taken off", parts.less(view["adjusted"])),
        ("Paid", parts.less(view["paid"])), ("On its way", parts.less(view["pending"])),
    )  # fmt: skip
    return (*sums, ("Total", view["total"]), *after, *(((owed, view["balance"]),) if after or kind != "quote" else ()))
