"""Checks that nothing is left of people who were erased: not in rows, and not in the change log.

The search index holds the words of the rows (R10), so it holds none of theirs either.
"""

from collections.abc import Iterator

from hubcli import schema
from hubcli.operations.checks.base import Broken, View
from hubcli.operations.customers.erasing import GONE, STAND_INS


def left(view: View) -> Iterator[Broken]:
    """R11: personal columns of a purged customer hold nothing, or what stands in their place."""
    if view.conn.execute("SELECT 1 FROM customers WHERE status = 'purged' LIMIT 1").fetchone() is None:
        return
    for table in schema.logged().values():
        test = _test(table)
        if test:
            about = f"{table.subject.replace('$', 'r')} IN (SELECT id FROM customers WHERE status = 'purged')"
            for row in view.conn.execute(f"SELECT r.id FROM {table.name} r WHERE {about} AND ({test}) ORDER BY r.id"):
                name = f"C{row[0]}" if table.name == "customers" else f"{table.name} {row[0]}"
                yield name, "holds personal data of a customer who was erased"
    for row in view.rows("checks.forgotten"):
        yield f"C{row['id']}", "was erased, and the change log still holds personal data"


def _test(table: schema.Table) -> str:
    """Give the condition under which a row r of an erased customer still says something personal."""
    names = [column.name for column in table.columns if column.personal]
    if names and table.name in GONE:
        return "1 = 1"
    return " OR ".join(
        f"coalesce(r.{name}, '') NOT IN ('', 'erased ' || r.id, {_stand_in(table.name, name)})" for name in names
    )


def _stand_in(table: str, name: str) -> str:
    found = STAND_INS.get((table, name), "''")
    return found.replace("(zip", "(r.zip")
