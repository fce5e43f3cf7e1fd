"""The shop's choices: every key with its default, its form and what it does."""

from typing import TYPE_CHECKING, NamedTuple

from hubcli.errors import HubError, bad_value
from hubcli.values import words

if TYPE_CHECKING:
    from hubcli.store import Hub


class Setting(NamedTuple):
    """One key: default as text, the words it takes (none: any text), what it does."""

    default: str
    words: tuple[str, ...]
    meaning: str


SETTINGS: dict[str, Setting] = {
    "shop.name": Setting("", (), "the shop's name, on everything printed"),
    "shop.address": Setting("", (), "the shop's address, on everything printed"),
    "shop.country": Setting("US", (), "the country of phone numbers and addresses that name none"),
    "shop.timezone": Setting("", (), "the shop's time zone, such as America/Chicago; empty: the system's"),
    "customers.require": Setting(
        "mobile", ("mobile", "any-phone", "any-contact"), "what customers create asks for; imports take any contact"
    ),
}


def default(key: str) -> str:
    """Give the default of a key; raise not_found with near keys for an unknown one."""
    return known(key).default


def known(key: str) -> Setting:
    """Give the setting of a key; raise not_found with near keys."""
    if key not in SETTINGS:
        close = words.near(key, list(SETTINGS))
        near = f"; did you mean {', '.join(close)}?" if close else ""
        raise HubError("not_found", what="setting", ref=key, near=near, tries=("hub settings list",))
    return SETTINGS[key]


def check(key: str, value: str) -> str:
    """Give the value in its stored form; raise bad_value when the key does not take it."""
    setting = known(key)
    if setting.words:
        return words.choose(value, setting.words, key)
    if key == "shop.country":
        from hubcli.values import text

        return text.country(value, key)
    if key == "shop.timezone" and value:
        from zoneinfo import available_timezones

        if value not in available_timezones():
            raise bad_value(key, value, "is no time zone: write one such as America/Chicago")
    return value


def store(hub: "Hub", key: str, value: str | None) -> None:
    """Keep a checked value inside a change; None goes back to the default."""
    if value is None:
        hub.run("settings.remove", {"key": key})
        return
    hub.run("settings.change", {"key": key, "value": value})
    hub.run("settings.add", {"key": key, "value": value})
