"""What leaves the shop: quotes, orders and payment requests, the letters in the outbox, the log on the document."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from conftest import InProcess
from till import due, figures, fridge, order, pay, person, quote, show


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    hub("customers", "edit", "C1", "--email", "ann@example.com")
    return hub


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


def read(path: Path) -> EmailMessage:
    mail = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert isinstance(mail, EmailMessage)
    return mail


def test_a_quote_is_put_into_the_outbox_and_waits_for_approval(shop: InProcess, outbox: Path) -> None:
    shop("settings", "set", "shop.name", "Lake Appliance")
    shop("quotes", "create", "C1", "--job", "Lee kitchen", "--fulfillment", "delivery", "--line", "FRG-100:2@1200/800",
         "--tax-rate", "8.25%", "--coupon", "100")  # fmt: skip
    result = shop("quotes", "send", "Q1", "--cc", "bob@example.com", "--message", "As we discussed:\nyours, Sam")
    row = result.rows[0]
    assert (row["status"], row["kind"], row["way"], row["to"]) == (
        "awaiting-approval", "quote", "outbox", "ann@example.com",
    )  # fmt: skip
    assert result.err == "written into the outbox: hub sent nothing itself\n"
    (path,) = outbox.iterdir()
    assert (str(path), path.stat().st_mode & 0o777, outbox.stat().st_mode & 0o777) == (row["file"], 0o600, 0o700)
    mail = read(path)
    assert (mail["Subject"], mail["To"], mail["Cc"]) == (
        "Your quote Q1 from Lake Appliance", "ann@example.com", "bob@example.com",
    )  # fmt: skip
    assert mail.get_content() == (
        "Lake Appliance\n\nAs we discussed:\nyours, Sam\n\n"
        "Quote 1 of 2025-06-15, valid to 2025-06-29\nLee kitchen\n\n"
        "2 × FRG-100  2400.00\n\n"
        "discounts and returns: -100.00\ntax: 189.75\ntotal: 2489.75\n"
    )
    assert show(shop, "Q1")["sent"] == [
        {"date": "2025-06-15", "kind": "quote", "way": "outbox", "to": "ann@example.com, bob@example.com", "by": "sam"},
    ]  # fmt: skip


def test_what_is_handed_over_is_only_logged(shop: InProcess, outbox: Path) -> None:
    made = fridge(shop)
    shop("quotes", "send", made, "--by", "hand")
    shop("quotes", "send", made, "--by", "print")
    assert not outbox.exists()
    assert [(one["way"], one["to"]) for one in show(shop, made)["sent"]] == [("hand", None), ("print", None)]
    told = shop("quotes", "show", made, tty=True, width=100).out
    assert "2025-06-15  quote (hand), sam" in told


def test_a_dry_run_and_a_refusal_send_nothing(shop: InProcess, outbox: Path) -> None:
    made = fridge(shop)
    shop("quotes", "send", made, "-n")
    shop("quotes", "decline", made)
    assert "Q1 is declined: nothing is changed on it" in shop("quotes", "send", made, code=6).err
    late = quote(shop, "C1", "X@5", today="2025-05-01")
    assert f"{late} expired on 2025-05-15" in shop("quotes", "send", late, code=6).err
    shop("quotes", "create", "C1", "--line", "A@5", "--draft")
    refused = shop("quotes", "send", "Q3", code=6).err
    assert refused == ("hub: Q3 is a draft: it is not yet for the customer\n  try: hub quotes edit Q3 --status saved\n")
    assert "is not an e-mail address" in shop("quotes", "send", "Q3", "--to", "nobody", code=2).err
    assert "leave --to and --cc out" in shop("quotes", "send", "Q3", "--to", "a@b.com", "--by", "hand", code=2).err
    assert not outbox.exists()


def test_without_an_address_hub_says_what_can_be_done(shop: InProcess, outbox: Path) -> None:
    shop("customers", "edit", "C1", "--clear", "email")
    refused = shop("quotes", "send", fridge(shop), code=6).err
    assert refused.splitlines() == [
        "hub: C1 Ann Lee has no e-mail address",
        "  try: --to ADDRESS",
        "  try: --by hand, or --by print",
        "  try: hub customers edit C1 --email ADDRESS",
    ]
    shop("quotes", "send", "Q1", "--to", "lee@example.com")
    assert read(next(outbox.iterdir()))["To"] == "lee@example.com"


def test_a_typed_address_is_of_one_customer(shop: InProcess) -> None:
    person(shop, "Bob Fox")
    fridge(shop)
    fridge(shop, "C2")
    assert "--to is the address of one customer" in shop("quotes", "send", "Q1", "Q2", "--to", "a@b.com", code=2).err


def test_the_same_letter_twice_is_two_letters_and_undo_keeps_the_log(shop: InProcess, outbox: Path) -> None:
    made = fridge(shop)
    change = shop("quotes", "send", made).rows[0]["change"]
    shop("quotes", "send", made)
    assert len(list(outbox.iterdir())) == len(show(shop, made)["sent"]) == 2
    shop("undo", change)
    assert (show(shop, made)["status"], len(show(shop, made)["sent"])) == ("saved", 2)


def test_quotes_that_nobody_answered_are_listed_for_whoever_sent_them(shop: InProcess) -> None:
    for _ in range(4):
        fridge(shop)
    for ref in ("Q1", "Q2", "Q3"):
        shop("quotes", "send", ref)
    shop("quotes", "approve", "Q2")
    shop("quotes", "send", "Q3", today="2025-06-20")

    def listed(day: str, age: str) -> list[tuple[str, str]]:
        rows = shop("quotes", "list", "--unanswered", age, "--fields", "number,sent_on", today=day).rows
        return [(row["number"], row["sent_on"]) for row in rows]

    assert listed("2025-06-21", "7d") == []
    assert listed("2025-06-22", "7d") == [("Q1", "2025-06-15")]
    assert listed("2025-06-27", "7d") == [("Q3", "2025-06-20"), ("Q1", "2025-06-15")]
    assert listed("2025-07-15", "7d") == [], "expired"


# ----------------------------------------------------------------------------------------------------- payment requests


def test_a_payment_request_moves_a_saved_order_only(shop: InProcess, outbox: Path) -> None:
    made = due(shop, "C1", "300")
    shop("orders", "request-payment", made, "--message", "Thank you")
    assert figures(shop, made, "status", "requested_on") == ("awaiting-payment", "2025-06-15")
    mail = read(next(outbox.iterdir()))
    assert mail["Subject"] == "Payment request for O1"
    assert "\n\nThank you\n\n" in f"\n\n{mail.get_content()}"
    assert "total: 300.00\nto be paid: 300.00\n" in mail.get_content()
    pay(shop, made, "100")
    shop("orders", "request-payment", made, "--by", "hand", today="2025-06-20")
    assert figures(shop, made, "status", "requested_on") == ("awaiting-payment", "2025-06-20")
    pay(shop, made, "200")
    assert figures(shop, made, "status", "balance") == ("in-production", "0.00")
    assert "nothing is owed on O1" in shop("orders", "request-payment", made, code=6).err


def test_what_is_owed_on_an_order_in_production_is_asked_for_too(shop: InProcess) -> None:
    made = order(shop)
    shop("orders", "add-line", made, "--plan", "P@50/20")
    row = shop("orders", "request-payment", made, "--by", "print").rows[0]
    assert (row["status"], row["balance"]) == ("in-production", "50.00")


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ((), 2, "for what? name orders, or a customer"),
        (("Q1",), 6, "Q1 is a quote, not yet an order"),
        (("O2",), 6, "O2 is a draft"),
        (("O2", "--customer", "C1"), 2, "name orders, or a customer with all their invoices"),
        (("--customer", "C1"), 6, "nothing is owed on C1"),
    ],
)
def test_what_no_payment_is_asked_for(shop: InProcess, given: tuple[str, ...], code: int, told: str) -> None:
    fridge(shop)
    shop("orders", "create", "C1", "--line", "A@5", "--draft")
    assert told in shop("orders", "request-payment", *given, code=code).err


def test_a_bill_goes_to_the_addresses_for_invoices(shop: InProcess, outbox: Path) -> None:
    shop("customers", "edit", "C1", "--add-billing-email", "bills@example.com")
    shop("orders", "request-payment", due(shop, "C1", "300"))
    shop("quotes", "send", fridge(shop))
    assert sorted(read(path)["To"] for path in outbox.iterdir()) == ["ann@example.com", "bills@example.com"]


# -------------------------------------------------------------------------------------------------------- a mail server


def test_with_a_server_it_is_sent_and_kept_while_that_is_on(shop: InProcess, outbox: Path) -> None:
    from post_office import running

    made = fridge(shop)
    with running() as (office, where):
        for key, value in (("server", where), ("security", "none"), ("from", "shop@example.com")):
            shop("settings", "set", f"mail.{key}", value)
        assert shop("quotes", "send", made).rows[0]["way"] == "email"
        assert (len(office.mails), shop("emails", "list").rows) == (1, [])
        shop("settings", "set", "correspondence.record_emails", "on")
        shop("quotes", "send", made)
        assert (
            "no such mailbox; nothing is recorded as sent"
            in shop("quotes", "send", made, "--to", "nobody@example.com", code=1).err
        )
    assert not list(outbox.glob("**/*.eml"))
    assert [one["way"] for one in show(shop, made)["sent"]] == ["email", "email"]  # what was refused is not logged
    (kept,) = shop("emails", "list").rows
    assert kept["document"] == "Q1"
    assert office.mails[0]["Subject"] == "Your quote Q1"


def test_the_shops_own_words(shop: InProcess, outbox: Path) -> None:
    shop("settings", "set", "mail.quote.subject", "{shop}: {number} for {name}")
    shop("settings", "set", "mail.quote.text", "Dear {name}, it comes to {total}.")
    shop("settings", "set", "shop.name", "Lake Appliance")
    shop("quotes", "send", fridge(shop))
    mail = read(next(outbox.iterdir()))
    assert mail["Subject"] == "Lake Appliance: Q1 for Ann Lee"
    assert "\n\nDear Ann Lee, it comes to 1374.00.\n\n" in mail.get_content()
