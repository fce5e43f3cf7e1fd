"""hub report: aging, customer credit, payments, returns; each with totals that equal the sum of its rows."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Run, command, order_by
from hubcli.commands import targets
from hubcli.commands.payments import shared
from hubcli.commands.payments.lists import range_of
from hubcli.commands.payments.shared import Text
from hubcli.commands.returns import RETURNS
from hubcli.operations import aging as ages
from hubcli.operations.payments import methods
from hubcli.render import Column, Listing
from hubcli.values import money, words

HELP = """Figures of the shop.

Examples:
hub report aging
hub report aging --as-of 2025-05-31 --by document
hub report payments --date "last month"
"""
app = typer.Typer(help=HELP)

AGES = (
    Column("not_due", "money", title="not due", keep=4),
    Column("current", "money", keep=2),
    Column("days_1_30", "money", title="1-30"),
    Column("days_31_60", "money", title="31-60"),
    Column("days_61_90", "money", title="61-90"),
    Column("over_90", "money", title="90+"),
    Column("unapplied", "money", keep=5),
    Column("owed", "money"),
    Column("as_of", "date", title="as of", keep=8),
)
BY_CUSTOMER = (Column("number", "ref", prefix="C", title="#"), Column("name", "text"), *AGES)
BY_DOCUMENT = (
    Column("number", "code", title="#"),
    Column("kind", "code", keep=3),
    Column("payment", "ref", prefix="P", keep=5),
    Column("customer", "ref", prefix="C", keep=6),
    Column("name", "text", keep=3),
    Column("date", "date", keep=6),
    Column("due", "date"),
    *AGES,
)
CREDIT = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("date_issued", "date", title="issued"),
    Column("amount", "money"),
    Column("type", "code", keep=2),
    Column("document", "code", keep=3),
    Column("balance", "money", title="has now"),
    Column("note", "long", keep=5),
)
PAYMENTS = (
    Column("number", "ref", title="#"),
    Column("date", "date"),
    Column("document", "code"),
    Column("customer", "ref", prefix="C", keep=5),
    Column("customer_name", "text", title="name", keep=3),
    Column("location", "text", keep=9),
    Column("recorded_by", "code", title="by", keep=8),
    Column("method", "code"),
    Column("application", "text", keep=6),
    Column("status", "code", keep=7),
    Column("transaction_id", "text", title="reference", keep=10),
    Column("notes", "long", keep=11),
    Column("gross", "money"),
    Column("fee", "money", keep=2),
    Column("net", "money", keep=2),
    Column("salesperson", "code", keep=12),
)
BREAKDOWN = (
    Column("method", "code"),
    Column("payments", "count"),
    Column("total", "money"),
    Column("fees", "money"),
    Column("net", "money"),
    Column("refunded", "money"),
    Column("from", "date", keep=3),
    Column("to", "date", keep=3),
)
Date = Annotated[Text, Option("--date", metavar="RANGE", help="such as 2025-05 or last month")]


@command(app, "aging")
def aging(
    run: Run,
    ref: Annotated[Text, Argument(metavar="[REF]", help="only this customer")] = None,
    *,
    as_of: Annotated[Text, Option("--as-of", metavar="D", help="as it was on that day (today)")] = None,
    balance: Annotated[str, Option("--balance", metavar="B", help="all, order or credit-line")] = "all",
    by: Annotated[str, Option("--by", metavar="WHAT", help="customer or document")] = "customer",
) -> Listing:
    """Show what is owed by how long it is past due, as of any day.

    Orders count from their due day, from the order day where they are not on account; draws on the credit line from
    the day they are due. The rows add up to what is owed: that is checked on every run (exit 7).

    Examples:
    hub report aging
    hub report aging --as-of 2025-05-31 --by document --csv
    """
    from hubcli.values import dates

    day = run.today if as_of is None else dates.day(as_of, run.today, "--as-of")
    kind = words.choose(balance, ages.BALANCES, "--balance")
    whose = words.choose(by, ("customer", "document"), "--by")
    columns = BY_CUSTOMER if whose == "customer" else BY_DOCUMENT
    params = ages.parameters(day.isoformat(), kind, targets.customer(run, ref) if ref is not None else None)
    rows = ages.rows(run.hub, f"aging.{whose}s", params, order_by(run.sort, columns))
    told = ", ".join(
        f"{_heading(name)} {money.show(cents)}" for name, cents in ages.totals(rows) if cents or name == "owed"
    )
    return Listing(
        columns, rows, name="open balances", total=len(rows), summary=f"as of {day}: {told}" if rows else None
    )


def _heading(name: str) -> str:
    return next(column.heading for column in AGES if column.name == name)


@command(app, "credit")
def credit(
    run: Run,
    ref: Annotated[Text, Argument(metavar="[REF]", help="only this customer")] = None,
    *,
    date: Date = None,
) -> Listing:
    """Show the customer credit that was issued, and what each customer has of it now.

    Examples:
    hub report credit --date 2025-05
    """
    first, last = range_of(run, date, "--date")
    customer = targets.customer(run, ref) if ref is not None else None
    params = {"date_from": first, "date_to": last, "customer": customer}
    rows = list(run.hub.rows("report.credit", params, order_by(run.sort, CREDIT)))
    now = sum({row["number"]: row["balance"] for row in rows}.values())
    issued = sum(row["amount"] for row in rows)
    told = f"issued {money.show(issued)}; these customers have {money.show(now)} now"
    return Listing(CREDIT, rows, name="credits", total=len(rows), summary=told if rows else None)


@command(app, "payments")
def payments(
    run: Run,
    *,
    date: Date = None,
    method: Annotated[list[str] | None, Option("--method", metavar="M", help="such as cash")] = None,
    location: Annotated[Text, Option("--location", metavar="T", help="taken there")] = None,
    salesperson: Annotated[Text, Option("--salesperson", metavar="S", help="of the document")] = None,
    amount: Annotated[Text, Option("--amount", metavar="M", help="exactly this amount")] = None,
    detail: Annotated[bool, Option("--detail", help="every payment, not the sums by method")] = False,
) -> Listing:
    """Show payments by method, or one by one with --detail; what is no money is set apart from money received.

    Examples:
    hub report payments --date 2025-05
    hub report payments --date 2025-05 --detail --csv
    """
    first, last = range_of(run, date, "--date")
    params = {
        "date_from": first, "date_to": last, "location": location, "salesperson": salesperson,
        "method": [words.choose(word, methods.METHODS, "--method") for word in method or []],
        "amount": None if amount is None else shared.amount_of(amount),
    }  # fmt: skip
    rows = list(run.hub.rows("report.payments", params, order_by(run.sort, PAYMENTS) if detail else None))
    if detail:
        return Listing(PAYMENTS, rows, name="payments", total=len(rows), summary=_received(rows, []))
    narrowed = location is not None or salesperson is not None or amount is not None
    back = [] if narrowed else list(run.hub.rows("report.refunds", params))
    return Listing(
        BREAKDOWN, _by_method(rows, back, first, last), name="payments", total=len(rows), summary=_received(rows, back)
    )


def _by_method(rows: Sequence[Any], back: Sequence[Any], first: Text, last: Text) -> list[tuple[object, ...]]:
    """Give one row for each method: how many, their sum, fees and net where there are any, and what was paid out."""
    refunded = {row["method"]: row["total"] for row in back}
    found: list[tuple[object, ...]] = []
    for method in sorted({row["method"] for row in rows} | refunded.keys(), key=_rank):
        mine = [row for row in rows if row["method"] == method]
        fees = [row["fee"] for row in mine if row["fee"] is not None]
        total = sum(row["gross"] for row in mine)
        fee = sum(fees) if fees else None
        net = total - fee if fee is not None else None
        found.append((method, len(mine), total, fee, net, refunded.get(method, 0), first, last))
    return found


def _rank(method: str) -> tuple[bool, str]:
    return method in methods.NOT_MONEY, method


def _received(rows: Sequence[Any], back: Sequence[Any]) -> str | None:
    """Give the line with the money received, and what is none apart from it."""
    if not rows:
        return None
    money_in = sum(row["gross"] for row in rows if row["method"] not in methods.NOT_MONEY)
    fees = sum(row["fee"] or 0 for row in rows)
    parts = [f"money received {money.show(money_in)}"]
    parts += [f"fees {money.show(fees)}, net {money.show(money_in - fees)}"] if fees else []
    parts += [f"paid out {money.show(sum(row['total'] for row in back))}"] if back else []
    for method in sorted(methods.NOT_MONEY):
        cents = sum(row["gross"] for row in rows if row["method"] == method)
        parts += [f"{method} {money.show(cents)}"] if cents else []
    return "; ".join(parts)


@command(app, "returns")
def returns(
    run: Run,
    ref: Annotated[Text, Argument(metavar="[DOCUMENT|CUSTOMER]", help="only of O7, or of a customer")] = None,
    *,
    date: Date = None,
) -> Listing:
    """Show returns: what came back, why, the fee kept, and where the money went.

    Examples:
    hub report returns --date "last 90 days"
    """
    row, customer = shared.document_or_customer(run, ref) if ref is not None else (None, None)
    first, last = range_of(run, date, "--date")
    params = {
        "date_from": first, "date_to": last, "document": row["id"] if row is not None else None,
        "customer": customer if row is None else None,
    }  # fmt: skip
    rows = list(run.hub.rows("returns.list", params, order_by(run.sort, RETURNS)))
    fees, given = sum(r["restocking"] for r in rows), sum(r["refund"] for r in rows)
    told = f"given back {money.show(given)}, restocking fees kept {money.show(fees)}"
    return Listing(RETURNS, rows, name="returns", total=len(rows), summary=told if rows else None)
