"""Orders: keyed directly, copied, with services sold afterwards, on account, invoiced; lists and the screen."""

from typing import Any

import pytest

from conftest import InProcess
from test_render_terminal import same_as_golden

FRIDGE = ("--line", "FRG-100@1200/800", "--fulfillment", "delivery", "--delivery", "75", "--tax-rate", "8.25%")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "3125550188")
    return hub


@pytest.fixture
def paid(shop: InProcess) -> InProcess:
    """FRIDGE as an order, O1, paid in full."""
    shop("quotes", "create", "C1", *FRIDGE)
    shop("payments", "add", "Q1", "--method", "cash", "--full")
    return shop


def shown(shop: InProcess, ref: str = "O1", **how: Any) -> dict[str, object]:
    found: dict[str, object] = shop("orders", "show", ref, "--json", **how).json
    return found


def test_an_order_is_keyed_directly(shop: InProcess) -> None:
    row = shop("orders", "create", "C1", *FRIDGE, "--date", "2025-06-01").rows[0]
    assert (row["number"], row["date"], row["status"], row["total"], row["expires_on"]) == (
        "O1", "2025-06-01", "saved", "1374.00", "",
    )  # fmt: skip
    order = shown(shop)
    assert (order["quoted_on"], order["expires_on"], order["paid_status"], order["delivery_status"]) == (
        None, None, "due", "open",
    )  # fmt: skip
    assert shop("customers", "list", "--stage", "first-time").rows[0]["lifetime_value"] == "1374.00"


def test_a_draft_counts_in_nothing_and_only_drafts_are_deleted(shop: InProcess) -> None:
    shop("orders", "create", "C1", *FRIDGE, "--draft")
    assert (shown(shop)["status"], shown(shop)["paid_status"]) == ("draft", None)
    assert shop("customers", "list").rows[0]["lifetime_value"] == "0.00"
    for verb in (("schedule", "O1", "--date", "today"), ("invoice", "O1"), ("complete", "O1")):
        assert shop("orders", *verb, code=6).err.startswith("hub: O1 is a draft\n")
    shop("orders", "edit", "O1", "--status", "saved")
    assert shop("customers", "list").rows[0]["lifetime_value"] == "1374.00"
    refused = shop("orders", "delete", "O1", code=6).err
    assert refused == "hub: O1 is saved: only a draft order is deleted\n  try: hub orders cancel O1\n"
    shop("orders", "create", "C1", "--line", "A@5", "--draft")
    shop("orders", "delete", "O2")
    assert shop("orders", "show", "O2", code=4).err.startswith("hub: there is no quote or order O2")
    assert shop("orders", "create", "C1", "--line", "A@5").rows[0]["number"] == "O3"  # numbers are never used again


# ------------------------------------------------------------------------------------------------------------ services


def test_appliance_38_items_are_fixed_services_may_be_added(paid: InProcess) -> None:
    refused = paid("orders", "add-line", "O1", "DW-500", code=6).err
    assert refused.startswith(
        "hub: O1 is an order: its items are fixed, and only installs, plans and haul-away are added\n"
    )
    assert paid("quotes", "add-line", "O1", "DW-500@5", code=6).err.startswith("hub: O1 is an order since 2025-06-15\n")
    row = paid("orders", "add-line", "O1", "--plan", "P5Y@159/60", "--plan-months", "60").rows[0]
    assert (row["total"], row["balance"]) == ("1533.00", "159.00")
    order = shown(paid)
    assert (order["paid_status"], order["partial"], order["lines"][0]["margin"], order["margin"]) == (  # type: ignore[index]
        "due", True, 36.72, 36.72,
    )  # fmt: skip
    assert order["lines"][0]["plan"]["ends_on"] is None  # type: ignore[index]  # it begins with the delivery
    paid("orders", "deliver", "O1", "--date", "today")
    assert shown(paid)["lines"][0]["plan"]["ends_on"] == "2030-06-14"  # type: ignore[index]


def test_a_service_is_taxed_by_todays_setting_and_what_was_charged_stays(paid: InProcess) -> None:
    paid("settings", "set", "tax.services.delivery", "on")
    paid("settings", "set", "tax.services.install", "on")
    assert paid("orders", "add-line", "O1", "--install", "Hookup@100").rows[0]["tax"] == "107.25"  # 99.00 + 8.25


