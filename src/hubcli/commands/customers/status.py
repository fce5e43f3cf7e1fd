"""Archives, deletes, restores and holds customers."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.filters import customers_meant
from hubcli.counts import Count
from hubcli.operations.customers import editing, status
from hubcli.render import Listing, Record
from hubcli.values import text

app = typer.Typer()

Refs = Annotated[list[str], Argument(metavar="REF...", help="C12, e-mail, phone, name; - reads them from stdin")]
FEW = 50
"""More customers than these are confirmed by typing their count."""
KeepGoing = Annotated[bool, Option("--keep-going", help="do the rest when some cannot be done; exit 3 then")]


@command(app, "archive")
def archive(
    run: Run,
    refs: Annotated[
        list[str] | None, Argument(metavar="[REF...]", help="C12, e-mail, phone, name; - reads stdin")
    ] = None,
    *,
    stale: Annotated[
        str | None, Option("--stale", metavar="AGE", help="all that were idle so long, such as 365d")
    ] = None,
    expect_max: Annotated[
        int | None, Option("--expect-max", metavar="N", help="refuse when more would be archived")
    ] = None,
    keep_going: KeepGoing = False,
) -> Done | Record | Listing | str | None:
    """Archive customers, or all idle ones; refused while a quote or an order is active.

    Examples:
    hub customers archive C27
    hub customers archive C27 C32 --keep-going -n
    hub customers archive --stale 365d --dry-run
    """
    if stale is not None:
        if refs:
            raise targets.need("--stale takes no REF: it finds the customers itself")
        from hubcli.commands import jobs

        return jobs.archive_stale(run, stale, expect_max)
    ids = targets.customers(run, refs or [], "refuse")
    if not refs:
        raise targets.need("which customers? Name some, or --stale AGE", "hub customers archive --help")
    return _archive(run, ids, keep_going=keep_going)


def _archive(run: Run, ids: Sequence[int], *, keep_going: bool) -> Done:
    from hubcli.operations import archive as archiving

    run.confirm_count(len(ids), "archive")
    outcome = run.change(lambda hub: archiving.archive_many(hub, ids, keep_going=keep_going))
    result: archiving.Archived = outcome.result
    said = [*result.warnings]
    if result.blocked:
        said.append(f"not archived: {archiving.told(result.blocked)}")
    lines = "\n".join(said) or None
    shown = result.done if result.blocked else ids
    return targets.written(run, outcome, shown, said=lines, exit_code=3 if result.blocked else 0)


@command(app, "restore")
def restore(run: Run, refs: Refs) -> Done:
    """Make archived, deleted or spam customers active again.

    Examples:
    hub customers restore C9
    hub customers restore C9 C11 -n
    """
    return _each(run, refs, "restore", status.restore)


@command(app, "delete")
def delete(run: Run, refs: Refs) -> Done:
    """Delete customers; restore brings them back.

    It tells what is still open and asks.

    Examples:
    hub customers delete C27 --yes
    hub customers delete C27 -n
    """
    ids = targets.customers(run, refs, "refuse")
    open_work = [(number, status.open_work(run.hub, number)) for number in ids]
    for number, documents in open_work:
        if documents:
            run.say(f"still open: {_named(run, number)}, {status.in_words(documents)}")
    names = ", ".join(_named(run, number) for number in ids[:5]) + (", …" if len(ids) > 5 else "")
    run.confirm(f"Delete {names}?", f"deleting {names}")
    run.confirm_count(len(ids), "delete")
    outcome = run.change(lambda hub: status.put(hub, ids, "deleted"))
    return targets.written(run, outcome, ids)


def _named(run: Run, number: int) -> str:
    return f"C{number} {text.visible(editing.head(run.hub, number)['name'])}"


@command(app, "spam")
def spam(run: Run, refs: Refs) -> Done:
    """Mark customers as spam: out of every list until not-spam or restore.

    Examples:
    hub customers spam C27 -n
    """
    return _each(run, refs, "spam", lambda hub, ids: status.put(hub, ids, "spam"))


@command(app, "not-spam")
def not_spam(run: Run, refs: Refs) -> Done:
    """Take the spam mark away: the customers are active again.

    Examples:
    hub customers not-spam C10
    """
    return _each(run, refs, "not-spam", lambda hub, ids: status.put(hub, ids, "active", only_from=["spam"]))


@command(app, "hold", takes=[customers_meant])
def hold(run: Run, customers_meant: dict[str, Any]) -> Done:
    """Put customers on hold, those named or all that filters find: they may not buy until unhold.

    Several are asked about first.

    Examples:
    hub customers hold C4 --reason "two bounced checks"
    hub customers hold C4 C5 --yes
    hub customers hold --owes 1000 --kind company -n
    """
    ids = meant(run, customers_meant)
    if 1 < len(ids) <= FEW:
        run.confirm(f"Put {Count(len(ids)):customer} on hold?", f"holding {Count(len(ids)):customer}")
    return _held(run, ids, "hold", on=True, named=bool(customers_meant["refs"]))


@command(app, "unhold", takes=[customers_meant])
def unhold(run: Run, customers_meant: dict[str, Any]) -> Done:
    """Let customers on hold buy again, those named or all that filters find.

    Examples:
    hub customers unhold C4
    hub customers unhold --on-hold --manager priya
    """
    named = bool(customers_meant["refs"])
    return _held(run, meant(run, customers_meant), "unhold", on=False, named=named)


def meant(run: Run, asked: dict[str, Any]) -> list[int]:
    """Give the customers that are named, or that the filters or a view find; raise where it is neither or both."""
    refs = asked["refs"]
    if bool(refs) is targets.filtered(asked):
        raise targets.need(
            "name customers, or give filters" + (", not both" if refs else ""), f"hub {run.command} --help"
        )
    if refs:
        return targets.customers(run, refs)
    return targets.fitting(run, asked)


def _held(run: Run, ids: Sequence[int], what: str, *, on: bool, named: bool) -> Done:
    run.confirm_count(len(ids), what)
    outcome = run.change(lambda hub: status.hold(hub, ids, on=on))
    return targets.written(run, outcome, ids, silent=not named)


def _each(run: Run, refs: Sequence[str], what: str, work: Callable[[Any, Sequence[int]], None]) -> Done:
    """Do the same to every customer named, as one change set."""
    ids = targets.customers(run, refs, "refuse")
    run.confirm_count(len(ids), what)
    outcome = run.change(lambda hub: work(hub, ids))
    return targets.written(run, outcome, ids)
