"""Forgets people: erase, purge, requests with a due day, the certificate."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.errors import HubError
from hubcli.operations import refs
from hubcli.operations.customers import erasing, naming
from hubcli.render import Column, Listing, Record, Section

app = typer.Typer()

CERTIFICATE = (
    Column("number", "ref", prefix="C", title="#"),
    Column("erased_on", "date"),
    Column("merged_numbers", "list"),
    Column("records", "count"),
    Column("log_entries", "count"),
    Column("kept", "text"),
    Column("out_of_reach", "list"),
    Column("named_elsewhere", "list"),
    Column("change", "ref", prefix="H"),
)
KEPT = "numbers, amounts, dates, statuses, state, country and three digits of the ZIP"
REQUESTS = (
    Column("number", "ref", prefix="C", title="#"),
    Column("status", "code"),
    Column("request", "code"),
    Column("requested_on", "date"),
    Column("due_on", "date"),
    Column("delayed_by", "text"),
    Column("change", "ref", prefix="H"),
)
Refs = Annotated[list[str] | None, Argument(metavar="[REF...]", help="C12, e-mail, phone, name; - reads stdin")]
Count = Annotated[int | None, Option("--confirm-count", metavar="N", help="the number of customers, typed to be sure")]


@command(app, "erase")
def erase(
    run: Run,
    refs: Refs = None,
    *,
    confirm_count: Count = None,
    request: Annotated[bool, Option("--request", help="note the request; it is done when it is due")] = False,
    due_on: Annotated[str | None, Option("--by", metavar="DATE", help="with --request: the day it is due")] = None,
    withdraw: Annotated[bool, Option("--withdraw", help="take a request back")] = False,
    due: Annotated[bool, Option("--due", help="do all requests that are due: the job for cron")] = False,
) -> Record | Listing | int | None:
    """Erase people for good: no name, address, phone, note or log value of them is left; figures stay.

    Refused while work or money is open, or while the law has invoices kept (privacy.keep_years). A certificate says
    what was erased and which backups and files still hold the person. It cannot be taken back.

    Examples:
    hub customers erase C27 --request -n
    hub customers erase --due
    hub customers erase C27 --confirm-count 1 -n
    """
    ids = targets.customers(run, refs or [], "refuse")
    if due:
        if ids:
            raise targets.need("--due finds the customers itself: give no REF beside it")
        return _due(run)
    if not ids:
        raise targets.need("erase whom? Name somebody, or --due")
    if request or withdraw:
        return _requests(run, ids, due_on, withdraw=withdraw)
    return _erase(run, ids, confirm_count, "erase")


@command(app, "purge")
def purge(run: Run, refs: Refs = None, *, confirm_count: Count = None) -> Record | Listing | int | None:
    """Erase deleted customers for good; in a shop in the EU active ones at once too.

    Examples:
    hub customers purge C27 --confirm-count 1 -n
    """
    ids = targets.customers(run, refs or [], "refuse")
    if not ids:
        raise targets.need("purge whom? Name deleted customers: hub customers list --status deleted")
    if run.setting("shop.region") != "eu":
        for number in ids:
            row = run.hub.one("customers.head", {"id": number})
            if row is not None and row["status"] not in {"deleted", "purged"}:
                raise HubError(
                    "wrong_status", ref=f"C{number}", name=row["name"], status=row["status"], wanted="deleted"
                )
    return _erase(run, ids, confirm_count, "purge")


def _erase(run: Run, ids: Sequence[int], count: int | None, what: str) -> Record | Listing | int:
    for number in ids:
        erasing.refuse(run.hub, number)
    _confirm(run, len(ids), count, what)
    rows = [row for number in ids if (row := _one(run, number)) is not None]
    scrubbed = run.dry_run or erasing.scrub(run.hub)
    return _certificate(run, rows, scrubbed=bool(scrubbed))


def _confirm(run: Run, there: int, count: int | None, what: str) -> None:
    """Want the number of customers, typed; a wrong one ends it."""
    if run.dry_run or count == there:
        return
    if count is None and run.interactive:
        answer = run.ask(f"{what} {there} for good: type that number to go on")
        if answer == str(there):
            return
        raise HubError("answered_no")
    raise HubError("wrong_count", what=what, count=there)


def _one(run: Run, number: int) -> tuple[Any, ...] | None:
    """Erase one person as a change set of its own; give its line of the certificate."""
    numbers = refs.family(run.hub, number)
    elsewhere = naming.elsewhere(run.hub, numbers)
    reach = naming.out_of_reach(run.hub, numbers)
    outcome = run.change(lambda hub: erasing.erase(hub, number), purpose="erase")
    done: erasing.Erased = outcome.result
    merged = [f"C{one}" for one in numbers if one != number]
    count = sum(done.rows.values())
    return (number, run.hub.day.today, merged, count, done.entries, KEPT, reach, elsewhere, outcome.change)


def _certificate(run: Run, rows: Sequence[tuple[Any, ...]], *, scrubbed: bool) -> Record | Listing | int:
    if run.dry_run:
        run.say("dry run: nothing was erased; this is the certificate it would give")
    if not scrubbed:
        run.say("another program reads the database: deleted bytes are still in its files; run hub db optimize later")
        render = run.print(Listing(CERTIFICATE, rows, name="people"))
        return render or 3
    if len(rows) != 1:
        return Listing(CERTIFICATE, rows, name="people")
    row = rows[0]
    sections = [
        Section("still held by", row[6] or ["nothing that hub knows of; files exported earlier are yours to find"]),
        Section("records of others that name the person", row[7]),
    ]
    return Record(CERTIFICATE, row, title=f"Certificate of erasure: C{row[0]}", sections=sections)


def _requests(run: Run, ids: Sequence[int], due_on: str | None, *, withdraw: bool) -> Listing | Record:
    from datetime import timedelta

    from hubcli.values import dates

    days = int(run.setting("privacy.answer_days"))
    day = dates.day(due_on, run.today, "--by") if due_on else run.today + timedelta(days=days)

    def work(hub: Any) -> None:
        for number in ids:
            if withdraw:
                erasing.withdraw(hub, number)
            else:
                until = erasing.kept_until(hub, number)
                erasing.request(hub, number, max(day.isoformat(), until or ""))

    outcome = run.change(work)
    rows = []
    for number in ids:
        row = run.hub.one("erasing.request", {"id": number})
        if row is not None and not outcome.dry_run:
            delayed = "; ".join(erasing.obstacles(run.hub, number)) or None
            rows.append((*row, delayed, outcome.change))
    return Record(REQUESTS, rows[0]) if len(rows) == 1 else Listing(REQUESTS, rows, name="requests")


def _due(run: Run) -> Record | Listing | int | None:
    """Do every request that is due; those that open work or money delays stay, and are named."""
    run.hub.job("customers erase")
    rows, waiting = [], []
    for row in list(run.hub.rows("erasing.due", {"today": run.hub.day.today})):
        delayed = erasing.obstacles(run.hub, row["id"])
        if delayed:
            waiting.append(f"C{row['id']}: {'; '.join(delayed)}")
            continue
        rows.append(_one(run, row["id"]))
    if waiting:
        run.say("still delayed: " + "; ".join(waiting))
    if not rows:
        return None
    scrubbed = run.dry_run or erasing.scrub(run.hub)
    return _certificate(run, [row for row in rows if row is not None], scrubbed=bool(scrubbed))


PORTRAIT = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("file", "text"),
    Column("tables", "count"),
    Column("rows", "count"),
    Column("files", "count"),
)


@command(app, "export-person")
def export_person(
    run: Run,
    ref: Annotated[str, Argument(metavar="REF", help="a customer")],
) -> Record:
    """Write everything that is known about one person as one archive (-o FILE.zip): tables, history, files.

    Examples:
    hub customers export-person C1 -o maria.zip
    """
    from hubcli.operations.customers import portrait
    from hubcli.render.files import replacing

    number = targets.customer(run, ref)
    output = run.output()
    if output.path is None or not output.path.lower().endswith(".zip"):
        raise targets.need("where to? -o FILE.zip", f"hub customers export-person C{number} -o C{number}.zip")
    with run.hub.snapshot(), replacing(output) as target:
        counts = portrait.write(run.hub, number, run.setting("shop.name"), target)
    run.options = {**run.options, "output": None}
    row = run.hub.one("customers.head", {"id": number})
    files = counts.pop("files kept", 0)
    name = row["name"] if row else None
    return Record(PORTRAIT, (number, name, output.path, len(counts), sum(counts.values()), files))
