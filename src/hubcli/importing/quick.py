"""Types the rows that most files consist of, Latin text in the common forms; any other row is left to the reader.

Whatever this gives is exactly what typed.Reader gives for the row, in a third of the time.
"""

import re
import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hubcli import search
from hubcli.errors import HubError
from hubcli.importing import typed
from hubcli.values import text

if TYPE_CHECKING:
    from hubcli.importing.typed import Customer

_BEYOND_LATIN = re.compile("[^\0-\u024f]")
"""Up to there no character is invisible that is printable."""
LONGEST = 60
"""No value is longer here than the narrowest column is wide."""

PLACES = tuple(f"{kind}_{part}" for kind in ("billing", "delivery") for part in typed.PARTS)
FIELDS = (
    "number", "kind", "status", "company_name", "first_name", "last_name", "building_code", "mobile_phone",
    "home_phone", "alternate_phone", "email", "billing_emails", "type", "source", "found_us", "manager", "consent",
    "tax_exempt", "on_hold", "created_at", "archived_at", "last_activity_on", "external_ids", "delivery_label", *PLACES,
)  # fmt: skip
"""What it reads, in the order that it wants the values in."""
_FIELDS = frozenset(FIELDS)
_BILLING, _DELIVERY = FIELDS.index("billing_line1"), FIELDS.index("delivery_line1")

_PHONE = re.compile(r"(\+?1[ .-]?)?\(?([2-9][0-9]{2})\)?[ .-]?([2-9][0-9]{2})[ .-]?([0-9]{4})")
_EMAIL = re.compile(r"[a-z0-9_]+(?:[.+-][a-z0-9_]+)*@(?:[a-z0-9]+\.)+(?!arpa$|invalid$|local$|localhost$|onion$)[a-z]+")
_ZIP = re.compile(r"[0-9]{5}(?:-[0-9]{4})?")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{3})?Z")

_FLAG = {None: None, "yes": 1, "no": 0}
_KIND = {word: word for word in ("individual", "company")}
_STATUS = {None: None} | {word: word for word in ("active", "archived", "deleted", "spam")}
_TYPE = {None: None} | {word: word for word in ("luxury", "average", "budget-friendly")}
_SOURCE = {None: None} | {word: word for word in ("website", "in-store")}
_NOWHERE = (None,) * 8

Values = Sequence[str | None]
Fold = Callable[[str], str]
Address = tuple[Any, ...]
"""The columns of typed.ADDRESS."""


class _OddError(Exception):
    """A value that wants a closer look."""


