"""Sentences of commands that are read by people: with a verb, in the right number, and a next step that works."""

from pathlib import Path

from conftest import InProcess


def last(hub: InProcess) -> str:
    return hub("changes", "list", "--limit", "1").rows[0]["change"]


def test_an_undo_of_money_is_told_in_the_right_number(demo: InProcess) -> None:
    demo("payments", "add", "O8", "--amount", "10", "--method", "cash")
    back = demo("undo", last(demo))
    assert "P571 ended and stays on record" in back.err
    assert "P571 is in force again" in demo("redo", last(demo)).err
    demo("credit", "grant", "C4", "--amount", "10", "--reason", "late")
    assert "the customer credit of C4 got a reversing entry of -10.00" in demo("undo", last(demo)).err


def test_what_is_missing_is_asked_for(demo: InProcess) -> None:
    assert "save which filters? Give some" in demo("views", "save", "few", code=2).err
    assert "restore what? A backup FILE, or --drill" in demo("db", "restore", code=2).err
    assert "did you mean customers archive?" in demo("staff", "can", "priya", "customers.archive", code=2).err
    assert "did you mean customers.edit" in demo("staff", "can", "priya", "customers.edi", code=2).err


def test_lines_without_fulfillment_are_told_in_the_right_number(demo: InProcess) -> None:
    pay = ("--amount", "10", "--method", "cash")
    quote = demo("quotes", "create", "C1", "--line", "DW-500@100").rows[0]["number"]
    assert "line 1 (DW-500) has no fulfillment type" in demo("payments", "add", quote, *pay, code=6).err
    quote = demo("quotes", "create", "C1", "--line", "DW-500@100", "--line", "DW-500@90").rows[0]["number"]
    assert "line 2 (DW-500) have no fulfillment type" in demo("payments", "add", quote, *pay, code=6).err


def test_a_drill_without_a_folder_tries_the_newest_backup_that_is_known(demo: InProcess, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert "name their folder, --drill DIR" in demo("db", "restore", "--drill", code=2).err
    demo("db", "backup", str(folder))
    assert demo("db", "restore", "--drill", "--json").json["path"].startswith(str(folder))
    assert demo("db", "restore", "--drill").out == ""
    demo("db", "restore", "--drill", str(folder))
