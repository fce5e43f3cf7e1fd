"""Undo of every command of quotes, orders and models brings back equal rows, kept figures included."""

import sqlite3
from pathlib import Path

import pytest

from conftest import InProcess

TABLES = (
    "documents", "document_lines", "line_services", "line_serials", "payments", "models", "price_levels",
    "level_prices", "customer_levels", "customer_figures",
)  # fmt: skip


def state(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give every row that matters; a customer's last activity is not put back."""
    with sqlite3.connect(path) as conn:
        found = {table: conn.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES}
    found["customer_figures"] = [row[:6] + row[7:] for row in found["customer_figures"]]
    found["documents"] = [row for row in found["documents"] if row]
    return found


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    """Q1 (two lines), O2 (in production, paid), O3 (saved), O4 (draft), Q5 (expires soon)."""
    for name, phone in (("Ann", "3125550188"), ("Bo", "3125550142")):
        hub("customers", "create", "--first-name", name, "--last-name", "Lee", "--mobile", phone)
    hub("staff", "add", "pat", "--name", "Pat Orr")
    hub("models", "add", "A", "--price", "100", "--cost", "60")
    hub("models", "levels", "add", "Trade")
    hub("credit", "line", "set", "C1", "--limit", "1000")
    line = ("--line", "A:2", "--fulfillment", "delivery", "--tax-rate", "8.25%")
    hub("quotes", "create", "C1", *line, "--line", "B@7/5")
    hub("quotes", "create", "C1", *line)
    hub("payments", "add", "Q2", "--method", "cash", "--full")
    hub("orders", "create", "C1", *line)
    hub("orders", "create", "C1", *line, "--draft")
    hub("quotes", "create", "C1", *line, "--expires", "tomorrow")
    return hub


COMMANDS = (
    "quotes create C1 --line A --delivery 5",
    "quotes create --new Zoe_Fox --mobile 3125550143 --line A",
    "quotes edit Q1 --job x --rebate 3 --discount 10% --delivery 7",
    "quotes edit Q1 --tax 5",
    "quotes add-line Q1 C@5 --plan P@3/1 --install I@4/2 --haul-away 1@2",
    "quotes edit-line Q1 1 --qty 5 --price 90 --fulfillment pickup --plan P@3",
    "quotes remove-line Q1 1",
    "quotes extend Q1 --days 30",
    "quotes approve Q1",
    "quotes approve Q1 --on-account",
    "quotes decline Q1",
    "quotes delete Q1 Q5",
    "quotes copy Q1",
    "quotes assign Q1 --to pat",
    "quotes move Q1 --to C2",
    "orders create C2 --line A --source in-store",
    "orders create C1 --line A --on-account",
    "orders edit O3 --job x --coupon 3",
    "orders edit O3 --terms Net_60",
    "orders edit O3 --status awaiting-payment",
    "orders edit O4 --status saved",
    "orders add-line O2 --plan P@3/1 --haul-away 1@2",
    "orders schedule O2 --date tomorrow --driver Dee",
    "orders dispatch O2",
    "orders serials O2 --line 1 --add S1 --add S2",
    "orders copy O2 --to quote",
    "orders assign O2 O3 --to pat",
    "orders move O3 --to C2",
    "models add B --price 5",
    "models edit A --price 5 --discontinued",
    "models levels set-price Trade A 90",
    "models levels assign C1 C2 Trade",
)


@pytest.mark.parametrize("line", [*COMMANDS, "orders delete O4"])
def test_undo_brings_back_equal_rows(shop: InProcess, line: str) -> None:
    before = state(shop.path)
    shop(*[word.replace("_", " ") for word in line.split()])
    after = state(shop.path)
    assert after != before
    with sqlite3.connect(shop.path) as conn:
        change = conn.execute("SELECT max(id) FROM changes").fetchone()[0]
    shop("undo", f"H{change}")
    now = state(shop.path)
    assert {table: rows for table, rows in now.items() if rows != before[table]} == {}
    shop("redo", f"H{change + 1}")
    again = state(shop.path)
    assert {table: rows for table, rows in again.items() if rows != after[table]} == {}


def test_an_invoice_that_was_made_keeps_its_number(shop: InProcess) -> None:
    made = shop("orders", "invoice", "O2").rows[0]
    refused = shop("undo", made["change"], code=6)
    assert "an invoice that was made keeps its number" in refused.err
    with sqlite3.connect(shop.path) as conn:
        assert conn.execute("SELECT invoice_number FROM documents WHERE id = 2").fetchone() == (1,)
        with pytest.raises(sqlite3.IntegrityError, match="number_for_life"):
            conn.execute("UPDATE documents SET invoice_number = NULL WHERE id = 2")
