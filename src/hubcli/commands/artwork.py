"""hub artwork: what the customer has to approve before it is printed or stitched."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import filters, posting, targets
from hubcli.commands.quotes.send import addresses
from hubcli.operations import artwork, documents, files
from hubcli.render import Column, Listing, Record
from hubcli.values import money, text, words

HELP = """Artwork that the customer has to approve, for an order or on its own.

Examples:
hub artwork list
hub artwork add C1 "Logo on the back" --process embroidery -n
hub artwork list --status awaiting-approval
"""
app = typer.Typer(help=HELP)

COLUMNS = (
    Column("number", "ref", prefix="W", title="#"),
    Column("status", "code"),
    Column("name", "text"),
    Column("customer", "ref", prefix="C", keep=5),
    Column("customer_name", "text", keep=4),
    Column("order", "ref", prefix="O"),
    Column("design", "ref", prefix="D"),
    Column("process", "text", keep=5),
    Column("fee", "money", keep=4),
    Column("description", "long", keep=3),
    Column("note", "long", keep=3),
    Column("created_on", "date", title="created", keep=4),
    Column("decided_on", "date", title="decided", keep=4),
    Column("ready", "text", keep=1),
)
SAVED = (Column("number", "ref", prefix="W", title="#"), Column("file", "text"), Column("bytes", "count"))
SENT = (
    Column("number", "ref", prefix="W", title="#"), Column("to", "list"), Column("subject", "text"),
    Column("way", "code"),
)  # fmt: skip
Text = str | None
Words = list[str] | None
Number = Annotated[str, Argument(metavar="W", help="the artwork job, such as W3")]
Numbers = Annotated[list[str], Argument(metavar="W...", help="artwork jobs, such as W3 W4")]


def job_number(ref: str) -> int:
    """Read W3, or 3."""
    return targets.number(ref, "W", "artwork job")


def _row(run: Run, number: int) -> tuple[Any, ...]:
    return tuple(artwork.job(run.hub, number))[: len(COLUMNS)]


def _done(run: Run, outcome: Any, numbers: Sequence[int]) -> Done:
    rows = [] if outcome.dry_run else [_row(run, number) for number in numbers]
    return Done(outcome, COLUMNS, rows, name="artwork jobs")


@command(app, "list")
def list_(
    run: Run,
    *,
    status: Annotated[
        list[str] | None, Option("--status", metavar="S", help=", ".join((*artwork.STATUSES, "all")))
    ] = None,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
    order: Annotated[Words, Option("--order", metavar="O", help="of this order")] = None,
) -> Listing:
    """List artwork jobs, those that wait first.

    Examples:
    hub artwork list
    hub artwork list --status rejected
    """
    params = {
        "status": words.several(status, artwork.STATUSES, "--status"),
        "customer": filters.of_customers(run, customer),
        "document": [documents.find(run.hub, ref)["id"] for ref in order or []],
    }
    return run.list("designs.artwork", params, COLUMNS, "artwork jobs")


@command(app, "show")
def show(run: Run, number: Number) -> Record:
    """Show an artwork job.

    Examples:
    hub artwork list
    """
    row = artwork.job(run.hub, job_number(number))
    return Record(COLUMNS, tuple(row)[: len(COLUMNS)], title=f"W{row['number']} {text.visible(row['name'])}")


@command(app, "create", hidden=True)
@command(app, "add")
def add(
    run: Run,
    ref: Annotated[str, Argument(metavar="REF", help="the customer")],
    name: Annotated[str, Argument(metavar="NAME", help="what it is")],
    *,
    order: Annotated[Text, Option("--order", metavar="O", help="for this order; on its own without")] = None,
    design: Annotated[Text, Option("--design", metavar="D", help="the artwork; it awaits approval then")] = None,
    process: Annotated[Text, Option("--process", metavar="T", help="screen print, embroidery, …")] = None,
    fee: Annotated[Text, Option("--fee", metavar="M", help="what the artwork costs")] = None,
    description: Annotated[Text, Option("--description", metavar="T", help="what is wanted")] = None,
) -> Done:
    """Make an artwork job, for an order or on its own.

    Examples:
    hub artwork add C1 "Logo on the back" --process embroidery --fee 25.00 -n
    """
    customer = targets.customer(run, ref)
    values: dict[str, Any] = {"name": text.name(name, "name")}
    values |= {key: text.name(value, f"--{key}", 500) for key, value in
               targets.given(process=process, description=description).items()}  # fmt: skip
    if fee is not None:
        values["fee_cents"] = money.parse(fee, "--fee")
    if design is not None:
        values["design_id"] = targets.number(design, "D", "design")
    document = None if order is None else documents.order(run.hub, order)
    targets.alert(run, customer)
    outcome = run.change(lambda hub: artwork.create(hub, customer, document, values))
    return _done(run, outcome, [outcome.result])


@command(app, "submit")
def submit(
    run: Run, number: Number, design: Annotated[str, Argument(metavar="D", help="the artwork, such as D3")]
) -> Done:
    """Give a job its artwork, or new artwork after a rejection: it awaits approval.

    Examples:
    hub artwork list --status awaiting-artwork
    """
    job, design_id = job_number(number), targets.number(design, "D", "design")
    return _done(run, run.change(lambda hub: artwork.submit(hub, job, design_id)), [job])


@command(app, "ready")
def ready(run: Run, number: Number, file: Annotated[Path, Argument(metavar="FILE")]) -> Done:
    """Keep the file that the press or the machine takes with a job.

    Examples:
    hub artwork list --status approved
    """
    job, read = job_number(number), files.read(file, files.limit(run.hub))
    return _done(run, run.change(lambda hub: artwork.ready(hub, job, read)), [job])


@command(app, "export")
def export(
    run: Run,
    number: Number,
    *,
    ready: Annotated[bool, Option("--ready", help="the production-ready file, not the artwork")] = False,
) -> Record:
    """Write the artwork of a job to -o FILE, byte for byte.

    Examples:
    hub artwork list
    """
    job = job_number(number)
    again = f"hub artwork export W{job}{' --ready' if ready else ''}"
    return targets.saved(run, artwork.file_of(run.hub, job, ready=ready), SAVED, job, again)


@command(app, "delete")
def delete(run: Run, number: Number) -> Done:
    """Take away a job that was not approved; its order's milestone follows those that are left.

    Examples:
    hub artwork list --status awaiting-artwork
    """
    job = job_number(number)
    row = _row(run, job)
    run.confirm(f"delete W{job}?", f"deleting W{job}")
    outcome = run.change(lambda hub: artwork.delete(hub, job))
    return Done(outcome, COLUMNS, [] if outcome.dry_run else [row], name="artwork jobs")


@command(app, "send")
def send(
    run: Run,
    number: Number,
    *,
    to: Annotated[list[str] | None, Option("--to", metavar="E", help="instead of who is on record; repeatable")] = None,
    message: Annotated[Text, Option("--message", metavar="T", help="words of your own before the question")] = None,
    again: posting.Again = False,
) -> Done:
    """Mail a job's artwork and ask whether it may be made: to contacts with the role artwork, else to the customer.

    With mail.server set it goes out at once; otherwise it is written into the outbox folder.

    Examples:
    hub artwork list --status awaiting-approval
    """
    job = job_number(number)
    said = text.note(message, "--message") if message is not None else None
    letter = artwork.mail(run.hub, job, addresses(to, "--to"), said)
    posted = posting.post(run, [letter], posting.noting("message"), [f"W{job}-artwork"], again=again)
    rows = [] if posted.outcome.dry_run else [(job, list(letter.to), letter.subject, posted.way)]
    told = posting.said(run, posted)
    return Done(posted.outcome, SENT, rows, said=told, name="mails", exit_code=posted.exit_code)


def _decide(run: Run, numbers: Sequence[str], *, approved: bool, note: str | None) -> Done:
    jobs = list(dict.fromkeys(job_number(number) for number in numbers))
    told = text.note(note, "--note", 2000) if note is not None else None
    run.confirm_count(len(jobs), "approve" if approved else "reject")

    def work(hub: Any) -> None:
        for job in jobs:
            artwork.decide(hub, job, approved=approved, note=told)

    return _done(run, run.change(work), jobs)


@command(app, "approve")
def approve(
    run: Run, numbers: Numbers, *, note: Annotated[Text, Option("--note", metavar="T", help="what they said")] = None
) -> Done:
    """Note that the customer approved; when all jobs of an order are, its milestone is reached.

    Examples:
    hub artwork list --status awaiting-approval
    """
    return _decide(run, numbers, approved=True, note=note)


@command(app, "reject")
def reject(
    run: Run, numbers: Numbers, *, note: Annotated[Text, Option("--note", metavar="T", help="what they said")] = None
) -> Done:
    """Note that the customer rejected the artwork.

    Examples:
    hub artwork list --status awaiting-approval
    """
    return _decide(run, numbers, approved=False, note=note)
