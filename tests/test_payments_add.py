"""Payments on quotes and orders: amounts, methods and their fields, covering a quote, keys, what is refused."""

from typing import Any

import pytest

import till
from conftest import InProcess
from till import figures, fridge, pay, person

MONEY = ("paid", "balance")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def paid(hub: InProcess, *arguments: str, code: int = 0) -> str:
    return hub("payments", "add", *arguments, code=code).err


def test_appliance_28_a_deposit_then_a_check_make_an_order_of_that_day(shop: InProcess) -> None:  # 28
    quote = fridge(shop)
    pay(shop, quote, "687.00")
    assert figures(shop, quote, "status", *MONEY) == ("saved", "687.00", "687.00")
    said = paid(shop, quote, "--method", "check", "--amount", "687.00", "--check-number", "1042")
    assert "Q1 is now the order O1" in said
    assert "687.00 → 0.00" in said
    assert figures(shop, "O1", "status", "paid_status", *MONEY) == ("in-production", "paid", "1374.00", "0.00")
    assert figures(shop, "O1", "ordered_on") == ("2025-06-15",)
    rows = shop("payments", "list", "O1", "--json").json
    assert [row["application"] for row in rows] == ["Payment Made to an Order"] * 2
    assert [row["reference"] for row in rows] == ["1042", None]


def test_appliance_29_half_is_rounded_half_up_and_not_more_than_is_owed(shop: InProcess) -> None:  # 29
    quote = till.quote(shop, "C1", "SOFA@1374.01")
    paid(shop, quote, "--method", "cash", "--half")
    assert figures(shop, quote, *MONEY) == ("687.01", "687.00")
    paid(shop, quote, "--method", "cash", "--half", "--again")
    assert figures(shop, "O1", *MONEY) == ("1374.01", "0.00")


def test_appliance_25_an_expired_quote_is_refused_until_it_has_a_new_date(shop: InProcess) -> None:  # 25
    quote = fridge(shop, "C1")
    late: dict[str, Any] = {"today": "2025-06-30"}
    refused = shop("payments", "add", quote, "--method", "cash", "--full", code=6, **late)
    assert "Q1 expired on 2025-06-29" in refused.err
    shop("quotes", "extend", quote, "--to", "2025-07-01", **late)
    shop("payments", "add", quote, "--method", "cash", "--full", **late)
    assert figures(shop, "O1", "ordered_on", "balance") == ("2025-06-30", "0.00")


def test_appliance_26_a_line_without_fulfillment_is_refused_by_name(shop: InProcess) -> None:  # 26
    quote = shop("quotes", "create", "C1", "--line", "FRG-100@1200", "--tax-rate", "0%", "-q").out.strip()
    shop("quotes", "add-line", quote, "STOVE", "--price", "10", "--fulfillment", "pickup")
    assert "line 1 (FRG-100) has no fulfillment type" in paid(shop, quote, "--method", "cash", "--full", code=6)
    assert shop("payments", "list").rows == []


@pytest.mark.parametrize(
    ("method", "fields", "said"),
    [
        ("check", [], "check needs --check-number"),
        ("credit-card", [], "credit-card needs --approval-code"),
        ("bank-transfer", [], "bank-transfer needs --transaction-id"),
        ("snap", [], "snap needs --term"),
        ("acima", [], "acima needs --term"),
        ("wells-fargo", [], "wells-fargo needs --term"),
        ("synchrony", [], "synchrony needs --promo-code and --authorization-code"),
        ("synchrony", ["--promo-code", "A1"], "synchrony needs --authorization-code"),
        ("aio-pay", [], "aio-pay needs --transaction-id"),
        ("other", [], "other needs --description"),
        ("cash", ["--check-number", "7"], "cash does not take --check-number"),
        ("check", ["--check-number", "7", "--term", "12mo"], "check does not take --term"),
        ("cash", ["--channel", "ach"], "cash does not take --channel"),
        ("barter", [], "is not known"),
    ],
)  # fmt: skip
def test_appliance_32_each_method_has_its_fields(
    shop: InProcess, method: str, fields: list[str], said: str
) -> None:  # 32
    quote = fridge(shop)
    assert said in paid(shop, quote, "--method", method, "--amount", "5", *fields, code=2)
    assert shop("payments", "list").rows == []


