"""Every option that takes money takes strict forms only: others are refused with exit 2, and nothing is written.

The options are found by their metavar in the command tree; each needs a line here that it is tried with.
"""

import re
import shlex
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import InProcess
from hubcli.cli import HubGroup, root

FORMS = (
    "10.001", "1e3", "1_000", "NaN", "inf", "-0", "١٠", "1,000.00", "1.000,00", "$10", "", "100000000000000000",
    "-5", "+5", " 5", "5 ", "0x10", "5.", ".5", "1/2", "10.1.1", "€5", "5 USD",
)  # fmt: skip
"""B9 of the goals, and more of the kind."""
GOOD = ("10", "10.1", "10.10")

TAKES_MONEY = re.compile(r"(^|[|=@/\[])(M|MIN|AMOUNT|BALANCE|PRICE|COST)($|[|=@/\]\[])")
NOT_MONEY = {"--method", "--month"}
"""Options whose metavar is M for another reason."""

LINE = 'quotes create C1 --line "TEE-200@88.50" --fulfillment pickup'
ORDER = 'orders create C1 --line "TEE-200@88.50" --fulfillment pickup'
PARTS = {"--install": "Hookup@{}", "--haul-away": "1@{}", "--plan": "P5Y@{}"}

LINES: dict[str, str] = {
    "customers search --owes": "customers search --owes={}",
    "customers list --owes": "customers list --owes={}",
    "customers hold --owes": "customers hold --owes={} --reason late",
    "customers unhold --owes": "customers unhold --owes={}",
    "customers assign --owes": "customers assign --to priya --owes={}",
    "customers consent grant --owes": "customers consent grant --owes={}",
    "export customers --owes": "export customers --owes={}",
    "views save --owes": "views save rich --owes={}",
    "credit grant sum": "credit grant C1 --reason x -- {}",
    "credit grant --amount": "credit grant C1 --reason x --amount={}",
    "credit withdraw sum": "credit withdraw C7 --method cash -- {}",
    "credit withdraw --amount": "credit withdraw C7 --method cash --amount={}",
    "credit adjust --to": "credit adjust C7 --note x --to={}",
    "credit line set --limit": "credit line set C1 --limit={}",
    "credit line repay --amount": "credit line repay C3 --method cash --amount={}",
    "credit apply --amount": "credit apply {quote} --amount={}",
    "credit why --draw": "credit why C3 --draw={}",
    "quotes add-line --price": "quotes add-line {quote} A --price={}",
    "quotes add-line --cost": "quotes add-line {quote} A --price 99 --cost={}",
    "quotes add-line --line-discount": "quotes add-line {quote} A --price 99 --line-discount={}",
    "quotes edit-line --price": "quotes edit-line {quote} 1 --price={}",
    "quotes edit-line --cost": "quotes edit-line {quote} 1 --cost={}",
    "quotes edit-line --line-discount": "quotes edit-line {quote} 1 --line-discount={}",
    "quotes create --line": 'quotes create C1 --fulfillment pickup "--line=TEE-200@{}"',
    "orders create --line": 'orders create C1 --fulfillment pickup "--line=TEE-200@{}"',
    "orders return --restocking": "orders return {order} --all --reason x --date today --to cash --restocking={}",
    "orders return --amount": 'orders return {order} --reason x --date today --to cash "--amount=1={}"',
    "orders return --delivery": "orders return {order} --all --reason x --date today --to cash --delivery={}",
    "orders allowance --amount": "orders allowance {order} --line 1 --to cash --reason x --amount={}",
    "orders swap --delivery": 'orders swap {order} --line 1 --to "B@9/3" --difference cash --reason x --delivery={}',
    "orders swap --restocking": 'orders swap {order} --line 1 --to "B@9/3" --difference cash --reason x --restocking={}',  # noqa: E501
    "orders swap --to": 'orders swap {order} --line 1 --difference cash --reason x "--to=B@{}"',
    "orders cancel --keep": "orders cancel {order} --reason x --keep={}",
    "payments add --amount": "payments add {quote} --method cash --amount={}",
    "payments add --to": 'payments add C1 --method cash --amount 50 "--to={quote}={}"',
    "payments list --amount": "payments list --amount={}",
    "payments bounce --fee": "payments bounce {check} --reason NSF --fee={}",
    "payments correct --amount": "payments correct {check} --reason x --amount={}",
    "payments refund --amount": "payments refund {check} --reason x --to cash --amount={}",
    "artwork create --fee": "artwork create C1 Logo --process embroidery --fee={}",
    "artwork add --fee": "artwork add C1 Logo --process embroidery --fee={}",
    "models add --price": "models add DW-9 --price={}",
    "models add --cost": "models add DW-9 --price 900 --cost={}",
    "models edit --price": "models edit {model} --price={}",
    "models edit --cost": "models edit {model} --cost={}",
    "models levels set-price price": "models levels set-price Trade {model} -- {}",
    "report payments --amount": "report payments --amount={}",
    "report lifetime --min": "report lifetime --min={}",
    "import balances --expect-total": 'import balances balances.csv --as-of 2025-05-31 "--expect-total=credit={}"',
}
"""Each option (command, then option) with a line to try it with; {} is the amount."""


