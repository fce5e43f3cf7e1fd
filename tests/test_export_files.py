"""Exports as whole commands: -o replaces a file whole or not at all, whatever ends the command; stdout that fails."""

import os
import random
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import TODAY, InProcess

EXPORT = ("export", "customers")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder for what is written, apart from the database."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "ndjson", "xlsx"])
def test_each_ending_is_a_format_and_the_same_rows(demo: InProcess, out: Path, ending: str) -> None:
    path = out / f"a.{ending}"
    done = demo(*EXPORT, "-o", str(path))
    assert (done.out, done.err) == ("", "")
    assert mode_of(path) == 0o600
    assert names(out) == [path.name]
    if ending != "xlsx":
        assert path.read_text(encoding="utf-8") == demo(*EXPORT, f"--{ending}").out


def test_xlsx_keeps_the_zeros_of_a_zip_and_runs_no_formula(demo: InProcess, out: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    with sqlite3.connect(demo.path) as database:
        database.execute("UPDATE addresses SET zip = '00501' WHERE kind = 'billing' AND customer_id = 1")
        database.execute("UPDATE customers SET found_us = '=1+1' WHERE id = 1")
    database.close()
    demo(*EXPORT, "garcia", "--zip", "00501", "-o", str(out / "a.xlsx"))
    head, row = calamine.CalamineWorkbook.from_path(str(out / "a.xlsx")).get_sheet_by_index(0).to_python()
    found = dict(zip(head, row, strict=True))
    assert (found["number"], found["billing_zip"], found["found_us"]) == ("C1", "00501", "=1+1")


def test_b21_a_file_is_replaced_with_its_mode_and_no_clobber_keeps_it(demo: InProcess, out: Path) -> None:
    path = out / "a.csv"
    path.write_text("old")
    path.chmod(0o644)
    demo(*EXPORT, "-o", str(path))
    assert mode_of(path) == 0o644
    assert path.read_text().startswith("number,")
    path.write_text("old")
    assert "--no-clobber" in demo(*EXPORT, "-o", str(path), "--no-clobber", code=6).err
    assert path.read_text() == "old"
    demo(*EXPORT, "-o", str(path), "--mode", "640")
    assert mode_of(path) == 0o640
    assert "--mode" in demo(*EXPORT, "-o", str(path), "--mode", "999", code=2).err


def test_b21_the_database_its_side_files_and_backups_stay(demo: InProcess, out: Path) -> None:
    before = demo.path.read_bytes()
    for side in ("", "-wal", "-shm", "-lock"):
        assert demo(*EXPORT, "--csv", "-o", f"{demo.path}{side}", code=6).out == ""
    shutil.copy(demo.path, out / "backup.csv")
    assert "SQLite" in demo(*EXPORT, "-o", str(out / "backup.csv"), code=6).err
    assert (out / "backup.csv").read_bytes() == before == demo.path.read_bytes()


def test_b21_links_folders_and_missing_folders(demo: InProcess, out: Path) -> None:
    (out / "target").write_text("old")
    (out / "link.csv").symlink_to(out / "target")
    (out / "folder.csv").mkdir()
    assert demo(*EXPORT, "-o", str(out / "link.csv"), code=6).out == ""
    for path in ("folder.csv", "none/a.csv"):
        assert demo(*EXPORT, "-o", str(out / path), code=2).out == ""
    assert (out / "target").read_text() == "old"
    assert demo(*EXPORT, "--csv", "-o", "/dev/stdout").out == demo(*EXPORT, "--csv", "-o", "-").out != ""


def test_b22_any_name_will_do(demo: InProcess, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(out)
    demo(*EXPORT, "-o", "-x.csv")
    demo(*EXPORT, "-o", "new\nline.csv")
    demo(*EXPORT, "-o", "../out/../out/up.csv")
    assert names(out) == ["-x.csv", "new\nline.csv", "up.csv"]


def test_a_refused_export_leaves_the_old_file(demo: InProcess, out: Path) -> None:
    path = out / "a.csv"
    path.write_text("old")
    demo(*EXPORT, "--zip", "!", "-o", str(path), code=2)
    demo(*EXPORT, "--excel", "--json", "-o", str(path), code=2)
    demo(*EXPORT, "@nothing", "-o", str(path), code=4)
    assert path.read_text() == "old"
    assert names(out) == ["a.csv"]


# --------------------------------------------------------------------------------------------------------- processes


@pytest.fixture
def command(demo: InProcess, hub_command: str) -> list[str]:
    """The installed command on a copy of the demo shop."""
    return [hub_command, "--db", str(demo.path), "--today", TODAY]


def test_f6_a_full_disk_leaves_the_old_file_and_says_so(command: list[str], out: Path) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    path = out / "a.csv"
    path.write_text("old")
    for arguments in (["export", "orders", "-o", str(path)], ["export", "all", "-o", f"{out}/whole"]):
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False, preexec_fn=limited)
        assert done.returncode == 1
        assert done.stdout == ""
        assert arguments[-1] in done.stderr
        assert "Traceback" not in done.stderr
        assert len(done.stderr.splitlines()) <= 2
    assert path.read_text() == "old"
    assert names(out) == ["a.csv"]


def test_f7_a_full_or_closed_stdout_is_one_line_and_exit_1(command: list[str]) -> None:
    for form in ("--csv", "--tsv", "--json", "--ndjson"):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [*command, *EXPORT, form], stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    closed = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *command, *EXPORT], capture_output=True, text=True, check=False
    )
    assert (closed.returncode, closed.stderr.count("\n")) == (1, 1), closed.stderr