@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ("cash", []), ("telephone", []), ("in-person", []), ("check", ["--check-number", "7"]),
        ("credit-card", ["--approval-code", "A"]), ("bank-transfer", ["--transaction-id", "T"]),
        ("other", ["--description", "a barter"]), ("snap", ["--term", "12mo"]),
        ("synchrony", ["--promo-code", "P", "--authorization-code", "A", "--term", "6mo"]),
        ("aio-pay", ["--transaction-id", "T"]),
    ],
)  # fmt: skip
def test_each_method_is_taken_with_its_fields(shop: InProcess, method: str, fields: list[str]) -> None:
    quote = fridge(shop)
    paid(shop, quote, "--method", method, "--full", *fields)
    assert figures(shop, "O1", "status", "balance") == ("in-production", "0.00")


@pytest.mark.parametrize("amount", ["0", "-1", "1.005", "1,000.00", "$5", "1e3", "", "NaN", "١٠"])  # B9
def test_an_amount_is_strict(shop: InProcess, amount: str) -> None:
    quote = fridge(shop)
    assert "amount" in shop("payments", "add", quote, "--method", "cash", f"--amount={amount}", code=2).err
    assert shop("payments", "list").rows == []


def test_more_than_is_owed_is_refused(shop: InProcess) -> None:  # B15
    quote = fridge(shop)
    refused = pay(shop, quote, "1374.01", code=6)
    assert "1374.01 is more than the 1374.00 owed on Q1" in refused.err
    pay(shop, quote, "1374.00")
    assert "nothing is owed on O1" in pay(shop, "O1", "0.01", code=6).err


def test_one_way_to_say_how_much(shop: InProcess) -> None:
    quote = fridge(shop)
    assert "say how much" in paid(shop, quote, "--method", "cash", code=2)
    assert "say how much" in paid(shop, quote, "--method", "cash", "--full", "--half", code=2)
    assert "--method is missing" in paid(shop, quote, "--full", code=2)
    assert "could be a document or a customer" in paid(shop, "1", "--method", "cash", "--full", code=2)
    assert paid(shop, "Q99", "--method", "cash", "--full", code=4).startswith("hub: there is no quote or order Q99")


def test_a_day_in_the_future_is_refused(shop: InProcess) -> None:
    assert "is in the future" in pay(shop, fridge(shop), "5", "--date", "2025-06-16", code=2).err


def test_appliance_53_credit_pays_all_it_can_and_in_full_only_when_it_reaches(shop: InProcess) -> None:  # 53
    shop("credit", "grant", "C1", "500.00", "--reason", "goodwill")
    quote = fridge(shop)
    refused = paid(shop, quote, "--method", "customer-credit", "--full", code=6)
    assert "has 500.00 of customer credit: 1374.00 is more" in refused
    assert till.wallet(shop) == "500.00"
    paid(shop, quote, "--all-credit")
    assert till.wallet(shop) == "0.00"
    assert figures(shop, quote, "status", "balance") == ("saved", "874.00")
    entry = shop("credit", "history", "C1").rows[0]
    assert (entry["type"], entry["amount"], entry["document"]) == ("applied", "-500.00", "Q1")
    assert "has no customer credit" in paid(shop, quote, "--all-credit", code=6)


def test_credit_that_covers_a_quote_makes_an_order(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "2000.00", "--reason", "goodwill")
    paid(shop, fridge(shop), "--all-credit")
    assert till.wallet(shop) == "626.00"
    assert figures(shop, "O1", "status", "paid_status") == ("in-production", "paid")


def test_a_write_off_is_for_orders_and_says_why(shop: InProcess) -> None:
    quote = fridge(shop)
    assert "needs a reason" in paid(shop, quote, "--method", "write-off", "--full", code=6)
    assert "is a quote" in paid(shop, quote, "--method", "write-off", "--full", "--reason", "x", code=6)
    shop("quotes", "approve", quote)
    paid(shop, "O1", "--method", "write-off", "--full", "--reason", "flood")
    assert figures(shop, "O1", "balance", "paid_status") == ("0.00", "paid")
    assert shop("customers", "show", "C1", "--json").json["lifetime_value"] == "0.00"


