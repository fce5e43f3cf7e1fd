"""Finds customers that may be the same one: equal phone, equal e-mail, alike name in one ZIP, equal company name.

SQL gives blocks of candidates by exact keys; only inside a block are names compared, with nicknames and typing slips
allowed for (rapidfuzz). Pairs that were declared different never join again.
"""

import gc
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from itertools import combinations, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from hubcli.values import nicknames

if TYPE_CHECKING:
    from hubcli.store import Hub

REASONS = {"email": 60, "phone": 50, "name": 40, "company": 40, "spelling": 30}
"""What two customers may share, and how much each says: `spelling` is a name alike, not equal, in one ZIP, or a
company's anywhere."""

ALIKE = 84
"""How alike two names must be to be a slip of the keyboard (rapidfuzz's ratio, 0 to 100)."""

CROWD = 40
"""A key that more customers share than this is no sign of one person: a shop's own number, info@…"""

_LEGAL = re.compile(
    r"\b(incorporated|inc|llc|l l c|ltd|limited|llp|lp|plc|corporation|corp|company|co|gmbh|ag|kg|bv|nv|sa|sarl|srl|"
    r"spa|ab|as|oy|pty|the)\b"
)

_TITLES = frozenset({"jr", "sr", "ii", "iii", "iv", "mr", "mrs", "ms", "dr"})
_ENDS = frozenset({*(f" {word}"[-3:] for word in _TITLES), *(f"{word} "[:3] for word in _TITLES)})
"""What a name with a title begins or ends with, besides a few that have none."""
_UMLAUTS = ("ae", "oe", "ue")
SHORTEST = 8
"""Letters: in a shorter name of a company a slip makes another company."""

T = TypeVar("T")
Pair = tuple[int, int]
Names = dict[str, list[tuple[str, int]]]


class Group(NamedTuple):
    """Customers that may be one: their numbers, why each is in it, and how much speaks for it (0 to 100)."""

    members: tuple[int, ...]
    reasons: Mapping[int, tuple[str, ...]]
    score: int


def find(
    hub: "Hub", *, status: Sequence[str], ids: Collection[int] = (), by: Collection[str] = tuple(REASONS)
) -> list[Group]:
    """Give the groups of possible duplicates, the surest first; with `ids` only those with one of these."""
    pairs: dict[Pair, set[str]] = defaultdict(set)
    params = {"status": list(status), "ids": sorted(ids)}
    with _nothing_to_collect():
        for reason, alike in _clusters(hub, params, set(by)):
            if len(alike) <= CROWD:
                for pair in combinations(sorted(alike), 2):
                    pairs[pair].add(reason)
        for row in hub.rows("duplicates.different"):
            pairs.pop((row["first_id"], row["second_id"]), None)
        groups = _joined(pairs)
    wanted = [g for g in groups if not ids or not set(ids).isdisjoint(g.members)]
    return sorted(wanted, key=lambda group: (-group.score, group.members))


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Keep Python from looking, again and again, for cycles among millions of pairs: there are none."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _clusters(hub: "Hub", params: Mapping[str, object], by: set[str]) -> Iterator[tuple[str, Collection[int]]]:
    """Give sets of customers that share something, with what."""
    for reason, block in (("phone", "duplicates.phones"), ("email", "duplicates.emails")):
        if reason in by:
            for (members,) in hub.rows(block, params):
                yield reason, {int(number) for number in members.split(",")}
    if "company" in by:
        companies: dict[str, set[int]] = defaultdict(set)
        for name, number in hub.rows("duplicates.companies", params):
            companies[company_key(name)].add(number)
        yield from (("company", alike) for key, alike in companies.items() if key and len(alike) > 1)
        if "spelling" in by:
            yield from _misspelled(companies)
    if by & {"name", "spelling"}:
        for reason, people in _named(hub.rows("duplicates.names", params)):
            if reason in by:
                yield reason, people


def company_key(name: str) -> str:
    """Give a folded company name without legal form and punctuation: "the acme co., inc." is "acme"."""
    plain = re.sub(r"[^\w]+", " ", name.replace("&", " and "))
    return " ".join(_LEGAL.sub(" ", plain).split())


