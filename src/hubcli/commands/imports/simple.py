"""hub import payments, quotes, models, credit: files in hub's own layout, as hub export writes them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer

from hubcli.command import Done, Run, command
from hubcli.commands.imports import shared
from hubcli.commands.imports.shared import Apply, Encoding, File, Ignore, Rejects
from hubcli.operations.imports import plain
from hubcli.operations.imports.plain import Layout, Row, Sheet, Take

if TYPE_CHECKING:
    from hubcli.operations.imports.report import Report
    from hubcli.store import Hub

app = typer.Typer()

Grouped = Callable[[Sequence[Row], "Report"], Sequence[Row]]


@command(app, "payments")
def payments(
    run: Run,
    file: File,
    *,
    apply: Apply = False,
    rejects: Rejects = None,
    ignore: Ignore = None,
    encoding: Encoding = None,
) -> Done | int:
    """Import payments; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export payments; document, date, method and amount are enough. A payment that is there
    already, by its number or because it looks the same, is left as it is: the same file again takes nothing twice. One
    above what is owed is refused.

    Examples:
    hub export payments --csv | hub import payments -
    """
    from hubcli.operations.imports import payments as operation

    return simple(run, file, operation.LAYOUT, operation.Import, rejects, ignore, encoding, apply=apply)


@command(app, "quotes")
def quotes(
    run: Run,
    file: File,
    *,
    apply: Apply = False,
    rejects: Rejects = None,
    ignore: Ignore = None,
    encoding: Encoding = None,
) -> Done | int:
    """Import quotes, a row for each line; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export quotes. The rows of a quote stand together, under its number or external id.
    Totals are checked to the cent; deposits come with hub import payments.

    Examples:
    hub export quotes --csv | hub import quotes -
    """
    from hubcli.operations.imports import quotes as operation

    def grouped(rows: Sequence[Row], report: "Report") -> Sequence[Row]:
        return list(operation.quotes(rows, report))

    return simple(run, file, operation.LAYOUT, operation.Import, rejects, ignore, encoding, apply=apply, group=grouped)


@command(app, "models")
def models(
    run: Run,
    file: File,
    *,
    apply: Apply = False,
    rejects: Rejects = None,
    ignore: Ignore = None,
    encoding: Encoding = None,
) -> Done | int:
    """Import the catalogue; shows what would be done, and does it with --apply as one change set.

    Models that are there are updated; blank cells never overwrite anything, and what was quoted keeps its price.

    Examples:
    hub export models --csv | hub import models -
    """
    from hubcli.operations.imports import models as operation

    def maker(_: "Report") -> Take:
        return operation.take

    return simple(run, file, operation.LAYOUT, maker, rejects, ignore, encoding, apply=apply)


@command(app, "credit")
def credit(
    run: Run,
    file: File,
    *,
    apply: Apply = False,
    rejects: Rejects = None,
    ignore: Ignore = None,
    encoding: Encoding = None,
) -> Done | int:
    """Import entries of customer credit; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export credit; customer, date and amount are enough. An entry that is there already is
    left as it is. Nobody's customer credit falls below 0.00: a row that would take it there is refused.

    Examples:
    hub export credit --csv | hub import credit -
    """
    from hubcli.operations.imports import credit as operation

    def maker(_: "Report") -> Take:
        return operation.Import()

    return simple(run, file, operation.LAYOUT, maker, rejects, ignore, encoding, apply=apply)


def simple(
    run: Run,
    file: str,
    layout: Layout,
    maker: Callable[["Report"], Take],
    rejects: str | None,
    ignore: list[str] | None,
    encoding: str | None,
    *,
    apply: bool,
    group: Grouped | None = None,
) -> Done | int:
    """Read a file in hub's own layout, then show or do what its rows come to.

    `maker` gives what takes one row, fresh for each attempt; `group` puts rows together that are one record.
    """
    with shared.plain_opened(run, file, encoding, writing=apply) as (hub, opened):
        report = shared.report(run)
        sheet = Sheet(opened.table, layout, report, ignore=ignore or (), last_day=shared.last_day(hub))
        rows = sheet.rows if group is None else group(sheet.rows, report)

        def work(hub: "Hub", report: "Report") -> None:
            plain.take(hub, rows, report, maker(report))

        return shared.simple_done(run, hub, opened, sheet, report, work, rejects, apply=apply)
