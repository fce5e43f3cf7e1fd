"""Takes goods and services back: what that is worth to the cent, and where the money goes.

Everything that stands beside the goods is shared out cumulatively: the part of a return is what the rounded running
share gains by it. So several returns together give back exactly what one return of everything would.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations.documents import base, note_delivery
from hubcli.operations.payments import refunds, take
from hubcli.values import money, text

if TYPE_CHECKING:
    from fractions import Fraction

    from hubcli.store import Hub

SERVICES = {"plan": "plan", "install": "install", "haul-away": "haul-away", "fulfillment": "install"}
"""What --services takes, and the kind of service it means: fulfillment is the installs that were sold."""
CHARGES = ("delivery", "mileage", "trip", "shipping", "rush")


class Wanted(NamedTuple):
    """What is taken back.

    `lines` are line numbers with quantities (None: all that is left of it); `amounts` cents for one unit of a line, or
    for a line whose units stay; `services` words of SERVICES; `delivery` cents of the charges. `restocking` is
    ("cents", n), ("percent", basis points of the goods) or None for the setting. `to` are ways of the money, the first
    one first: balance (what is owed on the order), or one of refunds.WAYS.
    """

    day: str
    reason: str
    everything: bool = False
    lines: Mapping[int, int | None] = {}
    amounts: Mapping[int, int] = {}
    services: Sequence[str] = ()
    delivery: int | None = None
    restocking: tuple[str, int] | None = None
    to: Sequence[str] = ()
    note: str | None = None


class Part(NamedTuple):
    """What is taken back of one line: units, or money for units that stay (0 units), or one of its services."""

    line_id: int
    service_id: int | None
    quantity: int
    cents: int


class Worth(NamedTuple):
    """What a return is worth, in cents."""

    goods: int
    services: int
    discount: int
    delivery: int
    tax: int
    restocking: int

    @property
    def total(self) -> int:
        """What is given back."""
        return self.goods + self.services + self.delivery + self.tax - self.discount - self.restocking


class Taken(NamedTuple):
    """A return that was made: its number, what it is worth, what of that lowered the balance, what was paid out."""

    number: int
    worth: Worth
    lowered: int
    paid_out: Sequence[refunds.Refunded]


class _Order(NamedTuple):
    """What a return is worked out from."""

    row: Any
    lines: Sequence[Any]
    services: Sequence[Any]
    given: Any


def take_back(hub: "Hub", document: int, wanted: Wanted) -> Taken:
    """Make a return inside a change.

    Raises not_an_order, document_closed, draft_order, balance_due, line_on_its_way, above_sold, above_line,
    service_gone, above_delivery, above_goods, before_order, nothing_returned, money_needs_way, and what paying out
    raises.
    """
    row = base.again(hub, document)
    _check_order(row, wanted)
    order = _Order(
        row, list(hub.rows("returns.lines", {"id": document})), list(hub.rows("returns.services", {"id": document})),
        hub.one("returns.given", {"id": document}),
    )  # fmt: skip
    parts = _parts(order, wanted)
    if not parts and not wanted.delivery:
        raise HubError("nothing_returned", ref=base.ref_of(row), refs=(base.ref_of(row),))
    worth = _worth(hub, order, parts, wanted)
    number = _write(hub, order, parts, worth, wanted)
    lowered, ways = _ways(row, worth.total, wanted)
    paid_out = _pay_out(hub, row, worth.total - lowered, ways, number, wanted)
    return Taken(number, worth, lowered, paid_out)


def _check_order(row: Any, wanted: Wanted) -> None:
    ref = base.ref_of(row)
    if row["ordered_on"] is None:
        raise HubError("not_an_order", ref=ref, refs=(ref,))
    base.check_changeable(row)
    if row["status"] == "draft":
        raise HubError("draft_order", ref=ref, refs=(ref,))
    if wanted.day < row["ordered_on"]:
        raise HubError("before_order", ref=ref, day=row["ordered_on"], refs=(ref,))
    due = row["charged_cents"] - row["paid_cents"]
    if due > 0 and "balance" not in wanted.to:
        raise HubError("balance_due", ref=ref, due=money.show(due), refs=(ref,))


# ------------------------------------------------------------------------------------------------- what is taken back


def _parts(order: _Order, wanted: Wanted) -> list[Part]:
    lines = {line["line"]: line for line in order.lines}
    chosen = dict.fromkeys(lines) if wanted.everything else dict(wanted.lines)
    for number in (*chosen, *wanted.amounts):
        if number not in lines:
            listed = ", ".join(map(str, lines))
            raise HubError("no_such_line", ref=base.ref_of(order.row), line=number, lines=listed)
    parts = []
    for number, quantity in chosen.items():
        part = _units(order, lines[number], quantity, wanted.amounts.get(number), everything=wanted.everything)
        parts += [part] if part else []
    parts += [_money(order, lines[n], cents) for n, cents in wanted.amounts.items() if n not in chosen]
    return parts + _services(order, wanted, {lines[number]["id"] for number in chosen})


def _units(order: _Order, line: Any, quantity: int | None, each: int | None, *, everything: bool) -> Part | None:
    """Give the units of a line that come back; none when everything is wanted and this line is back already."""
    left = line["quantity"] - line["returned_quantity"]
    if everything and left == 0:
        return None
    count = left if quantity is None else quantity
    _check_still(order, line)
    if count > left or count == 0:
        raise _line_error("above_sold", order, line, sold=line["quantity"], left=left, count=count)
    worth = line["net_cents"] - line["given_cents"]
    full = worth if count == left else min(worth, money.round_half_up(worth * count, left))
    if each is not None and each * count > full:
        most = money.show(full // count)
        raise _line_error("above_line", order, line, amount=money.show(each), left=most)
    return Part(line["id"], None, count, full if each is None else each * count)


def _money(order: _Order, line: Any, cents: int) -> Part:
    """Give money for a line whose units stay with the customer."""
    _check_still(order, line)
    left = line["net_cents"] - line["given_cents"]
    if cents > left or line["returned_quantity"] == line["quantity"]:
        raise _line_error("above_line", order, line, amount=money.show(cents), left=money.show(left))
    return Part(line["id"], None, 0, cents)


def _check_still(order: _Order, line: Any) -> None:
    if line["delivery_status"] in {"scheduled", "in-transit"}:
        raise _line_error("line_on_its_way", order, line, status=line["delivery_status"])


def _line_error(slug: str, order: _Order, line: Any, **facts: Any) -> HubError:
    ref = base.ref_of(order.row)
    model = text.visible(line["model"])
    return HubError(slug, ref=ref, line=line["line"], model=model, refs=(ref,), **facts)


def _services(order: _Order, wanted: Wanted, chosen: set[int]) -> list[Part]:
    """Give the services that come back: all with everything, else those of the named kinds on the chosen lines."""
    kinds = {SERVICES[word] for word in wanted.services}
    if not wanted.everything and not kinds:
        return []
    found = [
        service
        for service in order.services
        if not service["returned"]
        and (wanted.everything or service["kind"] in kinds)
        and (not chosen or service["line_id"] in chosen)
    ]
    for kind in sorted(kinds):
        if not any(service["kind"] == kind for service in found):
            ref = base.ref_of(order.row)
            raise HubError("service_gone", ref=ref, kind=kind, refs=(ref,))
    return [Part(service["line_id"], service["id"], 0, service["cents"]) for service in found]


# ----------------------------------------------------------------------------------------------------- what it is worth


def _worth(hub: "Hub", order: _Order, parts: Sequence[Part], wanted: Wanted) -> Worth:
    goods = sum(part.cents for part in parts if part.service_id is None)
    services = sum(part.cents for part in parts if part.service_id is not None)
    delivery = _delivery(order, wanted)
    discount = _discount(order, goods)
    tax = _tax(hub, order, parts, delivery)
    restocking = _restocking(hub, order, max(0, goods - discount), wanted)
    worth = Worth(goods, services, discount, delivery, tax, restocking)
    over = worth.total - order.row["charged_cents"]  # an allowance was given before: it is not given back again
    return worth._replace(discount=discount + over) if over > 0 else worth


def _delivery(order: _Order, wanted: Wanted) -> int:
    charged = sum(order.row[f"{name}_charge_cents"] for name in CHARGES)
    left = int(charged - order.given["delivery"])
    if wanted.delivery is None:
        return left if wanted.everything else 0
    if wanted.delivery > left:
        ref = base.ref_of(order.row)
        raise HubError(
            "above_delivery", ref=ref, amount=money.show(wanted.delivery), left=money.show(left), refs=(ref,)
        )
    return wanted.delivery


def _discount(order: _Order, goods: int) -> int:
    """Give the share of the document's discounts that the goods had."""
    row = order.row
    whole = sum(
        row[name] for name in ("customer_discount_cents", "rebate_cents", "coupon_cents", "gift_certificate_cents")
    )
    if not row["goods_cents"] or not goods:
        return 0
    before = sum(line["given_cents"] for line in order.lines)
    reached = money.round_half_up(whole * (before + goods), row["goods_cents"])
    return max(0, reached - int(order.given["discount"]))


