"""Makes customers out of what an order says of them: name, e-mail, another system's number."""

import re
from typing import TYPE_CHECKING

from hubcli.importing.documents import Typed
from hubcli.importing.people import finish_customer
from hubcli.importing.typed import COLUMNS, NAMELESS, PHONES, Customer, Flaw, Flawed, Reader, named
from hubcli.operations.customers import access
from hubcli.values import phones

if TYPE_CHECKING:
    from hubcli.operations.imports.report import Report
    from hubcli.store import Hub

_COLUMNS = ("kind", "company_name", "first_name", "last_name", "email", "email_key", *PHONES, *PHONES.values())
_LACKING = "its new customer would lack a required field of the shop's own"


class Newcomers:
    """Makes the customers that orders name and nobody knows; what an order says of its own is all that they get."""

    def __init__(self, hub: "Hub", reader: Reader) -> None:
        self._reader = reader
        self._lacking = ", ".join(access.required(hub))
        self._refused = hub.setting(access.REQUIRED) == "refuse"

    def read(self, order: Typed, report: "Report") -> Customer:
        """Give an order's customer, typed; raise Flawed when it cannot be one, or the shop requires more of it."""
        customer = self._reader(order.at, _fields(order))
        if not named(dict(zip(COLUMNS, customer.values, strict=True))):
            raise Flawed([NAMELESS])
        if self._lacking:
            flaw = Flaw(_LACKING, self._lacking)
            if self._refused:
                raise Flawed([flaw])
            report.warn(order.at, flaw)
        return customer

    def make(self, hub: "Hub", order: Typed, customer: Customer) -> int:
        """Make the customer of an order inside a change and give its number."""
        values = dict(zip(COLUMNS, customer.values, strict=True))
        row = {name: values[name] for name in _COLUMNS}
        row |= {"created_at": hub.day.at, "touched_on": order.columns["ordered_on"]}
        free = values["number"] is not None and hub.one("imports.customer", {"id": values["number"]}) is None
        number = hub.insert("customers", row | ({"id": values["number"]} if free else {}))
        for system, external_id in customer.ids:
            hub.insert("external_ids", {"system": system, "external_id": external_id, "customer_id": number})
        return number


def _fields(order: Typed) -> dict[str, str]:
    """Give what the order says of its customer, as the fields of a file of customers."""
    ref = order.customer
    found = {"full_name": order.name} if order.name else {}
    if re.fullmatch(r"[Cc]?[0-9]{1,6}|[Cc][0-9]{1,15}", ref):
        found["number"] = ref
    elif "@" in ref:
        found["email"] = ref
    elif re.fullmatch(r"[a-z][a-z0-9_-]*:.+", ref):
        found["external_ids"] = ref
    elif phones.looks_like(ref):
        found["phone"] = ref
    else:
        found["full_name"] = ref
    finish_customer(found, "auto")
    return found
