"""Opening balances: what was owed, and what the shop owed, on the day that hub took over from another system.

Credit becomes an entry of customer credit, a limit a credit line, an invoice or a draw an order of one line that counts
as no sale (documents.opening). The same file again changes nothing.
"""

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.counts import Count
from hubcli.errors import HubError, bad_value
from hubcli.operations import credit_line, refs
from hubcli.operations import terms as table
from hubcli.operations.customers.editing import head
from hubcli.operations.imports import plain
from hubcli.operations.imports.plain import Layout, Row
from hubcli.operations.payments import wallet
from hubcli.values import dates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hubcli.store import Hub

WHATS = ("credit", "limit", "draw", "invoice")
OPENING = "opening balance"
LAYOUT = Layout(
    "balances",
    {
        "customer": plain.line_of_text("customer", 254, code=True),
        "what": plain.word("what", WHATS),
        "amount": plain.amount("amount"),
        "date": plain.day("date"),
        "due": plain.day("due"),
        "terms": plain.line_of_text("terms", 60),
        "reference": plain.line_of_text("reference"),
        "note": plain.note,
    },
    ("customer", "what", "amount"),
    frozenset({"customer_name"}),
)


class Sum(NamedTuple):
    """What a file holds of one kind, and what hub holds of it now: rows and cents; `unread` rows have no amount."""

    what: str
    rows: int
    file: int
    loaded: int
    unread: int

    @property
    def difference(self) -> int:
        """What was not loaded."""
        return self.file - self.loaded


class Import:
    """One run over the balances of a file, as of a day; `loaded` adds up what is in hub afterwards."""

    def __init__(self, as_of: str) -> None:
        self.as_of = as_of
        self.loaded: Counter[str] = Counter()
        self.taken: Counter[tuple[Any, ...]] = Counter()

    def __call__(self, hub: "Hub", row: Row) -> str:
        """Take one balance."""
        values = row.values
        customer = refs.customer(hub, values["customer"])
        status = head(hub, customer)["status"]
        if status not in {"active", "archived"}:
            raise HubError("customer_not_active", ref=f"C{customer}", refs=(f"C{customer}",))
        for name in ("date", "due"):
            self._check_day(values, name)
        made = {"credit": self._credit, "limit": self._limit}.get(values["what"], self._owed)(hub, customer, values)
        self.loaded[values["what"]] += values["amount"]
        return "create" if made else "same"

    def _check_day(self, values: "Mapping[str, Any]", name: str) -> None:
        day, what = values[name], values["what"]
        if day is not None and what not in {"draw", "invoice"}:
            raise bad_value(name, day, f"is of no use for {what}: that holds as of {self.as_of}")
        if day is not None and name == "date" and day > self.as_of:
            raise bad_value(name, day, f"is after {self.as_of}, the day of the balances")

    def _credit(self, hub: "Hub", customer: int, values: "Mapping[str, Any]") -> bool:
        """Enter customer credit; give whether it is new."""
        if not values["amount"]:
            return False
        there = list(hub.rows("balances.credit", {"customer": customer, "day": self.as_of, "note": f"{OPENING}%"}))
        nth = self.taken[customer, "credit"]  # of several rows about one customer the first is the first entry
        self.taken[customer, "credit"] += 1
        if nth < len(there):
            plain.differs(f"C{customer}", {"credit": (values["amount"], there[nth]["amount_cents"])})
            return False
        note = ": ".join(filter(None, (OPENING, values["note"])))
        reference = values["reference"]
        wallet.enter(hub, customer, values["amount"], "grant", None, note, reference=reference, entered_on=self.as_of)
        return True

    def _limit(self, hub: "Hub", customer: int, values: "Mapping[str, Any]") -> bool:
        """Open a credit line, or bring it to this limit and these terms; give whether that changed anything."""
        if values["amount"] > credit_line.LARGEST_LIMIT:
            raise HubError("credit_limit")
        have = credit_line.mine(hub, customer)
        wanted: dict[str, Any] = {"limit_cents": values["amount"]}
        if values["terms"] is not None:
            wanted["terms_id"] = table.offered(hub, values["terms"])["id"]
        if have["line"] is None:
            first = table.by_name(hub, credit_line.FIRST_TERMS)["id"]
            hub.insert("credit_lines", {"customer_id": customer, "terms_id": first, **wanted})
            return True
        changed = {name: value for name, value in wanted.items() if have[name] != value}
        if changed:
            hub.update("credit_lines", have["line"], changed)
        return bool(changed)

    def _owed(self, hub: "Hub", customer: int, values: "Mapping[str, Any]") -> bool:
        """Make the order of an open invoice, or of a draw that is not repaid; give whether it is new."""
        if not values["amount"]:
            return False
        draw = values["what"] == "draw"
        day = values["date"] or self.as_of
        terms = self._terms(hub, customer, values)
        due = values["due"] or dates.later(day, terms["days"] if terms else 0)
        there = self._there(hub, customer, values, day)
        if there is not None:
            due_there = there["drawn_due"] if draw else there["due_on"]
            plain.differs(f"O{there['id']}", {
                "amount": (values["amount"], there["total_cents"]), "customer": (customer, there["customer_id"]),
                "date": (day, there["ordered_on"]), "due": (values["due"], due_there),
            })  # fmt: skip
            return False
        number = _order(hub, customer, values, day, due, terms)
        if draw:
            hub.insert(
                "payments",
                {"customer_id": customer, "document_id": number, "method": "credit-line", "paid_on": day,
                 "amount_cents": values["amount"], "due_on": due, "terms_name": terms["name"] if terms else None,
                 "note": OPENING, "recorded_by": hub.who.actor, "recorded_at": hub.day.at},
            )  # fmt: skip
        return True

    @staticmethod
    def _terms(hub: "Hub", customer: int, values: "Mapping[str, Any]") -> Any:
        """Give the terms that the row names, else those of the credit line; None without either."""
        if values["terms"] is not None:
            return table.by_name(hub, values["terms"])
        name = credit_line.line(hub, customer).terms
        return None if name is None else table.by_name(hub, name)

    def _there(self, hub: "Hub", customer: int, values: "Mapping[str, Any]", day: str) -> Any:
        """Give the order that was made of this row before: by the old number, else the next one like it."""
        if values["reference"] is not None:
            system, number = _external(values["reference"])
            return hub.one("balances.by_reference", {"system": system, "number": number})
        draw = values["what"] == "draw"
        key = (customer, values["what"], day, values["amount"])
        params = {"customer": customer, "day": day, "amount": values["amount"], "draw": int(draw)}
        self.taken[key] += 1
        alike = list(hub.rows("balances.alike", params))
        return alike[self.taken[key] - 1] if len(alike) >= self.taken[key] else None


