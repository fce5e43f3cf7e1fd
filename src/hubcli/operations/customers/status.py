"""Moves customers between their states: deleted, spam, restored, on hold; archiving is in operations/archive.py."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hubcli.counts import Count
from hubcli.errors import HubError
from hubcli.operations.customers import contacts
from hubcli.operations.customers.editing import head, touched

if TYPE_CHECKING:
    from hubcli.store import Hub

CHUNK = 500


def refuse_purged(row: Any) -> None:
    """Raise wrong_status for a purged customer: nothing brings one back."""
    if row["status"] == "purged":
        raise HubError("wrong_status", ref=f"C{row['id']}", name=row["name"], status="purged", wanted="there any more")


def put(hub: "Hub", numbers: Sequence[int], status: str, only_from: Sequence[str] = ()) -> None:
    """Give customers a status; `only_from` names the states it is possible from, other than itself."""
    for number in numbers:
        row = head(hub, number)
        refuse_purged(row)
        if only_from and row["status"] not in {*only_from, status}:
            wanted = " or ".join(only_from)
            raise HubError("wrong_status", ref=f"C{number}", name=row["name"], status=row["status"], wanted=wanted)
        if status in {"deleted", "spam"}:
            contacts.keeps_company(hub, number)
        if row["status"] != status:
            hub.update("customers", number, {"status": status, "archived_at": None, "archived_by": None})


def restore(hub: "Hub", numbers: Sequence[int]) -> None:
    """Make archived, deleted and spam customers active again; active ones stay as they are."""
    for number in numbers:
        refuse_purged(head(hub, number))
        hub.run("customers.restore", {"id": number, "today": hub.day.today})


def hold(hub: "Hub", numbers: Sequence[int], *, on: bool) -> None:
    """Keep customers from buying, or let them again."""
    for number in numbers:
        row = head(hub, number)
        refuse_purged(row)
        if row["on_hold"] != int(on):
            hub.update("customers", number, {"on_hold": int(on)})
            if len(numbers) == 1:
                touched(hub, number)


def assign(hub: "Hub", numbers: Sequence[int], manager: int | None, *, touch: bool) -> list[int]:
    """Give customers an account manager, or none; give the numbers of those that had another."""
    changed: list[int] = []
    for at in range(0, len(numbers), CHUNK):
        some = {"ids": list(numbers[at : at + CHUNK]), "manager": manager}
        changed += [row["id"] for row in hub.rows("customers.managed_otherwise", some)]
    hub.run_many("customers.assign", [{"id": number, "manager": manager} for number in changed])
    for number in changed if touch else ():
        touched(hub, number)
    return changed


def open_work(hub: "Hub", number: int) -> list[Any]:
    """Give the active quotes and orders of a customer."""
    return list(hub.rows("customers.blockers", {"id": number, "today": hub.day.today}))


def ref_of(document: Any) -> str:
    """Give Q7 or O7 for a row with id and kind."""
    return f"{'Q' if document['kind'] == 'quote' else 'O'}{document['id']}"


def in_words(documents: Sequence[Any]) -> str:
    """Give documents in words: 1 active quote (Q2041), 2 active orders (O3310, O3311)."""
    parts = []
    for kind in ("quote", "order"):
        refs = [ref_of(d) for d in documents if d["kind"] == kind]
        if refs:
            listed = ", ".join(refs[:10]) + (", …" if len(refs) > 10 else "")
            parts.append(f"{Count(len(refs)):active {kind}} ({listed})")
    return ", ".join(parts)
