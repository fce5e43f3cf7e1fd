"""The demo shop as a whole: its staff, its models and its customers, one after another, for any number of them."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hubcli.demo import characters, people, sales
from hubcli.demo.catalogue import MODELS, Model
from hubcli.demo.records import DemoCustomer
from hubcli.demo.words import FOUND_US

if TYPE_CHECKING:
    from collections.abc import Iterator

_OLDEST = 2600
_NEWEST = 60
_TYPES = ("average", "average", "average", "luxury", "budget-friendly", "budget-friendly", None, None)

_STAFF: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("dana", "Dana Whitfield", ("Administrator",)),
    ("marcus", "Marcus Bell", ("Sales Manager", "Reports Manager")),
    ("priya", "Priya Nair", ("Sales Team",)),
    ("tomas", "Tomás Herrera", ("Sales Team",)),
    ("ellen", "Ellen Sørby", ("Sales Team",)),
    ("jordan", "Jordan Lee", ("Sales Team", "Approve Payments")),
    ("grace", "Grace Adeyemi", ("Office",)),
    ("walt", "Walt Kaminski", ("Delivery",)),
)


def staff() -> list[dict[str, object]]:
    """Give the eight people of the shop: `login`, `name`, `roles` (a list); numbers 2 to 5 sell."""
    return [{"login": login, "name": name, "roles": list(roles)} for login, name, roles in _STAFF]


def models() -> list[Model]:
    """Give the catalogue: model number, description, list price and cost in cents."""
    return list(MODELS)


def customers(count: int, today: date, start: int = 1, *, documents: bool = True) -> "Iterator[DemoCustomer]":
    """Yield `count` customers from number `start` on, one at a time.

    Customer number n depends on n and on `today` alone. The first are the characters of characters.py. Without
    `documents` the quotes and orders are left out.
    """
    days = calendar(today)
    told = characters.cast(days)
    for number in range(start, start + count):
        if number <= len(told):
            character = told[number - 1]
            yield character if documents else character._replace(documents=[])
        else:
            yield _customer(number, days, documents)


def calendar(today: date) -> people.Days:
    """Give the ISO days before today by their age: [0] is today, [1] yesterday, and [-1] tomorrow."""
    ages = (*range(_OLDEST), *range(-_NEWEST, 0))
    return [(today - timedelta(days=age)).isoformat() for age in ages]


def _customer(number: int, days: people.Days, documents: bool) -> DemoCustomer:
    d = people.throws(number, 0)
    lived = people.life(d)
    who = people.person(number, d)
    source = "website" if d[6] % 5 < 2 else "in-store"
    buyer = sales.Buyer(number, who.company, source, who.place.tax_rate, who.last or "")
    return DemoCustomer(
        number,
        "company" if who.company else "individual",
        lived.status,
        who.first,
        who.last,
        who.company_name,
        who.building_code,
        who.email,
        who.billing_emails,
        *who.mobile,
        *who.home,
        *who.alternate,
        _TYPES[d[5] & 7],
        source,
        FOUND_US[d[6] * len(FOUND_US) >> 16] if d[5] & 24 else None,
        2 + d[7] % 4 if d[7] < (52000 if who.company else 13000) else None,
        days[lived.born],
        days[lived.touched],
        None if lived.closed is None else days[lived.closed],
        who.addresses,
        who.contacts,
        people.notes(d, lived, days),
        people.wallet(d, lived, days),
        sales.documents(buyer, lived, d, days) if documents else [],
    )
