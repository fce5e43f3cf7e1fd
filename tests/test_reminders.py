"""Reminders go out at their days, one letter for each buyer, never two in a day, never of what is disputed or paid."""

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

import post_office
from conftest import InProcess
from hubcli.operations.reminders import Rules
from till import pay, show


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    """C1 with I1 over 300.00, due on 2025-06-10 (Net 30), and I2 over 50.00, due on 2025-06-20."""
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101",
        "--email", "ann@lee.test")  # fmt: skip
    hub("settings", "set", "mail.from", "Oak Shop <office@oak.test>")
    hub("settings", "set", "shop.name", "Oak")
    invoice(hub, "C1", "300", "2025-05-11")
    invoice(hub, "C1", "50", "2025-05-21")
    return hub


def invoice(hub: InProcess, customer: str, amount: str, day: str) -> None:
    hub("credit", "line", "set", customer, "--limit", "9000", "--terms", "Net 30")
    made = hub("orders", "create", customer, "--line", f"A@{amount}", "--on-account", "-q", today=day).out.strip()
    hub("orders", "invoice", made, today=day)


def reminded(hub: InProcess, day: str, *more: str) -> list[tuple[str, str]]:
    """Remind on a day; give the invoices, each with which reminder it got."""
    out = hub("invoices", "remind", *more, today=day)
    return [(row["number"], row["reminder"]) for row in out.rows] if out.out else []


def test_each_goes_from_one_to_the_next_at_its_days(shop: InProcess) -> None:
    assert reminded(shop, "2025-06-06") == []
    assert reminded(shop, "2025-06-07") == [("I1", "1")], "three days before it is due"
    assert reminded(shop, "2025-06-07") == [], "the same run again"
    assert reminded(shop, "2025-06-10") == []
    assert reminded(shop, "2025-06-11") == [("I1", "2")]
    assert reminded(shop, "2025-06-17") == [("I2", "1")]
    assert reminded(shop, "2025-06-25") == [("I1", "3"), ("I2", "2")]
    assert reminded(shop, "2025-07-10") == [("I1", "4"), ("I2", "3")]
    assert reminded(shop, "2026-01-01") == [("I2", "4")]
    assert reminded(shop, "2026-02-01") == []
    sent = shop("invoices", "show", "I1", "--json").json["sent"]
    assert [(one["kind"], one["level"]) for one in sent] == [("reminder", 1), ("reminder", 2), ("reminder", 3),
                                                             ("reminder", 4)]  # fmt: skip


@pytest.mark.parametrize(
    ("last", "on", "today", "level"),
    [
        (None, None, "2025-06-06", None),
        (None, None, "2025-06-10", 1),
        (None, None, "2025-06-11", 2),
        (None, None, "2025-12-01", 2),  # long overdue, never reminded: the first of those that are for that
        (2, "2025-12-01", "2025-12-02", None),  # no faster than the days lie apart
        (2, "2025-12-01", "2025-12-15", 3),
        (1, "2025-06-10", "2025-06-11", None),
        (1, "2025-06-07", "2025-06-11", 2),
        (4, "2025-07-10", "2026-07-10", None),
    ],
)
def test_which_comes_next(last: int | None, on: str | None, today: str, level: int | None) -> None:
    assert Rules((-3, 1, 15, 30), (), 0).next(last, on, "2025-06-10", today) == level


def read(row: dict[str, str]) -> Any:
    return message_from_bytes(Path(row["file"]).read_bytes(), policy=policy.default)


def test_one_letter_about_all_in_the_words_of_the_highest(shop: InProcess) -> None:
    shop("settings", "set", "correspondence.record_emails", "on")
    shop("settings", "set", "mail.reminder-2.subject", "{shop}: {balance} is late")
    rows = shop("invoices", "remind", today="2025-06-21").rows
    assert [(row["number"], row["file"]) for row in rows] == [("I1", rows[0]["file"]), ("I2", rows[0]["file"])]
    mail = read(rows[0])
    assert (mail["To"], mail["Subject"]) == ("ann@lee.test", "Oak: 350.00 is late")
    assert mail.get_content() == (
        "Oak\n\nPerhaps it slipped your mind: 350.00 was due on 2025-06-10.\n\n"
        "Invoice 1 (O1) of 2025-05-11, due 2025-06-10: 300.00\n"
        "Invoice 2 (O2) of 2025-05-21, due 2025-06-20: 50.00\nto be paid: 350.00\n"
    )
    for ref in ("O1", "O2"):
        assert [row["number"] for row in shop("emails", "list", "--document", ref).rows] == ["M1"]
    assert len(shop("emails", "list", "--customer", "C1").rows) == 1


