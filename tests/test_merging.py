"""Duplicates are found with reasons, merged with everything they have, and taken apart again, row for row."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from conftest import InProcess
from hubcli import schema
from hubcli.operations.customers import duplicates, merging
from hubcli.values import nicknames


def person(hub: InProcess, first: str, last: str, mobile: str, *more: str) -> None:
    hub("customers", "create", "--first-name", first, "--last-name", last, "--mobile", mobile, *more)


@pytest.fixture
def twins(hub: InProcess) -> InProcess:
    """C1 and C2 are Robert Smith with one phone, C3 is his neighbour, C4 nobody's double."""
    zip_ = ("--line1", "9 Oak St", "--zip", "60614")
    person(hub, "Robert", "Smith", "312 555 0188", "--email", "rob@smith.test", *zip_)
    person(hub, "Bob", "Smith", "(312) 555-0188", "--email", "bob@work.test", "--home-phone", "312 555 0190", *zip_)
    person(hub, "Ann", "Lee", "312 555 0101", *zip_)
    person(hub, "Cy", "Young", "312 555 0102", "--zip", "10001")
    hub("quotes", "create", "C2", "--line", "WF45@900/500", "--fulfillment", "pickup")
    hub("payments", "add", "Q1", "--full", "--method", "cash")
    hub("credit", "grant", "C2", "--amount", "50", "--note", "late truck")
    hub("credit", "grant", "C1", "--amount", "20", "--note", "late truck")
    hub("notes", "add", "C2", "rings twice", "--type", "delivery", "--persistence", "persistent")
    return hub


