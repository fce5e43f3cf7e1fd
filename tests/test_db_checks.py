"""Each check finds exactly the damage it is for, and nothing in a sound database."""

import random
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from conftest import InProcess
from hubcli import changelog
from hubcli.operations import checks

Statements = Sequence[str]
Dice = random.Random


def plant(path: Path, statements: Statements, without: Sequence[str] = ()) -> None:
    """Run SQL past hub with these triggers away for the moment; what triggers remain log it and keep the figures."""
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA foreign_keys = OFF")
    laid = [
        conn.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?", (name,)).fetchone()[0]
        for name in without
    ]
    for name in without:
        conn.execute(f"DROP TRIGGER {name}")
        if name.startswith("guard_"):  # it opens the change set that the log triggers write into
            conn.execute("INSERT INTO outside_change VALUES (1)")
    for statement in statements:
        conn.execute(statement)
    for sql in laid:
        conn.execute(sql)
    conn.close()


def reseal(path: Path, first: int) -> None:
    """Seal the change sets from `first` on anew, as someone who knows how would do."""
    conn = sqlite3.connect(path, isolation_level=None)
    laid = conn.execute("SELECT sql FROM sqlite_schema WHERE name = 'changes_stay'").fetchone()[0]
    conn.execute("DROP TRIGGER changes_stay")
    before = conn.execute("SELECT seal FROM changes WHERE id < ? ORDER BY id DESC LIMIT 1", (first,)).fetchone()[0]
    for header in conn.execute(
        f"SELECT {changelog.HEADER} FROM changes WHERE id >= ? ORDER BY id", (first,)
    ).fetchall():
        before = changelog._seal(conn, before, header, changelog.new_keys())
        conn.execute("UPDATE changes SET seal = ? WHERE id = ?", (before, header[0]))
    conn.execute(laid)
    conn.close()


def codes(hub: InProcess, *arguments: str) -> set[str]:
    result = hub("db", "check", *arguments, code=None)
    assert result.code in {0, 7}, result.err
    assert (result.code == 7) is bool(result.out.strip())
    return {row["code"] for row in result.rows} if result.out else set()


def customer(hub: InProcess, condition: str) -> int:
    conn = sqlite3.connect(hub.path)
    row = conn.execute(f"SELECT id FROM customers WHERE {condition} ORDER BY id LIMIT 1").fetchone()
    conn.close()
    return int(row[0])


