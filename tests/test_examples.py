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

OTHER_CODES: dict[str, tuple[int, ...]] = {}
"""Examples that are meant to end with another code than 0."""


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


@pytest.fixture
def counter(demo: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> InProcess:
    """Give the demo shop, with the shipped sample files where a person would have their own."""
    folder = tmp_path / "at-the-counter"
    shutil.copytree(ROOT / "samples", folder / "samples")
    for name in (ROOT / "samples").iterdir():
        shutil.copy(name, folder)
    monkeypatch.chdir(folder)
    return demo


def needs_empty(line: str) -> bool:
    """Tell whether an example begins a database of its own."""
    return re.search(r"^hub (init|demo)\b", line) is not None


@pytest.mark.parametrize("line", dict.fromkeys(line for _, line in ALL))
def test_example_runs(line: str, counter: InProcess, hub_command: str) -> None:
    if needs_empty(line):
        counter.path.unlink()
    codes = OTHER_CODES.get(line, (0,))
    words = shlex.split(line)
    if words[0] == "hub" and not re.search(r"[|><;$]", re.sub(r"'[^']*'|\"[^\"]*\"", "", line)):
        result = counter(*words[1:], code=None)
        code, err = result.code, result.err
    else:
        environment = os.environ | {
            "PATH": f"{Path(hub_command).parent}{os.pathsep}{os.environ['PATH']}",
            "HUB_DB": str(counter.path),
            "HUB_TODAY": TODAY,
            "HUB_USER": "sam",
        }
        done = subprocess.run(line, shell=True, env=environment, capture_output=True, text=True, check=False)  # noqa: S602
        code, err = done.returncode, done.stderr
    assert code in codes, f"{line}\nexit {code}\n{err}"
    assert "Traceback" not in err
