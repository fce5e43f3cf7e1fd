"""Home visits: what must be true before one is made, when it may be planned, how it went."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli import settings
from hubcli.errors import HubError
from hubcli.operations import permissions
from hubcli.operations.customers import editing
from hubcli.operations.documents import base, delivery

if TYPE_CHECKING:
    from hubcli.store import Hub

TYPES = ("survey", "service", "install")
STATUSES = ("open", "scheduled", "in-transit", "completed", "canceled")
FAILURES = delivery.FAILURES
OVER = ("completed", "canceled")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def get(hub: "Hub", number: int) -> Any:
    """Give a visit; raise not_found."""
    row = hub.one("visits.one", {"id": number})
    if row is None:
        raise HubError("not_found", what="visit", ref=f"V{number}", near="", tries=("hub visits list",))
    return row


def create(
    hub: "Hub",
    order: Any,
    kind: str,
    line: int | None,
    values: Mapping[str, Any],
    form: int | None = None,
    *,
    override: bool = False,
) -> int:
    """Make a visit for an order inside a change; give its number.

    A survey has its form; a service is for a delivered unit; an install for a delivered unit that was sold with one.
    Raises visit_on_quote, document_closed, visit_without_form, no_such_line, which_line, unit_not_delivered,
    no_install and what check_day raises; a customer on hold is no obstacle. A day among the values plans it at once.
    """
    ref = base.ref_of(order)
    if order["ordered_on"] is None:
        raise HubError("visit_on_quote", ref=ref, refs=(ref,))
    if order["status"] in {"draft", "canceled"}:
        raise HubError("document_closed", ref=ref, status=order["status"], refs=(ref,))
    if kind == "survey" and form is None:
        raise HubError("visit_without_form", ref=ref)
    chosen = _line(hub, order, kind, line)
    if kind != "survey" and chosen is not None:
        _check_unit(hub, order, kind, chosen)
    planned = values.get("scheduled_on")
    if planned is not None:
        check_day(hub, planned, override=override)
    number = hub.insert(
        "visits",
        {
            "customer_id": order["customer_id"],
            "document_id": order["id"],
            "line_id": chosen["id"] if chosen is not None else None,
            "type": kind,
            "status": "scheduled" if planned is not None else "open",
            "form_file_id": form,
            "created_on": hub.day.today,
            "created_by": hub.who.actor,
            **values,
        },
    )
    editing.touched(hub, order["customer_id"])
    return number


def _line(hub: "Hub", order: Any, kind: str, wanted: int | None) -> Any:
    """Give the line that a visit is about: the one named, the only one, or none for a survey of the place."""
    lines = delivery.lines_of(hub, order["id"], [wanted] if wanted is not None else [])
    if wanted is not None or len(lines) == 1:
        return lines[0]
    if kind == "survey":
        return None
    ref = base.ref_of(order)
    listed = "; ".join(f"{line['line']} {line['model']}" for line in lines)
    raise HubError("which_line", ref=ref, lines=listed, refs=(ref,))


def _check_unit(hub: "Hub", order: Any, kind: str, line: Any) -> None:
    ref = base.ref_of(order)
    if kind == "install" and hub.one("visits.installs", {"line": line["id"]}) is None:
        raise HubError("no_install", ref=ref, line=line["line"], model=line["model"], refs=(ref,))
    if line["delivery_status"] != "delivered":
        raise HubError(
            "unit_not_delivered", ref=ref, line=line["line"], model=line["model"], status=line["delivery_status"],
            kind=kind, refs=(ref,),
        )  # fmt: skip


def check_day(hub: "Hub", day: str, besides: int = 0, *, override: bool = False) -> None:
    """Raise unless a visit may be planned for a day: visit_day_past, visit_day_off, visit_holiday, visit_day_full.

    `besides` is the visit that is planned anew; `override` plans it on a day that is off or full, by role: else
    not_permitted.
    """
    if day < hub.day.today:
        raise HubError("visit_day_past", day=day, today=hub.day.today)
    refusal = _no_room(hub, day, besides)
    if refusal is None:
        return
    if not override:
        raise refusal
    permissions.require(hub, "visits.override")


def _no_room(hub: "Hub", day: str, besides: int) -> HubError | None:
    """Give what keeps a visit from a day: the weekday, a holiday, as many visits as the day holds."""
    weekday = WEEKDAYS[dt.date.fromisoformat(day).weekday()]
    open_days = settings.weekdays(hub.setting("visits.weekdays"))
    if open_days and weekday not in open_days:
        return HubError("visit_day_off", day=day, weekday=weekday.capitalize(), days=", ".join(open_days))
    if day in hub.setting("visits.holidays").split(","):
        return HubError("visit_holiday", day=day)
    limit = open_days.get(weekday) or int(hub.setting("visits.daily_limit"))
    row = hub.one("visits.planned", {"day": day, "besides": besides})
    full = limit and row is not None and row["n"] >= limit
    return HubError("visit_day_full", day=day, limit=limit) if full else None


def schedule(hub: "Hub", number: int, values: Mapping[str, Any], *, override: bool = False) -> None:
    """Plan a visit, or plan it anew, inside a change; raise visit_over and what check_day raises."""
    row = _open(hub, number)
    check_day(hub, values["scheduled_on"], number, override=override)
    hub.update("visits", number, {"status": "scheduled", "failed_reason": None, **values})
    editing.touched(hub, row["customer"])


def dispatch(hub: "Hub", number: int, values: Mapping[str, Any]) -> None:
    """Note that the driver is on the way, inside a change."""
    _open(hub, number)
    hub.update("visits", number, {"status": "in-transit", "scheduled_on": hub.day.today, **values})


def complete(hub: "Hub", number: int, values: Mapping[str, Any]) -> None:
    """Note that a visit was made, inside a change."""
    row = _open(hub, number)
    hub.update("visits", number, {"status": "completed", "failed_reason": None, **values})
    editing.touched(hub, row["customer"])


def fail(hub: "Hub", number: int, reason: str) -> None:
    """Note that a visit came to nothing, inside a change: it is open again, with the reason."""
    row = _open(hub, number)
    if row["status"] == "open":
        raise HubError("visit_not_planned", ref=f"V{number}", refs=(f"V{number}",))
    hub.update("visits", number, {"status": "open", "scheduled_on": None, "failed_reason": reason})


def cancel(hub: "Hub", number: int) -> None:
    """Cancel a visit, inside a change."""
    _open(hub, number)
    hub.update("visits", number, {"status": "canceled"})


def edit(hub: "Hub", number: int, values: Mapping[str, Any]) -> None:
    """Change what differs in a visit that is not over, inside a change."""
    row = _open(hub, number)
    changed = {name: value for name, value in values.items() if row[name] != value}
    if changed:
        hub.update("visits", number, changed)


def form_of(hub: "Hub", number: int) -> int:
    """Give the file of a visit's survey form; raise not_found for a visit without one."""
    row = get(hub, number)
    if row["form_file_id"] is None:
        raise HubError("not_found", what="form", ref=f"of V{number}", near="", tries=(f"hub visits show V{number}",))
    return int(row["form_file_id"])


def _open(hub: "Hub", number: int) -> Any:
    row = get(hub, number)
    if row["status"] in OVER:
        raise HubError("visit_over", ref=f"V{number}", status=row["status"], refs=(f"V{number}",))
    return row
