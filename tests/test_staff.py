"""Staff: added, edited, retired; what they did keeps their name."""

import sqlite3

import pytest

from conftest import InProcess


def test_staff_are_added_shown_and_listed(hub: InProcess) -> None:
    row = hub("staff", "add", "pat", "--name", "Pat Wood").rows[0]
    assert row == {
        "login": "pat", "name": "Pat Wood", "active": "yes", "customers": "0", "roles": "", "os_user": "", "job": "no",
        "change": "H1",
    }  # fmt: skip
    hub("staff", "add", "lee")
    names = [(row["login"], row["name"]) for row in hub("staff", "list").rows]
    assert names == [("lee", "lee"), ("pat", "Pat Wood"), ("sam", "sam")]
    assert hub("staff", "show", "PAT", "--json").json["name"] == "Pat Wood"
    assert hub("staff", "show", "pat wood").rows[0]["login"] == "pat"


def test_a_login_is_one_persons(hub: InProcess) -> None:
    hub("staff", "add", "pat", "--name", "Pat Wood")
    result = hub("staff", "add", "PAT", code=6)
    assert result.err == "hub: the login pat is Pat Wood already\n  try: hub staff show pat\n"
    hub("staff", "add", "lee")
    hub("staff", "edit", "lee", "--login", "pat", code=6)
    hub("staff", "edit", "lee", "--login", "LEE")


def test_an_unknown_login_names_near_ones(hub: InProcess) -> None:
    hub("staff", "add", "pat")
    assert hub("staff", "show", "pta", code=4).err.startswith("hub: there is no staff member pta; did you mean pat?")


def test_editing_nothing_is_refused(hub: InProcess) -> None:
    hub("staff", "add", "pat")
    hub("staff", "edit", "pat", code=2)
    hub("staff", "add", "", code=2)
    hub("staff", "add", "x" * 61, code=2)


def test_who_manages_customers_is_retired_only_with_a_successor(hub: InProcess) -> None:
    hub("staff", "add", "pat", "--name", "Pat Wood")
    hub("customers", "create", "--first-name", "Ann", "--mobile", "3125550142", "--manager", "pat")
    result = hub("staff", "remove", "pat", code=6)
    assert result.err.splitlines()[0] == "hub: pat Pat Wood is the account manager of 1 customer"
    hub("staff", "remove", "pat", "--reassign-to", "pat", code=2)
    result = hub("staff", "remove", "pat", "--reassign-to", "sam")
    assert result.err == "1 customers went to sam\n"
    assert [row["login"] for row in hub("staff", "list").rows] == ["sam"]
    assert [row["active"] for row in hub("staff", "list", "--all").rows] == ["no", "yes"]
    assert hub("customers", "show", "C1", "--json").json["manager"] == "sam"
    hub("staff", "edit", "pat", "--active")
    assert len(hub("staff", "list").rows) == 2


def test_plain_sql_keeps_logins_apart(hub: InProcess) -> None:
    hub("staff", "add", "pat")
    with sqlite3.connect(hub.path) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        with pytest.raises(sqlite3.IntegrityError):
            conn.execute("INSERT INTO staff (login, name) VALUES ('PAT', 'x')")
        with pytest.raises(sqlite3.IntegrityError, match="staff_login"):
            conn.execute("INSERT INTO staff (login, name) VALUES ('', 'x')")
