"""Home visits: what must be true before one is made, when it may be planned, how it went."""

from pathlib import Path

import pytest

from conftest import InProcess


@pytest.fixture
def shop(hub: InProcess, tmp_path: Path) -> InProcess:
    """O1 has a washer sold with an install (line 1) and a dryer to be picked up (line 2); Q2 is a quote."""
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101")
    hub("quotes", "create", "C1", "--line", "WASH1@900/500", "--fulfillment", "delivery-install")
    hub("quotes", "add-line", "Q1", "DRY1", "--price", "400", "--fulfillment", "pickup")
    hub("payments", "add", "Q1", "--full", "--method", "cash")
    hub("quotes", "create", "C1", "--line", "OVEN1@700", "--fulfillment", "delivery")
    (tmp_path / "form.pdf").write_bytes(b"%PDF-1.4 measured")
    return hub


def delivered(shop: InProcess) -> None:
    shop("orders", "deliver", "O1", "--line", "1", "--serial", "S-77")
    shop("orders", "deliver", "O1", "--line", "2")


def test_appliance_68_preconditions_of_each_type(shop: InProcess, tmp_path: Path) -> None:
    assert "Q2 is a quote" in shop("visits", "create", "Q2", "--type", "service", code=6).err
    assert "a survey needs its form" in shop("visits", "create", "O1", "--type", "survey", code=2).err
    refused = shop("visits", "create", "O1", "--type", "service", "--line", "1", code=6)
    assert "line 1 of O1, WASH1, is open: service is for a unit that is in the home" in refused.err
    refused = shop("visits", "create", "O1", "--type", "install", "--line", "2", code=6)
    assert "was sold without an install" in refused.err
    assert shop("visits", "list").rows == []
    delivered(shop)
    made = shop(
        "visits", "create", "O1", "--type", "install", "--line", "1", "--date", "2025-06-20", "--driver", "Dee",
        "--method", "van", "--description", "Stack the dryer on top",
    ).rows[0]  # fmt: skip
    wanted = {
        "number": "V1", "type": "install", "status": "scheduled", "order": "O1", "customer": "C1",
        "customer_name": "Ann Lee", "date": "2025-06-20", "driver": "Dee", "method": "van", "line": "1",
        "model": "WASH1", "serial": "S-77", "description": "Stack the dryer on top",
    }  # fmt: skip
    assert {name: made[name] for name in wanted} == wanted
    assert [row["number"] for row in shop("visits", "list", "--customer", "C1").rows] == ["V1"]
    survey = ("visits", "create", "O1", "--type", "survey", "--form", str(tmp_path / "form.pdf"))
    assert shop(*survey).rows[0]["form"] == "form.pdf"


def test_a_visit_goes_its_way(shop: InProcess) -> None:
    delivered(shop)
    shop("visits", "create", "O1", "--type", "service", "--line", "1")
    assert shop("visits", "show", "V1", "--json").json["status"] == "open"
    assert "is not planned" in shop("visits", "failed", "V1", "--reason", "not-home", code=6).err
    shop("visits", "schedule", "V1", "--date", "tomorrow", "--driver", "Dee", "--time", "8-12")
    shop("visits", "dispatch", "V1", today="2025-06-16")
    failed = shop("visits", "failed", "V1", "--reason", "not-home", today="2025-06-16").rows[0]
    assert (failed["status"], failed["date"], failed["failed_reason"]) == ("open", "", "not-home")
    shop("visits", "schedule", "V1", "--date", "2025-06-18")
    done = shop("visits", "complete", "V1", today="2025-06-18").rows[0]
    assert (done["status"], done["completed_on"], done["failed_reason"]) == ("completed", "2025-06-18", "")
    for verb in ("cancel", "dispatch"):
        assert "V1 is completed: it changes no more" in shop("visits", verb, "V1", code=6).err
    change = shop("changes", "list", "--command", "visits complete").rows[0]["change"]
    shop("undo", change)
    assert shop("visits", "show", "V1", "--json").json["status"] == "scheduled"
    assert shop("visits", "cancel", "V1").rows[0]["status"] == "canceled"


def test_an_open_visit_keeps_from_archiving(shop: InProcess) -> None:
    delivered(shop)
    shop("quotes", "decline", "Q2")
    shop("visits", "create", "O1", "--type", "service", "--line", "1")
    refused = shop("customers", "archive", "C1", code=6)
    assert "active order (O1)" in refused.err
    shop("visits", "cancel", "V1")
    shop("customers", "archive", "C1")


def test_weekdays_and_the_daily_limit(shop: InProcess) -> None:
    delivered(shop)
    shop("settings", "set", "visits.weekdays", "Monday, friday")
    shop("settings", "set", "visits.daily_limit", "1")
    service = ("visits", "create", "O1", "--type", "service", "--line", "1")
    refused = shop(*service, "--date", "2025-06-17", code=6)
    assert "2025-06-17 is a Tuesday: visits are made on monday, friday" in refused.err
    shop(*service, "--date", "2025-06-20")
    assert "has 1 visits already" in shop(*service, "--date", "2025-06-20", code=6).err
    shop("visits", "schedule", "V1", "--date", "2025-06-20", "--driver", "Dee")
    assert "is not known" in shop("settings", "set", "visits.weekdays", "someday", code=2).err


