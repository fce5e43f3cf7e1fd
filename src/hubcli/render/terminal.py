"""Draws on a terminal with Rich: tables fit to the width, and the screen of one record."""

import os
from collections.abc import Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment

from hubcli.render import layout
from hubcli.render.columns import Column, cell, choose
from hubcli.render.messages import say
from hubcli.render.output import TERMINAL_LIMIT, tell_rest
from hubcli.render.results import Listing, Output, Record

RICH_ROWS = 200
"""Above this many rows lines go out as they come, and no table waits for the last row."""
SAMPLE = 1000
"""Rows measured for the widths of a long listing."""

Line = list[tuple[str, str]]
"""Pieces of text with the style of each, in Rich's words."""


class Drawing:
    """A renderable of finished lines: one Segment a piece costs a hundredth of rich.table.Table."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Hand the lines to Rich, which knows the colours of the terminal."""
        for line in self.lines:
            for text, style in line:
                yield Segment(text, console.get_style(style) if style else None)
            yield Segment.line()


def draw(result: Listing | Record, output: Output, stdout: TextIO, stderr: TextIO) -> int:
    """Draw a listing or a record; what the limit and the width left out is told on stderr. Give the number of rows."""
    width = output.width or width_of(stdout)
    if isinstance(result, Record):
        from hubcli.render.screen import record_lines

        _print(record_lines(result, output, width), output, stdout, width)
        stdout.flush()
        return 1
    return _draw_listing(result, output, stdout, stderr, width)


def width_of(stream: TextIO) -> int:
    """Give the width in cells: COLUMNS, else the terminal's own, else 80."""
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and int(asked):
        return int(asked)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):  # no terminal, or no file at all
        return 80


def is_colored(color: str, stream: TextIO) -> bool:
    """Decide about colour: --color, then NO_COLOR, FORCE_COLOR, TERM=dumb, then whether it is a terminal."""
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return stream.isatty() and os.environ.get("TERM") not in {"dumb", "unknown"}


def _print(lines: list[Line], output: Output, stdout: TextIO, width: int) -> None:
    colored = is_colored(output.color, stdout)
    console = Console(
        file=stdout,
        width=width,
        color_system="standard" if colored else None,
        force_terminal=colored,
        no_color=not colored,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    console.print(Drawing(lines), soft_wrap=True)


# --- listings -----------------------------------------------------------------------------------------------------


def _draw_listing(listing: Listing, output: Output, stdout: TextIO, stderr: TextIO, width: int) -> int:
    asked = choose(listing.columns, output.fields)
    places = layout.on_screen(listing.columns) if asked is None else asked
    columns = [listing.columns[place] for place in places]
    limit = TERMINAL_LIMIT if output.limit is None else output.limit
    cells = ([cell(listing.columns[at], row[at], output.zone) for at in places] for row in islice(listing.rows, limit))
    sample = list(islice(cells, SAMPLE))
    if not sample:
        if not output.quiet:
            say("\n".join([f"no {listing.name}", *([listing.summary] if listing.summary else [])]), stderr)
        return 0
    sums = [[cell(listing.columns[at], row[at], output.zone) for at in places] for row in listing.totals]
    plan = layout.lay_out(columns, [*sample, *sums], width, wrap=listing.wrap)
    if len(sample) <= RICH_ROWS:
        drawn = _wrapped(columns, sample, plan) if listing.wrap else sample
        lines = table_lines(columns, drawn, plan, header=output.header)
        _print(lines + (_last(columns, sums, plan) if sums else []), output, stdout, width)
        count = len(sample)
    else:
        count = _plain(columns, chain(sample, cells), plan, output, stdout)
        if sums:
            _print(_last(columns, sums, plan), output, stdout, width)
    stdout.flush()
    if plan.left_out and not output.quiet:
        from textwrap import wrap

        told = f"not shown (--fields): {', '.join(plan.left_out)}"
        say("\n".join(wrap(told, width, subsequent_indent="  ", break_on_hyphens=False)), stderr)
    tell_rest(listing, count, limit, output, stderr)
    return count


def table_lines(
    columns: Sequence[Column], cells: Sequence[Sequence[str]], plan: layout.Layout, *, header: bool = True
) -> list[Line]:
    """Give the lines of a table: headings, a rule of Rich's own box, rows."""
    lines: list[Line] = []
    if header:
        lines.append([(layout.line(columns, [column.heading for column in columns], plan), "bold")])
        lines.append([(SIMPLE_HEAD.get_row([_full(plan)], "head", edge=False), "dim")])
    lines += [[(layout.line(columns, row, plan), "")] for row in cells]
    return lines


def _wrapped(columns: Sequence[Column], cells: Sequence[list[str]], plan: layout.Layout) -> list[list[str]]:
    """Give rows whose text in `long` columns goes on in the rows below."""
    from hubcli.render.screen import wrapped

    widths = {at: width for at, width in zip(plan.places, plan.widths, strict=True) if columns[at].kind == "long"}
    lines: list[list[str]] = []
    for row in cells:
        parts = [wrapped(text, widths[at]) if at in widths else [text] for at, text in enumerate(row)]
        lines += map(list, zip_longest(*parts, fillvalue=""))
    return lines


def _last(columns: Sequence[Column], sums: Sequence[Sequence[str]], plan: layout.Layout) -> list[Line]:
    """Give the lines under a table: a rule and the sums."""
    rule = SIMPLE_HEAD.get_row([_full(plan)], "head", edge=False)
    return [[(rule, "dim")], *([(layout.line(columns, row, plan), "bold")] for row in sums)]


def _full(plan: layout.Layout) -> int:
    return sum(plan.widths) + layout.GAP * (len(plan.widths) - 1)


def _plain(
    columns: Sequence[Column], cells: Iterator[list[str]], plan: layout.Layout, output: Output, stdout: TextIO
) -> int:
    """Write aligned text as the rows come."""
    count = 0
    if output.header:
        stdout.write(layout.line(columns, [column.heading for column in columns], plan) + "\n")
    while chunk := list(islice(cells, SAMPLE)):
        stdout.write("".join([layout.line(columns, row, plan) + "\n" for row in chunk]))
        count += len(chunk)
    return count
