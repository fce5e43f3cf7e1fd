"""Quotes after they were made: lines, days, approval, the end of them; lists of them and their screen."""

import sqlite3
from typing import Any

import pytest

from conftest import InProcess
from test_render_terminal import same_as_golden

FRIDGE = ("--line", "FRG-100@1200/800", "--fulfillment", "delivery", "--delivery", "75", "--tax-rate", "8.25%")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "3125550188")
    hub("quotes", "create", "C1", *FRIDGE)
    return hub


def shown(shop: InProcess, ref: str = "Q1") -> dict[str, object]:
    found: dict[str, object] = shop("quotes", "show", ref, "--json").json
    return found


def deposit(shop: InProcess, amount: str = "687", ref: str = "Q1") -> None:
    shop("payments", "add", ref, "--method", "cash", "--amount", amount)


# --------------------------------------------------------------------------------------------------------------- lines


def test_totals_follow_the_lines_and_numbers_are_never_reused(shop: InProcess) -> None:
    row = shop("quotes", "add-line", "Q1", "DW-500", "--price", "649", "--cost", "410", "--fulfillment", "pickup").rows[
        0
    ]
    assert (row["total"], row["tax"]) == ("2076.54", "152.54")
    row = shop("quotes", "edit-line", "Q1", "2", "--qty", "2", "--price", "600").rows[0]
    assert (row["total"], row["tax"]) == ("2673.00", "198.00")
    assert shop("quotes", "remove-line", "Q1", "2").rows[0]["total"] == "1374.00"
    shop("quotes", "add-line", "Q1", "DW-500@649")
    lines = shown(shop)["lines"]
    assert [line["line"] for line in lines] == [1, 3]  # type: ignore[attr-defined]
    assert shop("quotes", "remove-line", "Q1", "2", code=4).err.startswith("hub: Q1 has no line 2: there are 1, 3\n")


def test_everything_of_a_line_can_be_changed_and_taken_away(shop: InProcess) -> None:
    given = (
        "--description",
        "Fridge",
        "--condition",
        "demo",
        "--size",
        "L",
        "--colour",
        "navy",
        "--decoration",
        "front",
    )
    shop(
        "quotes",
        "edit-line",
        "Q1",
        "1",
        *given,
        "--fulfillment",
        "pickup",
        "--fulfillment",
        "delivery",
        "--cost",
        "700",
    )
    line = shown(shop)["lines"][0]  # type: ignore[index]
    assert (line["description"], line["condition"], line["size"], line["colour"], line["decoration"]) == (
        "Fridge", "demo", "L", "navy", "front",
    )  # fmt: skip
    assert (line["fulfillment"], line["unit_cost"], line["margin"]) == (["delivery", "pickup"], "700.00", 41.67)
    shop("quotes", "edit-line", "Q1", "1", "--clear", "cost", "--clear", "size")
    line = shown(shop)["lines"][0]  # type: ignore[index]
    assert (line["unit_cost"], line["size"], line["margin"]) == (None, None, None)


