"""Follows orders through the workshop: milestones, holds, where each one stands; and what protection plans cover."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli import search
from hubcli.command import Done, Run, command
from hubcli.commands import filters, targets
from hubcli.commands.quotes import written
from hubcli.commands.quotes.find import Text, Words
from hubcli.operations import documents
from hubcli.operations.documents import base, milestones
from hubcli.render import Column, Listing, Record
from hubcli.values import dates, text, words

app = typer.Typer()

Orders = Annotated[list[str], Argument(metavar="O...", help="orders, such as O7; - reads them from stdin")]
DAYS = (
    Column("payment_terms_met", "date", title="paid", keep=4),
    Column("blanks_ordered", "date", title="ordered", keep=5),
    Column("blanks_received", "date", title="received", keep=5),
    Column("artwork_approved", "date", title="artwork", keep=5),
    Column("production_complete", "date", title="made", keep=5),
    Column("shipped", "date", keep=6),
)
BOARD = (
    Column("number", "code", title="#"),
    Column("customer", "ref", prefix="C", keep=8),
    Column("customer_name", title="name", keep=2),
    Column("job_name", title="job", keep=3),
    Column("needed_on", "date", title="needed by"),
    Column("late", "bool", keep=4),
    Column("production_status", "code", title="production"),
    *DAYS,
    Column("status", "code", keep=7),
    Column("delivery_status", "code", title="delivery", keep=8),
)
PLANS = (
    Column("number", "code", title="#"),
    Column("customer", "ref", prefix="C", keep=5),
    Column("customer_name", title="name", keep=2),
    Column("line", "count", keep=7),
    Column("model", "code"),
    Column("serial", "code", keep=3),
    Column("plan", "code", keep=2),
    Column("quantity", "count", title="units", keep=6),
    Column("months", "count", keep=5),
    Column("delivered_on", "date", title="delivered", keep=4),
    Column("ends_on", "date", title="covers to"),
    Column("covered", "bool"),
)


@command(app, "milestone")
def milestone(
    run: Run,
    ref: Annotated[str, Argument(metavar="O", help="the order, such as O7")],
    name: Annotated[
        Text, Argument(metavar="[NAME]", help="blanks-ordered, blanks-received, artwork-approved, production-complete")
    ] = None,
    *,
    date: Annotated[Text, Option("--date", metavar="DATE", help="the day it was reached (today)")] = None,
    clear: Annotated[bool, Option("--clear", help="take it back")] = False,
) -> Done | Record:
    """Note that an order reached a milestone; without one, show all six.

    That the payment terms are met follows from the payments, that it is shipped from the deliveries.

    Examples:
    hub orders milestone O2 blanks-ordered
    hub orders milestone O2 artwork-approved --date yesterday
    hub orders milestone O2
    """
    row = documents.order(run.hub, ref)
    if name is None:
        return Record(BOARD, _rows(run, [row["id"]])[0], title=f"{base.ref_of(row)}  {text.visible(_name(row))}")
    reached = words.choose(name, milestones.NAMES, "NAME")
    if clear and date is not None:
        raise targets.need("--clear takes no --date", f"hub orders milestone {ref} {reached} --clear")
    day = dates.not_future(dates.day(date or "today", run.today, "--date"), run.today, "--date").isoformat()

    def work(hub: Any) -> None:
        if clear:
            milestones.clear(hub, row["id"], reached)
        else:
            milestones.reach(hub, row["id"], reached, day)

    outcome = run.change(work)
    return Done(outcome, BOARD, [] if outcome.dry_run else _rows(run, [row["id"]]), name="orders")


def _name(row: Any) -> str:
    return f"C{row['customer_id']} {row['customer_name']}"


def _rows(run: Run, ids: list[int]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in run.hub.rows("orders.production", {"ids": ids, "today": run.hub.day.today})]


@command(app, "hold")
def hold(run: Run, refs: Orders) -> Done:
    """Hold orders in production; --reason says why.

    Examples:
    hub orders hold O2 --reason "customer changes the colour"
    """
    return _held(run, refs, on=True)


@command(app, "unhold")
def unhold(run: Run, refs: Orders) -> Done:
    """Let held orders go on.

    Examples:
    hub orders unhold O2
    """
    return _held(run, refs, on=False)


def _held(run: Run, refs: list[str], *, on: bool) -> Done:
    ids = [row["id"] for row in written.rows_of(run, refs, documents.order)]
    run.confirm_count(len(ids), "hold" if on else "unhold")

    def work(hub: Any) -> None:
        for number in ids:
            milestones.hold(hub, number, on=on)

    outcome = run.change(work)
    return Done(outcome, BOARD, [] if outcome.dry_run else _rows(run, ids), name="orders")


@command(app, "production")
def production(
    run: Run,
    *,
    status: Annotated[
        Words, Option("--status", metavar="S", help="pending, awaiting-po, awaiting-stock, awaiting-artwork … or all")
    ] = None,
    missing: Annotated[
        Words, Option("--missing", metavar="NAME", help="that have not reached this milestone; repeatable")
    ] = None,
    late: Annotated[bool, Option("--late", help="needed before today and not all delivered")] = False,
    needed: Annotated[Words, Option("--needed", metavar="RANGE", help="needed then, as this week")] = None,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
) -> Listing:
    """List the orders in the workshop, those needed first on top, with the days of their milestones.

    Without --status: all that are neither shipped nor canceled.

    Examples:
    hub orders production
    hub orders production --status awaiting-artwork --late
    """
    first, last = filters.days(run, needed, "--needed")
    reached = [words.choose(word, milestones.NAMES, "--missing").replace("-", "_") for word in missing or []]
    params = {
        "today": run.hub.day.today,
        "status": words.several(status, milestones.STATES, "--status") or (milestones.STATES if status else []),
        "late": late or None,
        "needed_from": first,
        "needed_to": last,
        "customer": filters.of_customers(run, customer),
        **{f"no_{name}": True for name in reached},
    }
    return run.list("orders.production", params, BOARD, "orders")


@command(app, "plans")
def plans(
    run: Run,
    *,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
    serial: Annotated[Words, Option("--serial", metavar="T", help="of the unit, spaces and hyphens aside")] = None,
    model: Annotated[Words, Option("--model", metavar="MODEL")] = None,
    ends: Annotated[Words, Option("--ends", metavar="RANGE", help="that end then, as next month")] = None,
    covered: Annotated[bool, Option("--covered", help="only those that still cover today")] = False,
) -> Listing:
    """List protection plans that were sold, with the last day that each covers.

    A plan counts from the delivery; before that it covers nothing yet.

    Examples:
    hub orders plans --covered
    hub orders plans --customer C1
    """
    first, last = filters.days(run, ends, "--ends")
    params = {
        "today": run.hub.day.today,
        "customer": filters.of_customers(run, customer),
        "serial": [search.serial_key(one) for one in serial or []],
        "model": model or [],
        "ends_from": first,
        "ends_to": last,
        "covered": covered or None,
    }
    return run.list("orders.plans", params, PLANS, "plans")
