"""hub report receivables: opening, charges, payments, returns, write-offs, adjustments, closing of each customer."""

from typing import Annotated, Any

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands.reports import shared
from hubcli.commands.reports.shared import Date, From, To
from hubcli.operations.reports import receivables as accounts
from hubcli.render import Column, Listing
from hubcli.values import money, words

app = typer.Typer()

WHO = (Column("number", "ref", prefix="C", title="#"), Column("name", "text"), Column("opening", "money"))
END = (Column("closing", "money", keep=0), *shared.PERIOD)
RECEIVABLES = (
    *WHO,
    Column("charges", "money"),
    Column("payments", "money"),
    Column("returns", "money"),
    Column("write_offs", "money", title="write-offs"),
    Column("adjustments", "money", title="adjusted"),
    *END,
    Column("received", "money", keep=6),
    Column("refunded", "money", keep=6),
    shared.KNOWN,
)
CREDIT = (
    *WHO,
    Column("issued", "money"),
    Column("returned", "money", title="for returns"),
    Column("applied", "money", title="spent"),
    Column("withdrawn", "money", title="paid out"),
    Column("adjustments", "money", title="adjusted", keep=4),
    *END,
    shared.KNOWN,
)
DEPOSITS = (
    *WHO,
    Column("received", "money"),
    Column("refunded", "money"),
    Column("applied", "money", title="to orders"),
    *END,
    shared.KNOWN,
)
COLUMNS = {"receivables": RECEIVABLES, "credit": CREDIT, "deposits": DEPOSITS}
LESS = {"payments", "returns", "write_offs", "refunded", "applied", "withdrawn"}
"""Columns that lower the balance: they are shown above zero."""


@command(app, "receivables")
def receivables(
    run: Run,
    ref: shared.Ref = None,
    *,
    customer: shared.Customer = None,
    first: From = None,
    last: To = None,
    date: Date = None,
    of: Annotated[str, Option("--of", metavar="WHAT", help="receivables, credit or deposits")] = "receivables",
    known_at: shared.KnownAt = None,
) -> Listing:
    """Show what accounts came to over a period: this month, unless told otherwise.

    opening + charges - payments - returns - write-offs + adjustments = closing; payments are what was received less
    what was given back. Opening and closing are those of `hub report aging`, worked out in another way: any customer
    whose figures do not meet ends the report with exit 7. What was owed from before hub is an adjustment. --of credit
    does the same for customer credit, --of deposits for money on quotes.

    Examples:
    hub report receivables --from 2025-05-01 --to 2025-05-31
    hub report receivables --date "last month" --csv
    hub report receivables --date 2025-05 --of deposits
    """
    what = words.choose(of, tuple(COLUMNS), "--of")
    begin, end = shared.closed_period(run, first, last, date)
    whose = shared.one_customer(run, ref, customer)
    asked = accounts.Asked(begin, end, whose, shared.known_at(run, known_at))
    columns = COLUMNS[what]
    rows = [_row(columns, account, asked) for account in accounts.accounts(run.hub, what, asked)]
    sums = shared.totals(columns, rows)
    return Listing(
        columns, rows, name="accounts", total=len(rows), totals=sums, summary=_told(columns, sums[0]) if sums else None
    )


def _row(columns: tuple[Column, ...], account: accounts.Account, asked: accounts.Asked) -> tuple[Any, ...]:
    values: dict[str, Any] = {"number": account.number, "name": account.name, "opening": account.opening}
    values |= {"closing": account.closing, "from": asked.first, "to": asked.last, "known_at": asked.known_at}
    moves = dict(account.moves)
    if columns is RECEIVABLES:
        values |= {"received": -moves.get("payments", 0), "refunded": moves.get("refunds", 0)}
        moves["payments"] = moves.get("payments", 0) + moves.pop("refunds", 0)
    for column in columns:
        if column.name not in values:
            cents = moves.get(column.name, 0)
            values[column.name] = -cents if column.name in LESS else cents
    return tuple(values[column.name] for column in columns)


def _told(columns: tuple[Column, ...], sums: list[Any]) -> str:
    """Give the sum that the report is: what there was, each move that is not 0.00, what there is."""
    parts = [money.show(sums[2])]
    for column, cents in zip(columns, sums, strict=True):
        if column.name in {"closing", "from"}:
            break
        if column.kind == "money" and column.name != "opening" and cents:
            less = (column.name in LESS) == (cents > 0)
            parts.append(f"{'-' if less else '+'} {column.heading} {money.show(abs(cents))}")
    closing = sums[[column.name for column in columns].index("closing")]
    return f"{' '.join(parts)} = {money.show(closing)}"
