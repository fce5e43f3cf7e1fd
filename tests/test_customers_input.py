"""Bad and odd input about customers: refused naming field, value and rule, or kept exactly as typed."""

import csv
import io
import sqlite3
import unicodedata

import pytest

from conftest import InProcess

MOBILE = ("--mobile", "(312) 555-0188")


def create(hub: InProcess, *options: str, code: int | None = 0) -> str:
    """Create with these options; give what was said on stderr."""
    return hub("customers", "create", *options, code=code).err


def nothing_is_stored(hub: InProcess) -> bool:
    return hub("customers", "list", "--status", "all").rows == []


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u200d", "\u2800"])
def test_b1_a_name_that_is_empty_is_refused(hub: InProcess, name: str) -> None:
    assert create(hub, "--first-name", name, *MOBILE, code=2).startswith("hub: --first-name: ")
    assert nothing_is_stored(hub)


def test_b2_a_name_of_201_characters_and_a_note_of_a_megabyte_are_refused(hub: InProcess) -> None:
    assert "is 201 characters long: write at most 200" in create(hub, "--first-name", "x" * 201, *MOBILE, code=2)
    create(hub, "--first-name", "x" * 200, *MOBILE)
    result = hub("notes", "add", "C1", "-", stdin="x" * 1_000_000, code=2)
    assert "is 1000000 characters long: write at most 100000" in result.err
    assert hub("notes", "list").rows == []


@pytest.mark.parametrize("bad", ["a\x1b[31mb", "a\x85b", "a\u202eb", "a\nb", "a\x00b"])
@pytest.mark.parametrize("option", ["--first-name", "--email", "--mobile", "--zip", "--company-name", "--line1"])
def test_b3_control_characters_are_refused_on_entry(hub: InProcess, option: str, bad: str) -> None:
    error = create(hub, "--last-name", "Lee", *(() if option == "--mobile" else MOBILE), option, bad, code=2)
    assert error.startswith(f"hub: {option}: ")
    assert "holds the control character U+" in error
    assert "\x1b" not in error
    assert nothing_is_stored(hub)


def test_b3_notes_keep_newlines_and_tabs_and_refuse_the_rest(hub: InProcess) -> None:
    create(hub, "--first-name", "Ann", *MOBILE)
    hub("notes", "add", "C1", "one\r\n\ttwo")
    assert hub("notes", "list", "--json").json[0]["text"] == "one\n\ttwo"
    assert "U+001B" in hub("notes", "add", "C1", "a\x1b[2J", code=2).err


NAMES = [
    "[red]x[/]", "Bob [/]", "Robert'); DROP TABLE customers;--", "NULL", "None", "0", "-1", "--help", "=1+1",
    "👨‍👩‍👧‍👦 Kim", "株式会社", "محمد", unicodedata.normalize("NFD", "René é"), "O'Brien", "Null", "True", 'a,b"c',
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_b4_odd_names_are_kept_shown_found_and_exported_exactly(hub: InProcess, name: str) -> None:
    kept = unicodedata.normalize("NFC", name)
    hub("customers", "create", f"--last-name={name}", *MOBILE)
    assert hub("customers", "show", "C1", "--json").json["last_name"] == kept
    assert kept in hub("customers", "show", "C1", tty=True, width=100).out
    assert [row["name"] for row in hub("customers", "search", "--", name).rows] == [kept]
    listed = list(csv.DictReader(io.StringIO(hub("customers", "list", "--csv").out)))
    assert listed[0]["name"] == kept


@pytest.mark.parametrize("name", ["ann LEE", "Ａｎｎ Lee", unicodedata.normalize("NFD", "Ánn Lee")])
def test_b5_the_same_name_in_another_form_warns_and_is_accepted(hub: InProcess, name: str) -> None:
    create(hub, "--first-name", "Ann", "--last-name", "Lee", *MOBILE)
    first, last = name.split()
    said = create(hub, "--first-name", first, "--last-name", last, "--mobile", "3125550100")
    assert said == "warning: C1 Ann Lee has the same name\n"


def test_b5_the_same_phone_and_email_warn(hub: InProcess) -> None:
    create(hub, "--first-name", "Ann", *MOBILE, "--email", "ann@x.test")
    said = create(hub, "--first-name", "Bo", "--mobile", "13125550188", "--email", "ANN@x.test")
    assert said == "warning: C1 Ann has the same phone number and e-mail address\n"


@pytest.mark.parametrize("email", ["a@b", "a b@x.test", "a@b@x.test", '"a b"@x.test', "a" * 250 + "@x.test", "", "ann"])
def test_b6_bad_emails_are_refused(hub: InProcess, email: str) -> None:
    assert create(hub, "--first-name", "Ann", *MOBILE, "--email", email, code=2).startswith("hub: --email: ")
    assert nothing_is_stored(hub)


def test_b6_an_email_is_kept_as_typed_and_found_in_any_case(hub: InProcess) -> None:
    create(hub, "--first-name", "Ann", *MOBILE, "--email", "Ann.Lee@Bücher.example")
    assert hub("customers", "show", "ann.lee@bücher.EXAMPLE").rows[0]["email"] == "Ann.Lee@Bücher.example"


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("+1 (555) 123-4567 x89", "555 123 4567"),
        ("555-CALL-NOW", "5552255669"),
        ("٣١٢٥٥٥٠١٤٢", "312-555-0142"),
    ],
)
def test_b7_phones_are_kept_as_typed_and_found_by_any_spacing(hub: InProcess, typed: str, sought: str) -> None:
    create(hub, "--first-name", "Ann", "--mobile", typed)
    assert hub("customers", "search", "--phone", sought).rows[0]["mobile_phone"] == typed


