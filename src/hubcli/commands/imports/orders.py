"""hub import orders: orders with their lines from other programs' files."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Option

from hubcli.command import Done, Run, command
from hubcli.commands.imports import shared
from hubcli.commands.imports.shared import FileGiven, LayoutGiven, file_given, layout_given

if TYPE_CHECKING:
    from collections.abc import Callable

    from hubcli.importing.documents import OrderReader
    from hubcli.operations.imports.report import Report
    from hubcli.operations.imports.source import Opened
    from hubcli.store import Hub

app = typer.Typer()


@command(app, "orders", takes=[file_given, layout_given])
def orders(
    run: Run,
    file_given: FileGiven,
    layout_given: LayoutGiven,
    *,
    lines: Annotated[
        str | None, Option("--lines", metavar="FILE", help="the lines, where they stand in a file of their own")
    ] = None,
    as_: Annotated[
        str | None,
        Option("--as", metavar="paid|due", help="orders of which the file does not say whether they are paid (due)"),
    ] = None,
    no_payments: Annotated[
        bool, Option("--no-payments", help="leave out what was paid on them: hub import payments brings it")
    ] = False,
    create_customers: Annotated[
        bool, Option("--create-customers", help="make customers that are not there, from the order's name and e-mail")
    ] = False,
) -> Done | int:
    """Import orders with their lines; shows what would be done, and does it with --apply as one change set.

    The customer of an order is found by its number, another system's number, e-mail, phone or name. Totals are checked
    to the cent. An order of which the file does not say whether it is paid is due: --as paid says otherwise. Exit code
    3 says that some orders were not taken.

    Examples:
    hub import orders samples/shopify-orders.csv
    hub import orders samples/hub-orders.csv --as paid
    hub export orders --csv | hub import orders - --no-payments
    """
    if layout_given.write_profile is not None:
        return shared.draft(run, file_given, "orders", layout_given.write_profile)
    from hubcli.importing.documents import OrderReader
    from hubcli.operations.imports.newcomers import Newcomers
    from hubcli.operations.imports.orders import Choices

    as_paid = _as_paid(run, as_)
    reading = partial(OrderReader, paid=as_paid, later=no_payments)
    with shared.opened(run, file_given, "orders", layout_given.profile) as (hub, opened):
        report = shared.report(run)
        made = Newcomers(hub, shared.reader(hub, layout_given.country, report)) if create_customers else None
        choices = Choices(layout_given.create_staff, opened.profile.name == "hub", made)
        return _orders(run, hub, opened, report, choices, lines, file_given, reading)


def _orders(
    run: Run,
    hub: "Hub",
    opened: "Opened",
    report: "Report",
    choices: Any,
    lines: str | None,
    file: FileGiven,
    reading: "Callable[[str], OrderReader]",
) -> Done | int:
    """Read the orders of an opened file, then show or do what they come to."""
    from hubcli.importing import read_orders
    from hubcli.operations.imports import orders as operation
    from hubcli.operations.imports import source, staging
    from hubcli.operations.imports.report import last_day

    currency = hub.setting("shop.currency")
    found = read_orders(opened.profile, opened.table, ignore=opened.ignore, lines=lines, currency=currency)
    cells: dict[int, list[str]] = {}
    if file.rejects is not None:
        operation.keep_cells(found, cells)
    staging.prepare(hub, operation.TABLES)
    typed = operation.read(found, reading(last_day(hub)), report)
    told = [
        source.assumptions(opened),
        *source.columns([*found.unknown, *found.lines_unknown], found.derived, found.absent, found.second),
    ]
    task = shared.Task(
        partial(operation.preview, orders=typed, choices=choices),
        partial(operation.apply, orders=typed, choices=choices),
        shared.writer(run, hub, file, opened, cells),
    )
    return shared.done(run, hub, report, task, told, apply=file.apply and not shared.shown_only(run))


def _as_paid(run: Run, said: str | None) -> bool:
    """Read --as paid and --as due; any other word is who is answerable, as everywhere else."""
    if said is None or said in {"paid", "due"}:
        return said == "paid"
    run.options = {**run.options, "as": said}
    return False
