"""Imports payments: those that hub has are compared, new ones are taken by the rules of every payment."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.importing.typed import Flaw
from hubcli.operations import locations
from hubcli.operations.documents import base
from hubcli.operations.imports import plain
from hubcli.operations.imports.orders import PAID
from hubcli.operations.imports.plain import Layout, Row
from hubcli.operations.payments import methods, take
from hubcli.operations.payments.methods import Details
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.operations.imports.report import Report
    from hubcli.store import Hub

STATUSES = ("pending", "confirmed", "rejected", "incomplete", "void")
COUNTING = frozenset({None, "pending", "confirmed"})
LAYOUT = Layout(
    "payments",
    {
        "number": plain.number("P"),
        "document": plain.line_of_text("document"),
        "date": plain.day("date"),
        "method": plain.word("method", methods.METHODS),
        "status": plain.word("status", STATUSES),
        "amount": plain.amount("amount"),
        **{name: plain.line_of_text(name) for name in ("reference", "term", "promo_code", "authorization_code")},
        "note": plain.note,
        "description": plain.line_of_text("description"),
        "channel": plain.word("channel", methods.CHANNELS),
        "location": plain.line_of_text("location", 100),
        "recorded_by": plain.line_of_text("recorded_by", 60),
    },
    ("document", "date", "method", "amount"),
    frozenset({
        "customer", "customer_name", "application", "refunded", "fee", "net", "receipt", "due_on", "terms", "ended_on",
        "recorded_at",
    }),
)  # fmt: skip


class Import:
    """One run over the payments of a file."""

    def __init__(self, report: "Report") -> None:
        self.report = report
        self.taken: Counter[tuple[Any, ...]] = Counter()

    def __call__(self, hub: "Hub", row: Row) -> str:
        """Take one payment; one without a number is the next of those that are there and look the same."""
        document = base.find(hub, row.values["document"])
        there = self._there(hub, row, document["id"])
        mine = there is not None and there["document_id"] == document["id"]
        if not mine and row.values["status"] in COUNTING:
            _not_counted_yet(hub, document["id"])
        if there is not None:
            self._compare(row, there, document["id"])
            return "same"
        if row.values["status"] not in COUNTING:
            self.report.warn(row.line, Flaw("never counted, and is left out", row.values["status"]))
            return "same"
        paid = take.add(hub, document["id"], _wanted(hub, row), number=row.values["number"])
        hub.update("payments", paid.number, {"recorded_by": row.values["recorded_by"] or hub.who.actor})
        return "create"

    def _there(self, hub: "Hub", row: Row, document: int) -> Any:
        """Give the payment that is there already: by its number, else the next one like it."""
        values = row.values
        if values["number"] is not None:
            found = hub.one("payments.row", {"id": values["number"]})
            if found is not None:
                return found
        key = (document, values["method"], values["amount"], values["date"], values["reference"])
        alike = list(hub.rows("payments.alike", dict(zip(("document", "method", "amount", "date"), key, strict=False))))
        alike = [one for one in alike if one["reference"] == values["reference"]]
        self.taken[key] += 1
        return alike[self.taken[key] - 1] if len(alike) >= self.taken[key] else None

    @staticmethod
    def _compare(row: Row, there: Any, document: int) -> None:
        pairs = {name: (row.values[name], there[name]) for name in ("method", "status", "reference", "note")}
        pairs |= {
            "document": (document, there["document_id"]), "date": (row.values["date"], there["paid_on"]),
            "amount": (row.values["amount"], there["amount_cents"]),
        }  # fmt: skip
        plain.differs(f"P{there['id']}", pairs)


def _not_counted_yet(hub: "Hub", document: int) -> None:
    """Raise paid_by_import for an order whose money came with it as one sum: the same money never counts twice."""
    sum_ = hub.one("payments.imported", {"document": document, "note": PAID})
    if sum_ is not None:
        ref, paid = f"O{document}", f"P{sum_['id']}"
        amount = money.show(sum_["amount_cents"])
        raise HubError("paid_by_import", ref=ref, payment=paid, amount=amount, what=f"{paid} {amount}", refs=(paid,))


def _wanted(hub: "Hub", row: Row) -> take.Wanted:
    values = row.values
    if not values["amount"]:
        raise HubError("payment_amount")
    shop = values["location"]
    said = {name: values[name] for name in Details._fields} | {"location": shop and locations.check(hub, shop)}
    if values["method"] == methods.AIO and said["channel"] is None:
        said["channel"] = "card"
    status = values["status"]
    confirmed = None if status is None or values["method"] in methods.NOT_MONEY else status == "confirmed"
    return take.Wanted(
        values["method"], values["amount"], None, Details(**said), values["date"], confirmed, again=True
    )  # fmt: skip
