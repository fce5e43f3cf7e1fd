"""hub quotes: what was offered; each part is imported when one of its commands is used."""

import typer

HELP = """Quotes: what was offered, for how long.

Examples:
hub quotes create C1 --line "FRG-100@1200/800" --fulfillment delivery --delivery 75 --tax-rate 8.25%
hub quotes list --status active
hub quotes list --expiring 3d
"""

app = typer.Typer(help=HELP)

_HERE = "hubcli.commands.quotes."

LATER: dict[str, tuple[str, str]] = {
    "list": (_HERE + "find", "List quotes, the newest first."),
    "show": (_HERE + "show", "Show a quote on one screen."),
    "create": (_HERE + "create", "Make a quote, for a known customer or a new one."),
    "edit": (_HERE + "edit", "Change what a quote says: dates, charges, discounts, tax."),
    "add-line": (_HERE + "lines", "Put a line on a quote."),
    "edit-line": (_HERE + "lines", "Change a line of a quote."),
    "remove-line": (_HERE + "lines", "Take a line off a quote; its number is never used again."),
    "send": (_HERE + "send", "Send quotes to the customer."),
    "extend": (_HERE + "status", "Give a quote a new last day."),
    "approve": (_HERE + "status", "Make a quote an order without payment."),
    "decline": (_HERE + "status", "Mark quotes as declined by the customer."),
    "delete": (_HERE + "status", "Delete quotes; undo brings them back."),
    "restore": (_HERE + "status", "Bring back quotes that were declined or deleted."),
    "copy": (_HERE + "status", "Copy a quote as a new one of today."),
    "assign": (_HERE + "status", "Give quotes to a salesperson."),
    "move": (_HERE + "status", "Put a quote and its deposits under another customer."),
    "print": (_HERE + "printing", "Print quotes for the customer, as PDF or HTML."),
}
"""Each command with the module that holds it and its one-line help."""
