"""Mail goes to a real server on loopback or into the outbox, and into the history only while that is kept."""

import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest

import post_office
from conftest import InProcess


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101",
        "--email", "ann@lee.test", "--billing-email", "bills@lee.test")  # fmt: skip
    hub("customers", "create", "--first-name", "Bo", "--last-name", "Orr", "--mobile", "312 555 0102")
    hub("settings", "set", "mail.from", "Oak Shop <office@oak.test>")
    return hub


@pytest.fixture
def office(shop: InProcess) -> Iterator[post_office.PostOffice]:
    with post_office.serving(shop) as office:
        yield office


FREE = ("emails", "send", "C1", "--subject", "Your delivery", "--message", "We come on Friday, 9–12.\nThe shop")


def test_a_message_reaches_the_server(shop: InProcess, office: post_office.PostOffice, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.4 plan")
    row = shop(*FREE, "--cc", "boss@lee.test", "--attach", str(tmp_path / "plan.pdf")).rows[0]
    assert (row["way"], row["to"], row["file"]) == ("email", "ann@lee.test", "")
    (mail,) = office.mails
    assert (mail["From"], mail["To"], mail["Cc"]) == ("Oak Shop <office@oak.test>", "ann@lee.test", "boss@lee.test")
    assert mail["Subject"] == "Your delivery"
    assert mail.get_body().get_content().replace("\r", "") == "We come on Friday, 9–12.\nThe shop\n"
    assert [part.get_filename() for part in mail.iter_attachments()] == ["plan.pdf"]
    assert office.envelopes[0].rcpt_tos == ["ann@lee.test", "boss@lee.test"]
    assert shop("emails", "list").rows == [], "the history is kept only while it is on"


def test_deconetwork_55_the_history_is_kept_while_it_is_on(shop: InProcess, office: post_office.PostOffice) -> None:
    shop("settings", "set", "correspondence.record_emails", "on")
    shop(*FREE)
    shop("settings", "set", "correspondence.record_emails", "off")
    shop(*FREE)
    assert len(office.mails) == 2
    rows = shop("emails", "list", "--customer", "C1").rows
    assert [(r["number"], r["direction"], r["status"], r["subject"]) for r in rows] == [
        ("M1", "out", "sent", "Your delivery")
    ]
    assert shop("emails", "show", "M1", "--json").json["body"][0].startswith("We come on Friday")
    assert [r["number"] for r in shop("customers", "emails", "C1").rows] == ["M1"]
    assert "mail" in {r["kind"] for r in shop("customers", "activity", "C1").rows}


def test_what_the_server_refuses_is_not_recorded(shop: InProcess, office: post_office.PostOffice) -> None:
    shop("settings", "set", "correspondence.record_emails", "on")
    refused = shop(*FREE, "--to", "nobody@lee.test", code=1)
    assert "127.0.0.1 refused: nobody@lee.test: no such mailbox; nothing is recorded as sent" in refused.err
    assert shop("emails", "list").rows == []
    assert office.mails == []


def test_a_server_that_is_not_there(shop: InProcess) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        shop("settings", "set", "mail.server", f"127.0.0.1:{taken.getsockname()[1]}")
        shop("settings", "set", "mail.security", "none")
        assert "cannot be reached" in shop(*FREE, code=1).err
    assert shop("changes", "list", "--command", "emails").rows == []


def test_an_unencrypted_server_is_refused_where_encryption_is_asked_for(
    shop: InProcess, office: post_office.PostOffice
) -> None:
    shop("settings", "set", "mail.security", "starttls")
    assert "refused" in shop(*FREE, code=1).err
    assert office.mails == []


def test_a_login_is_taken_from_the_environment_or_a_file(
    shop: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bytes, bytes]] = []

    class Knows:
        def __call__(self, _server: object, _session: object, _envelope: object, _kind: str, data: object) -> object:
            from aiosmtpd.smtp import AuthResult

            seen.append((data.login, data.password))  # type: ignore[attr-defined]
            return AuthResult(success=data.password == b"right one", handled=False)  # type: ignore[attr-defined]

    with post_office.running(authenticator=Knows(), auth_require_tls=False) as (office, where):
        shop("settings", "set", "mail.server", where)
        shop("settings", "set", "mail.security", "none")
        shop("settings", "set", "mail.user", "office")
        assert "it is not set, and mail.password_file is empty" in shop(*FREE, code=1).err
        monkeypatch.setenv("HUB_MAIL_PASSWORD", "wrong one")
        refused = shop(*FREE, code=1)
        assert "does not let office in" in refused.err
        assert "wrong one" not in refused.err
        monkeypatch.delenv("HUB_MAIL_PASSWORD")
        (tmp_path / "password").write_text("right one\n")
        shop("settings", "set", "mail.password_file", "password")  # beside the database
        assert shop("emails", "check").rows[0]["user"] == "office"
        shop(*FREE)
        assert len(office.mails) == 1
        assert seen[-1] == (b"office", b"right one")
        shop("settings", "set", "mail.password_file", str(tmp_path / "none"))
        assert "cannot be read" in shop(*FREE, code=1).err