class _Known(dict[str | None, Any]):
    """What values came to that were met before; a new one is read."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__({None: None})
        self.read = read

    def __missing__(self, value: str) -> Any:
        if len(self) > 20_000:
            self.clear()
            self[None] = None
        found = self[value] = self.read(value)
        return found


class Quick:
    """Gives the typed row, or None for one that the reader has to look at; country, today, at and zone as there."""

    def __init__(self, country: str, today: str, at: str, zone: str | None) -> None:
        self.country = country
        self.today = today
        self.at = at
        self._days = _Known(lambda value: typed.past_day(value, "", today))
        self._instants = _Known(lambda value: typed.instant(value, "", today, zone))
        self._countries = _Known(text.country)
        self._zips = _Known(_ZIP.fullmatch)

    def __call__(self, line: int, values: Values) -> "Customer | None":
        """Type one row, given as the trimmed text of FIELDS, None for a blank."""
        given = list(filter(None, values))
        whole = "|".join(given)
        if (
            not whole.isprintable()
            or "  " in whole
            or "`" in whole
            or max(map(len, given), default=sys.maxsize) > LONGEST
        ):
            return None
        fold: Fold = str.lower  # what text.fold comes to for such text
        if not whole.isascii():
            if _BEYOND_LATIN.search(whole) or not unicodedata.is_normalized("NFC", whole):
                return None
            fold = _fold
        try:
            return self._typed(line, values, fold)
        except (KeyError, HubError, _OddError):
            return None

    def _typed(self, line: int, given: Values, fold: Fold) -> "Customer":
        (
            number, kind, status, company, first, last, building, mobile, home, other, email, emails, type_, source,
            found_us, manager, consent, exempt, hold, created, archived, touched, ids, label, *_,
        ) = given  # fmt: skip
        kind, status, country = _KIND[kind or ""], _STATUS[status], given[_BILLING + 5]
        email_key = email and _email_key(email)
        addresses = _emails(emails) if emails else []
        others = typed.external_ids(ids) if ids else []
        billing = self._address(given[_BILLING:_DELIVERY], fold, country)
        delivery = self._address(given[_DELIVERY:], fold, country)
        mobile_key, home_key, other_key = self._keys(mobile, home, other, billing[5])
        person = f"{first} {last}" if first and last else first or last
        if text.card("|".join(filter(None, (company, first, last, building, found_us, label, *given[_BILLING:])))):
            raise _OddError
        called = (company if kind == "company" else person) or company or email or mobile or home
        if not called or (kind == "company" and not company):
            raise _OddError
        own, (made_at, put_away, touched) = _number(number), self._moments(created, archived, touched, status)
        sort_name = fold(called) if called is not home else "no name"
        words = _words(fold, person, company, building, email, addresses, (mobile_key, home_key, other_key))
        bare = int(not (email or mobile or home or other or billing[0] or billing[4]))
        keys = (
            line, own, int(bool(others) or own is not None), sort_name, words, email_key, mobile_key, home_key,
            other_key, billing[4] and billing[4][:5], manager, bare,
        )  # fmt: skip
        values = (
            line, own, kind, status, company, first, last, building, mobile, mobile_key, home, home_key, other,
            other_key, email, email_key, _TYPE[type_], _SOURCE[source], found_us, manager, _FLAG[consent],
            _FLAG[exempt], _FLAG[hold], made_at, put_away, touched, sort_name, *billing, label, *delivery, None,
        )  # fmt: skip
        return typed.Customer(keys, values, addresses, others)

    def _address(self, parts: Values, fold: Fold, billing: str | None) -> Address:
        """Give an address; one that names no country is in that of `billing`."""
        line1, line2, city, state, code, named = parts
        if not (line1 or line2 or city or state or code or named):
            return _NOWHERE
        country = self._countries[named] or self._countries[billing] or self.country
        if code and (country != "US" or not self._zips[code]):
            raise _OddError
        street = f"{line1} {line2}" if line1 and line2 else line1 or line2 or ""
        return (line1, line2, city, state, code, country, fold(street), fold(city) if city else "")

    def _keys(self, mobile: str | None, home: str | None, other: str | None, country: str | None) -> list[str | None]:
        if (country or self.country) != "US" and (mobile or home or other):
            raise _OddError
        return [typed_ and _phone_key(typed_) for typed_ in (mobile, home, other)]

    def _moments(
        self, created: str | None, archived: str | None, touched: str | None, status: str | None
    ) -> tuple[str | None, str | None, str | None]:
        """Give when it was created, archived and last touched; what the file leaves out is worked out."""
        made, put_away = self._moment(created), self._moment(archived)
        day = self._days[touched] or (made and min(made[:10], self.today))
        return made, (put_away or self.at) if status == "archived" else None, day

    def _moment(self, value: str | None) -> str | None:
        """Read an instant; one of a past day in hub's own form is known to be what it says."""
        if value and (found := _INSTANT.fullmatch(value)) and self._days[value[:10]] < self.today:
            return value if found[1] else f"{value[:-1]}.000Z"
        return self._instants[value]  # type: ignore[no-any-return]


def in_order(found: Mapping[str, str]) -> Values:
    """Give the values of a mapped row in the order of FIELDS; none of them where it has more than those."""
    return tuple(map(found.get, FIELDS)) if _FIELDS.issuperset(found) else ()


def _fold(value: str) -> str:
    return value.lower() if value.isascii() else text.fold(value)


def _email_key(typed_: str) -> str:
    key = typed_.lower()
    if not _EMAIL.fullmatch(key):
        raise _OddError
    return key


def _emails(value: str) -> list[tuple[str, str]]:
    parts = [part.strip() for part in value.split(";")]
    return list({key: (part, key) for part in parts if part and (key := _email_key(part))}.values())


def _phone_key(typed_: str) -> str:
    found = _PHONE.fullmatch(typed_)
    if not found:
        raise _OddError
    return f"+1{found[2]}{found[3]}{found[4]}"


def _number(value: str | None) -> int | None:
    if value is None:
        return None
    digits = value[1:] if value[0] in "Cc" else value
    if not digits.isdecimal() or len(digits) > 15 or not int(digits):
        raise _OddError
    return int(digits)


def _words(
    fold: Fold, person: str | None, company: str | None, building: str | None, email: str | None,
    emails: list[tuple[str, str]], keys: tuple[str | None, ...],
) -> str:  # fmt: skip
    """Give what search.customer_text gives."""
    firm = f"{company} {building}" if company and building else company or building
    mail = " ".join(filter(None, (email, *[address for address, _ in emails]))) if emails else email
    parts = (
        fold(person) if person else "", search.COMPANY, fold(firm) if firm else "", search.EMAIL,
        fold(mail) if mail else "", search.PHONE, " ".join([key[1:] for key in keys if key]), search.CONTACT,
    )  # fmt: skip
    return "".join(parts)
