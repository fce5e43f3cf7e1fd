"""The customer hears of a canceled or shipped order and of a rejected payment, as the settings and options say."""

from collections.abc import Iterator

import pytest

import post_office
from conftest import InProcess
from post_office import PostOffice
from till import pay, show


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101",
        "--email", "ann@lee.test")  # fmt: skip
    hub("settings", "set", "mail.from", "Oak Shop <office@oak.test>")
    hub("settings", "set", "correspondence.record_emails", "on")
    hub("orders", "create", "C1", "--line", "A@300", "--tax-rate", "0%")
    return hub


@pytest.fixture
def office(shop: InProcess) -> Iterator[PostOffice]:
    with post_office.serving(shop) as office:
        yield office


def test_deconetwork_32_a_canceled_order_is_written_about(shop: InProcess, office: PostOffice) -> None:
    shop("orders", "invoice", "O1")
    pay(shop, "O1", "120")
    shop("orders", "cancel", "O1", "--keep", "20")
    (mail,) = office.mails
    assert (mail["To"], mail["Subject"]) == ("ann@lee.test", "Canceled: your order O1")
    assert mail.get_content().replace("\r", "") == (
        "Your order was canceled.\n\nOrder 1 of 2025-06-15\n\n1 × A  300.00\n\ngiven back: 100.00\nkept: 20.00\n"
    )
    (kept,) = shop("emails", "list", "--document", "O1").rows
    assert (kept["template"], kept["status"], kept["customer"]) == ("canceled", "sent", "C1")
    assert [(one["kind"], one["way"]) for one in show(shop, "O1")["sent"]] == [("canceled", "email")]
    assert shop("invoices", "list", "--outstanding").rows == []


def test_who_wants_no_mail_sends_none(shop: InProcess, office: PostOffice) -> None:
    shop("orders", "cancel", "O1", "--no-mail")
    shop("orders", "create", "C1", "--line", "B@5")
    shop("settings", "set", "correspondence.send.canceled", "off")
    shop("orders", "cancel", "O2", "-n")
    shop("orders", "cancel", "O2")
    assert office.mails == []
    shop("orders", "create", "C1", "--line", "B@5")
    shop("orders", "cancel", "O3", "--mail")
    assert len(office.mails) == 1


def test_the_same_request_again_writes_no_second_mail(shop: InProcess, office: PostOffice) -> None:
    for _ in range(2):
        shop("orders", "cancel", "O1", "--idempotency-key", "k1")
    assert len(office.mails) == 1


def test_a_mail_that_fails_leaves_the_order_canceled_and_says_so(shop: InProcess, office: PostOffice) -> None:
    shop("customers", "edit", "C1", "--email", "nobody@lee.test")
    told = shop("orders", "cancel", "O1", code=3)
    assert "done, but nobody was written to: the mail server 127.0.0.1 refused: nobody@lee.test" in told.err
    assert (show(shop, "O1")["status"], show(shop, "O1")["sent"]) == ("canceled", [])
    shop("customers", "edit", "C1", "--email", "ann@lee.test")
    shop("orders", "send", "O1")
    assert office.mails[0]["Subject"] == "Canceled: your order O1"


def test_without_an_address_nobody_is_written_to(shop: InProcess) -> None:
    shop("customers", "edit", "C1", "--clear", "email")
    assert shop("orders", "cancel", "O1").err == ""
    assert not (shop.path.parent / "outbox").exists()


def test_a_shipped_order_with_its_invoice(shop: InProcess, office: PostOffice) -> None:
    shop("orders", "complete", "O1")
    assert office.mails == [], "off unless it is set"
    pytest.importorskip("fpdf")
    for key in ("send.shipped", "attach_invoice.shipped"):
        shop("settings", "set", f"correspondence.{key}", "on")
    shop("orders", "create", "C1", "--line", "B@5")
    shop("orders", "complete", "O2", "O1")
    (mail,) = office.mails
    assert mail["Subject"] == "Shipped: your order O2", "O1 was shipped before"
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["application/pdf"]


def test_a_rejected_payment_is_written_about(shop: InProcess, office: PostOffice) -> None:
    shop("customers", "edit", "C1", "--add-billing-email", "bills@lee.test")
    shop("payments", "add", "O1", "--method", "check", "--amount", "120", "--check-number", "8", "--pending")
    shop("settings", "set", "mail.rejected.text", "Dear {name},")
    shop("payments", "reject", "P1", "--confirm-count", "1")
    (mail,) = office.mails
    assert (mail["To"], mail["Subject"]) == ("bills@lee.test", "Not accepted: your payment for O1")
    assert (
        mail.get_content()
        .replace("\r", "")
        .startswith(
            "Dear Ann Lee,\n\nYour payment of 120.00 could not be accepted: it is still to be paid.\n\nOrder 1 of"
        )
    )
    assert [one["kind"] for one in show(shop, "O1")["sent"]] == ["rejected"]


@pytest.mark.usefixtures("office")
def test_a_bare_undo_takes_back_the_cancellation_and_leaves_the_mail(shop: InProcess) -> None:
    change = shop("orders", "cancel", "O1").rows[0]["change"]
    assert shop("changes", "list").rows[0]["change"] != change, "the mail is a change set of its own"
    told = shop("undo", tty=True, stdin="y\n")
    assert f"{change} " in told.err
    assert show(shop, "O1")["status"] == "saved"
    assert [one["kind"] for one in show(shop, "O1")["sent"]] == ["canceled"]
    assert len(shop("emails", "list").rows) == 1


@pytest.mark.usefixtures("office")
def test_undo_keeps_the_history_of_what_was_mailed(shop: InProcess) -> None:
    change = shop("emails", "send", "C1", "--subject", "x", "--message", "y").rows[0]["change"]
    shop("undo", change, code=None)
    assert [row["subject"] for row in shop("emails", "list").rows] == ["x"]
