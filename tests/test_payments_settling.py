"""What becomes of payments: void, bounce, correct, move, refund; one check over many; many at once; undo."""

from typing import Any

import pytest

from conftest import InProcess
from till import due, figures, fridge, line, order, pay, person, wallet

BALANCE = ("balance", "paid_status")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def aging(hub: InProcess, day: str) -> list[tuple[str, str]]:
    rows = hub("report", "aging", "--as-of", day, "--by", "document").rows
    return [(row["number"], row["owed"]) for row in rows]


# ------------------------------------------------------------------------------------------------ void, bounce, correct


def test_a_void_needs_a_reason_and_counts_until_then(shop: InProcess) -> None:
    made = order(shop)
    assert "needs a reason" in shop("payments", "void", "P1", code=6).err
    assert "owed 0.00 → 1374.00" in shop("payments", "void", "P1", "--reason", "typed twice", today="2025-06-20").err
    assert figures(shop, made, *BALANCE) == ("1374.00", "due")
    assert "P1 is void since 2025-06-20" in shop("payments", "void", "P1", "--reason", "x", code=6).err
    late: dict[str, Any] = {"today": "2025-06-25"}
    assert shop("report", "aging", "--as-of", "2025-06-19", **late).rows == []
    assert shop("report", "aging", "--as-of", "2025-06-20", **late).rows[0]["owed"] == "1374.00"


def test_a_void_puts_customer_credit_back(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "500.00", "--reason", "goodwill")
    shop("payments", "add", fridge(shop), "--all-credit")
    shop("payments", "void", "P1", "--reason", "wrong customer")
    assert wallet(shop) == "500.00"
    assert shop("credit", "history", "C1").rows[0]["type"] == "void"


def test_a_bounced_check_is_owed_again_with_its_fee(shop: InProcess) -> None:
    made = fridge(shop)
    shop("payments", "add", made, "--method", "check", "--check-number", "881", "--full")
    said = shop("payments", "bounce", "P1", "--fee", "25", "--date", "2025-06-18", today="2025-06-20").err
    assert "owed 0.00 → 1399.00" in said
    assert figures(shop, "O1", *BALANCE) == ("1399.00", "due")
    late: dict[str, Any] = {"today": "2025-06-25"}
    assert shop("report", "aging", "--as-of", "2025-06-17", **late).rows == []
    assert shop("report", "aging", "--as-of", "2025-06-18", **late).rows[0]["owed"] == "1399.00"


def test_no_bank_takes_cash_back(shop: InProcess) -> None:
    order(shop)
    assert "P1 is cash: no bank takes that back" in shop("payments", "bounce", "P1", code=6).err


def test_a_corrected_payment_never_counted(shop: InProcess) -> None:
    made = fridge(shop)
    pay(shop, made, "400.00", "--date", "2025-06-10")
    shop("payments", "correct", "P1", "--amount", "40.00")
    assert figures(shop, made, "paid", "balance") == ("40.00", "1334.00")
    rows = shop("payments", "list").rows
    assert [(row["number"], row["amount"], row["status"], row["date"], row["ended_on"]) for row in rows] == [
        ("P2", "40.00", "confirmed", "2025-06-10", ""),
        ("P1", "400.00", "void", "2025-06-10", "2025-06-10"),
    ]


def test_a_correction_keeps_what_was_right(shop: InProcess) -> None:
    made = fridge(shop)
    shop("payments", "add", made, "--method", "check", "--check-number", "881", "--amount", "50", "--note", "by post")
    shop("payments", "correct", "P1", "--check-number", "882")
    row = shop("payments", "show", "P2", "--json").json
    assert (row["reference"], row["amount"], row["method"], row["note"]) == ("882", "50.00", "check", "by post")
    other = shop("payments", "correct", "P2", "--method", "credit-card", code=2).err
    assert "credit-card needs --approval-code" in other
    assert "nothing to correct" in shop("payments", "correct", "P2", code=2).err


def test_a_payment_moves_to_where_it_belongs(shop: InProcess) -> None:
    first, second = due(shop, "C1", "100"), due(shop, "C1", "80")
    pay(shop, first, "80")
    shop("payments", "move", "P1", "--to", second)
    assert figures(shop, first, *BALANCE) == ("100.00", "due")
    assert figures(shop, second, *BALANCE) == ("0.00", "paid")
    assert shop("payments", "show", "P1", "--json").json["document"] == second
    assert "P1 is on O2 already" in shop("payments", "move", "P1", "--to", second, code=6).err
    pay(shop, first, "90")
    third = due(shop, "C1", "50")
    assert "90.00 is more than the 50.00 owed on O3" in shop("payments", "move", "P2", "--to", third, code=6).err


