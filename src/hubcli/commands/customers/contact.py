"""People to call besides the customer: hub customers contact."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.customers.show import CONTACTS
from hubcli.operations.customers import contacts, editing
from hubcli.render import Column, Listing

nested = typer.Typer(help="People to call besides the customer.")
app = typer.Typer()
app.add_typer(nested, name="contact")

Ref = Annotated[str, Argument(metavar="REF", help="C12, e-mail, phone, name")]
Number = Annotated[str, Argument(metavar="K", help="the contact, such as K5")]
Text = str | None
COLUMNS = (CONTACTS[0], Column("customer", "ref", prefix="C"), *CONTACTS[1:])
FIELDS = ("first_name", "last_name", "phone", "email", "relationship", "type")


def contact_fields(
    run: Run,
    *,
    first_name: Annotated[Text, Option("--first-name", metavar="T")] = None,
    last_name: Annotated[Text, Option("--last-name", metavar="T")] = None,
    phone: Annotated[Text, Option("--phone", metavar="PHONE")] = None,
    email: Annotated[Text, Option("--email", metavar="E")] = None,
    relationship: Annotated[Text, Option("--relationship", metavar="T", help="such as daughter, site foreman")] = None,
    type: Annotated[Text, Option("--type", metavar="T", help="such as emergency, site, accounts")] = None,
) -> dict[str, Any]:
    """Give the fields that were given, as typed."""
    del run
    return targets.given(
        first_name=first_name, last_name=last_name, phone=phone, email=email, relationship=relationship, type=type
    )


def _row(run: Run, number: int) -> tuple[Any, ...]:
    row = run.hub.one("customers.contact", {"id": number})
    return () if row is None else (row["id"], row["customer_id"], *(row[name] for name in FIELDS))


def _done(run: Run, outcome: Any, number: int, gone: tuple[Any, ...] = ()) -> Done:
    row = gone or _row(run, number)
    return Done(outcome, COLUMNS, [row] if row else [], name="contacts")


@command(nested, "add", takes=[contact_fields])
def add(
    run: Run,
    ref: Ref,
    contact_fields: dict[str, Any],
    *,
    idempotency_key: Annotated[Text, Option("--idempotency-key", metavar="K")] = None,
) -> Done:
    """Add a contact to a customer.

    Examples:
    hub customers contact add C1 --first-name Rosa --phone "(312) 555-0177" --relationship daughter --type emergency
    """
    customer = targets.customer(run, ref)
    columns = contacts.read(contact_fields, run.setting("shop.country"))
    if not any(columns.get(name) for name in FIELDS[:4]):
        raise targets.need("a contact needs a name, --phone or --email", "hub customers contact add --help")

    def work(hub: Any) -> int:
        made = hub.insert("contacts", {"customer_id": customer, **columns})
        editing.touched(hub, customer)
        return int(made)

    outcome = targets.keyed(run, idempotency_key, {"customer": customer, **contact_fields}, work)
    return _done(run, outcome, outcome.result)


@command(nested, "list")
def list_(run: Run, ref: Ref) -> Listing:
    """List the contacts of a customer.

    Examples:
    hub customers contact list C1
    """
    customer = targets.customer(run, ref)
    rows = [tuple(row) for row in run.hub.rows("customers.contacts", {"id": customer})]
    return Listing(CONTACTS, rows, name="contacts", total=len(rows))


@command(nested, "edit", takes=[contact_fields])
def edit(
    run: Run,
    number: Number,
    contact_fields: dict[str, Any],
    *,
    clear: Annotated[list[str] | None, Option("--clear", metavar="FIELD", help="take a value away; repeatable")] = None,
) -> Done:
    """Edit a contact.

    Examples:
    hub customers contact edit K1 --phone "(312) 555-0178"
    """
    at = targets.number(number, "K", "contact")
    row = contacts.get(run.hub, at)
    columns = contacts.read({**contact_fields, **targets.clears(clear or [], FIELDS)}, run.setting("shop.country"))
    if not columns:
        raise targets.need("nothing to edit: name a field", "hub customers contact edit --help")

    def work(hub: Any) -> None:
        contacts.change(hub, at, columns)
        editing.touched(hub, row["customer_id"])

    return _done(run, run.change(work), at)


@command(nested, "remove")
def remove(run: Run, number: Number) -> Done:
    """Remove a contact.

    Examples:
    hub customers contact remove K1 -n
    """
    at = targets.number(number, "K", "contact")
    row = contacts.get(run.hub, at)
    before = _row(run, at)

    def work(hub: Any) -> None:
        hub.run("customers.remove_contact", {"id": at})
        editing.touched(hub, row["customer_id"])

    return _done(run, run.change(work), at, before)