def test_what_is_paid_disputed_paused_or_canceled_is_left_out(shop: InProcess) -> None:
    shop("invoices", "dispute", "I1", "--note", "scratched")
    assert reminded(shop, "2025-06-21", "-n") == [("I2", "2")]
    shop("invoices", "dispute", "I1", "--resolve")
    row = shop("invoices", "pause", "I1", "--until", "2025-07-01", "--reason", "promised").rows[0]
    assert (row["number"], row["remind_from"]) == ("I1", "2025-07-01")
    pay(shop, "O2", "50")
    assert reminded(shop, "2025-06-30") == []
    assert reminded(shop, "2025-07-01") == [("I1", "2")]
    shop("invoices", "pause", "I1", "--until", "2025-12-01")
    shop("invoices", "pause", "I1", "--until", "none")
    assert reminded(shop, "2025-07-20") == [("I1", "3")]


def test_a_fee_and_a_stop_where_they_are_set(shop: InProcess) -> None:
    shop("settings", "set", "reminders.fees", "0,2.50,5")
    shop("settings", "set", "reminders.hold_from", "2")
    (row,) = shop("invoices", "remind", today="2025-06-11").rows
    assert (row["balance"], row["fee"]) == ("302.50", "2.50")
    text = read(row).get_content()
    assert "302.50 was due on 2025-06-10.\n\nA fee of 2.50 was added for this reminder.\n" in text
    assert "total: 302.50\nto be paid: 302.50\n" in text
    assert show(shop, "O1")["balance"] == "302.50"
    assert shop("customers", "show", "C1", "--json").json["on_hold"] is True
    assert shop("db", "check").code == 0


def test_a_company_hears_through_its_contacts(hub: InProcess) -> None:
    hub("customers", "create", "--company-name", "Acme", "--mobile", "312 555 0109")
    hub("customers", "contact", "add", "C1", "--first-name", "Pay", "--email", "pay@acme.test", "--role", "payment")
    invoice(hub, "C1", "300", "2025-05-11")
    assert hub("invoices", "remind", "-n", today="2025-06-12").rows[0]["to"] == "pay@acme.test"


def test_who_has_no_address_and_a_run_that_is_too_large(shop: InProcess) -> None:
    assert "more than 0; nothing was done" in shop("invoices", "remind", "--expect-max", "0", code=6).err
    shop("customers", "edit", "C1", "--clear", "email")
    assert shop("invoices", "remind") == (0, "", ""), "a job that did nothing says nothing"
    assert shop("invoices", "remind", "I1").err == "no e-mail address, not reminded: C1\n"
    assert shop("invoices", "remind", "I1", "--by", "print").rows[0]["way"] == "print"
    shop("settings", "set", "reminders.days", "")
    assert "no reminders are set" in shop("invoices", "remind", code=6).err


@pytest.mark.parametrize("days", ["1,1", "5,1", "1,2,3,4,5", "soon", "1.5"])
def test_days_that_are_none(hub: InProcess, days: str) -> None:
    assert (
        "is not up to four whole numbers of days that rise"
        in hub("settings", "set", "reminders.days", days, code=2).err
    )


def test_what_the_server_refuses_is_no_reminder(shop: InProcess) -> None:
    with post_office.serving(shop) as office:
        shop("settings", "set", "reminders.fees", "1,1,1,1")
        office.refuse = "ann@"
        shop("invoices", "remind", today="2025-06-11", code=1)
        assert (show(shop, "O1")["sent"], show(shop, "O1")["balance"]) == ([], "300.00")
        office.refuse = "nobody@"
        assert reminded(shop, "2025-06-11") == [("I1", "2")]
        assert office.mails[0]["Subject"] == "Reminder: invoice 1 (O1) from Oak"
