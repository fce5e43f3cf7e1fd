"""Swaps: return, new quote, credit applied, in one change; and allowances, which take money off while goods stay."""

import pytest

from conftest import InProcess, Result
from till import due, figures, line, order, person, show, wallet

SWAP = ("orders", "swap")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def swap(shop: InProcess, ref: str, to: str, *options: str, code: int = 0) -> Result:
    return shop(*SWAP, ref, "--line", "1", "--to", to, "--reason", "too small", *options, code=code)


def person_of(shop: InProcess) -> tuple[str, int, str]:
    found = shop("customers", "show", "C1", "--json").json
    return found["stage"], found["orders"], found["lifetime_value"]


# ----------------------------------------------------------------------------------------------------------------- swap


def test_what_costs_the_same_is_one_change_and_no_second_order(shop: InProcess) -> None:
    order(shop)
    assert person_of(shop) == ("first-time", 1, "1374.00")
    result = swap(shop, "O1", "FRG-200@1200/850")
    row = result.rows[0]
    assert (row["number"], row["replaces"], row["return"], row["status"]) == ("O2", "O1", "R1", "in-production")
    assert (row["taken_back"], row["total"], row["applied"], row["balance"]) == (
        "1299.00", "1299.00", "1299.00", "0.00",
    )  # fmt: skip
    assert result.err == "R1 takes 1299.00 back, O2 costs 1299.00\n"
    found = show(shop, "O2")
    assert (found["swap_of"], found["lines"][0]["model"], found["lines"][0]["fulfillment"]) == (
        "O1", "FRG-200", ["delivery"],
    )  # fmt: skip
    assert figures(shop, "O1", "charged", "paid", "balance", "delivery_status") == (
        "75.00",
        "75.00",
        "0.00",
        "returned",
    )
    assert person_of(shop) == ("first-time", 1, "1374.00")
    assert len(shop("changes", "list", "--command", "orders swap").rows) == 1


def test_a_swap_does_not_lower_the_stage_either(shop: InProcess) -> None:
    order(shop)
    order(shop)
    assert person_of(shop) == ("repeat", 2, "2748.00")
    swap(shop, "O2", "FRG-200@1200/850")
    assert person_of(shop) == ("repeat", 2, "2748.00")
    swap(shop, "O3", "FRG-300@1200/850")  # and once more
    assert person_of(shop) == ("repeat", 2, "2748.00")
    assert "swap" not in shop("db", "check", code=None).out


def test_what_costs_less_stays_credit_or_is_given_back(shop: InProcess) -> None:
    order(shop)
    result = swap(shop, "O1", "FRG-50@1000/700")
    assert (result.rows[0]["total"], wallet(shop)) == ("1082.50", "216.50")
    assert "216.50 stay with the customer: hub credit show C1" in result.err
    order(shop)
    row = swap(shop, "O3", "FRG-50@1000/700", "--difference", "cash").rows[0]
    assert (row["applied"], row["given_back"], wallet(shop)) == ("1082.50", "216.50", "216.50")
    last = shop("credit", "history", "C1").rows[0]
    assert (last["type"], last["amount"], last["document"]) == ("withdrawal", "-216.50", "O3")
    order(shop)
    refused = swap(shop, "O5", "FRG-50@1000/700", "--difference", "telephone", code=2).err
    assert refused.startswith("hub: 216.50 is left over on O5: telephone takes money, it does not give any back\n")
    assert show(shop, "O5")["returns"] == []  # nothing of it was done


def test_what_costs_more_is_paid_on_top_or_stays_a_quote(shop: InProcess) -> None:
    order(shop)
    row = swap(shop, "O1", "FRG-900@1500/1000", "--difference", "check", "--check-number", "881").rows[0]
    assert (row["status"], row["total"], row["applied"], row["paid"], row["balance"]) == (
        "in-production", "1623.75", "1299.00", "324.75", "0.00",
    )  # fmt: skip
    assert [p["reference"] for p in show(shop, "O2")["payments"]] == [None, "881"]
    order(shop)
    result = swap(shop, "O3", "FRG-900@1500/1000")
    assert (result.rows[0]["number"], result.rows[0]["balance"]) == ("Q4", "324.75")
    assert "Q4 stays a quote until its 324.75 are paid" in result.err
    order(shop)
    assert "needs --check-number" in swap(shop, "O5", "F@1500", "--difference", "check", code=2).err
    assert "--check-number goes with --difference" in swap(shop, "O5", "F@1500", "--check-number", "1", code=2).err


