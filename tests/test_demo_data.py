"""The demo shop: the same on every run, consistent, and of the shape that the benchmarks count on."""

import itertools
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import phonenumbers
import pytest

from hubcli.demo import shop
from hubcli.demo.catalogue import BY_NUMBER
from hubcli.demo.places import AREAS, PLACES
from hubcli.demo.words import slug

if TYPE_CHECKING:
    from hubcli.demo.records import DemoCustomer, DemoDocument

TODAY = date(2025, 11, 14)
DAY = TODAY.isoformat()
YEAR_AGO = "2024-11-14"
QUOTE_STATUSES = {"draft", "saved", "awaiting-approval", "declined"}
ORDER_STATUSES = {"draft", "saved", "awaiting-payment", "in-production", "shipped", "canceled"}
LINE_STATUSES = {"open", "scheduled", "in-transit", "delivered"}


@pytest.fixture(scope="module")
def many() -> "list[DemoCustomer]":
    return list(shop.customers(4000, TODAY))


@pytest.fixture(scope="module")
def documents(many: "list[DemoCustomer]") -> "list[tuple[DemoCustomer, DemoDocument]]":
    return [(customer, document) for customer in many for document in customer.documents]


def test_the_same_customers_come_twice() -> None:
    assert repr(list(shop.customers(300, TODAY))) == repr(list(shop.customers(300, TODAY)))


def test_a_customer_does_not_depend_on_how_many_there_are(many: "list[DemoCustomer]") -> None:
    assert list(shop.customers(200, TODAY)) == many[:200]
    assert list(shop.customers(3, TODAY, start=1500)) == many[1499:1502]
    assert list(shop.customers(3, TODAY, start=10)) == many[9:12]


def test_these_exact_customers_come_on_every_machine() -> None:
    """Guard the invention itself: other throws of the die would change every page of the docs."""
    told = [(c.first_name, c.last_name, c.mobile_phone, c.created_on) for c in shop.customers(3, TODAY, start=15)]
    assert told == [
        ("Caitlín", "Flanagan", "224.555.0101", "2021-09-18"),
        ("Nicholas", "Joseph", "708.555.0101", "2023-03-22"),
        ("Pilar", "Figueroa", "(630)555-0101", "2023-05-16"),
    ]


def test_customers_stream() -> None:
    first = next(iter(itertools.islice(shop.customers(10**9, TODAY, start=10**6), 1)))
    assert first.number == 10**6


def test_documents_can_be_left_out(many: "list[DemoCustomer]") -> None:
    bare = list(shop.customers(40, TODAY, documents=False))
    assert not any(customer.documents for customer in bare)
    assert bare == [customer._replace(documents=[]) for customer in many[:40]]


def test_numbers_run_without_gaps(many: "list[DemoCustomer]") -> None:
    assert [customer.number for customer in many] == list(range(1, 4001))


def test_staff() -> None:
    people = shop.staff()
    assert len(people) == 8
    assert {frozenset(person) for person in people} == {frozenset({"login", "name", "roles"})}
    assert len({str(person["login"]) for person in people}) == 8


def test_models() -> None:
    models = shop.models()
    assert len(models) == len({model.model for model in models}) == len(BY_NUMBER) >= 120
    assert all(0 < model.cost_cents < model.price_cents for model in models)


def test_places_and_area_codes_are_real() -> None:
    assert len(PLACES) == len({place.zip for place in PLACES}) >= 300
    assert all(len(place.zip) == 5 and place.zip.isdecimal() for place in PLACES)
    assert {"60614", "00501", "02134"} <= {place.zip for place in PLACES}
    for area in AREAS:
        assert phonenumbers.is_valid_number(phonenumbers.parse(f"+1{area}5550123")), area


def test_slug() -> None:
    assert [slug(name) for name in ("René O'Brien", "Müller", "Łukasz", "Nguyễn")] == [
        "reneobrien",
        "mueller",
        "lukasz",
        "nguyen",
    ]


