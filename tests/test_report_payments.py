"""Money taken: by method, one by one, and the till; what is no money stands apart, what was reversed on its own day."""

import pytest

import till
from conftest import InProcess
from till import due, person

PARTS = ("payments", "total", "fees", "net", "refunded", "reversed", "money")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def by_method(hub: InProcess, *options: str) -> dict[str, list[str]]:
    rows = hub("report", "payments", *options).rows
    return {row["method"]: [row[part] for part in PARTS] for row in rows}


def cents(text: str) -> int:
    return int(text.replace(".", "") or "0")


def test_appliance_70_the_fee_of_aio_pay_and_none_of_cash(shop: InProcess) -> None:
    shop("payments", "add", till.fridge(shop), "--method", "aio-pay", "--transaction-id", "T", "--full")
    shop("payments", "add", till.fridge(shop), "--method", "cash", "--full")
    assert by_method(shop) == {
        "aio-pay": ["1", "1374.00", "40.15", "1333.85", "0.00", "0.00", "yes"],
        "cash": ["1", "1374.00", "", "", "0.00", "0.00", "yes"],
    }
    detail = {row["method"]: row for row in shop("report", "payments", "--detail").rows}
    assert [detail["aio-pay"][part] for part in ("gross", "fee", "net")] == ["1374.00", "40.15", "1333.85"]
    assert [detail["cash"][part] for part in ("gross", "fee", "net")] == ["1374.00", "", ""]
    head = shop("report", "payments", "--detail", "--csv").out.splitlines()[0]
    assert head.startswith(
        "number,date,document,customer,customer_name,location,recorded_by,method,application,status,transaction_id,"
        "notes,gross,fee,net,salesperson,money,from,to"
    )


def test_appliance_28_a_deposit_and_the_payment_that_makes_the_order(shop: InProcess) -> None:
    quote = till.fridge(shop)
    till.pay(shop, quote, "687", "--date", "2025-06-10")
    given = ("--method", "check", "--check-number", "1042", "--full")
    shop("payments", "add", quote, *given)
    rows = shop("report", "payments", "--detail").rows
    assert [(row["application"], row["gross"]) for row in rows] == [
        ("Deposit Made to a Quote", "687.00"), ("Payment Made to an Order", "687.00"),
    ]  # fmt: skip


def test_money_received_is_set_apart(shop: InProcess) -> None:
    shop("credit", "grant", "C1", "10", "--reason", "goodwill")
    shop("credit", "line", "set", "C1", "--limit", "500")
    made = due(shop, "C1", "200")
    shop("payments", "add", made, "--all-credit")
    till.pay(shop, made, "60")
    shop("payments", "add", made, "--credit-line", "--amount", "100")
    shop("payments", "add", made, "--method", "write-off", "--full", "--reason", "x")
    shop("payments", "refund", "P2", "--amount", "20", "--reason", "x")
    assert by_method(shop) == {
        "cash": ["1", "60.00", "", "", "20.00", "0.00", "yes"],
        "credit-line": ["1", "100.00", "", "", "0.00", "0.00", "no"],
        "customer-credit": ["1", "10.00", "", "", "0.00", "0.00", "no"],
        "write-off": ["1", "30.00", "", "", "0.00", "0.00", "no"],
    }
    screen = shop("report", "payments", tty=True, width=120)
    lines = [line.split() for line in screen.out.splitlines()[-2:]]
    assert lines[0][:4] == ["money", "received", "1", "60.00"]
    assert lines[1][:5] == ["with", "the", "rest", "4", "200.00"]
    told = "money received 60.00; paid out 20.00; credit-line 100.00; customer-credit 10.00; write-off 30.00"
    assert told in " ".join(screen.err.split())


