"""Mapped text of an order as typed columns: every line's net, the total checked to the cent, every flaw told."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from hubcli.errors import HubError, bad_value
from hubcli.importing.fields import SOLD_WITH
from hubcli.importing.orders import Order
from hubcli.importing.typed import Flaw, Flawed, flaw_of, past_day
from hubcli.values import dates, money, text, words

ADDED = {f"{name}_charge": f"{name}_charge_cents" for name in ("delivery", "mileage", "trip", "shipping", "rush")}
TAKEN = {name: f"{name}_cents" for name in ("customer_discount", "rebate", "coupon", "gift_certificate")}
SOLD_WITH_ANY = frozenset(SOLD_WITH)
_TEXTS = {"job_name": 200, "location": 200, "purchase_order": 200, "salesperson": 200}
_WORDS = {
    "class": ("retail", "web", "trade", "project"),
    "source": ("website", "in-store"),
    "status": ("draft", "saved", "awaiting-payment", "in-production", "shipped", "canceled"),
}


class Line(NamedTuple):
    """One line: prices in cents, `rate` in basis points; `net` is what it comes to, rounded half up once."""

    line: int
    model: str
    description: str | None
    quantity: int
    price: int
    cost: int | None
    rate: int
    discount: int
    net: int
    delivered: bool
    sold_with: tuple[str | None, ...] = ()
    """Fulfillment and services as the file has them, in the order of SOLD_WITH; none when it names none."""


class Typed(NamedTuple):
    """One order: `at` is the line of the file that it begins on, `rows` all of them; `customer` as the file names it.

    `columns` are those of documents, without customer and salesperson; `paid`, `refunded` and `taken_off` in cents.
    """

    at: int
    rows: list[int]
    number: int | None
    external: tuple[str, str] | None
    customer: str
    name: str | None
    salesperson: str | None
    columns: dict[str, Any]
    lines: list[Line]
    total: int
    paid: int
    refunded: int
    taken_off: int
    delivered_on: str | None
    note: str | None


class OrderReader:
    """Types orders; `today` is the last day that may be named, `paid` what holds where an order does not say.

    With `later`, what was paid and refunded is left out: files of payments bring it.
    """

    def __init__(self, today: str, *, paid: bool, later: bool = False) -> None:
        self.today = today
        self.paid = paid
        self.later = later
        self._day = lru_cache(4096)(past_day)

    def __call__(self, order: Order) -> Typed:
        """Give the typed order; raise Flawed with all its flaws."""
        taken = _Taker()
        columns = self._columns(order, taken)
        lines = [made for at, line in enumerate(order["lines"], 1) if (made := _line(at, line, taken))]
        if not lines and not taken.flaws:
            taken.flaws.append(Flaw("has no lines"))
        delivered_on = taken.one(order, "delivered_on", lambda v: self._day(v, "delivered_on", self.today))
        number = taken.one(order, "number", _number)
        customer = order.get("customer", "")
        if not customer:
            taken.flaws.append(Flaw("names no customer"))
        total = _total(columns, lines)
        _check(order, taken, columns, lines, total, delivered_on)
        taken_off = taken.one(order, "taken_off", lambda v: money.parse(v, "taken_off", allow_negative=True)) or 0
        paid, refunded = self._money(order, taken, total, total - taken_off)
        note = taken.one(order, "note", text.note)
        name = taken.one(order, "customer_name", lambda v: text.name(v, "customer_name"))
        seller = taken.one(order, "salesperson", lambda v: text.name(v, "salesperson"))
        if taken.flaws:
            raise Flawed(taken.flaws)
        _settle_status(columns, lines, delivered_on, paid=paid, total=total - taken_off, refunded=refunded)
        return Typed(
            order["line_numbers"][0], order["line_numbers"], number, order["external"], customer, name, seller, columns,
            lines, total, 0 if self.later else paid, 0 if self.later else refunded, taken_off, delivered_on, note,
        )  # fmt: skip

    def _columns(self, order: Order, taken: "_Taker") -> dict[str, Any]:
        columns: dict[str, Any] = {
            "ordered_on": taken.one(order, "ordered_on", lambda v: self._day(v, "ordered_on", self.today)),
            "needed_on": taken.one(order, "needed_on", lambda v: dates.imported_day(v, "ymd", "needed_on").isoformat()),
        }
        if not order.get("ordered_on"):
            taken.flaws.append(Flaw("has no ordered_on"))
        for field in ("job_name", "location", "purchase_order"):
            columns[field] = taken.one(order, field, lambda v, f=field: text.name(v, f, _TEXTS[f]))
        for field, allowed in _WORDS.items():
            columns[field] = taken.one(order, field, lambda v, f=field, a=allowed: words.choose(v, a, f))
        columns["class"] = columns["class"] or "retail"
        for field, column in (ADDED | TAKEN | {"tax": "tax_cents"}).items():
            columns[column] = taken.one(order, field, lambda v, f=field: money.parse(v, f)) or 0
        columns["services_cents"] = taken.one(order, "services", lambda v: money.parse(v, "services")) or 0
        columns["tax_typed"] = int("tax" in order)
        return columns

    def _money(self, order: Order, taken: "_Taker", total: int, charged: int) -> tuple[int, int]:
        """Give what was paid and what of it was given back; `charged` is the total less what was taken off later."""
        refunded = taken.one(order, "refunded", lambda v: money.parse(v, "refunded")) or 0
        paid = taken.one(order, "paid", lambda v: money.parse(v, "paid"))
        if (
            paid is None
            and (owed := taken.one(order, "outstanding", lambda v: money.parse(v, "outstanding"))) is not None
        ):
            paid = charged - owed
        if paid is None:
            paid = charged if self.paid and order.get("status") != "canceled" else 0
        if not 0 <= paid <= max(total, charged) and total >= 0:
            taken.flaws.append(Flaw("paid: is more than the total", f"{money.show(paid)} of {money.show(total)}"))
        if refunded > total:
            taken.flaws.append(
                Flaw("refunded: is more than the total", f"{money.show(refunded)} of {money.show(total)}")
            )
        return paid, refunded


class _Taker:
    """Reads fields and keeps what was wrong."""

    def __init__(self) -> None:
        self.flaws: list[Flaw] = []

    def one(self, found: Mapping[str, str], field: str, read: Any) -> Any:
        """Give the value of a field, None where there is none or where it is wrong."""
        value = found.get(field)
        if not value:
            return None
        try:
            return read(value)
        except HubError as error:
            self.flaws.append(flaw_of(error))
            return None


def _number(value: str) -> int:
    digits = value[1:] if value[:1] in "OoQq" else value
    if not digits.isascii() or not digits.isdecimal() or not 0 < int(digits) < 10**15:
        raise bad_value("number", value, "is not an order number: write O1007")
    return int(digits)


def _line(at: int, found: Mapping[str, str], taken: _Taker) -> Line | None:
    """Type one line, its number in the order given where the file has none; None when anything in it is wrong."""
    before = len(taken.flaws)
    number = taken.one(found, "line", money.quantity) or at
    description = taken.one(found, "description", lambda v: text.name(v, "description", 1000))
    model = taken.one(found, "model", lambda v: text.name(v, "model", code=True))
    if model is None:
        model, description = (description or "")[:200], None
    quantity = taken.one(found, "quantity", money.quantity)
    price = taken.one(found, "unit_price", lambda v: money.parse(v, "unit_price"))
    cost = taken.one(found, "unit_cost", lambda v: money.parse(v, "unit_cost"))
    rate, discount = taken.one(found, "discount", _discount) or (0, 0)
    for field, value in (("model", model), ("quantity", quantity), ("unit_price", price)):
        if value in {None, ""} and len(taken.flaws) == before:
            taken.flaws.append(Flaw(f"a line has no {field}"))
    if len(taken.flaws) > before:
        return None
    net = (quantity * price * (10000 - rate) + 5000) // 10000 - discount
    if net < 0:
        taken.flaws.append(Flaw("discount: is more than the line's price", money.show(discount)))
        return None
    return Line(
        number, model, description, quantity, price, cost, rate, discount, net, found.get("delivered", "yes") == "yes",
        tuple(map(found.get, SOLD_WITH)) if not SOLD_WITH_ANY.isdisjoint(found) else (),
    )  # fmt: skip


def _discount(value: str) -> tuple[int, int]:
    """Read 15% as basis points, 50.00 as cents."""
    if value.endswith("%"):
        return money.parse_percent(value, "discount"), 0
    return 0, money.parse(value, "discount")


def _total(columns: Mapping[str, Any], lines: list[Line]) -> int:
    added = sum(columns[column] for column in ADDED.values()) + columns["tax_cents"] + columns["services_cents"]
    taken = sum(columns[column] for column in TAKEN.values())
    return int(sum(line.net for line in lines) + added - taken)


def _check(
    order: Order, taken: _Taker, columns: Mapping[str, Any], lines: list[Line], total: int, delivered_on: str | None
) -> None:
    """Say where figures or days contradict each other."""
    stated = taken.one(order, "total", lambda v: money.parse(v, "total", allow_negative=True))
    if taken.flaws:
        return
    if stated is not None and stated != total:
        taken.flaws.append(
            Flaw("total: is not what its lines come to", f"{money.show(stated)}, lines {money.show(total)}")
        )
    if total < 0:
        taken.flaws.append(Flaw("its discounts are more than its price", money.show(total)))
    if len({line.line for line in lines}) < len(lines):
        taken.flaws.append(Flaw("two of its lines have one number"))
    if delivered_on and delivered_on < columns["ordered_on"]:
        taken.flaws.append(Flaw("delivered_on: is before it was ordered", f"{delivered_on}, {columns['ordered_on']}"))


def _settle_status(
    columns: dict[str, Any], lines: list[Line], delivered_on: str | None, *, paid: int, total: int, refunded: int
) -> None:
    """Work out the status from what is known: delivered is shipped, paid in full is in production."""
    ended = columns["status"] in {"canceled", "draft"}
    if refunded and refunded >= total:
        columns["status"], ended = "canceled", True
    if not ended and delivered_on and all(line.delivered for line in lines):
        columns["status"] = "shipped"
    elif columns["status"] is None:
        columns["status"] = "in-production" if paid >= total else "saved"
    columns["shipped_on"] = delivered_on if columns["status"] == "shipped" else None
    columns["canceled_on"] = columns["ordered_on"] if columns["status"] == "canceled" else None
    columns["next_line"] = max(line.line for line in lines) + 1