def test_services_go_along_with_the_item(shop: InProcess) -> None:
    given = ("--fulfillment", "delivery-install", "--tax-rate", "0%", "--line", "A:2@500/300")
    shop("quotes", "create", "C1", *given)
    shop("quotes", "edit-line", "Q1", "1", "--plan", "P5Y@50/20", "--plan-months", "60", "--install", "Hookup@89/45")
    shop("payments", "add", "Q1", "--method", "cash", "--full")
    row = swap(shop, "O1", "B@500/300").rows[0]
    assert (row["taken_back"], row["total"], row["balance"]) == ("1189.00", "1189.00", "0.00")
    new = show(shop, "O2")["lines"][0]
    assert (new["quantity"], new["plan"]["sku"], new["plan"]["quantity"], new["installs"][0]["name"]) == (
        2, "P5Y", 2, "Hookup",
    )  # fmt: skip
    row = swap(shop, "O2", "C:1@500/300", "--plan", "P2Y@20/5", "--delivery", "15").rows[0]
    assert (row["taken_back"], row["total"], wallet(shop)) == ("1189.00", "535.00", "654.00")


def test_some_units_are_swapped_and_a_fee_kept_only_when_named(shop: InProcess) -> None:
    shop("settings", "set", "returns.restocking_percent", "10%")
    shop("quotes", "create", "C1", "--line", "A:3@100/60", "--fulfillment", "pickup", "--tax-rate", "0%")
    shop("payments", "add", "Q1", "--method", "cash", "--full")
    given = ("--line", "1:2", "--to", "B@100/60", "--reason", "wrong colour")
    row = shop(*SWAP, "O1", *given).rows[0]
    assert (row["taken_back"], row["total"], show(shop, "O1")["lines"][0]["returned_quantity"]) == (
        "200.00", "200.00", 2,
    )  # fmt: skip
    row = shop(*SWAP, "O1", "--line", "1", "--to", "C@90/60", "--reason", "x", "--restocking", "10%").rows[0]
    assert (row["taken_back"], row["total"], row["balance"]) == ("90.00", "90.00", "0.00")


def test_what_was_drawn_goes_back_to_the_line_and_is_drawn_anew(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "1400")
    shop("quotes", "create", "C1", "--line", "A@1000/600", "--fulfillment", "pickup", "--tax-rate", "0%")
    shop("payments", "add", "Q1", "--method", "credit-line", "--full")
    assert line(shop) == ("1000.00", "400.00", "0.00")
    row = swap(shop, "O1", "B@900/600").rows[0]
    assert (row["applied"], row["drawn"], row["balance"]) == ("0.00", "900.00", "0.00")
    assert (line(shop), wallet(shop)) == (("900.00", "500.00", "0.00"), "0.00")
    refused = swap(shop, "O2", "C@1401/600", "--difference", "credit-line", code=6).err
    assert "is 1.00 more than the credit line of C1 Ann Lee holds" in refused
    assert line(shop) == ("900.00", "500.00", "0.00")


def test_an_order_on_account_is_swapped_on_account_within_the_line(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "1000", "--terms", "Net 60")
    shop("orders", "create", "C1", "--line", "A@900/600", "--tax-rate", "0%", "--on-account")
    row = swap(shop, "O1", "B@950/600").rows[0]
    assert (row["number"], row["status"], row["balance"]) == ("O2", "saved", "950.00")
    assert figures(shop, "O2", "terms", "on_account") == ("Net 60", True)
    assert figures(shop, "O1", "charged", "balance") == ("0.00", "0.00")
    assert line(shop) == ("950.00", "50.00", "0.00")
    assert "warning: 1100.00 is 100.00 more than" in swap(shop, "O2", "C@1100/600").err
    shop("settings", "set", "credit.staff_over_limit", "refuse")
    swap(shop, "O3", "D@1200/600", code=6)


def test_a_swap_is_taken_back_whole(shop: InProcess) -> None:
    order(shop)
    change = swap(shop, "O1", "FRG-50@1000/700", "--difference", "cash").rows[0]["change"]
    shop("undo", change)
    assert figures(shop, "O1", "charged", "paid", "balance", "delivery_status") == (
        "1374.00",
        "1374.00",
        "0.00",
        "open",
    )
    assert figures(shop, "O2", "status", "paid", "balance") == ("canceled", "0.00", "0.00")  # credit names it for ever
    assert (wallet(shop), person_of(shop)) == ("0.00", ("first-time", 1, "1374.00"))
    again = shop("changes", "list").rows[0]["change"]
    shop("undo", again)
    assert figures(shop, "O2", "status", "balance") == ("in-production", "0.00")
    assert figures(shop, "O1", "charged", "balance") == ("75.00", "0.00")


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (("--to", "B@5", "--reason", "x"), 2, "--line is missing"),
        (("--line", "1", "--reason", "x"), 2, "--to is missing"),
        (("--line", "1", "--to", "B@5"), 2, "--reason is missing"),
        (("--line", "2", "--to", "B@5", "--reason", "x"), 4, "O1 has no line 2"),
        (("--line", "1:2", "--to", "B@5", "--reason", "x"), 6, "2 is not from 1 to the 1 left of 1 sold"),
        (("--line", "1", "--to", "B", "--reason", "x"), 2, "B needs a price"),
        (("--line", "1", "--to", "B@-5", "--reason", "x"), 2, "is negative"),
        (("--line", "1", "--to", "B@5", "--reason", "x", "--difference", "write-off"), 2, "is not known"),
        (("--line", "1", "--to", "B@5", "--reason", "x", "--date", "tomorrow"), 2, "is in the future"),
    ],
)
def test_what_is_refused_changes_nothing(shop: InProcess, given: tuple[str, ...], code: int, told: str) -> None:
    order(shop)
    before = shop("changes", "list").out
    assert told in shop(*SWAP, "O1", *given, code=code).err
    assert shop("changes", "list").out == before


