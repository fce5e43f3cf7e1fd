"""Security goals, each under its number: what stored text, typed text and other files can not make hub do."""

import ast
import json
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT, TODAY, InProcess, needs_shared_data

SOURCE = ROOT / "src" / "hubcli"

# ------------------------------------------------------------------------------------------- S1, S2: text and terminals

ALLOWED_FORMAT = {"\u200c", "\u200d", "\ufeff", "\u00ad", "\u2060", "\u200b"}
"""Format characters that move nothing: joiners inside words and emoji, marks of no width."""


def unsafe(text: str) -> set[str]:
    """Give the characters of a terminal's text that could steer it: controls, and format characters that turn text."""
    turning = {c for c in text if unicodedata.category(c) == "Cf"} - ALLOWED_FORMAT
    turning = {c for c in turning if not "\U000e0020" <= c <= "\U000e007f"}
    return {c for c in text if unicodedata.category(c) == "Cc" and c != "\n"} | turning


def named(path: Path, names: list[str]) -> None:
    """Give customers these names past hub, which refuses many of them."""
    conn = sqlite3.connect(path)
    conn.executemany(
        "INSERT INTO customers (first_name, last_name, email, found_us, created_at)"
        " VALUES (?, 'Naughty', ?, ?, '2025-01-01T10:00:00.000Z')",
        [(name, name, name) for name in names],
    )
    conn.commit()
    conn.close()


STEERING = [
    "\x1b[31mred",
    "\x9b31m",
    "a\x07b",
    "\u202eevil",
    "a\x00b",
    "x\ry",
    "\x1b]0;title\x07",
    "\u2066a",
    "\x7f",
    "a\tb",
]


@pytest.fixture
def strings(shared_data: Path) -> list[str]:
    found = json.loads((shared_data / "naughty-strings.json").read_text(encoding="utf-8"))
    assert len(found) > 500
    return [text for text in found if not any("\ud800" <= c <= "\udfff" for c in text)] + STEERING


@needs_shared_data
def test_s1_stored_text_never_steers_a_terminal(hub: InProcess, strings: list[str]) -> None:
    named(hub.path, strings)
    hub("customers", "create", "--first-name", "Ann", "--mobile", "206 555 0188")  # brings the search index up
    wide: dict[str, Any] = {"tty": True, "width": 200, "code": None}
    everywhere = [
        ("customers", "list", "--limit", "all", "--fields", "number,name,email"),
        ("customers", "list", "--limit", "all", "--json"),
        ("customers", "list", "--limit", "all", "--csv"),
        ("customers", "search", "naughty", "--limit", "all"),
        ("find", "naughty", "--limit", "all"),
        ("changes", "list"),
        ("changes", "show", "H1"),
        ("sql", "SELECT first_name, found_us FROM customers"),
        ("db", "check", "--full", "--all"),
        ("customers", "edit", "C11", "C12", "C13", "--type", "luxury", "-y"),
    ]
    for arguments in everywhere:
        result = hub(*arguments, **wide)
        assert result.code in {0, 5, 7}, (arguments, result.err)
        assert unsafe(result.out) == set(), arguments
        assert unsafe(result.err) == set(), arguments
    for number in [*range(1, len(strings) - len(STEERING), 37), *range(len(strings) - len(STEERING), len(strings))]:
        for command in (("show", f"C{number + 1}"), ("changelog", f"C{number + 1}")):
            result = hub("customers", *command, **wide)
            assert unsafe(result.out) | unsafe(result.err) == set(), strings[number]


@needs_shared_data
def test_s1_typed_text_comes_back_visible_in_errors(hub: InProcess, strings: list[str]) -> None:
    for place, text in enumerate(strings):
        if text == "-":
            continue  # the references are read from stdin
        for tty in (True, False) if place % 10 == 0 else (True,):
            told = hub("customers", "show", "--", text, tty=tty, code=None)
            assert told.code in {2, 4, 5}, text
            assert unsafe(told.err) == set(), text
        if place % 10 == 0:
            json.loads(hub("customers", "list", f"--type={text}", "--errors", "json", code=2).err)


MARKUP = ["[red]x[/]", "Bob [/]", "Lab [hello] Ltd", ":pile_of_poo:", "[link=file:///]x[/link]", "\\[b]", "{0}", "%s"]


