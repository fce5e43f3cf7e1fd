"""hub staff: who works here."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.operations import staff
from hubcli.render import Column, Listing, Record
from hubcli.values import text

HELP = """Who works here: account managers, salespeople, authors of notes.

Examples:
hub staff list
hub staff add pat --name "Pat Wood"
hub staff show priya
"""
app = typer.Typer(help=HELP)

COLUMNS = (
    Column("login", "code"),
    Column("name", "text"),
    Column("active", "bool"),
    Column("customers", "count"),
)
Login = Annotated[str, Argument(metavar="LOGIN", help="login or name")]


def _done(run: Run, outcome: Any, number: int, **how: Any) -> Done:
    row = run.hub.one("staff.one", {"id": number})
    rows = [] if row is None else [[row[column.name] for column in COLUMNS]]
    return Done(outcome, COLUMNS, rows, name="staff", **how)


def _login(typed: str, label: str) -> str:
    return text.name(typed, label, 60)


@command(app, "list")
def list_(run: Run, *, all: Annotated[bool, Option("--all", help="those who left too")] = False) -> Listing:
    """List who works here, with how many customers each one manages.

    Examples:
    hub staff list
    hub staff list --all
    """
    columns = (Column("number", "count", keep=9), *COLUMNS)
    rows = run.list("staff.list", {"active": None if all else True}, columns, "staff")
    return Listing(COLUMNS, (tuple(row)[1:] for row in rows.rows), name="staff", total=rows.total)


@command(app, "show")
def show(run: Run, login: Login) -> Record:
    """Show a staff member.

    Examples:
    hub staff show priya
    """
    row = staff.get(run.hub, login)
    columns = (*COLUMNS, Column("documents", "count", title="quotes and orders"))
    return Record(columns, [row[column.name] for column in columns], title=text.visible(row["name"]))


@command(app, "add")
def add(
    run: Run,
    login: Annotated[str, Argument(metavar="LOGIN", help="a short name for --as and --manager")],
    *,
    name: Annotated[str | None, Option("--name", metavar="T", help="the full name; default the login")] = None,
    idempotency_key: Annotated[str | None, Option("--idempotency-key", metavar="K")] = None,
) -> Done:
    """Add someone who works here.

    Examples:
    hub staff add pat --name "Pat Wood"
    """
    typed = _login(login, "login")
    full = typed if name is None else text.name(name, "--name")
    request = {"login": typed, "name": full}
    outcome = targets.keyed(run, idempotency_key, request, lambda hub: staff.add(hub, typed, full))
    return _done(run, outcome, outcome.result)


@command(app, "edit")
def edit(
    run: Run,
    login: Login,
    *,
    name: Annotated[str | None, Option("--name", metavar="T")] = None,
    new_login: Annotated[
        str | None, Option("--login", metavar="LOGIN", help="another login; past entries keep the old one")
    ] = None,
    active: Annotated[bool | None, Option("--active/--inactive", help="works here, or no longer")] = None,
) -> Done:
    """Edit a staff member.

    Examples:
    hub staff edit priya --name "Priya Patel"
    """
    row = staff.get(run.hub, login)
    columns: dict[str, Any] = {}
    if name is not None:
        columns["name"] = text.name(name, "--name")
    if new_login is not None:
        columns["login"] = _login(new_login, "--login")
    if active is not None:
        columns["active"] = int(active)
    if not columns:
        raise targets.need("nothing to edit: give --name, --login, --active or --inactive", "hub staff edit --help")
    return _done(run, run.change(lambda hub: staff.edit(hub, row["id"], columns)), row["id"])


@command(app, "remove")
def remove(
    run: Run,
    login: Login,
    *,
    reassign_to: Annotated[
        str | None, Option("--reassign-to", metavar="STAFF", help="who takes the customers; or none")
    ] = None,
) -> Done:
    """Retire a staff member: past work keeps the name, nothing new can be given to them.

    Examples:
    hub staff remove tomas --reassign-to priya -n
    """
    row = staff.get(run.hub, login)
    reassign = reassign_to is not None
    to = None if reassign_to is None or reassign_to.lower() == "none" else staff.active(run.hub, reassign_to)
    if to == row["id"]:
        raise targets.need("--reassign-to names the one who leaves", "hub staff list")
    outcome = run.change(lambda hub: staff.remove(hub, row["id"], to, reassign=reassign))
    said = (
        f"{outcome.result} customers went to {reassign_to}" if reassign and outcome.result and not run.quiet else None
    )
    return _done(run, outcome, row["id"], said=said)
