"""Duplicates: found with reasons, declared different, merged, taken apart again."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.counts import Count
from hubcli.errors import HubError, bad_value
from hubcli.operations import refs
from hubcli.operations.customers import decisions, duplicates, merging
from hubcli.render import Column, Listing

app = typer.Typer()

COLUMNS = (
    Column("number", "ref", prefix="C", title="#"),
    Column("group", "count"),
    Column("score", "count"),
    Column("reasons", "code"),
    Column("name", "text"),
    Column("kind", "code", keep=8),
    Column("status", "code", keep=7),
    Column("mobile_phone", "phone", title="mobile", keep=3),
    Column("email", "text", keep=4),
    Column("zip", "code", keep=5),
    Column("orders", "count", keep=6),
    Column("lifetime_value", "money", title="lifetime", keep=9),
    Column("owed", "money", keep=9),
    Column("credit_balance", "money", title="credit", keep=9),
    Column("created_on", "date", keep=8),
    Column("suggestion", "code"),
    Column("decision", "code", keep=9),
)
CHUNK = 500
STATUSES = ("active", "archived")


@command(app, "duplicates")
def duplicates_(
    run: Run,
    refs_: Annotated[
        list[str] | None, Argument(metavar="[REF...|dismiss REF REF...]", help="only those that may be one of these")
    ] = None,
    *,
    by: Annotated[
        list[str] | None, Option("--by", metavar="REASON", help="email, phone, name, company, spelling; all of them")
    ] = None,
    from_change: Annotated[
        str | None, Option("--from-change", metavar="H…", help="only those with a customer that it touched")
    ] = None,
    include_archived: Annotated[bool, Option("--archived", help="archived customers too")] = False,
    all_: Annotated[bool, Option("--undo-dismiss", help="with dismiss: they may be the same after all")] = False,
) -> Listing | Done | None:
    """Find customers that may be the same one, in groups, with what they share and a suggestion.

    `dismiss C1 C2` remembers that they are different. With --csv, the empty column `decision` is for a spreadsheet:
    write keep beside the one that stays, merge beside those that go into it, different beside the others, and give
    the file to hub customers merge --from.

    Examples:
    hub customers duplicates
    hub customers duplicates --by phone --csv
    hub customers duplicates dismiss C1 C2 -n
    """
    given = list(refs_ or [])
    if given[:1] == ["dismiss"]:
        return _dismiss(run, given[1:], undo=all_)
    ids = set(targets.customers(run, given))
    if from_change is not None:
        from hubcli.commands.changes import number_of

        touched = {row["id"] for row in run.hub.rows("duplicates.touched", {"change": number_of(from_change)})}
        ids = ids & touched if given else touched
        if not ids:
            return Listing(COLUMNS, [], name="duplicates")
    status = [*STATUSES] if include_archived else ["active"]
    groups = duplicates.find(run.hub, status=status, ids=ids, by=_reasons(by))
    shown = sum(len(group.members) for group in groups)
    return Listing(COLUMNS, _rows(run, groups), name="duplicates", total=shown)


def _reasons(by: Sequence[str] | None) -> Collection[str]:
    from hubcli.values import words

    return [words.choose(word, tuple(duplicates.REASONS), "--by") for word in by] if by else tuple(duplicates.REASONS)


def _rows(run: Run, groups: Sequence[duplicates.Group]) -> Any:
    """Give a row for each customer of each group, looked up a few hundred at a time."""
    at = 0
    while at < len(groups):
        some: list[duplicates.Group] = []
        while at < len(groups) and sum(len(group.members) for group in some) < CHUNK:
            some.append(groups[at])
            at += 1
        numbers = [number for group in some for number in group.members]
        found = {row["id"]: row for row in run.hub.rows("duplicates.described", {"ids": numbers})}
        for place, group in enumerate(some, at - len(some) + 1):
            rows = [found[number] for number in group.members]
            best = duplicates.survivor(rows)
            for row in sorted(rows, key=lambda row: (row["id"] != best, row["id"])):
                yield _row(row, place, group, best)


def _row(row: Any, place: int, group: duplicates.Group, best: int) -> tuple[Any, ...]:
    why = ", ".join(group.reasons[row["id"]])
    suggestion = "keep" if row["id"] == best else "merge"
    return (row["id"], place, group.score, why, *tuple(row)[1:12], suggestion, None)


def _dismiss(run: Run, given: Sequence[str], *, undo: bool) -> Done:
    numbers = targets.customers(run, given)
    if len(numbers) < 2:  # a pair
        raise targets.need("which are different? Name two or more: dismiss C1 C2")
    if undo:
        outcome = run.change(lambda hub: duplicates.admit(hub, numbers))
    else:
        outcome = run.change(lambda hub: duplicates.dismiss(hub, numbers))
    return targets.written(run, outcome, numbers)


@command(app, "merge")
def merge(
    run: Run,
    refs_: Annotated[
        list[str] | None, Argument(metavar="[SURVIVOR OTHER...]", help="the one that stays, then others")
    ] = None,
    *,
    take: Annotated[
        list[str] | None,
        Option("--take", metavar="FIELD", help="this field from the others, whatever the survivor has"),
    ] = None,
    from_: Annotated[
        Path | None, Option("--from", metavar="FILE", help="decisions: the CSV of duplicates with its column filled in")
    ] = None,
) -> Done | None:
    """Merge customers: the first takes over every record of the others; their numbers go on finding it.

    Quotes, orders, payments, credit, notes, addresses and everything else are re-pointed row by row; only blank
    fields of the survivor are filled. unmerge puts exactly those rows back.

    Examples:
    hub customers merge C1 C2 -n
    hub customers merge C1 C2 C4 --take email -n
    """
    if from_ is not None:
        return _merge_decided(run, from_, refs_)
    numbers = [targets.customer(run, ref) for ref in refs_ or []]
    if len(numbers) < 2:  # a survivor and another
        raise targets.need("merge what? The one that stays, then the others: hub customers merge C1 C2")
    fields = merging.check_take(take or [])
    shown = _preview(run, numbers, fields)
    outcome = run.change(lambda hub: merging.merge(hub, numbers[0], numbers[1:], fields))
    return targets.written(run, outcome, numbers[:1], said=None if shown else _said(outcome.result, run))


def _said(steps: Sequence[merging.Step], run: Run) -> str | None:
    return None if run.quiet else merging.in_words(steps)


def _preview(run: Run, numbers: Sequence[int], fields: Sequence[str]) -> bool:
    """Show on a terminal what the merge will do, then ask; nobody is asked with --yes or on a dry run.

    True: it was shown.
    """
    if run.dry_run or run.yes:
        return False
    if run.interactive:
        tried = run.hub.change(
            run.command, lambda hub: merging.merge(hub, numbers[0], numbers[1:], fields), dry_run=True
        )
        run.say(merging.in_words(tried.result))
        moving = merging.open_work_of(run.hub, numbers[1:])
        if moving:
            run.say(f"  open: {moving}")
    row = run.hub.one("customers.head", {"id": numbers[0]})
    others = ", ".join(f"C{number}" for number in numbers[1:])
    run.confirm(f"merge {others} into C{numbers[0]} {row['name'] if row else ''}?", f"merge of {others}")
    return run.interactive


def _merge_decided(run: Run, path: Path, given: Sequence[str] | None) -> Done:
    if given:
        raise bad_value("--from", path, "names the customers itself: give no REF beside it")
    found = decisions.read(run.hub, path)
    run.confirm_count(sum(len(others) for _, others in found.merges), "merge")
    if not found.merges and not found.different:
        raise targets.need(f"{path.name} decides nothing: write keep, merge or different in its column decision")

    def work(hub: Any) -> list[int]:
        for survivor, others in found.merges:
            merging.merge(hub, survivor, others)
        for numbers in found.different:
            duplicates.dismiss(hub, numbers)
        return [survivor for survivor, _ in found.merges]

    outcome = run.change(work)
    merged = sum(len(others) for _, others in found.merges)
    said = f"{merged} merged into {len(found.merges)}, {Count(len(found.different)):group} kept apart"
    return targets.written(run, outcome, outcome.result, said=None if run.quiet else said)


@command(app, "unmerge")
def unmerge(run: Run, ref: Annotated[str, Argument(metavar="REF", help="the customer that was merged away")]) -> Done:
    """Take a merge back: exactly the rows that it moved return; what came later stays with the survivor.

    Examples:
    hub customers list --status deleted
    """
    number = refs.customer(run.hub, ref, merged="keep")
    outcome = run.change(lambda hub: merging.unmerge(hub, number), purpose="undo")
    _, _, conflicts = outcome.result
    if conflicts and outcome.change is None:
        raise HubError("undo_conflict", change=outcome.result[0], conflicts=conflicts[0].what)
    told = "; ".join(f"{conflict.record}: {conflict.what}" for conflict in conflicts)
    said = f"left as they are: {told}" if conflicts else None
    return targets.written(run, outcome, [number], said=said, exit_code=3 if conflicts else 0)
