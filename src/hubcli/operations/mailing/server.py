"""The mail server that is configured, and what became of a mail that was handed to it.

The password comes from the environment or from a file, never from the database or the command line.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hubcli.errors import HubError

if TYPE_CHECKING:
    from hubcli.store import Hub

PORTS = {"tls": 465, "starttls": 587, "none": 25}
LOCAL = ("localhost", "127.0.0.1", "::1")
"""Servers on this machine: what goes there is read by nobody on the way."""

SENT, REFUSED, UNSURE, UNTRIED = "sent", "refused", "unsure", "untried"


class Server(NamedTuple):
    """Where mail is handed over: host, port, tls, starttls or none, who logs in, seconds until it must answer."""

    host: str
    port: int
    security: str
    user: str | None
    password: str | None
    timeout: float


class Fate(NamedTuple):
    """What became of a mail: sent, refused, untried, or unsure (handed over whole, then no answer came).

    `missed` are the addresses that the server did not take, with why; of a mail that was sent there may be some.
    """

    state: str
    why: str = ""
    missed: "dict[str, str] | None" = None


def configured(hub: "Hub") -> Server | None:
    """Give the mail server, None where mail goes into the outbox.

    Raises mail_sender without a sender, mail_clear where a password would be sent unencrypted, mail_password.
    """
    where = hub.setting("mail.server")
    if not where:
        return None
    if not hub.setting("mail.from"):
        raise HubError("mail_sender")
    security = hub.setting("mail.security")
    host, port = address(where)
    user = hub.setting("mail.user") or None
    if user and security == "none" and host not in LOCAL:
        raise HubError("mail_clear", host=host)
    timeout = float(hub.setting("mail.timeout"))
    return Server(host, port or PORTS[security], security, user, _password(hub) if user else None, timeout)


def address(where: str) -> tuple[str, int | None]:
    """Give host and port of mail.example.com:587, [::1]:25 or a host alone."""
    if where.startswith("[") or where.count(":") == 1:
        host, _, port = where.rpartition(":") if not where.endswith("]") else (where, "", "")
        return host.strip("[]"), int(port) if port else None
    return where, None


def _password(hub: "Hub") -> str:
    """Give the password: HUB_MAIL_PASSWORD, or the first line of the file that mail.password_file names."""
    given = os.environ.get("HUB_MAIL_PASSWORD")
    if given:
        return given
    named = hub.setting("mail.password_file")
    if not named:
        raise HubError("mail_password", path="HUB_MAIL_PASSWORD", why="it is not set, and mail.password_file is empty")
    path = hub.path.resolve().parent / Path(named).expanduser()
    try:
        first = path.read_text(encoding="utf-8").splitlines()[:1]
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise HubError("mail_password", path=path, why=why or str(error)) from None
    if not first or not first[0].strip():
        raise HubError("mail_password", path=path, why="its first line is empty")
    return first[0]
