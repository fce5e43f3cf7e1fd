"""Completion: customer numbers before anything else is imported, commands and options from the command line itself.

The shell functions that `hub completion` prints call `hub --complete WORD...`; the answer is one line for each
candidate, with a tab and what it is.
"""

import os
import sys


def complete(words: list[str]) -> None:
    """Print the candidates for the last of the words; the word `hub` itself is left out."""
    *before, current = words or [""]
    before, database = _plain(before)
    numbered = current[:1] in {"C", "c"} and (current[1:].isdecimal() or len(current) == 1)
    found = _customers(current, database) if numbered and before else _names(before, current)
    sys.stdout.write("".join(f"{name}\t{text}\n" for name, text in found))


def _plain(words: list[str]) -> tuple[list[str], str | None]:
    """Give the words without the common options and their values, and the value of --db."""
    if not any(word.startswith("-") for word in words):
        return words, None
    from hubcli.cli import options

    valued = {name for option in options() if not option.is_flag for name in option.opts}
    left: list[str] = []
    database = None
    waiting = ""
    for word in words:
        name, equals, value = word.partition("=")
        if waiting:
            database = word if waiting == "--db" else database
            waiting = ""
        elif not word.startswith("-"):
            left.append(word)
        elif equals:
            database = value if name == "--db" else database
        elif word in valued:
            waiting = word
    return left, database


def _names(before: list[str], current: str) -> list[tuple[str, str]]:
    """Give the groups, commands or options that begin so, from the command line itself."""
    from hubcli.cli import HubGroup, root

    here = root()
    for word in before:
        found = here.get_command(None, word) if isinstance(here, HubGroup) else None
        if found is None:
            break
        here = found
    if current.startswith("-"):
        return [(o, param.help or "") for param in here.params for o in param.opts if o.startswith(current)]
    told = here.told if isinstance(here, HubGroup) else {}
    return [(name, text) for name, text in told.items() if text and name.startswith(current)]


def _customers(current: str, database: str | None) -> list[tuple[str, str]]:
    """Give the first customers whose number begins so, by plain SQL on the file; none when it cannot be read."""
    import sqlite3

    given = database or os.environ.get("HUB_DB")
    base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    path = os.path.expanduser(given or f"{base}/hub/hub.db")  # noqa: PTH111
    digits = current[1:]
    where = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")  # noqa: PTH100
    try:
        conn = sqlite3.connect(f"file:{where}?mode=ro", uri=True)
        rows = conn.execute(_NUMBERS, {"low": int(digits or 1)}).fetchall()
    except (sqlite3.Error, ValueError):
        return []
    return [(f"C{number}", name) for number, name in rows]


_NUMBERS = """SELECT id, name FROM customers WHERE id = :low AND status <> 'purged'
UNION ALL SELECT * FROM (SELECT id, name FROM customers
  WHERE status <> 'purged' AND id BETWEEN :low * 10 AND :low * 10 + 9 LIMIT 10)
UNION ALL SELECT * FROM (SELECT id, name FROM customers
  WHERE status <> 'purged' AND id BETWEEN :low * 100 AND :low * 100 + 99 LIMIT 10)"""
