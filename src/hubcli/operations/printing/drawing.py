"""Draws sheets as the shop has them: its paper, its fonts, as PDF or as HTML."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubcli.operations.printing.gather.documents import document
from hubcli.operations.printing.sheet import Sheet

if TYPE_CHECKING:
    from hubcli.store import Hub


def draw(hub: "Hub", sheets: Sequence[Sheet], form: str) -> tuple[bytes, str]:
    """Give sheets as one pdf or html, and the letters that no font had; raise needs_extra, bad_logo."""
    paper = hub.setting("print.paper")
    if form == "html":
        from hubcli.operations.printing import html

        return html.draw(sheets, paper), ""
    from hubcli.operations.printing import pdf

    fonts = hub.setting("print.fonts")
    listed = [Path(name.strip()).expanduser() for name in fonts.split(",") if name.strip()]
    return pdf.draw(sheets, paper, hub.day.today, listed)


def documents(hub: "Hub", rows: Sequence[Any], kind: str, hide: frozenset[str]) -> bytes:
    """Give quotes and orders as one PDF that goes with a kind of letter: as invoices where a bill is sent of one."""
    bill = kind in {"invoice", "payment-request", "reminder", "shipped", "rejected"}
    sheets = []
    for row in rows:
        invoiced = row["invoice_number"] is not None and (bill or kind == "order")
        named = "quote" if row["ordered_on"] is None else "invoice" if invoiced else "order"
        sheets.append(document(hub, row["id"], named, hide))
    return draw(hub, sheets, "pdf")[0]
