"""Sends quotes and orders to the customer, and asks for payment; what was sent is logged on the document."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.quotes import written
from hubcli.errors import bad_value
from hubcli.operations import documents
from hubcli.operations.documents import base, sending
from hubcli.render import Column
from hubcli.values import text, words

app = typer.Typer()

Text = str | None
Words = list[str] | None
SENT = (
    Column("number", "code", title="#"),
    Column("customer", "ref", prefix="C", keep=4),
    Column("customer_name", title="name", keep=2),
    Column("status", "code"),
    Column("kind", "code", keep=3),
    Column("way", "code"),
    Column("to", keep=0),
    Column("balance", "money", keep=5),
    Column("file", keep=2),
)


def letter_fields(
    run: Run,  # every function of options is handed the run
    *,
    to: Annotated[Words, Option("--to", metavar="E", help="instead of the address on record; repeatable")] = None,
    cc: Annotated[Words, Option("--cc", metavar="E", help="a copy; repeatable")] = None,
    subject: Annotated[Text, Option("--subject", metavar="T")] = None,
    message: Annotated[Text, Option("--message", metavar="T", help="words of your own, before the document")] = None,
    by: Annotated[str, Option("--by", metavar="WAY", help="outbox (a mail), print or hand: only logged")] = "outbox",
) -> sending.Said:
    """Give how a letter goes and what it says."""
    way = words.choose(by, sending.WAYS, "--by")
    if way != "outbox" and (to or cc):
        raise bad_value("--by", by, "goes to no e-mail address: leave --to and --cc out")
    return sending.Said(
        way,
        tuple(text.email(one, "--to").typed for one in to or []),
        tuple(text.email(one, "--cc").typed for one in cc or []),
        None if subject is None else text.name(subject, "--subject"),
        None if message is None else text.note(message, "--message"),
    )


@command(app, "send", takes=[letter_fields])
def send(
    run: Run, letter_fields: sending.Said, refs: Annotated[list[str], Argument(metavar="Q...", help="such as Q7")]
) -> Done:
    """Send quotes to the customer; a saved one then waits for approval.

    The mail is written into the outbox folder; --by print or hand only notes that the customer has it.

    Examples:
    hub quotes send Q3 --message "As we discussed today" -n
    hub quotes send Q3 --by hand
    """
    return sent(run, written.rows_of(run, refs, documents.quote), "quote", letter_fields)


def sent(run: Run, rows: Sequence[Any], kind: str, said: sending.Said) -> Done:
    """Send documents, each in a letter of its own."""
    _same_buyer(run, rows, said)
    run.confirm_count(len(rows), "send")
    return posted(run, [[row] for row in rows], kind, said, sending.send)


def _same_buyer(run: Run, rows: Sequence[Any], said: sending.Said) -> None:
    """Keep the documents of several customers from being sent to one address that was typed."""
    if said.to and len({row["customer_id"] for row in rows}) > 1:
        raise targets.need("--to is the address of one customer: send these one by one", f"hub {run.command} --help")


def posted(
    run: Run,
    groups: Sequence[Sequence[Any]],
    kind: str,
    said: sending.Said,
    work: Callable[[Any, Any, sending.Letter], None],
) -> Done:
    """Write a letter for each group of documents, log it on each of them, then put it into the outbox."""
    letters: list[tuple[list[int], sending.Letter]] = []

    def change(hub: Any) -> None:
        letters.clear()
        for group in groups:
            now = [base.again(hub, row["id"]) for row in group]
            letter = sending.letter(hub, now, kind, said)
            letters.append(([row["id"] for row in now], letter))
            for row in now:
                work(hub, row, letter)

    outcome = run.change(change)
    rows: list[Any] = []
    for ids, letter in letters if not outcome.dry_run else []:
        path = str(sending.put(run.hub, outcome.change, letter)) if letter.way == "outbox" else None
        for number in ids:
            row = base.again(run.hub, number)
            rows.append((base.ref_of(row), row["customer_id"], row["customer_name"], row["status"], letter.kind,
                         letter.way, ", ".join(letter.to) or None, row["balance_cents"], path))  # fmt: skip
    told = "written into the outbox: hub sent nothing itself" if any(row[-1] for row in rows) else None
    return Done(outcome, SENT, rows, said=None if run.quiet else told, name="sendings")
