"""Aging as of any day: buckets, orders and draws, columns that add up to what is owed, and what planted damage does."""

import sqlite3

import pytest

import till
from conftest import InProcess
from till import due, person

AGES = ("not_due", "current", "days_1_30", "days_31_60", "days_61_90", "over_90", "unapplied", "owed")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def ages(hub: InProcess, *options: str, code: int = 0) -> list[dict[str, str]]:
    """Give the rows of aging by their columns that are not 0.00."""
    rows = hub("report", "aging", *options, code=code).rows
    return [{name: row[name] for name in ("number", *AGES) if row[name] != "0.00"} for row in rows]


def test_an_order_and_a_draw_in_their_buckets(shop: InProcess) -> None:  # 67
    shop("credit", "line", "set", "C1", "--limit", "7500")
    due(shop, "C1", "159", "2025-05-01")
    quote = till.quote(shop, "C1", "SOFA@3000", today="2025-05-01")
    shop("payments", "add", quote, "--credit-line", "--full", today="2025-05-01")
    assert ages(shop) == [{"number": "C1", "days_1_30": "3000.00", "days_31_60": "159.00", "owed": "3159.00"}]
    assert ages(shop, "--balance", "credit-line") == [{"number": "C1", "days_1_30": "3000.00", "owed": "3000.00"}]
    assert ages(shop, "--balance", "order") == [{"number": "C1", "days_31_60": "159.00", "owed": "159.00"}]
    by_document = shop("credit", "aging", "--by", "document").rows
    assert [(row["number"], row["kind"], row["due"], row["owed"]) for row in by_document] == [
        ("O1", "order", "2025-05-01", "159.00"), ("O2", "credit-line", "2025-05-31", "3000.00"),
    ]  # fmt: skip
    assert {row["as_of"] for row in by_document} == {"2025-06-15"}


@pytest.mark.parametrize(
    ("day", "bucket"),
    [
        ("2025-05-01", "current"), ("2025-05-02", "days_1_30"), ("2025-05-31", "days_1_30"),
        ("2025-06-01", "days_31_60"), ("2025-06-30", "days_31_60"), ("2025-07-01", "days_61_90"),
        ("2025-07-30", "days_61_90"), ("2025-07-31", "over_90"),
    ],
)  # fmt: skip
def test_the_edges_of_the_buckets(shop: InProcess, day: str, bucket: str) -> None:
    due(shop, "C1", "10", "2025-05-01")
    assert ages(shop, "--as-of", day) == [{"number": "C1", bucket: "10.00", "owed": "10.00"}]


def test_as_of_a_day_what_came_later_does_not_exist(shop: InProcess) -> None:
    made = due(shop, "C1", "100", "2025-05-01")
    till.pay(shop, made, "60", "--date", "2025-05-10")
    shop("payments", "add", made, "--method", "check", "--check-number", "7", "--amount", "40", "--date", "2025-05-20")
    shop("payments", "refund", "P1", "--amount", "10", "--reason", "x", "--date", "2025-05-25")
    shop("payments", "bounce", "P2", "--fee", "5", "--date", "2025-06-01")
    till.pay(shop, made, "55", "--date", "2025-06-05")
    ret = ("orders", "return", made, "--amount", "1=30", "--reason", "x", "--to", "cash")
    shop(*ret, "--date", "2025-06-10")
    days = {
        "2025-04-30": None, "2025-05-01": "100.00", "2025-05-10": "40.00", "2025-05-20": None, "2025-05-25": "10.00",
        "2025-06-01": "55.00", "2025-06-05": None, "2025-06-15": None,
    }  # fmt: skip
    for day, owed in days.items():
        rows = ages(shop, "--as-of", day)
        assert [row["owed"] for row in rows] == ([owed] if owed else []), day


def test_what_is_not_invoiced_on_account_is_not_due(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "7500", "--terms", "Net 15")
    quote = till.quote(shop, "C1", "SOFA@100", today="2025-05-01")
    shop("quotes", "approve", quote, "--on-account", today="2025-05-01")
    assert ages(shop) == [{"number": "C1", "not_due": "100.00", "owed": "100.00"}]
    shop("orders", "invoice", "O1", today="2025-05-20")
    assert ages(shop) == [{"number": "C1", "days_1_30": "100.00", "owed": "100.00"}]  # due 2025-06-04
    assert ages(shop, "--as-of", "2025-06-04") == [{"number": "C1", "current": "100.00", "owed": "100.00"}]
    assert ages(shop, "--as-of", "2025-05-19") == [{"number": "C1", "not_due": "100.00", "owed": "100.00"}]


def test_money_beyond_what_an_order_charges_is_unapplied(shop: InProcess) -> None:
    first, _ = due(shop, "C1", "100"), due(shop, "C1", "70")
    till.pay(shop, first, "100")
    conn = sqlite3.connect(shop.path)
    conn.execute(
        "INSERT INTO adjustments (customer_id, document_id, kind, amount_cents, reason, adjusted_on, recorded_at)"
        " VALUES (1, 1, 'allowance', 3000, 'scratch', '2025-06-15', '2025-06-15T12:00:00.000Z')"
    )
    conn.commit()
    conn.close()
    assert ages(shop) == [{"number": "C1", "current": "70.00", "unapplied": "-30.00", "owed": "40.00"}]
    assert ages(shop, "--as-of", "2025-06-14") == []


