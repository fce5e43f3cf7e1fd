"""Makes customers out of what an order says of them: name, e-mail, another system's number."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from hubcli.errors import HubError
from hubcli.importing.documents import Typed
from hubcli.importing.people import finish_customer
from hubcli.importing.typed import COLUMNS, PHONES, Flawed, Reader
from hubcli.values import phones

if TYPE_CHECKING:
    from hubcli.store import Hub

_COLUMNS = ("kind", "company_name", "first_name", "last_name", "email", "email_key", *PHONES, *PHONES.values())


def maker(reader: Reader) -> Callable[["Hub", Typed], int]:
    """Give the function that makes an order's customer inside a change and gives its number; it raises not_found."""

    def make(hub: "Hub", order: Typed) -> int:
        found = _fields(order)
        try:
            customer = reader(order.at, found)
        except Flawed:
            raise HubError("not_found", what="customer", ref=order.customer, near="") from None
        values = dict(zip(COLUMNS, customer.values, strict=True))
        row = {name: values[name] for name in _COLUMNS}
        row |= {"created_at": hub.day.at, "touched_on": order.columns["ordered_on"]}
        free = values["number"] is not None and hub.one("imports.customer", {"id": values["number"]}) is None
        number = hub.insert("customers", row | ({"id": values["number"]} if free else {}))
        for system, external_id in customer.ids:
            hub.insert("external_ids", {"system": system, "external_id": external_id, "customer_id": number})
        return number

    return make


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
