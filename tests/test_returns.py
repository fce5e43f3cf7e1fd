"""Returns: what they are worth to the cent, where the money goes, what is refused, undo."""

import pytest

import till
from conftest import InProcess, Result
from till import figures, line, order, person, wallet

WHY = ("--reason", "did not fit", "--date", "2025-06-15")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def back(hub: InProcess, *options: str, ref: str = "O1", to: str = "credit", code: int = 0) -> Result:
    return hub("orders", "return", ref, *options, *WHY, "--to", to, code=code)


def value(hub: InProcess) -> str:
    return str(hub("customers", "show", "C1", "--json").json["lifetime_value"])


def test_appliance_44_everything_comes_back_into_credit(shop: InProcess) -> None:
    order(shop)
    shop("orders", "deliver", "O1", "--date", "2025-06-15")
    row = back(shop, "--all").rows[0]
    parts = ("number", "goods", "delivery", "tax", "refund", "to_credit")
    assert tuple(row[name] for name in parts) == ("R1", "1200.00", "75.00", "99.00", "1374.00", "1374.00")
    assert wallet(shop) == "1374.00"
    entry = shop("credit", "history", "C1").rows[0]
    assert (entry["type"], entry["amount"], entry["document"]) == ("return", "1374.00", "O1")
    assert figures(shop, "O1", "paid_status", "delivery_status", "balance") == ("returned", "returned", "0.00")
    assert value(shop) == "0.00"


def test_one_entry_of_credit_for_a_return_of_several_payments(shop: InProcess) -> None:
    quote = till.fridge(shop)
    till.pay(shop, quote, "687.00")
    till.pay(shop, quote, "687.00", "--again")
    back(shop, "--all")
    assert [row["amount"] for row in shop("credit", "history", "C1").rows] == ["1374.00"]


def test_appliance_46_a_restocking_fee_is_kept(shop: InProcess) -> None:
    shop("settings", "set", "returns.restocking_percent", "10%")
    order(shop)
    row = back(shop, "--all").rows[0]
    assert (row["restocking"], row["refund"]) == ("120.00", "1254.00")
    assert value(shop) == "120.00"
    order(shop)
    row = back(shop, "--all", "--restocking", "0", ref="O2").rows[0]
    assert (row["restocking"], row["refund"]) == ("0.00", "1374.00")
    order(shop)
    refused = back(shop, "--all", "--restocking", "1200.01", ref="O3", code=6).err
    assert "more than the goods are worth, 1200.00" in refused
    assert back(shop, "--all", "--restocking", "33.33%", ref="O3").rows[0]["restocking"] == "399.96"


def test_appliance_47_money_for_a_unit_that_stays(shop: InProcess) -> None:
    order(shop)
    row = back(shop, "--amount", "1=150").rows[0]
    assert (row["units"], row["goods"], row["tax"], row["refund"]) == ("0", "150.00", "12.38", "162.38")
    assert figures(shop, "O1", "paid_status", "balance", "delivery_status") == ("paid", "0.00", "open")
    assert "1050.01 is more than the 1050.00 left" in back(shop, "--amount", "1=1050.01", code=6).err
    assert back(shop, "--all").rows[0]["refund"] == "1211.62"  # 1374.00 - 162.38


def test_appliance_49_the_delivery_charge_is_reduced_never_raised(shop: InProcess) -> None:
    order(shop)
    assert "75.01 is more than the 75.00 left" in back(shop, "--all", "--delivery", "75.01", code=6).err
    row = back(shop, "--line", "1", "--delivery", "50").rows[0]
    assert (row["delivery"], row["refund"]) == ("50.00", "1349.00")
    assert back(shop, "--delivery", "25").rows[0]["refund"] == "25.00"
    assert "0.01 is more than the 0.00 left" in back(shop, "--delivery", "0.01", code=6).err


def test_appliance_50_a_scheduled_unit_is_unscheduled_first(shop: InProcess) -> None:
    order(shop)
    shop("orders", "schedule", "O1", "--date", "2025-06-20")
    assert "line 1 (FRG-100) of O1 is scheduled" in back(shop, "--all", code=6).err
    assert "is scheduled" in back(shop, "--line", "1", code=6).err
    shop("orders", "unschedule", "O1")
    back(shop, "--all")


