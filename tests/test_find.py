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
    assert "no record that fits" in demo("find", "V700000", code=4).err


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


@pytest.mark.parametrize(
    ("typed", "found", "ref"),
    [("gate code", "note", "N1"), ("GATE", "note", "N1"), ("lee laundry", "order", "O1"), ("Wäsche", "note", "N2")],
)
def test_notes_and_jobs_are_found_by_their_words(hub: InProcess, typed: str, found: str, ref: str) -> None:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101")
    hub("customers", "create", "--first-name", "Bob", "--last-name", "Gate", "--mobile", "312 555 0102")
    hub("customers", "create", "--first-name", "Rob", "--last-name", "Coder", "--mobile", "312 555 0103")
    hub("quotes", "create", "C1", "--line", "SOFA@900", "--fulfillment", "pickup", "--job", "Lee laundry")
    hub("quotes", "approve", "Q1")
    hub("quotes", "create", "C2", "--line", "SOFA@900", "--fulfillment", "pickup", "--job", "Ann's Lee laundry")
    hub("notes", "add", "C1", "Gate code 4413, ring twice")
    hub("notes", "add", "C2", "nur Wäsche, kein Gas")
    hub("notes", "add", "C2", "nur Wäsche, kein Gas, deleted")
    hub("notes", "delete", "N3")
    output = hub("find", typed, "--json").json
    rows = output if isinstance(output, list) else [{"found": found, "ref": output["number"]}]
    assert (found, ref) in {(row["found"], row["ref"]) for row in rows}
    assert "N3" not in {row["ref"] for row in rows}


def test_a_model_of_the_catalogue_is_opened(hub: InProcess) -> None:
    hub("models", "add", "WF45", "--description", "Washer", "--price", "900")
    hub("models", "add", "WF46", "--description", "Washer", "--price", "950")
    assert hub("find", "wf45", "--json").json["model"] == "WF45"
    assert [row["ref"] for row in hub("find", "WF4").rows] == ["WF45", "WF46"]
    assert hub("find", "washer").rows[0] == {
        "found": "model",
        "ref": "WF45",
        "customer": "",
        "name": "Washer",
        "what": "",
    }


def test_a_short_number_is_a_customers(demo: InProcess) -> None:
    for typed in ("1", "27"):
        assert demo("find", typed, "--json").json["number"] == f"C{typed}"
    assert {row["ref"] for row in demo("find", "300").rows} >= {"O300"}
    assert {row["found"] for row in demo("find", "555").rows} >= {"customer"}
    assert "no record" in demo("find", "0", code=4).err


def test_a_check_with_the_number_of_a_customer_is_listed_too(hub: InProcess) -> None:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101")
    hub("customers", "create", "--first-name", "Bob", "--last-name", "Ray", "--mobile", "312 555 0102")
    hub("quotes", "create", "C2", "--line", "WF45@900", "--fulfillment", "pickup")
    hub("payments", "add", "Q1", "--amount", "100", "--method", "check", "--check-number", "1")
    assert [row["ref"] for row in hub("find", "1").rows] == ["C1", "P1"]


def test_a_zip_is_told_how_to_search_for(demo: InProcess) -> None:
    told = demo("find", "60614", code=4).err
    assert told.splitlines()[1] == "  try: hub customers search --zip 60614"
    assert demo("customers", "search", "--zip", "60614").rows
