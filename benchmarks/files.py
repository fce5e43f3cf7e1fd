"""Export and import of many customers, beside the C shell and sqlite-utils."""

import statistics
from collections.abc import Iterator
from pathlib import Path

from data import BIN, HUB, Data, empty, env, opened
from hubcli import queries, search
from measure import Row, Usage, note, process, shown

IMPORT = ("import", "customers")


def export(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """CSV of all customers: time against the same SELECT in two other programs, and memory."""
    path = data.shop(customers)
    select = export_query(path)
    rounds = max(1, min(rounds, 3))
    taken: dict[str, list[Usage]] = {"hub": [], "shell": [], "utils": []}
    for _ in range(rounds):
        taken["hub"].append(process([*HUB, "export", "customers", "--csv"], env(path)))
        taken["shell"].append(process(["sqlite3", "-readonly", "-csv", "-header", path, select]))
        taken["utils"].append(process([BIN / "sqlite-utils", "query", path, select, "--csv"]))
    ours, shell, utils = (statistics.median(use.seconds for use in uses) for uses in taken.values())
    memory = max(use.memory for use in taken["hub"]) / 2**20
    what = f"CSV export of {customers:,} customers"
    yield Row(what, "sqlite3 -csv, the same SELECT", shown(ours), shown(shell), ours / shell, 2.2, 1.6)
    yield Row(what, "sqlite-utils query --csv", shown(ours), shown(utils), ours / utils, 0.9, 0.7)
    yield Row("its peak memory", "", f"{memory:.0f} MB", "", memory, 48, 32, "MB")


def export_query(path: Path) -> str:
    """Give the statement of hub's export with its values put in."""
    with opened(path) as hub:
        fitted = search.narrowed(hub, {"status": ["active"], "narrow": False, "whole": True}, few=False)
    sql, bound = queries.fit("export.customers", fitted)
    for name, value in bound.items():
        if f":{name}" in sql:
            sql = sql.replace(f":{name}", "NULL" if value is None else f"'{value}'")
    return sql


def layout(data: Data, customers: int) -> Path:
    """Give a CSV file of so many customers in hub's own layout, made once."""
    shop = data.shop(customers)
    path = shop.with_suffix(".csv")
    if not path.exists():
        process([*HUB, "export", "customers", "--csv", "--status", "all", "-o", path], env(shop))
    return path


def import_(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """CSV import of 100,000 customers into an empty database (`customers` is not used: it is always so many)."""
    del customers
    file = layout(data, 100_000)
    taken: dict[str, list[float]] = {"hub": [], "shell": [], "utils": []}
    for _ in range(max(1, min(rounds, 3))):
        taken["hub"].append(imported(data, file).seconds)
        raw = data.path("raw.db")
        taken["shell"].append(process(["sqlite3", raw, ".mode csv", f".import {file} customers"]).seconds)
        raw = data.path("raw.db")
        taken["utils"].append(process([BIN / "sqlite-utils", "insert", raw, "customers", file, "--csv"]).seconds)
    ours, shell, utils = (statistics.median(seconds) for seconds in taken.values())
    what = "CSV import of 100,000 customers"
    yield Row(what, "sqlite3 .import, raw", shown(ours), shown(shell), ours / shell, 12, 7)
    yield Row(what, "sqlite-utils insert --csv", shown(ours), shown(utils), ours / utils, 1, 0.6)


def imported(data: Data, file: Path) -> Usage:
    """Import a file into an empty database; give what it took."""
    path = empty(data.path("imported.db"))
    took = process([*HUB, *IMPORT, file, "--apply", "--yes", "--no-input", "--create-staff"], env(path))
    note(f"imported {file.name} in {took.seconds:.1f} s, {took.memory / 2**20:.0f} MB")
    return took


def growth(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """How the time of an import grows from 10,000 customers to `customers`."""
    few = 10_000
    small = statistics.median(imported(data, layout(data, few)).seconds for _ in range(max(1, min(rounds, 3))))
    large = imported(data, layout(data, customers)).seconds
    linear = small * customers / few
    yield Row(
        f"import of {customers:,} customers",
        f"that of {few:,}, linear",
        shown(large),
        shown(linear),
        large / linear,
        1.2,
    )
