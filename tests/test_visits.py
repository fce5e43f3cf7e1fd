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