def test_appliance_52_tax_of_parts_adds_up(shop: InProcess) -> None:
    quote = till.quote(shop, "C1", "CUP:3@10.10")
    shop("quotes", "edit", quote, "--tax", "2.50")
    till.pay(shop, quote, "32.80")
    taxes = [back(shop, "--line", "1:1").rows[0]["tax"] for _ in range(3)]
    assert taxes == ["0.83", "0.84", "0.83"]
    assert figures(shop, "O1", "paid_status", "balance") == ("returned", "0.00")
    assert wallet(shop) == "32.80"


@pytest.mark.parametrize("steps", [["1:1", "1:2", "2:5"], ["2:1", "1:3", "2:4"], ["2:2", "2:2", "1:1", "2:1", "1:2"]])
def test_returning_everything_in_parts_gives_back_what_was_charged(shop: InProcess, steps: list[str]) -> None:
    made = shop(
        "quotes", "create", "C1", "--line", "A:3@33.33", "--line", "B:5@19.99", "--fulfillment", "pickup", "-q",
        "--tax-rate", "8.875%", "--coupon", "10.01", "--rebate", "7.77", "--delivery", "12.34",
    ).out.strip()  # fmt: skip
    shop("payments", "add", made, "--method", "cash", "--full")
    charged = figures(shop, "O1", "total")[0]
    for step in steps:
        back(shop, "--line", step)
    back(shop, "--delivery", "12.34")
    assert wallet(shop) == charged
    assert figures(shop, "O1", "balance", "paid_status") == ("0.00", "returned")
    assert value(shop) == "0.00"


def test_services_alone(shop: InProcess) -> None:
    quote = till.quote(shop, "C1", "WASHER@500")
    services = ("--install", "Hoses@40", "--haul-away", "1@25", "--plan", "PLAN3@90")
    shop("quotes", "edit-line", quote, "1", *services)
    till.pay(shop, quote, "655")
    row = back(shop, "--services", "plan,haul-away", to="cash").rows[0]
    assert (row["units"], row["services"], row["refund"], row["to_money"]) == ("0", "115.00", "115.00", "115.00")
    assert "no plan left" in back(shop, "--services", "plan", code=6).err
    assert back(shop, "--line", "1").rows[0]["refund"] == "500.00"
    assert figures(shop, "O1", "paid_status") == ("paid",)  # an install is left
    assert back(shop, "--all").rows[0]["refund"] == "40.00"
    assert figures(shop, "O1", "paid_status") == ("returned",)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--line", "1:3"], 6, "3 is not from 1 to the 2 left of 2 sold"),
        (["--line", "2"], 4, "has no line 2"),
        (["--line", "x"], 2, "names no line"),
        (["--line", "1:0"], 2, "is not a quantity"),
        (["--amount", "1"], 2, "is not of the form N=M"),
        (["--amount", "1=0"], 2, "is not above 0.00"),
        (["--line", "1:1", "--amount", "1=50.01"], 6, "50.01 is more than the 50.00 left"),
        ([], 2, "nothing is selected"),
        (["--services", "plan"], 6, "no plan left"),
        (["--all", "--line", "1"], 2, "does not go with --all"),
        (["--all", "--restocking", "-1"], 2, "is negative"),
        (["--all", "--to", "barter"], 2, "is not known"),
        (["--all", "--to", "cash"], 2, "names several ways"),
    ],
)
def test_what_a_return_refuses(shop: InProcess, options: list[str], code: int, said: str) -> None:
    till.pay(shop, till.quote(shop, "C1", "CUP:2@50"), "100")
    assert said in back(shop, *options, code=code).err
    assert shop("report", "returns").rows == []


def test_a_return_says_why_and_when(shop: InProcess) -> None:
    order(shop)
    given = ("orders", "return", "O1", "--all", "--to", "cash")
    assert "--reason is missing" in shop(*given, "--date", "today", code=2).err
    assert "--date is missing" in shop(*given, "--reason", "x", code=2).err
    assert "is in the future" in shop(*given, "--reason", "x", "--date", "2025-06-16", code=2).err
    assert "was ordered on 2025-06-15" in shop(*given, "--reason", "x", "--date", "2025-06-14", code=2).err
    missing = shop("orders", "return", "O1", "--all", "--reason", "x", "--date", "today", code=2).err
    assert "1374.00 goes back on O1: say how" in missing


# ----------------------------------------------------------------------------------------------------- where it goes