def test_credit_does_not_move_to_another_customer(shop: InProcess) -> None:
    person(shop, "Bob Ray")
    shop("credit", "grant", "C1", "10", "--reason", "goodwill")
    first, other = due(shop, "C1", "100"), due(shop, "C2", "100")
    shop("payments", "add", first, "--all-credit")
    assert "of another customer" in shop("payments", "move", "P1", "--to", other, code=6).err


# -------------------------------------------------------------------------------------------------------------- refunds


def test_deconetwork_43_44_a_refund_is_owed_again_unless_taken_off(shop: InProcess) -> None:  # 43
    made = due(shop, "C1", "250")
    pay(shop, made, "250")
    assert "--reason is missing" in shop("payments", "refund", "P1", "--amount", "100", code=2).err  # 44
    shop("payments", "refund", "P1", "--amount", "100", "--reason", "damaged")
    assert figures(shop, made, "balance", "paid") == ("100.00", "150.00")
    over = shop("payments", "refund", "P1", "--amount", "151", "--reason", "damaged", code=6).err
    assert "to the 150.00 left of P1 (100.00 given back)" in over
    shop("payments", "refund", "P1", "--amount", "150", "--reason", "damaged", "--as-credit")
    assert figures(shop, made, "balance", "paid") == ("100.00", "0.00")


def test_appliance_31_a_deposit_is_refunded_on_the_quote(shop: InProcess) -> None:  # 31
    quote = fridge(shop)
    pay(shop, quote, "687.00")
    refused = shop("orders", "return", quote, "--all", "--reason", "x", "--date", "today", "--to", "cash", code=6)
    assert "Q1 is a quote" in refused.err
    shop("payments", "refund", "P1", "--full", "--reason", "changed mind", "--to", "check")
    assert figures(shop, quote, "paid", "balance") == ("0.00", "1374.00")
    assert "nothing is taken off it" in shop(
        "payments", "refund", pay(shop, quote, "5", "-q").out.strip(), "--full", "--reason", "x", "--as-credit", code=6
    ).err  # fmt: skip


def test_a_refund_into_credit_and_of_credit(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "30", "--reason", "goodwill")
    made = due(shop, "C1", "100")
    shop("payments", "add", made, "--all-credit")
    shop("payments", "refund", "P1", "--amount", "10", "--reason", "x")
    assert wallet(shop) == "10.00"
    pay(shop, made, "80")
    shop("payments", "refund", "P2", "--amount", "80", "--to", "customer-credit", "--reason", "x")
    assert wallet(shop) == "90.00"
    refused = shop("payments", "refund", "P1", "--amount", "1", "--to", "aio-pay", "--reason", "x", code=6)
    assert "was not paid so much with aio-pay" in refused.err
    assert "10.00 of P1 was given back" in shop("payments", "void", "P1", "--reason", "x", code=6).err


def test_a_refund_with_a_key_is_made_once(shop: InProcess) -> None:
    order(shop)
    for _ in range(2):
        shop("payments", "refund", "P1", "--amount", "10", "--reason", "x", "--idempotency-key", "r1")
    assert figures(shop, "O1", "balance") == ("10.00",)


# ------------------------------------------------------------------------------------------------- one check over many


def test_a_check_is_spread_over_what_is_owed_the_oldest_first(shop: InProcess) -> None:
    young, old = due(shop, "C1", "300", "2025-06-10"), due(shop, "C1", "200", "2025-05-01")
    check = ("payments", "add", "C1", "--method", "check", "--check-number", "881")
    shown = shop(*check, "--amount", "350", "-n").rows
    assert [(row["target"], row["amount"], row["left"]) for row in shown] == [
        (old, "200.00", "0.00"),
        (young, "150.00", "150.00"),
    ]
    assert shop("payments", "list").rows == []
    made = shop(*check, "--amount", "350").rows
    assert [(row["number"], row["target"], row["amount"]) for row in made] == [
        ("P1", old, "200.00"),
        ("P2", young, "150.00"),
    ]
    assert [row["receipt"] for row in shop("payments", "list").rows] == ["P1", "P1"]


