"""Draws sheets as PDF: the shop's head, tables whose titles stand on every page, sums kept together, page numbers."""

import datetime as dt
import logging
import textwrap
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import repeat, zip_longest
from pathlib import Path
from typing import Any

from hubcli.errors import HubError
from hubcli.operations.printing import fonts
from hubcli.operations.printing.sheet import Pairs, Sheet, Table

MARGIN = 16.0
"""Millimetres left free on every side."""
LINE = 4.8
"""Millimetres from one line of text to the next."""
GAP = 4.0
"""Millimetres between the columns of a table."""
PAD = 1.0
"""Millimetres above and below the text of a row."""
SUM = 6.0
"""Millimetres that one of the sums is high."""
BLANK = 12.0
"""Millimetres that a line to be filled in is high."""
FOOT = MARGIN + 6
"""Millimetres from the bottom that are the foot's."""
LONGEST = 900
"""Characters of a cell in one row: fewer than fill a page in the narrowest column."""
SMALL_UNDER = 1
"""The column that small print stands under."""
GREY = 110
LOGO = (60.0, 18.0)
"""The most that a logo is wide and high, in millimetres."""
NEXT = {"align": "L", "new_x": "LMARGIN", "new_y": "NEXT"}


def draw(sheets: Sequence[Sheet], paper: str, day: str, listed: Sequence[Path] = ()) -> tuple[bytes, str]:
    """Give the sheets as one PDF, and the letters that no font had; raise needs_extra.

    `paper` is letter or a4; `day` dates the file, so that the same sheets give the same bytes; `listed` are font files
    of the shop's.
    """
    try:
        from fpdf import FPDF
    except ImportError:
        raise HubError("needs_extra", what="PDF", extra="pdf") from None
    for name in "fontTools", "fpdf":  # they tell on stderr which tables and letters of a font are left out
        logging.getLogger(name).setLevel(logging.ERROR)
    text = "".join(sheet.text() for sheet in sheets)
    with fonts.folder() as place:
        chosen, missing = fonts.choose(text, fonts.candidates(Path(place), listed))
        pdf = _paper(FPDF, paper, day, chosen)
        if fonts.intricate(text):
            _shape(pdf)
        for sheet in sheets:
            _sheet(pdf, sheet)
        return bytes(pdf.output()), missing


def _paper(kind: Any, paper: str, day: str, chosen: Sequence[fonts.Font]) -> Any:
    class Pages(kind):  # type: ignore[misc]
        """Pages that are told the font at once.

        fpdf2 puts it off to the text, and where that begins in another font tells it in a passage that it takes back.
        """

        def set_font(self, *args: Any, **how: Any) -> None:
            super().set_font(*args, **how)
            if self.page and not self.current_font_is_set_on_page:
                self.text(0, 0, "")

    pdf = Pages(format=paper)
    pdf.set_creation_date(dt.datetime.fromisoformat(f"{day}T00:00:00+00:00"))
    pdf.set_margin(MARGIN)
    pdf.c_margin = 0
    pdf.set_auto_page_break(auto=True, margin=FOOT)
    names = [f"hub{place}" for place in range(len(chosen))]
    for name, font in zip(names, chosen, strict=True):
        pdf.add_font(name, "", font.regular)
        pdf.add_font(name, "B", font.bold)
    pdf.set_font(names[0], size=10)
    pdf.set_fallback_fonts(names[1:], exact_match=False)
    return pdf


def _shape(pdf: Any) -> None:
    """Let letters join and run from right to left; raise needs_extra."""
    try:
        import uharfbuzz  # noqa: F401  # fpdf2 asks for it much later
    except ImportError:
        raise HubError("needs_extra", what="PDF", extra="pdf") from None
    pdf.set_text_shaping(True)


def _sheet(pdf: Any, sheet: Sheet) -> None:
    pdf.add_page()
    first = pdf.page
    _head(pdf, sheet)
    pdf.set_font(style="B", size=18)
    pdf.multi_cell(w=0, text=sheet.title, **NEXT)
    pdf.ln(3)
    _top(pdf, sheet)
    for table in sheet.tables:
        pdf.ln(6)
        _table(pdf, table)
    if sheet.sums:
        pdf.ln(3)
        _sums(pdf, sheet.sums)
    pdf.set_font(style="", size=10)
    for note in sheet.notes:
        pdf.ln(5)
        pdf.multi_cell(w=0, h=LINE, text=note, **NEXT)
    _blanks(pdf, sheet.blanks)
    _closing(pdf, sheet.house.closing)
    _feet(pdf, sheet.title, first)


