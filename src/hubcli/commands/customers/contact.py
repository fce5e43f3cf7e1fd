"""People to call besides the customer, and people linked to a company: hub customers contact."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.customers import parts as shared
from hubcli.commands.customers.own import pairs
from hubcli.commands.customers.parts import Ref
from hubcli.commands.customers.show import CONTACTS, contact_values
from hubcli.operations.customers import access, contacts, editing, fields
from hubcli.render import Listing
from hubcli.values import words

nested = typer.Typer(
    help="""People to call besides the customer; under a company also customers who buy on its account.

Examples:
hub customers contact list C3
hub customers contact add C3 --customer C1 --role payment
hub customers contact add C1 --first-name Rosa --phone "(312) 555-0177" --relationship daughter
"""
)
app = typer.Typer()
app.add_typer(nested, name="contact")

Number = Annotated[str, Argument(metavar="K", help="the contact, such as K5")]
Text = str | None
Words = list[str] | None
COLUMNS = shared.columns(CONTACTS)
FIELDS = ("first_name", "last_name", "phone", "email", "relationship", "type")
ROLES = tuple(contacts.ROLES)


def contact_fields(
    run: Run,
    *,
    first_name: Annotated[Text, Option("--first-name", metavar="T")] = None,
    last_name: Annotated[Text, Option("--last-name", metavar="T")] = None,
    phone: Annotated[Text, Option("--phone", "--mobile", metavar="PHONE")] = None,
    email: Annotated[Text, Option("--email", metavar="E")] = None,
    relationship: Annotated[Text, Option("--relationship", metavar="T", help="such as daughter, site foreman")] = None,
    type: Annotated[Text, Option("--type", metavar="T", help="such as emergency, site, accounts")] = None,
) -> dict[str, Any]:
    """Give the fields that were given, as typed."""
    del run
    return targets.given(
        first_name=first_name, last_name=last_name, phone=phone, email=email, relationship=relationship, type=type
    )


def roles(given: Words, option: str = "--role") -> list[str]:
    """Give contact roles typed one by one or joined by commas; raise bad_value."""
    typed = [part.strip() for word in given or [] for part in word.split(",")]
    return [words.choose(word, ROLES, option) for word in typed if word]


def _row(run: Run, number: int) -> tuple[Any, ...]:
    row = run.hub.one("customers.contact_row", {"contact": number})
    if row is None:
        return ()
    first, *rest = contact_values(row)
    return (first, row["customer_id"], *rest)


def _done(run: Run, outcome: Any, number: int, gone: tuple[Any, ...] = (), said: str | None = None) -> Done:
    return shared.done(outcome, COLUMNS, gone or _row(run, number), "contacts", said)


Role = Annotated[
    Words,
    Option("--role", metavar="R", help=f"gets mail about: {', '.join(ROLES)}; repeatable"),
]


@command(nested, "add", takes=[contact_fields])
def add(
    run: Run,
    ref: Ref,
    contact_fields: dict[str, Any],
    *,
    customer: Annotated[
        Text, Option("--customer", metavar="REF", help="link this customer to the company: buys on its account")
    ] = None,
    new: Annotated[bool, Option("--new", help="make the person a customer too, linked to the company")] = False,
    field: Annotated[Words, Option("--field", metavar="NAME=V", help="with --new: a field of the shop's own")] = None,
    role: Role = None,
    idempotency_key: Annotated[Text, Option("--idempotency-key", metavar="K")] = None,
) -> Done:
    """Add a contact to a customer; with --customer or --new one that buys on the account of the company.

    A linked contact takes terms, credit limit, discount, tax exemption and billing address from the company, and keeps
    delivery addresses and customer credit. Typing a company's name into a person's record links nothing.

    Examples:
    hub customers contact add C1 --first-name Rosa --phone "(312) 555-0177" --relationship daughter --type emergency
    hub customers contact add C3 --customer C1 --role ordering --role payment
    hub customers contact add C3 --new --first-name Lee --last-name Park --mobile "(312) 555-0170" --role payment
    """
    at = targets.customer(run, ref)
    _check(new=new, customer=customer, field=field, named=contacts.OF_THE_PERSON[0] in contact_fields)
    columns = contacts.read(contact_fields, run.setting("shop.country")) | contacts.roles(roles(role))
    linked = None if customer is None else targets.customer(run, customer)
    if linked is None and not any(columns.get(name) for name in FIELDS[:4]):
        raise targets.need("a contact needs a name, --phone or --email", "hub customers contact add --help")
    person, columns = _person(run, contact_fields, columns) if new else (None, columns)
    held, lacking = pairs(field or []), list[str]()

    def work(hub: Any) -> int:
        if linked is not None:
            return contacts.link(hub, at, linked, columns)
        if person is not None:
            number, made = contacts.link_new(hub, at, person, columns)
            lacking[:] = access.furnish(hub, number, held)
            return made
        made = int(hub.insert("contacts", {"customer_id": at, **columns}))
        editing.touched(hub, at)
        return made

    request = {"customer": at, "linked": linked, "new": new, "roles": sorted(roles(role)), **contact_fields}
    outcome = targets.keyed(run, idempotency_key, request | ({"fields": held} if held else {}), work)
    return _done(run, outcome, outcome.result, said=run.said(lacking))


def _check(*, new: bool, customer: str | None, field: Words, named: bool) -> None:
    """Raise needs_option where somebody new and somebody who is there are mixed up."""
    if customer is not None and (new or named):
        raise targets.need("--customer names somebody who is there: no --new, no name", "hub customers edit REF …")
    if field and not new:
        raise targets.need("--field is of a new customer: with --new", "hub customers field set REF NAME=VALUE")


def _person(run: Run, typed: dict[str, Any], columns: dict[str, Any]) -> tuple[editing.Edit, dict[str, Any]]:
    """Give the new customer, and what is kept of the contact beside it; raise what create does."""
    country = run.setting("shop.country")
    given = {"kind": "individual", "source": "in-store", "mobile_phone": typed.get("phone")}
    given |= {name: typed.get(name) for name in ("first_name", "last_name", "email")}
    values = fields.read(run.hub, {name: value for name, value in given.items() if value}, country)
    fields.complete(values, run.setting("customers.require"))
    own = {*contacts.OF_THE_PERSON, "phone_key"}
    return editing.Edit(values, country), {name: value for name, value in columns.items() if name not in own}


@command(nested, "list")
def list_(run: Run, ref: Ref) -> Listing:
    """List the contacts of a customer.

    Examples:
    hub customers contact list C1
    """
    customer = targets.customer(run, ref)
    rows = [contact_values(row) for row in run.hub.rows("customers.contact_row", {"id": customer})]
    return Listing(CONTACTS, rows, name="contacts", total=len(rows))


@command(nested, "edit", takes=[contact_fields])
def edit(
    run: Run,
    number: Number,
    contact_fields: dict[str, Any],
    *,
    clear: Annotated[list[str] | None, Option("--clear", metavar="FIELD", help="take a value away; repeatable")] = None,
    role: Role = None,
    no_role: Annotated[Words, Option("--no-role", metavar="R", help="takes a role away; repeatable")] = None,
) -> Done:
    """Edit a contact, and what it gets mail about.

    Examples:
    hub customers contact edit K1 --phone "(312) 555-0178"
    hub customers contact edit K1 --role payment --no-role ordering
    """
    at = targets.number(number, "K", "contact")
    row = contacts.get(run.hub, at)
    own = [name for name in contacts.OF_THE_PERSON if name in contact_fields]
    if row["linked_id"] is not None and own:
        raise targets.need(
            f"K{at} is customer C{row['linked_id']}: name, phone and e-mail are edited there",
            f"hub customers edit C{row['linked_id']} …",
        )
    columns = contacts.read({**contact_fields, **targets.clears(clear or [], FIELDS)}, run.setting("shop.country"))
    columns |= contacts.roles(roles(role), roles(no_role, "--no-role"))
    if not columns:
        raise targets.need("nothing to edit: name a field", "hub customers contact edit --help")

    def work(hub: Any) -> None:
        contacts.change(hub, at, columns)
        editing.touched(hub, row["customer_id"])

    return _done(run, run.change(work), at)


@command(nested, "detach")
def detach(
    run: Run, ref: Annotated[str, Argument(metavar="K|REF", help="the contact K5, or the linked customer C12")]
) -> Done:
    """Take a person off the account of their company; they buy on their own account again.

    Orders made meanwhile stay with the person, at the company's terms; what they owe leaves the company's pool.

    Examples:
    hub customers contact list C3
    """
    typed = ref.strip()
    is_contact = typed[:1].upper() == "K" and typed[1:].isdecimal()
    at = int(typed[1:]) if is_contact else contacts.of_person(run.hub, targets.customer(run, ref))
    contacts.get(run.hub, at)
    before = _row(run, at)
    return _done(run, run.change(lambda hub: contacts.detach(hub, at)), at, before)


@command(nested, "remove")
def remove(run: Run, number: Number) -> Done:
    """Remove a contact; a linked customer stays a customer.

    Examples:
    hub customers contact remove K1 -n
    """
    at = targets.number(number, "K", "contact")
    row = contacts.get(run.hub, at)
    before = _row(run, at)
    return _done(run, shared.removed(run, "customers.remove_contact", at, row["customer_id"]), at, before)
