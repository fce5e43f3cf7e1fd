"""Mutation testing of the money and the rules: one small change to a copy of hub at a time; the tests should see it.

    python tests/mutation/mutate.py [--each N] [--only NAME]... [--minutes M] [--seed S] [--show]

Each mutant runs in a process of its own: first the state machine of the ledger (a few dozen examples), then, where that
saw nothing, the test files of the module. What no test sees is printed with its place. `--each N` takes N mutants of
each module by chance (the default is 12), `--each 0` all of them.
"""

import argparse
import ast
import contextlib
import io
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
TESTS = ROOT / "tests"
MEMORY = Path("/dev/shm")  # noqa: S108  # quicker where there is one
LIMIT = 240
"""Seconds of the clock after which a mutant counts as seen: it does not come to an end."""

PAYING = ("test_money_scenarios.py", "test_payments_settling.py", "test_payments_add.py")
LINE = ("test_credit_line.py", "test_repayments.py")
ORDERS = ("test_orders_scenarios.py", "test_orders_make.py", "test_quotes_change.py")

PYTHON: dict[str, tuple[str, ...]] = {
    "values/money.py": ("test_values_money.py",),
    "operations/payments/methods.py": PAYING,
    "operations/payments/take.py": (*PAYING, *LINE),
    "operations/payments/settling.py": PAYING,
    "operations/payments/refunds.py": ("test_returns.py", *PAYING),
    "operations/payments/spread.py": PAYING,
    "operations/payments/wallet.py": (*PAYING, "test_credit_account.py"),
    "operations/returns.py": ("test_returns.py", "test_orders_scenarios.py"),
    "operations/credit.py": ("test_customers_credit.py", "test_credit_account.py"),
    "operations/credit_line.py": LINE,
    "operations/documents/totals.py": ORDERS,
    "operations/documents/becoming.py": (*ORDERS, "test_invoices.py"),
    "operations/documents/closing.py": (*ORDERS, "test_orders_swap.py"),
    "operations/aging.py": ("test_aging.py", "test_aging_of_one.py"),
}
"""Each module with the test files that are about it, the quickest first; the state machine comes before them all."""

SQL: dict[str, tuple[str, ...]] = {
    "sql/payments.sql": PAYING,
    "sql/credit.sql": ("test_undo_money.py", "test_customers_credit.py"),
    "sql/credit_line.sql": LINE,
    "sql/returns.sql": ("test_returns.py",),
    "sql/undo.sql": ("test_undo_money.py",),
    "sql/aging.sql": ("test_aging.py", "test_aging_of_one.py"),
    "../../schema.sql": ("test_ledgers.py", "test_rules.py"),
}
RULES = (
    "CREATE VIEW credit_line_debts", "CREATE VIEW above_sold", "CREATE VIEW customer_figures_live",
    "CREATE VIEW document_figures_live", "CREATE TRIGGER wallet_floor", "CREATE TRIGGER paid_above_owed",
    "CREATE TRIGGER drawn_above_limit", "CREATE TRIGGER refunded_above_paid", "CREATE VIEW above_drawn",
    "  total_cents    INTEGER GEN", "  net_cents        INTEGER GEN",
)  # fmt: skip
"""What of schema.sql is about money: the views that figures come from, and the guards of the ledgers."""
LISTS = re.compile(r"^-- name: (shown|list|one|history|items|money|refunds|repayments|moves|alike)$", re.MULTILINE)
"""Blocks that only show rows; what they show is for the tests of the screens."""


class Mutant(NamedTuple):
    """A change to a file: where, what, and the whole new text."""

    file: str
    line: int
    what: str
    text: str


# ------------------------------------------------------------------------------------------------------------- Python

SWAPPED: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.And: ast.Or, ast.Or: ast.And, ast.Div: ast.Mult,
}  # fmt: skip


def changes(node: ast.AST) -> Iterator[tuple[str, Any]]:  # noqa: C901  # one branch for each kind of node
    """Give (what, do) for each change that can be made at a node; `do` makes it, and gives what takes it back."""
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            yield from _swap(node.ops, at, operator)
    elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp):
        if type(node.op) in SWAPPED:
            other = SWAPPED[type(node.op)]()
            yield f"{_name(node.op)} -> {_name(other)}", _setting(node, "op", other)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not dropped", _setting(node, "op", ast.UAdd())
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} -> {not node.value}", _setting(node, "value", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        for step in (1, -1):
            yield f"{node.value} -> {node.value + step}", _setting(node, "value", node.value + step)
    elif isinstance(node, ast.Return) and node.value is not None and not _none(node.value):
        yield "return None", _setting(node, "value", ast.Constant(None))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"min", "max"}:
        turned = {"min": "max", "max": "min"}[node.func.id]
        yield f"{node.func.id} -> {turned}", _setting(node.func, "id", turned)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "statement dropped", _setting(node, "value", ast.Constant(None))


