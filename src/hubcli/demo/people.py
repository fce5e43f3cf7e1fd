"""Invented people and companies: names, numbers, addresses, contacts and notes, each the same for its customer number.

Everything is read from 32 throws of a die that depend on the customer number alone, so that customer 4711 is the same
person in a shop of 5,000 and of 1,000,000.
"""

from hashlib import blake2b
from struct import Struct
from typing import NamedTuple

from hubcli.demo.places import AREAS, HOME_AREAS, PLACE_SLOTS, Place
from hubcli.demo.records import Address, Contact, Note, Status, WalletEntry
from hubcli.demo.words import (
    COMPANY_END,
    COMPANY_FIRST,
    COMPANY_ROLES,
    COMPANY_SECOND,
    CREDIT_REMARKS,
    NOTES,
    ORIGINS,
    RELATIONSHIPS,
    SECOND_LINES,
    STREETS,
    Origin,
    slug,
)

Throws = tuple[int, ...]
Days = list[str]

_THROWS = Struct("<32H").unpack
_ORIGIN_SLOTS = tuple(origin for origin in ORIGINS for _ in range(origin.share))
_PHONE_FORMS = (
    "(%s) 555-%04d",
    "(%s) 555-%04d",
    "%s-555-%04d",
    "%s.555.%04d",
    "+1 %s 555 %04d",
    "%s555%04d",
    "1-%s-555-%04d",
    "(%s)555-%04d",
)
_DOMAINS = ("example.com", "example.com", "example.org", "example.net", "mail.test", "post.test")
_AWAY = len(AREAS) - len(HOME_AREAS)


class Life(NamedTuple):
    """When a customer came and was last heard of, in days before today, and how it ended.

    `fate` is a status or one of stale, stale-credit, stale-open, stale-owing (status active, idle for over a year, and
    held by nothing, by wallet money, by an undelivered or by an unpaid order).
    """

    fate: str
    status: Status
    born: int
    floor: int
    touched: int
    closed: int | None


class Person(NamedTuple):
    """Who a customer is and how to reach it."""

    company: bool
    first: str | None
    last: str | None
    company_name: str | None
    building_code: str | None
    email: str | None
    billing_emails: list[str]
    mobile: tuple[str | None, str | None]
    home: tuple[str | None, str | None]
    alternate: tuple[str | None, str | None]
    place: Place
    addresses: list[Address]
    contacts: list[Contact]


def throws(number: int, part: int) -> Throws:
    """Throw 32 numbers below 65,536 for one part of one customer."""
    return _THROWS(blake2b(b"%d/%d" % (number, part), digest_size=64).digest())


def life(d: Throws) -> Life:
    """Decide a customer's fate: of 1,000, 20 are archived, 4 deleted or spam, 32 stale and free, 8 stale and held."""
    t = d[0]
    if t >= 4194:
        born = 3 + (d[1] * 1600 >> 16)
        return Life("active", "active", born, 0, d[4] * min(born, 330) >> 16, None)
    born = 430 + (d[1] * 1300 >> 16)
    if t < 1573:
        fate: Status = "archived" if t < 1311 else "deleted" if t < 1442 else "spam"
        return Life(fate, fate, born, 210, 210 + (d[4] * (born - 210) >> 16), 5 + (d[9] * 190 >> 16))
    held = "stale" if t < 3670 else ("stale-credit", "stale-open", "stale-owing")[t % 3]
    return Life(held, "active", born, 380, 380 + (d[4] * (born - 380) >> 16), None)


def person(number: int, d: Throws) -> Person:
    """Invent who customer `number` is; six in 1,000 are the customer before it once more, entered by another clerk."""
    twin = d[31] < 400 and number > 40
    who = number - 1 if twin else number
    e = throws(who, 1)
    origin = _ORIGIN_SLOTS[e[1] & 63]
    first = origin.firsts[e[2] * len(origin.firsts) >> 16]
    last = origin.lasts[e[3] * len(origin.lasts) >> 16]
    company = e[0] < 7864
    trade = _company(e, last.text) if company else None
    place = PLACE_SLOTS[e[10] >> 4]
    reach = _email(e, who, f"{first.slug}.{last.slug}" if trade is None else slug(trade)[:24], company)
    named = not company or e[6] & 7
    return Person(
        company,
        first.text if named else None,
        (last.text.upper() if twin else last.text) if named else None,
        trade,
        f"{'ABCDE'[e[30] % 5]}-{e[30] >> 11}" if company and e[30] & 1 else None,
        reach,
        _billing_emails(e, who, company),
        _phone(e[7], *_mobile(who)) if e[7] % 53 else (None, None),
        _phone(e[8] >> 8, *_home(who, 160, 30, 6000)) if e[8] % 100 < 35 else (None, None),
        _phone(e[9] >> 8, *_home(who, 190, 10, 1300)) if e[9] % 100 < 5 else (None, None),
        place,
        _addresses(e, place),
        _contacts(e, who, origin, last.text, company) if e[29] % 100 < 18 or company else [],
    )


