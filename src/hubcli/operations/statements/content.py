"""Puts a statement together: what it lists, what it says of it, what stands as one line; as the JSON that is kept."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.operations import aging
from hubcli.operations.statements.gather import FORWARD, Party, Period
from hubcli.values import dates, money

if TYPE_CHECKING:
    from hubcli.store import Hub

TIERS = ((90, "90"), (60, "60"), (30, "30"), (1, "terms"))
"""From so many days past due on, the message of this name."""


class Rules(NamedTuple):
    """The shop's choices: what statements list and say, what stands at their top."""

    late_payments: bool
    not_overdue: bool
    messages: Mapping[str, str]
    shop: Mapping[str, str | None]
    marks: tuple[str, str]
    issued_on: str


class Made(NamedTuple):
    """A statement that was put together; sums in cents, `starts` the orders whose days begin with it."""

    content: dict[str, Any]
    balance: int
    not_yet_due: int
    documents: tuple[int, ...]
    starts: tuple[tuple[int, str], ...]


def rules(hub: "Hub") -> Rules:
    """Read the settings of statements."""
    get = hub.setting
    return Rules(
        get("statements.include_late_payments") == "on",
        get("statements.include_not_overdue") == "on",
        {tier: get(f"statements.message.{tier}") for _, tier in TIERS},
        {"name": get("shop.name") or None, "address": get("shop.address") or None},
        (get("documents.prefix"), get("documents.suffix")),
        hub.day.today,
    )


def tier(days: int, *, disputed: bool) -> str | None:
    """Give which message is due after so many days: terms, 30, 60, 90; None before, and for what is disputed."""
    return None if disputed else next((name for least, name in TIERS if days >= least), None)


def make(party: Party, period: Period, chosen: Rules, number: int, person: Any) -> Made:
    """Put the statement of a party together under its number."""
    listed: list[Any] = []
    rest: list[Any] = []
    for item in party.items:
        (listed if _listed(item, period, chosen) else rest).append(item)
    owed = {item["document_id"] for item in party.items if item["kind"] == "order"}
    lines = [_line(item, period, chosen) for item in listed]
    if chosen.late_payments:
        lines += [_late(row, chosen) for row in party.late if row["document_id"] not in owed]
    balance, not_yet_due = sum(i["owed"] for i in listed), sum(i["owed"] for i in rest)
    said = dict.fromkeys(line["message"] for line in lines if line["message"])
    content = {
        "number": f"S{number}", "kind": period.kind, "from": period.first, "to": period.last,
        "issued_on": chosen.issued_on, "shop": dict(chosen.shop), "customer": f"C{party.id}",
        "customer_name": party.name, "address": address(person), "lines": lines, "messages": list(said),
        "balance": money.show(balance), "not_yet_due": money.show(not_yet_due), "not_yet_due_count": len(rest),
        "not_listed": [_short(item) for item in rest],
        "total_owed": money.show(party.owed),
        "aging": {name: money.show(sum(i[name] for i in party.items)) for name in aging.BUCKETS},
        "customer_credit": money.show(person["credit"]),
        "opening": None if party.opening is None else money.show(party.opening), "moves": _moves(party),
    }  # fmt: skip
    starts = tuple((i["document_id"], due) for i in listed if (due := _starts(i, chosen)) is not None)
    kept = dict.fromkeys(i["document_id"] for i in listed if i["kind"] == "order")
    return Made(content, balance, not_yet_due, tuple(kept), starts)


def _listed(item: Any, period: Period, chosen: Rules) -> bool:
    """Tell whether an item is listed: overdue, paid beyond what it charges, waiting for a statement, or all of them."""
    if period.kind == FORWARD or chosen.not_overdue or item["owed"] < 0:
        return True
    if item["due"] is not None and item["due"] < period.last:
        return True
    waits = item["first_listed"] is None or item["first_listed"] >= period.last
    return item["days_from_statement"] is not None and waits


def _starts(item: Any, chosen: Rules) -> str | None:
    """Give the day that an invoice is due from now on, where its days begin with the statement that lists it."""
    if item["days_from_statement"] is None or item["due_on"] is not None:
        return None
    return dates.later(chosen.issued_on, item["days_from_statement"])


def _line(item: Any, period: Period, chosen: Rules) -> dict[str, Any]:
    due = item["due"] or _starts(item, chosen)
    late = max(0, days_between(due, period.last)) if due is not None and item["owed"] > 0 else 0
    disputed = bool(item["disputed"])
    return _told(item, due, item["owed"], late, chosen, disputed=disputed)


def _late(row: Any, chosen: Rules) -> dict[str, Any]:
    """Give the line of an invoice that is paid, but was paid late."""
    line = _told(row, row["due"], 0, days_between(row["due"], row["paid_on"]), chosen, disputed=False)
    return line | {"paid_on": row["paid_on"]}


def _told(item: Any, due: str | None, owed: int, late: int, chosen: Rules, *, disputed: bool) -> dict[str, Any]:
    name = tier(late, disputed=disputed)
    return {
        "number": item["number"], "document": item["document"], "customer": f"C{item['customer_id']}",
        "date": item["dated_on"], "due_on": due, "total": money.show(item["total"]),
        "paid": money.show(item["total"] - owed), "balance": money.show(owed), "days_overdue": late,
        "disputed": disputed, "tier": name, "message": (chosen.messages[name] or None) if name else None,
        "paid_on": None, "printed": _printed(item["number"], chosen),
    }  # fmt: skip


def _printed(number: str, chosen: Rules) -> str:
    """Give a number as it stands on paper; that of a draw is only ours."""
    prefix, suffix = chosen.marks
    return number if number[0] == "P" else f"{prefix}{number[1:]}{suffix}"


def _moves(party: Party) -> list[dict[str, str | None]]:
    """Give every movement of the period with the balance after it."""
    found: list[dict[str, str | None]] = []
    balance = party.opening or 0
    for move in party.moves:
        balance += move["cents"]
        found.append({
            "date": move["on_day"], "number": move["ref"], "what": move["what"], "document": f"O{move['document_id']}",
            "amount": money.show(move["cents"]), "balance": money.show(balance),
        })  # fmt: skip
    return found


def _short(item: Any) -> dict[str, str]:
    """Give an item that is not listed: no statement prints it, but what changed since is told by it."""
    return {"number": item["number"], "document": item["document"], "balance": money.show(item["owed"])}


def days_between(first: str, last: str) -> int:
    """Give the days from one day to another."""
    return dt.date.fromisoformat(last).toordinal() - dt.date.fromisoformat(first).toordinal()


def address(person: Any) -> list[str]:
    """Give the lines of a billing address."""
    place = ", ".join(filter(None, (person["city"], " ".join(filter(None, (person["state"], person["zip"]))))))
    country = person["country"] if person["country"] not in {None, "US"} else None
    return [line for line in (person["line1"], person["line2"], place, country) if line]


def packed(content: Mapping[str, Any]) -> tuple[str, str]:
    """Give the text that is kept of a statement, and its SHA-256."""
    kept = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return kept, digest(kept)


def digest(kept: str) -> str:
    """Give the SHA-256 of what is kept of a statement."""
    return hashlib.sha256(kept.encode()).hexdigest()
