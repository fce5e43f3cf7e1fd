"""hub export all and the way back: every row of every table, whole or not at all, and refusals that name the place."""

import json
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import InProcess
from hubcli import schema
from hubcli.errors import HubError
from hubcli.operations import dump
from hubcli.store import Day, Hub, Outcome, Who


def opened(path: Path) -> Hub:
    return Hub(
        path,
        Who("sam", "sam", None),
        Day("2025-06-15", chosen=True, at="2025-06-15T12:00:00.000Z"),
        notice=lambda _: None,
    )


def load(hub: InProcess, folder: Path) -> Outcome:
    with opened(hub.path) as store:
        counts = dump.check(store, folder)
        outcome = dump.load(store, folder)
    assert outcome.result == counts
    return outcome


def rows(path: Path, sql: str) -> list[Any]:
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def everything(path: Path) -> dict[str, list[Any]]:
    """Give all rows of all tables but the history, the words a line points to in place of their number."""
    found: dict[str, list[Any]] = {}
    for table in [*schema.logged(), "customer_figures", "customer_search"]:
        columns = [
            row[1] for row in rows(path, f"PRAGMA table_xinfo({table})") if row[1] not in {"term_id", table, "rank"}
        ]
        found[table] = rows(path, f"SELECT rowid, {', '.join(columns)} FROM {table} ORDER BY 1")
    found["words"] = rows(
        path, "SELECT l.id, t.model, t.folded FROM document_lines l JOIN line_terms t ON t.id = l.term_id"
    )
    found["numbers"] = rows(
        path, "SELECT name, seq FROM sqlite_sequence WHERE name <> 'line_terms' AND seq > 0 ORDER BY 1"
    )
    return found


@pytest.fixture
def folder(demo: InProcess, tmp_path: Path) -> Path:
    """The demo shop as it is exported."""
    demo("views", "save", "vip", "--type", "luxury")
    demo("export", "all", "-o", f"{tmp_path}/whole/")
    return tmp_path / "whole"


def test_what_is_written(demo: InProcess, tmp_path: Path) -> None:
    done = demo("export", "all", "-o", f"{tmp_path}/whole/")
    counts = {row["table"]: int(row["rows"]) for row in done.rows}
    folder = tmp_path / "whole"
    assert {path.name for path in folder.iterdir()} == {f"{t}.ndjson" for t in schema.logged()} | {"manifest.json"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["tables"] == counts
    assert manifest["schema"] == schema.VERSION
    assert [(manifest["database"],)] == rows(demo.path, "SELECT value FROM meta WHERE key = 'uuid'")
    for table, count in counts.items():
        assert len((folder / f"{table}.ndjson").read_text().splitlines()) == count
        assert rows(demo.path, f"SELECT count(*) FROM {table}") == [(count,)]


def test_rows_are_raw_without_what_hub_works_out(folder: Path) -> None:
    first = json.loads((folder / "customers.ndjson").read_text().splitlines()[0])
    assert (first["id"], first["kind"], first["tax_exempt"]) == (1, "individual", 0)
    assert "touched_on" in first
    assert not {"name", "sort_name", "mobile_tail"} & first.keys()
    assert "net_cents" not in json.loads((folder / "document_lines.ndjson").read_text().splitlines()[0])


def test_out_and_in_again_gives_the_same_database(
    demo: InProcess, hub: InProcess, folder: Path, tmp_path: Path
) -> None:
    outcome = load(hub, folder)
    assert outcome.change == 1
    assert everything(hub.path) == everything(demo.path)
    for words in (["garcia"], ["--bought", "WM4000HBA1"], ["@vip"]):
        assert hub("export", "customers", *words).out == demo("export", "customers", *words).out
    assert len(hub("export", "customers", "@vip").rows) > 5
    hub("export", "all", "-o", f"{tmp_path}/again")
    for path in folder.iterdir():
        if path.name != "manifest.json":
            assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_number_once_given_is_not_given_again_in_the_copy(demo: InProcess, hub: InProcess, tmp_path: Path) -> None:
    with opened(demo.path) as store:
        gone = store.change("test", lambda h: h.insert("customers", {"first_name": "X", "created_at": "2025-06-15"}))
        store.change("test", lambda h: h.execute("DELETE FROM customers WHERE id = ?", (gone.result,)))
    demo("export", "all", "-o", f"{tmp_path}/whole")
    load(hub, tmp_path / "whole")
    with opened(hub.path) as store:
        new = store.change("test", lambda h: h.insert("customers", {"first_name": "Y", "created_at": "2025-06-15"}))
    assert new.result == gone.result + 1


def test_an_earlier_export_and_an_empty_folder_are_replaced(demo: InProcess, folder: Path, tmp_path: Path) -> None:
    demo("views", "delete", "vip")
    assert demo("export", "all", "-o", str(folder), "--no-clobber", code=6).out == ""
    demo("export", "all", "-o", str(folder))
    assert (folder / "saved_views.ndjson").read_text() == ""
    (tmp_path / "empty").mkdir()
    demo("export", "all", "-o", str(tmp_path / "empty"))
    assert (tmp_path / "empty" / "manifest.json").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.endswith((".tmp", ".old"))]


