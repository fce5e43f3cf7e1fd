"""The doctor: each ill is found, a healthy database is not complained of."""

import os
import sqlite3
from pathlib import Path

import pytest

from conftest import InProcess, Result


@pytest.fixture
def home(demo: InProcess) -> InProcess:
    demo.path.chmod(0o600)
    return demo


def states(result: Result) -> dict[str, str]:
    return {row["item"]: row["state"] for row in result.rows}


def test_a_healthy_database(home: InProcess, tmp_path: Path) -> None:
    home("db", "backup", str(tmp_path / "x.db"))
    result = home("doctor", "--backup-max-age", "26h")
    assert "bad" not in states(result).values()
    assert sqlite3.sqlite_version in result.out
    assert home("doctor", "-q", "--backup-max-age", "26h").out == ""


def test_s22_an_old_sqlite_is_named(home: InProcess) -> None:
    expected = "warn" if sqlite3.sqlite_version_info < (3, 51, 3) else "ok"
    assert states(home("doctor"))["sqlite"] == expected


def test_s7_loose_modes(home: InProcess, tmp_path: Path) -> None:
    home.path.chmod(0o644)
    result = home("doctor", code=7)
    assert states(result)["file mode"] == "bad"
    assert f"chmod 600 {home.path}" in result.out
    home.path.chmod(0o600)
    tmp_path.chmod(0o777)
    assert states(home("doctor", code=7))["folder mode"] == "bad"
    tmp_path.chmod(0o755)
    assert states(home("doctor"))["folder mode"] == "warn"


def test_s13_who_may_write_is_said(home: InProcess) -> None:
    row = next(row for row in home("doctor").rows if row["item"] == "may write")
    assert "whoever can, can change anything" in row["found"]


def test_a_shared_database_is_accepted(home: InProcess, tmp_path: Path) -> None:
    tmp_path.chmod(0o2770)
    home.path.chmod(0o660)
    found = states(home("doctor"))
    assert (found["file mode"], found["folder mode"]) == ("ok", "ok")


def test_backups_missing_old_and_gone(home: InProcess, tmp_path: Path) -> None:
    assert states(home("doctor"))["backup"] == "warn"
    assert states(home("doctor", "--backup-max-age", "26h", code=7))["backup"] == "bad"
    copy = tmp_path / "x.db"
    home("db", "backup", str(copy))
    conn = sqlite3.connect(home.path)
    conn.execute("UPDATE meta SET value = json_set(value, '$.at', '2020-01-01T00:00:00.000Z') WHERE key = 'backup'")
    conn.commit()
    conn.close()
    assert states(home("doctor", "--backup-max-age", "26h", code=7))["backup"] == "bad"
    assert states(home("doctor"))["backup"] == "warn"
    copy.unlink()
    assert states(home("doctor", "--backup-max-age", "9999d", code=7))["backup"] == "bad"


@pytest.mark.parametrize("age", ["26", "h", "-1h", "0h", "1y", "tomorrow"])
def test_an_age_is_an_age(home: InProcess, age: str) -> None:
    assert "26h, 2d or 90min" in home("doctor", f"--backup-max-age={age}", code=2).err


def mounts(tmp_path: Path, kind: str) -> str:
    table = tmp_path / "mountinfo"
    table.write_text(f"1 0 8:1 / / rw - ext4 /dev/a rw\n2 1 0:1 / {tmp_path} rw,x shared:1 - {kind} server:/x rw\n")
    return str(table)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_f20_a_network_disk_is_not_written(
    home: InProcess, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_MOUNTINFO", mounts(tmp_path, kind))
    refused = home("customers", "edit", "C3", "--found-us", "radio", code=9)
    assert kind in refused.err
    assert states(home("doctor", code=7))["disk"] == "bad"
    assert home("customers", "list", "--limit", "1").rows


def test_a_local_disk_is_written(home: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_MOUNTINFO", mounts(tmp_path, "ext4"))
    home("customers", "edit", "C3", "--found-us", "radio")


def test_what_a_killed_command_left(home: InProcess, tmp_path: Path) -> None:
    (tmp_path / f".{home.path.name}.999999999.restore").write_text("")
    (tmp_path / f".{home.path.name}.{os.getpid()}.new").write_text("")
    row = next(row for row in home("doctor").rows if row["item"] == "left behind")
    assert row["state"] == "warn"
    assert row["found"].startswith("1 unfinished")


def test_f21_a_clock_that_went_back(home: InProcess) -> None:
    conn = sqlite3.connect(home.path)
    conn.execute("DROP TRIGGER changes_stay")
    conn.execute("UPDATE changes SET recorded_at = '2999-01-01T00:00:00.000Z'")
    conn.commit()
    conn.close()
    found = states(home("doctor", code=7))
    assert found["clock"] == "bad"
    assert found["checks"] == "bad"


@pytest.mark.parametrize("how", ["header", "half", "one byte", "flipped"])
def test_f15_a_damaged_file(home: InProcess, how: str) -> None:
    data = bytearray(home.path.read_bytes())
    if how == "header":
        data[:100] = bytes(100)
    elif how == "half":
        del data[len(data) // 2 :]
    elif how == "one byte":
        del data[-1]
    else:
        for place in range(9000, len(data), len(data) // 60):
            data[place] ^= 0xFF
    home.path.write_bytes(data)
    found = home("doctor", code=None) if how == "one byte" else home("doctor", code=7)
    assert "Traceback" not in found.err
    assert home("db", "check", "--full", code=7).rows[0]["code"]
    assert home.path.read_bytes() == data


def test_what_is_no_database_is_not_doctored(home: InProcess) -> None:
    home.path.unlink()
    assert "there is no database" in home("doctor", code=9).err
    home.path.write_text("hello")
    home("doctor", code=9)
    home("db", "check", code=9)
