"""Mails of which it is not known whether they arrived: handed over, and then no answer, or hub was cut short.

Before a mail is handed over it is put into the folder `unsure` of the outbox, and taken away once what became of it
is known and recorded. What lies there is not sent a second time unless somebody says so.
"""

from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.operations import outbox
from hubcli.operations.mailing.wire import Mail, Wire

if TYPE_CHECKING:
    from hubcli.store import Hub

FOLDER = "unsure"


class Before(NamedTuple):
    """A mail that was tried before: its file, its Message-ID, when that was."""

    path: Path
    id: str
    at: str


def folder(hub: "Hub") -> Path:
    """Give the folder that these mails lie in."""
    return outbox.folder(hub) / FOLDER


def before(hub: "Hub", name: str, mail: Mail) -> Before | None:
    """Give the earlier attempt at a mail of which it is not known what became, None where there is none."""
    path = folder(hub) / _file(name, mail)
    try:
        found = _read(path)
    except OSError:
        return None
    return Before(path, str(found["Message-ID"]), str(found["Date"]))


def begin(hub: "Hub", name: str, mail: Mail, wire: Wire) -> Path:
    """Put a mail there that is about to be handed over; give its path; raise outbox_failed."""
    return outbox.write(hub, _file(name, mail), bytes(wire.message), FOLDER)


def settle(path: Path) -> None:
    """Take a mail away whose fate is known."""
    with suppress(OSError):
        path.unlink()


def waiting(hub: "Hub") -> Iterator[tuple[Path, Any]]:
    """Give the mails that lie there, each with its file."""
    for path in sorted(folder(hub).glob("*.eml")):
        yield path, _read(path)


def _read(path: Path) -> Any:
    from email import message_from_bytes, policy

    return message_from_bytes(path.read_bytes(), policy=policy.default)


def _file(name: str, mail: Mail) -> str:
    """Give the file of a mail: the same for the same letter to the same people, whatever its words."""
    about = repr((mail.template, mail.customer, mail.document, mail.statement, sorted(mail.addresses), mail.subject))
    return f"{name.removesuffix('.eml')}-{blake2b(about.encode(), digest_size=6).hexdigest()}.eml"
