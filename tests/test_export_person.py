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
    for name in ("customers", "addresses", "notes", "payments", "mails", "visits", "changes"):
        assert CANARY.lower() in found[f"{name}.csv"].lower(), name
    assert found[f"files/1-{CANARY}"] == CANARY
    assert "customer C1" in found["README.txt"]
    assert not any("password" in text or "Ann" in text for text in found.values())
    assert "1.00" in found["payments.csv"]


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
