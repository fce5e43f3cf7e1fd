"""Imports customers: plans what a staged file would do, and does it as one change set."""

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.importing.shelf import Shelf
from hubcli.importing.typed import PHONES, Flaw
from hubcli.operations import refs
from hubcli.operations.customers import contacts
from hubcli.operations.imports import creating, matching, own
from hubcli.operations.imports.report import Report
from hubcli.values import text

if TYPE_CHECKING:
    from hubcli.store import Hub

PARTS = ("line1", "line2", "city", "state", "zip", "country")
_PLAIN = (
    "company_name",
    "first_name",
    "last_name",
    "building_code",
    "type",
    "source",
    "found_us",
    "manager_id",
    "consent",
)
_FIRM = ("tax_exempt", "on_hold")


class Choices(NamedTuple):
    """What the user chose: on_match is update, fill or skip; weak fields were assumed and overwrite nothing.

    `own` says that the file has columns of the shop's own fields, `consent_all` that everybody in it consented,
    `today` the day that is noted for it, `by_number` that its numbers are this hub's, whatever names stand beside them.
    """

    on_match: str = "fill"
    create_maybe: bool = False
    create_staff: bool = False
    weak: frozenset[str] = frozenset()
    own: bool = False
    consent_all: bool = False
    today: str = ""
    by_number: bool = False


class Plan:
    """What changes in customers that are there: fields by customer, addresses, and rows to add."""

    def __init__(self) -> None:
        self.lines: dict[int, str] = {}
        self.fields: dict[int, dict[str, Any]] = {}
        self.addresses: list[tuple[int, dict[str, Any]]] = []
        self.new_addresses: list[dict[str, Any]] = []
        self.ids: list[Any] = []
        self.emails: list[Any] = []
        self.notes: list[Any] = []
        self.own: list[Any] = []

    def note(self, line: int, what: str) -> None:
        """Remember that a row changes something, and what."""
        self.lines[line] = f"{self.lines[line]}, {what}" if line in self.lines else what


def preview(hub: "Hub", report: Report, choices: Choices, shelf: Shelf) -> None:
    """Report what an import would do; nothing but temporary tables is written."""
    matching.run(hub, shelf, create_maybe=choices.create_maybe, by_number=choices.by_number)
    own.incomplete(hub, report)
    _managers(hub, report, choices, writing=False)
    _plan(hub, report, choices)


def apply(hub: "Hub", report: Report, choices: Choices, shelf: Shelf) -> None:
    """Do the import, inside a bulk change; the report is filled as in a preview."""
    matching.run(hub, shelf, create_maybe=choices.create_maybe, by_number=choices.by_number)
    own.incomplete(hub, report)
    _managers(hub, report, choices, writing=True)
    plan = _plan(hub, report, choices)
    if report.counts["create"]:
        creating.create(hub, shelf)
    if plan.lines:
        _change(hub, plan)
    if choices.own:
        own.write(hub, plan)
    own.consent_born(hub, everybody=choices.consent_all)
    contacts.register_born(hub)


# ------------------------------------------------------------------------------------------------------------ planning


def _managers(hub: "Hub", report: Report, choices: Choices, *, writing: bool) -> None:
    """Find out whom the file's account managers are; an unknown one is told once, or added to the staff."""
    for row in list(hub.rows("imports.managers")):
        name = row["manager"]
        try:
            number: int | None = refs.staff(hub, name)
        except HubError:
            number = add_staff(hub, name) if writing and choices.create_staff else None
            if not choices.create_staff:
                report.warn(
                    row["line"], Flaw("manager: nobody here is called so, the customer is kept without", name), row["n"]
                )
        if hub.writing:
            hub.run("imports.manager", {"manager": name, "staff_id": number})
        elif number is not None:
            hub.stage("INSERT INTO managers VALUES (?, ?)", iter([(name, number)]))


def add_staff(hub: "Hub", name: str) -> int:
    """Add a staff member by name, an e-mail address or a login; give the id."""
    login = name.partition("@")[0] if "@" in name else name
    login = re.sub(r"[^a-z0-9_.-]+", ".", text.fold(login)).strip(".")[:60] or "staff"
    taken = {row["login"].lower() for row in hub.rows("staff.list")}
    free = next(word for n in range(1, len(taken) + 2) if (word := login if n == 1 else f"{login}{n}") not in taken)
    return hub.insert("staff", {"login": free, "name": name})


def _plan(hub: "Hub", report: Report, choices: Choices) -> Plan:
    """Work out what changes in customers that are there, and count every row in the report."""
    plan = Plan()
    for row in hub.rows("imports.put_away"):
        report.warn(
            row["line"], Flaw("is deleted or spam here and stays so", f"C{row['id']} {text.visible(row['name'])}")
        )
    if choices.on_match != "skip":
        for row in hub.rows("imports.differing"):
            _differences(plan, row, report, choices)
        for kind, rows in (("ids", plan.ids), ("emails", plan.emails), ("notes", plan.notes)):
            for row in hub.rows(f"imports.new_{kind}"):
                rows.append(row)
                plan.note(row["line"], {"ids": "external_ids", "emails": "billing_emails", "notes": "note"}[kind])
        _beside(hub, plan, report, choices)
    for line, what in sorted(plan.lines.items()):
        report.add("update", line, Flaw("gets " + what))
    hits = hub.one("imports.hits")
    report.counts["same"] += (hits["n"] if hits else 0) - len(plan.lines)
    new = hub.one("imports.new_count")
    report.counts["create"] += new["n"] if new else 0
    for row in hub.rows("imports.bare") if new and new["bare"] else ():
        report.warn(row["line"], Flaw("new, without any phone, e-mail or address"))
    matching.tell(hub, report)
    return plan


