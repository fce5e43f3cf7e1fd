"""TSV, CSV, JSON, NDJSON and xlsx, to the byte; the guard of --excel."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcli.errors import HubError
from hubcli.render import ALL, Column, Listing, Output, Record, Section, guard, unguard, write
from hubcli.render.guard import GUARDED

COLUMNS = (
    Column("number", "ref", prefix="C", keep=0),
    Column("name"),
    Column("lifetime_value", "money"),
    Column("orders", "count"),
    Column("margin", "percent"),
    Column("tax_rate", "rate"),
    Column("tax_exempt", "bool"),
    Column("billing_emails", "list"),
    Column("billing", "object"),
    Column("created_at", "instant"),
)
FULL = (
    7,
    "Zoë O'Brien",
    137400,
    3,
    3333,
    8875,
    1,
    '["a@x.test","b@x.test"]',
    '{"zip":"00501"}',
    "2025-05-01T14:02:11Z",
)
EMPTY = (8, None, None, None, None, None, None, None, None, None)
NEGATIVE: tuple[Any, ...] = (9, "", -5, 0, 3350, 8000, 0, [], None, "")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def printed(result: Listing | Record, stdout: io.StringIO | None = None, **settings: Any) -> str:
    stream = stdout or io.StringIO()
    write(result, Output(**settings), stream, io.StringIO())
    return stream.getvalue()


def texts(*values: str | None, **settings: Any) -> str:
    """Print one row of text columns in a format."""
    columns = [Column(f"c{at}") for at in range(len(values))]
    return printed(Listing(columns, [values]), header=False, **settings)


def test_a_pipe_gets_tsv_with_a_header() -> None:
    assert printed(Listing(COLUMNS, [FULL, EMPTY, NEGATIVE])) == (
        "number\tname\tlifetime_value\torders\tmargin\ttax_rate\ttax_exempt\tbilling_emails\tcreated_at\n"
        "C7\tZoë O'Brien\t1374.00\t3\t33.33\t8.875\tyes\ta@x.test; b@x.test\t2025-05-01T14:02:11Z\n"
        "C8\t\t\t\t\t\t\t\t\n"
        "C9\t\t-0.05\t0\t33.5\t8\tno\t\t\n"
    )


def test_tsv_escapes_what_would_end_a_cell() -> None:
    assert (
        texts("a\tb", "c\nd", "e\rf", "g\\h", 'i"j', "k\x1bl", None) == 'a\\tb\tc\\nd\te\\rf\tg\\\\h\ti"j\tk\x1bl\t\n'
    )


def test_csv_is_lossless_and_quotes_only_what_needs_it() -> None:
    line = texts("a,b", 'c"d', "e\nf", "g\rh", " i ", None, "\x1b[31m", format="csv")
    assert line == '"a,b","c""d","e\nf","g\rh", i ,,\x1b[31m\n'


def test_csv_line_of_one_empty_cell_is_no_blank_line() -> None:
    assert texts(None, format="csv") == '""\n'
    assert texts(None, format="tsv") == "\n"


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=3, max_size=3), max_size=5))
def test_csv_equals_what_the_csv_module_writes_and_reads(rows: list[list[str]]) -> None:
    text = printed(Listing([Column(n) for n in "abc"], rows), format="csv", header=False)
    lines: list[str] = []
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\r\n").writerow(row)  # so that it quotes a CR too
        lines.append(buffer.getvalue()[:-2] + "\n")
    assert text == "".join(lines)
    assert list(csv.reader(io.StringIO(text, newline=""))) == rows


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=4))
def test_tsv_can_be_read_back(row: list[str]) -> None:
    line = texts(*row)
    assert line.count("\n") == 1
    cells = line[:-1].split("\t")
    turned = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    assert [_unescaped(cell, turned) for cell in cells] == row


def _unescaped(cell: str, turned: dict[str, str]) -> str:
    rest = iter(cell)
    return "".join([turned[next(rest)] if char == "\\" else char for char in rest])


def test_a_number_in_a_text_column_is_written_as_it_is() -> None:
    assert printed(Listing([Column("a"), Column("b")], [(1, 2.5), (None, 0)]), format="csv") == "a,b\n1,2.5\n,0\n"


def test_json_is_an_array_of_one_object_a_line() -> None:
    assert printed(Listing(COLUMNS, [FULL, EMPTY]), format="json") == (
        '[\n{"number": "C7", "name": "Zoë O\'Brien", "lifetime_value": "1374.00", "orders": 3, "margin": 33.33, '
        '"tax_rate": 8.875, "tax_exempt": true, "billing_emails": ["a@x.test", "b@x.test"], "billing": '
        '{"zip": "00501"}, "created_at": "2025-05-01T14:02:11Z"},\n'
        '{"number": "C8", "name": null, "lifetime_value": null, "orders": null, "margin": null, "tax_rate": null, '
        '"tax_exempt": null, "billing_emails": [], "billing": null, "created_at": null}\n]\n'
    )


def test_ndjson_is_one_object_a_line() -> None:
    rows = [("a", 1), ("b\n", 2)]
    columns = [Column("t"), Column("n", "count")]
    assert printed(Listing(columns, rows), format="ndjson") == '{"t": "a", "n": 1}\n{"t": "b\\n", "n": 2}\n'


@pytest.mark.parametrize("count", [1, 199, 200, 201, 400, 401])
def test_chunks_join_without_a_seam(count: int) -> None:
    rows = [(at,) for at in range(count)]
    for form in ("json", "ndjson", "csv", "tsv"):
        text = printed(Listing([Column("n", "count")], rows), format=form, header=False)
        found = json.loads(text) if form == "json" else text.splitlines()
        assert len(found) == count


def test_empty_listings() -> None:
    expected = {"json": "[]\n", "ndjson": "", "csv": "a,b\n", "tsv": "a\tb\n", "auto": "a\tb\n"}
    for form, text in expected.items():
        assert printed(Listing([Column("a"), Column("b")], []), format=form) == text


def test_fields_choose_and_order_the_columns() -> None:
    settings: dict[str, Any] = {"fields": ("orders", "number", "billing")}
    assert (
        printed(Listing(COLUMNS, [FULL]), format="csv", **settings)
        == 'orders,number,billing\n3,C7,"{""zip"":""00501""}"\n'
    )
    assert printed(Listing(COLUMNS, [FULL]), format="ndjson", **settings) == (
        '{"orders": 3, "number": "C7", "billing": {"zip": "00501"}}\n'
    )


def test_b20_an_unknown_field_is_refused_with_a_hint() -> None:
    with pytest.raises(HubError) as caught:
        printed(Listing(COLUMNS, []), fields=("naem;drop",))
    assert caught.value.exit == 2
    assert "name" in caught.value.message


def test_limit_and_no_header() -> None:
    rows = [(at,) for at in range(9)]
    assert printed(Listing([Column("n", "count")], rows), limit=2, header=False) == "0\n1\n"
    assert printed(Listing([Column("n", "count")], rows), limit=ALL).count("\n") == 10


def test_rows_are_streamed_and_counted() -> None:
    def rows() -> Any:
        yield from ((at,) for at in range(1000))

    assert write(Listing([Column("n", "count")], rows()), Output(), io.StringIO(), io.StringIO()) == 1000


# --- one record ---------------------------------------------------------------------------------------------------


def record() -> Record:
    notes = Listing([Column("number", "ref", prefix="N"), Column("text")], [(1, "dog")])
    return Record(
        COLUMNS[:3],
        FULL[:3],
        sections=[
            Section("Important notes", ["call first"], key="important_notes", alert=True),
            Section("Notes", notes, key="notes"),
            Section("Only seen", ["x"]),
        ],
    )


def test_a_record_is_a_json_object_with_its_keyed_sections() -> None:
    text = printed(record(), format="json")
    assert text.startswith('{\n  "number": "C7",\n  "name": "Zoë')
    assert json.loads(text) == {
        "number": "C7",
        "name": "Zoë O'Brien",
        "lifetime_value": "1374.00",
        "important_notes": ["call first"],
        "notes": [{"number": "N1", "text": "dog"}],
    }
    assert json.loads(printed(record(), format="json", fields=("notes",))) == {
        "notes": [{"number": "N1", "text": "dog"}]
    }


def test_a_record_is_one_line_in_a_pipe_and_quiet_prints_the_number() -> None:
    assert printed(record()) == "number\tname\tlifetime_value\nC7\tZoë O'Brien\t1374.00\n"
    assert printed(record(), quiet=True) == "C7\n"
    assert printed(record(), Terminal(), quiet=True) == "C7\n"


# --- spreadsheets -------------------------------------------------------------------------------------------------


@given(st.one_of(st.text(), st.text(st.sampled_from([*GUARDED, "a"]))))
def test_s3_the_guard_is_exactly_reversible_and_leaves_no_formula(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in GUARDED - {"'"}


def test_s3_excel_guards_text_and_headers_but_no_figures() -> None:
    columns = [
        Column("=cmd"),
        Column("phone", "phone"),
        Column("owed", "money"),
        Column("day", "date"),
        Column("+tags", "list"),
    ]
    row = ("=1+1", "+15551234567", -500, "2025-05-01", ["-a"])
    text = printed(Listing(columns, [row, ("'x", "@a", 0, None, None)]), format="csv", excel=True)
    assert text == "\ufeff'=cmd,phone,owed,day,'+tags\n'=1+1,'+15551234567,-5.00,2025-05-01,'-a\n''x,'@a,0.00,,\n"


def test_excel_is_for_csv_only() -> None:
    assert printed(Listing([Column("a")], [("x",)]), excel=True) == "\ufeffa\nx\n"
    with pytest.raises(HubError, match="--excel"):
        printed(Listing([Column("a")], []), format="json", excel=True)


def test_s3_a_sheet_holds_text_as_text(tmp_path: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    pytest.importorskip("xlsxwriter")
    path = tmp_path / "x.xlsx"
    columns = [
        Column("name"),
        Column("zip", "code"),
        Column("owed", "money"),
        Column("orders", "count"),
        Column("ok", "bool"),
    ]
    rows = [("=1+1", "00501", 137400, 3, 1), ("http://x.test", "60614", None, None, None), ("a\x1bb", None, -5, 0, 0)]
    count = write(Listing(columns, rows), Output(path=str(path)), io.StringIO(), io.StringIO())
    assert count == 3
    assert calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python() == [
        ["name", "zip", "owed", "orders", "ok"],
        ["=1+1", "00501", 1374.0, 3.0, "yes"],
        ["http://x.test", "60614", "", "", ""],
        ["a\x1bb", "", -0.05, 0.0, "no"],
    ]


def test_a_sheet_refuses_a_cell_it_would_cut(tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    with pytest.raises(HubError, match="32,767"):
        write(
            Listing([Column("a")], [("x" * 32768,)]),
            Output(path=str(tmp_path / "x.xlsx")),
            io.StringIO(),
            io.StringIO(),
        )
    assert list(tmp_path.iterdir()) == []


def test_a_missing_xlsxwriter_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(HubError) as caught:
        write(Listing([Column("a")], []), Output(path=str(tmp_path / "x.xlsx")), io.StringIO(), io.StringIO())
    assert caught.value.slug == "missing_extra"
    assert caught.value.tries == ("pip install 'hubcli[xlsx]'",)
    assert list(tmp_path.iterdir()) == []


# --- start-up -----------------------------------------------------------------------------------------------------


def test_importing_and_piping_loads_nothing_heavy() -> None:
    code = (
        "import sys, io; from hubcli import render;"
        ""
        "listing = render.Listing([render.Column('a', 'money')], [(1,)]);"
        "render.write(listing, render.Output(), io.StringIO(), sys.stderr);"
        "heavy = {'rich', 'xlsxwriter', 'typer', 'click', 'csv', 'json', 'dateutil', 'phonenumbers', 'sqlite_utils'};"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "\n"
