"""People to call besides the customer; under a company also customers of their own, linked to it."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations import credit_line, terms
from hubcli.operations.customers import editing, standing
from hubcli.values import money, phones, text

if TYPE_CHECKING:
    from hubcli.store import Hub

TEXTS = {"first_name": 200, "last_name": 200, "relationship": 100, "type": 60}
ROLES = {
    "ordering": "gets_orders",
    "payment": "gets_bills",
    "artwork": "gets_artwork",
    "shipping": "gets_shipping",
}
"""What a contact gets mail about, and the column that says so."""
OF_THE_PERSON = ("first_name", "last_name", "phone", "email")
"""Fields that a linked contact has as a customer, and not as a contact."""


def read(typed: Mapping[str, str | None], country: str) -> dict[str, Any]:
    """Give the columns of typed fields; None takes a value away; raise bad_value."""
    found: dict[str, Any] = {}
    for field, value in typed.items():
        label = "--" + field.replace("_", "-")
        if field == "phone":
            phone = phones.parse(value, country, label) if value else None
            found |= {"phone": phone and phone.typed, "phone_key": phone and phone.key}
        elif field == "email":
            found["email"] = text.email(value, label).typed if value else None
        else:
            found[field] = text.name(value, label, TEXTS[field]) if value else None
    return found


def roles(given: Collection[str], taken: Collection[str] = ()) -> dict[str, int]:
    """Give the columns of roles that are given and taken away."""
    return {ROLES[name]: 1 for name in given} | {ROLES[name]: 0 for name in taken}


def get(hub: "Hub", number: int) -> Any:
    """Give a contact; raise not_found."""
    row = hub.one("customers.contact", {"id": number})
    if row is None:
        raise HubError("not_found", what="contact", ref=f"K{number}", near="", tries=("hub customers contact list C1",))
    return row


def change(hub: "Hub", number: int, columns: Mapping[str, Any]) -> None:
    """Update what differs in a contact; name, phone and e-mail of a linked one are the customer's own."""
    row = get(hub, number)
    changed = {name: value for name, value in columns.items() if row[name] != value}
    if changed:
        hub.update("contacts", number, changed)


# -------------------------------------------------------------------------------------------------------------- links


def link(hub: "Hub", company: int, person: int, columns: Mapping[str, Any]) -> int:
    """Link a person who is a customer to a company, inside a change; give the contact's number.

    Raises not_a_company, not_a_person, linked_already, customer_not_active.
    """
    owner = company_row(hub, company)
    stands = standing.of(hub, person)
    if stands.kind == "company":
        raise HubError("not_a_person", ref=f"C{person}", name=text.visible(stands.name))
    if stands.company is not None:
        raise HubError(
            "linked_already", ref=f"C{person}", name=text.visible(stands.name), company=stands.company_ref,
            refs=(f"C{stands.company}",),
        )  # fmt: skip
    for row in (owner, editing.head(hub, person)):
        if row["status"] != "active":
            raise HubError("customer_not_active", ref=f"C{row['id']}", refs=(f"C{row['id']}",))
    if not any(columns.get(column) for column in ROLES.values()):
        columns = {**columns, "gets_orders": 1}
    number = hub.insert("contacts", {"customer_id": company, "linked_id": person, **columns})
    editing.touched(hub, company)
    return number


def link_new(hub: "Hub", company: int, person: editing.Edit, columns: Mapping[str, Any]) -> tuple[int, int]:
    """Create a customer and link it to a company, inside a change; give its number and the contact's."""
    company_row(hub, company)
    number = editing.create(hub, person)
    return number, link(hub, company, number, columns)


def register(hub: "Hub", person: int) -> None:
    """Give a person who came from the website what the shop gives newcomers, inside a change.

    That is a link to the company of customers.default_company, else a credit line of registration.credit_limit. Raises
    not_a_company, not_found, customer_not_active, bad_value for a setting that no longer fits.
    """
    head = editing.head(hub, person)
    if head["source"] != "website" or head["kind"] != "individual":
        return
    company, line = _default_company(hub), _default_line(hub)
    if company is not None:
        link(hub, company, person, {})
    elif line is not None:
        credit_line.set_limit(hub, person, *line, None)


def register_born(hub: "Hub") -> None:
    """Do the same for the new customers of an import."""
    company, line = _default_company(hub), _default_line(hub)
    if company is not None:
        if company_row(hub, company)["status"] != "active":
            raise HubError("customer_not_active", ref=f"C{company}", refs=(f"C{company}",))
        hub.run("imports.register_born", {"company": company})
    elif line is not None:
        hub.run("imports.line_born", {"cents": line[0], "terms": line[1]})


def _default_company(hub: "Hub") -> int | None:
    company = hub.setting("customers.default_company")
    return int(company[1:]) if company else None


def _default_line(hub: "Hub") -> tuple[int, int] | None:
    """Give cents and terms of the credit line of newcomers; None where they get none."""
    limit = hub.setting("registration.credit_limit")
    if not limit:
        return None
    name = hub.setting("registration.terms") or credit_line.FIRST_TERMS
    return money.parse(limit, "registration.credit_limit"), terms.offered(hub, name, "registration.terms")["id"]


def company_row(hub: "Hub", number: int) -> Any:
    """Give the row of a company; raise not_a_company."""
    row = editing.head(hub, number)
    if row["kind"] != "company":
        raise HubError("not_a_company", ref=f"C{number}", name=text.visible(row["name"]))
    return row


def detach(hub: "Hub", number: int) -> None:
    """Take the link of a contact away, inside a change: they buy on their own account again; raise not_linked."""
    row = get(hub, number)
    if row["linked_id"] is None:
        name = " ".join(filter(None, (row["first_name"], row["last_name"])))
        raise HubError("not_linked", ref=f"K{number}", name=text.visible(name), tries=())
    hub.run("customers.remove_contact", {"id": number})
    editing.touched(hub, row["customer_id"])


def of_person(hub: "Hub", person: int) -> int:
    """Give the contact by which a customer is linked to a company; raise not_linked."""
    stands = standing.of(hub, person)
    if stands.contact is None:
        raise HubError("not_linked", ref=f"C{person}", name=text.visible(stands.name))
    return stands.contact


def keeps_company(hub: "Hub", company: int) -> None:
    """Raise company_has_contacts where people are linked to a company."""
    linked = [f"C{row['linked_id']}" for row in hub.rows("customers.linked", {"company": company})]
    if linked:
        row = editing.head(hub, company)
        tries = (f"hub customers contact detach {linked[0]}", f"hub customers contact list C{company}")
        raise HubError(
            "company_has_contacts", ref=f"C{company}", name=text.visible(row["name"]), refs=tuple(linked), tries=tries
        )