def test_without_a_server_it_lies_in_the_outbox(shop: InProcess) -> None:
    result = shop(*FREE)
    path = Path(result.rows[0]["file"])
    assert "hub sent nothing itself" in result.err
    assert path.parent == shop.path.parent / "outbox"
    assert path.stat().st_mode & 0o777 == 0o600
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["To"] == "ann@lee.test"


def test_a_dry_run_sends_nothing(shop: InProcess, office: post_office.PostOffice) -> None:
    shop(*FREE, "-n")
    assert office.mails == []


def test_what_is_typed_wrong(shop: InProcess) -> None:
    for arguments, code, told in (
        (("C1", "--subject", "x"), 2, "needs --subject and --message"),
        (("C2", "--subject", "x", "--message", "y"), 6, "C2 Bo Orr has no e-mail address"),
        (("C1", "--subject", "x", "--message", "y", "--to", "nobody"), 2, "--to"),
        (("C1", "--subject", "x\ny", "--message", "y"), 2, "--subject"),
        (("C9", "--subject", "x", "--message", "y"), 4, "C9"),
    ):
        assert told in shop("emails", "send", *arguments, code=code).err, arguments
    assert not (shop.path.parent / "outbox").exists()


REPLY = b"""From: Ann Lee <ANN@lee.test>
To: office@oak.test
Subject: =?utf-8?q?Re=3A_Your_quote_Q1_=E2=80=93_yes?=
Date: Fri, 13 Jun 2025 10:00:00 -0500
Message-ID: <1@lee.test>
Content-Type: text/plain; charset=utf-8

Gr\xc3\xbc\xc3\x9fe, go ahead.\x1b[31m
"""


def test_replies_are_kept_with_their_document_once(shop: InProcess, tmp_path: Path) -> None:
    shop("quotes", "create", "C1", "--line", "WASH1@900", "--fulfillment", "pickup")
    path = tmp_path / "reply.eml"
    path.write_bytes(REPLY)
    assert "mail is not recorded here" in shop("emails", "import", str(path), code=6).err
    shop("settings", "set", "correspondence.record_emails", "on")
    row = shop("emails", "import", str(path)).rows[0]
    assert (row["mails"], row["kept"], row["known"], row["nobody"]) == ("1", "1", "0", "0")
    again = shop("emails", "import", str(path)).rows[0]
    assert (again["kept"], again["known"], again["change"]) == ("0", "1", "")
    mail = shop("emails", "list", "--direction", "in").rows[0]
    assert (mail["at"], mail["document"], mail["subject"]) == (
        "2025-06-13T15:00:00.000Z", "Q1", "Re: Your quote Q1 – yes",
    )  # fmt: skip
    assert shop("emails", "show", mail["number"], "--json").json["body"] == ["Grüße, go ahead.[31m"]
    assert [r["number"] for r in shop("emails", "list", "--document", "Q1").rows] == ["M1"]


def test_a_whole_mailbox(shop: InProcess, tmp_path: Path) -> None:
    shop("settings", "set", "correspondence.record_emails", "on")
    other = REPLY.replace(b"<1@", b"<2@").replace(b"ANN@lee.test", b"stranger@else.test")
    sent = (
        REPLY.replace(b"<1@", b"<3@")
        .replace(b"ANN@lee.test", b"office@oak.test")
        .replace(b"To: office@oak", b"To: bills@lee")
    )
    path = tmp_path / "inbox.mbox"
    path.write_bytes(
        b"".join(b"From someone Fri Jun 13 10:00:00 2025\n" + mail + b"\n" for mail in (REPLY, other, sent))
    )
    row = shop("emails", "import", str(path)).rows[0]
    assert (row["mails"], row["kept"], row["nobody"]) == ("3", "2", "1")
    assert sorted(r["direction"] for r in shop("emails", "list").rows) == ["in", "out"]


@pytest.mark.parametrize("content", [b"", b"just words\n", b"\x00\xff\xfe", b"Subject: x\n\nno sender"])
def test_what_is_no_mail_is_refused(shop: InProcess, tmp_path: Path, content: bytes) -> None:
    shop("settings", "set", "correspondence.record_emails", "on")
    (tmp_path / "odd.eml").write_bytes(content)
    assert "is no mail" in shop("emails", "import", str(tmp_path / "odd.eml"), code=2).err
    assert "no such file" in shop("emails", "import", str(tmp_path / "none.eml"), code=2).err
    assert shop("emails", "list").rows == []


def kept(shop: InProcess, tmp_path: Path, content: bytes) -> list[dict[str, str]]:
    """Import one mail; give what is kept of it."""
    before = {row["number"] for row in shop("emails", "list").rows}
    (tmp_path / "one.eml").write_bytes(content)
    shop("emails", "import", str(tmp_path / "one.eml"))
    return [row for row in shop("emails", "list").rows if row["number"] not in before]


