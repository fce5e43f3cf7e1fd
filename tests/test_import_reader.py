"""Files of every kind are read exactly, or refused with the place: B16, B18 and B23."""

import gzip
import io
import itertools
import json
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hubcli.errors import HubError
from hubcli.importing.delimited import Row, read_lines, unescape
from hubcli.importing.reader import Table, open_table


def write(tmp_path: Path, data: bytes | str, name: str = "in.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def read(tmp_path: Path, data: bytes | str, name: str = "in.csv") -> tuple[Table, list[tuple[int, list[str]]]]:
    with open_table(write(tmp_path, data, name)) as table:
        return table, list(table.rows())


def refusal(tmp_path: Path, data: bytes | str, name: str = "in.csv") -> HubError:
    with pytest.raises(HubError) as caught:
        read(tmp_path, data, name)
    return caught.value


PLAIN = "name,city\nRené,Zürich\nJosé,Köln\n"
ROWS = [(2, ["René", "Zürich"]), (3, ["José", "Köln"])]


@pytest.mark.parametrize(
    ("data", "encoding", "assumed"),
    [
        (PLAIN.encode(), "utf-8", False),
        (b"\xef\xbb\xbf" + PLAIN.encode(), "utf-8", False),
        (b"\xff\xfe" + PLAIN.encode("utf-16-le"), "utf-16-le", False),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), "utf-16-be", False),
        (PLAIN.encode("utf-16-le"), "utf-16-le", True),
        (PLAIN.encode("utf-16-be"), "utf-16-be", True),
        (PLAIN.encode("latin-1"), "cp1252", True),
        (gzip.compress(PLAIN.encode(), mtime=0), "utf-8", False),
    ],
)
def test_b16_encodings(tmp_path: Path, data: bytes, encoding: str, *, assumed: bool) -> None:
    table, rows = read(tmp_path, data)
    assert (table.headers, rows) == (["name", "city"], ROWS)
    assert (table.encoding, table.encoding_assumed) == (encoding, assumed)


def test_b16_windows_1252_keeps_its_own_characters(tmp_path: Path) -> None:
    assert read(tmp_path, b"name,price\nO\x92Brien,\x80 5\n")[1] == [(2, ["O’Brien", "€ 5"])]


def test_encoding_of_the_user_wins(tmp_path: Path) -> None:
    with open_table(write(tmp_path, "name\nżółw\n".encode("iso-8859-2")), encoding="iso-8859-2") as table:
        assert list(table) == [(2, ["żółw"])]
    with pytest.raises(HubError, match="not known"):
        open_table(tmp_path / "in.csv", encoding="klingon")
    with open_table(write(tmp_path, b"\xfe\xff" + PLAIN.encode("utf-16-be")), encoding="utf-16") as table:
        assert list(table) == ROWS


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_b16_line_ends_and_delimiters(tmp_path: Path, end: str, mark: str) -> None:
    text = f'a{mark}b{mark}c{end}1{mark}"x{mark}{end}y"{mark}3{end}4{mark}5,5;5{mark}6{end}'.replace(
        "5,5;5", '"5,5;5"' if mark in ",;" else "5,5;5"
    )
    table, rows = read(tmp_path, text)
    assert table.delimiter == mark
    assert rows == [(2, ["1", f"x{mark}{end}y", "3"]), (4, ["4", "5,5;5", "6"])]


def test_b16_one_column_and_a_comma_in_quotes(tmp_path: Path) -> None:
    assert read(tmp_path, 'name\n"Smith, John"\nBob\n')[1] == [(2, ["Smith, John"]), (3, ["Bob"])]
    assert read(tmp_path, '"a;b",c\n"1;2",3\n')[0].headers == ["a;b", "c"]


def test_the_delimiter_line_for_excel_counts_as_a_line(tmp_path: Path) -> None:
    table, rows = read(tmp_path, "sep=;\r\na;b\r\n1,5;2\r\n")
    assert (table.headers, table.delimiter, rows) == (["a", "b"], ";", [(3, ["1,5", "2"])])


def test_b16_nul_is_a_reject_with_its_line(tmp_path: Path) -> None:
    table, rows = read(tmp_path, "a,b\n1,2\n3,4\0\n5,6\n")
    assert rows == [(2, ["1", "2"]), (4, ["5", "6"])]
    assert table.rejects == [(3, "holds a NUL character", ["3", "4\0"])]
    assert refusal(tmp_path, "a\0,b\n1,2\n").slug == "not_a_table"
    assert refusal(tmp_path, b"SQLite format 3\0" + bytes(4000)).slug == "not_a_table"


