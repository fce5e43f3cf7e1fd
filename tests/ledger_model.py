"""What the money of a shop should be, in plain integers, worked out anew each time: what hub is held against."""

import datetime as dt
from fractions import Fraction
from typing import Any, NamedTuple

from ledger_rows import Book, RefusedError, Row

MANUAL = ("bank-transfer", "check")
BANKED = (*MANUAL, "aio-pay")
OPEN_QUOTE = ("saved",)
NET_DAYS = 30


class Part(NamedTuple):
    """What a return took back: units or money of an item, or one of its services."""

    item: Row
    service: Row | None
    quantity: int
    cents: int


def half_up(part: int, whole: int) -> int:
    """Divide and round to the nearest integer, a half away from zero."""
    size = (abs(part) * 2 + whole) // (whole * 2)
    return size if part >= 0 else -size


def later(day: str, days: int) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()


def must(holds: object, slug: str) -> None:
    """Raise RefusedError unless it holds."""
    if not holds:
        raise RefusedError(slug)


class Figures(Book):
    """The figures that follow from the rows; `taxed` are the kinds of services and charges that sales tax is on."""

    def __init__(self, customers: int, today: str, taxed: frozenset[str]) -> None:
        super().__init__()
        self.today = today
        self.taxed = taxed
        for _ in range(customers):
            self.new("customer")
        self.commit()

    # ----------------------------------------------------------------------------------------------------- documents

    def items(self, doc: Row) -> list[Row]:
        return list(self.all("item", document=doc))

    def services(self, doc: Row) -> list[Row]:
        return list(self.all("service", document=doc))

    def net(self, item: Row) -> int:
        return int(half_up(item.quantity * item.price * (10_000 - item.rate), 10_000) - item.off)

    def goods(self, doc: Row) -> int:
        return sum(self.net(item) for item in self.items(doc))

    def sold_services(self, doc: Row) -> int:
        return sum(service.cents for service in self.services(doc))

    def discounts(self, doc: Row) -> int:
        return int(doc.discount + doc.rebate + doc.coupon + doc.gift)

    def total(self, doc: Row) -> int:
        return int(self.goods(doc) + self.sold_services(doc) + doc.delivery - self.discounts(doc) + doc.tax)

    def returns(self, doc: Row) -> list[Row]:
        return [row for row in self.all("return", document=doc) if row.stands]

    def parts(self, doc: Row) -> list[Part]:
        return [part for row in self.returns(doc) for part in row.parts]

    def returned(self, doc: Row) -> int:
        fees = sum(r.delivery + r.tax - r.discount - r.restocking for r in self.returns(doc))
        return int(sum(part.cents for part in self.parts(doc)) + fees)

    def adjusted(self, doc: Row) -> int:
        return sum(row.cents for row in self.all("adjustment", document=doc) if row.stands)

    def charged(self, doc: Row) -> int:
        return self.total(doc) - self.returned(doc) - self.adjusted(doc)

    def payments(self, doc: Row, status: str = "confirmed") -> list[Row]:
        return [row for row in self.all("payment", document=doc) if row.status == status]

    def refunded(self, payment: Row, method: str | None = None) -> int:
        rows = (row for row in self.all("refund", payment=payment) if row.stands)
        return sum(row.cents for row in rows if method in {None, row.method})

    def paid(self, doc: Row) -> int:
        given = sum(row.cents for row in self.all("refund", document=doc) if row.stands)
        return int(sum(row.cents for row in self.payments(doc)) - given)

    def pending(self, doc: Row) -> int:
        return sum(row.cents for row in self.payments(doc, "pending"))

    def written_off(self, doc: Row) -> int:
        given = sum(r.cents for r in self.all("refund", document=doc) if r.stands and r.method == "write-off")
        return int(sum(row.cents for row in self.payments(doc) if row.method == "write-off") - given)

    def balance(self, doc: Row) -> int:
        return self.charged(doc) - self.paid(doc) - self.pending(doc)

    def repaid(self, draw: Row, *, sure: bool = False) -> int:
        rows = (row for row in self.all("repayment", payment=draw) if row.stands)
        return sum(row.cents for row in rows if not sure or row.status == "confirmed")

    def units_back(self, item: Row) -> int:
        return sum(part.quantity for part in self.parts(item.document) if part.item is item)

    def money_back(self, item: Row) -> int:
        parts = (part for part in self.parts(item.document) if part.item is item and part.service is None)
        return sum(part.cents for part in parts)

    def service_back(self, service: Row) -> bool:
        return any(part.service is service for part in self.parts(service.document))

    def counts_as_order(self, doc: Row) -> bool:
        return doc.ordered is not None and doc.status != "canceled"

    def all_back(self, doc: Row) -> bool:
        return all(item.status == "returned" for item in self.items(doc))

    def paid_status(self, doc: Row) -> str | None:
        if not self.counts_as_order(doc):
            return None
        if self.all_back(doc) and all(self.service_back(service) for service in self.services(doc)):
            return "returned"
        draws = (row for row in self.payments(doc) if row.method == "credit-line")
        owed = self.charged(doc) > self.paid(doc) or any(row.cents > self.repaid(row, sure=True) for row in draws)
        return "due" if owed else "paid"

    # ----------------------------------------------------------------------------------------------------- customers

    def orders(self, customer: Row) -> list[Row]:
        return [doc for doc in self.all("document", customer=customer) if self.counts_as_order(doc)]

    def owed(self, customer: Row) -> int:
        return sum(self.balance(doc) for doc in self.orders(customer))

    def lifetime(self, customer: Row) -> int:
        return sum(self.charged(doc) - self.written_off(doc) for doc in self.orders(customer))

    def stage(self, customer: Row) -> str:
        if sum(not self.all_back(doc) for doc in self.orders(customer)) > 1:
            return "repeat"
        ever = any(doc.ordered is not None for doc in self.all("document", customer=customer))
        return "first-time" if ever else "lead"

    def line(self, customer: Row) -> Row | None:
        return next(self.all("line", customer=customer), None)

    def limit(self, customer: Row) -> int | None:
        line = self.line(customer)
        return None if line is None or line.closed is not None else int(line.limit)

    def draws(self, customer: Row, doc: Row | None = None) -> list[tuple[Row, int]]:
        """Give the draws with something due on them, the oldest due first."""
        rows = (
            row for row in self.all("payment", customer=customer, method="credit-line", status="confirmed")
            if doc in {None, row.document}
        )  # fmt: skip
        found = [(row, row.cents - self.repaid(row)) for row in rows if row.cents > self.repaid(row)]
        return sorted(found, key=lambda pair: (pair[0].due, pair[0].paid_on, pair[0].number))

    def used(self, customer: Row) -> int:
        drawn = sum(owed for _, owed in self.draws(customer))
        return drawn + sum(max(0, self.balance(doc)) for doc in self.orders(customer) if doc.on_account)

    def spent(self, customer: Row) -> int:
        """Give the customer credit that was spent, less what was put back or granted again."""
        kinds = ("applied", "line_repayment", "reset")
        rows = [row for row in self.all("entry", customer=customer) if row.type in kinds and self.counts(row)]
        return int(-sum(row.cents for row in rows))

    # ----------------------------------------------------------------------------------------------------- allocation

    def tax_of(self, doc: Row, extra: Row | None = None) -> int:
        """Give the tax of a document at its rate."""
        base = self.goods(doc) - doc.coupon - doc.discount
        base += sum(
            service.cents for service in self.services(doc) if service.sort in self.taxed and service is not extra
        )
        base += doc.delivery if "delivery" in self.taxed else 0
        return half_up(max(base, 0) * doc.rate, 100_000)

    def tax_back(self, doc: Row, parts: list[Part], delivery: int) -> int:
        """Give the tax of what comes back: its running share of the tax, less what went back before."""
        everything = [*self.parts(doc), *parts]
        goods_back = sum(part.cents for part in everything if part.service is None)
        services_back = [part.service for part in everything if part.service is not None]
        delivery_back = delivery + sum(row.delivery for row in self.returns(doc))
        on_goods = max(0, self.goods(doc) - doc.coupon - doc.discount)
        base = Fraction(on_goods)
        back = Fraction(on_goods * goods_back, self.goods(doc) or 1)
        for service in self.services(doc):
            if service.sort in self.taxed:
                base += service.cents
                back += service.cents if service in services_back else 0
        if "delivery" in self.taxed:
            base += doc.delivery
            back += delivery_back
        if base == 0:
            return 0
        reached = doc.tax * back / base
        return max(0, half_up(reached.numerator, reached.denominator) - int(sum(row.tax for row in self.returns(doc))))

    def discount_back(self, doc: Row, goods: int) -> int:
        """Give the share of the document's discounts that these goods had."""
        if not goods:
            return 0
        before = sum(self.money_back(item) for item in self.items(doc))
        reached = half_up(self.discounts(doc) * (before + goods), self.goods(doc))
        return max(0, reached - int(sum(row.discount for row in self.returns(doc))))


def as_text(rows: list[Any]) -> str:
    """Give rows for a message."""
    return "; ".join(f"{row} {row.fields}" for row in rows)
