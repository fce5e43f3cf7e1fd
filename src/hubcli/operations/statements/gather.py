"""Gathers what statements are made of: who gets one, and what they owe at the end of the period, tied to aging."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations import aging
from hubcli.values import money, text

if TYPE_CHECKING:
    from hubcli.store import Hub

FORWARD = "balance-forward"
"""The kind that tells every movement between an opening and a closing balance."""
CHUNK = 500
ONE_BY_ONE = 20
"""Up to so many customers are tied to aging one by one; more of them all at once."""


class Period(NamedTuple):
    """First and last day, both in it, and which kind of statement."""

    first: str
    last: str
    kind: str


class Party(NamedTuple):
    """Who a statement is for, with the rows that it is made of, in cents; no opening balance in an open-item one."""

    id: int
    name: str
    items: Sequence[Any]
    late: Sequence[Any]
    moves: Sequence[Any]
    opening: int | None
    owed: int


def customers(hub: "Hub", wanted: Iterable[int], day: str) -> list[int]:
    """Give the customers who may get a statement; raise not_a_holder, statement_of_company for another one."""
    asked = sorted(set(wanted))
    holders = {row["id"] for row in hub.rows("statements.holders", {"day": day, "parties": asked})}
    for number in asked:
        if number not in holders:
            raise _no_holder(hub, number)
    return asked


def _no_holder(hub: "Hub", number: int) -> HubError:
    from hubcli.operations.customers.editing import head

    name, company = text.visible(head(hub, number)["name"]), hub.one("statements.company_of", {"customer": number})
    if company is not None:
        of = f"C{company['id']} {text.visible(company['name'])}"
        return HubError("statement_of_company", ref=f"C{number}", name=name, company=of, number=f"C{company['id']}",
                        refs=(f"C{company['id']}",))  # fmt: skip
    return HubError("not_a_holder", ref=f"C{number}", name=name, refs=(f"C{number}",))


def parties(hub: "Hub", period: Period, wanted: Sequence[int] | None) -> Iterator[Party]:
    """Give everyone who gets a statement, by number: account holders who owe, or with an invoice or payment in it.

    `wanted` limits them. Raises statement_apart, aging_apart when what they owe is not what aging says.
    """
    links = {row["customer"]: row["company"] for row in hub.rows("statements.links", {"parties": wanted})}
    members = None if wanted is None else [*wanted, *links]
    tied = _tied(hub, period.last, members, links)
    params = aging.parameters(period.last, "all", None) | {"members": members, "from_on": period.first}
    busy = {links.get(row["customer_id"], row["customer_id"]) for row in hub.rows("statements.busy", params)}
    items, late = _ByParty(hub.rows("statements.items", params)), _ByParty(hub.rows("statements.late", params))
    forward = period.kind == FORWARD
    moves = _ByParty(hub.rows("statements.moves", params) if forward else ())
    before = _tied(hub, _day_before(period.first), members, links) if forward else {}
    for holder in list(hub.rows("statements.holders", {"day": period.last, "parties": wanted})):
        number = holder["id"]
        opening = before.get(number, 0) if forward else None
        party = Party(number, holder["name"], items.upto(number), late.upto(number), moves.upto(number), opening,
                      tied.get(number, 0))  # fmt: skip
        _check(party)
        if party.owed > 0 or number in busy:
            yield party


def _check(party: Party) -> None:
    """Raise statement_apart unless the items, and the movements since the opening balance, come to what aging says."""
    sums = [sum(item["owed"] for item in party.items)]
    if party.opening is not None:
        sums.append(party.opening + sum(move["cents"] for move in party.moves))
    for total in sums:
        if total != party.owed:
            raise HubError("statement_apart", ref=f"C{party.id}", name=text.visible(party.name),
                           total=money.show(total), aging=money.show(party.owed))  # fmt: skip


def _day_before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat()


def items(hub: "Hub", day: str, companies: Sequence[int]) -> list[Any]:
    """Give what parties owe on a day, item by item, that of linked contacts with their company's."""
    linked = [row["customer"] for row in hub.rows("statements.links", {"parties": companies})]
    params = aging.parameters(day, "all", None) | {"members": [*companies, *linked]}
    return list(hub.rows("statements.items", params))


def _tied(hub: "Hub", day: str, members: Sequence[int] | None, links: Mapping[int, int]) -> dict[int, int]:
    """Give what aging says that each party owes, those of linked contacts added to their company's."""
    if members is not None and len(members) <= ONE_BY_ONE:
        found = [pair for number in members for pair in aging.by_customer(hub, day, number).items()]
    else:
        found = list(aging.by_customer(hub, day, None).items())
    sums: dict[int, int] = {}
    for number, owed in found:
        party = links.get(number, number)
        sums[party] = sums.get(party, 0) + owed
    return sums


class _ByParty:
    """Rows that come by party, in the order of their numbers, handed out party by party."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self._groups = groupby(rows, itemgetter("party"))
        self._next: tuple[int, list[Any]] | None = None
        self._step()

    def _step(self) -> None:
        found = next(self._groups, None)
        self._next = None if found is None else (found[0], list(found[1]))

    def upto(self, party: int) -> list[Any]:
        """Give the rows of a party; those of the parties before it are left out."""
        while self._next is not None and self._next[0] < party:
            self._step()
        if self._next is None or self._next[0] != party:
            return []
        rows = self._next[1]
        self._step()
        return rows


def chunks(found: Iterable[Party]) -> Iterator[list[Party]]:
    """Give parties some hundreds at a time, so that names and addresses are looked up together."""
    source = iter(found)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def people(hub: "Hub", ids: Sequence[int], day: str) -> dict[int, Any]:
    """Give names, billing addresses and customer credit on a day, by customer."""
    return {row["id"]: row for row in hub.rows("statements.people", {"ids": list(ids), "day": day})}


def emails(hub: "Hub", ids: Sequence[int]) -> dict[int, list[str]]:
    """Give where the bills of customers are mailed to: the addresses of the first source that has any."""
    found: dict[int, tuple[int, list[str]]] = {}
    for row in hub.rows("statements.emails", {"ids": list(ids)}):
        if row["email"]:
            rank, listed = found.setdefault(row["party"], (row["rank"], []))
            if rank == row["rank"] and row["email"] not in listed:
                listed.append(row["email"])
    return {party: listed for party, (_, listed) in found.items()}
