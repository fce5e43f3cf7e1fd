"""Imports what hangs on a customer: notes, contacts, visits, what they did on the website."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError, bad_value
from hubcli.operations import documents, notes, refs, visits
from hubcli.operations.imports import plain
from hubcli.operations.imports.plain import Layout, Row
from hubcli.operations.imports.report import last_day
from hubcli.values import clock, phones, text

if TYPE_CHECKING:
    from hubcli.store import Hub

CUSTOMER = plain.line_of_text("customer", 254, code=True)
YES = {"yes": 1, "no": 0, "true": 1, "false": 0, "1": 1, "0": 0}


def _yes(typed: str) -> int:
    if typed.casefold() not in YES:
        raise bad_value("important", typed, "is neither yes nor no")
    return YES[typed.casefold()]


# --------------------------------------------------------------------------------------------------------------- notes

NOTES = Layout(
    "notes",
    {
        "number": plain.number("N"),
        "customer": CUSTOMER,
        "type": plain.word("type", notes.TYPES),
        "persistence": plain.word("persistence", notes.PERSISTENCES),
        "important": _yes,
        "text": plain.note,
        "author": plain.line_of_text("author", 60),
        "date": plain.day("date"),
    },
    ("customer", "text"),
    frozenset({"customer_name", "written_on"}),
)


def note(hub: "Hub", row: Row) -> str:
    """Take one note; one that the customer has already, word for word and of its type, is the same."""
    values = row.values
    customer = refs.customer(hub, values["customer"])
    kind = values["type"] or "internal"
    if hub.one("record.same_note", {"customer": customer, "type": kind, "text": values["text"]}) is not None:
        return "same"
    columns = {
        "type": kind,
        "persistence": values["persistence"] or "optional",
        "important": values["important"] or 0,
        "text": values["text"],
        "author": values["author"] or hub.who.actor,
        "written_on": values["date"] or hub.day.today,
    }
    notes.add(hub, customer, columns)
    return "create"


# ------------------------------------------------------------------------------------------------------------ contacts

CONTACTS = Layout(
    "contacts",
    {
        "number": plain.number("K"),
        "customer": CUSTOMER,
        "first_name": plain.line_of_text("first_name"),
        "last_name": plain.line_of_text("last_name"),
        "phone": plain.line_of_text("phone", 60),
        "email": plain.line_of_text("email", 254),
        "relationship": plain.line_of_text("relationship"),
        "type": plain.line_of_text("type", 60),
        "linked": plain.line_of_text("linked", 254),
        "roles": plain.line_of_text("roles"),
    },
    ("customer",),
    frozenset({"customer_name", "linked_name"}),
)
ROLES = {"ordering": "gets_orders", "payment": "gets_bills", "artwork": "gets_artwork", "shipping": "gets_shipping"}


def contact(hub: "Hub", row: Row) -> str:
    """Take one contact; one of the same name, phone and e-mail is the same."""
    values = row.values
    customer = refs.customer(hub, values["customer"])
    columns: dict[str, Any] = {name: values[name] for name in ("first_name", "last_name", "relationship", "type")}
    if values["phone"] is not None:
        phone = phones.parse(values["phone"], hub.setting("shop.country"), "phone")
        columns |= {"phone": phone.typed, "phone_key": phone.key}
    if values["email"] is not None:
        columns["email"] = text.email(values["email"], "email").typed
    if values["linked"] is not None:
        columns["linked_id"] = refs.customer(hub, values["linked"])
    columns |= _roles(values["roles"])
    named = {name: columns.get(name) for name in ("first_name", "last_name", "phone", "email", "linked_id")}
    if all(value is None for value in named.values()):
        raise HubError("contact_without_name")
    if hub.one("record.same_contact", {"customer": customer, **named}) is not None:
        return "same"
    hub.insert("contacts", {"customer_id": customer, **{k: v for k, v in columns.items() if v is not None}})
    return "create"


def _roles(typed: str | None) -> dict[str, int]:
    found = {}
    for word in (typed or "").replace(",", ";").split(";"):
        if word.strip():
            if word.strip().lower() not in ROLES:
                raise bad_value("roles", typed, f"has {word.strip()}: a role is {', '.join(ROLES)}")
            found[ROLES[word.strip().lower()]] = 1
    return found


# -------------------------------------------------------------------------------------------------------------- visits

VISITS = Layout(
    "visits",
    {
        "number": plain.number("V"),
        "order": plain.line_of_text("order", 254),
        "line": plain.number("L"),
        "type": plain.word("type", visits.TYPES),
        "status": plain.word("status", visits.STATUSES),
        "date": plain.line_of_text("date", 10),
        "time_window": plain.line_of_text("time_window", 60),
        "driver": plain.line_of_text("driver", 100),
        "method": plain.line_of_text("method", 100),
        "serial": plain.line_of_text("serial", 60, code=True),
        "description": plain.note,
        "completed_on": plain.day("completed_on"),
        "created_on": plain.day("created_on"),
    },
    ("order", "type"),
    frozenset({"customer", "customer_name", "model", "failed_reason", "created_by", "form"}),
)


def visit(hub: "Hub", row: Row) -> str:
    """Take one visit as it was elsewhere: what must be true of a new one is not asked of an old one."""
    values = row.values
    order = documents.order(hub, values["order"])
    line = None
    if values["line"] is not None:
        found = hub.one("record.line", {"document": order["id"], "line": values["line"]})
        if found is None:
            raise HubError("no_such_line", ref=f"O{order['id']}", line=values["line"], lines="others")
        line = found["id"]
    status = values["status"] or ("completed" if values["completed_on"] else "scheduled" if values["date"] else "open")
    day = plain.day("date")(values["date"]) if values["date"] else None
    columns = {
        "customer_id": order["customer_id"], "document_id": order["id"], "line_id": line, "type": values["type"],
        "status": status, "scheduled_on": day,
        "completed_on": (values["completed_on"] or day or hub.day.today) if status == "completed" else None,
        "created_on": values["created_on"] or hub.day.today, "created_by": hub.who.actor,
        **{name: values[name] for name in ("time_window", "driver", "method", "serial", "description")},
    }  # fmt: skip
    same = {"document": order["id"], "type": values["type"], "day": day, "line": line, "status": status}
    if hub.one("record.same_visit", same) is not None:
        return "same"
    hub.insert("visits", columns)
    return "create"


# ------------------------------------------------------------------------------------------------------------- website

ACTIVITY = Layout(
    "activity",
    {
        "customer": CUSTOMER,
        "at": plain.line_of_text("at", 40),
        "kind": plain.line_of_text("kind", 60),
        "detail": plain.line_of_text("detail", 500),
    },
    ("customer", "at"),
)


def event(hub: "Hub", row: Row) -> str:
    """Take one thing that a customer did on the website: a login, a page; once, however often the log is read."""
    values = row.values
    customer = refs.customer(hub, values["customer"])
    at = clock.instant(values["at"], dt.date.fromisoformat(hub.day.today), hub.zone, "at")
    if clock.local_day(at, hub.zone).isoformat() > last_day(hub):
        raise bad_value("at", values["at"], "is still to come")
    params = {
        "customer": customer,
        "kind": (values["kind"] or "login").lower(),
        "detail": values["detail"],
        "at": at,
    }
    return "create" if hub.run("activity.seen", params) is not None else "same"


LAYOUTS = (NOTES, CONTACTS, VISITS, ACTIVITY)
