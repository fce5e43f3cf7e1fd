"""One timeline for a customer: what happened, when, by whom, of every kind."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from conftest import InProcess


@pytest.fixture
def busy(hub: InProcess) -> InProcess:
    """C1 with a quote that was paid, delivered and returned, a note, credit, a visit and a login."""
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101")
    hub("quotes", "create", "C1", "--line", "WASH1@900", "--fulfillment", "delivery-install", today="2025-06-01")
    hub("payments", "add", "Q1", "--full", "--method", "cash", today="2025-06-02")
    hub("orders", "deliver", "O1", "--date", "2025-06-03", today="2025-06-03")
    hub("notes", "add", "C1", "has a dog", "--type", "delivery", today="2025-06-04")
    hub("credit", "grant", "C1", "--amount", "5", "--note", "late", today="2025-06-05")
    hub("visits", "create", "O1", "--type", "service", today="2025-06-06", actor="dee")
    with closing(sqlite3.connect(hub.path)) as conn, conn:
        conn.execute(
            "INSERT INTO site_events (customer_id, kind, detail, at) VALUES (1, 'login', 'web', '2025-06-07T10:00:00.000Z')"  # noqa: E501
        )
    return hub


def test_everything_is_there_newest_first(busy: InProcess) -> None:
    rows = busy("customers", "activity", "C1").rows
    found = [(r["date"], r["kind"], r["ref"], r["amount"]) for r in rows if r["kind"] != "account"]
    assert found == [
        ("2025-06-07", "login", "", ""),
        ("2025-06-06", "visit", "V1", ""),
        ("2025-06-05", "credit", "", "5.00"),
        ("2025-06-04", "note", "N1", ""),
        ("2025-06-03", "order", "O1", ""),
        ("2025-06-03", "invoice", "I1", "900.00"),
        ("2025-06-02", "payment", "P1", "900.00"),
        ("2025-06-02", "order", "O1", "900.00"),
        ("2025-06-01", "quote", "Q1", "900.00"),
    ]


def test_filters_of_kind_day_and_person(busy: InProcess) -> None:
    def kinds(*more: str) -> list[str]:
        return [row["kind"] for row in busy("customers", "activity", "C1", *more).rows]

    assert kinds("--kind", "payment", "--kind", "visit") == ["visit", "payment"]
    assert kinds("--date", "2025-06-04..2025-06-05") == ["credit", "note"]
    assert kinds("--by", "dee") == ["visit"]
    assert "party" in busy("customers", "activity", "C1", "--kind", "party", code=2).err


def test_how_engaged_they_are(busy: InProcess) -> None:
    told = busy("customers", "activity", "C1", "--summary", "--json").json
    wanted = {"logins": 1, "last_login": "2025-06-07T10:00:00.000Z", "quotes": 1, "orders": 1, "visits": 1,
              "lifetime_value": "900.00"}  # fmt: skip
    assert {name: told[name] for name in wanted} == wanted


def test_an_edit_of_the_record_is_in_it(busy: InProcess) -> None:
    busy("customers", "edit", "C1", "--type", "luxury")
    row = busy("customers", "activity", "C1", "--kind", "account").rows[0]
    assert (row["what"], row["actor"]) == ("customers edit: type none → luxury", "sam")
    assert busy("changes", "show", row["change"]).rows


def what(shop: InProcess, *more: str) -> list[tuple[str, str, str, str]]:
    return [(r["kind"], r["ref"], r["what"], r["actor"]) for r in shop("customers", "activity", "C1", *more).rows]


def test_all_fields_of_an_edit_are_told(busy: InProcess) -> None:
    busy("customers", "edit", "C1", "--type", "luxury", "--source", "website", "--zip", "60614")
    (row,) = busy("customers", "activity", "C1", "--kind", "account", "--limit", "1").rows
    assert row["what"] == "customers edit: type none → luxury; source in-store → website; A1 added"


def test_what_is_changed_on_documents_and_payments_is_there_with_who_did_it(hub: InProcess) -> None:
    hub("customers", "create", "--first-name", "Ann", "--mobile", "312 555 0101", "--email", "ann@lee.test")
    hub("quotes", "create", "C1", "--line", "A@900", "--fulfillment", "pickup")
    hub("quotes", "extend", "Q1", "--to", "2025-07-10")
    hub("quotes", "send", "Q1", actor="mia")
    hub("quotes", "approve", "Q1", actor="dee")
    hub("payments", "add", "O1", "--method", "check", "--amount", "100", "--check-number", "4", "--pending")
    hub("payments", "confirm", "P1", actor="mia")
    hub("orders", "complete", "O1", actor="dee")
    found = what(hub)
    assert found[:-1] == [
        ("order", "O1", "shipped", "dee"),
        ("invoice", "I1", "invoiced O1", "dee"),
        ("payment", found[2][1], "payments confirm: P1 status pending → confirmed", "mia"),
        ("payment", "P1", "check", "sam"),
        ("order", "O1", "ordered", "dee"),
        ("sent", "Q1", "quote by outbox", "mia"),
        ("quote", found[6][1], "quotes extend: document 1 expires_on 2025-06-29 → 2025-07-10", "sam"),
        ("quote", "Q1", "made", "sam"),
    ]
    assert [one[1] for one in what(hub, "--by", "dee")] == ["O1", "I1", "O1"]


def test_a_mail_has_who_sent_it(hub: InProcess) -> None:
    hub("customers", "create", "--first-name", "Ann", "--mobile", "312 555 0101", "--email", "ann@lee.test")
    hub("settings", "set", "correspondence.record_emails", "on")
    hub("emails", "send", "C1", "--subject", "Hello", "--message", "x", actor="mia")
    assert what(hub, "--kind", "mail", "--by", "mia") == [("mail", "M1", "to them: Hello", "mia")]


def test_what_happens_at_the_same_second_is_told_apart(hub: InProcess, tmp_path: Path) -> None:
    hub("customers", "create", "--first-name", "Ann", "--mobile", "312 555 0101", "--email", "ann@lee.test")
    log = tmp_path / "site.ndjson"
    log.write_text("".join(
        f'{{"customer": "ann@lee.test", "at": "2025-06-01T10:00:00Z", "kind": "{kind}", "detail": {detail}}}\n'
        for kind, detail in (("login", "null"), ("page", '"/a"'), ("page", '"/b"'), ("page", '"/a"'))
    ))  # fmt: skip
    for _ in range(2):
        hub("import", "activity", str(log), "--apply", code=None)
    assert [one[2] for one in what(hub, "--kind", "site", "--kind", "login")] == ["login", "page: /a", "page: /b"]
    told = hub("customers", "activity", "C1", "--summary", "--json").json
    assert (told["logins"], told["site_events"], told["last_seen"]) == (1, 2, "2025-06-01T10:00:00.000Z")


def test_an_instant_is_told_under_the_day_that_the_shop_had(hub: InProcess, tmp_path: Path) -> None:
    hub("settings", "set", "shop.timezone", "America/Chicago")
    hub("settings", "set", "correspondence.record_emails", "on")
    person = ("--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101", "--email", "a@b.co")
    hub("customers", "create", *person)
    late = tmp_path / "late.eml"
    late.write_text("From: a@b.co\nTo: shop@example.com\nSubject: Late\nDate: Wed, 11 Jun 2025 03:30:00 +0000\n"
                    "Message-ID: <1@b.co>\n\nSo late.\n")  # fmt: skip
    hub("emails", "import", str(late))
    logins = tmp_path / "logins.csv"
    logins.write_text("customer,at\nC1,2025-06-11T04:59:00Z\nC1,2025-06-11T05:00:00Z\n")
    hub("import", "activity", str(logins), "--apply")

    def told(*more: str) -> list[tuple[str, str]]:
        rows = hub("customers", "activity", "C1", "--kind", "mail", "--kind", "login", *more).rows
        return [(row["date"], row["kind"]) for row in rows]

    assert told() == [("2025-06-11", "login"), ("2025-06-10", "login"), ("2025-06-10", "mail")]
    assert told("--date", "2025-06-11") == [("2025-06-11", "login")]
    hub("settings", "set", "shop.timezone", "Asia/Tokyo")
    assert told() == [("2025-06-11", "login"), ("2025-06-11", "login"), ("2025-06-11", "mail")]
