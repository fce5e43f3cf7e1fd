"""Undo and redo never leave more paid than charged, more given back than paid, or customer credit that is lost."""

import pytest

import till
from conftest import InProcess


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    """A shop with one customer."""
    till.person(hub)
    return hub


def change(hub: InProcess) -> str:
    """Give the last change set."""
    return str(hub("changes", "list", "--limit", "1").rows[0]["change"])


def test_a_void_is_not_done_again_once_money_was_given_back(shop: InProcess) -> None:
    till.order(shop)
    shop("payments", "void", "P1", "--reason", "slip")
    shop("undo", change(shop))
    undone = change(shop)
    shop("payments", "refund", "P1", "--amount", "10", "--to", "cash", "--reason", "scratch")
    refused = shop("redo", undone, code=6)
    assert "P1" in refused.err
    assert "given back" in refused.err
    shop("db", "check", "--full")


def test_a_refund_is_not_undone_once_it_was_paid_again(shop: InProcess) -> None:
    made = till.order(shop)
    shop("payments", "refund", "P1", "--amount", "374", "--to", "cash", "--reason", "scratch")
    refund = change(shop)
    till.pay(shop, made, "374")
    refused = shop("undo", refund, code=6)
    assert "document 1: more would be paid on it than is charged" in refused.err
    assert till.figures(shop, made, "balance", "paid") == ("0.00", "1374.00")
    shop("db", "check", "--full")


def test_services_are_not_undone_once_they_were_paid(shop: InProcess) -> None:
    made = till.order(shop)
    shop("orders", "add-line", made, "--plan", "P@159/60")
    sold = change(shop)
    till.pay(shop, made, "159")
    shop("undo", sold, code=6)
    assert till.figures(shop, made, "total", "balance") == ("1533.00", "0.00")


def test_customer_credit_goes_through_undo_and_redo_as_often_as_one_likes(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "50", "--reason", "goodwill")
    granted = change(shop)
    for _ in range(3):
        shop("undo", granted)
        assert till.wallet(shop) == "0.00"
        shop("redo", change(shop))
        assert till.wallet(shop) == "50.00"


def test_credit_that_was_spent_comes_back_after_undo_and_redo(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "50", "--reason", "goodwill")
    quote = till.fridge(shop)
    shop("payments", "add", quote, "--all-credit")
    shop("undo", change(shop))
    shop("redo", change(shop))
    assert till.wallet(shop) == "0.00"
    shop("payments", "void", "P1", "--reason", "slip")
    assert till.wallet(shop) == "50.00"


def test_spent_credit_is_granted_again_after_undo_and_redo_too(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "50", "--reason", "goodwill")
    quote = till.fridge(shop)
    shop("payments", "add", quote, "--all-credit")
    shop("undo", change(shop))
    shop("redo", change(shop))
    shop("credit", "reset", "C1", "--reason", "promised", "--yes")
    assert till.wallet(shop) == "50.00"


def test_two_payments_of_one_amount_each_give_their_own_credit_back(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "100", "--reason", "goodwill")
    quote = till.fridge(shop)
    pay = ("payments", "add", quote, "--method", "customer-credit", "--amount", "50")
    shop(*pay)
    shop(*pay, "--again")
    second = change(shop)
    shop("payments", "void", "P1", "--reason", "slip")
    shop("undo", second)
    assert till.wallet(shop) == "100.00"


def test_a_correction_is_undone_and_done_again(shop: InProcess) -> None:
    made = till.order(shop)
    shop("payments", "correct", "P1", "--amount", "374", "--reason", "typed wrong")
    corrected = change(shop)
    shop("undo", corrected)
    assert till.figures(shop, made, "paid") == ("1374.00",)
    shop("redo", change(shop))
    assert till.figures(shop, made, "paid") == ("374.00",)
    shop("undo", corrected)
    assert till.figures(shop, made, "paid", "balance") == ("1374.00", "0.00")
    shop("db", "check", "--full")


def test_an_allowance_leaves_no_pending_money_above_what_is_owed(shop: InProcess) -> None:
    made = till.due(shop, "C1", "100")
    shop("payments", "add", made, "--method", "check", "--check-number", "1", "--full", "--pending")
    allow = ("orders", "allowance", made, "--line", "1", "--amount", "20", "--reason", "scratch")
    refused = shop(*allow, "--errors", "json", code=6)
    assert "pending_above_owed" in refused.err
    assert till.figures(shop, made, "charged", "balance") == ("100.00", "0.00")
    shop("payments", "confirm", "P1")
    shop(*allow, "--to", "cash")
    assert till.figures(shop, made, "charged", "paid", "balance") == ("80.00", "80.00", "0.00")
    shop("db", "check", "--full")


def test_who_took_customer_credit_back_is_on_the_entry(hub: InProcess) -> None:
    hub("customers", "create", "--first-name", "Ann", "--mobile", "3125550101")
    change = hub("credit", "grant", "C1", "--amount", "5", "--reason", "late").rows[0]["change"]
    hub("undo", change, "-y", actor="priya")
    entries = hub("credit", "history", "C1").rows
    assert sorted((row["type"], row["by"]) for row in entries) == [("grant", "sam"), ("void", "priya")]
