"""Aging as of any day: buckets, orders and draws, columns that add up to what is owed, and what planted damage does."""

import sqlite3

import pytest

import till
from conftest import InProcess
from till import due, person

AGES = (
    "not_due", "current", "days_1_30", "days_31_60", "days_61_90", "over_90", "unapplied", "disputed", "owed",
)  # fmt: skip


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
    assert shop("report", "aging", "--class", "project", code=7).out == ""
    assert ages(shop, "--as-of", "2025-05-04")[0]["owed"] == "100.00"
    conn.execute("UPDATE documents SET paid_cents = paid_cents - 1")
    conn.commit()
    conn.close()
    assert "come to 100.01, what is owed is 100.00" in shop("report", "aging", "--as-of", "2025-05-04", code=7).err


def test_appliance_67_aging_by_balance_with_exact_figures(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "7500")
    due(shop, "C1", "159", "2025-05-01")
    quote = till.quote(shop, "C1", "SOFA@3000", today="2025-05-01")
    shop("payments", "add", quote, "--credit-line", "--full", today="2025-05-01")
    rows = shop("report", "aging", "--as-of", "2025-06-15", "--by", "document", "--json").json
    assert {row["number"]: (row["kind"], row["due"], row["days_1_30"], row["days_31_60"]) for row in rows} == {
        "O1": ("order", "2025-05-01", "0.00", "159.00"),
        "O2": ("credit-line", "2025-05-31", "3000.00", "0.00"),
    }
    sums = [shop("report", "aging", "--balance", kind, "--json").json for kind in ("all", "order", "credit-line")]
    assert [row[0]["owed"] for row in sums] == ["3159.00", "159.00", "3000.00"]


def test_filters_leave_part_of_the_rows(shop: InProcess) -> None:
    person(shop, "Bob Ray")
    shop("staff", "add", "pat", "--name", "Pat Doe", "--role", "sales-team")
    for customer, amount, day in (("C1", "100", "2025-03-01"), ("C2", "70", "2025-06-10")):
        due(shop, customer, amount, day)
    shop("orders", "edit", "O1", "--class", "project", "--location", "downtown", "--salesperson", "pat")
    shop("orders", "schedule", "O2", "--date", "2025-06-20")

    def found(*options: str) -> list[str]:
        return [row["number"] for row in shop("report", "aging", *options).rows]

    assert found() == ["C1", "C2"]
    assert found("--class", "project") == found("--location", "downtown") == found("--salesperson", "pat") == ["C1"]
    assert found("--past-due", "5") == ["C1", "C2"]
    assert found("--past-due", "6") == ["C1"]
    assert found("--search", "ray") == found("--customer", "C2") == found("C2") == ["C2"]
    assert found("--delivery", "scheduled") == ["C2"]
    assert found("--class", "web") == []
    assert "not a number of days" in shop("report", "aging", "--past-due", "x", code=2).err
    assert "name one" in shop("report", "aging", "C1", "--customer", "C2", code=2).err


def test_what_is_disputed_stands_apart_as_of_the_day(shop: InProcess) -> None:
    first, second = due(shop, "C1", "100", "2025-03-01"), due(shop, "C1", "70", "2025-06-01")
    shop("orders", "invoice", first, second, today="2025-06-01")
    shop("invoices", "dispute", first, "--note", "scratched", today="2025-06-05")
    assert ages(shop) == [{"number": "C1", "days_1_30": "70.00", "disputed": "100.00", "owed": "170.00"}]
    assert ages(shop, "--as-of", "2025-06-04") == [
        {"number": "C1", "days_1_30": "70.00", "over_90": "100.00", "owed": "170.00"}
    ]
    shop("invoices", "dispute", first, "--resolve", today="2025-06-10")
    assert ages(shop) == [{"number": "C1", "days_1_30": "70.00", "over_90": "100.00", "owed": "170.00"}]
    assert ages(shop, "--as-of", "2025-06-09")[0]["disputed"] == "100.00"


