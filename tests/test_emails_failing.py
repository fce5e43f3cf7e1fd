"""Whatever goes wrong on the way: nothing is recorded as sent that was not, nothing goes twice without a word."""

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import post_office
from conftest import InProcess
from post_office import PostOffice

FREE = ("emails", "send", "C1", "--subject", "Your delivery", "--message", "We come on Friday.")


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    for name, phone in (("Ann", "1"), ("Bo", "2"), ("Cy", "3")):
        hub("customers", "create", "--first-name", name, "--last-name", "Lee", "--mobile", f"312 555 010{phone}",
            "--email", f"{name.lower()}@lee.test")  # fmt: skip
        hub("quotes", "create", f"C{phone}", "--line", "WASH1@900", "--fulfillment", "pickup")
    hub("settings", "set", "mail.from", "Oak Shop <office@oak.test>")
    hub("settings", "set", "correspondence.record_emails", "on")
    return hub


@pytest.fixture
def office(shop: InProcess) -> Iterator[PostOffice]:
    with post_office.serving(shop) as office:
        yield office


def sent(shop: InProcess, ref: str) -> list[str]:
    return [str(one["to"]) for one in shop("quotes", "show", ref, "--json").json["sent"]]


def test_one_of_two_addresses_is_refused(shop: InProcess, office: PostOffice) -> None:
    result = shop("quotes", "send", "Q1", "--cc", "nobody@lee.test", code=3)
    assert result.err == "Q1-quote reached others, but not nobody@lee.test: no such mailbox\n"
    assert office.envelopes[0].rcpt_tos == ["ann@lee.test"]
    assert sent(shop, "Q1") == ["ann@lee.test"], "only whom it reached"
    assert shop("emails", "list").rows[0]["to"] == "ann@lee.test"
    assert shop("emails", "unsure").rows == []


def test_all_addresses_are_refused(shop: InProcess, office: PostOffice) -> None:
    told = shop("quotes", "send", "Q1", "--to", "nobody@lee.test", code=1).err
    assert "127.0.0.1 refused: nobody@lee.test: no such mailbox; nothing is recorded as sent" in told
    assert (office.mails, sent(shop, "Q1"), shop("emails", "list").rows) == ([], [], [])
    assert shop("quotes", "show", "Q1", "--json").json["status"] == "saved"
    assert shop("emails", "unsure").rows == []


def test_one_bad_address_does_not_stop_the_others(shop: InProcess, office: PostOffice) -> None:
    shop("customers", "edit", "C2", "--email", "nobody@lee.test")
    result = shop("quotes", "send", "Q1", "Q2", "Q3", code=3)
    assert [row["number"] for row in result.rows] == ["Q1", "Q3"]
    assert result.err == ("Q2-quote to nobody@lee.test was not sent: nobody@lee.test: no such mailbox\n")
    assert [mail["To"] for mail in office.mails] == ["ann@lee.test", "cy@lee.test"]
    assert [sent(shop, ref) for ref in ("Q1", "Q2", "Q3")] == [["ann@lee.test"], [], ["cy@lee.test"]]


def test_the_words_are_refused_after_they_were_read(shop: InProcess, office: PostOffice) -> None:
    office.answer = "554 looks like spam"
    assert "refused: looks like spam; nothing is recorded as sent" in shop("quotes", "send", "Q1", code=1).err
    assert (sent(shop, "Q1"), shop("emails", "unsure").rows) == ([], [])