def test_services_come_and_go_and_a_plan_follows_the_units(shop: InProcess) -> None:
    shop("quotes", "edit-line", "Q1", "1", "--plan", "P5Y@159/60", "--plan-months", "60", "--install", "Hookup@89/45")
    assert shown(shop)["total"] == "1622.00"
    shop("quotes", "edit-line", "Q1", "1", "--qty", "2")
    now = shown(shop)
    assert (now["services"], now["total"]) == ("407.00", "3080.00")  # 2 plans, one install
    assert now["lines"][0]["plan"]["quantity"] == 2  # type: ignore[index]
    shop("quotes", "edit-line", "Q1", "1", "--install", "Hookup@100/45", "--clear", "plan")
    assert shown(shop)["services"] == "100.00"


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (("add-line", "Q1", "X"), 2, "X needs a price"),
        (("add-line", "Q1", "X", "--qty", "0", "--price", "5"), 2, "--qty: '0' is not a quantity"),
        (("add-line", "Q1", "X@5", "--plan", "P5Y"), 2, "--plan: 'P5Y' has no price"),
        (("add-line", "Q1", "X@5", "--haul-away", "25"), 2, "--haul-away: '25' has no price"),
        (("add-line", "Q1", "X@5", "--install", "@5"), 2, "--install"),
        (("add-line", "Q1", "X@5", "--plan-months", "12"), 2, "--plan-months goes with --plan"),
        (("add-line", "Q1", "X@5", "--line-discount", "6"), 2, "a line's discount is not above its price"),
        (("edit-line", "Q1", "1"), 2, "nothing to change"),
        (("edit-line", "Q1", "0", "--qty", "2"), 2, "LINE: '0' is no line number"),
        (("edit", "Q1"), 2, "nothing to edit"),
        (("edit", "Q1", "--rebate", "2000"), 2, "the total of Q1 would be -626.00"),
        (("show", "Q2"), 4, "there is no quote or order Q2"),
        (("show", "C1"), 4, "there is no quote or order C1"),
    ],
)
def test_what_is_refused_changes_nothing(shop: InProcess, given: tuple[str, ...], code: int, told: str) -> None:
    before = shown(shop)
    assert told in shop("quotes", *given, code=code).err
    assert shown(shop) == before


# ---------------------------------------------------------------------------------------------------------------- edit


def test_edit_changes_fields_and_totals_follow(shop: InProcess) -> None:
    shop("quotes", "edit", "Q1", "--job", "Lot 12", "--po", "4711", "--needed-on", "2025-07-01", "--class", "project")
    row = shop("quotes", "edit", "Q1", "--delivery", "0", "--rebate", "100", "--discount", "10%").rows[0]
    assert (row["total"], row["tax"]) == ("1069.10", "89.10")
    now = shown(shop)
    assert (now["job_name"], now["purchase_order"], now["needed_on"], now["class"]) == (
        "Lot 12", "4711", "2025-07-01", "project",
    )  # fmt: skip
    assert shop("quotes", "edit", "Q1", "--discount", "0").rows[0]["total"] == "1199.00"
    assert shop("quotes", "edit", "Q1", "--tax", "5").rows[0]["total"] == "1105.00"
    assert shop("quotes", "edit", "Q1", "--tax-rate", "8.25%").rows[0]["total"] == "1199.00"
    shop("quotes", "edit", "Q1", "--clear", "needed_on")
    assert shown(shop)["needed_on"] is None


def test_drafts_are_saved_and_wait_for_approval(shop: InProcess) -> None:
    shop("quotes", "create", "C1", "--line", "A@5", "--draft")
    assert shown(shop, "Q2")["status"] == "draft"
    assert shop("quotes", "edit", "Q2", "--status", "awaiting-approval", code=6).err.startswith("hub: Q2 is draft")
    shop("quotes", "edit", "Q2", "--status", "saved")
    assert shop("quotes", "edit", "Q2", "--status", "awaiting-approval").rows[0]["status"] == "awaiting-approval"


# ---------------------------------------------------------------------------------------------------------------- days


def test_appliance_25_an_expired_quote_needs_a_new_date_first(shop: InProcess) -> None:
    late: dict[str, Any] = {"today": "2025-06-30"}
    assert (
        shop("quotes", "list", "--status", "active", today="2025-06-29").rows[0]["number"] == "Q1"
    )  # the last day counts
    assert shop("quotes", "list", **late).rows[0]["status"] == "expired"
    assert shop("quotes", "show", "Q1", "--json", **late).json["status"] == "expired"
    refused = "hub: Q1 expired on 2025-06-29: it needs a new date first\n  try: hub quotes extend Q1\n"
    assert shop("quotes", "approve", "Q1", code=6, **late).err == refused
    assert shop("quotes", "add-line", "Q1", "A@5", code=6, **late).err == refused
    pay = ("payments", "add", "Q1", "--method", "cash", "--full")
    assert shop(*pay, code=6, **late).err.startswith("hub: Q1 expired on 2025-06-29")
    assert shop("quotes", "extend", "Q1", "--to", "tomorrow", **late).rows[0]["expires_on"] == "2025-07-01"
    shop(*pay, **late)
    order = shop("orders", "show", "O1", "--json", **late).json
    assert (order["status"], order["ordered_on"], order["paid_status"]) == ("in-production", "2025-06-30", "paid")


