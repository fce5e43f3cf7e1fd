"""Statements: who gets one, what it lists and says, what it adds up to; kept as it was issued."""

import json
import sqlite3

import pytest

import billing
import till
from conftest import InProcess


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    billing.holder(hub, today="2026-01-01")
    return hub


@pytest.fixture
def two(shop: InProcess) -> InProcess:
    return billing.two(shop)


def generate(hub: InProcess, *options: str, today: str = "2026-04-03") -> str:
    return hub("statements", "generate", *options, today=today).out


def on_demand(hub: InProcess, day: str, *options: str) -> dict[str, object]:
    """Make a statement of C1 up to a day, on that day, and give it."""
    made = generate(hub, "C1", "--from", "2026-01-01", "--to", day, "-q", *options, today=day).strip()
    return billing.statement(hub, made)


# ----------------------------------------------------------------------------------------------------------- the period


def test_deconetwork_49_monthly_ends_on_the_last_day_of_the_month_before(two: InProcess) -> None:
    assert "for 2026-03-01..2026-03-31" in generate(two, "--monthly")
    found = billing.statement(two, "S1")
    assert (found["from"], found["to"], found["issued_on"]) == ("2026-03-01", "2026-03-31", "2026-04-03")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "name one period"),
        (("--monthly", "--month", "2026-03"), "name one period"),
        (("--to", "2026-03-31"), "--to needs --from"),
        (("--month", "2026"), "is not one month"),
        (("--month", "2026-04"), "is in the future"),
        (("--from", "2026-03-01", "--to", "2026-04-04"), "is in the future"),
        (("--from", "2026-03-02", "--to", "2026-03-01"), "is before --from"),
        (("--monthly", "--kind", "nice"), "open-item or balance-forward"),
    ],
)
def test_a_period_that_does_not_hold_is_refused(two: InProcess, options: tuple[str, ...], told: str) -> None:
    assert told in two("statements", "generate", *options, today="2026-04-03", code=2).err


# -------------------------------------------------------------------------------------------------------- what it lists


def test_deconetwork_50_overdue_invoices_are_listed_the_rest_is_one_line(two: InProcess) -> None:
    generate(two, "--month", "2026-03")
    found = billing.statement(two, "S1")
    assert billing.lines(found, "number", "total", "paid", "balance", "due_on", "days_overdue", "tier", "message") == [
        ("I1", "500.00", "120.00", "380.00", "2026-02-15", 44, "30", "A month late.")
    ]
    sums = ("balance", "not_yet_due", "not_yet_due_count", "total_owed")
    assert tuple(found[name] for name in sums) == ("380.00", "300.00", 1, "680.00")
    assert found["messages"] == ["A month late."]
    two("settings", "set", "statements.include_not_overdue", "on")
    generate(two, "C1", "--month", "2026-03", "--reissue")
    both = billing.statement(two, "S2")
    assert billing.lines(both, "number", "balance", "days_overdue", "message") == [
        ("I1", "380.00", 44, "A month late."), ("I2", "300.00", 0, None),
    ]  # fmt: skip
    assert tuple(both[name] for name in sums) == ("680.00", "0.00", 0, "680.00")


@pytest.mark.parametrize(
    ("day", "days", "tier"),
    [
        ("2026-01-31", None, None), ("2026-02-01", 1, "terms"), ("2026-02-10", 10, "terms"),
        ("2026-03-01", 29, "terms"), ("2026-03-02", 30, "30"), ("2026-03-31", 59, "30"),
        ("2026-04-01", 60, "60"), ("2026-04-30", 89, "60"),
        ("2026-05-01", 90, "90"), ("2026-12-31", 334, "90"),
    ],
)  # fmt: skip
def test_deconetwork_52_the_message_goes_by_the_days(shop: InProcess, day: str, days: int | None, tier: str) -> None:
    for name, message in billing.MESSAGES.items():
        shop("settings", "set", f"statements.message.{name}", message)
    billing.invoice(shop, "C1", "100", "2026-01-01")
    found = on_demand(shop, day)
    expected = [] if days is None else [(days, tier, billing.MESSAGES[tier])]
    assert billing.lines(found, "days_overdue", "tier", "message") == expected