def test_what_is_named_is_paid_first_and_a_surplus_needs_a_word(shop: InProcess) -> None:
    old, young = due(shop, "C1", "200", "2025-05-01"), due(shop, "C1", "300", "2025-06-10")
    cash = ("payments", "add", "C1", "--method", "cash")
    shop(*cash, "--amount", "250", "--to", f"{young}=100")
    assert (figures(shop, old, "balance"), figures(shop, young, "balance")) == (("50.00",), ("200.00",))
    assert "300.00 is 50.00 more than C1 owes (250.00)" in shop(*cash, "--amount", "300", code=6).err
    assert "is more than the amount" in shop(*cash, "--amount", "10", "--to", f"{young}=11", code=2).err
    made = shop(*cash, "--amount", "300", "--surplus", "customer-credit").rows
    assert [(row["target"], row["amount"]) for row in made][-1] == ("customer-credit", "50.00")
    assert wallet(shop) == "50.00"
    assert shop("report", "aging").rows == []


def test_others_documents_are_not_paid_by_it(shop: InProcess) -> None:
    person(shop, "Bob Ray")
    other = due(shop, "C2", "10")
    refused = shop("payments", "add", "C1", "--method", "cash", "--amount", "5", "--to", f"{other}=5", code=6)
    assert "O1 is not of C1" in refused.err
    assert "pays one document" in shop("payments", "add", "C1", "--method", "credit-line", "--amount", "5", code=2).err


def test_many_are_recorded_as_paid(shop: InProcess) -> None:
    person(shop, "Bob Ray")
    due(shop, "C1", "10"), due(shop, "C1", "20"), due(shop, "C2", "30")
    made = shop("payments", "record", "C1", "O3", "--method", "bank-transfer", "--transaction-id", "T9").rows
    assert [(row["document"], row["amount"], row["balance"]) for row in made] == [
        ("O1", "10.00", "0.00"), ("O2", "20.00", "0.00"), ("O3", "30.00", "0.00"),
    ]  # fmt: skip
    assert "nothing is owed on C1" in shop("payments", "record", "C1", "--method", "cash", code=6).err


# ----------------------------------------------------------------------------------------------------------------- undo


def last(hub: InProcess) -> str:
    return hub("changes", "list", "--limit", "1").rows[0]["change"]


def test_undoing_a_payment_voids_it_and_the_order_is_a_quote_again(shop: InProcess) -> None:
    quote = fridge(shop)
    pay(shop, quote, "1374.00")
    shop("undo", last(shop))
    assert figures(shop, quote, "status", "paid", "balance") == ("saved", "0.00", "1374.00")
    row = shop("payments", "show", "P1", "--json").json
    assert (row["status"], row["ended_on"]) == ("void", "2025-06-15")
    shop("redo", last(shop))
    assert figures(shop, "O1", "status", "paid", "balance") == ("in-production", "1374.00", "0.00")


def test_undoing_a_payment_by_credit_puts_it_back(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "500.00", "--reason", "goodwill")
    shop("payments", "add", fridge(shop), "--all-credit")
    shop("undo", last(shop))
    assert wallet(shop) == "500.00"
    assert shop("payments", "list").rows[0]["status"] == "void"


def test_undoing_a_refund_ends_it(shop: InProcess) -> None:
    made = order(shop)
    shop("payments", "refund", "P1", "--amount", "100", "--reason", "x", "--as-credit", today="2025-06-16")
    shop("undo", last(shop), today="2025-06-18")
    assert figures(shop, made, "balance", "paid", "total") == ("0.00", "1374.00", "1374.00")
    refund = shop("payments", "show", "P1", "--json").json["refunds"][0]
    assert (refund["amount"], refund["ended_on"]) == ("100.00", "2025-06-18")


def test_a_payment_that_money_was_given_back_on_is_not_undone(shop: InProcess) -> None:
    order(shop)
    added = last(shop)
    shop("payments", "refund", "P1", "--amount", "100", "--reason", "x")
    assert "F1 stands on it" in shop("undo", added, code=6).err


def test_undoing_a_void_a_move_and_a_bounce(shop: InProcess) -> None:
    first, second = due(shop, "C1", "100"), due(shop, "C1", "100")
    shop("payments", "add", first, "--method", "check", "--check-number", "5", "--full")
    for change in (("void", "P1", "--reason", "x"), ("bounce", "P1", "--fee", "5"), ("move", "P1", "--to", second)):
        shop("payments", *change)
        assert figures(shop, first, "balance") != ("0.00",)
        shop("undo", last(shop))
        assert figures(shop, first, "balance", "paid_status") == ("0.00", "paid")
    assert line(shop)[0] == "0.00"
