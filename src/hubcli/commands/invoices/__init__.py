"""hub invoices: orders that were invoiced; each part is imported when one of its commands is used."""

import typer

HELP = """Invoices: what was billed, when it is due, what is still owed.

Examples:
hub invoices list --outstanding
hub invoices list --overdue --as-of 2025-05-31
hub invoices show I2
"""

app = typer.Typer(help=HELP)

_HERE = "hubcli.commands.invoices."

LATER: dict[str, tuple[str, str]] = {
    "list": (_HERE + "find", "List invoices: outstanding, overdue, as of any day."),
    "show": (_HERE + "show", "Show an invoice on one screen."),
    "send": (_HERE + "send", "Send invoices to the customer."),
    "remind": (_HERE + "remind", "Remind customers of invoices that are due."),
    "pause": (_HERE + "remind", "Send no reminder of invoices before a day."),
    "dispute": (_HERE + "dispute", "Note that a customer says an invoice is wrong, or that it is settled."),
    "print": (_HERE + "printing", "Print invoices, as PDF or HTML."),
}
"""Each command with the module that holds it and its one-line help."""
