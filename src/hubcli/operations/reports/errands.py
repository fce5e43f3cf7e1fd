"""How well home visits went: how many were made, and how many units needed another soon after."""

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

SOON = 30
"""Days within which another service of the same unit says that the visit before did not fix it."""
BY = ("type", "driver", "model", "serial")


class Made(NamedTuple):
    """What the visits of one group came to; `first_time_fix` in basis points."""

    name: str | None
    visits: int
    again: int
    first_time_fix: int


def made(hub: "Hub", by: str, params: dict[str, object]) -> list[Made]:
    """Give the visits of a period by type, driver, model or serial, those with the most visits first."""
    groups: dict[str | None, list[bool]] = {}
    for row in hub.rows("visits.made", params):
        groups.setdefault(row[by], []).append(_soon(row["completed_on"], row["again_on"]))
    found = [Made(name, len(soon), sum(soon), _share(soon)) for name, soon in groups.items()]
    return sorted(found, key=lambda one: (-one.visits, one.name or ""))


def _soon(completed: str, again: str | None) -> bool:
    """Tell whether a unit was asked to be serviced again within SOON days, the last of them included."""
    if again is None:
        return False
    return dt.date.fromisoformat(again) - dt.date.fromisoformat(completed) <= dt.timedelta(days=SOON)


def _share(soon: list[bool]) -> int:
    return money.round_half_up(10_000 * soon.count(False), len(soon))
