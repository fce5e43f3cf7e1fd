"""Staff: who works here, what they may do, and who may be given work."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations import permissions, refs
from hubcli.operations.permissions import ADMINISTRATOR

if TYPE_CHECKING:
    from hubcli.store import Hub

SEEN = 90
"""Actors of so many days are told when roles come into force."""


class Added(NamedTuple):
    """A staff member that was added: the id, and the login of who became Administrator by it."""

    id: int
    administrator: str | None


def get(hub: "Hub", login: str) -> Any:
    """Give a staff member's row by login or name; raise not_found with near logins."""
    row = hub.one("staff.one", {"id": refs.staff(hub, login)})
    if row is None:
        raise HubError("not_found", what="staff member", ref=login, near="")
    return row


def active(hub: "Hub", login: str) -> int:
    """Give the id of a staff member who works here; raise not_found with near logins, or wrong_status."""
    row = get(hub, login)
    must_work(row)
    return int(row["id"])


def must_work(row: Any) -> None:
    """Raise wrong_status for someone who left."""
    if not row["active"]:
        raise HubError(
            "wrong_status", ref=row["login"], name=row["name"], status="no longer working here", wanted="active",
            tries=(f"hub staff edit {row['login']} --active",),
        )  # fmt: skip


def add(
    hub: "Hub", login: str, name: str, *, roles: Collection[str] = (), os_user: str | None = None, job: bool = False
) -> Added:
    """Add a staff member, inside a change; raise login_taken, os_user_taken.

    The first one, and the first role, makes whoever acts an Administrator. A job that is given no role gets one that
    does a manager's work.
    """
    _free(hub, login)
    first = hub.one("staff.any") is None
    number = hub.insert("staff", {"login": login, "name": name, "is_job": int(job)})
    if os_user is not None:
        bind(hub, number, os_user)
    wanted = list(roles) or ([permissions.JOB] if job else [])
    boss = _administrator(hub) if first or wanted else None
    give(hub, number, wanted)
    return Added(number, boss)


def _administrator(hub: "Hub") -> str | None:
    """Make whoever acts an Administrator where nobody is; give the login, or None."""
    if permissions.in_force(hub):
        return None
    row = hub.one("staff.by_login", {"login": hub.who.actor})
    number = row["id"] if row is not None else hub.insert("staff", {"login": hub.who.actor, "name": hub.who.actor})
    if row is not None and not row["active"]:
        hub.update("staff", number, {"active": 1})
    give(hub, number, [ADMINISTRATOR])
    return str(hub.who.actor)


def give(hub: "Hub", number: int, roles: Collection[str]) -> None:
    """Give roles that are not held yet, inside a change."""
    have = held(hub, number)
    for role in dict.fromkeys(roles):
        if role not in have:
            hub.insert("staff_roles", {"staff_id": number, "role": role})


def held(hub: "Hub", number: int) -> tuple[str, ...]:
    """Give the roles of a staff member."""
    return tuple(row["role"] for row in hub.rows("staff.roles_of", {"id": number}))


def bind(hub: "Hub", number: int, os_user: str | None) -> None:
    """Bind a system user to a staff member, or none, inside a change; raise os_user_taken."""
    other = hub.one("staff.bound", {"os_user": os_user}) if os_user else None
    if other is not None and other["id"] != number:
        raise HubError("os_user_taken", os_user=os_user, login=other["login"])
    row = hub.one("staff.one", {"id": number})
    if row is not None and row["os_user"] != os_user:
        hub.update("staff", number, {"os_user": os_user})


def change_roles(hub: "Hub", number: int, more: Collection[str], fewer: Collection[str]) -> str | None:
    """Give and take roles, inside a change; give who became Administrator by it. Raises last_administrator."""
    boss = _administrator(hub) if more else None
    give(hub, number, more)
    for role in fewer:
        if role == ADMINISTRATOR and role in held(hub, number):
            _not_last(hub, number)
        hub.run("staff.take_role", {"id": number, "role": role})
    return boss


def _not_last(hub: "Hub", number: int) -> None:
    """Raise last_administrator where others work here and none of them could give roles any more."""
    others = hub.one("staff.other_active", {"id": number})
    if others is not None and hub.one("staff.other_administrator", {"id": number}) is None:
        row = hub.one("staff.one", {"id": number})
        raise HubError("last_administrator", login=row["login"] if row is not None else "", other=others["login"])


def edit(hub: "Hub", number: int, columns: dict[str, Any]) -> None:
    """Change what differs; raise login_taken, last_administrator."""
    row = hub.one("staff.one", {"id": number})
    changed = {name: value for name, value in columns.items() if row is not None and row[name] != value}
    if "login" in changed and changed["login"].lower() != str(row and row["login"]).lower():
        _free(hub, changed["login"])
    if changed.get("active") == 0 and ADMINISTRATOR in held(hub, number):
        _not_last(hub, number)
    if changed:
        hub.update("staff", number, changed)


def _free(hub: "Hub", login: str) -> None:
    other = hub.one("staff.by_login", {"login": login})
    if other is not None:
        raise HubError("login_taken", login=other["login"], name=other["name"])


def remove(hub: "Hub", number: int, to: int | None, *, reassign: bool) -> int:
    """Retire a staff member: past work keeps the name. Give how many customers went to `to`; raise still_managing."""
    row = hub.one("staff.one", {"id": number})
    count = int(row["customers"]) if row is not None else 0
    if row is not None and count and not reassign:
        raise HubError("still_managing", login=row["login"], name=row["name"], count=count)
    if reassign:
        hub.run("staff.reassign", {"from": number, "to": to})
    edit(hub, number, {"active": 0})
    return count


def unregistered(hub: "Hub") -> list[Any]:
    """Give who made changes in the last days and is not registered: actor, changes, last_at, command, commands."""
    since = dt.date.fromisoformat(hub.day.today) - dt.timedelta(days=SEEN)
    return list(hub.rows("staff.actors", {"since": since.isoformat()}))
