"""The change log: sealed, append-only, replayable; what every tampering looks like."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import InProcess
from hubcli import changelog, schema


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def findings(path: Path) -> list[changelog.Finding]:
    conn = connect(path)
    try:
        return list(changelog.verify(conn))
    finally:
        conn.close()


@pytest.fixture
def worked(demo: InProcess) -> InProcess:
    """A demo shop in which something was changed, with a reason."""
    demo("customers", "edit", "C1", "--first-name", "Marie", "--reason", "misheard")
    demo("customers", "edit", "C2", "--type", "average")
    return demo


def test_a_sound_log_verifies(worked: InProcess) -> None:
    assert findings(worked.path) == []


def tamper(sql: str, *drop: str) -> Callable[[sqlite3.Connection], None]:
    def do(conn: sqlite3.Connection) -> None:
        for trigger in drop:
            conn.execute(f"DROP TRIGGER {trigger}")
        conn.execute(sql)

    return do


@pytest.mark.parametrize(
    ("change", "damage"),
    [
        (2, tamper("UPDATE changelog SET new = '''Eve''' WHERE field = 'first_name'", "changelog_stays")),
        (3, tamper("UPDATE changes SET actor = 'eve' WHERE id = 3", "changes_stay")),
        (3, tamper("DELETE FROM changelog WHERE change_id = 3", "changelog_remains")),
        (2, tamper("UPDATE change_reasons SET reason = 'none' WHERE change_id = 2")),
        (3, tamper("UPDATE changes SET seal = 'x' WHERE id = 2", "changes_stay")),
    ],
    ids=["a value", "an actor", "an entry gone", "a reason", "a seal"],
)
def test_tampering_is_found_at_its_change_set(
    worked: InProcess, change: int, damage: Callable[[sqlite3.Connection], None]
) -> None:
    conn = connect(worked.path)
    damage(conn)
    conn.close()
    assert change in {finding.change_id for finding in findings(worked.path)}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE changelog SET new = 'x'",
        "DELETE FROM changelog",
        "UPDATE changes SET actor = 'eve'",
        "DELETE FROM changes",
        "INSERT OR REPLACE INTO changes (id, business_on, recorded_at, actor, command) VALUES (1, '', '', 'eve', '')",
        "INSERT OR REPLACE INTO changelog (seq, change_id, operation, tbl, row_id) VALUES (1, 1, 'insert', 'x', 1)",
        "REPLACE INTO changelog (seq, change_id, operation, tbl, row_id) VALUES (1, 1, 'insert', 'x', 1)",
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_history_is_append_only_for_any_sql(worked: InProcess, sql: str, recursive: str) -> None:
    conn = connect(worked.path)
    conn.execute(f"PRAGMA recursive_triggers = {recursive}")
    with pytest.raises(sqlite3.IntegrityError, match="log_append_only"):
        conn.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR REPLACE INTO customers (id, first_name, created_at) VALUES (1, 'Eve', '2025-01-01T00:00:00.000Z')",
        "UPDATE OR REPLACE customers SET id = 1 WHERE id = 2",
        "INSERT OR REPLACE INTO addresses (customer_id, kind, zip) VALUES (1, 'billing', '60614')",
        "UPDATE OR REPLACE addresses SET kind = 'billing' WHERE customer_id = 1 AND kind = 'delivery'",
        "DELETE FROM customers WHERE id = 1",
        "INSERT INTO contacts (customer_id, first_name) VALUES (999999, 'x')",
        "UPDATE documents SET customer_id = 999999",
        "UPDATE customers SET id = 999 WHERE id = 1",
    ],
)
def test_raw_sql_without_foreign_keys_cannot_replace_or_orphan_rows(worked: InProcess, sql: str) -> None:
    conn = connect(worked.path)
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("PRAGMA recursive_triggers = OFF")
    with pytest.raises(sqlite3.IntegrityError):
        conn.execute(sql)


def test_raw_sql_is_logged_and_sealed_by_the_next_change(worked: InProcess) -> None:
    conn = connect(worked.path)
    conn.execute("UPDATE customers SET last_name = 'Gomez' WHERE id = 1")
    conn.execute("UPDATE customers SET type = 'luxury' WHERE id = 1")
    conn.close()
    worked("customers", "edit", "C2", "--type", "luxury")
    listed = worked("changes", "list", "--limit", "2").rows
    assert [(row["command"], row["entries"]) for row in listed] == [("customers edit", "1"), ("sql", "2")]
    assert findings(worked.path) == []


def test_raw_sql_that_archives_a_customer_with_active_work_is_refused(demo: InProcess) -> None:
    conn = connect(demo.path)
    with pytest.raises(sqlite3.IntegrityError, match="active_documents"):
        conn.execute("UPDATE customers SET status = 'archived', archived_at = '2025-06-15T00:00:00.000Z' WHERE id = 1")


def test_a_row_replayed_from_its_log_is_the_row(worked: InProcess) -> None:
    conn = connect(worked.path)
    rows: dict[tuple[str, int], dict[str, object]] = {}
    for operation, table, row_id, field, new in conn.execute(
        "SELECT operation, tbl, row_id, field, new FROM changelog ORDER BY seq"
    ):
        row = rows.setdefault((table, row_id), {})
        row |= changelog.image(new) if operation == "insert" else {field: changelog.value(new)}
    for name, table in schema.logged().items():
        if name == "terms":
            continue  # seeded by schema.sql
        columns = [c.name for c in table.logged_columns]
        for row_id, *values in conn.execute(f"SELECT id, {', '.join(columns)} FROM {name}"):
            assert {c: rows[(name, row_id)].get(c) for c in columns} == dict(zip(columns, values, strict=True))


def test_images_and_literals_survive_any_text() -> None:
    conn = sqlite3.connect(":memory:")
    for value in ("it's", "a=b,c='d',", "", "NULL", "line\nbreak", "x'41'", -1, 0, 10**15, None):
        literal = conn.execute("SELECT quote(?)", (value,)).fetchone()[0]
        assert changelog.value(literal) == value
        assert changelog.image(f"one={literal},two='2',").get("one") == value


def test_personal_values_are_digested_with_the_customers_own_key(worked: InProcess) -> None:
    """Once a person's values and key are gone the chain still verifies, and only an erasure may do that."""
    conn = connect(worked.path)
    conn.row_factory = sqlite3.Row
    rows = conn.execute(
        "SELECT l.seq, l.change_id, l.operation, l.tbl, l.row_id, l.subject, l.field, l.old, l.new, l.personal,"
        " l.digest, k.key FROM changelog l JOIN subject_keys k ON k.customer_id = l.subject"
        " WHERE l.personal AND l.subject = 1"
    ).fetchall()
    assert rows
    conn.execute(
        "INSERT INTO changes (business_on, recorded_at, actor, command, purpose)"
        " VALUES ('2025-06-15', 'x', 'sam', 'customers erase', 'erase')"
    )
    for row in rows:
        digest = changelog.digest(row, changelog.new_keys())
        conn.execute("UPDATE changelog SET old = NULL, new = NULL, digest = ? WHERE seq = ?", (digest, row["seq"]))
    conn.execute("DELETE FROM subject_keys WHERE customer_id = 1")
    conn.execute("DELETE FROM changes WHERE seal IS NULL")
    conn.close()
    assert findings(worked.path) == []


def test_one_change_set_at_a_time_and_the_open_one_is_the_last(worked: InProcess) -> None:
    opened = "INSERT INTO changes (business_on, recorded_at, actor, command) VALUES ('2025-06-15', 'x', 'sam', 'sql')"
    conn = connect(worked.path)
    conn.execute(opened)
    with pytest.raises(sqlite3.IntegrityError, match="one_session"):
        conn.execute(opened)
    conn.execute("DROP TRIGGER one_session")
    first = conn.execute("SELECT max(id) FROM changes").fetchone()[0]
    conn.execute(opened)
    conn.close()
    assert [finding.change_id for finding in changelog.verify(connect(worked.path))] == [first]