def _head(pdf: Any, sheet: Sheet) -> None:
    """Draw the logo on the left and the shop on the right."""
    top, house = pdf.get_y(), sheet.house
    if house.logo:
        try:
            width, height = _fitted(house.logo)
            pdf.image(BytesIO(house.logo), x=MARGIN, y=top, w=width, h=height, keep_aspect_ratio=True)
        except Exception as error:  # noqa: BLE001  # whatever a picture library says of a file that is none
            raise HubError("bad_logo", why=" ".join(str(error).split())[:200]) from None
    for at, line in enumerate(house.lines):
        pdf.set_font(style="B" if at == 0 else "", size=9)
        pdf.set_x(pdf.w / 2)
        pdf.multi_cell(w=pdf.w / 2 - MARGIN, h=LINE, text=line, **NEXT | {"align": "R"})
    pdf.set_y(max(pdf.get_y(), top + (LOGO[1] if house.logo else 0)) + 8)


def _fitted(logo: bytes) -> tuple[float, float]:
    """Give how wide and high a logo is drawn: as large as LOGO lets it be, so that it stands at the margin."""
    import imagesize

    width, height = imagesize.get(BytesIO(logo))
    if width <= 0 or height <= 0:
        return LOGO
    scale = min(LOGO[0] / width, LOGO[1] / height)
    return width * scale, height * scale


def _top(pdf: Any, sheet: Sheet) -> None:
    """Draw whom it is for on the left and the facts on the right."""
    top, half = pdf.get_y(), pdf.w / 2
    pdf.set_font(style="", size=10)
    for line in sheet.to:
        pdf.multi_cell(w=half - MARGIN - 6, h=LINE, text=line, **NEXT)
    left = pdf.get_y()
    pdf.set_y(top)
    names = max((pdf.get_string_width(name) for name, _ in sheet.facts), default=0) + GAP
    for name, value in sheet.facts:
        pdf.set_x(half)
        pdf.set_text_color(GREY)
        pdf.cell(w=names, h=LINE, text=name)
        pdf.set_text_color(0)
        pdf.multi_cell(w=half - MARGIN - names, h=LINE, text=value, **NEXT)
    pdf.set_y(max(left, pdf.get_y()))


def _table(pdf: Any, table: Table) -> None:
    """Draw a table; its titles stand on every page that it reaches, and no row is torn apart."""
    widths = _widths(pdf, table)
    titles = tuple(title for title, _ in table.columns)
    for at, (row, small) in enumerate(_rows(table)):
        height = _height(pdf, widths, row, small)
        if at == 0 or pdf.will_page_break(height):
            if pdf.will_page_break(height + LINE + 2 * PAD):
                pdf.add_page()
            _row(pdf, table, widths, titles, bold=True)
        _row(pdf, table, widths, row, small)


def _rows(table: Table) -> Iterator[tuple[tuple[str, ...], str]]:
    """Give the rows with their small print; one that would fill a page goes on in rows below it."""
    for row, small in zip(table.rows, table.under or repeat(""), strict=False):
        cells = [textwrap.wrap(cell, LONGEST) if len(cell) > LONGEST else [cell] for cell in row]
        print_ = textwrap.wrap(small, LONGEST) if len(small) > LONGEST else [small]
        for parts in zip_longest(print_, *cells, fillvalue=""):
            yield parts[1:], parts[0]


def _height(pdf: Any, widths: Sequence[float], row: Sequence[str], small: str) -> float:
    pdf.set_font(style="", size=9)
    lines = [_lines(pdf, cell, width) for cell, width in zip(row, widths, strict=True)]
    if small:
        lines[SMALL_UNDER] += _lines(pdf, small, widths[SMALL_UNDER])
    return max(lines) * LINE + 2 * PAD


def _lines(pdf: Any, text: str, width: float) -> int:
    """Give how many lines a text takes in a column."""
    if "\n" not in text and pdf.get_string_width(text) <= width:
        return 1
    return len(pdf.multi_cell(w=width, h=LINE, text=text, dry_run=True, output="LINES"))