def test_appliance_64_what_is_due_goes_back_to_the_line_first(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "7500")
    quote = till.quote(shop, "C1", "SOFA@5000")
    shop("payments", "add", quote, "--credit-line", "--full")
    shop("credit", "line", "repay", "C1", "--amount", "2000", "--method", "cash")
    refused = back(shop, "--all", to="credit-line", code=6).err
    assert "3000.00 goes back to the credit line; the other 2000.00 was repaid" in refused
    row = back(shop, "--all", to="cash").rows[0]
    assert (row["to_line"], row["to_money"], row["refund"]) == ("3000.00", "2000.00", "5000.00")
    assert line(shop) == ("0.00", "7500.00", "0.00")
    assert figures(shop, "O1", "balance", "paid_status") == ("0.00", "returned")
    shop("customers", "archive", "C1")


def test_a_partial_return_of_an_unpaid_draw_pays_nothing_out(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "7500")
    quote = till.quote(shop, "C1", "CHAIR:4@100")
    shop("payments", "add", quote, "--credit-line", "--full")
    row = back(shop, "--line", "1:3", to="credit-line").rows[0]
    assert (row["to_line"], row["to_money"], row["to_credit"]) == ("300.00", "0.00", "0.00")
    assert line(shop)[0] == "100.00"


def test_aio_pay_only_as_far_as_it_paid(shop: InProcess) -> None:
    quote = till.quote(shop, "C1", "SOFA@100")
    shop("payments", "add", quote, "--method", "aio-pay", "--transaction-id", "T", "--amount", "60")
    till.pay(shop, quote, "40")
    assert "was not paid so much with aio-pay" in back(shop, "--all", to="aio-pay", code=6).err
    assert back(shop, "--amount", "1=60", to="aio-pay").rows[0]["to_money"] == "60.00"


def test_original_splits_over_the_payments(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "60", "--reason", "goodwill")
    quote = till.quote(shop, "C1", "SOFA@100")
    shop("payments", "add", quote, "--all-credit")
    till.pay(shop, quote, "40")
    row = back(shop, "--all", to="original").rows[0]
    assert (row["to_credit"], row["to_money"]) == ("60.00", "40.00")
    assert wallet(shop) == "60.00"


def test_what_was_written_off_is_not_paid_out(shop: InProcess) -> None:
    made = till.due(shop, "C1", "100")
    till.pay(shop, made, "70")
    shop("payments", "add", made, "--method", "write-off", "--full", "--reason", "flood")
    assert value(shop) == "70.00"
    row = back(shop, "--all", to="cash").rows[0]
    assert (row["to_money"], row["to_written_off"], row["refund"]) == ("70.00", "30.00", "100.00")
    assert value(shop) == "0.00"


def test_an_order_with_money_due_lowers_that_first(shop: InProcess) -> None:
    made = till.due(shop, "C1", "100")
    assert "O1 has 100.00 due" in back(shop, "--all", to="cash", code=6).err
    till.pay(shop, made, "70")
    said = shop("orders", "return", made, "--amount", "1=50", *WHY, "--to", "balance", "--to", "cash").err
    assert "50.00 given back: 30.00 off what is owed, 20.00 to cash" in said
    assert figures(shop, made, "balance", "paid", "paid_status") == ("0.00", "50.00", "paid")


# ----------------------------------------------------------------------------------------------------------------- undo


def test_undoing_a_return_ends_it(shop: InProcess) -> None:
    order(shop)
    before = figures(shop, "O1", "status", "paid_status", "delivery_status", "balance", "paid")
    back(shop, "--all")
    change = shop("changes", "list", "--limit", "1").rows[0]["change"]
    shop("undo", change, today="2025-06-20")
    assert figures(shop, "O1", "status", "paid_status", "delivery_status", "balance", "paid") == before
    assert wallet(shop) == "0.00"
    assert value(shop) == "1374.00"
    assert shop("report", "returns").rows == []
    back(shop, "--all", to="cash")
    shop("undo", shop("changes", "list", "--limit", "1").rows[0]["change"])
    assert shop("db", "check", "--full").code == 0


def test_a_return_whose_credit_was_spent_is_not_undone(shop: InProcess) -> None:
    order(shop)
    back(shop, "--all")
    change = shop("changes", "list", "--limit", "1").rows[0]["change"]
    shop("credit", "withdraw", "C1", "1", "--method", "cash")
    assert "customer credit would fall below" in shop("undo", change, code=6).err


def test_the_same_key_returns_once(shop: InProcess) -> None:
    order(shop)
    for _ in range(2):
        assert back(shop, "--all", "--idempotency-key", "k").rows[0]["number"] == "R1"
    assert wallet(shop) == "1374.00"
