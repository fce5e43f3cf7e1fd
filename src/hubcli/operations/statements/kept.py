"""Reads statements back as they were issued, and tells what changed since."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations.statements import content, gather
from hubcli.render import Column
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub


class Difference(NamedTuple):
    """One figure of a statement in cents: as issued, for the same day as known now, and today."""

    number: str
    what: str
    issued: int
    now: int
    today: int


def get(hub: "Hub", number: int) -> Any:
    """Give the row of a statement; raise not_found."""
    row = hub.one("statements.one", {"id": number})
    if row is None:
        raise HubError("not_found", what="statement", ref=f"S{number}", near="", tries=("hub statements list",))
    return row


ERASED = "{}"
"""What is kept of a statement once the person it went to was erased."""


def opened(row: Any) -> dict[str, Any]:
    """Give what a statement shows; raise statement_erased, statement_altered when that is not what was issued."""
    if row["content"] == ERASED:
        raise HubError("statement_erased", ref=f"S{row['id']}", refs=(f"S{row['id']}",))
    if content.digest(row["content"]) != row["digest"]:
        raise HubError("statement_altered", ref=f"S{row['id']}", refs=(f"S{row['id']}",))
    found: dict[str, Any] = json.loads(row["content"])
    return found


def contents(hub: "Hub", params: Mapping[str, object]) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Give (number, customer, what it shows) of statements, each proven to be as issued; erased ones are left out."""
    for row in hub.rows("statements.contents", params):
        if row["content"] == ERASED:
            continue
        yield row["id"], row["customer_id"], opened(row)


def differences(hub: "Hub", row: Any) -> Iterator[Difference]:
    """Give what a statement says differently by now: what was entered later for its period, and what came after it."""
    shown = opened(row)
    issued = {_key(line): (line["number"], cents(line["balance"])) for line in (*shown["lines"], *shown["not_listed"])}
    then, today = _owed(hub, row, row["to_on"]), _owed(hub, row, hub.day.today)
    for key in [*issued, *(key for key in then if key not in issued)]:
        name, was = issued.get(key) or (then[key][0], 0)
        now, present = (owed[key][1] if key in owed else 0 for owed in (then, today))
        if not was == now == present:
            yield Difference(name, "balance", was, now, present)
    sums = [row["total_owed_cents"], *(sum(owing for _, owing in owed.values()) for owed in (then, today))]
    if len(set(sums)) > 1:
        yield Difference(f"S{row['id']}", "total owed", *sums)


def _key(line: Mapping[str, Any]) -> str:
    """Give what tells an item apart: an order may have become an invoice since, a draw is its payment."""
    return str(line["number"] if line["number"][0] == "P" else line["document"])


def _owed(hub: "Hub", row: Any, day: str) -> dict[str, tuple[str, int]]:
    """Give what the party owes on a day, item by item: how it is called, and cents."""
    items = gather.items(hub, day, [row["customer_id"]])
    return {
        item["number"] if item["payment_id"] else item["document"]: (item["number"], item["owed"]) for item in items
    }


def cents(amount: str) -> int:
    """Give the cents of an amount that stands in a statement."""
    return money.parse(amount, "amount", allow_negative=True)


def row_of(columns: Sequence[Column], told: Mapping[str, Any]) -> tuple[Any, ...]:
    """Give a part of a statement as a row of these columns, its amounts in cents."""
    values = ((column.kind, told.get(column.name)) for column in columns)
    return tuple(cents(value) if kind == "money" and value is not None else value for kind, value in values)
