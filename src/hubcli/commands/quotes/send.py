"""Sends quotes and orders to the customer, and asks for payment; what was sent is logged on the document."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import posting, targets
from hubcli.commands.quotes import written
from hubcli.errors import bad_value
from hubcli.operations import documents, mailing
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
    by: Annotated[str, Option("--by", metavar="WAY", help="email; print or hand: only logged")] = "email",
) -> sending.Said:
    """Give how a letter goes and what it says."""
    way = words.choose(by, sending.WAYS, "--by")
    if way not in sending.MAILED and (to or cc):
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

    The mail goes to the server of mail.server, or into the outbox folder where there is none; --by print or hand only
    notes that the customer has it.

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
    """Write a letter for each group of documents, send it, and log it on each of them."""
    letters = [sending.letter(run.hub, group, kind, said) for group in groups]

    def change(hub: Any, way: str, taken: int) -> None:
        for group, letter in list(zip(groups, letters, strict=True))[:taken]:
            for row in group:
                work(hub, base.again(hub, row["id"]), letter._replace(way=way))

    if said.way not in sending.MAILED:
        outcome = run.change(lambda hub: change(hub, said.way, len(letters)))
        return _done(run, outcome, groups, letters, said.way, ())
    made = posting.post(run, [_mail(g[0], g, one) for g, one in zip(groups, letters, strict=True)], change,
                        [f"{one.about}-{one.kind}" for one in letters])  # fmt: skip
    return _done(run, made.outcome, groups, letters, made.way, made.files)


def _mail(first: Any, group: Sequence[Any], letter: sending.Letter) -> mailing.Mail:
    number = first["id"] if len(group) == 1 else None
    return mailing.Mail(
        first["customer_id"], letter.to, letter.subject, letter.body, letter.copies, letter.kind, document=number
    )


def _done(
    run: Run,
    outcome: Any,
    groups: Sequence[Sequence[Any]],
    letters: Sequence[sending.Letter],
    way: str,
    files: Sequence[Any],
) -> Done:
    rows: list[Any] = []
    for at, letter in enumerate(letters if not outcome.dry_run else ()):
        for document in groups[at]:
            row = base.again(run.hub, document["id"])
            rows.append((base.ref_of(row), row["customer_id"], row["customer_name"], row["status"], letter.kind, way,
                         ", ".join(letter.to) or None, row["balance_cents"],
                         str(files[at]) if files else None))  # fmt: skip
    told = "written into the outbox: hub sent nothing itself" if files and not run.quiet else None
    return Done(outcome, SENT, rows, said=told, name="sendings")
