"""The job that archives customers nobody dealt with for long."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import TODAY, InProcess

JOB = ("customers", "archive", "--stale", "365d")


def add(hub: InProcess, name: str, touched_on: str) -> int:
    """Add a customer last dealt with on a day; give the number."""
    number = int(hub("customers", "create", "--first-name", name, "--mobile", "312 555 0100").rows[0]["number"][1:])
    write(hub, "UPDATE customers SET touched_on = ? WHERE id = ?", (touched_on, number))
    return number


def write(hub: InProcess, sql: str, values: tuple[Any, ...] = ()) -> None:
    conn = sqlite3.connect(hub.path, isolation_level=None)
    conn.execute(sql, values)
    conn.close()


@pytest.fixture
def idle(hub: InProcess) -> InProcess:
    """Three customers idle for 400 days: a clean one, one with 1.00 of credit, one with an undelivered order."""
    clean, rich, waiting = (add(hub, name, "2024-05-11") for name in ("Clean", "Rich", "Waiting"))
    assert (clean, rich, waiting) == (1, 2, 3)
    write(
        hub,
        "INSERT INTO wallet_entries (customer_id, amount_cents, type, entered_on, recorded_at)"
        " VALUES (2, 100, 'grant', '2024-05-11', '2024-05-11T12:00:00.000Z')",
    )
    write(
        hub,
        "INSERT INTO documents (customer_id, status, ordered_on, created_at)"
        " VALUES (3, 'in-production', '2024-05-11', '2024-05-11T12:00:00.000Z')",
    )
    write(
        hub,
        "INSERT INTO document_lines (document_id, line, model, quantity, unit_price_cents) VALUES (1, 1, 'F', 1, 1)",
    )
    return hub


def test_the_run_archives_the_clean_one_only(idle: InProcess) -> None:
    shown = idle(*JOB, "-n")
    assert {row["record"] for row in shown.rows} == {"C1"}
    assert idle("customers", "list", "--status", "archived").rows == []
    done = idle(*JOB)
    assert re.fullmatch(
        r"archived 1 customer idle since before 2024-06-15 \(H\d+\);"
        r" skipped active quotes or orders: 1; customer credit: 1\n",
        done.out,
    )
    assert [row["number"] for row in idle("customers", "list", "--status", "archived").rows] == ["C1"]


def test_the_second_run_is_silent(idle: InProcess) -> None:
    idle(*JOB)
    again = idle(*JOB)
    assert (again.out, again.err) == ("", "")


def test_verbose_says_who_was_skipped_and_why(idle: InProcess) -> None:
    said = idle(*JOB, "-v").err
    assert "customer credit: 1" in said
    assert "active quotes or orders: 1" in said


def test_one_undo_brings_them_back(idle: InProcess) -> None:
    idle(*JOB)
    idle("undo", idle("changes", "list", "--limit", "1").rows[0]["change"])
    assert len(idle("customers", "list").rows) == 3


def test_expect_max_stops_a_runaway(hub: InProcess) -> None:
    for i in range(3):
        add(hub, f"Idle {i}", "2020-01-01")
    refused = hub(*JOB, "--expect-max", "2", code=6)
    assert "3 customers would be archived, more than 2" in refused.err
    assert len(hub("customers", "list").rows) == 3
    hub(*JOB, "--expect-max", "3")
    assert hub("customers", "list").rows == []


def test_without_expect_max_a_tenth_or_25_is_the_limit(hub: InProcess) -> None:
    conn = sqlite3.connect(hub.path, isolation_level=None)
    conn.executemany(
        "INSERT INTO customers (first_name, created_at, touched_on) VALUES (?, '2020-01-01T00:00:00.000Z', ?)",
        [(f"Idle {i}", "2020-01-01") for i in range(26)] + [(f"Busy {i}", TODAY) for i in range(200)],
    )
    conn.close()
    assert "26 customers would be archived, more than 25" in hub(*JOB, code=6).err


def test_the_day_it_falls_due(hub: InProcess) -> None:
    add(hub, "On the day", "2024-06-15")
    assert hub(*JOB).out == ""
    assert "archived 1 customer" in hub(*JOB, today="2025-06-16").out


def test_two_runs_at_once_archive_once(idle: InProcess, hub_command: str) -> None:
    command = [hub_command, "--db", str(idle.path), "--today", TODAY, *JOB]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    ends = [(run.communicate(), run.returncode) for run in runs]
    assert {code for _, code in ends} <= {0, 8}
    archived = [out for (out, _), code in ends if code == 0 and out]
    assert len(archived) == 1
    assert len(idle("changes", "list", "--command", "customers archive").rows) == 1


def test_the_second_of_two_runs_ends_at_once(idle: InProcess, hub_command: str) -> None:
    holder = (
        "import sys, time\nfrom pathlib import Path\nfrom hubcli.locks import Locks\n"
        f"Locks(Path({str(idle.path)!r}), 0o600).job('customers archive --stale')\n"
        "print('held', flush=True)\ntime.sleep(30)"
    )
    with subprocess.Popen([sys.executable, "-c", holder], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        done = subprocess.run([hub_command, "--db", str(idle.path), *JOB], capture_output=True, text=True, check=False)
        other.kill()
    assert done.returncode == 8
    assert "another run of customers archive --stale is under way" in done.stderr


def test_soon_after_an_import_only_expect_max_allows_it(hub: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_text(
        "number,kind,first_name,mobile_phone,created_at,last_activity_on\n"
        "C7,individual,Old,312 555 0107,2019-01-01T00:00:00.000Z,2019-05-05\n"
    )
    hub("import", "customers", str(file), "--apply")
    assert "customers were imported on 2025-06-15" in hub(*JOB, code=6).err
    assert "customers were imported on 2025-06-15" in hub(*JOB, code=6, today="2025-07-14").err
    assert "archived 1 customer" in hub(*JOB, "--expect-max", "1", today="2025-07-14").out


def test_thirty_days_after_an_import_it_runs_by_itself(hub: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "old.csv"
    file.write_text(
        "number,kind,first_name,mobile_phone,created_at,last_activity_on\n"
        "C7,individual,Old,312 555 0107,2019-01-01T00:00:00.000Z,2019-05-05\n"
    )
    hub("import", "customers", str(file), "--apply")
    assert "archived 1 customer" in hub(*JOB, today="2025-07-15").out
