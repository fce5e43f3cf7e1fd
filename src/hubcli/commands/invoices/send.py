"""Sends invoices to the customer."""

from typing import Annotated

import typer
from typer import Argument

from hubcli.command import Done, Run, command
from hubcli.commands.quotes import written
from hubcli.commands.quotes.send import letter_fields, sent
from hubcli.operations import invoices
from hubcli.operations.documents.letters import Said

app = typer.Typer()


@command(app, "send", takes=[letter_fields])
def send(
    run: Run,
    letter_fields: Said,
    refs: Annotated[list[str], Argument(metavar="I...", help="such as I204, or its order; - reads them from stdin")],
) -> Done:
    """Send invoices to the customer, by mail or into the outbox; --by print or hand only notes that they have it.

    A company's goes to its contacts with the role payment.

    Examples:
    hub invoices send I2 --by hand
    hub invoices send I2 --message "A friendly reminder" -n
    """
    return sent(run, written.rows_of(run, refs, invoices.find), "invoice", letter_fields)
