"""Invoices: when they are due, what is owed on them, on any day; disputes."""

from pathlib import Path

import pytest

import billing
import till
from conftest import InProcess
from test_render_terminal import same_as_golden


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    billing.holder(hub, today="2026-01-01")
    return hub


def listed(hub: InProcess, *options: str, today: str = "2026-06-01") -> list[tuple[str, str, str]]:
    """Give number, status and balance of a list."""
    return [
        (row["number"], row["status"], row["balance"]) for row in hub("invoices", "list", *options, today=today).rows
    ]


def one(hub: InProcess, ref: str, *names: str, today: str = "2026-06-01") -> tuple[object, ...]:
    found = hub("invoices", "show", ref, "--json", today=today).json
    return tuple(found[name] for name in names)


# ------------------------------------------------------------------------------------------------------------- due days


def test_deconetwork_20_deposit_and_due_day_follow_the_terms(shop: InProcess) -> None:
    shop("credit", "terms", "add", "Quarter", "--deposit", "25%", "--days", "30")
    made = billing.invoice(shop, "C1", "480", "2026-03-10", "Quarter")
    assert one(shop, "I1", "invoiced_on", "due_on", "terms") == ("2026-03-10", "2026-04-09", "Quarter")
    assert till.figures(shop, made, "deposit_due") == ("120.00",)


def test_deconetwork_26_other_terms_move_the_due_day_of_an_unpaid_invoice(shop: InProcess) -> None:
    made = billing.invoice(shop, "C1", "480", "2026-03-10", "10% deposit, 30 days")
    assert one(shop, made, "due_on") == ("2026-04-09",)
    shop("orders", "edit", made, "--terms", "Net 60", today="2026-03-12")
    assert one(shop, made, "due_on", "terms") == ("2026-05-09", "Net 60")
    assert till.figures(shop, made, "deposit_due") == ("0.00",)
    change = shop("changes", "list", "--limit", "1").rows[0]["change"]
    shop("undo", change, "-y")
    assert one(shop, made, "due_on", "terms") == ("2026-04-09", "10% deposit, 30 days")


def test_without_terms_an_invoice_is_due_on_the_order_day(shop: InProcess) -> None:
    made = till.due(shop, "C1", "90", "2026-03-10")
    shop("orders", "invoice", made, today="2026-03-12")
    assert one(shop, made, "due_on", "days_overdue", today="2026-03-13") == ("2026-03-10", 3)


def test_days_from_the_statement_begin_with_the_first_one_that_lists_it(shop: InProcess) -> None:
    shop("credit", "terms", "add", "Statement 20", "--days", "20", "--from", "statement")
    made = billing.invoice(shop, "C1", "200", "2026-03-10", "Statement 20")
    assert one(shop, made, "due_on", "overdue", "days_overdue") == (None, False, 0)
    assert listed(shop, "--overdue") == []
    shop("statements", "generate", "--monthly", today="2026-04-02")
    assert one(shop, made, "due_on", "days_overdue", today="2026-04-22") == ("2026-04-22", 0)
    assert one(shop, made, "overdue", "days_overdue", today="2026-04-23") == (True, 1)
    found = billing.statement(shop, "S1")
    assert billing.lines(found, "number", "due_on", "days_overdue", "tier") == [("I1", "2026-04-22", 0, None)]
    shop("statements", "generate", "--monthly", today="2026-05-01")
    assert billing.lines(billing.statement(shop, "S2"), "due_on", "days_overdue") == [("2026-04-22", 8)]
    assert one(shop, made, "due_on") == ("2026-04-22",)
    assert [row["number"] for row in shop("invoices", "show", made, "--json").json["statements"]] == ["S1", "S2"]


def test_what_is_not_listed_again_does_not_start_again(shop: InProcess) -> None:
    shop("credit", "terms", "add", "Statement 90", "--days", "90", "--from", "statement")
    billing.invoice(shop, "C1", "200", "2026-03-10", "Statement 90")
    shop("statements", "generate", "--monthly", today="2026-04-02")
    shop("statements", "generate", "--monthly", today="2026-05-01")
    later = billing.statement(shop, "S2")
    assert (later["lines"], later["not_yet_due"], later["total_owed"]) == ([], "200.00", "200.00")
    shop("statements", "generate", "C1", "--month", "2026-03", "--reissue", today="2026-05-02")
    again = billing.statement(shop, "S3")
    assert billing.lines(again, "due_on", "balance") == [("2026-07-01", "200.00")]  # as the first one told it


