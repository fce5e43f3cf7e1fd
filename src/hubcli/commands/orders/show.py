"""Shows an order on one screen."""

from typing import Annotated, Any

import typer
from typer import Argument

from hubcli.command import Run, command
from hubcli.commands.quotes.show import opened

app = typer.Typer()


@command(app, "show")
def show(run: Run, refs: Annotated[list[str], Argument(metavar="O...", help="O7, Q7, I204, system:number")]) -> Any:
    """Show an order on one screen: lines, deliveries, what it costs, payments, returns, notes.

    Examples:
    hub orders show O2
    hub orders show O2 --json
    """
    return opened(run, refs)
