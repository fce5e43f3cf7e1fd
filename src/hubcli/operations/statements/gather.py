"""Gathers what statements are made of: who gets one, and what they owe at the end of the period, tied to aging."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations import aging
from hubcli.values import money, text

if TYPE_CHECKING:
    from hubcli.store import Hub

CHUNK = 500
ONE_BY_ONE = 20
"""Up to so many customers are tied to aging one by one; more of them all at once."""


class Period(NamedTuple):
    """First and last day, both in it, and which kind of statement."""

    first: str
    last: str
    kind: str


class Party(NamedTuple):
    """Who a statement is for, with the rows that it is made of; `owed` is in cents."""

    id: int
    name: str
    items: Sequence[Any]
    late: Sequence[Any]
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
    items, late = _by_party(hub.rows("statements.items", params)), _by_party(hub.rows("statements.late", params))
    holders = list(hub.rows("statements.holders", {"day": period.last, "parties": wanted}))
    for holder in holders:
        number = holder["id"]
        rows = items.upto(number)
        owed = sum(row["owed"] for row in rows)
        if owed != tied.get(number, 0):
            raise HubError("statement_apart", ref=f"C{number}", name=text.visible(holder["name"]),
                           total=money.show(owed), aging=money.show(tied.get(number, 0)))  # fmt: skip
        paid_late = late.upto(number)
        if owed > 0 or number in busy:
            yield Party(number, holder["name"], rows, paid_late, owed)


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


class _by_party:  # noqa: N801  # used as a function
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