def test_which_line_a_service_goes_with(shop: InProcess) -> None:
    shop("orders", "create", "C1", "--line", "A@5", "--line", "B:3@6")
    assert "O1 has 2 lines: name one" in shop("orders", "add-line", "O1", "--plan", "P@1", code=2).err
    assert "name what is sold" in shop("orders", "add-line", "O1", "--line", "1", code=2).err
    shop("orders", "add-line", "O1", "--line", "2", "--plan", "P@1.50", "--haul-away", "2@10")
    order = shown(shop)
    assert (order["services"], order["total"]) == ("24.50", "47.50")


# ---------------------------------------------------------------------------------------------------- terms and invoice


def test_deconetwork_20_terms_are_copied_and_the_invoice_is_due_by_them(shop: InProcess) -> None:
    shop("credit", "terms", "add", "25%/30", "--deposit", "25%", "--days", "30")
    shop("credit", "line", "set", "C1", "--limit", "1000")
    day: dict[str, Any] = {"today": "2025-03-10"}
    shop("orders", "create", "C1", "--line", "A@480", "--on-account", "--terms", "25%/30", **day)
    assert shown(shop, **day)["deposit_due"] == "120.00"
    invoiced = shop("orders", "invoice", "O1", **day).rows[0]
    assert (invoiced["invoice"], invoiced["invoiced_on"], invoiced["due_on"]) == ("I1", "2025-03-10", "2025-04-09")
    shop("credit", "terms", "edit", "25%/30", "--days", "90")
    assert shown(shop)["due_on"] == "2025-04-09"
    assert (shown(shop)["overdue"], shown(shop, today="2025-04-09")["overdue"]) == (True, False)


def test_deconetwork_26_other_terms_move_the_day_an_unpaid_invoice_is_due(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "1000", "--terms", "10% deposit, 30 days")
    day: dict[str, Any] = {"today": "2025-03-10"}
    shop("orders", "create", "C1", "--line", "A@480", "--on-account", **day)
    assert shown(shop, **day)["deposit_due"] == "48.00"
    assert shop("orders", "invoice", "O1", **day).rows[0]["due_on"] == "2025-04-09"
    shop("orders", "edit", "O1", "--terms", "net 60", **day)
    order = shown(shop, **day)
    assert (order["terms"], order["due_on"], order["deposit_due"]) == ("Net 60", "2025-05-09", "0.00")
    shop("orders", "edit", "O1", "--terms", "none", **day)
    assert (shown(shop)["on_account"], shown(shop)["due_on"]) == (False, "2025-03-10")


def test_an_order_on_account_needs_a_line_and_warns_above_it(shop: InProcess) -> None:
    assert "no credit line" in shop("orders", "create", "C1", "--line", "A@5", "--on-account", code=6).err
    assert shop("orders", "list").rows == []
    shop("credit", "line", "set", "C1", "--limit", "1000")
    shop("orders", "create", "C1", "--line", "A@850", "--on-account")
    web = ("orders", "create", "C1", "--line", "A@200", "--on-account", "--source", "website")
    assert "more than the credit line" in shop(*web, code=6).err  # deconetwork 23
    shop("orders", "create", "C1", "--line", "A@150", "--on-account", "--source", "website")
    assert (
        "warning: 5000.00 is 5000.00 more than the credit line"
        in shop("orders", "create", "C1", "--line", "A@5000", "--on-account").err
    )
    warned = shop("orders", "add-line", "O1", "--plan", "P@10").err
    assert "warning: 10.00 is 5010.00 more" in warned
    line = shop("credit", "line", "show", "C1", "--json").json
    assert (line["used"], line["available"], line["over_limit"]) == ("6010.00", "0.00", "5010.00")


def test_terms_need_on_account_and_exist(shop: InProcess) -> None:
    assert (
        "--terms are those of an order"
        in shop("orders", "create", "C1", "--line", "A@5", "--terms", "Net 30", code=2).err
    )
    shop("credit", "line", "set", "C1", "--limit", "1000")
    refused = shop("orders", "create", "C1", "--line", "A@5", "--on-account", "--terms", "Net 45", code=4).err
    assert refused.startswith("hub: there is no terms Net 45; there are Net 15, Net 90, Net 60")


