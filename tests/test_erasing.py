"""Whoever is erased is gone: from tables, log, search index and the bytes of the file; figures and the chain stay."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from conftest import InProcess
from hubcli import schema

CANARY = "Zwqxvania"
DIGEST = hashlib.sha256(CANARY.encode()).hexdigest()
"""A word that stands nowhere else."""

AT = "2025-01-02T10:00:00.000Z"
LETTER = json.dumps({"name": CANARY, "balance": "0.00", "not_yet_due": "0.00", "total_owed": "0.00"})
ROWS: dict[str, dict[str, object]] = {
    "customers": {},
    "billing_emails": {"email": f"{CANARY}@pay.test", "email_key": f"{CANARY}@pay.test"},
    "addresses": {"kind": "former", "line1": CANARY, "line2": CANARY, "city": CANARY, "zip": "60614", "label": CANARY},
    "contacts": {"first_name": CANARY, "phone": CANARY, "relationship": CANARY, "type": CANARY},
    "external_ids": {"system": "old", "external_id": CANARY},
    "notes": {
        "type": "internal", "persistence": "optional", "text": f"{CANARY} called", "author": "sam",
        "written_on": "2025-01-02",
    },
    "wallet_entries": {
        "amount_cents": 100, "type": "grant", "note": CANARY, "reference": CANARY, "entered_on": "2025-01-02",
        "recorded_at": AT,
    },
    "exemptions": {"tax_id": CANARY},
    "documents": {
        "status": "shipped", "ordered_on": "2025-01-02", "job_name": CANARY, "purchase_order": CANARY,
        "delivery_text": CANARY, "created_at": AT, "shipping_charge_cents": 101,
    },
    "payments": {
        "document_id": 1, "method": "check", "amount_cents": 100, "paid_on": "2025-01-02", "reference": CANARY,
        "note": CANARY, "description": CANARY, "authorization_code": CANARY, "recorded_at": AT,
    },
    "refunds": {
        "document_id": 1, "payment_id": 1, "method": "check", "amount_cents": 1, "reason": CANARY, "note": CANARY,
        "refunded_on": "2025-01-02", "recorded_at": AT,
    },
    "adjustments": {
        "document_id": 1, "kind": "refund-credit", "amount_cents": 1, "reason": CANARY, "adjusted_on": "2025-01-02",
        "recorded_at": AT,
    },
    "returns": {"document_id": 1, "returned_on": "2025-01-02", "reason": CANARY, "recorded_at": AT},
    "line_repayments": {
        "payment_id": 2, "method": "check", "amount_cents": 1, "paid_on": "2025-01-02", "reference": CANARY,
        "note": CANARY, "recorded_at": AT,
    },
    "sendings": {
        "document_id": 1, "kind": "invoice", "way": "hand", "sent_to": CANARY, "sent_on": "2025-01-02",
        "sent_by": "sam", "recorded_at": AT,
    },
    "disputes": {"document_id": 1, "note": CANARY, "opened_on": "2025-01-02", "resolved_on": "2025-01-03"},
    "statements": {
        "kind": "open-item", "from_on": "2025-01-01", "to_on": "2025-01-31", "issued_on": "2025-02-01",
        "balance_cents": 0, "not_yet_due_cents": 0, "total_owed_cents": 0, "content": LETTER,
        "digest": hashlib.sha256(LETTER.encode()).hexdigest(), "recorded_at": AT,
    },
    "files": {
        "name": CANARY, "media_type": "text/plain", "size": 9, "sha256": DIGEST, "added_on": "2025-01-02",
        "added_by": "sam",
    },
    "visits": {
        "document_id": 1, "type": "service", "description": CANARY, "created_on": "2025-01-02", "created_by": "sam",
        "status": "canceled", "time_window": CANARY,
    },
    "designs": {"name": CANARY, "file_id": 1, "added_on": "2025-01-02", "added_by": "sam"},
    "layouts": {"name": CANARY, "product": CANARY, "position": CANARY, "created_on": "2025-01-02"},
    "artwork_jobs": {"name": CANARY, "description": CANARY, "note": CANARY, "created_on": "2025-01-02"},
    "mails": {
        "direction": "out", "status": "sent", "sent_to": CANARY, "sent_from": CANARY, "subject": CANARY, "body": CANARY,
        "message_id": CANARY, "sent_at": AT,
    },
    "site_events": {"kind": "login", "detail": CANARY, "at": AT},
    "logins": {"username": CANARY, "username_key": CANARY.lower(), "password_hash": CANARY},
    "field_values": {"field_id": 1, "value": CANARY},
}  # fmt: skip
"""A row for every table that holds something personal; a new one needs a row here."""


def put(conn: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    values = {"customer_id": 1, **row}
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values()))


@pytest.fixture
def person(hub: InProcess) -> InProcess:
    """C1 has the canary in every place there is; C2 is somebody else."""
    hub(
        "customers", "create", "--first-name", CANARY, "--last-name", "Qop", "--mobile", "312 555 0188",
        "--email", f"{CANARY}@mail.test", "--line1", f"9 {CANARY} St", "--zip", "60614", "--reason", f"{CANARY} phoned",
    )  # fmt: skip
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101")
    hub("credit", "line", "set", "C1", "--limit", "1")
    with closing(sqlite3.connect(hub.path)) as conn, conn:
        conn.execute("INSERT INTO custom_fields (name) VALUES ('shoe')")
        conn.execute("INSERT INTO file_contents VALUES (?, ?)", (DIGEST, CANARY.encode()))
        for table, row in ROWS.items():
            if row:
                put(conn, table, row)
            if table == "payments":
                put(conn, table, {**row, "method": "credit-line", "amount_cents": 1, "reference": None})
        conn.execute("UPDATE documents SET job_name = job_name || ' two' WHERE id = 1")
        conn.execute("UPDATE wallet_entries SET note = 'later' WHERE id = 1")
    hub(
        "credit", "withdraw", "C1", "--amount", "1", "--method", "cash", "--note", CANARY, "--reason", f"{CANARY} asked"
    )
    return hub


def bytes_with(hub: InProcess, word: str) -> list[str]:
    """The files beside the database that hold a word, in small letters or as typed, in UTF-8 or UTF-16."""
    tokens = [form.encode(code) for form in (word, word.lower(), word.upper()) for code in ("utf-8", "utf-16-le")]
    files = (path for path in hub.path.parent.rglob("*") if path.is_file())
    return sorted(path.name for path in files if any(token in path.read_bytes() for token in tokens))


def test_every_table_with_something_personal_has_a_row_here() -> None:
    personal = {t.name for t in schema.logged().values() if any(c.personal for c in t.columns)}
    assert personal == ROWS.keys()
    for name, row in ROWS.items():
        told = {c.name for c in schema.tables()[name].columns if c.personal and not c.name.endswith("_key")}
        if row:
            assert told - row.keys() - {"last_name", "email"} == set(), name


def test_s12_no_byte_of_the_person_is_left(person: InProcess) -> None:
    assert {"hub.db", "hub.db-wal"} & set(bytes_with(person, CANARY)), "the canary is seen while it is there"
    done = person("customers", "erase", "C1", "--confirm-count", "1", "--json").json
    assert (done["number"], done["erased_on"], done["merged_numbers"]) == ("C1", "2025-06-15", [])
    assert bytes_with(person, CANARY) == []
    assert bytes_with(person, "3125550188") == []
    assert bytes_with(person, "312 555 0188") == []
    assert person("db", "check", "--full").out == ""


def test_figures_stay(person: InProcess) -> None:
    before = person("report", "credit", "--json").out
    person("customers", "erase", "C1", "--confirm-count", "1")
    with closing(sqlite3.connect(person.path)) as conn:
        assert conn.execute("SELECT status, name FROM customers WHERE id = 1").fetchone() == ("purged", "no name")
        assert conn.execute("SELECT count(*), sum(amount_cents) FROM payments").fetchone() == (2, 101)
        assert conn.execute("SELECT state, zip FROM addresses WHERE customer_id = 1 LIMIT 1").fetchone()[1] == "606"
        assert conn.execute("SELECT count(*) FROM file_contents").fetchone() == (0,)
    assert before
    assert person("customers", "search", CANARY).rows == []
    assert person("customers", "show", "C1", "--json").json["status"] == "purged"


def test_the_log_keeps_who_and_when_but_no_value(person: InProcess) -> None:
    person("customers", "erase", "C1", "--confirm-count", "1")
    with closing(sqlite3.connect(person.path)) as conn:
        left = (
            "SELECT count(*) FROM changelog WHERE subject = 1 AND personal = 1 AND (old IS NOT NULL OR new IS NOT NULL)"
        )
        assert conn.execute(left).fetchone() == (0,)
        assert conn.execute("SELECT count(*) FROM subject_keys WHERE customer_id = 1").fetchone() == (0,)
    assert person("customers", "changelog", "C1", "--json").json
    assert "were erased" in person("undo", "H1", code=6).err
    change = person("changes", "list", "--command", "customers erase").rows[0]["change"]
    assert "were erased" in person("undo", change, code=6).err


def test_open_money_and_the_law_only_delay_it(person: InProcess) -> None:
    person("credit", "grant", "C1", "--amount", "5", "--note", "x")
    refused = person("customers", "erase", "C1", "--confirm-count", "1", code=6)
    assert "5.00 of customer credit" in refused.err
    assert "--request" in refused.err
    person("credit", "withdraw", "C1", "--amount", "5", "--method", "cash")
    person("settings", "set", "privacy.keep_years", "10")
    refused = person("customers", "erase", "C1", "--confirm-count", "1", code=6)
    assert "invoices that are kept until 2035-12-31" in refused.err
    noted = person("customers", "erase", "C1", "--request", "--json").json
    assert (noted["status"], noted["due_on"], noted["request"]) == ("deleted", "2035-12-31", "open")
    assert person("customers", "erase", "--due").out == ""
    assert person("customers", "erase", "--due", "--json", today="2036-01-01").json["number"] == "C1"
    assert bytes_with(person, CANARY) == []


def test_a_request_is_withdrawn(person: InProcess) -> None:
    assert person("customers", "erase", "C1", "--request", "--json").json["due_on"] == "2025-07-15"
    assert person("customers", "erase", "C1", "--withdraw", "--json").json["request"] == "withdrawn"
    assert person("customers", "erase", "--due", today="2025-12-31").out == ""
    assert "nobody asked" in person("customers", "erase", "C1", "--withdraw", code=6).err


def test_the_number_is_typed(person: InProcess) -> None:
    for arguments in ((), ("--confirm-count", "2"), ("-y",)):
        assert "--confirm-count 1" in person("customers", "erase", "C1", *arguments, code=6).err
    assert person("customers", "erase", "C1", tty=True, stdin="2\n", code=130)
    assert person("customers", "show", "C1", "--json").json["status"] == "active"
    person("customers", "erase", "C1", tty=True, stdin="1\n")
    assert "is erased already" in person("customers", "erase", "C1", "--confirm-count", "1", code=6).err


def test_purge_is_for_deleted_ones_and_at_once_in_the_eu(person: InProcess) -> None:
    assert "is active, not deleted" in person("customers", "purge", "C1", "--confirm-count", "1", code=6).err
    person("settings", "set", "shop.region", "eu")
    person("customers", "purge", "C1", "--confirm-count", "1")
    assert bytes_with(person, CANARY) == []
    person("settings", "set", "shop.region", "")
    person("customers", "delete", "C2", "-y")
    person("customers", "purge", "C2", "--confirm-count", "1")
    assert "purged" in person("customers", "restore", "C2", code=6).err


def test_merged_numbers_are_followed(person: InProcess) -> None:
    person("customers", "create", "--first-name", CANARY, "--last-name", "Twin", "--mobile", "312 555 0177")
    person("customers", "merge", "C3", "C1", "-y")
    done = person("customers", "erase", "C3", "--confirm-count", "1", "--json").json
    assert done["merged_numbers"] == ["C1"]
    assert bytes_with(person, CANARY) == []
    assert person("db", "check", "--full").out == ""


def test_notes_of_others_and_backups_are_named(person: InProcess, tmp_path: Path) -> None:
    person("notes", "add", "C2", f"sister of {CANARY} Qop", "--type", "internal", "--persistence", "optional")
    (tmp_path / "safe").mkdir()
    person("db", "backup", str(tmp_path / "safe"))
    done = person("customers", "erase", "C1", "--confirm-count", "1", "--json").json
    assert done["named_elsewhere"] == ["N2 of C2"]
    assert [Path(name).parent.name for name in done["out_of_reach"]] == ["safe"]


def test_the_certificate_names_backups_of_any_name_and_no_other_file(person: InProcess, tmp_path: Path) -> None:
    person("db", "backup", str(tmp_path / "shop.sqlite"))
    shutil.copy(tmp_path / "shop.sqlite", tmp_path / "by hand.db")
    (tmp_path / "empty.db").touch()
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.close()
    done = person("customers", "erase", "C1", "--confirm-count", "1", "--json").json
    assert done["out_of_reach"] == [str(tmp_path / name) for name in ("by hand.db", "shop.sqlite")]


def test_nothing_is_left_where_the_person_is_only_mentioned(person: InProcess) -> None:
    person("views", "save", "hers", f"{CANARY}@mail.test", "--status", "all")
    person("views", "save", "lees", "lee")
    person("settings", "set", "shop.name", "Lake Shop", "--reason", f"{CANARY} Qop asked for it")
    person("notes", "add", "C2", "x", "--idempotency-key", f"for {CANARY} Qop")
    person("notes", "add", "C2", "y", "--idempotency-key", "for Ann Lee")
    person("customers", "create", "--company-name", "Acme", "--mobile", "312 555 0133")
    person("customers", "contact", "add", "C3", "--customer", "C1", "--relationship", CANARY, "--type", CANARY)
    person("customers", "contact", "edit", "K2", "--relationship", f"{CANARY} too")
    person("customers", "erase", "C1", "--confirm-count", "1")
    assert bytes_with(person, CANARY) == []
    assert [row["name"] for row in person("views", "list").rows] == ["lees"]
    assert person("customers", "contact", "list", "C3").rows == []
    again = ("notes", "add", "C2", "y", "--idempotency-key", "for Ann Lee")
    assert "already done" in person(*again).err, "the keys of others stay"
    assert person("db", "check", "--full").out == ""


def test_nothing_is_left_with_whom_the_person_was_merged_for_a_while(person: InProcess) -> None:
    person("customers", "merge", "C2", "C1", "-y", "--take", "first-name")
    person("notes", "edit", "N1", f"{CANARY} called twice")
    person("orders", "edit", "O1", "--job", f"{CANARY} three")
    person("customers", "unmerge", "C1")
    assert person("customers", "show", "C2", "--json").json["name"] == "Ann Lee"
    person("customers", "erase", "C1", "--confirm-count", "1")
    assert bytes_with(person, CANARY) == []
    assert bytes_with(person, "3125550188") == []
    assert person("customers", "show", "C2", "--json").json["mobile_phone"] == "312 555 0101"
    assert person("db", "check", "--full").out == ""


def test_records_of_others_and_letters_that_name_the_person_are_listed(person: InProcess) -> None:
    person("notes", "add", "C2", f"sister of {CANARY.upper()} QOP", "--type", "internal")
    person("customers", "contact", "add", "C2", "--first-name", "Her", "--phone", "312 555 0188")
    person("quotes", "create", "C2", "--job", "Qop house", "--line", "WF45@900", "--fulfillment", "pickup")
    outbox = person.path.parent / "outbox"
    (outbox / "unsure").mkdir(parents=True)
    (outbox / "unsure" / "3.eml").write_text(f"To: {CANARY}@mail.test\n\nhello")
    (outbox / "1.eml").write_text(f"To: {CANARY}@mail.test\n\nhello")
    (outbox / "2.eml").write_text("To: ann@lee.test\n\nhello")
    done = person("customers", "erase", "C1", "--confirm-count", "1", "--json").json
    assert done["named_elsewhere"] == ["K2 of C2", "N2 of C2"]
    assert [Path(name).name for name in done["out_of_reach"]] == ["1.eml", "3.eml"]


def test_a_dry_run_erases_nothing(person: InProcess) -> None:
    assert "nothing was erased" in person("customers", "erase", "C1", "-n").err
    assert person("customers", "search", CANARY).rows


def test_a_reader_in_the_way_is_said(person: InProcess) -> None:
    with closing(sqlite3.connect(person.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM customers").fetchone()
        assert "another program reads" in person("customers", "erase", "C1", "--confirm-count", "1", code=3).err
    assert person("customers", "search", CANARY).rows == []


def test_a_restore_does_not_bring_people_back(person: InProcess, tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    person("db", "backup", str(tmp_path / "safe"))
    person("customers", "erase", "C1", "--confirm-count", "1")
    backup = next((tmp_path / "safe").glob("*.db"))
    result = person("db", "restore", str(backup), "-y")
    assert "C1" in result.err
    assert person("customers", "search", CANARY).rows == []
    with closing(sqlite3.connect(person.path)) as conn:
        assert conn.execute("SELECT status FROM customers WHERE id = 1").fetchone() == ("purged",)
    assert CANARY.encode() not in person.path.read_bytes()
    assert person("db", "check", "--full").out == ""


def test_what_an_older_schema_logged_in_the_open_goes_too(hub: InProcess) -> None:
    """What the log held of columns that are personal since schema 4 is checked and erased like the rest."""
    hub.path.unlink()
    hub.path.touch(0o600)
    with closing(sqlite3.connect(hub.path)) as conn:
        conn.executescript((Path(__file__).parent / "schemas" / "v3.sql").read_text(encoding="utf-8"))
        conn.executescript(
            "INSERT INTO meta VALUES ('uuid', '00000000-0000-4000-8000-000000000000');"
            f"INSERT INTO customers (first_name, created_at, touched_on) VALUES ('Ann', '{AT}', '2025-01-02');"
            f"INSERT INTO contacts (customer_id, first_name, type) VALUES (1, 'Bo', '{CANARY}');"
            f"UPDATE contacts SET type = '{CANARY} again' WHERE id = 1;"
            f"INSERT INTO contacts (customer_id, first_name, type) VALUES (1, 'Cy', '{CANARY}');"
            "PRAGMA journal_mode = WAL;"
        )
    hub("customers", "create", "--first-name", "Di", "--mobile", "206 555 0188")
    assert hub("db", "check", "--full").out == ""
    hub("customers", "erase", "C1", "--confirm-count", "1", "-y")
    assert hub("db", "check", "--full").out == ""
    with closing(sqlite3.connect(hub.path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert CANARY.encode() not in hub.path.read_bytes()
