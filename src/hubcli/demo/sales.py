"""The invented quotes and orders of a customer, consistent by construction: days in order, never overpaid."""

from typing import NamedTuple

from hubcli.demo.catalogue import MODELS
from hubcli.demo.people import Days, Life, Throws, throws
from hubcli.demo.records import DemoDocument, Line, Payment, tax_of
from hubcli.demo.words import JOB_NAMES, SITE_NAMES

_VALID_DAYS = 14
_DELIVERY = (0, 0, 0, 4900, 4900, 7500, 7500, 9900, 9900, 12900, 0, 0, 4900, 7500, 9900, 19900)
_LINES = (1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5)
_METHODS = ("credit-card", "credit-card", "credit-card", "credit-card", "cash", "check", "check", "bank-transfer")
_ORDERS = (0,) * 14 + (1,) * 17 + (2,) * 13 + (3,) * 8 + (4,) * 5 + (5,) * 3 + (6,) * 2 + (8,) + (10,)
_QUOTES = (0,) * 3 + (1,) * 6 + (2,) * 4 + (3,) * 2 + (4,)
# model, description, list price and the price after 3, 5 and 10 percent in whole dollars, cost
_PRICED = tuple(
    (m.model, m.description, [m.price_cents, *(m.price_cents * k // 10000 * 100 for k in (97, 95, 90))], m.cost_cents)
    for m in MODELS
)


class _Outcome(NamedTuple):
    """How an order stands: stored status, how far its lines are (none, some, all) and the share paid in percent."""

    status: str
    delivered: str
    paid: int


_DONE = _Outcome("shipped", "all", 100)
_CANCELED = _Outcome("canceled", "none", 0)
_WAITING = _Outcome("in-production", "none", 100)
_UNDER_WAY = _Outcome("in-production", "some", 100)
_OWING = _Outcome("shipped", "all", 50)
_QUIET = (_DONE,) * 62 + (_CANCELED,) * 2
_OLD = (_DONE,) * 59 + (_CANCELED,) * 2 + (_OWING, _Outcome("shipped", "all", 90), _WAITING)
_NEW = (
    *(_DONE,) * 27,
    *(_UNDER_WAY,) * 16,
    *(_WAITING,) * 9,
    *(_CANCELED,) * 2,
    *(_Outcome("draft", "none", 0),) * 2,
    *(_Outcome("awaiting-payment", "none", 0),) * 3,
    *(_Outcome("awaiting-payment", "none", 25),) * 2,
    *(_Outcome("saved", "none", 50),) * 3,
)
_STUCK = {"stale-open": _WAITING, "stale-owing": _OWING}


class Buyer(NamedTuple):
    """What of a customer shows on its documents."""

    number: int
    company: bool
    source: str
    tax_rate: int
    name: str


def documents(buyer: Buyer, lived: Life, d: Throws, days: Days) -> list[DemoDocument]:
    """Invent a customer's quotes and orders (two and one and a half on average), oldest first."""
    if lived.status == "spam":
        return []
    stuck = _STUCK.get(lived.fate)
    orders = max(_ORDERS[d[2] >> 10], stuck is not None)
    total = orders + _QUOTES[d[3] >> 12]
    if not total:
        return []
    t = throws(buyer.number, 2)
    span = lived.born - lived.floor
    moments = sorted(((lived.floor + (span * t[k] >> 16), k < orders) for k in range(total)), reverse=True)
    found = []
    for k, (age, is_order) in enumerate(moments, 3):
        e = throws(buyer.number, k)
        found.append(_order(buyer, lived, age, e, days) if is_order else _quote(buyer, lived, age, e, days))
    if stuck:
        age, k = next((age, k) for k, (age, is_order) in enumerate(moments, 3) if is_order)
        found[k - 3] = _order(buyer, lived, age, throws(buyer.number, k), days, stuck)
    return found


def _order(buyer: Buyer, lived: Life, age: int, e: Throws, days: Days, outcome: _Outcome | None = None) -> DemoDocument:
    """Invent one order of `age` days ago; two in five were a quote first."""
    if outcome is None:
        outcome = (_QUIET if lived.fate != "active" else _NEW if age <= 45 else _OLD)[e[0] >> 10]
    done = max(lived.floor, age - 3 - e[2] % 18)
    lines = _lines(buyer.company, e, outcome.delivered, days[done] if age > 5 else days[age])
    charge = _DELIVERY[e[5] & 15]
    goods = sum([line[2] * line[3] for line in lines])
    total = goods + charge + tax_of(goods, buyer.tax_rate)
    quoted = min(lived.born, age + e[2] % 12) if e[1] % 5 < 2 else None
    return DemoDocument(
        "order",
        None if quoted is None else days[quoted],
        days[age],
        None if quoted is None else days[quoted - _VALID_DAYS],
        outcome.status,
        _job(buyer, e[7]),
        _class(buyer, e[3]),
        buyer.source,
        2 + e[4] % 4,
        charge,
        buyer.tax_rate,
        lines,
        _payments(outcome, total, days[age], days[done] if outcome.delivered == "all" and age > 5 else days[age], e[6]),
    )


def _quote(buyer: Buyer, lived: Life, age: int, e: Throws, days: Days) -> DemoDocument:
    """Invent one quote of `age` days ago, which runs for two weeks; a few of the running ones hold a deposit."""
    status = ("saved", "saved", "saved", "saved", "awaiting-approval", "awaiting-approval", "draft", "declined")[
        e[0] & 7
    ]
    lines = _lines(buyer.company, e, "none", None)
    charge = _DELIVERY[e[5] & 15]
    deposit: list[Payment] = []
    if e[6] < 8000 and age <= _VALID_DAYS and status in {"saved", "awaiting-approval"} and lived.fate == "active":
        deposit = [(days[age], _METHODS[e[6] & 7], sum(line[2] * line[3] for line in lines) // 1000 * 100)]
    return DemoDocument(
        "quote",
        days[age],
        None,
        days[age - _VALID_DAYS],
        status,
        _job(buyer, e[7]),
        _class(buyer, e[3]),
        buyer.source,
        2 + e[4] % 4,
        charge,
        buyer.tax_rate,
        lines,
        deposit,
    )


def _lines(company: bool, e: Throws, delivered: str, day: str | None) -> list[Line]:
    """Invent one to five lines; with `some` delivered the first never is."""
    found: list[Line] = []
    for k in range(_LINES[e[1] >> 12]):
        pick, amount, serial = e[8 + 4 * k], e[9 + 4 * k], e[10 + 4 * k]
        model, what, prices, cost = _PRICED[((pick * pick * len(_PRICED) >> 32) + 29 * k) % len(_PRICED)]
        quantity = 1 + (amount * amount * 12 >> 32) if company else 1 + (amount < 4000)
        state = "delivered" if delivered == "all" else "open"
        if delivered == "some":
            state = ("scheduled", "open", "in-transit", "delivered")[amount & 3 if k else amount & 2]
        here = state == "delivered"
        found.append(
            (
                model,
                what,
                quantity,
                prices[pick & 3],
                cost,
                state,
                day if here else None,
                f"{pick:X}{serial:05d}" if here and quantity == 1 else None,
            )
        )
    return found


def _payments(outcome: _Outcome, total: int, ordered: str, done: str, throw: int) -> list[Payment]:
    """Pay the outcome's share: at once, or in one case of four half with the order and half with the delivery."""
    if not outcome.paid:
        return []
    method = _METHODS[throw & 7]
    if outcome.paid == 100 and throw & 24 == 0:
        half = (total + 1) // 2
        return [(ordered, method, half), (done, _METHODS[throw >> 8 & 7], total - half)]
    return [(ordered, method, total * outcome.paid // 100)]


def _job(buyer: Buyer, throw: int) -> str | None:
    if buyer.company:
        return SITE_NAMES[throw % len(SITE_NAMES)] if throw & 8 else None
    return f"{buyer.name} {JOB_NAMES[throw % len(JOB_NAMES)]}" if throw < 20000 else None


def _class(buyer: Buyer, throw: int) -> str:
    """Give the class: trade or project for a company, web or retail for a person."""
    if buyer.company:
        return "project" if throw & 3 == 0 else "trade"
    return "web" if buyer.source == "website" else "retail"
