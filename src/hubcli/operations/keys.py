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
    """Give the answer that this key had before; None for a new key or none.

    Raises key_used for another request, key_taken_back where what it made was taken back.
    """
    row = hub.one("keys.find", {"key": key}) if key else None
    if row is None:
        return None
    if row["fingerprint"] != print_:
        raise HubError("key_used", key=key, change=row["change_id"])
    by = _taken_back(hub, row["change_id"])
    if by is not None:
        raise HubError("key_taken_back", key=key, change=row["change_id"], by=by)
    return Answer(row["change_id"], row["answer"])


def _taken_back(hub: "Hub", change: int) -> int | None:
    """Give the undo that a change set was taken back by and that still stands."""
    undos = (row["id"] for row in hub.rows("changes.undos", {"change": change}))
    return next((by for by in undos if _taken_back(hub, by) is None), None)


def remember(hub: "Hub", key: str | None, print_: str, answer: str) -> None:
    """Keep the answer of a key, inside the change that it is the answer to."""
    if key:
        hub.run("keys.remember", {"key": key, "fingerprint": print_, "answer": answer})