def test_b21_a_folder_with_other_things_a_link_and_a_file_stay(demo: InProcess, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    assert "letter.txt" in demo("export", "all", "-o", str(mine), code=6).err
    (tmp_path / "link").symlink_to(mine)
    assert "symbolic link" in demo("export", "all", "-o", str(tmp_path / "link"), code=6).err
    for path in (mine / "letter.txt", tmp_path / "none" / "x", Path("/")):
        assert demo("export", "all", "-o", str(path), code=2).out == ""
    assert demo("export", "all", code=2).out == ""
    assert [path.name for path in mine.iterdir()] == ["letter.txt"]


def test_a_failed_export_keeps_the_earlier_one(
    demo: InProcess, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("hubcli.operations.dump._write_manifest", fail)
        assert demo("export", "all", "-o", str(folder), code=1).out == ""
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["whole"]


# ------------------------------------------------------------------------------------------------------------ refusals


def test_only_an_empty_database_is_loaded(demo: InProcess, folder: Path) -> None:
    with opened(demo.path) as store, pytest.raises(HubError) as caught:
        dump.load(store, folder)
    assert (caught.value.slug, caught.value.exit) == ("not_empty", 6)


def shorter(text: str) -> str:
    return text.rpartition("\n")[0].rpartition("\n")[0] + "\n"


BROKEN: list[tuple[str, Callable[[str], str], str]] = [
    ("manifest.json", lambda text: text.replace("hub export", "other"), "manifest.json is not hub's"),
    ("manifest.json", lambda _: "{", "manifest.json cannot be read"),
    ("manifest.json", lambda text: text.replace('"schema": ', '"schema": 9'), "a newer hub wrote it"),
    ("manifest.json", lambda text: text.replace('"staff": 8', '"staff": -8'), "manifest.json is incomplete"),
    ("customers.ndjson", shorter, "it holds 249 rows where manifest.json says 250"),
    ("customers.ndjson", lambda text: text.replace('"kind"', '"is_admin"', 1), "is_admin is no column"),
    ("notes.ndjson", lambda text: text + "[]\n", "line 145 is no object"),
    ("notes.ndjson", lambda text: text.replace('"important": 0', '"important": 0.5', 1), "holds 0.5"),
    ("notes.ndjson", lambda text: text.replace('"important": 0', '"important": 9223372036854775808', 1), "92233"),
    ("notes.ndjson", lambda text: text.replace('"type": "internal", ', "", 1), "has other columns"),
    ("notes.ndjson", lambda text: text[:-40], "line 144: "),
    ("notes.ndjson", lambda _: "[" * 100_000, "line 1: "),
]


@pytest.mark.parametrize(("name", "spoil", "told"), BROKEN)
def test_a_spoilt_export_is_refused_with_the_place(
    hub: InProcess, folder: Path, name: str, spoil: Callable[[str], str], told: str
) -> None:
    path = folder / name
    path.write_text(spoil(path.read_text()))
    with opened(hub.path) as store:
        for use in (dump.check, dump.load):
            with pytest.raises(HubError) as caught:
                use(store, folder)
            assert (caught.value.slug, caught.value.exit) == ("not_a_dump", 2)
            assert told in caught.value.message
    assert rows(hub.path, "SELECT count(*) FROM customers") == [(0,)]


def test_rules_of_the_schema_hold_for_an_export_too(hub: InProcess, folder: Path) -> None:
    path = folder / "customers.ndjson"
    path.write_text(path.read_text().replace('"kind": "individual"', '"kind": "robot"', 1))
    with opened(hub.path) as store, pytest.raises(HubError) as caught:
        dump.load(store, folder)
    assert caught.value.slug == "customer_kind"
    assert rows(hub.path, "SELECT count(*) FROM staff") == [(0,)]


def test_a_missing_file_is_named(hub: InProcess, folder: Path, tmp_path: Path) -> None:
    (folder / "notes.ndjson").unlink()
    for place in (folder, tmp_path / "nowhere"):
        with opened(hub.path) as store, pytest.raises(HubError) as caught:
            dump.load(store, place)
        assert caught.value.slug == "not_a_dump"
