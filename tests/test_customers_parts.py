"""The parts of hub customers: each imported only when one of its commands is used."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from hubcli.cli import group
from hubcli.commands.customers import LATER


@pytest.mark.parametrize("name", LATER)
def test_the_line_of_a_command_is_the_first_of_its_help(name: str) -> None:
    module, told = LATER[name]
    assert group("customers", import_module(module).app).told[name] == told


def test_every_command_of_the_parts_is_listed() -> None:
    found = {name for module, _ in LATER.values() for name in group("customers", import_module(module).app).told}
    assert found == set(LATER)


def test_a_search_imports_only_its_own_part(tmp_path: Path) -> None:
    code = (
        "import sys; from hubcli.run import run; run(['customers', 'search', 'x', '--db', sys.argv[1]]);"
        "print(*sorted(name for name in sys.modules if name.startswith('hubcli.commands.customers.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "none.db")], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["hubcli.commands.customers.find"]
