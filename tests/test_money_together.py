"""Several processes at one ledger at the same moment: one key pays once, nothing is spent twice, nothing is lost.

The processes stand ready and start on one word, so that they really meet; each keeps hub loaded and runs one command
line after the other.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import IO

import pytest

import till
from conftest import TODAY, InProcess

WORKER = """
import io, json, sys
from hubcli.run import run
out, err = sys.stdout, sys.stderr
print("ready", flush=True)
for line in sys.stdin:
    sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
    code = run(json.loads(line))
    told = [code, sys.stdout.getvalue(), sys.stderr.getvalue()]
    sys.stdout, sys.stderr = out, err
    print(json.dumps(told), flush=True)
"""
Told = tuple[int, str, str]


class Crew:
    """Processes that wait for command lines on a database."""

    def __init__(self, size: int) -> None:
        environment = os.environ | {"HUB_TODAY": TODAY, "HUB_USER": "sam", "HUB_LOCATION": ""}
        self.all = [
            subprocess.Popen([sys.executable, "-c", WORKER], env=environment, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, text=True)
            for _ in range(size)
        ]  # fmt: skip
        for one in self.all:
            assert self._out(one).readline() == "ready\n"

    @staticmethod
    def _out(one: "subprocess.Popen[str]") -> IO[str]:
        assert one.stdout is not None
        return one.stdout

    def __call__(self, shop: InProcess, *lines: Sequence[str]) -> list[Told]:
        """Run a command line in each process, all at once; give code, stdout and stderr of each."""
        crew = self.all[: len(lines)]
        for one, line in zip(crew, lines, strict=True):
            assert one.stdin is not None
            one.stdin.write(json.dumps(["--db", str(shop.path), *line]) + "\n")
            one.stdin.flush()
        return [tuple(json.loads(self._out(one).readline())) for one in crew]

    def go_home(self) -> None:
        """End the processes."""
        for one in self.all:
            one.communicate(timeout=60)


@pytest.fixture(scope="module")
def crew(request: pytest.FixtureRequest) -> Iterator[Crew]:
    """Sixteen processes; ten where the rounds are few."""
    made = Crew(16 if request.config.getoption("--all-rounds") else 10)
    yield made
    made.go_home()


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    """A shop with one customer."""
    till.person(hub)
    return hub


def codes(told: Sequence[Told]) -> list[int]:
    return sorted(code for code, _, _ in told)


def entries(shop: InProcess) -> list[dict[str, str]]:
    return shop("credit", "history", "C1").rows


def sound(shop: InProcess) -> None:
    shop("db", "check", "--full")


def test_f26_one_key_from_ten_processes_pays_once(
    shop: InProcess, crew: Crew, rounds: Callable[[int, int], int]
) -> None:
    for turn in range(rounds(2, 200)):
        quote = till.fridge(shop)
        pay = ("payments", "add", quote, "--method", "cash", "--amount", "100", "--idempotency-key", f"k{turn}", "-q")
        told = crew(shop, *[pay] * 10)
        assert codes(told) == [0] * 10, told
        assert {out for _, out, _ in told} == {f"P{turn + 1}\n"}
        assert till.figures(shop, quote, "paid") == ("100.00",)
    assert len(shop("payments", "list").rows) == turn + 1
    sound(shop)


def test_f27_one_key_for_two_amounts_pays_one_of_them(
    shop: InProcess, crew: Crew, rounds: Callable[[int, int], int]
) -> None:
    for turn in range(rounds(2, 200)):
        quote = till.fridge(shop)
        pay = ("payments", "add", quote, "--method", "cash", "--idempotency-key", f"k{turn}", "--amount")
        told = crew(shop, (*pay, "100"), (*pay, "200"))
        assert codes(told) == [0, 6]
        assert till.figures(shop, quote, "paid")[0] in {"100.00", "200.00"}


def test_the_last_credit_is_spent_by_one_of_two(shop: InProcess, crew: Crew, rounds: Callable[[int, int], int]) -> None:
    for _ in range(rounds(3, 200)):
        shop("credit", "grant", "C1", "50.00", "--reason", "goodwill")
        quotes = [till.fridge(shop) for _ in range(2)]
        told = crew(
            shop, *(("payments", "add", quote, "--method", "customer-credit", "--amount", "50") for quote in quotes)
        )
        assert codes(told) == [0, 6]
        assert till.wallet(shop) == "0.00"
        assert sorted(till.figures(shop, quote, "paid")[0] for quote in quotes) == ["0.00", "50.00"]
    sound(shop)


def test_the_last_of_a_line_is_drawn_by_one_of_two(
    shop: InProcess, crew: Crew, rounds: Callable[[int, int], int]
) -> None:
    shop("credit", "line", "set", "C1", "--limit", "100")
    for _ in range(rounds(3, 200)):
        quotes = [till.quote(shop, "C1", "SOFA@100") for _ in range(2)]
        told = crew(shop, *(("payments", "add", quote, "--credit-line", "--full") for quote in quotes))
        assert codes(told) == [0, 6]
        assert till.line(shop) == ("100.00", "0.00", "0.00")
        shop("credit", "line", "repay", "C1", "--full", "--method", "cash")
    sound(shop)


def test_the_last_of_a_draw_is_repaid_by_one_of_two(
    shop: InProcess, crew: Crew, rounds: Callable[[int, int], int]
) -> None:
    shop("credit", "line", "set", "C1", "--limit", "100")
    for turn in range(rounds(2, 100)):
        quote = till.quote(shop, "C1", "SOFA@100")
        shop("payments", "add", quote, "--credit-line", "--full")
        repay = ("credit", "line", "repay", "C1", "--amount", "60", "--method", "cash", "--idempotency-key")
        told = crew(shop, (*repay, f"a{turn}"), (*repay, f"b{turn}"))
        assert codes(told) == [0, 6]
        assert till.line(shop)[0] == "40.00"
        shop("credit", "line", "repay", "C1", "--full", "--method", "cash")


def test_the_last_of_a_payment_is_refunded_by_one_of_two(
    shop: InProcess, crew: Crew, rounds: Callable[[int, int], int]
) -> None:
    for turn in range(rounds(2, 100)):
        till.order(shop)
        refund = ("payments", "refund", f"P{turn + 1}", "--amount", "1000", "--reason", "broken", "--to")
        told = crew(shop, (*refund, "cash"), (*refund, "credit"))
        assert codes(told) == [0, 6]
        assert till.figures(shop, f"O{turn + 1}", "paid") == ("374.00",)
    sound(shop)


def test_credit_is_never_below_zero_under_eight_processes(
    shop: InProcess, crew: Crew, rounds: Callable[[int, int], int]
) -> None:
    shop("credit", "grant", "C1", "10.00", "--reason", "goodwill")
    done = 0
    for turn in range(rounds(4, 100)):
        spend = ("credit", "withdraw", "C1", "3.00", "--method", "cash", "--reason", f"round {turn}", "--yes")
        give = ("credit", "grant", "C1", "1.00", "--reason", f"round {turn}")
        told = crew(shop, *[spend] * 5, *[give] * 3)
        assert set(codes(told)) <= {0, 6}, told
        assert codes(told[5:]) == [0] * 3
        done += sum(code == 0 for code, _, _ in told[:5])
    kept = entries(shop)
    assert min(float_free(row["balance"]) for row in kept) >= 0
    assert len(kept) == 1 + done + 3 * (turn + 1)
    assert float_free(till.wallet(shop)) == 1000 + 300 * (turn + 1) - 300 * done
    sound(shop)


def test_f9_sixteen_writers_lose_nothing(shop: InProcess, crew: Crew, rounds: Callable[[int, int], int]) -> None:
    size, times = len(crew.all), rounds(2, 50)
    for _ in range(times):
        told = crew(shop, *[("credit", "grant", "C1", "1.00", "--reason", "goodwill")] * size)
        assert codes(told) == [0] * size, told
    assert till.wallet(shop) == f"{size * times}.00"
    assert len(entries(shop)) == size * times
    sound(shop)


def float_free(amount: str) -> int:
    """Give cents of exact decimal text."""
    return int(amount.replace(".", ""))
