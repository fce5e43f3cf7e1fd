"""The ledgers defend themselves: what hub refuses, plain SQL is refused too, and closed books stay closed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from conftest import InProcess
from test_db_checks import DRAW, DUE, LIMIT, PAID, REFUND, REPAID, RETURN, TAKEN
from till import due, order, pay, person, quote, show, wallet


def refused(path: Path, slug: str, *statements: str) -> None:
    """Run SQL as someone without hub would; the last statement is refused under this name."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        for statement in statements[:-1]:
            conn.execute(statement)
        with pytest.raises(sqlite3.IntegrityError, match=slug):
            conn.execute(statements[-1])


SQL: dict[str, tuple[str, ...]] = {
    "paid_above_owed": (DRAW.format("cash", 1, PAID),),
    "drawn_above_limit": (DRAW.format("credit-line", 1, DUE),),
    "refunded_above_paid": (REFUND,),
    "repaid_above_drawn": (LIMIT, DRAW.format("credit-line", 100, DUE), REPAID),
    "returned_above_sold": (RETURN, TAKEN),
    "payment_stood_on": (
        REFUND.replace("amount_cents + 1", "1"),
        "UPDATE payments SET status = 'void', ended_on = '2025-06-02' WHERE id = (SELECT payment_id FROM refunds)",
    ),
}


@pytest.mark.parametrize("slug", SQL)
def test_plain_sql_is_refused_what_hub_refuses(slug: str, demo: InProcess) -> None:
    refused(demo.path, slug, *SQL[slug])


def test_a_draw_up_to_the_limit_is_taken_from_plain_sql(demo: InProcess) -> None:
    with closing(sqlite3.connect(demo.path, isolation_level=None)) as conn:
        conn.execute(LIMIT.replace("900000000", "100"))
        conn.execute(DRAW.format("credit-line", 100, DUE))
    refused(demo.path, "drawn_above_limit", DRAW.format("credit-line", 1, DUE))


def test_lines_are_not_cut_below_what_came_back(hub: InProcess) -> None:
    person(hub)
    made = quote(hub, "C1", "SOFA:3@100")
    pay(hub, made, "300")
    hub("orders", "return", "O1", "--line", "1:2", "--reason", "x", "--date", "today", "--to", "cash")
    refused(hub.path, "returned_above_sold", "UPDATE document_lines SET quantity = 1")
    refused(hub.path, "returned_above_sold", "UPDATE document_lines SET unit_price_cents = 100")


@pytest.mark.parametrize(
    "table", ["payments", "refunds", "returns", "return_lines", "adjustments", "line_repayments", "wallet_entries"]
)
def test_rows_of_money_are_neither_deleted_nor_given_another_amount(table: str, hub: InProcess) -> None:
    ledgers(hub)
    amount = "restocking_cents" if table == "returns" else "amount_cents"
    refused(hub.path, "ledger_append_only", f"UPDATE {table} SET {amount} = {amount} + 1")
    refused(hub.path, "ledger_append_only", f"DELETE FROM {table}")
    assert hub("db", "check", "--full").out == ""


def ledgers(hub: InProcess) -> None:
    """Give every ledger a row."""
    person(hub)
    hub("credit", "line", "set", "C1", "--limit", "1000")
    made = quote(hub, "C1", "SOFA:3@100")
    hub("payments", "add", made, "--credit-line", "--amount", "100")
    pay(hub, made, "200")
    hub("credit", "line", "repay", "C1", "--amount", "10", "--method", "cash")
    hub("payments", "refund", "P2", "--amount", "5", "--as-credit", "--reason", "late")
    hub("orders", "return", "O1", "--line", "1:2", "--reason", "x", "--date", "today", "--to", "credit")


# -------------------------------------------------------------------------------------------------------- closed books


def close(hub: InProcess, day: str = "2025-05-31") -> None:
    hub("settings", "set", "books.closed_through", day)


def test_nothing_is_dated_in_a_closed_period(hub: InProcess) -> None:
    person(hub)
    ref = due(hub, "C1", "100", day="2025-05-12")
    close(hub)
    told = pay(hub, ref, "10", "--date", "2025-05-31", code=6).err
    assert "2025-05-31 is in a closed period: the books are closed through 2025-05-31" in told
    hub("payments", "add", ref, "--method", "cash", "--amount", "10", today="2025-05-31", code=6)
    pay(hub, ref, "10", "--date", "2025-06-01")
    hub("orders", "create", "C1", "--line", "SOFA@5", today="2025-05-20", code=6)
    hub("orders", "invoice", ref, "--date", "2025-05-20", code=6)
    hub("credit", "grant", "C1", "5", "--note", "x", today="2025-05-20", code=6)
    assert "hub settings get books.closed_through" in hub("orders", "edit", ref, "--delivery", "20", code=6).err
    assert show(hub, ref)["total"] == "100.00"
    day = "'2025-05-20', '2025-06-15T10:00:00.000Z'"
    refused(
        hub.path, "books_closed",
        f"INSERT INTO payments (customer_id, document_id, method, amount_cents, paid_on, recorded_at)"
        f" VALUES (1, 1, 'cash', 1, {day})",
    )  # fmt: skip
    refused(hub.path, "books_closed", "UPDATE payments SET ended_on = '2025-05-20', status = 'void'")
    refused(hub.path, "books_closed", "UPDATE documents SET ordered_on = '2025-06-02'")
    refused(hub.path, "books_closed", "DELETE FROM documents")


