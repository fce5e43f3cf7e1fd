"""Types the rows that most files consist of, Latin text in the common forms; any other row is left to the reader.

Whatever this gives is exactly what typed.Reader gives for the row, in a third of the time.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from hubcli import search
from hubcli.errors import HubError
from hubcli.importing import typed
from hubcli.values import text

if TYPE_CHECKING:
    from hubcli.importing.typed import Customer

LATIN = "\u024f"
"""Up to here no character is invisible that is printable."""
LONGEST = 60
"""No value is longer here than the narrowest column is wide."""

_READ = frozenset((
    "number", "kind", "status", "company_name", "first_name", "last_name", "building_code", "mobile_phone",
    "home_phone", "alternate_phone", "email", "billing_emails", "type", "source", "found_us", "manager", "consent",
    "tax_exempt", "on_hold", "created_at", "archived_at", "last_activity_on", "external_ids", "delivery_label",
)) | {f"{kind}_{part}" for kind in ("billing", "delivery") for part in typed.PARTS}  # fmt: skip

_PHONE = re.compile(r"(\+?1[ .-]?)?\(?([2-9][0-9]{2})\)?[ .-]?([2-9][0-9]{2})[ .-]?([0-9]{4})")
_EMAIL = re.compile(r"[a-z0-9_]+(?:[.+-][a-z0-9_]+)*@(?:[a-z0-9]+\.)+(?!arpa$|invalid$|local$|localhost$|onion$)[a-z]+")
_ZIP = re.compile(r"[0-9]{5}(?:-[0-9]{4})?")
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{3})?Z")

_FLAG = {None: None, "yes": 1, "no": 0}
_KIND = {word: word for word in ("individual", "company")}
_STATUS = {None: None} | {word: word for word in ("active", "archived", "deleted", "spam")}
_TYPE = {None: None} | {word: word for word in ("luxury", "average", "budget-friendly")}
_SOURCE = {None: None} | {word: word for word in ("website", "in-store")}
_ADDRESSES = tuple(
    tuple(f"{kind}_{part}" for part in ("line1", "line2", "city", "state", "zip", "country"))
    for kind in ("billing", "delivery")
)
_NOWHERE = (None,) * 8

Get = Callable[[str], Any]
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

    def __call__(self, line: int, found: Mapping[str, str]) -> "Customer | None":
        """Type one mapped row."""
        values = found.values()
        whole = "|".join(values)
        if not whole.isprintable() or "  " in whole or "`" in whole or len(max(values, key=len)) > LONGEST:
            return None
        if not _READ.issuperset(found):
            return None
        fold: Fold = str.lower  # what text.fold comes to for such text
        if not whole.isascii():
            if max(whole) > LATIN or not unicodedata.is_normalized("NFC", whole):
                return None
            fold = text.fold
        try:
            return self._typed(line, found.get, fold)
        except (KeyError, HubError, _OddError):
            return None

    def _typed(self, line: int, get: Get, fold: Fold) -> "Customer":
        kind, status = _KIND[get("kind")], _STATUS[get("status")]
        first, last, company, building = (
            get("first_name"), get("last_name"), get("company_name"), get("building_code")
        )  # fmt: skip
        email, ids, emails = get("email"), get("external_ids"), get("billing_emails")
        email_key = email and _email_key(email)
        emails = _emails(emails) if emails else []
        ids = typed.external_ids(ids) if ids else []
        billing, delivery = self._address(get, fold, _ADDRESSES[0]), self._address(get, fold, _ADDRESSES[1])
        mobile, home, other = get("mobile_phone"), get("home_phone"), get("alternate_phone")
        mobile_key, home_key, other_key = self._keys(mobile, home, other, billing[5])
        person = f"{first} {last}" if first and last else first or last
        called = (company if kind == "company" else person) or company or email or mobile or home
        if not called or (kind == "company" and not company):
            raise _OddError
        number, (created, archived, touched) = _number(get("number")), self._moments(get, status)
        sort_name = fold(called) if called is not home else "no name"
        words = _words(fold, person, company, building, email, emails, (mobile_key, home_key, other_key))
        bare = int(not (email or mobile or home or other or billing[0] or billing[4]))
        keys = (
            line, number, int(bool(ids) or number is not None), sort_name, words, email_key, mobile_key, home_key,
            other_key, billing[4] and billing[4][:5], get("manager"), bare,
        )  # fmt: skip
        values = (
            line, number, kind, status, company, first, last, building, mobile, mobile_key, home, home_key, other,
            other_key, email, email_key, _TYPE[get("type")], _SOURCE[get("source")], get("found_us"), get("manager"),
            _FLAG[get("consent")], _FLAG[get("tax_exempt")], _FLAG[get("on_hold")], created, archived, touched,
            sort_name, *billing, get("delivery_label"), *delivery, None,
        )  # fmt: skip
        return typed.Customer(keys, values, emails, ids)

    def _address(self, get: Get, fold: Fold, names: tuple[str, ...]) -> Address:
        line1, line2, city, state, code, country = map(get, names)
        if not (line1 or line2 or city or state or code or country):
            return _NOWHERE
        country = self._countries[country] or self._countries[get("billing_country")] or self.country
        if code and (country != "US" or not _ZIP.fullmatch(code)):
            raise _OddError
        street = f"{line1} {line2}" if line1 and line2 else line1 or line2 or ""
        return (line1, line2, city, state, code, country, fold(street), fold(city) if city else "")

    def _keys(self, mobile: str | None, home: str | None, other: str | None, country: str | None) -> list[str | None]:
        if (country or self.country) != "US" and (mobile or home or other):
            raise _OddError
        return [typed_ and _phone_key(typed_) for typed_ in (mobile, home, other)]

    def _moments(self, get: Get, status: str | None) -> tuple[str | None, str | None, str | None]:
        """Give when it was created, archived and last touched; what the file leaves out is worked out."""
        created, archived = self._moment(get("created_at")), self._moment(get("archived_at"))
        touched = self._days[get("last_activity_on")] or (created and min(created[:10], self.today))
        return created, (archived or self.at) if status == "archived" else None, touched

    def _moment(self, value: str | None) -> str | None:
        """Read an instant; one of a past day in hub's own form is known to be what it says."""
        if value and (found := _INSTANT.fullmatch(value)) and self._days[value[:10]] < self.today:
            return value if found[1] else f"{value[:-1]}.000Z"
        return self._instants[value]  # type: ignore[no-any-return]


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