def test_invoice_numbers_have_no_gap_and_web_orders_are_invoiced_at_once(shop: InProcess) -> None:
    shop("orders", "create", "C1", "--line", "A@5")
    shop("orders", "create", "C1", "--line", "A@5", "--source", "website")
    shop("orders", "create", "C1", "--line", "A@5", "--draft")
    assert (shown(shop, "O2")["invoice"], shown(shop, "O2")["due_on"]) == ("I1", "2025-06-15")
    shop("orders", "invoice", "O3", code=6)
    assert shop("orders", "invoice", "O1").rows[0]["invoice"] == "I2"
    assert shop("orders", "invoice", "O1", code=6).err.startswith("hub: O1 is invoice I2 of 2025-06-15 already\n")
    assert shown(shop, "I2")["number"] == "O1"
    assert "is before O1 was ordered" in shop("orders", "complete", "O1", "--date", "2025-06-01", code=2).err
    assert [row["number"] for row in shop("orders", "list", "--uninvoiced").rows] == []


def test_a_website_quote_is_invoiced_when_it_becomes_an_order(shop: InProcess) -> None:
    shop("quotes", "create", "C1", "--line", "A@5", "--source", "website", "--fulfillment", "pickup")
    shop("payments", "add", "Q1", "--method", "cash", "--full")
    assert (shown(shop)["invoice"], shown(shop)["status"]) == ("I1", "in-production")


def test_charges_are_fixed_once_invoiced(shop: InProcess) -> None:
    shop("orders", "create", "C1", *FRIDGE)
    assert shop("orders", "edit", "O1", "--delivery", "50").rows[0]["total"] == "1349.00"
    shop("orders", "invoice", "O1")
    assert shop("orders", "edit", "O1", "--delivery", "75", code=6).err.startswith(
        "hub: O1 is invoiced: its charges are fixed\n"
    )
    shop("orders", "edit", "O1", "--job", "kitchen")
    assert shown(shop)["job_name"] == "kitchen"


def test_the_status_chosen_by_hand(shop: InProcess) -> None:
    shop("orders", "create", "C1", *FRIDGE)
    assert shop("orders", "edit", "O1", "--status", "in-production", code=6).err.startswith(
        "hub: O1 is saved: it does not become in-production\n"
    )
    shop("orders", "edit", "O1", "--status", "awaiting-payment")
    shop("payments", "add", "O1", "--method", "cash", "--amount", "100")
    assert shown(shop)["status"] == "awaiting-payment"
    shop("payments", "add", "O1", "--method", "cash", "--full")
    assert shown(shop)["status"] == "in-production"


# ------------------------------------------------------------------------------------------------------- copy and move


def test_deconetwork_35_an_order_is_copied_as_an_order_or_a_quote(paid: InProcess) -> None:
    copied = paid("orders", "copy", "O1", today="2025-06-20")
    assert copied.err == "1 copied / 0 not\n"
    assert (copied.rows[0]["number"], copied.rows[0]["date"], copied.rows[0]["balance"]) == (
        "O2",
        "2025-06-20",
        "1374.00",
    )
    row = paid("orders", "copy", "O1", "--as", "quote").rows[0]
    assert (row["number"], row["expires_on"], row["total"]) == ("Q3", "2025-06-29", "1374.00")
    assert paid("orders", "copy", "O1", "--to", "quote").rows[0]["number"] == "Q4"
    assert paid("changes", "show", row["change"], "--json").json["actor"] == "sam"


def test_an_order_moves_with_its_payments(paid: InProcess) -> None:
    paid("customers", "create", "--first-name", "Bo", "--last-name", "Fox", "--mobile", "3125550142")
    paid("orders", "move", "O1", "--to", "C2")
    values = {row["number"]: (row["orders"], row["lifetime_value"]) for row in paid("customers", "list").rows}
    assert values == {"C1": ("0", "0.00"), "C2": ("1", "1374.00")}
    assert shown(paid)["customer"] == "C2"


# ------------------------------------------------------------------------------------------------------ lists, screens