def test_a_check_that_bounced_is_reversed_on_the_day_of_that(shop: InProcess) -> None:
    made = due(shop, "C1", "300", "2025-05-01")
    given = ("--method", "check", "--check-number", "7", "--amount", "100")
    shop("payments", "add", made, *given, "--date", "2025-05-20", today="2025-05-20")
    shop("payments", "bounce", "P1", "--date", "2025-06-02")
    till.pay(shop, made, "50", today="2025-06-03")
    shop("payments", "void", "P2", "--reason", "mistyped", today="2025-06-03")
    assert by_method(shop, "--date", "2025-05") == {"check": ["1", "100.00", "", "", "0.00", "0.00", "yes"]}
    assert by_method(shop, "--date", "2025-06") == {"check": ["0", "0.00", "", "", "0.00", "100.00", "yes"]}
    detail = shop("report", "payments", "--detail", "--date", "2025-05..2025-06").rows
    assert [(row["date"], row["gross"], row["status"]) for row in detail] == [
        ("2025-05-20", "100.00", "void"), ("2025-06-02", "-100.00", "void"),
    ]  # fmt: skip


def test_surplus_and_repayments_are_money_received(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "500")
    made = due(shop, "C1", "200", "2025-06-01")
    shop("payments", "add", made, "--credit-line", "--full", today="2025-06-01")
    given = ("--method", "check", "--check-number", "881", "--amount", "250", "--surplus", "customer-credit")
    shop("payments", "add", "C1", *given, today="2025-06-10")
    rows = shop("report", "payments", "--detail", "--method", "check").rows
    assert sorted((row["application"], row["gross"]) for row in rows) == [
        ("Payment Made to a Credit Line", "200.00"), ("Surplus Put into Customer Credit", "50.00"),
    ]  # fmt: skip
    assert by_method(shop, "--method", "check")["check"][1] == "250.00"
    shop("credit", "withdraw", "C1", "30", "--method", "cash", "--reason", "asked", today="2025-06-12")
    assert by_method(shop, "--method", "cash")["cash"][4] == "30.00"


def test_the_till_by_place_method_and_clerk(shop: InProcess) -> None:
    shop("settings", "set", "shop.locations", "downtown, uptown", code=None)
    made = due(shop, "C1", "500", "2025-06-01")
    till.pay(shop, made, "100", "--location", "downtown", actor="pat")
    till.pay(shop, made, "50", "--location", "downtown", actor="sam")
    given = ("--method", "check", "--check-number", "7", "--amount", "70", "--location", "uptown")
    shop("payments", "add", made, *given)
    till.pay(shop, made, "20", "--date", "2025-06-14")
    shop("payments", "refund", "P1", "--amount", "30", "--reason", "x", actor="pat")
    rows = shop("report", "cash").rows
    parts = ("location", "method", "by", "payments", "received", "paid_out", "net")
    assert [tuple(row[part] for part in parts) for row in rows] == [
        ("downtown", "cash", "pat", "1", "100.00", "30.00", "70.00"),
        ("downtown", "cash", "sam", "1", "50.00", "0.00", "50.00"),
        ("uptown", "check", "sam", "1", "70.00", "0.00", "70.00"),
    ]
    assert {row["from"] for row in rows} == {"2025-06-15"}
    assert [row["received"] for row in shop("report", "cash", "--date", "2025-06-14").rows] == ["20.00"]
    assert [row["by"] for row in shop("report", "cash", "--location", "downtown", "--by", "sam").rows] == ["sam"]
    assert len(shop("report", "cash", "--method", "cash").rows) == 2


def test_the_sums_are_those_of_the_rows(demo: InProcess) -> None:
    detail = demo("report", "payments", "--date", "2025", "--detail").rows
    sums = demo("report", "payments", "--date", "2025").rows
    assert sum(cents(row["gross"]) for row in detail) == sum(
        cents(row["total"]) - cents(row["reversed"]) for row in sums
    )
    cash = demo("report", "cash", "--date", "2025").rows
    received = sum(cents(row["total"]) for row in sums if row["money"] == "yes")
    assert received == sum(cents(row["received"]) for row in cash)
    screen = demo("report", "payments", "--date", "2025", tty=True, width=120).out.splitlines()
    assert next(line for line in screen if line.startswith("money received")).split()[3].replace(".", "") == str(
        received
    )
    one = demo("report", "payments", "--date", "2025", "--detail", "--amount", detail[0]["gross"]).rows
    assert detail[0]["number"] in {row["number"] for row in one}
