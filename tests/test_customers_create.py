"""Creating customers: from options, asked for field by field, once for each key; twins are told, never refused."""

import sqlite3
from pathlib import Path

import pytest

from conftest import InProcess
from test_render_terminal import same_as_golden

ANN = ("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "(312) 555-0188")


def rows(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as conn:
        return conn.execute(sql, values).fetchall()


def test_appliance_1_an_individual_without_mobile_is_refused_naming_the_field(hub: InProcess) -> None:
    result = hub("customers", "create", "--kind", "individual", "--first-name", "Ann", "--last-name", "Lee", code=2)
    assert result.err.splitlines()[0] == "hub: missing: --mobile"
    assert rows(hub.path, "SELECT count(*) FROM customers") == [(0,)]
    assert rows(hub.path, "SELECT count(*) FROM changes") == [(0,)]


def test_appliance_2_a_company_needs_its_name(hub: InProcess) -> None:
    result = hub("customers", "create", "--kind", "company", "--mobile", "312-555-0142", code=2)
    assert result.err.startswith("hub: a company needs --company-name\n")
    hub("customers", "create", "--company-name", "Oak Builders", "--building-code", "B-7", "--mobile", "312-555-0142")
    companies = hub("customers", "list", "--kind", "company").rows
    assert [row["name"] for row in companies] == ["Oak Builders"]
    assert hub("customers", "list", "--kind", "individual").rows == []
    assert hub("customers", "show", "C1", "--json").json["building_code"] == "B-7"


def test_everything_typed_is_kept(hub: InProcess) -> None:
    hub("staff", "add", "priya", "--name", "Priya Nair")
    given = (
        "--home-phone 773.555.0107 --alternate-phone +13125550109 --email Ann@Example.test"
        " --billing-email ap@x.test --billing-email lena@x.test --city Chicago --state IL --zip 00501-0544"
        " --country US --delivery-city Evanston --delivery-zip 60201 --type Luxury --source Website --manager PRIYA"
        " --external-id Shopify=7210448300001 --external-id old=4711"
    )
    line = ("--line1", "2140 N Halsted St", "--line2", "Apt 3B", "--delivery-line1", "9 Elm", "--found-us", "A friend")
    hub(*ANN, *given.split(), *line)
    shown = hub("customers", "show", "C1", "--json").json
    wanted = {
        "number": "C1", "kind": "individual", "name": "Ann Lee", "status": "active", "stage": "lead",
        "type": "luxury", "source": "website", "email": "Ann@Example.test", "mobile_phone": "(312) 555-0188",
        "home_phone": "773.555.0107", "alternate_phone": "+13125550109", "billing_emails": ["ap@x.test", "lena@x.test"],
        "manager": "priya", "found_us": "A friend", "zip": "00501-0544", "lifetime_value": "0.00", "orders": 0,
        "external_ids": {"shopify": "7210448300001", "old": "4711"}, "credit_line": None, "archive_blockers": [],
        "last_activity_on": "2025-06-15", "version": 2,
    }  # fmt: skip
    assert {key: shown[key] for key in wanted} == wanted
    billing = {"number": "A1", "label": None, "line1": "2140 N Halsted St", "line2": "Apt 3B", "city": "Chicago",
               "state": "IL", "zip": "00501-0544", "country": "US"}  # fmt: skip
    assert shown["billing"] == billing
    assert [(one["line1"], one["zip"], one["default"]) for one in shown["delivery"]] == [("9 Elm", "60201", True)]
    assert hub("customers", "list", "--phone", "13125550109").rows[0]["number"] == "C1"


def test_the_kind_follows_from_the_company_name(hub: InProcess) -> None:
    both = ("--first-name", "Sam", "--company-name", "Oak", "--mobile", "3125550142")
    assert hub("customers", "create", *both).rows[0]["kind"] == "company"
    assert hub("customers", "create", *both, "--kind", "individual").rows[0]["name"] == "Sam"


def test_a_write_prints_one_record_number_first_and_its_change(hub: InProcess) -> None:
    row = hub(*ANN).rows[0]
    assert (next(iter(row)), list(row)[-1]) == ("number", "change")
    assert (row["number"], row["source"], row["change"]) == ("C1", "in-store", "H1")
    assert hub(*ANN, "-q").out == "C2\n"


@pytest.mark.parametrize(
    ("require", "given", "missing"),
    [
        ("mobile", ("--home-phone", "3125550142"), "--mobile"),
        ("any-phone", ("--email", "a@x.test"), "--mobile, --home-phone or --alternate-phone"),
        ("any-contact", (), "--mobile, --home-phone, --alternate-phone, --email or an address"),
    ],
)
def test_the_contact_that_is_required_is_a_setting(
    hub: InProcess, require: str, given: tuple[str, ...], missing: str
) -> None:
    hub("settings", "set", "customers.require", require)
    result = hub("customers", "create", "--first-name", "Ann", *given, code=2)
    assert result.err.splitlines()[0] == f"hub: missing: {missing}"


def test_any_phone_and_any_contact_let_others_pass(hub: InProcess) -> None:
    hub("settings", "set", "customers.require", "any-phone")
    hub("customers", "create", "--first-name", "Ann", "--alternate-phone", "3125550142")
    hub("settings", "set", "customers.require", "any-contact")
    hub("customers", "create", "--first-name", "Bo", "--email", "bo@x.test")
    hub("customers", "create", "--first-name", "Cy", "--line1", "1 Elm", "--city", "Chicago")
    assert len(hub("customers", "list").rows) == 3


def test_without_a_terminal_and_options_it_names_what_is_missing(hub: InProcess) -> None:
    result = hub("customers", "create", code=2)
    assert result.err.startswith("hub: missing: --first-name or --last-name (or --company-name) and --mobile\n  try: ")


def test_twins_are_told_and_those_put_away_can_be_restored(demo: InProcess) -> None:
    result = demo("customers", "create", "--first-name", "ŁUKASZ", "--last-name", "kowalski", "--mobile", "17735550177")
    assert result.err == (
        "warning: C9 Łukasz Kowalski (archived) has the same phone number and name\n  try: hub customers restore C9\n"
    )
    assert result.rows[0]["number"] == "C251"


def test_a_twin_by_home_phone_or_billing_email_is_told(hub: InProcess) -> None:
    hub(*ANN, "--home-phone", "3125550100", "--billing-email", "Pay@x.test")
    result = hub("customers", "create", "--first-name", "Bo", "--mobile", "312 555 0100", "--email", "pay@X.test")
    assert result.err == "warning: C1 Ann Lee has the same phone number and e-mail address\n"


def test_the_same_key_creates_once(hub: InProcess) -> None:
    first = hub(*ANN, "--idempotency-key", "web-17")
    again = hub(*ANN, "--idempotency-key", "web-17")
    assert again.out == first.out
    assert again.err == "already done (H1)\n"
    assert len(hub("customers", "list").rows) == 1


def test_the_same_key_with_other_content_is_refused(hub: InProcess) -> None:
    hub(*ANN, "--idempotency-key", "web-17")
    result = hub(*ANN, "--type", "luxury", "--idempotency-key", "web-17", code=6)
    assert result.err == "hub: the key web-17 was used for something else, in H1\n  try: use a new key\n"
    assert len(hub("customers", "list").rows) == 1


def test_another_systems_number_is_one_customers(hub: InProcess) -> None:
    hub(*ANN, "--external-id", "shopify=7210")
    result = hub("customers", "create", "--first-name", "Bo", "--mobile", "3125550100", "--external-id", "shopify=7210",
                 code=6)  # fmt: skip
    assert result.err.startswith("hub: shopify:7210 is C1 Ann Lee already\n")
    assert hub("customers", "show", "shopify:7210").rows[0]["number"] == "C1"


def test_a_dry_run_creates_nothing(hub: InProcess) -> None:
    result = hub(*ANN, "-n")
    assert ("C1", "", "Ann") in [(row["record"], row["old"], row["new"]) for row in result.rows]
    assert hub("customers", "list").rows == []
    assert hub(*ANN).rows[0]["number"] == "C1"


# ------------------------------------------------------------------------------------------------------ field by field

ANSWERS = [
    "", "Ann", "Leigh", "12", "(312) 555-0188", "", "", "ann@", "ann@x.test", "1 Elm St", "", "Chicago", "IL", "",
    "60614", "luxury", "", "Radio", "",
]  # fmt: skip


def test_a_terminal_is_asked_field_by_field(hub: InProcess) -> None:
    result = hub("customers", "create", tty=True, stdin="\n".join([*ANSWERS, ""]))
    same_as_golden("customers_create_asked.txt", result.err + result.out)
    shown = hub("customers", "show", "C1", "--json").json
    assert (shown["name"], shown["type"], shown["source"]) == ("Ann Leigh", "luxury", "in-store")
    assert (shown["billing"]["city"], shown["billing"]["zip"], shown["found_us"]) == ("Chicago", "60614", "Radio")


def test_a_phone_that_is_there_offers_to_open_its_customer(hub: InProcess) -> None:
    hub(*ANN)
    result = hub("customers", "create", tty=True, stdin="\nAnn\n\n312-555-0188\n1\n")
    assert "This number is there already:\n  1  C1 Ann Lee\n" in result.err
    assert "C1  Ann Lee" in result.out
    assert len(hub("customers", "list").rows) == 1


def test_a_twin_seen_while_asked_is_not_told_again(hub: InProcess) -> None:
    hub(*ANN)
    answers = ["", "Bo", "Fox", "312-555-0188", "", *[""] * 13]
    result = hub("customers", "create", tty=True, stdin="\n".join([*answers, ""]))
    assert "warning" not in result.err
    assert len(hub("customers", "list").rows) == 2


def test_a_company_is_asked_for_its_name(hub: InProcess) -> None:
    answers = ["Company", "", "Oak Builders", "", "", "3125550142", *[""] * 13]
    hub("customers", "create", tty=True, stdin="\n".join([*answers, ""]))
    assert hub("customers", "list").rows[0]["kind"] == "company"


def test_input_that_ends_while_asked_saves_nothing(hub: InProcess) -> None:
    result = hub("customers", "create", tty=True, stdin="\nAnn\n", code=130)
    assert result.err.endswith("hub: stopped; nothing was saved\n")
    assert hub("customers", "list").rows == []
