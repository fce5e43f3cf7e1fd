"""Opens a table of any supported kind and streams its rows: headers, line numbers, rejects with reasons."""

import io
from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

from hubcli.errors import HubError, bad_value
from hubcli.importing.delimited import (
    Delimited,
    OnReject,
    Row,
    Unread,
    blank_columns,
    find_delimiter,
    first_record,
    has_escape,
    in_quotes,
    notice,
    unescape_rows,
    unguard_rows,
)
from hubcli.importing.fields import is_hub_layout
from hubcli.importing.records import FIRST, JsonRecords
from hubcli.importing.sheets import open_sheet
from hubcli.importing.source import HEAD, Encoding, Watched, find_encoding, open_bytes


class Reject(NamedTuple):
    """A row that was not taken: its first line, why, and its cells as they stand in the file."""

    line: int
    reason: str
    cells: list[str]


class Table:
    """One opened file: what was found out about it, and its rows.

    `form` is csv, tsv, json or xlsx; `encoding` is Python's name, `encoding_assumed` says it was a guess;
    `delimiter` is "" where there is none. Of a workbook `sheet` is read; `others` are not, `hidden` neither, and
    `instead` are those to name in its place. `typed` is how the file stands on a command line; `folder` is where it
    lies (None for stdin); `doubt` is what may be otherwise than it is read, found while reading. Rejected rows are
    counted in `rejected` and kept in `rejects`, unless `on_reject` is replaced.
    """

    def __init__(self, name: str, headers: list[str], rows: Callable[[OnReject], Iterator[Row]]) -> None:
        """Keep a checked header; `rows` is called once, with where to put the rejects."""
        self.name = name
        self.headers = headers
        self.form = "csv"
        self.encoding = "utf-8"
        self.encoding_assumed = False
        self.delimiter = ""
        self.sheet = ""
        self.others: list[str] = []
        self.hidden: list[str] = []
        self.instead: list[str] = []
        self.typed = ""
        self.doubt = ""
        self.folder: Path | None = None
        self.rejected = 0
        self.rejects: list[Reject] = []
        self.on_reject: Callable[[Reject], None] = self.rejects.append
        self._rows = rows
        self._unread: Callable[[int, OnReject], Iterator[list[Row] | Unread]] | None = None
        self._source: IO[bytes] | Watched | None = None

    def rows(self) -> Iterator[Row]:
        """Give (line of the row's beginning, its cells), once; every row has as many cells as there are headers."""
        return self._rows(self.reject)

    def __iter__(self) -> Iterator[Row]:
        return self.rows()

    def batches(self, size: int) -> Iterator[list[Row]]:
        """Give the rows, once, some `size` at a time."""
        rows = self.rows()
        while batch := list(islice(rows, size)):
            yield batch

    def unread(self, size: int) -> Iterator[list[Row] | Unread]:
        """Give the rows, once, some `size` at a time; as lines where whoever gets them can read them (read_lines)."""
        return self._unread(size, self.reject) if self._unread else self.batches(size)

    def tell(self, doubt: str) -> Callable[[int], None]:
        """Give what notes a doubt about how the file is read, with the line on which it first matters."""

        def noted(line: int) -> None:
            self.doubt = f"{doubt} (line {line})"

        return noted

    def reject(self, line: int, reason: str, cells: list[str]) -> None:
        """Put one row aside."""
        self.rejected += 1
        self.on_reject(Reject(line, reason, cells))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; stdin stays open."""
        if self._source is not None and self.name != "stdin":
            self._source.close()


def open_table(
    path: str | Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    known: Collection[str] = (),
) -> Table:
    """Open a file, or stdin for "-", as a table; nothing but its first 64 kB is read yet.

    CSV, TSV, JSON, NDJSON (each also as .gz) and .xlsx are told apart by what they hold, not by their name.
    `encoding` and `delimiter` overrule what is found; `sheet` names one of a workbook's; `known` are the
    columns that hub's own TSV may have beside those of customers and orders. HubError: file_missing, file_unreadable,
    file_empty, not_a_table, bad_encoding, broken_quotes, field_too_long, duplicate_header, bad_json,
    missing_extra, sheet_missing, sheets_hidden.
    """
    raw, name = open_bytes(path)
    try:
        table = _open(path, raw, name, _Said(encoding, delimiter, sheet, known))
    except BaseException:
        if name != "stdin":
            raw.close()
        raise
    table.folder = None if name == "stdin" else Path(path).absolute().parent
    table.typed = _typed(str(path), encoding, sheet)
    return table


def _typed(path: str, encoding: str | None, sheet: str | None) -> str:
    """Give how a file stands on a command line, with what was said about reading it."""
    import shlex

    named = f"./{path}" if path.startswith("-") and path != "-" else path
    chosen = [word for said in (("--encoding", encoding), ("--sheet", sheet)) if said[1] for word in said]
    return shlex.join([named, *filter(None, chosen)])


class _Said(NamedTuple):
    """What was said about a file, as open_table takes it."""

    encoding: str | None
    delimiter: str | None
    sheet: str | None
    known: Collection[str]


def _open(path: str | Path, raw: IO[bytes], name: str, said: _Said) -> Table:
    start: bytes = raw.peek(4)[:4]  # type: ignore[attr-defined]
    if start == b"PK\x03\x04":
        return _open_sheet(path, raw, name, said.sheet)
    if said.sheet is not None:
        raise bad_value("--sheet", said.sheet, f"is for workbooks, and {name} is none")
    source, head = _watch(raw, name, said.encoding)
    sample = head[source.encoding.mark :].decode(source.encoding.codec, "replace")
    text = io.TextIOWrapper(source, source.codec, newline="")  # lines end with LF, CRLF or CR, as they are
    json = sample.lstrip()[:1] in ("[", "{")
    table = _open_json(text, source, name) if json else _open_delimited(text, source, sample, said)
    table.encoding = source.encoding.codec
    table.encoding_assumed = source.encoding.assumed
    table._source = source  # noqa: SLF001 - its own class
    return table


def _watch(raw: IO[bytes], name: str, encoding: str | None) -> tuple[Watched, bytes]:
    try:
        head = raw.read(HEAD)
    except (OSError, EOFError) as error:
        raise HubError("file_unreadable", file=name, why=error) from None
    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        raise HubError("file_empty", file=name)
    found = find_encoding(head, whole=len(head) < HEAD, name=name) if encoding is None else _named(head, encoding, name)
    return Watched(raw, head, found, name), head


def _named(head: bytes, encoding: str, name: str) -> Encoding:
    """Take the user's word for the encoding; a mark that stands there all the same is no text."""
    import codecs

    try:
        codec = codecs.lookup(encoding).name
    except LookupError:
        raise HubError("encoding_unknown", encoding=encoding) from None
    if codec in ("utf-16", "utf-32", "utf-8-sig"):  # the mark says which of them
        return find_encoding(head, whole=len(head) < HEAD, name=name)
    mark = "\ufeff".encode(codec, "ignore")
    return Encoding(codec, len(mark) if mark and head.startswith(mark) else 0)


