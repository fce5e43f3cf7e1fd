"""Prints invoices."""

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
    run: Run,
    refs: Annotated[list[str], Argument(metavar="I...", help="I204, or the order O7; - reads them from stdin")],
) -> Record:
    """Print invoices for the customer into -o FILE.pdf.

    The same data as an HTML page with -o FILE.html; PDF needs the extra pdf.

    Examples:
    hub invoices print I1 -o invoice.html
    """
    return printed(run, rows(run, refs, "invoice", documents.order))
