"""hub credit report: the report of customer credit under the name of its noun."""

import typer

from hubcli.command import command
from hubcli.commands.reports.customers import credit

app = typer.Typer()
command(app, "report")(credit)
