"""The catalogue and price levels: what a line costs comes from the level before the list, and what is typed wins."""

from pathlib import Path

import pytest

from conftest import InProcess


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "3125550188")
    hub("models", "add", "FRG-100", "--description", "Fridge", "--price", "1200", "--cost", "800")
    return hub


def first_line(shop: InProcess, line: str) -> dict[str, object]:
    number = shop("quotes", "create", "C1", "--line", line, "-q").out.strip()
    found: dict[str, object] = shop("quotes", "show", number, "--json").json["lines"][0]
    return found


def test_a_model_keeps_what_was_typed(shop: InProcess) -> None:
    shown = shop("models", "show", "frg-100", "--json").json
    assert shown == {
        "model": "FRG-100", "description": "Fridge", "price": "1200.00", "cost": "800.00", "margin": 33.33,
        "condition": None, "discontinued": False, "orders": 0, "quotes": 0, "levels": [],
    }  # fmt: skip


def test_a_line_takes_price_cost_and_description_from_the_catalogue(shop: InProcess) -> None:
    line = first_line(shop, "frg-100:2")
    assert {key: line[key] for key in ("model", "description", "quantity", "unit_price", "unit_cost", "margin")} == {
        "model": "FRG-100", "description": "Fridge", "quantity": 2, "unit_price": "1200.00", "unit_cost": "800.00",
        "margin": 33.33,
    }  # fmt: skip


def test_the_level_of_the_customer_comes_before_the_list_and_what_is_typed_before_both(shop: InProcess) -> None:
    shop("models", "levels", "add", "Trade")
    shop("models", "levels", "set-price", "trade", "FRG-100", "1100")
    assert first_line(shop, "FRG-100")["unit_price"] == "1200.00"
    shop("models", "levels", "assign", "C1", "Trade")
    assert first_line(shop, "FRG-100")["unit_price"] == "1100.00"
    assert first_line(shop, "FRG-100@999/700")["unit_price"] == "999.00"
    assert shop("models", "levels", "list").rows[1:] == [
        {"name": "Trade", "models": "1", "customers": "1", "default": "no"}
    ]
    shop("models", "levels", "assign", "C1", "none")
    assert first_line(shop, "FRG-100")["unit_price"] == "1200.00"


def test_list_prices_are_a_level_that_may_be_renamed_and_never_deleted(shop: InProcess) -> None:
    level = ("models", "levels")
    assert shop(*level, "list").rows == [{"name": "Retail", "models": "1", "customers": "1", "default": "yes"}]
    assert shop("customers", "show", "C1", "--json").json["price_level"] == "Retail"
    for refused in (("delete", "retail"), ("set-price", "Retail", "FRG-100", "5")):
        assert shop(*level, *refused, code=6).err.startswith("hub: Retail is what list prices are called: it stays")
    assert "there is a price level Retail already" in shop(*level, "add", "retail", code=6).err
    shop(*level, "rename", "Retail", "Counter")
    assert [row["name"] for row in shop(*level, "list").rows] == ["Counter"]
    assert "price level Counter" in " ".join(
        shop("customers", "show", "C1", "--section", "account", tty=True, width=120).out.split()
    )
    shop(*level, "add", "Trade")
    assert "there is a price level Trade already" in shop(*level, "rename", "Counter", "trade", code=6).err
    shop(*level, "assign", "C1", "Trade")
    assert shop("customers", "show", "C1", "--json").json["price_level"] == "Trade"
    assert shop(*level, "assign", "C1", "none").rows[0]["level"] == "Counter"
    assert shop("customers", "show", "C1", "--json").json["price_level"] == "Counter"


def test_a_level_is_renamed_and_deleted_and_its_buyers_pay_list_prices(shop: InProcess) -> None:
    level = ("models", "levels")
    shop(*level, "add", "Trade")
    shop(*level, "set-price", "Trade", "FRG-100", "1100")
    shop(*level, "assign", "C1", "Trade")
    assert shop(*level, "rename", "trade", "Pro").rows[0] | {"change": ""} == {
        "name": "Pro", "models": "1", "customers": "1", "default": "no", "change": "",
    }  # fmt: skip
    assert "deleting the price level of 1 customer needs a yes" in shop(*level, "delete", "Pro", code=6).err
    change = shop(*level, "delete", "Pro", "-y").rows[0]["change"]
    assert [row["name"] for row in shop(*level, "list").rows] == ["Retail"]
    assert first_line(shop, "FRG-100")["unit_price"] == "1200.00"
    shop("undo", change)
    assert first_line(shop, "FRG-100")["unit_price"] == "1100.00"


