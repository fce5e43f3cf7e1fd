"""Archived customers come back when something on them becomes open: money given back, a check that bounced, an undo."""

import pytest

from conftest import InProcess


@pytest.fixture
def paid(hub: InProcess) -> InProcess:
    """C1 with O1, delivered and paid by check (P1), and archived since."""
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "(312) 555-0101")
    hub("quotes", "create", "C1", "--line", "FRG-100@1200/800", "--fulfillment", "pickup")
    hub("payments", "add", "Q1", "--method", "check", "--check-number", "7", "--full", "--confirmed")
    hub("orders", "deliver", "O1")
    hub("customers", "archive", "C1")
    return hub


def status(hub: InProcess) -> str:
    return str(hub("customers", "show", "C1", "--json").json["status"])


@pytest.mark.parametrize(
    "command",
    [
        ("payments", "bounce", "P1", "--reason", "no funds"),
        ("payments", "void", "P1", "--reason", "typed twice"),
        ("payments", "refund", "P1", "--amount", "200", "--to", "cash", "--reason", "too much"),
        ("payments", "correct", "P1", "--amount", "1100", "--reason", "misread"),
    ],
)
def test_money_that_goes_back_brings_the_customer_back(paid: InProcess, command: tuple[str, ...]) -> None:
    assert status(paid) == "archived"
    told = "C1 Ann Lee was archived and is active again: O1 is open"
    assert told in paid(*command, "--dry-run").err
    assert status(paid) == "archived"
    done = paid(*command)
    assert told in done.err
    assert status(paid) == "active"
    logged = [row for row in paid("customers", "changelog", "C1").rows if row["field"] == "archived_at"]
    assert logged[0]["change"] == done.rows[0]["change"]
    paid("db", "check", "--full")
    paid("undo", done.rows[0]["change"], "-y")
    assert status(paid) == "archived"
    paid("db", "check", "--full")


def test_an_undo_that_opens_an_order_brings_the_customer_back(paid: InProcess) -> None:
    delivered = paid("changes", "list", "--command", "orders deliver").rows[0]["change"]
    undone = paid("undo", delivered, "-y")
    assert "C1 Ann Lee was archived and is active again: O1 is open" in undone.err
    assert status(paid) == "active"
    paid("db", "check", "--full")


def test_what_opens_nothing_leaves_the_customer_archived(paid: InProcess) -> None:
    assert "active again" not in paid("customers", "edit", "C1", "--found-us", "radio").err
    assert "active again" not in paid("payments", "refund", "P1", "--amount", "200", "--to", "cash", "--as-credit",
                                      "--reason", "goodwill", code=None).err  # fmt: skip
    assert status(paid) == "archived"


def test_quiet_says_nothing_of_it(paid: InProcess) -> None:
    assert paid("payments", "void", "P1", "--reason", "typed twice", "-q").err == ""
    assert status(paid) == "active"
