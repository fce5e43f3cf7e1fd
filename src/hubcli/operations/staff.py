"""Staff: who works here, and who may be given work."""

from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations import refs

if TYPE_CHECKING:
    from hubcli.store import Hub


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


def add(hub: "Hub", login: str, name: str) -> int:
    """Add a staff member; raise login_taken."""
    _free(hub, login)
    return hub.insert("staff", {"login": login, "name": name})


def edit(hub: "Hub", number: int, columns: dict[str, Any]) -> None:
    """Change what differs; raise login_taken."""
    row = hub.one("staff.one", {"id": number})
    changed = {name: value for name, value in columns.items() if row is not None and row[name] != value}
    if "login" in changed and changed["login"].lower() != str(row and row["login"]).lower():
        _free(hub, changed["login"])
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
