"""Files attached to notes: kept byte for byte, stored once, gone with the note, back with undo."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from conftest import InProcess


@pytest.fixture
def shop(hub: InProcess, tmp_path: Path) -> InProcess:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101")
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.4 the kitchen")
    return hub


def stored(shop: InProcess) -> int:
    with closing(sqlite3.connect(shop.path)) as conn:
        return int(conn.execute("SELECT count(*) FROM file_contents").fetchone()[0])


def test_deconetwork_58_a_note_with_a_file_is_edited_and_deleted(shop: InProcess, tmp_path: Path) -> None:
    plan = str(tmp_path / "plan.pdf")
    shop("notes", "add", "C1", "kitchen plan", "--attach", plan)
    shown = shop("notes", "show", "N1", "--json").json["files"]
    assert [(f["name"], f["media_type"], f["size"]) for f in shown] == [("plan.pdf", "application/pdf", 20)]
    shop("notes", "file", "N1", "-o", str(tmp_path / "again.pdf"))
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "plan.pdf").read_bytes()
    shop("notes", "edit", "N1", "new kitchen plan", "--attach", plan)
    assert stored(shop) == 1, "the same bytes are kept once"
    assert "which file of N1? It has 1, 2" in shop("notes", "file", "N1", "-o", "x", code=2).err
    shop("notes", "file", "N1", "2", "--remove")
    shop("notes", "delete", "N1")
    assert "no note N1" in shop("notes", "file", "N1", code=4).err
    shop("undo", shop("changes", "list", "--command", "notes delete").rows[0]["change"])
    assert len(shop("notes", "show", "N1", "--json").json["files"]) == 1


def test_what_may_not_be_attached(shop: InProcess, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    shop("settings", "set", "files.limit_mb", "1")
    (tmp_path / "large").write_bytes(b"x" * (1024 * 1024 + 1))
    for name, told in (("none", "no such file"), ("empty", "is empty"), ("large", "at most 1 MB"), ("", "is no file")):
        refused = shop("notes", "add", "C1", "x", "--attach", str(tmp_path / name), code=2)
        assert told in refused.err, name
    assert shop("notes", "list").rows == []
    assert stored(shop) == 0
