"""A real SMTP server on loopback for tests: takes mail, or refuses it as told."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from conftest import InProcess


class PostOffice:
    """The handler: keeps what it takes; refuses addresses that begin with `refuse`.

    Once it has `hangs_up` mails it takes the next one too, and then, instead of an answer, the line goes dead.
    """

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.envelopes: list[Any] = []
        self.refuse = "nobody@"
        self.after = 10**6
        self.hangs_up = 10**6
        self.answer = "250 taken"
        self.waits = 0.0

    async def handle_RCPT(  # noqa: N802  # the server's name for it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.startswith(self.refuse) or len(self.mails) >= self.after:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if not self.answer.startswith("250"):
            return self.answer
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.envelopes.append(envelope)
        await asyncio.sleep(self.waits)
        if len(self.mails) > self.hangs_up:
            server.transport.abort()
        return self.answer


@contextmanager
def running(**how: Any) -> Iterator[tuple[PostOffice, str]]:
    """Give the office and where it is, such as 127.0.0.1:45123."""
    office = PostOffice()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port, **how)
    controller.start()
    try:
        yield office, f"127.0.0.1:{port}"
    finally:
        controller.stop()


@contextmanager
def serving(shop: "InProcess", **how: Any) -> Iterator[PostOffice]:
    """Give an office that is the mail server of a shop."""
    with running(**how) as (office, where):
        shop("settings", "set", "mail.server", where)
        shop("settings", "set", "mail.security", "none")
        yield office