def test_extend_gives_as_many_days_as_a_new_quote(shop: InProcess) -> None:
    assert shop("quotes", "extend", "Q1", today="2025-08-01").rows[0]["expires_on"] == "2025-08-15"
    assert shop("quotes", "extend", "Q1", "--days", "3").rows[0]["expires_on"] == "2025-06-18"
    assert "is over already" in shop("quotes", "extend", "Q1", "--to", "yesterday", code=2).err


# ----------------------------------------------------------------------------------------------- becoming an order, end


def test_appliance_28_a_deposit_then_the_rest_makes_it_an_order(shop: InProcess) -> None:
    deposit(shop)
    now = shown(shop)
    assert (now["number"], now["paid"], now["balance"], now["ordered_on"]) == ("Q1", "687.00", "687.00", None)
    shop("payments", "add", "Q1", "--method", "check", "--check-number", "1042", "--amount", "687", today="2025-06-20")
    order = shop("orders", "show", "Q1", "--json").json  # both refs keep finding it
    assert (order["number"], order["date"], order["quoted_on"]) == ("O1", "2025-06-20", "2025-06-15")
    assert (order["status"], order["paid_status"], order["balance"]) == ("in-production", "paid", "0.00")
    assert [payment["amount"] for payment in order["payments"]] == ["687.00", "687.00"]
    assert shop("quotes", "edit", "Q1", "--job", "x", code=6).err.startswith("hub: O1 is an order since 2025-06-20\n")
    assert [(row["number"], row["status"]) for row in shop("quotes", "list", "--status", "converted").rows] == [
        ("Q1", "converted")
    ]
    assert shop("quotes", "list").rows == []


def test_approval_makes_an_order_that_is_not_paid(shop: InProcess) -> None:
    deposit(shop, "100")
    row = shop("quotes", "approve", "Q1").rows[0]
    assert (row["number"], row["status"], row["balance"]) == ("O1", "saved", "1274.00")
    order = shown(shop, "O1")
    assert (order["approved_on"], order["paid_status"], order["partial"]) == ("2025-06-15", "due", True)
    assert shop("quotes", "approve", "Q1", code=6).err.startswith("hub: O1 is an order since")
    shop("payments", "add", "O1", "--method", "cash", "--full")
    assert shown(shop, "O1")["status"] == "in-production"


def test_a_quote_on_account_is_held_against_the_credit_line(shop: InProcess) -> None:
    refused = shop("quotes", "approve", "Q1", "--on-account", code=6).err
    assert refused.startswith("hub: C1")
    assert "no credit line" in refused
    shop("credit", "line", "set", "C1", "--limit", "1374")
    shop("quotes", "approve", "Q1", "--on-account")
    order = shown(shop, "O1")
    assert (order["on_account"], order["terms"], order["status"]) == (True, "Net 30", "saved")
    shop("quotes", "create", "C1", "--line", "A@0.01")
    warned = shop("quotes", "approve", "Q2", "--on-account").err
    assert warned.startswith("warning: 0.01 is 0.01 more than the credit line of C1 Ann Lee holds")
    shop("settings", "set", "credit.staff_over_limit", "refuse")
    shop("quotes", "create", "C1", "--line", "A@5")
    assert "more than the credit line" in shop("quotes", "approve", "Q3", "--on-account", code=6).err
    assert shown(shop, "Q3")["ordered_on"] is None