def _external(reference: str) -> tuple[str, str]:
    """Give an old number with its system: old:4711 as written, 4711 as old:4711."""
    system, _, number = reference.partition(":")
    return (system, number) if number and system.isalnum() and system == system.lower() else ("old", reference)


def _order(
    hub: "Hub", customer: int, values: "Mapping[str, Any]", day: str, due: str, terms: Any
) -> int:  # one column of the order each
    """Insert an order of one line that stands for what was owed; give its number."""
    draw = values["what"] == "draw"
    columns: dict[str, Any] = {
        "customer_id": customer, "status": "shipped", "ordered_on": day, "shipped_on": day, "opening": 1,
        "tax_typed": 1, "next_line": 2, "created_at": hub.day.at,
    }  # fmt: skip
    if not draw:
        columns |= {"invoiced_on": day, "due_on": due, "on_account": 1}
        if terms is not None:
            columns |= {"terms_name": terms["name"], "terms_days": terms["days"], "terms_from": terms["counted_from"],
                        "terms_deposit_rate": terms["deposit_rate"]}  # fmt: skip
    number = hub.insert("documents", columns)
    what = ": ".join(filter(None, ("credit line" if draw else "invoice", values["reference"], values["note"])))
    hub.insert(
        "document_lines",
        {"document_id": number, "line": 1, "model": OPENING.capitalize(), "description": what[:1000], "quantity": 1,
         "unit_price_cents": values["amount"], "delivery_status": "delivered", "delivered_on": day},
    )  # fmt: skip
    if values["reference"] is not None:
        system, external_id = _external(values["reference"])
        hub.insert("external_ids", {"system": system, "external_id": external_id, "document_id": number})
    return number


def limits_first(rows: "Sequence[Row]") -> "Sequence[Row]":
    """Give the rows with the limits before all others: draws and invoices take their terms from those."""
    return sorted(rows, key=lambda row: row.values["what"] != "limit")


def sums(rows: "Sequence[Row]", loaded: "Mapping[str, int]") -> list[Sum]:
    """Give what the file holds of each kind, and what of it is in hub."""
    found = []
    for what in WHATS:
        cents = [row.values["amount"] for row in rows if row.values["what"] == what]
        unread = cents.count(None) + sum(row.values["what"] is None for row in rows)
        found.append(Sum(what, len(cents), sum(filter(None, cents)), loaded.get(what, 0), unread))
    return found


def expect(rows: "Sequence[Row]", wanted: "Mapping[str, int]", file: str) -> None:
    """Raise totals_differ unless the file comes to what was expected of it."""
    from hubcli.values import money

    for one in sums(rows, {}):
        if one.what in wanted and (one.file != wanted[one.what] or one.unread):
            shown = money.show(one.file) + (f" and {Count(one.unread):row} that cannot be read" if one.unread else "")
            raise HubError("totals_differ", what=one.what, file=file, found=shown, wanted=money.show(wanted[one.what]))