def _company(e: Throws, last: str) -> str:
    """Put a company name together: `Lakeview Builders LLC`, `Kowalski Homes`, `Evanston Kitchens`."""
    begin = last if e[4] & 3 else COMPANY_FIRST[e[5] * len(COMPANY_FIRST) >> 16]
    return f"{begin} {COMPANY_SECOND[e[4] * len(COMPANY_SECOND) >> 16]}{COMPANY_END[e[5] % len(COMPANY_END)]}"


def _email(e: Throws, who: int, name: str, company: bool) -> str | None:
    if company:
        return f"office@{name}{who}.test" if e[6] % 20 else None
    return f"{name}{who}@{_DOMAINS[e[6] % 6]}" if e[6] % 25 else None


def _billing_emails(e: Throws, who: int, company: bool) -> list[str]:
    if not company or e[12] & 1:
        return []
    return [f"billing{who}@example.com", f"ap{who}@example.net"][: 1 + (e[12] >> 1 & 1)]


def _mobile(who: int) -> tuple[str, int]:
    """Give area code and line: in a small shop from 555-0100 to 555-0159, kept free for fiction, then beyond."""
    if who <= 600:
        return HOME_AREAS[who % 11], 100 + who // 11
    if who < 60 * _AWAY:
        return AREAS[11 + who % _AWAY], 100 + who // _AWAY
    return AREAS[who % len(AREAS)], 2000 + who // len(AREAS) % 4000


def _home(who: int, line: int, lines: int, later: int) -> tuple[str, int]:
    """Give area code and line like _mobile, from a range of its own."""
    if who <= 600:
        return HOME_AREAS[who % 11], line + who // 11 % lines
    if who < 60 * _AWAY:
        return AREAS[11 + who % _AWAY], line + who // _AWAY % lines
    return AREAS[who % len(AREAS)], later + who // len(AREAS) % (4000 if later == 6000 else 700)


def _phone(throw: int, area: str, line: int) -> tuple[str, str]:
    """Write a number the way some clerk types it, and in E.164."""
    return _PHONE_FORMS[throw & 7] % (area, line), f"+1{area}555{line:04d}"


def _addresses(e: Throws, place: Place) -> list[Address]:
    """Give one billing address and none to three delivery addresses, the first of them the default."""
    line1 = f"{e[11] * e[11] * 9000 // 2**32 + 1} {STREETS[e[12] * len(STREETS) >> 16]}"
    line2 = SECOND_LINES[e[13] % len(SECOND_LINES)] if e[13] < 10000 else None
    _, city, state, _ = place
    rows: list[Address] = [("billing", line1, line2, city, state, place.zip, "US", False)]
    t = e[14]
    if t < 16384:
        return rows
    if t & 1:
        rows.append(("delivery", line1, line2, city, state, place.zip, "US", True))
    else:
        rows.append(_elsewhere(e[15], e[16], True))
    if t >= 52429:
        rows.append(_elsewhere(e[17], e[18], False))
        if t >= 62259:
            rows.append(_elsewhere(e[19], e[20], False))
    return rows


def _elsewhere(a: int, b: int, default: bool) -> Address:
    code, city, state, _ = PLACE_SLOTS[a >> 4]
    return "delivery", f"{b % 4000 + 1} {STREETS[b * len(STREETS) >> 16]}", None, city, state, code, "US", default


def _contacts(e: Throws, who: int, origin: Origin, last: str, company: bool) -> list[Contact]:
    """Give one or two people to call instead."""
    found: list[Contact] = []
    for k in range(1 + (company and e[27] & 1)):
        first = origin.firsts[e[27 + k] * len(origin.firsts) >> 16].text
        phone, _ = _phone(k, *_home(who + 7 + k, 160, 30, 6000))
        if company:
            found.append((first, last, phone, COMPANY_ROLES[e[28 - k] % 6], ("site", "billing")[k]))
        else:
            found.append((first, last, phone, RELATIONSHIPS[e[28] % 9], ("backup", "emergency")[e[28] & 1]))
    return found


def notes(d: Throws, lived: Life, days: Days) -> list[Note]:
    """Write none to two notes, between the customer's coming and its last activity."""
    found: list[Note] = []
    for k in range((0, 0, 0, 0, 1, 1, 1, 2)[d[8] & 7]):
        kind, important, persistent, text = NOTES[(d[11] + 5 * k) % len(NOTES)]
        age = lived.floor + ((lived.born - lived.floor) * d[12 + k] >> 16)
        found.append((kind, "persistent" if persistent else "optional", important, text, days[age], d[14 + k] & 7))
    return found


def wallet(d: Throws, lived: Life, days: Days) -> list[WalletEntry]:
    """Give four in 100 some store credit, a third of which is paid out again; a free stale customer has none."""
    held = lived.fate == "stale-credit"
    if not held and (d[10] >= 2621 or lived.fate != "active"):
        return []
    amount = 500 * (2 + (d[16] * d[16] * 60 >> 32))
    age = lived.floor + ((lived.born - lived.floor) * d[17] >> 16)
    found: list[WalletEntry] = [(days[age], amount, "grant", CREDIT_REMARKS[d[18] % len(CREDIT_REMARKS)])]
    if not held and d[18] % 3 == 0:
        found.append((days[age - (d[19] * age >> 16)], -amount, "withdrawal", "Paid out in cash"))
    return found
