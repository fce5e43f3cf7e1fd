"""Finds a font for every letter: those hub installs, then the shop's, those of Python packages, and the system's."""

import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hubcli.errors import HubError

OWN = (("notos", "notosbo"), ("figo", "figbo"), ("symbol1", "symbol1"), ("symbol2", "symbol2"))
"""Regular and bold faces of the package pymupdf-fonts: Noto Sans, FiraGO, symbols."""
CJK = ("sc", "tc", "kr", "jp")
"""The packages noto-cjk-sans-*: each has every Chinese, Japanese and Korean letter, in the shapes of one place. The
Japanese one comes with the extra, so another was wanted where there is one."""
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
    """The files of a font: its regular and its bold face, the same file where there is no bold one."""

    regular: Path
    bold: Path


def folder() -> "tempfile.TemporaryDirectory[str]":
    """Give a folder for font files, gone when it is left."""
    return tempfile.TemporaryDirectory(prefix="hub-fonts-")


def choose(text: str, candidates: Iterable[Font]) -> tuple[list[Font], str]:
    """Give the first of the fonts and those that have letters which the ones before lack; and what no font has."""
    wanted = {ord(sign) for sign in text if not _unseen(sign)}
    chosen: list[Font] = []
    for font in candidates:
        if chosen and not wanted:
            break
        here = _covered(font.regular) & wanted
        if here or not chosen:
            chosen.append(font)
            wanted -= here
    return chosen, "".join(sorted(map(chr, wanted)))


def _unseen(sign: str) -> bool:
    """Tell a sign that leaves no ink: blanks, controls, marks of direction, selectors of a variant."""
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"} or "\ufe00" <= sign <= "\ufe0f"


def intricate(text: str) -> bool:
    """Tell text whose letters join, turn or run from right to left, so that they cannot be set one by one."""
    return any(unicodedata.bidirectional(sign) in {"R", "AL", "NSM"} for sign in set(text))


def candidates(place: Path, listed: Iterable[Path]) -> Iterator[Font]:
    """Give every font there is, the first to ask first; `place` is a folder for files, `listed` are the shop's fonts.

    Raises needs_extra where the package of hub's own fonts is not installed.
    """
    yield from own(place)
    yield from (Font(path, path) for path in listed)
    yield from packaged()
    yield from (Font(path, path) for path in found())


def own(place: Path) -> Iterator[Font]:
    """Give the fonts of pymupdf-fonts, written into a folder as each is asked for; raise needs_extra."""
    try:
        from pymupdf_fonts import fontbuffers
    except ImportError:
        raise HubError("needs_extra", what="PDF", extra="pdf") from None
    for names in OWN:
        files = [place / f"{name}.ttf" for name in names]
        for name, path in zip(names, files, strict=True):
            path.write_bytes(fontbuffers[name]())
        yield Font(*files)


def packaged() -> Iterator[Font]:
    """Give the fonts of installed packages noto-cjk-sans-*; only their files are looked at, no code of theirs runs."""
    for place in CJK:
        regular, bold = (_file_of(f"noto_cjk_sans_{place}_{weight}") for weight in ("regular", "bold"))
        if regular is not None:
            yield Font(regular, bold or regular)


def _file_of(package: str) -> Path | None:
    from importlib.util import find_spec

    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec is not None else None
    return next((path for place in folders or () for path in sorted(Path(place).glob("*.otf"))), None)


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
