"""What is dated in a month and was recorded after it."""

import datetime as dt

import pytest

import till
from conftest import InProcess
from till import due, person

PAST = "2025-05"
"""Tests record now, so that everything dated here is late."""


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def test_everything_that_changes_a_past_month_is_listed(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "500")
    made = due(shop, "C1", "300", "2025-05-01")
    given = ("--method", "check", "--check-number", "7", "--amount", "100")
    shop("payments", "add", made, *given, "--date", "2025-05-10")
    shop("payments", "bounce", "P1", "--date", "2025-05-20", "--fee", "15")
    till.pay(shop, made, "50", "--date", "2025-05-21")
    shop("payments", "refund", "P2", "--amount", "20", "--reason", "x", "--date", "2025-05-22")
    shop("orders", "add-line", made, "--line", "1", "--plan", "CARE@40/20", today="2025-05-23")
    shop("credit", "grant", "C1", "5", "--reason", "goodwill", today="2025-05-24")
    till.pay(shop, made, "10", "--date", "2025-06-01")
    rows = shop("report", "late-entries", "--month", PAST).rows
    assert [(row["kind"], row["what"], row["amount"], row["effect"]) for row in rows if row["kind"] != "change"] == [
        ("payment", "check", "100.00", "-100.00"),
        ("adjustment", "bounce-fee", "-15.00", "15.00"),
        ("ended", "void check", "100.00", "100.00"),
        ("payment", "cash", "50.00", "-50.00"),
        ("refund", "cash", "20.00", "20.00"),
        ("service", "CARE", "40.00", "40.00"),
        ("credit", "grant", "5.00", "0.00"),
    ]
    order = next(row for row in rows if row["kind"] == "change")
    assert (order["document"], order["what"].split()[0], order["effect"]) == ("O1", "ordered_on", "300.00")
    assert {row["from"] for row in rows} == {"2025-05-01"}
    assert [row["kind"] for row in shop("report", "late-entries", "--month", PAST, "--kind", "refund").rows] == [
        "refund"
    ]
    assert shop("report", "late-entries", "--month", PAST, "--by", "pat").rows == []


def test_what_was_moved_and_what_was_taken_back_is_listed(shop: InProcess) -> None:
    first, second = due(shop, "C1", "300", "2025-05-01"), due(shop, "C1", "300", "2025-05-02")
    till.pay(shop, first, "50", "--date", "2025-05-10")
    shop("payments", "move", "P1", "--to", second)
    refund = shop("payments", "refund", "P1", "--amount", "20", "--reason", "x", "--date", "2025-05-22", "--json")
    shop("undo", refund.json["change"], "-y", today="2025-05-25")
    rows = shop("report", "late-entries", "--month", PAST).rows
    told = [(row["kind"], row["number"], row["effect"]) for row in rows if row["number"][:1] in "PF"]
    assert ("change", "P1", "") in told
    assert ("ended", "F1", "-20.00") in told


def test_what_is_recorded_in_its_month_is_not_late(shop: InProcess) -> None:
    today = dt.datetime.now(dt.UTC).astimezone().date()
    made = due(shop, "C1", "300", today.isoformat())
    till.pay(shop, made, "50", today=today.isoformat())
    assert shop("report", "late-entries", "--month", today.strftime("%Y-%m"), today=today.isoformat()).rows == []


def test_a_month_needs_two_ends(shop: InProcess) -> None:
    assert "open end" in shop("report", "late-entries", "--month", "2025-05..", code=2).err