def _beside(hub: "Hub", plan: Plan, report: Report, choices: Choices) -> None:
    """Plan what the shop's own fields and --consent-all change."""
    update = choices.on_match == "update"
    if choices.own:
        own.plan(hub, plan, report, update=update)
    if choices.consent_all:
        own.consent(hub, plan, report, update=update)


def _differences(plan: Plan, row: Any, report: Report, choices: Choices) -> None:
    """Plan what one row changes in its customer: blank fields only, unless values are to be updated."""
    update = choices.on_match == "update"
    fields, kept = _fields(row, update=update, weak=choices.weak)
    for kind in ("billing", "delivery"):
        kept |= _address(plan, row, kind, update=update, weak=choices.weak)
    if row["old_touched_on"] is None and row["touched_on"]:
        fields["touched_on"] = row["touched_on"]
    if row["status"] and row["status"] != row["old_status"]:
        report.warn(row["line"], Flaw(f"status: is {row['old_status']} here and stays so", row["status"]))
    if fields:
        plan.fields[row["id"]] = fields
        told = [name for name in fields if not name.endswith(("_key", "touched_on"))]
        if "consent" in fields:
            fields |= {"consent_on": choices.today, "consent_how": own.HOW}
        if told:
            plan.note(row["line"], ", ".join(told).replace("manager_id", "manager"))
    if kept:
        report.warn(row["line"], Flaw("differs from hub and is kept (--on-match update takes the file's)",
                                      ", ".join(sorted(kept))))  # fmt: skip


def _fields(row: Any, *, update: bool, weak: frozenset[str]) -> tuple[dict[str, Any], set[str]]:
    """Give the columns of the customer that change, and the names of those that differ and stay."""
    fields: dict[str, Any] = {}
    kept: set[str] = set()
    firm = (
        update and "kind" not in weak and (row["kind"] != "company" or row["company_name"] or row["old_company_name"])
    )
    if firm and row["kind"] != row["old_kind"]:
        fields["kind"] = row["kind"]
    for name in (*_PLAIN, *_FIRM):
        new, old = row[name], row[f"old_{name}"]
        if new is None or new == old:
            continue
        if old is None or (update and name not in weak):
            fields[name] = new
        elif name not in weak:
            kept.add(name.removesuffix("_id"))
    mine = {row[f"old_{key}"] for key in PHONES.values()}
    for name, key in (*PHONES.items(), ("email", "email_key")):
        new, old = row[name], row[f"old_{name}"]
        if new is None or new == old or (name != "email" and row[key] in mine and (old is None or not update)):
            continue
        if old is None or update:
            fields[name], fields[key] = new, row[key]
        elif row[key] != row[f"old_{key}"]:
            kept.add(name)
    return fields, kept


def _address(plan: Plan, row: Any, kind: str, *, update: bool, weak: frozenset[str]) -> set[str]:
    """Plan what becomes of one address: added, its blanks filled where it is the same place, or replaced as a whole."""
    new = {part: row[f"{kind}_{part}"] for part in PARTS}
    if new["country"] is None:
        return set()
    number = row[f"{kind}_id"]
    if number is None:
        added: dict[str, Any] = {"customer_id": row["id"], "kind": kind, **new, "is_default": int(kind == "delivery")}
        plan.new_addresses.append(added | ({"label": row["delivery_label"]} if kind == "delivery" else {}))
        plan.note(row["line"], f"{kind} address")
        return set()
    old = {part: row[f"old_{kind}_{part}"] for part in PARTS}
    moved = new["line1"] and row[f"{kind}_street_key"] != row[f"old_{kind}_street_key"]
    if f"{kind}_country" in weak and not moved:
        new["country"] = old["country"]
    differing = {part for part in PARTS if new[part] and new[part] != old[part]}
    if not differing:
        return set()
    if update:
        changed = {part: new[part] for part in PARTS if part in differing or (moved and part == "line2")}
    elif any(old[part] for part in differing - {"country"}) or "country" in differing:
        return {f"{kind} address"}
    else:
        changed = {part: new[part] for part in differing}
    changed = {part: value for part, value in changed.items() if value != old[part]}
    if changed:
        plan.addresses.append((number, changed))
        plan.note(row["line"], f"{kind} address")
    return set()


# ------------------------------------------------------------------------------------------------------------- writing


def _change(hub: "Hub", plan: Plan) -> None:
    """Write what changes in customers that were there; their words and figures follow."""
    for number, fields in plan.fields.items():
        hub.update("customers", number, fields)
    for number, parts in plan.addresses:
        hub.update("addresses", number, parts)
    for parts in plan.new_addresses:
        hub.insert("addresses", parts)
    for row in plan.ids:
        values = {"system": row["system"], "external_id": row["external_id"], "customer_id": row["customer_id"]}
        hub.insert("external_ids", values)
    for row in plan.emails:
        hub.insert("billing_emails", {name: row[name] for name in ("customer_id", "email", "email_key")})
    _notes(hub, plan)
    ids = {*plan.fields, *(row["customer_id"] for row in (*plan.ids, *plan.emails, *plan.notes))}
    for number in ids:
        hub.run("imports.add_changed", {"id": number})
    if plan.emails:
        hub.run("imports.wait_for_index")
    hub.run("imports.fresh_figures")


def _notes(hub: "Hub", plan: Plan) -> None:
    for row in plan.notes:
        hub.insert("notes", {
            "customer_id": row["customer_id"], "type": "internal", "persistence": "optional", "text": row["note"],
            "author": hub.who.actor, "written_on": row["active_on"] or hub.day.today,
        })  # fmt: skip
