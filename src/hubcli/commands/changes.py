"""hub changes: change sets, and taking them back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import CHANGE_COLUMNS, Done, Run, command
from hubcli.commands import filters
from hubcli.dialog import MANY
from hubcli.errors import HubError, bad_value
from hubcli.operations import history, refs, undo
from hubcli.render import Column, Listing, Record, Section

if TYPE_CHECKING:
    from hubcli.store import Outcome

app = typer.Typer(help="Change sets: who changed what, when and why; hub undo takes one back.")

LIST = (
    Column("change", "ref", prefix="H", title="#"),
    Column("at", "instant"),
    Column("date", "date", keep=5),
    Column("actor", "code"),
    Column("command", "code"),
    Column("customers", "count", keep=3),
    Column("entries", "count", title="fields", keep=4),
    Column("reason", "long", keep=2),
    Column("undoes", "ref", prefix="H", keep=3),
    Column("undone_by", "ref", prefix="H", title="undone by", keep=3),
    Column("dated", "bool", keep=8),
    Column("terminal", "code", keep=9),
    Column("os_user", "code", keep=9),
)
CUSTOMER = (
    Column("at", "instant"),
    Column("actor", "code", keep=2),
    Column("change", "ref", prefix="H", keep=3),
    Column("command", "code", keep=4),
    Column("reason", "long", keep=5),
    Column("record", "code"),
    Column("field", "code"),
    Column("old", "long"),
    Column("new", "long"),
)
Words = list[str] | None
UNDONE = (Column("number", "ref", prefix="H"), Column("command", "code"), Column("rows", "count"))


def number_of(ref: str) -> int:
    """Give the number of a change set reference such as H12; raise bad_value."""
    digits = ref[1:] if ref[:1] in "Hh" else ref
    if not digits.isdecimal() or not digits.isascii() or len(digits) > 15:
        raise bad_value("change set", ref, "is no change set: write one such as H12", "hub changes list")
    return int(digits)


def _instant(run: Run, since: str | None) -> str | None:
    from hubcli.values import clock

    if since is None:
        return None
    return clock.instant(since, run.today, run.hub.zone, "--since")


@command(app, "list")
def list_(
    run: Run,
    *,
    by: Annotated[Words, Option("--by", metavar="WHO", help="made by")] = None,
    command: Annotated[Words, Option("--command", metavar="TEXT", help="made with such a command")] = None,
    since: Annotated[Words, Option("--since", metavar="WHEN", help="a day, or a clock time of today")] = None,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="that touched this customer")] = None,
) -> Listing:
    """List change sets, newest first.

    Examples:
    hub changes list --limit 5
    hub changes list --since 08:00
    hub changes list --customer C1 --json
    """
    params: dict[str, object] = {
        "by": filters.by_whom(run, by),
        "command": [f"%{part}%" for part in command or []],
        "since": min((str(_instant(run, when)) for when in since or []), default=None),
        "customers": [number for ref in customer or [] for number in _whole(run, ref)],
    }
    return run.list("changes.list", params, LIST, "changes")


@command(app, "show")
def show(run: Run, change: Annotated[str, Argument(metavar="H…", help="such as H12")]) -> Record:
    """Show one change set with every field it changed.

    Examples:
    hub changes show H1 --limit 10
    """
    number = number_of(change)
    params: dict[str, object] = {"change": number}
    row = run.hub.one("changes.list", params)
    if row is None:
        raise HubError("not_found", what="change set", ref=f"H{number}", near="", tries=("hub changes list",))
    rows = history.diff_rows(run.hub.rows("changes.entries", params), history.staff_logins(run.hub))
    body = Listing(CHANGE_COLUMNS, rows, name="changes")
    return Record(
        LIST, tuple(row), title=f"H{number} {row['command']}", sections=[Section("changed", body, key="fields")]
    )


def customer_changelog(
    run: Run,
    ref: Annotated[str, Argument(metavar="REF", help="a customer")],
    *,
    since: Annotated[str | None, Option("--since", metavar="WHEN", help="a day, or a clock time of today")] = None,
    field: Annotated[str | None, Option("--field", metavar="NAME", help="only changes of this field")] = None,
) -> Listing:
    """Show every change of a customer, field by field, newest first.

    What was recorded of the numbers merged into it comes along; a merged number shows its own.

    Examples:
    hub customers changelog C1
    hub customers changelog C1 --field status --json
    """
    params: dict[str, object] = {"customers": _whole(run, ref), "since": _instant(run, since), "named": field}
    return Listing(CUSTOMER, history.of_customer(run.hub, params), name="changes")


def _whole(run: Run, ref: str) -> list[int]:
    """Give the number that a reference names and all that were merged into it: entries keep the number they had."""
    choose = run.choose if run.interactive else None
    return refs.family(run.hub, refs.customer(run.hub, ref, choose, merged="keep"))


def _take_back(run: Run, change: str | None, kind: str, only: str | None, *, skip: bool) -> Done:
    if change is None and not run.interactive:
        raise HubError("undo_needs_number", what=f"hub {kind}")
    number = number_of(change) if change else undo.last_own(run.hub, kind)
    head = undo.header(run.hub, number)
    if kind == "redo" and head["undoes"] is None:
        by = head["undone_by"]
        tries = (f"hub redo H{by}",) if by else ("hub changes list --command undo",)
        why = f"it took nothing back{f', H{by} took it back' if by else ''}: redo takes the number of an undo"
        raise HubError("redo_no_undo", change=number, why=why, tries=tries)
    numbers = [refs.customer(run.hub, ref.strip()) for ref in only.split(",")] if only else []
    if run.interactive:
        _ask(run, head, kind, numbers, chosen=change is None)
    outcome = run.change(
        lambda hub: undo.take_back(hub, number, only=numbers, skip_conflicts=skip), purpose="undo", undoes=number
    )
    rows, conflicts = outcome.result
    left = f"left as they are: {'; '.join(f'{c.record}: {c.what}' for c in conflicts)}" if conflicts else None
    said = "; ".join(filter(None, (_moved(run, outcome), left))) or None
    return Done(
        outcome, UNDONE, [(number, head["command"], rows)], said=said, name="changes", exit_code=3 if conflicts else 0
    )


def _ask(run: Run, head: Any, kind: str, numbers: Sequence[int], *, chosen: bool) -> None:
    """Ask before a change set that nobody named is taken back, and for the count of many records; show what it did."""
    from hubcli.operations import activity
    from hubcli.values import clock

    number = head["id"]
    row = run.hub.one("changes.records", {"change": number, "only": numbers})
    count = row["n"] if row else 0
    if not chosen and count <= MANY:
        return
    at = clock.local_time(head["recorded_at"], run.hub.zone)
    told = f"H{number} {at} {head['actor']} {head['command']} {activity.gist(run.hub, number)}"
    if count > MANY:
        run.say(told)
        run.confirm_count(count, kind)
    else:
        run.confirm(f"{told}: take it back?", f"hub {kind}")


def _moved(run: Run, outcome: "Outcome") -> str | None:
    """Say what was done where money had moved."""
    from hubcli.operations import reversing

    if outcome.dry_run or outcome.change is None or run.quiet:
        return None
    return reversing.told(run.hub.rows("changes.entries", {"change": outcome.change}))


ONLY = Annotated[str | None, Option("--only", metavar="C1,C2", help="only what it did to these customers")]
SKIP = Annotated[bool, Option("--skip-conflicts", help="leave what changed since as it is (exit 3)")]


@command(app, "undo", hidden=True)
def undo_(
    run: Run,
    change: Annotated[str | None, Argument(metavar="[H…]", help="the change set; yours here by default")] = None,
    *,
    only: ONLY = None,
    skip_conflicts: SKIP = False,
) -> Done:
    """Take a change set back, as a new change set.

    Without a number: your own last one on this terminal, shown before you are asked.

    Examples:
    hub undo H1 --only C103 -n
    hub changes list --limit 5
    """
    return _take_back(run, change, "undo", only, skip=skip_conflicts)


@command(app, "redo", hidden=True)
def redo(
    run: Run,
    change: Annotated[str | None, Argument(metavar="[H…]", help="the undo to take back")] = None,
    *,
    skip_conflicts: SKIP = False,
) -> Done:
    """Do again what an undo took back.

    Examples:
    hub changes list --command undo
    """
    return _take_back(run, change, "redo", None, skip=skip_conflicts)