@pytest.mark.parametrize("name", MARKUP)
def test_s2_markup_is_only_text(hub: InProcess, name: str) -> None:
    hub("customers", "create", "--first-name", name, "--mobile", "206 555 0188")
    shown = [
        hub("customers", "list", tty=True, width=160).out,
        hub("customers", "show", "C1", tty=True, width=160).out,
        hub("customers", "changelog", "C1", tty=True, width=160).out,
        hub("sql", "SELECT name FROM customers", tty=True).out,
        hub("customers", "list").out,
    ]
    assert all(name in text for text in shown)


# ------------------------------------------------------------------------------------------------- S4: SQL from outside

STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA|ALTER|ATTACH|WITH|EXPLAIN|REPLACE)\b")
PUT_TOGETHER = {
    "commands/schema.py": "a search in the text of schema.sql",
    "operations/imports/staging.py": "temporary tables of its own",
    "operations/imports/orders.py": "tables and columns that stand in it",
    "operations/imports/matching.py": "temporary tables of its own",
    "schema.py": "triggers, from names of schema.sql",
    "store.py": "columns and tables that operations name",
    "changelog.py": "its own list of columns",
    "migrations.py": "names of the file between quotes, and schema.sql",
    "sqlitefile.py": "tables of schema.sql",
    "operations/setup.py": "tables of schema.sql",
    "operations/undo.py": "tables and columns of the log, checked against schema.sql",
    "operations/checks/people.py": "tables and columns of schema.sql",
    "operations/customers/erasing.py": "tables, columns and subjects of schema.sql, and whole numbers",
    "operations/customers/merging.py": "tables, columns and unique keys of schema.sql",
    "operations/customers/portrait.py": "tables, columns and subjects of schema.sql, and whole numbers",
    "operations/imports/aside.py": "indexes and triggers of schema.sql",
    "operations/imports/newborn.py": "its own lists of columns",
    "operations/belonging.py": "tables and columns of schema.sql, and whole numbers",
    "operations/customers/naming.py": "tables, columns and subjects of schema.sql, and whole numbers",
    "operations/imports/filling.py": "the tables and columns that newborn.py lists",
    "operations/imports/own.py": "temporary tables of its own, and whole numbers",
    "operations/permissions.py": "tables of the log, checked against schema.sql",
    "operations/reports/known.py": "tables and columns of schema.sql",
    "operations/dump.py": "tables and columns of schema.sql",
    "operations/environment.py": "tables of schema.sql",
    "operations/backup.py": "tables of schema.sql",
    "operations/asking.py": "a number",
    "operations/checks/base.py": "tables and columns of schema.sql",
    "operations/checks/log.py": "tables and columns of schema.sql",
    "operations/checks/rows.py": "tables of schema.sql",
    "operations/checks/whole.py": "names of settings that stand there",
}
"""The modules that put SQL together from names, and where the names come from."""


