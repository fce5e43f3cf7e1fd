"""TSV, CSV, JSON and NDJSON: streamed in chunks, column by column, so that an export keeps to the speed of C loops."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, TextIO

from hubcli.render.columns import Column, Maker, choose, items, json_maker, text_maker
from hubcli.render.guard import UNGUARDED_KINDS, guard
from hubcli.render.results import Listing, Output, Record
from hubcli.values.text import visible

CHUNK = 200
"""Rows worked on at a time: few enough to stay in the processor's cache."""
BOM = "\ufeff"
_NOTHING = {",": '""', "\t": ""}
"""A line of one empty cell: a CSV reader would skip a blank line."""
_ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\"})

Rows = Iterable[Sequence[Any]]
Chunk = Sequence[Sequence[Any]]
Plan = list[tuple[int, Maker | None]]
Blocks = Iterator[tuple[int, str]]
"""Lines, so many at a time, as one text."""


def write(result: Listing | Record, form: str, output: Output, stream: TextIO, *, shown: bool = False) -> int:
    """Write a result as tsv, csv, json or ndjson; give the number of rows.

    `shown` says that the stream is a terminal: control characters are then made visible, elsewhere nothing is lost.
    """
    if isinstance(result, Record):
        columns, values = result.whole()
        rows: Rows = [values]
        if form == "json":
            return _object(columns, values, output, stream, shown=shown)
    else:
        columns, rows = result.columns, limited(result, output.limit)
    if form in {"json", "ndjson"}:
        return _objects(columns, rows, form, output, stream, shown=shown)
    plan = text_plan(columns, output)
    how = (_ON_TERMINAL if shown else _FORMS)[form]
    ready = None if shown or isinstance(result, Record) else _ready(result, plan, how, output)
    blocks = ready or _joined(rows, plan, how, careful=shown or len(plan) == 1)
    return _lines(_head([columns[place].name for place, _ in plan], how, output, shown=shown), blocks, stream)


def limited(listing: Listing, limit: int | None) -> Iterator[Sequence[Any]]:
    """Give at most `limit` rows of a listing; None is all of them."""
    return listing.rows if limit is None else islice(listing.rows, limit)


def chunks(rows: Rows, plan: Plan, *, missing: str | None = None) -> Iterator[list[Sequence[Any]]]:
    """Give the columns that `plan` names of CHUNK rows at a time, each made by its function, or None made `missing`.

    Working down columns, a value that needs nothing costs next to nothing.
    """
    source = iter(rows)
    while chunk := list(islice(source, CHUNK)):
        columns = list(zip(*chunk, strict=True))
        yield [_made(make, columns[at], missing) for at, make in plan]


def _made(make: Maker | None, column: Sequence[Any], missing: str | None) -> Sequence[Any]:
    if column[0] is None and column.count(None) == len(column):
        return [make(None) if make else missing] * len(column)
    if make:
        return list(map(make, column))
    if missing is None or None not in column:
        return column
    return [missing if value is None else value for value in column]


# --- lines --------------------------------------------------------------------------------------------------------


class _Form(NamedTuple):
    """A text format: what stands between cells, what else a plain line may not hold, and how a cell is made safe."""

    between: str
    special: str
    safe: Callable[[str], str]


def _quoted(cell: str) -> str:
    if '"' in cell or "," in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _escaped(cell: str) -> str:
    return cell.translate(_ESCAPES)


_FORMS = {"csv": _Form(",", '"\r', _quoted), "tsv": _Form("\t", "\\\r", _escaped)}
_ON_TERMINAL = {
    "csv": _Form(",", '"\r', lambda cell: _quoted(visible(cell))),
    "tsv": _Form("\t", "\\\r", lambda cell: visible(_escaped(cell))),
}


def text_plan(columns: Sequence[Column], output: Output) -> Plan:
    """Give the columns of a text format: all but objects, or those asked for, each with its function."""
    asked = choose(columns, output.fields)
    if asked is None:
        asked = tuple(place for place, column in enumerate(columns) if column.kind != "object")
    return [(place, _cell_maker(columns[place], excel=output.excel)) for place in asked]


def _cell_maker(column: Column, *, excel: bool) -> Maker | None:
    make = text_maker(column)
    if not excel or column.kind in UNGUARDED_KINDS:
        return make
    return lambda value: guard("" if value is None else make(value) if make else str(value))


def _head(names: Sequence[str], how: _Form, output: Output, *, shown: bool) -> str:
    mark = BOM if output.excel and not shown else ""
    if not output.header:
        return mark
    return mark + _text([[guard(name) if output.excel else name] for name in names], how, careful=True)


def _lines(head: str, blocks: Blocks, stream: TextIO) -> int:
    """Write the head and the lines; nothing before the first of them are there, which may fail to come."""
    first = next(blocks, (0, ""))
    stream.write(head)
    count = 0
    for lines, text in chain((first,), blocks):
        stream.write(text)
        count += lines
    return count


def _ready(listing: Listing, plan: Plan, how: _Form, output: Output) -> Blocks | None:
    """Give the lines whose cells the database makes, where it can and nothing else is to be done to them."""
    if listing.as_text is None or output.excel or len(plan) == 1:
        return None
    made = listing.as_text([place for place, _ in plan])
    lists = [listing.columns[place].kind == "list" for place, _ in plan]
    return None if made is None else _unpacked(islice(made, output.limit), how, lists)


