"""hub report: figures of the shop; each part is imported when one of its commands is used."""

import typer

HELP = """Figures of the shop.

Examples:
hub report aging
hub report receivables --date 2025-05
hub report sales --date 2025 --by month
"""
app = typer.Typer(help=HELP)

_HERE = "hubcli.commands.reports."

LATER: dict[str, tuple[str, str]] = {
    "aging": (_HERE + "aging", "Show what is owed by how long it is past due."),
    "receivables": (_HERE + "receivables", "Show what accounts came to over a period."),
    "payments": (_HERE + "payments", "Show payments by method, or one by one with --detail."),
    "cash": (_HERE + "payments", "Show what the till must hold, by place, method and clerk."),
    "credit": (_HERE + "customers", "Show the customer credit that was issued."),
    "sales": (_HERE + "sales", "Show what was sold in a period, by month or any other group."),
    "quotes": (_HERE + "sales", "Show quotes that are active and quotes whose time is over."),
    "orders": (_HERE + "sales", "Show how far what was ordered is."),
    "returns": (_HERE + "sales", "Show returns: what came back, why, and where the money went."),
    "lifetime": (_HERE + "customers", "Show what customers are worth, the most valuable first."),
    "segments": (_HERE + "customers", "Show customers by how lately, how often and for how much they bought."),
    "visits": (_HERE + "errands", "Count the home visits that were made, and how many were needed again."),
    "late-entries": (_HERE + "late", "Show what is dated in a month and was recorded after it."),
}
"""Each report with the module that holds it and its one-line help."""
