"""What happened with a customer, newest first, and how engaged they are."""

from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.commands.customers.parts import Ref
from hubcli.operations import refs
from hubcli.render import Column, Listing, Record
from hubcli.values import dates, words

app = typer.Typer()

TIMELINE = (
    Column("date", "date"),
    Column("kind", "code"),
    Column("ref", "code"),
    Column("what", "long"),
    Column("amount", "money"),
    Column("actor", "code"),
    Column("at", "instant", keep=9),
    Column("change", "ref", prefix="H", keep=5),
)
ENGAGEMENT = (
    Column("number", "ref", prefix="C"),
    Column("name", "text"),
    Column("customer_since", "date"),
    Column("first_seen", "instant"),
    Column("last_login", "instant"),
    Column("logins", "count"),
    Column("site_events", "count"),
    Column("quotes", "count"),
    Column("orders", "count"),
    Column("last_order_on", "date"),
    Column("lifetime_value", "money"),
    Column("visits", "count"),
    Column("mails", "count"),
    Column("last_activity_on", "date"),
)
KINDS = (
    "account", "lifecycle", "hold", "consent", "merge", "erase", "quote", "order", "invoice", "return", "payment",
    "refund", "credit", "note", "visit", "statement", "sent", "mail", "artwork", "import", "undo", "login", "site",
    "other",
)  # fmt: skip
Text = str | None
Kind = Annotated[list[str] | None, Option("--kind", metavar="K", help="such as payment, account, visit, login")]
Date = Annotated[Text, Option("--date", metavar="RANGE", help="in these days, such as 2025-05 or last month")]
By = Annotated[Text, Option("--by", metavar="WHO", help="done by")]


@command(app, "activity")
def activity(
    run: Run,
    ref: Ref,
    *,
    kind: Kind = None,
    by: By = None,
    date: Date = None,
    summary: Annotated[bool, Option("--summary", help="first seen, last login, counts")] = False,
) -> Listing | Record:
    """Show everything that happened with a customer, newest first.

    Changes, documents, payments, notes, visits, mails, and what they did on the website.

    Examples:
    hub customers activity C1
    hub customers activity C1 --kind payment --kind order
    hub customers activity C1 --summary
    """
    if summary:
        number = targets.customer(run, ref)
        row = run.hub.one("activity.engagement", {"customer": number})
        return Record(ENGAGEMENT, tuple(row) if row else (), title=f"C{number}")
    return timeline(run, ref, kind, by, date)


def timeline(run: Run, ref: str, kind: list[str] | None = None, by: Text = None, date: Text = None) -> Listing:
    """Give everything that happened with a customer, of some kinds, by somebody, in some days."""
    number = targets.customer(run, ref)
    params = {"customer": number, "family": refs.family(run.hub, number), "actor": by}
    return run.list("activity.of_customer", params | told(run, kind, date), TIMELINE, "events")


def told(run: Run, kind: list[str] | None, date: Text) -> dict[str, object]:
    """Give the parameters of kinds and days that a timeline takes; raise bad_value."""
    first, last = dates.day_range(date, run.today, "--date") if date is not None else (None, None)
    return {
        "kind": [words.choose(word, KINDS, "--kind") for word in kind or []],
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
    }
