"""What can be typed about a customer: every field with its rule, shared by create, edit and the questions of both."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError, bad_value
from hubcli.values import phones, text, words

if TYPE_CHECKING:
    from hubcli.store import Hub

Typed = Mapping[str, str | None]
"""Fields as typed, by their names; None takes the value away."""

WORDS = {
    "kind": ("individual", "company"),
    "type": ("luxury", "average", "budget-friendly"),
    "source": ("website", "in-store"),
}
TEXTS = {"company_name": 200, "first_name": 200, "last_name": 200, "building_code": 60, "found_us": 200}
PHONES = {"mobile_phone": "mobile_key", "home_phone": "home_key", "alternate_phone": "alternate_key"}
LINES = {"line1": 200, "line2": 200, "city": 100, "state": 60}
PARTS = (*LINES, "zip", "country")
FIELDS = (
    "kind", "company_name", "first_name", "last_name", "building_code", "mobile_phone", "home_phone", "alternate_phone",
    "email", "type", "source", "found_us", "manager", *(f"billing_{part}" for part in PARTS),
    *(f"delivery_{part}" for part in PARTS), "discount",
)  # fmt: skip
LISTS = ("billing_emails", "external_ids")
SHORT = {"mobile": "mobile_phone", "home": "home_phone", "alternate": "alternate_phone"} | {
    part: f"billing_{part}" for part in PARTS
}
PERSONAL = frozenset({*FIELDS[2:9], *LISTS}) - {"building_code"}
"""Fields that are one customer's own: no bulk edit sets them."""

ELSEWHERE = {
    "status": "hub customers archive, restore, delete, spam",
    "on_hold": "hub customers hold, unhold",
    "notes": "hub notes add",
    "contacts": "hub customers contact add",
    "credit_balance": "hub credit grant, adjust",
    "tax_exempt": "hub customers tax-exempt",
    "payment_methods": "hub customers payment-methods",
    "price_level": "hub models levels assign",
    "credit_limit": "hub credit line set",
}
DERIVED = ("number", "name", "stage", "lifetime_value", "orders", "owed", "overdue", "last_activity_on", "version")


class Values(NamedTuple):
    """Typed fields as rows hold them: columns of the customer, parts of both addresses, and what to warn of."""

    columns: dict[str, Any]
    billing: dict[str, Any]
    delivery: dict[str, Any]
    warnings: list[str]


def is_named(typed: str) -> bool:
    """Tell whether a name, in any of its forms, is that of something hub itself keeps of a customer."""
    return _plain(typed) in {*FIELDS, *LISTS, *ELSEWHERE, *DERIVED}


def _plain(typed: str) -> str:
    name = typed.strip().lower().replace("-", "_")
    return SHORT.get(name, name)


def named(typed: str, option: str = "--set") -> str:
    """Give the full name of a field typed in any of its forms; raise bad_value with near names."""
    name = _plain(typed)
    if name in FIELDS or name in LISTS:
        return name
    if name in ELSEWHERE:
        raise bad_value(option, typed, "is changed by a command of its own", ELSEWHERE[name])
    if name in DERIVED:
        raise bad_value(option, typed, "is worked out by hub, never typed")
    known = [*FIELDS, *LISTS, *SHORT]
    close = words.near(name, known) or known
    raise bad_value(option, typed, f"is not a field of a customer: {'did you mean' if close != known else 'there are'} "
                    + ", ".join(close))  # fmt: skip


def option(field: str) -> str:
    """Give the option that sets a field: --mobile, --zip, --delivery-zip."""
    short = {full: name for name, full in SHORT.items() if full not in {"home_phone", "alternate_phone"}}
    return "--" + short.get(field, field).replace("_", "-")


def read(hub: "Hub", typed: Typed, country: str) -> Values:
    """Read typed fields; `country` is what phones and addresses mean that name none.

    Raises bad_value for a value that does not follow its field's rule, not_found for an unknown account manager.
    """
    found = Values({}, {}, {}, [])
    places = {"billing": found.billing, "delivery": found.delivery}
    codes = {kind: _country(typed.get(f"{kind}_country"), f"{kind}_country", country) for kind in places}
    for field, value in typed.items():
        kind, _, part = field.partition("_")
        if kind in places and part in PARTS:
            places[kind][part] = _part(field, part, value, codes[kind] or country)
        elif field in FIELDS:
            found.columns.update(_column(hub, field, value, codes["billing"] or country, found.warnings))
    return found


