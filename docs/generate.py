"""Writes what is generated in docs/: the reference, and every screen shown on a page that asks for it.

`python docs/generate.py` writes; with `--check` it changes nothing and exits 1 when a page is not as it would be.
"""

import difflib
import os
import sys
from pathlib import Path

import reference_pages
import screens

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent


def generated(only: str = "") -> dict[Path, str]:
    """Give the text of every page that is generated, wholly or in its screens; `only` is a part of the page's path."""
    fixed = {DOCS / "reference" / name: build for name, build in reference_pages.PAGES.items()}
    found = {path: build() for path, build in fixed.items() if only in str(path)}
    for path in sorted([ROOT / "README.md", *DOCS.rglob("*.md")]):
        text = path.read_text(encoding="utf-8")
        if only in str(path) and path not in fixed and screens.MARK in text:
            found[path] = screens.shown(text, ROOT)
    return found


def differences(pages: dict[Path, str]) -> dict[Path, list[str]]:
    """Give the pages that are not on disk as they should be, each with the lines that differ."""
    found = {}
    for path, wanted in pages.items():
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        if there != wanted:
            name = str(path.relative_to(ROOT))
            lines = difflib.unified_diff(
                there.splitlines(), wanted.splitlines(), name, f"{name} (generated)", "", "", 1
            )
            found[path] = list(lines)
    return found


def main(arguments: list[str]) -> int:
    """Write the pages that differ, or only tell them (--check); give the exit code."""
    os.environ["COLUMNS"] = str(screens.WIDTH)
    check = "--check" in arguments
    only = next((word for word in arguments if not word.startswith("-")), "")
    pages = generated(only)
    stale = differences(pages)
    for path, lines in stale.items():
        if check:
            sys.stdout.write("\n".join(lines) + "\n")
        else:
            path.write_text(pages[path], encoding="utf-8")
            sys.stdout.write(f"wrote {path.relative_to(ROOT)}\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
