"""Shows one section of customers in full: every list of the record, as the command of its noun gives it."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from hubcli.command import Run
from hubcli.operations.customers import profile
from hubcli.render import Column, Listing, Record

ACCOUNT = (
    "number", "name", "lifetime_value", "orders", "credit_balance", "credit_line", "owed", "overdue",
    "first_order_on", "last_order_on", "on_hold", "tax_exempt", "discount", "price_level", "payment_methods", "company",
    "login", "kind", "status", "stage", "type", "source", "found_us", "manager", "email", "billing_emails",
    "mobile_phone", "home_phone", "alternate_phone", "billing", "delivery", "exemption", "consent", "fields",
)  # fmt: skip
SITE = ("customer_since", "first_seen", "last_login", "logins", "site_events", "last_activity_on")
"""What is known of their use of the website, of what activity --summary tells."""
CUSTOMER = Column("customer", "ref", prefix="C")


def section(run: Run, numbers: Sequence[int], name: str) -> Listing | Record | None:
    """Give one section; of several customers one after another, each row with whose it is. None: it is printed."""
    if name == "account":
        return _account(run, numbers)
    found = [(number, _given(run, name, number)) for number in numbers]
    if len(found) == 1:
        return found[0][1]
    columns = found[0][1].columns
    named = any(column.prefix == "C" and column.name in {"number", "customer"} for column in columns)
    rows = (row if named else (*row, number) for number, one in found for row in _rows(one))
    return Listing(columns if named else (*columns, CUSTOMER), rows, name=name)


def _rows(one: Listing | Record) -> Any:
    return [one.values] if isinstance(one, Record) else one.rows


def _account(run: Run, numbers: Sequence[int]) -> Listing | Record | None:
    """Give the account with every key, the customer's own and then their use of the website; or print its screens."""
    from hubcli.commands.customers import screen, show
    from hubcli.commands.customers.activity import ENGAGEMENT
    from hubcli.commands.customers.find import drawn

    if drawn(run) and not run.fields:
        for number in numbers:
            run.print(screen.account(_gathered(run, number), _site(run, number)))
        return None
    shown = {column.name: place for place, column in enumerate(show.COLUMNS)}
    site = [column for column in ENGAGEMENT if column.name in SITE]
    columns = [*(show.COLUMNS[shown[name]]._replace(keep=1) for name in ACCOUNT), *site]
    rows = []
    for number in numbers:
        values, use = show.values(_gathered(run, number)), _site(run, number)
        rows.append([*(values[shown[name]] for name in ACCOUNT), *(use[column.name] for column in site)])
    return Record(columns, rows[0]) if len(rows) == 1 else Listing(columns, rows, total=len(rows))


def _site(run: Run, number: int) -> Any:
    return run.hub.one("activity.engagement", {"customer": number})


def _gathered(run: Run, number: int, documents: int = 0) -> profile.Profile:
    return profile.gather(run.hub, number, run.hub.zone, documents)


# ------------------------------------------------------------------------------------------ the list of each section


def documents(run: Run, ref: str) -> Listing:
    """Give quotes and orders together, open ones first, as the screen of a customer shows them."""
    from hubcli.commands.customers.screen import DOCUMENTS, document_row

    rows = [document_row(row) for row in _gathered(run, int(ref[1:]), profile.ALL).documents]
    return Listing(DOCUMENTS, rows, name="documents", total=len(rows))


def history(run: Run, ref: str) -> Listing:
    """Give the change sets about a customer, in words, as the screen of a customer shows them."""
    from hubcli.commands.customers.screen import CHANGES

    rows = profile.changes(run.hub, int(ref[1:]))
    return Listing(CHANGES, rows, name="changes", total=len(rows))


def _of_customer(of: Any, run: Run, ref: str) -> Any:
    return of.list_(run, customer=[ref])


def _of_ref(of: Any, run: Run, ref: str) -> Any:
    return of.list_(run, ref)


_SECTIONS: dict[str, tuple[str, Callable[[Any, Run, str], Any]]] = {
    "notes": ("notes", _of_customer),
    "addresses": ("customers.address", _of_ref),
    "contacts": ("customers.contact", _of_ref),
    "quotes": ("quotes.find", lambda of, run, ref: of.list_(run, of.document_filters(run, customer=[ref]))),
    "orders": (
        "orders.find",
        lambda of, run, ref: of.list_(run, of.document_filters(run, customer=[ref]), of.order_filters(run)),
    ),
    "documents": ("customers.sections", lambda of, run, ref: of.documents(run, ref)),
    "invoices": ("invoices.find", lambda of, run, ref: of.list_(run, of.invoice_filters(run, customer=[ref]))),
    "outstanding": (
        "invoices.find",
        lambda of, run, ref: of.list_(run, of.invoice_filters(run, customer=[ref], outstanding=True)),
    ),
    "statements": ("statements.find", lambda of, run, ref: of.list_(run, of.statement_filters(run, customer=[ref]))),
    "payments": ("payments.lists", _of_ref),
    "credit": ("credit", lambda of, run, ref: of.history(run, ref)),
    "credit-line": ("credit_line", lambda of, run, ref: of.show(run, ref)),
    "visits": ("visits", _of_customer),
    "designs": ("designs", _of_customer),
    "layouts": ("layouts", _of_customer),
    "artwork": ("artwork", _of_customer),
    "emails": ("emails", _of_customer),
    "activity": ("customers.activity", lambda of, run, ref: of.timeline(run, ref)),
    "changelog": ("changes", lambda of, run, ref: of.customer_changelog(run, ref)),
    "history": ("customers.sections", lambda of, run, ref: of.history(run, ref)),
    "fields": ("customers.field", lambda of, run, ref: of.show(run, ref)),
}
"""The module of each section among the commands, imported when it is asked for, and what gives the section there."""
SECTIONS = ("account", *_SECTIONS)


def _given(run: Run, name: str, number: int) -> Listing | Record:
    module, of = _SECTIONS[name]
    found: Listing | Record = of(import_module(f"hubcli.commands.{module}"), run, f"C{number}")
    return found
