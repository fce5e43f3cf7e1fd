"""Repayments of the credit line have numbers of their own (L7) and are settled as payments are."""

import pytest

from conftest import InProcess
from till import line, pay, person, quote, show, wallet


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    """C1 has drawn 500.00 (P1) and 300.00 (P2) of 1000.00."""
    person(hub)
    hub("credit", "line", "set", "C1", "--limit", "1000")
    for amount in ("500", "300"):
        hub("payments", "add", quote(hub, "C1", f"SOFA@{amount}"), "--credit-line", "--full")
    return hub


def repay(hub: InProcess, amount: str, method: str, *options: str) -> str:
    """Repay; give L1."""
    done = hub("credit", "line", "repay", "C1", "--amount", amount, "--method", method, *options)
    return str(done.rows[-1]["repayment"])


def test_a_repayment_waits_is_confirmed_or_rejected(shop: InProcess) -> None:
    check = ("--check-number", "7", "--pending")
    assert repay(shop, "100", "check", *check) == "L1"
    assert repay(shop, "50", "check", "--check-number", "8", "--pending") == "L2"
    assert line(shop)[0] == "650.00"
    done = shop("payments", "confirm", "L1").rows[0]
    assert (done["number"], done["status"], done["document"], done["amount"]) == ("L1", "confirmed", "O1", "100.00")
    assert (
        "only a pending payment is confirmed or rejected: L1 is confirmed"
        in shop("payments", "confirm", "L1", code=6).err
    )
    assert "--confirm-count 1" in shop("payments", "reject", "L2", code=6).err
    told = shop("payments", "reject", "L2", "--confirm-count", "1").err
    assert "P1 Ann Lee, due on the draw 350.00 → 400.00" in told
    assert line(shop)[0] == "700.00"
    assert shop("db", "check", "--full").out == ""


def test_payments_and_repayments_are_confirmed_together(shop: InProcess) -> None:
    shop("quotes", "create", "C1", "--line", "CHAIR@20", "--fulfillment", "pickup")
    check = ("--method", "check", "--check-number", "9", "--pending")
    shop("payments", "add", "Q3", "--amount", "5", *check)
    repay(shop, "100", "check", "--check-number", "7", "--pending")
    assert "payments: type that number" in shop("payments", "confirm", "P3", "L1", tty=True, stdin="2\n").err
    assert {row["status"] for row in shop("payments", "list", "--status", "confirmed").rows} == {"confirmed"}


def test_a_void_puts_the_debt_and_the_credit_back(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "80", "--note", "late")
    assert repay(shop, "80", "customer-credit") == "L1"
    assert (wallet(shop), line(shop)[0]) == ("0.00", "720.00")
    assert "voiding a payment needs a reason" in shop("payments", "void", "L1", code=6).err
    shop("payments", "void", "L1", "--reason", "not asked for")
    assert (wallet(shop), line(shop)[0]) == ("80.00", "800.00")
    assert "L1 is void since 2025-06-15" in shop("payments", "void", "L1", "--reason", "x", code=6).err
    change = shop("changes", "list", "--limit", "1").rows[0]["change"]
    shop("undo", change)
    assert (wallet(shop), line(shop)[0]) == ("0.00", "720.00")
    shop("payments", "void", "L1", "--reason", "not asked for")
    assert (wallet(shop), line(shop)[0]) == ("80.00", "800.00")
    assert shop("db", "check", "--full").out == ""


def test_a_bounced_check_is_due_again_with_its_fee(shop: InProcess) -> None:
    repay(shop, "500", "check", "--check-number", "7")
    assert "no bank takes that back" in shop("payments", "bounce", repay(shop, "10", "cash"), code=6).err
    shop("payments", "bounce", "L1", "--fee", "25")
    assert line(shop)[0] == "790.00"
    assert show(shop, "O1")["balance"] == "25.00"
    assert shop("db", "check", "--full").out == ""


def test_a_mistyped_repayment_is_corrected(shop: InProcess) -> None:
    repay(shop, "100", "check", "--check-number", "7", "--note", "by post")
    told = shop("payments", "correct", "L1", "--amount", "90")
    assert told.err == "L1 100.00 never counted; L2 stands\n"
    assert (told.rows[0]["number"], told.rows[0]["method"]) == ("L2", "check")
    assert line(shop)[0] == "710.00"
    assert (
        "is more than the 500.00 due on the draw P1" in shop("payments", "correct", "L2", "--amount", "501", code=6).err
    )
    assert (
        "a credit line is not repaid by write-off"
        in shop("payments", "correct", "L2", "--method", "write-off", "--reason", "x", code=2).err
    )
    assert shop("payments", "show", "P1", "--json").json["repayments"][1]["reference"] == "7"