def _misspelled(companies: Mapping[str, set[int]]) -> Iterator[tuple[str, Collection[int]]]:
    """Give the companies whose names begin alike and differ by a slip of the keyboard."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for key in companies:
        if len(key) >= SHORTEST:
            blocks[key[:4]].append(key)
    for block in blocks.values():
        if 1 < len(block) <= CROWD:
            pairs = ((one, other) for one, other in combinations(block, 2) if _close(one, other))
            yield from (("spelling", companies[one] | companies[other]) for one, other in pairs)


def person_key(name: str) -> str:
    """Give a folded name of a person without punctuation, titles and "jr": "dr. kate o'brien jr." is "kate obrien"."""
    if name.replace(" ", "").isalpha() and name[:3] not in _ENDS and name[-3:] not in _ENDS:
        return name
    words = re.sub(r"[^\w\s]+", " ", name.replace("'", "").replace("\u2019", "")).split()
    return " ".join(word for word in words if word not in _TITLES) or name


def _surname_key(name: str) -> str:
    """Give a last name with umlauts as their plain letter, however they were written: "mueller" is "muller"."""
    for umlaut in _UMLAUTS:
        if umlaut in name:
            name = name.replace(umlaut, umlaut[0])
    return name


def _named(rows: Iterable[Any]) -> Iterator[tuple[str, Collection[int]]]:
    """Give the people of one ZIP whose names are equal or alike, ZIP after ZIP."""
    for _, people in groupby(rows, key=itemgetter(0)):
        surnames: Names = defaultdict(list)
        streets: Names = defaultdict(list)
        long = set()
        for _, written, street, number in people:
            name = person_key(written)
            first, _, last = name.rpartition(" ")
            surnames[_surname_key(last)].append((first, number))
            if street:
                streets[street].append((name, number))
            if " " in first:
                long.add(name.replace(" ", ""))
        for family in _several(surnames):
            yield from _alike(family, _same_first)
        for house in _several(streets):
            yield from ((r, m) for r, m in _alike(house, _same_spelling) if r == "spelling")
        yield from (("spelling", pair) for pair in _turned(surnames))
        if long:
            yield from (("spelling", alike) for alike in _apart(surnames, long))


def _turned(surnames: Names) -> Iterator[set[int]]:
    """Give pairs whose first and last name stand the other way round."""
    for last, family in surnames.items():
        for first, number in family:
            if first < last and first in surnames:
                yield from ({number, other} for name, other in surnames[first] if name == last)


def _apart(surnames: Names, long: Collection[str]) -> Iterator[set[int]]:
    """Give those whose names are the same but for blanks, one of them of three words or more."""
    found: dict[str, set[int]] = defaultdict(set)
    for last, family in surnames.items():
        for first, number in family:
            together = first.replace(" ", "") + last
            if together in long:
                found[together].add(number)
    yield from (alike for alike in found.values() if len(alike) > 1)


def _several(blocks: Mapping[str, list[T]]) -> Iterator[list[T]]:
    return (members for members in blocks.values() if len(members) > 1)


def _alike(people: Sequence[tuple[str, int]], same: Any) -> Iterator[tuple[str, Collection[int]]]:
    """Give those of some people who have one name, and those whose names may be the same."""
    names: dict[str, set[int]] = defaultdict(set)
    for name, number in people:
        names[name].add(number)
    yield from (("name", members) for members in names.values() if len(members) > 1)
    if 1 < len(names) <= CROWD:
        yield from (
            ("spelling", names[one] | names[other]) for one, other in combinations(names, 2) if same(one, other)
        )


@lru_cache(1 << 16)
def _same_first(one: str, other: str) -> bool:
    """Tell whether two first names before one last name may be the same person's."""
    if nicknames.alike(one.partition(" ")[0], other.partition(" ")[0]):
        return True
    return min(len(one), len(other)) > 3 and _close(one, other)


def _same_spelling(one: str, other: str) -> bool:
    """Tell whether two whole names in one house differ by a slip of the keyboard, or by a further name, only."""
    few, many = sorted(({*one.split()}, {*other.split()}), key=len)
    return _close(one, other) or (len(few) > 1 and few < many)


def _close(one: str, other: str) -> bool:
    return _ratio()(one, other, score_cutoff=ALIKE) > 0


@cache
def _ratio() -> Callable[..., float]:
    from rapidfuzz import fuzz

    return fuzz.ratio


def _joined(pairs: Mapping[Pair, set[str]]) -> list[Group]:
    """Join pairs that have a customer in common to groups."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while parent.setdefault(number, number) != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in pairs:
        parent[root(one)] = root(other)
    found: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    best: dict[int, int] = defaultdict(int)
    for (one, other), reasons in pairs.items():
        group = root(one)
        for number in (one, other):
            found[group][number] |= reasons
        best[group] = max(best[group], min(100, sum(REASONS[reason] for reason in reasons)))
    return [
        Group(tuple(sorted(members)), {n: tuple(r for r in REASONS if r in why) for n, why in members.items()}, best[g])
        for g, members in found.items()
    ]


def survivor(rows: Sequence[Any]) -> int:
    """Give which of several customers takes the others over: active before put away, then with orders, then older."""
    return int(min(rows, key=lambda row: (row["status"] != "active", row["orders"] == 0, row["id"]))["id"])


def dismiss(hub: "Hub", numbers: Sequence[int]) -> int:
    """Declare customers different from one another, inside a change; give how many pairs that are."""
    pairs = list(combinations(sorted(set(numbers)), 2))
    for first, second in pairs:
        hub.run(
            "duplicates.declare",
            {"first": first, "second": second, "today": hub.day.today, "actor": hub.who.actor},
        )
    return len(pairs)


def admit(hub: "Hub", numbers: Sequence[int]) -> None:
    """Take back that customers are different, inside a change."""
    for first, second in combinations(sorted(set(numbers)), 2):
        hub.run("duplicates.undeclare", {"first": first, "second": second})
