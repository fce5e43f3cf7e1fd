"""The credit line: what a customer may owe the shop. Limits, draws, repayments, and the one check of what is left."""

from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.values import money, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hubcli.store import Hub

LARGEST_LIMIT = 1_000_000_000
"""10,000,000.00 in cents."""
FIRST_TERMS = "Net 30"


class Line(NamedTuple):
    """The credit line that a customer buys on, in cents; `limit` is None where there is none, or a closed one.

    `payer` is whose line it is: the company of a linked contact, else the customer. What all of its contacts use counts
    together. `holder` is who is on spending hold, the customer or the payer.
    """

    customer: int
    name: str
    payer: int
    payer_name: str
    limit: int | None
    used: int
    terms: str | None
    days: int
    until: str | None
    closed: str | None
    holder: int | None

    @property
    def held(self) -> bool:
        """Whether nothing may be bought on it at present."""
        return self.holder is not None

    @property
    def available(self) -> int:
        """What may still be drawn."""
        return max(0, (self.limit or 0) - self.used)

    @property
    def over(self) -> int:
        """What is used above the limit."""
        return max(0, self.used - (self.limit or 0)) if self.limit is not None else 0


class Repaid(NamedTuple):
    """A repayment of one draw: its id, the draw, and what was due on the draw before and after."""

    id: int
    draw: int
    document: int
    cents: int
    before: int
    after: int


def line(hub: "Hub", customer: int) -> Line:
    """Give the credit line that a customer buys on, with what is used of it; raise not_found."""
    from hubcli.operations.customers import standing

    stands = standing.of(hub, customer)
    row = _figures(hub, stands.payer)
    there = row["line"] is not None and row["closed_on"] is None
    return Line(
        customer, stands.name, stands.payer, row["name"], row["limit_cents"] if there else None, row["used_cents"],
        row["terms"] if there else None, row["days"] or 0, row["until_on"], row["closed_on"], stands.held_by,
    )  # fmt: skip


def mine(hub: "Hub", customer: int) -> Any:
    """Give the row of a customer's own credit line, for changing it; raise on_company_account for a linked contact."""
    from hubcli.operations.customers import standing

    stands = standing.of(hub, customer)
    if stands.company is not None:
        raise HubError(
            "on_company_account", ref=f"C{customer}", name=text.visible(stands.name), company=stands.company_ref,
            payer=f"C{stands.payer}", refs=(f"C{stands.payer}",),
        )  # fmt: skip
    return _figures(hub, customer)


def _figures(hub: "Hub", customer: int) -> Any:
    """Give the row of a customer's own credit line, with what the pool uses of it; raise not_found."""
    row = hub.one("credit_line.figures", {"customer": customer})
    if row is None:
        raise HubError("not_found", what="customer", ref=f"C{customer}", near="")
    return row


# ------------------------------------------------------------------------------------------------------------ the line


def set_limit(hub: "Hub", customer: int, cents: int, terms: int | None, until: str | None) -> Line:
    """Open a credit line or change it, and give it as it is then.

    What is None stays; terms are Net 30 at first; an empty `until` is without end.
    """
    from hubcli.operations import terms as table
    from hubcli.operations.customers import editing

    row = editing.head(hub, customer)
    if row["status"] != "active":
        raise HubError("customer_not_active", ref=f"C{customer}", refs=(f"C{customer}",))
    have = mine(hub, customer)
    wanted: dict[str, Any] = {"limit_cents": cents}
    if terms is not None:
        wanted["terms_id"] = terms
    if until is not None:
        wanted["until_on"] = until or None
    if have["line"] is None:
        first = {"customer_id": customer, "terms_id": terms or table.by_name(hub, FIRST_TERMS)["id"]}
        hub.insert("credit_lines", first | wanted)
    else:
        wanted["closed_on"] = None
        changed = {name: value for name, value in wanted.items() if have[name] != value}
        if changed:
            hub.update("credit_lines", have["line"], changed)
    editing.touched(hub, customer)
    return line(hub, customer)


def close(hub: "Hub", customer: int) -> Line:
    """Close a credit line: nothing more is drawn on it, what is used stays owed; raise no_account."""
    row, now = mine(hub, customer), line(hub, customer)
    if now.limit is None:
        raise none(now)
    hub.update("credit_lines", row["line"], {"closed_on": hub.day.today})
    return now


# ----------------------------------------------------------------------------------------------------------- the check


def check_draw(hub: "Hub", customer: int, cents: int, *, freed: int = 0, override: bool = False) -> Line:
    """Give the line when `cents` may be drawn on it, `freed` of what is used being paid by that; raise what forbids it.

    The stops in their order: the method is off, no line, spending hold, past its last day, not enough available. The
    last one alone gives way to `override`, where the actor's role allows it (not_permitted).
    """
    if hub.setting("payments.credit_line") != "on":
        raise HubError("credit_line_off")
    now = _open(line(hub, customer))
    if now.until is not None and now.until < hub.day.today:
        ref = f"C{now.payer}"
        raise HubError("credit_line_ended", ref=ref, name=_name(now), day=now.until, refs=(ref,))
    if now.used - freed + cents > (now.limit or 0):
        if not override:
            raise _exceeded(hub, now, cents, freed)
        may_exceed(hub)
    return now


