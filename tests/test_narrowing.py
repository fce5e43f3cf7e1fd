"""However a search of customers is fitted to the size of the shop, it finds the same customers in the same order."""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from conftest import TODAY, InProcess
from hubcli import queries, search
from hubcli.commands.customers.find import LIST
from hubcli.listing import order_by
from hubcli.store import Day, Hub, Who

SEARCHES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "ZIP": {"zip": ["60614"]},
    "ZIP+4 first": {"zip": ["60614"], "zip_exact": ["60614-2201"]},
    "first three of a code": {"zip_from": ["606"], "zip_to": ["607"]},
    "any ZIP": {"any_zip": ["60614"]},
    "city": {"city": ["chicago"]},
    "phone": {"phone": ["%3125550142"], "phone_tail": ["5550142"]},
    "end of a phone": {"phone": ["%0142"]},
    "type and stage": {"type": ["luxury"], "stage": ["repeat"]},
    "manager": {"manager": [2, 3]},
    "ordered": {"ordered_from": ["2025-01-01"], "ordered_to": ["2025-03-31"]},
    "two ZIPs": {"zip": ["60614", "60202"]},
    "two areas": {"zip_from": ["606", "602"], "zip_to": ["607", "603"]},
    "two phones": {"phone": ["%3125550142", "%3125550199"], "phone_tail": ["5550142", "5550199"]},
    "two ends of a phone": {"phone": ["%0142", "%199"]},
    "two ranges of orders": {"ordered_from": ["2025-01-01", "2024-01-01"], "ordered_to": ["2025-03-31", "2024-03-31"]},
    "a manager or none": {"manager": [2], "no_manager": True},
    "owes": {"owes": 1},
    "idle": {"idle_since": "2025-01-01"},
    "a word": search.text_params("an"),
    "words": search.text_params("ma ch"),
    "a name": search.text_params("Müller"),
    "a model": search.text_params("dishwasher"),
    "a part of a phone": search.text_params("(312) 555"),
    "the end of a phone": search.text_params("555-0142"),
    "a number": {**search.text_params("C27"), "numbered": 27},
    "a percent sign": search.text_params("100%"),
    "all together": {"zip": ["60614"], "kind": ["individual"], "type": ["average"], **search.text_params("a")},
}


@pytest.fixture
def hub(demo: InProcess) -> Iterator[Hub]:
    day = Day(TODAY, chosen=True, at=f"{TODAY}T12:00:00.000Z")
    with Hub(demo.path, Who("sam", "sam", None), day) as opened:
        yield opened


def found(hub: Hub, params: dict[str, Any], sort: str | None, *, few: bool) -> list[int]:
    fitted = search.narrowed(hub, params, sort, few=few)
    return [row["number"] for row in islice(hub.rows("customers.search", fitted, order_by(sort, LIST)), 50)]


@pytest.mark.parametrize("sort", [None, "-lifetime_value", "last_order_on", "name"])
@pytest.mark.parametrize("name", SEARCHES)
def test_every_way_finds_the_same(hub: Hub, name: str, sort: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    params = {"status": ["active", "archived"], "narrow": False, **SEARCHES[name]}
    plain = [row["number"] for row in islice(hub.rows("customers.search", params, order_by(sort, LIST)), 50)]
    for few in (False, True):
        assert found(hub, params, sort, few=few) == plain
        with monkeypatch.context() as patch:
            patch.setattr(search, "FEW", 3)  # as if the shop were large
            assert found(hub, params, sort, few=few) == plain


def test_few_are_looked_up_and_many_are_walked(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    params = {"status": ["active"], "narrow": False, **search.text_params("garcia")}
    assert "among" in search.narrowed(hub, params, few=True)
    monkeypatch.setattr(search, "FEW", 0)
    assert search.narrowed(hub, params, few=True)["by_name"] is True
    assert search.narrowed(hub, params, "-lifetime_value", few=True)["by_value"] is True
    assert "by_name" not in search.narrowed(hub, params, few=False)


def test_a_walk_sorts_nothing(hub: Hub) -> None:
    for sort in (None, "-lifetime_value", "-last_order_on"):
        params = search.narrowed(hub, {"status": ["active"], "narrow": False}, sort, few=True)
        plan = "\n".join(hub.explain("customers.search", params, order_by(sort, LIST)))
        assert "USE TEMP B-TREE FOR ORDER BY" not in plan, plan
        assert "SCAN c\n" not in plan


def test_many_numbers_stand_in_the_statement_itself() -> None:
    sql, bound = queries.fit("customers.chosen", {"status": ["active"], "among": list(range(1, 31))})
    assert re.search(r"c\.id IN \(1, 2, 3, .*30\)", sql)
    assert "among_0" not in bound


def test_what_waits_in_sqlite_utils_works_when_it_is_used() -> None:
    code = (
        "import re; compile_ = re.compile\n"
        "from hubcli import lean; library = lean.sqlite_utils()\n"
        "assert re.compile is compile_\n"
        "db = library.Database(memory=True); db['a'].insert({'x': 'y'}); db['a'].enable_fts(['x'])\n"
        "assert db['a_fts'].virtual_table_using == 'FTS5' and list(db['a'].search('y'))\n"
        "import click, dateutil.parser; assert click.echo and dateutil.parser.parse\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_large_demo_is_the_same_shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hubcli.operations import setup

    dumps = []
    day = Day(TODAY, chosen=True, at=f"{TODAY}T12:00:00.000Z")
    for limit in (1_000, 10):  # 60 customers: one by one with every trigger, and as a large one is loaded
        monkeypatch.setattr(setup, "LOGGED_LIMIT", limit)
        path = tmp_path / f"{limit}.db"
        setup.init(path, None)
        with Hub(path, Who("sam", "sam", None), day) as hub:
            setup.load_demo(hub, 60)
            names = [
                row[0]
                for row in hub.select("SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger') ORDER BY 1")
            ]
            tables = ("customers", "customer_figures", "documents", "document_lines", "addresses", "customer_search")
            dumps.append(
                (
                    names,
                    {table: [tuple(r) for r in hub.select(f"SELECT * FROM {table} ORDER BY 1")] for table in tables},
                )
            )
            assert not list(hub.rows("figures.wrong_customers"))
            assert not list(hub.rows("figures.wrong_documents"))
    assert dumps[0] == dumps[1]