def derived(command: str, option: str) -> str | None:
    """Give the line for options that several commands share."""
    charges = {"--delivery", "--mileage", "--trip", "--shipping", "--rush", "--rebate", "--coupon",
               "--gift-certificate", "--tax"}  # fmt: skip
    if option in charges and command in {"quotes create", "orders create"}:
        return f"{LINE if command[0] == 'q' else ORDER} {option}={{}}"
    if option in charges and command in {"quotes edit", "orders edit"}:
        return f"{command} {{{'quote' if command[0] == 'q' else 'due'}}} {option}={{}}"
    if option in PARTS:
        start = {
            "quotes add-line": "quotes add-line {quote} A --price 99", "quotes edit-line": "quotes edit-line {quote} 1",
            "orders add-line": "orders add-line {order} --line 1",
            "orders swap": 'orders swap {order} --line 1 --to "B@9/3" --difference cash --reason x',
        }.get(command)  # fmt: skip
        return f'{start} "{option}={PARTS[option]}"' if start else None
    return None


def parameters(group: Any = None, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Give (command, option) for every option and argument that takes money."""
    group = group or root()
    for name in group.told:
        found = group.get_command(None, name)
        if isinstance(found, HubGroup):
            yield from parameters(found, (*path, name))
            continue
        for param in found.params:
            shown = param.opts[0] if param.param_type_name == "option" else str(param.name)
            if param.name.startswith("hub_") or shown in NOT_MONEY or path == ("emails",):
                continue
            if TAKES_MONEY.search(param.metavar or ""):
                yield " ".join((*path, name)), shown


ALL = dict.fromkeys([*(f"{command} {option}" for command, option in parameters()), *LINES])


def test_every_option_that_takes_money_has_a_line() -> None:
    lacking = [name for name in ALL if name not in LINES and derived(*name.rsplit(" ", 1)) is None]
    assert not lacking
    assert len(ALL) > 90


@pytest.fixture(scope="module")
def shop(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[InProcess, dict[str, str]]]:
    """A copy of the demo shop with what the lines name; what is refused changes nothing, so one serves them all."""
    folder = tmp_path_factory.mktemp("forms")
    shutil.copy(demo_file, folder / "demo.db")
    (folder / "balances.csv").write_text("customer,what,amount\nC1,credit,10.10\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        hub = InProcess(folder / "demo.db", patch)
        hub("credit", "line", "set", "C3", "--limit", "9000")
        drawn = hub("quotes", "create", "C3", "--line", "A@100", "--fulfillment", "pickup", "-q").out.strip()
        hub("payments", "add", drawn, "--credit-line", "--amount", "50")
        hub("credit", "grant", "C1", "50", "--reason", "x")
        names = {}
        for name, made in (("quote", "quotes"), ("due", "orders"), ("order", "orders")):
            names[name] = hub(made, "create", "C1", "--line", "A:2@100/50", "--delivery", "75", "--tax-rate",
                              "8.25%", "--fulfillment", "pickup", "-q").out.strip()  # fmt: skip
        names["check"] = hub("payments", "add", names["order"], "--method", "check", "--check-number", "1", "--full",
                             "-q").out.strip()  # fmt: skip
        names["model"] = hub("models", "add", "DW-8", "--price", "600", "-q").out.strip() and "DW-8"
        hub("models", "levels", "add", "Trade")
        yield hub, names


def rows(path: Path) -> list[int]:
    """Give how many rows each table has, and the last change set."""
    with sqlite3.connect(path) as conn:
        tables = [
            row[0]
            for row in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search%'")
        ]
        return [int(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in tables]


def words(line: str, names: dict[str, str], amount: str) -> list[str]:
    """Give the command line with an amount in its place."""
    marked = line.replace("{}", "\x00")
    for name, value in names.items():
        marked = marked.replace(f"{{{name}}}", value)
    return [word.replace("\x00", amount) for word in shlex.split(marked)]


def line_of(name: str) -> str:
    return LINES.get(name) or str(derived(*name.rsplit(" ", 1)))


@pytest.mark.parametrize("name", ALL)
def test_other_forms_are_refused(
    shop: tuple[InProcess, dict[str, str]], name: str, request: pytest.FixtureRequest
) -> None:
    hub, names = shop
    every = request.config.getoption("--all-rounds")
    start = list(ALL).index(name)
    chosen = FORMS if every else [FORMS[(start * 3 + step) % len(FORMS)] for step in range(3)]
    before = rows(hub.path)
    for form in chosen:
        if form == "1/2" and "@{}" in line_of(name):
            continue  # a price and a cost
        told = hub("--yes", *words(line_of(name), names, form), code=None)
        assert told.code == 2, f"{form!r}: {told.code} {told.err or told.out}"
        assert told.err.startswith("hub: "), form
    assert rows(hub.path) == before


@pytest.mark.parametrize("name", ALL)
def test_plain_forms_are_read(shop: tuple[InProcess, dict[str, str]], name: str) -> None:
    hub, names = shop
    for form in GOOD if name.startswith("payments add") else GOOD[-1:]:
        given = words(line_of(name), names, form)
        reads = given[0] in {"report", "export"} or {"search", "list", "why"} & set(given[:2])
        told = hub(*([] if reads else ["-n"]), *given, code=None)
        assert told.code in {0, 6}, f"{form!r}: {told.code} {told.err}"
