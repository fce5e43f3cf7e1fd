"""Archives customers, each unless an active quote or order stands in the way."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from hubcli.errors import HubError
from hubcli.operations.customers import status
from hubcli.operations.customers.editing import head
from hubcli.values import money, text

if TYPE_CHECKING:
    from hubcli.store import Hub


class Blocked(NamedTuple):
    """A customer that cannot be archived: why in words, and the documents in the way."""

    id: int
    name: str
    why: str
    refs: tuple[str, ...]


class Archived(NamedTuple):
    """What archiving came to: numbers archived now, those blocked, and lines about customer credit left behind."""

    done: list[int]
    blocked: list[Blocked]
    warnings: list[str]


def archive_many(hub: "Hub", ids: Sequence[int], *, keep_going: bool = False) -> Archived:
    """Archive customers inside a change; those archived already stay as they are.

    Raises active_documents, wrong_status or some_blocked unless `keep_going`; nothing is archived then.
    """
    result = Archived([], [], [])
    for number in ids:
        row = head(hub, number)
        if row["status"] == "archived":
            continue
        blocked = _blocked(hub, number, row["name"], row["status"])
        if blocked:
            result.blocked.append(blocked)
            continue
        hub.run("customers.archive", {"id": number, "at": hub.day.at, "by": hub.who.actor})
        result.done.append(number)
        if row["credit_cents"]:
            amount = money.show(row["credit_cents"])
            result.warnings.append(f"warning: C{number} {text.visible(row['name'])} has customer credit of {amount}")
    if result.blocked and not keep_going:
        raise _refusal(result.blocked, len(ids))
    return result


def _blocked(hub: "Hub", number: int, name: str, state: str) -> Blocked | None:
    if state != "active":
        return Blocked(number, text.visible(name), f"it is {state}, not active", ())
    documents = status.open_work(hub, number)
    if not documents:
        return None
    refs = tuple(status.ref_of(d) for d in documents)
    return Blocked(number, text.visible(name), status.in_words(documents), refs)


def _refusal(blocked: Sequence[Blocked], total: int) -> HubError:
    first = blocked[0]
    refs = tuple(ref for one in blocked for ref in one.refs)
    if total > 1:
        return HubError("some_blocked", count=len(blocked), total=total, blocked=told(blocked), refs=refs)
    tries = tuple(f"hub {'quotes' if ref[0] == 'Q' else 'orders'} show {ref}" for ref in first.refs[:1])
    tries = tries or (f"hub customers restore C{first.id}",)
    return HubError(
        "active_documents", ref=f"C{first.id}", name=first.name, documents=first.why, refs=refs, tries=tries
    )


def told(blocked: Sequence[Blocked]) -> str:
    """Give the blocked customers in words, the first ten of them."""
    parts = [f"C{one.id} {one.name}: {one.why}" for one in blocked[:10]]
    return "; ".join(parts) + (f"; {len(blocked) - 10} more" if len(blocked) > 10 else "")
