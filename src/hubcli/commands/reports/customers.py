"""hub report credit, lifetime, segments: what customers have, what they are worth, and who they are."""

import datetime as dt
from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands.filters import STAGES, TYPES
from hubcli.commands.reports import shared
from hubcli.commands.reports.shared import Date, Text, Words
from hubcli.errors import HubError
from hubcli.listing import order_by
from hubcli.operations import refs
from hubcli.operations.reports import segments as rfm
from hubcli.render import ASKED, Column, Listing
from hubcli.values import clock, money, words

app = typer.Typer()

CREDIT = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("date_issued", "date", title="issued"),
    Column("amount", "money"),
    Column("type", "code", keep=2),
    Column("document", "code", keep=3),
    Column("balance", "money", title="has now"),
    Column("note", "long", keep=5),
    *shared.PERIOD,
)
LIFETIME = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("stage", "code", keep=3),
    Column("orders", "count"),
    Column("first_order_on", "date", title="first", keep=6),
    Column("last_order_on", "date", title="last", keep=4),
    Column("total", "money", keep=2),
    Column("returned", "money", keep=5),
    Column("adjusted", "money", keep=7),
    Column("written_off", "money", title="written off", keep=7),
    Column("lifetime_value", "money", title="lifetime", keep=0),
    Column("margin", "percent"),
    Column("margin_complete", "bool", title="complete", keep=8),
    Column("as_of", "date", title="as of", keep=ASKED),
)
SEGMENTS = (
    Column("segment", "code"),
    Column("customers", "count"),
    Column("share", "percent"),
    Column("days_since_order", "count", title="days since order"),
    Column("orders", "count"),
    Column("spent", "money"),
    Column("as_of", "date", title="as of", keep=ASKED),
)
SCORES = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("last_order_on", "date", title="last order", keep=3),
    Column("days_since_order", "count", title="days", keep=4),
    Column("orders", "count"),
    Column("spent", "money"),
    Column("r", "count"),
    Column("f", "count"),
    Column("m", "count"),
    Column("fm", "count", keep=2),
    Column("segment", "code"),
    Column("as_of", "date", title="as of", keep=ASKED),
)


@command(app, "credit")
def credit(run: Run, ref: shared.Ref = None, *, customer: shared.Customer = None, date: Date = None) -> Listing:
    """Show the customer credit that was issued, and what each customer has of it now.

    Examples:
    hub report credit --date 2025-05
    """
    days = shared.period(run, date)
    params = days.params | {"customer": shared.one_customer(run, ref, customer)}
    rows = list(run.hub.rows("report.credit", params, order_by(run.sort, CREDIT)))
    now = sum({row["number"]: row["balance"] for row in rows}.values())
    issued = sum(row["amount"] for row in rows)
    told = f"issued {money.show(issued)}; these customers have {money.show(now)} now"
    sums = shared.totals(CREDIT, rows)
    for row in sums:
        row[6] = now  # who is listed twice has it once
    return Listing(
        CREDIT, rows, name="credits", total=len(rows), totals=sums, summary=told if rows else None, ordered=True
    )


@command(app, "lifetime")
def lifetime(
    run: Run,
    *,
    customer: shared.Customer = None,
    stage: Annotated[Words, Option("--stage", metavar="S", help="lead, first-time or repeat")] = None,
    type: Annotated[Words, Option("--type", metavar="T", help="luxury, average or budget-friendly")] = None,
    manager: Annotated[Words, Option("--manager", metavar="STAFF", help="account manager")] = None,
    least: Annotated[Text, Option("--min", metavar="M", help="worth at least so much")] = None,
) -> Listing:
    """Show what customers are worth, the most valuable first, with the margin of what they kept.

    Lifetime value = totals of their orders, tax included, - returned - taken off afterwards - written off. Drafts,
    canceled orders, quotes and deposits do not count. Each row is checked against the customer's own figure (exit 7).

    Examples:
    hub report lifetime --limit 10
    hub report lifetime --type luxury --min 20000 --csv
    """
    params = {
        "today": str(run.today),
        "customer": shared.one_customer(run, None, customer),
        "stage": [words.choose(word, STAGES, "--stage") for word in stage or []],
        "type": [words.choose(word, TYPES, "--type") for word in type or []],
        "manager": [refs.staff(run.hub, name) for name in manager or []],
        "least": None if least is None else money.parse(least, "--min"),
    }
    rows = list(run.hub.rows("report.lifetime", params, order_by(run.sort, LIFETIME)))
    for row in rows:
        if row["kept"] != row["lifetime_value"]:
            raise HubError("aging_apart", rows=money.show(row["lifetime_value"]), owed=money.show(row["kept"]))
    sums = shared.totals(LIFETIME, rows, "orders")
    return Listing(LIFETIME, rows, name="customers", total=len(rows), totals=sums, ordered=True)


@command(app, "segments")
def segments(
    run: Run,
    *,
    customer: shared.Customer = None,
    as_of: shared.AsOf = None,
    segment: Annotated[Words, Option("--segment", metavar="S", help="its customers, such as at-risk")] = None,
    detail: Annotated[bool, Option("--detail", help="every customer with the scores")] = False,
) -> Listing:
    """Show customers in eleven groups by how lately, how often and for how much they bought.

    Each of the three is scored from 1 to 5 by fifths of this shop's buyers, 5 the best; who is equal has the same
    score. The group follows from recency and from the mean of the other two. Customers without an order are prospects.

    Examples:
    hub report segments
    hub report segments --as-of 2024-12-31 --csv
    hub report segments --detail --segment at-risk --sort -spent
    """
    day = shared.as_of(run, as_of)
    wanted = [words.choose(word, rfm.SEGMENTS, "--segment") for word in segment or []]
    zone = run.hub.zone
    found = rfm.scored(run.hub, day, clock.end_of(dt.date.fromisoformat(day), zone))
    whose = shared.one_customer(run, None, customer)
    if detail or wanted or whose is not None:
        kept = [o for o in found if (not wanted or o.segment in wanted) and whose in {None, o.number}]
        rows = [(*one, day) for one in kept]
        return Listing(SCORES, rows, name="customers", total=len(rows), totals=shared.totals(SCORES, rows, "orders"))
    rows = [(*row, day) for row in rfm.by_segment(found)]
    return Listing(
        SEGMENTS, rows, name="segments", total=len(rows), totals=shared.totals(SEGMENTS, rows, "customers", "orders")
    )
