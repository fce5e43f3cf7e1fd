"""Draws sheets as one HTML page that any browser prints: no script, nothing loaded from elsewhere."""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hubcli.operations.files import media_type
from hubcli.operations.printing.sheet import Sheet

PAGE = Path(__file__).with_name("page.html")


def draw(sheets: Sequence[Sheet], paper: str) -> bytes:
    """Give the sheets as an HTML page in UTF-8; `paper` is letter or a4."""
    page = _template().render(sheets=sheets, paper=paper)
    return str(page).encode()


@cache
def _template() -> Any:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=False)
    environment.filters["picture"] = _picture
    return environment.from_string(PAGE.read_text(encoding="utf-8"))


def _picture(content: bytes) -> str:
    return f"data:{media_type('logo', content)};base64,{b64encode(content).decode()}"
