"""What a mail holds: headers that nobody can break out of, the shop's words, what goes along, nothing internal."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

import post_office
from conftest import InProcess
from post_office import PostOffice


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101",
        "--email", "ann@lee.test")  # fmt: skip
    hub("settings", "set", "mail.from", "Oak Shop <office@oak.test>")
    return hub


@pytest.fixture
def office(shop: InProcess) -> Iterator[PostOffice]:
    with post_office.serving(shop) as office:
        yield office


def letter(shop: InProcess, *arguments: str) -> EmailMessage:
    """Send something into the outbox and read it."""
    path = Path(shop(*arguments).rows[0]["file"])
    found = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


FREE = ("emails", "send", "C1", "--message", "Friday.", "--subject")

# ------------------------------------------------------------------------------------------------------------- headers


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("mail.from", "Oak\nBcc: spy@evil.test <office@oak.test>", "control character U+000A"),
        ("mail.from", "Oak <office@oak.test\r\nBcc: spy@evil.test>", "control character U+000D"),
        ("mail.from", "Oak Shop", "is not an e-mail address"),
        ("mail.server", "mail.oak.test:99999", "is not a host"),
        ("mail.server", "mail oak test", "is not a host"),
        ("mail.quote.subject", "Quote\nBcc: spy@evil.test", "control character U+000A"),
        ("mail.quote.text", "Dear {nam}", "{nam}' is a placeholder that there is not; there are {name}, {number}"),
        ("mail.quote.text", "{name.__class__}", "is a placeholder that there is not"),
        ("mail.quote.text", "{name!r:>9}", "is a placeholder that there is not"),
        ("shop.name", "Oak\x1b[31m", "control character U+001B"),
        ("mail.timeout", "0", "is not a whole number from 1 to 600"),
    ],
)
def test_what_a_setting_of_mail_does_not_take(shop: InProcess, key: str, value: str, told: str) -> None:
    assert told in shop("settings", "set", key, value, code=2).err


def test_no_name_breaks_out_of_its_header(shop: InProcess, office: PostOffice) -> None:
    shop("settings", "set", "mail.quote.subject", "Quote for {name}")
    shop("quotes", "create", "C1", "--line", "A@5", "--fulfillment", "pickup")
    with closing(sqlite3.connect(shop.path)) as conn, conn:  # as other SQL could write it
        conn.execute("UPDATE customers SET last_name = 'Lee' || char(13, 10) || 'Bcc: spy@evil.test' WHERE id = 1")
    shop("quotes", "send", "Q1")
    (mail,) = office.mails
    assert (mail["Subject"], mail["Bcc"]) == ("Quote for Ann Lee Bcc: spy@evil.test", None)
    assert office.envelopes[0].rcpt_tos == ["ann@lee.test"]


def test_senders_and_subjects_in_any_script(shop: InProcess, office: PostOffice) -> None:
    shop("settings", "set", "mail.from", 'Müller, "Söhne" & Co. <büro@münchen.example>')
    shop("customers", "edit", "C1", "--email", "josé@straße.example")
    subject = "Ihr Angebot für die Küche – 見積書 " + "sehr lang " * 16
    shop(*FREE, subject.strip())
    mail = message_from_string(office.envelopes[0].content.decode(), policy=policy.default)
    assert str(mail["From"].addresses[0].display_name) == 'Müller, "Söhne" & Co.'
    assert office.envelopes[0].mail_from == "büro@xn--mnchen-3ya.example"
    assert office.envelopes[0].rcpt_tos == ["josé@xn--strae-oqa.example"], (
        "the domain in letters that every server takes"
    )
    assert mail["Subject"] == subject.strip()
    shop("settings", "set", "mail.server", "")
    lying = message_from_string(Path(shop(*FREE, subject.strip()).rows[0]["file"]).read_text(), policy=policy.default)
    assert (lying["To"], lying["Subject"]) == ("josé@xn--strae-oqa.example", subject.strip())
    assert all(len(line) <= 998 for line in office.envelopes[0].content.splitlines())


def test_a_server_without_other_letters_takes_other_domains_but_no_other_names(shop: InProcess) -> None:
    with post_office.serving(shop, enable_SMTPUTF8=False) as office:
        shop("customers", "edit", "C1", "--email", "info@münchen.example")
        shop(*FREE, "Hello")
        assert office.envelopes[0].rcpt_tos == ["info@xn--mnchen-3ya.example"]
        shop("customers", "edit", "C1", "--email", "josé@example.test")
        told = shop(*FREE, "Hello", code=1).err
        assert "it takes no addresses with other letters than English ones (SMTPUTF8); nothing is recorded" in told


def test_names_of_files(shop: InProcess, tmp_path: Path) -> None:
    names = ["plan.pdf", 'a "quoted"; name=.txt', "Grundriß – 図面.png", "x" * 180 + ".txt"]
    for name in names:
        (tmp_path / name).write_bytes(b"content of it")
    mail = letter(shop, *FREE, "Plans", *(word for name in names for word in ("--attach", str(tmp_path / name))))
    assert [part.get_filename() for part in mail.iter_attachments()] == names
    (tmp_path / "two\nlines.txt").write_bytes(b"x")
    assert "file name" in shop(*FREE, "Plans", "--attach", str(tmp_path / "two\nlines.txt"), code=2).err
    many = [word for _ in range(11) for word in ("--attach", str(tmp_path / "plan.pdf"))]
    assert "11 files: at most 10 go with one mail" in shop(*FREE, "Plans", *many, code=2).err


# --------------------------------------------------------------------------------------------------------- the words


def test_a_line_that_asks_for_what_there_is_not_is_left_out(shop: InProcess) -> None:
    shop("quotes", "create", "C1", "--line", "A@5", "--fulfillment", "pickup")
    shop("settings", "set", "mail.quote.text", "Dear {name},\nplease pay by {due}.\nYours,\n{shop}")
    shop("settings", "set", "mail.quote.subject", "{shop}: {number}")
    mail = letter(shop, "quotes", "send", "Q1")
    assert mail["Subject"] == "Your quote Q1", "a subject of which nothing is left is hub's own"
    assert mail.get_content().startswith("Dear Ann Lee,\nYours,\n\nQuote 1 of")


def test_what_is_filled_in_is_not_filled_in_again(shop: InProcess) -> None:
    shop("customers", "edit", "C1", "--last-name", "{total} {nam}")
    shop("quotes", "create", "C1", "--line", "A@5", "--fulfillment", "pickup")
    shop("settings", "set", "mail.quote.text", "Dear {name},")
    assert "Dear Ann {total} {nam},\n" in letter(shop, "quotes", "send", "Q1").get_content()


def test_the_shops_lines_at_the_end_of_every_mail(shop: InProcess) -> None:
    shop("settings", "set", "correspondence.record_emails", "on")
    shop("settings", "set", "correspondence.message_plain", "Spring sale:\n10 % off <everything>")
    assert letter(shop, *FREE, "Hello").get_content() == "Friday.\n\nSpring sale:\n10 % off <everything>\n"
    assert shop("emails", "show", "M1", "--json").json["body"][-1] == "10 % off <everything>", "kept as it was sent"
    shop("settings", "set", "correspondence.message_html", "<h1>Sale</h1>")
    mail = letter(shop, *FREE, "Hello")
    plain, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    assert plain.get_content().startswith("Friday.")
    assert "10 % off &lt;everything&gt;" in html.get_content()
    assert html.get_content().endswith("<h1>Sale</h1>\n")


# -------------------------------------------------------------------------------------- what goes along, what does not


def test_the_document_goes_along_as_pdf(shop: InProcess) -> None:
    pytest.importorskip("fpdf")
    shop("quotes", "create", "C1", "--line", "A@5", "--fulfillment", "pickup")
    (sheet,) = letter(shop, "quotes", "send", "Q1", "--pdf").iter_attachments()
    assert (sheet.get_filename(), sheet.get_content_type()) == ("Your-quote-Q1.pdf", "application/pdf")
    assert sheet.get_content().startswith(b"%PDF-")
    shop("quotes", "approve", "Q1")
    shop("orders", "invoice", "O1")
    (sheet,) = letter(shop, "orders", "request-payment", "--customer", "C1", "--pdf").iter_attachments()
    assert sheet.get_filename() == "Payment-request-for-O1.pdf"


def test_the_invoice_goes_with_mail_about_an_order_where_that_is_set(shop: InProcess) -> None:
    pytest.importorskip("fpdf")
    for key in ("internet", "bh"):
        shop("settings", "set", f"correspondence.attach_invoice.{key}", "on")
        shop("orders", "create", "C1", "--line", "A@5", "--source", "website" if key == "internet" else "in-store")
    assert [row["number"] for row in shop("invoices", "list").rows] == ["I1"], "what came from the website is invoiced"
    assert [one.get_filename() for one in letter(shop, "orders", "send", "O1").iter_attachments()] == [
        "Your-order-O1.pdf"
    ]
    assert list(letter(shop, "orders", "send", "O2").iter_attachments()) == [], "there is no invoice of it yet"
    shop("orders", "invoice", "O2")
    assert len(list(letter(shop, "orders", "send", "O2").iter_attachments())) == 1
    shop("settings", "set", "correspondence.attach_invoice.bh", "off")
    assert list(letter(shop, "orders", "send", "O2").iter_attachments()) == []


def test_model_numbers_and_services_can_be_left_out(shop: InProcess) -> None:
    shop("quotes", "create", "C1", "--tax-rate", "0%")
    shop("quotes", "add-line", "Q1", "WF45-SECRET", "--price", "900", "--description", "Front-load washer",
         "--fulfillment", "delivery-install", "--install", "Gas hookup@89", "--plan", "P5@50")  # fmt: skip
    shop("quotes", "add-line", "Q1", "XX-SECRET", "--price", "10", "--fulfillment", "pickup")
    whole = letter(shop, "quotes", "send", "Q1").get_content()
    assert "1 × WF45-SECRET Front-load washer  900.00\n    Gas hookup  89.00\n" in whole
    text = letter(shop, "quotes", "send", "Q1", "--hide", "models", "--hide", "services").get_content()
    assert "1 × Front-load washer  900.00\n1 × item  10.00\n\nservices: 139.00\ntotal: 1049.00\n" in text
    assert "--hide" in shop("quotes", "send", "Q1", "--hide", "prices", code=2).err


def test_nothing_internal_is_in_any_letter(shop: InProcess) -> None:
    pytest.importorskip("fpdf")
    for kind in ("internal", "delivery", "customer"):
        shop("notes", "add", "C1", f"{kind.upper()}WORD", "--type", kind, "--persistence", "persistent")
    shop("settings", "set", "statements.enabled", "on")
    shop("credit", "line", "set", "C1", "--limit", "9000", "--terms", "Net 30")
    shop("orders", "create", "C1", "--line", "A@500/123.45", "--on-account", today="2025-05-01")
    shop("orders", "invoice", "O1", today="2025-05-01")
    shop("quotes", "create", "C1", "--line", "B@800/678.90", "--fulfillment", "pickup")
    shop("statements", "generate", "--month", "2025-05")
    for send in (
        ("quotes", "send", "Q2"), ("orders", "send", "O1"), ("invoices", "send", "I1"),
        ("orders", "request-payment", "O1"), ("statements", "send", "S1"), ("emails", "send", "C1", "--subject", "x",
                                                                          "--message", "y"),
    ):  # fmt: skip
        shop(*send)
    letters = list((shop.path.parent / "outbox").glob("*.eml"))
    assert len(letters) == 6
    for path in letters:
        text = message_from_bytes(path.read_bytes(), policy=policy.default).get_body().get_content()  # type: ignore[union-attr]
        for word in ("INTERNALWORD", "DELIVERYWORD", "123.45", "678.90"):
            assert word not in text, path
