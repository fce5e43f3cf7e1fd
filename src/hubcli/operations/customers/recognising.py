"""Recognises erased people in files, where the shop chose to: salted hashes of how they were reached are kept.

Phones are few enough to be guessed one after the other by whoever has the file and much time: that is why it is off
unless privacy.recognise_erased is on.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hubcli.operations.imports.report import Report
    from hubcli.store import Hub

SETTING = "privacy.recognise_erased"


def hashes(hub: "Hub", numbers: Sequence[int]) -> str | None:
    """Give the salt and the hashes of the e-mail addresses and phones of some customers; None where it is off."""
    if hub.setting(SETTING) != "on":
        return None
    keys = {row["key"] for row in hub.rows("erasing.reached_by", {"ids": list(numbers)})}
    if not keys:
        return None
    salt = next(iter(_known(hub)), None) or _salt()
    return " ".join([salt, *sorted(_hashed(salt, keys))])


def skip(hub: "Hub", report: "Report") -> None:
    """Take the staged rows of erased people out, and tell of them."""
    if hub.setting(SETTING) != "on":
        return
    known = _known(hub)
    from hubcli.importing.typed import Flaw
    from hubcli.operations.imports.own import out

    for row in list(hub.rows("imports.reached_by")) if known else ():
        keys = [key for key in tuple(row)[1:] if key]
        if any(gone.intersection(_hashed(salt, keys)) for salt, gone in known.items()):
            out(hub, row["line"])
            report.warn(row["line"], Flaw("left out: was erased here, and privacy.recognise_erased is on"))


def _known(hub: "Hub") -> dict[str, set[str]]:
    """Give the hashes of everyone who was erased, by their salt."""
    found: dict[str, set[str]] = {}
    for row in hub.rows("erasing.hashes"):
        salt, *of = row["hashes"].split()
        found.setdefault(salt, set()).update(of)
    return found


def _salt() -> str:
    import os

    return os.urandom(16).hex()


def _hashed(salt: str, keys: Iterable[str]) -> list[str]:
    from hashlib import blake2b

    return [blake2b(key.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest() for key in keys]
