"""hub import payments, quotes, models, credit: files in hub's own layout, as hub export writes them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer

from hubcli.command import Done, Run, command
from hubcli.commands.imports import shared
from hubcli.commands.imports.shared import FileGiven, file_given
from hubcli.operations.imports import plain
from hubcli.operations.imports.plain import Layout, Row, Sheet, Take
from hubcli.operations.imports.report import last_day

if TYPE_CHECKING:
    from hubcli.operations.imports.report import Report
    from hubcli.store import Hub

app = typer.Typer()

Grouped = Callable[[Sequence[Row], "Report"], Sequence[Row]]


@command(app, "payments", takes=[file_given])
def payments(run: Run, file_given: FileGiven) -> Done | int:
    """Import payments; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export payments; document, date, method and amount are enough. A payment that is there
    already, by its number or because it looks the same, is left as it is: the same file again takes nothing twice. One
    above what is owed is refused.

    Examples:
    hub export payments --csv | hub import payments -
    """
    from hubcli.operations.imports import payments as operation

    return simple(run, file_given, operation.LAYOUT, operation.Import)


@command(app, "quotes", takes=[file_given])
def quotes(run: Run, file_given: FileGiven) -> Done | int:
    """Import quotes, a row for each line; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export quotes. The rows of a quote stand together, under its number or external id.
    Totals are checked to the cent; deposits come with hub import payments.

    Examples:
    hub export quotes --csv | hub import quotes -
    """
    from hubcli.operations.imports import quotes as operation

    def grouped(rows: Sequence[Row], report: "Report") -> Sequence[Row]:
        return list(operation.quotes(rows, report))

    return simple(run, file_given, operation.LAYOUT, operation.Import, group=grouped)


@command(app, "models", takes=[file_given])
def models(run: Run, file_given: FileGiven) -> Done | int:
    """Import the catalogue; shows what would be done, and does it with --apply as one change set.

    Models that are there are updated; blank cells never overwrite anything, and what was quoted keeps its price.

    Examples:
    hub export models --csv | hub import models -
    """
    from hubcli.operations.imports import models as operation

    return simple(run, file_given, operation.LAYOUT, lambda _: operation.take)


@command(app, "credit", takes=[file_given])
def credit(run: Run, file_given: FileGiven) -> Done | int:
    """Import entries of customer credit; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export credit; customer, date and amount are enough. An entry that is there already is
    left as it is. Nobody's customer credit falls below 0.00: a row that would take it there is refused.

    Examples:
    hub export credit --csv | hub import credit -
    """
    from hubcli.operations.imports import credit as operation

    return simple(run, file_given, operation.LAYOUT, lambda _: operation.Import())


def simple(
    run: Run,
    file: FileGiven,
    layout: Layout,
    maker: Callable[["Report"], Take],
    *,
    group: Grouped | None = None,
) -> Done | int:
    """Read a file in hub's own layout, then show or do what its rows come to.

    `maker` gives what takes one row, fresh for each attempt; `group` puts rows together that are one record.
    """
    with shared.plain_opened(run, file, layout) as (hub, opened):
        report = shared.report(run)
        sheet = Sheet(opened.table, layout, report, ignore=opened.ignore, last_day=last_day(hub))
        rows = sheet.rows if group is None else group(sheet.rows, report)

        def work(hub: "Hub", report: "Report") -> None:
            plain.take(hub, rows, report, maker(report))

        return shared.simple_done(run, hub, opened, sheet, report, work, file)
