"""The sales tax rates by date."""

from typing import TYPE_CHECKING

from hubcli.errors import HubError

if TYPE_CHECKING:
    from hubcli.store import Hub


def add(hub: "Hub", day: str, rate: int, note: str | None) -> None:
    """Let a rate, in thousandths of a percent, hold from a day on, inside a change; that of the same day is changed."""
    row = hub.one("settings.tax_rate", {"starts_on": day})
    if row is None:
        hub.insert("tax_rates", {"starts_on": day, "rate": rate, "note": note})
        return
    changed: dict[str, object] = {} if row["rate"] == rate else {"rate": rate}
    if note is not None and row["note"] != note:
        changed["note"] = note
    if changed:
        hub.update("tax_rates", row["id"], changed)


def remove(hub: "Hub", day: str) -> None:
    """Take the rate of a day away, inside a change; raise not_found."""
    if hub.one("settings.tax_rate", {"starts_on": day}) is None:
        raise HubError("not_found", what="tax rate from", ref=day, near="", tries=("hub settings tax list",))
    hub.run("settings.remove_tax_rate", {"starts_on": day})
