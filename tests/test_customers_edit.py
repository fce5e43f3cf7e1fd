"""Editing customers: any field, many at once, only at the version that was read; an edit of nothing writes nothing."""

import sqlite3
from pathlib import Path

import pytest

from conftest import InProcess

ANN = ("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "(312) 555-0188")


def log(path: Path) -> list[tuple[str, str, str]]:
    """Give field, old and new of every update in the log."""
    with sqlite3.connect(path) as conn:
        return conn.execute("SELECT field, old, new FROM changelog WHERE operation = 'update' ORDER BY seq").fetchall()


def changes(path: Path) -> int:
    with sqlite3.connect(path) as conn:
        return int(conn.execute("SELECT count(*) FROM changes").fetchone()[0])


@pytest.fixture
def ann(hub: InProcess) -> InProcess:
    """One customer, C1 Ann Lee."""
    hub(*ANN, "--zip", "60614", "--line1", "1 Elm", "--line2", "Apt 4")
    return hub


def test_fields_are_edited_by_option_and_by_name(ann: InProcess) -> None:
    row = ann(
        "customers", "edit", "C1", "--type", "luxury", "--set", "found_us=Radio", "--set", "mobile=3125550101"
    ).rows[0]
    assert (row["number"], row["type"], row["mobile_phone"], row["change"]) == ("C1", "luxury", "3125550101", "H2")
    assert ann("customers", "show", "C1", "--json").json["found_us"] == "Radio"
    fields = {"type", "found_us", "mobile_phone", "mobile_key"}
    assert {field for field, _, _ in log(ann.path)} == fields


def test_one_part_of_the_billing_address_is_edited(ann: InProcess) -> None:
    ann("customers", "edit", "C1", "--zip", "60201", "--clear", "line2")
    billing = ann("customers", "show", "C1", "--json").json["billing"]
    assert (billing["line1"], billing["line2"], billing["zip"]) == ("1 Elm", None, "60201")
    assert len(ann("customers", "address", "list", "C1").rows) == 1


def test_an_edit_that_changes_nothing_writes_nothing(ann: InProcess) -> None:
    result = ann("customers", "edit", "C1", "--first-name", "Ann", "--zip", "60614", tty=True, today="2025-07-01")
    assert "nothing to change" in result.err
    assert changes(ann.path) == 1
    assert ann("customers", "show", "C1", "--json").json["last_activity_on"] == "2025-06-15"


def test_a_single_edit_is_activity_and_a_bulk_edit_is_none(ann: InProcess) -> None:
    ann("customers", "create", "--first-name", "Bo", "--mobile", "3125550100")
    ann("customers", "edit", "C1", "--type", "luxury", today="2025-07-01")
    ann("customers", "edit", "C1", "C2", "--source", "website", today="2025-08-01")
    days = {row["number"]: row["last_activity_on"] for row in ann("customers", "show", "C1", "C2").rows}
    assert days == {"C1": "2025-07-01", "C2": "2025-06-15"}


def test_clear_takes_values_away(ann: InProcess) -> None:
    ann("customers", "edit", "C1", "--email", "a@x.test", "--billing-email", "b@x.test", "--external-id", "old=1")
    ann("customers", "edit", "C1", "--clear", "email", "--clear", "billing-emails", "--clear", "external_ids")
    shown = ann("customers", "show", "C1", "--json").json
    assert (shown["email"], shown["billing_emails"], shown["external_ids"]) == (None, [], {})
    ann("customers", "edit", "C1", "--clear", "line1", "--clear", "line2", "--clear", "zip")
    assert ann("customers", "show", "C1", "--json").json["billing"] is None


def test_billing_emails_are_added_removed_and_replaced(ann: InProcess) -> None:
    ann("customers", "edit", "C1", "--add-billing-email", "a@x.test", "--add-billing-email", "b@x.test")
    ann("customers", "edit", "C1", "--remove-billing-email", "A@x.test", "--add-billing-email", "c@x.test")
    assert ann("customers", "show", "C1", "--json").json["billing_emails"] == ["b@x.test", "c@x.test"]
    ann("customers", "edit", "C1", "--billing-email", "d@x.test", "--billing-email", "c@x.test")
    assert sorted(ann("customers", "show", "C1", "--json").json["billing_emails"]) == ["c@x.test", "d@x.test"]


def test_an_edit_at_the_version_that_was_read_goes_through(ann: InProcess) -> None:
    assert ann("customers", "show", "C1", "--json").json["version"] == 1
    ann("customers", "edit", "C1", "--type", "luxury", "--if-version", "1")
    ann("customers", "edit", "C1", "--type", "average", "--if-version", "H2")


def test_a_stale_edit_is_refused_with_both_values_and_who(ann: InProcess) -> None:
    ann("customers", "edit", "C1", "--type", "luxury", actor="pat")
    result = ann("customers", "edit", "C1", "--type", "average", "--if-version", "1", code=6)
    assert result.err == (
        "hub: C1 is at version H2, not H1: type is luxury (H2, pat), yours is average\n"
        "  try: hub customers changelog C1\n"
    )
    assert ann("customers", "show", "C1", "--json").json["type"] == "luxury"


def test_an_unknown_field_names_the_near_ones(ann: InProcess) -> None:
    result = ann("customers", "edit", "C1", "--set", "mobil=1", code=2)
    assert result.err.startswith("hub: --set: 'mobil' is not a field of a customer: did you mean mobile")
    result = ann("customers", "edit", "C1", "--clear", "stage", code=2)
    assert result.err == "hub: --clear: 'stage' is worked out by hub, never typed\n"
    result = ann("customers", "edit", "C1", "--set", "status=archived", code=2)
    assert result.err.endswith("try: hub customers archive, restore, delete, spam\n")
    result = ann("customers", "edit", "C1", "--typ", "luxury", code=2)
    assert "did you mean --type" in result.err


def test_what_is_one_customers_own_is_not_edited_in_bulk(ann: InProcess) -> None:
    ann("customers", "create", "--first-name", "Bo", "--mobile", "3125550100")
    result = ann("customers", "edit", "C1", "C2", "--mobile", "3125550101", code=2)
    assert result.err == "hub: --mobile: 'for 2 customers' is one customer's own: edit them one by one\n"


def test_a_bulk_edit_above_50_asks_for_the_count(demo: InProcess) -> None:
    many = [f"C{number}" for number in range(12, 72)]
    result = demo("customers", "edit", *many, "--type", "luxury", code=6)
    assert result.err.startswith("hub: edit of 60 records needs a yes; nothing was changed\n")
    demo("customers", "edit", *many, "--type", "luxury", tty=True, stdin="59\n", code=130)
    demo("customers", "edit", *many, "--type", "luxury", tty=True, stdin="60\n")
    assert set(demo("customers", "show", *many, "--fields", "type").out.split()) == {"type", "luxury"}


def test_an_edit_without_anything_to_edit_is_refused(ann: InProcess) -> None:
    assert ann("customers", "edit", "C1", code=2).err.startswith("hub: nothing to edit: name a field\n")


def test_a_terminal_is_asked_with_the_present_values(ann: InProcess) -> None:
    answers = ["", "Lea", "", "", "", "a@x.test", "", "-", "", "", "", "", "luxury", "", "", ""]
    result = ann("customers", "edit", "C1", tty=True, stdin="\n".join([*answers, ""]))
    assert "First name [Ann]: " in result.err
    assert "Apartment, floor [Apt 4]: " in result.err
    shown = ann("customers", "show", "C1", "--json").json
    assert (shown["name"], shown["email"], shown["type"]) == ("Ann Lea", "a@x.test", "luxury")
    assert (shown["billing"]["line2"], shown["mobile_phone"]) == (None, "(312) 555-0188")


def test_names_in_the_rule_of_the_company_hold_in_an_edit_too(ann: InProcess) -> None:
    result = ann("customers", "edit", "C1", "--kind", "company", code=2)
    assert result.err.startswith("hub: a company needs --company-name\n")
    result = ann(
        "customers", "edit", "C1", "--clear", "first_name", "--clear", "last_name", "--clear", "mobile", code=2
    )
    assert result.err.startswith("hub: a customer needs a name, an e-mail address or a phone number\n")


# ---------------------------------------------------------------------------------------------------- account managers


@pytest.fixture
def staffed(ann: InProcess) -> InProcess:
    """Ann, and Sam and Pat who work here."""
    ann("staff", "add", "sam", "--name", "Sam Okafor")
    ann("staff", "add", "pat", "--name", "Pat Wood")
    return ann


def test_appliance_17_an_account_manager_is_set_shown_and_logged(staffed: InProcess) -> None:
    staffed("customers", "assign", "C1", "--manager", "Sam")
    assert staffed("customers", "show", "C1", "--json").json["manager"] == "sam"
    assert [row[1:] for row in log(staffed.path)] == [("NULL", "1")]
    told = staffed("customers", "changelog", "C1", "--field", "manager").rows
    assert [(row["old"], row["new"]) for row in told] == [("", "sam")]
    result = staffed("customers", "assign", "C1", "--manager", "samm", code=4)
    assert result.err == "hub: there is no staff member samm; did you mean sam?\n  try: hub staff list\n"
    result = staffed("customers", "edit", "C1", "--manager", "nobody", code=4)
    assert result.err.startswith("hub: there is no staff member nobody")


def test_none_takes_the_manager_away(staffed: InProcess) -> None:
    staffed("customers", "edit", "C1", "--manager", "sam")
    staffed("customers", "assign", "C1", "--manager", "none")
    assert staffed("customers", "show", "C1", "--json").json["manager"] is None


def test_all_that_the_filters_find_are_assigned(staffed: InProcess) -> None:
    staffed("customers", "create", "--first-name", "Bo", "--mobile", "3125550100", "--manager", "pat")
    staffed("customers", "create", "--first-name", "Cy", "--mobile", "3125550101", "--manager", "pat")
    rows = staffed("customers", "assign", "--manager", "pat", "--to", "sam").rows
    assert [(row["number"], row["manager"]) for row in rows] == [("C2", "sam"), ("C3", "sam")]
    assert staffed("customers", "assign", "--manager", "pat", "--to", "sam").out == ""


def test_assign_wants_a_manager_and_customers(staffed: InProcess) -> None:
    staffed("customers", "assign", "C1", code=2)
    staffed("customers", "assign", "--manager", "pat", code=2)
    staffed("customers", "assign", "C1", "--manager", "pat", "--zip", "60614", code=2)


def test_who_left_is_given_nothing_new(staffed: InProcess) -> None:
    staffed("staff", "remove", "pat")
    result = staffed("customers", "assign", "C1", "--manager", "pat", code=6)
    assert result.err == "hub: pat Pat Wood is no longer working here, not active\n  try: hub staff edit pat --active\n"
