"""The mail of one customer."""

import typer

from hubcli.command import Run, command
from hubcli.commands.customers.parts import Ref
from hubcli.render import Listing

app = typer.Typer()


@command(app, "emails")
def emails(run: Run, ref: Ref) -> Listing:
    """List the mail to and from a customer, the newest first.

    Examples:
    hub customers emails C1
    """
    from hubcli.commands.emails import list_

    found: Listing = list_(run, customer=[ref])
    return found
