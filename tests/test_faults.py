"""Faults that hub must survive, each under its number: kills, full disks, signals, locks, upgrades, wrong files."""

import hashlib
import io
import os
import random
import resource
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TextIO

import pytest

from conftest import ROOT, TODAY
from hubcli import schema, sqlitefile
from hubcli.operations import checks

SAMPLE = ROOT / "samples" / "hub-customers.csv"
V1 = (Path(__file__).parent / "schemas" / "v1.sql").read_text(encoding="utf-8")
Rounds = Callable[[int, int], int]
Dice = random.Random


class Shop:
    """A database in a folder, and the installed hub to run on it."""

    def __init__(self, command: str, path: Path) -> None:
        self.command = command
        self.path = path
        state = {"XDG_STATE_HOME": str(path.parent / "state"), "PYTHONDONTWRITEBYTECODE": "1"}
        self.environment = os.environ | {"HUB_DB": str(path), "HUB_TODAY": TODAY, "HUB_USER": "sam"} | state

    def start(self, *arguments: str, **how: Any) -> "subprocess.Popen[str]":
        how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, "text": True} | how
        return subprocess.Popen([self.command, *arguments], env=self.environment, **how)

    def __call__(self, *arguments: str, code: int | None = 0, **how: Any) -> "subprocess.CompletedProcess[str]":
        process = self.start(*arguments, **how)
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in (err or ""), err
        assert code is None or process.returncode == code, (process.returncode, err)
        return subprocess.CompletedProcess(arguments, process.returncode, out or "", err or "")

    def ask(self, sql: str) -> Any:
        conn = sqlite3.connect(f"file:{self.path}?mode=rw", uri=True)
        try:
            return conn.execute(sql).fetchone()[0]
        finally:
            conn.close()

    @property
    def state(self) -> tuple[int, int]:
        """The number of change sets and of customers."""
        return self.ask("SELECT count(*) FROM changes"), self.ask("SELECT count(*) FROM customers")

    def sound(self) -> bool:
        """Whether every check holds."""
        conn = sqlitefile.connect(self.path)
        try:
            found = list(checks.run(checks.View(conn, self.path, TODAY), checks.choose(None, full=True)))
        finally:
            conn.close()
        assert not found, found[:3]
        return True


@pytest.fixture
def shop(hub_command: str, demo_file: Path, tmp_path: Path) -> Shop:
    """The demo shop, for the installed command."""
    shutil.copy(demo_file, tmp_path / "hub.db")
    return Shop(hub_command, tmp_path / "hub.db")


@pytest.fixture
def fresh(hub_command: str, tmp_path: Path) -> Shop:
    """The installed command where there is no database yet."""
    return Shop(hub_command, tmp_path / "hub.db")


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def listens(process: "subprocess.Popen[str]") -> bool:
    """Wait until hub has its handlers in place; False when it ended before."""
    while process.poll() is None:
        try:
            text = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
        except OSError:
            return False
        caught = int(text.split("SigCgt:")[1].split()[0], 16)
        if caught >> (signal.SIGTERM - 1) & 1:
            return True
        time.sleep(0.002)
    return False


WRITES: dict[str, tuple[str, ...]] = {
    "import": ("import", "customers", str(SAMPLE), "--apply", "--create-staff", "--maybe", "create"),
    "edit": ("customers", "edit", "C3", "--found-us", "radio"),
    "stale": ("customers", "archive", "--stale", "365d", "--expect-max", "999"),
    "backup": ("db", "backup", "there.db"),
}


def lasting(shop: Shop, write: tuple[str, ...]) -> float:
    """Give how long a write takes, on a copy."""
    other = Shop(shop.command, shop.path.with_name("timed.db"))
    shutil.copy(shop.path, other.path)
    started = time.monotonic()
    other(*write, code=None, cwd=tempfile.mkdtemp(dir=shop.path.parent))
    return time.monotonic() - started


def leftovers(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if p.name.startswith(".") or p.name.endswith("-journal"))