def test_a_disputed_invoice_is_listed_without_a_message(two: InProcess) -> None:
    two("invoices", "dispute", "I1", "--note", "one leg is scratched", today="2026-03-30")
    generate(two, "--monthly")
    found = billing.statement(two, "S1")
    assert billing.lines(found, "balance", "days_overdue", "disputed", "tier", "message") == [
        ("380.00", 44, True, None, None)
    ]
    assert (found["messages"], found["total_owed"], found["aging"]["disputed"]) == ([], "680.00", "380.00")
    assert "scratched" not in two("statements", "show", "S1", "--text").out
    two("invoices", "dispute", "I1", "--resolve", today="2026-04-10")
    assert billing.lines(on_demand(two, "2026-04-10"), "tier") == [("30",)]


def test_late_payments_carry_a_message_too(two: InProcess) -> None:
    till.pay(two, "O1", "380", today="2026-03-20")
    generate(two, "--monthly")
    assert billing.statement(two, "S1")["lines"] == []
    two("settings", "set", "statements.include_late_payments", "on")
    generate(two, "C1", "--month", "2026-03", "--reissue")
    found = billing.statement(two, "S2")
    assert billing.lines(found, "number", "total", "paid", "balance", "days_overdue", "tier", "paid_on") == [
        ("I1", "500.00", "500.00", "0.00", 33, "30", "2026-03-20")
    ]
    assert (found["balance"], found["total_owed"], found["messages"]) == ("0.00", "300.00", ["A month late."])
    assert "paid 33 d late" in two("statements", "show", "S2", "--text").out


def test_an_old_unpaid_invoice_never_vanishes(shop: InProcess) -> None:
    billing.invoice(shop, "C1", "40", "2026-01-01")
    for month, today in (("2026-02", "2026-03-01"), ("2026-12", "2027-01-01"), ("2028-12", "2029-01-01")):
        generate(shop, "C1", "--month", month, today=today)
    assert [row["total_owed"] for row in shop("statements", "list").rows] == ["40.00"] * 3
    assert billing.lines(billing.statement(shop, "S3"), "number", "balance") == [("I1", "40.00")]


def test_draws_and_orders_that_are_not_invoiced_count_as_in_aging(shop: InProcess) -> None:
    till.due(shop, "C1", "15", "2026-02-01")  # not on account: due the day it was ordered
    billing.order(shop, "C1", "70", "2026-02-02")  # on account, not invoiced: not due
    made = till.quote(shop, "C1", "SOFA@200", today="2026-02-03")
    shop("payments", "add", made, "--credit-line", "--full", today="2026-02-03")  # due 2026-03-05
    generate(shop, "--monthly")
    found = billing.statement(shop, "S1")
    assert billing.lines(found, "number", "document", "due_on", "total", "balance", "days_overdue") == [
        ("O1", "O1", "2026-02-01", "15.00", "15.00", 58), ("P1", "O3", "2026-03-05", "200.00", "200.00", 26),
    ]  # fmt: skip
    assert (found["balance"], found["not_yet_due"], found["total_owed"]) == ("215.00", "70.00", "285.00")
    assert "Not yet due, 1 order" in shop("statements", "show", "S1", "--text").out
    aged = shop("report", "aging", "C1", "--as-of", "2026-03-31", "--json", today="2026-04-03").json[0]
    assert aged["owed"] == "285.00"


def test_money_beyond_what_is_charged_stands_as_a_line_below_zero(two: InProcess) -> None:
    till.pay(two, "O2", "300", today="2026-03-21")
    conn = sqlite3.connect(two.path)
    conn.execute(
        "INSERT INTO adjustments (customer_id, document_id, kind, amount_cents, reason, adjusted_on, recorded_at)"
        " VALUES (1, 2, 'allowance', 2500, 'scratch', '2026-03-22', '2026-03-22T12:00:00.000Z')"
    )
    conn.commit()
    conn.close()
    generate(two, "--monthly")
    found = billing.statement(two, "S1")
    assert billing.lines(found, "number", "balance", "days_overdue") == [("I1", "380.00", 44), ("I2", "-25.00", 0)]
    assert (found["balance"], found["total_owed"], found["aging"]["unapplied"]) == ("355.00", "355.00", "-25.00")


