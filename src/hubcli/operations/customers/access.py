"""Consent to the use of personal data, the login of the shop's website, fields of the shop's own."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError, bad_value
from hubcli.operations.customers.editing import head, touched
from hubcli.values import text, words

if TYPE_CHECKING:
    from hubcli.store import Hub

FIELD_TYPES = ("text", "textarea", "dropdown", "checkbox", "radio", "multiselect")
CHOSEN = ("dropdown", "radio", "multiselect")
REQUIRED = "customers.required_fields"
"""The setting that says whether a new customer without a required field is refused."""
PASSWORD = 8
"""The fewest characters of a password."""


# ------------------------------------------------------------------------------------------------------------- consent


def check_capture(hub: "Hub") -> None:
    """Raise consent_off unless the shop is in the EU and asks for consent."""
    if not captures(hub):
        raise HubError("consent_off")


def captures(hub: "Hub") -> bool:
    """Tell whether the shop is in the EU and asks for consent."""
    return hub.setting("gdpr.capture") == "on" and hub.setting("shop.region") == "eu"


def consent(hub: "Hub", numbers: Sequence[int], *, given: bool, how: str | None) -> int:
    """Note that customers gave or withdrew their consent, inside a change; give how many had said otherwise."""
    check_capture(hub)
    changed = 0
    for number in numbers:
        row = head(hub, number)
        if row["status"] == "purged":
            raise HubError("wrong_status", ref=f"C{number}", name=row["name"], status="purged", wanted="there any more")
        if row["consent"] != int(given):
            values = {"consent": int(given), "consent_on": hub.day.today, "consent_how": how}
            hub.update("customers", number, values)
            changed += 1
    return changed


# --------------------------------------------------------------------------------------------------------------- login


def login(hub: "Hub", number: int, username: str | None, password: str | None, *, disabled: bool | None) -> None:
    """Set a customer's login inside a change; what is None stays. Raises username_taken, no_login.

    Only a salted hash of the password is kept (scrypt), and no command shows it.
    """
    row = hub.one("access.login", {"customer": number})
    values: dict[str, Any] = {}
    if username is not None:
        key = text.fold(username)
        other = hub.one("access.username", {"key": key})
        if other is not None and other["customer_id"] != number:
            raise HubError("username_taken", username=username, ref=f"C{other['customer_id']}")
        values |= {"username": username, "username_key": key}
    if password is not None:
        values["password_hash"] = hashed(password)
    if disabled is not None:
        values["disabled"] = int(disabled)
    if row is None:
        if username is None:
            raise HubError("no_login", ref=f"C{number}")
        hub.insert("logins", {"customer_id": number, **values})
    elif any(row[name] != value for name, value in values.items()):
        hub.update("logins", row["id"], values)
    touched(hub, number)


def username(hub: "Hub", number: int) -> str | None:
    """Give the name of a customer's login; None where there is none."""
    row = hub.one("access.login", {"customer": number})
    return None if row is None else row["username"]


def remove_login(hub: "Hub", number: int) -> None:
    """Take a customer's login away, inside a change; raise no_login."""
    row = hub.one("access.login", {"customer": number})
    if row is None:
        raise HubError("no_login", ref=f"C{number}")
    hub.run("access.remove_login", {"id": row["id"]})


def hashed(password: str, salt: bytes | None = None) -> str:
    """Give the salted hash of a password, as salt$hash in hexadecimal digits; raise bad_value for a short one."""
    if len(password) < PASSWORD:
        raise bad_value("password", "…", f"is shorter than {PASSWORD} characters")
    import hashlib
    import os

    salt = salt or os.urandom(16)
    return f"{salt.hex()}${hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1).hex()}"


# -------------------------------------------------------------------------------------------------------------- fields


def field(hub: "Hub", name: str) -> Any:
    """Give a field of the shop's own by its name, whatever its case; raise not_found with near names."""
    rows = {row["name"]: row for row in hub.rows("access.fields")}
    for known, row in rows.items():
        if text.fold(known) == text.fold(name):
            return row
    close = words.near(name, list(rows))
    near = f"; did you mean {', '.join(close)}?" if close else ""
    raise HubError("not_found", what="field", ref=text.visible(name), near=near, tries=("hub customers field list",))


def values(hub: "Hub", number: int) -> dict[str, str]:
    """Give what the shop's own fields hold for a customer, by name."""
    return {row["name"]: row["value"] for row in hub.rows("access.values", {"customer": number})}


def required(hub: "Hub") -> list[str]:
    """Give the fields of the shop's own that every customer has to have."""
    return lacking(hub, 0)  # nobody has the number 0


def lacking(hub: "Hub", number: int) -> list[str]:
    """Give the required fields of the shop's own that a customer has no value of."""
    return [row["name"] for row in hub.rows("access.lacking", {"customer": number})]


def complete(hub: "Hub", number: int) -> str | None:
    """Raise own_field_missing for a new customer without a required field, or give the warning that the shop wants."""
    names = ", ".join(lacking(hub, number))
    if not names:
        return None
    if hub.setting(REQUIRED) == "refuse":
        raise HubError("own_field_missing", fields=names)
    return f"warning: C{number} has no {names} yet: hub customers field set C{number} NAME=VALUE"


