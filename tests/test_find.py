"""hub find: whatever is typed opens the one record it can mean, on the screen that shows it."""

import pytest

from conftest import InProcess


@pytest.mark.parametrize(
    ("typed", "number"),
    [("C1", "C1"), ("c1", "C1"), ("O2", "O2"), ("q3", "Q3"), ("A1", "C1"), ("H1", "H1"), ("N3", "N3"), ("P3", "P3")],
)
def test_a_number_opens_its_own_record(demo: InProcess, typed: str, number: str) -> None:
    shown = demo("find", typed, "--json").json
    assert shown.get("number") == number or shown.get("change") == number


def test_a_number_that_is_not_there_is_looked_for_as_text(demo: InProcess) -> None:
    assert "no record that fits" in demo("find", "Q999999", code=4).err
    assert "no record that fits" in demo("find", "V7", code=4).err


def test_several_are_listed_with_what_they_are(demo: InProcess) -> None:
    rows = demo("find", "example.com").rows
    assert len(rows) > 1
    assert {row["found"] for row in rows} == {"customer"}


def test_a_single_hit_is_opened(demo: InProcess) -> None:
    assert demo("find", "maria.garcia@example.com", "--json").json["number"] == "C1"


def test_a_check_opens_its_payment(hub: InProcess) -> None:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101")
    hub("quotes", "create", "C1", "--line", "WF45@900", "--fulfillment", "pickup")
    hub("payments", "add", "Q1", "--amount", "100", "--method", "check", "--check-number", "88121")
    assert hub("find", "88121", "--json").json["number"] == "P1"