def test_appliance_22_internal_text_never_leaves_the_shop(two: InProcess) -> None:
    two("notes", "add", "C1", "pays late, be firm", "--type", "internal", "--persistence", "persistent", "--important")
    generate(two, "--monthly", "--send")
    shown = two("statements", "show", "S1", "--json").out + two("statements", "show", "S1", "--text").out
    assert "be firm" not in shown
    assert "be firm" not in (two.path.parent / "outbox" / "S1-C1.txt").read_text(encoding="utf-8")
    assert "be firm" not in two("invoices", "show", "I1", "--json").out


# --------------------------------------------------------------------------------------------------------- who gets one


def test_deconetwork_53_without_an_account_there_is_no_statement(two: InProcess) -> None:
    till.person(two, "Bob Ray")
    till.due(two, "C2", "90", "2026-01-10")
    assert generate(two, "--monthly").startswith("issued 1 statement ")
    assert "C2 Bob Ray has no credit line" in two("statements", "generate", "C2", "--monthly", code=6).err
    assert two("statements", "list", "C2").rows == []


def test_off_means_no_statement_of_any_kind(two: InProcess) -> None:
    two("settings", "set", "statements.enabled", "off")
    for options in (("generate", "--monthly"), ("generate", "C1", "--month", "2026-03"), ("send", "--unsent")):
        assert "makes no statements" in two("statements", *options, today="2026-04-03", code=6).err


def test_who_neither_owes_nor_bought_nor_paid_gets_none(two: InProcess) -> None:
    billing.holder(two, "Bob Ray")
    billing.holder(two, "Cy Poe")
    made = billing.invoice(two, "C3", "60", "2026-02-10")
    till.pay(two, made, "60", today="2026-03-02")
    billing.holder(two, "Di Fox")
    two("customers", "delete", "C4", "-y")
    assert generate(two, "--monthly").startswith("issued 2 statements ")
    assert [(row["customer"], row["total_owed"]) for row in two("statements", "list").rows] == [
        ("C3", "0.00"), ("C1", "680.00"),
    ]  # fmt: skip
    told = two("statements", "generate", "C2", "--monthly", today="2026-04-03", code=6).err
    assert "C2 Bob Ray owes nothing and had no invoice or payment from 2026-03-01 to 2026-03-31" in told
    options = ("C3", "--monthly", "--only-outstanding", "--kind", "balance-forward")
    assert "C3 Cy Poe owes nothing from" in two("statements", "generate", *options, today="2026-04-03", code=6).err


def test_only_outstanding_leaves_out_who_owes_nothing(two: InProcess) -> None:
    billing.holder(two, "Bob Ray")
    made = billing.invoice(two, "C2", "60", "2026-02-10")
    till.pay(two, made, "60", today="2026-03-02")
    assert generate(two, "--monthly", "--only-outstanding").startswith("issued 1 statement ")
    assert [row["customer"] for row in two("statements", "list").rows] == ["C1"]


def test_a_closed_line_ends_statements_from_its_day_on(two: InProcess) -> None:
    two("credit", "line", "close", "C1", today="2026-03-31")
    assert generate(two, "--month", "2026-03") == ""
    assert generate(two, "--month", "2026-02").startswith("issued 1 statement ")


def test_a_company_gets_one_statement_for_itself_and_its_contacts(two: InProcess) -> None:
    two("customers", "create", "--company-name", "Acme", "--mobile", "(312) 555-0177", "--email", "office@acme.test")
    two("credit", "line", "set", "C2", "--limit", "5000", today="2026-01-01")
    billing.invoice(two, "C2", "40", "2026-01-05")
    conn = sqlite3.connect(two.path)
    conn.execute("INSERT INTO contacts (customer_id, linked_id, gets_bills, email) VALUES (2, 1, 1, 'ann@acme.test')")
    conn.commit()
    conn.close()
    assert generate(two, "--monthly").startswith("issued 1 statement ")
    found = billing.statement(two, "S1")
    assert (found["customer"], found["total_owed"], found["balance"]) == ("C2", "720.00", "420.00")
    assert billing.lines(found, "number", "customer", "balance") == [("I3", "C2", "40.00"), ("I1", "C1", "380.00")]
    refused = two("statements", "generate", "C1", "--month", "2026-02", today="2026-04-03", code=6).err
    assert "C1 Ann Lee is a contact of C2 Acme, whose statement covers both" in refused
    sent = two("statements", "send", "S1", today="2026-04-03").rows[0]
    assert sent["sent_to"] == "ann@acme.test"


