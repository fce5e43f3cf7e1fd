"""Sends statements, and notes that they were sent."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import posting, targets
from hubcli.commands.posting import Again
from hubcli.commands.statements.find import statement_filters
from hubcli.counts import Count
from hubcli.errors import EXIT_PARTLY, HubError
from hubcli.operations import outbox
from hubcli.operations.mailing import history, server, wire
from hubcli.operations.statements import issue, sending
from hubcli.operations.statements.sending import WAYS, Letter, Noted
from hubcli.render import Column, Listing
from hubcli.values import clock, text, words

app = typer.Typer()

SENT = (
    Column("number", "ref", prefix="S", title="#"),
    Column("customer", "ref", prefix="C", keep=2),
    Column("customer_name", title="name"),
    Column("way", "code", keep=2),
    Column("sent_to", title="to", keep=3),
    Column("sent_on", "date", title="sent", keep=4),
    Column("file", keep=5),
)


@command(app, "send", takes=[statement_filters])
def send(
    run: Run,
    statement_filters: dict[str, Any],
    *,
    refs: Annotated[list[str] | None, Argument(metavar="[S...]", help="such as S12; - reads them from stdin")] = None,
    way: Annotated[str, Option("--way", "--by", metavar="WAY", help="email, outbox, print or hand")] = "email",
    to: Annotated[str | None, Option("--to", metavar="E", help="another address than theirs")] = None,
    again: Again = False,
) -> Done | Listing | None:
    """Send statements, those named or with --unsent all that were not sent yet, and note it.

    They are mailed over the server that is set (mail.server); without one they are written into the outbox as mails,
    S12-C3.eml, and for customers without an address as text to print, S12-C3.txt. --way outbox writes files in any
    case; --way print or hand only notes what you did yourself.

    Examples:
    hub statements send --unsent
    hub statements send --unsent --way print --month "last month"
    """
    if not refs and not statement_filters["unsent"]:
        raise targets.need("which statements? Name some, or --unsent", "hub statements send --unsent")
    how = words.choose(way, WAYS, "--way")
    address = None if to is None else text.email(to, "--to").typed
    issue.check_enabled(run.hub)
    run.hub.job(sending.JOB)
    params = {**statement_filters, "ids": numbers(refs or [])}
    sending.check(run.hub, params["ids"])
    went = sent(run, params, how, address, again=again)
    rows = went.rows
    if not rows:
        return None
    told = f"{Count(len(rows)):statement}, {_told(run, rows)}"
    if run.dry_run:
        if not run.quiet:
            run.say(f"dry run: {told}; none of it was done")
        return Listing(SENT, [row[:-1] for row in rows], name="statements")
    run.tell(told)
    missed = "\n".join(went.missed) or None
    done = Done(went.outcome, SENT, [], said=missed, name="statements", exit_code=EXIT_PARTLY if missed else 0)
    done.rows = rows
    return done


def numbers(refs: list[str]) -> list[int]:
    """Give the numbers of statements, each once; `-` stands for those on stdin."""
    typed: list[str] = []
    for ref in refs:
        typed += targets.piped() if ref == "-" else [ref]
    return list(dict.fromkeys(targets.number(ref, "S", "statement") for ref in typed))


class Went(NamedTuple):
    """What was sent: the last change, a row for each statement (its change last), and words for what was not."""

    outcome: Any
    rows: list[tuple[Any, ...]]
    missed: list[str]


def issued(run: Run, made: list[int]) -> str | None:
    """Send statements that were just issued; give what was done in words; raise mail_partly."""
    went = sent(run, {"ids": made}, "email", None)
    if went.missed:
        raise HubError("mail_partly", taken=len(went.rows), total=len(made), why="; ".join(went.missed))
    changes = list(dict.fromkeys(f"H{row[-1]}" for row in went.rows))
    return f"{_told(run, went.rows)} ({', '.join(changes)})" if went.rows else None


def sent(run: Run, params: dict[str, Any], how: str, to: str | None, *, again: bool = False) -> Went:
    """Send letters, then note it, a batch at a time: what is noted was sent."""
    mailed = how == "email" and server.configured(run.hub) is not None
    went = Went(None, [], [])
    for batch in sending.letters(run.hub, params, to):
        by_mail = [one for one in batch if mailed and one.mail is not None]
        rest = [one for one in batch if not mailed or one.mail is None]
        other = how if how in {"print", "hand"} else "outbox"
        files: dict[int, tuple[Path, str]] = {}
        if not run.dry_run:
            files = sending.put(run.hub, rest, clock.now_utc()) if other == "outbox" else {}
            try:
                made = _noted(run, by_mail, rest, other, files, again=again)
            except HubError as error:
                if not went.rows:
                    raise
                went.missed.append(error.message)
                break
            went = went._replace(outcome=made.outcome)
            by_mail = [by_mail[at] for at in made.sent]
            went.missed.extend(made.said.splitlines() if made.said else ())
        reached = {one.number for one in by_mail}
        for one in batch:
            if one.number in reached or one in rest:
                way = "email" if one.number in reached else other
                file = str(files[one.number][0]) if one.number in files else None
                about = (one.number, one.customer, one.name, way, one.to if way in {"email", "outbox"} else None)
                went.rows.append((*about, run.hub.day.today, file, went.outcome.change if went.outcome else None))
        if not run.dry_run and made.broken:
            break
    return went


def _noted(
    run: Run, mailed: Sequence[Letter], rest: Sequence[Letter], way: str, files: dict[int, tuple[Path, str]], *,
    again: bool,
) -> posting.Posted:  # fmt: skip
    """Mail what is to be mailed, and note all of it as one change."""
    at = clock.now_utc()

    def work(hub: Any, _way: str, out: Mapping[int, posting.Sent]) -> None:
        noted = [Noted(mailed[place], ", ".join(one.mail.addresses), one.number) for place, one in out.items()]
        sending.note(hub, noted, "email")
        sending.note(hub, [Noted(one, one.to, _kept(hub, one)) for one in rest], way)

    def _kept(hub: Any, one: Letter) -> int | None:
        if one.mail is None or one.number not in files:
            return None
        return history.record(hub, wire.closed(hub, one.mail), "outbox", files[one.number][1], at)

    if not mailed:
        return posting.Posted(run.change(lambda hub: work(hub, way, {})), way, {}, ())
    mails = [one.mail for one in mailed if one.mail is not None]
    return posting.post(run, mails, work, [one.file for one in mailed], again=again)


def _told(run: Run, rows: Sequence[Sequence[Any]]) -> str:
    """Say how many were mailed, written and only noted."""
    ways = [row[3] for row in rows]
    parts = [
        (ways.count("email"), "mailed"),
        (ways.count("outbox"), f"written to {outbox.folder(run.hub)}"),
        (ways.count("print") + ways.count("hand"), "noted as sent"),
    ]
    return ", ".join(f"{count:,} {what}" for count, what in parts if count)