def test_a_repayment_moves_to_another_draw(shop: InProcess) -> None:
    repay(shop, "100", "cash")
    told = shop("payments", "move", "L1", "--to", "P2")
    assert "P2 Ann Lee, due on the draw 300.00 → 200.00" in told.err
    owed = {row["payment"]: row["owed"] for row in shop("credit", "line", "show", "C1", "--json").json["rows"]}
    assert owed == {"P1": "500.00", "P2": "200.00"}
    assert "is on P2 already" in shop("payments", "move", "L1", "--to", "P2", code=6).err
    shop("credit", "line", "repay", "C1", "--amount", "450", "--method", "cash")
    assert "is more than the 50.00 due on the draw P1" in shop("payments", "move", "L1", "--to", "P1", code=6).err
    assert shop("db", "check", "--full").out == ""


def test_goods_that_were_put_back_are_no_money(shop: InProcess) -> None:
    shop("orders", "return", "O1", "--all", "--reason", "x", "--date", "today", "--to", "credit-line")
    assert (
        "is no money: goods or a refund put it back on the draw P1"
        in shop("payments", "void", "L1", "--reason", "x", code=6).err
    )


def test_no_such_repayment(shop: InProcess) -> None:
    assert "L9" in shop("payments", "void", "L9", "--reason", "x", code=4).err
    assert "is no number of it: write L and digits" in shop("payments", "void", "Lx", "--reason", "x", code=2).err


# --------------------------------------------------------------------------------------- where surplus and payouts went


def entry(hub: InProcess) -> dict[str, str]:
    """Give the newest entry of customer credit."""
    return hub("credit", "history", "C1").rows[0]


def test_a_surplus_says_what_money_it_came_with(shop: InProcess) -> None:
    shop("quotes", "approve", quote(shop, "C1", "CHAIR@20"))
    shop("payments", "add", "C1", "--amount", "900", "--method", "check", "--check-number", "55",
         "--to", "O3=20", "--surplus", "customer-credit", "--location", "Main Street", actor="pat")  # fmt: skip
    found = entry(shop)
    assert (found["type"], found["amount"], found["method"], found["reference"]) == ("grant", "80.00", "check", "55")
    assert (found["receipt"], found["location"], found["by"]) == ("P3", "Main Street", "pat")


def test_a_payout_says_how_and_where(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "100", "--note", "late")
    shop("credit", "withdraw", "C1", "30", "--method", "check", "--check-number", "1001", "--location", "Main Street")
    found = entry(shop)
    assert (found["amount"], found["method"], found["reference"], found["location"], found["note"]) == (
        "-30.00", "check", "1001", "Main Street", "",
    )  # fmt: skip
    assert (
        "does not go with cash"
        in shop("credit", "withdraw", "C1", "1", "--method", "cash", "--check-number", "2", code=2).err
    )
    never = shop("credit", "withdraw", "C1", "1", "--method", "aio-pay", code=6).err
    assert "never paid with aio-pay" in never
    made = quote(shop, "C1", "CHAIR@20")
    shop("payments", "add", made, "--method", "aio-pay", "--transaction-id", "t1", "--full")
    shop("credit", "withdraw", "C1", "1", "--method", "aio-pay")
    assert entry(shop)["method"] == "aio-pay"


def test_a_refund_says_who_and_where(shop: InProcess) -> None:
    import sqlite3

    made = quote(shop, "C1", "CHAIR@20")
    pay(shop, made, "20", "--location", "Main Street")
    shop("payments", "refund", "P3", "--amount", "5", "--as-credit", "--reason", "scratch", actor="pat")
    with sqlite3.connect(shop.path) as conn:
        assert conn.execute("SELECT location, recorded_by FROM refunds").fetchall() == [("Main Street", "pat")]


def test_what_one_check_repaid_shares_its_receipt(shop: InProcess) -> None:
    import sqlite3

    shop("quotes", "approve", quote(shop, "C1", "CHAIR@20"))
    shop("payments", "add", "C1", "--amount", "120", "--method", "check", "--check-number", "5", "--to", "P1=100",
         "--to", "O3=20")  # fmt: skip
    with sqlite3.connect(shop.path) as conn:
        assert conn.execute("SELECT receipt FROM line_repayments").fetchall() == [(3,)]
        assert conn.execute("SELECT receipt FROM payments WHERE id = 3").fetchall() == [(3,)]
