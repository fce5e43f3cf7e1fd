"""The screen of one record: alerts framed in red, its fields in a panel, then its sections."""

from collections.abc import Sequence

from rich.box import ROUNDED
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from hubcli.render import layout
from hubcli.render.columns import Column, cell, choose
from hubcli.render.results import Listing, Output, Record, Section
from hubcli.render.terminal import Line, table_lines
from hubcli.values.text import visible

WIDEST = 120
"""Cells; longer lines are hard to follow with the eye."""
TWO_COLUMNS = 100
"""From this width on fields stand side by side."""
INDENT = 2
BLANK: Line = []


def record_lines(record: Record, output: Output, width: int) -> list[Line]:
    """Give the lines of a record's screen; with --fields, only those fields."""
    width = min(width, WIDEST)
    if output.fields:
        return _asked(record, output, width)
    lines: list[Line] = []
    for section in record.sections:
        if section.alert and (body := _body(section, output, width - 4)):
            lines += _framed(body, section.title, width, "red")
    lines += _framed(_fields(record, output, width - 4), record.title, width, "")
    for section in record.sections:
        if not section.alert and (body := _body(section, output, width - INDENT)):
            lines += [BLANK, [(visible(section.title), "bold")]]
            lines += [[(" " * INDENT, ""), *line] for line in body]
    return lines


def _asked(record: Record, output: Output, width: int) -> list[Line]:
    columns, values = record.whole()
    places = choose(columns, output.fields) or ()
    return _pairs([(columns[at], cell(columns[at], values[at], output.zone)) for at in places], width)


# --- sections -----------------------------------------------------------------------------------------------------


def _body(section: Section, output: Output, width: int) -> list[Line]:
    """Give the lines of a section, none when it is empty."""
    body = section.body
    if isinstance(body, Record):
        return _fields(body, output, width)
    if isinstance(body, Listing):
        return _table(body, section.more, output, width)
    return [[(part, "")] for text in body for part in wrapped(text, width)]


def _table(listing: Listing, more: str, output: Output, width: int) -> list[Line]:
    places = layout.on_screen(listing.columns)
    columns = [listing.columns[place] for place in places]
    cells = [[cell(listing.columns[at], row[at], output.zone) for at in places] for row in listing.rows]
    if not cells:
        return []
    lines = table_lines(columns, cells, layout.lay_out(columns, cells, width))
    total = listing.total() if callable(listing.total) else listing.total
    if isinstance(total, int) and total > len(cells):
        lines.append([(f"… {total - len(cells):,} more{f' ({visible(more)})' if more else ''}", "dim")])
    return lines


# --- fields -------------------------------------------------------------------------------------------------------


def _fields(record: Record, output: Output, width: int) -> list[Line]:
    """Give the fields that hold something, and the empty ones of importance 0 with a dash; two abreast when wide."""
    shown = [(record.columns[at], cell(record.columns[at], record.values[at], output.zone)) for at in _filled(record)]
    if width + 4 < TWO_COLUMNS or len(shown) < 2:
        return _pairs(shown, width)
    half, middle = (width - layout.GAP) // 2, (len(shown) + 1) // 2
    label = _label_width(shown)
    left, right = _pairs(shown[:middle], half, label), _pairs(shown[middle:], half, label)
    rows = max(len(left), len(right))
    left += [BLANK] * (rows - len(left))
    right += [BLANK] * (rows - len(right))
    return [
        [*_padded(one, half + layout.GAP), *other] if other else one for one, other in zip(left, right, strict=True)
    ]


def _filled(record: Record) -> list[int]:
    """Give the places of the fields to show; an object is never one of them."""
    places = layout.on_screen(record.columns)
    return [at for at in places if record.columns[at].keep == 0 or record.values[at] not in (None, "", [])]


def _label_width(shown: Sequence[tuple[Column, str]]) -> int:
    return max((cell_len(column.heading) for column, _ in shown), default=0)


def _pairs(shown: Sequence[tuple[Column, str]], width: int, label: int | None = None) -> list[Line]:
    """Give label and value lines; a value too long goes on below itself."""
    label = (_label_width(shown) if label is None else label) + layout.GAP
    lines: list[Line] = []
    for column, text in shown:
        first, *rest = wrapped(text or "–", width - label)
        heading = column.heading
        lines.append([(heading + " " * (label - cell_len(heading)), "dim"), (first, "")])
        lines += [[(" " * label, ""), (part, "")] for part in rest]
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells, at blanks where it can; its own line ends stay."""
    width = max(width, layout.LEAST)
    lines = visible(text, lines=True).expandtabs(4).split("\n")
    return [part.plain.rstrip() for line in lines for part in Text(line).wrap(_MEASURE, width)] or [""]


_MEASURE = Console(width=WIDEST, markup=False, emoji=False, highlight=False)


# --- frames -------------------------------------------------------------------------------------------------------


def _padded(line: Line, width: int) -> Line:
    length = sum(cell_len(text) for text, _ in line)
    return [*line, (" " * max(width - length, 0), "")]


def _framed(body: list[Line], title: str, width: int, style: str) -> list[Line]:
    """Put lines into a box as wide as the screen, its title in the upper border."""
    box, edge = ROUNDED, style or "dim"
    name = layout.cut(f" {visible(title)} ", width - 4) if title else ""
    rest = box.top * (width - 3 - cell_len(name))
    top: Line = [(box.top_left + box.top, edge), (name, f"bold {style}".strip()), (rest + box.top_right, edge)]
    lines = [[(box.mid_left + " ", edge), *_padded(line, width - 4), (" " + box.mid_right, edge)] for line in body]
    return [top, *lines, [(box.bottom_left + box.bottom * (width - 2) + box.bottom_right, edge)]]