def _none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _name(operator: ast.AST) -> str:
    return type(operator).__name__


def _swap(operators: list[ast.cmpop], at: int, operator: ast.cmpop) -> Iterator[tuple[str, Any]]:
    other = SWAPPED[type(operator)]()

    def do() -> Any:
        operators[at] = other
        return lambda: operators.__setitem__(at, operator)

    yield f"{_name(operator)} -> {_name(other)}", do


def _setting(node: ast.AST, field: str, value: Any) -> Any:
    old = getattr(node, field)

    def do() -> Any:
        setattr(node, field, value)
        return lambda: setattr(node, field, old)

    return do


def _worth(tree: ast.Module) -> Iterator[ast.AST]:
    """Give the nodes that do something: no type hints, no facts of a message, no imports for type checkers."""
    hidden: set[int] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST] = []
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
            parts.append(node.annotation)
        if isinstance(node, ast.FunctionDef) and node.returns is not None:
            parts.append(node.returns)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "HubError":
            parts += [keyword.value for keyword in node.keywords]
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            parts.append(node)
        hidden |= {id(inner) for part in parts for inner in ast.walk(part)}
    yield from (node for node in ast.walk(tree) if id(node) not in hidden)


def of_python(file: str, text: str) -> Iterator[Mutant]:
    """Give every mutant of a module."""
    tree = ast.parse(text)
    for node in _worth(tree):
        for what, do in changes(node):
            back = do()
            yield Mutant(file, getattr(node, "lineno", 0), what, ast.unparse(ast.fix_missing_locations(tree)))
            back()


# ---------------------------------------------------------------------------------------------------------------- SQL

OPERATORS = (
    (r" < ", " <= "), (r" > ", " >= "), (r" <= ", " < "), (r" >= ", " > "), (r" <> ", " = "), (r" \+ ", " - "),
    (r" - (?!-)", " + "), (r" IN \('pending', 'confirmed'\)", " = 'confirmed'"), (r"NOT EXISTS ", "EXISTS "),
    (r"IS NOT NULL", "IS NULL"), (r"IS NULL", "IS NOT NULL"), (r"(?<=[(, ])-(?=\w)", ""), (r" \+ 5000\) ", " + 4999) "),
)  # fmt: skip
CONDITION = re.compile(r"\n *AND [^\n(]+(?=\n|;)|\bAND \w+\.?\w* (?:=|<>|IS) [\w:.']+(?: NULL)?")


def of_sql(file: str, text: str) -> Iterator[Mutant]:
    """Give every mutant of a file of statements, or of the rules of the ledgers in schema.sql."""
    for start, end in _parts(file, text):
        for pattern, other in OPERATORS:
            for found in re.finditer(pattern, text[start:end]):
                yield _put(file, text, start + found.start(), start + found.end(), other)
        for found in CONDITION.finditer(text, start, end):
            yield _put(file, text, found.start(), found.end(), "")


def _parts(file: str, text: str) -> Iterator[tuple[int, int]]:
    if file.endswith("schema.sql"):
        for mark in RULES:
            for found in re.finditer(re.escape(mark), text):
                ends = re.compile(r"END;|;\n\n|;\nCREATE|VIRTUAL").search(text, found.end())
                yield found.start(), ends.start() if ends else len(text)
        return
    names = [*re.finditer(r"^-- name: \w+$", text, re.MULTILINE)]
    for at, found in enumerate(names):
        if not LISTS.match(found.group()):
            yield found.end(), names[at + 1].start() if at + 1 < len(names) else len(text)


def _put(file: str, text: str, start: int, end: int, other: str) -> Mutant:
    line = text.count("\n", 0, start) + 1
    what = f"{' '.join(text[start:end].split()) or text[start:end]!r} -> {other.strip() or 'dropped'}"
    return Mutant(file, line, what, text[:start] + other + text[end:])


def in_comment(mutant: Mutant, text: str) -> bool:
    """Tell whether a change only touches a comment."""
    return "--" in text.splitlines()[mutant.line - 1].split(mutant.what.partition(" -> ")[0])[0]


# ------------------------------------------------------------------------------------------------------------ running


