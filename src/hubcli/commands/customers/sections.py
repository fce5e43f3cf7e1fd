"""Shows one section of customers in full: every list of the record, as the group of its noun lists it."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from hubcli.command import Run
from hubcli.operations.customers import access, profile
from hubcli.render import Column, Listing, Record

SECTIONS = (
    "notes", "addresses", "contacts", "documents", "history", "account", "invoices", "statements", "payments",
    "credit", "visits", "designs", "layouts", "artwork", "emails", "activity", "fields",
)  # fmt: skip
ACCOUNT = (
    "number", "name", "lifetime_value", "orders", "credit_balance", "credit_line", "owed", "overdue",
    "first_order_on", "last_order_on", "on_hold", "tax_exempt", "discount", "price_level", "payment_methods", "company",
    "login",
)  # fmt: skip
FIELDS = (Column("number", "ref", prefix="C", title="#"), Column("field", "text"), Column("value", "long"))


def section(run: Run, numbers: Sequence[int], name: str) -> Listing | Record:
    """Give one section, of several customers one after another."""
    if name == "account":
        return _account(run, numbers)
    if name in _ELSEWHERE:
        found: list[Listing] = [_ELSEWHERE[name](run, f"C{number}") for number in numbers]
        if len(found) == 1:
            return found[0]
        return Listing(found[0].columns, chain.from_iterable(one.rows for one in found), name=name)
    columns, rows = _OWN[name](run, numbers)
    return Listing(columns, rows, name=name, total=len(rows))


def _account(run: Run, numbers: Sequence[int]) -> Listing | Record:
    from hubcli.commands.customers import show

    names = [column.name for column in show.COLUMNS]
    places = [names.index(name) for name in ACCOUNT]
    columns = [show.COLUMNS[at]._replace(keep=1) for at in places]
    zone = run.setting("shop.timezone") or None
    rows = [[show.values(profile.gather(run.hub, number, zone))[at] for at in places] for number in numbers]
    return Record(columns, rows[0]) if len(rows) == 1 else Listing(columns, rows, total=len(rows))


# ------------------------------------------------------------------------------------- what the customer's rows hold

Rows = tuple[Sequence[Column], list[Any]]


def _gathered(run: Run, numbers: Sequence[int]) -> list[profile.Profile]:
    zone = run.setting("shop.timezone") or None
    return [profile.gather(run.hub, number, zone, profile.ALL) for number in numbers]


def _notes(run: Run, numbers: Sequence[int]) -> Rows:
    from hubcli.commands.customers.show import NOTES

    return NOTES, [tuple(row) for one in _gathered(run, numbers) for row in one.notes]


def _addresses(run: Run, numbers: Sequence[int]) -> Rows:
    from hubcli.commands.customers.show import ADDRESSES

    return ADDRESSES, [tuple(row) for one in _gathered(run, numbers) for row in one.addresses]


def _contacts(run: Run, numbers: Sequence[int]) -> Rows:
    from hubcli.commands.customers.show import CONTACTS, contact_values

    return CONTACTS, [contact_values(row) for one in _gathered(run, numbers) for row in one.contacts]


def _documents(run: Run, numbers: Sequence[int]) -> Rows:
    from hubcli.commands.customers.screen import DOCUMENTS, document_row

    return DOCUMENTS, [document_row(row) for one in _gathered(run, numbers) for row in one.documents]


def _history(run: Run, numbers: Sequence[int]) -> Rows:
    from hubcli.commands.customers.screen import CHANGES

    return CHANGES, [row for number in numbers for row in profile.changes(run.hub, number)]


def _fields(run: Run, numbers: Sequence[int]) -> Rows:
    held = ((number, access.values(run.hub, number)) for number in numbers)
    return FIELDS, [(number, name, value) for number, own in held for name, value in own.items()]


_OWN: dict[str, Callable[[Run, Sequence[int]], Rows]] = {
    "notes": _notes, "addresses": _addresses, "contacts": _contacts, "documents": _documents, "history": _history,
    "fields": _fields,
}  # fmt: skip


# ------------------------------------------------------------------------------------- what the group of the noun lists


def _invoices(run: Run, ref: str) -> Any:
    from hubcli.commands.invoices import find

    return find.list_(run, find.invoice_filters(run, customer=ref))


def _statements(run: Run, ref: str) -> Any:
    from hubcli.commands.statements import find

    return find.list_(run, find.statement_filters(run, customer=ref))


def _payments(run: Run, ref: str) -> Any:
    from hubcli.commands.payments import lists

    return lists.list_(run, ref)


def _credit(run: Run, ref: str) -> Any:
    from hubcli.commands import credit

    return credit.history(run, ref)


def _visits(run: Run, ref: str) -> Any:
    from hubcli.commands import visits

    return visits.list_(run, customer=ref)


def _designs(run: Run, ref: str) -> Any:
    from hubcli.commands import designs

    return designs.list_(run, customer=ref)


def _layouts(run: Run, ref: str) -> Any:
    from hubcli.commands import layouts

    return layouts.list_(run, customer=ref)


def _artwork(run: Run, ref: str) -> Any:
    from hubcli.commands import artwork

    return artwork.list_(run, customer=ref)


def _emails(run: Run, ref: str) -> Any:
    from hubcli.commands import emails

    return emails.list_(run, customer=ref)


def _activity(run: Run, ref: str) -> Any:
    from hubcli.commands.customers import activity

    return activity.timeline(run, ref)


_ELSEWHERE: dict[str, Callable[[Run, str], Any]] = {
    "invoices": _invoices, "statements": _statements, "payments": _payments, "credit": _credit, "visits": _visits,
    "designs": _designs, "layouts": _layouts, "artwork": _artwork, "emails": _emails, "activity": _activity,
}  # fmt: skip
