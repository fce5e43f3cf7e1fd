"""hub report payments, cash: money taken, by method and one by one; the till by place, method and clerk."""

from typing import Annotated, Any

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.commands.payments import shared as pay
from hubcli.commands.reports import shared
from hubcli.commands.reports.shared import Date, Period, Text
from hubcli.listing import order_by
from hubcli.operations.payments import methods
from hubcli.operations.reports import takings
from hubcli.render import ASKED, Column, Listing
from hubcli.values import dates, money, words

app = typer.Typer()

DETAIL = (
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
    Column("gross", "money", keep=0),
    Column("fee", "money", keep=2),
    Column("net", "money", keep=2),
    Column("salesperson", "code", keep=12),
    Column("money", "bool", keep=13),
    *shared.PERIOD,
)
BREAKDOWN = (
    Column("method", "code"),
    Column("payments", "count"),
    Column("total", "money"),
    Column("fees", "money"),
    Column("net", "money"),
    Column("refunded", "money"),
    Column("from", "date", keep=ASKED),
    Column("to", "date", keep=ASKED),
    Column("reversed", "money", keep=3),
    Column("pending", "money", keep=4),
    Column("money", "bool", keep=14),
)
CASH = (
    Column("location", "text"),
    Column("method", "code"),
    Column("by", "code"),
    Column("payments", "count"),
    Column("received", "money"),
    Column("paid_out", "money", title="paid out"),
    Column("reversed", "money", keep=3),
    Column("net", "money", keep=0),
    *shared.PERIOD,
)
Method = Annotated[list[str] | None, Option("--method", metavar="M", help="such as cash")]


def payment_filters(
    run: Run,
    *,
    method: Method = None,
    location: Annotated[Text, Option("--location", metavar="T", help="taken there")] = None,
    by: Annotated[Text, Option("--by", metavar="WHO", help="recorded by")] = None,
    customer: Annotated[Text, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
) -> dict[str, Any]:
    """Give the parameters of filters on payments."""
    return {
        "method": [words.choose(word, methods.METHODS, "--method") for word in method or []],
        "location": location,
        "by": by,
        "customer": None if customer is None else targets.customer(run, customer),
    }


@command(app, "payments", takes=[payment_filters])
def payments(
    run: Run,
    payment_filters: dict[str, Any],
    *,
    date: Date = None,
    salesperson: Annotated[Text, Option("--salesperson", metavar="S", help="of the document")] = None,
    amount: Annotated[Text, Option("--amount", metavar="M", help="exactly this amount")] = None,
    detail: Annotated[bool, Option("--detail", help="every payment, not the sums by method")] = False,
) -> Listing:
    """Show payments by method, or one by one with --detail; what is no money is set apart from money received.

    Money counts on the day it was taken; what bounced or was voided later is reversed on the day of that, so that a
    month that is over keeps its figures. Surplus of a check that became customer credit is money received too.

    Examples:
    hub report payments --date 2025-05
    hub report payments --date 2025-05 --detail --csv
    """
    days = shared.period(run, date)
    params = payment_filters | days.params | {
        "salesperson": salesperson, "amount": None if amount is None else pay.amount_of(amount),
    }  # fmt: skip
    if detail:
        rows = takings.rows(run.hub, params, order_by(run.sort, DETAIL))
        return Listing(DETAIL, rows, name="payments", total=len(rows), totals=_both(DETAIL, rows), ordered=True)
    rows = [_sum(method, sums, days) for (method,), sums in takings.by(run.hub, params, "method").items()]
    return Listing(
        BREAKDOWN, rows, name="payments", total=len(rows), totals=_both(BREAKDOWN, rows), summary=_told(rows)
    )


def _sum(method: str, sums: takings.Sums, days: Period) -> tuple[Any, ...]:
    return (
        method, sums.payments, sums.taken, sums.fee, sums.net, sums.refunded, days.first, days.last, sums.reversed,
        sums.pending, int(method not in methods.NOT_MONEY),
    )  # fmt: skip


def _both(columns: tuple[Column, ...], rows: list[Any]) -> list[list[Any]]:
    """Give the sums of money received and, where there is something that is no money, of everything."""
    place = [column.name for column in columns].index("money")
    received = [row for row in rows if row[place]]
    sums = shared.totals(columns, received, "payments", label="money received")
    if len(received) < len(rows):
        sums += shared.totals(columns, rows, "payments", label="with the rest")
    return sums


def _told(rows: list[tuple[Any, ...]]) -> str | None:
    """Give the line with the money received, and what is none apart from it."""
    if not rows:
        return None
    received = [row for row in rows if row[10]]
    total, fees, refunded, back = (sum(row[at] or 0 for row in received) for at in (2, 3, 5, 8))
    parts = [f"money received {money.show(total)}"]
    parts += [f"fees {money.show(fees)}, net {money.show(total - fees)}"] if fees else []
    pending = sum(row[9] for row in received)
    parts += [f"of it pending {money.show(pending)}"] if pending else []
    parts += [f"reversed {money.show(back)}"] if back else []
    parts += [f"paid out {money.show(refunded)}"] if refunded else []
    parts += [f"{row[0]} {money.show(row[2] - row[8])}" for row in rows if not row[10]]
    return "; ".join(parts)


@command(app, "cash", takes=[payment_filters])
def cash(run: Run, payment_filters: dict[str, Any], *, date: Date = None) -> Listing:
    """Show what the till must hold: money received and paid out by place, method and clerk.

    It is about today, unless told otherwise. Customer credit, credit lines and write-offs are no money and do not
    show. --method cash is the drawer alone.

    Examples:
    hub report cash --date 2025-06-14
    hub report cash --date "last 7 days" --method cash
    """
    day = dates.show_range((run.today, run.today))
    days = shared.period(run, date or day)
    params = payment_filters | days.params | {"salesperson": None, "amount": None}
    rows = []
    for (place, method, by), sums in takings.by(run.hub, params, "location", "method", "recorded_by").items():
        if method not in methods.NOT_MONEY:
            net = sums.taken - sums.refunded - sums.reversed
            rows.append(
                (place, method, by, sums.payments, sums.taken, sums.refunded, sums.reversed, net, days.first, days.last)
            )
    return Listing(CASH, rows, name="takings", total=len(rows), totals=shared.totals(CASH, rows, "payments"))
