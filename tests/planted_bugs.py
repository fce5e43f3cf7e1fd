"""Plants bugs in copies of hub, one at a time, and shows that the state machine of the ledger finds each.

    python tests/planted_bugs.py [NAME...]

Prints what was planted, what the machine said, and after how many examples; ends with 1 when one was not found.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
MOST = 600
"""Examples after which a bug counts as not found."""


class Bug(NamedTuple):
    """A bug: what it is, and for each file the text to replace with what."""

    what: str
    edits: tuple[tuple[str, str, str], ...]


RETURNS, UNDO, TAKE = "operations/returns.py", "operations/undo.py", "operations/payments/take.py"
SCHEMA = "../../schema.sql"
OWED = """p.amount_cents - (SELECT coalesce(sum(r.amount_cents), 0) FROM line_repayments r WHERE r.payment_id = p.id
          AND {}) AS owed"""
BUGS: dict[str, Bug] = {
    "returned-tax": Bug(
        "the tax of a return is rounded down, so that parts do not add up to the whole",
        (
            (RETURNS, "money.round_half_up(reached.numerator, reached.denominator)",
             "reached.numerator // reached.denominator"),
        ),
    ),
    "wallet-floor": Bug(
        "customer credit may be paid out below zero",
        (
            ("operations/credit.py", "if before + cents < 0:", "if before + cents < -1_000_000:"),
            (SCHEMA, "BEGIN SELECT raise(ABORT, 'wallet_below_zero'); END;", "BEGIN SELECT 1; END;"),
        ),
    ),
    "pending-repayments": Bug(
        "what is used of a credit line forgets repayments that are still pending",
        ((SCHEMA, OWED.format("r.status IN ('pending', 'confirmed')"), OWED.format("r.status = 'confirmed'")),),
    ),
    "undo-credit": Bug(
        "undo ends a payment and does not put back the customer credit that it spent",
        ((UNDO, "for row_id in sorted(plan.reversals, reverse=True):", "for row_id in ():"),),
    ),
    "undo-above-owed": Bug(
        "undo of a refund leaves more paid than is charged",
        ((UNDO, "    if worse:\n", "    if False:\n"),),
    ),
    "half": Bug(
        "half of an odd total is rounded down",
        ((TAKE, 'min(money.round_half_up(row["total_cents"], 2), owed)', 'min(row["total_cents"] // 2, owed)'),),
    ),
    "refund-twice": Bug(
        "what was given back on a payment is not counted when more is given back",
        (
            ("sql/payments.sql", "r.payment_id = p.id AND r.ended_on IS NULL)\n         AS refunded_cents",
             "r.payment_id = p.id AND r.ended_on IS NOT NULL)\n         AS refunded_cents"),
            (SCHEMA, "BEGIN SELECT raise(ABORT, 'refunded_above_paid'); END;", "BEGIN SELECT 1; END;"),
        ),
    ),
}  # fmt: skip

RUN = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
import hubcli, test_ledger_machine as machine

assert hubcli.__file__.startswith({copy!r}), hubcli.__file__
folder = Path({folder!r})
machine.make_template(folder / "template.db")
count = 0

class Counted(machine.Ledger):
    template, folder = folder / "template.db", folder
    def __init__(self):
        global count
        count += 1
        super().__init__()

try:
    run_state_machine_as_test(Counted, settings=settings(
        max_examples={most}, stateful_step_count=50, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate], report_multiple_bugs=False, print_blob=False))
except BaseException as error:
    print(count, type(error).__name__, str(error).splitlines()[:1] or "")
    sys.exit(1)
print(count, "nothing found")
"""


def plant(bug: Bug, copy: Path) -> None:
    """Write a copy of hub with the bug in it; raise ValueError where the text it replaces is not there any more."""
    shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "samples", copy / "samples")
    shutil.copy(ROOT / "schema.sql", copy)
    for name, right, wrong in bug.edits:
        path = copy / "src" / "hubcli" / name
        text = path.read_text(encoding="utf-8")
        if right not in text:
            raise ValueError(f"{name} holds no more: {right}")
        path.write_text(text.replace(right, wrong), encoding="utf-8")


def hunt(name: str | None, most: int = MOST) -> tuple[bool, str]:
    """Run the machine against a copy with a bug, or without one; tell whether it found something, and what it said."""
    memory = Path("/dev/shm")  # noqa: S108  # quicker where there is one
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        copy = Path(made)
        plant(BUGS[name] if name else Bug("", ()), copy)
        folder = copy / "run"
        folder.mkdir()
        code = RUN.format(tests=str(ROOT / "tests"), copy=str(copy), folder=str(folder), most=most)
        done = subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONPATH": str(copy / "src"), "PATH": "/usr/bin:/bin", "HOME": made},
            capture_output=True, text=True, check=False, cwd=made,
        )  # fmt: skip
        told = (done.stdout.strip() or done.stderr.strip()).splitlines()[-1]
        return done.returncode == 1 and "nothing found" not in told, told


def report(names: Sequence[str]) -> Iterator[bool]:
    """Hunt each bug, telling what came of it."""
    for name in names:
        start = time.monotonic()
        found, told = hunt(name)
        seconds = int(time.monotonic() - start)
        sys.stdout.write(f"{name:20} {'found' if found else 'NOT FOUND'} in {seconds} s, example {told}\n")
        sys.stdout.write(f"{'':20} planted: {BUGS[name].what}\n")
        sys.stdout.flush()
        yield found


if __name__ == "__main__":
    sys.exit(0 if all(list(report(sys.argv[1:] or list(BUGS)))) else 1)
