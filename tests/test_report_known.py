"""What was known at an instant: recorded later does not exist, and the books of that instant add up."""

import datetime as dt
import sqlite3
import time
from collections.abc import Callable
from typing import Any

import pytest

import till
from conftest import InProcess
from test_report_receivables import busy
from till import due, person

Figures = dict[str, Any]


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


def now() -> str:
    """Give the present instant, none before and none after it the same."""
    time.sleep(0.003)
    moment = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
    time.sleep(0.003)
    return moment


def test_what_was_recorded_later_is_not_known(shop: InProcess) -> None:
    made = due(shop, "C1", "100", "2025-05-01")
    early = now()
    till.pay(shop, made, "40", "--date", "2025-05-10")
    paid = now()
    shop("payments", "void", "P1", "--reason", "x", today="2025-05-20")

    def owed(known: str, day: str = "2025-05-31") -> list[str]:
        return [row["owed"] for row in shop("report", "aging", "--as-of", day, "--known-at", known).rows]

    assert owed(early) == ["100.00"]
    assert owed(paid) == ["60.00"]
    assert owed(now()) == ["100.00"]
    assert owed(now(), "2025-05-15") == ["60.00"]
    assert [row["owed"] for row in shop("report", "aging").rows] == ["100.00"]
    row = shop("report", "aging", "--known-at", paid, "--json").json[0]
    assert row["known_at"].endswith("Z")


def test_a_document_known_later_is_not_there(shop: InProcess) -> None:
    early = now()
    due(shop, "C1", "100", "2025-05-01")
    assert shop("report", "aging", "--known-at", early).rows == []
    assert shop("report", "receivables", "--date", "2025-05", "--known-at", early).rows == []


def test_a_deleted_draft_comes_back_and_counts_in_nothing(shop: InProcess) -> None:
    given = ("--line", "SOFA@100", "--fulfillment", "pickup", "--draft", "-q")
    shop("orders", "create", "C1", *given, today="2025-05-01")
    known = now()
    shop("orders", "delete", "O1", "-y")
    assert shop("report", "aging", "--known-at", known).rows == []


def test_instants_and_days_that_do_not_hold(demo: InProcess) -> None:
    assert demo("report", "aging", "--known-at", "2020-01-01").rows == []
    with sqlite3.connect(demo.path) as conn:  # as a large shop is loaded: its rows are not itemised
        conn.execute("DROP TRIGGER changes_stay")
        conn.execute("UPDATE changes SET opening = 1 WHERE id = 1")
    assert "before this database was filled" in demo("report", "aging", "--known-at", "2020-01-01", code=2).err
    assert demo("report", "aging", "--known-at", "soon", code=2).out == ""


def figures(hub: InProcess, *known: str) -> Figures:
    """Give aging and roll-forwards as they stand, or as they were known."""
    asked: list[tuple[str, ...]] = [("aging", "--as-of", day) for day in ("2025-03-20", "2025-05-10", "2025-07-31")]
    asked += [("aging", "--by", "document", "--as-of", "2025-07-31")]
    asked += [
        ("receivables", "--of", of, "--from", "2025-03-15", "--to", "2025-06-15")
        for of in ("receivables", "credit", "deposits")
    ]
    found = {}
    for words in asked:
        rows = hub("report", *words, *known, "--json", today="2025-07-31").json
        found[" ".join(words)] = [{key: value for key, value in row.items() if key != "known_at"} for row in rows]
    return found


@pytest.mark.parametrize("seed", [5])
def test_the_figures_of_then_are_given_again(hub: InProcess, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[tuple[str, Figures]] = []
    run: Callable[..., Any] = InProcess.__call__
    calls = 0

    def watched(self: InProcess, *arguments: str, **how: Any) -> Any:
        nonlocal calls
        result = run(self, *arguments, **how)
        calls += how.get("code", 0) is None
        if how.get("code", 0) is None and calls % 20 == 0:
            with monkeypatch.context() as patch:
                patch.setattr(InProcess, "__call__", run)
                kept.append((now(), figures(hub)))
        return result

    monkeypatch.setattr(InProcess, "__call__", watched)
    busy(hub, seed)
    monkeypatch.undo()
    assert len(kept) == 4
    for at, before in kept:
        assert figures(hub, "--known-at", at) == before
