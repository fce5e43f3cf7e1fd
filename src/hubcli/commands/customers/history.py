"""What changed of a customer: hub customers changelog."""

import typer

from hubcli.command import command
from hubcli.commands.changes import customer_changelog

app = typer.Typer()

command(app, "changelog")(customer_changelog)
