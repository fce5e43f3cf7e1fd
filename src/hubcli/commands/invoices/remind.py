"""Reminds customers of invoices that are due, and puts that off for some."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import posting, targets
from hubcli.commands.posting import Again
from hubcli.commands.quotes import written
from hubcli.commands.quotes.send import as_sent, deliver
from hubcli.counts import Count
from hubcli.errors import HubError
from hubcli.operations import invoices, reminders
from hubcli.operations.documents import base, letters
from hubcli.operations.documents.letters import Letter, Said
from hubcli.operations.reminders import Due, Rules
from hubcli.render import Column, Listing
from hubcli.values import dates, text, words

app = typer.Typer()

REMINDED = (
    Column("number", "ref", prefix="I", title="#"),
    Column("order", "code", keep=5),
    Column("customer", "ref", prefix="C", keep=4),
    Column("customer_name", title="name", keep=2),
    Column("due_on", "date", title="due"),
    Column("reminder", "count"),
    Column("balance", "money"),
    Column("fee", "money", keep=3),
    Column("way", "code", keep=2),
    Column("to", keep=1),
    Column("file", keep=5),
)
PAUSED = (
    Column("number", "ref", prefix="I", title="#"),
    Column("order", "code"),
    Column("customer", "ref", prefix="C"),
    Column("customer_name", title="name"),
    Column("balance", "money"),
    Column("remind_from", "date"),
)
Found = tuple[Due, Letter]
Refs = Annotated[list[str] | None, Argument(metavar="[I...]", help="only these invoices; - reads them from stdin")]


@command(app, "remind")
def remind(
    run: Run,
    *,
    refs: Refs = None,
    customer: Annotated[list[str] | None, Option("--customer", metavar="REF", help="only theirs; repeatable")] = None,
    by: Annotated[str, Option("--by", metavar="WAY", help="email; print or hand: only logged")] = "email",
    expect_max: Annotated[
        int | None, Option("--expect-max", metavar="N", min=0, help="do nothing if there are more letters")
    ] = None,
    again: Again = False,
) -> Done | Listing | None:
    """Remind customers of invoices that are due, at the days that reminders.days names; once a day at most for each.

    Who has several gets one letter about all, in the words of the highest (mail.reminder-1.text to -4). Disputed and
    paused invoices are left out. reminders.fees and reminders.hold_from can charge for it, and stop further buying.

    Examples:
    hub invoices remind -n
    hub invoices remind --customer C2 --by print
    """
    way = words.choose(by, letters.WAYS, "--by")
    ids = [row["id"] for row in written.rows_of(run, refs or [], invoices.find)]
    whose = [targets.customer(run, ref) for ref in customer or []]
    run.hub.job(reminders.JOB)
    rules = reminders.rules(run.hub)
    due = reminders.due(run.hub, rules, ids, whose)
    made = [(one, reminders.letter(run.hub, one, way)) for one in due]
    unreachable = ", ".join(f"C{one.payer}" for one, letter in made if letter is None)
    missing = f"no e-mail address, not reminded: {unreachable}" if unreachable else None
    found = [(one, letter) for one, letter in made if letter is not None]
    if expect_max is not None and len(found) > expect_max:
        raise HubError("too_many_reminders", count=len(found), limit=expect_max)
    if found and not run.dry_run:
        return _sent(run, found, rules, Said(way, again=again), missing)
    if missing and (found or run.verbose or ids or whose):
        run.say(missing)
    if not found:
        return None
    if not run.quiet:
        run.say(f"dry run: {Count(len(found)):letter}; nothing was sent")
    return Listing(REMINDED, _rows(run, found, way, {}), name="reminders")


def _sent(run: Run, found: Sequence[Found], rules: Rules, said: Said, missing: str | None) -> Done:
    def work(hub: Any, way: str, sent: Mapping[int, posting.Sent | None]) -> None:
        for at, out in sent.items():
            one, letter = found[at]
            reminders.note(hub, one, *as_sent(letter, way, out), rules)

    posted = deliver(run, [one.rows for one, _ in found], [letter for _, letter in found], work, said)
    files = {place: str(posted.files[at]) for place, at in enumerate(posted.sent) if at in posted.files}
    rows = _rows(run, [found[at] for at in posted.sent], posted.way, files)
    told = "\n".join(filter(None, (posting.said(run, posted), missing))) or None
    return Done(posted.outcome, REMINDED, rows, said=told, name="reminders", exit_code=posted.exit_code)


def _rows(run: Run, found: Sequence[Found], way: str, files: Mapping[int, str]) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for place, (one, letter) in enumerate(found):
        charged = one.levels.index(one.level)
        for at, (was, level) in enumerate(zip(one.rows, one.levels, strict=True)):
            row = base.again(run.hub, was["id"])
            name = text.visible(row["customer_name"])
            about = (row["invoice_number"], base.ref_of(row), row["customer_id"], name, row["due_on"], level)
            fee = one.fee if at == charged else 0
            rows.append((*about, row["balance_cents"], fee, way, ", ".join(letter.to) or None, files.get(place)))
    return rows


@command(app, "pause")
def pause(
    run: Run,
    refs: Annotated[list[str], Argument(metavar="I...", help="such as I204, or its order; - reads them from stdin")],
    *,
    until: Annotated[str, Option("--until", metavar="D", help="no reminder before this day; none: at once again")],
) -> Done:
    """Send no reminder of invoices before a day; --reason says why.

    Examples:
    hub invoices pause I2 --until "in 14 days" --reason "promised for Friday" -n
    """
    rows = written.rows_of(run, refs, invoices.find)
    day = None if until.strip().lower() == "none" else dates.day(until, run.today, "--until").isoformat()

    def work(hub: Any) -> None:
        for row in rows:
            reminders.pause(hub, base.again(hub, row["id"]), day)

    outcome = run.change(work)
    shown = []
    for row in rows if not outcome.dry_run else ():
        now = base.again(run.hub, row["id"])
        shown.append((now["invoice_number"], base.ref_of(now), now["customer_id"], now["customer_name"],
                      now["balance_cents"], now["remind_from"]))  # fmt: skip
    return Done(outcome, PAUSED, shown, name="invoices")