# --------------------------------------------------------------------------------------------- F1, F8: killed, stopped


@pytest.mark.parametrize("name", ["import", "edit", "stale"])
def test_f1_kill_in_a_write(name: str, shop: Shop, rounds: Rounds) -> None:
    dice = Dice(name)
    span = lasting(shop, WRITES[name])
    before = shop.path.read_bytes()
    old, new = shop.state, None
    for _ in range(rounds(3, 67)):
        process = shop.start(*WRITES[name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(dice.uniform(0.4, 1.0) * span)
        process.kill()
        process.wait()
        assert shop.sound()
        state = shop.state
        assert state[0] in {old[0], old[0] + 1}
        if state != old:
            new = new or state
            assert state == new  # all of it
            for suffix in ("-wal", "-shm"):
                Path(f"{shop.path}{suffix}").unlink(missing_ok=True)
            shop.path.write_bytes(before)


def test_f1_kill_in_a_demo_leaves_an_empty_shop_or_a_whole_one(fresh: Shop, rounds: Rounds) -> None:
    dice = Dice(1)
    for _ in range(rounds(3, 30)):
        process = fresh.start("demo")
        time.sleep(dice.uniform(0.1, 1.2))
        process.kill()
        process.communicate()
        if fresh.path.exists():
            assert fresh.sound()
            assert fresh.state in {(0, 0), (1, 250)}
        for path in fresh.path.parent.glob("*hub.db*"):
            path.unlink()


ENDS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


@pytest.mark.parametrize("name", ["import", "backup", "stale"])
def test_f8_signals(name: str, shop: Shop, tmp_path: Path, rounds: Rounds) -> None:
    dice = Dice(name)
    span = lasting(shop, WRITES[name])
    stopped, enough = 0, rounds(3, 20)
    for turn in range(4 * enough):  # on a busy machine a signal may come too late again and again
        if stopped and turn >= enough:
            break
        state, folder = shop.state, tmp_path / f"turn{turn}"
        folder.mkdir()
        number = list(ENDS)[turn % 3]
        process = shop.start(*WRITES[name], cwd=folder)
        listens(process)
        time.sleep(dice.uniform(0, 0.7) * span)
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert "Traceback" not in err, err
        assert process.returncode in {0, 3, ENDS[number], -number}, err
        if process.returncode == ENDS[number]:
            stopped += 1
            if "was saved before" in err:  # the signal came after the commit
                assert shop.state != state
                continue
            assert err.endswith("hub: stopped; nothing was saved\n")
            assert shop.state == state
            assert not list(folder.iterdir())
        assert not leftovers(shop.path.parent)
        assert not leftovers(folder)
    assert stopped, "no signal came in time"
    assert shop.sound()


# ------------------------------------------------------------------------------------------------ F4, F5, F6: disk full


def limited(extra: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (extra, extra))


@pytest.mark.parametrize("room", [4096, 50_000, 100_000, 200_000])
def test_f4_f5_the_disk_is_full_in_a_write(shop: Shop, room: int) -> None:
    state = shop.state
    shop.environment["TMPDIR"] = str(shop.path.parent)  # the limit is that of temporary files too
    told = shop(*WRITES["import"], code=1, preexec_fn=limited(room))
    assert "the disk is full, or a limit on file size was reached" in told.stderr
    assert "nothing was changed" in told.stderr
    assert str(shop.path.parent) in told.stderr
    assert "bytes free" in told.stderr
    assert shop.state == state
    assert shop("customers", "show", "C3", "--json", preexec_fn=limited(100_000)).stdout
    assert shop.sound()
    shop("customers", "edit", "C3", "--found-us", "radio")


def test_f4_the_disk_of_temporary_files_is_full_in_an_import(shop: Shop, tmp_path: Path) -> None:
    state = shop.state
    shop.environment["TMPDIR"] = str(tmp_path)
    told = shop(*WRITES["import"], code=1, preexec_fn=limited(40_000))
    assert f"the disk is full, or a limit on file size was reached, at {tmp_path} (" in told.stderr
    assert shop.state == state
    assert shop.sound()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes, where this user may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("may not mount")
    yield place
    subprocess.run(["umount", place], check=True)


def test_f4_a_disk_that_is_really_full(shop: Shop, small_disk: Path, demo_file: Path) -> None:
    full = Shop(shop.command, small_disk / "hub.db")
    shutil.copy(demo_file, full.path)
    filler = small_disk / "filler"
    free = os.statvfs(small_disk)
    filler.write_bytes(b"x" * (free.f_bavail * free.f_frsize - 80_000))
    state = shop.state
    told = full(*WRITES["import"], code=1)
    assert "disk is full" in told.stderr
    assert full.state == state
    assert "needs" in full("db", "backup", str(small_disk / "b.db"), code=1).stderr
    filler.unlink()
    assert full.sound()
    full("customers", "edit", "C3", "--found-us", "radio")


def test_f6_a_limit_in_a_backup(shop: Shop, tmp_path: Path) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    told = shop("db", "backup", str(folder), code=1, preexec_fn=limited(500_000))
    assert "could not be written" in told.stderr
    assert list(folder.iterdir()) == []
    assert shop.sound()


# ------------------------------------------------------------------------------------------------ F7: stdout goes wrong


@pytest.mark.parametrize("arguments", [("customers", "list"), ("db", "info"), ("doctor",), ("sql", "SELECT 1 AS one")])
def test_f7_stdout_full_closed_and_cut(shop: Shop, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        told = shop(*arguments, code=1, stdout=full)
    assert told.stderr.count("\n") == 1
    assert told.stderr.startswith("hub: stdout could not be written")
    closed = shop(*arguments, code=1, preexec_fn=lambda: os.close(1), stdout=None)
    assert closed.stderr.count("\n") == 1
    process = shop.start(*arguments)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(timeout=60) == -signal.SIGPIPE
    assert process.stderr.read() == ""
    process.stderr.close()


def test_f7_a_write_is_kept_though_nobody_reads_of_it(shop: Shop) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        shop("customers", "edit", "C3", "--found-us", "radio", code=1, stdout=full)
    assert shop.ask("SELECT found_us FROM customers WHERE id = 3") == "radio"


# ---------------------------------------------------------------------------------------------------- F9, F10: writers


def test_f9_sixteen_writers_lose_nothing(shop: Shop, rounds: Rounds) -> None:
    times = rounds(2, 50)
    credit = "SELECT coalesce(sum(amount_cents), 0) FROM wallet_entries WHERE customer_id = 1"
    before, changes = shop.ask(credit), shop.state[0]

    def clerk(number: int) -> list[int]:
        how = ("--note", f"clerk {number}", "--timeout", "120")
        return [
            shop("credit", "grant", "C1", "1.00", "--reason", "goodwill", *how, code=None).returncode
            for _ in range(times)
        ]

    with ThreadPoolExecutor(16) as pool:
        ends = [end for ends in pool.map(clerk, range(16)) for end in ends]
    assert ends == [0] * 16 * times
    assert shop.ask(credit) == before + 16 * times * 100
    assert shop.state[0] == changes + 16 * times
    assert shop.sound()


def test_f10_another_program_holds_the_lock(shop: Shop) -> None:
    conn = sqlite3.connect(shop.path, isolation_level=None)
    conn.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    told = shop("customers", "edit", "C3", "--found-us", "radio", "--timeout", "1", code=8)
    assert 1 <= time.monotonic() - started < 20
    assert "busy for 1 s, held by another program" in told.stderr
    assert shop("customers", "list", "--limit", "3").stdout.count("\n") == 4
    assert shop("db", "check").stdout == ""
    conn.execute("ROLLBACK")
    conn.close()
    shop("customers", "edit", "C3", "--found-us", "radio")


HOLDING = """
import sys, time
from pathlib import Path
from hubcli.store import Day, Hub, Who
hub = Hub(Path(sys.argv[1]), Who("pat", "pat", None), Day("2025-06-15", False, "2025-06-15T10:00:00.000Z"))
def work(hub):
    print("holding", flush=True)
    sys.stdin.read()
hub.change("customers import", work)
"""


@pytest.fixture
def holder(shop: Shop) -> Iterator["subprocess.Popen[str]"]:
    """A process that holds the write lock of the shop as a command of hub does."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen([sys.executable, "-c", HOLDING, str(shop.path)], **pipes)  # type: ignore[call-overload]
    assert process.stdout.readline() == "holding\n"
    yield process
    process.kill()
    process.communicate()


def test_f10_the_holder_is_named(shop: Shop, holder: "subprocess.Popen[str]") -> None:
    told = shop("customers", "edit", "C3", "--found-us", "radio", "--timeout", "1", code=8)
    assert f"held by pid {holder.pid}, pat, hub customers import, since " in told.stderr
    assert shop("customers", "show", "C3", "--json").stdout


def test_f29_a_stopped_writer_holds_up_others_only_while_it_lives(shop: Shop, holder: "subprocess.Popen[str]") -> None:
    holder.send_signal(signal.SIGSTOP)
    shop("customers", "edit", "C3", "--found-us", "radio", "--timeout", "1", code=8)
    holder.kill()
    shop("customers", "edit", "C3", "--found-us", "radio")
    assert shop.sound()


# --------------------------------------------------------------------------------------------- F11, F12, F13: upgrades

OLD_ROWS = """
INSERT INTO meta (key, value) VALUES ('uuid', '00000000-0000-4000-8000-000000000000');
INSERT INTO staff (login, name) VALUES ('sam', 'Sam');
INSERT INTO customers (first_name, last_name, mobile_phone, mobile_key, created_at, touched_on)
  VALUES ('Ann', 'Lee', '206 555 0188', '+12065550188', '2024-01-01T10:00:00.000Z', '2024-01-01');
INSERT INTO addresses (customer_id, kind, line1, zip) VALUES (1, 'billing', '1 Main St', '02134');
INSERT INTO notes (customer_id, type, persistence, text, author, written_on)
  VALUES (1, 'internal', 'optional', 'hello', 'sam', '2024-01-02');
INSERT INTO documents (customer_id, status, ordered_on, created_at, delivery_charge_cents)
  VALUES (1, 'saved', '2024-01-03', '2024-01-03T10:00:00.000Z', 500);
INSERT INTO document_lines (document_id, line, model, quantity, unit_price_cents) VALUES (1, 1, 'WF45R', 2, 10000);
INSERT INTO payments (customer_id, document_id, method, amount_cents, paid_on, recorded_at)
  VALUES (1, 1, 'cash', 700, '2024-01-04', '2024-01-04T10:00:00.000Z');
INSERT INTO wallet_entries (customer_id, amount_cents, type, entered_on, recorded_at)
  VALUES (1, 900, 'grant', '2024-01-05', '2024-01-05T10:00:00.000Z');
"""


@pytest.fixture
def old(fresh: Shop) -> Shop:
    """A shop of schema 1 with a row of each kind."""
    fresh.path.touch(0o600)
    conn = sqlite3.connect(fresh.path, isolation_level=None)
    conn.executescript("PRAGMA synchronous = OFF;" + V1 + "PRAGMA journal_mode = WAL;" + OLD_ROWS)
    conn.close()
    return fresh


def test_f11_eight_upgraders_do_it_once(old: Shop) -> None:
    running = [old.start("customers", "list", "--json") for _ in range(8)]
    told = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0] * 8, told
    assert sum("brought from schema 1" in err for _, err in told) == 1
    assert [out.count("Ann Lee") for out, _ in told] == [1] * 8
    (kept,) = old.path.parent.glob("*-backup")
    assert kept.name == "hub.db.v1-backup"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    conn = sqlite3.connect(kept)
    assert conn.execute("PRAGMA user_version").fetchone()[0] == 1
    assert conn.execute("SELECT count(*) FROM customers").fetchone()[0] == 1
    conn.close()
    assert old.ask("SELECT user_version FROM pragma_user_version") == schema.VERSION, "in the file or still in its log"
    assert old.sound()


def test_f11_the_upgraded_file_is_today_s(old: Shop) -> None:
    told = old("db", "upgrade", "--json")
    assert '"was": 1' in told.stdout
    assert f'"schema": {schema.VERSION}' in told.stdout
    assert old.ask("SELECT lifetime_value_cents FROM customer_figures") == 20500
    assert old.ask("SELECT credit_cents FROM customer_figures") == 900
    assert old.sound()
    assert old("db", "upgrade").stdout == ""
    old("customers", "edit", "C1", "--found-us", "radio")
    old("undo", "H2", "--yes", code=None)
    assert old.sound()


STEPPING = """
import os, signal, sys
from pathlib import Path
from hubcli import migrations, sqlitefile
from hubcli.locks import Locks
path, last = Path(sys.argv[1]), int(sys.argv[2])
conn = sqlitefile.connect(path, write=True)
done = 0
def step(sql):
    global done
    done += 1
    if done == last:
        os.kill(os.getpid(), signal.SIGKILL)
conn.set_trace_callback(step)
migrations.upgrade(conn, path, Locks(path, 0o600), lambda text: None)
print(done)
"""


def test_f12_an_upgrade_killed_at_any_statement(old: Shop, rounds: Rounds) -> None:
    def stepped(last: int) -> "subprocess.CompletedProcess[str]":
        step = [sys.executable, "-c", STEPPING, str(old.path), str(last)]
        return subprocess.run(step, capture_output=True, text=True, check=False)

    before = old.path.read_bytes()
    total = int(stepped(10**9).stdout)
    assert total > 100
    dice = Dice(12)
    for last in [total, total - 1, *dice.sample(range(1, total), rounds(2, 48))]:
        for path in old.path.parent.glob("*hub.db*"):
            path.unlink()
        old.path.touch(0o600)
        old.path.write_bytes(before)
        assert stepped(last).returncode == -signal.SIGKILL
        version = old.ask("PRAGMA user_version")
        assert version in {1, schema.VERSION}
        assert old.ask("SELECT count(*) FROM notes") == 1
        assert old.ask("PRAGMA integrity_check") == "ok"
        if version == 1:
            assert old.ask("SELECT count(*) FROM sqlite_schema WHERE name = 'saved_views'") == 0
        assert "Ann Lee" in old("customers", "list").stdout
        assert old.sound()


def test_f8_signals_in_an_upgrade(old: Shop, rounds: Rounds) -> None:
    before = old.path.read_bytes()
    dice = Dice(8)
    for turn in range(rounds(3, 20)):
        for path in old.path.parent.glob("*hub.db*"):
            path.unlink()
        old.path.touch(0o600)
        old.path.write_bytes(before)
        number = list(ENDS)[turn % 3]
        process = old.start("customers", "list")
        listens(process)
        time.sleep(dice.uniform(0, 0.3))
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert process.returncode in {0, ENDS[number], -number}, err
        assert old.ask("PRAGMA user_version") in {1, schema.VERSION}
        assert not leftovers(old.path.parent)
    old("customers", "list")
    assert old.sound()


COMMANDS = [
    ("customers", "list"),
    ("customers", "edit", "C3", "--found-us", "radio"),
    ("db", "info"),
    ("db", "check", "--full"),
    ("db", "backup", "new.db"),
    ("db", "optimize"),
    ("doctor",),
    ("sql", "SELECT 1"),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_f13_a_newer_file_is_left_alone(shop: Shop, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    conn = sqlite3.connect(shop.path)
    conn.execute("PRAGMA user_version = 999")
    conn.close()
    before, there = sha(shop.path), listed(tmp_path)
    told = shop(*arguments, code=9, cwd=tmp_path)
    assert "newer hub (schema 999; this hub knows" in told.stderr
    assert sha(shop.path) == before
    assert listed(tmp_path) == there


# -------------------------------------------------------------------------------------------------- F14: wrong files


def other_program(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT)")
    conn.execute("PRAGMA application_id = 1196444487")
    conn.commit()
    conn.close()


def no_tables(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE a (b)")
    conn.execute("DROP TABLE a")
    conn.commit()
    conn.close()


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: path, "there is no database"),
    "folder": (lambda path: path.mkdir(), "is a folder"),
    "pipe": (os.mkfifo, "is a pipe"),
    "empty": (lambda path: path.touch(), "is an empty file"),
    "text": (lambda path: path.write_text("name,zip\nAnn,02134\n"), "does not begin like one"),
    "jpeg": (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256))), "does not begin"),
    "another program's": (other_program, "of another program"),
    "without tables": (no_tables, "of another program"),
}


@pytest.mark.parametrize("name", WRONG)
def test_f14_a_wrong_file_is_named_and_left_alone(name: str, fresh: Shop, tmp_path: Path) -> None:
    make, words = WRONG[name]
    make(fresh.path)
    before = fresh.path.read_bytes() if fresh.path.is_file() else None
    there = listed(tmp_path)
    for arguments in COMMANDS[:4] if name == "missing" else [COMMANDS[1], COMMANDS[6]]:
        told = fresh(*arguments, code=9, cwd=tmp_path)
        assert words in told.stderr
        assert ("hub init" in told.stderr) is (name == "missing")
        assert listed(tmp_path) == there
    assert before is None or fresh.path.read_bytes() == before


@pytest.mark.parametrize("name", [name for name in WRONG if name != "missing"])
def test_f14_a_wrong_file_is_no_backup(name: str, shop: Shop, tmp_path: Path) -> None:
    make, words = WRONG[name]
    make(tmp_path / "wrong.db")
    before = sha(shop.path)
    assert words in shop("db", "restore", str(tmp_path / "wrong.db"), "--yes", code=9).stderr
    assert sha(shop.path) == before


# ----------------------------------------------------------------------------------------------- F19: rights, two users

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may take the place of another user")
NOBODY, DAEMON, GROUP, OTHER_GROUP = 65534, 1, 100, 65534


def as_user(shop: Shop, user: int, *arguments: str, code: int | None = 0, group: int = OTHER_GROUP) -> Any:
    """Run hub as another user, in a child of this process: that user may not reach the interpreter's own files.

    The child first does the same on a copy, as itself, so that every module is there when it changes.
    """
    place = Path(tempfile.mkdtemp())
    if shop.path.exists():
        shutil.copy(shop.path, place / "hub.db")
    streams = [(place / name).open("w+", encoding="utf-8") for name in ("out", "err")]
    child = os.fork()
    if child == 0:
        status = 99
        try:
            status = _in_child(shop, place, streams, user, group, arguments)
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    out, err = ((place / name).read_text(encoding="utf-8") for name in ("out", "err"))
    for stream in streams:
        stream.close()
    shutil.rmtree(place)
    end = os.waitstatus_to_exitcode(status)
    assert "Traceback" not in err
    assert code is None or end == code, (end, err)
    return subprocess.CompletedProcess(arguments, end, out, " ".join(err.split()))


def _in_child(
    shop: Shop, place: Path, streams: Sequence[TextIO], user: int, group: int, arguments: tuple[str, ...]
) -> int:
    from hubcli import run

    os.environ.update(shop.environment | {"HUB_DB": str(place / "hub.db")})
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        sys.stdout = sys.stderr = nowhere
        sys.stdin = io.StringIO()
        run.run(list(arguments))
    os.environ["HUB_DB"] = str(shop.path)
    os.setgroups([group])
    os.setgid(group)
    os.setuid(user)
    os.chdir("/")
    sys.stdout, sys.stderr = streams
    end = run.run(list(arguments))
    for stream in streams:
        stream.flush()
    return end


@pytest.fixture
def public(hub_command: str, demo_file: Path) -> Iterator[Shop]:
    """A shop that belongs to nobody, in a folder that other users can reach."""
    folder = Path(tempfile.mkdtemp(prefix="hub-rights-"))
    folder.chmod(0o755)
    place = folder / "shop"
    place.mkdir()
    place.chmod(0o755)  # whatever umask another test left
    path = place / "hub.db"
    shutil.copy(demo_file, path)
    path.chmod(0o644)
    os.chown(path, NOBODY, OTHER_GROUP)
    shop = Shop(hub_command, path)
    shop.environment |= {"XDG_STATE_HOME": "/tmp/hub-state-of-nobody", "HOME": "/nonexistent"}  # noqa: S108
    yield shop
    shutil.rmtree(folder)


@as_root
@pytest.mark.parametrize("mode", [0o444, 0o644])
def test_f19_a_folder_that_may_not_be_written(public: Shop, mode: int) -> None:
    public.path.chmod(mode)
    before = sha(public.path)
    told = as_user(public, NOBODY, "customers", "show", "C3", "--json")
    assert '"C3"' in told.stdout
    assert "reading hub.db as it is" in told.stderr
    refused = as_user(public, NOBODY, "customers", "edit", "C3", "--found-us", "radio", code=1)
    assert "may not be written" in refused.stderr
    assert "chmod" in refused.stderr
    assert sha(public.path) == before
    assert as_user(public, NOBODY, "db", "check", "--full").stdout == ""


@as_root
def test_f19_a_file_that_may_not_be_read(public: Shop) -> None:
    public.path.chmod(0)
    told = as_user(public, NOBODY, "customers", "list", code=1)
    assert f"belongs to user {NOBODY}, mode 000" in told.stderr
    assert "chmod u+rw" in told.stderr


@as_root
def test_f19_a_file_of_another_user_with_a_log_beside_it(public: Shop) -> None:
    os.chown(public.path, 0, 0)
    writer = sqlite3.connect(public.path, isolation_level=None)
    writer.execute("UPDATE customers SET found_us = 'radio' WHERE id = 3")
    told = as_user(public, NOBODY, "customers", "show", "C3", "--json", code=None)
    assert told.returncode in {0, 1}
    assert told.returncode == 1 or '"radio"' in told.stdout
    writer.close()


@as_root
def test_f19_two_users_of_a_group_share_a_shop(hub_command: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="hub-shared-"))
    folder.chmod(0o755)
    shop = Shop(hub_command, folder / "shop" / "hub.db")
    shop.environment |= {"XDG_STATE_HOME": "/tmp/hub-state-of-nobody", "HOME": "/nonexistent"}  # noqa: S108
    one, two = NOBODY, DAEMON
    try:
        shop("init", "--group", "users")
        as_user(shop, one, "customers", "create", "--first-name", "Ann", "--mobile", "206 555 0188", group=GROUP)
        reader = sqlite3.connect(shop.path)
        reader.execute("SELECT count(*) FROM customers").fetchone()
        for turn, user in enumerate((two, one, two)):
            as_user(shop, user, "customers", "edit", "C1", "--found-us", f"radio {turn}", group=GROUP)
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in shop.path.parent.iterdir()}
        assert set(modes.values()) == {0o660}, modes
        assert {p.stat().st_gid for p in shop.path.parent.iterdir()} == {GROUP}
        reader.close()
        assert "shared with its group" in as_user(shop, two, "doctor", group=GROUP).stdout
        as_user(shop, one, "db", "backup", str(shop.path.parent), group=GROUP)
        assert as_user(shop, 2, "customers", "list", code=None).returncode in {1, 9}
        assert shop.sound()
    finally:
        shutil.rmtree(folder)
