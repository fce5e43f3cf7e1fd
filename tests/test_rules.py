"""Refusals by rule: each names what stands in the way, and nothing is written."""

import os
import sqlite3
import subprocess

import pytest

from conftest import TODAY, InProcess


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ("customers", "archive", "C1"),
            "C1 Maria Garcia cannot be archived: 1 active quote (Q3), 1 active order (O2)",
        ),
        (("credit", "withdraw", "C4", "--amount", "50.01", "--method", "cash"), "50.00"),
        (("credit", "adjust", "C4", "--to", "-1", "--note", "typed wrong"), "-1"),
        (("payments", "add", "O2", "--method", "cash", "--amount", "1.00"), "nothing is owed on O2"),
    ],
)
def test_b15_what_a_rule_forbids_is_refused_and_nothing_is_written(
    demo: InProcess, arguments: tuple[str, ...], told: str
) -> None:
    refused = demo(*arguments, code=None)
    assert refused.code in {2, 6}
    assert told in refused.err
    assert len(demo("changes", "list").rows) == 1


def test_b15_the_refusal_names_the_documents_for_scripts(demo: InProcess) -> None:
    import json

    error = json.loads(demo("customers", "archive", "C1", "--errors", "json", code=6).err)["error"]
    assert error["code"] == "active_documents"
    assert error["refs"] == ["O2", "Q3"]


def test_credit_never_falls_below_zero_for_any_sql(demo: InProcess) -> None:
    conn = sqlite3.connect(demo.path)
    with pytest.raises(sqlite3.IntegrityError, match="wallet_below_zero"):
        conn.execute(
            "INSERT INTO wallet_entries (customer_id, amount_cents, type, entered_on, recorded_at)"
            " VALUES (4, -5001, 'withdrawal', '2025-06-15', '2025-06-15T12:00:00.000Z')"
        )


@pytest.mark.parametrize("command", [("credit", "grant", "4", "5.00", "--note", "x")])
def test_where_money_moves_a_bare_number_is_not_taken(demo: InProcess, command: tuple[str, ...]) -> None:
    assert "write C4" in demo(*command, code=2).err
    assert "C4 Bob Smith, customer credit 50.00 → 55.00" in demo(*command, tty=True, stdin="y\n").err


def test_output_is_utf8_whatever_the_locale(demo: InProcess, hub_command: str) -> None:
    environment = os.environ | {"HUB_DB": str(demo.path), "HUB_TODAY": TODAY, "LC_ALL": "C", "LANG": "C"}
    shown = subprocess.run(
        [hub_command, "customers", "show", "C2", "--json"], env=environment, capture_output=True, check=True
    )
    assert "René Müller" in shown.stdout.decode("utf-8")
