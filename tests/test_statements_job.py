"""Statements as a job and on their way out: silence, one line, undo, two runs at once, the outbox, exports."""

import os
import subprocess
from email import message_from_bytes, policy
from pathlib import Path

import pytest

import billing
import post_office
import till
from conftest import InProcess

TODAY = "2026-04-03"
MONTHLY = ("statements", "generate", "--monthly")


@pytest.fixture
def two(hub: InProcess) -> InProcess:
    """Two account holders: one owes 380.00 overdue and 300.00 not yet due, the other one 50.00 overdue."""
    billing.holder(hub, today="2026-01-01")
    billing.holder(hub, "Bob Ray", today="2026-01-01")
    first = billing.invoice(hub, "C1", "500", "2026-01-31", "Net 15")
    billing.invoice(hub, "C1", "300", "2026-03-20")
    till.pay(hub, first, "120", today="2026-03-05")
    billing.invoice(hub, "C2", "50", "2026-01-10")
    hub("customers", "edit", "C1", "--email", "ann@example.com")
    return hub


def last_change(hub: InProcess) -> str:
    return hub("changes", "list", "--limit", "1").rows[0]["change"]


# ---------------------------------------------------------------------------------------------------------------- a job


def test_the_job_says_one_line_and_the_second_time_nothing(two: InProcess) -> None:
    told = two(*MONTHLY, today=TODAY)
    change = last_change(two)
    assert told.out == (
        f"issued 2 statements for 2026-03-01..2026-03-31: listed 430.00, not yet due 300.00, owed 730.00 ({change})\n"
    )
    assert told.err == ""
    again = two(*MONTHLY, today=TODAY)
    assert (again.out, again.err) == ("", "")
    assert last_change(two) == change
    assert two(*MONTHLY, "-v", today=TODAY).err == "2 had theirs already\n"


def test_nothing_to_issue_says_nothing(hub: InProcess) -> None:
    hub("settings", "set", "statements.enabled", "on")
    for form in ((), ("--json",), ("--csv",), ("-q",), ("-n",)):
        told = hub(*MONTHLY, *form, today=TODAY)
        assert (told.out, told.err) == ("", "")


def test_forms_of_the_job(two: InProcess) -> None:
    shown = two(*MONTHLY, "-n", today=TODAY)
    assert [(row["number"], row["total_owed"]) for row in shown.rows] == [("S1", "680.00"), ("S2", "50.00")]
    assert shown.err.startswith("dry run: 2 statements for 2026-03-01..2026-03-31: listed 430.00")
    assert two("statements", "list").rows == []
    made = two(*MONTHLY, "--json", today=TODAY).json
    assert [row["number"] for row in made] == ["S1", "S2"]
    assert made[0] == {
        "number": "S1", "customer": "C1", "customer_name": "Ann Lee", "kind": "open-item", "from_on": "2026-03-01",
        "to_on": "2026-03-31", "balance": "380.00", "not_yet_due": "300.00", "total_owed": "680.00", "replaces": None,
        "change": last_change(two),
    }  # fmt: skip
    assert two("statements", "generate", "--month", "2026-02", "-q", today=TODAY).out == "S3\nS4\n"


def test_those_on_stdin_are_stated(two: InProcess) -> None:
    listed = two("customers", "list").out
    made = two("statements", "generate", "-", "--monthly", "-q", stdin=listed, today=TODAY).out
    assert made == "S1\nS2\n"
    sent = two("statements", "send", "-", stdin=made, today=TODAY).rows
    assert [row["number"] for row in sent] == ["S1", "S2"]


