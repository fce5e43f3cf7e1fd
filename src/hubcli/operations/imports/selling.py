"""What is sold with the lines of imported orders: installs, haul-away, protection plans, as hub exports them."""

from typing import NamedTuple

from hubcli.errors import HubError
from hubcli.importing.documents import Line, Typed
from hubcli.importing.typed import Flaw, Flawed, flaw_of
from hubcli.operations.documents import typed
from hubcli.values import money

MARKS = "?1, (SELECT id FROM document_lines WHERE document_id = ?1 AND line = ?2), ?3, ?4, ?5, ?6, ?7, ?8"
"""Of a row of line_services: its line has no id before it is written, so the row names document and line number."""


class Sold(NamedTuple):
    """What is sold with a line, and how it is to reach the customer."""

    fulfillment: str | None = None
    services: tuple[typed.Service, ...] = ()


def sold_with(line: Line) -> Sold:
    """Read what is sold with a line; raise bad_value."""
    if not line.sold_with:
        return Sold()
    fulfillment, installs, haul_away, plan, months = line.sold_with
    found = [typed.install(part.strip()) for part in (installs or "").split("; ") if part.strip()]
    found += [typed.haul_away(haul_away)] if haul_away else []
    found += [typed.plan(plan, months or None, line.quantity)] if plan else []
    return Sold(typed.fulfillment([fulfillment], "fulfillment") if fulfillment else None, tuple(found))


def check(order: Typed) -> None:
    """Raise Flawed unless the services of an order are what its lines say is sold with them."""
    try:
        worth = sum(one.quantity * one.price for line in order.lines for one in sold_with(line).services)
    except HubError as error:
        raise Flawed([flaw_of(error)]) from None
    if worth != order.columns["services_cents"]:
        told = f"{money.show(order.columns['services_cents'])}, lines {money.show(worth)}"
        raise Flawed([Flaw("services: are not what is sold with its lines", told)])
