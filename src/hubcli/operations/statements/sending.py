"""Sends statements: the text goes into the outbox as a file, or on paper, and hub notes that it left the shop."""

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations import outbox
from hubcli.operations.statements import gather, kept, letter

if TYPE_CHECKING:
    from hubcli.store import Hub

JOB = "statements send"
WAYS = ("outbox", "email", "print", "hand")


class Sent(NamedTuple):
    """One statement that was sent: its number, whose it is, to which addresses, the file that was written."""

    number: int
    customer: int
    name: str
    to: str | None
    file: str | None


def prepare(hub: "Hub", params: dict[str, Any], way: str, to: str | None) -> list[Sent]:
    """Write the files of statements where they go into the outbox, and give what is to be noted of each.

    Files carry the number of the statement, so that one written twice is there once. Raises statement_altered,
    outbox_failed.
    """
    found: list[Sent] = []
    source = kept.contents(hub, params)
    while chunk := list(islice(source, gather.CHUNK)):
        addresses = {} if to else gather.emails(hub, sorted({customer for _, customer, _ in chunk}))
        for number, customer, content in chunk:
            name = f"S{number}-C{customer}.txt"
            path = str(outbox.write(hub, name, letter.text(content))) if way == "outbox" else None
            sent_to = to or ", ".join(addresses.get(customer, ())) or None
            found.append(Sent(number, customer, content["customer_name"], sent_to, path))
    return found


def note(hub: "Hub", sent: Sequence[Sent], way: str) -> None:
    """Note that statements left the shop, inside a change."""
    day = hub.day
    rows = [(one.customer, one.number, way, one.to, day.today, hub.who.actor, day.at) for one in sent]
    hub.run_many("statements.add_sending", rows)


def check(hub: "Hub", numbers: Sequence[int]) -> None:
    """Raise not_found for a number that there is not, statement_replaced for one that was issued anew."""
    for number in numbers:
        row = kept.get(hub, number)
        if row["replaced_by"] is not None:
            new = f"S{row['replaced_by']}"
            raise HubError("statement_replaced", ref=f"S{number}", new=new, refs=(new,))