def check_headers(cells: list[str], name: str) -> list[str]:
    """Give the header's names trimmed, nameless ones called after their position; refuse a name that stands twice."""
    headers = [cell.strip() or f"(column {i})" for i, cell in enumerate(cells, 1)]
    if not any(cell.strip() for cell in cells):
        raise HubError("file_empty", file=name)
    if any("\0" in cell for cell in cells):
        raise HubError("not_a_table", file=name, why="its header holds a NUL character")
    if len(set(headers)) < len(headers):
        twice = next(h for h in headers if headers.count(h) > 1)
        raise HubError("duplicate_header", file=name, column=twice)
    return headers


def _open_delimited(text: io.TextIOWrapper, source: Watched, sample: str, said: _Said) -> Table:
    skipped, name, wanted = 0, source.name, said.delimiter
    if sample[:4].lower() == "sep=" and sample[4:5] and sample[5:6] in ("\r", "\n", ""):  # a line for Excel alone
        wanted, sample, skipped = wanted or sample[4], sample[5:].lstrip("\r\n"), 1
        text.readline()
    delimiter = wanted or find_delimiter(sample)
    first = first_record(sample, delimiter)
    first = first[: len(first) - blank_columns(first, sample, delimiter)]
    names = [cell.strip() for cell in first]
    ours = is_hub_layout(names)
    like_hub = delimiter == "\t" and (ours or bool(names and {*names}.issubset(said.known)))
    hub_tsv = like_hub and _by_hub(source, sample)
    guarded = ours and not like_hub and source.encoding == ("utf-8", 3, False)
    records = Delimited(text, source, delimiter, hub_tsv=hub_tsv, skipped=skipped)
    header = records.header()
    blank = blank_columns(header, sample, delimiter)
    headers = check_headers(header[: len(header) - blank], name)
    width = (len(headers), blank)

    def rows(on_reject: OnReject) -> Iterator[Row]:
        found = records.rows(width, on_reject)
        if hub_tsv:
            return unescape_rows(notice(found, '"', in_quotes, table.tell(_QUOTES_KEPT)))
        if like_hub:
            return notice(found, "\\", has_escape, table.tell(_BACKSLASHES_KEPT)) if may_be_hub else found
        return unguard_rows(found) if guarded else found

    may_be_hub = source.encoding == ("utf-8", 0, False)
    table = Table(name, headers, rows)
    table.delimiter, table.form = delimiter, "tsv" if delimiter == "\t" else "csv"
    if not like_hub and not guarded:
        table._unread = partial(records.batches, width)  # noqa: SLF001 - likewise
    return table