ENTRY = (
    "INSERT INTO wallet_entries (customer_id, amount_cents, type, entered_on, recorded_at)"
    " VALUES (3, {}, 'adjustment', '2025-06-01', '2025-06-01T10:00:00.000Z')"
)
EMPTY = "INSERT INTO wallet_entries (customer_id, amount_cents, type, entered_on, recorded_at) SELECT 3,"
EMPTY += " -sum(amount_cents), 'reset', '2025-06-01', '2025-06-01T10:00:00.000Z' FROM wallet_entries"
EMPTY += " WHERE customer_id = 3 HAVING sum(amount_cents) <> 0"
ARCHIVED = "UPDATE customers SET status = 'archived', archived_at = '2025-06-01T10:00:00.000Z' WHERE status = 'active'"
ARCHIVED += " AND id = (SELECT min(customer_id) FROM open_documents WHERE kind = 'order')"
ACTIVE = "customer_id IN (SELECT id FROM customers WHERE status = 'active')"
PAID = f"SELECT min(id) FROM documents WHERE status = 'shipped' AND charged_cents = paid_cents AND {ACTIVE}"
DUE = f"SELECT min(id) FROM documents WHERE ordered_on IS NOT NULL AND charged_cents > paid_cents + 20000 AND {ACTIVE}"
DUE += " AND status NOT IN ('draft', 'canceled') AND customer_id NOT IN (3, 4)"  # who may have a credit line
DRAW = "INSERT INTO payments (customer_id, document_id, method, amount_cents, paid_on, due_on, recorded_at)"
DRAW += " SELECT customer_id, id, '{}', {}, '2025-06-01', '2025-07-01', '2025-06-01T10:00:00.000Z' FROM documents"
DRAW += " WHERE id = ({})"
LIMIT = "INSERT INTO credit_lines (customer_id, limit_cents, terms_id) SELECT customer_id, 900000000, 1 FROM documents"
LIMIT += f" WHERE id = ({DUE})"
REPAID = "INSERT INTO line_repayments (customer_id, payment_id, method, amount_cents, paid_on, recorded_at) SELECT"
REPAID += " customer_id, id, 'cash', amount_cents + 1, paid_on, recorded_at FROM payments WHERE method = 'credit-line'"
REFUND = "INSERT INTO refunds (customer_id, document_id, payment_id, method, amount_cents, reason, refunded_on,"
REFUND += " recorded_at) SELECT customer_id, document_id, id, 'cash', amount_cents + 1, 'x', paid_on, recorded_at"
REFUND += f" FROM payments WHERE document_id = ({PAID})"
RETURN = "INSERT INTO returns (customer_id, document_id, returned_on, reason, recorded_at) SELECT customer_id, id,"
RETURN += f" '2025-06-01', 'x', '2025-06-01T10:00:00.000Z' FROM documents WHERE id = ({PAID})"
TAKEN = "INSERT INTO return_lines (document_id, return_id, line_id, quantity, amount_cents) SELECT l.document_id,"
TAKEN += " (SELECT max(id) FROM returns), l.id, l.quantity + 1, 0 FROM document_lines l"
TAKEN += f" WHERE l.document_id = ({PAID}) AND l.line = 1"
UNAPPROVED = "UPDATE documents SET approved_on = NULL WHERE approved_on IS NOT NULL AND id NOT IN"
UNAPPROVED += " (SELECT document_id FROM payments)"
TWICE = "INSERT INTO wallet_entries (customer_id, amount_cents, type, reverses, entered_on, recorded_at) SELECT"
TWICE += " customer_id, 1, 'void', id, entered_on, recorded_at FROM wallet_entries WHERE id = 1"
STATED = "INSERT INTO statements (customer_id, kind, from_on, to_on, issued_on, balance_cents, not_yet_due_cents,"
STATED += " total_owed_cents, content, digest, recorded_at) VALUES (3, 'open-item', '2025-05-01', '2025-05-31',"
STATED += " '2025-06-01', 0, 0, 0, '{\"number\":\"S1\"}', 'of another one', '2025-06-01T10:00:00.000Z')"
FILED = "INSERT INTO files (customer_id, name, media_type, size, sha256, added_on, added_by)"
FILED += " VALUES (3, 'logo.png', 'image/png', 1, 'of another one', '2025-06-01', 'sam')"
PLANTS: dict[str, tuple[Statements, Sequence[str]]] = {
    "X01": (["UPDATE notes SET customer_id = 99999 WHERE id = 1"], ["guard_notes_update"]),
    "X02": (["DROP TRIGGER log_customers_update"], []),
    "X03": (["PRAGMA journal_mode = DELETE"], []),
    "A03": (["UPDATE changes SET actor = 'eve' WHERE id = 1"], ["changes_stay"]),
    "A04": (
        ["INSERT INTO customers (first_name, created_at) VALUES ('Eve', '2025-06-01T10:00:00.000Z')"],
        ["log_customers_insert"],
    ),
    "A05": (["UPDATE customers SET found_us = 'quietly' WHERE id = 3"], ["log_customers_update"]),
    "L04": ([f"UPDATE documents SET paid_cents = paid_cents - 1 WHERE id = ({PAID})"], []),
    "L05": ([EMPTY, ENTRY.format(-500)], ["wallet_floor"]),
    "L06": ([DRAW.format("credit-line", 1, DUE)], ["drawn_above_limit"]),
    "L07": ([EMPTY, ENTRY.format(-500), ENTRY.format(600)], ["wallet_floor"]),
    "L08": ([f"UPDATE documents SET goods_cents = goods_cents + 1 WHERE id = ({PAID})"], []),
    "L09": ([UNAPPROVED], []),
    "L11": ([DRAW.format("cash", 1, PAID)], ["paid_above_owed"]),
    "L12": ([REFUND], ["refunded_above_paid"]),
    "L13": ([TWICE], []),
    "L14": (["UPDATE payments SET ended_on = paid_on WHERE id = 1"], []),
    "L15": (["INSERT INTO idempotency_keys VALUES ('k', 'of nothing', 1, 'C1')"], []),
    "L16": (["UPDATE documents SET delivery_charge_cents = 2000000000000000 WHERE id = 1"], []),
    "L17": (
        ["UPDATE payments SET customer_id = customer_id + 1 WHERE id = (SELECT min(id) FROM payments)"],
        [],
    ),
    "L19": ([LIMIT, DRAW.format("credit-line", 100, DUE), REPAID], ["repaid_above_drawn"]),
    "L20": ([RETURN, TAKEN], ["returned_above_sold"]),
    "R01": ([ARCHIVED], ["archive_keeps_out"]),
    "R02": (["UPDATE customer_figures SET orders = orders + 1 WHERE customer_id = 1"], []),
    "R04": (["UPDATE customers SET merged_into = 4 WHERE id = 3"], []),
    "R05": (["UPDATE sqlite_sequence SET seq = 3 WHERE name = 'customers'"], []),
    "R06": (["UPDATE documents SET needed_on = '2025-02-30' WHERE id = 1"], []),
    "R07": (["UPDATE customers SET created_at = '2025-01-01 10:00' WHERE id = 3"], []),
    "R08": (
        ["UPDATE document_lines SET delivered_on = '1999-01-01' WHERE id = (SELECT min(id) FROM document_lines)"],
        [],
    ),
    "R09": (["UPDATE customers SET found_us = 'a' || char(27) || '[31m' WHERE id = 3"], []),
    "R10": (["UPDATE customer_search SET folded = 'someone else' WHERE rowid = 3"], []),
    "R11": (["UPDATE customers SET status = 'purged' WHERE id = 3"], []),
    "R12": ([STATED], []),
    "R13": ([FILED, "INSERT INTO file_contents VALUES ('of another one', x'00')"], []),
}


