"""Methods of payment: what each must say, whether its money is sure at once, and what the processor keeps of it."""

from collections.abc import Mapping
from typing import NamedTuple

from hubcli.errors import HubError
from hubcli.values import money

METHODS = (
    "cash", "credit-card", "check", "bank-transfer", "telephone", "in-person", "write-off", "other", "synchrony",
    "wells-fargo", "acima", "snap", "aio-pay", "customer-credit", "credit-line",
)  # fmt: skip
WALLET, LINE, WRITE_OFF, AIO = "customer-credit", "credit-line", "write-off", "aio-pay"
NOT_MONEY = frozenset({WALLET, LINE, WRITE_OFF})
"""Methods that bring no money into the shop."""
MANUAL = frozenset({"bank-transfer", "telephone", "check", "in-person"})
"""Methods whose money may still have to arrive: pending or confirmed by the setting payments.manual."""
RETURNED = MANUAL | {"credit-card", AIO}
"""Methods whose money may come back from the bank."""
CHANNELS = ("card", "phone", "keyed", "ach", "pay-later")
FEES = {"card": (290, 30), "phone": (350, 30), "keyed": (350, 30), "ach": (80, 0), "pay-later": (599, 30)}
"""What the processor of aio-pay keeps by channel: basis points of the amount, and cents."""

REFERENCES = {
    "check_number": {"check"},
    "approval_code": {"credit-card", "telephone"},
    "transaction_id": {"bank-transfer", AIO, "telephone"},
}
"""The options that become the reference of a payment, and the methods that take them."""
_REQUIRED = {
    "check": ("check_number",),
    "credit-card": ("approval_code",),
    "bank-transfer": ("transaction_id",),
    AIO: ("transaction_id",),
    "other": ("description",),
    "synchrony": ("promo_code", "authorization_code"),
    "wells-fargo": ("term",),
    "acima": ("term",),
    "snap": ("term",),
}
_FINANCING = {"synchrony", "wells-fargo", "acima", "snap"}
_OPTIONAL = {
    "term": _FINANCING,
    "promo_code": _FINANCING,
    "authorization_code": _FINANCING,
    "channel": {AIO},
    "description": frozenset(METHODS),
}


class Details(NamedTuple):
    """What a payment says besides method and amount."""

    reference: str | None = None
    note: str | None = None
    term: str | None = None
    promo_code: str | None = None
    authorization_code: str | None = None
    description: str | None = None
    location: str | None = None
    channel: str | None = None


def details(method: str, given: Mapping[str, str | None], *, whole: bool = True) -> Details:
    """Give the details of a payment from the options given; raise payment_field for one missing or out of place.

    An older payment that is corrected need not be `whole`: it may lack what its method asks for.
    """
    said = {name: value for name, value in given.items() if value is not None}
    missing = [name for name in _REQUIRED.get(method, ()) if name not in said]
    if missing and whole:
        raise HubError("payment_field", method=method, rule=f"needs {' and '.join(map(option, missing))}")
    for name in said:
        takes = REFERENCES.get(name) or _OPTIONAL.get(name)
        if takes is not None and method not in takes:
            raise HubError("payment_field", method=method, rule=f"does not take {option(name)}")
    references = [said[name] for name in REFERENCES if name in said]
    if len(references) > 1:
        raise HubError("payment_field", method=method, rule="takes one reference, not two")
    rest = {name: said[name] for name in Details._fields if name in said}
    if method == AIO:
        rest.setdefault("channel", "card")
    return Details(**rest)._replace(reference=references[0] if references else None)


def option(name: str) -> str:
    """Give a field as its option: check_number is --check-number."""
    return "--" + name.replace("_", "-")


def fee(method: str, channel: str | None, cents: int) -> int | None:
    """Give what the processor keeps of an amount in cents, rounded half up; None where no fee is known."""
    if method != AIO:
        return None
    rate, fixed = FEES[channel or "card"]
    return min(money.round_half_up(cents * rate, 10_000) + fixed, cents)


def status(method: str, manual: str, *, confirmed: bool | None) -> str:
    """Give the status of a new payment: `manual` is the setting, `confirmed` what the user said, if anything."""
    if confirmed is False and method in NOT_MONEY:
        raise HubError("payment_field", method=method, rule="is never pending")
    if confirmed is None:
        confirmed = method not in MANUAL or manual == "confirmed"
    return "confirmed" if confirmed else "pending"
