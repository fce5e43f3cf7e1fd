"""Notes, contacts, visits and what customers did on the website come from files, once."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from conftest import InProcess, Result


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "312 555 0101",
        "--email", "ann@lee.test")  # fmt: skip
    hub("customers", "create", "--company-name", "Acme", "--mobile", "312 555 0102")
    hub("quotes", "create", "C1", "--line", "WASH1@900", "--fulfillment", "pickup")
    hub("payments", "add", "Q1", "--full", "--method", "cash")
    return hub


def load(shop: InProcess, tmp_path: Path, of: str, content: str) -> dict[str, str]:
    path = tmp_path / f"{of}.csv"
    path.write_text(content)
    before = shop("changes", "list").rows
    shown = shop("import", of, str(path), code=None)
    assert shop("changes", "list").rows == before, "a preview changes nothing"
    shop("import", of, str(path), "--apply", code=None)
    return counts(shown)


def counts(result: Result) -> dict[str, str]:
    return {row["result"]: row["rows"] for row in reversed(result.rows)}


FILES = {
    "notes": "customer,text,type,important,date\nann@lee.test,rings twice,delivery,yes,2025-05-01\nC1,,internal,no,\n",
    "contacts": "customer,first_name,phone,linked,roles\nC2,,,C1,ordering; payment\nC2,Bo,(312) 555-0177,,\nC2,,,,\n",
    "visits": "order,type,date,driver,line\nO1,service,2025-06-20,Dee,1\nO1,party,,,\n",
    "activity": "customer,at,kind,detail\nC1,2025-06-01 09:30,,web\nC1,2025-06-01 09:31,page,/w\nC9,2025-06-01,,\n",
}


@pytest.mark.parametrize("of", FILES)
def test_a_file_comes_in_once_and_goes_out_again(shop: InProcess, tmp_path: Path, of: str) -> None:
    first = load(shop, tmp_path, of, FILES[of])
    created = {"notes": "1", "contacts": "2", "visits": "1", "activity": "2"}[of]
    assert (first["create"], first["reject"]) == (created, "1")
    again = load(shop, tmp_path, of, FILES[of])
    assert (again["create"], again["same"]) == ("0", created)
    assert shop("db", "check").out == ""
    if of != "activity":
        out = shop("export", of, "--csv").out
        (tmp_path / "out.csv").write_text(out)
        back = counts(shop("import", of, str(tmp_path / "out.csv")))
        assert (back["create"], back["same"], back["reject"]) == ("0", created, "0")


def test_what_was_read_is_there(shop: InProcess, tmp_path: Path) -> None:
    for of, content in FILES.items():
        load(shop, tmp_path, of, content)
    note = shop("notes", "list").rows[0]
    assert (note["text"], note["type"], note["important"], note["written_on"]) == (
        "rings twice", "delivery", "yes", "2025-05-01",
    )  # fmt: skip
    assert [r["roles"] for r in shop("export", "contacts").rows] == ["ordering; payment", ""]
    assert shop("visits", "list").rows[0]["driver"] == "Dee"
    kinds = [r["kind"] for r in shop("customers", "activity", "C1").rows if r["kind"] in {"login", "site"}]
    assert kinds == ["site", "login"]
    assert shop("customers", "activity", "C1", "--summary", "--json").json["logins"] == 1


def test_templates_and_the_list_of_designs(shop: InProcess) -> None:
    for of in FILES:
        head, *rows = shop("export", "template", of, "--example").out.splitlines()
        assert head.split(",")[0] in {"number", "customer"}
        assert len(rows) == 1
    assert shop("export", "designs").rows == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_last_day_of_a_file_is_the_shops_own_today(hub: InProcess, tmp_path: Path, zone: str) -> None:
    hub("settings", "set", "shop.timezone", zone)
    hub("customers", "create", "--first-name", "Ann", "--mobile", "3125550101")
    today = dt.datetime.now(ZoneInfo(zone)).date()
    tomorrow = today + dt.timedelta(days=1)
    notes, logins = tmp_path / "notes.csv", tmp_path / "logins.csv"
    notes.write_text(f"customer,text,date\nC1,now,{today}\nC1,then,{tomorrow}\n")
    told = hub("import", "notes", str(notes), code=3, today=None)
    assert [row["examples"] for row in told.rows if row["reason"]] == [f"line 3: {tomorrow}"]
    logins.write_text(f"customer,at\nC1,{today} 00:00\nC1,{tomorrow} 00:01\n")
    for more in ((), ("--apply",)):
        told = hub("import", "activity", str(logins), *more, code=3, today=None)
        assert "is still to come" in "".join(row["reason"] for row in told.rows)
    assert len(hub("customers", "activity", "C1", "--kind", "login").rows) == 1
