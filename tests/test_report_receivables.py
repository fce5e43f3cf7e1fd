"""The roll-forward of accounts: opening, moves, closing, tied to aging at both ends, whatever happened in between."""

import random
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest

import till
from conftest import InProcess
from till import due, person

PARTS = ("opening", "charges", "payments", "returns", "write_offs", "adjustments", "closing")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def cents(text: str) -> int:
    return int(text.replace(".", ""))


def moved(hub: InProcess, *options: str) -> list[dict[str, str]]:
    """Give the accounts of a period by their columns that are not 0.00."""
    rows = hub("report", "receivables", *options).rows
    return [{name: row[name] for name in ("number", *PARTS) if row[name] != "0.00"} for row in rows]


def test_a_month_with_everything_in_it(shop: InProcess) -> None:
    first = due(shop, "C1", "100", "2025-04-20")
    till.pay(shop, first, "30", "--date", "2025-04-25")
    second = due(shop, "C1", "500", "2025-05-02")
    till.pay(shop, second, "500", "--date", "2025-05-03")
    shop("orders", "return", second, "--amount", "1=40", "--reason", "dent", "--to", "cash", "--date", "2025-05-10")
    shop("payments", "add", first, "--method", "write-off", "--amount", "20", "--date", "2025-05-20", "--reason", "x")
    given = ("--method", "check", "--check-number", "7", "--amount", "50")
    shop("payments", "add", first, *given, "--date", "2025-05-21")
    shop("payments", "bounce", "P4", "--fee", "15", "--date", "2025-05-28")
    assert moved(shop, "--date", "2025-05") == [
        {
            "number": "C1", "opening": "70.00", "charges": "500.00", "payments": "460.00", "returns": "40.00",
            "write_offs": "20.00", "adjustments": "15.00", "closing": "65.00",
        }
    ]  # fmt: skip
    row = shop("report", "receivables", "--from", "2025-05-01", "--to", "2025-05-31").rows[0]
    assert (row["received"], row["refunded"], row["from"], row["to"]) == ("500.00", "40.00", "2025-05-01", "2025-05-31")
    owed = {day: shop("report", "aging", "--as-of", day).rows[0]["owed"] for day in ("2025-04-30", "2025-05-31")}
    assert owed == {"2025-04-30": "70.00", "2025-05-31": "65.00"}


def test_a_deposit_is_applied_the_day_the_quote_becomes_an_order(shop: InProcess) -> None:
    quote = till.quote(shop, "C1", "SOFA@500", today="2025-04-28")
    till.pay(shop, quote, "200", today="2025-04-28")
    till.pay(shop, quote, "300", today="2025-05-04")
    assert moved(shop, "--date", "2025-04") == []
    assert moved(shop, "--date", "2025-05") == [{"number": "C1", "charges": "500.00", "payments": "500.00"}]
    april, may = (shop("report", "receivables", "--of", "deposits", "--date", m).rows for m in ("2025-04", "2025-05"))
    parts = ("opening", "received", "refunded", "applied", "closing")
    assert [april[0][part] for part in parts] == ["0.00", "200.00", "0.00", "0.00", "200.00"]
    assert [may[0][part] for part in parts] == ["200.00", "0.00", "0.00", "200.00", "0.00"]


def test_draws_and_their_repayment(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "5000")
    quote = till.quote(shop, "C1", "SOFA@500", today="2025-04-28")
    shop("payments", "add", quote, "--credit-line", "--half", today="2025-04-28")
    assert moved(shop, "--date", "2025-04") == [{"number": "C1", "adjustments": "250.00", "closing": "250.00"}]
    shop("payments", "add", quote, "--credit-line", "--full", today="2025-05-04")
    shop("credit", "line", "repay", "C1", "--amount", "120", "--method", "cash", today="2025-05-20")
    assert moved(shop, "--date", "2025-05") == [
        {"number": "C1", "opening": "250.00", "charges": "500.00", "payments": "120.00", "adjustments": "-250.00",
         "closing": "380.00"}
    ]  # fmt: skip