def _joined(rows: Rows, plan: Plan, form: _Form, *, careful: bool) -> Blocks:
    for chunk in chunks(rows, plan, missing=""):
        yield len(chunk[0]), _text(chunk, form, careful=careful)


def _unpacked(made: Iterator[str], form: _Form, lists: Sequence[bool]) -> Blocks:
    """Give rows that are JSON arrays of cells as lines; `lists` says which cells are of that kind.

    In most rows every comma and quote is that of the array; the others are read, their cells made safe.
    """
    between, separators = form.between, len(lists) - 1
    while rows := list(islice(made, CHUNK)):
        together = "\n".join(rows)
        plain = "\\" not in together and '"[' not in together
        lines = [
            row[1:-1].replace('"', "").replace(",", between)
            if row.count(",") == separators and (plain or ("\\" not in row and '"[' not in row))
            else _read(row, form, lists)
            for row in rows
        ]
        yield len(rows), "\n".join([*lines, ""])


def _read(row: str, form: _Form, lists: Sequence[bool]) -> str:
    from json import loads

    cells = zip(loads(row), lists, strict=True)
    told = ["; ".join(items(cell)) if listed else str(cell) for cell, listed in cells]
    return form.between.join(map(form.safe, told)) or _NOTHING[form.between]


def _text(columns: Chunk, form: _Form, *, careful: bool) -> str:
    """Give columns as lines. Most need no care and are joined as they are; the others are made cell by cell."""
    join = form.between.join
    try:
        lines = list(map(join, zip(*columns, strict=True)))
    except TypeError:  # a number in a column of text
        columns = [[str(value) for value in column] for column in columns]
        lines = list(map(join, zip(*columns, strict=True)))
    for at in range(len(lines)) if careful else _unsafe(lines, form, len(columns) - 1):
        lines[at] = join([form.safe(column[at]) for column in columns]) or _NOTHING[form.between]
    return "\n".join([*lines, ""])


def _unsafe(lines: list[str], form: _Form, separators: int) -> list[int]:
    """Give the places of lines that hold more than plain cells."""
    between, one, two = form.between, *form.special
    together = "\n".join(lines)
    if one not in together and two not in together and together.count("\n") == len(lines) - 1:
        if together.count(between) == separators * len(lines):
            return []
        return [at for at, line in enumerate(lines) if line.count(between) != separators]
    return [
        at
        for at, line in enumerate(lines)
        if line.count(between) != separators or one in line or two in line or "\n" in line
    ]


# --- objects ------------------------------------------------------------------------------------------------------


def json_plan(columns: Sequence[Column], output: Output) -> Plan:
    """Give the columns of an object: all, or those asked for, each with its function."""
    asked = choose(columns, output.fields)
    places = range(len(columns)) if asked is None else asked
    return [(place, json_maker(columns[place])) for place in places]


def encoder(*, compact: bool = False, shown: bool = False, indent: int | None = None) -> Callable[[Any], str]:
    """Give the function from a value to JSON text: exact, UTF-8 unescaped; listings and records nest.

    `shown` escapes what a terminal must not get raw; the JSON means the same.
    """
    from json import JSONEncoder

    separators = (",", ":") if compact else None
    encode = JSONEncoder(ensure_ascii=False, default=_plain, separators=separators, indent=indent).encode
    return (lambda value: escape(encode(value))) if shown else encode


def escape(text: str) -> str:
    r"""Give JSON text with control, format and separator characters as \uXXXX; line ends of an indented object stay."""
    if text.isprintable():
        return text
    from unicodedata import category

    unsafe = {char for char in text if char != "\n" and category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    for char in unsafe:
        units = char.encode("utf-16-be", "surrogatepass").hex()
        text = text.replace(char, "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)))
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, Listing):
        return [dict_of(value.columns, row) for row in value.rows]
    if isinstance(value, Record):
        return dict_of(*value.whole())
    raise TypeError(type(value).__name__)


def dict_of(columns: Sequence[Column], values: Sequence[Any], output: Output | None = None) -> dict[str, Any]:
    """Give one row as JSON nests it."""
    plan = json_plan(columns, output or Output())
    return {columns[place].name: make(values[place]) if make else values[place] for place, make in plan}


def _object(columns: Sequence[Column], values: Sequence[Any], output: Output, stream: TextIO, *, shown: bool) -> int:
    stream.write(encoder(shown=shown, indent=2)(dict_of(columns, values, output)) + "\n")
    return 1


def _objects(columns: Sequence[Column], rows: Rows, form: str, output: Output, stream: TextIO, *, shown: bool) -> int:
    plan = json_plan(columns, output)
    names = [columns[place].name for place, _ in plan]
    encode = encoder(shown=shown)
    opening, between, closing = ("[\n", ",\n", "\n]\n") if form == "json" else ("", "\n", "\n")
    count = 0
    for chunk in chunks(rows, plan):
        stream.write(between if count else opening)
        rows_made = zip(*chunk, strict=True)
        stream.write(between.join([encode(dict(zip(names, row, strict=True))) for row in rows_made]))
        count += len(chunk[0])
    empty = "[]\n" if form == "json" else ""
    stream.write(closing if count else empty)
    return count
