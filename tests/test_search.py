"""Finding customers: text, ZIP, phone, and every other filter."""

import pytest

from conftest import InProcess


def numbers(hub: InProcess, *arguments: str) -> list[str]:
    return [row["number"] for row in hub("customers", "search", *arguments).rows]


def test_zip_finds_by_the_first_five_digits(demo: InProcess) -> None:
    assert "C1" in numbers(demo, "--zip", "60614")


@pytest.mark.parametrize("typed", ["abc", "60614,60202", "Chicago"])
def test_what_is_no_zip_is_refused(demo: InProcess, typed: str) -> None:
    assert "is no ZIP" in demo("customers", "list", "--zip", typed, code=2).err
    assert "is no ZIP" in demo("customers", "list", "--any-zip", typed, code=2).err


@pytest.mark.parametrize("typed", ["", " ", ","])
def test_no_columns_are_refused(demo: InProcess, typed: str) -> None:
    assert "--fields" in demo("customers", "list", "--fields", typed, code=2).err
    assert demo("customers", "edit", "C1", "--type", "luxury", "--fields", typed, code=2).out == ""


def test_text_is_blind_to_case_and_accents(demo: InProcess) -> None:
    assert "C2" in numbers(demo, "Rene")
    assert "C2" in numbers(demo, "MÜLLER")


@pytest.mark.parametrize("typed", ["312555", "312 555", "(312) 555", "312-555", "312.555", "+1 312 555", "(312)555"])
def test_a_part_of_a_phone_is_found_by_its_digits(demo: InProcess, typed: str) -> None:
    alike = {row["number"] for row in demo("customers", "search", "312555").rows}
    assert len(alike) > 10
    rows = demo("customers", "search", typed).rows
    assert {row["number"] for row in rows} == alike
    assert {row["matched"] for row in rows} == {"phone", "contact"}
    assert numbers(demo, "--phone", typed) == numbers(demo, "--phone", "312555")
    assert {*numbers(demo, "--phone", typed)} < alike


def test_three_digits_of_a_phone_are_enough(demo: InProcess) -> None:
    ending = set(numbers(demo, "--phone", "0142"))
    assert ending <= set(numbers(demo, "--phone", "142")) <= set(numbers(demo, "--status", "all"))
    assert set(numbers(demo, "--phone", "0142")) < set(numbers(demo, "--phone", "555")) <= set(numbers(demo, "555"))
    assert set(numbers(demo, "--phone", "5550142")) == set(numbers(demo, "--phone", "555-0142")) >= {"C1"}
    assert demo("customers", "search", "--phone", "55", code=2).err.count("at least 3")


def test_a_text_with_digits_that_is_no_phone_is_found_as_it_stands(hub: InProcess) -> None:
    hub("customers", "create", "--company-name", "7-11 Diner", "--mobile", "312 555 0101")
    hub("customers", "create", "--company-name", "Other", "--mobile", "312 771 1234")
    assert numbers(hub, "7-11") == ["C1", "C2"]


@pytest.mark.parametrize("typed", ["C27", "c27"])
def test_a_customer_number_gives_that_customer_first(demo: InProcess, typed: str) -> None:
    first, *others = demo("customers", "search", typed).rows
    assert (first["number"], first["matched"]) == ("C27", "number")
    assert all(row["matched"] != "number" for row in others)
    assert demo("export", "customers", typed).rows[0]["number"] == "C27"


def test_the_number_of_a_quote_or_an_order_gives_its_customer(demo: InProcess) -> None:
    for ref in ("Q3", "O3", "o3"):
        assert (
            demo("customers", "search", ref).rows[0]["number"] == "C1" == demo("find", "O3", "--json").json["customer"]
        )
    assert demo("customers", "search", "C999999").rows == []
    assert "1 archived customer fits" in _archived(demo, "C27")


def _archived(demo: InProcess, ref: str) -> str:
    demo("customers", "archive", ref)
    return demo(
        "customers", "search", ref, "--zip", demo("customers", "show", ref, "--json").json["billing"]["zip"]
    ).err


def test_phone_as_anyone_types_it(demo: InProcess) -> None:
    assert numbers(demo, "--phone", "(312) 555-0142")[:1] == ["C1"]
    assert "C1" in numbers(demo, "312-555-0142")
