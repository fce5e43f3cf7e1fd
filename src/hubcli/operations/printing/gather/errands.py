"""Gathers what the technician and the driver take along: delivery notes only, and no price."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hubcli.operations import visits
from hubcli.operations.customers.editing import head
from hubcli.operations.documents import base, screen
from hubcli.operations.printing.gather import base as parts
from hubcli.operations.printing.sheet import Pairs, Sheet, Table

if TYPE_CHECKING:
    from hubcli.store import Hub

BY_TECHNICIAN = ("Arrived", "Left", "Work done", "Name and signature")
BY_DRIVER = ("Arrived", "Damaged or missing", "Received by", "Signature")
"""What is filled in by hand."""


def visit(hub: "Hub", number: int) -> Sheet:
    """Give the sheet that the technician takes along: delivery notes only, no price."""
    row = visits.get(hub, number)
    view = screen.view(hub, row["document_id"])
    facts = parts.pairs(
        ("Day", row["date"]), ("Time", row["time_window"]), ("Driver", row["driver"]), ("Method", row["method"]),
        ("Order", view["printed_number"]), *_phones(hub, row["customer"]), ("Model", row["model"]),
        ("Serial", row["serial"]), ("Form", row["form"]),
    )  # fmt: skip
    lines = [line for line in view["lines"] if row["line"] in {None, line["line"]}]
    told = (row["description"],) if row["description"] else ()
    return parts.sheet(
        hub, f"{row['type'].capitalize()} visit V{number}", _door(hub, row["customer"], view), facts,
        (_goods(lines),), notes=(*told, *parts.notes(view, "delivery")), blanks=BY_TECHNICIAN,
    )  # fmt: skip


def delivery(hub: "Hub", number: int) -> Sheet:
    """Give the sheet that the driver takes along: what is still to come, delivery notes only, no price."""
    view = screen.view(hub, number)
    row = base.again(hub, number)
    coming = [line for line in view["lines"] if line["delivery_status"] in {"open", "scheduled", "in-transit"}]
    lines = coming or view["lines"]
    facts = parts.pairs(
        ("Day", _each(lines, "scheduled_on", "delivered_on")), ("Driver", _each(lines, "driver")),
        ("Method", _each(lines, "delivery_method")), ("Order", view["printed_number"]), ("Job", view["job_name"]),
        *_phones(hub, row["customer_id"]),
    )  # fmt: skip
    return parts.sheet(
        hub, f"Delivery of order {view['printed_number']}", _door(hub, row["customer_id"], view), facts,
        (_goods(lines),), notes=parts.notes(view, "delivery"), blanks=BY_DRIVER,
    )  # fmt: skip


def _each(lines: Sequence[Mapping[str, Any]], *names: str) -> str:
    """Give what the lines say, each once: the first of the fields that a line has."""
    told = (next(filter(None, (line[name] for name in names)), None) for line in lines)
    return ", ".join(dict.fromkeys(filter(None, told)))


def _goods(lines: Sequence[Mapping[str, Any]]) -> Table:
    """Give lines with their serial numbers and what is to be done with each; no price."""
    rows = tuple(
        (str(line["line"]), parts.item(line), str(line["quantity"]), ", ".join(line["serials"])) for line in lines
    )
    under = tuple(", ".join(_to_do(line)) for line in lines)
    return Table((*parts.ITEM, ("Serial", "text")), rows, under)


def _to_do(line: Mapping[str, Any]) -> list[str]:
    ways = [word.replace("-", " ") for word in line["fulfillment"]]
    installs = [parts.service(one) for one in line["installs"] if not one["returned"]]
    away = line["haul_away"]
    return [*ways, *installs, *([f"haul away {away['quantity']}"] if away and not away["returned"] else [])]


def _phones(hub: "Hub", customer: int) -> Pairs:
    row = head(hub, customer)
    named = (("Phone", "mobile_phone"), ("Other phone", "home_phone"), ("Third phone", "alternate_phone"))
    return tuple((name, str(row[column])) for name, column in named if row[column])


def _door(hub: "Hub", customer: int, view: Mapping[str, Any]) -> tuple[str, ...]:
    """Give whose door it is and where: the address of the document, else where the customer's goods go."""
    text = view["delivery_address"]
    where = tuple(text.split("\n")) if text else parts.address(hub, hub.one("visits.place", {"customer": customer}))
    return (str(head(hub, customer)["name"]), *where)