def test_appliance_40_the_filters_of_the_list(paid: InProcess) -> None:
    paid("orders", "edit", "O1", "--job", "Smith kitchen")
    paid(
        "orders", "create", "C1", "--line", "B@6", "--job", "Lot 12", "--class", "project", "--needed-on", "2025-06-14"
    )
    paid("orders", "create", "C1", "--line", "C@7", "--class", "trade", "--fulfillment", "pickup")
    paid("payments", "add", "O3", "--method", "cash", "--full")
    paid("orders", "deliver", "O3", "--date", "today")
    paid("orders", "return", "O3", "--all", "--reason", "changed mind", "--date", "2025-06-15", "--to", "cash")
    paid("orders", "schedule", "O2", "--date", "2025-06-18", "--driver", "Dee")

    def found(*options: str) -> list[str]:
        return [row["number"] for row in paid("orders", "list", *options).rows]

    assert found() == ["O3", "O2", "O1"]
    assert found("--class", "project", "--paid", "due", "--job", "lot") == ["O2"]
    assert [row["paid_status"] for row in paid("orders", "list").rows] == ["returned", "due", "paid"]
    assert found("--paid", "returned") == ["O3"]
    assert found("--paid", "paid", "--paid", "due") == ["O2", "O1"]
    assert found("--delivery", "scheduled") == ["O2"]
    assert found("--delivery", "returned") == ["O3"]
    assert found("--delivery-date", "2025-06-18", "--driver", "dee") == ["O2"]
    assert found("--delivery-date", "2025-06-17") == []
    assert found("--late") == ["O2"]
    assert found("--date", "..yesterday") == []
    assert found("--customer", "C1", "--model", "FRG-100") == ["O1"]
    assert found("--status", "in-production") == ["O1"]


def test_the_lifetime_value_stands_on_top_of_one_customers_orders(paid: InProcess) -> None:
    told = paid("orders", "list", "--customer", "C1", tty=True).err
    assert told.startswith("C1 Ann Lee: lifetime value 1374.00, 1 order, first-time\n")
    assert "lifetime" not in paid("orders", "list", tty=True).err


@pytest.mark.parametrize("width", [80, 120])
def test_the_screens(demo: InProcess, width: int) -> None:
    same_as_golden(f"order_O2_{width}.txt", demo("orders", "show", "O2", tty=True, width=width).out)
    result = demo("orders", "list", "--customer", "C1", tty=True, width=width)
    same_as_golden(f"orders_list_{width}.txt", f"{result.out}--- stderr\n{result.err}")


def test_every_order_of_the_demo_shop_can_be_read(demo: InProcess) -> None:
    rows = demo("orders", "list", "--json").json
    assert len(rows) > 400
    assert {row["paid_status"] for row in rows} <= {"paid", "due", "returned", None}
    for row in rows[::60]:
        whole = demo("orders", "show", row["number"], "--json").json
        assert (whole["total"], whole["balance"], whole["margin"]) == (row["total"], row["balance"], row["margin"])


def test_the_lines_of_orders_one_row_each(paid: InProcess) -> None:
    given = ("--plan", "P5Y@159/60", "--install", "Gas hookup@89/45", "--haul-away", "2@25")
    paid("orders", "add-line", "O1", *given)
    paid("orders", "deliver", "O1", "--date", "today", "--driver", "Dee")
    paid("orders", "create", "C1", "--line", "A:2@5", "--line", "B@7/4")
    rows = paid("orders", "list", "--customer", "C1", "--lines").rows
    assert [(row["number"], row["line"], row["model"], row["margin"]) for row in rows] == [
        ("O2", "1", "A", ""), ("O2", "2", "B", "42.86"), ("O1", "1", "FRG-100", "39.59"),
    ]  # fmt: skip
    assert [rows[2][name] for name in ("install", "installs", "plan", "haul_away", "delivered_on", "driver")] == [
        "Gas hookup", "89.00", "P5Y", "2", "2025-06-15", "Dee",
    ]  # fmt: skip
    assert len(paid("orders", "list", "--lines", "--delivery", "delivered").rows) == 1


def test_an_archived_customers_documents_stay_as_they_are(paid: InProcess) -> None:
    paid("orders", "deliver", "O1", "--date", "today")
    paid("quotes", "create", "C1", "--line", "A@5", "--expires", "2025-06-16")
    later: dict[str, Any] = {"today": "2025-06-20"}
    paid("customers", "archive", "C1", **later)
    for line in (("quotes", "extend", "Q2"), ("orders", "add-line", "O1", "--plan", "P@1")):
        assert paid(*line, code=6, **later).err.startswith("hub: C1 is not active")