def furnish(hub: "Hub", number: int, values: Mapping[str, str | None]) -> list[str]:
    """Give a customer just made its fields of the shop's own, inside a change; give what is told of those it lacks.

    Raise own_field_missing, and what set_fields raises.
    """
    set_fields(hub, number, values)
    lacks = complete(hub, number)
    return [lacks] if lacks else []


def define(hub: "Hub", values: Mapping[str, Any]) -> int:
    """Make a field inside a change; give its number; raise field_exists, also for a column that files have anyway."""
    _free(hub, values["name"], None)
    return hub.insert("custom_fields", values)


def redefine(hub: "Hub", name: str, values: Mapping[str, Any]) -> None:
    """Change what a field is, inside a change; raise not_found, field_exists, bad_value, field_choice_used.

    A choice that customers have cannot be left out.
    """
    row = field(hub, name)
    if "name" in values:
        _free(hub, values["name"], row["id"])
    if values.get("choices"):
        if row["type"] not in CHOSEN:
            raise bad_value("--choices", row["type"], "takes no --choices")
        _keep_choices(hub, row, values["choices"].splitlines())
    changed = {column: value for column, value in values.items() if row[column] != value}
    if changed:
        hub.update("custom_fields", row["id"], changed)


def _free(hub: "Hub", name: str, besides: int | None) -> None:
    from hubcli.importing.fields import CUSTOMER_COLUMNS, CUSTOMER_FIELDS

    if text.fold(name).replace(" ", "_") in {*CUSTOMER_FIELDS, *CUSTOMER_COLUMNS} or any(
        text.fold(row["name"]) == text.fold(name) and row["id"] != besides for row in hub.rows("access.fields")
    ):
        raise HubError("field_exists", name=name)


def _keep_choices(hub: "Hub", row: Any, choices: Sequence[str]) -> None:
    for used in hub.rows("access.used_values", {"field": row["id"]}):
        parts = used["value"].split("; ") if row["type"] == "multiselect" else [used["value"]]
        for part in parts:
            if part not in choices:
                raise HubError("field_choice_used", choice=part, name=row["name"], count=used["customers"])


def having(hub: "Hub", pairs: Sequence[str]) -> dict[str, object]:
    """Give the parameters of a search for customers by fields of the shop's own, each pair as NAME=VALUE.

    Values of one field are OR, those without a value (NAME=) among them; fields are AND. Raises not_found, bad_value.
    """
    wanted: dict[int, list[str]] = {}
    without: list[int] = []
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise bad_value("--field", pair, "is not NAME=VALUE")
        row = field(hub, name.strip())
        if not value.strip():
            without.append(row["id"])
            continue
        wanted.setdefault(row["id"], []).extend(_held(hub, row["id"], value.strip()))
    held_or_none = [f"{number}={value}" for number in without for value in wanted.pop(number, ())]
    params: dict[str, object] = {"own_without": without, "own_or": held_or_none}
    if wanted:
        exact = [f"{number}={value}" for number, values in wanted.items() for value in values or ("",)]
        params |= {"own_values": exact, "own_count": len(wanted), "own_of": list(wanted)}
    return params


def _held(hub: "Hub", number: int, typed: str) -> list[str]:
    """Give the values of a field that a typed one means."""
    from hubcli import search

    among = search.containing(f"; {typed}; ")
    return [row["value"] for row in hub.rows("access.values_like", {"field": number, "value": typed, "among": among})]


def check_value(row: Any, value: str) -> str:
    """Give a value of a field in its stored form; raise bad_value with what it may be."""
    name, kind = row["name"], row["type"]
    if kind == "checkbox":
        return words.choose(value, ("yes", "no"), name)
    if kind in CHOSEN:
        choices = tuple((row["choices"] or "").splitlines())
        typed = [part.strip() for part in value.split(";")] if kind == "multiselect" else [value]
        return "; ".join(_choice(part, choices, name) for part in typed)
    longest = row["longest"] or (text.NOTE_LIMIT if kind == "textarea" else text.NAME_LIMIT)
    return text.note(value, name, longest) if kind == "textarea" else text.name(value, name, longest)


def _choice(value: str, choices: Sequence[str], name: str) -> str:
    for choice in choices:
        if text.fold(choice) == text.fold(value):
            return choice
    raise bad_value(name, value, f"is not one of {', '.join(choices)}")


def set_fields(hub: "Hub", number: int, values: Mapping[str, str | None], *, touch: bool = True) -> None:
    """Set fields of a customer inside a change, None takes one away; raise not_found, bad_value, field_retired_set.

    With `touch` it counts as work on the customer, unlike an edit of many.
    """
    for name, value in values.items():
        row = field(hub, name)
        there = hub.one("access.value", {"customer": number, "field": row["id"]})
        if value is None:
            if there is not None:
                hub.run("access.remove_value", {"id": there["id"]})
            continue
        if row["retired"]:
            raise HubError("field_retired_set", name=row["name"])
        checked = check_value(row, value)
        if there is None:
            hub.insert("field_values", {"customer_id": number, "field_id": row["id"], "value": checked})
        elif there["value"] != checked:
            hub.update("field_values", there["id"], {"value": checked})
    if touch:
        touched(hub, number)
