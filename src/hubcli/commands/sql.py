"""hub sql: a question to the database in SQL, which can only read."""

import sys
from typing import Annotated

import typer
from typer import Argument

from hubcli.command import Run, command
from hubcli.errors import bad_value
from hubcli.operations import asking
from hubcli.render import Column, Listing

app = typer.Typer()


@command(app, "sql")
def sql(
    run: Run,
    statement: Annotated[str, Argument(metavar="SQL", help="one SELECT; - reads it from stdin")],
) -> Listing:
    """Ask the database in SQL; it can only read. Tables and views: hub sql "SELECT name, sql FROM sqlite_schema".

    Examples:
    hub sql "SELECT stage, count(*) AS customers FROM customer_figures GROUP BY stage"
    hub sql "SELECT id, name FROM customers WHERE type = 'luxury' ORDER BY name" --csv
    """
    if run.sort:
        raise bad_value("--sort", run.sort, "does not go with sql: write ORDER BY in the statement")
    path = run.hub.path  # opened once, so that a wrong or an older file is told as everywhere
    answer = asking.ask(path, sys.stdin.read() if statement == "-" else statement)
    columns = [Column(name, "text") for name in answer.names]
    return Listing(columns, answer.rows, name="rows")