def test_a_level_without_a_price_for_the_model_pays_the_list_price(shop: InProcess) -> None:
    shop("models", "levels", "add", "Trade")
    shop("models", "levels", "assign", "C1", "Trade")
    assert first_line(shop, "FRG-100")["unit_price"] == "1200.00"
    shop("models", "levels", "set-price", "Trade", "FRG-100", "1100")
    shop("models", "levels", "set-price", "Trade", "FRG-100", "none")
    assert first_line(shop, "FRG-100")["unit_price"] == "1200.00"


def test_a_later_price_rewrites_no_quote(shop: InProcess) -> None:
    shop("quotes", "create", "C1", "--line", "FRG-100")
    shop("models", "edit", "FRG-100", "--price", "1300", "--cost", "900")
    assert shop("quotes", "show", "Q1", "--json").json["total"] == "1200.00"
    assert first_line(shop, "FRG-100")["unit_cost"] == "900.00"


def test_what_is_not_in_the_catalogue_needs_a_price(shop: InProcess) -> None:
    result = shop("quotes", "create", "C1", "--line", "CUSTOM-1", code=2)
    assert result.err.startswith("hub: CUSTOM-1 needs a price: it is not in the catalogue\n")
    shop("models", "add", "BARE")
    assert "the catalogue has none for it" in shop("quotes", "create", "C1", "--line", "BARE", code=2).err
    assert shop("quotes", "list").rows == []


def test_an_import_is_a_preview_unless_applied(shop: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "models.csv"
    file.write_text(
        "model,description,price,cost,condition,discontinued\nDW-500,Dishwasher,649.00,410.00,new,\n"
        "FRG-100,,1250,,,\nOLD,Old one,5,,demo,yes\n"
    )
    counts = {"added": "2", "changed": "1", "same": "0", "rejected": "0"}
    assert shop("models", "import", str(file)).rows == [{**counts, "change": ""}]
    assert [row["model"] for row in shop("models", "list").rows] == ["FRG-100"]
    done = shop("models", "import", str(file), "--apply").rows[0]
    assert {key: done[key] for key in counts} == counts
    assert done["change"].startswith("H")
    listed = {row["model"]: row for row in shop("models", "list").rows}
    assert (listed["FRG-100"]["price"], listed["FRG-100"]["cost"]) == ("1250.00", "800.00")  # empty never overwrites
    assert listed["OLD"]["discontinued"] == "yes"
    again = shop("models", "import", str(file), "--apply").rows[0]
    assert (again["added"], again["changed"], again["same"]) == ("0", "0", "3")


def test_a_bad_row_of_an_import_is_named_and_the_others_are_taken(shop: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "models.csv"
    file.write_text("model,price\nA,1.234\n,5\nB,7.50\n")
    result = shop("models", "import", str(file), "--apply", code=3)
    assert "line 2: --price: '1.234' has more decimals than allowed" in result.err
    assert "line 3: model" in result.err
    assert [row["model"] for row in shop("models", "list").rows] == ["B", "FRG-100"]


def test_an_unknown_column_is_refused(shop: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "models.csv"
    file.write_text("model,prise\nA,1\n")
    result = shop("models", "import", str(file), "--apply", code=2)
    assert "prise (did you mean price?)" in result.err


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (("add", "FRG-100"), 6, "FRG-100 is in the catalogue already"),
        (("add", "frg-100"), 6, "FRG-100 is in the catalogue already"),
        (("add", "X", "--price", "-1"), 2, "--price: '-1' is negative"),
        (("add", "X", "--price", "1.005"), 2, "has more decimals than allowed"),
        (("show", "FRG-10"), 4, "there is no model FRG-10; did you mean FRG-100?"),
        (("edit", "FRG-100"), 2, "nothing to edit: name a field"),
        (("levels", "set-price", "Trade", "FRG-100", "5"), 4, "there is no price level Trade"),
    ],
)
def test_what_is_refused(shop: InProcess, given: tuple[str, ...], code: int, told: str) -> None:
    assert told in shop("models", *given, code=code).err
    assert len(shop("models", "list").rows) == 1


def test_undo_takes_a_model_and_a_price_back(shop: InProcess) -> None:
    change = shop("models", "edit", "FRG-100", "--price", "1300").rows[0]["change"]
    shop("undo", change)
    assert shop("models", "list").rows[0]["price"] == "1200.00"
