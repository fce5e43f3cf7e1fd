"""Takes a payment on a quote or an order: every rule of the method, then the row, then what follows from it."""

from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations import credit_line
from hubcli.operations.documents import base, settle
from hubcli.operations.payments import methods, wallet
from hubcli.operations.payments.methods import LINE, WALLET, WRITE_OFF, Details
from hubcli.values import dates, money, text

if TYPE_CHECKING:
    from hubcli.store import Hub


class Wanted(NamedTuple):
    """A payment that is asked for: cents, or a preset that says how much; `confirmed` None leaves it to the setting.

    `again` lets a payment repeat another one. `receipt` is the first payment of the same check or transfer. `override`
    lets a draw above what the credit line holds, where the actor's role allows it.
    """

    method: str
    cents: int | None
    preset: str | None
    details: Details
    paid_on: str
    confirmed: bool | None = None
    again: bool = False
    receipt: int | None = None
    override: bool = False

    def request(self) -> dict[str, object]:
        """Give what an idempotency key stands for: all that was asked, but not whether it is sure."""
        asked = self._replace(again=False)._asdict()
        return {name: value for name, value in asked.items() if value or name != "override"}


class Paid(NamedTuple):
    """A payment that was made: its number, what it was for, and the balance of the document before and after."""

    number: int
    document: int
    cents: int
    status: str
    before: int
    after: int
    became_order: bool


def add(hub: "Hub", document: int, wanted: Wanted, *, number: int | None = None) -> Paid:
    """Take a payment inside a change, under a free P number or the next; a quote covered by it becomes an order.

    Raises what forbids it: quote_expired, document_closed, draft_order, not_fulfillable, above_balance, nothing_owed,
    not_enough_credit, payment_again, write_off_quote, and the stops of the credit line.
    """
    row = base.again(hub, document)
    check_document(hub, row, wanted.method)
    cents = amount(hub, row, wanted)
    _check_method(hub, row, wanted, cents)
    if not wanted.again:
        _check_repeated(hub, row, wanted, cents)
    number = _insert(hub, row, wanted, cents, number)
    now = settle(hub, document)
    became = row["ordered_on"] is None and now["ordered_on"] is not None
    status = str(hub.select("SELECT status FROM payments WHERE id = ?", (number,))[0][0])
    return Paid(number, document, cents, status, balance(row), balance(now), became)


def balance(row: Any) -> int:
    """Give what is still owed on a document: charged less paid and pending."""
    return int(row["charged_cents"] - row["paid_cents"] - row["pending_cents"])


def check_document(hub: "Hub", row: Any, method: str) -> None:
    """Raise unless a document takes money: neither closed, expired nor a draft, and every line knows how it gets there.

    A customer on spending hold may pay what is owed, but not buy: no money on a quote.
    """
    ref = base.ref_of(row)
    base.check_changeable(row)
    if row["status"] == "draft":
        raise HubError("draft_order", ref=ref, refs=(ref,))
    if row["ordered_on"] is not None:
        return
    if base.expired(row, hub.day.today):
        raise HubError("quote_expired", ref=ref, day=row["expires_on"], refs=(ref,))
    if method == WRITE_OFF:
        raise HubError("write_off_quote", ref=ref, refs=(ref,))
    lines = list(hub.rows("documents.unfulfilled", {"id": row["id"]}))
    if lines:
        named = ", ".join(f"line {line['line']} ({text.visible(line['model'])})" for line in lines)
        have = "has" if len(lines) == 1 else "have"
        raise HubError("not_fulfillable", ref=ref, lines=named, have=have, line=lines[0]["line"], refs=(ref,))
    base.check_buyer(hub, row["customer_id"])


def amount(hub: "Hub", row: Any, wanted: Wanted) -> int:
    """Give the amount in cents: as typed, or by the preset; raise nothing_owed, above_balance, not_enough_credit."""
    owed, ref = balance(row), base.ref_of(row)
    if owed <= 0:
        raise HubError("nothing_owed", ref=ref, refs=(ref,))
    if wanted.preset is None:
        cents = int(wanted.cents or 0)
    elif wanted.preset == "half":
        cents = min(money.round_half_up(row["total_cents"], 2), owed)
    elif wanted.preset == "full":
        cents = owed
    else:
        cents = min(owed, _most(hub, row, wanted.method))
    if cents > owed:
        raise HubError(
            "above_balance", ref=ref, amount=money.show(cents), owed=money.show(owed), refs=(ref,),
            customer=f"C{row['customer_id']}", method=wanted.method,
        )  # fmt: skip
    return cents


def _most(hub: "Hub", row: Any, method: str) -> int:
    """Give all that customer credit or the credit line hold for this customer; raise when that is nothing."""
    customer = row["customer_id"]
    if method == LINE:
        line = credit_line.check_draw(hub, customer, 0)
        most = line.available + _freed(row, balance(row))
        if most <= 0:
            credit_line.check_draw(hub, customer, 1)
        return most
    most = wallet.balance(hub, customer)
    if most <= 0:
        name = text.visible(row["customer_name"])
        raise HubError("no_credit_left", ref=f"C{customer}", name=name, refs=(f"C{customer}",))
    return most


def _freed(row: Any, cents: int) -> int:
    """Give how much of a draw only moves what an order on account uses of the line already."""
    counted = row["ordered_on"] is not None and row["on_account"] == 1
    return min(cents, max(0, balance(row))) if counted else 0


def _check_method(hub: "Hub", row: Any, wanted: Wanted, cents: int) -> None:
    customer = row["customer_id"]
    if wanted.method == LINE:
        credit_line.check_draw(hub, customer, cents, freed=_freed(row, cents), override=wanted.override)
    elif wanted.method == WALLET:
        have = wallet.balance(hub, customer)
        if cents > have:
            ref, name = f"C{customer}", text.visible(row["customer_name"])
            raise HubError("not_enough_credit", ref=ref, name=name, balance=money.show(have), amount=money.show(cents))


def _check_repeated(hub: "Hub", row: Any, wanted: Wanted, cents: int) -> None:
    """Raise payment_again for what looks like the same payment a second time."""
    same = hub.one(
        "payments.same",
        {"document": row["id"], "customer": row["customer_id"], "method": wanted.method, "amount": cents,
         "date": wanted.paid_on, "reference": wanted.details.reference},
    )  # fmt: skip
    if same is not None:
        from hubcli.values import clock

        when = clock.local_time(same["recorded_at"], hub.zone)
        raise HubError("payment_again", payment=f"P{same['id']}", when=when, refs=(f"P{same['id']}",))


def _insert(hub: "Hub", row: Any, wanted: Wanted, cents: int, number: int | None) -> int:
    method, details = wanted.method, wanted.details
    values = {
        "customer_id": row["customer_id"], "document_id": row["id"], "method": method, "amount_cents": cents,
        "status": methods.status(method, hub.setting("payments.manual"), confirmed=wanted.confirmed),
        "paid_on": wanted.paid_on, "fee_cents": methods.fee(method, details.channel, cents),
        "receipt": wanted.receipt, "recorded_by": hub.who.actor, "recorded_at": hub.day.at, **details._asdict(),
    }  # fmt: skip
    if number is not None:
        values["id"] = number
    if method == LINE:
        line = credit_line.line(hub, row["customer_id"])
        values |= {"due_on": dates.later(wanted.paid_on, line.days), "terms_name": line.terms}
    number = hub.insert("payments", values)
    if method == WALLET:
        wallet.spend(hub, row["customer_id"], cents, "applied", row["id"], f"P{number}")
    return number
