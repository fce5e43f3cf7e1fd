"""Several processes at once: one key pays once, the last credit is spent once, the last of a line is drawn once."""

import os
import subprocess
from collections.abc import Callable, Sequence

import pytest

import till
from conftest import TODAY, InProcess

PROCESSES = 4
Together = Callable[..., list[tuple[int, str, str]]]


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    till.person(hub)
    return hub


@pytest.fixture
def together(shop: InProcess, hub_command: str) -> Together:
    """Run command lines as processes that start together; give code, stdout and stderr of each."""
    environment = os.environ | {"HUB_DB": str(shop.path), "HUB_TODAY": TODAY, "HUB_USER": "sam"}

    def run(*lines: Sequence[str]) -> list[tuple[int, str, str]]:
        started = [
            subprocess.Popen(
                [hub_command, *line], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            for line in lines
        ]
        ended = []
        for process in started:
            out, err = process.communicate(timeout=120)
            ended.append((process.returncode, out, err))
        return ended

    return run


def codes(ended: Sequence[tuple[int, str, str]]) -> list[int]:
    return sorted(code for code, _, _ in ended)


def test_one_key_pays_once(shop: InProcess, together: Together) -> None:
    quote = till.fridge(shop)
    pay = ("payments", "add", quote, "--method", "cash", "--amount", "100", "--idempotency-key", "k", "-q")
    ended = together(*[pay] * PROCESSES)
    assert codes(ended) == [0] * PROCESSES
    assert {out for _, out, _ in ended} == {"P1\n"}
    assert till.figures(shop, quote, "paid") == ("100.00",)


def test_the_last_credit_is_spent_once(shop: InProcess, together: Together, rounds: Callable[[int, int], int]) -> None:
    for _ in range(rounds(2, 200)):
        shop("credit", "grant", "C1", "50.00", "--reason", "goodwill")
        quotes = [till.fridge(shop) for _ in range(2)]
        pay = ("--method", "customer-credit", "--amount", "50.00")
        ended = together(*(("payments", "add", quote, *pay) for quote in quotes))
        assert codes(ended) == [0, 6]
        assert till.wallet(shop) == "0.00"


def test_the_last_of_a_line_is_drawn_once(
    shop: InProcess, together: Together, rounds: Callable[[int, int], int]
) -> None:
    shop("credit", "line", "set", "C1", "--limit", "100")
    for _ in range(rounds(2, 200)):
        quotes = [till.quote(shop, "C1", "SOFA@100") for _ in range(2)]
        ended = together(*(("payments", "add", quote, "--credit-line", "--full") for quote in quotes))
        assert codes(ended) == [0, 6]
        assert till.line(shop) == ("100.00", "0.00", "0.00")
        shop("credit", "line", "repay", "C1", "--full", "--method", "cash")


def test_two_payments_in_full_pay_once(shop: InProcess, together: Together) -> None:
    made = till.due(shop, "C1", "100")
    lines = [("payments", "add", made, "--method", method, "--full") for method in ("cash", "in-person")]
    assert codes(together(*lines)) == [0, 6]
    assert till.figures(shop, made, "balance") == ("0.00",)
