"""The page that says how to add a filter, a column and commands is followed to the letter, in a copy of hub."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from hubcli import schema

PAGE = (ROOT / "docs" / "explanation" / "life-of-a-command.md").read_text(encoding="utf-8")
HERE = "src/hubcli/"
PLACES = [
    (HERE + "commands/filters.py", "    phone: Annotated"),
    (HERE + "commands/filters.py", '        "state": ['),
    (HERE + "sql/customers.sql", "  AND c.kind IN :kind..."),
    (HERE + "sql/customers.sql", "-- name: head"),
    (HERE + "commands/customers/find.py", None),
    (HERE + "commands/customers/__init__.py", '    "list": '),
    ("tests/test_streets.py", None),
    ("schema.sql", "  manager_id      INTEGER REFERENCES staff(id),      -- account manager"),
    (HERE + "operations/customers/editing.py", None),
    (HERE + "commands/customers/parking.py", None),
    (HERE + "commands/customers/__init__.py", '    "list": '),
    (HERE + "operations/permissions.py", '    "customers tax-exempt": '),
    ("tests/test_parking.py", None),
]
"""Where each block of code goes, in the order of the page: the file, and the line it stands before (None: the end)."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of hub in which everything was done that the page says."""
    folder = tmp_path_factory.mktemp("copy")
    for part in ("src", "tests", "samples"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "golden"))
    for name in ("schema.sql", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    found = re.findall(r"^( *)```(?:python|sql)\n(.*?)^ *```$", PAGE, re.MULTILINE | re.DOTALL)
    blocks = [part for indent, body in found for part in re.sub(rf"(?m)^{indent}", "", body).split("    ...\n")]
    for block, (name, before) in zip(blocks, PLACES, strict=True):
        path = folder / name
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        head, mark, rest = there.partition(before) if before else (there + "\n\n" * bool(there), "", "")
        assert mark or not before, f"{name} has no {before}"
        path.write_text(head + block + mark + rest, encoding="utf-8")
    version = folder / HERE / "schema.py"
    version.write_text(
        re.sub(r"(?m)^VERSION = \d+$", f"VERSION = {schema.VERSION + 1}", version.read_text("utf-8")), "utf-8"
    )
    run(folder, "tests/schemas/dump.py")
    return folder


def run(folder: Path, *arguments: str) -> str:
    """Run Python on the copy; give what it printed."""
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "HUB_DB": str(folder / "hub.db")}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_the_page_says_works(copy: Path) -> None:
    upgrade = f"test_db_upgrade.py::test_every_past_schema_is_brought_up[v{schema.VERSION}]"
    kept = "test_db_upgrade.py::test_every_schema_is_kept_as_it_was_laid"
    undo = "test_undo_everything.py::test_undo[customers parking]"
    tests = (f"tests/{name}" for name in ("test_streets.py", "test_parking.py", upgrade, kept, undo))
    assert "5 passed" in run(copy, "-m", "pytest", "-p", "no:cacheprovider", *tests)


def test_a_file_of_today_gets_the_column_that_the_page_adds(copy: Path) -> None:
    conn = sqlite3.connect(copy / "hub.db")
    conn.executescript((ROOT / "tests" / "schemas" / f"v{schema.VERSION}.sql").read_text(encoding="utf-8"))
    conn.execute("INSERT INTO meta VALUES ('uuid', '00000000-0000-4000-8000-000000000000')")
    conn.commit()
    conn.close()
    hub = ("-m", "hubcli", "customers")
    run(copy, *hub, "create", "--company-name", "Acme", "--building-code", "B2", "--mobile", "312 555 0188")
    assert run(copy, *hub, "parking", "C1", "yard").splitlines()[1].startswith("C1\tyard\tH")
    assert run(copy, *hub, "list", "--building", "B2", "--fields", "number") == "number\nC1\n"
    assert run(copy, *hub, "list", "--building", "B3", "--fields", "number") == "number\n"
    for name, line in (("Ann", "1 Elm"), ("Bo", "2 Oak"), ("Cy", "2 Oak")):
        run(copy, *hub, "create", "--first-name", name, "--mobile", "312 555 0188", "--line1", line, "--zip", "60614")
    assert run(copy, *hub, "streets") == "street\tcustomers\n2 oak\t2\n1 elm\t1\n"
    assert run(copy, *hub, "streets", "--sort", "street") == "street\tcustomers\n1 elm\t1\n2 oak\t2\n"