# ------------------------------------------------------------------------------------------------------- kept as issued


def test_what_was_issued_stays_as_it_was(two: InProcess) -> None:
    generate(two, "--monthly")
    before = two("statements", "show", "S1", "--json").out
    till.pay(two, "O1", "380", today="2026-04-05")
    two("customers", "edit", "C1", "--last-name", "Leigh")
    two("settings", "set", "statements.message.30", "Other words.")
    assert two("statements", "show", "S1", "--json").out == before


def test_one_that_was_altered_is_not_shown(two: InProcess) -> None:
    generate(two, "--monthly")
    conn = sqlite3.connect(two.path)
    conn.execute("UPDATE statements SET content = replace(content, '380.00', '280.00')")
    conn.commit()
    conn.close()
    for options in (("show", "S1"), ("diff", "S1"), ("send", "S1")):
        refused = two("statements", *options, today="2026-04-05", code=7)
        assert "S1 is not as it was issued" in refused.err
        assert refused.out == ""
    assert not (two.path.parent / "outbox").exists()


def test_the_digest_is_that_of_what_is_kept(two: InProcess) -> None:
    import hashlib

    generate(two, "--monthly")
    conn = sqlite3.connect(two.path)
    content, digest = conn.execute("SELECT content, digest FROM statements").fetchone()
    conn.close()
    assert hashlib.sha256(content.encode()).hexdigest() == digest == billing.statement(two, "S1")["digest"]
    assert json.loads(content)["total_owed"] == "680.00"


def test_diff_tells_what_came_later_and_what_was_entered_late(two: InProcess) -> None:
    generate(two, "--monthly")
    assert two("statements", "diff", "S1", today="2026-04-03").rows == []
    till.pay(two, "O1", "80", today="2026-04-10")
    till.pay(two, "O2", "50", "--date", "2026-03-30", today="2026-04-11")
    billing.invoice(two, "C1", "999", "2026-04-12")
    rows = two("statements", "diff", "S1", today="2026-04-15").rows
    assert [tuple(row.values()) for row in rows] == [
        ("I1", "balance", "380.00", "380.00", "300.00"),
        ("I2", "balance", "300.00", "250.00", "250.00"),
        ("S1", "total owed", "680.00", "630.00", "1549.00"),
    ]


def test_a_period_is_stated_once_unless_it_is_issued_anew(two: InProcess) -> None:
    generate(two, "--monthly")
    assert generate(two, "--monthly") == ""
    refused = two("statements", "generate", "C1", "--month", "2026-03", today="2026-04-03", code=6)
    assert "C1 has S1 of 2026-04-03 for this period" in refused.err
    assert "--reissue" in refused.err
    row = two("statements", "generate", "C1", "--month", "2026-03", "--reissue", today="2026-04-04").rows[0]
    assert (row["number"], row["replaces"]) == ("S2", "S1")
    assert billing.statement(two, "S1")["replaced_by"] == "S2"
    assert [row["number"] for row in two("statements", "list").rows] == ["S2"]
    assert [row["number"] for row in two("statements", "list", "--all").rows] == ["S2", "S1"]
    assert "S1 was issued anew as S2" in two("statements", "send", "S1", today="2026-04-04", code=6).err
    generate(two, "C1", "--month", "2026-03", "--kind", "balance-forward")  # another kind is another statement
    generate(two, "C1", "--month", "2026-02")


def test_every_run_is_tied_to_aging(two: InProcess) -> None:
    conn = sqlite3.connect(two.path)
    conn.execute("UPDATE customer_figures SET owed_cents = owed_cents + 1")
    conn.commit()
    conn.close()
    refused = two("statements", "generate", "--monthly", today="2026-04-03", code=7)
    assert "come to 680.00, what is owed is 680.01" in refused.err
    assert two("statements", "list").rows == []


def test_a_statement_that_is_apart_from_aging_is_not_issued(two: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    from hubcli.operations import aging

    real = aging.by_customer
    monkeypatch.setattr(aging, "by_customer", lambda *a, **k: {n: c + 1 for n, c in real(*a, **k).items()})
    told = two("statements", "generate", "--monthly", today="2026-04-03", code=7).err
    assert "the statement of C1 Ann Lee comes to 680.00, aging says 680.01; none was issued" in told