def on_account(
    hub: "Hub", customer: int, cents: int, *, web: bool = False, counted: int = 0, override: bool = False
) -> str | None:
    """Check an order that is placed, or grows by `cents`, on account.

    `counted` is the part of it that `used` holds already, for a check after the order was written. None when it fits.
    Above the line a web order is refused (credit_exceeded), and any other one where the setting
    credit.staff_over_limit is refuse; otherwise gives the warning. With `override` it is let through where the actor's
    role allows it. Raises no_account, spending_hold, not_permitted.
    """
    now = _open(line(hub, customer))
    if now.used - counted + cents <= (now.limit or 0):
        return None
    refused = _exceeded(hub, now, cents, counted)
    if override:
        may_exceed(hub)
    elif web or hub.setting("credit.staff_over_limit") == "refuse":
        raise refused
    return refused.message


def _open(now: Line) -> Line:
    """Give a line that may be bought on; raise no_account, spending_hold."""
    if now.limit is None:
        raise none(now)
    if now.held:
        raise held(now)
    return now


def may_exceed(hub: "Hub") -> None:
    """Raise not_permitted unless the actor's role allows more than the line holds."""
    from hubcli.operations import permissions

    permissions.require(hub, "credit.override")


def none(now: Line) -> HubError:
    """Give the refusal for a customer without a credit line, or whose company has none."""
    ref = f"C{now.payer}"
    return HubError("no_account", ref=ref, name=_name(now), refs=(ref,))


def held(now: Line) -> HubError:
    """Give the refusal for a customer on spending hold, or whose company is."""
    ref = f"C{now.holder or now.customer}"
    name = text.visible(now.payer_name if now.holder == now.payer else now.name)
    return HubError("spending_hold", ref=ref, name=name, refs=(ref,))


def _exceeded(hub: "Hub", now: Line, cents: int, freed: int = 0) -> HubError:
    draws = list(hub.rows("credit_line.draws", {"customer": now.payer}))
    oldest = f"; oldest unpaid draw P{draws[0]['id']} due {draws[0]['due']}" if draws else ""
    ref = f"C{now.payer}"
    return HubError(
        "credit_exceeded", ref=ref, name=_name(now), amount=money.show(cents),
        limit=money.show(now.limit or 0), used=money.show(now.used), available=money.show(now.available),
        short=money.show(now.used + cents - freed - (now.limit or 0)), oldest=oldest, refs=(ref,),
    )  # fmt: skip


def _name(now: Line) -> str:
    return text.visible(now.payer_name)


# ---------------------------------------------------------------------------------------------------------- repayments


def repay(
    hub: "Hub", customer: int, cents: int, how: "dict[str, Any]", document: int | None = None
) -> "Sequence[Repaid]":
    """Repay draws, the oldest due first, or those of one document; of a company those of its linked contacts too.

    `how` holds the columns of the rows: method, status, paid_on, reference, note, location, receipt. Customer credit is
    spent when it is the method. Raises above_drawn, not_enough_credit.
    """
    draws = list(hub.rows("credit_line.draws", {"customer": customer, "document": document}))
    owed = sum(draw["owed"] for draw in draws)
    if cents > owed:
        now = line(hub, customer)
        where = "" if document is None else " for that order"
        raise HubError(
            "above_drawn", ref=f"C{customer}", name=text.visible(now.name), amount=money.show(cents),
            drawn=money.show(owed), where=where, refs=(f"C{customer}",),
        )  # fmt: skip
    made = []
    for draw in draws:
        part = min(cents, draw["owed"])
        if part:
            made.append(repay_draw(hub, customer, draw, part, how))
            cents -= part
    return made


def repay_draw(hub: "Hub", customer: int, draw: Any, cents: int, how: "dict[str, Any]") -> Repaid:
    """Repay one draw, a row of credit_line.draws, by not more than what is due on it.

    The customer pays; the repayment stands in the account of whoever drew.
    """
    if how["method"] == "customer-credit":
        from hubcli.operations.payments import wallet

        wallet.spend(hub, customer, cents, "line_repayment", draw["document_id"], f"repays draw P{draw['id']}")
    made = hub.insert(
        "line_repayments",
        {"customer_id": draw["customer_id"], "payment_id": draw["id"], "amount_cents": cents,
         "recorded_by": hub.who.actor, "recorded_at": hub.day.at, **how},
    )  # fmt: skip
    return Repaid(made, draw["id"], draw["document_id"], cents, draw["owed"], draw["owed"] - cents)