@pytest.mark.parametrize("code", PLANTS)
def test_a_check_finds_exactly_its_damage(code: str, demo: InProcess) -> None:
    plant(demo.path, *PLANTS[code])
    assert codes(demo, "--full") == {code}


def test_the_demo_is_sound(demo: InProcess) -> None:
    assert codes(demo, "--full") == set()
    told = demo("db", "check", tty=True)
    assert told.err == "all 14 checks hold\n"
    assert demo("db", "check", "--json").json == []


def test_a01_finds_a_hole_that_was_sealed_over(demo: InProcess) -> None:
    demo("customers", "edit", "C3", "--found-us", "radio")
    demo("customers", "edit", "C3", "--found-us", "paper")
    conn = sqlite3.connect(demo.path)
    change, seq = conn.execute("SELECT id, first_seq FROM changes ORDER BY id DESC LIMIT 1 OFFSET 1").fetchone()
    conn.close()
    plant(demo.path, [f"DELETE FROM changelog WHERE seq = {seq}"], ["changelog_remains"])
    reseal(demo.path, change)
    assert codes(demo, "--full") == {"A01"}


def test_a02_finds_entries_that_no_change_set_has(demo: InProcess) -> None:
    demo("customers", "edit", "C3", "--found-us", "radio", "--type", "luxury")
    conn = sqlite3.connect(demo.path)
    change, first, last = conn.execute(
        "SELECT id, first_seq, last_seq FROM changes ORDER BY id DESC LIMIT 1"
    ).fetchone()
    conn.close()
    assert last > first
    plant(demo.path, [f"UPDATE changes SET first_seq = {first + 1} WHERE id = {change}"], ["changes_stay"])
    reseal(demo.path, change)
    assert codes(demo, "--full") == {"A02"}


def test_a06_finds_a_clock_that_ran_back(demo: InProcess) -> None:
    for word in ("radio", "paper", "friends"):
        demo("customers", "edit", "C3", "--found-us", word)
    conn = sqlite3.connect(demo.path)
    change = conn.execute("SELECT max(id) FROM changes").fetchone()[0] - 1
    conn.close()
    plant(
        demo.path,
        [f"UPDATE changes SET recorded_at = '2999-01-01T00:00:00.000Z' WHERE id = {change}"],
        ["changes_stay"],
    )
    reseal(demo.path, change)
    assert codes(demo, "--full") == {"A06"}


def test_every_code_has_a_plant() -> None:
    assert {check.code for check in checks.CHECKS} == {*PLANTS, "A01", "A02", "A06", "R03"}


def test_r03_finds_two_defaults_where_the_index_is_gone(demo: InProcess) -> None:
    plant(
        demo.path,
        [
            "DROP INDEX one_default_delivery",
            "INSERT INTO addresses (customer_id, kind, is_default, line1) VALUES (3, 'delivery', 1, 'a')",
            "INSERT INTO addresses (customer_id, kind, is_default, line1) VALUES (3, 'delivery', 1, 'b')",
        ],
        ["guard_addresses_insert"],
    )
    assert codes(demo, "--full") == {"R03", "X02"}
    assert codes(demo, "--only", "R03") == {"R03"}


