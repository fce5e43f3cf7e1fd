"""Old files are brought up whole; what is not hub's own is said or kept; what cannot be done leaves the file alone."""

import sqlite3
from pathlib import Path

import pytest

from conftest import InProcess
from hubcli import migrations, schema, sqlitefile

DUMPS = Path(__file__).parent / "schemas"
TODAYS = DUMPS / f"v{schema.VERSION}.sql"
SCHEMAS = sorted(path for path in DUMPS.glob("v*.sql") if path != TODAYS)


@pytest.fixture(params=SCHEMAS, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, hub: InProcess) -> InProcess:
    """Hub on an empty file of a past schema."""
    hub.path.unlink()
    hub.path.touch(0o600)
    conn = sqlite3.connect(hub.path)
    conn.executescript("PRAGMA synchronous = OFF;" + request.param.read_text(encoding="utf-8"))
    conn.executescript("INSERT INTO meta VALUES ('uuid', '00000000-0000-4000-8000-000000000000');")
    conn.execute("PRAGMA journal_mode = WAL")
    conn.close()
    return hub


def test_every_schema_is_kept_as_it_was_laid() -> None:
    assert [path.stem for path in (*SCHEMAS, TODAYS)] == [f"v{n}" for n in range(1, schema.VERSION + 1)]
    conn = sqlite3.connect(":memory:")
    conn.executescript(TODAYS.read_text(encoding="utf-8"))
    why = "a change of schema.sql takes a higher VERSION; python tests/schemas/dump.py writes the new one's dump"
    assert not sqlitefile.differences(conn), why
    assert sqlitefile.version(conn) == schema.VERSION
    conn.close()


def test_every_past_schema_is_brought_up(old: InProcess) -> None:
    was = old("db", "upgrade").rows[0]["was"]
    assert old.path.with_name(f"{old.path.name}.v{was}-backup").exists()
    assert old("db", "check", "--full").out == ""
    assert old("db", "info", "--json").json["schema"] == schema.VERSION
    old("customers", "create", "--first-name", "Ann", "--mobile", "206 555 0188")
    assert "already" in old("db", "upgrade", tty=True).err


def test_words_are_found_after_it_as_before(old: InProcess) -> None:
    conn = sqlite3.connect(old.path)
    conn.executescript(
        "INSERT INTO customers (id, first_name, created_at, touched_on) VALUES (7, 'Zoë', '2025-05-01T00:00:00.000Z',"
        " '2025-05-01'); UPDATE customers SET sort_name = 'zoe' WHERE id = 7;"
        " INSERT INTO customer_search (rowid, folded) VALUES (7, 'zoe' || char(57345, 57346, 57347, 57348));"
    )
    conn.close()
    assert [row["number"] for row in old("customers", "search", "ZOË").rows] == ["C7"]
    assert old("db", "check", "--only", "R10").out == ""


def test_own_views_are_named_and_own_tables_stay(old: InProcess) -> None:
    conn = sqlite3.connect(old.path)
    conn.executescript(
        "CREATE VIEW gossip AS SELECT 1 AS a; CREATE TABLE _mine (a); CREATE VIEW _v AS SELECT 1 AS a;"
        " INSERT INTO _mine VALUES (1);"
    )
    conn.close()
    assert "the view gossip is not hub's and was left out" in old("customers", "list").err
    assert old("sql", "SELECT (SELECT a FROM _mine) + (SELECT a FROM _v) AS two").rows == [{"two": "2"}]


def test_a_version_that_never_was_leaves_the_file_alone(old: InProcess) -> None:
    conn = sqlite3.connect(old.path)
    conn.execute("PRAGMA user_version = 0")
    before = list(conn.iterdump())
    assert "there was never a schema 0" in old("customers", "list", code=9).err
    assert list(conn.iterdump()) == before
    conn.close()


def test_a_reference_that_does_not_hold_stops_the_upgrade(old: InProcess) -> None:
    conn = sqlite3.connect(old.path)
    conn.execute("DROP TRIGGER IF EXISTS guard_notes_insert")
    conn.execute(
        "INSERT INTO notes (customer_id, type, persistence, text, author, written_on)"
        " VALUES (77, 'internal', 'optional', 'x', 'sam', '2024-01-01')"
    )
    conn.commit()
    assert "refers to rows that are not there" in old("customers", "list", code=9).err
    assert conn.execute("PRAGMA user_version").fetchone()[0] < schema.VERSION
    conn.close()


def test_schemas_are_compared_without_comments_and_quotes() -> None:
    one = "CREATE TABLE \"a\" (\n  b TEXT, -- what it is\n  c TEXT DEFAULT '--x'\n)"
    assert sqlitefile.normal(one) == sqlitefile.normal("CREATE TABLE a(b TEXT,c TEXT DEFAULT '--x')")
    assert sqlitefile.normal(one) != sqlitefile.normal("CREATE TABLE a(b TEXT,c TEXT DEFAULT '-- x')")


def test_a_step_is_split_into_its_statements() -> None:
    trigger = "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT ';'; END;"
    assert list(migrations.statements(f"SELECT 1;\n{trigger}\n")) == ["SELECT 1;", trigger]
