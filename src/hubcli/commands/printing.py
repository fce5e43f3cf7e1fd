"""Prints documents as PDF or HTML: hub quotes print, orders print, invoices print, visits print and the like."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hubcli.command import Run
from hubcli.commands import targets
from hubcli.errors import bad_value
from hubcli.operations.printing import drawing, gather
from hubcli.operations.printing.sheet import Sheet
from hubcli.render import Column, Record

PRINTED = (
    Column("file", "text"),
    Column("format", "code"),
    Column("sheets", "count"),
    Column("bytes", "count"),
)
KINDS = {"P": "receipt", "L": "repayment", "R": "credit-note", "S": "statement", "V": "visit"}
"""What is printed of a number with this letter."""
ENDINGS = {".pdf": "pdf", ".html": "html", ".htm": "html"}


def numbered(run: Run, ref: str) -> tuple[str, int]:
    """Give the kind and the number of what a reference prints: P7 or L2 a receipt, R1 a credit note, C4 a slip."""
    found = re.fullmatch(r"([PLRSV])(\d{1,15})", ref.strip().upper())
    if found:
        return KINDS[found[1]], int(found[2])
    return "credit", targets.customer(run, ref)


def printed(run: Run, refs: Sequence[tuple[str, int]]) -> Record:
    """Print records into -o FILE.pdf or FILE.html; raise needs_option, needs_extra, bad_value."""
    output = run.output()
    if output.path is None:
        raise targets.need("where to? -o FILE.pdf or FILE.html", f"hub {run.command} … -o sheet.pdf")
    form = ENDINGS.get(Path(output.path).suffix.lower())
    if form is None:
        raise bad_value("-o", output.path, "is printed as .pdf or .html: name the file so")
    with run.hub.snapshot():
        sheets = gather.sheets(run.hub, refs)
    content = _drawn(run, form, sheets)
    from hubcli.render.files import replacing

    with replacing(output) as target:
        target.write(content)
    run.options = {**run.options, "output": None}
    return Record(PRINTED, (output.path, form, len(sheets), len(content)))


def _drawn(run: Run, form: str, sheets: list[Sheet]) -> bytes:
    content, missing = drawing.draw(run.hub, sheets, form)
    if missing:
        how = "pip install 'hubcli[cjk]', or name" if any(_wide(sign) for sign in missing) else "name"
        run.say(f"no font here has {missing[:40]}: {how} one with hub settings set print.fonts FILE.ttf")
    return content


def _wide(sign: str) -> bool:
    """Tell a letter of Chinese, Japanese or Korean."""
    return unicodedata.east_asian_width(sign) in {"W", "F"} and unicodedata.category(sign).startswith("L")


def rows(run: Run, refs: Sequence[str], kind: str, find: Any) -> list[tuple[str, int]]:
    """Give what is to be printed of references that `find` turns into rows with an id; `-` are those on stdin."""
    words = dict.fromkeys(word for ref in refs for word in (targets.piped() if ref == "-" else [ref]))
    return [(kind, int(find(run.hub, ref)["id"])) for ref in words]
