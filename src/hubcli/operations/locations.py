"""The shops that documents are made in and money is taken at, as the setting shop.locations lists them."""

from typing import TYPE_CHECKING

from hubcli.errors import bad_value
from hubcli.values import text

if TYPE_CHECKING:
    from hubcli.store import Hub

KEY = "shop.locations"


def known(hub: "Hub") -> list[str]:
    """Give the shops that are listed; none: any name is taken."""
    return [name.strip() for name in hub.setting(KEY).split(",") if name.strip()]


def check(hub: "Hub", typed: str, option: str = "--location") -> str:
    """Give a shop as it is listed, in whatever case it was typed; raise bad_value for one that is not."""
    name = text.name(typed, option, 100)
    listed = known(hub)
    found = next((one for one in listed if text.fold(one) == text.fold(name)), None)
    if listed and found is None:
        raise bad_value(option, typed, f"is not a shop of {KEY}: {', '.join(listed)}", f"hub settings get {KEY}")
    return found or name