def test_pending_money_lowers_what_is_owed(shop: InProcess) -> None:
    made = due(shop, "C1", "100", "2025-05-01")
    shop("payments", "add", made, "--method", "telephone", "--amount", "100", "--pending", "--date", "2025-05-05")
    assert ages(shop) == []
    shop("payments", "reject", "P1", "--confirm-count", "1")
    assert [row["owed"] for row in ages(shop)] == ["100.00"]
    assert ages(shop, "--as-of", "2025-06-14") == []


def test_what_does_not_add_up_is_told(shop: InProcess) -> None:
    made = due(shop, "C1", "100", "2025-05-01")
    till.pay(shop, made, "10", "--date", "2025-05-05")
    conn = sqlite3.connect(shop.path)
    conn.execute("UPDATE customer_figures SET owed_cents = owed_cents + 1")
    conn.commit()
    refused = shop("report", "aging", code=7)
    assert "the rows of aging come to 90.00, what is owed is 90.01" in refused.err
    assert refused.out == ""
    assert ages(shop, "--as-of", "2025-06-14")[0]["owed"] == "90.00"
    conn.execute("UPDATE documents SET paid_cents = paid_cents - 1")
    conn.commit()
    conn.close()
    assert "come to 90.01, what is owed is 90.00" in shop("report", "aging", "--as-of", "2025-06-14", code=7).err


def test_the_demo_shop_ages_as_of_every_quarter(demo: InProcess) -> None:
    for day in ("2023-01-01", "2024-01-01", "2024-07-01", "2025-01-01", "2025-06-15"):
        by_customer = demo("report", "aging", "--as-of", day, "--json").json
        by_document = demo("report", "aging", "--as-of", day, "--by", "document", "--json").json
        cents = [sum(int(row["owed"].replace(".", "")) for row in rows) for rows in (by_customer, by_document)]
        assert cents[0] == cents[1]


# ---------------------------------------------------------------------------------------------------- other reports


def test_credit_issued_in_a_range(shop: InProcess) -> None:  # 58
    person(shop, "Bob Ray")
    shop("credit", "grant", "C1", "1374.00", "--reason", "goodwill", today="2025-05-10")
    shop("credit", "grant", "C2", "50.00", "--reason", "goodwill", today="2025-06-02")
    rows = shop("report", "credit", "--date", "2025-06-01..2025-06-30").rows
    assert [(row["number"], row["name"], row["date_issued"], row["amount"], row["balance"]) for row in rows] == [
        ("C2", "Bob Ray", "2025-06-02", "50.00", "50.00")
    ]
    screen = shop("report", "credit", "--date", "2025-06", tty=True)
    assert "issued 50.00; these customers have 50.00 now" in screen.err


def test_payments_by_method(shop: InProcess) -> None:  # 70
    shop("payments", "add", till.fridge(shop), "--method", "aio-pay", "--transaction-id", "T", "--full")
    shop("credit", "grant", "C1", "10", "--reason", "goodwill")
    made = due(shop, "C1", "100")
    shop("payments", "add", made, "--all-credit")
    till.pay(shop, made, "60")
    shop("payments", "add", made, "--method", "write-off", "--full", "--reason", "x")
    shop("payments", "refund", "P3", "--amount", "20", "--reason", "x")
    rows = {row["method"]: row for row in shop("report", "payments").rows}
    assert list(rows) == ["aio-pay", "cash", "customer-credit", "write-off"]
    parts = ("payments", "total", "fees", "net", "refunded")
    assert [rows["aio-pay"][part] for part in parts] == ["1", "1374.00", "40.15", "1333.85", "0.00"]
    assert [rows["cash"][part] for part in parts] == ["1", "60.00", "", "", "20.00"]
    screen = shop("report", "payments", tty=True, width=120)
    told = "money received 1434.00; fees 40.15, net 1393.85; paid out 20.00; customer-credit 10.00; write-off 30.00"
    assert told in " ".join(screen.err.split())
    detail = shop("report", "payments", "--detail", "--csv").out.splitlines()
    assert len(detail) == 5
    assert "Payment Made to an Order" in detail[1]


def test_the_report_of_returns(shop: InProcess) -> None:
    till.order(shop)
    options = ("--all", "--reason", "did not fit", "--date", "2025-06-15", "--to", "cash", "--restocking", "10%")
    shop("orders", "return", "O1", *options)
    row = shop("report", "returns", "--date", "2025-06").rows[0]
    assert (row["document"], row["reason"], row["restocking"], row["refund"]) == (
        "O1",
        "did not fit",
        "120.00",
        "1254.00",
    )
    assert shop("report", "returns", "--date", "2025-05").rows == []
    assert "restocking fees kept 120.00" in shop("report", "returns", tty=True).err