def test_a_second_run_at_once_ends(two: InProcess, hub_command: str) -> None:
    from hubcli.locks import Locks

    environment = os.environ | {"HUB_DB": str(two.path), "HUB_TODAY": TODAY, "HUB_USER": "nightly"}
    locks = Locks(two.path, 0o600)
    locks.job("statements generate")
    try:
        done = subprocess.run([hub_command, *MONTHLY], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 8
        assert done.stdout == ""
    finally:
        locks.close()
    runs = [
        subprocess.Popen([hub_command, *MONTHLY], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    for run in runs:
        run.communicate()
    assert {run.returncode for run in runs} <= {0, 8}
    assert len(two("statements", "list").rows) == 2


# --------------------------------------------------------------------------------------------------------------- undone


def test_issuing_is_undone_and_its_numbers_are_not_used_again(two: InProcess) -> None:
    two(*MONTHLY, today=TODAY)
    two("undo", last_change(two), "-y", today=TODAY)
    assert two("statements", "list").rows == []
    assert "no statement S1" in two("statements", "show", "S1", code=4).err
    assert two(*MONTHLY, "-q", today=TODAY).out == "S3\nS4\n"
    assert two("db", "check", "--full", code=None).out.count("statement") == 0


def test_undo_takes_due_days_back_that_began_with_the_statement(two: InProcess) -> None:
    two("credit", "terms", "add", "Statement 20", "--days", "20", "--from", "statement")
    made = billing.invoice(two, "C1", "10", "2026-03-25", "Statement 20")
    two(*MONTHLY, today=TODAY)
    assert two("invoices", "show", made, "--json").json["due_on"] == "2026-04-23"
    two("undo", last_change(two), "-y", today=TODAY)
    assert two("invoices", "show", made, "--json").json["due_on"] is None
    two("redo", last_change(two), "-y", today=TODAY)
    assert two("invoices", "show", made, "--json").json["due_on"] == "2026-04-23"


def test_one_issued_anew_is_undone_and_redone(two: InProcess) -> None:
    two(*MONTHLY, today=TODAY)
    two("statements", "generate", "C1", "--month", "2026-03", "--reissue", today="2026-04-04")
    two("undo", last_change(two), "-y", today="2026-04-04")
    assert [row["number"] for row in two("statements", "list", "C1", "--all").rows] == ["S1"]
    two("redo", last_change(two), "-y", today="2026-04-04")
    rows = two("statements", "list", "C1", "--all").rows
    assert [(row["number"], row["replaced_by"]) for row in rows] == [("S3", ""), ("S1", "S3")]


def test_what_was_sent_is_not_undone_before_its_sending(two: InProcess) -> None:
    two(*MONTHLY, "--send", today=TODAY)
    sent = last_change(two)
    issued = f"H{int(sent[1:]) - 1}"
    assert "refers to it" in two("undo", issued, "-y", today=TODAY, code=6).err
    two("undo", sent, "-y", today=TODAY)
    two("undo", issued, "-y", today=TODAY)
    assert two("statements", "list").rows == []


# --------------------------------------------------------------------------------------------------------- on their way


def test_sending_writes_files_and_notes_it_once(two: InProcess) -> None:
    told = two(*MONTHLY, "--send", today=TODAY).out
    outbox = two.path.parent / "outbox"
    assert f"2 written to {outbox} (" in told
    assert len(told.splitlines()) == 1
    assert sorted(path.name for path in outbox.iterdir()) == ["S1-C1.eml", "S2-C2.txt"]
    assert (outbox / "S2-C2.txt").stat().st_mode & 0o777 == 0o600
    assert (outbox / "S2-C2.txt").read_text(encoding="utf-8") == two("statements", "show", "S2", "--text").out
    mail = message_from_bytes((outbox / "S1-C1.eml").read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Subject"]) == ("ann@example.com", "Statement S1")
    assert mail.get_content() == two("statements", "show", "S1", "--text").out
    assert [(row["number"], row["sent_on"]) for row in two("statements", "list").rows] == [("S2", TODAY), ("S1", TODAY)]
    assert two("statements", "show", "S1", "--json").json["sent"] == [
        {"way": "outbox", "sent_to": "ann@example.com", "sent_on": TODAY}
    ]
    again = two("statements", "send", "--unsent", today=TODAY)
    assert (again.out, again.err) == ("", "")


def test_unsent_ones_are_sent_later(two: InProcess, tmp_path: Path) -> None:
    two("settings", "set", "correspondence.outbox", str(tmp_path / "mail" / "out"))
    two(*MONTHLY, today=TODAY)
    assert len(two("statements", "list", "--unsent").rows) == 2
    dry = two("statements", "send", "--unsent", "-n", today=TODAY)
    assert dry.err.startswith("dry run: 2 statements, 2 written to ")
    assert [row["number"] for row in dry.rows] == ["S1", "S2"]
    assert not (tmp_path / "mail").exists()
    rows = two("statements", "send", "--unsent", "--customer", "C1", today=TODAY).rows
    assert [(row["number"], row["way"], row["sent_to"]) for row in rows] == [("S1", "outbox", "ann@example.com")]
    assert rows[0]["file"] == str(tmp_path / "mail" / "out" / "S1-C1.eml")
    assert [row["number"] for row in two("statements", "list", "--unsent").rows] == ["S2"]


def test_other_ways_are_noted_and_write_nothing(two: InProcess) -> None:
    two(*MONTHLY, today=TODAY)
    row = two("statements", "send", "S2", "--way", "hand", today=TODAY).rows[0]
    assert (row["way"], row["sent_to"], row["file"]) == ("hand", "", "")
    row = two("statements", "send", "S1", "--way", "print", today=TODAY).rows[0]
    assert (row["way"], row["sent_to"], row["file"]) == ("print", "", "")
    assert not (two.path.parent / "outbox").exists()
    assert two("statements", "list", "--unsent").rows == []


def test_they_are_mailed_where_a_server_is_set(two: InProcess) -> None:
    with post_office.running() as (office, where):
        for key, value in (("server", where), ("security", "none"), ("from", "Shop <shop@example.com>"),
                           ("statement.text", "Dear {name}, you owe {total}.")):  # fmt: skip
            two("settings", "set", f"mail.{key}", value)
        two("settings", "set", "correspondence.record_emails", "on")
        assert "; 1 mailed, 1 written to " in two(*MONTHLY, "--send", today=TODAY).out
        assert [mail["To"] for mail in office.mails] == ["ann@example.com"]
        assert office.mails[0].get_content().startswith("Dear Ann Lee, you owe 680.00.")
        assert [(row["number"], row["sent_on"]) for row in two("statements", "list").rows] == [
            ("S2", TODAY), ("S1", TODAY),
        ]  # fmt: skip
        assert two("statements", "send", "--unsent", today=TODAY).out == ""
        row = two("statements", "send", "S1", "--to", "Boss@Example.com", today=TODAY).rows[0]
        assert (row["way"], row["sent_to"], row["file"]) == ("email", "Boss@Example.com", "")
        assert len(two("customers", "emails", "C1").rows) == 2
        two("customers", "edit", "C1", "--email", "nobody@example.com")
        two("statements", "generate", "C1", "--month", "2026-02", today=TODAY)
        two("statements", "send", "--unsent", today=TODAY, code=None)
        assert [row["number"] for row in two("statements", "list", "--unsent").rows] == ["S3"]


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ((), 2, "which statements?"),
        (("S9",), 4, "no statement S9"),
        (("12x",), 2, "write S and digits"),
        (("S1", "--way", "pigeon"), 2, "email, outbox, print or hand"),
        (("S1", "--to", "nobody"), 2, "nobody"),
    ],
)
def test_what_cannot_be_sent_is_refused(two: InProcess, options: tuple[str, ...], code: int, told: str) -> None:
    two(*MONTHLY, today=TODAY)
    assert told in two("statements", "send", *options, today=TODAY, code=code).err


def test_an_outbox_that_cannot_be_written_notes_nothing(two: InProcess, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    two("settings", "set", "correspondence.outbox", str(tmp_path / "taken"))
    two(*MONTHLY, today=TODAY)
    refused = two("statements", "send", "--unsent", today=TODAY, code=1)
    assert "could not be written" in refused.err
    assert "hub settings get correspondence.outbox" in refused.err
    assert refused.out == ""
    assert len(two("statements", "list", "--unsent").rows) == 2
    told = two("statements", "generate", "--month", "2026-02", "--send", today=TODAY, code=1)
    assert told.err.startswith("issued 2 statements for 2026-02-01..2026-02-28: ")
    assert "not all sent: hub statements send --unsent" in told.err
    assert len(two("statements", "list", "--unsent").rows) == 4


def test_statements_of_a_closed_period_are_issued_and_days_begin(two: InProcess) -> None:
    two("credit", "terms", "add", "Statement 20", "--days", "20", "--from", "statement")
    made = billing.invoice(two, "C1", "10", "2026-03-25", "Statement 20")
    two("settings", "set", "books.closed_through", "2026-03-31", today=TODAY)
    assert two(*MONTHLY, today=TODAY).out.startswith("issued 2 statements ")
    assert two("invoices", "show", made, "--json").json["due_on"] == "2026-04-23"


def test_what_an_erased_statement_said_is_gone_and_the_others_are_not(two: InProcess) -> None:
    import sqlite3

    two(*MONTHLY, today=TODAY)
    conn = sqlite3.connect(two.path)
    conn.execute("UPDATE statements SET content = '{}' WHERE id = 1")
    conn.commit()
    conn.close()
    assert "what S1 said was erased" in two("statements", "show", "S1", code=6).err
    assert [row["number"] for row in two("export", "statements").rows] == ["S2"]
    assert [row["number"] for row in two("statements", "send", "--unsent", today=TODAY).rows] == ["S2"]
    assert [row["number"] for row in two("statements", "list").rows] == ["S2", "S1"]


# ------------------------------------------------------------------------------------------------------- lists, exports


def test_lists_narrow(two: InProcess) -> None:
    for month in ("2026-02", "2026-03"):
        two("statements", "generate", "--month", month, today=TODAY)
    two("statements", "generate", "C2", "--month", "2026-03", "--kind", "balance-forward", today=TODAY)

    def numbers(*options: str) -> list[str]:
        return [row["number"] for row in two("statements", "list", *options, today=TODAY).rows]

    assert numbers() == ["S5", "S4", "S3", "S2", "S1"]
    assert numbers("C1") == numbers("--customer", "C1") == ["S3", "S1"]
    assert numbers("--month", "2026-02") == ["S2", "S1"]
    assert numbers("--kind", "balance-forward") == ["S5"]
    assert numbers("--sort", "total_owed", "--limit", "1")[0] in {"S2", "S4", "S5"}


def test_exported_are_the_things_listed(two: InProcess) -> None:
    two(*MONTHLY, today=TODAY)
    billing.holder(two, "Cy Poe")
    till.pay(two, billing.invoice(two, "C3", "9", "2026-03-02"), "9", today="2026-03-02")
    two("statements", "generate", "C3", "--month", "2026-03", today=TODAY)
    rows = two("export", "statements", "--month", "2026-03").rows
    picked = ("number", "customer", "item", "open", "days_overdue", "total_owed")
    assert [tuple(row[name] for name in picked) for row in rows] == [
        ("S1", "C1", "I1", "380.00", "44", "680.00"),
        ("S2", "C2", "I3", "50.00", "50", "50.00"),
        ("S3", "C3", "", "", "", "0.00"),
    ]
    assert "they come by number" in two("export", "statements", "--sort", "open", code=2).err


def test_a_whole_export_brings_statements_back(two: InProcess, tmp_path: Path) -> None:
    two(*MONTHLY, "--send", today=TODAY)
    two("statements", "generate", "C2", "--month", "2026-03", "--reissue", today=TODAY)
    two("export", "all", "-o", str(tmp_path / "whole"))
    copy = InProcess(tmp_path / "copy.db", two._patch)
    copy("init")
    copy("import", "all", str(tmp_path / "whole"), "--apply")
    assert copy("statements", "show", "S1", "--json").out == two("statements", "show", "S1", "--json").out


def test_a_check_finds_statements_that_were_altered(two: InProcess) -> None:
    import sqlite3

    two(*MONTHLY, today=TODAY)
    assert two("db", "check", "--only", "R12", today=TODAY).out == ""
    conn = sqlite3.connect(two.path)
    conn.execute("UPDATE statements SET balance_cents = 37900, total_owed_cents = 67900 WHERE id = 1")
    conn.execute("UPDATE statements SET digest = 'x' WHERE id = 2")
    conn.commit()
    conn.close()
    found = two("db", "check", "--only", "R12", today=TODAY, code=7).rows
    assert [(row["record"], row["what"]) for row in found] == [
        ("statements 1", "says 380.00 of balance, its row 379.00"),
        ("statements 1", "says 680.00 of total_owed, its row 679.00"),
        ("statements 2", "is not as it was issued: its digest does not hold"),
    ]
