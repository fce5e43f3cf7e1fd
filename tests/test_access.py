"""Consent, logins and the shop's own fields."""

import sqlite3
from contextlib import closing

import pytest

from conftest import InProcess
from hubcli.operations.customers import access


@pytest.fixture
def people(hub: InProcess) -> InProcess:
    for first, last in (("Ann", "Lee"), ("Bo", "Orr"), ("Cy", "Day")):
        hub(
            "customers",
            "create",
            "--first-name",
            first,
            "--last-name",
            last,
            "--mobile",
            f"31255501{len(first)}{len(last)}",
        )
    return hub


@pytest.fixture
def eu(people: InProcess) -> InProcess:
    people("settings", "set", "shop.region", "eu")
    people("settings", "set", "gdpr.capture", "on")
    return people


def test_deconetwork_59_consent_is_filtered_and_granted_in_bulk(eu: InProcess) -> None:
    row = eu("customers", "consent", "grant", "C1", "--how", "phone").rows[0]
    assert (row["consent"], row["consent_on"], row["consent_how"]) == ("yes", "2025-06-15", "phone")
    assert [r["number"] for r in eu("customers", "list", "--consent", "no").rows] == ["C2", "C3"]
    assert len(eu("customers", "consent", "grant", "--consent", "no").rows) == 2
    assert eu("customers", "list", "--consent", "no").rows == []
    assert eu("customers", "consent", "withdraw", "C2").rows[0]["consent"] == "no"
    assert [r["number"] for r in eu("customers", "list", "--consent", "no").rows] == ["C2"]
    assert [r["kind"] for r in eu("customers", "activity", "C2", "--kind", "consent").rows] == ["consent", "consent"]


def test_outside_the_eu_nobody_is_asked(people: InProcess) -> None:
    assert "GDPR consent is not enabled" in people("customers", "consent", "grant", "C1", code=6).err
    people("settings", "set", "shop.region", "eu")
    assert "GDPR consent is not enabled" in people("customers", "consent", "grant", "C1", code=6).err


def test_a_bulk_grant_over_fifty_wants_its_number(eu: InProcess) -> None:
    assert "name customers, or give filters" in eu("customers", "consent", "grant", code=2).err


def test_deconetwork_65_a_login_and_no_password_anywhere(people: InProcess) -> None:
    word = "correct horse"
    refused = people("customers", "login", "C1", "--username", "ann", "--password", stdin="one\ntwo\n", code=2)
    assert "the two passwords differ" in refused.err
    assert (
        "shorter than 8"
        in people("customers", "login", "C1", "--username", "a", "--password", stdin="x\nx\n", code=2).err
    )
    row = people("customers", "login", "C1", "--username", "ann", "--password", stdin=f"{word}\n{word}\n").rows[0]
    assert (row["username"], row["password"], row["disabled"]) == ("ann", "set", "no")
    with closing(sqlite3.connect(people.path)) as conn:
        stored = conn.execute("SELECT password_hash FROM logins").fetchone()[0]
    salt = bytes.fromhex(stored.partition("$")[0])
    assert access.hashed(word, salt) == stored
    assert access.hashed("wrong horse", salt) != stored
    outputs = [
        people("customers", "show", "C1", "--json"), people("customers", "changelog", "C1"),
        people("customers", "activity", "C1"), people("changes", "show", "H4"),
    ]  # fmt: skip
    for result in outputs:
        assert word not in result.out
        assert stored not in result.out
    assert "account" in {r["kind"] for r in people("customers", "activity", "C1").rows}
    assert "is that of C1 already" in people("customers", "login", "C2", "--username", "ANN", code=6).err
    assert people("customers", "login", "C1", "--disable").rows[0]["disabled"] == "yes"
    assert people("customers", "login", "C1", "--remove").rows == []
    assert "has no login yet" in people("customers", "login", "C1", "--enable", code=6).err
    assert "change what?" in people("customers", "login", "C1", code=2).err


def test_fields_hold_what_they_may(people: InProcess) -> None:
    people("customers", "field", "add", "T-Shirt Size", "--type", "dropdown", "--choices", "S, M, L")
    people("customers", "field", "add", "Crew", "--type", "multiselect", "--choices", "day,night")
    people("customers", "field", "add", "Nickname", "--longest", "5")
    people("customers", "field", "set", "C1", "t-shirt size=l", "Crew=night; day", "Nickname=Annie")
    rows = people("customers", "field", "show", "C1").rows
    assert [(r["field"], r["value"]) for r in rows] == [
        ("Crew", "night; day"), ("Nickname", "Annie"), ("T-Shirt Size", "L"),
    ]  # fmt: skip
    for pair, told in (
        ("T-Shirt Size=XL", "is not one of S, M, L"), ("Nickname=Annabella", "at most 5"), ("Shoe=9", "no field Shoe"),
        ("Nickname", "is not NAME=VALUE"),
    ):  # fmt: skip
        assert told in people("customers", "field", "set", "C1", pair, code=None).err
    people("customers", "field", "set", "C1", "Crew=")
    assert len(people("customers", "field", "show", "C1").rows) == 2
    people("customers", "field", "retire", "Nickname")
    assert "is retired" in people("customers", "field", "set", "C2", "Nickname=Bo", code=6).err
    assert people("customers", "field", "list").rows[1]["retired"] == "yes"
    assert "there is a field" in people("customers", "field", "add", "CREW", code=6).err
    assert "needs --choices" in people("customers", "field", "add", "x", "--type", "radio", code=2).err
    assert "takes no --choices" in people("customers", "field", "add", "x", "--choices", "a", code=2).err
