"""Notes: three types, persistent or optional, important ones first; edited, deleted, logged."""

import sqlite3
from pathlib import Path

import pytest

from conftest import InProcess


@pytest.fixture
def ann(hub: InProcess) -> InProcess:
    """C1 Ann Lee."""
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "(312) 555-0188")
    return hub


def texts(hub: InProcess, *options: str) -> list[str]:
    return [row["text"] for row in hub("notes", "list", *options).rows]


def test_appliance_20_a_persistent_delivery_note_shows_in_the_list_and_on_the_customer(ann: InProcess) -> None:
    row = ann(
        "notes", "add", "C1", "Needs extra bubble wrap", "--type", "delivery", "--persistence", "persistent"
    ).rows[0]
    assert row == {
        "number": "N1", "customer": "C1", "customer_name": "Ann Lee", "type": "delivery", "persistence": "persistent",
        "important": "no", "text": "Needs extra bubble wrap", "author": "sam", "written_on": "2025-06-15",
        "change": "H2",
    }  # fmt: skip
    assert texts(ann, "--customer", "C1") == ["Needs extra bubble wrap"]
    assert texts(ann, "--type", "delivery", "--persistence", "persistent") == ["Needs extra bubble wrap"]
    assert texts(ann, "--type", "internal") == []
    assert ann("customers", "show", "C1", "--json").json["notes"][0]["number"] == "N1"


def test_appliance_23_a_wrong_persistence_and_empty_content_are_refused(ann: InProcess) -> None:
    result = ann("notes", "add", "C1", "x", "--persistence", "sometimes", code=2)
    assert result.err.startswith("hub: --persistence: 'sometimes' is not known: it can be persistent or optional")
    assert ann("notes", "add", "C1", "  ", code=2).err.startswith("hub: text: '  ' is empty")
    assert texts(ann) == []


def test_appliance_23_editing_changes_the_text_and_deleting_removes_and_logs(ann: InProcess) -> None:
    ann("notes", "add", "C1", "old")
    ann("notes", "edit", "N1", "new", "--type", "customer", "--important", today="2025-07-01")
    shown = ann("notes", "show", "N1", "--json").json
    assert (shown["text"], shown["type"], shown["important"], shown["written_on"]) == (
        "new",
        "customer",
        True,
        "2025-06-15",
    )
    assert ann("customers", "show", "C1", "--json").json["last_activity_on"] == "2025-07-01"
    ann("notes", "delete", "N1")
    assert texts(ann) == []
    assert ann("notes", "show", "N1", code=4).err.startswith("hub: there is no note N1")
    told = ann("customers", "changelog", "C1", "--json").json
    fields = [(one["record"], one["field"]) for one in told]
    assert ("N1", "deleted_at") in fields
    assert ("N1", "text") in fields


def test_important_notes_are_listed_and_framed(ann: InProcess) -> None:
    ann("notes", "add", "C1", "Gate code 4412", "--important")
    ann("notes", "add", "C1", "likes tea")
    assert texts(ann, "--important") == ["Gate code 4412"]
    assert texts(ann) == ["likes tea", "Gate code 4412"]
    assert "N1  Gate code 4412" in ann("customers", "show", "C1", tty=True).out.splitlines()[1]
    ann("notes", "edit", "N1", "--not-important")
    assert texts(ann, "--important") == []


def test_a_note_is_read_from_stdin(ann: InProcess) -> None:
    ann("notes", "add", "C1", "-", stdin="one\ntwo\n")
    assert ann("notes", "list", "--json").json[0]["text"] == "one\ntwo"


def test_no_note_for_a_customer_that_is_put_away(ann: InProcess) -> None:
    ann("customers", "archive", "C1")
    result = ann("notes", "add", "C1", "x", code=6)
    assert result.err == (
        "hub: C1 is not active: no quote, order or note until it is restored\n  try: hub customers restore C1\n"
    )


def test_the_same_key_adds_once(ann: InProcess) -> None:
    ann("notes", "add", "C1", "x", "--idempotency-key", "k1")
    assert ann("notes", "add", "C1", "x", "--idempotency-key", "k1").rows[0]["number"] == "N1"
    ann("notes", "add", "C1", "y", "--idempotency-key", "k1", code=6)
    assert texts(ann) == ["x"]


def test_refusals_of_references(ann: InProcess) -> None:
    ann("notes", "show", "N9", code=4)
    ann("notes", "show", "C1", code=2)
    ann("notes", "edit", "N1", code=2)
    ann("notes", "add", "C9", "x", code=4)


def test_plain_sql_keeps_the_rules_of_notes(ann: InProcess) -> None:
    ann("notes", "add", "C1", "x")
    columns = "customer_id, type, persistence, text, author, written_on"
    insert = f"INSERT INTO notes ({columns}) VALUES (?, ?, ?, ?, 'x', '2025-06-01')"
    with sqlite3.connect(ann.path) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        for rule, values in (
            ("note_type", (1, "secret", "optional", "x")),
            ("note_persistence", (1, "internal", "sometimes", "x")),
            ("note_empty", (1, "internal", "optional", "")),
            ("no_such_row", (99, "internal", "optional", "x")),
        ):
            with pytest.raises(sqlite3.IntegrityError, match=rule):
                conn.execute(insert, values)


# --------------------------------------------------------------------------------------------------- notes on documents