def test_no_answer_after_the_mail_is_neither_sent_nor_sent_twice(shop: InProcess, office: PostOffice) -> None:
    office.hangs_up = 0
    told = shop("quotes", "send", "Q1", code=1).err
    assert "the mail to ann@lee.test was handed to 127.0.0.1, and no answer came" in told
    assert "it may have arrived or not, and is not recorded as sent" in told
    assert (len(office.mails), sent(shop, "Q1"), shop("emails", "list").rows) == (1, [], [])
    assert "1 may have arrived or not" in shop("doctor", code=None).out
    (waiting,) = shop("emails", "unsure").rows
    assert (waiting["about"], waiting["to"], waiting["subject"]) == ("Q1-quote", "ann@lee.test", "Your quote Q1")
    assert Path(waiting["file"]).stat().st_mode & 0o777 == 0o600

    office.hangs_up = 10**6
    refused = shop("quotes", "send", "Q1", code=6).err
    assert "the same mail to ann@lee.test was handed over before" in refused
    assert (len(office.mails), sent(shop, "Q1")) == (1, [])

    shop("quotes", "send", "Q1", "--again")
    assert len(office.mails) == 2
    assert office.mails[0]["Message-ID"] == office.mails[1]["Message-ID"], "so that a mail program shows it once"
    assert (sent(shop, "Q1"), shop("emails", "unsure").rows) == (["ann@lee.test"], [])
    shop("quotes", "send", "Q1")
    assert office.mails[2]["Message-ID"] != office.mails[1]["Message-ID"], "what is known to have gone is sent anew"


def test_a_line_that_goes_dead_in_the_middle_of_many(shop: InProcess, office: PostOffice) -> None:
    office.hangs_up = 1
    result = shop("quotes", "send", "Q1", "Q2", "Q3", code=3)
    assert [row["number"] for row in result.rows] == ["Q1"]
    assert [line.split(":")[0] for line in result.err.splitlines()] == [
        "Q2-quote to bo@lee.test may have arrived or not", "Q3-quote to cy@lee.test was not sent",
    ]  # fmt: skip
    assert [sent(shop, ref) for ref in ("Q1", "Q2", "Q3")] == [["ann@lee.test"], [], []]
    office.hangs_up = 10**6
    again = shop("quotes", "send", "Q2", "Q3", code=3)
    assert [row["number"] for row in again.rows] == ["Q3"]
    assert "whether it arrived is not known; --again sends it once more" in again.err
    assert len(office.mails) == 3


def test_a_server_that_takes_too_long(shop: InProcess, office: PostOffice) -> None:
    shop("settings", "set", "mail.timeout", "1")
    office.waits = 1.5
    told = shop("quotes", "send", "Q1", code=1).err
    assert "it did not answer in time (mail.timeout); it may have arrived or not" in told
    assert (sent(shop, "Q1"), len(shop("emails", "unsure").rows)) == ([], 1)
    assert shop("emails", "list").rows == []


def test_a_server_that_never_says_a_word(shop: InProcess) -> None:
    shop("settings", "set", "mail.timeout", "1")
    shop("settings", "set", "mail.security", "none")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        shop("settings", "set", "mail.server", f"127.0.0.1:{silent.getsockname()[1]}")
        told = shop(*FREE, code=1).err
    assert "cannot be reached: it did not answer in time (mail.timeout); nothing is recorded as sent" in told
    assert shop("emails", "unsure").rows == []


def _hang_up(server: socket.socket) -> None:
    server.accept()[0].close()


def test_a_server_that_hangs_up_at_once(shop: InProcess) -> None:
    shop("settings", "set", "mail.security", "none")
    with socket.create_server(("127.0.0.1", 0)) as rude:
        threading.Thread(target=_hang_up, args=(rude,), daemon=True).start()
        shop("settings", "set", "mail.server", f"127.0.0.1:{rude.getsockname()[1]}")
        told = shop(*FREE, code=1).err
    assert "cannot be reached: Connection unexpectedly closed; nothing is recorded as sent" in told


