"""Prints orders."""

from typing import Annotated

import typer
from typer import Argument, Option

from hubcli.command import Run, command
from hubcli.commands.printing import printed, rows
from hubcli.operations import documents
from hubcli.render import Record

app = typer.Typer()


@command(app, "print")
def print_(
    run: Run,
    refs: Annotated[list[str], Argument(metavar="O...", help="such as O7; - reads them from stdin")],
    *,
    delivery: Annotated[
        bool, Option("--delivery", help="the sheet that the driver takes along: delivery notes only, no price")
    ] = False,
) -> Record:
    """Print order confirmations for the customer into -o FILE.pdf, or sheets for the driver.

    The same data as an HTML page with -o FILE.html; PDF needs the extra pdf.

    Examples:
    hub orders print O2 -o order.html
    hub orders print O2 --delivery -o driver.html
    """
    return printed(run, rows(run, refs, "delivery" if delivery else "order", documents.order))
