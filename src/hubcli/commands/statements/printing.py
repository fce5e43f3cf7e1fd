"""Prints statements."""

from typing import Annotated

import typer
from typer import Argument, Option

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.commands.printing import printed
from hubcli.render import Record
from hubcli.values import dates

app = typer.Typer()


@command(app, "print")
def print_(
    run: Run,
    refs: Annotated[list[str] | None, Argument(metavar="[S...]", help="such as S3")] = None,
    *,
    month: Annotated[
        str | None, Option("--month", metavar="MONTH", help="all whose period ends in it: 2025-05")
    ] = None,
    no_email: Annotated[bool, Option("--no-email", help="only those of customers without an e-mail address")] = False,
) -> Record:
    """Print statements into -o FILE.pdf, as they were issued; all of a month in one file.

    Examples:
    hub statements list
    """
    chosen = [("statement", targets.number(ref, "S", "statement")) for ref in refs or []]
    if month is not None:
        first, last = dates.day_range(month, run.today, "--month")
        params = {
            "from_on": first and first.isoformat(),
            "to_on": last and last.isoformat(),
            "no_email": no_email or None,
        }
        chosen += [("statement", row["id"]) for row in run.hub.rows("printing.statements", params)]
    if not chosen:
        raise targets.need("print which? Name statements, or --month with some in it", "hub statements list")
    return printed(run, list(dict.fromkeys(chosen)))