_QUOTES_KEPT = "quotes around a cell are part of it, as in hub's own TSV"
_BACKSLASHES_KEPT = "backslashes stay as they are, since hub's own TSV has other line ends"


def _by_hub(source: Watched, sample: str) -> bool:
    """Tell whether a file may be TSV as hub writes it: UTF-8 without a mark, its lines ended by LF and nothing else.

    What spreadsheets call Unicode text is UTF-16, and their other tab-separated text ends its lines with CR and LF.
    """
    return source.encoding == ("utf-8", 0, False) and "\r" not in sample


def _open_json(text: io.TextIOWrapper, source: Watched, name: str) -> Table:
    records = iter(JsonRecords(text, source))
    first = list(islice(records, FIRST))
    headers = list(dict.fromkeys(key for _, record in first for key in record))
    if first:
        headers = check_headers(headers, name)

    def rows(on_reject: OnReject) -> Iterator[Row]:
        known = frozenset(headers)
        for line, record in chain(first, records):
            if not known.issuperset(record):
                new = next(key for key in record if key not in known)
                on_reject(line, f"has a key {new!r} that none of the first {FIRST} objects has", list(record.values()))
            elif any(record.values()):
                yield line, [record.get(h, "") for h in headers]

    table = Table(name, headers, rows)
    table.form = "json"
    return table


def _open_sheet(path: str | Path, raw: IO[bytes], name: str, wanted: str | None) -> Table:
    sheet = open_sheet(path, raw, name, wanted)
    found = sheet.rows if sheet else iter(())
    cells = next((row for _, row in found if any(row)), [])
    while cells and not cells[-1].strip():
        cells.pop()
    headers = check_headers(cells, name)
    width = len(headers)

    def rows(on_reject: OnReject) -> Iterator[Row]:
        for number, row in found:
            if any(row[width:]):
                on_reject(number, f"has a cell to the right of the {width} columns of the header", row)
            elif any(row):
                yield number, row[:width] + [""] * (width - len(row))

    table = Table(name, headers, rows)
    table.form, table._source = "xlsx", raw  # noqa: SLF001 - its own class
    if sheet:
        table.sheet, table.others, table.hidden = sheet.name, sheet.others, sheet.hidden
        table.instead = sheet.others if wanted is None else []
    return table