def test_phones_have_a_key_that_says_the_same(many: "list[DemoCustomer]") -> None:
    for customer in many[:400]:
        pairs = (
            (customer.mobile_phone, customer.mobile_key),
            (customer.home_phone, customer.home_key),
            (customer.alternate_phone, customer.alternate_key),
        )
        for typed, key in pairs:
            assert (typed is None) == (key is None)
            if typed is not None:
                number = phonenumbers.parse(typed, "US")
                assert phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == key


def test_mobiles_are_nearly_distinct(many: "list[DemoCustomer]") -> None:
    keys = [customer.mobile_key for customer in many if customer.mobile_key]
    assert len(set(keys)) > 0.98 * len(keys)


def test_emails_are_nobodys(many: "list[DemoCustomer]") -> None:
    mails = [mail for c in many for mail in (c.email, *c.billing_emails) if mail]
    assert all(
        mail.isascii() and mail.endswith(("@example.com", "@example.org", "@example.net", ".test")) for mail in mails
    )


def test_kinds_and_names(many: "list[DemoCustomer]") -> None:
    for customer in many:
        assert (customer.kind == "company") <= (customer.company_name is not None)
        assert customer.kind == "company" or (customer.first_name and customer.last_name)
        assert customer.building_code is None or customer.kind == "company"
        assert customer.type in {None, "luxury", "average", "budget-friendly"}
        assert customer.source in {"website", "in-store"}
        assert customer.manager is None or 0 <= customer.manager < 8


def test_addresses(many: "list[DemoCustomer]") -> None:
    for customer in many:
        kinds = Counter(address[0] for address in customer.addresses)
        assert kinds["billing"] <= 1
        defaults = [address for address in customer.addresses if address[7]]
        assert len(defaults) == min(kinds["delivery"], 1)
        assert all(address[0] == "delivery" for address in defaults)


def test_days_are_in_order(many: "list[DemoCustomer]") -> None:
    for customer in many:
        assert customer.created_on <= customer.touched_on <= DAY
        assert customer.last_activity_on() <= DAY
        assert all(customer.created_on <= note[4] <= DAY for note in customer.notes)
        assert (customer.archived_on is None) == (customer.status == "active")
        assert customer.archived_on is None or customer.created_on <= customer.archived_on <= DAY


def test_the_wallet_is_never_below_zero(many: "list[DemoCustomer]") -> None:
    for customer in many:
        days = [entry[0] for entry in customer.wallet]
        assert days == sorted(days)
        assert all(balance >= 0 for balance in itertools.accumulate(entry[1] for entry in customer.wallet))


def test_quotes(documents: "list[tuple[DemoCustomer, DemoDocument]]") -> None:
    for customer, quote in documents:
        if quote.kind == "quote":
            assert quote.status in QUOTE_STATUSES
            assert quote.ordered_on is None
            assert quote.quoted_on is not None
            assert quote.expires_on is not None
            assert customer.created_on <= quote.quoted_on <= quote.expires_on
            assert quote.paid_cents < quote.total_cents
            assert not quote.payments or (quote.status in {"saved", "awaiting-approval"} and quote.expires_on >= DAY)
            assert {line[5] for line in quote.lines} == {"open"}


def test_orders(documents: "list[tuple[DemoCustomer, DemoDocument]]") -> None:
    for customer, order in documents:
        if order.kind == "order":
            assert order.status in ORDER_STATUSES
            assert order.ordered_on is not None
            assert customer.created_on <= order.ordered_on <= DAY
            assert (order.quoted_on is None) == (order.expires_on is None)
            assert customer.created_on <= (order.quoted_on or customer.created_on)
            assert (order.quoted_on or order.ordered_on) <= order.ordered_on <= (order.expires_on or DAY)


def test_an_order_is_as_its_lines_and_payments_say(documents: "list[tuple[DemoCustomer, DemoDocument]]") -> None:
    for _, order in documents:
        if order.kind == "order":
            delivered = [line[5] == "delivered" for line in order.lines]
            assert all(delivered) == (order.status == "shipped")
            assert order.status in {"shipped", "in-production"} or not any(delivered)
            assert order.status not in {"canceled", "draft"} or not order.payments
            assert order.status != "in-production" or order.paid_cents == order.total_cents
            assert order.status not in {"saved", "awaiting-payment"} or order.paid_cents < order.total_cents


