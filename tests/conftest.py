"""What tests share: a hub run in this process or as the installed command, empty and demo databases, the real data."""

import io
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest

TODAY = "2025-06-15"
ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all-rounds", action="store_true", help="faults as often as the goals ask: 200 kills and more")


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often a fault is tried: `rounds(10, 200)` is 10, or 200 with --all-rounds."""
    every = bool(request.config.getoption("--all-rounds"))
    return lambda few, many: many if every else few


def shared_folder() -> Path | None:
    """Give the folder of public data sets, or None where it is not present."""
    given = os.environ.get("HUB_SHARED_DATA")
    folder = Path(given) if given else ROOT.parent / "shared" / "data"
    return folder if folder.is_dir() else None


needs_shared_data = pytest.mark.skipif(shared_folder() is None, reason="the public data sets are not here")


@pytest.fixture
def shared_data() -> Path:
    folder = shared_folder()
    assert folder is not None, "mark the test with needs_shared_data"
    return folder


class Result(NamedTuple):
    """What one run of hub gave."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, str]]:
        """The TSV of stdout as dictionaries."""
        head, *lines = self.out.splitlines()
        return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]

    @property
    def json(self) -> Any:
        """Stdout as JSON."""
        import json

        return json.loads(self.out)


class Stream(io.StringIO):
    """A stream that may say it is a terminal."""

    def __init__(self, text: str = "", *, tty: bool = False):
        super().__init__(text)
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty


class Runner(Protocol):
    """Runs hub in this process: `hub("customers", "list", tty=True, width=80, ok=True)`."""

    path: Path

    def __call__(self, *arguments: str, **how: Any) -> Result: ...


class InProcess:
    """Runs hub in this process against one database; `code` is the exit code that is expected (None: any)."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        self.path = path
        self._patch = monkeypatch

    def __call__(
        self,
        *arguments: str,
        code: int | None = 0,
        tty: bool = False,
        width: int = 80,
        today: str | None = TODAY,
        stdin: str = "",
        actor: str = "sam",
    ) -> Result:
        from hubcli.run import run

        out, err = Stream(tty=tty), Stream(tty=tty)
        with self._patch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(sys, "stdin", Stream(stdin, tty=tty))
            patch.setenv("HUB_DB", str(self.path))
            patch.setenv("COLUMNS", str(width))
            patch.setenv("LINES", "50")
            patch.setenv("HUB_USER", actor)
            patch.setenv("XDG_STATE_HOME", str(self.path.parent / "state"))
            for name in ("NO_COLOR", "FORCE_COLOR"):
                patch.delenv(name, raising=False)
            patch.setenv("TERM", "dumb")
            patch.setattr("hubcli.operations.asking.MEMORY", 2**40)  # SQLite's limit is the process's, for good
            if today:
                patch.setenv("HUB_TODAY", today)
            mask = os.umask(0o022)
            handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
            try:
                given = run(list(arguments))
            finally:
                os.umask(mask)
                for number, handler in handlers.items():
                    signal.signal(number, handler)
        result = Result(given, out.getvalue(), err.getvalue())
        assert "Traceback" not in result.err
        assert code is None or given == code, result.err or result.out
        return result


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InProcess:
    """Hub on an empty database."""
    runner = InProcess(tmp_path / "hub.db", monkeypatch)
    runner("init")
    return runner


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo shop as of TODAY, made once; copy it, never write to it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    environment = os.environ | {"HUB_DB": str(path), "HUB_TODAY": TODAY, "HUB_USER": "sam"}
    subprocess.run([sys.executable, "-m", "hubcli", "demo"], env=environment, check=True, capture_output=True)
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InProcess:
    """Hub on a copy of the demo shop of its own."""
    path = tmp_path / "demo.db"
    shutil.copy(demo_file, path)
    return InProcess(path, monkeypatch)


@pytest.fixture(scope="session")
def hub_command() -> str:
    """The installed command, for tests of signals, pipes and several processes at once."""
    beside = Path(sys.executable).with_name("hub")
    found = str(beside) if beside.exists() else shutil.which("hub")
    assert found, "install hub first: pip install -e ."
    return found


@pytest.fixture
def process(tmp_path: Path, hub_command: str) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Hub as a process on tmp_path/hub.db (not made yet)."""
    environment = os.environ | {"HUB_DB": str(tmp_path / "hub.db"), "HUB_TODAY": TODAY, "HUB_USER": "sam"}

    def run(*arguments: str, **how: Any) -> "subprocess.CompletedProcess[str]":
        env = environment | how.pop("env", {})
        return subprocess.run([hub_command, *arguments], env=env, capture_output=True, text=True, check=False, **how)

    return run
