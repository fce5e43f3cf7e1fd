"""Closed periods: up to the day of books.closed_through nothing dated comes, goes or moves; schema.sql sees to that."""

from typing import TYPE_CHECKING

from hubcli import settings
from hubcli.errors import HubError, bad_value
from hubcli.operations import permissions

if TYPE_CHECKING:
    from hubcli.store import Hub

KEY = "books.closed_through"


def through(hub: "Hub") -> str | None:
    """Give the last closed day, or None."""
    return hub.setting(KEY) or None


def check_open(hub: "Hub", day: str) -> None:
    """Raise period_closed for a day that is in a closed period."""
    closed = through(hub)
    if closed is not None and day <= closed:
        raise HubError("period_closed", day=day, closed=closed)


def store(hub: "Hub", key: str, value: str | None) -> None:
    """Keep a checked setting inside a change; None goes back to the default, as an empty day does: nothing is closed.

    Books are closed through a day that has come. schema.sql refuses to move the day back, or to take it away, without
    a reason (books_reopen). Both ways take a right (permissions).
    """
    if key == KEY:
        permissions.require(hub, "books.close")
    if key == KEY and value is not None and value > hub.day.today:
        raise bad_value(key, value, f"is still to come: close the books through {hub.day.today} at most")
    settings.store(hub, key, (value or None) if key == KEY else value)