def test_money(documents: "list[tuple[DemoCustomer, DemoDocument]]") -> None:
    for _, document in documents:
        goods = sum(line[2] * line[3] for line in document.lines)
        tax = (goods * document.tax_rate * 2 + 100_000) // 200_000
        assert document.total_cents == goods + document.delivery_charge_cents + tax
        assert 0 <= document.paid_cents <= document.total_cents
        assert all(amount > 0 for _, _, amount in document.payments)
        first = document.quoted_on or document.ordered_on or ""
        assert all(first <= day <= DAY for day, _, _ in document.payments)


def test_lines(documents: "list[tuple[DemoCustomer, DemoDocument]]") -> None:
    for _, document in documents:
        assert 1 <= len(document.lines) <= 5
        for model, description, quantity, price, _cost, state, day, serial in document.lines:
            assert BY_NUMBER[model].description == description
            assert quantity >= 1
            assert 0 < price <= BY_NUMBER[model].price_cents
            assert state in LINE_STATUSES
            assert (day is not None) == (state == "delivered")
            assert day is None or (document.ordered_on or "") <= day <= DAY
            assert serial is None or state == "delivered"


def _active(document: "DemoDocument") -> bool:
    if document.kind == "quote":
        running = document.status != "declined" and (document.expires_on or "") >= DAY
        return running or bool(document.payments)
    undelivered = any(line[5] != "delivered" for line in document.lines)
    return document.status != "canceled" and (undelivered or document.paid_cents < document.total_cents)


def test_who_is_archived_has_nothing_active(many: "list[DemoCustomer]") -> None:
    gone = [customer for customer in many if customer.status != "active"]
    assert len(gone) > 50
    for customer in gone:
        assert not any(_active(document) for document in customer.documents)
        assert not customer.wallet


def test_three_in_a_hundred_are_stale_and_free(many: "list[DemoCustomer]") -> None:
    idle = [c for c in many if c.status == "active" and c.last_activity_on() < YEAR_AGO]
    held = [c for c in idle if any(map(_active, c.documents)) or c.wallet]
    assert 0.02 < (len(idle) - len(held)) / len(many) < 0.04
    assert 0.004 < len(held) / len(many) < 0.015


def test_shape_for_the_benchmarks(many: "list[DemoCustomer]") -> None:
    docs = [document for customer in many for document in customer.documents]
    assert 1.9 < sum(len(c.addresses) for c in many) / len(many) < 2.1
    assert 1.4 < sum(d.kind == "quote" for d in docs) / len(many) < 1.6
    assert 1.9 < sum(d.kind == "order" for d in docs) / len(many) < 2.2
    assert 2.4 < sum(len(d.lines) for d in docs) / len(docs) < 2.6
    zips = Counter(c.addresses[0][5] for c in many if c.addresses)
    assert zips.most_common(1)[0][0] == "60614"
    assert len(zips) > 250


def test_the_characters_of_the_docs(many: "list[DemoCustomer]") -> None:
    maria, rene, oak, bob = many[:4]
    assert (maria.first_name, maria.last_name, maria.mobile_phone) == ("Maria", "Garcia", "(312) 555-0142")
    assert maria.addresses[0][5] == "60614"
    assert [note[3] for note in maria.notes if note[2]] == ["Gate code 4412, call before delivery"]
    assert [document.kind for document in maria.documents if _active(document)] == ["order", "quote"]
    assert (rene.first_name, rene.last_name, rene.email) == ("René", "Müller", "rene.mueller@example.com")
    assert (oak.kind, oak.company_name, oak.building_code) == ("company", "Oak Builders", "B-7")
    assert sum(entry[1] for entry in bob.wallet) == 5000


def test_the_characters_for_archiving(many: "list[DemoCustomer]") -> None:
    harold, ingrid, lan, lukasz, spam, jane = many[5:11]
    assert all(customer.last_activity_on() < YEAR_AGO for customer in (harold, ingrid, lan))
    assert not any(map(_active, harold.documents))
    assert not harold.wallet
    assert not any(map(_active, ingrid.documents))
    assert ingrid.wallet
    assert any(map(_active, lan.documents))
    assert (lukasz.status, spam.status, jane.status) == ("archived", "spam", "deleted")
