"""Customer credit: granted, adjusted, paid out, never below zero, every entry with the balance after it."""

import sqlite3

import pytest

from conftest import InProcess


@pytest.fixture
def bob(hub: InProcess) -> InProcess:
    """C1 Bob Smith."""
    hub("customers", "create", "--first-name", "Bob", "--last-name", "Smith", "--mobile", "(312) 555-0188")
    return hub


def balance(hub: InProcess) -> str:
    return str(hub("credit", "show", "C1", "--json").json["credit_balance"])


def test_every_write_tells_the_balance_before_and_after(bob: InProcess) -> None:
    result = bob("credit", "grant", "C1", "50.00", "--note", "late delivery")
    assert result.err == "C1 Bob Smith, customer credit 0.00 → 50.00\n"
    assert result.rows[0] == {
        "number": "C1", "name": "Bob Smith", "amount": "50.00", "credit_before": "0.00", "credit_balance": "50.00",
        "change": "H2",
    }  # fmt: skip
    assert (
        bob("credit", "grant", "C1", "--amount", "1", "--reason", "goodwill").err
        == "C1 Bob Smith, customer credit 50.00 → 51.00\n"
    )
    assert bob("customers", "show", "C1", "--json").json["credit_balance"] == "51.00"


def test_appliance_56_adjusting_enters_the_difference(bob: InProcess) -> None:
    bob("credit", "grant", "C1", "426.00", "--reason", "goodwill")
    bob("credit", "adjust", "C1", "--to", "400.00", "--note", "counted twice")
    entries = bob("credit", "history", "C1").rows
    assert [(row["type"], row["amount"], row["balance"], row["note"]) for row in entries] == [
        ("adjustment", "-26.00", "400.00", "counted twice"),
        ("grant", "426.00", "426.00", ""),
    ]
    assert "is negative" in bob("credit", "adjust", "C1", "--to", "-1", "--note", "x", code=2).err
    assert "--note TEXT is missing" in bob("credit", "adjust", "C1", "--to", "1", code=2).err
    assert bob("credit", "adjust", "C1", "--to", "400.00", "--note", "x").rows[0]["change"] == ""


def test_appliance_55_what_is_paid_out_is_at_most_what_is_there(bob: InProcess) -> None:
    bob("credit", "grant", "C1", "626.00", "--reason", "goodwill")
    result = bob("credit", "withdraw", "C1", "--amount", "200.00", "--method", "cash")
    assert result.err == "C1 Bob Smith, customer credit 626.00 → 426.00\n"
    result = bob("credit", "withdraw", "C1", "--amount", "426.01", "--method", "check", code=6)
    assert result.err == (
        "hub: C1 Bob Smith has 426.00 of customer credit: 426.01 is more\n  try: hub credit history C1\n"
    )
    assert balance(bob) == "426.00"
    assert bob("credit", "withdraw", "C1", "1.00", code=2).err.startswith("hub: --method is missing")
    assert "is not known" in bob("credit", "withdraw", "C1", "1.00", "--method", "gold", code=2).err


@pytest.mark.parametrize("amount", ["0", "-5", "1.234", "$5", "1,000.00", "1e3", ""])
def test_amounts_that_do_not_hold_are_refused(bob: InProcess, amount: str) -> None:
    bob("credit", "grant", "C1", f"--amount={amount}", code=2)
    assert balance(bob) == "0.00"


def test_the_same_key_grants_once(bob: InProcess) -> None:
    for _ in range(2):
        bob("credit", "grant", "C1", "50.00", "--reason", "goodwill", "--idempotency-key", "k1")
    assert balance(bob) == "50.00"
    bob("credit", "grant", "C1", "60.00", "--reason", "goodwill", "--idempotency-key", "k1", code=6)


def test_a_dry_run_grants_nothing(bob: InProcess) -> None:
    bob("credit", "grant", "C1", "50.00", "--reason", "goodwill", "-n")
    assert balance(bob) == "0.00"


def test_plain_sql_cannot_take_credit_below_zero_nor_rewrite_it(bob: InProcess) -> None:
    bob("credit", "grant", "C1", "50.00", "--reason", "goodwill")
    columns = "customer_id, amount_cents, type, entered_on, recorded_at"
    insert = f"INSERT INTO wallet_entries ({columns}) VALUES (1, ?, ?, 'd', 't')"
    with sqlite3.connect(bob.path) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        for rule, statement, values in (
            ("wallet_below_zero", insert, (-5001, "withdrawal")),
            ("wallet_amount", insert, (0, "grant")),
            ("wallet_type", insert, (1, "gift")),
            ("ledger_append_only", "UPDATE wallet_entries SET amount_cents = ?", (1,)),
            ("ledger_append_only", "DELETE FROM wallet_entries", ()),
        ):
            with pytest.raises(sqlite3.IntegrityError, match=rule):
                conn.execute(statement, values)
    assert balance(bob) == "50.00"
