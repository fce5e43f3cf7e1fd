"""Moves the lines of an order through delivery: open, scheduled, in transit, delivered; never back from delivered."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations.documents import base, becoming

if TYPE_CHECKING:
    from hubcli.store import Hub

FROM = {
    "scheduled": ("open", "scheduled"),
    "in-transit": ("open", "scheduled"),
    "delivered": ("open", "scheduled", "in-transit"),
    "open": ("scheduled",),
    "failed": ("in-transit", "scheduled"),
}
"""The states that each move starts from; failed ends in open."""
FAILURES = ("not-home", "site-not-ready", "customer-asked", "refused-damage", "size", "skipped")


def lines_of(hub: "Hub", number: int, wanted: Sequence[int] = ()) -> list[Any]:
    """Give the lines of a document, or the wanted ones by their numbers; raise no_such_line."""
    rows = list(hub.rows("documents.lines", {"id": number}))
    have = {row["line"]: row for row in rows}
    for line in wanted:
        if line not in have:
            row = base.again(hub, number)
            listed = ", ".join(str(n) for n in have) or "none"
            raise HubError("no_such_line", ref=base.ref_of(row), line=line, lines=listed, refs=(base.ref_of(row),))
    return [have[line] for line in wanted] if wanted else rows


def move(hub: "Hub", row: Any, wanted: Sequence[int], to: str, values: Mapping[str, Any]) -> int:
    """Move lines of an order, inside a change; give how many. Without `wanted`, all that can be moved.

    `to` is a key of FROM; `values` are columns of the lines (scheduled_on, delivered_on, delivery_method, driver).
    Raises document_closed, draft_order, line_delivered, wrong_delivery, nothing_to_move.
    """
    _check(row)
    lines = lines_of(hub, row["id"], wanted)
    movable = [line for line in lines if line["delivery_status"] in FROM[to]]
    if wanted:
        for line in lines:
            if line not in movable:
                raise _refusal(row, line, to)
    if not movable:
        raise HubError("nothing_to_move", ref=base.ref_of(row), wanted=" or ".join(FROM[to]), refs=(base.ref_of(row),))
    note_delivery(hub, [line["id"] for line in movable], "open" if to == "failed" else to, values)
    return len(movable)


def _check(row: Any) -> None:
    base.check_changeable(row)
    if row["status"] == "draft":
        raise HubError("draft_order", ref=base.ref_of(row))


def _refusal(row: Any, line: Any, to: str) -> HubError:
    ref = base.ref_of(row)
    slug = "line_delivered" if line["delivery_status"] in {"delivered", "returned"} else "wrong_delivery"
    return HubError(
        slug, ref=ref, line=line["line"], status=line["delivery_status"], wanted=" or ".join(FROM[to]), refs=(ref,)
    )


def note_delivery(hub: "Hub", line_ids: Sequence[int], status: str, values: Mapping[str, Any] | None = None) -> None:
    """Give lines a delivery status and columns of it, inside a change.

    An order whose lines are all delivered or returned, one at least delivered, is shipped and invoiced.
    """
    documents: dict[int, None] = {}
    for line_id in line_ids:
        line = hub.one("documents.line_by_id", {"id": line_id})
        if line is None:
            continue
        changed = {"delivery_status": status, **_cleared(status), **(values or {})}
        hub.update(
            "document_lines", line_id, {n: v for n, v in changed.items() if line[n] != v or n == "delivery_status"}
        )
        documents[line["document_id"]] = None
    for number in documents:
        _shipped(hub, number)


def _cleared(status: str) -> dict[str, Any]:
    """Give what no longer holds of a line in this status."""
    return {"scheduled_on": None, "delivery_method": None, "driver": None} if status == "open" else {}


def _shipped(hub: "Hub", number: int) -> None:
    row = base.again(hub, number)
    if row["ordered_on"] is None or row["open_lines"] or row["status"] in {"draft", "canceled", "shipped"}:
        return
    last = hub.one("documents.last_delivery", {"id": number})
    if last is not None and last["day"] is not None:
        becoming.ship(hub, number, max(last["day"], row["ordered_on"]))


def serials(hub: "Hub", row: Any, line: Any, add: Sequence[str], remove: Sequence[str] = ()) -> None:
    """Add and take away serial numbers of a line, inside a change; one there already is left alone.

    Raises too_many_serials, not_found for one to take away.
    """
    have = {s["serial"]: s["id"] for s in hub.rows("documents.serials_of", {"line": line["id"]})}
    for serial in remove:
        if serial not in have:
            raise HubError("not_found", what="serial", ref=serial, near="", tries=())
        hub.run("documents.remove_serial", {"id": have.pop(serial)})
    for serial in add:
        if serial not in have:
            have[serial] = hub.insert("line_serials", {"line_id": line["id"], "serial": serial})
    if len(have) > line["quantity"]:
        raise HubError(
            "too_many_serials", ref=base.ref_of(row), line=line["line"], quantity=line["quantity"], count=len(have)
        )
