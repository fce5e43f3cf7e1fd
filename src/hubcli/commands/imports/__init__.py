"""hub import: other programs' files; each part is imported when one of its commands is used."""

import typer

HELP = """Read customers, orders, payments and more from other programs' files.

Examples:
hub import customers samples/shopify-customers.csv
hub import orders samples/hub-orders.csv --as paid
hub export template payments
"""

app = typer.Typer(help=HELP)

_HERE = "hubcli.commands.imports."

LATER: dict[str, tuple[str, str]] = {
    "customers": (_HERE + "customers", "Import customers."),
    "companies": (_HERE + "customers", "Import companies."),
    "orders": (_HERE + "orders", "Import orders with their lines."),
    "quotes": (_HERE + "simple", "Import quotes with their lines."),
    "payments": (_HERE + "simple", "Import payments."),
    "models": (_HERE + "simple", "Import the catalogue."),
    "credit": (_HERE + "simple", "Import entries of customer credit."),
    "balances": (_HERE + "balances", "Import opening balances: credit, limits, draws, open invoices."),
    "notes": (_HERE + "record", "Import notes."),
    "contacts": (_HERE + "record", "Import contacts."),
    "visits": (_HERE + "record", "Import home visits."),
    "activity": (_HERE + "record", "Import what customers did on the website."),
    "all": (_HERE + "everything", "Load a whole database that hub export all wrote into an empty one."),
}
"""Each command with the module that holds it and its one-line help."""
