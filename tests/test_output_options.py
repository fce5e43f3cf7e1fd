"""Options of the output: told before anything is written, and none of them is left out."""

from pathlib import Path

import pytest

from conftest import InProcess

BAD = [
    (("--csv", "--json"), "--json does not go with --csv|--csv does not go with --json"),
    (("-o", "/no/such/x.csv"), "/no/such does not exist"),
    (("-o", "x.png"), "must end in one of"),
    (("--fields", "nope"), "'nope' is not a column"),
    (("--sort", "nope"), "'nope' is not a column"),
    (("--limit", "none"), "is not a number of rows"),
    (("--offset", "-1"), "is not a number of rows"),
    (("--excel", "--json"), "has no such form"),
]
WRITES = [
    ("credit", "grant", "C27", "--amount", "5", "--reason", "late"),
    ("payments", "add", "O8", "--amount", "1", "--method", "cash"),
    ("customers", "edit", "C30", "--found-us", "radio"),
    ("customers", "create", "--first-name", "Ann", "--last-name", "Lund", "--mobile", "206 555 0199"),
    ("notes", "add", "C1", "rang", "--type", "internal", "--persistence", "optional"),
    ("customers", "archive", "--stale", "30d", "--expect-max", "500"),
]


def last(hub: InProcess) -> str:
    return hub("changes", "list", "--limit", "1").rows[0]["change"]


@pytest.mark.parametrize("write", WRITES, ids=lambda words: " ".join(words[:2]))
@pytest.mark.parametrize(("options", "told"), BAD, ids=lambda one: " ".join(one) if isinstance(one, tuple) else "")
def test_what_cannot_be_printed_is_not_written(
    demo: InProcess, write: tuple[str, ...], options: tuple[str, ...], told: str
) -> None:
    before = last(demo)
    err = demo(*write, *options, code=2).err
    assert any(one in err for one in told.split("|"))
    assert last(demo) == before


def test_a_file_that_must_stay_keeps_a_command_from_writing(demo: InProcess, tmp_path: Path) -> None:
    kept = tmp_path / "kept.csv"
    kept.write_text("old")
    before = last(demo)
    demo("customers", "edit", "C30", "--found-us", "radio", "-o", str(kept), "--no-clobber", code=6)
    demo("customers", "edit", "C30", "--found-us", "radio", "-o", str(demo.path), "--csv", code=6)
    assert (last(demo), kept.read_text()) == (before, "old")


def test_a_change_that_was_saved_is_named_when_its_result_cannot_be_written(
    demo: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hubcli.render.files.os.fsync", full)
    told = demo("customers", "edit", "C30", "--found-us", "radio", "-o", str(tmp_path / "x.csv"), code=1).err
    assert f"; {last(demo)} was saved before\n" in told
    assert "nothing was changed" not in told
    assert f"try: hub changes show {last(demo)}" in told


UNSORTED = [
    "customers changelog C1", "customers activity C1 --summary", "customers address list C1",
    "customers contact list C1", "customers duplicates", "customers field list", "customers payment-methods C1",
    "settings list", "views list", "staff roles", "staff can priya", "schema notes", "emails unsure", "db check",
    "doctor", "audit receipt", "find garcia", "changes show H1", "customers show C1", "report visits",
]  # fmt: skip


@pytest.mark.parametrize("command", UNSORTED)
def test_sort_by_what_is_no_column_is_refused_everywhere(demo: InProcess, command: str) -> None:
    assert "--sort: 'nosuch' is not a column" in demo(*command.split(), "--sort", "nosuch", code=2).err


def test_lists_that_no_query_ordered_are_sorted_too(demo: InProcess) -> None:
    for command, column in (("settings list", "value"), ("staff roles", "name"), ("doctor", "state")):
        rows = [row[column] for row in demo(*command.split(), "--sort", column).rows]
        assert rows == sorted(rows), command
        falling = [row[column] for row in demo(*command.split(), "--sort", f"-{column}").rows]
        assert falling == sorted(rows, reverse=True), command


def test_what_a_command_wrote_is_sorted_too(demo: InProcess) -> None:
    done = demo("customers", "hold", "C2", "C3", "C4", "--yes", "--sort", "-number")
    assert [row["number"] for row in done.rows] == ["C4", "C3", "C2"]


def test_a_sorted_list_is_limited_and_skipped_after_it_was_sorted(demo: InProcess) -> None:
    keys = [row["key"] for row in demo("settings", "list", "--sort", "-key").rows]
    assert [row["key"] for row in demo("settings", "list", "--sort", "-key", "--offset", "1", "--limit", "2").rows] == (
        keys[1:3]
    )


@pytest.mark.parametrize("command", ["customers list nosuch", "export customers nosuch"])
def test_a_file_stays_as_it_was_when_required_rows_are_missing(demo: InProcess, tmp_path: Path, command: str) -> None:
    kept = tmp_path / "keep.csv"
    demo(*command.split(), "--require-rows", "-o", str(kept), code=7)
    assert not kept.exists()
    kept.write_text("yesterday's")
    demo(*command.split(), "--require-rows", "-o", str(kept), code=7)
    assert kept.read_text() == "yesterday's"


def test_an_option_that_there_is_not_is_no_option() -> None:
    from hubcli.command import Run

    run = Run({"dry_run": True}, "customers list", len)
    assert (run.dry_run, run.limit) == (True, None)
    with pytest.raises(AttributeError):
        run.dryrun  # noqa: B018


ALL = [
    "orders list", "orders production", "quotes list", "customers list", "payments list", "visits list",
    "artwork list", "invoices list", "export orders", "export quotes", "export payments", "report quotes",
]  # fmt: skip


@pytest.mark.parametrize("command", ALL)
def test_all_is_a_status_of_every_list(demo: InProcess, command: str) -> None:
    every = len(demo(*command.split(), "--status", "all").rows)
    assert every >= len(demo(*command.split()).rows)
    assert every >= len(demo(*command.split(), "--status", "all", "--status", "all").rows) > -1
    assert "all" in demo(*command.split(), "--status", "nothing", code=2).err


def test_a_status_beside_named_customers_is_a_filter_too(demo: InProcess) -> None:
    demo("customers", "assign", "C4", "--manager", "priya", "--status", "archived", code=2)
    demo("customers", "hold", "C4", "--status", "archived", code=2)
    demo("customers", "assign", "C4", "--manager", "priya", "-n")
    demo("customers", "hold", "--status", "archived", "--yes", "-n")


def test_a_backup_and_a_whole_export_are_not_made_when_they_cannot_be_told(demo: InProcess, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for bad in (("--fields", "nope"), ("--sort", "nope"), ("--csv", "--json")):
        demo("db", "backup", str(folder), *bad, code=2)
        demo("export", "all", "-o", str(tmp_path / "all"), *bad, code=2)
    assert not [*folder.iterdir()]
    assert not (tmp_path / "all").exists()
    assert demo("export", "all", "-o", str(tmp_path / "all"), "--sort", "-rows", "--fields", "table,rows").rows


def test_a_column_of_another_command_is_refused_before_anything_is_written(demo: InProcess) -> None:
    before = last(demo)
    demo("quotes", "create", "C1", "--line", "DW-500@100", "--fields", "number,kind", code=2)
    demo("payments", "add", "O8", "--amount", "1", "--method", "cash", "--sort", "mobile_phone", code=2)
    assert last(demo) == before
