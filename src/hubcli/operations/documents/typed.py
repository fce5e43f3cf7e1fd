"""Reads lines and services as people type them: MODEL[:QTY]@PRICE[/COST], NAME@PRICE[/COST], N@PRICE, SKU@PRICE."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hubcli.errors import HubError, bad_value
from hubcli.values import money, text, words

FULFILLMENTS = ("delivery-install", "delivery", "pickup", "not-sure")
LINE_FORM = "write MODEL[:QTY]@PRICE[/COST], as in FRG-100:2@1200.00/800.00"
LONGEST_PLAN = 600


class Service(NamedTuple):
    """What is sold with a line, money in cents for one; `name` is the SKU of a plan."""

    kind: str
    name: str
    quantity: int
    price: int
    cost: int | None
    months: int | None = None


class Line(NamedTuple):
    """A line to be sold, money in cents; a price or a cost of None comes from the catalogue.

    `discount_rate` is in basis points. `fulfillment` None is the shop's default.
    """

    model: str
    quantity: int = 1
    price: int | None = None
    cost: int | None = None
    description: str | None = None
    discount_rate: int = 0
    discount: int = 0
    fulfillment: str | None = None
    condition: str | None = None
    size: str | None = None
    colour: str | None = None
    decoration: str | None = None
    services: tuple[Service, ...] = ()


def line(typed: str, option: str = "--line") -> Line:
    """Read MODEL[:QTY][@PRICE[/COST]]: split only at the last @ and the last / after it; raise bad_value."""
    model, price, cost = _priced(typed, option)
    quantity = 1
    named, colon, count = model.rpartition(":")
    if colon and re.fullmatch(r"[-+0-9.,]*", count):
        model, quantity = named, money.quantity(count, f"{option} {typed}: quantity")
    if not model.strip():
        raise bad_value(option, typed, f"names no model: {LINE_FORM}")
    return Line(text.name(model, option, code=True), quantity, price, cost)


def _priced(typed: str, option: str) -> tuple[str, int | None, int | None]:
    """Give what stands before the last @, and the price and cost after it."""
    before, at, money_part = typed.rpartition("@")
    if not at:
        return typed, None, None
    price, slash, cost = money_part.rpartition("/")
    if not slash:
        price, cost = money_part, ""
    named = f"{option} {typed}"
    return (
        before,
        money.parse(price, f"{named}: price"),
        money.parse(cost, f"{named}: cost") if slash else None,
    )


def fulfillment(typed: Sequence[str], option: str = "--fulfillment") -> str | None:
    """Give fulfillment types in their one form, joined by commas; None when none is given."""
    parts = [part for word in typed for part in word.split(",") if part.strip()]
    chosen = dict.fromkeys(words.choose(part.strip(), FULFILLMENTS, option) for part in parts)
    return ",".join(word for word in FULFILLMENTS if word in chosen) or None


def discount(typed: str | None, option: str = "--line-discount") -> tuple[int, int]:
    """Give a line's discount as (basis points, cents): `15%` is a rate, `20.00` an amount."""
    if typed is None:
        return 0, 0
    return (money.parse_percent(typed, option), 0) if typed.endswith("%") else (0, money.parse(typed, option))


# ----------------------------------------------------------------------------------------------------------- services


def install(typed: str) -> Service:
    """Read an install, NAME@PRICE[/COST]; raise bad_value."""
    name, price, cost = _priced(typed, "--install")
    if price is None:
        raise bad_value("--install", typed, 'has no price: write NAME@PRICE[/COST], as in "Gas hookup@89.00/45.00"')
    return Service("install", text.name(name, "--install"), 1, price, cost)


def haul_away(typed: str) -> Service:
    """Read a haul-away, N@PRICE: how many old units are taken away, at how much each; it costs the shop nothing."""
    count, price, cost = _priced(typed, "--haul-away")
    if price is None:
        raise bad_value("--haul-away", typed, "has no price: write N@PRICE, as in 1@25.00")
    return Service("haul-away", "Haul away", money.quantity(count, "--haul-away"), price, cost or 0)


def plan(typed: str, months: str | None, quantity: int) -> Service:
    """Read a protection plan, SKU@PRICE[/COST], for each of `quantity` units; `months` is how long it covers."""
    sku, price, cost = _priced(typed, "--plan")
    if price is None:
        raise bad_value("--plan", typed, "has no price: write SKU@PRICE[/COST], as in P5Y@159.00/60.00")
    return Service("plan", text.name(sku, "--plan", code=True), quantity, price, cost, plan_months(months))


def plan_months(typed: str | None) -> int | None:
    """Read how many months a plan covers; raise bad_value."""
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= LONGEST_PLAN):
        raise bad_value("--plan-months", typed, f"is not a number of months from 1 to {LONGEST_PLAN}")
    return int(typed)


def services(
    installs: Iterable[str], haul: str | None, plan_typed: str | None, months: str | None, quantity: int
) -> tuple[Service, ...]:
    """Read everything that is sold with a line of `quantity` units."""
    found = [install(one) for one in installs]
    if haul is not None:
        found.append(haul_away(haul))
    if plan_typed is not None:
        found.append(plan(plan_typed, months, quantity))
    elif months is not None:
        raise HubError("needs_option", what="--plan-months goes with --plan", tries=('--plan "P5Y@159.00/60.00"',))
    return tuple(found)
