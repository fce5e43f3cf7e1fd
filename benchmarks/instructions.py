"""Start-up counted in processor instructions, which repeat to four digits whatever else the machine does."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from data import BIN, HUB, ZIP, Data, env
from measure import Row, note
from starting import HELLO, zip_query


def instructions(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """Count the instructions of start-up, where valgrind is installed (`rounds` is not used)."""
    del rounds
    if shutil.which("valgrind") is None:
        note("valgrind is not installed: no instruction counts")
        return
    path = data.shop(customers)
    bare = counted([sys.executable, "-c", "import sqlite3"], path)
    hello = counted([sys.executable, HELLO, "--help"], path)
    utils = counted([BIN / "sqlite-utils", "query", path, zip_query(50), "-p", "zip", ZIP, "--csv"], path)
    search = ("customers", "search", "--zip", ZIP, "--limit", "50")
    for words, against, floor, bound, goal in (
        (("--version",), "python -c 'import sqlite3'", bare, 2, 1.5),
        (("--complete", "customers", "show", "C123"), "python -c 'import sqlite3'", bare, 2, 1.5),
        (("--help",), "typer hello world --help", hello, 1.3, 1),
        (("customers", "--help"), "typer hello world --help", hello, 1.3, 1),
        (search, "sqlite-utils query", utils, 0.9, 0.6),
    ):
        mine = counted([*HUB, *words], path)
        yield Row(
            f"instructions: {' '.join(words[:3])}",
            against,
            f"{mine:,.0f} M",
            f"{floor:,.0f} M",
            mine / floor,
            bound,
            goal,
        )


def counted(arguments: Sequence[str | Path], path: Path) -> float:
    """Give the instructions of a process in millions; it runs once before, so that its modules are compiled."""
    words = [str(word) for word in arguments]
    environment = {**os.environ, **env(path), "PYTHONHASHSEED": "0"}
    subprocess.run(words, env=environment, check=True, capture_output=True)
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *words]
    done = subprocess.run(valgrind, env=environment, check=True, capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    return int(found.group(1)) / 1e6 if found else float("nan")
