"""hub visits: surveys, service and installs at the customer's home."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli import search
from hubcli.command import Done, Run, command
from hubcli.commands import filters, targets
from hubcli.commands.quotes.lines import line_number
from hubcli.operations import documents, files, visits
from hubcli.render import Column, Listing, Record, Section
from hubcli.values import dates, text, words

HELP = """Home visits: surveys, service, installs; planned, made, or failed and why.

Examples:
hub visits list
hub visits list --customer C1
hub visits create O1 --type service --description "Rattles when it spins" -n
"""
app = typer.Typer(help=HELP)

COLUMNS = (
    Column("number", "ref", prefix="V", title="#"),
    Column("type", "code"),
    Column("status", "code"),
    Column("order", "ref", prefix="O", keep=8),
    Column("customer", "ref", prefix="C", keep=5),
    Column("customer_name", "text", title="name", keep=7),
    Column("date", "date", keep=9),
    Column("time_window", "code", title="time", keep=4),
    Column("driver", "text", keep=6),
    Column("method", "text", keep=3),
    Column("line", "count", keep=2),
    Column("model", "code", keep=6),
    Column("serial", "code", keep=4),
    Column("description", "long", keep=5),
    Column("failed_reason", "code", title="failed", keep=4),
    Column("completed_on", "date", title="completed", keep=3),
    Column("created_on", "date", keep=1),
    Column("created_by", "code", keep=1),
    Column("form", "text", keep=1),
)
SAVED = (Column("number", "ref", prefix="V", title="#"), Column("file", "text"), Column("bytes", "count"))
Text = str | None
Words = list[str] | None
Number = Annotated[str, Argument(metavar="V", help="the visit, such as V3")]
Date = Annotated[Text, Option("--date", metavar="DATE", help="the day it is planned for")]
Window = Annotated[Text, Option("--time", metavar="T", help="part of the day, such as 8-12")]
Driver = Annotated[Text, Option("--driver", metavar="T", help="who goes")]
Method = Annotated[Text, Option("--method", metavar="T", help="delivery method or provider")]
Serial = Annotated[Text, Option("--serial", metavar="T", help="serial number of the unit")]
Override = Annotated[bool, Option("--override", help="on a day that is off or full, by role; say why with --reason")]
Description = Annotated[Text, Option("--description", metavar="T", help="what is to be done, for the technician")]


def visit_number(ref: str) -> int:
    """Read V3, or 3."""
    return targets.number(ref, "V", "visit")


def _values(run: Run, **given: Any) -> dict[str, Any]:
    """Read what a visit says: lines of text, a description of many, a day."""
    values: dict[str, Any] = {}
    for name, typed in targets.given(**given).items():
        option = f"--{name.removesuffix('_window').removesuffix('_on').replace('scheduled', 'date')}"
        if name == "description":
            values[name] = text.note(typed, option, 2000)
        elif name == "scheduled_on":
            values[name] = dates.day(typed, run.today, "--date").isoformat()
        else:
            values[name] = text.name(typed, option, 100)
    return values


def _done(run: Run, outcome: Any, number: int) -> Done:
    row = None if outcome.dry_run else run.hub.one("visits.one", {"id": number})
    return Done(outcome, COLUMNS, [] if row is None else [tuple(row)[: len(COLUMNS)]], name="visits")


@command(app, "list")
def list_(
    run: Run,
    *,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
    order: Annotated[Words, Option("--order", metavar="O", help="of this order")] = None,
    type: Annotated[Words, Option("--type", metavar="T", help="survey, service or install")] = None,
    status: Annotated[Words, Option("--status", metavar="S", help=", ".join((*visits.STATUSES, "all")))] = None,
    date: Annotated[Words, Option("--date", metavar="RANGE", help="planned for, such as tomorrow or 2025-06")] = None,
    driver: Annotated[Words, Option("--driver", metavar="T", help="who goes")] = None,
    serial: Annotated[Words, Option("--serial", metavar="T", help="of this unit, spaces and hyphens aside")] = None,
) -> Listing:
    """List visits: the next ones first, then those without a day, then those that are over.

    Examples:
    hub visits list
    hub visits list --status open --type service
    hub visits list --date "this week"
    """
    params = _planned(run, date, driver) | {
        "customer": filters.of_customers(run, customer),
        "document": [documents.order(run.hub, ref)["id"] for ref in order or []],
        "type": filters.chosen(type, visits.TYPES, "--type"),
        "status": words.several(status, visits.STATUSES, "--status"),
        "serial": [search.serial_key(one) for one in serial or []],
    }
    return run.list("visits.list", params, COLUMNS, "visits")


def _planned(run: Run, date: Words, driver: Words) -> dict[str, Any]:
    """Give the parameters for visits that are planned in ranges of days, and for whom."""
    first, last = filters.days(run, date, "--date", told=False)
    return {"driver": driver or [], "from_on": first, "to_on": last}


@command(app, "show")
def show(run: Run, number: Number) -> Record:
    """Show a visit.

    Examples:
    hub visits list
    """
    row = visits.get(run.hub, visit_number(number))
    notes = [
        note["text"]
        for note in run.hub.rows("notes.list", {"customer": [row["customer"]], "type": ["delivery"]})
        if note["persistence"] == "persistent" or note["important"]
    ]
    title = f"V{row['number']} {row['type']} for {text.visible(row['customer_name'])}"
    sections = [Section("for the driver", notes, key="notes")]
    return Record(COLUMNS, tuple(row)[: len(COLUMNS)], title=title, sections=sections)


@command(app, "create")
def create(
    run: Run,
    ref: Annotated[str, Argument(metavar="O", help="the order, such as O7")],
    *,
    type: Annotated[Text, Option("--type", metavar="T", help="survey, service or install")] = None,
    line: Annotated[
        Text, Option("--line", metavar="N", help="the line with the appliance; the only one, if one")
    ] = None,
    form: Annotated[Path | None, Option("--form", metavar="FILE", help="the survey form")] = None,
    date: Date = None,
    time: Window = None,
    driver: Driver = None,
    method: Method = None,
    serial: Serial = None,
    description: Description = None,
    override: Override = False,
    idempotency_key: Annotated[Text, Option("--idempotency-key", metavar="K")] = None,
) -> Done:
    """Make a visit for an order: a survey with its form, service or install of a delivered unit.

    Examples:
    hub visits create O1 --type service --description "Rattles when it spins" -n
    hub visits create O1 --type survey --form form.pdf --date tomorrow -n
    """
    if type is None:
        raise targets.need(
            "what kind of visit? --type survey, service or install", f"hub visits create {ref} --type service"
        )
    kind = words.choose(type, visits.TYPES, "--type")
    _why(run, override)
    order = documents.find(run.hub, ref)
    wanted = None if line is None else line_number(line)
    values = _values(run, scheduled_on=date, time_window=time, driver=driver, method=method, serial=serial,
                     description=description)  # fmt: skip
    file = None if form is None else files.read(form, files.limit(run.hub))
    targets.alert(run, order["customer_id"])

    def work(hub: Any) -> int:
        kept = None if file is None else files.keep(hub, order["customer_id"], file)
        return visits.create(hub, documents.find(hub, ref), kind, wanted, values, kept, override=override)

    request = {"order": order["id"], "type": kind, "line": wanted, "form": file.sha256 if file else None, **values}
    outcome = targets.keyed(run, idempotency_key, request, work)
    return _done(run, outcome, outcome.result)


def _why(run: Run, override: bool) -> None:
    if override and not run.reason:
        raise targets.need("--override says why: --reason", f"hub {run.command} … --override --reason WHY")


@command(app, "edit")
def edit(
    run: Run,
    number: Number,
    *,
    time: Window = None,
    driver: Driver = None,
    method: Method = None,
    serial: Serial = None,
    description: Description = None,
) -> Done:
    """Change a visit that is not over; its day is planned with schedule.

    Examples:
    hub visits list --status open
    """
    visit = visit_number(number)
    values = _values(run, time_window=time, driver=driver, method=method, serial=serial, description=description)
    if not values:
        raise targets.need("change what? Give an option", "hub visits edit --help")
    return _done(run, run.change(lambda hub: visits.edit(hub, visit, values)), visit)


@command(app, "schedule")
def schedule(
    run: Run,
    number: Number,
    *,
    date: Date = None,
    time: Window = None,
    driver: Driver = None,
    method: Method = None,
    override: Override = False,
) -> Done:
    """Plan a visit for a day, or plan it anew; visits.weekdays, visits.holidays and visits.daily_limit hold.

    Examples:
    hub visits list --status open
    """
    visit = visit_number(number)
    if date is None:
        raise targets.need("when? a visit is planned for a day", f"hub visits schedule {number} --date tomorrow")
    _why(run, override)
    values = _values(run, scheduled_on=date, time_window=time, driver=driver, method=method)
    return _done(run, run.change(lambda hub: visits.schedule(hub, visit, values, override=override)), visit)


@command(app, "dispatch")
def dispatch(run: Run, number: Number, *, driver: Driver = None, method: Method = None) -> Done:
    """Note that somebody is on the way to a visit today.

    Examples:
    hub visits list --date today
    """
    visit = visit_number(number)
    values = _values(run, driver=driver, method=method)
    return _done(run, run.change(lambda hub: visits.dispatch(hub, visit, values)), visit)


@command(app, "complete")
def complete(run: Run, number: Number, *, date: Date = None, serial: Serial = None, driver: Driver = None) -> Done:
    """Note that a visit was made, today or on the day given.

    Examples:
    hub visits list --status scheduled
    """
    visit = visit_number(number)
    day = dates.not_future(dates.day(date or "today", run.today, "--date"), run.today, "--date").isoformat()
    values = {"completed_on": day, **_values(run, serial=serial, driver=driver)}
    return _done(run, run.change(lambda hub: visits.complete(hub, visit, values)), visit)


@command(app, "failed")
def failed(run: Run, number: Number) -> Done:
    """Note that a visit came to nothing: it is open again.

    --reason is not-home, site-not-ready, customer-asked, refused-damage, size or skipped.

    Examples:
    hub visits list --status in-transit
    """
    visit = visit_number(number)
    if run.reason is None:
        raise targets.need(f"why? --reason is one of {', '.join(visits.FAILURES)}",
                           f"hub visits failed {number} --reason not-home")  # fmt: skip
    reason = words.choose(run.reason, visits.FAILURES, "--reason")
    return _done(run, run.change(lambda hub: visits.fail(hub, visit, reason)), visit)


@command(app, "file")
def file_(run: Run, number: Number) -> Record:
    """Write the form of a survey to -o FILE, byte for byte.

    Examples:
    hub visits list --type survey
    """
    visit = visit_number(number)
    return targets.saved(run, visits.form_of(run.hub, visit), SAVED, visit, f"hub visits file V{visit}")


@command(app, "print")
def print_(
    run: Run,
    numbers: Annotated[list[str] | None, Argument(metavar="[V...]", help="such as V3; - reads them from stdin")] = None,
    *,
    date: Annotated[Words, Option("--date", metavar="RANGE", help="all that are planned for then: tomorrow")] = None,
    driver: Annotated[Words, Option("--driver", metavar="T", help="of those planned, only this one's")] = None,
) -> Record:
    """Print the sheet that the technician takes along into -o FILE.pdf: delivery notes only, no price.

    With --date, the sheets of a day in one file, one after the other.

    Examples:
    hub visits list --date today
    """
    from hubcli.commands.printing import printed

    named = [word for number in numbers or [] for word in (targets.piped() if number == "-" else [number])]
    chosen = [visit_number(number) for number in named]
    if date:
        params = {**_planned(run, date, driver), "status": ["scheduled", "in-transit"]}
        chosen += [row["number"] for row in run.hub.rows("visits.list", params)]
    if not chosen:
        raise targets.need("print which? Name visits, or --date with some planned", "hub visits list")
    return printed(run, [("visit", number) for number in dict.fromkeys(chosen)])


@command(app, "cancel")
def cancel(run: Run, number: Number) -> Done:
    """Cancel a visit.

    Examples:
    hub visits list --status open
    """
    visit = visit_number(number)
    return _done(run, run.change(lambda hub: visits.cancel(hub, visit)), visit)
