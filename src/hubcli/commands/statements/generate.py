"""Issues statements: for customers who are named, or as the job that cron runs at the end of a month."""

import datetime as dt
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.filters import is_view
from hubcli.commands.statements import send as sender
from hubcli.counts import Count
from hubcli.errors import HubError, bad_value
from hubcli.operations.statements import gather, issue
from hubcli.operations.statements.gather import Period
from hubcli.operations.statements.issue import KINDS, Batch, Wanted
from hubcli.render import Column, Listing
from hubcli.values import dates, money, words

app = typer.Typer()

Text = str | None
ISSUED = (
    Column("number", "ref", prefix="S", title="#"),
    Column("customer", "ref", prefix="C", keep=2),
    Column("customer_name", title="name"),
    Column("kind", "code", keep=6),
    Column("from_on", "date", title="from", keep=5),
    Column("to_on", "date", title="to", keep=4),
    Column("balance", "money", title="listed", keep=3),
    Column("not_yet_due", "money", title="not yet due", keep=3),
    Column("total_owed", "money", title="owed"),
    Column("replaces", "ref", prefix="S", keep=7),
)


@command(app, "generate")
def generate(
    run: Run,
    refs: Annotated[
        list[str] | None, Argument(metavar="[REF|@VIEW...]", help="only these customers; - reads them from stdin")
    ] = None,
    *,
    monthly: Annotated[bool, Option("--monthly", help="the month that ended last")] = False,
    month: Annotated[Text, Option("--month", metavar="M", help="a month, such as 2025-05")] = None,
    from_: Annotated[Text, Option("--from", metavar="D", help="the first day")] = None,
    to: Annotated[Text, Option("--to", metavar="D", help="the last day (today)")] = None,
    kind: Annotated[str, Option("--kind", metavar="K", help="open-item or balance-forward")] = "open-item",
    only_outstanding: Annotated[bool, Option("--only-outstanding", help="only who owes something")] = False,
    reissue: Annotated[bool, Option("--reissue", help="issue anew what this period has already")] = False,
    send: Annotated[bool, Option("--send", help="send them too, by mail or into the outbox")] = False,
) -> Done | Listing | str | None:
    """Issue the statements of a period to account holders who owe, or had an invoice or a payment in it.

    A statement lists what is overdue on its last day; what it does not list stands in one line, and both add up to
    what hub report aging says (exit 7 otherwise). It is kept as it was issued. A company's covers its linked contacts.

    Who has one of this period is left alone; --reissue issues it anew. Nothing to issue: nothing is said. A saved view
    leaves of all these the customers that it finds; who is named must get one.

    Examples:
    hub statements generate --monthly -n
    hub statements generate C3 --from 2025-04-01 --to 2025-05-31 --kind balance-forward
    hub statements generate --month 2025-05 --send
    """
    period = _period(run, monthly=monthly, month=month, first=from_, last=to, kind=words.choose(kind, KINDS, "--kind"))
    issue.check_enabled(run.hub)
    wanted = targets.customers(run, refs) if refs else None
    within = frozenset(wanted or ()) if refs and all(map(is_view, refs)) else None
    run.hub.job(issue.JOB)

    def work(hub: Any) -> Batch:
        asked = gather.customers(hub, wanted, period.last) if wanted is not None and within is None else None
        return issue.issue(hub, Wanted(period, asked, only_outstanding, reissue, within))

    run.tell(f"statements for {period.first}..{period.last}, what is owed on {period.last}")
    outcome = run.change(work)
    batch: Batch = outcome.result
    if run.verbose and batch.had:
        run.say(f"{batch.had} had theirs already")
    if outcome.change is None:
        return None
    sent = _send(run, outcome, batch, period) if send and not outcome.dry_run else None
    return _printed(run, outcome, batch, period, sent, named=bool(refs))


def _send(run: Run, outcome: Any, batch: Batch, period: Period) -> Text:
    """Send what was issued; where that fails, say first that it was issued."""
    try:
        return sender.issued(run, [one.number for one in batch.issued])
    except HubError:
        run.say(f"issued {_line(batch, period)} (H{outcome.change}), not all sent: hub statements send --unsent")
        raise


def _period(run: Run, *, monthly: bool, month: Text, first: Text, last: Text, kind: str) -> Period:
    """Give the period that the options name; raise needs_option for none or several, bad_value for one to come."""
    if (month is not None) + monthly + (first is not None or last is not None) != 1:
        raise targets.need("name one period", "--monthly", "--month 2025-05", "--from 2025-05-01 --to 2025-05-31")
    if first is None and last is not None:
        raise targets.need("--to needs --from, the first day", f"--from D --to {last}")
    if monthly or month is not None:
        start, end = dates.day_range("last month" if month is None else month, run.today, "--month")
        if start is None or end is None or start != end.replace(day=1) or (end + dt.timedelta(days=1)).day != 1:
            raise bad_value("--month", month, "is not one month: write it as in 2025-05")
    else:
        start = dates.day(first or "", run.today, "--from")
        end = run.today if last is None else dates.day(last, run.today, "--to")
        if end < start:
            raise bad_value("--to", last or end.isoformat(), f"is before --from, {start}")
    dates.not_future(end, run.today, "--month" if month is not None else "--to")
    return Period(start.isoformat(), end.isoformat(), kind)


def _printed(run: Run, outcome: Any, batch: Batch, period: Period, sent: Text, *, named: bool) -> Done | Listing | str:
    """Give what was issued: a row each where customers were named or a format was asked for, else one line."""
    rows = [
        (one.number, one.customer, one.name, period.kind, period.first, period.last, one.balance, one.not_yet_due,
         one.total_owed, one.replaces)
        for one in batch.issued
    ]  # fmt: skip
    if outcome.dry_run:
        if not run.quiet:
            run.say(f"dry run: {_line(batch, period)}; nothing of it is kept")
        return Listing(ISSUED, rows, name="statements")
    if sent:
        run.say(sent) if named else None
    output = run.output()
    if named or output.quiet or output.format != "auto" or output.path:
        return Done(outcome, ISSUED, rows, name="statements")
    return f"issued {_line(batch, period)} (H{outcome.change}){'; ' + sent if sent else ''}\n"


def _line(batch: Batch, period: Period) -> str:
    listed, rest = sum(one.balance for one in batch.issued), sum(one.not_yet_due for one in batch.issued)
    count = f"{Count(len(batch.issued)):statement}"
    owed = f"listed {money.show(listed)}, not yet due {money.show(rest)}, owed {money.show(listed + rest)}"
    return f"{count} for {period.first}..{period.last}: {owed}"