def test_what_is_typed_wrong(shop: InProcess, tmp_path: Path) -> None:
    delivered(shop)
    (tmp_path / "empty.pdf").touch()
    for arguments, code, told in (
        (("create", "O1"), 2, "what kind of visit?"),
        (("create", "O1", "--type", "party"), 2, "party"),
        (("create", "O1", "--type", "service"), 2, "O1 has several lines: 1 WASH1; 2 DRY1"),
        (("create", "O1", "--type", "service", "--line", "9"), 4, "9"),
        (("create", "O9", "--type", "service"), 4, "O9"),
        (("create", "O1", "--type", "survey", "--form", str(tmp_path / "none.pdf")), 2, "no such file"),
        (("create", "O1", "--type", "survey", "--form", str(tmp_path / "empty.pdf")), 2, "is empty"),
        (("create", "O1", "--type", "survey", "--form", str(tmp_path)), 2, "is no file"),
        (("schedule", "V1"), 2, "when?"),
        (("schedule", "V9", "--date", "tomorrow"), 4, "no visit V9"),
        (("edit", "V1"), 2, "change what?"),
        (("failed", "V1"), 2, "why?"),
        (("show", "X1"), 2, "V and digits"),
    ):
        assert told in shop("visits", *arguments, code=code).err, arguments
    assert shop("visits", "list").rows == []


def test_the_same_key_makes_one_visit(shop: InProcess) -> None:
    delivered(shop)
    service = ("visits", "create", "O1", "--type", "service", "--line", "1", "--idempotency-key", "v-1")
    shop(*service)
    assert "already done" in shop(*service).err
    assert len(shop("visits", "list").rows) == 1


def test_the_important_note_is_seen_first(shop: InProcess) -> None:
    delivered(shop)
    shop("notes", "add", "C1", "beware of the dog", "--type", "delivery", "--important")
    result = shop("visits", "create", "O1", "--type", "service", "--line", "1", tty=True)
    assert "beware of the dog" in result.err
    assert shop("visits", "show", "V1", "--json").json["notes"] == ["beware of the dog"]


def test_a_day_that_is_over_is_not_planned(shop: InProcess) -> None:
    delivered(shop)
    service = ("visits", "create", "O1", "--type", "service", "--line", "1")
    refused = shop(*service, "--date", "yesterday", code=2)
    assert "2025-06-14 is over, today is 2025-06-15" in refused.err
    shop(*service)
    assert "is over" in shop("visits", "schedule", "V1", "--date", "2025-06-01", code=2).err
    assert shop("visits", "complete", "V1", "--date", "yesterday").rows[0]["completed_on"] == "2025-06-14"


def test_holidays_and_limits_of_a_weekday(shop: InProcess) -> None:
    delivered(shop)
    shop("settings", "set", "visits.holidays", "2025-12-25, 2025-07-04")
    assert shop("settings", "get", "visits.holidays", "--json").json["value"] == "2025-07-04,2025-12-25"
    shop("settings", "set", "visits.weekdays", "saturday:1, Friday")
    assert shop("settings", "get", "visits.weekdays", "--json").json["value"] == "friday,saturday:1"
    shop("settings", "set", "visits.daily_limit", "2")
    service = ("visits", "create", "O1", "--type", "service", "--line", "1")
    assert "2025-07-04 is a day without visits" in shop(*service, "--date", "2025-07-04", code=6).err
    shop(*service, "--date", "2025-06-21")
    assert "has 1 visits already" in shop(*service, "--date", "2025-06-21", code=6).err
    shop(*service, "--date", "2025-06-20")
    shop(*service, "--date", "2025-06-20")
    assert "has 2 visits already" in shop(*service, "--date", "2025-06-20", code=6).err
    for wrong in ("saturday:0", "saturday:x", "saturday:"):
        assert "whole number" in shop("settings", "set", "visits.weekdays", wrong, code=2).err
    shop("settings", "set", "visits.holidays", "christmas", code=2)


def test_an_administrator_plans_on_a_day_that_is_off(shop: InProcess) -> None:
    delivered(shop)
    shop("settings", "set", "visits.weekdays", "monday")
    shop("staff", "add", "sam", "--role", "administrator")
    shop("staff", "add", "dan", "--role", "sales-manager")
    service = ("visits", "create", "O1", "--type", "service", "--line", "1", "--date", "2025-06-17")
    assert "says why" in shop(*service, "--override", code=2).err
    why = ("--override", "--reason", "the compressor is leaking")
    assert "Administrator" in shop(*service, *why, code=6, actor="dan").err
    assert shop(*service, *why).rows[0]["date"] == "2025-06-17"
    assert "is a Wednesday" in shop("visits", "schedule", "V1", "--date", "2025-06-18", code=6).err
    assert shop("visits", "schedule", "V1", "--date", "2025-06-18", *why).rows[0]["date"] == "2025-06-18"