def test_an_answer_is_known_by_the_mail_it_answers(shop: InProcess, tmp_path: Path) -> None:
    shop("settings", "set", "correspondence.record_emails", "on")
    for _ in range(2):
        shop("orders", "invoice", shop("orders", "create", "C1", "--line", "A@5", "-q").out.strip())
    shop("orders", "request-payment", "--customer", "C1")
    (mail,) = shop("sql", "SELECT message_id FROM mails").rows
    assert [shop("emails", "list", "--document", ref).rows[0]["number"] for ref in ("O1", "O2")] == ["M1", "M1"]
    head = b"From: Husband <jo@else.test>\nTo: office@oak.test\nSubject: paid\nIn-Reply-To: %s\n\nDone.\n"
    (row,) = kept(shop, tmp_path, head % mail["message_id"].encode())
    assert (row["customer"], row["direction"], row["document"], row["from"]) == ("C1", "in", "O1", "jo@else.test")


def test_an_answer_of_a_contact_or_of_who_was_merged(shop: InProcess, tmp_path: Path) -> None:
    shop("settings", "set", "correspondence.record_emails", "on")
    shop("customers", "contact", "add", "C2", "--first-name", "Di", "--email", "Di@Orr.test")
    (row,) = kept(shop, tmp_path, b"From: di@orr.test\nTo: office@oak.test\nSubject: Re: hello\n\nYes.\n")
    assert (row["customer"], row["direction"]) == ("C2", "in")
    shop("customers", "merge", "C2", "C1", "-y")
    (row,) = kept(shop, tmp_path, b"From: ann@lee.test\nTo: office@oak.test\nSubject: me\n\nYes.\n")
    assert row["customer"] == "C2", "the survivor"


def test_what_comes_to_several_customers_from_one_of_them_came_in(shop: InProcess, tmp_path: Path) -> None:
    shop("settings", "set", "correspondence.record_emails", "on")
    shop("customers", "edit", "C2", "--email", "bo@orr.test")
    rows = kept(shop, tmp_path, b"From: ann@lee.test\nTo: office@oak.test\nCc: bo@orr.test\nSubject: x\n\ny\n")
    assert {(row["customer"], row["direction"]) for row in rows} == {("C1", "in"), ("C2", "in")}


HTML = b"""From: ann@lee.test
To: office@oak.test
Subject: =?utf-8?q?Angebot?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html; charset=utf-8

<html><head><style>p {color: red}</style></head><body><p>Hello &amp; thanks,</p><p>Ann<br>Lee</p></body></html>
--b
Content-Type: application/pdf; name="plan.pdf"
Content-Disposition: attachment; filename="plan.pdf"

%PDF
--b--
"""


def test_html_is_kept_as_text_with_the_names_of_files(shop: InProcess, tmp_path: Path) -> None:
    shop("settings", "set", "correspondence.record_emails", "on")
    (row,) = kept(shop, tmp_path, HTML)
    assert shop("emails", "show", row["number"], "--json").json["body"] == [
        "Hello & thanks,", "Ann", "Lee", "", "[file: plan.pdf]",
    ]  # fmt: skip
    assert kept(shop, tmp_path, HTML) == [], "one without a Message-ID is known by its content"


@pytest.mark.parametrize(
    "content",
    [
        b"From: ann@lee.test\nDate: Fri, 99 Foo 99999 10:00\n\n\xff\xfe\x00\x1b[31m",
        "From: Ann Lée <ann@lee.test>\nSubject: Grüße\nTo: büro@münchen.test\n\nx".encode(),
        b"From: ann@lee.test\nContent-Type: text/plain; charset=nonsense\n\nx",
        b"From: ann@lee.test\nContent-Type: multipart/mixed; boundary=x\n\nno part at all",
        b"From: ann@lee.test\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!",
        b'From: ann@lee.test\nTo: <<<@@@>,,; "\n\nx',
        b'From: "ann@lee.test" <ann@lee.test>\nSubject: =?utf-8?b?////?=\nMessage-ID: [x\n\nx',
        b"From: ann@lee.test\nContent-Type: message/rfc822\n\nFrom: x@y.test\n\nx",
    ],
)
def test_malformed_mail_is_kept_as_far_as_it_goes(shop: InProcess, tmp_path: Path, content: bytes) -> None:
    shop("settings", "set", "correspondence.record_emails", "on")
    (row,) = kept(shop, tmp_path, content)
    assert row["customer"] == "C1"
    assert "\x1b" not in shop("emails", "show", row["number"], "--json").out


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_encrypted_server_takes_mail_and_an_unknown_one_does_not(
    shop: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    how = {"ssl_context": context} if security == "tls" else {"tls_context": context, "require_starttls": True}
    with post_office.running(**how) as (office, where):
        shop("settings", "set", "mail.server", where)
        shop("settings", "set", "mail.security", security)
        assert "certificate" in shop(*FREE, code=1).err
        assert office.mails == []
        monkeypatch.setenv("HUB_MAIL_CA", str(certificate))
        shop(*FREE)
        assert len(office.mails) == 1
