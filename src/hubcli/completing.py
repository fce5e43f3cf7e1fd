"""Completion of commands and customer numbers: answered before anything else is imported, from the words typed so far.

The shell functions that `hub completion` prints call `hub --complete WORD...`; the answer is one line for each
candidate, with a tab and what it is.
"""

import os
import re
import sys
from pathlib import Path

COMMANDS = Path(__file__).resolve().parent / "commands"
_COMMAND = re.compile(r'^@command\((\w+), "([\w-]+)"([^\n]*)', re.M)
_NESTED = re.compile(r'^(\w+) = typer\.Typer\(|app\.add_typer\((\w+), name="([\w-]+)"\)', re.M)


def complete(words: list[str]) -> None:
    """Print the candidates for the last of the words (the command itself left out)."""
    *before, current = words or [""]
    before = [word for word in before if not word.startswith("-")]
    found = _customers(current) if re.fullmatch(r"[Cc]\d*", current) and before else _names(before, current)
    sys.stdout.write("".join(f"{name}\t{text}\n" for name, text in found))


def _names(before: list[str], current: str) -> list[tuple[str, str]]:
    """Give the groups and commands that begin so, read from the table of the command line and the group's file."""
    if not before:
        return [(n, t) for n, t in tables() if n.startswith(current)]
    module = "imports" if before[0] == "import" else before[0]
    sources = [*COMMANDS.glob(f"{module}.py"), *sorted(COMMANDS.glob(f"{module}/*.py"))]
    if len(before) > 2 or not re.fullmatch(r"[a-z]+", module):
        return []
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    nested = {name: app for _, app, name in _NESTED.findall(text) if name}
    app = nested.get(before[1], "") if len(before) == 2 else "app"
    names = [name for of, name, rest in _COMMAND.findall(text) if of == app and "hidden=True" not in rest]
    if app == "app":
        names += list(nested)
    return [(name, "") for name in names if name.startswith(current)]


def tables() -> list[tuple[str, str]]:
    """Give the groups and top-level commands with their one-line help, read from cli.py as text."""
    text = Path(__file__).with_name("cli.py").read_text(encoding="utf-8")
    return re.findall(r'^    "([a-z-]+)": "([^"]+\.)",$', text, re.M)


def _customers(current: str) -> list[tuple[str, str]]:
    """Give the first customers whose number begins so, by plain SQL on the file; none when it cannot be read."""
    import sqlite3

    given = os.environ.get("HUB_DB")
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    path = os.path.expanduser(given or f"{base}/hub/hub.db")  # noqa: PTH111
    digits = current[1:]
    try:
        from urllib.parse import quote

        conn = sqlite3.connect(f"file:{quote(os.path.abspath(path))}?mode=ro", uri=True)  # noqa: PTH100
        rows = conn.execute(_NUMBERS, {"low": int(digits or 1)}).fetchall()
    except (sqlite3.Error, ValueError):
        return []
    return [(f"C{number}", name) for number, name in rows]


_NUMBERS = """SELECT id, name FROM customers WHERE id = :low AND status <> 'purged'
UNION ALL SELECT * FROM (SELECT id, name FROM customers WHERE id BETWEEN :low * 10 AND :low * 10 + 9 LIMIT 10)
UNION ALL SELECT * FROM (SELECT id, name FROM customers WHERE id BETWEEN :low * 100 AND :low * 100 + 99 LIMIT 10)"""
