"""Receipts of the history find what the file alone cannot tell: an older copy, lost changes, a chain made anew."""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from conftest import InProcess
from hubcli import changelog


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    """Two change sets: H1 made a customer, H2 edited them."""
    hub("customers", "create", "--first-name", "Ann", "--mobile", "206 555 0188")
    hub("customers", "edit", "C1", "--type", "luxury")
    return hub


def kept(hub: InProcess, name: str = "receipts.ndjson") -> str:
    """Give the path of a file that holds the receipt of now, behind those that it held before."""
    file = hub.path.parent / name
    with file.open("a", encoding="utf-8") as receipts:
        receipts.write(hub("audit", "receipt", "--ndjson").out)
    return str(file)


def found(hub: InProcess, *receipts: str) -> list[str]:
    options = [part for file in receipts for part in ("--receipt", file)]
    result = hub("audit", "verify", *options, "--json", code=None)
    assert result.code == (7 if result.json else 0), result.err
    return [f"{row['code']} {row['record']} {row['what']}" for row in result.json]


def test_a_receipt_names_the_last_change_set_and_its_seal(shop: InProcess) -> None:
    given = shop("audit", "receipt", "--json").json
    assert (given["change"], given["uuid"]) == ("H2", shop("db", "info", "--json").json["uuid"])
    with sqlite3.connect(shop.path) as conn:
        assert given["seal"] == conn.execute("SELECT seal FROM changes WHERE id = 2").fetchone()[0]


def test_later_changes_undo_and_erasure_leave_every_receipt_standing(shop: InProcess) -> None:
    file = kept(shop)
    shop("undo", "H2", "-y")
    kept(shop)
    shop("customers", "erase", "C1", "--confirm-count", "1", "-y")
    kept(shop)
    assert found(shop, file) == []
    assert "the history is whole, met by 3 receipts" in shop("audit", "verify", "--receipt", file, tty=True).err


def test_f17_an_older_file_put_back_ends_before_the_receipt(shop: InProcess) -> None:
    older = shop.path.with_name("older.db")
    shutil.copyfile(shop.path, older)
    shop("customers", "edit", "C1", "--type", "average")
    shop("customers", "edit", "C1", "--type", "budget-friendly")
    file = kept(shop)
    made_at = json.loads(Path(file).read_text(encoding="utf-8"))["made_at"]
    shutil.copyfile(older, shop.path)
    assert found(shop) == []
    assert found(shop, file) == [f"receipt H4 history ends at H2, the receipt of {made_at} says H4"]


def test_f17_changes_that_were_in_a_log_that_is_gone(shop: InProcess) -> None:
    reader = sqlite3.connect(shop.path)  # keeps the changes in the -wal file
    reader.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM customers").fetchone()
    shop("customers", "edit", "C1", "--type", "average")
    file = kept(shop)
    alone = shop.path.with_name("alone.db")
    shutil.copyfile(shop.path, alone)
    reader.close()
    alone.chmod(0o600)
    shutil.copyfile(alone, shop.path)
    assert [what.partition(",")[0] for what in found(shop, file)] == ["receipt H3 history ends at H2"]


def test_f17_an_older_copy_that_was_worked_on_since_has_another_seal(shop: InProcess) -> None:
    older = shop.path.with_name("older.db")
    shutil.copyfile(shop.path, older)
    shop("customers", "edit", "C1", "--type", "average")
    file = kept(shop)
    shutil.copyfile(older, shop.path)
    shop("customers", "edit", "C1", "--type", "budget-friendly")
    assert [what.partition(" the receipt")[0] for what in found(shop, file)] == [
        "receipt H3 history up to H3 is not the one that"
    ]


def test_f18_history_that_was_rewritten_with_every_seal_made_anew(shop: InProcess) -> None:
    file = kept(shop)
    conn = sqlite3.connect(shop.path, isolation_level=None)
    guards = conn.execute(
        "SELECT name, sql FROM sqlite_schema WHERE name IN ('changelog_stays', 'changes_stay', 'log_customers_update')"
    ).fetchall()
    for name, _ in guards:
        conn.execute(f"DROP TRIGGER {name}")
    conn.execute("UPDATE customers SET type = 'average' WHERE id = 1")
    conn.execute("UPDATE changelog SET new = '''average''' WHERE change_id = 2 AND field = 'type'")
    before = ""
    for header in conn.execute(f"SELECT {changelog.HEADER} FROM changes ORDER BY id").fetchall():
        before = changelog._seal(conn, before, header, changelog.new_keys())
        conn.execute("UPDATE changes SET seal = ? WHERE id = ?", (before, header[0]))
    assert {what.split()[0] for what in found(shop)} == {"X02"}, "the guards are missing"
    for _, sql in guards:
        conn.execute(sql)
    conn.close()
    assert found(shop) == []
    assert [what.split()[:2] for what in found(shop, file)] == [["receipt", "H2"]]


def test_a_backups_manifest_is_a_receipt_too(shop: InProcess, tmp_path: Path) -> None:
    shop("db", "backup", str(tmp_path / "copy.db"))
    shop("customers", "edit", "C1", "--type", "average")
    assert found(shop, str(tmp_path / "copy.db.json")) == []


def test_a_receipt_of_another_database_is_a_finding(shop: InProcess) -> None:
    file = kept(shop)
    shop.path.unlink()
    shop("init")
    shop("customers", "create", "--first-name", "Bo", "--mobile", "206 555 0189")
    assert [what.partition("Z ")[2] for what in found(shop, file)] == ["is one of another database"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no receipt: it is empty"),
        ("uuid\tchange\nx\tH1\n", "line 1 is no receipt: it names no database, change set and seal"),
        ('{"uuid": "x", "change": "Hx", "change_at": "", "seal": "", "made_at": ""}', "it names no database"),
        ("[1]", "it names no database"),
        ("\x00\xff", "it names no database"),
    ],
)
def test_what_is_no_receipt_is_refused(shop: InProcess, text: str, why: str) -> None:
    file = shop.path.parent / "receipt.json"
    file.write_text(text, encoding="utf-8")
    assert why in shop("audit", "verify", "--receipt", str(file), code=2).err


def test_a_receipt_that_is_not_there_and_one_of_nothing(hub: InProcess) -> None:
    assert "is no receipt" in hub("audit", "verify", "--receipt", "none.json", code=2).err
    assert "no history to vouch for" in hub("audit", "receipt", code=7).err
    assert found(hub) == []
