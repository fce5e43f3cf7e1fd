"""CSV and TSV: the delimiter found, rows streamed with their line numbers, nothing repaired and nothing shifted."""

import csv
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import TextIOBase
from itertools import chain, islice
from typing import Any, Literal

from hubcli.errors import HubError
from hubcli.importing.source import Watched

FIELD_LIMIT = 200_000  # characters in one cell
DELIMITERS = ",;\t|"
_GUARDED = frozenset("=+-@'\t\r")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}

Row = tuple[int, list[str]]
Width = tuple[int, int]
"""How many cells a row must have, and how many blank ones may follow: those below a header that ends in blank cells."""
Unread = tuple[int, list[str], str, Width]
"""Lines that are one record each: the number of the first, the lines, the delimiter, how many cells each must have."""
OnReject = Callable[[int, str, list[str]], None]


def find_delimiter(sample: str) -> str:
    """Choose the delimiter under which the records of the sample agree best on their number of cells; else a comma."""
    best, score = ",", (0.0, 0)
    for delimiter in DELIMITERS:
        widths = _widths(sample, delimiter)
        if widths and widths[0] > 1:
            found = (widths.count(widths[0]) / len(widths), widths[0])
            best, score = (delimiter, found) if found > score else (best, score)
    return best


def _widths(sample: str, delimiter: str) -> list[int]:
    """Count the cells of the first records; the last one may be cut by the end of the sample and does not count."""
    widths = [len(cells) for cells in islice(_sampled(sample, delimiter), 101)]
    return widths[:-1] if len(widths) > 2 else widths


def _sampled(sample: str, delimiter: str) -> Iterator[list[str]]:
    """Give the records of a sample that are not blank, read loosely, as far as it can be read: it is cut anywhere."""
    with suppress(csv.Error):
        yield from filter(None, csv.reader(sample.splitlines(keepends=True), delimiter=delimiter))


def first_record(sample: str, delimiter: str) -> list[str]:
    """Give the cells of the first record that is not blank, read loosely."""
    return next(_sampled(sample, delimiter), [])


def blank_columns(header: list[str], sample: str, delimiter: str) -> int:
    """Count the cells at the end of a header in which nothing stands, nor below them as far as the sample goes.

    A spreadsheet writes such columns where something stood once, or a cell was only coloured.
    """
    if not header or header[-1].strip():
        return 0
    named = max((at for at, cell in enumerate(header, 1) if cell.strip()), default=0)
    filled = [at for cells in _sampled(sample, delimiter) for at, cell in enumerate(cells, 1) if cell.strip()]
    return len(header) - max(named, min(max(filled, default=0), len(header))) if named else 0


class Delimited:
    """The records of one CSV or TSV text: first the header, then the rows."""

    def __init__(self, text: TextIOBase, source: Watched, delimiter: str, *, hub_tsv: bool, skipped: int) -> None:
        """`skipped` lines were taken from the text already; hub's own TSV has no quotes but escapes."""
        csv.field_size_limit(FIELD_LIMIT)
        self._text = text
        self._delimiter = delimiter
        self._quoted = not hub_tsv
        self._reader = self._reading(text)
        self._source = source
        self._skipped = skipped
        d = re.escape(delimiter)
        cell = rf'(?:"(?:[^"]|"")*+"|[^"{d}\r\n]*+)'
        self._whole = re.compile(rf"{cell}(?:{d}{cell})*+\r?\n?")

    def _reading(self, lines: Iterable[str]) -> Any:
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if self._quoted else csv.QUOTE_NONE
        return csv.reader(lines, delimiter=self._delimiter, strict=True, quoting=quoting)

    def header(self) -> list[str]:
        """Give the first record that is not blank, or [] when there is none."""
        for _, cells in self._records():
            if any(cells):
                return cells
        return []

    def rows(self, width: Width, on_reject: OnReject) -> Iterator[Row]:
        """Give (first line, cells) of every row as wide as it must be; the others to `on_reject`; skip blank ones."""
        return _sound(self._records(), width, self._source.nuls, on_reject)

    def batches(self, width: Width, size: int, on_reject: OnReject) -> Iterator[list[Row] | Unread]:
        """Give the rows in the order of the file, some `size` at a time: unread where each line is a record.

        Not for hub's own TSV.
        """
        self._skipped += self._reader.line_num
        nuls = self._source.nuls
        try:
            while lines := list(islice(self._text, size)):
                if not nuls and self._plain(lines):
                    yield self._skipped + 1, lines, self._delimiter, width
                    self._skipped += len(lines)
                    continue
                self._reader = self._reading(chain(lines, self._text))
                yield list(_sound(self._records(len(lines)), width, nuls, on_reject))
                self._skipped += self._reader.line_num
        except UnicodeDecodeError as error:
            raise self._source.bad_bytes(error) from None

    def _plain(self, lines: list[str]) -> bool:
        """Tell whether each line is a record that can be read without fail."""
        if len(max(lines, key=len)) > FIELD_LIMIT:
            return False
        return '"' not in "".join(lines) or all(self._whole.fullmatch(line) for line in lines if '"' in line)

    def _records(self, lines: int = sys.maxsize) -> Iterator[Row]:
        """Give the records that begin in so many lines."""
        reader, skipped = self._reader, self._skipped
        first = reader.line_num + skipped + 1
        try:
            for cells in reader:
                yield first, cells
                if reader.line_num >= lines:
                    return
                first = reader.line_num + skipped + 1
        except csv.Error as error:
            raise self._refusal(str(error), first) from None
        except UnicodeDecodeError as error:
            raise self._source.bad_bytes(error) from None

    def _refusal(self, message: str, first: int) -> HubError:
        if "field larger" in message:
            return HubError("field_too_long", file=self._source.name, line=first, limit=f"{FIELD_LIMIT:,}")
        noticed = self._reader.line_num + self._skipped
        return HubError("broken_quotes", file=self._source.name, line=first, noticed=max(noticed, first))


