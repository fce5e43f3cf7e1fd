"""hub payments: money received, confirmed, given back; each part is imported when one of its commands is used."""

import typer

__all__ = ["LATER", "app"]

HELP = """Money received on quotes and orders.

Examples:
hub payments list --date "last 30 days"
hub payments add O8 --method cash --full
hub payments show P1
"""

app = typer.Typer(help=HELP)

_HERE = "hubcli.commands.payments."

LATER: dict[str, tuple[str, str]] = {
    "add": (_HERE + "taking", "Take a payment on a quote or an order, or one check over many."),
    "record": (_HERE + "taking", "Record many documents as paid in full."),
    "list": (_HERE + "lists", "List payments, the newest first."),
    "show": (_HERE + "lists", "Show a payment with what was given back on it."),
    "confirm": (_HERE + "settling", "Confirm pending payments: the money has arrived."),
    "reject": (_HERE + "settling", "Reject pending payments: what they paid is owed again."),
    "void": (_HERE + "settling", "Void a payment that should never have been recorded."),
    "bounce": (_HERE + "settling", "End a payment whose money the bank took back."),
    "correct": (_HERE + "settling", "Correct a mistyped payment: another stands in its place."),
    "move": (_HERE + "settling", "Move a payment to another document."),
    "export": (_HERE + "export", "Write payments, or those since the last time."),
    "refund": (_HERE + "refunding", "Give money of a payment back."),
    "print": (_HERE + "printing", "Print receipts, credit notes and credit slips."),
}
"""Each command with the module that holds it and its one-line help."""
