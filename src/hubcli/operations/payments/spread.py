"""One check over many: money of a customer is spread over orders and draws, the oldest due first."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations import credit_line
from hubcli.operations.documents import base
from hubcli.operations.payments import settling, take, wallet
from hubcli.operations.payments.methods import LINE, WRITE_OFF
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub


class Named(NamedTuple):
    """A share that was asked for: the row of a document, or of a draw (a payment), and cents; None is all."""

    row: Any
    draw: bool
    cents: int | None


class Share(NamedTuple):
    """A share of the money: what it goes to, the day that was due, cents, and what is left to pay there.

    `number` is the payment that was made of it; None for a draw, and for what goes into customer credit.
    """

    number: int | None
    target: str
    due: str | None
    cents: int
    left: int


def name(hub: "Hub", ref: str, cents: int | None) -> Named:
    """Give the share for O7, Q7 or P5 (a draw); raise not_found, or not_a_draw for another payment."""
    if ref[:1] in "Pp" and ref[1:].isdecimal():
        row = settling.find(hub, int(ref[1:]))
        if row["method"] != LINE or row["status"] != "confirmed":
            raise HubError("not_a_draw", payment=f"P{row['id']}", refs=(f"P{row['id']}",))
        return Named(row, draw=True, cents=cents)
    return Named(base.find(hub, ref), draw=False, cents=cents)


def spread(
    hub: "Hub", customer: int, wanted: take.Wanted, named: Sequence[Named] = (), *, surplus: bool = False
) -> list[Share]:
    """Spread `wanted.cents` inside a change: first what is named, then what is owed, the oldest due first.

    What is left is refused (above_owed), or becomes customer credit where `surplus` says so. Raises
    other_customer_than, spread_method, and whatever taking each payment raises.
    """
    if wanted.method in {LINE, WRITE_OFF}:
        raise HubError("spread_method", method=wanted.method)
    left, made, receipt = int(wanted.cents or 0), [], wanted.receipt
    repaid: list[int] = []
    for item in _targets(hub, customer, named):
        cents = min(item.cents if item.cents is not None else _owed(item), left)
        if cents <= 0:
            continue
        again = wanted.again or receipt is not None
        share = _pay(hub, customer, item, wanted._replace(cents=cents, receipt=receipt, again=again), repaid)
        if receipt is None and share.number is not None:
            receipt = share.number
            hub.update("payments", receipt, {"receipt": receipt})
            for number in repaid:  # they came first, before there was a number to share
                hub.update("line_repayments", number, {"receipt": receipt})
        made.append(share)
        left -= cents
    if left:
        made.append(_rest(hub, customer, wanted._replace(receipt=receipt), left, surplus=surplus))
    _single(hub, made)
    return made


def _single(hub: "Hub", made: Sequence[Share]) -> None:
    """Take the receipt number away again where one payment is all there is of it."""
    if len(made) == 1 and made[0].number is not None:
        hub.update("payments", made[0].number, {"receipt": None})


def _targets(hub: "Hub", customer: int, named: Sequence[Named]) -> list[Named]:
    """Give what is named, then everything owed that is not named, by due day, document day and number."""
    for item in named:
        if item.row["customer_id"] != customer:
            ref = f"P{item.row['id']}" if item.draw else base.ref_of(item.row)
            raise HubError("other_customer_than", ref=ref, customer=f"C{customer}", refs=(ref,))
    taken = {(item.draw, item.row["id"]) for item in named}
    orders = [
        (row["due"], row["date"], row["id"], False, row) for row in hub.rows("payments.owed", {"customer": customer})
    ]
    draws = [
        (row["due"], row["date"], row["id"], True, row) for row in hub.rows("credit_line.draws", {"customer": customer})
    ]
    rest = sorted((key for key in orders + draws if (key[3], key[2]) not in taken), key=lambda key: key[:4])
    return [*named, *(Named(row, draw, None) for _, _, _, draw, row in rest)]


def _owed(item: Named) -> int:
    keys = item.row.keys()
    if "owed" in keys:
        return int(item.row["owed"])
    if item.draw:
        return int(item.row["amount_cents"] - item.row["repaid_cents"])
    return take.balance(item.row)


def _pay(hub: "Hub", customer: int, item: Named, wanted: take.Wanted, repaid: list[int]) -> Share:
    """Pay one share; the numbers of repayments are added to `repaid`."""
    if not item.draw:
        paid = take.add(hub, item.row["id"], wanted)
        row = base.again(hub, paid.document)
        return Share(paid.number, base.ref_of(row), _due(item, row), paid.cents, paid.after)
    draws = hub.rows("credit_line.draws", {"customer": customer})
    draw = next((row for row in draws if row["id"] == item.row["id"]), None)
    cents = int(wanted.cents or 0)
    if draw is None or cents > draw["owed"]:
        ref = f"P{item.row['id']}"
        owed = 0 if draw is None else draw["owed"]
        raise HubError("above_draw", payment=ref, amount=money.show(cents), owed=money.show(owed), refs=(ref,))
    done = credit_line.repay_draw(hub, customer, draw, cents, repayment(hub, wanted))
    repaid.append(done.id)
    return Share(None, f"P{done.draw}", draw["due"], cents, done.after)


def _due(item: Named, row: Any) -> str | None:
    return str(item.row["due"]) if "owed" in item.row.keys() else row["due_on"] or row["ordered_on"]  # noqa: SIM118


def repayment(hub: "Hub", wanted: take.Wanted) -> dict[str, Any]:
    """Give the columns of a repayment for the payment that is asked for."""
    from hubcli.operations.payments import methods

    method, details = wanted.method, wanted.details
    remarks = " ".join(filter(None, (details.description, details.note))) or None
    return {
        "method": method, "paid_on": wanted.paid_on, "receipt": wanted.receipt, "location": details.location,
        "reference": details.reference or details.authorization_code, "note": remarks,
        "status": methods.status(method, hub.setting("payments.manual"), confirmed=wanted.confirmed),
    }  # fmt: skip


def _rest(hub: "Hub", customer: int, wanted: take.Wanted, left: int, *, surplus: bool) -> Share:
    if not surplus or wanted.method == "customer-credit":
        paid = int(wanted.cents or 0) - left
        ref = f"C{customer}"
        raise HubError(
            "above_owed", ref=ref, amount=money.show(int(wanted.cents or 0)), owed=money.show(paid),
            left=money.show(left), refs=(ref,),
        )  # fmt: skip
    details = wanted.details
    what = " ".join(filter(None, (wanted.method, details.reference)))
    wallet.enter(
        hub, customer, left, "grant", None, f"surplus of {what}", method=wanted.method, receipt=wanted.receipt,
        reference=details.reference or details.authorization_code, location=details.location, entered_on=wanted.paid_on,
    )  # fmt: skip
    return Share(None, "customer-credit", None, left, 0)


def record(hub: "Hub", targets: Sequence[Named], wanted: take.Wanted) -> list[take.Paid]:
    """Take all that is owed on each of the documents, each with a payment of its own."""
    return [take.add(hub, item.row["id"], wanted._replace(cents=None, preset="full", again=True)) for item in targets]
