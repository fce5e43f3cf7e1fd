"""Who may do what: roles, the rights each gives, the right that each command takes; asked before every change.

The one place for it. Nothing is asked while nobody is Administrator: then whoever runs hub is. It guards against
mistakes, not against someone who can write the file; docs/explanation/roles.md says how it is meant.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from hubcli import changelog
from hubcli.errors import HubError, bad_value
from hubcli.values import text

if TYPE_CHECKING:
    from hubcli.store import Hub

T = TypeVar("T")

ADMINISTRATOR = "administrator"
ROLES = {
    ADMINISTRATOR: "Administrator",
    "sales-manager": "Sales Manager",
    "sales-team": "Sales Team",
    "office": "Office",
    "delivery": "Delivery",
    "production": "Production",
    "artwork-manager": "Artwork Manager",
    "artwork-team": "Artwork Team",
    "approve-payments": "Approve Payments",
    "settings-manager": "Settings Manager",
    "reports-manager": "Reports Manager",
}
"""The roles with their names; an Administrator may do everything."""
JOB = "sales-manager"
"""The role of a cron job that is given none."""
KNOWN_FOR = 90
"""For so many days an actor that is not registered may go on doing what it did."""


class Right(NamedTuple):
    """A right: what it allows, in words that follow "may", and the roles that give it besides Administrator."""

    what: str
    roles: tuple[str, ...] = ()


_MANAGER = ("sales-manager",)
_SALES = ("sales-manager", "sales-team")
_ALL = tuple(role for role in ROLES if role != ADMINISTRATOR)
_ARTWORK = ("artwork-manager", "artwork-team")

RIGHTS: dict[str, Right] = {
    "customers.add": Right("add customers", _MANAGER),
    "customers.edit": Right("edit customers", _MANAGER),
    "customers.remove": Right("archive, restore, delete or merge customers", _MANAGER),
    "customers.exempt": Right("exempt a customer from sales tax"),
    "notes.write": Right("write notes", (*_SALES, "office")),
    "documents.write": Right("make and change quotes and orders", _SALES),
    "documents.any": Right("change quotes and orders that are assigned to others", _MANAGER),
    "documents.assign": Right("assign quotes and orders", _MANAGER),
    "quotes.delete": Right("delete quotes"),
    "orders.deliver": Right("schedule and deliver", (*_SALES, "office", "delivery", "production")),
    "orders.produce": Right("move orders through production", (*_SALES, "production", *_ARTWORK)),
    "orders.return": Right("take goods back", _MANAGER),
    "payments.take": Right("take payments", _ALL),
    "payments.record": Right("record many documents as paid in full", _MANAGER),
    "payments.refund": Right("give payments back", _SALES),
    "payments.approve": Right("confirm and reject payments", (*_MANAGER, "approve-payments")),
    "payments.void": Right("void, correct and move payments", _MANAGER),
    "payments.write-off": Right("write off what is owed", _MANAGER),
    "credit.grant": Right("grant, adjust, withdraw or reset customer credit", _MANAGER),
    "credit.line": Right("set credit limits", _MANAGER),
    "credit.override": Right("let someone above the credit line", _MANAGER),
    "statements.issue": Right("issue and send statements and reminders", _MANAGER),
    "visits.write": Right("plan home visits", (*_SALES, "office", "delivery")),
    "visits.override": Right("plan home visits on a day that is off or full"),
    "designs.write": Right("keep designs and layouts", (*_MANAGER, *_ARTWORK)),
    "artwork.write": Right("work on artwork jobs", _ARTWORK),
    "emails.send": Right("send mail", (*_SALES, "office")),
    "models.edit": Right("edit the catalogue and its price levels", (*_MANAGER, "settings-manager")),
    "terms.edit": Right("define terms"),
    "settings.change": Right("change settings", ("settings-manager",)),
    "settings.payments": Right("change the settings of payments"),
    "books.close": Right("close and reopen the books"),
    "staff.manage": Right("manage staff and roles"),
    "data.import": Right("import", _MANAGER),
    "data.export": Right("export", _ALL),
    "views.save": Right("save views", _ALL),
    "db.manage": Right("manage the database"),
}
"""Every right. Reading takes none: who can read the file can read all of it."""

GROUPS = {
    "customers": "customers.edit", "notes": "notes.write", "credit": "credit.grant", "quotes": "documents.write",
    "orders": "documents.write", "payments": "payments.take", "invoices": "documents.write",
    "statements": "statements.issue", "visits": "visits.write", "designs": "designs.write", "layouts": "designs.write",
    "artwork": "artwork.write", "models": "models.edit", "emails": "emails.send", "report": "data.export",
    "export": "data.export", "import": "data.import", "views": "views.save", "changes": "db.manage",
    "audit": "db.manage", "staff": "staff.manage", "settings": "settings.change", "db": "db.manage",
}  # fmt: skip
"""The right that commands of a group take, unless COMMANDS names another."""

COMMANDS = {
    "customers create": "customers.add",
    **dict.fromkeys(
        (f"customers {verb}" for verb in (
            "archive", "restore", "delete", "spam", "not-spam", "purge", "erase", "merge", "unmerge", "duplicates",
        )),
        "customers.remove",
    ),
    "customers tax-exempt": "customers.exempt",
    **dict.fromkeys(
        (f"customers field {verb}" for verb in ("add", "edit", "retire", "restore")), "settings.change"
    ),
    "credit line set": "credit.line",
    "credit line close": "credit.line",
    "credit line repay": "payments.take",
    "credit apply": "payments.take",
    "credit terms": "terms.edit",
    "quotes delete": "quotes.delete",
    "quotes assign": "documents.assign",
    "orders assign": "documents.assign",
    "quotes move": "documents.assign",
    "orders move": "documents.assign",
    **dict.fromkeys(
        (f"orders {verb}" for verb in (
            "schedule", "unschedule", "dispatch", "deliver", "failed", "complete", "serials",
        )),
        "orders.deliver",
    ),
    **dict.fromkeys(
        (f"orders {verb}" for verb in ("milestone", "production", "hold", "unhold")), "orders.produce"
    ),
    "orders return": "orders.return",
    "orders swap": "orders.return",
    "orders allowance": "orders.return",
    "payments confirm": "payments.approve",
    "payments reject": "payments.approve",
    "payments record": "payments.record",
    "payments refund": "payments.refund",
    **dict.fromkeys((f"payments {verb}" for verb in ("void", "bounce", "correct", "move")), "payments.void"),
    "models levels assign": "customers.edit",
    "invoices remind": "statements.issue",
    "invoices pause": "statements.issue",
}  # fmt: skip
"""Commands, or the beginnings of their names, that take another right than their group."""


def right_of(command: str) -> str:
    """Give the right that a command takes; one of a group that is not known takes that of managing the database."""
    words = command.split()
    for count in range(len(words), 0, -1):
        found = COMMANDS.get(" ".join(words[:count]))
        if found is not None:
            return found
    return GROUPS.get(words[0], "db.manage") if words else "db.manage"


def holders(right: str) -> tuple[str, ...]:
    """Give the roles that hold a right, Administrator first."""
    return (ADMINISTRATOR, *RIGHTS[right].roles)


def named(typed: str) -> str:
    """Give the right that is meant by its name or by a command; raise bad_value with near ones."""
    word = " ".join(typed.strip().lower().removeprefix("hub ").split())
    if word in RIGHTS:
        return word
    if " " in word and word.split()[0] in GROUPS:
        return right_of(word)
    from hubcli.values import words

    spaced = word.replace(".", " ")
    close = [spaced] if spaced in COMMANDS else words.near(word, [*RIGHTS, *COMMANDS])
    hint = f"did you mean {', '.join(close)}?" if close else f"there are {', '.join(RIGHTS)}"
    raise bad_value("capability", typed, f"is no right and no command: {hint}", "hub staff roles")


# ------------------------------------------------------------------------------------------------------------ the actor


class Acting(NamedTuple):
    """Who acts while roles are in force: the login, their id (None: not registered), whether they work here, roles."""

    login: str
    id: int | None
    active: bool
    roles: frozenset[str]

    def may(self, right: str) -> bool:
        """Tell whether a role of theirs holds a right."""
        return self.active and not self.roles.isdisjoint(holders(right))


def in_force(hub: "Hub") -> bool:
    """Tell whether roles are asked: somebody who works here is Administrator."""
    return hub.one("staff.in_force") is not None


def enter(hub: "Hub") -> Acting | None:
    """Give who acts; None while roles are not in force. A bound system user becomes its staff member.

    Raises as_not_allowed for a bound system user who acts as someone else without being Administrator.
    """
    row = hub.one("staff.bound", {"os_user": hub.who.os_user})
    if row is not None and hub.who.actor != row["login"]:
        if hub.who.actor != hub.who.os_user and ADMINISTRATOR not in _roles(hub, row["id"]):
            raise HubError(
                "as_not_allowed", os_user=hub.who.os_user, login=row["login"], other=text.visible(hub.who.actor)
            )
        if hub.who.actor == hub.who.os_user:
            hub.who = hub.who._replace(actor=row["login"])
    return acting(hub, hub.who.actor) if in_force(hub) else None


def acting(hub: "Hub", login: str) -> Acting:
    """Give what is known of an actor."""
    row = hub.one("staff.by_login", {"login": login})
    if row is None:
        return Acting(login, None, active=False, roles=frozenset())
    return Acting(row["login"], row["id"], bool(row["active"]), _roles(hub, row["id"]))


def _roles(hub: "Hub", number: int) -> frozenset[str]:
    return frozenset(row["role"] for row in hub.rows("staff.roles_of", {"id": number}))


# --------------------------------------------------------------------------------------------------------------- asking


def admit(hub: "Hub", command: str, work: Callable[["Hub"], T], *, undoes: int | None = None) -> Callable[["Hub"], T]:
    """Give the work of a command for whoever acts, its finer rules watched over; raise not_permitted.

    An undo of someone else's change takes the right of the command that made it.
    """
    who = enter(hub)
    if who is None:
        return work
    right = _right(hub, who, command, undoes)
    if right is not None:
        _ask(hub, who, right, command)
    if ADMINISTRATOR in who.roles or undoes is not None:
        return work

    def watched(hub: "Hub") -> T:
        result = work(hub)
        _watch(hub, who, right)
        return result

    return watched


def require(hub: "Hub", right: str) -> None:
    """Raise not_permitted unless whoever acts has a right, or roles are not in force."""
    who = enter(hub)
    if who is not None:
        _ask(hub, who, right, None)


def may(hub: "Hub", right: str) -> bool:
    """Tell whether whoever acts has a right."""
    who = enter(hub)
    return who is None or who.may(right)


def _right(hub: "Hub", who: Acting, command: str, undoes: int | None) -> str | None:
    """Give the right that a command takes; None for taking back what the actor did."""
    while undoes is not None:
        row = hub.one("changes.header", {"change": undoes})
        if row is None or row["actor"] == who.login:
            return None
        command, undoes = row["command"], row["undoes"]
    return right_of(command)


def _ask(hub: "Hub", who: Acting, right: str, command: str | None) -> None:
    if who.may(right) or (who.id is None and command is not None and _went_on(hub, who, command)):
        return
    raise refusal(who, right)


def _went_on(hub: "Hub", who: Acting, command: str) -> bool:
    """Tell whether an actor that is not registered did the same in the last days: cron jobs go on."""
    since = dt.date.fromisoformat(hub.day.today) - dt.timedelta(days=KNOWN_FOR)
    did = {"actor": who.login, "command": command, "since": since.isoformat()}
    return hub.one("staff.did", did) is not None


def refusal(who: Acting, right: str) -> HubError:
    """Give the refusal that names the roles needed."""
    names = [ROLES[role] for role in holders(right)]
    roles = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    if len(names) == len(ROLES):
        roles = "any role"
    slug = "not_permitted" if who.id is not None else "not_registered"
    login = text.visible(who.login)
    return HubError(slug, who=login, what=RIGHTS[right].what, roles=roles, role=holders(right)[-1])


# ---------------------------------------------------------------------------------------------- what the change came to

_OWN = frozenset({"documents.write", "payments.refund"})
"""Rights that Sales Team has on the documents assigned to them only."""


def _watch(hub: "Hub", who: Acting, right: str | None) -> None:
    """Raise not_permitted for what the change under way did beyond the right of its command."""
    for row in hub.rows("staff.written"):
        if row["needs"] is not None and not who.may(row["needs"]):
            raise refusal(who, row["needs"])
    if right in _OWN and not who.may("documents.any"):
        _only_own(hub, who)


def _only_own(hub: "Hub", who: Acting) -> None:
    """Raise others_document where the change under way touched a document that is assigned to someone else."""
    touched: set[int] = set()
    quotes: set[int] = set()
    for entry in hub.rows("staff.entries"):
        if entry["tbl"] == "documents" and entry["field"] == "salesperson_id" and not who.may("documents.assign"):
            raise refusal(who, "documents.assign")
        if entry["tbl"] == "documents" and entry["field"] == "ordered_on":
            quotes.add(entry["row_id"])  # before this change
        touched.update(_document(hub, entry))
    for row in hub.rows("staff.assigned", {"ids": sorted(touched)}) if touched else ():
        if row["salesperson_id"] != who.id:
            ref = f"{'Q' if row['ordered_on'] is None or row['id'] in quotes else 'O'}{row['id']}"
            raise HubError("others_document", ref=ref, whose=row["login"] or "nobody", who=who.login, refs=(ref,))


def _document(hub: "Hub", entry: Any) -> Iterable[int]:
    """Give the document that a log entry is about, if any."""
    if entry["tbl"] == "documents":
        return {entry["row_id"]}
    if entry["tbl"] not in {"document_lines", "line_services", "refunds", "adjustments", "milestones"}:
        return set()
    if entry["operation"] == "update":
        row = hub.select(f"SELECT document_id FROM {entry['tbl']} WHERE id = ?", (entry["row_id"],))
        return {row[0][0]} if row else set()
    found = changelog.image(entry["new"] or entry["old"]).get("document_id")
    return {found} if isinstance(found, int) else set()