def dump(hub: InProcess) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every logged table, kept figures beside, without what a merge and its undo both write."""
    with closing(sqlite3.connect(hub.path)) as conn:
        found = {t: conn.execute(f"SELECT * FROM {t} ORDER BY 1").fetchall() for t in schema.logged()}
        found["customer_figures"] = conn.execute("SELECT * FROM customer_figures ORDER BY 1").fetchall()
    return found


# --------------------------------------------------------------------------------------------------------- finding them


def test_a_group_names_what_they_share(twins: InProcess) -> None:
    rows = twins("customers", "duplicates").rows
    assert [(row["number"], row["reasons"], row["suggestion"]) for row in rows] == [
        ("C2", "phone, spelling", "keep"),
        ("C1", "phone, spelling", "merge"),
    ]
    assert {row["group"] for row in rows} == {"1"}
    assert {row["score"] for row in rows} == {"80"}
    assert {row["decision"] for row in rows} == {""}


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (("René", "Müller"), ("Rene", "Muller"), "name"),
        (("Margaret", "Hill"), ("Peggy", "Hill"), "spelling"),
        (("J", "Garcia"), ("Juan", "Garcia"), "spelling"),
        (("Maria", "Garcia"), ("Maria", "Garica"), "spelling"),
        (("Stephen", "Hawk"), ("Steven", "Hawk"), "spelling"),
        (("Ann", "Lee"), ("Bea", "Lee"), None),
        (("Carl", "Lee"), ("Carla", "Ruiz"), None),
    ],
)
def test_names_in_one_house(
    hub: InProcess, first: tuple[str, str], second: tuple[str, str], reason: str | None
) -> None:
    person(hub, *first, "312 555 0101", "--line1", "9 Oak St", "--zip", "60614")
    person(hub, *second, "312 555 0102", "--line1", "9 Oak Street", "--zip", "60614-1234")
    rows = hub("customers", "duplicates").rows
    if reason is not None and first[1] != second[1] and reason == "spelling":
        assert rows == []  # another street as written: too little for two last names
        hub("customers", "move", "C2", "--line1", "9 Oak St", "--zip", "60614")
        rows = hub("customers", "duplicates").rows
    assert {row["reasons"] for row in rows} == ({reason} if reason else set())


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        (("Robert", "Smith"), ("Smith", "Robert"), True),
        (("Jürgen", "Müller"), ("Juergen", "Mueller"), True),
        (("Bjørn", "Sørensen"), ("Bjorn", "Sorensen"), True),
        (("Mary Ann", "De La Cruz"), ("Maryann", "Delacruz"), True),
        (("Katherine", "O'Brien"), ("Kate", "OBrien"), True),
        (("William", "Jones Jr."), ("Bill", "Jones"), True),
        (("Dr. Ann", "Lee"), ("Annie", "Lee"), True),
        (("T.", "Green"), ("Theodore", "Green"), True),
        (("Amy", "Lee"), ("May", "Lee"), False),
        (("Robert", "Smith"), ("Smith", "Bob"), False),
        (("Ivy", "Jo"), ("Ivo", "Jy"), False),
    ],
)
def test_a_name_is_known_however_it_is_written(
    hub: InProcess, first: tuple[str, str], second: tuple[str, str], same: bool
) -> None:
    person(hub, *first, "312 555 0101", "--line1", "9 Oak St", "--zip", "60614")
    person(hub, *second, "312 555 0102", "--line1", "7 Elm St", "--zip", "60614-1234")
    assert [row["number"] for row in hub("customers", "duplicates").rows] == (["C1", "C2"] if same else [])


def test_a_further_last_name_counts_in_one_house_only(hub: InProcess) -> None:
    person(hub, "Ann", "Lee", "312 555 0101", "--line1", "9 Oak St", "--zip", "60614")
    person(hub, "Ann", "Lee-Park", "312 555 0102", "--line1", "9 Oak St", "--zip", "60614")
    person(hub, "Ann", "Lee-Young", "312 555 0103", "--line1", "7 Elm St", "--zip", "60614")
    assert [row["number"] for row in hub("customers", "duplicates").rows] == ["C1", "C2"]


def test_a_slip_in_the_name_of_a_company(hub: InProcess) -> None:
    names = ("Acme Plumbing & Heating", "ACME Plumbing and Heatng Co.", "Acme Bakery", "Acme Brewery")
    for at, name in enumerate(names):
        hub("customers", "create", "--company-name", name, "--mobile", f"312 555 010{at}")
    rows = hub("customers", "duplicates").rows
    assert [(row["number"], row["reasons"]) for row in rows] == [("C1", "spelling"), ("C2", "spelling")]
    assert hub("customers", "duplicates", "--by", "company").rows == []


def test_companies_without_their_legal_form(hub: InProcess) -> None:
    for name in ("The Acme Co., Inc.", "ACME", "Acme Bakery"):
        hub("customers", "create", "--company-name", name, "--mobile", "312 555 01" + str(len(name)).zfill(2))
    assert [row["number"] for row in hub("customers", "duplicates").rows] == ["C1", "C2"]
    assert duplicates.company_key("baker & sons gmbh") == "baker and sons"


def test_e_mail_counts_with_billing_addresses(hub: InProcess) -> None:
    person(hub, "Ann", "Lee", "312 555 0101", "--email", "ann@lee.test")
    person(hub, "Bea", "Orr", "312 555 0102", "--billing-email", "ANN@lee.test")
    assert {row["reasons"] for row in hub("customers", "duplicates", "--by", "email").rows} == {"email"}
    assert hub("customers", "duplicates", "--by", "phone").rows == []


def test_a_phone_in_another_place_is_found(hub: InProcess) -> None:
    person(hub, "Ann", "Lee", "312 555 0101")
    person(hub, "Bea", "Orr", "312 555 0102", "--alternate-phone", "+1 312 555 0101")
    assert [row["number"] for row in hub("customers", "duplicates").rows] == ["C1", "C2"]
    assert [row["number"] for row in hub("customers", "duplicates", "C2").rows] == ["C1", "C2"]
    person(hub, "Cy", "Day", "212 555 0101")
    assert len(hub("customers", "duplicates").rows) == 2, "seven equal digits are no equal number"


def test_what_was_declared_different_never_comes_again(twins: InProcess) -> None:
    twins("customers", "duplicates", "dismiss", "C2", "C1")
    assert twins("customers", "duplicates").rows == []
    twins("customers", "duplicates", "dismiss", "C1", "C2", "--undo-dismiss")
    assert len(twins("customers", "duplicates").rows) == 2
    assert "Name two or more" in twins("customers", "duplicates", "dismiss", "C1", code=2).err


def test_only_those_a_change_touched(twins: InProcess) -> None:
    person(twins, "Ann", "Lee", "312 555 0777", "--line1", "9 Oak St", "--zip", "60614")
    change = twins("changes", "list", "--limit", "1").rows[0]["change"]
    assert [row["number"] for row in twins("customers", "duplicates", "--from-change", change).rows] == ["C3", "C5"]
    assert twins("customers", "duplicates", "C1", "--from-change", change).rows == []


def test_put_away_ones_only_when_asked_for(twins: InProcess) -> None:
    twins("orders", "deliver", "O1", "--line", "1", "--date", "2025-06-15")
    twins("customers", "archive", "C2")
    assert twins("customers", "duplicates").rows == []
    assert len(twins("customers", "duplicates", "--archived").rows) == 2


def test_nicknames() -> None:
    assert nicknames.alike("bob", "robert")
    assert nicknames.alike("peggy", "meg")
    assert not nicknames.alike("bob", "bill")
    assert not nicknames.alike("", "bill")


# -------------------------------------------------------------------------------------------------------------- merging


def test_the_survivor_has_everything_and_every_cent(twins: InProcess) -> None:
    twins("customers", "merge", "C1", "C2", "-y")
    shown = twins("customers", "show", "C1", "--json").json
    assert (shown["credit_balance"], shown["orders"], shown["lifetime_value"]) == ("70.00", 1, "900.00")
    assert shown["email"] == "rob@smith.test"
    assert shown["billing_emails"] == ["bob@work.test"]
    assert shown["home_phone"] == "312 555 0190"
    assert "rings twice" in str(twins("notes", "list", "--customer", "C1").rows)
    history = twins("credit", "history", "C1").rows
    assert [row["amount"] for row in history] in (["50.00", "20.00"], ["20.00", "50.00"])
    assert twins("db", "check", "--full").out == ""


def test_the_old_number_goes_on_finding(twins: InProcess) -> None:
    twins("customers", "merge", "C1", "C2", "-y")
    result = twins("customers", "show", "C2", "--json")
    assert result.json["number"] == "C1"
    assert "C2 was merged into C1" in result.err
    assert [row["number"] for row in twins("customers", "list").rows] == ["C3", "C4", "C1"]
    again = twins("customers", "merge", "C3", "C2", "-y", "-n")
    assert "C2 was merged into C1" in again.err, "the old number is the survivor, in a merge too"


def test_take_and_its_words(twins: InProcess) -> None:
    twins("customers", "merge", "C1", "C2", "--take", "email", "--take", "first-name", "-y")
    shown = twins("customers", "show", "C1", "--json").json
    assert (shown["email"], shown["billing_emails"], shown["name"]) == (
        "bob@work.test", ["rob@smith.test"], "Bob Smith",
    )  # fmt: skip
    assert "is not a field" in twins("customers", "merge", "C1", "C3", "--take", "shoe", code=2).err


def test_the_preview_is_the_merge_itself(twins: InProcess) -> None:
    before = dump(twins)
    result = twins("customers", "merge", "C1", "C2", "-n")
    assert dump(twins) == before
    for line in ("C2  wallet entries: 1 move", "C2  documents: 1 move", "C2  addresses: 1 move", "home_phone: 312"):
        assert line in result.err
    assert "C2" in twins("customers", "merge", "C1", "C2", code=6).err, "without a terminal it wants --yes"
    asked = twins("customers", "merge", "C1", "C2", tty=True, stdin="n\n", code=130)
    assert "documents: 1 move" in asked.err
    assert dump(twins) == before


def test_one_of_a_kind_stays_with_the_merged_number(twins: InProcess) -> None:
    twins("credit", "line", "set", "C1", "--limit", "100")
    twins("credit", "line", "set", "C2", "--limit", "500")
    said = twins("customers", "merge", "C1", "C2", "-y").err
    assert "credit lines: 0 move; 1 stay with C2" in said
    assert twins("credit", "line", "show", "C1", "--json").json["limit"] == "100.00"


def test_unmerge_puts_back_exactly_the_rows_it_moved(twins: InProcess) -> None:
    before = dump(twins)
    twins("customers", "merge", "C1", "C2", "-y")
    twins("customers", "unmerge", "C2")
    after = dump(twins)
    for table in before:
        wanted, found = before[table], after[table]
        if table == "customers":
            wanted, found = ([row[:20] for row in rows] for rows in (wanted, found))
        if table == "customer_figures":
            wanted, found = ([row[:5] for row in rows] for rows in (wanted, found))
        assert found == wanted, table
    assert twins("db", "check", "--full").out == ""
    assert "was not merged" in twins("customers", "unmerge", "C2", code=6).err


def test_what_came_later_stays_with_the_survivor(twins: InProcess) -> None:
    twins("customers", "merge", "C1", "C2", "-y")
    twins("quotes", "create", "C1", "--line", "DRY1@400", "--fulfillment", "pickup")
    twins("customers", "edit", "C1", "--home-phone", "312 555 0199")
    result = twins("customers", "unmerge", "C2", code=3)
    assert "home_phone is 312 555 0199 by now" in result.err
    assert [row["number"] for row in twins("quotes", "list", "--customer", "C1").rows] == ["Q2"]
    assert [row["number"] for row in twins("orders", "list", "--customer", "C2").rows] == ["O1"]


def test_credit_that_was_spent_since_keeps_them_together(twins: InProcess) -> None:
    twins("customers", "merge", "C1", "C2", "-y")
    twins("credit", "withdraw", "C1", "--amount", "60", "--method", "cash", "--reason", "asked for it")
    refused = twins("customers", "unmerge", "C2", code=6)
    assert "the customer credit that came along was spent since, C1 would be below 0.00" in refused.err
    assert twins("db", "check").out == ""


def test_one_of_several_is_taken_out_alone(twins: InProcess) -> None:
    twins("notes", "add", "C3", "has a dog", "--type", "delivery", "--persistence", "optional")
    twins("customers", "merge", "C1", "C2", "C3", "-y")
    twins("customers", "unmerge", "C3")
    assert [row["number"] for row in twins("orders", "list", "--customer", "C1").rows] == ["O1"]
    assert [row["text"] for row in twins("notes", "list", "--customer", "C3").rows] == ["has a dog"]
    assert twins("customers", "show", "C3", "--json").json["status"] == "active"
    assert twins("customers", "show", "C2", "--json").json["number"] == "C1"


def test_a_merge_is_one_undo_too(twins: InProcess) -> None:
    before = dump(twins)
    change = twins("customers", "merge", "C1", "C2", "C3", "-y").rows[0]["change"]
    twins("undo", change)
    assert dump(twins)["documents"] == before["documents"]
    assert twins("db", "check", "--full").out == ""


def test_what_cannot_be_merged(twins: InProcess) -> None:
    for arguments, why in (
        (("C1", "C1"), "merged with itself"),
        (("C1",), "The one that stays"),
    ):
        assert why in twins("customers", "merge", *arguments, "-y", code=None).err
    twins("customers", "delete", "C4", "-y")
    assert "what survives is active" in twins("customers", "merge", "C4", "C1", "-y", code=6).err


def test_decisions_of_a_spreadsheet(twins: InProcess, tmp_path: Path) -> None:
    person(twins, "Ann", "Lee", "312 555 0777", "--line1", "9 Oak St", "--zip", "60614")
    head, *lines = twins("customers", "duplicates", "--csv").out.splitlines()
    decided = {"C1": "keep", "C2": "merge", "C3": "different", "C5": "different"}
    path = tmp_path / "decisions.csv"
    path.write_text("\n".join([head, *(line + decided[line.split(",")[0]] for line in lines)]) + "\n")
    result = twins("customers", "merge", "--from", str(path))
    assert result.err == "1 merged into 1, 2 groups kept apart\n"
    assert twins("customers", "duplicates").rows == []
    assert twins("customers", "show", "C2", "--json").json["number"] == "C1"
    path.write_text("number,group,decision\nC1,1,merge\nC3,1,merge\n")
    assert "no row says keep" in twins("customers", "merge", "--from", str(path), code=2).err
    path.write_text("number,group,decision\nC1,1,perhaps\n")
    assert "on line 2 is not keep, merge, different" in twins("customers", "merge", "--from", str(path), code=2).err
    path.write_text("number,decision\nC1,keep\n")
    assert "has no column group" in twins("customers", "merge", "--from", str(path), code=2).err
    assert twins("customers", "merge", "--from", str(tmp_path / "none.csv"), code=2).err


def columns_of_customers() -> Iterator[tuple[str, str]]:
    """Every column of schema.sql that refers to customers, read without the help of what is tested."""
    for name, table in schema.tables().items():
        body = schema.text().split(f"CREATE TABLE {name} (", 1)[1].split(") STRICT", 1)[0]
        for column in table.columns:
            line = next(x for x in body.splitlines() if x.strip().startswith(column.name + " "))
            if "REFERENCES customers(id)" in line and table.logged:
                yield name, column.name


def test_every_reference_to_a_customer_is_moved() -> None:
    assert set(columns_of_customers()) == {*merging.references(), *merging.STAYING}


# ------------------------------------------------------------------------------------------- what is left of a number


def test_the_history_of_a_merged_number_stays_in_reach(twins: InProcess) -> None:
    twins("customers", "edit", "C2", "--type", "luxury", "--reason", "moved up")
    twins("customers", "merge", "C1", "C2", "-y")
    own = twins("customers", "changelog", "C2", "--field", "type")
    assert own.err == "C2 was merged into C1\n"
    told = [(row["record"], row["new"], row["reason"]) for row in own.rows if row["record"] == "C2"]
    assert told == [("C2", "luxury", "moved up")]
    both = twins("customers", "changelog", "C1", "--field", "first_name").rows
    assert [(row["record"], row["new"]) for row in both] == [("C2", "Bob"), ("C1", "Robert")]
    commands = [row["command"] for row in twins("changes", "list", "--customer", "C1").rows]
    assert commands.count("customers create") == 2
    assert sum("customers create" in row["what"] for row in twins("customers", "activity", "C1").rows) == 2
    assert twins("customers", "show", "C1", "--json").json["merged_numbers"] == ["C2"]
    assert "merged_into" in twins("customers", "list", "--status", "deleted", tty=True).err
    gone = twins("customers", "list", "--status", "deleted", "--fields", "number,merged_into").rows
    assert [(row["number"], row["merged_into"]) for row in gone] == [("C2", "C1")]
    assert "also" in twins("customers", "show", "C1", tty=True).out


def test_what_led_to_the_merged_one_leads_to_the_survivor(twins: InProcess) -> None:
    twins("customers", "edit", "C1", "--email", "bob@work.test")
    assert twins("customers", "show", "bob@work.test", code=5).err
    twins("customers", "merge", "C1", "C2", "-y")
    assert twins("customers", "show", "bob@work.test", "--json").json["number"] == "C1"
    assert twins("customers", "show", "bob smith", "--json").json["number"] == "C1"
    made = twins("customers", "create", "--first-name", "Bob", "--last-name", "Smith", "--mobile", "312 555 0188")
    assert "C2" not in made.err, "the survivor is the twin, not the number that went into it"


@pytest.mark.parametrize("verb", ["archive", "delete", "restore", "spam", "not-spam", "erase", "purge"])
def test_a_state_is_never_set_by_an_old_number(twins: InProcess, verb: str) -> None:
    twins("settings", "set", "shop.region", "eu")
    twins("customers", "merge", "C1", "C2", "-y")
    more = ("--confirm-count", "1") if verb in {"erase", "purge"} else ("-y",)
    refused = twins("customers", verb, "C2", *more, code=6)
    assert refused.err == (
        "hub: C2 was merged into C1: to archive, delete, restore or erase, name C1 itself\n"
        "  try: hub customers show C1\n  try: hub customers unmerge C2\n"
    )
    assert twins("customers", "show", "C1", "--json").json["status"] == "active"


# ------------------------------------------------------------------------------------ what must not be lost, or stray


def test_a_hold_and_an_exemption_come_along_and_go_back(twins: InProcess) -> None:
    twins("customers", "hold", "C2")
    twins("customers", "tax-exempt", "C2", "--tax-id", "99-1", "--type", "resale", "--until-revoked")
    said = twins("customers", "merge", "C1", "C2", "-y").err
    assert "  C2  on_hold: yes\n" in said
    assert "  C2  tax_exempt: yes\n" in said
    shown = twins("customers", "show", "C1", "--json").json
    assert (shown["on_hold"], shown["tax_exempt"], shown["exemption"]["tax_id"]) == (True, True, "99-1")
    twins("customers", "unmerge", "C2")
    shown = twins("customers", "show", "C1", "--json").json
    assert (shown["on_hold"], shown["tax_exempt"], shown["exemption"]) == (False, False, None)
    assert twins("customers", "show", "C2", "--json").json["tax_exempt"] is True


def test_the_preview_names_what_stays_behind_and_people_by_login(twins: InProcess) -> None:
    twins("staff", "add", "pat")
    twins("customers", "edit", "C2", "--manager", "pat", "--discount", "5%")
    said = twins("customers", "merge", "C1", "C2", "-n").err
    assert "  C2  manager: pat\n" in said
    assert "  C2  first_name: Bob stays behind\n" in said
    assert "  C2  discount_rate: 5% stays behind\n" in said


def test_unmerge_takes_along_what_came_to_its_documents_since(twins: InProcess) -> None:
    twins("quotes", "create", "C2", "--line", "DRY1@400", "--fulfillment", "pickup")
    twins("customers", "merge", "C1", "C2", "-y")
    twins("payments", "add", "Q2", "--amount", "40", "--method", "cash")
    twins("payments", "add", "Q2", "--amount", "50", "--method", "customer-credit")
    twins("notes", "add", "C1", "of the survivor", "--type", "internal")
    twins("notes", "attach", "N2", "--to", "Q2")
    twins("customers", "unmerge", "C2")
    assert [row["customer"] for row in twins("payments", "list", "--customer", "C2").rows] == ["C2"] * 3
    assert twins("payments", "list", "--customer", "C1").rows == []
    assert [row["text"] for row in twins("quotes", "show", "Q2", "--json").json["notes"]] == ["rings twice"]
    assert [twins("customers", "show", ref, "--json").json["credit_balance"] for ref in ("C1", "C2")] == [
        "20.00",
        "0.00",
    ]
    assert twins("db", "check", "--full").out == ""


def test_unmerge_is_refused_where_its_documents_took_credit_of_both(twins: InProcess) -> None:
    twins("quotes", "create", "C2", "--line", "DRY1@400", "--fulfillment", "pickup")
    twins("customers", "merge", "C1", "C2", "-y")
    twins("payments", "add", "Q2", "--amount", "70", "--method", "customer-credit")
    assert "was spent since, C2 would be below 0.00" in twins("customers", "unmerge", "C2", code=6).err
    assert twins("customers", "show", "C2", "--json").json["number"] == "C1"
    assert twins("db", "check", "--full").out == ""


def test_merges_on_merges_are_taken_back_from_the_last(twins: InProcess) -> None:
    before = dump(twins)
    twins("customers", "merge", "C1", "C2", "-y")
    twins("customers", "merge", "C3", "C1", "-y")
    assert twins("customers", "show", "C2", "--json").json["number"] == "C3"
    refused = twins("customers", "unmerge", "C2", code=6)
    assert "C2 Bob Smith was merged into C1, and that into C3 since: take the later merge back first" in refused.err
    assert "hub customers unmerge C1" in refused.err
    twins("customers", "unmerge", "C1")
    assert twins("customers", "show", "C2", "--json").json["number"] == "C1"
    twins("customers", "unmerge", "C2")
    for table in ("documents", "payments", "notes", "wallet_entries", "addresses"):
        assert dump(twins)[table] == before[table], table
    assert twins("db", "check", "--full").out == ""
