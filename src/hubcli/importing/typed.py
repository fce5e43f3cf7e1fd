"""Mapped text of a customer as typed columns: checked by the rules of `customers create`, every flaw of a row told."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any, NamedTuple

from hubcli import search
from hubcli.errors import HubError, bad_value
from hubcli.importing.rules import YES
from hubcli.values import clock, dates, phones, text, words

PARTS = ("line1", "line2", "city", "state", "zip", "country")
ADDRESS = (*PARTS, "street_key", "city_key")
PHONES = {"mobile_phone": "mobile_key", "home_phone": "home_key", "alternate_phone": "alternate_key"}
KEYS = (
    "line", "number", "declared", "sort_name", "folded", "email_key", "mobile_key", "home_key", "alternate_key",
    "zip_key", "manager", "bare",
)  # fmt: skip
"""The columns of the temporary table `staged` (sql/imports.sql), in its order: what rows are matched by."""

COLUMNS = (
    "line", "number", "kind", "status", "company_name", "first_name", "last_name", "building_code",
    "mobile_phone", "mobile_key", "home_phone", "home_key", "alternate_phone", "alternate_key", "email", "email_key",
    "type", "source", "found_us", "manager", "consent", "tax_exempt", "on_hold", "created_at", "archived_at",
    "touched_on", "sort_name", *(f"billing_{part}" for part in ADDRESS), "delivery_label",
    *(f"delivery_{part}" for part in ADDRESS), "note",
)  # fmt: skip
"""The columns of the temporary table `known` (sql/imports.sql), in its order: the whole row."""

_TEXTS = {
    "company_name": 200, "first_name": 200, "last_name": 200, "building_code": 60, "found_us": 200, "manager": 200,
    "delivery_label": 200,
} | {f"{kind}_{part}": limit for kind in ("billing", "delivery")
     for part, limit in (("line1", 200), ("line2", 200), ("city", 100), ("state", 60))}  # fmt: skip
_WORDS = {
    "kind": ("individual", "company"),
    "type": ("luxury", "average", "budget-friendly"),
    "source": ("website", "in-store"),
    "status": ("active", "archived", "deleted", "spam"),
}
_NO = frozenset(("no", "n", "false", "f", "0", "off"))
_NUMBER = re.compile(r"[Cc]?([0-9]{1,15})")
_EXTERNAL = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,39}):(.+)")
_NOTED = (("contact_title", "Title"), ("fax", "Fax"), ("tags", "Tags"))
_NOTES = frozenset(("note", *(field for field, _ in _NOTED)))
_ZIP = re.compile(r"[0-9]{5}(?:-[0-9]{4})?")
_LATER = frozenset((*PHONES, "billing_zip", "delivery_zip", "note", *(field for field, _ in _NOTED)))


class Customer(NamedTuple):
    """One row that can be taken: what it is matched by (KEYS), all its values (COLUMNS), and what it has several of.

    `emails` are billing e-mails and `ids` other systems' numbers, each a pair.
    """

    keys: tuple[Any, ...]
    values: tuple[Any, ...]
    emails: list[tuple[str, str]]
    ids: list[tuple[str, str]]


class Flaw(NamedTuple):
    """What is wrong with a row, or worth a warning: the kind of flaw, the same for many rows, and the value."""

    what: str
    value: str = ""


class Flawed(Exception):  # noqa: N818  # a row, not an error of the program
    """A row that cannot be taken, with everything that is wrong with it."""

    def __init__(self, flaws: list[Flaw]):
        super().__init__(flaws)
        self.flaws = flaws


def flaw_of(error: HubError) -> Flaw:
    """Give an error of values as a flaw: "email: is not an e-mail address", its value apart."""
    if error.slug != "bad_value":
        return Flaw(error.message)
    rule = str(error.facts["rule"])
    allowed = f", it can be {error.facts['allowed']}" if "allowed" in error.facts else ""
    what = f"{error.facts['field']}: {rule.partition(': ')[0].partition(' (')[0]}{allowed}"
    return Flaw(what, str(error.facts["value"]))


NAMELESS = Flaw("has neither a name nor an e-mail address nor a phone number")
_FURTHER = Flaw("is only a further address: hub customers address add takes those")
_NAMES = ("last_name", "first_name", "company_name", "email", "mobile_phone", "home_phone")


class Reader:
    """Turns mapped rows into typed ones; what is not known of a country or a day comes from here.

    `country` is what phones and addresses mean that name none; `today` the last day that may be named; `zone` the
    shop's time zone; `at` the present instant. `warn` hears of values that are taken with a doubt.
    """

    def __init__(self, country: str, today: str, at: str, zone: str | None, warn: Callable[[int, Flaw], None]) -> None:
        self.country = country
        self.today = today
        self.at = at
        self.warn = warn
        self._known: dict[tuple[str, str], tuple[str, Any]] = {}
        moment = partial(instant, today=today, zone=zone)
        self._readers: dict[str, tuple[str, Callable[[str, str], Any]]] = {
            **{field: (field, _word) for field in _WORDS},
            **{field: (field, _flag) for field in ("consent", "tax_exempt", "on_hold")},
            **{field: (field, _country) for field in ("billing_country", "delivery_country")},
            **{field: (field, moment) for field in ("created_at", "archived_at")},
            "last_activity_on": ("touched_on", partial(past_day, today=today)),
            "number": ("number", _customer_number),
        }
        self._zip = lru_cache(4096)(text.zip_code)

    def __call__(self, line: int, found: Mapping[str, str]) -> Customer:
        """Give the typed row; raise Flawed with all its flaws."""
        out: dict[str, Any] = _BLANK.copy()
        out["line"] = line
        flaws: list[Flaw] = []
        several: dict[str, list[tuple[str, str]]] = {"billing_emails": [], "external_ids": []}
        known = self._known
        for field, value in found.items():
            if (limit := _TEXTS.get(field)) is not None:
                plain = value.isascii() and value.isprintable() and len(value) <= limit
                if plain and (len(value) < text.CARD_LENGTH or not text.card(value)):
                    out[field] = value  # most values: nothing in them that needs a closer look
                    continue
            elif field in _LATER:
                continue
            elif column_value := known.get((field, value)):
                out[column_value[0]] = column_value[1]
                continue
            try:
                self._take(out, several, field, value)
            except HubError as error:
                flaws.append(flaw_of(error))
        emails, ids = several.values()
        self._finish(line, out, found, flaws)
        _check(out, flaws, ids)
        if flaws:
            raise Flawed(flaws)
        out["declared"] = int(bool(ids) or out["number"] is not None)
        _derive(out, emails)
        return Customer(_keys(out), _row(out), emails, ids)

    def _take(self, out: dict[str, Any], several: dict[str, Any], field: str, value: str) -> None:
        """Set one field; what many rows say alike is remembered with what it came to."""
        if field in _TEXTS:
            out[field] = text.name(value, field, _TEXTS[field])
            return
        if field == "email":
            out["email"], out["email_key"] = text.email(value)
            return
        if field in several:
            several[field] = (external_ids if field == "external_ids" else _emails)(value)
            return
        column, read = self._readers[field]
        out[column] = read(value, field)
        if field != "number" and len(self._known) < 20_000:
            self._known[field, value] = (column, out[column])

    def _finish(self, line: int, out: dict[str, Any], found: Mapping[str, str], flaws: list[Flaw]) -> None:
        """Set what depends on other fields, such as phones on the country."""
        for kind in ("billing", "delivery"):
            self._address(line, out, found, kind, flaws)
        for field in PHONES:
            if field in found:
                self._phone(line, out, field, found[field], flaws)
        if not _NOTES.isdisjoint(found):
            try:
                out["note"] = _note(found)
            except HubError as error:
                flaws.append(flaw_of(error))
        self._moments(out)

    def _phone(self, line: int, out: dict[str, Any], field: str, typed: str, flaws: list[Flaw]) -> None:
        """Set one phone and its key."""
        try:
            phone = phones.parse(typed, out["billing_country"] or self.country, field)
        except HubError as error:
            flaws.append(flaw_of(error))
            return
        if not phone.known:
            self.warn(line, Flaw(f"{field}: a number of an unknown form is kept as written", phone.typed))
        out[field], out[PHONES[field]] = phone.typed, phone.key

    def _address(self, line: int, out: dict[str, Any], found: Mapping[str, str], kind: str, flaws: list[Flaw]) -> None:
        """Complete one address in place: its country, its ZIP as written, the keys that search uses."""
        line1, line2, city = out[f"{kind}_line1"], out[f"{kind}_line2"], out[f"{kind}_city"]
        code = found.get(f"{kind}_zip")
        named = out[f"{kind}_country"]
        if not (line1 or line2 or city or code or out[f"{kind}_state"] or named):
            return
        country = out[f"{kind}_country"] = named or out["billing_country"] or self.country
        if code:
            try:
                out[f"{kind}_zip"] = code if country == "US" and _ZIP.fullmatch(code) else self._zip(code, country)
            except HubError:
                self._odd_zip(line, out, kind, code, flaws)
        out[f"{kind}_street_key"], out[f"{kind}_city_key"] = search.address_keys(line1, line2, city)

    def _odd_zip(self, line: int, out: dict[str, Any], kind: str, code: str, flaws: list[Flaw]) -> None:
        """Keep a code that does not look like one of its country as it is written, and say so."""
        try:
            out[f"{kind}_zip"] = text.name(code, f"{kind}_zip", 40)
        except HubError as error:
            flaws.append(flaw_of(error))
            return
        country = out[f"{kind}_country"]
        self.warn(line, Flaw(f"{kind}_zip: does not look like a postal code of {country}, kept as written", code))

    def _moments(self, out: dict[str, Any]) -> None:
        """Fill the dates that the file leaves out; a row that is not archived has no such moment."""
        given = out["created_at"]
        if out["status"] == "archived":
            out["archived_at"] = out["archived_at"] or self.at
        else:
            out["archived_at"] = None
        if out["touched_on"] is None:
            out["touched_on"] = min(given[:10], self.today) if given else None


_BLANK: dict[str, Any] = dict.fromkeys((*KEYS, *COLUMNS))
_keys, _row = itemgetter(*KEYS), itemgetter(*COLUMNS)


def _word(value: str, field: str) -> str:
    return words.choose(value, _WORDS[field], field)


def _country(value: str, field: str) -> str:
    return text.country(value, field)


def _flag(value: str, field: str) -> int:
    said = value.casefold()
    if said in YES or said in _NO:
        return int(said in YES)
    raise bad_value(field, value, "is neither yes nor no")


def instant(value: str, field: str, today: str, zone: str | None) -> str:
    """Read an instant, or a day as its first moment; raise bad_value for what has not begun yet."""
    import datetime as dt

    day = dt.date.fromisoformat(today)
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]", value):
        return clock.instant(value, day, zone, field)
    found = dates.not_future(dates.imported_day(value, "ymd", field), day, field)
    return clock.instant(found.isoformat(), day, zone, field)


def past_day(value: str, field: str, today: str) -> str:
    """Read a day that is not in the future, as ISO text."""
    import datetime as dt

    return dates.not_future(dates.imported_day(value, "ymd", field), dt.date.fromisoformat(today), field).isoformat()


def _customer_number(value: str, field: str) -> int:
    found = _NUMBER.fullmatch(value)
    if not found or not int(found[1]):
        raise bad_value(field, value, "is not a customer number: write C12")
    return int(found[1])


def _emails(value: str) -> list[tuple[str, str]]:
    found = [text.email(part.strip(), "billing_emails") for part in value.split(";") if part.strip()]
    return list({email.key: (email.typed, email.key) for email in found}.values())


def external_ids(value: str) -> list[tuple[str, str]]:
    """Read other systems' numbers, such as shopify:7210448300001; old:4711; raise bad_value."""
    found = []
    for part in value.split("; "):
        match = _EXTERNAL.fullmatch(part.strip())
        if not match:
            raise bad_value("external_ids", part, "names no system: write SYSTEM:ID, as in shopify:7210448300001")
        number = match[2].strip()
        plain = number.isascii() and number.isprintable() and 0 < len(number) <= 200
        found.append((match[1].lower(), number if plain else text.name(number, "external_ids", 200, code=True)))
    return list(dict.fromkeys(found))