def put_together(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = next((str(v.value) for v in node.values if isinstance(v, ast.Constant)), "")
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
            text = str(node.left.value)
        if STATEMENT.match(text):
            yield text


def test_s4_only_known_places_put_sql_together() -> None:
    found = {str(p.relative_to(SOURCE)) for p in SOURCE.rglob("*.py") if any(put_together(p))}
    assert found <= PUT_TOGETHER.keys(), "bind the value, or say here where the names come from"
    assert not any(name.startswith(("commands/", "importing/", "render/")) for name in found - {"commands/schema.py"})


INJECTIONS = [
    "(select value from meta)",
    "name; DROP TABLE customers",
    "name--",
    "1=1",
    "' OR '1'='1",
    "customers.name",
    "name COLLATE NOCASE",
    "rowid",
    "random()",
    '"name"',
    "name,(CASE WHEN 1 THEN 1 END)",
    "\u0000",
    "%00",
    "load_extension('x')",
]
OPTIONS = [
    "--sort",
    "--fields",
    "--limit",
    "--status",
    "--type",
    "--source",
    "--stage",
    "--kind",
    "--consent",
    "--missing",
]


@pytest.mark.parametrize("option", OPTIONS)
def test_s4_no_option_lets_sql_in(demo: InProcess, option: str) -> None:
    for text in INJECTIONS:
        if option in {"--sort", "--fields"} and text == "rowid":
            continue
        told = demo("customers", "list", f"{option}={text}", code=2)
        assert "syntax error" not in told.err
        assert "no such column" not in told.err


@pytest.mark.parametrize("text", ["-1", "0", "10" * 20, "1e3", "1.0", "0x10", "٣", "", " ", "9223372036854775808"])
def test_s4_a_limit_is_a_number(demo: InProcess, text: str) -> None:
    assert demo("customers", "list", f"--limit={text}", code=None).code == 2


@pytest.mark.parametrize(
    "text", [*INJECTIONS, "Robert'); DROP TABLE customers;--", "%", "_", '"', "AND", "n:x", "*", "("]
)
def test_s4_text_is_only_text(demo: InProcess, text: str) -> None:
    for arguments in (("search", text), ("list", "--city", text), ("list", "--bought", text), ("list", "--zip", text)):
        told = demo("customers", *arguments, code=None)
        assert told.code in {0, 2}, told.err
        assert not re.search(r"syntax error|no such|fts5|malformed", told.err)
    conn = sqlite3.connect(demo.path)
    assert conn.execute("SELECT count(*) FROM customers").fetchone()[0] == 250
    conn.close()


def test_b19_short_words_beside_long_ones(hub_command: str, demo_file: Path) -> None:
    """SQLite 3.40 crashes where such patterns reach a trigram index together; a crash would end this process too."""
    for text in ("or garcia", "garcia or", "o ga mar", "a b c d e", "' OR '1'='1", "jo smith", "林 garcia"):
        for command in (["customers", "search"], ["find"]):
            told = subprocess.run(
                [hub_command, "--db", demo_file, *command, text], capture_output=True, text=True, check=False
            )
            assert told.returncode in {0, 4, 5}, (text, told.stderr)


# --------------------------------------------------------------------------------------------------------- S5: hub sql

WRITING = [
    "INSERT INTO staff (login, name) VALUES ('eve', 'Eve')",
    "UPDATE customers SET first_name = 'Eve'",
    "DELETE FROM notes",
    "REPLACE INTO staff (id, login, name) VALUES (1, 'eve', 'Eve')",
    "DROP TABLE customers",
    "CREATE TABLE t (a)",
    "CREATE TEMP TABLE t (a)",
    "CREATE TEMP VIEW t AS SELECT 1",
    "CREATE VIRTUAL TABLE t USING fts5(a)",
    "ATTACH 'other.db' AS other",
    "ATTACH '' AS other",
    "DETACH main",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    "PRAGMA query_only = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA user_version = 9",
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA data_version(1)",
    "SELECT * FROM pragma_table_list",
    "BEGIN IMMEDIATE",
    "COMMIT",
    "SAVEPOINT a",
    "REINDEX",
    "ANALYZE",
    "ALTER TABLE customers RENAME TO c",
    "INSERT INTO customer_search (customer_search) VALUES ('optimize')",
    "SELECT load_extension('x')",
    "SELECT writefile('x', 'y')",
    "SELECT * FROM meta",
    "SELECT value FROM (SELECT * FROM meta)",
    "SELECT key FROM subject_keys",
    "SELECT salt FROM change_reasons",
    "SELECT * FROM change_reasons",
    "SELECT * FROM idempotency_keys",
    "SELECT (SELECT hex(key) FROM subject_keys LIMIT 1) FROM customers",
    "WITH k AS (SELECT key FROM subject_keys) SELECT * FROM k",
    "SELECT 1; DELETE FROM notes",
    "",
    "hello",
    "SELECT nothing FROM nowhere",
    "SELECT zeroblob(1000000000)",
    "SELECT hex(randomblob(900000000))",
]


def listed(folder: Path) -> list[str]:
    """Give the names of a folder, those that SQLite and hub keep beside an open database left out."""
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(("-shm", "-wal", "-lock")))


@pytest.mark.parametrize("statement", WRITING)
def test_s5_sql_only_reads_what_is_the_shop_s(
    demo: InProcess, statement: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before, there = demo.path.read_bytes(), listed(tmp_path)
    told = demo("sql", statement, code=None)
    assert told.code in {2, 6}, told.err
    assert told.out.count("\n") == 0
    assert demo.path.read_bytes() == before
    assert listed(tmp_path) == there


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT name, type FROM sqlite_schema",
        "SELECT id, name FROM customers ORDER BY name",
        "SELECT * FROM customer_figures_live LIMIT 3",
        "SELECT rowid FROM customer_search WHERE folded LIKE '%garcia%'",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT sum(i) FROM n",
        "EXPLAIN QUERY PLAN SELECT * FROM customers",
        "SELECT count(*) FROM changelog",
        "SELECT x'00ff' AS raw, NULL AS none, 1.5 AS real",
    ],
)
def test_s5_sql_reads(demo: InProcess, statement: str) -> None:
    assert demo("sql", statement).out.count("\n") >= 2
    assert isinstance(demo("sql", statement, "--json").json, list)
    assert demo("sql", "-", stdin=statement).out


