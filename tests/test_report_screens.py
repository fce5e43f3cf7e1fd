"""The reports as a terminal shows them, narrow and wide: columns that fit, sums under a rule, the sum told below."""

import re

import pytest

import till
from conftest import InProcess
from test_render_terminal import same_as_golden
from till import due, person

SCREENS = (
    "aging",
    "aging --by document",
    "receivables --date 2025-06",
    "payments --date 2025-06",
    "cash --date 2025-06",
    "sales",
    "quotes",
    "returns",
)


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    """A shop in which each report has something to say."""
    person(hub)
    person(hub, "Bartholomew Featherstonehaugh")
    hub("credit", "line", "set", "C2", "--limit", "5000")
    old = due(hub, "C1", "1250.50", "2025-03-01")
    till.pay(hub, old, "250.50", "--date", "2025-06-02")
    drawn = till.quote(hub, "C2", "SOFA@3000", today="2025-05-01")
    hub("payments", "add", drawn, "--credit-line", "--full", today="2025-05-01")
    till.pay(hub, till.fridge(hub, "C2"), "687")
    sold = till.order(hub)
    back = ("--amount", "1=100", "--reason", "dent on the left side", "--to", "cash")
    hub("orders", "return", sold, *back, "--date", "2025-06-15")
    hub("credit", "grant", "C1", "20", "--reason", "goodwill")
    hub("payments", "add", old, "--all-credit")
    return hub


@pytest.mark.parametrize("width", [80, 120])
def test_the_screens_of_the_reports(shop: InProcess, width: int) -> None:
    drawn = ""
    for words in SCREENS:
        result = shop("report", *words.split(), tty=True, width=width)
        drawn += f"$ hub report {words}\n{result.out}{result.err}\n"
        assert all(len(line) <= width for line in drawn.splitlines())
    same_as_golden(f"reports_{width}.txt", drawn)


REPORTS = (
    "aging",
    "aging --by document",
    "aging --as-of 2025-01-31",
    "receivables --date 2025",
    "receivables --date 2025 --of credit",
    "receivables --date 2025 --of deposits",
    "payments --detail --date 2025",
    "cash --date 2025",
    "sales",
    "sales --by model",
    "sales --by customer",
    "quotes",
    "quotes --detail",
    "orders",
    "lifetime",
    "segments",
    "segments --detail",
)


@pytest.mark.parametrize("words", REPORTS)
def test_the_totals_are_the_sums_of_the_rows(demo: InProcess, words: str) -> None:
    rows = demo("report", *words.split(), "--json").json
    money = [name for name, value in rows[0].items() if isinstance(value, str) and re.fullmatch(r"-?\d+\.\d\d", value)]
    fields = ",".join([next(iter(rows[0])), *money])
    screen = demo("report", *words.split(), "--fields", fields, tty=True, width=500).out.splitlines()
    told = next(line for line in screen if line.startswith(("total", "money received"))).split()
    cents = [sum(int(row[name].replace(".", "")) for row in rows if row[name] is not None) for name in money]
    assert [int(text.replace(".", "")) for text in told[-len(money) :]] == cents