def test_appliance_70_the_fee_of_aio_pay_goes_by_channel(shop: InProcess) -> None:  # 70
    fees = {}
    for channel in ("card", "phone", "keyed", "ach", "pay-later"):
        quote = fridge(shop)
        shop("payments", "add", quote, "--method", "aio-pay", "--transaction-id", "T", "--full", "--channel", channel)
    for row in shop("payments", "list").rows:
        fees[row["channel"]] = (row["fee"], row["net"])
    assert fees == {
        "card": ("40.15", "1333.85"), "phone": ("48.39", "1325.61"), "keyed": ("48.39", "1325.61"),
        "ach": ("10.99", "1363.01"), "pay-later": ("82.60", "1291.40"),
    }  # fmt: skip
    pay(shop, fridge(shop), "1374.00")
    assert shop("payments", "list", "--method", "cash").rows[0]["fee"] == ""


# ------------------------------------------------------------------------------------------------- pending, keys, again


def test_deconetwork_40_41_manual_money_follows_the_setting(shop: InProcess) -> None:  # 40, 41
    quote = till.quote(shop, "C1", "SHIRTS@250")
    paid(shop, quote, "--method", "bank-transfer", "--transaction-id", "T1", "--full", "--pending")
    assert figures(shop, quote, "status", "balance", "paid") == ("saved", "0.00", "0.00")
    assert shop("payments", "list", "--status", "pending").rows[0]["number"] == "P1"
    assert "meant: 1 payment, not 2" in shop("payments", "reject", "P1", "--confirm-count", "2", code=6).err
    assert "--confirm-count 1" in shop("payments", "reject", "P1", code=6).err
    assert figures(shop, quote, "balance") == ("0.00",)
    shop("payments", "reject", "P1", "--confirm-count", "1")
    assert figures(shop, quote, "balance", "status") == ("250.00", "saved")
    shop("settings", "set", "payments.manual", "pending")
    paid(shop, quote, "--method", "check", "--check-number", "1", "--amount", "100")
    paid(shop, quote, "--method", "check", "--check-number", "2", "--amount", "150", "--confirmed")
    assert [row["status"] for row in shop("payments", "list").rows] == ["confirmed", "pending", "rejected"]
    shop("payments", "confirm", "P2")
    assert figures(shop, "O1", "status", "balance") == ("in-production", "0.00")
    assert "P2 is confirmed" in shop("payments", "confirm", "P2", code=6).err


def test_pending_is_not_for_credit(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "50", "--reason", "goodwill")
    refused = paid(shop, fridge(shop), "--method", "customer-credit", "--amount", "5", "--pending", code=2)
    assert "is never pending" in refused


def test_the_same_key_pays_once(shop: InProcess) -> None:  # F26, F27
    quote = fridge(shop)
    first = pay(shop, quote, "100.00", "--idempotency-key", "k1")
    again = pay(shop, quote, "100.00", "--idempotency-key", "k1")
    assert first.rows[0]["number"] == again.rows[0]["number"] == "P1"
    assert "already done" in again.err
    assert "was used for something else" in pay(shop, quote, "200.00", "--idempotency-key", "k1", code=6).err
    assert figures(shop, quote, "paid") == ("100.00",)


def test_a_payment_that_looks_like_one_before_is_asked_about(shop: InProcess) -> None:
    quote = fridge(shop)
    pay(shop, quote, "100.00")
    assert "this looks like P1 of " in pay(shop, quote, "100.00", code=6).err
    pay(shop, quote, "100.00", "--again")
    check = ("--method", "check", "--check-number", "881")
    paid(shop, quote, *check, "--amount", "10")
    assert "this looks like P3" in paid(shop, quote, *check, "--amount", "20", code=6)
    pay(shop, quote, "100.00", "--date", "2025-06-14")
    asked = shop("payments", "add", quote, "--method", "cash", "--amount", "100.00", tty=True, stdin="y\n")
    assert "again?" in asked.err
    assert figures(shop, quote, "paid") == ("410.00",)


def test_a_dry_run_pays_nothing_and_quiet_gives_the_number(shop: InProcess) -> None:
    quote = fridge(shop)
    pay(shop, quote, "100.00", "-n")
    assert shop("payments", "list").rows == []
    assert pay(shop, quote, "100.00", "-q").out == "P1\n"


def test_a_customer_on_hold_pays_what_is_owed_but_does_not_buy(shop: InProcess) -> None:
    owed, quote = till.due(shop, "C1", "100"), fridge(shop)
    shop("customers", "hold", "C1")
    assert "is on hold and may not buy" in pay(shop, quote, "5", code=6).err
    pay(shop, owed, "100")
    assert figures(shop, owed, "balance") == ("0.00",)
