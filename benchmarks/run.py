"""Measures hub beside other programs and prints the ratios: `python benchmarks/run.py`.

Builds its own data once (`--data` keeps it), runs everything in turn in one run, and prints medians. Only the ratios
mean something on another machine, or on a busy one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import files
import instructions
import money
import reading
import starting
import together
import writing
from data import Data
from measure import Row, machine, note, table

PARTS: dict[str, Callable[[Data, int, int], Iterator[Row]]] = {
    "start": starting.start,
    "export": files.export,
    "import": files.import_,
    "growth": files.growth,
    "show": starting.show,
    "search": reading.reads,
    "archive": writing.archive,
    "edit": writing.edit,
    "money": money.money,
    "together": together.together,
    "duplicates": reading.duplicates,
    "instructions": instructions.instructions,
}
"""What reads much into this process comes late: a process that was large makes those that it starts look so."""
ASKED_FOR = {"growth"}
"""Parts that run only when --only names them: they take long."""


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--customers", type=int, default=1_000_000, metavar="N", help="size of the large shop")
    parser.add_argument("--rounds", type=int, default=11, metavar="N", help="runs of each short thing")
    parser.add_argument("--only", default="", metavar="A,B", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--markdown", action="store_true", help="print a table of Markdown")
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "hub-benchmarks", metavar="DIR")
    given = parser.parse_args()
    unknown = set(filter(None, given.only.split(","))) - PARTS.keys()
    if unknown or given.customers < 10_000 or given.rounds < 1:
        parser.error(f"--only takes {', '.join(PARTS)}; --customers at least 10000; --rounds at least 1")
    return given


def main() -> int:
    """Run the parts and print the table; give 1 when a bound was missed, 3 when a part could not run."""
    given = options()
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH"):
        os.environ.pop(name, None)  # an installed hub has its modules compiled
    data = Data(given.data)
    wanted = given.only.split(",") if given.only else [name for name in PARTS if name not in ASKED_FOR]
    rows: list[Row] = []
    broken = False
    for name in wanted:
        note(name)
        try:
            for row in PARTS[name](data, given.customers, given.rounds):
                rows.append(row)
                note(f"{row.what}: {row.ratio:.3f} {row.unit} {row.verdict}")
        except subprocess.CalledProcessError as error:
            broken = True
            why = (error.stderr or b"").decode(errors="replace")[-300:]
            note(f"{name} did not run: {' '.join(error.cmd[:6])}: {why}")
    print(f"{machine()}; {given.customers:,} customers, medians of up to {given.rounds} runs in turn.\n")
    print(table(rows, markdown=given.markdown))
    return 3 if broken else int(any(row.verdict == "MISSED" for row in rows))


if __name__ == "__main__":
    sys.exit(main())
