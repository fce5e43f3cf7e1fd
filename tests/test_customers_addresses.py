"""Addresses and contacts: one billing, many delivery with one default, former ones that are still found."""

import sqlite3

import pytest

from conftest import InProcess


@pytest.fixture
def ann(hub: InProcess) -> InProcess:
    """C1 Ann Lee of 1 Elm, Chicago."""
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "(312) 555-0188",
        "--line1", "1 Elm", "--city", "Chicago", "--state", "IL", "--zip", "60614")  # fmt: skip
    return hub


def add(hub: InProcess, line1: str, *options: str) -> dict[str, str]:
    return hub("customers", "address", "add", "C1", "--line1", line1, "--zip", "60201", *options).rows[0]


def kept(hub: InProcess) -> list[tuple[str, str, str, str]]:
    return [
        (row["number"], row["kind"], row["is_default"], row["line1"])
        for row in hub("customers", "address", "list", "C1").rows
    ]


def test_the_first_delivery_address_is_the_default_and_default_moves(ann: InProcess) -> None:
    assert add(ann, "2 Oak")["number"] == "A2"
    add(ann, "3 Oak")
    add(ann, "4 Oak", "--default")
    assert kept(ann) == [
        ("A1", "billing", "no", "1 Elm"), ("A4", "delivery", "yes", "4 Oak"), ("A2", "delivery", "no", "2 Oak"),
        ("A3", "delivery", "no", "3 Oak"),
    ]  # fmt: skip
    ann("customers", "address", "default", "A3")
    assert [row[0] for row in kept(ann) if row[2] == "yes"] == ["A3"]


def test_removing_the_default_promotes_none(ann: InProcess) -> None:
    add(ann, "2 Oak")
    add(ann, "3 Oak")
    assert ann("customers", "address", "remove", "A2").rows[0]["line1"] == "2 Oak"
    assert [row[2] for row in kept(ann)] == ["no", "no"]


def test_a_new_billing_address_replaces_the_old_which_stays_as_former(ann: InProcess) -> None:
    add(ann, "9 Pine", "--kind", "billing")
    assert kept(ann) == [("A2", "billing", "no", "9 Pine"), ("A1", "former", "no", "1 Elm")]
    assert ann("customers", "search", "--zip", "60614").rows == []
    assert ann("customers", "search", "--street", "1 elm").rows[0]["number"] == "C1"


def test_parts_are_edited_and_cleared(ann: InProcess) -> None:
    ann("customers", "address", "edit", "A1", "--line2", "Apt 4", "--label", "home")
    ann("customers", "address", "edit", "A1", "--clear", "label", "--zip", "60615")
    row = ann("customers", "address", "list", "C1").rows[0]
    assert (row["line1"], row["line2"], row["label"], row["zip"]) == ("1 Elm", "Apt 4", "", "60615")


def test_refusals_of_addresses(ann: InProcess) -> None:
    assert ann("customers", "address", "edit", "A99", "--zip", "60614", code=4).err.startswith(
        "hub: there is no address A99"
    )
    ann("customers", "address", "edit", "A1", code=2)
    ann("customers", "address", "edit", "X1", "--zip", "60614", code=2)
    ann("customers", "address", "add", "C1", "--label", "home", code=2)
    ann("customers", "address", "add", "C1", "--line1", "1", "--kind", "former", code=2)
    assert (
        ann("customers", "address", "default", "A1", code=2).err == "hub: only a delivery address is the default one\n"
    )
    assert "did you mean" not in ann("customers", "address", "edit", "A1", "--clear", "country", code=2).err


def test_moving_replaces_billing_and_default_delivery_and_keeps_the_old(ann: InProcess) -> None:
    add(ann, "2 Oak")
    add(ann, "3 Oak")
    to = ("--line1", "70 Oak Ave", "--city", "Evanston", "--state", "IL", "--zip", "60201")
    ann("customers", "move", "C1", *to)
    assert kept(ann) == [
        ("A4", "billing", "no", "70 Oak Ave"), ("A5", "delivery", "yes", "70 Oak Ave"),
        ("A3", "delivery", "no", "3 Oak"), ("A1", "former", "no", "1 Elm"), ("A2", "former", "no", "2 Oak"),
    ]  # fmt: skip
    assert {row["former_on"] for row in ann("customers", "address", "list", "C1").rows} == {"", "2025-06-15"}
    assert ann("customers", "search", "--any-zip", "60614").rows[0]["number"] == "C1"


