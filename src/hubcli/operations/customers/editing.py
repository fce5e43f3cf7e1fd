"""Creates and edits customers."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli import changelog
from hubcli.errors import HubError
from hubcli.operations.customers import addresses
from hubcli.operations.customers.fields import Values

if TYPE_CHECKING:
    from hubcli.store import Hub

Pairs = Sequence[tuple[str, str]]


class Edit(NamedTuple):
    """What to change: fields, billing e-mails (typed, key) and numbers of other systems (system, number).

    `cleared` names the lists that are emptied first.
    """

    values: Values
    country: str
    emails: Pairs = ()
    no_emails: Pairs = ()
    ids: Pairs = ()
    no_ids: Pairs = ()
    cleared: Collection[str] = ()


def head(hub: "Hub", number: int) -> Any:
    """Give the row of a customer with its figures; raise not_found."""
    row = hub.one("customers.head", {"id": number})
    if row is None:
        raise HubError("not_found", what="customer", ref=f"C{number}", near="")
    return row


def create(hub: "Hub", edit: Edit) -> int:
    """Insert a customer with addresses, billing e-mails and other systems' numbers; give the C number."""
    columns = edit.values.columns
    kind = columns.get("kind") or ("company" if columns.get("company_name") else "individual")
    number = hub.insert(
        "customers",
        {**columns, "kind": kind, "created_at": hub.day.at, "touched_on": hub.day.today},
    )
    _addresses(hub, number, edit)
    _lists(hub, number, edit)
    return number


def edit(hub: "Hub", number: int, wanted: Edit, *, touch: bool) -> None:
    """Change what differs; nothing is written where nothing does. `touch` counts it as work on the record."""
    row = head(hub, number)
    if row["status"] == "purged":
        raise HubError("wrong_status", ref=f"C{number}", name=row["name"], status="purged", wanted="editable any more")
    changed = {name: value for name, value in wanted.values.columns.items() if row[name] != value}
    if changed.get("kind", row["kind"]) == "company" and not changed.get("company_name", row["company_name"]):
        raise HubError("company_without_name")
    if touch and (row["touched_on"] or "") < hub.day.today:
        changed["touched_on"] = hub.day.today
    if changed:
        hub.update("customers", number, changed)
    _addresses(hub, number, wanted)
    _lists(hub, number, wanted)


def touched(hub: "Hub", number: int) -> None:
    """Note that someone worked on the record today."""
    hub.run("customers.touch", {"id": number, "today": hub.day.today})


def _addresses(hub: "Hub", number: int, wanted: Edit) -> None:
    for kind, parts in (("billing", wanted.values.billing), ("delivery", wanted.values.delivery)):
        if parts:
            addresses.set_part(hub, number, kind, parts, wanted.country)


def _lists(hub: "Hub", number: int, wanted: Edit) -> None:
    have = {row["email"]: row["id"] for row in hub.rows("customers.billing_emails", {"id": number})}
    keys = {typed.casefold() for typed, _ in wanted.no_emails}
    kept = {typed for typed, _ in wanted.emails}
    for typed, row_id in have.items():
        cleared = "billing_emails" in wanted.cleared and typed not in kept
        if cleared or typed.casefold() in keys:
            hub.run("customers.remove_billing_email", {"id": row_id})
    for typed, key in wanted.emails:
        if typed not in have:
            hub.insert("billing_emails", {"customer_id": number, "email": typed, "email_key": key})
    _external_ids(hub, number, wanted)


def _external_ids(hub: "Hub", number: int, wanted: Edit) -> None:
    have = {(row["system"], row["external_id"]) for row in hub.rows("customers.external_ids", {"id": number})}
    gone = have if "external_ids" in wanted.cleared else have & set(wanted.no_ids)
    for system, external_id in sorted(gone - set(wanted.ids)):
        hub.run("customers.remove_external_id", {"id": number, "system": system, "external_id": external_id})
    for system, external_id in wanted.ids:
        if (system, external_id) in have:
            continue
        other = hub.one("customers.by_external", {"system": system, "external_id": external_id})
        if other is not None:
            ref = f"C{other['id']}"
            raise HubError(
                "external_id_taken", number=f"{system}:{external_id}", ref=ref, name=other["name"], refs=(ref,)
            )
        hub.insert("external_ids", {"system": system, "external_id": external_id, "customer_id": number})


# ------------------------------------------------------------------------------------------------------------ versions


def version(hub: "Hub", number: int) -> int:
    """Give the last change set that touched a customer; 0 for one that the log does not itemise."""
    row = hub.one("customers.version", {"id": number})
    return int(row["change"] or 0) if row else 0


def check_version(hub: "Hub", number: int, expected: int, wanted: Edit) -> None:
    """Raise stale_edit, with both values of each field in question, unless the customer is at the expected version."""
    now = version(hub, number)
    if now == expected:
        return
    told: dict[str, str] = {}
    for row in hub.rows("changes.of_customer", {"customers": [number]}):
        if row["change"] <= expected:
            break
        field = row["field"] or f"{row['tbl']} {row['operation']}"
        if not field.endswith("_key"):
            told.setdefault(field, _difference(row, field, wanted.values.columns))
    raise HubError(
        "stale_edit", ref=f"C{number}", version=f"H{now}", expected=f"H{expected}", changes="; ".join(told.values())
    )


def _difference(row: Any, field: str, columns: dict[str, Any]) -> str:
    by = f"H{row['change']}, {row['actor']}"
    if row["field"] is None:
        return f"{field} ({by})"
    yours = f", yours is {columns[field]}" if field in columns else ""
    return f"{field} is {changelog.value(row['new'])!s} ({by}){yours}"