def _tax(hub: "Hub", order: _Order, parts: Sequence[Part], delivery: int) -> int:
    """Give the tax of what comes back: the running share of what was taxed, less what earlier returns gave back."""
    whole = order.row["tax_cents"]
    reached = _share(hub, order, parts, delivery) * whole
    cents = money.round_half_up(reached.numerator, reached.denominator) - int(order.given["tax"])
    return max(0, cents)


def _share(hub: "Hub", order: _Order, parts: Sequence[Part], delivery: int) -> "Fraction":
    """Give how much of what was taxed is back once these parts are, from 0 to 1."""
    from fractions import Fraction

    row, now = order.row, {part.service_id for part in parts}
    goods = sum(p.cents for p in parts if p.service_id is None) + sum(line["given_cents"] for line in order.lines)
    returned = [s for s in order.services if s["returned"] or s["id"] in now]
    charges = sum(row[f"{name}_charge_cents"] for name in CHARGES)
    back = Fraction(delivery + order.given["delivery"], charges) if charges else Fraction(0)
    taxed = max(0, row["goods_cents"] - row["coupon_cents"] - row["customer_discount_cents"])
    of_goods = Fraction(goods, row["goods_cents"]) if row["goods_cents"] else Fraction(0)
    rates = _taxed_services(hub)
    services = sum(s["cents"] for s in order.services if rates[s["kind"]])
    services_back = sum(s["cents"] for s in returned if rates[s["kind"]])
    taxed_charges = sum(row[f"{name}_charge_cents"] for name in CHARGES if rates.get(name))
    whole = taxed + services + taxed_charges
    if whole == 0:  # a tax that was typed on something hub would not tax: shared over everything
        taxed, services, taxed_charges = row["goods_cents"], row["services_cents"], charges
        services_back, whole = sum(s["cents"] for s in returned), taxed + services + taxed_charges
    return (taxed * of_goods + services_back + taxed_charges * back) / whole if whole else Fraction(0)


