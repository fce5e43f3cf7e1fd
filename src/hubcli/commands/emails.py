"""hub emails: mail to and from customers, kept while correspondence.record_emails is on."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import filters, posting, targets
from hubcli.commands.quotes.send import addresses, enclosed
from hubcli.errors import HubError
from hubcli.operations import documents, outbox
from hubcli.operations.customers import editing
from hubcli.operations.mailing import arriving, history, keeping, server, unsure
from hubcli.operations.mailing.wire import Mail
from hubcli.render import Column, Listing, Record, Section
from hubcli.values import clock, text

if TYPE_CHECKING:
    from hubcli.store import Hub

HELP = """Mail to and from customers, kept while correspondence.record_emails is on.

Examples:
hub emails list
hub emails send C1 --subject "Your delivery" --message "We come on Friday." -n
hub emails list --customer C1 --direction in
"""
app = typer.Typer(help=HELP)

COLUMNS = (
    Column("number", "ref", prefix="M", title="#"),
    Column("at", "instant"),
    Column("direction", "code", title="way"),
    Column("customer", "ref", prefix="C", keep=5),
    Column("customer_name", "text", title="name", keep=4),
    Column("document", "code", keep=6),
    Column("statement", "code", keep=3),
    Column("template", "code", keep=4),
    Column("status", "code", keep=5),
    Column("subject", "text"),
    Column("from", "text", keep=2),
    Column("to", "text", keep=3),
)
SENT = (
    Column("number", "ref", prefix="C", title="#"),
    Column("to", "list"),
    Column("subject", "text"),
    Column("way", "code"),
    Column("file", "text"),
)
WAITING = (
    Column("about", "code"),
    Column("to", "text"),
    Column("subject", "text"),
    Column("at", "text"),
    Column("file", "text", keep=2),
)
CHECKED = (
    Column("way", "code"),
    Column("where", "text"),
    Column("port", "count"),
    Column("security", "code"),
    Column("user", "text"),
)
Text = str | None
Words = list[str] | None


@command(app, "list")
def list_(
    run: Run,
    *,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
    document: Annotated[Words, Option("--document", metavar="Q|O", help="about this quote or order")] = None,
    direction: Annotated[Words, Option("--direction", metavar="out|in", help="sent or received")] = None,
    date: Annotated[Words, Option("--date", metavar="RANGE", help="in these days")] = None,
) -> Listing:
    """List mail, the newest first.

    Examples:
    hub emails list
    hub emails list --date "last month" --csv
    """
    first, last = filters.instants(run, date, "--date")
    params = {
        "customer": filters.of_customers(run, customer),
        "document": [documents.find(run.hub, ref)["id"] for ref in document or []],
        "direction": filters.chosen(direction, ("out", "in"), "--direction"),
        "since": first,
        "until": last,
    }
    rows = run.list("mails.list", params, (*COLUMNS, Column("body"), Column("message_id")), "mails")
    kept = (tuple(row)[: len(COLUMNS)] for row in rows.rows)
    return Listing(COLUMNS, kept, name="mails", total=rows.total, ordered=True)


@command(app, "show")
def show(run: Run, number: Annotated[str, Argument(metavar="M", help="the mail, such as M3")]) -> Record:
    """Show a mail with its text.

    Examples:
    hub emails list
    """
    at = targets.number(number, "M", "mail")
    row = run.hub.one("mails.list", {"id": at})
    if row is None:
        raise HubError("not_found", what="mail", ref=f"M{at}", near="", tries=("hub emails list",))
    body = Section("text", (row["body"] or "").splitlines(), key="body")
    return Record(COLUMNS, tuple(row)[: len(COLUMNS)], title=text.visible(row["subject"] or ""), sections=[body])


@command(app, "send")
def send(
    run: Run,
    ref: Annotated[str, Argument(metavar="REF", help="the customer")],
    *,
    subject: Annotated[Text, Option("--subject", metavar="T")] = None,
    message: Annotated[Text, Option("--message", metavar="T", help="what it says; - reads it from stdin")] = None,
    to: Annotated[Words, Option("--to", metavar="E", help="instead of the customer's address; repeatable")] = None,
    cc: Annotated[Words, Option("--cc", metavar="E", help="a copy; repeatable")] = None,
    attach: Annotated[list[Path] | None, Option("--attach", metavar="FILE", help="with this file; repeatable")] = None,
    again: posting.Again = False,
) -> Done:
    """Send a message of your own to a customer.

    With mail.server set it goes out at once; otherwise it is written into the outbox folder.

    Examples:
    hub emails send C1 --subject "Your delivery" --message "We come on Friday." -n
    """
    customer = targets.customer(run, ref)
    if subject is None or message is None:
        raise targets.need("a mail needs --subject and --message", f"hub emails send {ref} --subject … --message …")
    mail = Mail(
        customer,
        addresses(to, "--to") or _address(run, customer),
        text.name(subject, "--subject"),
        text.note(_typed(message), "--message") + "\n",
        addresses(cc, "--cc"),
        attachments=enclosed(run, attach),
    )

    posted = posting.post(run, [mail], posting.noting("message"), [f"C{customer}-message"], again=again)
    row = (customer, list(mail.to), mail.subject, posted.way, str(posted.files[0]) if posted.files else None)
    rows = [] if posted.outcome.dry_run else [row]
    said = posting.said(run, posted)
    return Done(posted.outcome, SENT, rows, said=said, name="mails", exit_code=posted.exit_code)


def _typed(message: str) -> str:
    import sys

    return sys.stdin.read().rstrip("\n") if message == "-" else message


def _address(run: Run, customer: int) -> tuple[str, ...]:
    row = editing.head(run.hub, customer)
    if not row["email"]:
        raise HubError("mail_address", ref=f"C{customer}", name=text.visible(row["name"]), refs=(f"C{customer}",))
    return (str(row["email"]),)


@command(app, "unsure")
def unsure_(run: Run) -> Listing:
    """List mail of which it is not known whether it arrived: handed to the server, and then no answer came.

    It is recorded nowhere as sent. The same command with --again sends it once more; whoever knows that it arrived
    removes the file.

    Examples:
    hub emails unsure
    """
    rows = [
        (path.stem.rpartition("-")[0], found["To"], " ".join(str(found["Subject"]).split()), found["Date"], str(path))
        for path, found in unsure.waiting(run.hub)
    ]
    return Listing(WAITING, rows, name="mails", total=len(rows))


@command(app, "check")
def check(run: Run) -> Record:
    """Try the mail server that is set: reach it, encrypt, log in; nothing is sent.

    Examples:
    hub emails check
    """
    from hubcli.operations.mailing import smtp

    where = server.configured(run.hub)
    if where is None:
        return Record(CHECKED, ("outbox", str(outbox.folder(run.hub)), None, None, None))
    smtp.connected(where).quit()
    return Record(CHECKED, ("server", where.host, where.port, where.security, where.user))


IMPORTED = (
    Column("mails", "count"), Column("kept", "count"), Column("known", "count"), Column("nobody", "count"),
)  # fmt: skip


@command(app, "import")
def import_(
    run: Run, paths: Annotated[list[Path], Argument(metavar="FILE...", help="an .eml or an mbox file")]
) -> Done | None:
    """Keep mail from files with the customers whose addresses are on it; each is kept once, as often as it is read.

    Addresses of contacts count too, and so does an answer to a mail that was sent from here, whoever writes it. What it
    is about is in its subject (Q7, O7, I7, S7), or is what the mail that it answers was about.

    Examples:
    hub emails list --direction in
    """
    if not history.recording(run.hub):
        raise HubError("not_recording")
    at = clock.now_utc()
    read = [mail for path in paths for mail in arriving.read(path, at)]
    about = keeping.known(run.hub, read)
    ours = [mail for mail in read if about.concerns(mail)]

    def work(hub: "Hub") -> int:
        return sum(bool(keeping.keep(hub, mail, about)) for mail in ours)

    outcome = run.change(work)
    kept: int = outcome.result
    row: tuple[Any, ...] = (len(read), kept, len(ours) - kept, len(read) - len(ours))
    return Done(outcome, IMPORTED, [row], name="mails")