def test_b7_an_unknown_form_warns(hub: InProcess) -> None:
    said = create(hub, "--first-name", "Ann", "--mobile", "555" * 10)
    assert said == f"warning: mobile: {'555' * 10} has no form known in US; kept as typed\n"
    assert "has at least 3 digits" in create(hub, "--first-name", "Bo", "--mobile", "12", code=2)


@pytest.mark.parametrize("code", ["00501", "00501-0544"])
def test_b8_zips_keep_their_zeros(hub: InProcess, code: str) -> None:
    create(hub, "--first-name", "Ann", *MOBILE, "--zip", f" {code} ")
    assert hub("customers", "show", "C1", "--json").json["billing"]["zip"] == code
    assert next(csv.DictReader(io.StringIO(hub("customers", "list", "--csv").out)))["zip"] == code
    assert hub("customers", "search", "--zip", "00501").rows[0]["zip"] == code


def test_b8_a_lost_zero_is_refused_and_other_countries_write_as_they_do(hub: InProcess) -> None:
    said = create(hub, "--first-name", "Ann", *MOBILE, "--zip", "0501", code=2)
    assert "a leading zero may have been lost, as in 00501" in said
    create(hub, "--first-name", "Ann", *MOBILE, "--zip", "SW1A 1AA", "--country", "United Kingdom")
    billing = hub("customers", "show", "C1", "--json").json["billing"]
    assert (billing["zip"], billing["country"]) == ("SW1A 1AA", "GB")


@pytest.mark.parametrize(
    ("ref", "near"),
    [("C999", ""), ("Maria Garcya", "did you mean C1 Maria Garcia"), ("no@x.test", ""), ("shopify:1", "")],
)
def test_b13_an_unknown_customer_is_exit_4_with_near_names(demo: InProcess, ref: str, near: str) -> None:
    for verb in (("show",), ("archive",), ("edit", "--type", "luxury"), ("address", "list"), ("delete", "--yes")):
        result = demo("customers", *verb, ref, code=4)
        assert result.err.startswith(f"hub: there is no customer {ref}")
        assert near in result.err


def test_b13_what_was_typed_is_made_visible(hub: InProcess) -> None:
    assert "\x1b" not in hub("customers", "show", "a\x1b[2Jb", code=2).err


def test_b14_an_ambiguous_name_is_exit_5_listing_five_at_most(hub: InProcess) -> None:
    for digit in range(7):
        hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", f"312555010{digit}")
    result = hub("customers", "show", "ann lee", code=5)
    assert result.err.splitlines()[0] == (
        "hub: ann lee fits 7 customers: C1 Ann Lee, C2 Ann Lee, C3 Ann Lee, C4 Ann Lee, C5 Ann Lee, …"
    )
    chosen = hub("customers", "show", "ann lee", tty=True, stdin="2\n")
    assert "C2  Ann Lee" in chosen.out


@pytest.mark.parametrize(
    ("options", "field"),
    [
        (("--type", "lux"), "--type: 'lux' is not known: did you mean luxury?"),
        (("--source", "online"), "--source: 'online' is not known: it can be website or in-store"),
        (("--kind", "person"), "--kind: 'person' is not known"),
        (("--country", "Atlantis", "--zip", "1"), "--country: 'Atlantis' is not a country"),
        (("--external-id", "shopify"), "--external-id: 'shopify' is no number of another system"),
        (("--billing-email", "x"), "--billing-email: 'x' is not an e-mail address"),
        (("--delivery-zip", "1"), "--delivery-zip: '1' is not a US ZIP code"),
    ],
)
def test_a_value_that_does_not_hold_names_field_value_and_rule(
    hub: InProcess, options: tuple[str, ...], field: str
) -> None:
    assert create(hub, "--first-name", "Ann", *MOBILE, *options, code=2).startswith(f"hub: {field}")
    assert nothing_is_stored(hub)


def test_plain_sql_keeps_the_rules_of_customers(hub: InProcess) -> None:
    insert = "INSERT INTO customers (kind, first_name, type, source, created_at) VALUES (?, ?, ?, ?, 't')"
    with sqlite3.connect(hub.path) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        for rule, values in (
            ("customer_kind", ("person", "Ann", None, None)),
            ("customer_type", ("individual", "Ann", "lux", None)),
            ("customer_source", ("individual", "Ann", None, "web")),
            ("customer_without_name", ("individual", None, None, None)),
        ):
            with pytest.raises(sqlite3.IntegrityError, match=rule):
                conn.execute(insert, values)
        with pytest.raises(sqlite3.IntegrityError, match="company_without_name"):
            conn.execute("INSERT INTO customers (kind, company_name, created_at) VALUES ('company', '', 't')")


def test_an_external_id_is_one_in_files_too(hub: InProcess) -> None:
    told = hub("customers", "create", "--first-name", "Ann", "--external-id", "old=x; new:y", code=2).err
    assert "stands between two numbers in files" in told
    hub("customers", "create", "--first-name", "Ann", "--mobile", "3125550101", "--external-id", "old=x;y:z")
    exported = hub("export", "customers", "--csv").out
    assert "old:x;y:z" in exported
