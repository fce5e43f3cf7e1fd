"""Prints quotes."""

from typing import Annotated

import typer
from typer import Argument

from hubcli.command import Run, command
from hubcli.commands.printing import printed, rows
from hubcli.operations import documents
from hubcli.render import Record

app = typer.Typer()


@command(app, "print")
def print_(
    run: Run, refs: Annotated[list[str], Argument(metavar="Q...", help="such as Q7; - reads them from stdin")]
) -> Record:
    """Print quotes for the customer into -o FILE.pdf; no cost, margin or internal note is on them.

    The same data as an HTML page with -o FILE.html; PDF needs the extra pdf.

    Examples:
    hub quotes print Q3 -o quote.html
    """
    return printed(run, rows(run, refs, "quote", documents.quote))