def read_lines(unread: Unread, on_reject: OnReject) -> Iterator[Row]:
    """Give the rows of lines that are one record each."""
    first, lines, delimiter, width = unread
    return _sound(enumerate(csv.reader(lines, delimiter=delimiter, strict=True), first), width, [], on_reject)


def _sound(records: Iterable[Row], wide: Width, nuls: list[int], on_reject: OnReject) -> Iterator[Row]:
    width, blank = wide
    for row in _cut(records, width, blank) if blank else records:
        cells = row[1]
        if len(cells) == width and not nuls:
            if any(cells):
                yield row
        elif not any(c.strip() for c in cells):
            continue
        elif reason := _wrong(cells, width):
            on_reject(row[0], reason, cells)
        else:
            yield row


def _cut(records: Iterable[Row], width: int, blank: int) -> Iterator[Row]:
    """Take off blank cells below those at the end of the header."""
    for line, cells in records:
        more = cells[width : width + blank + 1]
        yield line, cells if len(more) > blank or any(cell.strip() for cell in more) else cells[:width]


def _wrong(cells: list[str], width: int) -> str | None:
    """Say why a row cannot be taken, or None."""
    if len(cells) != width:
        return f"has {len(cells)} cells where the header has {width}"
    return "holds a NUL character" if any("\0" in c for c in cells) else None


def in_quotes(cell: str) -> bool:
    """Tell whether a cell stands between quotes: in hub's own TSV they are part of it, in any other they are not."""
    return len(cell) > 1 and cell[0] == cell[-1] == '"'


def has_escape(cell: str) -> bool:
    """Tell whether a cell holds what hub's own TSV would write for a tab, a line end or a backslash."""
    return any(f"\\{letter}" in cell for letter in _ESCAPES)


def notice(
    rows: Iterator[Row], sign: str, doubtful: Callable[[str], bool], tell: Callable[[int], None]
) -> Iterator[Row]:
    """Give the rows, and tell the line of the first with a doubtful cell; none without the `sign` is."""
    for row in rows:
        if sign in "".join(row[1]) and any(map(doubtful, row[1])):
            tell(row[0])
            yield row
            break
        yield row
    yield from rows


def unescape_rows(rows: Iterator[Row]) -> Iterator[Row]:
    r"""Undo the escapes of hub's own TSV: \t, \n, \r and \\."""
    for row in rows:
        cells = row[1]
        for i, cell in enumerate(cells):
            if "\\" in cell:
                cells[i] = unescape(cell)
        yield row


def unescape(cell: str) -> str:
    """Undo the escapes of one cell; a backslash before anything else stays."""
    head, *parts = cell.split("\\")
    out = [head]
    pieces = iter(parts)
    for piece in pieces:
        if piece == "":  # two backslashes: what follows the second is plain
            following = next(pieces, None)
            out.append("\\" if following is None else "\\" + following)
        else:
            known = _ESCAPES.get(piece[0])
            out.append("\\" + piece if known is None else known + piece[1:])
    return "".join(out)


def unguard_rows(rows: Iterator[Row]) -> Iterator[Row]:
    """Undo the guard of hub's --excel: the quote before = + - @ ' tab CR goes, and no other."""
    for row in rows:
        cells = row[1]
        for i, cell in enumerate(cells):
            if cell[:1] == "'" and cell[1:2] in _GUARDED:
                cells[i] = cell[1:]
        yield row
