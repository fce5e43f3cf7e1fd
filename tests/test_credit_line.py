"""The credit line: limits and terms, draws, repayments, what forbids a draw, and the one figure of what is used."""

from typing import Any

import pytest

import till
from conftest import InProcess
from till import figures, line, person

DRAW = ("--method", "credit-line")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def opened(hub: InProcess, limit: str = "7500", *options: str) -> None:
    hub("credit", "line", "set", "C1", "--limit", limit, *options)


def drawn(hub: InProcess, amount: str, *options: str, **how: Any) -> str:
    """Make an order of so much paid by the credit line; give its number."""
    quote = till.quote(hub, "C1", f"SOFA@{amount}", **how)
    hub("payments", "add", quote, *DRAW, "--full", *options, **how)
    return "O" + quote[1:]


def test_appliance_59_limits_and_terms(shop: InProcess) -> None:
    assert "is missing" in shop("credit", "line", "set", "C1", code=2).err
    for limit, code in (("-1", 2), ("10000000.01", 2), ("1.005", 2), ("10000000", 0), ("0", 0), ("7500", 0)):
        shop("credit", "line", "set", "C1", f"--limit={limit}", code=code)
    row = shop("credit", "line", "show", "C1", "--json").json
    assert (row["limit"], row["terms"]) == ("7500.00", "Net 30")
    refused = shop("credit", "line", "set", "C1", "--limit", "5", "--terms", "NET 45", code=2).err
    assert "there are Net 15, Net 30, Net 60, Net 90" in refused
    shop("credit", "line", "set", "C1", "--terms", "net 60")
    assert shop("credit", "line", "show", "C1", "--json").json["terms"] == "Net 60"


def test_a_draw_pays_and_keeps_its_terms(shop: InProcess) -> None:
    opened(shop)
    made = drawn(shop, "5000")
    assert figures(shop, made, "status", "paid_status", "balance") == ("in-production", "due", "0.00")
    assert line(shop) == ("5000.00", "2500.00", "0.00")
    shop("credit", "line", "set", "C1", "--terms", "Net 60")
    row = shop("payments", "show", "P1", "--json").json
    assert (row["due_on"], row["terms"]) == ("2025-07-15", "Net 30")


def test_appliance_61_a_draw_above_what_is_available_is_refused(shop: InProcess) -> None:
    opened(shop)
    drawn(shop, "5000")
    quote = till.quote(shop, "C1", "SOFA@9000")
    refused = shop("payments", "add", quote, *DRAW, "--amount", "2500.01", code=6).err
    assert "limit 7500.00, used 5000.00, available 2500.00; oldest unpaid draw P1 due 2025-07-15" in refused
    assert "2500.01 is 0.01 more" in refused
    assert len(shop("payments", "list").rows) == 1
    shop("payments", "add", quote, "--credit-line", "--max")
    assert line(shop) == ("7500.00", "0.00", "0.00")
    assert figures(shop, quote, "status", "balance") == ("saved", "6500.00")
    assert "available 0.00" in shop("payments", "add", quote, "--credit-line", "--max", code=6).err


def test_appliance_62_what_forbids_a_draw(shop: InProcess) -> None:
    quote = till.quote(shop, "C1", "SOFA@100")
    draw = ("payments", "add", quote, *DRAW, "--full")
    assert "has no credit line" in shop(*draw, code=6).err
    opened(shop, "7500", "--until", "2025-06-14")
    assert "ended on 2025-06-14" in shop(*draw, code=6).err
    opened(shop, "7500", "--until", "none")
    shop("settings", "set", "payments.credit_line", "off")
    assert "switched off" in shop(*draw, code=6).err
    shop("settings", "set", "payments.credit_line", "on")
    shop("customers", "hold", "C1")
    assert "is on hold" in shop(*draw, code=6).err
    shop("customers", "unhold", "C1")
    shop("credit", "line", "close", "C1")
    assert "has no credit line" in shop(*draw, code=6).err
    opened(shop)
    shop(*draw)


def test_lowering_the_limit_below_what_is_used_is_shown(shop: InProcess) -> None:
    opened(shop)
    drawn(shop, "5000")
    said = shop("credit", "line", "set", "C1", "--limit", "4000").err
    assert "is over the limit by 1000.00" in said
    assert line(shop) == ("5000.00", "0.00", "1000.00")
    quote = till.quote(shop, "C1", "SOFA@1")
    assert "1.00 is 1001.00 more" in shop("payments", "add", quote, *DRAW, "--full", code=6).err