def test_on_hold_no_quote_is_approved(shop: InProcess) -> None:
    shop("customers", "hold", "C1")
    assert "is on hold" in shop("quotes", "approve", "Q1", code=6).err
    assert shop("quotes", "approve", "Q1", "--override-hold").rows[0]["number"] == "O1"


def test_removing_a_line_may_let_the_deposit_cover_the_quote(shop: InProcess) -> None:
    shop("quotes", "add-line", "Q1", "A@100", "--fulfillment", "pickup")  # 108.25 with tax
    deposit(shop, "1374")
    assert shown(shop)["ordered_on"] is None
    assert shop("quotes", "edit-line", "Q1", "1", "--price", "100", code=6).err.startswith(
        "hub: Q1 would cost 291.50, less than the 1374.00 paid on it\n"
    )
    assert shop("quotes", "remove-line", "Q1", "2").rows[0]["number"] == "O1"
    assert shown(shop)["status"] == "in-production"


@pytest.mark.parametrize(("verb", "status"), [("decline", "declined"), ("delete", "deleted")])
def test_appliance_37_a_quote_with_a_deposit_is_refunded_first(shop: InProcess, verb: str, status: str) -> None:
    deposit(shop)
    refused = shop("quotes", verb, "Q1", code=6).err
    assert refused.startswith("hub: Q1 holds 687.00 of the customer's money\n")
    shop("payments", "refund", "P1", "--full", "--to", "cash", "--reason", "changed their mind")
    assert shop("quotes", verb, "Q1").rows[0]["status"] == status
    assert shop("quotes", "edit", "Q1", "--job", "x", code=6).err.startswith(f"hub: Q1 is {status}")
    assert [row["number"] for row in shop("quotes", "list").rows] == (["Q1"] if status == "declined" else [])
    assert shop("quotes", "list", "--status", status).rows[0]["number"] == "Q1"


def test_deleting_several_and_taking_it_back(shop: InProcess) -> None:
    shop("quotes", "create", "C1", "--line", "A@5")
    change = shop("quotes", "delete", "Q1", "Q2", "Q1").rows[0]["change"]
    assert shop("quotes", "list").rows == []
    shop("undo", change)
    assert [row["status"] for row in shop("quotes", "list").rows] == ["saved", "saved"]


def test_deconetwork_34_a_copy_leaves_out_what_is_no_longer_sold_and_stands_alone(shop: InProcess) -> None:
    shop("models", "add", "OLD", "--price", "5", "--discontinued")
    for model in ("A@5", "B@6", "OLD@7"):
        shop("quotes", "add-line", "Q1", model, "--plan", "P@1/1")
    copied = shop("quotes", "copy", "Q1", today="2025-06-20")
    assert copied.err == "3 copied / 1 not: OLD\n"
    assert (copied.rows[0]["number"], copied.rows[0]["date"], copied.rows[0]["expires_on"]) == (
        "Q2", "2025-06-20", "2025-07-04",
    )  # fmt: skip
    lines = shown(shop, "Q2")["lines"]
    assert [(line["line"], line["model"]) for line in lines] == [(1, "FRG-100"), (2, "A"), (3, "B")]  # type: ignore[attr-defined]
    before = shown(shop)
    shop("quotes", "edit-line", "Q2", "1", "--price", "1")
    assert shown(shop) == before
    assert shown(shop, "Q2")["charges"] == before["charges"]


def test_assign_and_move(shop: InProcess) -> None:
    shop("staff", "add", "pat", "--name", "Pat Orr")
    shop("quotes", "assign", "Q1", "--to", "pat")
    assert shown(shop)["salesperson"] == "pat"
    shop("quotes", "assign", "Q1", "--to", "none")
    assert shown(shop)["salesperson"] is None
    shop("customers", "create", "--first-name", "Bo", "--last-name", "Fox", "--mobile", "3125550142")
    deposit(shop)
    shop("quotes", "move", "Q1", "--to", "C2")
    now = shown(shop)
    assert (now["customer"], now["paid"]) == ("C2", "687.00")
    with sqlite3.connect(shop.path) as conn:
        assert conn.execute("SELECT customer_id FROM payments").fetchall() == [(2,)]
    assert shop("db", "check", code=None).code == 0


