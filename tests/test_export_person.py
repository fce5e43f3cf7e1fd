"""One archive holds everything about a person and nothing about anybody else, the same bytes each time."""

import zipfile
from pathlib import Path

from conftest import InProcess
from test_erasing import CANARY, person

__all__ = ["person"]


def members(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_everything_known_is_in_it(person: InProcess, tmp_path: Path) -> None:
    path = tmp_path / "c1.zip"
    told = person("customers", "export-person", "C1", "-o", str(path), "--json").json
    assert (told["number"], told["files"]) == ("C1", 1)
    found = members(path)
    for name in ("customers", "addresses", "payments", "mails", "visits", "changes"):
        assert CANARY.lower() in found[f"{name}.csv"].lower(), name
    assert found[f"files/1-{CANARY}"] == CANARY
    assert "customer C1" in found["README.txt"]
    assert not any("password" in text or "Ann" in text for text in found.values())
    assert "1.00" in found["payments.csv"]


def test_what_is_internal_never_leaves_the_shop(hub: InProcess, tmp_path: Path) -> None:
    secret, plan = tmp_path / "secret.txt", tmp_path / "plan.txt"
    secret.write_text("SECRET file")
    plan.write_text("the plan")
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101")
    hub("quotes", "create", "C1", "--line", "WF45@900/717.31", "--fulfillment", "pickup")
    hub("notes", "add", "C1", "SECRET pays late", "--persistence", "persistent", "--attach", str(secret))
    hub("notes", "add", "C1", "SECRET optional")
    hub("notes", "attach", "N2", "--to", "Q1")
    hub("notes", "add", "C1", "SECRET for a day")
    hub("notes", "edit", "N3", "likes blue", "--type", "customer")
    hub("notes", "add", "C1", "SECRET and gone")
    hub("notes", "delete", "N4")
    hub("notes", "edit", "N1", "SECRET pays later")
    hub("notes", "file", "N1", "1", "--remove")
    hub("notes", "edit", "N1", "--attach", str(secret))
    hub("notes", "add", "C1", "gate code 4412", "--type", "delivery", "--attach", str(plan))
    hub("customers", "export-person", "C1", "-o", str(tmp_path / "c1.zip"))
    found = members(tmp_path / "c1.zip")
    assert {name for name, text in found.items() if "SECRET" in text or "secret" in text} == set()
    assert found["notes.csv"].splitlines()[1:] == [
        "3,C1,customer,optional,no,likes blue,sam,2025-06-15,",
        "5,C1,delivery,optional,no,gate code 4412,sam,2025-06-15,",
    ]
    assert found["files/3-plan.txt"] == "the plan"
    assert "document_notes.csv" not in found
    assert "gate code 4412" in found["changes.csv"]
    assert "717.31" not in found["document_lines.csv"] + found["changes.csv"], "what goods cost is the shop's affair"


def test_the_same_record_gives_the_same_bytes(person: InProcess, tmp_path: Path) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    for path in (one, two):
        person("customers", "export-person", "C1", "-o", str(path))
    assert one.read_bytes() == two.read_bytes()
    assert one.stat().st_mode & 0o777 == 0o600


def test_where_to_is_asked_for(person: InProcess) -> None:
    assert "-o FILE.zip" in person("customers", "export-person", "C1", code=2).err
    assert person("customers", "export-person", "C1", "-o", str(person.path) + ".zip", code=None).code == 0
    assert "does not exist" in person("customers", "export-person", "C1", "-o", "/nowhere/x.zip", code=2).err