def _row(
    pdf: Any, table: Table, widths: Sequence[float], row: Sequence[str], small: str = "", *, bold: bool = False
) -> None:
    """Draw a row and the line under it."""
    left, top = MARGIN, pdf.get_y() + PAD
    bottom = top + LINE
    for at, (cell, width, figure) in enumerate(zip(row, widths, table.figures(), strict=True)):
        pdf.set_font(style="B" if bold else "", size=9)
        pdf.set_xy(left, top)
        if cell:
            pdf.multi_cell(w=width, h=LINE, text=cell, **NEXT | {"align": "R" if figure else "L"})
        if small and at == SMALL_UNDER:
            pdf.set_x(left)
            pdf.set_text_color(GREY)
            pdf.multi_cell(w=width, h=LINE, text=small, **NEXT)
            pdf.set_text_color(0)
        bottom = max(bottom, pdf.get_y())
        left += width + GAP
    pdf.set_y(bottom + PAD)
    pdf.set_draw_color(0 if bold else 200)
    pdf.line(MARGIN, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())


def _widths(pdf: Any, table: Table) -> tuple[float, ...]:
    """Give the width of each column: figures and words as wide as they are, and the long one what is left."""
    room = pdf.epw - GAP * (len(table.columns) - 1)
    natural = [
        max(_width(pdf, title, "B"), *(_width(pdf, row[at], "") for row in table.rows))
        for at, (title, _) in enumerate(table.columns)
    ]
    widths = [
        min(width, room / 4) if kind == "text" else width
        for width, (_, kind) in zip(natural, table.columns, strict=True)
    ]
    long = [kind for _, kind in table.columns].index("long")
    widths[long] = max(room - sum(widths) + widths[long], room / 6)
    return tuple(widths)


def _width(pdf: Any, text: str, style: str) -> float:
    pdf.set_font(style=style, size=9)
    return float(pdf.get_string_width(text)) + 0.1


def _sums(pdf: Any, sums: Pairs) -> None:
    """Draw the sums on the right, the last one large; they stay together on a page."""
    pdf.set_font(style="B", size=11)
    amounts = max(float(pdf.get_string_width(amount)) for _, amount in sums) + 1
    block = max(pdf.epw / 2, amounts + GAP + max(float(pdf.get_string_width(name)) for name, _ in sums))
    if pdf.will_page_break(SUM * len(sums) + PAD):
        pdf.add_page()
    for at, (name, amount) in enumerate(sums):
        last = at == len(sums) - 1
        pdf.set_font(style="B" if last else "", size=11 if last else 10)
        left = pdf.w - MARGIN - block
        if last and at:
            pdf.set_draw_color(0)
            pdf.line(left, pdf.get_y(), pdf.w - MARGIN, pdf.get_y())
        pdf.set_x(left)
        pdf.cell(w=block - amounts, h=SUM, text=name)
        pdf.cell(w=amounts, h=SUM, text=amount, **NEXT | {"align": "R"})


def _blanks(pdf: Any, blanks: Sequence[str]) -> None:
    """Draw what is filled in by hand: a word and a line for each, together on a page."""
    if blanks and pdf.will_page_break(BLANK * len(blanks)):
        pdf.add_page()
    pdf.set_font(style="", size=9)
    pdf.set_draw_color(GREY)
    for name in blanks:
        pdf.ln(BLANK - LINE)
        pdf.set_text_color(GREY)
        pdf.cell(w=40, h=LINE, text=name)
        pdf.set_text_color(0)
        pdf.line(pdf.get_x(), pdf.get_y() + LINE, pdf.w - MARGIN, pdf.get_y() + LINE)
        pdf.ln(LINE)


def _closing(pdf: Any, lines: Sequence[str]) -> None:
    """Draw the shop's last words, small, together on a page."""
    if not lines:
        return
    pdf.set_font(style="", size=9)
    pdf.ln(8)
    if pdf.will_page_break(LINE * sum(_lines(pdf, line, pdf.epw) for line in lines)):
        pdf.add_page()
    pdf.set_text_color(GREY)
    for line in lines:
        pdf.multi_cell(w=0, h=LINE, text=line, **NEXT)
    pdf.set_text_color(0)


def _feet(pdf: Any, title: str, first: int) -> None:
    """Write at the foot of each page of a sheet what it is, and which of how many."""
    last = pdf.page
    pdf.set_auto_page_break(auto=False)
    for page in range(first, last + 1):
        pdf.page = page
        with pdf.local_context():  # a page that was left does not know the font of another
            pdf.set_font(style="", size=8)
            pdf.set_text_color(GREY)
            pdf.set_xy(MARGIN, -MARGIN)
            pdf.cell(w=0, text=title[:100])
            pdf.set_xy(MARGIN, -MARGIN)
            pdf.cell(w=0, text=f"Page {page - first + 1} of {last - first + 1}", align="R")
    pdf.page = last
    pdf.set_auto_page_break(auto=True, margin=FOOT)
