"""Every example of every command's help runs on the demo shop, each on a copy of its own."""

import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, TODAY, InProcess

sys.path.insert(0, str(ROOT / "docs"))
try:
    pages = importlib.import_module("reference_pages")
finally:
    sys.path.remove(str(ROOT / "docs"))

OTHER_CODES = {"hub import": {0, 3}, "hub doctor": {0, 7}}
"""Commands whose examples may end with another code on the demo shop, as their help says: rows that may be somebody who
is there already, no backup yet."""


def examples() -> Iterator[tuple[str, str]]:
    """Give (command, example line) for every line of every Examples block."""
    for page in pages.commands():
        found = re.search(r"^Examples:\n((?:  .*\n?)+)", page.help, re.MULTILINE)
        for line in found[1].splitlines() if found else ():
            yield page.path, line.strip()


ALL = list(dict.fromkeys(examples()))


def test_every_command_has_examples() -> None:
    with_examples = {path for path, _ in ALL}
    assert not [p.path for p in pages.commands() if p.path not in with_examples]


@pytest.fixture(scope="module")
def backups(demo_file: Path, hub_command: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with what the examples of backups name, all of it made from the demo shop."""
    folder = tmp_path_factory.mktemp("backups")
    (folder / "backups").mkdir()
    shutil.copy(demo_file, folder / "demo.db")
    for made in ("db backup shop-backup.db", "db backup backups", "export all -o backup/"):
        done = shell(f"hub {made}", hub_command, folder / "demo.db", folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def counter(demo: InProcess, tmp_path: Path, backups: Path, monkeypatch: pytest.MonkeyPatch) -> InProcess:
    """Give the demo shop, in a folder with the files that a person would have there."""
    folder = tmp_path / "at-the-counter"
    shutil.copytree(backups, folder)
    shutil.copytree(ROOT / "samples", folder / "samples")
    monkeypatch.chdir(folder)
    return demo


def prepare(line: str, hub: InProcess) -> None:
    """Do what an example takes for granted."""
    if re.match(r"hub (init|demo|import all)\b", line):
        hub.path.unlink()
    if "import all" in line:
        hub("init")
    if "--db demo.db demo" in line:
        Path("demo.db").unlink()
    if "db backup" in line:
        Path("shop-backup.db").unlink()
    if "--form form.pdf" in line:
        Path("form.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    if line.startswith("hub customers purge"):
        hub("customers", "delete", "C27", "--yes")
    if "--receipt receipts.ndjson" in line:
        Path("receipts.ndjson").write_text(hub("audit", "receipt", "--ndjson").out, encoding="utf-8")
    if "big-spenders" in line and "views save" not in line:
        hub("views", "save", "big-spenders", "--type", "luxury")


def shell(line: str, hub_command: str, database: Path, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a line in a shell, with hub found there."""
    environment = os.environ | {
        "PATH": f"{Path(hub_command).parent}{os.pathsep}{os.environ['PATH']}",
        "HUB_DB": str(database),
        "HUB_TODAY": TODAY,
        "HUB_USER": "sam",
    }
    return subprocess.run(line, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S602


@pytest.mark.parametrize("line", dict.fromkeys(line for _, line in ALL))
def test_example_runs(line: str, counter: InProcess, hub_command: str) -> None:
    prepare(line, counter)
    words = shlex.split(line)
    if words[0] == "hub" and not re.search(r"[|><;$*]", re.sub(r"'[^']*'|\"[^\"]*\"", "", line)):
        result = counter(*words[1:], code=None)
        code, err = result.code, result.err
    else:
        done = shell(line, hub_command, counter.path, Path.cwd())
        code, err = done.returncode, done.stderr
    codes = next((codes for start, codes in OTHER_CODES.items() if line.startswith(start)), {0})
    assert code in codes, f"{line}\nexit {code}\n{err}"
    assert "Traceback" not in err


LISTS = (
    "customers list",
    "customers search --zip 60614",
    "export customers",
    "export orders",
    "export notes",
    "changes list",
    "staff list",
    "notes list",
    "credit history C6",
    "customers address list C1",
    "customers contact list C1",
    "orders list",
    "orders list --expanded",
    "quotes list",
    "payments list",
    "report aging",
    "report aging --by document",
    "report payments",
    "report payments --detail",
    "report cash --date 2025",
    "report credit",
    "report lifetime",
    "report receivables --date 2025",
    "report receivables --date 2025 --of credit",
    "report sales",
    "report quotes",
    "report quotes --detail",
    "report orders",
    "report segments",
    "report segments --detail",
    "report late-entries --month 2025-05",
)


@pytest.mark.parametrize("line", LISTS)
def test_lists_sort_by_each_of_their_columns(line: str, demo: InProcess) -> None:
    names = demo(*line.split(), "--limit", "1").out.splitlines()[0].split("\t")
    sortable = [name for name in names if name not in {"billing_emails", "external_ids", "items", "methods", "roles"}]
    for order in (sortable, [f"-{name}" for name in reversed(sortable)]):
        assert demo(*line.split(), "--sort", ",".join(order), code=None).err == ""
