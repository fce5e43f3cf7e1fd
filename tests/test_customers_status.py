"""Archive, restore, delete, spam, hold: what stands in the way is named, and everything can be taken back."""

import sqlite3

import pytest

import till
from conftest import InProcess


@pytest.fixture
def people(hub: InProcess) -> InProcess:
    """C1 Ann Lee, C2 Bob Smith, C3 Cy Young."""
    for first, last in (("Ann", "Lee"), ("Bob", "Smith"), ("Cy", "Young")):
        hub("customers", "create", "--first-name", first, "--last-name", last, "--mobile", f"31255501{len(first)}0")
    return hub


def quote(hub: InProcess, customer: int, day: str = "2025-06-10") -> None:
    """Make a quote; it is valid for 14 days."""
    hub("quotes", "create", f"C{customer}", "--line", "FRG-100@1200", "--fulfillment", "pickup", today=day)


def order(hub: InProcess, customer: int, day: str = "2025-06-01") -> None:
    """Key an order of 1200.00 that is neither delivered nor paid."""
    hub("orders", "create", f"C{customer}", "--line", "FRG-100@1200", "--fulfillment", "pickup", today=day)


def status(hub: InProcess, number: str) -> str:
    return str(hub("customers", "show", number, "--json").json["status"])


def entries(hub: InProcess, number: int) -> int:
    with sqlite3.connect(hub.path) as conn:
        found = conn.execute("SELECT count(*) FROM changelog WHERE tbl = 'customers' AND row_id = ?", (number,))
        return int(found.fetchone()[0])


def test_appliance_10_an_active_quote_keeps_from_archiving_and_is_named(people: InProcess) -> None:
    quote(people, 1)
    before = entries(people, 1)
    result = people("customers", "archive", "C1", code=6)
    assert result.err == "hub: C1 Ann Lee cannot be archived: 1 active quote (Q1)\n  try: hub quotes show Q1\n"
    assert status(people, "C1") == "active"
    assert entries(people, 1) == before


def test_every_blocking_document_is_named(people: InProcess) -> None:
    quote(people, 1)
    order(people, 1)
    order(people, 1)
    result = people("--errors", "json", "customers", "archive", "C1", code=6)
    assert '"refs":["Q1","O2","O3"]' in result.err
    assert "C1 Ann Lee cannot be archived: 1 active quote (Q1), 2 active orders (O2, O3)" in result.err


def test_appliance_11_an_expired_quote_lets_archive(people: InProcess) -> None:
    quote(people, 1, "2025-05-31")
    assert people("quotes", "show", "Q1", "--json").json["expires_on"] == "2025-06-14"
    row = people("customers", "archive", "C1").rows[0]
    assert (row["number"], row["status"]) == ("C1", "archived")
    assert [row["number"] for row in people("customers", "list").rows] == ["C2", "C3"]
    assert people("customers", "search", "lee").rows == []
    assert [row["number"] for row in people("export", "customers").rows] == ["C2", "C3"]
    for command in (("customers", "list"), ("customers", "search", "lee"), ("export", "customers")):
        assert [row["number"] for row in people(*command, "--status", "archived").rows] == ["C1"], command
    told = people("customers", "changelog", "C1", "--field", "status").rows
    assert [(row["old"], row["new"]) for row in told if row["record"] == "C1" and row["old"]] == [
        ("active", "archived")
    ]


def test_archiving_twice_writes_once(people: InProcess) -> None:
    people("customers", "archive", "C1")
    assert people("customers", "archive", "C1").rows[0]["change"] == ""


def test_one_blocked_of_several_stops_them_all(people: InProcess) -> None:
    order(people, 2)
    result = people("customers", "archive", "C1", "C2", "C3", code=6)
    assert result.err == (
        "hub: 1 of 3 customers cannot be archived: C2 Bob Smith: 1 active order (O1); nothing was changed\n"
        "  try: archive the others with --keep-going\n"
    )
    assert status(people, "C1") == "active"


def test_keep_going_does_the_rest_and_exits_3(people: InProcess) -> None:
    order(people, 2)
    result = people("customers", "archive", "C1", "C2", "C3", "--keep-going", code=3)
    assert result.err == "not archived: C2 Bob Smith: 1 active order (O1)\n"
    assert [row["number"] for row in result.rows] == ["C1", "C3"]
    assert [status(people, number) for number in ("C1", "C2", "C3")] == ["archived", "active", "archived"]


