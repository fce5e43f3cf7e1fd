"""Prints slips of customer credit."""

from typing import Annotated

import typer
from typer import Argument

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.commands.printing import printed
from hubcli.render import Record

app = typer.Typer()


@command(app, "print")
def print_(run: Run, refs: Annotated[list[str], Argument(metavar="REF...", help="C12, e-mail, phone, name")]) -> Record:
    """Print the slip of a customer's credit into -o FILE.pdf: its last movements and the balance.

    The same data as an HTML page with -o FILE.html; PDF needs the extra pdf.

    Examples:
    hub credit print C4 -o credit.html
    """
    return printed(run, [("credit", customer) for customer in targets.customers(run, refs)])
