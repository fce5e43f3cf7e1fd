"""Lists quotes."""

import datetime as dt
from typing import Annotated, Any

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import filters
from hubcli.errors import bad_value
from hubcli.operations import refs
from hubcli.operations.documents import fields
from hubcli.render import ASKED, Column, Listing
from hubcli.values import dates, text

app = typer.Typer()

Text = str | None
Words = list[str] | None
STATUSES = ("active", "draft", "saved", "awaiting-approval", "expired", "converted", "declined", "deleted", "all")
LIST = (
    Column("number", "code", title="#"),
    Column("customer", "ref", prefix="C", title="customer", keep=6),
    Column("customer_name", title="name"),
    Column("date", "date", keep=3),
    Column("expires_on", "date", title="expires", keep=2),
    Column("status", "code"),
    Column("job_name", title="job", keep=5),
    Column("class", "code", keep=8),
    Column("salesperson", "code", title="by", keep=4),
    Column("location", "code", keep=8),
    Column("total", "money"),
    Column("deposits", "money", keep=4),
    Column("margin", "percent", title="est. margin", keep=3),
    Column("margin_complete", "bool", title="complete", keep=7),
    Column("active", "bool", keep=ASKED),
    Column("purchase_order", "code", keep=ASKED),
    Column("needed_on", "date", keep=ASKED),
    Column("sent_on", "date", keep=ASKED),
)


def document_filters(
    run: Run,
    *,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
    date: Annotated[Words, Option("--date", metavar="RANGE", help="made then, as last month or 2025-05")] = None,
    class_: Annotated[Words, Option("--class", metavar="C", help="retail, web, trade or project")] = None,
    job: Annotated[Words, Option("--job", metavar="TEXT", help="part of the job's name")] = None,
    salesperson: Annotated[Words, Option("--salesperson", metavar="STAFF")] = None,
    mine: Annotated[bool, Option("--mine", help="sold by whoever is asking")] = False,
    location: Annotated[Words, Option("--location", metavar="T")] = None,
    purchase_order: Annotated[Words, Option("--po", metavar="T", help="the customer's own number")] = None,
    model: Annotated[Words, Option("--model", metavar="MODEL", help="with this model on a line")] = None,
) -> dict[str, Any]:
    """Give the parameters that lists of quotes and of orders share; raise HubError for a value that does not hold."""
    first, last = filters.days(run, date, "--date")
    sellers = [refs.staff(run.hub, name) for name in salesperson or []]
    if mine:
        sellers.append(refs.staff(run.hub, run.hub.who.actor))
    return {
        "today": run.hub.day.today,
        "customer": filters.of_customers(run, customer),
        "date_from": first,
        "date_to": last,
        "class": filters.chosen(class_, fields.CLASSES, "--class"),
        "job": ["%" + text.name(part, "--job").lower().replace("%", "_") + "%" for part in job or []],
        "salesperson": sellers,
        "location": location or [],
        "purchase_order": purchase_order or [],
        "model": model or [],
    }


@command(app, "list", takes=[document_filters])
def list_(
    run: Run,
    document_filters: dict[str, Any],
    *,
    status: Annotated[
        Words, Option("--status", metavar="S", help="active, expired, converted, declined, deleted, saved … or all")
    ] = None,
    expiring: Annotated[Words, Option("--expiring", metavar="3d", help="active, and over within so many days")] = None,
    unanswered: Annotated[
        Words, Option("--unanswered", metavar="7d", help="sent so long ago, still valid, and no answer came")
    ] = None,
) -> Listing:
    """List quotes, the newest first.

    Without --status: all but converted and deleted ones. Active are those that may still be accepted, and expired
    ones that hold a deposit.

    Examples:
    hub quotes list --status active
    hub quotes list --expiring 3d
    hub quotes list --unanswered 7d
    hub quotes list --status expired --date "last month" --csv
    """
    wanted = filters.chosen(status, STATUSES, "--status")
    if not wanted:
        wanted = ["draft", "saved", "awaiting-approval", "approved", "expired", "declined"]
    elif "all" in wanted:
        wanted = [*STATUSES, "approved"]
    params = {**document_filters, "state": wanted, "active": int("active" in wanted)}
    params["expiring_to"] = max((_ahead(run, typed) for typed in expiring or []), default=None)
    ages = [dates.age(typed, run.today, "--unanswered") for typed in unanswered or []]
    params["sent_to"] = max(ages).isoformat() if ages else None
    return run.list("quotes.list", params, LIST, "quotes")


def _ahead(run: Run, typed: str) -> str:
    """Give the day that is so many days ahead: 3d, 2w."""
    if typed.isdecimal():
        raise bad_value("--expiring", typed, "names no unit: write 3d or 2w")
    back = dates.age(typed, run.today, "--expiring")
    ahead: dt.date = run.today + (run.today - back)
    return ahead.isoformat()
