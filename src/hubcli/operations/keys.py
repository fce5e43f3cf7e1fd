"""Idempotency keys: a request that is sent again with its key is answered again, not done again."""

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from hubcli.errors import HubError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hubcli.store import Hub


class Answer(NamedTuple):
    """What a key was answered with before: the change set and the refs it made."""

    change: int
    answer: str


def fingerprint(request: "Mapping[str, object]") -> str:
    """Give the digest of what is asked, whatever the order of its parts."""
    return blake2b(repr(sorted(request.items())).encode(), digest_size=16).hexdigest()


def once(hub: "Hub", key: str | None, print_: str) -> Answer | None:
    """Give the answer that this key had before; None for a new key or none; raise key_used for another request."""
    row = hub.one("keys.find", {"key": key}) if key else None
    if row is None:
        return None
    if row["fingerprint"] != print_:
        raise HubError("key_used", key=key, change=row["change_id"])
    return Answer(row["change_id"], row["answer"])


def remember(hub: "Hub", key: str | None, print_: str, answer: str) -> None:
    """Keep the answer of a key, inside the change that it is the answer to."""
    if key:
        hub.run("keys.remember", {"key": key, "fingerprint": print_, "answer": answer})
