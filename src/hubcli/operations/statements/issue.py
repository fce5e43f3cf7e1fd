"""Issues statements: one change set for all of them, each kept as it is issued."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from hubcli.errors import HubError
from hubcli.operations.statements import content, gather
from hubcli.operations.statements.gather import Party, Period

if TYPE_CHECKING:
    from hubcli.store import Hub

JOB = "statements generate"
"""The name under which a second run is kept out."""
KINDS = ("open-item", gather.FORWARD)


class Wanted(NamedTuple):
    """What to issue: for which period, for whom (None: everyone who gets one), and what to do about earlier ones.

    Who is among `customers` must get one; `within` only leaves out who is not in it.
    """

    period: Period
    customers: Sequence[int] | None
    only_outstanding: bool
    reissue: bool
    within: frozenset[int] | None = None


class Issued(NamedTuple):
    """One statement that was issued; sums in cents."""

    number: int
    customer: int
    name: str
    balance: int
    not_yet_due: int
    total_owed: int
    replaces: int | None


class Batch(NamedTuple):
    """What a run issued, and how many had theirs already."""

    issued: list[Issued]
    had: int


def check_enabled(hub: "Hub") -> None:
    """Raise statements_off while the shop makes no statements."""
    if hub.setting("statements.enabled") != "on":
        raise HubError("statements_off")


def issue(hub: "Hub", wanted: Wanted) -> Batch:
    """Issue statements, inside a change.

    Raises statement_exists for a customer who was named and has one of this period, unless it is issued anew;
    nothing_to_state for one who neither owes nor had an invoice or a payment; what gather.parties raises.
    """
    period, chosen = wanted.period, content.rules(hub)
    standing = {row["customer_id"]: row["id"] for row in hub.rows("statements.standing", _key(period))}
    if wanted.customers is not None and not wanted.reissue:
        _check_free(hub, wanted.customers, standing)
    found: list[Issued] = []
    last = hub.one("statements.last_number")
    number = last["number"] if last else 0
    had = 0
    parties = gather.parties(hub, period, wanted.customers)
    if wanted.within is not None:
        parties = (party for party in parties if party.id in wanted.within)
    for chunk in gather.chunks(parties):
        fresh = [party for party in chunk if wanted.reissue or party.id not in standing]
        had += len(chunk) - len(fresh)
        fresh = [party for party in fresh if party.owed > 0 or not wanted.only_outstanding]
        made = _make(hub, fresh, period, chosen, number + 1)
        _write(hub, period, made, standing)
        found.extend(_told(party, at, one, standing) for party, at, one in made)
        number += len(made)
    _check_all(hub, wanted, found)
    return Batch(found, had)


def _key(period: Period) -> dict[str, object]:
    return {"from_on": period.first, "day": period.last, "kind": period.kind}


def _check_free(hub: "Hub", asked: Sequence[int], standing: dict[int, int]) -> None:
    for number in asked:
        if number in standing:
            row, ref = hub.one("statements.one", {"id": standing[number]}), f"S{standing[number]}"
            day = row["issued_on"] if row else ""
            raise HubError("statement_exists", ref=f"C{number}", statement=ref, day=day, refs=(ref,))


def _check_all(hub: "Hub", wanted: Wanted, found: Sequence[Issued]) -> None:
    """Raise nothing_to_state for a customer who was named and gets none."""
    done = {one.customer for one in found}
    for number in wanted.customers or ():
        if number not in done:
            from hubcli.operations.customers.editing import head
            from hubcli.values import text

            name, period = text.visible(head(hub, number)["name"]), wanted.period
            why = "owes nothing" if wanted.only_outstanding else "owes nothing and had no invoice or payment"
            raise HubError("nothing_to_state", ref=f"C{number}", name=name, why=why, first=period.first,
                           last=period.last, refs=(f"C{number}",))  # fmt: skip


Made = tuple[Party, int, content.Made]


def _make(hub: "Hub", parties: Sequence[Party], period: Period, chosen: content.Rules, first: int) -> list[Made]:
    ids = [party.id for party in parties]
    people = gather.people(hub, ids, period.last) if ids else {}
    return [
        (party, number, content.make(party, period, chosen, number, people[party.id]))
        for number, party in enumerate(parties, first)
    ]


def _write(hub: "Hub", period: Period, made: Sequence[Made], standing: dict[int, int]) -> None:
    replaced = [(number, standing[party.id]) for party, number, _ in made if party.id in standing]
    if replaced:
        hub.execute("PRAGMA defer_foreign_keys = ON")  # the new one takes the place of the old one first
        hub.run_many("statements.replace", replaced)
    rows = []
    for party, number, one in made:
        kept, digest = content.packed(one.content)
        rows.append((number, party.id, period.kind, period.first, period.last, one.content["issued_on"], one.balance,
                     one.not_yet_due, party.owed, kept, digest, hub.day.at))  # fmt: skip
    hub.run_many("statements.add", rows)
    listed = [(number, document) for _, number, one in made for document in one.documents]
    hub.run_many("statements.add_document", listed)
    hub.run_many("statements.start_days", [(due, document) for _, _, one in made for document, due in one.starts])


def _told(party: Party, number: int, one: content.Made, standing: dict[int, int]) -> Issued:
    return Issued(number, party.id, party.name, one.balance, one.not_yet_due, party.owed, standing.get(party.id))
