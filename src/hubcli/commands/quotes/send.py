"""Sends quotes and orders to the customer, and asks for payment; what was sent is logged on the document."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import posting, targets
from hubcli.commands.posting import Again
from hubcli.commands.quotes import written
from hubcli.errors import bad_value
from hubcli.operations import documents, files
from hubcli.operations.customers import standing
from hubcli.operations.documents import base, letters, sending
from hubcli.operations.documents.letters import Letter, Said
from hubcli.operations.mailing import wire
from hubcli.render import Column
from hubcli.values import text, words

app = typer.Typer()

Text = str | None
Words = list[str] | None
Work = Callable[[Any, Any, Letter, int | None], Any]
"""What is done with a document whose letter went out: is given its row, the letter, the mail's number or None."""
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
    attach: Annotated[list[Path] | None, Option("--attach", metavar="FILE", help="with this file; repeatable")] = None,
    pdf: Annotated[bool, Option("--pdf", help="with the document itself as PDF")] = False,
    hide: Annotated[Words, Option("--hide", metavar="models|services", help="leave out; repeatable")] = None,
    again: Again = False,
) -> Said:
    """Give how a letter goes and what it says."""
    way = words.choose(by, letters.WAYS, "--by")
    if way not in letters.MAILED and (to or cc):
        raise bad_value("--by", by, "goes to no e-mail address: leave --to and --cc out")
    return Said(
        way,
        addresses(to, "--to"),
        addresses(cc, "--cc"),
        None if subject is None else text.name(subject, "--subject"),
        None if message is None else text.note(message, "--message"),
        enclosed(run, attach, pdf),
        pdf,
        frozenset(words.choose(one, letters.HIDDEN, "--hide") for one in hide or []),
        again,
    )


def addresses(typed: Words, option: str) -> tuple[str, ...]:
    """Give e-mail addresses, each once; raise bad_value."""
    return tuple({found.key: found.typed for found in (text.email(one, option) for one in typed or [])}.values())


def enclosed(run: Run, paths: list[Path] | None, more: int = 0) -> tuple[tuple[str, str, bytes], ...]:
    """Read the files that go with a mail, beside `more` that hub makes; raise mail_files and what reading raises."""
    wire.check_files(len(paths or ()) + more)
    read = [files.read(path, files.limit(run.hub)) for path in paths or []]
    return tuple((file.name, file.media_type, file.content) for file in read)


@command(app, "send", takes=[letter_fields])
def send(
    run: Run, letter_fields: Said, refs: Annotated[list[str], Argument(metavar="Q...", help="such as Q7")]
) -> Done:
    """Send quotes to the customer; a saved one then waits for approval.

    The mail goes to the server of mail.server, or into the outbox folder where there is none; --by print or hand only
    notes that the customer has it.

    Examples:
    hub quotes send Q3 --message "As we discussed today" -n
    hub quotes send Q3 --by hand
    """
    return sent(run, written.rows_of(run, refs, documents.quote), "quote", letter_fields)


def sent(run: Run, rows: Sequence[Any], kind: str, said: Said) -> Done:
    """Send documents, each in a letter of its own."""
    _same_buyer(run, rows, said)
    run.confirm_count(len(rows), "send")
    return posted(run, [[row] for row in rows], kind, said, sending.send)


def _same_buyer(run: Run, rows: Sequence[Any], said: Said) -> None:
    """Keep the documents of several customers from being sent to one address that was typed."""
    if said.to and len({row["customer_id"] for row in rows}) > 1:
        raise targets.need("--to is the address of one customer: send these one by one", f"hub {run.command} --help")


def posted(
    run: Run,
    groups: Sequence[Sequence[Any]],
    kind: str,
    said: Said,
    work: Work,
) -> Done:
    """Write a letter for each group of documents, send it, and log it on each of them."""
    made = [letters.letter(run.hub, group, kind, said) for group in groups]
    return _done(run, deliver(run, groups, made, logging(groups, made, work), said), groups, made)


def deliver(
    run: Run, groups: Sequence[Sequence[Any]], written: Sequence[Letter], change: posting.Work, said: Said
) -> posting.Posted:
    """Send letters about groups of documents and record them; those that go by print or hand are only recorded."""
    if said.way not in letters.MAILED:
        everything = dict.fromkeys(range(len(written)))
        outcome = run.change(lambda hub: change(hub, said.way, everything))
        return posting.Posted(outcome, said.way, {}, list(everything))
    mails = [mail_of(run.hub, group, letter) for group, letter in zip(groups, written, strict=True)]
    return posting.post(run, mails, change, [f"{one.about}-{one.kind}" for one in written], again=said.again)


def as_sent(letter: Letter, way: str, out: posting.Sent | None) -> tuple[Letter, int | None]:
    """Give a letter as it went, to whom it reached, and the number of its mail in the history."""
    if out is None:
        return letter._replace(way=way), None
    return letter._replace(way=way, to=out.mail.to, copies=out.mail.copies), out.number


def logging(groups: Sequence[Sequence[Any]], written: Sequence[Letter], work: Work = sending.log) -> posting.Work:
    """Give the change that does `work` for each document of the letters that went out."""

    def change(hub: Any, way: str, sent: Mapping[int, posting.Sent | None]) -> None:
        for at, out in sent.items():
            for row in groups[at]:
                work(hub, base.again(hub, row["id"]), *as_sent(written[at], way, out))

    return change


def mail_of(hub: Any, group: Sequence[Any], letter: Letter) -> wire.Mail:
    """Give the mail of a letter about documents: of several, it is their payer's."""
    one = len(group) == 1
    customer = group[0]["customer_id"] if one else standing.payer(hub, group[0]["customer_id"])
    return wire.Mail(
        customer, letter.to, letter.subject, letter.body, letter.copies, letter.kind,
        document=group[0]["id"] if one else None, attachments=letter.attachments,
    )  # fmt: skip


def _done(run: Run, made: posting.Posted, groups: Sequence[Sequence[Any]], written: Sequence[Letter]) -> Done:
    rows: list[Any] = []
    for at in made.sent if not made.outcome.dry_run else ():
        for document in groups[at]:
            row = base.again(run.hub, document["id"])
            file = str(made.files[at]) if at in made.files else None
            rows.append((base.ref_of(row), row["customer_id"], row["customer_name"], row["status"], written[at].kind,
                         made.way, ", ".join(written[at].to) or None, row["balance_cents"], file))  # fmt: skip
    return Done(made.outcome, SENT, rows, said=posting.said(run, made), name="sendings", exit_code=made.exit_code)
