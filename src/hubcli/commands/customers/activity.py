"""What happened with a customer, newest first, and how engaged they are."""

from typing import Annotated, Any

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.commands.customers.parts import Ref
from hubcli.operations import activity as activities
from hubcli.operations import history, refs
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
    Column("last_seen", "instant"),
    Column("payments", "count"),
    Column("sent", "count"),
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

    Changes with every field old and new, documents, payments, notes, visits, mails, and what they did on the website.

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
    customer = targets.customer(run, ref)
    family = refs.family(run.hub, customer)
    params = {"customer": customer, "family": family, "actor": by, **told(run, kind, date)}
    listed = run.list("activity.of_customer", params, TIMELINE, "events")
    staff = history.staff_logins(run.hub)

    def whole(row: Any) -> tuple[Any, ...]:
        """Give a row; a change set with every field that it changed."""
        if row["ref"] != f"H{row['change']}":
            return tuple(row)
        fields = activities.told(run.hub, row["change"], family, staff)
        return (*tuple(row)[:3], f"{row['what']}: {fields}" if fields else row["what"], *tuple(row)[4:])

    return Listing(TIMELINE, map(whole, listed.rows), name="events", total=listed.total, ordered=True)


def told(run: Run, kind: list[str] | None, date: Text) -> dict[str, object]:
    """Give the parameters of kinds and days that a timeline takes; raise bad_value."""
    first, last = dates.day_range(date, run.today, "--date") if date is not None else (None, None)
    return {
        "kind": [words.choose(word, KINDS, "--kind") for word in kind or []],
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
    }
