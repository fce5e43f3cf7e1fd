"""What fits on a terminal: which columns, how wide, and how a cell is cut; wide and combining characters included."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from hubcli.render.columns import ASKED, RIGHT, SHRINKING, Column

GAP = 2
LEAST = 12
"""Cells that text may shrink to; what is no text is never cut."""
LEAST_OF_FIRST = ((110, 30), (80, 20))
"""Cells that a name of importance 0 keeps, from so many cells on."""
LEAST_OF_WRAPPED = 24
"""Cells that a `long` column keeps whose text goes on below itself."""


class Layout(NamedTuple):
    """The places of the columns that fit, their widths in cells, and the names of those left out."""

    places: tuple[int, ...]
    widths: tuple[int, ...]
    left_out: tuple[str, ...]


def lay_out(columns: Sequence[Column], cells: Sequence[Sequence[str]], room: int, *, wrap: bool = False) -> Layout:
    """Drop the least important columns until the rest fit in `room` cells, then share out what is left.

    `wrap` says that text of `long` columns is not cut but goes on below itself.
    """
    natural = [_natural(column, place, cells) for place, column in enumerate(columns)]
    least = [_least(column, width, room, wrap=wrap) for column, width in zip(columns, natural, strict=True)]
    kept = list(range(len(columns)))
    while len(kept) > 1 and sum(least[place] for place in kept) + GAP * (len(kept) - 1) > room:
        kept.remove(max(kept, key=lambda place: (columns[place].keep, place)))
    widths = _share(columns, kept, natural, least, room - GAP * (len(kept) - 1))
    left_out = tuple(column.name for place, column in enumerate(columns) if place not in kept)
    return Layout(tuple(kept), tuple(widths), left_out)


def _least(column: Column, width: int, room: int, *, wrap: bool) -> int:
    """Give the cells below which a column is dropped; a name of importance 0 keeps more where there is some room."""
    if column.kind not in SHRINKING:
        return width
    if wrap and column.kind == "long":
        return min(width, LEAST_OF_WRAPPED)
    first = next((least for wide, least in LEAST_OF_FIRST if room >= wide), LEAST)
    return min(width, LEAST if column.keep else first)


def _natural(column: Column, place: int, cells: Sequence[Sequence[str]]) -> int:
    return max(map(cell_len, (column.heading, *(row[place] for row in cells))))


def _share(
    columns: Sequence[Column], kept: Sequence[int], natural: Sequence[int], least: Sequence[int], room: int
) -> list[int]:
    """Widen the shrunk columns cell by cell: names first, then the narrowest, `long` ones after the others."""
    widths = {place: least[place] for place in kept}
    spare = room - sum(widths.values())
    while spare > 0 and (tight := [place for place in kept if widths[place] < natural[place]]):
        widths[
            min(tight, key=lambda place: (columns[place].kind == "long", columns[place].keep > 0, widths[place]))
        ] += 1
        spare -= 1
    return [widths[place] for place in kept]


def cut(text: str, width: int) -> str:
    """Shorten text to `width` cells, an ellipsis at its end."""
    if (len(text) if text.isascii() else cell_len(text)) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip(" \u200c\u200d") + "…"


def fit(text: str, width: int, column: Column) -> str:
    """Give a cell as wide as its column: text cut, figures right-aligned."""
    if column.kind in SHRINKING:
        text = cut(text, width)
    blanks = " " * (width - (len(text) if text.isascii() else cell_len(text)))
    return blanks + text if column.kind in RIGHT else text + blanks


def line(columns: Sequence[Column], cells: Sequence[str], layout: Layout) -> str:
    """Give one line of a table, without blanks at its end."""
    parts = [
        fit(cells[place], width, columns[place]) for place, width in zip(layout.places, layout.widths, strict=True)
    ]
    return (" " * GAP).join(parts).rstrip(" ")


def on_screen(columns: Sequence[Column]) -> tuple[int, ...]:
    """Give the places of the columns that a terminal shows unasked."""
    return tuple(at for at, column in enumerate(columns) if column.keep < ASKED and column.kind != "object")