def check(hub: "Hub", field: str, value: str, country: str) -> None:
    """Raise bad_value or not_found unless the value follows the rule of its field."""
    read(hub, {field: value}, country)


def _country(value: str | None, field: str, default: str) -> str:
    return text.country(value, option(field)) if value else default


def _part(field: str, part: str, value: str | None, country: str) -> str | None:
    if part == "country":
        return country if value else None
    if not value:
        return None
    return read_part(part, value, country, option(field))


def read_part(part: str, value: str, country: str, label: str) -> str:
    """Give one part of an address as it is kept; raise bad_value."""
    if part == "zip":
        return text.zip_code(value, country, label)
    return text.name(value, label, LINES[part])


def _column(hub: "Hub", field: str, value: str | None, country: str, warnings: list[str]) -> dict[str, Any]:
    label = option(field)
    if field in PHONES:
        return _phone(field, value, country, warnings)
    if field == "email":
        address = text.email(value, label) if value is not None else None
        return {"email": address and address.typed, "email_key": address and address.key}
    if field == "manager":
        from hubcli.operations import staff

        return {"manager_id": None if value is None or value.lower() == "none" else staff.active(hub, value)}
    if field == "discount":
        return {"discount_rate": 0 if value is None else _discount(value, label)}
    if value is None:
        return {field: None}
    return {
        field: words.choose(value, WORDS[field], label) if field in WORDS else text.name(value, label, TEXTS[field])
    }


def _discount(value: str, label: str) -> int:
    from hubcli.values import money

    return money.parse_percent(value, label)


def _phone(field: str, value: str | None, country: str, warnings: list[str]) -> dict[str, Any]:
    if value is None:
        return {field: None, PHONES[field]: None}
    phone = phones.parse(value, country, option(field))
    if not phone.known:
        warnings.append(f"warning: {option(field)[2:]}: {phone.typed} has no form known in {country}; kept as typed")
    return {field: phone.typed, PHONES[field]: phone.key}


def external_id(typed: str, label: str = "--external-id") -> tuple[str, str]:
    """Give the system and the number of `shopify=7210`; raise bad_value."""
    import re

    system, equals, number = typed.partition("=")
    system = system.strip().lower()
    if not equals or not re.fullmatch("[a-z][a-z0-9_-]{0,39}", system):
        raise bad_value(label, typed, "is no number of another system: write SYSTEM=ID, as in shopify=7210448300001")
    if "; " in number:
        raise bad_value(label, typed, "holds '; ', which stands between two numbers in files: give each its own option")
    return system, text.name(number, label, 200, code=True)


def emails(typed: list[str], label: str = "--billing-email") -> list[tuple[str, str]]:
    """Give billing e-mails as typed with their keys, each once; raise bad_value."""
    found = [text.email(value, label) for value in typed]
    return list({email.key: (email.typed, email.key) for email in found}.values())


def complete(values: Values, require: str) -> None:
    """Raise unless a new customer has a name and the contact that the setting customers.require asks for."""
    have = values.columns
    if have.get("kind") == "company" and not have.get("company_name"):
        raise HubError("company_without_name")
    missing = []
    if not any(have.get(name) for name in ("first_name", "last_name", "company_name")):
        missing.append("--first-name or --last-name (or --company-name)")
    if not _reachable(values, require):
        missing.append(REQUIRED[require])
    if missing:
        raise HubError("field_missing", fields=" and ".join(missing))


REQUIRED = {
    "mobile": "--mobile",
    "any-phone": "--mobile, --home-phone or --alternate-phone",
    "any-contact": "--mobile, --home-phone, --alternate-phone, --email or an address",
}


def _reachable(values: Values, require: str) -> bool:
    have = values.columns
    if require == "mobile":
        return bool(have.get("mobile_phone"))
    by_phone = any(have.get(field) for field in PHONES)
    if require == "any-phone":
        return by_phone
    return by_phone or bool(have.get("email") or values.billing.get("line1"))
