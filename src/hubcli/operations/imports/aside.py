"""Takes the indexes of tables off for as long as many rows are put into them, and lays them again, all in one change.

An index is built from sorted rows in a fraction of the time that keeping it takes row by row; and with no trigger that
may refuse a row, the database need not note down what every single statement touches. What is taken off here does
nothing inside hub's own bulk change: the log's triggers and the guards for other SQL. Rules (CHECKs, foreign keys, any
other trigger) stay in force, and a change that does not come to its end leaves everything as it was.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubcli.store import Hub

TABLES = (
    "customers", "addresses", "billing_emails", "external_ids", "notes", "customer_figures", "subject_keys",
)  # fmt: skip
LOG_TABLE = ("changelog",)

MANY = 1_000
"""Fewer new rows are not worth it."""


def worth_it(there: int, new: int) -> bool:
    """Tell whether laying the indexes again, for all rows, costs less than keeping them up for the new ones."""
    return new >= MANY and new >= there // 2


@contextmanager
def aside(hub: "Hub", tables: Sequence[str]) -> Iterator[None]:
    """Do without the indexes and the idle triggers of some tables that new customers are put into."""
    found = hub.rows("imports.laid", {"tables": tables})
    laid = [(row["type"], row["name"].replace('"', '""'), row["sql"]) for row in found]
    for kind, name, _ in laid:
        hub.execute(f'DROP {kind} "{name}"')
    yield
    for _, _, sql in laid:
        hub.execute(sql)