def test_moving_without_a_delivery_address_makes_none(ann: InProcess) -> None:
    ann("customers", "move", "C1", "--line1", "7 Oak", "--zip", "60201")
    assert [row[1] for row in kept(ann)] == ["billing", "former"]
    ann("customers", "move", "C1", "--label", "x", code=2)


def test_moving_lists_what_was_made_for_the_old_address(demo: InProcess) -> None:
    result = demo(
        "customers", "move", "C1", "--line1", "70 Oak Ave", "--city", "Evanston", "--state", "IL", "--zip", "60201"
    )
    assert result.err == "made for the old address: 1 active quote (Q3), 1 active order (O2)\n"
    former = [row for row in demo("customers", "address", "list", "C1").rows if row["kind"] == "former"]
    assert [row["line1"] for row in former] == ["2140 N Halsted St"]


def test_appliance_16_a_document_keeps_the_address_it_was_made_with(ann: InProcess) -> None:
    add(ann, "2 Oak")
    add(ann, "3 Oak")
    with sqlite3.connect(ann.path) as conn:
        conn.execute(
            "INSERT INTO documents (customer_id, status, quoted_on, expires_on, delivery_text, created_at)"
            " VALUES (1, 'saved', '2025-06-01', '2025-06-20', '3 Oak, 60201', '2025-06-01T12:00:00.000Z')"
        )
    ann("customers", "address", "edit", "A3", "--line1", "33 Oak")
    with sqlite3.connect(ann.path) as conn:
        assert conn.execute("SELECT delivery_text FROM documents").fetchone() == ("3 Oak, 60201",)


def test_plain_sql_keeps_one_billing_and_one_default(ann: InProcess) -> None:
    add(ann, "2 Oak")
    with sqlite3.connect(ann.path) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        for kind, default in (("billing", 0), ("delivery", 1)):
            with pytest.raises(sqlite3.IntegrityError):
                conn.execute(
                    "INSERT INTO addresses (customer_id, kind, is_default, line1) VALUES (1, ?, ?, 'x')",
                    (kind, default),
                )
        conn.execute("DELETE FROM addresses WHERE is_default = 1")
        with pytest.raises(sqlite3.IntegrityError, match="address_default"):
            conn.execute("INSERT INTO addresses (customer_id, kind, is_default, line1) VALUES (1, 'former', 1, 'x')")
        with pytest.raises(sqlite3.IntegrityError):
            conn.execute("INSERT INTO addresses (customer_id, kind, line1) VALUES (99, 'delivery', 'x')")


# ------------------------------------------------------------------------------------------------------------ contacts


def test_contacts_are_added_listed_edited_and_removed(ann: InProcess) -> None:
    made = ann("customers", "contact", "add", "C1", "--first-name", "Rosa", "--phone", "312-555-0177",
               "--relationship", "daughter", "--type", "emergency")  # fmt: skip
    assert made.rows[0] | {"change": ""} == {
        "number": "K1", "customer": "C1", "first_name": "Rosa", "last_name": "", "phone": "312-555-0177", "email": "",
        "relationship": "daughter", "type": "emergency", "linked": "", "roles": "", "change": "",
    }  # fmt: skip
    assert ann("customers", "search", "rosa").rows[0]["matched"] == "contact"
    assert ann("customers", "search", "3125550177").rows[0]["number"] == "C1"
    ann("customers", "contact", "edit", "K1", "--email", "rosa@x.test", "--clear", "type")
    row = ann("customers", "contact", "list", "C1").rows[0]
    assert (row["email"], row["type"], row["phone"]) == ("rosa@x.test", "", "312-555-0177")
    ann("customers", "contact", "remove", "K1")
    assert ann("customers", "contact", "list", "C1").rows == []
    assert ann("customers", "search", "rosa").rows == []


def test_refusals_of_contacts(ann: InProcess) -> None:
    ann("customers", "contact", "add", "C1", "--relationship", "son", code=2)
    ann("customers", "contact", "add", "C1", "--phone", "12", code=2)
    ann("customers", "contact", "edit", "K9", "--phone", "3125550177", code=4)
    ann("customers", "contact", "add", "C1", "--first-name", "Rosa")
    result = ann("customers", "contact", "edit", "K1", "--clear", "first_name", code=2)
    assert result.err == "hub: a contact needs a name, a phone number or an e-mail address\n"


def test_the_same_key_adds_once(ann: InProcess) -> None:
    for _ in range(2):
        ann("customers", "contact", "add", "C1", "--first-name", "Rosa", "--idempotency-key", "k")
        add(ann, "2 Oak", "--idempotency-key", "a")
    assert len(ann("customers", "contact", "list", "C1").rows) == 1
    assert len(kept(ann)) == 2
