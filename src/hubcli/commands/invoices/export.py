"""hub export invoices: invoices in columns that stay."""

from typing import Any

import typer

from hubcli.command import Run, command
from hubcli.commands.invoices.find import INVOICES, invoice_filters
from hubcli.render import Listing

app = typer.Typer()


@command(app, "invoices", takes=[invoice_filters])
def invoices(run: Run, invoice_filters: dict[str, Any]) -> Listing:
    """Write invoices with what is owed on them; takes the filters of hub invoices list.

    Examples:
    hub export invoices --csv
    hub export invoices --outstanding --as-of "end of last month" --csv
    """
    return run.list("invoices.list", invoice_filters, INVOICES, "invoices")