OTHER_DAMAGE: dict[str, tuple[str, Statements, Sequence[str]]] = {
    "a column altered": ("X02", ["ALTER TABLE notes ADD COLUMN secret TEXT"], []),
    "a view added": ("X02", ["CREATE VIEW gossip AS SELECT 1"], []),
    "an index dropped": ("X02", ["DROP INDEX customers_by_email"], []),
    "a view made harmless": ("X02", ["DROP VIEW open_documents", "CREATE VIEW open_documents AS SELECT 1 AS id"], []),
    "no identity": ("X03", ["DELETE FROM meta WHERE key = 'uuid'"], []),
    "a line's units": ("R02", ["UPDATE document_lines SET returned_quantity = 1 WHERE id = 1"], []),
    "a payment that ended too soon": (
        "R08",
        [f"UPDATE payments SET status = 'void', ended_on = '1999-01-01' WHERE document_id = ({PAID})"],
        [],
    ),
    "an invoice that is missing": (
        "R05",
        [
            f"UPDATE documents SET invoice_number = 900, invoiced_on = '2025-06-01' WHERE id = ({PAID})",
            f"UPDATE documents SET invoice_number = 902, invoiced_on = '2025-06-01' WHERE id = ({DUE})",
        ],
        [],
    ),
    "another's refund": (
        "L17",
        [REFUND.replace("amount_cents + 1", "1").replace("document_id, id,", f"({DUE}), id,")],
        [],
    ),
    "a NUL in a name": ("R09", ["UPDATE customers SET found_us = 'a' || char(0) || 'b' WHERE id = 3"], []),
    "turned writing": ("R09", ["UPDATE notes SET text = 'a' || char(8238) || 'b' WHERE id = 1"], []),
    "words of nobody": ("R10", ["INSERT INTO customer_search (rowid, folded) VALUES (99999, 'nobody')"], []),
    "words lost": ("R10", ["DELETE FROM customer_search WHERE rowid = 3"], []),
    "a street unfolded": ("R10", ["UPDATE addresses SET street_key = 'x' WHERE id = 1"], []),
    "a row deleted": ("A04", ["DELETE FROM notes WHERE id = 1"], ["log_notes_delete"]),
    "a reason altered": ("A03", ["UPDATE change_reasons SET reason = 'no'"], []),
}


@pytest.mark.parametrize("name", OTHER_DAMAGE)
def test_other_damage_is_found_too(name: str, demo: InProcess) -> None:
    code, statements, without = OTHER_DAMAGE[name]
    demo("customers", "edit", "C3", "--found-us", "radio", "--reason", "she said so")
    plant(demo.path, statements, without)
    found = codes(demo, "--full")
    assert code in found
    along = {"a column altered": {"X01"}, "a NUL in a name": {"A05"}}  # the log's literals end at a NUL
    assert found - along.get(name, set()) == {code}


def test_own_tables_with_an_underscore_are_nobodys_business(demo: InProcess) -> None:
    plant(demo.path, ["CREATE TABLE _mine (a)", "CREATE INDEX _mine_a ON _mine (a)", "CREATE VIEW _v AS SELECT 1"])
    assert codes(demo, "--full") == set()


def test_logged_changes_past_hub_are_no_damage(demo: InProcess) -> None:
    plant(demo.path, ["UPDATE customers SET found_us = 'openly' WHERE id = 3", "DELETE FROM notes WHERE id = 1"])
    assert codes(demo, "--full") == set()
    demo("customers", "edit", "C4", "--found-us", "radio")
    assert codes(demo, "--full") == set()


def test_at_most_twenty_of_a_code_are_shown(demo: InProcess) -> None:
    plant(demo.path, ["UPDATE customer_figures SET orders = orders + 1"])
    few = demo("db", "check", "--full", code=7)
    assert len(few.rows) == 20
    assert "more of R02 (use --all)" in few.err
    assert len(demo("db", "check", "--full", "--all", code=7).rows) > 200


def test_a_finding_says_how_to_look_at_it(demo: InProcess) -> None:
    plant(demo.path, *PLANTS["R06"])
    row = demo("db", "check", code=7).rows[0]
    assert row["record"] == "documents 1"
    assert demo("sql", row["look"].split('"')[1]).rows[0]["needed_on"] == "2025-02-30"


def test_an_unknown_code_is_refused(demo: InProcess) -> None:
    assert "is no check" in demo("db", "check", "--only", "Z99", code=2).err
    assert len({check.code for check in checks.CHECKS}) == len(checks.CHECKS)


# ------------------------------------------------------------------------------------------------- random sound ones


