"""hub import balances: what was owed, and what the shop owed, on the day that hub took over."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.imports import shared
from hubcli.commands.imports.shared import FileGiven, file_given
from hubcli.counts import Count
from hubcli.errors import bad_value
from hubcli.operations import books
from hubcli.operations.imports import plain
from hubcli.operations.imports.plain import Sheet

if TYPE_CHECKING:
    from hubcli.operations.imports.balances import Sum
    from hubcli.operations.imports.report import Report
    from hubcli.store import Hub

app = typer.Typer()


@command(app, "balances", takes=[file_given])
def balances(
    run: Run,
    file_given: FileGiven,
    *,
    as_of: Annotated[
        str | None, Option("--as-of", metavar="D", help="the day that the balances are of, such as 2025-05-31")
    ] = None,
    expect_total: Annotated[
        list[str] | None,
        Option("--expect-total", metavar="WHAT=M", help="refuse the file unless it comes to this: credit=18400.00"),
    ] = None,
) -> Done | int:
    """Import opening balances; shows what would be done, and does it with --apply as one change set.

    A row is a customer, what it is (credit, limit, draw, invoice), an amount; of a draw or an open invoice also its
    date, due day, terms and old number (reference). What was owed becomes an order that is no sale: it counts in
    neither stage, orders nor lifetime value. The same file again loads nothing twice.

    Examples:
    hub export template balances --example | hub import balances - --as-of 2025-05-31 --expect-total credit=120.00
    """
    from hubcli.operations.imports import balances as operation

    if as_of is None:
        raise targets.need("--as-of is missing: which day are the balances of?", "hub import balances --help")
    wanted = dict(_expected(one, operation.WHATS) for one in expect_total or [])
    with shared.plain_opened(run, file_given, operation.LAYOUT) as (hub, opened):
        day = _day(run, hub, as_of)
        report = shared.report(run)
        sheet = Sheet(opened.table, operation.LAYOUT, report, ignore=opened.ignore, last_day="9999-12-31")
        every = [*sheet.rows, *sheet.flawed]
        operation.expect(every, wanted, opened.table.name)
        sums: list[Sum] = []

        def work(hub: "Hub", report: "Report") -> None:
            once = operation.Import(day)
            plain.take(hub, operation.limits_first(sheet.rows), report, once)
            sums[:] = operation.sums(every, once.loaded)

        done = shared.simple_done(run, hub, opened, sheet, report, work, file_given)
        return _with_sums(run, done, sums)


def _day(run: Run, hub: "Hub", typed: str) -> str:
    from hubcli.values import dates

    day = dates.not_future(dates.day(typed, run.today, "--as-of"), run.today, "--as-of").isoformat()
    books.check_open(hub, day)
    return day


def _expected(typed: str, whats: Sequence[str]) -> tuple[str, int]:
    from hubcli.values import money, words

    what, sign, amount = typed.partition("=")
    if not sign:
        raise bad_value("--expect-total", typed, "is not of the form credit=18400.00")
    return words.choose(what, whats, "--expect-total"), money.parse(amount, "--expect-total")


def _with_sums(run: Run, done: Done | int, sums: Sequence["Sum"]) -> Done | int:
    """Tell the totals of the file, of what is loaded, and what lies between: on stderr, beside the report."""
    from hubcli.values import money

    if isinstance(done, Done) and done.outcome.change is None and not run.verbose:
        return done
    for one in sums:
        if one.rows and not run.quiet:
            rows = f"{Count(one.rows):row}"
            told = f"{one.what}: {rows}, {money.show(one.file)} in the file, {money.show(one.loaded)} loaded"
            unread = f", unreadable: {Count(one.unread):row}" if one.unread else ""
            run.say(f"{told}, difference {money.show(one.difference)}{unread}")
    return done