def _taxed_services(hub: "Hub") -> dict[str, bool]:
    on = {name: hub.setting(f"tax.services.{name}") == "on"
          for name in ("install", "haul_away", "plan", "delivery", "trip")}  # fmt: skip
    moved = dict.fromkeys(("delivery", "mileage", "shipping"), on["delivery"])
    return {"install": on["install"], "haul-away": on["haul_away"], "plan": on["plan"], "trip": on["trip"], **moved}


def _restocking(hub: "Hub", order: _Order, goods: int, wanted: Wanted) -> int:
    """Give the restocking fee: as asked for, or by the setting; not above what the goods are worth."""
    kind, value = wanted.restocking or ("percent", money.parse_percent(_preset(hub), "returns.restocking_percent"))
    cents = value if kind == "cents" else money.round_half_up(goods * value, 10_000)
    if cents > goods:
        ref = base.ref_of(order.row)
        raise HubError("above_goods", ref=ref, amount=money.show(cents), goods=money.show(goods), refs=(ref,))
    return cents


def _preset(hub: "Hub") -> str:
    return hub.setting("returns.restocking_percent")


# -------------------------------------------------------------------------------------------------- rows, and the money


def _write(hub: "Hub", order: _Order, parts: Sequence[Part], worth: Worth, wanted: Wanted) -> int:
    document = order.row["id"]
    number = hub.insert(
        "returns",
        {"customer_id": order.row["customer_id"], "document_id": document, "returned_on": wanted.day,
         "reason": wanted.reason, "discount_cents": worth.discount, "delivery_cents": worth.delivery,
         "tax_cents": worth.tax, "restocking_cents": worth.restocking, "recorded_at": hub.day.at},
    )  # fmt: skip
    for part in parts:
        hub.insert(
            "return_lines",
            {"document_id": document, "return_id": number, "line_id": part.line_id, "service_id": part.service_id,
             "quantity": part.quantity, "amount_cents": part.cents},
        )  # fmt: skip
    left = {line["id"]: line["quantity"] - line["returned_quantity"] for line in order.lines}
    back = [part.line_id for part in parts if part.quantity and part.quantity == left[part.line_id]]
    note_delivery(hub, back, "returned")
    return number


def _ways(row: Any, total: int, wanted: Wanted) -> tuple[int, str | None]:
    """Give what only lowers what is owed on the order, and the way that the rest goes; raise money_needs_way."""
    ways = [way for way in wanted.to if way != "balance"]
    lowered = min(total, max(0, take.balance(row))) if "balance" in wanted.to else 0
    if total > lowered and not ways:
        ref = base.ref_of(row)
        raise HubError("money_needs_way", ref=ref, amount=money.show(total - lowered), refs=(ref,))
    return lowered, ways[0] if ways else None


def _pay_out(
    hub: "Hub", row: Any, cents: int, way: str | None, number: int, wanted: Wanted
) -> Sequence[refunds.Refunded]:
    if not cents or way is None:
        return ()
    back = refunds.Back(way, wanted.reason, wanted.day, wanted.note, number)
    return refunds.pay_out(hub, row["id"], cents, back)
