"""Prints orders."""

from typing import Annotated

import typer
from typer import Argument

from hubcli.command import Run, command
from hubcli.commands.printing import printed, rows
from hubcli.operations import documents
from hubcli.render import Record

app = typer.Typer()


@command(app, "print")
def print_(run: Run, refs: Annotated[list[str], Argument(metavar="O...", help="such as O7")]) -> Record:
    """Print order confirmations for the customer into -o FILE.pdf.

    The same data as an HTML page with -o FILE.html; PDF needs the extra pdf.

    Examples:
    hub orders print O2 -o order.html
    """
    return printed(run, rows(run, refs, "order", documents.order))
