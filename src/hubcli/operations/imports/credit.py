"""Imports entries of customer credit: those that hub has are compared, new ones are entered, never below zero."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from hubcli.errors import bad_value
from hubcli.operations import refs
from hubcli.operations.customers.editing import head
from hubcli.operations.customers.status import refuse_purged
from hubcli.operations.documents import base
from hubcli.operations.imports import plain
from hubcli.operations.imports.plain import Layout, Row
from hubcli.operations.payments import wallet
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

TYPES = ("return", "grant", "applied", "withdrawal", "adjustment", "line_repayment", "void", "reset")
LAYOUT = Layout(
    "credit",
    {
        "entry": plain.number("E"),
        "customer": plain.line_of_text("customer", 254, code=True),
        "date": plain.day("date"),
        "type": plain.word("type", TYPES),
        "amount": plain.amount("amount", negative=True),
        "document": plain.line_of_text("document"),
        "method": plain.line_of_text("method", 40),
        "reference": plain.line_of_text("reference"),
        "location": plain.line_of_text("location", 100),
        "note": plain.note,
    },
    ("customer", "date", "amount"),
    frozenset({"customer_name", "balance", "receipt", "by", "recorded_at"}),
)


class Import:
    """One run over the entries of a file."""

    def __init__(self) -> None:
        self.taken: Counter[tuple[Any, ...]] = Counter()

    def __call__(self, hub: "Hub", row: Row) -> str:
        """Take one entry; one without a number is the next of those that are there and look the same."""
        values = row.values
        customer = refs.customer(hub, values["customer"])
        document = None if values["document"] is None else int(base.find(hub, values["document"])["id"])
        there = self._there(hub, row, customer)
        if there is not None:
            plain.differs(f"entry {there['id']}", {
                "customer": (customer, there["customer_id"]), "date": (values["date"], there["entered_on"]),
                "amount": (values["amount"], there["amount_cents"]), "type": (values["type"], there["type"]),
                "document": (document, there["document_id"]), "note": (values["note"], there["note"]),
            })  # fmt: skip
            return "same"
        refuse_purged(head(hub, customer))
        kind = values["type"] or ("grant" if values["amount"] > 0 else "withdrawal")
        if not values["amount"] or (values["amount"] > 0) is (kind in {"applied", "withdrawal", "line_repayment"}):
            raise bad_value("amount", money.show(values["amount"]), f"is no {kind}: what is spent is below 0.00")
        if kind == "void":
            raise bad_value("type", kind, "takes another entry back: undo does that")
        how = {name: values[name] for name in ("method", "reference", "location")}
        cents = int(values["amount"])
        if cents < 0:
            wallet.check(hub, customer, -cents)
        wallet.enter(hub, customer, cents, kind, document, values["note"], entered_on=values["date"], **how)
        return "create"

    def _there(self, hub: "Hub", row: Row, customer: int) -> Any:
        """Give the entry that is there already: by its number, else the next one like it."""
        values = row.values
        if values["entry"] is not None:
            found = hub.one("credit.entry", {"id": values["entry"]})
            if found is not None:
                return found
        key = (customer, values["date"], values["amount"], values["type"])
        params = {"customer": customer, "date": values["date"], "amount": values["amount"], "type": values["type"]}
        alike = list(hub.rows("credit.alike", params))
        self.taken[key] += 1
        return alike[self.taken[key] - 1] if len(alike) >= self.taken[key] else None
