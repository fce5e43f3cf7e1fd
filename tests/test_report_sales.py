"""What was quoted, sold and taken back: exact figures of the scenarios, and sums that are those of the rows."""

import sqlite3

import pytest

import till
from conftest import InProcess
from till import due, person


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def cents(text: str) -> int:
    return int(text.replace(".", "") or "0")


# ------------------------------------------------------------------------------------------------------------- quotes


def test_appliance_35_the_estimated_margin_and_an_unknown_cost(shop: InProcess) -> None:
    till.fridge(shop)
    rows = {row["status"]: row for row in shop("report", "quotes").rows}
    parts = ("quotes", "revenue", "total", "deposits", "margin", "margin_complete")
    assert [rows["active"][part] for part in parts] == ["1", "1200.00", "1374.00", "0.00", "33.33", "yes"]
    assert [rows["expired"][part] for part in parts] == ["0", "0.00", "0.00", "0.00", "", "yes"]
    till.quote(shop, "C1", "MYSTERY@500")
    row = shop("report", "quotes").rows[0]
    assert [row[part] for part in parts] == ["2", "1700.00", "1874.00", "0.00", "33.33", "no"]
    alone = shop("report", "quotes", "--detail").rows[1]
    assert (alone["number"], alone["margin"], alone["margin_complete"]) == ("Q2", "", "no")


def test_appliance_report_of_quotes_by_tab(shop: InProcess) -> None:
    """Active and expired with their revenue, deposits and estimated margin; the last valid day is active."""
    last, over = till.fridge(shop, "C1", "--expires", "2025-06-15"), till.fridge(shop, "C1", "--expires", "2025-06-20")
    shop("quotes", "extend", over, "2025-06-14", code=None)
    till.pay(shop, last, "687")
    gone = till.fridge(shop)
    shop("quotes", "decline", gone, "--reason", "x", code=None)
    till.order(shop)
    rows = {row["number"]: row for row in shop("report", "quotes", "--detail", today="2025-06-16").rows}
    assert {number: (row["status"], row["deposits"]) for number, row in rows.items()} == {
        last: ("expired", "687.00"), over: ("expired" if rows[over]["expires_on"] < "2025-06-16" else "active", "0.00"),
    }  # fmt: skip
    assert [row["status"] for row in shop("report", "quotes", "--status", "active").rows] == ["active"]
    screen = shop("report", "quotes", tty=True).out.splitlines()[-1].split()
    assert screen[0] == "total"
    assert screen[-1].endswith("%")
    assert shop("report", "quotes", "--date", "2025-05").rows[0]["quotes"] == "0"


# -------------------------------------------------------------------------------------------------------------- sales


def test_sales_of_a_month_with_what_came_back(shop: InProcess) -> None:
    till.order(shop)
    shop(
        "orders",
        "return",
        "O1",
        "--all",
        "--reason",
        "x",
        "--date",
        "2025-06-15",
        "--to",
        "cash",
        "--restocking",
        "10%",
    )
    made = due(shop, "C1", "500", "2025-06-03")
    shop("orders", "allowance", made, "--line", "1", "--amount", "25", "--reason", "scratch")
    due(shop, "C1", "70", "2025-05-20")
    canceled = due(shop, "C1", "999", "2025-06-04")
    shop("orders", "cancel", canceled, "--reason", "x", "-y")
    rows = {row["group"]: row for row in shop("report", "sales").rows}
    parts = ("orders", "units", "goods", "charges", "tax", "total", "returned", "adjusted", "net")
    assert [rows["2025-06"][part] for part in parts] == [
        "2", "2", "1700.00", "75.00", "99.00", "1874.00", "1254.00", "25.00", "595.00",
    ]  # fmt: skip
    assert [rows["2025-05"][part] for part in parts] == [
        "1", "1", "70.00", "0.00", "0.00", "70.00", "0.00", "0.00", "70.00",
    ]  # fmt: skip
    by_model = {row["group"]: row for row in shop("report", "sales", "--by", "model", "--date", "2025-06").rows}
    assert (by_model["FRG-100"]["total"], by_model["FRG-100"]["returned"]) == ("1200.00", "1200.00")
    assert by_model["SOFA"]["units"] == "1"
    by_class = shop("report", "sales", "--by", "class", "--date", "2025-06").rows
    assert [(row["group"], row["total"]) for row in by_class] == [("retail", "1874.00")]
    assert shop("report", "sales", "--class", "project").rows == []


