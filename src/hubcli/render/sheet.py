"""The xlsx file: text stays text, so that no spreadsheet eats the zeros of a ZIP code or runs a formula."""

from collections.abc import Sequence
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from hubcli.errors import HubError, bad_value
from hubcli.render.columns import Column
from hubcli.render.machine import Plan, chunks, limited, text_plan
from hubcli.render.results import Listing, Output, Record

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
_NUMBERS = {"money": 100, "percent": 100, "rate": 1000, "count": 1}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def write(result: Listing | Record, output: Output, file: BinaryIO) -> int:
    """Write a result as one sheet; give the number of rows. Raise missing_extra without XlsxWriter."""
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import XlsxWriterException
    except ImportError:
        raise HubError("missing_extra", what="writing .xlsx", extra="xlsx") from None
    if isinstance(result, Record):
        columns, values = result.whole()
        result = Listing(columns, [values], name="record")
    with TemporaryDirectory(prefix="hub-") as folder:  # rows wait there until the sheet is put together
        book = Workbook(file, _OPTIONS | {"tmpdir": folder})
        try:
            count = _fill(book.add_worksheet(_sheet_name(result.name)), _formats(book), result, output)
            book.close()
        except XlsxWriterException as error:
            raise (error.args[0] if error.args and isinstance(error.args[0], OSError) else error) from None
        finally:
            _let_go(book)
    return count


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True}),
        "text": book.add_format({"num_format": "@"}),
        "money": book.add_format({"num_format": "0.00"}),
        "plain": book.add_format({"num_format": "General"}),
    }


def _let_go(book: Any) -> None:
    """Keep the destructor of a book that failed from writing into a file that is gone, and close its waiting rows."""
    book.fileclosed = 1
    for sheet in book.worksheets():
        if getattr(sheet, "row_data_fh", None):
            sheet.row_data_fh.close()


def _sheet_name(name: str) -> str:
    return "".join("_" if char in "[]:*?/\\'" else char for char in name)[:31] or "hub"


def _fill(sheet: Any, formats: dict[str, Any], listing: Listing, output: Output) -> int:
    plan = [
        (place, None if listing.columns[place].kind in _NUMBERS else make) for place, make in _plan(listing, output)
    ]
    columns = [listing.columns[place] for place, _ in plan]
    line = 0
    if output.header:
        for across, column in enumerate(columns):
            _text(sheet, line, across, column.name, formats["head"])
        sheet.freeze_panes(1, 0)
        line = 1
    first = line
    for chunk in chunks(limited(listing, output.limit), plan):
        if line + len(chunk[0]) > MOST_ROWS:
            raise bad_value("-o", output.path, f"would pass the {MOST_ROWS:,} rows of a sheet: write .csv")
        for row in zip(*chunk, strict=True):
            _row(sheet, line, columns, row, formats)
            line += 1
    return line - first


def _plan(listing: Listing, output: Output) -> Plan:
    return text_plan(listing.columns, output._replace(excel=False))


def _row(sheet: Any, line: int, columns: Sequence[Column], row: Sequence[Any], formats: dict[str, Any]) -> None:
    for across, (column, value) in enumerate(zip(columns, row, strict=True)):
        if value is None or value == "":
            continue
        unit = _NUMBERS.get(column.kind)
        if unit and isinstance(value, int):
            sheet.write_number(line, across, value / unit, formats["money" if column.kind == "money" else "plain"])
        else:
            _text(sheet, line, across, str(value), formats["text"])


def _text(sheet: Any, line: int, across: int, value: str, form: Any) -> None:
    if len(value) > MOST_CHARACTERS:
        rule = f"is {len(value):,} characters long, a cell of a sheet holds {MOST_CHARACTERS:,}: write .csv"
        raise bad_value("-o", f"{value[:20]}…", rule)
    sheet.write_string(line, across, value, form)