def test_f7_a_closed_pipe_is_silent(command: list[str]) -> None:
    for form in ("--csv", "--tsv", "--json"):
        script = '"$@" | head -1 >/dev/null; echo "${PIPESTATUS[0]}"'
        done = subprocess.run(
            ["/bin/bash", "-c", script, "bash", *command, "export", "orders", form],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == ("141\n", "")


@pytest.fixture
def many(demo: InProcess) -> None:
    """Twenty thousand customers more, so that an export takes a while."""
    database = sqlite3.connect(demo.path)
    with database:
        database.execute(
            "INSERT INTO changes (business_on, recorded_at, actor, command, purpose, unlogged)"
            " VALUES ('2025-06-15', '2025-06-15', 'sam', 'load', 'load', 1)"
        )
        database.execute(
            "INSERT INTO customers (first_name, sort_name, created_at)"
            " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
            " SELECT 'Copy ' || i, 'copy ' || i, '2025-06-15' FROM n"
        )
        database.execute("DELETE FROM changes WHERE seal IS NULL")
    database.close()


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("target", ["a.csv", "a.json", "whole"])
def test_f8_a_signal_leaves_the_old_output_and_nothing_else(
    command: list[str], out: Path, target: str, rounds: Callable[[int, int], int]
) -> None:
    chance = random.Random(8)  # noqa: S311  # the same moments each time
    path = out / target
    what = "all" if target == "whole" else "customers"
    subprocess.run([*command, "export", what, "-o", str(path)], check=True, capture_output=True)
    old = path.stat().st_ino
    stopped = 0
    for turn in range(rounds(5, 60)):
        number = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[turn % 3]
        running = subprocess.Popen(
            [*command, "export", what, "-o", str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        while running.poll() is None and len(names(out)) < 2:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.3))
        running.send_signal(number)
        _, told = running.communicate(timeout=60)
        assert "Traceback" not in told
        if running.returncode != 0:
            stopped += 1
            assert running.returncode == 128 + number
            assert told == "hub: stopped; nothing was saved\n"
            assert path.stat().st_ino == old
        old = path.stat().st_ino
        assert names(out) == [target]
    assert stopped


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(("what", "where"), [("customers", "render.files"), ("all", "operations.dump")])
def test_f8_a_signal_once_the_output_stands_comes_too_late(
    demo: InProcess, out: Path, number: signal.Signals, what: str, where: str
) -> None:
    path = out / ("a.csv" if what == "customers" else "whole")
    code = (
        f"import os, sys; from hubcli.__main__ import main; import hubcli.{where} as place; put = place._put\n"
        f"def stopped(*given, **how): put(*given, **how); os.kill(os.getpid(), {int(number)})\n"
        f"place._put = stopped\n"
        f"sys.argv[1:] = ['--db', {str(demo.path)!r}, 'export', {what!r}, '-o', {str(path)!r}]; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert names(out) == [path.name]


def test_lang_c_still_writes_utf_8(command: list[str]) -> None:
    done = subprocess.run(
        [*command, *EXPORT, "müller", "--csv"], capture_output=True, check=True, env=os.environ | {"LC_ALL": "C"}
    )
    assert "Müller" in done.stdout.decode("utf-8")
