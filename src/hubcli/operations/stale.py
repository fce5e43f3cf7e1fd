"""Archives customers nobody has dealt with for long: the job that cron runs."""

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from hubcli.errors import HubError

if TYPE_CHECKING:
    from hubcli.store import Hub

JOB = "customers archive --stale"
"""The name under which a second run is kept out."""
ALWAYS = 25
"""Without --expect-max, so many are archived in any case; above that, a tenth of the active ones."""
AFTER_IMPORT = dt.timedelta(days=30)


class Stale(NamedTuple):
    """What the job found: the customers archived, how many were skipped and why."""

    archived: int
    skipped: "Counter[str]"


def archive(hub: "Hub", before: str, expect_max: int | None) -> Stale:
    """Archive the active customers idle since before a day, inside a change.

    Those with active documents or customer credit are skipped. Raises too_many above `expect_max`; without one, above
    the larger of 25 and a tenth of the active customers; just_imported without one in the first 30 days after an
    import of customers, when "last activity" may still be missing.
    """
    free, skipped = planned(hub, before, expect_max)
    by = hub.who.actor
    hub.run_many("customers.archive", [{"id": i, "at": hub.day.at, "by": by} for i in free])
    return Stale(len(free), skipped)


def planned(hub: "Hub", before: str, expect_max: int | None) -> tuple[list[int], "Counter[str]"]:
    """Give the customers that the job would archive, and why others are skipped; raise as `archive` does."""
    free: list[int] = []
    skipped: Counter[str] = Counter()
    for row in hub.rows("customers.stale", {"before": before, "today": hub.day.today}):
        if row["blocked"]:
            skipped["active quotes or orders"] += 1
        elif row["has_credit"]:
            skipped["customer credit"] += 1
        else:
            free.append(row["id"])
    _keep_within(hub, len(free), expect_max)
    return free, skipped


def _keep_within(hub: "Hub", count: int, expect_max: int | None) -> None:
    limit = expect_max
    if limit is None:
        imported_on = _imported_lately(hub)
        if count and imported_on:
            raise HubError("just_imported", count=count, day=imported_on)
        active = hub.one("customers.active_count")
        limit = max(ALWAYS, int(active["n"] if active else 0) // 10)
    if count > limit:
        raise HubError("too_many", count=count, limit=limit)


def _imported_lately(hub: "Hub") -> str | None:
    """Give the day of the last import of customers that stands, when it is less than 30 days ago."""
    row = hub.one("customers.last_import")
    if row is None or row["day"] is None:
        return None
    since = dt.date.fromisoformat(hub.day.today) - dt.date.fromisoformat(row["day"])
    return str(row["day"]) if since < AFTER_IMPORT else None
