"""Notes that a customer says an invoice is wrong, and that it is settled."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.errors import bad_value
from hubcli.operations import invoices
from hubcli.render import Column
from hubcli.values import text

app = typer.Typer()

DISPUTED = (
    Column("number", "ref", prefix="I", title="#"),
    Column("order", "code"),
    Column("customer", "ref", prefix="C", keep=3),
    Column("customer_name", title="name", keep=2),
    Column("due_on", "date", title="due", keep=4),
    Column("balance", "money"),
    Column("disputed", "bool"),
    Column("note", "long"),
    Column("opened_on", "date", title="opened", keep=3),
    Column("resolved_on", "date", title="resolved"),
)


@command(app, "dispute")
def dispute(
    run: Run,
    ref: Annotated[str, Argument(metavar="I", help="I204, its order O7, or the printed number")],
    *,
    note: Annotated[str | None, Option("--note", metavar="T", help="what is wrong with it")] = None,
    resolve: Annotated[bool, Option("--resolve", help="it is settled")] = False,
) -> Done:
    """Note that the customer says an invoice is wrong; --resolve ends it.

    A disputed invoice stays owed. It stands in a column of its own in aging, and a statement lists it without an
    overdue message.

    Examples:
    hub invoices dispute I2 --note "two units were scratched"
    """
    if resolve == (note is not None):
        problem = "--note and --resolve do not go together" if resolve else "what is wrong with it? --note is missing"
        raise targets.need(problem, f'hub invoices dispute {ref} --note "two units were scratched"')
    if note is not None and not note.strip():
        raise bad_value("--note", note, "is empty")
    row = invoices.find(run.hub, ref)
    content = None if note is None else text.note(note, "--note")

    def work(hub: Any) -> None:
        now = invoices.find(hub, ref)
        if content is None:
            invoices.resolve(hub, now)
        else:
            invoices.dispute(hub, now, content)

    outcome = run.change(work)
    return Done(outcome, DISPUTED, [] if outcome.dry_run else [_told(run, row["id"])], name="invoices")


def _told(run: Run, number: int) -> tuple[Any, ...]:
    found = run.hub.one("invoices.one", {"id": number, "day": run.hub.day.today})
    *_, last = run.hub.rows("invoices.disputes", {"id": number})
    about = (found["number"], found["order"], found["customer"], found["customer_name"]) if found else (None,) * 4
    rest = (found["due_on"], found["balance"]) if found else (None, None)
    return (*about, *rest, last["resolved_on"] is None, last["note"], last["opened_on"], last["resolved_on"])
