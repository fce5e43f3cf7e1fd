"""Finding customers: text, ZIP, phone, and every other filter."""

from conftest import InProcess


def numbers(hub: InProcess, *arguments: str) -> list[str]:
    return [row["number"] for row in hub("customers", "search", *arguments).rows]


def test_zip_finds_by_the_first_five_digits(demo: InProcess) -> None:
    assert "C1" in numbers(demo, "--zip", "60614")


def test_text_is_blind_to_case_and_accents(demo: InProcess) -> None:
    assert "C2" in numbers(demo, "Rene")
    assert "C2" in numbers(demo, "MÜLLER")


def test_phone_as_anyone_types_it(demo: InProcess) -> None:
    assert numbers(demo, "--phone", "(312) 555-0142")[:1] == ["C1"]
    assert "C1" in numbers(demo, "312-555-0142")
