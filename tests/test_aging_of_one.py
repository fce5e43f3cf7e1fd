"""Aging of one customer is their row of aging over all, on any day, whatever moved at others."""

import pytest

import till
from conftest import InProcess
from test_aging import ages

DAYS = ("2025-05-01", "2025-05-04", "2025-05-06", "2025-05-08", "2025-05-10", "2025-05-12", "2025-06-15", "2025-07-20")


def busy(hub: InProcess, customer: str, price: str) -> None:
    """Let everything happen to a customer that moves what is owed, on days one after the other."""

    def on(day: int, *words: str) -> str:
        return hub(*words, "--reason", "x", "-q", today=f"2025-05-{day:02}").out.strip()

    line = ("--line", f"SOFA:3@{price}", "--fulfillment", "pickup", "--tax-rate", "8.25%")
    on(1, "credit", "line", "set", customer, "--limit", "100000")
    open_, paid, drawn = (on(1, "orders", "create", customer, *line) for _ in range(3))
    on(2, "payments", "add", open_, "--method", "cash", "--amount", "7.00")
    on(3, "orders", "add-line", open_, "--line", "1", "--plan", "P@9.99")
    on(4, "payments", "add", paid, "--method", "check", "--check-number", customer, "--full")
    on(5, "payments", "refund", last(hub), "--amount", "3.00", "--to", "cash")
    on(6, "payments", "add", paid, "--method", "cash", "--amount", "3.00")
    on(7, "orders", "return", paid, "--line", "1:1", "--date", "2025-05-07", "--to", "credit")
    on(8, "payments", "add", drawn, "--credit-line", "--full")
    draw = last(hub)
    on(9, "credit", "line", "repay", customer, "--amount", "11.00", "--method", "cash")
    on(10, "payments", "refund", draw, "--amount", "2.00", "--to", "credit-line", "--as-credit")
    on(11, "payments", "add", open_, "--method", "cash", "--amount", "4.00")
    on(12, "payments", "void", last(hub))


def last(hub: InProcess) -> str:
    """Give the last payment."""
    return max(
        (row["number"] for row in hub("payments", "list").rows if row["number"][0] == "P"), key=lambda n: int(n[1:])
    )


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    """Two customers of whom everything is known, a third who owes nothing."""
    for name in ("Ann Lee", "Bo Ray", "Cy Orr"):
        hub("customers", "create", "--first-name", name[:3].strip(), "--last-name", name[-3:], "--mobile",
            f"31255501{40 + len(name)}", today="2025-05-01")  # fmt: skip
    busy(hub, "C1", "10.10")
    busy(hub, "C2", "333.33")
    till.order(hub, "C3")
    return hub


def test_one_customer_is_a_row_of_all(shop: InProcess) -> None:
    for day in DAYS:
        everybody = ages(shop, "--as-of", day)
        for customer in ("C1", "C2", "C3"):
            mine = ages(shop, "--as-of", day, "--customer", customer)
            assert mine == [row for row in everybody if row["number"] == customer], f"{customer} as of {day}"
    assert {row["number"] for row in everybody} == {"C1", "C2"}


def test_what_is_due_today_is_not_past_due(hub: InProcess) -> None:
    till.person(hub)
    till.due(hub, "C1", "10", "2025-06-15")
    for days in ("0", "1"):
        assert ages(hub, "--as-of", "2025-06-15", "--past-due", days) == []
    assert [row["number"] for row in ages(hub, "--as-of", "2025-06-16", "--past-due", "1")] == ["C1"]
    assert ages(hub, "--as-of", "2025-06-16", "--past-due", "2") == []


def test_what_was_taken_back_counts_up_to_the_day_before(hub: InProcess) -> None:
    """Each order moves once, and once back, each on a day of its own: the report is asked on all of them."""

    def on(day: int, *words: str) -> str:
        return hub(*words, "--reason", "x", "-q", "--yes", today=f"2025-05-{day:02}").out.strip()

    def change() -> str:
        return str(hub("changes", "list", "--limit", "1").rows[0]["change"])

    on(1, "customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "3125550142")
    on(1, "credit", "line", "set", "C1", "--limit", "1000")
    line = ("--line", "SOFA:3@100", "--fulfillment", "pickup", "--tax-rate", "0%")
    refunded, returned, allowed, canceled, voided = (on(1, "orders", "create", "C1", *line) for _ in range(5))
    drawn = on(1, "quotes", "create", "C1", "--line", "RUG@100", "--fulfillment", "pickup", "--tax-rate", "0%")
    on(1, "payments", "add", drawn, "--credit-line", "--full")
    on(2, "payments", "add", refunded, "--method", "cash", "--full")
    paid = last(hub)
    on(2, "payments", "add", voided, "--method", "cash", "--full")
    wrong = last(hub)
    on(3, "payments", "refund", paid, "--amount", "50", "--to", "cash")
    refund = change()
    on(3, "credit", "line", "repay", "C1", "--amount", "40", "--method", "cash")
    on(4, "orders", "return", returned, "--line", "1:1", "--date", "2025-05-04", "--to", "balance")
    back = change()
    on(5, "orders", "allowance", allowed, "--line", "1", "--amount", "20")
    allowance = change()
    on(6, "undo", refund)
    on(7, "undo", back)
    on(8, "undo", allowance)
    on(9, "orders", "cancel", canceled)
    on(10, "payments", "void", wrong)
    on(11, "payments", "void", "L1")
    moves = {
        refunded: {1: 300, 2: 0, 3: 50, 6: 0}, returned: {1: 300, 4: 200, 7: 300}, allowed: {1: 300, 5: 280, 8: 300},
        canceled: {1: 300, 9: 0}, voided: {1: 300, 2: 0, 10: 300}, f"O{drawn[1:]}": {1: 100, 3: 60, 11: 100},
    }  # fmt: skip
    for day in range(1, 13):
        owed = {ref: at[max(since for since in at if since <= day)] for ref, at in moves.items()}
        found = hub("report", "aging", "--by", "document", "--as-of", f"2025-05-{day:02}").rows
        assert {row["number"]: row["owed"] for row in found} == {
            ref: f"{much}.00" for ref, much in owed.items() if much
        }, f"as of {day} May"
