"""What accounts came to over a period: opening, what moved them, closing; proven against what was owed at both ends."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from hubcli.errors import HubError
from hubcli.operations import aging
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

Cents = dict[int, int]
Moves = dict[int, dict[str, int]]


class Asked(NamedTuple):
    """The period (both days included), the customer it is about if only one, and what had to be known by when."""

    first: str
    last: str
    customer: int | None
    known_at: str | None = None

    @property
    def before(self) -> str:
        """The day before the period."""
        return (dt.date.fromisoformat(self.first) - dt.timedelta(days=1)).isoformat()


class Account(NamedTuple):
    """One customer over a period, in cents; `moves` by part, above zero where the balance rose by it."""

    number: int
    name: str
    opening: int
    moves: Mapping[str, int]
    closing: int


def accounts(hub: "Hub", of: str, asked: Asked) -> list[Account]:
    """Give the accounts that moved or had a balance, by name; raise accounts_apart when one does not add up.

    `of`: receivables (orders and credit lines together), credit (customer credit) or deposits (money on quotes).
    """
    balance, moved = OF[of]
    opening, closing = balance(hub, asked, asked.before), balance(hub, asked, asked.last)
    moves = moved(hub, asked)
    for number in opening.keys() | closing.keys() | moves.keys():
        came_to = opening.get(number, 0) + sum(moves.get(number, {}).values())
        if came_to != closing.get(number, 0):
            raise HubError(
                "accounts_apart", ref=f"C{number}", moves=money.show(came_to), refs=(f"C{number}",),
                closing=money.show(closing.get(number, 0)), day=asked.last,
            )  # fmt: skip
    names = _names(hub, sorted(opening.keys() | closing.keys() | moves.keys()))
    return [
        Account(number, name, opening.get(number, 0), moves.get(number, {}), closing.get(number, 0))
        for number, name in names
    ]


def _names(hub: "Hub", numbers: list[int]) -> list[tuple[int, str]]:
    found = []
    for start in range(0, len(numbers), 20_000):
        found += list(hub.rows("receivables.names", {"ids": numbers[start : start + 20_000]}))
    return [(row["id"], row["name"]) for row in found]


def _params(asked: Asked, **more: object) -> dict[str, object]:
    return {"date_from": asked.first, "date_to": asked.last, "customer": asked.customer, **more}


def _grouped(hub: "Hub", block: str, params: Mapping[str, object], into: Moves | None = None) -> Moves:
    found: Moves = defaultdict(dict) if into is None else into
    for row in hub.rows(block, params):
        parts = found[row["customer_id"]]
        parts[row["part"]] = parts.get(row["part"], 0) + row["cents"]
    return found


# -------------------------------------------------------------------------------------------------------- receivables


def _owed(hub: "Hub", asked: Asked, day: str) -> Cents:
    return aging.by_customer(hub, day, asked.customer, asked.known_at)


def _owed_moves(hub: "Hub", asked: Asked) -> Moves:
    found = _grouped(hub, "receivables.moves", _params(asked))
    canceled = {"customer": asked.customer, "canceled_from": asked.first, "canceled_to": asked.last}
    return _grouped(hub, "receivables.canceled", canceled, found)


# ---------------------------------------------------------------------------------------- customer credit and deposits


def _credit(hub: "Hub", asked: Asked, day: str) -> Cents:
    kept = asked.known_at is None and hub.one("receivables.credit_since", {"day": day}) is None
    return _balances(hub, "receivables.credit", asked, day, "receivables.credit_now" if kept else None)


def _credit_moves(hub: "Hub", asked: Asked) -> Moves:
    return _grouped(hub, "receivables.credit_moves", _params(asked))


def _deposits(hub: "Hub", asked: Asked, day: str) -> Cents:
    kept = asked.known_at is None and hub.one("aging.since", {"day": day}) is None
    return _balances(hub, "receivables.deposits", asked, day, "receivables.deposits_now" if kept else None)


def _deposit_moves(hub: "Hub", asked: Asked) -> Moves:
    return _grouped(hub, "receivables.deposit_moves", _params(asked))


def _balances(hub: "Hub", block: str, asked: Asked, day: str, kept: str | None) -> Cents:
    """Give the balances of a day; where they are those of now, they must come to the kept ones."""
    params = {"day": day, "customer": asked.customer}
    found = {row["customer_id"]: row["cents"] for row in hub.rows(block, params)}
    now = hub.one(kept, params) if kept is not None else None
    if now is not None and now["cents"] != sum(found.values()):
        raise HubError("aging_apart", rows=money.show(sum(found.values())), owed=money.show(now["cents"]))
    return found


OF: dict[str, tuple[Callable[["Hub", Asked, str], Cents], Callable[["Hub", Asked], Moves]]] = {
    "receivables": (_owed, _owed_moves),
    "credit": (_credit, _credit_moves),
    "deposits": (_deposits, _deposit_moves),
}
"""For each kind of account: its balances of a day, and what moved them in a period."""