def standing_on(ann: InProcess, ref: str) -> list[str]:
    return [note["text"] for note in ann("quotes", "show", ref, "--json").json["notes"]]


def test_an_optional_note_stands_where_it_was_put(ann: InProcess) -> None:
    for _ in range(2):
        ann("quotes", "create", "C1", "--line", "A@5")
    ann("notes", "add", "C1", "Rings", "--persistence", "optional")
    ann("notes", "add", "C1", "Always", "--persistence", "persistent")
    row = ann("notes", "attach", "N1", "--to", "Q1").rows[0]
    assert (row["number"], row["document"]) == ("N1", "Q1")
    assert (standing_on(ann, "Q1"), standing_on(ann, "Q2")) == (["Rings", "Always"], ["Always"])
    assert ann("notes", "attach", "N1", "--to", "Q1").rows[0]["change"] == ""  # it is there already
    ann("notes", "attach", "N1", "--to", "Q1", "--to", "Q2")
    ann("quotes", "approve", "Q1")  # it comes along when the quote becomes an order
    assert (standing_on(ann, "O1"), standing_on(ann, "Q2")) == (["Rings", "Always"], ["Rings", "Always"])
    ann("notes", "detach", "N1", "--from", "O1")
    assert (standing_on(ann, "O1"), standing_on(ann, "Q2")) == (["Always"], ["Rings", "Always"])
    ann("undo", ann("changes", "list").rows[0]["change"])
    assert standing_on(ann, "O1") == ["Rings", "Always"]
    ann("notes", "delete", "N1")
    assert standing_on(ann, "O1") == ["Always"]


def test_what_is_not_attached(ann: InProcess) -> None:
    ann("customers", "create", "--first-name", "Bob", "--last-name", "Fox", "--mobile", "3125550190")
    ann("quotes", "create", "C1", "--line", "A@5")
    ann("notes", "add", "C2", "of Bob")
    ann("notes", "add", "C1", "Always", "--persistence", "persistent")
    refused = ann("notes", "attach", "N1", "--to", "Q1", code=6).err
    assert refused == "hub: N1 is a note of C2, Q1 is of C1\n"
    refused = ann("notes", "attach", "N2", "--to", "Q1", code=6).err
    assert refused == (
        "hub: N2 is persistent: it stands on every quote and order of C1 by itself\n"
        "  try: hub notes edit N2 --persistence optional\n"
    )
    assert "there is no note N2 on Q1" in ann("notes", "detach", "N2", "--from", "Q1", code=4).err
    assert "there is no note N9" in ann("notes", "attach", "N9", "--to", "Q1", code=4).err
    assert "Q9" in ann("notes", "attach", "N2", "--to", "Q9", code=4).err


def test_notes_stay_behind_when_a_document_moves(ann: InProcess) -> None:
    ann("customers", "create", "--first-name", "Bob", "--last-name", "Fox", "--mobile", "3125550190")
    ann("quotes", "create", "C1", "--line", "A@5")
    ann("notes", "add", "C1", "about Ann")
    ann("notes", "attach", "N1", "--to", "Q1")
    ann("quotes", "move", "Q1", "--to", "C2")
    assert standing_on(ann, "Q1") == []
    ann("orders", "create", "C1", "--line", "A@5", "--draft")
    ann("notes", "attach", "N1", "--to", "O2")
    ann("orders", "delete", "O2")
    ann("undo", ann("changes", "list").rows[0]["change"])
    assert standing_on(ann, "O2") == ["about Ann"]


@pytest.mark.parametrize(
    "chosen",
    [
        ("quotes", "create", "C1", "--line", "WF45@900"),
        ("orders", "create", "C1", "--line", "WF45@900"),
        ("orders", "copy", "O1"),
        ("orders", "move", "O1", "--to", "C1"),
        ("artwork", "create", "C1", "Logo"),
        ("visits", "create", "O1", "--type", "service"),
    ],
)
def test_whoever_chooses_a_customer_reads_what_is_important_first(ann: InProcess, chosen: tuple[str, ...]) -> None:
    ann("orders", "create", "C1", "--line", "WF45@900", "--fulfillment", "delivery")
    ann("orders", "deliver", "O1", "--line", "1", "--date", "2025-06-15")
    ann("notes", "add", "C1", "Dog bites", "--important", "--type", "delivery")
    ann("notes", "add", "C1", "likes blue")
    first, *rest = ann(*chosen).err.splitlines()
    assert first == "important, N1 (delivery): Dog bites"
    assert "blue" not in str(rest)
    assert "important" not in ann(*chosen, "-q").err


def test_a_file_that_is_not_there(ann: InProcess, tmp_path: Path) -> None:
    ann("notes", "add", "C1", "plain")
    assert ann("notes", "file", "N1", code=4).err.startswith("hub: there is no file of N1\n")
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("b")
    ann("notes", "edit", "N1", "--attach", str(tmp_path / "a.txt"), "--attach", str(tmp_path / "b.txt"))
    assert ann("notes", "file", "N1", "7", code=4).err.startswith("hub: there is no file 7 of N1\n")
    asked = ann("notes", "file", "N1", "-o", str(tmp_path / "c.txt"), code=2)
    assert asked.err == "hub: which file of N1? It has 1, 2\n  try: hub notes file N1 1 -o FILE\n"
