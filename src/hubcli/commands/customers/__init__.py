"""hub customers: people and companies; each part is imported when one of its commands is used."""

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from hubcli.command import Run
    from hubcli.render import Record

__all__ = ["LATER", "app", "opened"]

HELP = """People and companies: find, open, edit, archive.

Examples:
hub customers search garcia
hub customers show C1
hub customers create --first-name Ann --last-name Lee --mobile "(312) 555-0188"
"""

app = typer.Typer(help=HELP)

_HERE = "hubcli.commands.customers."

LATER: dict[str, tuple[str, str]] = {
    "search": (_HERE + "find", "Find customers by text and filters."),
    "list": (_HERE + "find", "List customers by name; takes the filters of search."),
    "show": (_HERE + "show", "Show a customer on one screen; several one after another."),
    "create": (_HERE + "create", "Create a customer, from options or asked for field by field."),
    "edit": (_HERE + "edit", "Edit customers, by options or asked for field by field."),
    "archive": (_HERE + "status", "Archive customers, or all idle ones; refused while a quote or an order is active."),
    "restore": (_HERE + "status", "Make archived, deleted or spam customers active again."),
    "delete": (_HERE + "status", "Delete customers; restore brings them back."),
    "spam": (_HERE + "status", "Mark customers as spam: out of every list until not-spam or restore."),
    "not-spam": (_HERE + "status", "Take the spam mark away: the customers are active again."),
    "hold": (
        _HERE + "status",
        "Put customers on hold, those named or all that filters find: they may not buy until unhold.",
    ),
    "unhold": (_HERE + "status", "Let customers on hold buy again, those named or all that filters find."),
    "assign": (_HERE + "manager", "Give customers an account manager."),
    "move": (_HERE + "moving", "Move a customer: a new address for billing and delivery; the old one stays as former."),
    "duplicates": (
        _HERE + "twins",
        "Find customers that may be the same one, in groups, with what they share and a suggestion.",
    ),
    "merge": (
        _HERE + "twins",
        "Merge customers: the first takes over every record of the others; their numbers go on finding it.",
    ),
    "unmerge": (
        _HERE + "twins",
        "Take a merge back: exactly the rows that it moved return; what came later stays with the survivor.",
    ),
    "export-person": (
        _HERE + "erasing",
        "Write everything that is known about one person as one archive (-o FILE.zip): tables, history, files.",
    ),
    "erase": (
        _HERE + "erasing",
        "Erase people for good: no name, address, phone, note or log value of them is left; figures stay.",
    ),
    "purge": (_HERE + "erasing", "Erase deleted customers for good; in a shop in the EU active ones at once too."),
    "tax-exempt": (
        _HERE + "account",
        "Exempt a customer from sales tax on what is made from now on; only an Administrator may. Or show what holds.",
    ),
    "payment-methods": (
        _HERE + "account",
        "Show the methods of payment that a customer is offered, or offer some only.",
    ),
    "activity": (_HERE + "activity", "Show everything that happened with a customer, newest first."),
    "consent": (_HERE + "consent", "Consent to the use of personal data, where the shop is in the EU and asks for it."),
    "login": (
        _HERE + "login",
        "Set the login of a customer: name, password, whether it may be used. Or show it, without an option.",
    ),
    "field": (_HERE + "field", "Fields of the shop's own, such as a T-shirt size; imports fill them by their names."),
    "emails": (_HERE + "emails", "List the mail to and from a customer, the newest first."),
    "changelog": (_HERE + "history", "Show every change of a customer, field by field, newest first."),
    "address": (_HERE + "address", "Addresses: one for billing, any number for delivery."),
    "contact": (
        _HERE + "contact",
        "People to call besides the customer; under a company also customers who buy on its account.",
    ),
}
"""Each command with the module that holds it and its one-line help."""


def opened(run: "Run", number: int) -> "Record":
    """Give the customer of a number as `hub customers show` does."""
    from hubcli.commands.customers import show

    return show.record(run, number)
