"""Prints receipts of payments, credit notes of returns, slips of customer credit."""

from typing import Annotated

import typer
from typer import Argument

from hubcli.command import Run, command
from hubcli.commands.printing import numbered, printed
from hubcli.render import Record

app = typer.Typer()


@command(app, "print")
def print_(
    run: Run,
    refs: Annotated[
        list[str],
        Argument(
            metavar="P...",
            help="P7 or L2 a receipt, R2 the credit note of a return, C4 the slip of a customer's credit",
        ),
    ],
) -> Record:
    """Print the receipt of a payment, the credit note of a return, or the slip of a customer's credit.

    One check over several orders has one receipt, whichever of its payments is named.

    The same data as an HTML page with -o FILE.html; PDF needs the extra pdf.

    Examples:
    hub payments print P1 -o receipt.html
    hub payments print C4 -o credit.html
    """
    return printed(run, [numbered(run, ref) for ref in refs])