def test_terms_chosen_after_a_statement_count_from_it(shop: InProcess) -> None:
    shop("credit", "terms", "add", "Statement 20", "--days", "20", "--from", "statement")
    made = billing.invoice(shop, "C1", "200", "2026-03-10", "Net 15")
    shop("statements", "generate", "--monthly", today="2026-04-02")
    shop("orders", "edit", made, "--terms", "Statement 20", today="2026-04-03")
    assert one(shop, made, "due_on") == ("2026-04-22",)


# ---------------------------------------------------------------------------------------------------------------- lists


def test_deconetwork_37_what_is_shipped_or_sold_on_the_web_is_invoiced(shop: InProcess) -> None:
    made = billing.order(shop, "C1", "100", "2026-03-10")
    assert listed(shop, "--outstanding") == []
    shop("orders", "complete", made, today="2026-03-15")
    web = ("--line", "SOFA@70", "--tax-rate", "0%", "--source", "website", "--on-account")
    shop("orders", "create", "C1", *web, today="2026-03-16")
    assert listed(shop, "--outstanding") == [("I2", "unpaid", "70.00"), ("I1", "unpaid", "100.00")]
    assert one(shop, made, "invoiced_on") == ("2026-03-15",)


def test_statuses_and_balances(shop: InProcess) -> None:
    first, second, third = (billing.invoice(shop, "C1", "100", "2026-03-10") for _ in range(3))
    till.pay(shop, first, "100", today="2026-03-20")
    till.pay(shop, second, "40", today="2026-03-20")
    shop("orders", "allowance", third, "--line", "1", "--amount", "10", "--reason", "scratch", today="2026-03-21")
    assert listed(shop) == [
        ("I3", "unpaid", "90.00"), ("I2", "partially-paid", "60.00"), ("I1", "paid-in-full", "0.00"),
    ]  # fmt: skip
    assert listed(shop, "--status", "partially-paid") == [("I2", "partially-paid", "60.00")]
    assert [row[0] for row in listed(shop, "--outstanding")] == ["I3", "I2"]
    assert one(shop, "I3", "total", "credited", "paid", "balance") == ("100.00", "10.00", "0.00", "90.00")
    assert [row[0] for row in listed(shop, "--overdue", today="2026-04-09")] == []
    late = shop("invoices", "list", "--overdue", "--fields", "number,days_overdue,overdue", today="2026-04-10").rows
    assert [tuple(row.values()) for row in late] == [("I3", "1", "yes"), ("I2", "1", "yes")]
    assert listed(shop, "--due", "2026-03") == []
    assert len(listed(shop, "--due", "2026-04", "--date", "2026-03", "--customer", "C1")) == 3


def test_as_of_a_day_what_came_later_does_not_exist(shop: InProcess) -> None:
    made = billing.invoice(shop, "C1", "100", "2026-03-10")
    billing.invoice(shop, "C1", "50", "2026-04-20")
    till.pay(shop, made, "60", today="2026-04-15")
    shop("payments", "void", "P1", "--reason", "typed twice", today="2026-04-18")
    till.pay(shop, made, "100", today="2026-05-01")
    told = {
        "2026-03-09": [], "2026-04-14": [("I1", "unpaid", "100.00")], "2026-04-15": [("I1", "partially-paid", "40.00")],
        "2026-04-18": [("I1", "unpaid", "100.00")],
        "2026-04-30": [("I2", "unpaid", "50.00"), ("I1", "unpaid", "100.00")],
        "2026-05-01": [("I2", "unpaid", "50.00")],
    }  # fmt: skip
    for day, rows in told.items():
        assert listed(shop, "--outstanding", "--as-of", day) == rows, day
    assert one(shop, made, "paid", "balance") == ("100.00", "0.00")
    then = shop("invoices", "show", made, "--as-of", "2026-04-15", "--json", today="2026-06-01").json
    assert (then["paid"], then["balance"], then["days_overdue"], then["as_of"]) == ("60.00", "40.00", 6, "2026-04-15")
    assert (
        "is before I1 was made"
        in shop("invoices", "show", made, "--as-of", "2026-03-01", today="2026-06-01", code=2).err
    )
    assert "is in the future" in shop("invoices", "list", "--as-of", "2027-01-01", today="2026-06-01", code=2).err