def test_orders_on_account_use_the_line_too(shop: InProcess) -> None:
    opened(shop, "1000")
    quote = till.quote(shop, "C1", "SOFA@600")
    shop("quotes", "approve", quote, "--on-account")
    assert line(shop) == ("600.00", "400.00", "0.00")
    shop("payments", "add", "O1", *DRAW, "--amount", "500")  # moves what is used, uses no more
    assert line(shop) == ("600.00", "400.00", "0.00")
    rows = shop("credit", "why", "C1", "--json").json["rows"]
    assert [(row["kind"], row["document"], row["owed"]) for row in rows] == [
        ("draw", "O1", "500.00"), ("order", "O1", "100.00"),
    ]  # fmt: skip
    till.pay(shop, "O1", "100")
    assert line(shop) == ("500.00", "500.00", "0.00")


def test_an_order_above_the_line_warns_or_is_refused(shop: InProcess) -> None:
    opened(shop, "100")
    approve = ("quotes", "approve", "--on-account")
    assert "is 50.00 more than" in shop(*approve, till.quote(shop, "C1", "SOFA@150")).err
    assert line(shop) == ("150.00", "0.00", "50.00")
    shop("settings", "set", "credit.staff_over_limit", "refuse")
    assert "is 60.00 more than" in shop(*approve, till.quote(shop, "C1", "SOFA@10"), code=6).err


def test_repayments_go_to_the_oldest_due_draw(shop: InProcess) -> None:
    opened(shop)
    second = drawn(shop, "100", today="2025-06-10")
    first = drawn(shop, "200", today="2025-05-01")
    cash = ("credit", "line", "repay", "C1", "--method", "cash")
    assert "is more than the 300.00 that C1 Ann Lee has drawn" in shop(*cash, "--amount", "300.01", code=6).err
    assert "is a bare number" in shop("credit", "line", "repay", "1", "--method", "cash", "--amount", "5", code=2).err
    rows = shop(*cash, "--amount", "250").rows
    assert [(row["document"], row["amount"], row["left"]) for row in rows] == [
        (first, "200.00", "0.00"), (second, "50.00", "50.00"),
    ]  # fmt: skip
    assert figures(shop, first, "paid_status") == ("paid",)
    assert figures(shop, second, "paid_status") == ("due",)
    assert "50.00 that C1 Ann Lee has drawn for that order" in shop(
        *cash, "--amount", "51", "--order", second, code=6
    ).err  # fmt: skip
    shop(*cash, "--full")
    assert line(shop) == ("0.00", "7500.00", "0.00")


def test_repayments_take_the_fields_of_payments(shop: InProcess) -> None:
    opened(shop)
    drawn(shop, "100")
    pay = ("credit", "line", "repay", "C1", "--amount", "10")
    assert "check needs --check-number" in shop(*pay, "--method", "check", code=2).err
    assert "not repaid by credit-line" in shop(*pay, "--method", "credit-line", code=2).err
    assert "has 0.00 of customer credit" in shop(*pay, "--method", "customer-credit", code=6).err
    shop("credit", "grant", "C1", "10", "--reason", "goodwill")
    shop(*pay, "--method", "customer-credit")
    entry = shop("credit", "history", "C1").rows[0]
    assert (entry["type"], entry["amount"]) == ("line_repayment", "-10.00")
    for _ in range(2):
        shop(*pay, "--method", "check", "--check-number", "7", "--idempotency-key", "k")
    assert line(shop)[0] == "80.00"
    history = shop("credit", "line", "history", "C1").rows
    assert [(row["type"], row["amount"], row["drawn"]) for row in reversed(history)] == [
        ("draw", "100.00", "100.00"), ("repayment", "-10.00", "90.00"), ("repayment", "-10.00", "80.00"),
    ]  # fmt: skip


def test_a_check_pays_orders_and_draws(shop: InProcess) -> None:
    opened(shop)
    made = drawn(shop, "100", today="2025-05-01")
    owed = till.due(shop, "C1", "50", "2025-05-20")
    rows = shop("payments", "add", "C1", "--method", "cash", "--amount", "120").rows
    assert [(row["target"], row["amount"]) for row in rows] == [(owed, "50.00"), ("P1", "70.00")]  # due 05-20, 05-31
    assert figures(shop, made, "paid_status") == ("due",)
    shop("payments", "add", "C1", "--method", "cash", "--amount", "30", "--to", "P1=30")
    assert line(shop)[0] == "0.00"


def test_a_void_draw_leaves_the_line_and_a_repaid_one_stays(shop: InProcess) -> None:
    opened(shop)
    made = drawn(shop, "100")
    shop("credit", "line", "repay", "C1", "--method", "cash", "--amount", "10")
    repaid = shop("changes", "list", "--limit", "1").rows[0]["change"]
    assert "10.00 of the draw P1 was repaid" in shop("payments", "void", "P1", "--reason", "x", code=6).err
    shop("undo", repaid)
    assert line(shop)[0] == "100.00"
    shop("payments", "void", "P1", "--reason", "x")
    assert line(shop)[0] == "0.00"
    assert figures(shop, made, "balance") == ("100.00",)
    assert shop("credit", "line", "history", "C1").rows[0]["drawn"] == "0.00"


