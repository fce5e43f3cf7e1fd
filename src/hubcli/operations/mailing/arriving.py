"""Mail that came, or that somebody here wrote elsewhere: read from .eml and mbox files, kept with its customers."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError

if TYPE_CHECKING:
    from hubcli.store import Hub


def read(path: Path) -> Iterator[Any]:
    """Give the mails of an .eml or an mbox file; raise file_missing, file_unreadable, not_a_mail."""
    import mailbox
    from email import message_from_bytes, policy

    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise HubError("file_missing", file=path) from None
    except OSError as error:
        raise HubError("file_unreadable", file=path, why=error.strerror or str(error)) from None
    if content.startswith(b"From "):
        box = mailbox.mbox(path, create=False)
        try:
            yield from (message_from_bytes(bytes(found), policy=policy.default) for found in box)
        finally:
            box.close()
        return
    found = message_from_bytes(content, policy=policy.default)
    if not found["From"]:
        raise HubError("not_a_mail", file=path)
    yield found


class Arrived(NamedTuple):
    """A mail from outside: who wrote it to whom, when (UTC), what it says, whether somebody here wrote it."""

    sender: str
    to: tuple[str, ...]
    subject: str
    body: str
    message_id: str | None
    at: str


def arrived(found: Any, at: str) -> Arrived:
    """Read a mail; one without a date came now (`at`)."""
    from email.utils import getaddresses

    addresses = [
        address for _, address in getaddresses([str(v) for v in found.get_all("To", []) + found.get_all("Cc", [])])
    ]
    senders = getaddresses([str(found["From"] or "")])
    part = found.get_body(preferencelist=("plain", "html"))
    try:
        body = part.get_content() if part is not None else ""
    except (LookupError, UnicodeDecodeError):
        body = part.get_payload(decode=True).decode("utf-8", "replace")
    return Arrived(
        senders[0][1] if senders else "", tuple(filter(None, addresses)), _line(found["Subject"]), _clean(body),
        _line(found["Message-ID"]) or None, _when(found["Date"], at),
    )  # fmt: skip


def _line(value: Any) -> str:
    return " ".join(str(value or "").split())[:500]


def _clean(body: str) -> str:
    """Give a text without control characters, newlines and tabs kept."""
    return "".join(sign for sign in body.replace("\r\n", "\n") if sign in "\n\t" or sign.isprintable()).strip()[
        :100_000
    ]


def _when(value: Any, at: str) -> str:
    import datetime as dt
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(str(value))
    except (TypeError, ValueError):
        return at
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def keep(hub: "Hub", mail: Arrived) -> list[int]:
    """Keep a mail that came, with every customer whose address is on it, inside a change; give the new numbers.

    A mail that is known (its Message-ID) is kept once. A reply is found by its subject's document, such as Q7.
    """
    made = []
    for address, direction in ((mail.sender, "in"), *((one, "out") for one in mail.to)):
        for row in hub.rows("mails.customers", {"key": address.casefold()}):
            known = {"message_id": mail.message_id, "customer": row["id"]}
            if mail.message_id and hub.one("mails.known", known) is not None:
                continue
            made.append(_kept(hub, mail, int(row["id"]), direction))
    return made


def _kept(hub: "Hub", mail: Arrived, customer: int, direction: str) -> int:
    return hub.insert(
        "mails",
        {
            "customer_id": customer,
            "document_id": _about(hub, mail.subject, customer),
            "direction": direction,
            "template": "reply",
            "status": "received" if direction == "in" else "sent",
            "sent_from": mail.sender,
            "sent_to": ", ".join(mail.to),
            "subject": mail.subject or None,
            "body": mail.body or None,
            "message_id": mail.message_id,
            "sent_at": mail.at,
        },
    )


def _about(hub: "Hub", subject: str, customer: int) -> int | None:
    import re

    for number in re.findall(r"\b[QO](\d{1,15})\b", subject):
        row = hub.one("mails.document", {"id": int(number), "customer": customer})
        if row is not None:
            return int(row["id"])
    return None