def test_the_list_adds_up_to_aging(shop: InProcess) -> None:
    for amount, day in (("100", "2026-01-10"), ("70.55", "2026-02-10"), ("20.45", "2026-03-30")):
        billing.invoice(shop, "C1", amount, day)
    till.pay(shop, "O2", "30.55", today="2026-03-05")
    for day in ("2026-01-31", "2026-02-28", "2026-03-31", "2026-06-01"):
        rows = shop("invoices", "list", "--as-of", day, "--json", today="2026-06-01").json
        aged = shop("report", "aging", "C1", "--as-of", day, "--json", today="2026-06-01").json
        cents = sum(int(row["balance"].replace(".", "")) for row in rows)
        assert cents == int(aged[0]["owed"].replace(".", "")), day


def test_deconetwork_32_a_canceled_invoice_is_not_outstanding(shop: InProcess) -> None:
    made = billing.invoice(shop, "C1", "300", "2026-03-10")
    till.pay(shop, made, "120", today="2026-03-12")
    shop("orders", "cancel", made, "--refund", "--reason", "changed their mind", today="2026-03-20")
    assert till.figures(shop, made, "status", "balance") == ("canceled", "0.00")
    assert listed(shop) == [("I1", "canceled", "0.00")]
    assert listed(shop, "--outstanding") == []
    assert listed(shop, "--outstanding", "--as-of", "2026-03-15") == [("I1", "partially-paid", "180.00")]


def test_deconetwork_40_pending_money_lowers_the_balance_until_it_is_rejected(shop: InProcess) -> None:
    made = billing.invoice(shop, "C1", "250", "2026-03-10")
    pay = ("payments", "add", made, "--method", "bank-transfer", "--transaction-id", "T1", "--full", "--pending")
    shop(*pay, today="2026-03-11")
    assert one(shop, made, "balance", "pending", "status") == ("0.00", "250.00", "unpaid")
    assert listed(shop, "--outstanding") == []
    shop("payments", "reject", "P1", "--confirm-count", "2", today="2026-03-12", code=None)
    assert one(shop, made, "balance") == ("0.00",)
    shop("payments", "reject", "P1", "--confirm-count", "1", today="2026-03-12")
    assert one(shop, made, "balance", "status") == ("250.00", "unpaid")


def test_deconetwork_41_confirmed_at_once_it_is_paid(shop: InProcess) -> None:
    made = billing.invoice(shop, "C1", "250", "2026-03-10")
    shop("payments", "add", made, "--method", "bank-transfer", "--transaction-id", "T1", "--full", "--confirmed")
    assert one(shop, made, "balance", "pending", "status") == ("0.00", "0.00", "paid-in-full")
    assert shop("payments", "list", "--status", "pending").rows == []


# ------------------------------------------------------------------------------------------------------------ one of it


def test_an_invoice_is_found_by_its_number_its_order_and_what_is_printed(shop: InProcess) -> None:
    shop("settings", "set", "documents.prefix", "A-")
    shop("settings", "set", "documents.suffix", "/26")
    billing.order(shop, "C1", "10", "2026-03-01")
    made = billing.invoice(shop, "C1", "100", "2026-03-10")
    for ref in ("I1", "i1", made, "A-2/26"):
        assert one(shop, ref, "number", "order", "printed") == ("I1", "O2", "A-1/26")
    refused = shop("invoices", "show", "O1", code=6)
    assert "O1 is not invoiced" in refused.err
    assert "hub orders invoice O1" in refused.err
    assert "I9" in shop("invoices", "show", "I9", code=4).err


def test_the_series_has_no_gaps(shop: InProcess) -> None:
    numbers = []
    for number in range(4):
        made = billing.order(shop, "C1", "10", "2026-03-01")
        if number == 1:
            shop("orders", "cancel", made, today="2026-03-01")
            continue
        numbers.append(shop("orders", "invoice", made, today="2026-03-02").rows[0]["invoice"])
    change = shop("changes", "list", "--limit", "1").rows[0]["change"]
    assert "keeps its number" in shop("undo", change, "-y", code=6).err
    assert numbers == ["I1", "I2", "I3"]


