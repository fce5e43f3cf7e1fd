"""Excel workbooks: the first sheet with anything in it, text as text, numbers and dates as their plain words."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from hubcli.errors import HubError


def sheet_rows(path: str | Path, stream: IO[bytes], name: str) -> Iterator[tuple[int, list[str]]]:
    """Give (row number, cells as text) of the first sheet that is not empty.

    HubError `missing_extra` without python-calamine, `not_a_table` when the file cannot be read as a workbook.
    """
    try:
        import python_calamine as calamine
    except ImportError:
        raise HubError("missing_extra", what="reading .xlsx", extra="xlsx") from None
    try:
        if str(path) == "-":
            import io

            book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(stream.read()))
        else:
            book = calamine.CalamineWorkbook.from_path(path)
        sheets = (book.get_sheet_by_index(i) for i in range(len(book.sheet_names)))
        sheet = next((s for s in sheets if s.end is not None), None)
    except (calamine.CalamineError, OSError) as error:
        raise HubError("not_a_table", file=name, why=f"it cannot be read as a workbook ({error})") from None
    if sheet is None:
        return
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield number, [_text(value) for value in row]


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)
