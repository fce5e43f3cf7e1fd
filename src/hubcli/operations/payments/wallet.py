"""Customer credit as it is spent on documents and draws, and as money comes back into it."""

from typing import TYPE_CHECKING

from hubcli.errors import HubError
from hubcli.operations.customers import editing
from hubcli.values import money, text

if TYPE_CHECKING:
    from hubcli.store import Hub


def balance(hub: "Hub", customer: int) -> int:
    """Give the customer credit of a customer in cents."""
    return int(editing.head(hub, customer)["credit_cents"] or 0)


def spend(hub: "Hub", customer: int, cents: int, kind: str, document: int | None, note: str | None) -> int:
    """Take customer credit, for a document or a draw; raise not_enough_credit. Give the entry."""
    check(hub, customer, cents)
    return enter(hub, customer, -cents, kind, document, note)


def check(hub: "Hub", customer: int, cents: int) -> None:
    """Raise not_enough_credit unless a customer has so much customer credit."""
    row = editing.head(hub, customer)
    have = int(row["credit_cents"] or 0)
    if cents > have:
        ref, name = f"C{customer}", text.visible(row["name"])
        raise HubError("not_enough_credit", ref=ref, name=name, balance=money.show(have), amount=money.show(cents))


def enter(
    hub: "Hub", customer: int, cents: int, kind: str, document: int | None, note: str | None, **how: object
) -> int:
    """Add an entry of cents (above 0: in) to the customer credit; give its id.

    `how` holds more columns, where money came or went with it: method, reference, receipt, location, entered_on.
    """
    return hub.insert(
        "wallet_entries",
        {"customer_id": customer, "amount_cents": cents, "type": kind, "document_id": document, "note": note,
         "entered_on": hub.day.today, "recorded_at": hub.day.at, "recorded_by": hub.who.actor, **how},
    )  # fmt: skip


def put_back(hub: "Hub", entry: int) -> None:
    """Reverse an entry, once."""
    hub.run("credit.reverse", {"id": entry, "today": hub.day.today, "at": hub.day.at, "actor": hub.who.actor})


def used(hub: "Hub", customer: int) -> int:
    """Give the cents of customer credit that were spent and neither put back nor granted again since."""
    row = hub.one("account.spent", {"customer": customer})
    return max(0, int(row["cents"])) if row else 0


def reset(hub: "Hub", customer: int) -> int:
    """Give back all customer credit that was spent, as an entry of its own; give cents, 0 when nothing was spent."""
    cents = used(hub, customer)
    if cents:
        enter(hub, customer, cents, "reset", None, "what was used is granted again")
    return cents