def test_an_invoice_is_sent_and_says_its_number(shop: InProcess) -> None:
    shop("settings", "set", "documents.prefix", "A-")
    shop("customers", "edit", "C1", "--email", "ann@example.com")
    billing.order(shop, "C1", "10", "2026-03-01")
    made = billing.invoice(shop, "C1", "100", "2026-03-10")
    row = shop("invoices", "send", "I1", today="2026-03-11").rows[0]
    assert (row["number"], row["kind"], row["way"], row["to"]) == (made, "invoice", "outbox", "ann@example.com")
    mail = Path(row["file"]).read_text(encoding="utf-8")
    assert "Subject: Invoice A-1 (O2)" in mail
    assert "Invoice A-1 for order A-2 of 2026-03-10" in mail
    shop("invoices", "send", made, "--by", "hand", today="2026-03-12")
    sent = shop("invoices", "show", "I1", "--json").json["sent"]
    assert [(one["way"], one["sent_on"]) for one in sent] == [("outbox", "2026-03-11"), ("hand", "2026-03-12")]
    assert "O1 is not invoiced" in shop("invoices", "send", "O1", code=6).err


def test_exported_are_the_columns_of_the_list(shop: InProcess) -> None:
    billing.invoice(shop, "C1", "100", "2026-03-10")
    assert shop("export", "invoices").out == shop("invoices", "list").out
    head = shop("export", "invoices", "--csv").out.splitlines()[0]
    assert head == (
        "number,order,customer,customer_name,invoiced_on,due_on,total,paid,balance,days_overdue,status,overdue,disputed,"
        "pending,credited,terms,salesperson,as_of"
    )


@pytest.mark.parametrize("width", [80, 120])
def test_screens(shop: InProcess, width: int) -> None:
    made = billing.invoice(shop, "C1", "500", "2026-01-31", "Net 15")
    billing.invoice(shop, "C1", "300", "2026-03-20")
    till.pay(shop, made, "120", today="2026-03-05")
    shop("invoices", "dispute", "I1", "--note", "one leg is scratched", today="2026-03-30")
    screens = [
        shop("invoices", "list", tty=True, width=width, today="2026-04-03"),
        shop("invoices", "show", "I1", tty=True, width=width, today="2026-04-03"),
    ]
    drawn = "\n".join(screen.out + screen.err for screen in screens)
    same_as_golden(f"invoices_{width}.txt", drawn)


# ------------------------------------------------------------------------------------------------------------- disputes


def test_a_dispute_is_opened_once_and_resolved(shop: InProcess) -> None:
    billing.invoice(shop, "C1", "100", "2026-03-10")
    row = shop("invoices", "dispute", "I1", "--note", "two units were scratched", today="2026-04-20").rows[0]
    assert (row["number"], row["disputed"], row["note"], row["opened_on"], row["resolved_on"]) == (
        "I1", "yes", "two units were scratched", "2026-04-20", "",
    )  # fmt: skip
    assert "I1 is disputed since 2026-04-20 already" in shop("invoices", "dispute", "O1", "--note", "x", code=6).err
    assert listed(shop, "--disputed") == [("I1", "unpaid", "100.00")]
    assert listed(shop, "--disputed", "--as-of", "2026-04-19") == []
    shop("invoices", "dispute", "I1", "--resolve", today="2026-05-02")
    assert listed(shop, "--disputed") == []
    assert listed(shop, "--disputed", "--as-of", "2026-05-01") == [("I1", "unpaid", "100.00")]
    assert "I1 is not disputed" in shop("invoices", "dispute", "I1", "--resolve", code=6).err
    change = shop("changes", "list", "--limit", "1").rows[0]["change"]
    shop("undo", change, "-y")
    assert listed(shop, "--disputed") == [("I1", "unpaid", "100.00")]


def test_a_dispute_says_what_is_wrong(shop: InProcess) -> None:
    billing.invoice(shop, "C1", "100", "2026-03-10")
    assert "--note is missing" in shop("invoices", "dispute", "I1", code=2).err
    assert "do not go together" in shop("invoices", "dispute", "I1", "--note", "x", "--resolve", code=2).err
    assert "is empty" in shop("invoices", "dispute", "I1", "--note", " ", code=2).err


def test_a_disputed_amount_has_its_own_column_in_aging(shop: InProcess) -> None:
    billing.invoice(shop, "C1", "100", "2026-03-10")
    shop("invoices", "dispute", "I1", "--note", "scratched", today="2026-04-20")
    row = shop("report", "aging", "C1", today="2026-04-25").rows[0]
    assert (row["days_1_30"], row["disputed"], row["owed"]) == ("0.00", "100.00", "100.00")
