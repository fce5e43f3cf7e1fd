"""Finds a font for every letter: Noto Sans and FiraGO from their package, then fonts of the shop's or the system's."""

import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hubcli.errors import HubError

OWN = {"Noto": ("notos", "notosbo"), "FiraGO": ("figo", "figbo")}
"""Families of the package pymupdf-fonts: regular and bold."""
PLACES = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
)
LIKELY = ("cjk", "wqy", "ipa", "takao", "unifont", "pingfang", "hiragino", "malgun", "msyh", "noto", "dejavu")
"""Parts of the names of fonts that have what others lack, the likeliest first."""


class Font(NamedTuple):
    """A font: the name of its family, the files of its regular and bold faces, the face in a collection."""

    family: str
    regular: Path
    bold: Path
    face: int = 0


def own(place: Path) -> list[Font]:
    """Write the fonts of the package into a folder and give them; raise needs_extra where it is not installed."""
    try:
        from pymupdf_fonts import fontbuffers
    except ImportError:
        raise HubError("needs_extra", what="PDF", extra="pdf") from None
    found = []
    for family, names in OWN.items():
        files = []
        for name in names:
            path = place / f"{name}.ttf"
            path.write_bytes(fontbuffers[name]())
            files.append(path)
        found.append(Font(family, files[0], files[1]))
    return found


def folder() -> "tempfile.TemporaryDirectory[str]":
    """Give a folder for font files, gone when it is left."""
    return tempfile.TemporaryDirectory(prefix="hub-fonts-")


def choose(text: str, given: Sequence[Font], listed: Sequence[Path]) -> tuple[list[Font], str]:
    """Give the fonts that a text needs beside those given, and the letters that no font has."""
    missing = lacking(text, given)
    more: list[Font] = []
    for path in (*listed, *(found() if missing else ())):
        if not missing:
            break
        here = _covered(path) & set(map(ord, missing))
        if here:
            more.append(Font(f"F{len(more)}", path, path))
            missing = "".join(sign for sign in missing if ord(sign) not in here)
    return more, missing


def lacking(text: str, fonts: Sequence[Font]) -> str:
    """Give the letters of a text, each once, that none of the fonts has."""
    wanted = {ord(sign) for sign in text if not sign.isspace()}
    for font in fonts:
        wanted -= _covered(font.regular)
    return "".join(sorted(map(chr, wanted)))


@cache
def _covered(path: Path) -> frozenset[int]:
    """Give the code points that a font file has; none for one that cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            table: Any = font.getBestCmap()
            return frozenset(table or ())
    except (OSError, TTLibError):
        return frozenset()


def found() -> Iterator[Path]:
    """Give the font files of the system, the likeliest to have rare letters first."""
    files = [
        path
        for place in PLACES
        for path in Path(place).expanduser().rglob("*")
        if path.suffix.lower() in {".ttf", ".otf", ".ttc"}
    ]
    return iter(sorted(files, key=_rank))


def _rank(path: Path) -> tuple[int, str]:
    name = path.name.lower()
    return next((place for place, word in enumerate(LIKELY) if word in name), len(LIKELY)), name
