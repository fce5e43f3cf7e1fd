"""Rows whose text the database makes: to the byte what Python makes of them, whatever they hold."""

import io
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import InProcess
from hubcli import queries
from hubcli.listing import Query, cells, order_by
from hubcli.render import Column, Listing, Output, machine

COLUMNS = (
    Column("number", "ref", prefix="C"),
    Column("name"),
    Column("amount", "money"),
    Column("count", "count"),
    Column("exempt", "bool"),
    Column("emails", "list"),
    Column("note", "long"),
)
AWKWARD = (
    "",
    ",",
    '"',
    "\\",
    "null",
    ",null",
    '","',
    "]",
    "[",
    "\n",
    "\r",
    "\t",
    "a\0b",
    "\x1f",
    "é",
    "林",
    "\u2028",
    "0",
)
TEXT = st.none() | st.text(max_size=6) | st.lists(st.sampled_from(AWKWARD), max_size=3).map("".join)
CENTS = st.none() | st.integers(-(10**15), 10**15) | st.integers(-120, 120)
LISTS = TEXT | st.lists(st.text(max_size=3) | st.integers(0, 9), max_size=3).map(json.dumps)
ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(1, 10**9) | st.text(max_size=3),
        TEXT,
        CENTS,
        st.none() | st.integers(),
        st.sampled_from((None, 0, 1)),
        LISTS,
        TEXT,
    ),
    max_size=5,
)


def by_database(columns: Sequence[Column], rows: Sequence[Sequence[Any]], places: Sequence[int]) -> Iterator[str]:
    made = cells([columns[place] for place in places])
    held = ", ".join(f"?{at} AS {column.name}" for at, column in enumerate(columns, 1))
    with closing(sqlite3.connect(":memory:")) as conn:
        for row in rows:
            yield from (text for (text,) in conn.execute(f"SELECT json_array({made}) FROM (SELECT {held})", row))


def written(listing: Listing, form: str, output: Output) -> str:
    stream = io.StringIO()
    machine.write(listing, form, output, stream)
    return stream.getvalue()


@given(
    rows=ROWS,
    form=st.sampled_from(("csv", "tsv")),
    fields=st.permutations([c.name for c in COLUMNS]),
    n=st.integers(1, 7),
)
@example(rows=[(1, "a", -5, 1, 1, '["a", null]', "b")], form="csv", fields=["emails", "number"], n=2)
@example(rows=[(None,) * 7], form="csv", fields=["name"], n=1)
def test_the_database_makes_what_python_makes(
    rows: list[tuple[Any, ...]], form: str, fields: list[str], n: int
) -> None:
    rows = [tuple(value if not isinstance(value, int) or abs(value) < 2**63 else 0 for value in row) for row in rows]
    output = Output(fields=tuple(fields[:n]))
    listing = Listing(COLUMNS, rows)
    listing.as_text = lambda places: by_database(COLUMNS, rows, places)
    assert written(listing, form, output) == written(Listing(COLUMNS, rows), form, output)


def test_limits_hold_and_a_spreadsheets_guard_is_pythons() -> None:
    rows = [(at, "=1+1", 0, 0, 0, None, None) for at in range(3)]
    listing = Listing(COLUMNS, rows)
    listing.as_text = lambda places: by_database(COLUMNS, rows, places)
    assert written(listing, "csv", Output(limit=2)).count("\n") == 3
    assert "'=1+1" in written(listing, "csv", Output(excel=True))


def test_a_kind_that_has_no_block_is_left_to_python() -> None:
    assert cells([Column("a"), Column("share", "percent")]) is None
    assert cells([Column("a", prefix="C"), Column("b", "list")]) is not None
    assert {"plain", "prefixed", "money", "bool"} == queries.blocks("cells").keys()


@pytest.mark.parametrize(
    "sort", [None, "-lifetime_value", "manager,-last_order_on", "billing_zip", "credit_used,number"]
)
@pytest.mark.parametrize("filters", [(), ("--status", "all"), ("--source", "in-store", "--zip", "60614-1234")])
def test_an_export_is_the_same_either_way(
    demo: InProcess, monkeypatch: pytest.MonkeyPatch, sort: str | None, filters: tuple[str, ...]
) -> None:
    arguments = ("export", "customers", *filters, *(("--sort", sort) if sort else ()))
    made = [demo(*arguments, form).out for form in ("--csv", "--tsv")]
    seen = demo(*arguments, "--csv", "--explain").err
    assert "json_array" in seen
    monkeypatch.setattr(Query, "as_text", lambda *_: None)
    assert [demo(*arguments, form).out for form in ("--csv", "--tsv")] == made
    assert "json_array" not in demo(*arguments, "--csv", "--explain").err


def test_order_by_says_where_columns_stand_or_what_they_are_called() -> None:
    assert order_by(None, COLUMNS) is None
    assert order_by("-amount", COLUMNS) == "3 DESC NULLS LAST, 1"
    assert order_by("-amount,name", COLUMNS, named=True) == "amount DESC NULLS LAST, name NULLS LAST, number"