def test_s5_a_statement_without_end_is_stopped(demo: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    from hubcli.operations import asking

    monkeypatch.setattr(asking.ask, "__defaults__", (0.3,))
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    assert "stopped after 0 s" in demo("sql", endless, code=1).err


def test_s5_other_options_do_not_fit(demo: InProcess) -> None:
    assert "ORDER BY" in demo("sql", "SELECT 1 AS a", "--sort", "a", code=2).err
    assert demo("sql", "SELECT 1 AS a, 2 AS b", "--fields", "b").out == "b\n2\n"


# ------------------------------------------------------------------------------------------------- S7, S8: modes, links


@pytest.fixture
def loose(hub_command: str, tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """The installed hub where the system would let everyone read and write what is made."""
    state = {"HUB_DB": str(tmp_path / "data" / "hub.db"), "HUB_TODAY": TODAY, "XDG_STATE_HOME": str(tmp_path / "state")}

    def run(*arguments: str, **how: Any) -> "subprocess.CompletedProcess[str]":
        env = os.environ | state
        return subprocess.run(
            [hub_command, *arguments],
            env=env,
            umask=0,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            **how,
        )

    return run


def test_s7_everything_made_is_private(
    loose: Callable[..., "subprocess.CompletedProcess[str]"], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    assert loose("demo").returncode == 0
    conn = sqlite3.connect(data / "hub.db")
    conn.execute("SELECT count(*) FROM customers").fetchone()
    assert loose("customers", "edit", "C3", "--found-us", "radio").returncode == 0
    (tmp_path / "b").mkdir(mode=0o700)
    assert loose("db", "backup", "b").returncode == 0
    assert loose("db", "backup", "one.db").returncode == 0
    assert loose("customers", "list", "-o", "list.csv").returncode == 0
    assert loose("db", "restore", "one.db", "--yes").returncode == 0
    made = {p for p in tmp_path.rglob("*") if p.is_file()}
    assert {p.name for p in made} >= {"hub.db", "hub.db-wal", "hub.db-shm", "hub.db-lock", "one.db", "list.csv"}
    conn.close()
    assert any(".before-restore-" in p.name for p in made)
    modes = {str(p): stat.S_IMODE(p.stat().st_mode) for p in made if p.exists()}
    assert set(modes.values()) == {0o600}, modes
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["demo.db-lock", ".demo.db.{pid}.restore"])
def test_s8_a_planted_link_is_never_written_through(demo: InProcess, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    demo("db", "backup", str(tmp_path / "b.db"))
    Path(f"{demo.path}-lock").unlink(missing_ok=True)
    (tmp_path / name.format(pid=os.getpid())).symlink_to(victim)
    told = demo("db", "restore", str(tmp_path / "b.db"), "--yes", code=1)
    assert "may not be written" in told.err or "could not be written" in told.err
    assert victim.read_text() == "mine"


def test_s8_no_database_is_made_through_a_link(hub: InProcess, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    (tmp_path / "link.db").symlink_to(victim)
    for command in ("init", "demo"):
        hub("--db", str(tmp_path / "link.db"), command, code=6)
    assert not victim.exists()


def test_s8_an_upgrade_s_backup_replaces_a_link(hub: InProcess, tmp_path: Path) -> None:
    victim, old = tmp_path / "victim", tmp_path / "old.db"
    victim.write_text("mine")
    old.touch(0o600)
    conn = sqlite3.connect(old)
    v1 = (Path(__file__).parent / "schemas" / "v1.sql").read_text(encoding="utf-8")
    conn.executescript("PRAGMA synchronous = OFF;" + v1)
    conn.close()
    (tmp_path / "old.db.v1-backup").symlink_to(victim)
    hub("--db", str(old), "customers", "list")
    assert victim.read_text() == "mine"
    assert not (tmp_path / "old.db.v1-backup").is_symlink()


@pytest.mark.parametrize("kind", ["symbolic", "hard"])
def test_s8_a_file_is_not_written_over_a_link(demo: InProcess, tmp_path: Path, kind: str) -> None:
    victim, target = tmp_path / "victim.csv", tmp_path / "list.csv"
    victim.write_text("mine")
    if kind == "symbolic":
        target.symlink_to(victim)
    else:
        os.link(victim, target)
    demo("customers", "list", "-o", str(target), code=6)
    assert victim.read_text() == "mine"


def test_b24_a_path_is_only_a_path(demo: InProcess, tmp_path: Path) -> None:
    for name in ("a?mode=memory", "a#b", "a%20b", "file:x"):
        odd = tmp_path / name
        shutil.copy(demo.path, odd)
        assert demo("--db", str(odd), "customers", "list", "--limit", "1").rows
        demo("--db", str(odd), "customers", "edit", "C3", "--found-us", "radio")
        assert demo("--db", str(odd), "db", "check", "--full").out == ""
    demo("--db", f"file:{demo.path}?mode=ro", "customers", "list", code=9)


# ------------------------------------------------------------------------------------------------- S10: card numbers

CARDS = ["4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005", "6011000990139424", "3530 1113 3330 0000"]
NO_CARDS = ["4111 1111 1111 1112", "DE89 3704 0044 0532 0130 00", "1Z999AA10123456784", "41111111111111110", "555-0142"]


@pytest.mark.parametrize("card", CARDS)
def test_s10_no_text_takes_a_card_number(hub: InProcess, tmp_path: Path, card: str) -> None:
    hub("customers", "create", "--first-name", "Ann", "--mobile", "3125550142")
    hub("quotes", "create", "C1", "--line", "WASH1@900", "--fulfillment", "pickup")
    hub("customers", "field", "add", "Remark")
    size = hub("db", "info", "--json").json["last_change"]
    notes, people = tmp_path / "notes.csv", tmp_path / "people.csv"
    notes.write_text(f"customer,text\nC1,she pays with {card} 12/27\n")
    people.write_text(f"first_name,last_name,found_us,billing_line1\nBob,{card},,\nBob,Lee,{card},\nBob,Lee,,{card}\n")
    for line in (
        ("notes", "add", "C1", f"card {card} 12/27 123"),
        ("notes", "add", "C1", "x", "--reason", card),
        ("customers", "edit", "C1", "--last-name", card),
        ("customers", "edit", "C1", "--found-us", f"by {card}."),
        ("customers", "field", "set", "C1", f"Remark={card}"),
        ("payments", "add", "Q1", "--amount", "5", "--method", "cash", "--note", card),
        ("payments", "add", "Q1", "--amount", "5", "--method", "credit-card", "--authorization-code", card),
        ("settings", "set", "shop.name", card),
    ):
        told = hub(*line, code=2).err
        assert f"…{card[-4:]}" in told, line
        assert card not in told
    for of, path, rows in (("notes", notes, 1), ("customers", people, 3)):
        report = hub("import", of, str(path), "--apply", "-v", code=3)
        assert next(row["rows"] for row in report.rows if row["result"] == "reject") == str(rows)
        assert "number of a payment card" in report.out
        assert card not in report.out
    assert hub("db", "info", "--json").json["last_change"] == size


def test_s10_a_mail_that_came_keeps_the_last_four_digits(hub: InProcess, tmp_path: Path) -> None:
    hub("settings", "set", "correspondence.record_emails", "on")
    hub("customers", "create", "--first-name", "Ann", "--mobile", "3125550142", "--email", "ann@lee.test")
    (tmp_path / "1.eml").write_text(
        f"From: ann@lee.test\nSubject: {CARDS[0]}\n\nMy card is {CARDS[1]}, my IBAN {NO_CARDS[1]}.\n"
    )
    hub("emails", "import", str(tmp_path / "1.eml"))
    (mail,) = hub("emails", "list", "--json").json
    assert mail["subject"] == "•••• 1111"
    assert hub("emails", "show", "M1", "--json").json["body"] == [f"My card is •••• 0004, my IBAN {NO_CARDS[1]}."]


def test_s10_codes_and_other_numbers_are_no_card_numbers(hub: InProcess) -> None:
    hub("customers", "create", "--first-name", "Ann", "--mobile", "3125550142", "--external-id", f"pos={CARDS[2]}")
    for number in NO_CARDS:
        hub("notes", "add", "C1", f"see {number}")
    hub("quotes", "create", "C1", "--line", "WASH1@900", "--fulfillment", "pickup")
    hub("payments", "add", "Q1", "--full", "--method", "cash")
    hub("orders", "deliver", "O1", "--line", "1", "--serial", CARDS[2])
    assert hub("customers", "search", "--serial", CARDS[2]).rows[0]["number"] == "C1"
