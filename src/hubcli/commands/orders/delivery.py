"""Plans deliveries and notes how they went; keeps serial numbers."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.quotes.lines import line_number
from hubcli.errors import HubError, bad_value
from hubcli.operations import documents
from hubcli.operations.documents import base, delivery
from hubcli.render import Column
from hubcli.values import dates, text, words

app = typer.Typer()

Text = str | None
Words = list[str] | None
Order = Annotated[str, Argument(metavar="O", help="the order, such as O7")]
LineOption = Annotated[Words, Option("--line", metavar="N", help="this line; repeatable; all that can be, if none")]
Date = Annotated[Text, Option("--date", metavar="DATE", help="the day")]
Method = Annotated[Text, Option("--method", metavar="T", help="how, such as van or freight")]
Driver = Annotated[Text, Option("--driver", metavar="T", help="who drives")]
Serial = Annotated[Words, Option("--serial", metavar="T", help="of a unit of the one line named; repeatable")]
LINES = (
    Column("number", "code", title="#"),
    Column("line", "count"),
    Column("model", "code"),
    Column("quantity", "count", title="qty", keep=3),
    Column("delivery_status", "code", title="delivery"),
    Column("date", "date"),
    Column("delivery_method", "code", title="method", keep=3),
    Column("driver", keep=3),
    Column("serials", "list", keep=2),
    Column("status", "code", title="order", keep=4),
)


def _moved(
    run: Run, ref: str, line: Sequence[str] | None, to: str, values: dict[str, Any], serials: Sequence[str] = ()
) -> Done:
    """Move lines and print them as they are then."""
    order = documents.order(run.hub, ref)
    wanted = [line_number(one) for one in line or []]
    before = {row["line"]: row["delivery_status"] for row in delivery.lines_of(run.hub, order["id"], wanted)}
    if serials and len(wanted or before) != 1:
        raise targets.need("--serial is of one line: name it", f"hub {run.command} {ref} --line 1 --serial …")

    def work(hub: Any) -> None:
        row = documents.order(hub, ref)
        lines = delivery.lines_of(hub, row["id"], wanted)
        delivery.move(hub, row, wanted, to, values)
        if serials:
            delivery.serials(hub, row, lines[0], [text.name(one, "--serial", 60, code=True) for one in serials])

    outcome = run.change(work)
    touched = wanted or [number for number, status in before.items() if status in delivery.FROM[to]]
    return _done(run, outcome, order["id"], touched)


def _done(run: Run, outcome: Any, number: int, lines: Sequence[int]) -> Done:
    rows = [] if outcome.dry_run else [
        _row(run, base.again(run.hub, number), line) for line in delivery.lines_of(run.hub, number, lines)
    ]  # fmt: skip
    return Done(outcome, LINES, rows, name="lines")


def _row(run: Run, order: Any, line: Any) -> tuple[Any, ...]:
    serials = [row["serial"] for row in run.hub.rows("documents.serials_of", {"line": line["id"]})]
    day = line["delivered_on"] or line["scheduled_on"]
    return (base.ref_of(order), line["line"], line["model"], line["quantity"], line["delivery_status"], day,
            line["delivery_method"], line["driver"], serials, order["status"])  # fmt: skip


def _values(method: str | None, driver: str | None) -> dict[str, Any]:
    given = targets.given(delivery_method=method, driver=driver)
    return {name: text.name(value, f"--{name.rpartition('_')[2]}", 100) for name, value in given.items()}


def _day(run: Run, ref: str, typed: str, *, past: bool) -> str:
    """Read a day of a delivery: not before the order, and not to come where it is of what happened."""
    day = dates.day(typed, run.today, "--date")
    order = documents.order(run.hub, ref)
    if day.isoformat() < order["ordered_on"]:
        raise bad_value("--date", typed, f"is before {base.ref_of(order)} was ordered, on {order['ordered_on']}")
    return (dates.not_future(day, run.today, "--date") if past else day).isoformat()


@command(app, "schedule")
def schedule(
    run: Run, ref: Order, *, date: Date = None, line: LineOption = None, method: Method = None, driver: Driver = None
) -> Done:
    """Plan the delivery of lines, or plan it anew; without --line, of all that are open or scheduled.

    Examples:
    hub orders schedule O2 --date "in 3 days" --driver Dee --method van
    """
    if date is None:
        raise targets.need("when? a delivery is scheduled for a day", f'hub {run.command} {ref} --date "in 3 days"')
    values = {"scheduled_on": _day(run, ref, date, past=False), **_values(method, driver)}
    return _moved(run, ref, line, "scheduled", values)


@command(app, "unschedule")
def unschedule(run: Run, ref: Order, *, line: LineOption = None) -> Done:
    """Take planned deliveries back: the lines are open again; without --line, of all that are scheduled.

    Examples:
    hub orders schedule O2 --date "in 3 days" -n
    """
    return _moved(run, ref, line, "open", {})


@command(app, "dispatch")
def dispatch(
    run: Run, ref: Order, *, date: Date = None, line: LineOption = None, method: Method = None, driver: Driver = None
) -> Done:
    """Send lines out: in transit, on the day given or today.

    Examples:
    hub orders dispatch O2 --driver Dee
    """
    values = {"scheduled_on": _day(run, ref, date or "today", past=False), **_values(method, driver)}
    return _moved(run, ref, line, "in-transit", values)


@command(app, "deliver")
def deliver(
    run: Run,
    ref: Order,
    *,
    date: Date = None,
    line: LineOption = None,
    method: Method = None,
    driver: Driver = None,
    serial: Serial = None,
) -> Done:
    """Note that lines were delivered, today or on the day given.

    The order is shipped and invoiced once everything is delivered. Delivered goods only come back by a return.

    Examples:
    hub orders deliver O2 --date today
    """
    values = {"delivered_on": _day(run, ref, date or "today", past=True), **_values(method, driver)}
    return _moved(run, ref, line, "delivered", values, serial or ())


@command(app, "failed")
def failed(run: Run, ref: Order, *, line: LineOption = None) -> Done:
    """Note that a stop failed: its lines are open again.

    --reason is not-home, site-not-ready, customer-asked, refused-damage, size or skipped.

    Examples:
    hub orders dispatch O2 -n
    """
    if run.reason is None:
        listed = ", ".join(delivery.FAILURES)
        raise targets.need(f"why? --reason is one of {listed}", f"hub {run.command} {ref} --line 1 --reason not-home")
    words.choose(run.reason, delivery.FAILURES, "--reason")
    return _moved(run, ref, line, "failed", {})


@command(app, "serials")
def serials(
    run: Run,
    ref: Order,
    *,
    line: Annotated[Text, Option("--line", metavar="N", help="the line; the only one, if one")] = None,
    add: Annotated[Words, Option("--add", metavar="SERIAL", help="repeatable")] = None,
    remove: Annotated[Words, Option("--remove", metavar="SERIAL", help="repeatable")] = None,
) -> Done:
    """Keep the serial numbers of a line, one for each unit.

    Examples:
    hub orders serials O2 --line 1 --add 4CX9-1188 -n
    """
    order = documents.find(run.hub, ref)
    lines = delivery.lines_of(run.hub, order["id"], [line_number(line)] if line is not None else [])
    if len(lines) != 1:
        raise targets.need(
            f"{base.ref_of(order)} has {len(lines)} lines: name one", f"hub {run.command} {ref} --line 1 …"
        )
    if not add and not remove:
        raise HubError("needs_option", what="name the serial numbers to --add or to --remove",
                       tries=(f"hub orders show {base.ref_of(order)}",))  # fmt: skip
    more = [text.name(one, "--add", 60, code=True) for one in add or []]

    def work(hub: Any) -> None:
        row = base.again(hub, order["id"])
        delivery.serials(hub, row, delivery.lines_of(hub, row["id"], [lines[0]["line"]])[0], more, remove or [])

    outcome = run.change(work)
    return _done(run, outcome, order["id"], [lines[0]["line"]])
