"""A mail, and how it looks on the wire: headers, text, the shop's own lines at its end, attachments."""

from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli import settings
from hubcli.errors import HubError

if TYPE_CHECKING:
    from email.message import EmailMessage

    from hubcli.store import Hub

MOST_FILES = 10
"""So many files go with a mail at most."""


class Mail(NamedTuple):
    """One mail: to whom, what it says, about which records; `template` is the kind of letter it is.

    `attachments` are name, media type and bytes of each file.
    """

    customer: int
    to: tuple[str, ...]
    subject: str
    body: str
    copies: tuple[str, ...] = ()
    template: str = "message"
    document: int | None = None
    statement: int | None = None
    attachments: tuple[tuple[str, str, bytes], ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Everybody it goes to, copies included."""
        return (*self.to, *self.copies)

    def without(self, addresses: "set[str] | frozenset[str]") -> "Mail":
        """Give the mail as those got it whom the server took it for."""
        left = tuple(tuple(one for one in some if one not in addresses) for some in (self.to, self.copies))
        return self._replace(to=left[0], copies=left[1])


class Wire(NamedTuple):
    """A mail ready to be handed over: its message, and the addresses of the envelope, each as it was typed."""

    message: "EmailMessage"
    sender: str
    to: dict[str, str]

    @property
    def id(self) -> str:
        """The Message-ID."""
        return str(self.message["Message-ID"])


def closed(hub: "Hub", mail: Mail) -> Mail:
    """Give a mail with the lines that the shop puts at the end of every one (correspondence.message_plain)."""
    lines = hub.setting("correspondence.message_plain")
    return mail._replace(body=f"{mail.body.rstrip()}\n\n{lines}\n") if lines else mail


def message(hub: "Hub", mail: Mail, at: str, known_as: str | None = None) -> Wire:
    """Give a mail in the form of the wire; `known_as` is the Message-ID it had when it was tried before."""
    from email import policy
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.utils import make_msgid

    given = hub.setting("mail.from")
    name, address = settings.sender(given) if given else ("", "")
    sender = ascii_domain(address)
    plain = "".join(map(ascii_domain, (address, *mail.addresses))).isascii()
    made = EmailMessage(policy.default if plain else policy.SMTPUTF8.clone(linesep="\n"))
    if sender:
        made["From"] = Address(name, *sender.rsplit("@", 1))
    made["To"] = ", ".join(map(ascii_domain, mail.to))
    if mail.copies:
        made["Cc"] = ", ".join(map(ascii_domain, mail.copies))
    made["Subject"] = " ".join(mail.subject.split())
    made["Date"] = _date(at)
    made["Message-ID"] = known_as or make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    made.set_content(mail.body)
    html = hub.setting("correspondence.message_html")
    if html:
        made.add_alternative(_page(mail.body, html), subtype="html")
    for name, media_type, content in mail.attachments:
        main, _, sub = media_type.partition("/")
        made.add_attachment(content, maintype=main, subtype=sub or "octet-stream", filename=name)
    return Wire(made, sender, {ascii_domain(one): one for one in mail.addresses})


def ascii_domain(address: str) -> str:
    """Give an address with its domain in the letters that every mail server takes: ann@xn--mnchen-3ya.de."""
    name, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    import idna

    return f"{name}@{idna.encode(domain, uts46=True).decode()}"


def _page(body: str, html: str) -> str:
    from html import escape

    return f'<!DOCTYPE html>\n<div style="white-space: pre-wrap">{escape(body)}</div>\n{html}\n'


def _date(at: str) -> Any:
    import datetime as dt
    from email.utils import format_datetime

    return format_datetime(dt.datetime.fromisoformat(at))


def check_files(count: int) -> None:
    """Raise mail_files for more files than go with one mail."""
    if count > MOST_FILES:
        raise HubError("mail_files", count=count, most=MOST_FILES)