def test_customer_credit_left_behind_warns(people: InProcess) -> None:
    people("credit", "grant", "C1", "50.00", "--reason", "goodwill")
    assert people("customers", "archive", "C1").err == "warning: C1 Ann Lee has customer credit of 50.00\n"


def test_what_search_prints_is_piped_into_archive_and_restore(people: InProcess) -> None:
    listed = people("customers", "list").out
    assert len(people("customers", "archive", "-", stdin=listed).rows) == 3
    away = people("customers", "list", "--status", "archived")
    assert len(people("customers", "restore", "-", stdin=away.out).rows) == 3
    assert len(people("customers", "archive", "-", stdin="C1\nC2\n").rows) == 2
    as_csv = people("customers", "list", "--status", "archived", "--csv").out
    assert len(people("customers", "restore", "-", stdin=as_csv).rows) == 2
    assert people("customers", "restore", "-", stdin="").out == ""


def test_delete_tells_what_is_open_asks_and_is_restored(people: InProcess) -> None:
    order(people, 1)
    result = people("customers", "delete", "C1", code=6)
    assert result.err.startswith("still open: C1 Ann Lee, 1 active order (O1)\nhub: deleting C1 Ann Lee needs a yes")
    people("customers", "delete", "C1", tty=True, stdin="n\n", code=130)
    assert status(people, "C1") == "active"
    people("customers", "delete", "C1", tty=True, stdin="y\n")
    assert status(people, "C1") == "deleted"
    people("customers", "restore", "C1")
    assert status(people, "C1") == "active"


def test_an_archived_customer_can_be_deleted(people: InProcess) -> None:
    people("customers", "archive", "C1")
    people("customers", "delete", "C1", "--yes")
    assert status(people, "C1") == "deleted"


def test_spam_and_not_spam(people: InProcess) -> None:
    people("customers", "spam", "C1")
    assert status(people, "C1") == "spam"
    result = people("customers", "archive", "C1", code=6)
    assert result.err.startswith("hub: C1 Ann Lee cannot be archived: it is spam, not active\n")
    people("customers", "not-spam", "C1")
    assert status(people, "C1") == "active"
    people("customers", "archive", "C1")
    result = people("customers", "not-spam", "C1", code=6)
    assert result.err == "hub: C1 Ann Lee is archived, not spam\n"


def test_hold_and_unhold(people: InProcess) -> None:
    assert "holding 2 customers needs a yes" in people("customers", "hold", "C1", "C2", code=6).err
    people("customers", "hold", "C1", "C2", "--yes")
    assert [row["number"] for row in people("customers", "list", "--on-hold").rows] == ["C1", "C2"]
    assert "On hold" in people("customers", "show", "C1", tty=True).out
    people("customers", "unhold", "C1")
    assert [row["number"] for row in people("customers", "list", "--on-hold").rows] == ["C2"]


def test_many_are_confirmed_by_their_count(demo: InProcess) -> None:
    many = [f"C{number}" for number in range(12, 72)]
    assert demo("customers", "hold", *many, code=6).err.startswith("hub: hold of 60 records needs a yes")
    demo("customers", "hold", *many, "--yes")


def test_a_dry_run_of_archive_changes_nothing(people: InProcess) -> None:
    rows = people("customers", "archive", "C1", "-n").rows
    assert ("C1", "status", "active", "archived") in [tuple(row.values()) for row in rows]
    assert status(people, "C1") == "active"


def test_plain_sql_cannot_archive_past_an_active_order(people: InProcess) -> None:
    order(people, 1)
    with sqlite3.connect(people.path) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        with pytest.raises(sqlite3.IntegrityError, match="active_documents"):
            conn.execute(
                "UPDATE customers SET status = 'archived', archived_at = '2025-06-15T00:00:00.000Z' WHERE id = 1"
            )
        with pytest.raises(sqlite3.IntegrityError, match="archived_together"):
            conn.execute("UPDATE customers SET status = 'archived' WHERE id = 2")
        with pytest.raises(sqlite3.IntegrityError, match="number_for_life"):
            conn.execute("UPDATE customers SET id = 99 WHERE id = 2")


# ------------------------------------------------------------------------------------- what orders make of a customer


def test_appliance_5_a_model_number_finds_who_quoted_or_ordered_it(people: InProcess) -> None:
    quote(people, 1)
    order(people, 2)
    people("quotes", "create", "C3", "--line", "FRG-200@900")
    assert [row["number"] for row in people("customers", "search", "frg-100").rows] == ["C1", "C2"]


