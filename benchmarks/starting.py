"""How long a command takes from the shell's point of view: start-up, help, completion, search, show."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from data import BIN, HUB, ZIP, Data, env
from hubcli import queries
from measure import Row, compare, on_terminal, processed

HELLO = Path(__file__).parent / "floors" / "hello.py"
STATUSES = {"status": ["active"]}


def start(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """Start-up of commands that read little or nothing."""
    small, large = data.shop(10_000), data.shop(customers)
    python = processed([sys.executable, "-c", "import sqlite3"])
    hello = processed([sys.executable, HELLO, "--help"])

    def hub(*arguments: str, path: Path = large) -> Callable[[], float]:
        return processed([*HUB, *arguments], env(path))

    bare = "python -c 'import sqlite3'"
    yield compare("--version", bare, hub("--version"), python, rounds=rounds, bound=2, goal=1.5)
    complete = hub("--complete", "customers", "show", "C123")
    yield compare("completion of a customer number", bare, complete, python, rounds=rounds, bound=2, goal=1.5)
    typer = "typer hello world --help"
    yield compare("--help", typer, hub("--help"), hello, rounds=rounds, bound=1.3, goal=1)
    yield compare("customers --help", typer, hub("customers", "--help"), hello, rounds=rounds, bound=1.3, goal=1)
    search = ("customers", "search", "--zip", ZIP, "--limit", "50")
    utils = processed([BIN / "sqlite-utils", "query", large, zip_query(50), "-p", "zip", ZIP, "--csv"])
    piped, same = hub(*search), "sqlite-utils query, the same rows"
    yield compare("customers search --zip, piped, 50 rows", same, piped, utils, rounds=rounds, bound=0.9, goal=0.6)
    screen = on_terminal([*HUB, *search[:4]], env(large))
    yield compare("the same on a terminal", same, screen, utils, rounds=rounds, bound=1.3, goal=1)
    small_shop = hub(*search, path=small)
    yield compare(
        f"the same, piped, at {customers:,}", "at 10,000", piped, small_shop, rounds=rounds, bound=1.2, goal=1.05
    )


def show(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """Show the whole record of one customer, piped."""
    path = data.shop(customers)
    shown = processed([*HUB, "customers", "show", "C1234", "--json"], env(path))
    search = processed([*HUB, "customers", "search", "--zip", ZIP, "--limit", "50"], env(path))
    yield compare("customers show", "customers search --zip", shown, search, rounds=rounds, bound=1.3, goal=1.1)


def zip_query(limit: int) -> str:
    """Give hub's own statement of a ZIP search in the form that sqlite-utils takes."""
    sql, _ = queries.fit("customers.search", {**STATUSES, "zip": [ZIP], "by_name": True, "first": limit})
    return sql.replace(":zip_0", ":zip").replace(":status_0", "'active'").replace(":first", str(limit))
