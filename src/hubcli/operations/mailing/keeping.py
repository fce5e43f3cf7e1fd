"""Keeps mail that came with the customers it is from or to, and with the document or statement that it is about."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.operations.mailing.arriving import Arrived

if TYPE_CHECKING:
    from hubcli.store import Hub

CHUNK = 500


class Known(NamedTuple):
    """What is known of the people and mails on mail that came: customers by address, mails of ours by Message-ID."""

    people: Mapping[str, list[int]]
    ours: Mapping[str, Any]

    def of(self, address: str) -> list[int]:
        """Give the customers whose address this is, or whose contact's."""
        return self.people.get(address.casefold(), [])

    def answered(self, mail: Arrived) -> Any | None:
        """Give the mail of ours that one answers, the last of them; None for none."""
        return next((self.ours[one] for one in mail.answers if one in self.ours), None)

    def concerns(self, mail: Arrived) -> bool:
        """Tell whether anybody known is on a mail."""
        return self.answered(mail) is not None or any(self.of(address) for address in mail.addresses)


def known(hub: "Hub", mails: Iterable[Arrived]) -> Known:
    """Look up everybody on some mails, and the mails that they answer."""
    keys: set[str] = set()
    ids: set[str] = set()
    for mail in mails:
        keys.update(address.casefold() for address in mail.addresses if address)
        ids.update(mail.answers)
    people: dict[str, list[int]] = {}
    for row in _chunks(hub, "mails.people", "keys", keys):
        if row["customer"] not in people.setdefault(row["key"], []):
            people[row["key"]].append(row["customer"])
    return Known(people, {row["message_id"]: row for row in _chunks(hub, "mails.ours", "ids", ids)})


def _chunks(hub: "Hub", block: str, name: str, values: set[str]) -> Iterable[Any]:
    listed = sorted(values)
    for start in range(0, len(listed), CHUNK):
        yield from hub.rows(block, {name: listed[start : start + CHUNK]})


def keep(hub: "Hub", mail: Arrived, about: Known) -> list[int]:
    """Keep a mail with every customer on it, inside a change; give the new numbers.

    A mail that is known (its Message-ID) is kept once for each. What it is about is in its subject (Q7, O7, I7, S7) or
    is what the mail of ours that it answers was about.
    """
    made = []
    ours = about.answered(mail)
    whose = dict.fromkeys(about.of(mail.sender), "in")
    if not whose and ours is not None:
        whose[ours["customer"]] = "in"
    way = "in" if whose else "out"
    for address in mail.to:
        for number in about.of(address):
            whose.setdefault(number, way)
    for customer, direction in whose.items():
        if hub.one("mails.known", {"message_id": mail.message_id, "customer": customer}) is None:
            made.append(_kept(hub, mail, customer, direction, ours))
    return made


def _kept(hub: "Hub", mail: Arrived, customer: int, direction: str, ours: Any | None) -> int:
    document, statement = _about(hub, mail.subject, customer)
    if document is None and statement is None and ours is not None and ours["customer"] == customer:
        document, statement = ours["document"], ours["statement"]
    return hub.insert(
        "mails",
        {
            "customer_id": customer,
            "document_id": document,
            "statement_id": statement,
            "direction": direction,
            "template": "reply",
            "status": "received" if direction == "in" else "sent",
            "sent_from": mail.sender or None,
            "sent_to": ", ".join(mail.to) or None,
            "subject": mail.subject or None,
            "body": mail.body or None,
            "message_id": mail.message_id,
            "sent_at": mail.at,
        },
    )


def _about(hub: "Hub", subject: str, customer: int) -> tuple[int | None, int | None]:
    """Give the document, or else the statement of the customer that a subject names first."""
    for letter, number in re.findall(r"\b([QOIS])(\d{1,15})\b", subject):
        block = {"S": "statement", "I": "invoice"}.get(letter, "document")
        row = hub.one(f"mails.{block}", {"id": int(number), "customer": customer})
        if row is not None:
            return (None, int(row["id"])) if letter == "S" else (int(row["id"]), None)
    return None, None