def test_b16_unclosed_quote_names_the_line(tmp_path: Path) -> None:
    error = refusal(tmp_path, 'a,b\n1,2\n3,"4\n5,6\n')
    assert (error.slug, error.exit, error.facts["line"], error.facts["noticed"]) == ("broken_quotes", 2, 3, 4)
    assert refusal(tmp_path, 'a,b\n1,"2\n3,"4"\n').facts["line"] == 2


def test_b16_ragged_rows_are_rejected_and_never_shifted(tmp_path: Path) -> None:
    table, rows = read(tmp_path, 'a,b,c\n1,2\n"x\ny",2,3\n1,2,3,4\n1,2,3,\n7,8,9\n')
    assert rows == [(3, ["x\ny", "2", "3"]), (7, ["7", "8", "9"])]
    assert [(r.line, r.reason) for r in table.rejects] == [
        (2, "has 2 cells where the header has 3"),
        (5, "has 4 cells where the header has 3"),
        (6, "has 4 cells where the header has 3"),
    ]
    assert table.rejects[1].cells == ["1", "2", "3", "4"]
    assert table.rejected == 3


def test_b16_duplicate_header_is_named(tmp_path: Path) -> None:
    error = refusal(tmp_path, "a,Email,b, Email \n1,2,3,4\n")
    assert (error.slug, error.exit, error.facts["column"]) == ("duplicate_header", 2, "Email")
    assert read(tmp_path, "a,,\n1,2,3\n")[0].headers == ["a", "(column 2)", "(column 3)"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_b16_blank_columns_at_the_end_are_no_columns(tmp_path: Path, mark: str) -> None:
    text = "a,b,,\n1,2,,\n,,,\n3,,,\n4,5\n6,7, \n".replace(",", mark)
    table, rows = read(tmp_path, text)
    assert (table.headers, table.rejects) == (["a", "b"], [])
    assert rows == [(2, ["1", "2"]), (4, ["3", ""]), (5, ["4", "5"]), (6, ["6", "7"])]
    ragged, rows = read(tmp_path, "a,b,,\n1,,,\n2\n3,4,,,\n".replace(",", mark))
    assert (rows, [reject.line for reject in ragged.rejects]) == ([(2, ["1", ""])], [3, 4])


def test_b16_what_stands_under_no_name_is_complained_of(tmp_path: Path) -> None:
    assert read(tmp_path, "a,,\n1,2,\n")[0].headers == ["a", "(column 2)"]
    assert read(tmp_path, "a,,b\n1,,3\n")[0].headers == ["a", "(column 2)", "b"]
    late = "a,b,,\n" + "1,2,,\n" * 20_000 + "3,4,5,\n"
    with open_table(write(tmp_path, late)) as table:
        parts = [
            row
            for part in table.unread(500)
            for row in (part if isinstance(part, list) else read_lines(part, table.reject))
        ]
    assert (len(parts), parts[0]) == (20_000, (2, ["1", "2"]))
    assert table.rejects == [(20_002, "has 4 cells where the header has 2", ["3", "4", "5", ""])]


def test_b16_a_field_of_200_kb_is_refused_with_its_line(tmp_path: Path) -> None:
    assert len(read(tmp_path, "a,b\n1," + "x" * 200_000 + "\n")[1][0][1][1]) == 200_000
    error = refusal(tmp_path, "a,b\n1,2\n1," + "x" * 200_001 + "\n")
    assert (error.slug, error.facts["line"]) == ("field_too_long", 3)
    assert refusal(tmp_path, 'a,b\n1,"2\n' + "3,4\n" * 90_000).facts["line"] == 2


def test_b16_blank_lines_are_skipped(tmp_path: Path) -> None:
    table, rows = read(tmp_path, "\n\na,b\n\n1,2\n   \n,\n3,4\n\n")
    assert (rows, table.rejects) == ([(5, ["1", "2"]), (8, ["3", "4"])], [])


def test_b16_header_only_and_empty(tmp_path: Path) -> None:
    table, rows = read(tmp_path, "a,b")
    assert (table.headers, rows) == (["a", "b"], [])
    for nothing in (b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"):
        error = refusal(tmp_path, nothing)
        assert (error.slug, error.exit) == ("file_empty", 2)


def test_b16_missing_and_damaged_files(tmp_path: Path) -> None:
    with pytest.raises(HubError, match="no such file"):
        open_table(tmp_path / "nothing.csv")
    whole = gzip.compress("".join(map(str, range(1000))).encode(), mtime=0)
    for broken in (whole[:100], whole[:-6] + b"xxxxxx"):
        assert refusal(tmp_path, broken).slug == "file_unreadable"


def test_b16_a_stream_needs_constant_memory(tmp_path: Path) -> None:
    line = b"1,Maria,Garcia,maria@example.com,+12065550123\n"
    path = write(tmp_path, b"number,first_name,last_name,email,mobile_phone\n" + line * 60_000)
    tracemalloc.start()
    with open_table(path) as table:
        count = sum(1 for _ in table)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, peak < 2_500_000) == (60_000, True), peak


def test_b16_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (PLAIN.encode(), gzip.compress(PLAIN.encode(), mtime=0)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        with open_table("-") as table:
            assert (table.name, table.folder, list(table)) == ("stdin", None, ROWS)
        assert not sys.stdin.closed


def test_b18_invalid_utf8_names_the_byte(tmp_path: Path) -> None:
    error = refusal(tmp_path, "name\nRené José\n".encode() + b"x\xffy\n")
    assert (error.slug, error.exit, error.facts["offset"], error.facts["line"]) == ("bad_encoding", 2, 18, 3)
    assert refusal(tmp_path, b"name\nx\x81y\n").facts["offset"] == 6


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be"])
def test_b18_an_error_far_behind_names_line_and_byte(tmp_path: Path, codec: str) -> None:
    mark = "\ufeff".encode(codec)
    good = mark + ("a,b\n" + "ä,2\n" * 200_000).encode(codec)
    bad = b"\xff" if codec == "utf-8" else "\ud800".encode(codec, "surrogatepass") + "x".encode(codec)
    error = refusal(tmp_path, good + bad + "\nx,y\n".encode(codec) * 9)
    assert (error.facts["offset"], error.facts["line"]) == (len(good), 200_002)


CELLS = (",", ",", ";", "a", "b c", "é", '"', '""', '"x"', '"x,y"', '"\n"')
PIECES = (*CELLS, "\n", "\n", "\r\n", "\r", "\v", "\x1c", "\u2028", "\0")


def found(read: Callable[[Table], Iterator[Row]], data: bytes) -> object:
    """Give the rows and the rejects of a file, or what it is refused with."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(data)
        file.flush()
        try:
            with open_table(file.name, delimiter=",") as table:
                return list(read(table)), table.rejects
        except HubError as error:
            return error.slug, str(error).replace(file.name, "")


def in_batches(size: int) -> Callable[[Table], Iterator[Row]]:
    """Give how a table is read in batches, lines that are left unread read as the workers do."""

    def read(table: Table) -> Iterator[Row]:
        for batch in table.unread(size):
            yield from read_lines(batch, table.reject) if isinstance(batch, tuple) else batch

    return read


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40), size=st.integers(1, 5), broken=st.booleans())
@example(pieces=list('1,2,3\n4,"5\n",6\n7,8,9\n'), size=1, broken=False)
@example(pieces=list('1,5" pipe,3\n"a""b",,\n\n1,2\n'), size=2, broken=False)
@example(pieces=list('1,"unclosed\n'), size=1, broken=False)
def test_lines_left_unread_come_to_the_same(pieces: list[str], size: int, *, broken: bool) -> None:
    data = ("a,b,c\n" + "".join(pieces)).encode() + (b"x,\xff,y\n" if broken else b"")
    whole, parts = found(Table.rows, data), found(in_batches(size), data)
    if isinstance(whole, tuple) and isinstance(whole[1], list):
        assert isinstance(parts, tuple)
        assert parts[0] == whole[0]
        assert sorted(parts[1]) == sorted(whole[1])
    else:
        assert parts == whole


def test_hub_tsv_escapes_are_undone(tmp_path: Path) -> None:
    text = 'number\tfirst_name\tcompany_name\nC1\t"Bob"\ta\\tb\\nc\\rd\\\\e\nC2\t\\\\n\tx\n'
    table, rows = read(tmp_path, text, "in.tsv")
    assert table.form == "tsv"
    assert rows == [(2, ["C1", '"Bob"', "a\tb\nc\rd\\e"]), (3, ["C2", "\\n", "x"])]
    assert read(tmp_path, 'Name\tPath\n"Bob"\tc:\\temp\n')[1] == [(2, ["Bob", "c:\\temp"])]


EXCEL = 'number\tfirst_name\tcompany_name\r\nC1\t"Smith, Jones ""& Sons"""\tC:\\new\\tab\r\n'


@pytest.mark.parametrize(
    "data", [b"\xff\xfe" + EXCEL.encode("utf-16-le"), EXCEL.encode(), b"\xef\xbb\xbf" + EXCEL.encode(),
             EXCEL.replace("\r", "").replace("Jones", "Jön").encode("cp1252")],
    ids=["utf-16", "crlf", "mark", "windows"],
)  # fmt: skip
def test_tab_separated_text_of_a_spreadsheet_is_not_taken_for_hubs(tmp_path: Path, data: bytes) -> None:
    table, rows = read(tmp_path, data, "in.txt")
    name = 'Smith, Jön "& Sons"' if b"Jones" not in data.replace(b"\0", b"") else 'Smith, Jones "& Sons"'
    assert (table.form, rows) == ("tsv", [(2, ["C1", name, "C:\\new\\tab"])])
    assert ("backslashes stay as they are" in table.doubt) == (data == EXCEL.encode())


def test_what_may_be_hubs_tsv_and_has_quotes_is_told(tmp_path: Path) -> None:
    table, rows = read(tmp_path, 'number\tfirst_name\nC1\ta "b" c\nC2\t"Bob"\n', "in.tsv")
    assert rows[1] == (3, ["C2", '"Bob"'])
    assert table.doubt == "quotes around a cell are part of it, as in hub's own TSV (line 3)"
    assert read(tmp_path, 'number\tfirst_name\nC1\ta "b" c\n', "in.tsv")[0].doubt == ""


def test_unescape_is_the_inverse_of_escape() -> None:
    for letters in itertools.product("\\tn\ta\n", repeat=4):
        text = "".join(letters)
        escaped = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
        assert unescape(escaped) == text


def test_the_excel_guard_is_undone_only_in_hubs_own_excel_files(tmp_path: Path) -> None:
    text = "number,first_name,mobile_phone\nC1,'=1+1,'+1206\nC2,''x,'tis\n"
    marked = b"\xef\xbb\xbf" + text.encode()
    assert [cells[1:] for _, cells in read(tmp_path, marked)[1]] == [["=1+1", "+1206"], ["'x", "'tis"]]
    assert [cells[1:] for _, cells in read(tmp_path, text)[1]] == [["'=1+1", "'+1206"], ["''x", "'tis"]]
    wider = marked.replace(b"\n", b",,\r\n")  # as a spreadsheet leaves it
    assert [cells[1:] for _, cells in read(tmp_path, wider)[1]] == [["=1+1", "+1206"], ["'x", "'tis"]]
    foreign = marked.replace(b"mobile_phone", b"Phone")
    assert read(tmp_path, foreign)[1][0][1] == ["C1", "'=1+1", "'+1206"]


def test_json_array_and_lines(tmp_path: Path) -> None:
    rows = [{"number": 1, "zip": "02134"}, {"zip": None, "number": 9007199254740993, "tags": ["a", "b"]}]
    expected = [["1", "02134", ""], ["9007199254740993", "", "a; b"]]
    for text in (json.dumps(rows), json.dumps(rows, indent=2), "\n".join(map(json.dumps, rows)) + "\n"):
        table, found = read(tmp_path, text, "in.json")
        assert (table.form, table.headers) == ("json", ["number", "zip", "tags"])
        assert [cells for _, cells in found] == expected
    assert [line for line, _ in read(tmp_path, json.dumps(rows, indent=2), "in.json")[1]] == [2, 6]


def test_b23_json_numbers_stay_exact(tmp_path: Path) -> None:
    text = '[{"a": 9007199254740993, "b": 0.10, "c": 12345678901234567890.123456789, "d": true, "e": 00}]'
    assert refusal(tmp_path, text).slug == "bad_json"
    assert read(tmp_path, text.replace("00}", "-0}"))[1] == [
        (1, ["9007199254740993", "0.10", "12345678901234567890.123456789", "yes", "-0"])
    ]
    assert read(tmp_path, '[{"a": ' + "9" * 5000 + "}]")[1] == [(1, ["9" * 5000])]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[{"a": 1},\n{"b": 1, "b": 2}]', "line 2: the key 'b' stands twice"),
        ('[{"a": NaN}]', "NaN is not a number"),
        ('{"a": 1}\n{"a": -Infinity}', "line 2: -Infinity is not a number"),
        ('[{"a": {"b": 1}}]', "must be flat"),
        ('[{"a": [[1]]}]', "must be flat"),
        ('[{"a": ' + "[" * 100_000 + "]" * 100_000 + "}]", "nested too deeply"),
        ('[{"a": ' + '{"a":' * 100_000 + "1" + "}" * 100_001 + "]", "nested too deeply"),
        ('[{"a": 1}', "comma or the closing ]"),
        ('[{"a": 1}] x', "follows the closing"),
        ("[1, 2]", "an object { } is expected"),
        ('[{"a": "unclosed', "Unterminated string"),
        ('[{"a": "' + "x" * 4_100_000 + '"}]', None),
        ('[{"a": "' + "x" * 9_000_000, "longer than 4,000,000"),
    ],
)
def test_b23_json_that_is_refused(tmp_path: Path, text: str, why: str | None) -> None:
    if why is None:
        assert len(read(tmp_path, text)[1]) == 1
        return
    error = refusal(tmp_path, text)
    assert (error.slug, error.exit) == ("bad_json", 2)
    assert why in error.message