def test_deposits_and_customer_credit_stand_beside_and_are_never_netted(shop: InProcess) -> None:
    due(shop, "C1", "100", "2025-06-01")
    quote = till.quote(shop, "C1", "SOFA@500", today="2025-06-02")
    till.pay(shop, quote, "200", "--date", "2025-06-03", today="2025-06-03")
    shop("credit", "grant", "C1", "30", "--reason", "goodwill", today="2025-06-04")
    row = shop("report", "aging").rows[0]
    assert (row["owed"], row["deposits"], row["credit"], row["unapplied"]) == ("100.00", "200.00", "30.00", "0.00")
    before = shop("report", "aging", "--as-of", "2025-06-02").rows[0]
    assert (before["owed"], before["deposits"], before["credit"]) == ("100.00", "0.00", "0.00")
    shop("payments", "add", quote, "--method", "cash", "--full", today="2025-06-10")
    row, before = shop("report", "aging").rows[0], shop("report", "aging", "--as-of", "2025-06-09").rows[0]
    assert (row["deposits"], before["deposits"]) == ("0.00", "200.00")


def test_a_service_sold_afterwards_is_not_charged_before_it_was(shop: InProcess) -> None:
    shop("settings", "set", "tax.services.plan", "on")
    given = ("--line", "FRG-100@1200/800", "--fulfillment", "pickup", "--tax-rate", "10%", "-q")
    quote = shop("quotes", "create", "C1", *given, today="2025-05-01").out.strip()
    shop("payments", "add", quote, "--method", "cash", "--full", today="2025-05-01")
    shop("orders", "add-line", "O1", "--line", "1", "--plan", "CARE@100/60", today="2025-06-01")
    assert ages(shop) == [{"number": "C1", "days_31_60": "110.00", "owed": "110.00"}]
    assert ages(shop, "--as-of", "2025-05-31") == []
    till.pay(shop, "O1", "110", "--date", "2025-06-05")
    assert [row["owed"] for row in ages(shop, "--as-of", "2025-06-04")] == ["110.00"]
    assert ages(shop, "--as-of", "2025-05-31") == []


def test_an_earlier_business_day_asks_for_that_day(shop: InProcess) -> None:
    made = due(shop, "C1", "100", "2025-05-01")
    till.pay(shop, made, "100", "--date", "2025-06-10")
    assert [row["owed"] for row in shop("report", "aging", today="2025-06-01").rows] == ["100.00"]


def test_a_canceled_order_was_owed_until_that_day(shop: InProcess) -> None:
    made = due(shop, "C1", "100", "2025-05-01")
    shop("orders", "cancel", made, "--reason", "changed her mind", "-y", today="2025-06-10")
    assert ages(shop) == []
    assert [row["owed"] for row in ages(shop, "--as-of", "2025-06-09")] == ["100.00"]


def test_totals_stand_under_the_table_of_a_terminal_only(shop: InProcess) -> None:
    person(shop, "Bob Ray")
    due(shop, "C1", "100", "2025-05-01")
    due(shop, "C2", "70.50", "2025-06-01")
    fields = ("--fields", "number,current,days_1_30,days_31_60,owed")
    screen = shop("report", "aging", *fields, tty=True).out.splitlines()
    assert screen[-1].split() == ["total", "0.00", "70.50", "100.00", "170.50"]
    assert "as of 2025-06-15: owed 170.50, past due 170.50" in shop("report", "aging", tty=True).err
    assert len(shop("report", "aging", "--csv").out.splitlines()) == 3


def test_the_demo_shop_ages_as_of_every_quarter(demo: InProcess) -> None:
    for day in ("2023-01-01", "2024-01-01", "2024-07-01", "2025-01-01", "2025-06-15"):
        by_customer = demo("report", "aging", "--as-of", day, "--json").json
        by_document = demo("report", "aging", "--as-of", day, "--by", "document", "--json").json
        cents = [sum(int(row["owed"].replace(".", "")) for row in rows) for rows in (by_customer, by_document)]
        assert cents[0] == cents[1]