def test_customer_credit_rolls_forward(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "100", "--reason", "goodwill", today="2025-04-10")
    made = due(shop, "C1", "60", "2025-05-01")
    shop("payments", "add", made, "--all-credit", today="2025-05-02")
    shop("payments", "void", "P1", "--reason", "x", today="2025-05-03")
    shop("credit", "withdraw", "C1", "25", "--method", "cash", "--reason", "asked", today="2025-05-04")
    shop("credit", "adjust", "C1", "--to", "70", "--note", "counted again", today="2025-05-05")
    rows = shop("report", "receivables", "--of", "credit", "--date", "2025-05").rows
    parts = ("opening", "issued", "returned", "applied", "withdrawn", "adjustments", "closing")
    assert [rows[0][part] for part in parts] == ["100.00", "0.00", "0.00", "0.00", "25.00", "-5.00", "70.00"]


def test_a_canceled_order_leaves_nothing_behind(shop: InProcess) -> None:
    made = due(shop, "C1", "100", "2025-05-01")
    till.pay(shop, made, "40", "--date", "2025-05-03")
    shop("orders", "cancel", made, "--reason", "x", "--keep", "15", "--refund", "-y", today="2025-06-10")
    assert moved(shop, "--date", "2025-06") == [
        {"number": "C1", "opening": "60.00", "payments": "-25.00", "adjustments": "-85.00"}
    ]


def test_what_does_not_meet_ends_with_7(shop: InProcess) -> None:
    made = due(shop, "C1", "100", "2025-06-05")
    till.pay(shop, made, "100", "--date", "2025-06-10")
    with sqlite3.connect(shop.path) as conn:
        conn.execute("UPDATE documents SET paid_cents = paid_cents - 1")
        conn.execute("UPDATE customer_figures SET owed_cents = 1")
    refused = shop("report", "receivables", code=7)
    assert "C1: opening and moves come to 0.00, on 2025-06-15 it is 0.01" in refused.err
    assert refused.out == ""


def test_the_sum_that_it_is_stands_under_the_table(shop: InProcess) -> None:
    till.pay(shop, due(shop, "C1", "100", "2025-06-05"), "30", "--date", "2025-06-10")
    screen = shop("report", "receivables", tty=True)
    assert "0.00 + charges 100.00 - payments 30.00 = 70.00" in screen.err
    sums = screen.out.splitlines()[-1].split()
    assert (sums[0], sums[2], sums[3], sums[-1]) == ("total", "100.00", "30.00", "70.00")


def test_periods_that_do_not_hold_are_refused(shop: InProcess) -> None:
    for options in (
        ("--from", "2025-06-10", "--to", "2025-06-01"),
        ("--date", "2025-05.."),
        ("--date", "2025", "--to", "2025-06-01"),
        ("--of", "everything"),
    ):
        assert shop("report", "receivables", *options, code=2).out == ""


# ----------------------------------------------------------------------------------------------- whatever happened


def busy(hub: InProcess, seed: int) -> None:
    """Let many things happen to three customers over some months; what is refused did not happen."""
    pick = random.Random(seed)  # noqa: S311
    for name in ("Ann Lee", "Bob Ray", "Cy Fox"):
        customer = person(hub, name)
        hub("credit", "line", "set", customer, "--limit", "2000")
        hub("credit", "grant", customer, "300", "--reason", "goodwill", today="2025-03-01")
    day = date(2025, 3, 1)
    for step in range(80):
        day += timedelta(days=pick.choice((0, 1, 1, 2, 3)))
        today = day.isoformat()
        deeds = list(_deeds(hub, pick, today))
        deed = deeds[0] if step < 5 else pick.choice(deeds)
        hub(*deed, "-y", today=today, code=None)


