"""The shapes in which the demo shop is handed on: days as ISO text, money in cents, a missing value None."""

from typing import Literal, NamedTuple, TypeAlias

# kind billing|delivery, line1, line2, city, state, zip, country, is_default (of one delivery address at most)
Address: TypeAlias = tuple[str, str, str | None, str, str, str, str, bool]
# first_name, last_name, phone as typed, relationship, type backup|emergency|site|billing
Contact: TypeAlias = tuple[str, str, str, str, str]
# type delivery|internal|customer, persistence persistent|optional, important, text, written_on, author (index of staff)
Note: TypeAlias = tuple[str, str, bool, str, str, int]
# on, amount_cents (below 0 when taken out), type grant|withdrawal|adjustment, remark
WalletEntry: TypeAlias = tuple[str, int, str, str]
# model, description, quantity, unit_price_cents, unit_cost_cents, delivery status, delivered_on, serial
Line: TypeAlias = tuple[str, str, int, int, int, str, str | None, str | None]
# on, method cash|credit-card|check|bank-transfer, amount_cents
Payment: TypeAlias = tuple[str, str, int]

Status: TypeAlias = Literal["active", "archived", "deleted", "spam"]


class DemoDocument(NamedTuple):
    """A quote or an order. `tax_rate` in thousandths of a percent; `salesperson` is an index into staff().

    An order keyed directly has neither `quoted_on` nor `expires_on`; one that was a quote keeps both.
    """

    kind: Literal["quote", "order"]
    quoted_on: str | None
    ordered_on: str | None
    expires_on: str | None
    status: str
    job_name: str | None
    customer_class: str
    source: str
    salesperson: int
    delivery_charge_cents: int
    tax_rate: int
    lines: list[Line]
    payments: list[Payment]

    @property
    def goods_cents(self) -> int:
        """Give the lines' prices together."""
        return sum(line[2] * line[3] for line in self.lines)

    @property
    def tax_cents(self) -> int:
        """The tax on the goods, rounded half up once."""
        return tax_of(self.goods_cents, self.tax_rate)

    @property
    def total_cents(self) -> int:
        """Goods, delivery and tax."""
        goods = self.goods_cents
        return goods + self.delivery_charge_cents + tax_of(goods, self.tax_rate)

    @property
    def paid_cents(self) -> int:
        """The payments together."""
        return sum(amount for _, _, amount in self.payments)


class DemoCustomer(NamedTuple):
    """A customer with everything that belongs to it; `number` is the customer number, 1 and up without gaps.

    `touched_on` is the day of the last profile edit; `manager` is an index into staff(); `archived_on` is the day
    of the archiving, deletion or spam marking.
    """

    number: int
    kind: Literal["individual", "company"]
    status: Status
    first_name: str | None
    last_name: str | None
    company_name: str | None
    building_code: str | None
    email: str | None
    billing_emails: list[str]
    mobile_phone: str | None
    mobile_key: str | None
    home_phone: str | None
    home_key: str | None
    alternate_phone: str | None
    alternate_key: str | None
    type: str | None
    source: str
    found_us: str | None
    manager: int | None
    created_on: str
    touched_on: str
    archived_on: str | None
    addresses: list[Address]
    contacts: list[Contact]
    notes: list[Note]
    wallet: list[WalletEntry]
    documents: list[DemoDocument]

    def last_activity_on(self) -> str:
        """Give the latest day on which anything happened, by which a customer is stale or not."""
        days = [
            self.created_on,
            self.touched_on,
            *(note[4] for note in self.notes),
            *(entry[0] for entry in self.wallet),
        ]
        for document in self.documents:
            days += [day for day in (document.quoted_on, document.ordered_on) if day]
            days += [payment[0] for payment in document.payments]
            days += [line[6] for line in document.lines if line[6]]
        return max(days)


def tax_of(goods_cents: int, rate: int) -> int:
    """Give the tax on goods at a rate in thousandths of a percent, rounded half up."""
    return (goods_cents * rate + 50_000) // 100_000
