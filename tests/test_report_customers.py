"""Customer credit issued, lifetime value and the groups of customers."""

import sqlite3

import pytest

import till
from conftest import InProcess
from hubcli.operations.reports import segments
from till import due, person


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def test_appliance_58_credits_issued_in_a_range(shop: InProcess) -> None:
    person(shop, "Bob Ray")
    shop("credit", "grant", "C1", "1374.00", "--reason", "goodwill", today="2025-05-10")
    shop("credit", "grant", "C2", "50.00", "--reason", "goodwill", today="2025-06-02")
    rows = shop("report", "credit", "--date", "2025-06-01..2025-06-30").rows
    assert [(row["number"], row["name"], row["date_issued"], row["amount"], row["balance"]) for row in rows] == [
        ("C2", "Bob Ray", "2025-06-02", "50.00", "50.00")
    ]
    assert (rows[0]["from"], rows[0]["to"]) == ("2025-06-01", "2025-06-30")
    csv = shop("credit", "report", "--date", "2025-06", "--csv").out.splitlines()
    assert csv[0].split(",")[:4] == ["number", "name", "date_issued", "amount"]
    assert csv[1].startswith("C2,Bob Ray,2025-06-02,50.00")
    screen = shop("report", "credit", "--date", "2025-06", tty=True)
    assert "issued 50.00; these customers have 50.00 now" in screen.err
    assert screen.out.splitlines()[-1].split() == ["total", "50.00", "50.00"]


def test_who_had_credit_twice_has_it_once_in_the_total(shop: InProcess) -> None:
    for amount in ("10", "20"):
        shop("credit", "grant", "C1", amount, "--reason", "goodwill")
    screen = shop("report", "credit", tty=True)
    assert screen.out.splitlines()[-1].split() == ["total", "30.00", "30.00"]


def test_lifetime_value_with_what_it_is_made_of(shop: InProcess) -> None:
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
    made = due(shop, "C1", "100")
    shop("payments", "add", made, "--method", "write-off", "--amount", "30", "--reason", "x")
    till.pay(shop, till.fridge(shop), "687")
    row = shop("report", "lifetime").rows[0]
    parts = ("orders", "total", "returned", "adjusted", "written_off", "lifetime_value", "as_of")
    assert [row[part] for part in parts] == ["2", "1474.00", "1254.00", "0.00", "30.00", "190.00", "2025-06-15"]
    assert shop("report", "lifetime", "--min", "190.01").rows == []
    with sqlite3.connect(shop.path) as conn:
        conn.execute("UPDATE customer_figures SET lifetime_value_cents = 1")
    assert shop("report", "lifetime", code=7).out == ""


def test_appliance_43_a_deposit_is_no_lifetime_value(shop: InProcess) -> None:
    till.pay(shop, till.fridge(shop), "687")
    assert shop("report", "lifetime").rows == []
    assert shop("customers", "show", "C1", "--json").json["lifetime_value"] == "0.00"


def test_lifetime_of_the_demo_shop_is_what_customers_say(demo: InProcess) -> None:
    report = {row["number"]: row["lifetime_value"] for row in demo("report", "lifetime").rows}
    listed = demo("customers", "list", "--status", "all").rows
    assert report == {row["number"]: row["lifetime_value"] for row in listed if row["orders"] != "0"}
    values = [row["lifetime_value"] for row in demo("report", "lifetime", "--limit", "5").rows]
    assert values == sorted(values, key=float, reverse=True)


# ----------------------------------------------------------------------------------------------------------- segments


def test_scores_are_fifths_and_equals_share_one() -> None:
    assert segments.fifths([10, 20, 30, 40, 50]) == {10: 1, 20: 2, 30: 3, 40: 4, 50: 5}
    assert segments.fifths([1, 1, 1, 1, 9]) == {1: 1, 9: 5}
    assert segments.fifths([7]) == {7: 1}
    assert segments.fifths([]) == {}


def test_every_pair_of_scores_has_one_group() -> None:
    assert {group for row in segments.GRID.values() for group in row} | {"prospects"} == set(segments.SEGMENTS)
    assert all(len(row) == 5 for row in segments.GRID.values())


def test_customers_in_groups_as_of_a_day(hub: InProcess) -> None:
    names = ("Ann Lee", "Bob Ray", "Cy Fox", "Di Gray", "Ed Hill", "Fay Ives")
    for name in names:
        person(hub, name)
    with sqlite3.connect(hub.path) as conn:
        conn.execute("UPDATE customers SET created_at = '2024-01-01T12:00:00.000Z'")
    for number, day in enumerate(("2024-01-10", "2024-06-10", "2025-01-10", "2025-04-10", "2025-06-10"), 1):
        for _ in range(number):
            due(hub, f"C{number}", f"{number}00", day)
    rows = {row["number"]: row for row in hub("report", "segments", "--detail").rows}
    scores = {number: tuple(row[part] for part in ("r", "f", "m", "fm", "segment")) for number, row in rows.items()}
    assert scores == {
        "C1": ("1", "1", "1", "1", "dormant"), "C2": ("2", "2", "2", "2", "dormant"),
        "C3": ("3", "3", "3", "3", "needs-attention"), "C4": ("4", "4", "4", "4", "loyal"),
        "C5": ("5", "5", "5", "5", "champions"), "C6": ("", "", "", "", "prospects"),
    }  # fmt: skip
    assert rows["C5"]["days_since_order"] == "5"
    groups = {row["segment"]: row for row in hub("report", "segments").rows}
    assert list(groups) == list(segments.SEGMENTS)
    assert (groups["dormant"]["customers"], groups["dormant"]["spent"]) == ("2", "500.00")
    assert groups["dormant"]["share"] == "33.33"
    then = {
        row["number"]: row["segment"] for row in hub("report", "segments", "--detail", "--as-of", "2024-02-01").rows
    }
    assert then["C1"] == "dormant"  # the only buyer, and so in the lowest fifth
    assert then["C2"] == "prospects"
    assert [row["number"] for row in hub("report", "segments", "--segment", "champions").rows] == ["C5"]


def test_segments_of_the_demo_shop_hold_every_active_customer(demo: InProcess) -> None:
    rows = demo("report", "segments").rows
    assert sum(int(row["customers"]) for row in rows) == len(demo("customers", "list").rows)
