"""Making quotes: what they cost to the cent, where their lines come from, who they are for."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

from conftest import InProcess

FRIDGE = ("--line", "FRG-100@1200/800", "--fulfillment", "delivery", "--delivery", "75", "--tax-rate", "8.25%")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "3125550188", "--zip", "60614")
    return hub


def quote(shop: InProcess, *options: str) -> dict[str, object]:
    number = shop("quotes", "create", "C1", *options, "-q").out.strip()
    shown: dict[str, object] = shop("quotes", "show", number, "--json").json
    return shown


def rows(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as conn:
        return conn.execute(sql, values).fetchall()


# --------------------------------------------------------------------------------------------------------------- sums


def test_the_fridge_costs_1374(shop: InProcess) -> None:
    row = shop("quotes", "create", "C1", *FRIDGE).rows[0]
    assert row == {
        "number": "Q1", "customer": "C1", "customer_name": "Ann Lee", "date": "2025-06-15", "status": "saved",
        "expires_on": "2025-06-29", "tax": "99.00", "total": "1374.00", "paid": "0.00", "balance": "1374.00",
        "change": "H2",
    }  # fmt: skip
    shown = shop("quotes", "show", "Q1", "--json").json
    wanted = {
        "number": "Q1", "kind": "quote", "status": "saved", "customer": "C1", "goods": "1200.00", "services": "0.00",
        "tax_rate": 8.25, "tax": "99.00", "total": "1374.00", "paid": "0.00", "balance": "1374.00", "margin": 33.33,
        "margin_complete": True, "class": "retail", "source": "in-store", "paid_status": None, "delivery_status": None,
        "payments": [], "returns": [], "notes": [],
    }  # fmt: skip
    assert {key: shown[key] for key in wanted} == wanted
    assert shown["charges"] == {
        "delivery": "75.00",
        "mileage": "0.00",
        "trip": "0.00",
        "shipping": "0.00",
        "rush": "0.00",
    }


@pytest.mark.parametrize(
    ("given", "tax", "total"),
    [
        (("--rebate", "100"), "82.50", "982.50"),  # an instant rebate does not lower the tax
        (("--coupon", "100"), "74.25", "974.25"),
        (("--gift-certificate", "100"), "82.50", "982.50"),
        (("--discount", "15%"), "70.13", "920.13"),  # 850.00 × 8.25% = 70.125, half up
        (("--discount", "15", "--coupon", "100"), "61.88", "811.88"),
        (("--mileage", "10", "--trip", "20", "--shipping", "30", "--rush", "40"), "82.50", "1182.50"),
        (("--tax", "12.34"), "12.34", "1012.34"),
        (("--tax-rate", "8.875%"), "88.75", "1088.75"),
        (("--tax-rate", "0"), "0.00", "1000.00"),
    ],
)
def test_appliance_34_what_lowers_the_tax_and_what_does_not(
    shop: InProcess, given: tuple[str, ...], tax: str, total: str
) -> None:
    rate = () if "--tax-rate" in given else ("--tax-rate", "8.25%")
    shown = quote(shop, "--line", "X@1000", *rate, *given)
    assert (shown["tax"], shown["total"]) == (tax, total)


def test_a_customer_discount_is_of_the_goods_rounded_half_up_once(shop: InProcess) -> None:
    shown = quote(shop, "--line", "A@0.33", "--line", "B@0.34", "--discount", "50%")
    assert shown["discounts"] == {"rebate": "0.00", "coupon": "0.00", "gift_certificate": "0.00", "customer": "0.34"}
    assert quote(shop, "--line", "ITEM@200", "--discount", "15%")["total"] == "170.00"  # 30.00 off


@pytest.mark.parametrize(
    ("key", "option", "tax"),
    [
        ("tax.services.delivery", ("--delivery", "50"), "90.00"),
        ("tax.services.delivery", ("--mileage", "50"), "90.00"),
        ("tax.services.delivery", ("--shipping", "50"), "90.00"),
        ("tax.services.trip", ("--trip", "50"), "90.00"),
    ],
)
def test_a_charge_is_taxed_while_its_setting_is_on(
    shop: InProcess, key: str, option: tuple[str, ...], tax: str
) -> None:
    base = ("--line", "X@850", "--tax-rate", "10%")
    assert quote(shop, *base, *option)["tax"] == "85.00"
    shop("settings", "set", key, "on")
    assert quote(shop, *base, *option)["tax"] == tax
    assert shop("quotes", "show", "Q1", "--json").json["tax"] == "85.00"  # never retroactive
    assert quote(shop, *base, "--rush", "50")["tax"] == "85.00"


@pytest.mark.parametrize(
    ("key", "service"),
    [
        ("tax.services.install", ("--install", "Hookup@50/20")),
        ("tax.services.haul_away", ("--haul-away", "2@25")),
        ("tax.services.plan", ("--plan", "P5Y@50/20")),
    ],
)
def test_a_service_is_taxed_while_its_setting_is_on(shop: InProcess, key: str, service: tuple[str, ...]) -> None:
    for wanted in ("100.00", "105.00"):
        shop("quotes", "create", "C1", "--line", "X@1", "--tax-rate", "10%")
        number = shop("quotes", "list", "--limit", "1").rows[0]["number"]
        shop("quotes", "add-line", number, "Y@999", *service)
        assert shop("quotes", "show", number, "--json").json["tax"] == wanted
        shop("settings", "set", key, "on")


def test_deconetwork_38_the_sums_of_the_order_interface(shop: InProcess) -> None:
    charges = ("--shipping", "10.20", "--tax", "5.50", "--rush", "1.20")
    shown = quote(
        shop,
        "--line",
        "ITEM@22.50",
        "--fulfillment",
        "pickup",
        *charges,
        "--coupon",
        "2.20",
        "--gift-certificate",
        "20.20",
    )
    assert shown["total"] == "17.00"
    shop("credit", "grant", "C1", "--amount", "5", "--note", "sorry", "--reason", "test")
    shop("payments", "add", "Q1", "--all-credit")
    assert shop("quotes", "show", "Q1", "--json").json["balance"] == "12.00"


def test_line_discounts_are_a_percentage_or_an_amount(shop: InProcess) -> None:
    shop("quotes", "create", "C1", "--line", "A@0.01")
    shop("quotes", "add-line", "Q1", "B@9.99", "--qty", "3", "--line-discount", "15%")  # 25.4745
    shop("quotes", "add-line", "Q1", "C@10", "--line-discount", "2.50")
    lines = shop("quotes", "show", "Q1", "--json").json["lines"]
    assert [(line["net"], line["discount"]) for line in lines] == [("0.01", None), ("25.47", "15%"), ("7.50", "2.50")]


def test_the_default_rate_is_a_setting_and_exempt_customers_pay_none(shop: InProcess) -> None:
    shop("settings", "set", "tax.default_rate", "8.25")
    assert quote(shop, "--line", "FRG-100@1200/800", "--delivery", "75")["total"] == "1374.00"
    with sqlite3.connect(shop.path) as conn:
        conn.execute("UPDATE customers SET tax_exempt = 1 WHERE id = 1")
    later = quote(shop, "--line", "FRG-100@1200/800", "--delivery", "75", "--tax-rate", "8.25%")
    assert (later["total"], later["tax"], later["tax_exempt"]) == ("1275.00", "0.00", True)
    shop("quotes", "edit", "Q1", "--job", "kitchen")
    before = shop("quotes", "show", "Q1", "--json").json
    assert (before["total"], before["tax"], before["tax_exempt"]) == ("1374.00", "99.00", False)


# ------------------------------------------------------------------------------------------------------------- margins


def test_appliance_35_an_unknown_cost_is_not_a_margin_of_100(shop: InProcess) -> None:
    assert quote(shop, *FRIDGE)["margin"] == 33.33
    shown = quote(shop, "--line", "FRG-100@1200", "--tax-rate", "8.25%")
    assert (shown["margin"], shown["margin_complete"]) == (None, False)
    both = quote(shop, "--line", "A@1200/800", "--line", "B@500")
    assert (both["margin"], both["margin_complete"]) == (33.33, False)
    listed = shop("quotes", "list").rows
    assert [(row["margin"], row["margin_complete"]) for row in listed] == [
        ("33.33", "no"),
        ("", "no"),
        ("33.33", "yes"),
    ]


def test_coupon_and_customer_discount_lower_the_margin_the_makers_rebate_does_not(shop: InProcess) -> None:
    goods = ("--line", "A@1000/600")
    assert quote(shop, *goods, "--rebate", "200")["margin"] == 40
    assert quote(shop, *goods, "--coupon", "200")["margin"] == 25
    assert quote(shop, *goods, "--discount", "20%")["margin"] == 25
    assert quote(shop, *goods, "--coupon", "500")["margin"] == -20
    assert quote(shop, "--line", "A@1000/600", "--line", "B@1000", "--coupon", "400")["margin"] == 25  # half of it


def test_services_are_part_of_the_margin(shop: InProcess) -> None:
    shop("quotes", "create", "C1", "--line", "A@1/1")
    shop("quotes", "remove-line", "Q1", "1")
    shop("quotes", "add-line", "Q1", "FRG-100@1200/800", "--plan", "P5Y@159/60", "--haul-away", "1@25")
    line = shop("quotes", "show", "Q1", "--json").json["lines"][0]
    assert line["margin"] == 37.86  # (1384 - 860) / 1384
    shop("quotes", "edit-line", "Q1", "2", "--install", "Hookup@89")
    shown = shop("quotes", "show", "Q1", "--json").json
    assert (shown["lines"][0]["margin"], shown["margin"], shown["margin_complete"]) == (None, None, False)


# --------------------------------------------------------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("typed", "model", "quantity", "price", "cost"),
    [
        ("WF45R6100AW/US@899", "WF45R6100AW/US", 1, "899.00", None),
        ("WF45R6100AW/US:2@899/610.5", "WF45R6100AW/US", 2, "899.00", "610.50"),
        ("A@B@5", "A@B", 1, "5.00", None),
        ("A:B@5", "A:B", 1, "5.00", None),
        ("A B:12@0", "A B", 12, "0.00", None),
    ],
)
def test_a_line_is_split_only_at_its_last_at_and_the_last_slash_after_it(
    shop: InProcess, typed: str, model: str, quantity: int, price: str, cost: str | None
) -> None:
    shown = quote(shop, "--line", typed)
    line = shown["lines"][0]  # type: ignore[index]
    assert (line["model"], line["quantity"], line["unit_price"], line["unit_cost"]) == (model, quantity, price, cost)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("A:0@5", "quantity: '0' is not a quantity"),
        ("A:-1@5", "quantity: '-1' is not a quantity"),
        ("A:1.5@5", "quantity: '1.5' is not a quantity"),
        ("A@1,374", "price: '1,374' holds a thousands separator"),
        ("A@$5", "price: '$5' holds a currency sign"),
        ("A@1.005", "price: '1.005' has more decimals than allowed"),
        ("A@-5", "price: '-5' is negative"),
        ("A@5/x", "cost: 'x' is not an amount of money"),
        ("@5", "names no model"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_and_nothing_is_written(shop: InProcess, typed: str, told: str) -> None:
    result = shop("quotes", "create", "C1", "--line", typed, code=2)
    assert told in result.err
    assert rows(shop.path, "SELECT count(*) FROM documents") == [(0,)]


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (("--class", "wholesale"), 2, "--class: 'wholesale' is not known"),
        (("--fulfillment", "deliver"), 2, "did you mean delivery"),
        (("--delivery", "-1"), 2, "--delivery: '-1' is negative"),
        (("--tax-rate", "101%"), 2, "--tax-rate: '101%' is above 100 percent"),
        (("--discount", "101"), 2, "--discount: '101' is above 100 percent"),
        (("--coupon", "99999"), 2, "the total of Q1 would be -"),
        (("--expires", "2025-06-14"), 2, "--expires: '2025-06-14' is over already"),
        (("--date", "2025-06-16"), 2, "is in the future"),
        (("--salesperson", "nobody"), 4, "there is no staff member nobody"),
        (("--deliver-to", "A99"), 4, "there is no address A99"),
        (("--mobile", "3125550142"), 2, "name them with --new"),
        (("--new", "Bo Fox", "--mobile", "3125550142"), 2, "C1 and --new are two customers"),
    ],
)
def test_what_is_refused(shop: InProcess, given: tuple[str, ...], code: int, told: str) -> None:
    result = shop("quotes", "create", "C1", "--line", "A@5", *given, code=code)
    assert told in result.err
    assert rows(shop.path, "SELECT count(*) FROM documents") == [(0,)]
    assert rows(shop.path, "SELECT count(*) FROM changes") == [(1,)]


# ----------------------------------------------------------------------------------------------------- for whom, where


def test_a_walk_in_is_one_change_set(hub: InProcess) -> None:
    line = ("--line", "WF45R6100AW/US@899", "--fulfillment", "delivery-install", "--delivery", "75")
    row = hub(
        "quotes", "create", "--new", "Maria del Garcia", "--mobile", "(312) 555-0142", "--zip", "60614", *line
    ).rows[0]
    assert (row["number"], row["customer"], row["customer_name"], row["total"], row["change"]) == (
        "Q1", "C1", "Maria del Garcia", "974.00", "H1",
    )  # fmt: skip
    shown = hub("customers", "show", "C1", "--json").json
    assert (shown["first_name"], shown["last_name"], shown["zip"], shown["source"]) == (
        "Maria del", "Garcia", "60614", "in-store",
    )  # fmt: skip
    assert hub("quotes", "show", "Q1", "--json").json["lines"][0]["fulfillment"] == ["delivery-install"]
    hub("undo", "H1")
    assert hub("customers", "list").rows == []
    assert hub("quotes", "list").rows == []


def test_a_new_customer_is_asked_for_what_create_asks_for(hub: InProcess) -> None:
    result = hub("quotes", "create", "--new", "Ann Lee", "--line", "A@5", code=2)
    assert result.err.startswith("hub: missing: --mobile")
    assert hub("customers", "list").rows == []
    hub("quotes", "create", "--new-company", "Oak", "--mobile", "3125550142", "--line", "A@5")
    shown = hub("quotes", "show", "Q1", "--json").json
    assert (shown["customer_name"], shown["class"]) == ("Oak", "trade")


def test_a_twin_is_told(shop: InProcess) -> None:
    result = shop("quotes", "create", "--new", "Anna Li", "--mobile", "312-555-0188", "--line", "A@5")
    assert "warning: C1 Ann Lee has the same phone number" in result.err


def test_class_source_salesperson_and_place_by_default(shop: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    shop("staff", "add", "sam", "--name", "Sam Fox")
    shop("staff", "add", "pat", "--name", "Pat Orr")
    shop("staff", "add", "cron", "--job")
    shop("customers", "assign", "C1", "--manager", "pat")
    monkeypatch.setenv("HUB_LOCATION", "Halsted St")
    mine = quote(shop, "--line", "A@5")
    assert (mine["salesperson"], mine["location"], mine["class"]) == ("sam", "Halsted St", "retail")
    shop("quotes", "create", "C1", "--line", "A@5", "--source", "website", actor="cron")
    web = shop("quotes", "show", "Q2", "--json").json
    assert (web["salesperson"], web["source"], web["class"]) == ("pat", "website", "web")
    assert os.environ["HUB_LOCATION"] == "Halsted St"


def test_appliance_16_the_address_is_a_copy(shop: InProcess) -> None:
    shop("customers", "address", "add", "C1", "--kind", "delivery", "--line1", "1 First St", "--city", "Chicago")
    second = shop("customers", "address", "add", "C1", "--kind", "delivery", "--line1", "2 Second St").rows[0]["number"]
    assert quote(shop, "--line", "A@5")["delivery_address"] == "1 First St, Chicago"
    shown = quote(shop, "--line", "A@5", "--deliver-to", second)
    assert shown["delivery_address"] == "2 Second St"
    shop("customers", "address", "edit", second, "--line1", "22 Other St")
    assert shop("quotes", "show", "Q2", "--json").json["delivery_address"] == "2 Second St"
    assert quote(shop, "--line", "A@5", "--deliver-to", "9 Site Rd")["delivery_address"] == "9 Site Rd"


def test_appliance_20_persistent_notes_stand_on_every_document(shop: InProcess) -> None:
    quote(shop, "--line", "A@5")
    shop("notes", "add", "C1", "Needs extra bubble wrap", "--type", "delivery", "--persistence", "persistent")
    shop("notes", "add", "C1", "Only sometimes", "--type", "delivery")
    for number in ("Q1", str(quote(shop, "--line", "A@5")["number"])):
        notes = shop("quotes", "show", number, "--json").json["notes"]
        assert [(note["number"], note["text"]) for note in notes] == [("N1", "Needs extra bubble wrap")]


def test_an_archived_customer_and_one_on_hold_are_refused(shop: InProcess) -> None:
    shop("customers", "hold", "C1")
    result = shop("quotes", "create", "C1", "--line", "A@5", code=6)
    assert result.err.startswith("hub: C1 Ann Lee is on hold and may not buy\n")
    shop("quotes", "create", "C1", "--line", "A@5", "--override-hold", "--reason", "the boss said so")
    shop("customers", "unhold", "C1")
    shop("quotes", "decline", "Q1")
    shop("customers", "archive", "C1")
    result = shop("quotes", "create", "C1", "--line", "A@5", code=6)
    assert result.err.startswith("hub: C1 is not active: no quote, order or note until it is restored\n")


def test_the_days_of_a_quote(shop: InProcess) -> None:
    shop("settings", "set", "quotes.valid_days", "30")
    assert quote(shop, "--line", "A@5")["expires_on"] == "2025-07-15"
    assert quote(shop, "--line", "A@5", "--date", "2025-06-01")["expires_on"] == "2025-07-01"
    assert quote(shop, "--line", "A@5", "--expires", "in 3 days")["expires_on"] == "2025-06-18"


def test_the_first_number_is_a_setting_and_numbers_are_printed_with_what_stands_around_them(shop: InProcess) -> None:
    shop("settings", "set", "documents.initial", "1001")
    shop("settings", "set", "documents.prefix", "1-")
    shown = quote(shop, "--line", "A@5")
    assert (shown["number"], shown["printed_number"]) == ("Q1001", "1-1001")
    assert quote(shop, "--line", "A@5")["number"] == "Q1002"
    assert shop("quotes", "show", "1-1002", "--json").json["number"] == "Q1002"


def test_the_same_key_makes_one_quote(shop: InProcess) -> None:
    for _ in range(2):
        row = shop("quotes", "create", "C1", "--line", "A@5", "--idempotency-key", "k1").rows[0]
        assert (row["number"], row["change"]) == ("Q1", "H2")
    assert len(shop("quotes", "list").rows) == 1
    assert shop("quotes", "create", "C1", "--line", "A@6", "--idempotency-key", "k1", code=6).err.startswith(
        "hub: the key k1"
    )


def test_a_dry_run_writes_nothing(shop: InProcess) -> None:
    shop("quotes", "create", "C1", *FRIDGE, "-n")
    assert shop("quotes", "list").rows == []
    assert quote(shop, "--line", "A@5")["number"] == "Q1"


# ---------------------------------------------------------------------------------------------------------------- JSON

WHOLE = {
    "customer": "C1", "job_name": "Lee kitchen", "class": "project", "date": "2025-06-10", "expires_on": "2025-06-20",
    "location": "Halsted St", "source": "in-store", "tax_rate": 8.25,
    "lines": [
        {"model": "FRG-100", "description": "Fridge", "quantity": 2, "unit_price": "1200.00", "unit_cost": 800,
         "fulfillment": ["delivery-install", "pickup"],
         "installs": [{"name": "Hookup", "price": "89.00", "cost": "45"}],
         "haul_away": {"quantity": 2, "price": "25.00"},
         "plan": {"sku": "P5Y", "months": 60, "price": "159.00", "cost": "60.00"}},
        {"model": "TEE-200", "quantity": 24, "unit_price": 8.5, "size": "L", "colour": "navy", "decoration": "front",
         "discount": "10%"},
    ],
    "charges": {"delivery": 75, "rush": "12.50"},
    "discounts": {"rebate": "50.00", "coupon": 10.25},
}  # fmt: skip


def test_a_document_is_made_from_its_own_json(shop: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "quote.json"
    file.write_text(json.dumps(WHOLE))
    shop("quotes", "create", "--from", str(file))
    shown = shop("quotes", "show", "Q1", "--json").json
    line, shirts = shown["lines"]
    assert (line["installs"], line["haul_away"]["quantity"], line["plan"]["quantity"]) == (
        [{"name": "Hookup", "quantity": 1, "price": "89.00", "cost": "45.00", "returned": False}], 2, 2,
    )  # fmt: skip
    assert line["fulfillment"] == ["delivery-install", "pickup"]
    assert (shirts["net"], shirts["size"], shirts["colour"], shirts["decoration"]) == ("183.60", "L", "navy", "front")
    assert (shown["goods"], shown["services"], shown["tax"], shown["total"]) == (
        "2583.60", "457.00", "212.30", "3280.15",
    )  # fmt: skip
    again = shop("quotes", "create", "--from", "-", stdin=json.dumps(shown)).rows[0]
    assert (again["number"], again["total"], again["date"]) == ("Q2", "3280.15", "2025-06-10")
    copy = shop("quotes", "show", "Q2", "--json").json
    for key in ("number", "printed_number", "version"):
        del shown[key], copy[key]
    assert copy == shown


def test_json_numbers_are_never_floats(shop: InProcess) -> None:
    lines = '[{"model": "A", "unit_price": 0.1, "quantity": 3}, {"model": "B", "unit_price": 1.005}]'
    given = f'{{"customer": "C1", "lines": {lines}}}'
    result = shop("quotes", "create", "--from", "-", stdin=given, code=2)
    assert "lines[1].unit_price: '1.005' has more decimals than allowed" in result.err


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("{", "-: line 1: "),
        ("[]", "a document is one object"),
        ('{"customer": "C1", "lins": []}', "lins: 'lins' is not a key of a document: did you mean lines?"),
        ('{"customer": "C1", "lines": [{"quantity": 1}]}', "lines[0].model: '' is missing"),
        (
            '{"customer": "C1", "lines": [{"model": "A", "unit_price": 5, "plan": {"sku": "P"}}]}',
            "needs a name and a price",
        ),
        ('{"lines": []}', "for whom? name a customer"),
    ],
)
def test_json_that_cannot_be_read_is_refused(shop: InProcess, given: str, told: str) -> None:
    assert told in shop("quotes", "create", "--from", "-", stdin=given, code=2).err
    assert rows(shop.path, "SELECT count(*) FROM documents") == [(0,)]


def test_the_default_fulfillment_is_a_setting(shop: InProcess) -> None:
    shop("settings", "set", "quotes.fulfillment", "delivery")
    assert quote(shop, "--line", "A@5")["lines"][0]["fulfillment"] == ["delivery"]  # type: ignore[index]
    assert quote(shop, "--line", "A@5", "--fulfillment", "pickup")["lines"][0]["fulfillment"] == ["pickup"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("quotes.valid_days", "0", "is not a whole number from 1 to 3650"),
        ("quotes.valid_days", "x", "is not a whole number"),
        ("tax.default_rate", "8,25", "holds a thousands separator"),
        ("tax.services.trip", "maybe", "is not known"),
        ("documents.initial", "-1", "is not a whole number"),
    ],
)
def test_settings_take_their_form_only(shop: InProcess, key: str, value: str, told: str) -> None:
    assert told in shop("settings", "set", "--", key, value, code=2).err
