"""Sends mail over SMTP where a server is configured, else into the outbox; keeps the history of mail while that is on.

What is sent is recorded only once the server took it. The password comes from the environment or from a file, never
from the database or the command line.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError, bad_value
from hubcli.operations import outbox
from hubcli.operations.documents.base import setting

if TYPE_CHECKING:
    from email.message import EmailMessage

    from hubcli.store import Hub

TIMEOUT = 30.0
"""Seconds that a mail server may take to answer."""
PORTS = {"tls": 465, "starttls": 587, "none": 25}


class Mail(NamedTuple):
    """One mail: to whom, what it says, about which records; `template` is the kind of letter it is."""

    customer: int
    to: tuple[str, ...]
    subject: str
    body: str
    copies: tuple[str, ...] = ()
    template: str = "message"
    document: int | None = None
    statement: int | None = None
    attachments: tuple[tuple[str, str, bytes], ...] = ()


class Server(NamedTuple):
    """Where mail is handed over: host, port, tls, starttls or none, and who logs in."""

    host: str
    port: int
    security: str
    user: str | None
    password: str | None


def server(hub: "Hub") -> Server | None:
    """Give the configured mail server, None where mail goes into the outbox; raise mail_password, bad_value."""
    where = setting(hub, "mail.server")
    if not where:
        return None
    security = setting(hub, "mail.security")
    host, _, port = where.rpartition(":") if where.count(":") == 1 else (where, "", "")
    if port and not port.isdecimal():
        raise bad_value("mail.server", where, "is not a host, or a host and a port such as mail.example.com:587")
    user = setting(hub, "mail.user") or None
    return Server(host, int(port or PORTS[security]), security, user, _password(hub) if user else None)


def _password(hub: "Hub") -> str:
    """Give the password: HUB_MAIL_PASSWORD, or the first line of the file that mail.password_file names."""
    given = os.environ.get("HUB_MAIL_PASSWORD")
    if given:
        return given
    path = setting(hub, "mail.password_file")
    try:
        return Path(path).expanduser().read_text(encoding="utf-8").splitlines()[0] if path else ""
    except (OSError, IndexError) as error:
        raise HubError("mail_password", path=path, why=str(error)) from None


def message(hub: "Hub", mail: Mail, at: str) -> "EmailMessage":
    """Give a mail in the form of the wire, with a Message-ID of its own."""
    from email.message import EmailMessage
    from email.utils import make_msgid

    made = EmailMessage()
    sender = setting(hub, "mail.from")
    if sender:
        made["From"] = sender
    made["To"] = ", ".join(mail.to)
    if mail.copies:
        made["Cc"] = ", ".join(mail.copies)
    made["Subject"] = " ".join(mail.subject.split())
    made["Date"] = _date(at)
    made["Message-ID"] = make_msgid(domain=(sender or "hub@localhost").rpartition("@")[2].rstrip(">") or "localhost")
    made.set_content(mail.body)
    for name, media_type, content in mail.attachments:
        main, _, sub = media_type.partition("/")
        made.add_attachment(content, maintype=main, subtype=sub or "octet-stream", filename=name)
    return made


def _date(at: str) -> Any:
    import datetime as dt
    from email.utils import format_datetime

    return format_datetime(dt.datetime.fromisoformat(at))


def hand_over(where: Server, mails: Sequence["EmailMessage"]) -> tuple[int, HubError | None]:
    """Give mails to the server in one connection; give how many it took, and why it took no more.

    The error is mail_refused or mail_unreachable.
    """
    import smtplib

    taken = 0
    try:
        with _connected(where) as smtp:
            for mail in mails:
                refused = smtp.send_message(mail)
                if refused:
                    raise smtplib.SMTPRecipientsRefused(refused)
                taken += 1
    except smtplib.SMTPException as error:
        return taken, HubError("mail_refused", host=where.host, why=_told(error))
    except OSError as error:
        why = error.strerror or str(error)
        return taken, HubError("mail_unreachable", host=where.host, port=where.port, why=why)
    return taken, None


def _connected(where: Server) -> Any:
    """Open a connection to the server, encrypted and logged in as it is configured."""
    import smtplib
    import ssl

    secure = ssl.create_default_context(cafile=os.environ.get("HUB_MAIL_CA") or None)
    if where.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(where.host, where.port, timeout=TIMEOUT, context=secure)
    else:
        smtp = smtplib.SMTP(where.host, where.port, timeout=TIMEOUT)
    try:
        if where.security == "starttls":
            smtp.starttls(context=secure)
        if where.user:
            smtp.login(where.user, where.password or "")
    except BaseException:
        smtp.close()
        raise
    return smtp


def _told(error: Any) -> str:
    """Give what the server said, in one line, without any password."""
    if hasattr(error, "recipients"):
        return "; ".join(f"{who}: {said[1].decode(errors='replace')}" for who, said in error.recipients.items())
    said = getattr(error, "smtp_error", None)
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said or error)
    return " ".join(text.split())[:300]


# ------------------------------------------------------------------------------------------------------------- history


def recording(hub: "Hub") -> bool:
    """Tell whether the history of mail is kept."""
    return setting(hub, "correspondence.record_emails") == "on"


def record(hub: "Hub", mail: Mail, status: str, message_id: str, at: str) -> int | None:
    """Keep a mail that went out in the history, inside a change, while that is on; give its number."""
    if not recording(hub):
        return None
    return hub.insert(
        "mails",
        {
            "customer_id": mail.customer,
            "document_id": mail.document,
            "statement_id": mail.statement,
            "direction": "out",
            "template": mail.template,
            "status": status,
            "sent_from": setting(hub, "mail.from") or None,
            "sent_to": ", ".join((*mail.to, *mail.copies)) or None,
            "subject": mail.subject,
            "body": mail.body,
            "message_id": message_id,
            "sent_at": at,
        },
    )


def put(hub: "Hub", name: str, mail: "EmailMessage") -> Path:
    """Put a mail into the outbox; give its path; raise failed_write."""
    return outbox.write(hub, f"{name}.eml", bytes(mail))


# ----------------------------------------------------------------------------------------------------------- templates


def fill(hub: "Hub", kind: str, facts: dict[str, str]) -> tuple[str | None, str | None]:
    """Give subject and opening words of a kind of letter from its templates, their {placeholders} filled in.

    None where the shop has no template of its own. Raises bad_value for a placeholder that there is not.
    """
    found = []
    for part in ("subject", "text"):
        template = setting(hub, f"mail.{kind}.{part}")
        found.append(_filled(template, facts, f"mail.{kind}.{part}") if template else None)
    return found[0], found[1]


def _filled(template: str, facts: dict[str, str], key: str) -> str:
    try:
        return template.format_map(facts)
    except (KeyError, ValueError, IndexError):
        known = ", ".join(f"{{{name}}}" for name in facts)
        raise bad_value(key, template, f"has a placeholder that there is not; there are {known}") from None


# ---------------------------------------------------------------------------------------------------------- what comes


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
