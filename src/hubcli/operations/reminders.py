"""Reminders of invoices that are due: which in turn is sent when, what it charges, when it stops further buying.

The days past due at which they are sent are a setting; an invoice goes from one to the next, never back, no two in one
day and no faster than those days lie apart. A buyer gets one letter about all invoices whose time has come.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations.customers import standing, status
from hubcli.operations.documents import base, letters, sending
from hubcli.operations.documents.letters import Letter, Said
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

JOB = "invoices remind"
"""The name under which a second run is kept out."""


class Rules(NamedTuple):
    """The settings: days past due of each reminder, what each charges in cents, from which one on nothing is bought."""

    days: tuple[int, ...]
    fees: tuple[int, ...]
    hold_from: int

    def fee(self, level: int) -> int:
        """Give what a reminder charges, in cents."""
        return self.fees[level - 1] if level <= len(self.fees) else 0

    def next(self, last: int | None, reminded_on: str | None, due_on: str, today: str) -> int | None:
        """Give which reminder an invoice gets on a day; None for none.

        One that is past due gets none of those that are meant for the days before.
        """
        late = _between(due_on, today)
        level = (last or 0) + 1
        while level <= len(self.days) and late > 0 > self.days[level - 1]:
            level += 1
        if level > len(self.days) or late < self.days[level - 1]:
            return None
        if last is not None and reminded_on is not None:
            apart = max(1, self.days[level - 1] - self.days[min(last, len(self.days)) - 1])
            if _between(reminded_on, today) < apart:
                return None
        return level


class Due(NamedTuple):
    """Invoices of one buyer that are reminded of together: rows of documents, which reminder each gets, the fee."""

    payer: int
    rows: list[Any]
    levels: list[int]
    fee: int

    @property
    def level(self) -> int:
        """The highest reminder among them: its words are used."""
        return max(self.levels)


def _between(first: str, last: str) -> int:
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days


def rules(hub: "Hub") -> Rules:
    """Give the settings; raise no_reminders where there are no days."""
    days = tuple(int(day) for day in hub.setting("reminders.days").split(",") if day)
    if not days:
        raise HubError("no_reminders")
    fees = tuple(money.parse(fee, "reminders.fees") for fee in hub.setting("reminders.fees").split(",") if fee)
    return Rules(days, fees, int(hub.setting("reminders.hold_from")))


def due(hub: "Hub", by: Rules, ids: Sequence[int] = (), customers: Sequence[int] = ()) -> list[Due]:
    """Give who is to be reminded of what today; `ids` and `customers` (payers) narrow it."""
    today = hub.day.today
    latest = (dt.date.fromisoformat(today) - dt.timedelta(days=by.days[0])).isoformat()
    found: dict[int, Due] = {}
    for row in hub.rows("reminders.open", {"day": today, "latest": latest, "ids": list(ids)}):
        level = by.next(row["level"], row["reminded_on"], row["due_on"], today)
        if level is None:
            continue
        payer = standing.payer(hub, row["customer_id"])
        if customers and payer not in customers and row["customer_id"] not in customers:
            continue
        one = found.setdefault(payer, Due(payer, [], [], 0))
        one.rows.append(base.again(hub, row["id"]))
        one.levels.append(level)
    return [one._replace(fee=by.fee(one.level)) for one in found.values()]


def letter(hub: "Hub", one: Due, way: str) -> Letter | None:
    """Give the letter of a reminder, its fee counted in; None where it is to be mailed and there is no address."""
    to = tuple(letters.addresses(hub, one.rows[0], "reminder")) if way in letters.MAILED else ()
    if way in letters.MAILED and not to:
        return None
    rows = [dict(row) for row in one.rows]
    charged = rows[one.levels.index(one.level)]
    for name in ("charged_cents", "balance_cents"):
        charged[name] += one.fee
    sentence = f"A fee of {money.show(one.fee)} was added for this reminder." if one.fee else None
    said = Said(way, to)
    return letters.letter(hub, rows, "reminder", said, template=f"reminder-{one.level}", sentence=sentence)


def note(hub: "Hub", one: Due, letter_: Letter, mail: int | None, by: Rules) -> None:
    """Note a reminder on each of its invoices, charge its fee, stop further buying; inside a change."""
    at = one.levels.index(one.level)
    for row, level in zip(one.rows, one.levels, strict=True):
        sending.log(hub, row, letter_, mail, level)
    if one.fee:
        charged = one.rows[at]
        hub.insert(
            "adjustments",
            {"customer_id": charged["customer_id"], "document_id": charged["id"], "kind": "reminder-fee",
             "amount_cents": -one.fee, "reason": f"reminder {one.level}", "adjusted_on": hub.day.today,
             "recorded_at": hub.day.at},
        )  # fmt: skip
    if 0 < by.hold_from <= one.level:
        status.hold(hub, [one.payer], on=True)


def pause(hub: "Hub", row: Any, until: str | None) -> None:
    """Let an invoice be reminded of from a day on only, None: at once; inside a change."""
    if row["remind_from"] != until:
        hub.update("documents", row["id"], {"remind_from": until})
