"""Finds whom each staged row is about: set-based where that settles it, row by row where names have to be compared."""

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from hubcli.importing.batches import unpack
from hubcli.importing.shelf import Shelf
from hubcli.importing.typed import Flaw
from hubcli.operations.imports.report import Report
from hubcli.operations.imports.staging import EMAILS, KNOWN, put
from hubcli.queries import find
from hubcli.values import nicknames, text

if TYPE_CHECKING:
    from hubcli.store import Hub

TAKEN, BY_ID, BY_NUMBER, BY_EMAIL, BY_PHONE, BY_NAME = range(6)
_HOW = {BY_EMAIL: "e-mail", BY_PHONE: "phone", BY_NAME: "name and ZIP"}
Verdict = tuple[str, int, str | None, str | None]
"""hit, conflict or maybe; the customer; why not, and who stands in the way."""

_WORKED = (
    "owners", "candidates", "verdicts", "born", "managers", "changed", "known", "staged_emails", "staged_phones",
    "digested",
)  # fmt: skip
_CONTACTS = ("owners_by_email", "owners_by_phone", "forget_crowds", "hits_by_email", "hits_by_phone", "hits_by_name")
_AT_ONCE = 5_000


def run(hub: "Hub", shelf: Shelf, *, create_maybe: bool, by_number: bool = False) -> None:
    """Fill the table of verdicts from the staged rows; rows without a verdict are new.

    `create_maybe` takes possible duplicates for new customers; `by_number` a number for that of this hub's customer,
    whatever name stands beside it.
    """
    for table in _WORKED:
        hub.stage(f"DELETE FROM {table}")  # a name from the list above
    _stage(hub, "index_ids", "index_candidates", "index_owners", "twins_by_number")
    anyone = hub.one("imports.anyone") is not None
    if anyone:
        numbers = "hits_by_own_number" if by_number else "hits_by_number"
        _stage(hub, "index_emails", "hits_by_id", numbers, "sure_hits")
    undeclared = hub.one("imports.undeclared")
    twins = not create_maybe and undeclared is not None and undeclared["n"]
    if anyone or twins:
        _stage(hub, "spread_phones", "index_phones")
    if twins:
        _stage(hub, "twins_by_contact")
    if anyone:
        _stage(hub, *_CONTACTS)
        _unpack(hub, shelf)
        _judge(hub, create_maybe=create_maybe)
    _stage(hub, "nameless")


def _stage(hub: "Hub", *names: str) -> None:
    for name in names:
        hub.stage(find(f"imports.{name}"))


def _unpack(hub: "Hub", shelf: Shelf) -> None:
    """Lay out the rows that somebody who is there comes into question for."""
    after = 0
    while rows := list(hub.rows("imports.shelved", {"after": after, "most": _AT_ONCE})):
        found = [unpack(shelf.get(row["shelved"])) for row in rows]
        put(hub, KNOWN, [values for values, _, _ in found])
        put(hub, EMAILS, [(values[0], *pair) for values, emails, _ in found for pair in emails])
        after = rows[-1]["line"]


def _judge(hub: "Hub", *, create_maybe: bool) -> None:
    """Settle the rows that are not settled yet, one by one; then of several about one customer all but the first."""
    doubtful = groupby(list(hub.rows("imports.doubtful")), key=lambda row: int(row["line"]))
    verdicts = [(line, *decide(list(found))) for line, found in doubtful]
    if create_maybe:
        verdicts = [verdict for verdict in verdicts if verdict[1] != "maybe"]
    put(hub, find("imports.judge"), verdicts)
    hub.stage(find("imports.hit_twice"))


def decide(found: list[Any]) -> Verdict:
    """Decide about one row from its candidates, the surest first."""
    how = found[0]["how"]
    if how in {TAKEN, BY_ID, BY_NUMBER}:
        return _by_number(found)
    rows = [row for row in found if row["how"] == how]
    fitting = [row for row in rows if _FITS[how](row)]
    if len(fitting) > 1:
        fitting = [row for row in fitting if row["named"]] or fitting
    if len(fitting) == 1 or (fitting and how == BY_NAME):
        return "hit", fitting[0]["id"], None, None
    if fitting:
        return "conflict", fitting[0]["id"], f"its {_HOW[how]} fits several", _listed(fitting)
    return "maybe", rows[0]["id"], f"has the {_HOW[how]} of another", _listed(rows)


def _by_number(found: list[Any]) -> Verdict:
    """Tell why the numbers of a row cannot be followed: they are another's, or those of several customers."""
    several = list({row["id"]: row for row in found}.values())
    if found[0]["how"] != TAKEN or len(several) > 1:
        return "conflict", several[0]["id"], "its numbers are those of several", _listed(several)
    return "conflict", several[0]["id"], "its number is that of another", _listed(several)


def same_person(row: Any) -> bool:
    """Tell whether a row with the phone of a customer is that customer: last names agree, first names do not clash."""
    if row["named"]:
        return True
    mine, theirs = _folded(row, "company", "last", "first"), _folded(row, "company_name", "last_name", "first_name")
    if mine[1] and theirs[1]:
        return mine[1] == theirs[1] and _same_first(mine[2], theirs[2])
    return bool(mine[0]) and mine[0] == theirs[0]


def _same_first(mine: str, theirs: str) -> bool:
    """Tell whether folded first names may be one person's: one is not told, or both begin with forms of one name."""
    if not mine or not theirs:
        return True
    one, other = (name.split()[0] for name in (mine, theirs))
    return one == other or (min(len(one), len(other)) > 1 and nicknames.alike(one, other))


def other_name(row: Any) -> bool:
    """Tell whether a row and a customer with its e-mail go by names that have no word in common."""
    mine = set(" ".join(_folded(row, "company", "last", "first")).split())
    theirs = set(" ".join(_folded(row, "company_name", "last_name", "first_name")).split())
    return bool(mine) and bool(theirs) and not mine & theirs


_FITS: dict[int, Callable[[Any], bool]] = {
    BY_EMAIL: lambda row: bool(row["named"]) or not other_name(row),
    BY_PHONE: same_person,
    BY_NAME: lambda row: bool(row["identical"]),
}
"""Whether a candidate found in this way is the row's customer, and not only like it."""


def _folded(row: Any, *names: str) -> list[str]:
    return [text.fold(row[name] or "") for name in names]


def _called(row: Any) -> str:
    return f"C{row['id']} {text.visible(row['name'])}"


def _listed(rows: list[Any]) -> str:
    return ", ".join(_called(row) for row in rows[:5]) + (", …" if len(rows) > 5 else "")


def tell(hub: "Hub", report: Report) -> None:
    """Report the rows that are not taken."""
    for row in hub.rows("imports.refused"):
        kind = "possible duplicate" if row["verdict"] == "maybe" else row["verdict"]
        report.add(kind, row["line"], Flaw(row["what"], row["whom"]))