def test_b23_a_key_that_comes_late_is_a_reject(tmp_path: Path) -> None:
    lines = ['{"a": 1}'] * 1000 + ['{"a": 2, "b": 3}', '{"a": 4}']
    table, rows = read(tmp_path, "\n".join(lines), "in.ndjson")
    assert (len(rows), rows[-1], table.rejects[0].line) == (1001, (1002, ["4"]), 1001)
    assert "'b'" in table.rejects[0].reason


def test_xlsx_keeps_text_and_says_numbers_plainly(tmp_path: Path) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.add_worksheet("empty")
        sheet = book.add_worksheet("data")
        import datetime as dt

        sheet.write_row(1, 0, ["zip", "amount", "phone", "day", "sure"])
        sheet.write_string(2, 0, "02134")
        sheet.write_row(2, 1, [9.8, 12065550123])
        sheet.write_datetime(2, 3, dt.datetime(2025, 5, 1))  # noqa: DTZ001 - a sheet knows no zones
        sheet.write_boolean(2, 4, True)
        sheet.write_string(4, 0, "00501")
        sheet.write_string(5, 0, "1")
        sheet.write_string(5, 6, "beside")
    with open_table(path) as table:
        rows = list(table)
    assert (table.form, table.headers) == ("xlsx", ["zip", "amount", "phone", "day", "sure"])
    assert rows == [(3, ["02134", "9.8", "12065550123", "2025-05-01", "yes"]), (5, ["00501", "", "", "", ""])]
    assert [(r.line, r.reason) for r in table.rejects] == [
        (6, "has a cell to the right of the 5 columns of the header")
    ]