def test_what_was_sent_and_could_not_be_recorded_is_said(
    shop: InProcess, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hubcli.errors import HubError
    from hubcli.operations.mailing import history

    def full(*_: object) -> None:
        if office.mails:
            raise HubError("disk_full", path="hub.db", reason="no space left", free="0 B")

    monkeypatch.setattr(history, "record", full)
    told = shop("quotes", "send", "Q1", code=3).err
    assert "sent (1), but it could not be recorded" in told
    assert "sending it again would be the second time" in told
    monkeypatch.undo()
    assert len(shop("emails", "unsure").rows) == 1
    assert "was handed over before" in shop("quotes", "send", "Q1", code=6).err
    assert len(office.mails) == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_in_the_middle_keeps_what_was_sent(
    shop: InProcess, office: PostOffice, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    from hubcli.operations.mailing import unsure

    begin = unsure.begin

    def stopped(hub: object, name: str, *rest: object) -> Path:
        if name.startswith("Q2"):
            signal.raise_signal(number)
        return begin(hub, name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(unsure, "begin", stopped)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background would be deaf to it
    try:
        result = shop("quotes", "send", "Q1", "Q2", "Q3", code=128 + number)
    finally:
        signal.signal(signal.SIGINT, before)
    assert "was saved before" in result.err
    assert [sent(shop, ref) for ref in ("Q1", "Q2", "Q3")] == [["ann@lee.test"], [], []]
    assert (len(office.mails), shop("emails", "unsure").rows) == (1, [])


def test_a_mail_needs_a_sender_and_no_password_in_clear(shop: InProcess) -> None:
    shop("settings", "set", "mail.server", "mail.oak.test")
    shop("settings", "set", "mail.security", "none")
    shop("settings", "set", "mail.user", "office")
    assert "the password would go to mail.oak.test for everyone on the way to read" in shop(*FREE, code=6).err
    shop("settings", "set", "mail.from", "--default")
    assert "mail needs a sender" in shop(*FREE, code=6).err


def test_statements_go_on_past_a_bad_address(shop: InProcess, office: PostOffice) -> None:
    shop("settings", "set", "statements.enabled", "on")
    shop("settings", "set", "statements.include_not_overdue", "on")
    for number in (1, 2, 3):
        shop("credit", "line", "set", f"C{number}", "--limit", "5000", "--terms", "Net 30")
        made = shop("orders", "create", f"C{number}", "--line", "A@100", "--on-account", "-q", today="2025-05-20").out
        shop("orders", "invoice", made.strip(), today="2025-05-20")
    shop("statements", "generate", "--monthly")
    shop("customers", "edit", "C1", "--email", "nobody@lee.test")
    result = shop("statements", "send", "--unsent", code=3)
    assert [row["number"] for row in result.rows] == ["S2", "S3"]
    assert result.err == "S1-C1 to nobody@lee.test was not sent: nobody@lee.test: no such mailbox\n"
    assert "refused: nobody@lee.test" in shop("statements", "send", "--unsent", code=1).err
    shop("customers", "edit", "C1", "--email", "ann@lee.test")
    assert [row["number"] for row in shop("statements", "send", "--unsent").rows] == ["S1"]
    assert [mail["To"] for mail in office.mails] == ["bo@lee.test", "cy@lee.test", "ann@lee.test"]


def test_the_outbox_holds_a_letter_only_once_it_is_recorded(shop: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    from hubcli.errors import HubError
    from hubcli.operations.mailing import history

    def full(*_: object) -> None:
        raise HubError("disk_full", path="hub.db", reason="no space left", free="0 B")

    monkeypatch.setattr(history, "record", full)
    shop("quotes", "send", "Q1", code=None)
    assert list((shop.path.parent / "outbox").iterdir()) == []


def test_a_kill_after_the_server_took_it_is_no_second_mail(shop: InProcess, office: PostOffice) -> None:
    office.waits = 60.0
    run = [sys.executable, "-m", "hubcli", "--db", str(shop.path), "quotes", "send", "Q1", "--today", "2025-06-15"]
    with subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as started:
        for _ in range(600):
            if office.mails:
                break
            time.sleep(0.1)
        started.kill()
    assert len(office.mails) == 1
    assert (sent(shop, "Q1"), [row["about"] for row in shop("emails", "unsure").rows]) == ([], ["Q1-quote"])
    office.waits = 0.0
    assert "was handed over before" in shop("quotes", "send", "Q1", code=6).err
    assert len(office.mails) == 1