def acts(hub: InProcess, dice: random.Random) -> list[Callable[[], object]]:
    who = f"C{dice.randint(1, 60)}"
    word = dice.choice(["radio", "Björk", "O'Brien", "=1+1", "株式会社", "a%b_c"])
    return [
        lambda: hub("customers", "edit", who, "--found-us", word, "--reason", word, code=None),
        lambda: hub(
            "customers", "edit", who, "--last-name", word, "--email", f"x{dice.random()}@example.com", code=None
        ),
        lambda: hub("customers", "archive", who, code=None),
        lambda: hub("customers", "restore", who, code=None),
        lambda: hub("customers", "move", who, "--line1", word, "--zip", "02134", code=None),
        lambda: hub("notes", "add", who, word, "--type", "internal", "--persistence", "optional", code=None),
        lambda: hub("credit", "grant", who, "5.00", "--note", word, code=None),
        lambda: hub(
            "customers", "create", "--first-name", word, "--mobile", "206 555 0188", "--zip", "98101", code=None
        ),
        lambda: hub("undo", f"H{dice.randint(2, 12)}", "--yes", code=None),
        *money_acts(hub, dice, who),
    ]


def money_acts(hub: InProcess, dice: random.Random, who: str) -> list[Callable[[], object]]:
    """Give what may happen to money: most of it is refused, and none of it may break a rule."""
    amount = f"{dice.randint(1, 400)}.{dice.randint(0, 99):02d}"
    document, payment, line = (f"{kind}{dice.randint(1, most)}" for kind, most in (("O", 150), ("P", 120), ("L", 6)))
    method = dice.choice(["cash", "customer-credit", "credit-line", "write-off"])
    why, day = ("--reason", "because"), ("--date", "today")
    return [
        lambda: hub("credit", "line", "set", who, "--limit", "5000", code=None),
        lambda: hub("quotes", "create", who, "--line", f"SOFA@{amount}", "--fulfillment", "pickup", code=None),
        lambda: hub("quotes", "approve", document, "--on-account", code=None),
        lambda: hub("quotes", "approve", document, code=None),
        lambda: hub("payments", "add", document, "--method", method, "--amount", amount, *why, code=None),
        lambda: hub("payments", "add", document, "--method", method, "--full", *why, code=None),
        lambda: hub("payments", "add", who, "--method", "check", "--check-number", amount, "--amount", amount,
                    "--surplus", "customer-credit", code=None),
        lambda: hub("payments", "refund", payment, "--amount", amount, *why, code=None),
        lambda: hub("payments", "refund", payment, "--full", "--to", "credit", *why, code=None),
        lambda: hub("payments", "void", payment, *why, code=None),
        lambda: hub("payments", "correct", payment, "--amount", amount, code=None),
        lambda: hub("payments", "move", payment, "--to", document, code=None),
        lambda: hub("payments", "void", line, *why, code=None),
        lambda: hub("credit", "line", "repay", who, "--method", "cash", "--amount", "10", code=None),
        lambda: hub("credit", "withdraw", who, "--method", "cash", "--amount", "5", code=None),
        lambda: hub("orders", "return", document, "--all", "--to", "credit", *day, *why, code=None),
        lambda: hub("orders", "return", document, "--line", "1:1", "--to", "balance", "--to", "cash", *day, *why,
                    code=None),
        lambda: hub("orders", "return", document, "--all", "--to", "original", "--restocking", "10%", *day, *why,
                    code=None),
        lambda: sell(hub, who, amount, method),
        lambda: hub("orders", "cancel", document, "--to", "credit", *why, code=None),
        lambda: hub("orders", "invoice", document, code=None),
        lambda: hub("customers", "merge", who, f"C{dice.randint(1, 60)}", "--yes", code=None),
    ]  # fmt: skip


def sell(hub: InProcess, who: str, amount: str, method: str) -> object:
    """Make a quote and an order of it, for money or on account."""
    made = hub("quotes", "create", who, "--line", f"SOFA:2@{amount}", "--fulfillment", "pickup", "-q", code=None)
    ref = made.out.strip()
    if ref and method == "write-off":
        return hub("quotes", "approve", ref, "--on-account", code=None)
    return hub("payments", "add", ref, "--method", method, "--half", code=None) if ref else made


def test_no_check_fires_on_a_sound_database(hub: InProcess, rounds: Callable[[int, int], int]) -> None:
    for seed in (29, *range(rounds(3, 50))):
        dice = Dice(seed)
        hub.path.unlink()
        hub("demo", "--customers", str(dice.randint(20, 60)))
        results = [dice.choice(acts(hub, dice))() for _ in range(60)]
        assert sum(getattr(result, "code", 1) == 0 for result in results) > 5
        assert {getattr(result, "code", 0) for result in results} <= {0, 2, 3, 4, 5, 6}
        assert hub("db", "check", "--full", code=None).out == "", seed