def test_a_canceled_order_has_no_visit_to_come(shop: InProcess, tmp_path: Path) -> None:
    (tmp_path / "form.pdf").write_bytes(b"%PDF-1.4 measured")
    survey = ("visits", "create", "O1", "--type", "survey", "--form", str(tmp_path / "form.pdf"))
    shop(*survey, "--date", "2025-06-20")
    shop(*survey)
    shop("visits", "complete", "V2")
    shop("orders", "cancel", "O1", "--reason", "moved away", "--refund", "-y")
    assert [row["status"] for row in shop("visits", "list", "--sort", "number").rows] == ["canceled", "completed"]


def test_visits_move_with_their_order(shop: InProcess) -> None:
    delivered(shop)
    shop("customers", "create", "--first-name", "Bo", "--last-name", "Orr", "--mobile", "312 555 0102")
    shop("visits", "create", "O1", "--type", "service", "--line", "1")
    shop("orders", "move", "O1", "--to", "C2")
    assert [row["number"] for row in shop("visits", "list", "--customer", "C2").rows] == ["V1"]
    assert shop("visits", "list", "--customer", "C1").rows == []


def test_the_form_of_a_survey_comes_back_byte_for_byte(shop: InProcess, tmp_path: Path) -> None:
    form = tmp_path / "form.pdf"
    form.write_bytes(b"%PDF-1.4 measured\r\n\0")
    shop("visits", "create", "O1", "--type", "survey", "--form", str(form))
    again = tmp_path / "again.pdf"
    assert shop("visits", "file", "V1", "-o", str(again), "--json").json["bytes"] == 20
    assert again.read_bytes() == form.read_bytes()
    assert "-o FILE" in shop("visits", "file", "V1", code=2).err
    delivered(shop)
    shop("visits", "create", "O1", "--type", "service", "--line", "1")
    assert "no form" in shop("visits", "file", "V2", "-o", str(again), code=4).err


def test_visits_of_a_unit_and_of_a_driver(shop: InProcess) -> None:
    delivered(shop)
    service = ("visits", "create", "O1", "--type", "service", "--line")
    shop(*service, "1", "--date", "2025-06-20", "--driver", "Dee")
    shop(*service, "2", "--date", "2025-06-20", "--driver", "Eve", "--serial", "Q 1-2")
    assert [row["number"] for row in shop("visits", "list", "--serial", "s77").rows] == ["V1"]
    assert [row["number"] for row in shop("visits", "list", "--serial", "q12").rows] == ["V2"]
    assert [row["number"] for row in shop("visits", "list", "--driver", "eve").rows] == ["V2"]


def test_the_sheets_of_a_day_in_one_file(shop: InProcess, tmp_path: Path) -> None:
    delivered(shop)
    service = ("visits", "create", "O1", "--type", "service", "--line", "1")
    for day, driver in (("2025-06-20", "Dee"), ("2025-06-20", "Eve"), ("2025-06-21", "Dee")):
        shop(*service, "--date", day, "--driver", driver)
    path = str(tmp_path / "day.html")
    assert shop("visits", "print", "--date", "2025-06-20", "-o", path, "--json").json["sheets"] == 2
    assert shop("visits", "print", "--date", "2025-06", "--driver", "Dee", "-o", path, "--json").json["sheets"] == 2
    listed = shop("visits", "list").out
    assert shop("visits", "print", "-", "-o", path, "--json", stdin=listed).json["sheets"] == 3
    assert "print which?" in shop("visits", "print", "--date", "2025-07", "-o", path, code=2).err


def test_how_often_a_visit_was_needed_again(shop: InProcess) -> None:
    delivered(shop)
    service = ("visits", "create", "O1", "--type", "service", "--line", "1")
    for made, completed in (("2025-06-16", "2025-06-16"), ("2025-07-16", "2025-07-17"), ("2025-08-17", "2025-08-18")):
        shop(*service, today=made)
        number = shop("visits", "list", "--status", "open").rows[0]["number"]
        shop("visits", "complete", number, "--driver", "Dee" if made < "2025-08" else "Eve", today=completed)
    rows = shop("report", "visits", "--by", "driver", "--date", "2025").rows
    told = [(row["name"], row["visits"], row["again"], row["first_time_fix"]) for row in rows]
    assert told == [("Dee", "2", "1", "50"), ("Eve", "1", "0", "100")], "31 days later is another matter"
    rows = shop("report", "visits", "--by", "serial", "--from", "2025-07-01", "--to", "2025-07-31").rows
    assert [(row["name"], row["visits"], row["again"]) for row in rows] == [("S-77", "1", "0")]
    assert shop("report", "visits", "--type", "survey", "--date", "2025").rows == []
