"""Customer credit: what the shop owes a customer, as a ledger that is only ever added to."""

from typing import TYPE_CHECKING, NamedTuple

from hubcli.errors import HubError
from hubcli.operations.customers import editing
from hubcli.operations.customers.status import refuse_purged
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub


class Entry(NamedTuple):
    """An entry that was made: its id, the customer's name, and the balance in cents before and after."""

    id: int
    name: str
    before: int
    after: int


def grant(hub: "Hub", customer: int, cents: int, note: str | None) -> Entry:
    """Give customer credit."""
    return _enter(hub, customer, cents, "grant", note)


def withdraw(
    hub: "Hub", customer: int, cents: int, method: str, note: str | None, *, reference: str | None = None,
    location: str | None = None,
) -> Entry:  # fmt: skip
    """Pay customer credit out: in cash, by check, or by aio-pay to who has paid with that.

    Raises not_enough_credit, withdraw_aio.
    """
    if method == "aio-pay" and hub.one("credit.paid_by", {"customer": customer, "method": method}) is None:
        raise HubError("withdraw_aio", ref=f"C{customer}", refs=(f"C{customer}",))
    how = {"method": method, "reference": reference, "location": location}
    return _enter(hub, customer, -cents, "withdrawal", note, **how)


def adjust(hub: "Hub", customer: int, to: int, note: str) -> Entry:
    """Bring the balance to what it should be by an entry of the difference; none when it is that already."""
    balance = int(editing.head(hub, customer)["credit_cents"] or 0)
    return _enter(hub, customer, to - balance, "adjustment", note)


def _enter(hub: "Hub", customer: int, cents: int, kind: str, note: str | None, **how: str | None) -> Entry:
    row = editing.head(hub, customer)
    refuse_purged(row)
    before = int(row["credit_cents"] or 0)
    if cents == 0:
        return Entry(0, row["name"], before, before)
    if before + cents < 0:
        balance, amount = money.show(before), money.show(-cents)
        raise HubError("not_enough_credit", ref=f"C{customer}", name=row["name"], balance=balance, amount=amount)
    entry = hub.insert(
        "wallet_entries",
        {"customer_id": customer, "amount_cents": cents, "type": kind, "note": note,
         "entered_on": hub.day.today, "recorded_at": hub.day.at, "recorded_by": hub.who.actor, **how},
    )  # fmt: skip
    return Entry(entry, row["name"], before, before + cents)