def test_a_quote_and_a_scheduled_item_are_not_swapped(shop: InProcess) -> None:
    made = order(shop)
    shop("orders", "schedule", made, "--date", "tomorrow")
    assert "line 1 (FRG-100) of O1 is scheduled" in swap(shop, made, "B@5", code=6).err
    shop("quotes", "create", "C1", "--line", "A@5")
    assert "Q2 is a quote, not yet an order" in swap(shop, "Q2", "B@5", code=6).err


def test_the_same_key_swaps_once_and_a_dry_run_nothing(shop: InProcess) -> None:
    order(shop)
    assert swap(shop, "O1", "B@1200", "-n").err.startswith("dry run: ")
    first = swap(shop, "O1", "B@1200", "--idempotency-key", "K1")
    again = swap(shop, "O1", "B@1200", "--idempotency-key", "K1")
    assert (again.rows[0]["number"], again.rows[0]["change"], again.err) == (
        "O2", first.rows[0]["change"], f"already done ({first.rows[0]['change']})\n",
    )  # fmt: skip
    assert swap(shop, "O2", "C@1200", "-q").out == "O3\n"


# ----------------------------------------------------------------------------------------------------------- allowances


def allow(shop: InProcess, ref: str, amount: str, *options: str, code: int = 0, number: str = "1") -> Result:
    given = ("--line", number, "--amount", amount, "--reason", "scratch")
    return shop("orders", "allowance", ref, *given, *options, code=code)


def test_an_allowance_lowers_what_is_owed(shop: InProcess) -> None:
    made = due(shop, "C1", "300")
    result = allow(shop, made, "50")
    assert (result.rows[0]["balance"], result.err) == ("250.00", "O1 owed 300.00 → 250.00\n")
    found = show(shop, made)
    assert (found["adjusted"], found["charged"], found["lines"][0]["delivery_status"]) == ("50.00", "250.00", "open")
    assert found["adjustments"] == [
        {"kind": "allowance", "amount": "50.00", "reason": "scratch", "date": "2025-06-15"},
    ]  # fmt: skip
    assert shop("customers", "show", "C1", "--json").json["lifetime_value"] == "250.00"
    assert "250.01 is more than the 250.00 left of it" in allow(shop, made, "250.01", code=6).err
    allow(shop, made, "250")
    assert figures(shop, made, "balance", "paid_status") == ("0.00", "paid")


def test_an_allowance_on_a_paid_order_gives_money_back(shop: InProcess) -> None:
    made = order(shop)
    assert allow(shop, made, "50", code=2).err.startswith("hub: 50.00 goes back on O1: say how\n")
    result = allow(shop, made, "50", "--to", "credit")
    assert result.err == "O1 owed 0.00 → 0.00\nF1  50.00 back by customer-credit, of P1\n"
    assert (wallet(shop), *figures(shop, made, "charged", "paid")) == ("50.00", "1324.00", "1324.00")
    allow(shop, made, "20", "--to", "cash")
    assert figures(shop, made, "charged", "paid", "balance") == ("1304.00", "1304.00", "0.00")
    row = shop("orders", "return", made, "--all", "--reason", "x", "--date", "today", "--to", "cash").rows[0]
    assert row["refund"] == "1304.00"  # what was taken off is not given back again


def test_an_allowance_is_of_a_line_of_an_order(shop: InProcess) -> None:
    made = order(shop)
    assert "O1 has no line 2" in allow(shop, made, "5", number="2", code=4).err
    shop("quotes", "create", "C1", "--line", "A@5")
    assert "Q2 is a quote" in allow(shop, "Q2", "1", code=6).err
    shop("orders", "create", "C1", "--line", "A@5", "--draft")
    assert "O3 is a draft" in allow(shop, "O3", "1", code=6).err
    before = ("--date", "2025-06-14")
    assert "O1 was ordered on 2025-06-15" in allow(shop, made, "1", *before, code=2).err
    assert "--amount is missing" in shop("orders", "allowance", made, "--line", "1", "--reason", "x", code=2).err
    assert "is not above 0.00" in allow(shop, made, "0", code=2).err


def test_undo_ends_an_allowance(shop: InProcess) -> None:
    made = due(shop, "C1", "300")
    shop("undo", allow(shop, made, "50").rows[0]["change"])
    assert figures(shop, made, "adjusted", "balance") == ("0.00", "300.00")
    assert allow(shop, made, "300").rows[0]["balance"] == "0.00"  # nothing of the line is used up