def test_a_quote_paid_from_the_customers_own_credit_does_not_move(shop: InProcess) -> None:
    shop("customers", "create", "--first-name", "Bo", "--last-name", "Fox", "--mobile", "3125550142")
    shop("credit", "grant", "C1", "--amount", "5", "--note", "sorry", "--reason", "test")
    shop("payments", "add", "Q1", "--all-credit")
    assert shop("quotes", "move", "Q1", "--to", "C2", code=6).err.startswith(
        "hub: Q1 was paid out of the customer's own"
    )


# ------------------------------------------------------------------------------------------------------ lists, screens


def test_the_filters_of_the_list(shop: InProcess) -> None:
    shop("staff", "add", "sam", "--name", "Sam Fox")
    shop("quotes", "create", "C1", "--line", "A@5", "--job", "Lot 12", "--class", "project", "--expires", "2025-06-17")
    shop("quotes", "create", "C1", "--line", "B@6", "--date", "2025-05-10", "--expires", "2025-06-20", "--draft")

    def found(*options: str, **how: Any) -> list[str]:
        return [row["number"] for row in shop("quotes", "list", *options, **how).rows]

    assert found() == ["Q3", "Q2", "Q1"]
    assert found("--mine") == ["Q3", "Q2"]
    assert found("--expiring", "3d") == ["Q2"]
    assert found("--expiring", "1w") == ["Q3", "Q2"]
    assert found("--job", "lot") == ["Q2"]
    assert found("--class", "project", "--class", "retail") == ["Q3", "Q2", "Q1"]
    assert found("--date", "2025-05") == ["Q3"]
    assert found("--status", "draft") == ["Q3"]
    assert found("--model", "FRG-100") == ["Q1"]
    assert found("--status", "expired", today="2025-06-19") == ["Q2"]
    assert found("--status", "active", today="2025-06-19") == ["Q3", "Q1"]
    shop("quotes", "edit-line", "Q2", "1", "--fulfillment", "pickup")
    deposit(shop, "1", "Q2")
    assert found("--status", "active", today="2025-06-19") == ["Q3", "Q2", "Q1"]  # it holds a deposit
    assert found("--customer", "C1", "--sort", "total") == ["Q2", "Q3", "Q1"]


@pytest.mark.parametrize("width", [80, 120])
def test_the_screen_of_a_quote(shop: InProcess, width: int) -> None:
    shop("notes", "add", "C1", "Gate code 4412", "--type", "delivery", "--persistence", "persistent", "--important")
    shop("notes", "add", "C1", "Prefers mornings", "--type", "delivery", "--persistence", "persistent")
    service = ("--plan", "P5Y@159/60", "--plan-months", "60", "--install", "Gas hookup@89/45", "--haul-away", "2@25")
    shop("quotes", "add-line", "Q1", "WF45R6100AW/US:2@899/610", "--description", "Washer, white", *service)
    shop(
        "quotes", "edit", "Q1", "--job", "Lee kitchen", "--rebate", "50", "--coupon", "20", "--needed-on", "2025-07-01"
    )
    shop("payments", "add", "Q1", "--method", "cash", "--amount", "100", code=None)
    out = shop("quotes", "show", "Q1", tty=True, width=width).out
    same_as_golden(f"quote_{width}.txt", out)


@pytest.mark.parametrize("width", [80, 120])
def test_the_list_on_a_terminal(demo: InProcess, width: int) -> None:
    result = demo("quotes", "list", "--limit", "12", tty=True, width=width)
    same_as_golden(f"quotes_list_{width}.txt", f"{result.out}--- stderr\n{result.err}")
