"""Change sets, undo and redo: what is put back, what is refused, and what the log keeps of it."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from conftest import InProcess
from hubcli import schema


def tables(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every logged table, kept columns left out."""
    conn = sqlite3.connect(path)
    found = {}
    for name, table in schema.logged().items():
        columns = ", ".join(["id", *(c.name for c in table.logged_columns)])
        found[name] = conn.execute(f"SELECT {columns} FROM {name} ORDER BY id").fetchall()
    conn.close()
    return found


def last_change(hub: InProcess) -> str:
    return hub("changes", "list", "--limit", "1").rows[0]["change"]


def test_undo_puts_every_row_back_byte_for_byte(demo: InProcess) -> None:
    before = tables(demo.path)
    demo("customers", "edit", "C1", "--first-name", "Marie", "--type", "luxury", "--email", "marie@example.com")
    assert tables(demo.path) != before
    demo("undo", last_change(demo))
    assert tables(demo.path) == before


def test_redo_does_it_again(demo: InProcess) -> None:
    demo("customers", "edit", "C1", "--first-name", "Marie")
    after = tables(demo.path)
    demo("undo", last_change(demo))
    demo("redo", last_change(demo))
    assert tables(demo.path) == after


def test_undo_of_creating_takes_all_of_it_away_and_never_reuses_the_number(demo: InProcess) -> None:
    before = tables(demo.path)
    made = demo("customers", "create", "--first-name", "New", "--mobile", "312 555 0199", "--zip", "60614").rows[0]
    demo("undo", made["change"])
    assert tables(demo.path) == before
    again = demo("customers", "create", "--first-name", "Newer", "--mobile", "312 555 0198").rows[0]
    assert int(again["number"][1:]) == int(made["number"][1:]) + 1


def test_undo_refuses_when_a_field_changed_since_and_names_it(demo: InProcess) -> None:
    demo("customers", "edit", "C1", "--first-name", "Marie")
    first = last_change(demo)
    demo("customers", "edit", "C1", "--first-name", "Mary")
    before = tables(demo.path)
    refused = demo("undo", first, code=6)
    assert "C1: first_name is Mary by now" in refused.err
    assert tables(demo.path) == before


def test_undo_skips_conflicts_when_asked_and_says_so(demo: InProcess) -> None:
    demo("customers", "edit", "C1", "C2", "--type", "budget-friendly")
    first = last_change(demo)
    demo("customers", "edit", "C1", "--type", "luxury")
    skipped = demo("undo", first, "--skip-conflicts", code=3)
    assert "C1: type is luxury by now" in skipped.err
    assert demo("customers", "list", "--fields", "number,type", "--type", "budget-friendly").out.count("C2\t") == 0


def test_undo_of_only_some_customers(demo: InProcess) -> None:
    demo("customers", "edit", "C2", "C4", "--found-us", "blimp")
    change = last_change(demo)
    demo("undo", change, "--only", "C2")
    listed = {row["number"] for row in demo("customers", "list", "--found-us", "blimp").rows}
    assert listed == {"C4"}
    demo("undo", change)
    assert demo("customers", "list", "--found-us", "blimp").rows == []


def test_undoing_twice_is_refused(demo: InProcess) -> None:
    demo("customers", "edit", "C1", "--first-name", "Marie")
    change = last_change(demo)
    demo("undo", change)
    assert f"{change} was taken back already" in demo("undo", change, code=6).err


def test_undo_of_raw_sql(demo: InProcess) -> None:
    before = tables(demo.path)
    conn = sqlite3.connect(demo.path, isolation_level=None)
    conn.execute("UPDATE customers SET last_name = 'Gomez' WHERE id = 1")
    conn.execute("DELETE FROM contacts WHERE customer_id = 1")
    conn.close()
    listed = demo("changes", "list", "--limit", "1").rows[0]
    assert listed["actor"] == "outside hub"
    demo("undo", listed["change"])
    assert tables(demo.path) == before


def test_undo_of_credit_writes_a_reversing_entry(demo: InProcess) -> None:
    demo("credit", "grant", "C1", "25.00", "--note", "sorry")
    demo("undo", last_change(demo))
    conn = sqlite3.connect(demo.path)
    entries = conn.execute("SELECT amount_cents, type FROM wallet_entries WHERE customer_id = 1").fetchall()
    assert entries[-2:] == [(2500, "grant"), (-2500, "void")]


def test_undo_without_a_terminal_needs_the_number(demo: InProcess) -> None:
    assert "needs the number of a change set" in demo("undo", code=2).err


def test_undo_of_what_a_later_row_refers_to_is_refused(demo: InProcess) -> None:
    made = demo("customers", "create", "--first-name", "New", "--mobile", "312 555 0199").rows[0]
    demo("notes", "add", made["number"], "call back", "--type", "internal", "--persistence", "optional")
    refused = demo("undo", made["change"], code=6)
    assert "refers to it" in refused.err


@pytest.mark.parametrize("number", ["H999", "H0"])
def test_undo_of_what_is_not_there(demo: InProcess, number: str) -> None:
    assert f"there is no change set {number}" in demo("undo", number, code=4).err


def test_a_dry_run_shows_the_exact_diff_and_changes_nothing(demo: InProcess) -> None:
    before = tables(demo.path)
    shown = demo("customers", "edit", "C1", "--first-name", "Marie", "-n")
    assert shown.rows == [{"record": "C1", "field": "first_name", "old": "Maria", "new": "Marie"}]
    assert tables(demo.path) == before
    assert last_change(demo) == "H1"


def test_a_change_that_changes_nothing_is_no_change_set(demo: InProcess) -> None:
    demo("customers", "edit", "C1", "--first-name", "Maria")
    assert last_change(demo) == "H1"


def test_the_changelog_tells_who_when_what_and_why(demo: InProcess) -> None:
    demo("customers", "edit", "C1", "--first-name", "Marie", "--reason", "misheard on the phone")
    row = demo("customers", "changelog", "C1", "--field", "first_name", "--limit", "1").rows[0]
    wanted = {"actor": "sam", "command": "customers edit", "reason": "misheard on the phone", "record": "C1"}
    assert wanted.items() <= row.items()
    assert (row["old"], row["new"]) == ("Maria", "Marie")