def test_a_return_that_was_taken_back_later_leaves_its_month_as_it_was(shop: InProcess) -> None:
    till.order(shop)
    back = ("orders", "return", "O1", "--amount", "1=100", "--reason", "x", "--to", "cash", "-q")
    shop(*back, "--date", "2025-06-15")
    with sqlite3.connect(shop.path) as conn:
        conn.execute("UPDATE returns SET ended_on = '2025-07-02'")
    rows = {row["group"]: row for row in shop("report", "sales", today="2025-07-10").rows}
    assert (rows["2025-06"]["returned"], rows["2025-07"]["returned"]) == ("108.25", "-108.25")


@pytest.mark.parametrize("by", ["day", "customer", "salesperson", "class", "location", "source"])
def test_every_grouping_of_sales_comes_to_the_same(demo: InProcess, by: str) -> None:
    by_month, grouped = (demo("report", "sales", "--date", "2025", "--by", b).rows for b in ("month", by))
    for part in ("total", "goods", "tax", "net", "cost", "orders"):
        assert sum(cents(row[part]) for row in by_month) == sum(cents(row[part]) for row in grouped)
    orders = demo("orders", "list", "--date", "2025", "--status", "saved", "--status", "awaiting-payment",
                  "--status", "in-production", "--status", "shipped").rows  # fmt: skip
    assert sum(cents(row["total"]) for row in orders) == sum(cents(row["total"]) for row in by_month)
    assert len(orders) == sum(int(row["orders"]) for row in by_month)


# ----------------------------------------------------------------------------------------- goods on their way, and back


def test_how_far_what_was_ordered_is(shop: InProcess) -> None:
    for _ in range(3):
        till.order(shop)
    shop("orders", "schedule", "O2", "--date", "2025-06-20")
    shop("orders", "deliver", "O3", "--date", "2025-06-15")
    rows = {row["stage"]: (row["orders"], row["units"], row["amount"]) for row in shop("report", "orders").rows}
    assert rows == {
        "not-requested": ("1", "1", "1200.00"), "on-order": ("0", "0", "0.00"),
        "pending-delivery": ("1", "1", "1200.00"), "delivered": ("1", "1", "1200.00"), "returned": ("0", "0", "0.00"),
    }  # fmt: skip
    shop("orders", "milestone", "O1", "blanks-ordered", code=None)
    assert len(shop("report", "orders", "--fulfillment", "pickup").rows) == 5
    assert {row["lines"] for row in shop("report", "orders", "--fulfillment", "pickup").rows} == {"0"}
    assert sum(int(row["lines"]) for row in shop("report", "orders", "--fulfillment", "delivery").rows) == 3


def test_appliance_46_the_report_of_returns(shop: InProcess) -> None:
    till.order(shop)
    options = ("--all", "--reason", "did not fit", "--date", "2025-06-15", "--to", "cash", "--restocking", "10%")
    shop("orders", "return", "O1", *options)
    row = shop("report", "returns", "--date", "2025-06").rows[0]
    parts = ("date", "document", "customer", "items", "reason", "restocking", "refund", "methods", "from", "to")
    assert [row[part] for part in parts] == [
        "2025-06-15", "O1", "C1", "1 x FRG-100", "did not fit", "120.00", "1254.00", "cash", "2025-06-01", "2025-06-30",
    ]  # fmt: skip
    assert shop("report", "returns", "--date", "2025-05").rows == []
    assert shop("report", "returns", "--json").json[0]["items"] == ["1 x FRG-100"]
    screen = shop("report", "returns", tty=True, width=120).out.splitlines()[-1]
    assert "1254.00" in screen


def test_sales_of_a_customer_by_year(hub: InProcess) -> None:
    till.person(hub)
    for day, amount in (("2023-12-31", "100"), ("2024-01-01", "20"), ("2024-12-31", "3")):
        till.due(hub, "C1", amount, day)
    rows = hub("report", "sales", "--customer", "C1", "--date", "2023..2024", "--by", "year").rows
    assert [(row["group"], row["orders"], row["total"]) for row in rows] == [
        ("2023", "1", "100.00"), ("2024", "2", "23.00"),
    ]  # fmt: skip
    months = hub("report", "sales", "--customer", "C1", "--date", "2023..2024", "--by", "month").rows
    assert [row["group"] for row in months] == ["2023-12", "2024-01", "2024-12"]