def book(path: Path, sheets: dict[str, list[list[str]]], hidden: tuple[str, ...] = ()) -> Path:
    """Write a workbook; the hidden sheets come first, as a spreadsheet leaves them."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    with xlsxwriter.Workbook(path) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
            if name in hidden:
                sheet.hide()
            elif not any(other.name == name for other in made.worksheets() if not other.hidden and other is not sheet):
                sheet.activate()
                sheet.set_first_sheet()
    return path


TWO = {"Old": [["a"], ["0"]], "none": [], "North": [["a"], ["1"]], "South": [["a"], ["2"]]}


@pytest.mark.parametrize(
    ("wanted", "cell", "others", "instead"),
    [
        (None, "1", ["South"], ["South"]),
        ("south", "2", ["North"], []),
        ("Old", "0", ["North", "South"], []),
    ],
)
def test_xlsx_takes_the_sheet_that_is_asked_for_or_the_first_that_can_be_seen(
    tmp_path: Path, wanted: str | None, cell: str, others: list[str], instead: list[str]
) -> None:
    with open_table(book(tmp_path / "in.xlsx", TWO, hidden=("Old",)), sheet=wanted) as table:
        assert list(table) == [(2, [cell])]
    assert (table.others, table.instead) == (others, instead)
    assert table.hidden == ([] if wanted == "Old" else ["Old"])


def test_xlsx_refuses_a_sheet_that_is_not_there_and_does_not_take_a_hidden_one_by_itself(tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", TWO, hidden=("Old",))
    with pytest.raises(HubError, match="no such sheet; it has Old, none, North, South"):
        open_table(path, sheet="East")
    only = book(tmp_path / "only.xlsx", {"Old": [["a"], ["0"]], "none": []}, hidden=("Old",))
    with pytest.raises(HubError, match="only hidden sheets hold anything: Old"):
        open_table(only)
    with pytest.raises(HubError, match="is for workbooks"):
        open_table(write(tmp_path, "a\n1\n"), sheet="Old")


def test_xlsx_without_its_package_or_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, b"PK\x03\x04 but nothing more", "in.xlsx")
    pytest.importorskip("python_calamine")
    with pytest.raises(HubError, match="cannot be read as a workbook"):
        open_table(path)
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(HubError) as caught:
        open_table(path)
    assert caught.value.slug == "missing_extra"
