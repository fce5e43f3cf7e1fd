"""Sends statements: by mail where a server is set, else as files in the outbox; and notes that they left the shop."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations import outbox
from hubcli.operations.mailing import wire, words
from hubcli.operations.mailing.wire import Mail
from hubcli.operations.statements import gather, kept, letter

if TYPE_CHECKING:
    from hubcli.store import Hub

JOB = "statements send"
"""The name under which a second run is kept out."""
WAYS = ("email", "outbox", "print", "hand")
BATCH = 1_000
"""So many are sent, then noted, as one change set: what a stop leaves behind is noted up to the last thousand."""


class Letter(NamedTuple):
    """A statement on its way: its number, whose it is, what they read; the mail, None where there is no address."""

    number: int
    customer: int
    name: str
    text: str
    mail: Mail | None

    @property
    def to(self) -> str | None:
        """The addresses it goes to."""
        return None if self.mail is None else ", ".join(self.mail.to)

    @property
    def file(self) -> str:
        """The name of its file in the outbox: a mail, or plain text for the printer where there is no address."""
        return f"S{self.number}-C{self.customer}.{'txt' if self.mail is None else 'eml'}"


def check(hub: "Hub", numbers: Sequence[int]) -> None:
    """Raise not_found for a number that there is not, statement_replaced for one that was issued anew."""
    for number in numbers:
        row = kept.get(hub, number)
        if row["replaced_by"] is not None:
            new = f"S{row['replaced_by']}"
            raise HubError("statement_replaced", ref=f"S{number}", new=new, refs=(new,))


def letters(hub: "Hub", params: Mapping[str, Any], to: str | None) -> Iterator[list[Letter]]:
    """Give the letters of statements, a batch at a time; `to` takes the place of their addresses.

    Raises statement_altered, and bad_value for a template that does not hold.
    """
    source = kept.contents(hub, params)
    while batch := list(islice(source, BATCH)):
        addresses = {} if to else gather.emails(hub, sorted({customer for _, customer, _ in batch}))
        yield [
            _letter(hub, number, customer, content, (to,) if to else tuple(addresses.get(customer, ())))
            for number, customer, content in batch
        ]


def _letter(hub: "Hub", number: int, customer: int, content: Mapping[str, Any], to: tuple[str, ...]) -> Letter:
    text, name = letter.text(content), content["customer_name"]
    if not to:
        return Letter(number, customer, name, text, None)
    shop = content["shop"]["name"] or ""
    facts = {
        "name": name, "number": content["number"], "shop": shop, "total": content["total_owed"],
        "balance": content["balance"], "due": content["to"],
    }  # fmt: skip
    subject, opening = words.fill(hub, "statement", facts)
    subject = subject or f"Statement {content['number']}" + (f" from {shop}" if shop else "")
    body = f"{opening}\n\n{text}" if opening else text
    return Letter(
        number, customer, name, text,
        Mail(customer, to, subject, body, template="statement", statement=number),
    )  # fmt: skip


def put(hub: "Hub", found: Sequence[Letter], at: str) -> dict[int, tuple[Path, str]]:
    """Put letters into the outbox; give the file and the message's id of each, by number.

    A file has the statement's number for a name, so that one written twice is there once. Raises outbox_failed.
    """
    put_there: dict[int, tuple[Path, str]] = {}
    for one in found:
        if one.mail is None:
            put_there[one.number] = outbox.write(hub, one.file, one.text), ""
        else:
            ready = wire.message(hub, wire.closed(hub, one.mail), at)
            put_there[one.number] = outbox.write(hub, one.file, bytes(ready.message)), ready.id
    return put_there


class Noted(NamedTuple):
    """A statement that left: to whom it went, and the number of its mail in the history, if that is kept."""

    letter: Letter
    to: str | None
    mail: int | None = None


def note(hub: "Hub", sent: Sequence[Noted], way: str) -> None:
    """Note that statements left the shop, inside a change."""
    day = hub.day
    rows = [
        (one.letter.customer, one.letter.number, way, one.to, day.today, hub.who.actor, day.at, one.mail)
        for one in sent
    ]
    hub.run_many("statements.add_sending", rows)
