"""Shows customers: one screen each, or everything as JSON."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.commands.customers import screen, sections
from hubcli.commands.customers.screen import CHANGES, DOCUMENTS, document_row
from hubcli.operations.customers import contacts, profile, status
from hubcli.operations.customers.profile import Profile
from hubcli.render import ASKED, Column, Listing, Record
from hubcli.values import money, words

app = typer.Typer()

COLUMNS = (
    Column("number", "ref", prefix="C", keep=ASKED),
    Column("kind", "code"),
    Column("name", keep=ASKED),
    Column("status", "code"),
    Column("stage", "code"),
    Column("type", "code", keep=0),
    Column("source", "code"),
    Column("email", keep=ASKED),
    Column("mobile_phone", "phone", keep=ASKED),
    Column("billing", "object"),
    Column("delivery", "object"),
    Column("manager", "code", title="account manager", keep=0),
    Column("lifetime_value", "money", keep=ASKED),
    Column("orders", "count", keep=ASKED),
    Column("credit_balance", "money", keep=ASKED),
    Column("credit_line", "object"),
    Column("owed", "money", keep=ASKED),
    Column("overdue", "money", keep=ASKED),
    Column("important_notes", "object"),
    Column("archive_blockers", "list", keep=ASKED),
    Column("zip", "code", keep=ASKED),
    Column("first_name", keep=ASKED),
    Column("last_name", keep=ASKED),
    Column("company_name", keep=ASKED),
    Column("building_code"),
    Column("home_phone", "phone", keep=ASKED),
    Column("alternate_phone", "phone", keep=ASKED),
    Column("billing_emails", "list", keep=ASKED),
    Column("contacts", "object"),
    Column("external_ids", "object"),
    Column("found_us", title="found us"),
    Column("tax_exempt", "bool", keep=ASKED),
    Column("on_hold", "bool", keep=ASKED),
    Column("consent", "bool", keep=ASKED),
    Column("notes", "object"),
    Column("documents", "object"),
    Column("first_order_on", "date", keep=ASKED),
    Column("last_order_on", "date", keep=ASKED),
    Column("last_activity_on", "date", title="last activity"),
    Column("created_on", "date", title="customer since"),
    Column("created_at", "instant", keep=ASKED),
    Column("touched_on", "date", keep=ASKED),
    Column("archived_at", "instant"),
    Column("archived_by", "code"),
    Column("version", "count", keep=ASKED),
    Column("changes", "object"),
    Column("company", keep=ASKED),
    Column("discount", "percent", keep=ASKED),
    Column("exemption", "object"),
    Column("price_level", "code", keep=ASKED),
    Column("payment_methods", "list", keep=ASKED),
    Column("fields", "object"),
    Column("login"),
    Column("missing_fields", "list", keep=ASKED),
    Column("merged_numbers", "list", keep=ASKED),
)
ADDRESSES = (
    Column("number", "ref", prefix="A"),
    Column("kind", "code"),
    Column("is_default", "bool", title="default", keep=3),
    Column("label", keep=4),
    Column("line1"),
    Column("line2", keep=3),
    Column("city", keep=2),
    Column("state", "code", keep=2),
    Column("zip", "code"),
    Column("country", "code", keep=5),
    Column("former_on", "date", title="former since", keep=5),
)
CONTACTS = (
    Column("number", "ref", prefix="K"),
    Column("first_name"),
    Column("last_name"),
    Column("phone", "phone"),
    Column("email", keep=3),
    Column("relationship", keep=2),
    Column("type", "code", keep=4),
    Column("linked", "ref", prefix="C", title="customer", keep=2),
    Column("roles", "list", keep=3),
)
NOTES = (
    Column("number", "ref", prefix="N"),
    Column("type", "code"),
    Column("persistence", "code", keep=4),
    Column("important", "bool", keep=3),
    Column("text", "long"),
    Column("author", "code", keep=4),
    Column("written_on", "date", title="written", keep=3),
)


@command(app, "show")
def show(
    run: Run,
    refs: Annotated[list[str], Argument(metavar="REF...", help="C12, e-mail, phone, name; - reads them from stdin")],
    *,
    section: Annotated[
        str | None,
        Option("--section", metavar="S", help="only that part, such as account, orders, visits or activity"),
    ] = None,
) -> Record | Listing | None:
    """Show a customer on one screen; several one after another.

    Sections: account, notes, addresses, contacts, quotes, orders, documents, invoices, outstanding, statements,
    payments, credit, credit-line, visits, designs, layouts, artwork, emails, activity, changelog, history, fields. Each
    is the list that the command of its noun gives of the customer.

    Examples:
    hub customers show C1
    hub customers show maria.garcia@example.com --json
    hub customers show C1 --section documents
    """
    numbers = targets.customers(run, refs)
    if section is not None:
        return sections.section(run, numbers, words.choose(section, sections.SECTIONS, "--section"))
    if len(numbers) == 1:
        return record(run, numbers[0])
    if not _drawn(run):
        return Listing(COLUMNS, (record(run, number).values for number in numbers))
    for number in numbers:
        run.print(record(run, number))
    return None


def _drawn(run: Run) -> bool:
    """Tell whether screens are drawn, not lines or JSON written."""
    from hubcli.commands.customers.find import drawn

    return drawn(run)


def record(run: Run, number: int) -> Record:
    """Give a customer with every key, or as the screen shows it where one is drawn."""
    drawn = _drawn(run)
    found = profile.gather(run.hub, number, run.hub.zone, profile.RECENT if drawn else profile.ALL)
    if drawn and not run.fields:
        return screen.draw(found)
    return Record(COLUMNS, values(found))


def _credit_line(found: Profile) -> dict[str, Any] | None:
    """Give the credit line of a customer who has one: limit, used, available and over limit together."""
    line = found.line
    if line.limit is None:
        return None
    cents = {"limit": line.limit, "used": line.used, "available": line.available, "over_limit": line.over}
    return {**{name: money.show(value) for name, value in cents.items()}, "terms": line.terms}


def _exemption(found: Profile) -> dict[str, Any] | None:
    """Give the tax exemption that counts, whose it is and whether it holds today."""
    one = found.standing.exemption
    if one is None:
        return None
    return {"tax_id": one.tax_id, "type": one.type, "expires_on": one.expires_on, "holds": found.standing.exempt,
            "of": f"C{one.customer}", "proof": one.proof}  # fmt: skip


def values(found: Profile) -> list[Any]:
    """Give a customer's values as COLUMNS has them."""
    head = found.head
    billing = found.billing
    special = {
        "number": head["id"],
        "billing": _address(billing),
        "delivery": [_address(row) for row in found.delivery],
        "lifetime_value": head["lifetime_value_cents"],
        "credit_balance": head["credit_cents"],
        "credit_line": _credit_line(found),
        "owed": head["owed_cents"],
        "overdue": found.overdue,
        "important_notes": Listing(NOTES, [tuple(row) for row in found.notes if row["important"]]),
        "archive_blockers": [status.ref_of(row) for row in found.blockers],
        "zip": billing and billing["zip"],
        "billing_emails": found.emails,
        "contacts": Listing(CONTACTS, map(contact_values, found.contacts)),
        "external_ids": found.external_ids,
        "notes": Listing(NOTES, map(tuple, found.notes)),
        "documents": Listing(DOCUMENTS, map(document_row, found.documents)),
        "created_on": found.created_on,
        "version": found.version,
        "changes": Listing(CHANGES, found.changes),
        "tax_exempt": found.standing.exempt,
        "company": found.standing.company_ref,
        "discount": found.standing.discount_rate,
        "exemption": _exemption(found),
        "price_level": found.level or found.list_level,
        "payment_methods": None if found.methods is None else list(found.methods),
        "fields": found.fields,
        "login": found.login,
        "missing_fields": found.lacking,
        "merged_numbers": [f"C{one}" for one in found.merged],
    }
    return [special[column.name] if column.name in special else head[column.name] for column in COLUMNS]


def contact_values(row: Any) -> tuple[Any, ...]:
    """Give a row of customers.contact_row as CONTACTS has it."""
    roles = [name for name, column in contacts.ROLES.items() if row[column]]
    return (*(row[name] for name in ("id", *(column.name for column in CONTACTS[1:-1]))), roles)


def _address(row: Any) -> dict[str, Any] | None:
    if row is None:
        return None
    parts = {name: row[name] for name in ("label", "line1", "line2", "city", "state", "zip", "country")}
    default = {"default": bool(row["is_default"])} if row["kind"] == "delivery" else {}
    return {"number": f"A{row['id']}", **parts, **default}
