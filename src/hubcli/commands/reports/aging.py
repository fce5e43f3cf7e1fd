"""hub report aging (hub credit aging): what is owed by how long it is past due."""

from typing import Annotated, Any

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.commands.reports import shared
from hubcli.commands.reports.shared import Text, Words
from hubcli.errors import bad_value
from hubcli.listing import order_by
from hubcli.operations import aging as ages
from hubcli.render import Column, Listing
from hubcli.values import money, words

app = typer.Typer()

AGES = (
    Column("not_due", "money", title="not due", keep=4),
    Column("current", "money", keep=2),
    Column("days_1_30", "money", title="1-30"),
    Column("days_31_60", "money", title="31-60"),
    Column("days_61_90", "money", title="61-90"),
    Column("over_90", "money", title="90+"),
    Column("unapplied", "money", keep=6),
    Column("owed", "money", keep=0),
    Column("as_of", "date", title="as of", keep=9),
    Column("disputed", "money", keep=5),
)
BY_CUSTOMER = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    *AGES,
    Column("deposits", "money", keep=7),
    Column("credit", "money", title="has credit", keep=8),
    shared.KNOWN,
)
BY_DOCUMENT = (
    Column("number", "code", title="#"),
    Column("kind", "code", keep=4),
    Column("payment", "ref", prefix="P", keep=5),
    Column("customer", "ref", prefix="C", keep=6),
    Column("name", "text", keep=3),
    Column("date", "date", keep=7),
    Column("due", "date"),
    *AGES,
    Column("class", "code", keep=11),
    Column("salesperson", "code", title="by", keep=10),
    Column("location", "code", keep=12),
    Column("invoice", "ref", prefix="I", keep=8),
    shared.KNOWN,
)
DELIVERY = ("open", "scheduled", "in-transit", "delivered", "returned")


@command(app, "aging", takes=[shared.document_filters])
def aging(
    run: Run,
    document_filters: dict[str, Any],
    ref: shared.Ref = None,
    *,
    as_of: shared.AsOf = None,
    known_at: shared.KnownAt = None,
    balance: Annotated[str, Option("--balance", metavar="B", help="all, order or credit-line")] = "all",
    by: Annotated[str, Option("--by", metavar="WHAT", help="customer or document")] = "customer",
    search: Annotated[Text, Option("--search", metavar="TEXT", help="part of the customer's name")] = None,
    past_due: Annotated[Text, Option("--past-due", metavar="DAYS", help="at least so many days past due")] = None,
    delivery: Annotated[
        Words, Option("--delivery", "--delivery-status", metavar="D", help="with a line open, delivered …")
    ] = None,
) -> Listing:
    """Show what is owed by how long it is past due, as of any day.

    Orders count from their due day, from the order day where they are not on account; draws on the credit line from
    the day they are due. Disputed invoices stand in a column of their own. Money beyond what an order charges is
    unapplied, below zero; deposits on quotes and customer credit stand beside and are never netted. The rows add up to
    what is owed: that is checked on every run (exit 7).

    Examples:
    hub report aging
    hub report aging --as-of 2025-05-31 --by document --csv
    hub report aging --past-due 30 --class project --class trade
    """
    day = shared.as_of(run, as_of)
    kind = words.choose(balance, ages.BALANCES, "--balance")
    whose = words.choose(by, ("customer", "document"), "--by")
    columns = BY_CUSTOMER if whose == "customer" else BY_DOCUMENT
    named = targets.customer(run, ref) if ref is not None else None
    filters = document_filters | {"customer": targets.only(named, document_filters["customer"])}
    filters |= {"search": shared.search(search), "past_due": _days(past_due, day)}
    filters |= {"delivery": [words.choose(word, DELIVERY, "--delivery") for word in delivery or []]}
    params = ages.parameters(day, kind, filters["customer"], shared.known_at(run, known_at)) | filters
    rows = ages.rows(run.hub, f"aging.{whose}s", params, order_by(run.sort, columns))
    return Listing(
        columns, rows, name="open balances", total=len(rows), totals=shared.totals(columns, rows),
        summary=_told(day, rows), ordered=True,
    )  # fmt: skip


def _days(typed: Text, day: str) -> str | None:
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdecimal() and 0 < len(typed) < 6):
        raise bad_value("--past-due", typed, "is not a number of days, as in 30")
    return ages.past_due(day, int(typed))


def _told(day: str, rows: list[Any]) -> str | None:
    """Give the line under the table: what is owed in all, and the parts of it that are past due or stand apart."""
    if not rows:
        return None
    sums = dict(ages.totals(rows))
    late = sum(sums[name] for name in ("days_1_30", "days_31_60", "days_61_90", "over_90"))
    parts = [f"owed {money.show(sums['owed'])}", f"past due {money.show(late)}"]
    parts += [f"{name} {money.show(sums[name])}" for name in ("disputed", "unapplied") if sums[name]]
    return f"as of {day}: {', '.join(parts)}"
