"""One timeline for a customer: what happened, when, by whom, of every kind."""

import sqlite3
from contextlib import closing

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
    assert (row["what"], row["actor"]) == ("customers edit, 1 field", "sam")
    assert busy("changes", "show", row["change"]).rows
