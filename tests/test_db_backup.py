"""Backups: what is made is proven, what is restored is proven first, what was there is kept."""

import hashlib
import json
import sqlite3
import stat
from pathlib import Path

import pytest

from conftest import InProcess
from hubcli import disk
from hubcli.errors import HubError
from hubcli.operations import backup


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def made(hub: InProcess, folder: Path, *options: str) -> Path:
    folder.mkdir(exist_ok=True)
    hub("db", "backup", str(folder), *options)
    return max(folder.glob("*.db"), key=lambda p: p.stat().st_mtime_ns)


def flip(path: Path, count: int = 20) -> None:
    """Turn bytes over in the middle of a file's pages."""
    data = bytearray(path.read_bytes())
    for place in range(4096 * 4 + 100, len(data), len(data) // count):
        data[place] ^= 0xFF
    path.write_bytes(data)


# ------------------------------------------------------------------------------------------------------------- making


def test_a_backup_is_silent_private_and_proven(demo: InProcess, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    result = demo("db", "backup", str(folder))
    assert (result.out, result.err) == ("", "")
    (copy,) = folder.glob("*.db")
    manifest = json.loads((folder / f"{copy.name}.json").read_text())
    assert manifest["sha256"] == sha(copy)
    assert manifest["change"] == 1
    assert manifest["rows"]["customers"] == 250
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}
    assert len(list(folder.iterdir())) == 2
    assert demo("--db", str(copy), "customers", "list", "--limit", "1").rows[0]["number"]


def test_a_backup_tells_a_person_and_a_script_that_asks(demo: InProcess, tmp_path: Path) -> None:
    told = demo("db", "backup", str(tmp_path / "one.db"), "--json").json
    assert told["sha256"] == sha(tmp_path / "one.db")
    assert told["verified"] is True
    shown = demo("db", "backup", str(tmp_path / "two.db"), tty=True).out
    assert sha(tmp_path / "two.db")[:20] in shown.replace("\n", "").replace(" ", "")
    info = demo("db", "info", "--json").json
    assert info["last_backup"] == str(tmp_path / "two.db")
    assert info["rows"]["customers"] == 250


@pytest.mark.parametrize(("target", "code"), [("there.db", 6), ("nowhere/x.db", 2), ("nofolder", 2)])
def test_a_backup_goes_only_where_it_may(demo: InProcess, tmp_path: Path, target: str, code: int) -> None:
    (tmp_path / "there.db").write_text("mine")
    demo("db", "backup", str(tmp_path / target), code=code)
    assert (tmp_path / "there.db").read_text() == "mine"
    assert not list(tmp_path.glob(".hub-*"))


def test_a_planted_link_is_not_followed(demo: InProcess, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    (tmp_path / "link.db").symlink_to(victim)
    demo("db", "backup", str(tmp_path / "link.db"), code=6)
    assert not victim.exists()


def test_a_damaged_database_makes_no_backup(demo: InProcess, tmp_path: Path) -> None:
    conn = sqlite3.connect(demo.path)
    conn.execute("UPDATE customer_figures SET orders = 77 WHERE customer_id = 1")
    conn.commit()
    conn.close()
    folder = tmp_path / "b"
    folder.mkdir()
    refused = demo("db", "backup", str(folder), code=7)
    assert "R02 C1" in refused.err
    assert list(folder.iterdir()) == []


def test_a_full_disk_leaves_nothing(demo: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "free", lambda _folder: 10)
    assert "needs" in demo("db", "backup", str(tmp_path / "x.db"), code=1).err
    assert not (tmp_path / "x.db").exists()


# ------------------------------------------------------------------------------------------------------------ keeping


def fake(folder: Path, day: str, uuid: str = "u") -> Path:
    path = folder / f"hub-{day}.db"
    path.write_text(day)
    values = {"file": path.name, "sha256": "", "bytes": 1, "made_at": f"{day}T03:00:00.000Z", "uuid": uuid, "schema": 2}
    rest: dict[str, object] = {"change": 1, "change_at": None, "seal": None, "rows": {}, "hub": "", "sqlite": ""}
    backup.manifest_path(path).write_text(json.dumps(values | rest))
    return path


def test_keep_lets_go_by_days_weeks_and_months(tmp_path: Path) -> None:
    days = [f"2025-{month:02d}-{day:02d}" for month in (3, 4, 5, 6) for day in range(1, 29)]
    for day in days:
        fake(tmp_path, day)
    other = fake(tmp_path, "2020-01-01", uuid="another")
    foreign = tmp_path / "foreign.db"
    foreign.write_text("no manifest")
    backup.prune(tmp_path, "u", backup.keeping("3d,3w,3m"))
    left = sorted(p.stem.removeprefix("hub-") for p in tmp_path.glob("hub-2025*.db"))
    assert left == ["2025-04-28", "2025-05-28", "2025-06-15", "2025-06-22", "2025-06-26", "2025-06-27", "2025-06-28"]
    assert other.exists()
    assert foreign.exists()
    assert len(list(tmp_path.glob("*.json"))) == len(left) + 1


@pytest.mark.parametrize("text", ["", "7", "d", "0d", "7d,x", "7d;4w", "-1d"])
def test_keep_takes_nothing_else(text: str) -> None:
    with pytest.raises(HubError, match="7d,4w,12m"):
        backup.keeping(text)


def test_the_newest_stays_whatever_the_rule(demo: InProcess, tmp_path: Path) -> None:
    first = made(demo, tmp_path / "b")
    second = made(demo, tmp_path / "b", "--keep", "1d")
    assert not first.exists() or first == second
    assert second.exists()


# ---------------------------------------------------------------------------------------------------------- restoring


def test_restore_tells_what_it_loses_and_keeps_the_old_file(demo: InProcess, tmp_path: Path) -> None:
    copy = made(demo, tmp_path / "b")
    for word in ("one", "two"):
        demo("notes", "add", "C3", word, "--type", "internal", "--persistence", "optional")
    demo("customers", "edit", "C3", "--found-us", "radio")
    before = sha(demo.path)
    tried = demo("db", "restore", str(copy), "-n")
    assert "loses H2–H4: 2 notes, edits of 1 customer" in tried.err
    assert tried.rows[0]["first_lost"] == "H2"
    assert sha(demo.path) == before
    assert "needs a yes" in demo("db", "restore", str(copy), code=6).err
    done = demo("db", "restore", str(copy), "--yes").rows[0]
    assert demo("customers", "show", "C3", "--json").json["found_us"] != "radio"
    kept = demo("--db", done["old_file"], "customers", "show", "C3", "--json").json
    assert kept["found_us"] == "radio"
    assert demo("db", "check", "--full").out == ""
    assert stat.S_IMODE(demo.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(done["old_file"]).stat().st_mode) == 0o600
    assert demo("db", "info", "--json").json["last_backup"] == str(copy)
    assert demo("db", "restore", str(copy), "--yes", "--json").json["loses"] == "loses nothing"


def test_f24_a_damaged_backup_is_refused_and_the_database_untouched(demo: InProcess, tmp_path: Path) -> None:
    copy = made(demo, tmp_path / "b")
    before = sha(demo.path)
    flip(copy)
    assert "sha256" in demo("db", "restore", str(copy), "--yes", code=9).err
    backup.manifest_path(copy).unlink()
    result = demo("db", "restore", str(copy), "--yes", code=None)
    assert result.code in {7, 9}
    assert sha(demo.path) == before
    assert not list(tmp_path.glob("*.before-restore*"))
    assert not list(tmp_path.glob(".*restore*"))


def test_f24_every_flipped_byte_is_noticed(demo: InProcess, tmp_path: Path) -> None:
    copy = made(demo, tmp_path / "b")
    backup.manifest_path(copy).unlink()
    data = copy.read_bytes()
    place = data.index(b"Gate code 4412")
    copy.write_bytes(data[:place] + b"Gate kode" + data[place + 9 :])
    refused = demo("db", "restore", str(copy), "--yes", code=7)
    assert "A05" in refused.err or "A03" in refused.err


def test_f25_readers_go_on_while_it_is_restored(demo: InProcess, tmp_path: Path) -> None:
    copy = made(demo, tmp_path / "b")
    demo("customers", "edit", "C3", "--found-us", "radio")
    reader = sqlite3.connect(demo.path, isolation_level=None)
    reader.execute("BEGIN")
    words = "SELECT found_us FROM customers WHERE id = 3"
    assert reader.execute(words).fetchone()[0] == "radio"
    demo("db", "restore", str(copy), "--yes")
    assert reader.execute(words).fetchone()[0] == "radio"
    reader.execute("COMMIT")
    assert reader.execute(words).fetchone()[0] != "radio"
    reader.close()


def test_f25_a_writer_at_work_keeps_restore_out(demo: InProcess, tmp_path: Path) -> None:
    copy = made(demo, tmp_path / "b")
    writer = sqlite3.connect(demo.path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    refused = demo("db", "restore", str(copy), "--yes", "--timeout", "1", code=8)
    assert "busy" in refused.err
    writer.execute("ROLLBACK")
    writer.close()
    assert not list(tmp_path.glob("*.before-restore*"))


def test_restore_where_the_database_is_gone(demo: InProcess, tmp_path: Path) -> None:
    copy = made(demo, tmp_path / "b")
    demo.path.unlink()
    demo("db", "restore", str(copy), "--yes")
    assert demo("db", "check", "--full").out == ""


@pytest.mark.parametrize("how", ["header", "half", "flipped"])
def test_restore_over_a_damaged_database(demo: InProcess, tmp_path: Path, how: str) -> None:
    copy = made(demo, tmp_path / "b")
    data = demo.path.read_bytes()
    if how == "flipped":
        flip(demo.path)
    else:
        demo.path.write_bytes(b"\0" * 100 + data[100:] if how == "header" else data[: len(data) // 2])
    damaged = sha(demo.path)
    done = demo("db", "restore", str(copy), "--yes").rows[0]
    assert demo("db", "check", "--full").out == ""
    if how == "header":
        assert sha(Path(done["old_file"])) == damaged


@pytest.mark.parametrize("how", ["damaged", "gone"])
def test_who_was_erased_is_not_brought_back_in_silence(demo: InProcess, tmp_path: Path, how: str) -> None:
    copy = made(demo, tmp_path / "b")
    demo("customers", "erase", "C27", "--confirm-count", "1")
    told = "who was erased since that backup"
    assert told not in demo("db", "restore", str(copy), "-n").err
    if how == "damaged":
        demo.path.write_bytes(b"\0" * 8192 + demo.path.read_bytes()[8192:])
    else:
        demo.path.unlink()
    assert told in demo("db", "restore", str(copy), "-n").err
    assert told in demo("db", "restore", str(copy), "--yes").err
    assert demo("customers", "show", "C27", "--json").json["status"] != "purged"


def test_a_backup_of_another_database_needs_a_word(demo: InProcess, hub: InProcess, tmp_path: Path) -> None:
    copy = made(demo, tmp_path / "b")
    hub("customers", "create", "--first-name", "Ann", "--mobile", "206 555 0188")
    assert "another database" in hub("db", "restore", str(copy), "--yes", code=6).err
    hub("db", "restore", str(copy), "--yes", "--other")
    assert len(hub("customers", "list").rows) > 100


def test_a_fresh_database_takes_any_backup(demo: InProcess, hub: InProcess, tmp_path: Path) -> None:
    hub("db", "restore", str(made(demo, tmp_path / "b")), "--yes")
    assert len(hub("customers", "list").rows) > 100


EVIL = {
    "trigger": "CREATE TRIGGER evil AFTER INSERT ON meta BEGIN DELETE FROM customers; END",
    "view": "CREATE VIEW evil AS SELECT load_extension('x')",
    "table": "CREATE TABLE evil (a)",
    "replaced": "DROP VIEW open_documents; CREATE VIEW open_documents AS SELECT load_extension('/x') AS id",
    "generated": "ALTER TABLE notes ADD COLUMN evil TEXT AS (hex(type)) VIRTUAL",
}


@pytest.mark.parametrize("kind", EVIL)
def test_s6_a_hostile_backup_is_refused(demo: InProcess, tmp_path: Path, kind: str) -> None:
    copy = made(demo, tmp_path / "b")
    backup.manifest_path(copy).unlink()
    conn = sqlite3.connect(copy)
    conn.executescript(EVIL[kind])
    conn.close()
    before = sha(demo.path)
    result = demo("db", "restore", str(copy), "--yes", code=None)
    assert result.code in {7, 9}
    assert "X02" in result.err or result.code == 9
    assert sha(demo.path) == before


def test_an_old_backup_is_brought_up_on_the_way(demo: InProcess, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    conn = sqlite3.connect(old)
    conn.executescript((Path(__file__).parent / "schemas" / "v1.sql").read_text())
    conn.execute("INSERT INTO meta (key, value) VALUES ('uuid', '00000000-0000-4000-8000-000000000000')")
    conn.commit()
    conn.close()
    before = sha(old)
    demo("db", "restore", str(old), "--yes", "--other")
    assert demo("customers", "list", "--json").json == []
    assert demo("db", "check", "--full").out == ""
    assert sha(old) == before


# ------------------------------------------------------------------------------------------------------------- drills


def test_a_drill_is_silent_and_finds_damage(demo: InProcess, tmp_path: Path) -> None:
    copy = made(demo, tmp_path / "b")
    before = sorted((p.name, p.stat().st_mtime_ns) for p in (tmp_path / "b").iterdir())
    done = demo("db", "restore", "--drill", str(tmp_path / "b"))
    assert (done.out, done.err) == ("", "")
    assert sorted((p.name, p.stat().st_mtime_ns) for p in (tmp_path / "b").iterdir()) == before
    flip(copy, 2)
    demo("db", "restore", "--drill", str(tmp_path / "b"), code=9)
    demo("db", "restore", "--drill", str(tmp_path), code=7)
    demo("db", "restore", "--drill", str(tmp_path / "no"), code=2)
    demo("db", "restore", code=2)


def test_optimize_changes_nothing_that_counts(demo: InProcess) -> None:
    demo("db", "optimize")
    assert demo("db", "check", "--full").out == ""
    assert demo("db", "info", "--json").json["last_change"] == "H1"
