"""Finds the customer that a reference names: C12, 12, an e-mail, a phone, system:number or an exact name."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from hubcli.counts import Count
from hubcli.errors import HubError
from hubcli.values import phones, text, words

if TYPE_CHECKING:
    from hubcli.store import Hub

Merged = Literal["follow", "keep", "refuse"]
Choose = Callable[[str, Sequence[str]], int] | None
_NUMBER = re.compile(r"[Cc]?([0-9]{1,6})\Z|[Cc]([0-9]{1,15})\Z")
_EXTERNAL = re.compile(r"([a-z][a-z0-9_-]*):(.+)\Z")


def customer(hub: "Hub", ref: str, choose: Choose = None, *, merged: Merged = "follow") -> int:
    """Give the number of the customer that `ref` names; a merged number stands for the one that took it over.

    `merged` says otherwise: `keep` gives that number itself, `refuse` raises merged_away; which it is, is said.
    `choose` offers a person the candidates of an ambiguous one. Raises not_found with near names, or ambiguous.
    """
    typed = text.name(ref, "customer", 254, code=True)
    number = _NUMBER.match(typed)
    if number:
        return _by_number(hub, int(number.group(1) or number.group(2)), typed, merged)
    found = _candidates(hub, typed)
    there = {row["id"] for row in found}
    found = [row for row in found if row["merged_into"] not in there]  # it and its survivor are one
    if len(found) == 1:
        return _by_number(hub, int(found[0]["id"]), typed, merged)
    if not found:
        raise HubError("not_found", what="customer", ref=text.visible(typed), near=_near(hub, typed))
    names = [f"C{row['id']} {text.visible(row['name'])}" for row in found]
    if choose is not None:
        return int(found[choose(f"{typed} fits {Count(len(found)):customer}", names)]["id"])
    listed = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    raise HubError(
        "ambiguous",
        ref=text.visible(typed),
        count=len(found),
        candidates=listed,
        refs=tuple(f"C{row['id']}" for row in found[:5]),
        tries=(f"hub customers show C{found[0]['id']}",),
    )


def _by_number(hub: "Hub", number: int, typed: str, merged: Merged) -> int:
    row = hub.one("customers.head", {"id": number})
    if row is None:
        raise HubError("not_found", what="customer", ref=typed, near="")
    if row["merged_into"] is None:
        return number
    into = f"C{row['merged_into']}"
    if merged == "refuse":
        raise HubError("merged_away", refs=(into,), ref=f"C{number}", into=into)
    hub.notice(f"C{number} was merged into {into}")
    return number if merged == "keep" else _by_number(hub, row["merged_into"], typed, merged)


def family(hub: "Hub", number: int) -> list[int]:
    """Give a customer's number and every one that was merged into it."""
    found = [number]
    for one in found:
        found += [row["id"] for row in hub.rows("merging.merged", {"id": one})]
    return found


def _candidates(hub: "Hub", typed: str) -> list[Any]:
    if "@" in typed:
        return list(hub.rows("customers.by_email", {"key": typed.casefold()}))
    external = _EXTERNAL.match(typed)
    if external:
        return list(hub.rows("customers.by_external", {"system": external.group(1), "external_id": external.group(2)}))
    if phones.looks_like(typed):
        needle = phones.needle(typed)
        return list(hub.rows("customers.by_phone", {"tail": phones.tail(needle), "phone": f"%{needle}"}))
    return _named(hub, text.fold(typed))


def _named(hub: "Hub", name: str) -> list[Any]:
    """Give the customers of this name: the active ones, or else those put away."""
    for status in (["active"], ["archived", "deleted", "spam"]):
        found = list(hub.rows("customers.by_name", {"name": name, "status": status}))
        if found:
            return found
    return []


def _near(hub: "Hub", typed: str) -> str:
    from hubcli import search

    if "@" in typed or phones.looks_like(typed):
        return ""
    found: list[Any] = []
    for word in sorted(text.fold(typed).split(), key=len, reverse=True)[:2]:
        for part in dict.fromkeys((word, word[:4])):
            found += hub.rows("customers.with_words", search.text_params(part)) if len(part) > 2 else []
    names = {row["name"]: row["id"] for row in found}
    close = words.near(typed, list(names), 3) or list(names)[:3]
    if not close:
        return ""
    return "; did you mean " + ", ".join(f"C{names[name]} {text.visible(name)}" for name in close) + "?"


def staff(hub: "Hub", login: str) -> int:
    """Give the id of the staff member with this login or name; raise not_found with near logins."""
    row = _at_work(hub, login)
    if row is None:
        raise nobody("staff member", login, [r["login"] for r in hub.rows("staff.list")], "hub staff list")
    return int(row["id"])


def actor(hub: "Hub", name: str) -> str:
    """Give the name under which somebody's work is recorded: a login, or whoever wrote anything; raise not_found."""
    row = _at_work(hub, name)
    if row is not None:
        return str(row["login"])
    if name == hub.who.actor or hub.one("staff.wrote", {"name": name}) is not None:
        return name
    raise nobody("staff member", name, [r["login"] for r in hub.rows("staff.writers")], "hub staff list")


def _at_work(hub: "Hub", name: str) -> Any:
    return hub.one("staff.by_login", {"login": name}) or hub.one("staff.by_name", {"name": name})


def change(hub: "Hub", number: int) -> int:
    """Give the number of a change set that is there, or 0, before all of them; raise not_found."""
    if number and hub.one("changes.header", {"change": number}) is None:
        raise HubError("not_found", what="change set", ref=f"H{number}", near="", tries=("hub changes list",))
    return number


def nobody(what: str, typed: str, there: Sequence[str], *tries: str) -> HubError:
    """Give the error for a name that none of those that are there has, with the near ones."""
    close = words.near(typed, there)
    near = f"; did you mean {', '.join(map(text.visible, close))}?" if close else ""
    return HubError("not_found", what=what, ref=text.visible(typed), near=near, tries=tries)
