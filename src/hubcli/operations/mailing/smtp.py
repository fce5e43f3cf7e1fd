"""Hands mails to the server over SMTP, all in one connection, and knows of each what became of it."""

import os
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from hubcli.errors import HubError
from hubcli.operations.mailing.server import REFUSED, SENT, UNSURE, UNTRIED, Fate, Server
from hubcli.operations.mailing.wire import Wire

DOT = b"\r\n.\r\n"
"""The end of a mail: once the server has it, the mail is its own."""


class _Watched(smtplib.SMTP):
    """A connection that knows whether a whole mail went over it whose answer has not come."""

    handed = False

    def send(self, s: Any) -> None:
        super().send(s)
        self.handed = isinstance(s, bytes) and s.endswith(DOT)


class _WatchedTls(_Watched, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


def hand_over(
    where: Server, wires: Sequence[Wire], begin: Callable[[int], None]
) -> tuple[list[Fate], BaseException | None]:
    """Give mails to the server; give what became of each, and what stopped it (an interruption), if anything did.

    `begin` is called before each with its place. A mail that the server refuses does not stop the next; a connection
    that is gone does. Raises mail_unreachable, mail_login, mail_refused while nothing has been handed over.
    """
    smtp = connected(where)
    fates: list[Fate] = []
    stop = None
    try:
        for at, wire in enumerate(wires):
            smtp.handed = False
            begin(at)
            fates.append(_one(smtp, wire))
            if smtp.sock is None:
                break
    except BaseException as error:  # noqa: BLE001  # an interruption: what was sent before is known and told
        fates.append(Fate(UNSURE if smtp.handed else UNTRIED, "stopped"))
        stop = error
    finally:
        with suppress(smtplib.SMTPException, OSError):
            if stop is None and smtp.sock is not None:
                smtp.quit()
        smtp.close()
    left = fates[-1].why if fates else ""
    return fates + [Fate(UNTRIED, left)] * (len(wires) - len(fates)), stop


def connected(where: Server) -> _Watched:
    """Open a connection, encrypted and logged in as configured; raise mail_unreachable, mail_login, mail_refused."""
    secure = ssl.create_default_context(cafile=os.environ.get("HUB_MAIL_CA") or None)
    how: dict[str, Any] = {"timeout": where.timeout, "local_hostname": _own_name()}
    kind: Any = _Watched
    if where.security == "tls":
        kind, how["context"] = _WatchedTls, secure
    smtp: _Watched | None = None
    try:
        smtp = kind(where.host, where.port, **how)
        if where.security == "starttls":
            smtp.starttls(context=secure)
        if where.user:
            smtp.login(where.user, where.password or "")
        smtp.ehlo_or_helo_if_needed()
    except BaseException as error:  # noqa: BLE001  # the connection is closed whatever went wrong
        if smtp is not None:
            smtp.close()
        raise _refusal(where, error) from None
    return smtp


def _refusal(where: Server, error: BaseException) -> BaseException:
    """Give the error for what went wrong before any mail was handed over."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return HubError("mail_login", host=where.host, user=where.user, why=_told(error))
    if isinstance(error, UnicodeError):
        return HubError("mail_login", host=where.host, user=where.user, why="the password holds other than ASCII")
    if isinstance(error, smtplib.SMTPException) and not isinstance(error, smtplib.SMTPServerDisconnected):
        return HubError("mail_refused", host=where.host, why=_told(error))
    if isinstance(error, OSError):
        return HubError("mail_unreachable", host=where.host, port=where.port, why=_network(error))
    return error


def _own_name() -> str:
    """Give how this machine introduces itself, without asking the network for its name."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"


def _one(smtp: _Watched, wire: Wire) -> Fate:
    """Hand over one mail; give what became of it."""
    try:
        missed = smtp.send_message(wire.message, wire.sender, list(wire.to))
    except smtplib.SMTPRecipientsRefused as error:
        told = _each(wire, error.recipients)
        return Fate(REFUSED, "; ".join(f"{who}: {why}" for who, why in told.items()), told)
    except smtplib.SMTPServerDisconnected as error:
        return Fate(UNSURE if smtp.handed else UNTRIED, _network(error))
    except smtplib.SMTPNotSupportedError:
        return Fate(REFUSED, "it takes no addresses with other letters than English ones (SMTPUTF8)")
    except smtplib.SMTPResponseException as error:
        answered = 400 <= error.smtp_code < 600 and not (smtp.handed and error.smtp_code == 500 and smtp.sock is None)
        return Fate(REFUSED if answered or not smtp.handed else UNSURE, _told(error))
    except smtplib.SMTPException as error:
        return Fate(REFUSED, _told(error))
    return Fate(SENT, missed=_each(wire, missed))


def _each(wire: Wire, missed: dict[str, tuple[int, bytes]]) -> dict[str, str]:
    """Give what the server said of each address it did not take, by the address as it was typed."""
    return {wire.to.get(who, who): _line(said.decode(errors="replace")) for who, (_, said) in missed.items()}


def _told(error: Any) -> str:
    """Give what the server said, in one line, without any password."""
    said = getattr(error, "smtp_error", None)
    return _line(said.decode(errors="replace") if isinstance(said, bytes) else str(said or error))


def _line(said: str) -> str:
    from hubcli.values.text import visible

    return visible(" ".join(said.split()))[:300]


def _network(error: OSError) -> str:
    """Give in words why nothing comes over the connection any more."""
    words = error.strerror or str(error)
    if "timed out" in words:
        return "it did not answer in time (mail.timeout)"
    return words.removeprefix("Connection unexpectedly closed: ") or type(error).__name__
