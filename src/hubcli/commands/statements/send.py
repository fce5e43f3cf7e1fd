"""Sends statements, and notes that they were sent."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.statements.find import statement_filters
from hubcli.operations import outbox
from hubcli.operations.statements import issue, sending
from hubcli.operations.statements.sending import WAYS, Sent
from hubcli.render import Column
from hubcli.values import text, words

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
    way: Annotated[str, Option("--way", metavar="WAY", help="outbox, email, print or hand")] = "outbox",
    to: Annotated[str | None, Option("--to", metavar="E", help="another address than theirs")] = None,
) -> Done | None:
    """Send statements: each as a text file in the outbox, S12-C3.txt; with --unsent all that were not sent yet.

    hub mails nothing by itself. --way email, print or hand writes no file: it only notes that you did it.

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
    return _done(run, *_sent(run, params, how, address), how)


def numbers(refs: list[str]) -> list[int]:
    """Give the numbers of statements, each once; `-` stands for those on stdin."""
    typed: list[str] = []
    for ref in refs:
        typed += targets.piped() if ref == "-" else [ref]
    return list(dict.fromkeys(targets.number(ref, "S", "statement") for ref in typed))


def issued(run: Run, made: list[int]) -> str | None:
    """Send statements that were just issued into the outbox; give what was done in words."""
    outcome, found = _sent(run, {"ids": made}, "outbox", None)
    if outcome.change is None:
        return None
    return f"{len(found):,} written to {outbox.folder(run.hub)} (H{outcome.change})"


def _sent(run: Run, params: dict[str, Any], how: str, to: str | None) -> tuple[Any, list[Sent]]:
    """Write what goes into the outbox, then note it: what is noted was written."""
    found = sending.prepare(run.hub, params, "hand" if run.dry_run else how, to)
    return run.change(lambda hub: sending.note(hub, found, how)), found


def _done(run: Run, outcome: Any, found: list[Sent], how: str) -> Done | None:
    day = run.hub.day.today
    rows = [(one.number, one.customer, one.name, how, one.to, day, one.file) for one in found]
    if not rows:
        return None
    where = f"; the files are in {outbox.folder(run.hub)}" if how == "outbox" else ""
    told = f"{len(rows):,} statement{'s' * (len(rows) != 1)}{where}"
    if outcome.dry_run and not run.quiet:
        run.say(f"dry run: {told}")
    elif not run.quiet:
        run.tell(told)
    return Done(outcome, SENT, rows, name="statements")
