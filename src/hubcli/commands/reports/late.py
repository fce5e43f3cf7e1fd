"""hub report late-entries: what is dated in a month and was recorded after it."""

from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.commands.reports import shared
from hubcli.commands.reports.shared import Text, Words
from hubcli.errors import bad_value
from hubcli.render import Column, Listing
from hubcli.values import clock, dates, words

app = typer.Typer()

KINDS = (
    "payment", "refund", "return", "adjustment", "repayment", "credit", "order", "change", "service", "ended",
)  # fmt: skip
LATE = (
    Column("kind", "code"),
    Column("number", "code", title="#"),
    Column("document", "code"),
    Column("customer", "ref", prefix="C", keep=5),
    Column("customer_name", "text", title="name", keep=4),
    Column("date", "date"),
    Column("recorded_at", "instant", title="recorded"),
    Column("by", "code", keep=3),
    Column("what", "long", keep=2),
    Column("amount", "money"),
    Column("effect", "money", title="owed by", keep=6),
    *shared.PERIOD,
)


@command(app, "late-entries")
def late_entries(
    run: Run,
    *,
    month: Annotated[str, Option("--month", metavar="M", help="such as 2025-05; any period")] = "last month",
    by: Annotated[Text, Option("--by", metavar="WHO", help="recorded by")] = None,
    kind: Annotated[Words, Option("--kind", metavar="K", help=", ".join(KINDS))] = None,
    customer: Annotated[Text, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
) -> Listing:
    """Show what is dated in a month and was recorded after its last day: why its figures are not those printed then.

    Payments, refunds, returns, credit; orders placed, altered or canceled; services sold; payments that ended. `effect`
    is what each does to what is owed. `hub report aging --known-at` shows the figures without them.

    Examples:
    hub report late-entries --month 2025-05
    hub report late-entries --month 2025-05 --by sam --csv
    """
    first, last = dates.day_range(month, run.today, "--month")
    if first is None or last is None:
        raise bad_value("--month", month, "has an open end: write a month, as in 2025-05")
    run.tell(f"dated {first}..{last}, recorded later")
    params = {
        "date_from": str(first), "date_to": str(last), "by": by,
        "after": clock.end_of(last, run.hub.zone),
        "kind": [words.choose(word, KINDS, "--kind") for word in kind or []],
        "only": None if customer is None else targets.customer(run, customer),
    }  # fmt: skip
    return run.list("late.entries", params, LATE, "late entries")
