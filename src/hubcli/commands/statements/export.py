"""hub export statements: a row for each thing that a statement lists."""

from collections.abc import Iterator
from typing import Any

import typer

from hubcli.command import Run, command
from hubcli.commands.statements.find import statement_filters
from hubcli.errors import bad_value
from hubcli.operations.statements import kept
from hubcli.render import Column, Listing

app = typer.Typer()

LINE = {
    "item": "number", "document": "document", "buyer": "customer", "date": "date", "due_on": "due_on", "total": "total",
    "paid": "paid", "open": "balance", "days_overdue": "days_overdue", "tier": "tier", "disputed": "disputed",
}  # fmt: skip
"""What is called how in a line of a statement."""
EXPORTED = (
    Column("number", "code", title="#"),
    Column("customer", "code"),
    Column("customer_name", title="name"),
    Column("kind", "code", keep=8),
    Column("from", "date", keep=7),
    Column("to", "date", keep=2),
    Column("issued_on", "date", title="issued", keep=6),
    Column("item", "code"),
    Column("document", "code", keep=7),
    Column("buyer", "code", keep=9),
    Column("date", "date", keep=5),
    Column("due_on", "date", title="due", keep=3),
    Column("total", "money", keep=5),
    Column("paid", "money", keep=6),
    Column("open", "money"),
    Column("days_overdue", "count", title="late"),
    Column("tier", "code", keep=8),
    Column("disputed", "bool", keep=8),
    Column("balance", "money", title="listed", keep=6),
    Column("not_yet_due", "money", keep=6),
    Column("total_owed", "money", title="owed", keep=2),
)


@command(app, "statements", takes=[statement_filters])
def statements(run: Run, statement_filters: dict[str, Any]) -> Listing:
    """Write statements as they were issued, one row for each thing they list; the statement's sums stand on every row.

    A statement that lists nothing has one row without an item. Each is proven to be as it was issued (exit 7).

    Examples:
    hub export statements --csv
    hub export statements --month "last month" -o statements.csv
    """
    if run.sort:
        raise bad_value("--sort", run.sort, "does not go with statements: they come by number")
    return Listing(EXPORTED, _rows(run, statement_filters), name="rows")


def _rows(run: Run, params: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for _, _, shown in kept.contents(run.hub, params):
        for line in shown["lines"] or [{}]:
            own = {column.name: shown.get(column.name) for column in (*EXPORTED[:7], *EXPORTED[-3:])}
            yield kept.row_of(EXPORTED, own | {name: line.get(key) for name, key in LINE.items()})