class Copy:
    """A copy of hub in which one file after the other is changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("samples", "tests"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "mutation"))
        for name in ("schema.sql", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)
        self.package = folder / "src" / "hubcli"

    def seen(self, mutant: Mutant | None, files: tuple[str, ...]) -> str | None:
        """Tell what saw a mutant: machine, tests, time; None where nothing did."""
        path = self.package / (mutant.file if mutant else "__init__.py")
        right = path.read_text(encoding="utf-8")
        if mutant:
            path.write_text(mutant.text, encoding="utf-8")
        for old in path.parent.glob(f"__pycache__/{path.stem}.*"):
            old.unlink()
        try:
            return self._run(files)
        finally:
            path.write_text(right, encoding="utf-8")

    def _run(self, files: tuple[str, ...]) -> str | None:
        child = os.fork()
        if child == 0:
            code = 2
            try:
                os.setpgid(0, 0)
                code = _child(self.folder, files)
            finally:
                os._exit(code)
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                code = os.waitstatus_to_exitcode(status)
                return {0: None, 1: "machine", 2: "tests"}.get(code, "stopped")
            time.sleep(0.02)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return "time"


def _child(folder: Path, files: tuple[str, ...]) -> int:
    """Run the machine, then the test files, in this process; 1 or 2 for what failed, 0 when nothing did."""
    resource.setrlimit(resource.RLIMIT_CPU, (120, 130))
    silent = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silent, stream)
    sys.stdout = sys.stderr = io.StringIO()
    sys.dont_write_bytecode = True
    sys.path[:0] = [str(folder / "src"), str(folder / "tests")]
    run = folder / "run"
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir()
    os.environ.update(PYTHONPATH=str(folder / "src"), TMPDIR=str(run), HUB_TODAY="2025-06-15", HUB_USER="sam")
    tempfile.tempdir = str(run)
    try:
        if not files[0].startswith(("test_values", "test_aging")):
            _machine(run)
    except BaseException:  # noqa: BLE001  # whatever it was, the mutant was seen
        return 1
    import pytest

    given = [str(folder / "tests" / name) for name in files if (folder / "tests" / name).exists()]
    os.chdir(folder)
    if not given:
        return 0
    code = pytest.main([*given, "-x", "-q", "-p", "no:cacheprovider", f"--basetemp={run / 'pytest'}"])
    return 2 if code else 0


def _machine(run: Path) -> None:
    """Run a few dozen examples of the state machine, always the same ones."""
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis.stateful import run_state_machine_as_test

    import test_ledger_machine
    from hubcli.run import run as hub

    os.environ["HUB_DB"] = str(run / "template.db")
    hub(["init"])
    for name in ("Ann", "Bo"):
        made = ["customers", "create", "--first-name", name, "--last-name", "Lee"]
        hub([*made, "--mobile", f"31255501{42 + len(name)}"])
    machine = type("Ledger", (test_ledger_machine.Ledger,), {"template": run / "template.db", "folder": run})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=30, stateful_step_count=35, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate], report_multiple_bugs=False,
        ),
    )  # fmt: skip


def mutants(only: list[str], each: int, chance: random.Random) -> Iterator[tuple[Mutant, tuple[str, ...]]]:
    """Give the mutants to try, each with its test files, in an order by chance."""
    chosen: list[tuple[Mutant, tuple[str, ...]]] = []
    for table, make in ((PYTHON, of_python), (SQL, of_sql)):
        for file, files in table.items():
            if only and not any(word in file for word in only):
                continue
            text = (ROOT / "src" / "hubcli" / file).read_text(encoding="utf-8")
            found = [one for one in make(file, text) if one.text != text]
            found = [one for one in found if not (table is SQL and in_comment(one, text))]
            wanted = each * 3 if file.endswith("schema.sql") else each
            chosen += [(one, files) for one in (chance.sample(found, min(wanted, len(found))) if each else found)]
    chance.shuffle(chosen)
    yield from chosen


def main() -> int:
    """Run mutants; tell each that nothing saw, and the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=12)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--minutes", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args()
    end = time.monotonic() + asked.minutes * 60 if asked.minutes else float("inf")
    figures: dict[str, list[int]] = {}
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        copy = Copy(Path(folder) / "copy")
        for mutant, files in mutants(asked.only, asked.each, random.Random(asked.seed)):  # noqa: S311  # no secret
            if time.monotonic() > end:
                break
            seen = copy.seen(mutant, files)
            count = figures.setdefault(mutant.file, [0, 0])
            count[0] += 1
            count[1] += seen is not None
            if seen is None or asked.show:
                say(f"{seen or 'NOT SEEN':9} {mutant.file}:{mutant.line}  {mutant.what}")
    tried, killed = (sum(count[at] for count in figures.values()) for at in (0, 1))
    for file, (all_of_it, seen_of_it) in sorted(figures.items()):
        say(f"{seen_of_it:4} of {all_of_it:4}  {file}")
    say(f"{killed} of {tried} mutants seen: {killed * 100 // max(tried, 1)} %")
    return 0 if killed * 10 >= tried * 9 else 1


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