def _note(found: Mapping[str, str]) -> str | None:
    parts = [found["note"]] if "note" in found else []
    parts += [f"{label}: {found[field]}" for field, label in _NOTED if field in found]
    return text.note("\n".join(parts)) if parts else None


def _check(out: dict[str, Any], flaws: list[Flaw], ids: list[tuple[str, str]]) -> None:
    """Say what a customer cannot be without."""
    if out["kind"] == "company" and not out["company_name"]:
        if not any(flaw.what.startswith("company_name") for flaw in flaws):
            flaws.append(Flaw("a company needs a company_name"))
    elif not flaws and out["number"] is None and not named(out):
        flaws.append(_FURTHER if ids and out["billing_country"] else NAMELESS)


def named(values: Mapping[str, Any]) -> bool:
    """Tell whether these columns of a customer say who it is; a row with a number alone is about somebody known."""
    return any(values[name] for name in _NAMES)


def _derive(out: dict[str, Any], emails: list[tuple[str, str]]) -> None:
    """Work out the name that rows are sorted and compared by, and the words that search finds."""
    out["sort_name"] = search.sort_name(called(out))
    out["folded"] = search.customer_text(
        {**out, "billing_emails": " ".join([typed for typed, _ in emails]), "contacts": None}
    )
    code, country = out["billing_zip"], out["billing_country"]
    out["bare"] = int(not (code or out["billing_line1"] or out["email"] or any(out[key] for key in PHONES.values())))
    if code:
        out["zip_key"] = code[:5] if country == "US" else code.replace(" ", "").upper()


def called(out: Mapping[str, Any]) -> str:
    """Give what a customer is called, as the column `name` of customers works it out."""
    person = f"{out['first_name'] or ''} {out['last_name'] or ''}".strip(" ")
    company = out["company_name"]
    if out["kind"] == "company" and company:
        return str(company)
    return str(person or company or out["email"] or out["mobile_phone"] or "no name")
