"""hub staff: who works here, and what each may do."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.customers.activity import Date, Kind, told
from hubcli.operations import permissions, staff
from hubcli.render import ASKED, Column, Listing, Record
from hubcli.values import text, words

HELP = """Who works here: account managers, salespeople, authors of notes; and what each may do.

Examples:
hub staff list
hub staff add pat --name "Pat Wood" --role sales-team
hub staff can priya
"""
app = typer.Typer(help=HELP)

COLUMNS = (
    Column("login", "code"),
    Column("name", "text"),
    Column("active", "bool"),
    Column("customers", "count"),
    Column("roles", "list"),
    Column("os_user", "code", title="system user", keep=3),
    Column("job", "bool", keep=4),
)
ROLES = (
    Column("role", "code"),
    Column("name", "text"),
    Column("staff", "list"),
    Column("rights", "list", keep=ASKED),
)
RIGHTS = (
    Column("right", "code"),
    Column("what", "text", title="lets them"),
)
CAN = (
    Column("right", "code"),
    Column("allowed", "bool"),
    Column("what", "text", keep=2),
    Column("by", "list", title="by role"),
    Column("roles", "list", title="takes one of", keep=ASKED),
)
ACTIVITY = (
    Column("at", "instant", keep=9),
    Column("date", "date"),
    Column("kind", "code"),
    Column("actor", "code", title="by", keep=6),
    Column("what", "code"),
    Column("customer", "ref", prefix="C"),
    Column("customer_name", "text", title="name"),
    Column("fields", "count", keep=4),
    Column("records", "text", keep=3),
    Column("change", "ref", prefix="H", keep=1),
)
Words = list[str] | None
Role = Annotated[Words, Option("--role", metavar="R", help="as hub staff roles lists them; repeatable")]
Login = Annotated[str, Argument(metavar="LOGIN", help="login or name")]


def _done(run: Run, outcome: Any, number: int, **how: Any) -> Done:
    row = run.hub.one("staff.one", {"id": number})
    rows = [] if row is None or outcome.dry_run else [[row[column.name] for column in COLUMNS]]
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
    return Listing(COLUMNS, (tuple(row)[1:] for row in rows.rows), name="staff", total=rows.total, ordered=True)


@command(app, "show")
def show(run: Run, login: Login) -> Record:
    """Show a staff member.

    Examples:
    hub staff show priya
    """
    row = staff.get(run.hub, login)
    columns = (*COLUMNS[:4], Column("documents", "count", title="quotes and orders"), *COLUMNS[4:])
    return Record(columns, [row[column.name] for column in columns], title=text.visible(row["name"]))


def _roles(given: Words, option: str = "--role") -> list[str]:
    """Give roles typed one by one or joined by commas, by word or by name; raise bad_value."""
    typed = [part.strip().replace(" ", "-") for word in given or [] for part in word.split(",")]
    return [words.choose(word, tuple(permissions.ROLES), option) for word in typed if word]


@command(app, "add")
def add(
    run: Run,
    login: Annotated[str, Argument(metavar="LOGIN", help="a short name for --as and --manager")],
    *,
    name: Annotated[str | None, Option("--name", metavar="T", help="the full name; default the login")] = None,
    role: Role = None,
    os_user: Annotated[
        str | None, Option("--login", "--os-user", metavar="OSUSER", help="the system user who acts as this one only")
    ] = None,
    job: Annotated[bool, Option("--job", help="a cron job, not a person")] = False,
    idempotency_key: Annotated[str | None, Option("--idempotency-key", metavar="K")] = None,
) -> Done:
    """Add someone who works here, with roles.

    The first one makes you an Administrator; from then on hub asks for roles, and tells who else made changes lately.

    Examples:
    hub staff add pat --name "Pat Wood"
    hub staff add pat --name "Pat Wood" --role sales-team --login pwood
    hub staff add nightly --job
    """
    typed = _login(login, "login")
    full = typed if name is None else text.name(name, "--name")
    user = None if os_user is None else text.name(os_user, "--login", 60)
    given = _roles(role)
    request = {"login": typed, "name": full, "roles": given, "os_user": user, "job": job}
    made: list[staff.Added] = []

    def work(hub: Any) -> int:
        made[:] = [staff.add(hub, typed, full, roles=given, os_user=user, job=job)]
        return made[0].id

    outcome = targets.keyed(run, idempotency_key, request, work)
    said = _told(run, typed, made[0].administrator, roles=bool(given or job)) if made else None
    return _done(run, outcome, outcome.result, said=None if outcome.dry_run or run.quiet else said)


def _told(run: Run, login: str, boss: str | None, *, roles: bool) -> str | None:
    """Tell what comes with it: who is Administrator now, who else made changes, that nothing was allowed yet."""
    lines = []
    if boss is not None:
        lines.append(f"{boss} is Administrator now, and hub asks for roles from now on")
        lines += [line for row in staff.unregistered(run.hub) for line in _seen(row)]
    if not roles and login != boss and permissions.in_force(run.hub):
        lines += [f"{login} has no role yet and may only look", f"  try: hub staff edit {login} --role sales-team"]
    return "\n".join(lines) or None


def _seen(row: Any) -> tuple[str, str]:
    """Tell of an actor who is not registered, and how to register it."""
    actor = text.visible(row["actor"])
    what = row["command"] if row["commands"] == 1 else f"{row['commands']} commands"
    times = f"{row['changes']} change{'s' * (row['changes'] > 1)}"
    return (
        f"not registered: {actor}, {times} in {staff.SEEN} days ({what}); may go on with just that",
        f"  try: hub staff add {actor} --job",
    )


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
    role: Role = None,
    no_role: Annotated[Words, Option("--no-role", metavar="R", help="takes a role away; repeatable")] = None,
    os_user: Annotated[
        str | None, Option("--os-user", metavar="OSUSER", help="the system user who acts as this one only, or none")
    ] = None,
    job: Annotated[bool | None, Option("--job/--person", help="a cron job, or a person")] = None,
) -> Done:
    """Edit a staff member, and the roles they have.

    Examples:
    hub staff edit priya --name "Priya Patel"
    hub staff edit priya --role sales-manager --role approve-payments
    """
    row = staff.get(run.hub, login)
    columns: dict[str, Any] = targets.given(
        name=None if name is None else text.name(name, "--name"),
        login=None if new_login is None else _login(new_login, "--login"),
        active=None if active is None else int(active),
        is_job=None if job is None else int(job),
    )
    more, fewer = _roles(role), _roles(no_role, "--no-role")
    if not columns and not more and not fewer and os_user is None:
        raise targets.need("nothing to edit: give an option", "hub staff edit --help")

    def work(hub: Any) -> str | None:
        staff.edit(hub, row["id"], columns)
        if os_user is not None:
            staff.bind(hub, row["id"], None if os_user.lower() == "none" else text.name(os_user, "--os-user", 60))
        return staff.change_roles(hub, row["id"], more, fewer)

    outcome = run.change(work)
    said = None if outcome.dry_run or run.quiet else _told(run, row["login"], outcome.result, roles=True)
    return _done(run, outcome, row["id"], said=said)


@command(app, "roles")
def roles(run: Run, role: Annotated[str | None, Argument(metavar="[ROLE]", help="only its rights")] = None) -> Listing:
    """List the roles and who has them; of one role, the rights that it gives.

    Examples:
    hub staff roles
    hub staff roles sales-team
    hub staff roles --json
    """
    if role is not None:
        (one,) = _roles([role], "role")[:1] or [permissions.ADMINISTRATOR]
        given = [
            (right, about.what) for right, about in permissions.RIGHTS.items() if one in permissions.holders(right)
        ]
        return Listing(RIGHTS, given, name="rights", total=len(given))
    run.tell("hub staff roles ROLE lists the rights of one")
    held: dict[str, list[str]] = {role: [] for role in permissions.ROLES}
    for row in run.hub.rows("staff.role_holders"):
        held[row["role"]].append(row["login"])
    rows = [
        (role, name, held[role], [right for right in permissions.RIGHTS if role in permissions.holders(right)])
        for role, name in permissions.ROLES.items()
    ]
    return Listing(ROLES, rows, name="roles", total=len(rows))


@command(app, "can")
def can(
    run: Run,
    login: Login,
    capability: Annotated[
        str | None, Argument(metavar="[CAPABILITY]", help='a right such as credit.line, or a command "credit line set"')
    ] = None,
) -> Listing:
    """Tell what a staff member may do, by which of their roles.

    Examples:
    hub staff can priya
    hub staff can priya credit.line
    hub staff can priya "payments void"
    """
    row = staff.get(run.hub, login)
    asked = list(permissions.RIGHTS) if capability is None else [permissions.named(capability)]
    who = permissions.acting(run.hub, row["login"])
    free = not permissions.in_force(run.hub)
    if free:
        run.tell("nobody is Administrator yet: everybody may do everything")
    rows = []
    for right in asked:
        takes = permissions.holders(right)
        by = [role for role in takes if role in who.roles and who.active]
        rows.append((right, free or bool(by), permissions.RIGHTS[right].what, by, takes))
    return Listing(CAN, rows, name="rights", total=len(rows))


@command(app, "activity")
def activity(run: Run, login: Login, *, kind: Kind = None, date: Date = None) -> Listing:
    """List what somebody did, newest first: each change with the customer it was about.

    Jobs and people who are no staff are named as `hub changes list` shows them. hub changes show H tells every field.

    Examples:
    hub staff activity priya
    hub staff activity priya --kind payment --date 2025-06
    """
    row = run.hub.one("staff.by_login", {"login": login.lower()})
    known = row is None and run.hub.one("activity.actor", {"actor": login}) is not None
    actor = login if known else staff.get(run.hub, login)["login"]
    return run.list("activity.of_actor", {"actor": actor, **told(run, kind, date)}, ACTIVITY, "events")


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