def test_what_was_closed_is_taken_back_today_or_not_at_all(hub: InProcess) -> None:
    person(hub)
    first, second = due(hub, "C1", "100", day="2025-05-12"), due(hub, "C1", "50", day="2025-05-12")
    pay(hub, first, "40", today="2025-05-12")
    change = hub("changes", "list", "--limit", "1").rows[0]["change"]
    hub("quotes", "create", "C1", "--line", "SOFA@7", "--fulfillment", "pickup", today="2025-05-13")
    made = pay(hub, "Q3", "7.00", today="2025-05-13").rows[0]["change"]
    close(hub)
    assert "closed period" in hub("payments", "move", "P1", "--to", second, code=6).err
    assert "closed period" in hub("payments", "correct", "P1", "--amount", "30", code=6).err
    assert "closed period" in hub("undo", made, code=6).err
    hub("undo", change)
    shown = hub("payments", "show", "P1", "--json").json
    assert (shown["status"], shown["ended_on"], shown["date"]) == ("void", "2025-06-15", "2025-05-12")
    assert hub("db", "check", "--full").out == ""


def test_closing_goes_on_by_itself_and_back_with_a_reason(hub: InProcess) -> None:
    assert "is still to come" in hub("settings", "set", "books.closed_through", "2025-06-16", code=2).err
    assert "books.closed_through" in hub("settings", "set", "books.closed_through", "soon", code=2).err
    close(hub, "2025-04-30")
    close(hub)
    back = ("settings", "set", "books.closed_through", "2025-04-30")
    assert "--reason WHY" in hub(*back, code=6).err
    assert hub("settings", "get", "books.closed_through", "--json").json["value"] == "2025-05-31"
    assert "--reason" in hub("settings", "set", "books.closed_through", "--default", code=6).err
    assert "--reason" in hub("undo", hub("changes", "list", "--limit", "1").rows[0]["change"], code=6).err
    hub(*back, "--reason", "a check was missing")
    hub("settings", "set", "books.closed_through", "--default", "--reason", "and more")
    assert hub("settings", "get", "books.closed_through", "--json").json["value"] == ""
    close(hub)
    refused(hub.path, "books_reopen", "UPDATE settings SET value = '2025-01-01'")
    refused(hub.path, "books_reopen", "DELETE FROM settings")


def test_a_whole_export_is_loaded_with_its_closed_books(hub: InProcess, tmp_path: Path) -> None:
    person(hub)
    pay(hub, due(hub, "C1", "100", day="2025-05-12"), "40", today="2025-05-12")
    close(hub)
    hub("export", "all", "-o", f"{tmp_path}/whole/")
    hub.path = tmp_path / "other.db"
    hub("import", "all", f"{tmp_path}/whole", "--apply")
    assert hub("db", "check", "--full").out == ""
    assert show(hub, "O1")["balance"] == "60.00"


def test_a_payment_may_end_in_an_open_period_and_stays_in_the_closed_one(hub: InProcess) -> None:
    person(hub)
    made = order(hub)
    hub("payments", "void", "P1", "--reason", "typed twice")
    assert show(hub, made)["balance"] == "1374.00"
    close(hub, "2025-06-15")
    refused(hub.path, "books_closed", "UPDATE payments SET ended_on = NULL, status = 'confirmed'")
    assert wallet(hub) == "0.00"


def test_books_are_closed_and_reopened_by_who_may(hub: InProcess) -> None:
    hub("staff", "add", "sam", "--role", "administrator")
    hub("staff", "add", "pat", "--role", "settings-manager")
    refusal = hub("settings", "set", "books.closed_through", "2025-05-31", actor="pat", code=6).err
    assert "close and reopen the books" in refusal
    close(hub)
    back = ("settings", "set", "books.closed_through", "--default", "--reason", "x")
    assert "close and reopen the books" in hub(*back, actor="pat", code=6).err
    hub(*back)


def test_a_correction_with_a_key_is_made_once(hub: InProcess) -> None:
    person(hub)
    quote(hub, "C1", "SOFA@100")
    pay(hub, "Q1", "30")
    once = ("payments", "correct", "P1", "--amount", "20", "--idempotency-key", "k")
    assert hub(*once).rows[0]["number"] == "P2"
    assert "already done (H4)" in hub(*once).err
    assert [row["status"] for row in hub("payments", "list").rows] == ["confirmed", "void"]


def test_payments_are_recorded_for_what_a_list_printed(hub: InProcess) -> None:
    person(hub)
    refs = [due(hub, "C1", amount) for amount in ("100", "50")]
    listed = hub("orders", "list", "--paid", "due").out
    hub("payments", "record", "-", "--method", "cash", stdin=listed)
    assert [show(hub, ref)["balance"] for ref in refs] == ["0.00", "0.00"]
