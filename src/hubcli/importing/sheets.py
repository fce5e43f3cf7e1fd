"""Excel workbooks: one sheet of them, text as text, numbers and dates as their plain words."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.values.text import visible


class Sheet(NamedTuple):
    """One sheet of a workbook: its name, its rows as (number, cells as text), and the other ones that hold anything.

    `others` are those that can be seen, `hidden` those that cannot.
    """

    name: str
    rows: Iterator[tuple[int, list[str]]]
    others: list[str]
    hidden: list[str]


def open_sheet(path: str | Path, stream: IO[bytes], name: str, wanted: str | None = None) -> Sheet | None:
    """Give the sheet that is asked for, else the first that can be seen and is not empty; None where none is.

    HubError `missing_extra` without python-calamine, `not_a_table` when the file cannot be read as a workbook,
    `sheet_missing` when no sheet is called as asked, `sheets_hidden` when only hidden ones hold anything.
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
        known = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
        seen = {one.name for one in known if one.visible == calamine.SheetVisibleEnum.Visible}
        asked = None if wanted is None else _called(wanted, [one.name for one in known], name)
        opened = {one.name: book.get_sheet_by_name(one.name) for one in known}
    except (calamine.CalamineError, OSError) as error:
        raise HubError("not_a_table", file=name, why=f"it cannot be read as a workbook ({error})") from None
    filled = [title for title, sheet in opened.items() if sheet.end is not None]
    shown, hidden = [title for title in filled if title in seen], [title for title in filled if title not in seen]
    if asked is None and not shown:
        if hidden:
            raise HubError("sheets_hidden", file=name, sheets=", ".join(hidden))
        return None
    taken = asked if asked is not None else shown[0]
    others, unseen = ([title for title in titles if title != taken] for titles in (shown, hidden))
    return Sheet(taken, _rows(opened[taken]), others, unseen)


def _called(wanted: str, names: list[str], file: str) -> str:
    """Give the sheet of a name; case does not matter where no name is exactly so. Raise sheet_missing."""
    for fold in (str, str.casefold):
        for name in names:
            if fold(name.strip()) == fold(wanted.strip()):
                return name
    raise HubError("sheet_missing", file=file, sheet=visible(wanted), sheets=", ".join(names))


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
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
