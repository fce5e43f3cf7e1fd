"""Receipts of the change log: kept off the machine, they find what the file alone cannot tell.

A receipt names the last sealed change set and its seal, which stands for the whole history before it. A history that
was rewritten with every seal made anew, or an older copy of the file, has another seal or none under that number.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations.checks import Finding

if TYPE_CHECKING:
    from hubcli.store import Hub

CODES = "X03,X02,A01,A02,A03,A04,A05,A06"
"""The checks that prove the history to be whole in itself."""
LARGEST = 64 * 1024 * 1024


class Receipt(NamedTuple):
    """What a receipt says: the database, its last sealed change set with its moment (UTC), and when it was written."""

    uuid: str
    change: int
    change_at: str
    seal: str
    made_at: str


def receipt(hub: "Hub") -> Receipt | None:
    """Give the receipt of the history as it stands; None where nothing was ever changed."""
    row = hub.one("checks.seals")
    uuid = hub.one("meta.get", {"key": "uuid"})
    if row is None or uuid is None:
        return None
    return Receipt(uuid["value"], row["id"], row["recorded_at"], row["seal"], hub.day.at)


def read(path: Path) -> list[Receipt]:
    """Give the receipts of a file: one JSON object or many, as `audit receipt` or a backup's manifest has them.

    Raises not_a_receipt, with the line where there are many.
    """
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(LARGEST)
    except (OSError, UnicodeDecodeError) as error:
        raise HubError("not_a_receipt", path=path, why=str(error)) from error
    held: list[tuple[str, Any]]
    try:
        held = [(str(path), json.loads(text))]
    except ValueError:
        held = [(f"{path}, line {at}", _line(line)) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not held:
        raise HubError("not_a_receipt", path=path, why="it is empty")
    return [_receipt(*one) for one in held]


def _line(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def _receipt(where: str, held: Any) -> Receipt:
    """Give the receipt that a JSON object is; the change set may be written 12 or "H12"."""
    known = held if isinstance(held, dict) else {}
    change = str(known.get("change")).removeprefix("H")
    texts = [known.get(name) for name in ("uuid", "change_at", "seal", "made_at")]
    if not (change.isascii() and change.isdecimal() and all(isinstance(text, str) for text in texts)):
        raise HubError("not_a_receipt", path=where, why="it names no database, change set and seal")
    uuid, change_at, seal, made_at = map(str, texts)
    return Receipt(uuid, int(change), change_at, seal, made_at)


def against(hub: "Hub", receipts: list[Receipt]) -> Iterator[Finding]:
    """Compare the history with receipts; give what does not meet, the oldest receipt first."""
    uuid = hub.one("meta.get", {"key": "uuid"})
    seals = {row["id"]: row["seal"] for row in hub.rows("checks.seals")} if receipts else {}
    last = max(seals, default=0)
    for kept in sorted(set(receipts), key=lambda kept: (kept.change, kept.made_at)):
        ref = f"H{kept.change}"
        if uuid is None or kept.uuid != uuid["value"]:
            yield Finding("receipt", ref, f"the receipt of {kept.made_at} is one of another database", "hub db info")
        elif kept.change not in seals:
            what = f"history ends at H{last}, the receipt of {kept.made_at} says {ref}"
            yield Finding("receipt", ref, what, "hub changes list --limit 5")
        elif seals[kept.change] != kept.seal:
            what = f"history up to {ref} is not the one that the receipt of {kept.made_at} was given for"
            yield Finding("receipt", ref, what, f"hub changes show {ref}")