def _deeds(hub: InProcess, pick: random.Random, today: str) -> Iterator[tuple[str, ...]]:
    """Give what could be done next, what leads on most often first and several times."""
    document = f"O{pick.randint(1, max(1, _last(hub, 'documents')))}"
    payment = f"P{pick.randint(1, max(1, _last(hub, 'payments')))}"
    amount, small = f"{pick.randint(1, 30000) / 100:.2f}", f"{pick.randint(1, 3000) / 100:.2f}"
    line = ("--line", f"SOFA@{pick.randint(50, 900)}", "--fulfillment", "pickup", "--tax-rate", "8.25%")
    who, add = pick.choice(("C1", "C2", "C3")), ("payments", "add", document)
    for _ in range(3):
        yield "quotes", "create", who, *line, "--expires", "2025-12-31"
        yield "quotes", "approve", document
        yield *add, "--method", "cash", "--full"
        yield *add, "--method", "cash", "--amount", small
    yield "quotes", "approve", document, "--on-account"
    yield *add, "--credit-line", "--half"
    yield *add, "--credit-line", "--full"
    yield *add, "--all-credit"
    yield *add, "--method", "check", "--check-number", amount, "--pending", "--half"
    yield *add, "--method", "write-off", "--amount", small, "--reason", "x"
    check = ("--method", "check", "--check-number", amount, "--amount", amount)
    yield "payments", "add", who, *check, "--surplus", "customer-credit"
    yield "payments", "void", payment, "--reason", "x"
    yield "payments", "bounce", payment, "--fee", "5", "--date", today
    yield "payments", "reject", payment, "--confirm-count", "1"
    yield "payments", "refund", payment, "--amount", small, "--reason", "x"
    yield "payments", "refund", payment, "--amount", small, "--reason", "x", "--to", "credit"
    back = ("orders", "return", document, "--reason", "x", "--date", today)
    yield *back, "--all", "--to", "credit"
    yield *back, "--amount", "1=10", "--to", "balance", "--to", "cash"
    yield "orders", "allowance", document, "--line", "1", "--amount", "7.77", "--reason", "scratch"
    yield "orders", "add-line", document, "--line", "1", "--plan", "CARE@99/50"
    yield "orders", "invoice", document
    yield "orders", "cancel", document, "--reason", "x", "--refund"
    yield "credit", "line", "repay", who, "--amount", small, "--method", "cash"
    yield "undo", f"H{pick.randint(8, max(9, _last(hub, 'changes')))}"


def _last(hub: InProcess, table: str) -> int:
    with sqlite3.connect(hub.path) as conn:
        return int(conn.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_happened_every_period_adds_up(hub: InProcess, seed: int) -> None:
    busy(hub, seed)
    edges = ["2025-02-28", "2025-03-10", "2025-03-31", "2025-04-12", "2025-04-30", "2025-05-31", "2025-07-31"]
    for of in ("receivables", "credit", "deposits"):
        before: dict[str, str] = {}
        for first, last in pairwise(edges):
            begin = (date.fromisoformat(first) + timedelta(days=1)).isoformat()
            rows = hub("report", "receivables", "--of", of, "--from", begin, "--to", last, today="2025-07-31").rows
            assert {row["number"]: row["opening"] for row in rows if row["opening"] != "0.00"} == before
            before = {row["number"]: row["closing"] for row in rows if row["closing"] != "0.00"}
            if of == "receivables":
                for row in rows:
                    opening, charges, payments, returns, write_offs, adjustments, closing = (
                        cents(row[p]) for p in PARTS
                    )
                    assert opening + charges - payments - returns - write_offs + adjustments == closing
                    assert cents(row["received"]) - cents(row["refunded"]) == payments
        if of == "receivables":
            owed = hub("report", "aging", "--as-of", edges[-1], today="2025-07-31").rows
            assert {row["number"]: row["owed"] for row in owed if row["owed"] != "0.00"} == before
    for first, last in (("2025-03-05", "2025-03-06"), ("2025-03-01", "2025-07-31"), ("2025-04-15", "2025-04-15")):
        hub("report", "receivables", "--from", first, "--to", last, today="2025-07-31")