def test_appliance_7_ordered_during_counts_both_ends_and_no_quotes(people: InProcess) -> None:
    order(people, 1, "2025-05-01")
    order(people, 2, "2025-05-31")
    quote(people, 3, "2025-05-10")
    found = people("customers", "search", "--ordered", "2025-05-01..2025-05-31").rows
    assert [row["number"] for row in found] == ["C1", "C2"]


def test_appliance_8_the_stage_follows_from_the_orders(people: InProcess) -> None:
    def shown() -> tuple[str, int, str]:
        found = people("customers", "show", "C1", "--json").json
        return found["stage"], found["orders"], found["lifetime_value"]

    before = entries(people, 1)
    assert shown() == ("lead", 0, "0.00")
    made = till.order(people)
    assert shown() == ("first-time", 1, "1374.00")
    assert [row["number"] for row in people("customers", "list", "--stage", "first-time").rows] == ["C1"]
    till.order(people)
    assert shown() == ("repeat", 2, "2748.00")
    assert [row["number"] for row in people("customers", "list", "--stage", "repeat").rows] == ["C1"]
    people("orders", "return", made, "--all", "--reason", "x", "--date", "today", "--to", "credit")
    assert shown() == ("first-time", 2, "1374.00")
    assert entries(people, 1) == before, "nothing of it is an edit of the customer"


def test_appliance_4_any_phone_is_found_however_it_is_typed(hub: InProcess) -> None:
    hub("customers", "create", "--first-name", "Ann", "--mobile", "3125550100", "--alternate-phone", "+1 312-555-0142")
    for typed in ("(312) 555 0142", "+13125550142", "312.555.0142", "5550142"):
        assert [row["number"] for row in hub("customers", "search", typed).rows] == ["C1"]
        assert [row["number"] for row in hub("customers", "search", "--phone", typed).rows] == ["C1"]


# ---------------------------------------------------------------------------- the lifecycle of the second source system


def test_deconetwork_1_lists_by_status(hub: InProcess) -> None:
    for number in range(8):
        hub("customers", "create", "--last-name", f"N{number}", "--mobile", f"312555010{number}")
    hub("customers", "delete", "C6", "C7", "-y")
    hub("customers", "spam", "C8")
    counts = [
        len(hub("customers", "list", *words).rows) for words in ((), ("--status", "deleted"), ("--status", "spam"))
    ]
    assert counts == [5, 2, 1]


def test_deconetwork_2_important_notes_come_all_together_and_first(people: InProcess) -> None:
    for text, words in (("Key under the mat", ["--important"]), ("Likes blue", []), ("Dog bites", ["--important"])):
        people("notes", "add", "C1", text, *words)
    panel, record = people("customers", "show", "C1", tty=True).out.split("C1  Ann Lee", 1)
    assert "Important" in panel
    assert [text in panel for text in ("Key under the mat", "Dog bites", "Likes blue")] == [True, True, False]
    assert "Likes blue" in record
    told = people("customers", "show", "C1", "--json").json["important_notes"]
    assert [note["text"] for note in told] == ["Dog bites", "Key under the mat"]


def test_deconetwork_4_not_spam_is_one_entry(people: InProcess) -> None:
    people("customers", "spam", "C1")
    people("customers", "not-spam", "C1")
    assert [row["number"] for row in people("customers", "list").rows] == ["C1", "C2", "C3"]
    told = [row["command"] for row in people("customers", "changelog", "C1").rows]
    assert told.count("customers not-spam") == 1
    done = [row["what"] for row in people("customers", "activity", "C1").rows]
    assert [what.startswith("customers not-spam") for what in done].count(True) == 1


def test_deconetwork_5_deleted_keeps_its_name_on_its_orders_and_comes_back_as_it_was(people: InProcess) -> None:
    for _ in range(3):
        till.order(people, "C2")
    before = people("customers", "show", "C2", "--json").json
    people("customers", "delete", "C2", "-y")
    assert [row["number"] for row in people("customers", "list", "--status", "deleted").rows] == ["C2"]
    listed = people("orders", "list", "--customer", "C2").rows
    assert [row["customer_name"] for row in listed] == ["Bob Smith"] * 3
    people("customers", "restore", "C2")
    after = people("customers", "show", "C2", "--json").json
    moves = {"version", "changes"}
    assert {name: after[name] for name in after if name not in moves} == {
        name: before[name] for name in before if name not in moves
    }
