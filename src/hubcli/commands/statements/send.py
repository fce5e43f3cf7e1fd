"""Sends statements, and notes that they were sent."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import posting, targets
from hubcli.commands.statements.find import statement_filters
from hubcli.operations import mailing, outbox
from hubcli.operations.statements import issue, sending
from hubcli.operations.statements.sending import WAYS, Letter
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
    outcome, rows = sent(run, params, how, address)
    if not rows:
        return None
    told = f"{len(rows):,} statement{'s' * (len(rows) != 1)}, {_told(run, rows)}"
    if run.dry_run:
        if not run.quiet:
            run.say(f"dry run: {told}; none of it was done")
        return Listing(SENT, [row[:-1] for row in rows], name="statements")
    run.tell(told)
    done = Done(outcome, SENT, [], name="statements")
    done.rows = rows
    return done


def numbers(refs: list[str]) -> list[int]:
    """Give the numbers of statements, each once; `-` stands for those on stdin."""
    typed: list[str] = []
    for ref in refs:
        typed += targets.piped() if ref == "-" else [ref]
    return list(dict.fromkeys(targets.number(ref, "S", "statement") for ref in typed))


def issued(run: Run, made: list[int]) -> str | None:
    """Send statements that were just issued; give what was done in words."""
    _, rows = sent(run, {"ids": made}, "email", None)
    changes = list(dict.fromkeys(f"H{row[-1]}" for row in rows))
    return f"{_told(run, rows)} ({', '.join(changes)})" if rows else None


def sent(run: Run, params: dict[str, Any], how: str, to: str | None) -> tuple[Any, list[tuple[Any, ...]]]:
    """Send letters, then note it, a batch at a time: what is noted was sent; give a row for each, its change last."""
    mailed = how == "email" and mailing.server(run.hub) is not None
    outcome, rows = None, []
    for batch in sending.letters(run.hub, params, to):
        posted = [one for one in batch if mailed and one.mail is not None]
        rest = [one for one in batch if not mailed or one.mail is None]
        other = how if how in {"print", "hand"} else "outbox"
        files: dict[int, tuple[Path, str]] = {}
        if not run.dry_run:
            files = sending.put(run.hub, rest, clock.now_utc()) if other == "outbox" else {}
            outcome = _noted(run, posted, rest, other, files)
        by_mail = {one.number for one in posted}
        for one in batch:
            way = "email" if one.number in by_mail else other
            file = str(files[one.number][0]) if one.number in files else None
            about = (one.number, one.customer, one.name, way, one.to if way in {"email", "outbox"} else None)
            rows.append((*about, run.hub.day.today, file, outcome.change if outcome else None))
    return outcome, rows


def _noted(
    run: Run, posted: Sequence[Letter], rest: Sequence[Letter], way: str, files: dict[int, tuple[Path, str]]
) -> Any:
    """Mail what is to be mailed, and note all of it as one change; give its outcome."""
    at = clock.now_utc()

    def work(hub: Any, _way: str, taken: int) -> None:
        sending.note(hub, posted[:taken], "email")
        sending.note(hub, rest, way)
        for one in rest:
            if one.mail is not None and one.number in files:
                mailing.record(hub, one.mail, "outbox", files[one.number][1], at)

    if not posted:
        return run.change(lambda hub: work(hub, way, 0))
    mails = [one.mail for one in posted if one.mail is not None]
    return posting.post(run, mails, work, [one.file for one in posted]).outcome


def _told(run: Run, rows: Sequence[Sequence[Any]]) -> str:
    """Say how many were mailed, written and only noted."""
    ways = [row[3] for row in rows]
    parts = [
        (ways.count("email"), "mailed"),
        (ways.count("outbox"), f"written to {outbox.folder(run.hub)}"),
        (ways.count("print") + ways.count("hand"), "noted as sent"),
    ]
    return ", ".join(f"{count:,} {what}" for count, what in parts if count)
