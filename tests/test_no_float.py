"""No float comes near money: none in the code, no such column in the schema, none in a statement."""

import ast
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from hubcli import schema

SOURCE = ROOT / "src" / "hubcli"

NOT_MONEY = {
    "changelog.py": "reads any SQL literal of a log that other SQL wrote",
    "command.py": "--timeout in seconds",
    "commands/db.py": "hours",
    "demo/places.py": "how likely a place is",
    "faults.py": "seconds of waiting",
    "importing/batches.py": "what is not a number, which SQLite stores as NULL",
    "importing/delimited.py": "how sure a guess at a delimiter is",
    "importing/drafting.py": "how alike two headings are",
    "importing/mapping.py": "how alike two headings are",
    "importing/sheets.py": "cells of .xlsx hold floats: each becomes its shortest decimal text at once",
    "importing/source.py": "how much of a file was read",
    "locks.py": "seconds of waiting",
    "migrations.py": "seconds of waiting",
    "operations/asking.py": "seconds of waiting",
    "operations/customers/duplicates.py": "how alike two names are",
    "operations/environment.py": "hours, and shares of space",
    "operations/mailing/server.py": "seconds of waiting",
    "operations/printing/pdf.py": "points on paper",
    "operations/restoring.py": "hours",
    "operations/returns.py": "a Fraction: exact",
    "render/columns.py": "scaled: a count of JSON numbers that are percentages; money is text there",
    "render/sheet.py": "cells of .xlsx hold floats; all decimals of an amount survive in one",
    "sqlitefile.py": "seconds of waiting",
    "store.py": "seconds of waiting",
}
"""Modules with a float or a division, and what it is of. None of them works out an amount."""


def places(path: Path) -> Iterator[str]:
    """Give what stands in a module and makes or takes floats."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield f"{node.lineno}: {node.value}"
        elif isinstance(node, ast.Name) and node.id == "float":
            yield f"{node.lineno}: float"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "round":
            yield f"{node.lineno}: round()"
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div) and not a_path(node):
            yield f"{node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (
                f"{node.lineno}: {alias.name}"
                for alias in node.names
                if {alias.name, getattr(node, "module", None)} & {"math", "statistics", "numpy"}
                and alias.name not in {"isqrt", "gcd", "ceil"}
            )


def a_path(node: ast.AST) -> bool:
    """Tell whether a division joins a path: one side of it is text, or something called like a folder."""
    if not isinstance(node, ast.BinOp):
        return False
    words = re.compile(
        r"(path|folder|place|root|made|target|home|beside|state|cache|FOLDER|here|directory|Path|parent|dir)"
    )
    text = isinstance(node.right, ast.JoinedStr) or (
        isinstance(node.right, ast.Constant) and isinstance(node.right.value, str)
    )
    return text or bool(words.search(ast.unparse(node.left))) or a_path(node.left)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_float_in_the_code(path: Path) -> None:
    if str(path.relative_to(SOURCE)) not in NOT_MONEY:
        assert not list(places(path))


def test_what_is_excepted_is_still_there() -> None:
    gone = {name for name in NOT_MONEY if not (SOURCE / name).exists() or not list(places(SOURCE / name))}
    assert not gone, "take these out of NOT_MONEY"


def test_the_test_sees_floats(tmp_path: Path) -> None:
    path = tmp_path / "bad.py"
    path.write_text("a = 1.5\nb = float('1')\nc = a / b\nd = round(c)\nimport math\nc /= 2\np = folder / 'x'\n")
    assert len(list(places(path))) == 6


# --------------------------------------------------------------------------------------------------------- the schema


@pytest.fixture(scope="module")
def laid() -> Iterator[sqlite3.Connection]:
    conn = sqlite3.connect(":memory:")
    conn.executescript(schema.text() + schema.triggers())
    yield conn
    conn.close()


def columns(conn: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Give (table, column, type) of every table that hub lays, generated columns too."""
    for (table,) in conn.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'"
    ).fetchall():
        for row in conn.execute(f"PRAGMA table_xinfo({table})"):
            yield table, row[1], row[2]


def test_every_table_is_strict(laid: sqlite3.Connection) -> None:
    loose = laid.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%STRICT%' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE '%_search%' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    assert not loose


def test_every_column_of_money_or_of_a_rate_is_an_integer(laid: sqlite3.Connection) -> None:
    kinds = {(table, name): kind for table, name, kind in columns(laid)}
    assert len(kinds) > 200
    assert set(kinds.values()) <= {"INTEGER", "TEXT", "BLOB"}
    money = {key: kind for key, kind in kinds.items() if re.search(r"_(cents|rate)$|^rate$|^quantity$", key[1])}
    assert len(money) > 40
    assert set(money.values()) == {"INTEGER"}


def test_a_float_does_not_get_into_a_column_of_money(laid: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="REAL value in INTEGER column"):
        laid.execute("INSERT INTO models (model, price_cents) VALUES ('A', 12.5)")


# -------------------------------------------------------------------------------------------------------- statements

FLOATING = re.compile(
    r"\b(avg|round|total|ceil|floor|power|sqrt|real|float|double|numeric|decimal)\s*\(|\bAS (REAL|FLOAT|NUMERIC)\b"
    r"|(?<![\w.'%])\d+\.\d+",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", [ROOT / "schema.sql", *sorted((SOURCE / "sql").rglob("*.sql"))], ids=lambda p: p.name)
def test_no_statement_works_in_floats(path: Path) -> None:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        told = re.sub(r"'[^']*'", "''", line.split("--")[0])
        assert not FLOATING.search(told), f"{path.name}:{number}: {line.strip()}"
