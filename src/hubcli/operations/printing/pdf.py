"""Draws sheets as PDF: pages with the shop's head, tables whose titles stand on every page, page numbers."""

import datetime as dt
import logging
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from hubcli.errors import HubError
from hubcli.operations.printing import fonts
from hubcli.operations.printing.sheet import Pairs, Sheet, Table

MARGIN = 16.0
"""Millimetres left free on every side."""
LINE = 4.8
"""Millimetres from one line of text to the next."""
GREY = 110
LOGO = (60.0, 18.0)
"""The most that a logo is wide and high, in millimetres."""


def draw(sheets: Sequence[Sheet], paper: str, day: str, listed: Sequence[Path] = ()) -> tuple[bytes, str]:
    """Give the sheets as one PDF, and the letters that no font had; raise needs_extra.

    `paper` is letter or a4; `day` dates the file, so that the same sheets give the same bytes; `listed` are font files
    of the shop's.
    """
    try:
        from fpdf import FPDF
    except ImportError:
        raise HubError("needs_extra", what="PDF", extra="pdf") from None
    logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells on stderr which tables of a font it leaves out
    with fonts.folder() as place:
        chosen = fonts.own(Path(place))
        more, missing = fonts.choose("".join(sheet.text() for sheet in sheets), chosen, listed)
        pdf = _paper(FPDF, paper, day, [*chosen, *more])
        for sheet in sheets:
            _sheet(pdf, sheet)
        return bytes(pdf.output()), missing


def _paper(kind: Any, paper: str, day: str, chosen: Sequence[fonts.Font]) -> Any:
    class Pages(kind):  # type: ignore[misc]
        """Pages that say at the foot what they are and which of how many."""

        named = ""

        def footer(self) -> None:
            self.set_y(-MARGIN + 4)
            self.set_font(size=8)
            self.set_text_color(GREY)
            self.cell(w=0, text=self.named)
            self.set_x(MARGIN)
            self.cell(w=0, text=f"{self.page_no()}/{{nb}}", align="R")
            self.set_text_color(0)

    pdf = Pages(format=paper)
    pdf.set_creation_date(dt.datetime.fromisoformat(f"{day}T00:00:00+00:00"))
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(auto=True, margin=MARGIN + 4)
    for font in chosen:
        pdf.add_font(font.family, "", font.regular, collection_font_number=font.face)
        pdf.add_font(font.family, "B", font.bold, collection_font_number=font.face)
    pdf.set_font(chosen[0].family, size=10)
    pdf.set_fallback_fonts([font.family for font in chosen[1:]], exact_match=False)
    return pdf


def _sheet(pdf: Any, sheet: Sheet) -> None:
    pdf.named = sheet.title
    pdf.add_page()
    _head(pdf, sheet)
    pdf.set_font(style="B", size=18)
    pdf.multi_cell(w=0, text=sheet.title, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(3)
    _top(pdf, sheet)
    for table in sheet.tables:
        pdf.ln(6)
        _table(pdf, table)
    if sheet.sums:
        pdf.ln(3)
        _sums(pdf, sheet.sums)
    for note in sheet.notes:
        pdf.ln(5)
        pdf.set_font(style="", size=10)
        pdf.multi_cell(w=0, h=LINE, text=note, align="L", new_x="LMARGIN", new_y="NEXT")


def _head(pdf: Any, sheet: Sheet) -> None:
    """Draw the logo on the left and the shop on the right."""
    top = pdf.get_y()
    if sheet.logo:
        try:
            pdf.image(BytesIO(sheet.logo), x=MARGIN, y=top, w=LOGO[0], h=LOGO[1], keep_aspect_ratio=True)
        except Exception as error:  # noqa: BLE001  # whatever a picture library says of a file that is none
            raise HubError("bad_logo", why=" ".join(str(error).split())[:200]) from None
    pdf.set_font(style="", size=9)
    for line in sheet.shop:
        pdf.set_x(pdf.w / 2)
        pdf.multi_cell(w=pdf.w / 2 - MARGIN, h=LINE, text=line, align="R", new_x="LMARGIN", new_y="NEXT")
    pdf.set_y(max(pdf.get_y(), top + (LOGO[1] if sheet.logo else 0)) + 8)


def _top(pdf: Any, sheet: Sheet) -> None:
    """Draw whom it is for on the left and the facts on the right."""
    top, half = pdf.get_y(), pdf.w / 2
    pdf.set_font(style="", size=10)
    for line in sheet.to:
        pdf.multi_cell(w=half - MARGIN - 6, h=LINE, text=line, align="L", new_x="LMARGIN", new_y="NEXT")
    left = pdf.get_y()
    pdf.set_y(top)
    for name, value in sheet.facts:
        pdf.set_x(half)
        pdf.set_text_color(GREY)
        pdf.cell(w=26, h=LINE, text=name)
        pdf.set_text_color(0)
        pdf.multi_cell(w=half - MARGIN - 26, h=LINE, text=value, align="L", new_x="LMARGIN", new_y="NEXT")
    pdf.set_y(max(left, pdf.get_y()))


def _table(pdf: Any, table: Table) -> None:
    """Draw a table; its titles stand on every page that it reaches."""
    from fpdf.fonts import FontFace

    pdf.set_font(style="", size=9)
    pdf.set_draw_color(170)
    widths = _widths(pdf, table)
    aligned = tuple("RIGHT" if figure else "LEFT" for _, figure in table.columns)
    with pdf.table(
        borders_layout="HORIZONTAL_LINES", col_widths=widths, text_align=aligned, line_height=5, padding=0.8,
        headings_style=FontFace(emphasis="BOLD"), first_row_as_headings=True, width=pdf.epw, align="LEFT",
    ) as drawn:  # fmt: skip
        drawn.row([title for title, _ in table.columns])
        for at, row in enumerate(table.rows):
            small = table.under[at] if table.under else ""
            drawn.row([f"{cell}\n{small}" if place == 1 and small else cell for place, cell in enumerate(row)])


def _widths(pdf: Any, table: Table) -> tuple[float, ...]:
    """Give the width of each column: figures as wide as they are, words share what is left by their length."""
    room = pdf.epw
    natural = [
        max(pdf.get_string_width(line) for cell in (title, *(row[at] for row in table.rows)) for line in (cell or " ",))
        + 4
        for at, (title, _) in enumerate(table.columns)
    ]
    fixed = [
        width if figure or width < room / 6 else 0.0 for width, (_, figure) in zip(natural, table.columns, strict=True)
    ]
    flexible = [0.0 if done else width for done, width in zip(fixed, natural, strict=True)]
    left, wanted = room - sum(fixed), sum(flexible)
    if not wanted:
        wide = natural.index(max(natural))
        flexible[wide], fixed[wide] = 1.0, 0.0
        left, wanted = room - sum(fixed), 1.0
    return tuple(done or left * width / wanted for done, width in zip(fixed, flexible, strict=True))


def _sums(pdf: Any, sums: Pairs) -> None:
    """Draw the sums on the right, the last one large; they stay together on a page."""
    width = pdf.w - 2 * MARGIN
    if pdf.will_page_break(6.0 * len(sums) + 4):
        pdf.add_page()
    for at, (name, amount) in enumerate(sums):
        last = at == len(sums) - 1
        pdf.set_font(style="B" if last else "", size=11 if last else 10)
        pdf.set_x(MARGIN + width / 2)
        pdf.cell(w=width / 2 - 34, h=6, text=name)
        pdf.cell(w=34, h=6, text=amount, align="R", new_x="LMARGIN", new_y="NEXT")