def test_why_says_what_a_draw_would_meet(shop: InProcess) -> None:
    assert "has no credit line" in shop("credit", "why", "C1", tty=True).out
    opened(shop)
    assert "up to 7500.00 can be drawn" in shop("credit", "why", "C1", tty=True).out
    assert "7500.01 is 0.01 more" in " ".join(shop("credit", "why", "C1", "--draw", "7500.01", tty=True).out.split())
    assert "5000.00 can be drawn; 2500.00 would be left" in shop("credit", "why", "C1", "--draw", "5000", tty=True).out


def test_undo_of_a_limit(shop: InProcess) -> None:
    opened(shop, "100")
    opened(shop, "200")
    shop("undo", shop("changes", "list", "--limit", "1").rows[0]["change"])
    assert shop("credit", "line", "show", "C1", "--json").json["limit"] == "100.00"


# ---------------------------------------------------------------------------------------------------------------- terms


def names(hub: InProcess, *options: str) -> list[str]:
    return [row["name"] for row in hub("credit", "terms", "list", *options).rows]


def test_terms_are_a_table(hub: InProcess) -> None:
    assert names(hub) == ["10% deposit, 30 days", "Net 15", "Net 30", "Net 60", "Net 90"]
    hub("credit", "terms", "add", "Net 45", "--days", "45")
    assert "there are terms Net 45 already" in hub("credit", "terms", "add", "NET 45", "--days", "9", code=6).err
    assert "is not a number of days" in hub("credit", "terms", "add", "Net 1e3", "--days", "1e3", code=2).err
    hub("credit", "terms", "edit", "Net 45", "--days", "40", "--deposit", "12.5%", "--from", "statement")
    row = next(row for row in hub("credit", "terms", "list").rows if row["name"] == "Net 45")
    assert (row["deposit"], row["days"], row["counted_from"]) == ("12.5", "40", "statement")
    assert "are the default terms" in hub("credit", "terms", "retire", "10% deposit, 30 days", code=6).err
    hub("credit", "terms", "default", "Net 45")
    hub("credit", "terms", "retire", "10% deposit, 30 days")
    assert names(hub) == ["Net 45", "Net 15", "Net 30", "Net 60", "Net 90"]
    assert "10% deposit, 30 days" in names(hub, "--retired")
    hub("credit", "terms", "default", "none")
    assert {row["default"] for row in hub("credit", "terms", "list").rows} == {"no"}


def test_retired_terms_are_offered_no_more(shop: InProcess) -> None:
    shop("credit", "terms", "retire", "Net 90")
    assert "is retired" in shop("credit", "line", "set", "C1", "--limit", "5", "--terms", "Net 90", code=2).err


def test_a_draw_above_the_line_takes_a_role_and_a_reason(shop: InProcess) -> None:
    shop("staff", "add", "mia", "--role", "sales-manager")
    shop("staff", "add", "pat", "--role", "sales-team")
    opened(shop, "100")
    quote = till.quote(shop, "C1", "SOFA@150")
    draw = ("payments", "add", quote, *DRAW, "--full")
    assert "150.00 is 50.00 more" in shop(*draw, code=6, actor="mia").err
    shop(*draw, "--override", code=2, actor="mia")
    refused = shop(*draw, "--override", "--reason", "pays on Friday", code=6, actor="pat").err
    assert refused.startswith(
        "hub: pat may not let someone above the credit line: that takes the role Administrator or"
    )
    assert line(shop) == ("0.00", "100.00", "0.00")
    change = shop(*draw, "--override", "--reason", "pays on Friday", actor="mia").rows[0]["change"]
    assert line(shop) == ("150.00", "0.00", "50.00")
    logged = shop("changes", "show", change, "--json").json
    assert (logged["actor"], logged["reason"]) == ("mia", "pays on Friday")


def test_approving_on_account_above_the_line_takes_the_same(shop: InProcess) -> None:
    shop("staff", "add", "mia", "--role", "sales-manager")
    shop("staff", "add", "pat", "--role", "sales-team")
    shop("settings", "set", "credit.staff_over_limit", "refuse")
    opened(shop, "100")
    quote = till.quote(shop, "C1", "SOFA@150", actor="pat")
    approve = ("quotes", "approve", quote, "--on-account")
    assert "150.00 is 50.00 more" in shop(*approve, code=6, actor="pat").err
    given = (*approve, "--override", "--reason", "pays on Friday")
    assert "pat may not let someone above" in shop(*given, code=6, actor="pat").err
    shop(*given, actor="mia")
    assert line(shop) == ("150.00", "0.00", "50.00")


def test_terms_are_added_once_for_a_key(hub: InProcess) -> None:
    for _ in range(2):
        hub("credit", "terms", "add", "Net 45", "--days", "45", "--idempotency-key", "k1")
    assert [row["name"] for row in hub("credit", "terms", "list").rows].count("Net 45") == 1
