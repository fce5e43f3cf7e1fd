"""Imports orders with their lines and payments: plans each against what is there, then writes all as one change set."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli import search
from hubcli.errors import HubError
from hubcli.importing import Orders
from hubcli.importing.documents import ADDED, TAKEN, Line, OrderReader, Typed
from hubcli.importing.typed import Flaw, Flawed
from hubcli.operations import refs
from hubcli.operations.imports import selling
from hubcli.operations.imports.customers import add_staff
from hubcli.operations.imports.report import Report
from hubcli.values import money, text

if TYPE_CHECKING:
    from hubcli.operations.imports.newcomers import Newcomers
    from hubcli.store import Hub

TABLES = {"changed": "stage_changed", "staged_cells": "stage_cells"}
_DOCUMENT = (
    "id", "customer_id", "salesperson_id", "created_at", "goods_cents", "services_cents", "adjusted_cents",
    "paid_cents", "open_lines", "ordered_on",
    "needed_on", "job_name", "location", "purchase_order", "class", "source", "status", "shipped_on",
    "canceled_on", "next_line", "tax_cents", "tax_typed", *ADDED.values(), *TAKEN.values(),
)  # fmt: skip
_COLUMNS = {
    "documents": _DOCUMENT,
    "external_ids": ("system", "external_id", "document_id"),
    "document_lines": (
        "document_id", "line", "model", "description", "quantity", "unit_price_cents", "unit_cost_cents",
        "discount_rate", "discount_cents", "delivery_status", "delivered_on", "term_id", "fulfillment",
    ),
    "line_services": (
        "document_id", "line_id", "kind", "name", "quantity", "price_cents", "cost_cents", "months",
    ),
    "payments": (
        "id", "customer_id", "document_id", "method", "amount_cents", "paid_on", "description", "note", "recorded_by",
        "recorded_at",
    ),
    "refunds": (
        "customer_id", "document_id", "payment_id", "method", "amount_cents", "reason", "refunded_on", "recorded_at",
    ),
    "adjustments": ("customer_id", "document_id", "kind", "amount_cents", "reason", "adjusted_on", "recorded_at"),
    "notes": ("customer_id", "type", "persistence", "text", "author", "written_on"),
}  # fmt: skip
PAID, REFUNDED, CANCELED = "imported as paid", "imported as refunded", "imported as canceled"
TAKEN_OFF = "imported as taken off afterwards"


class Choices(NamedTuple):
    """What the user chose.

    `history` says that files of this layout tell which customers are archived: only open orders, and those placed
    since, restore one. `newcomers` makes an unknown customer; None rejects the order.
    """

    create_staff: bool = False
    history: bool = False
    newcomers: "Newcomers | None" = None


def read(orders: Orders, reader: OrderReader, report: Report) -> list[Typed]:
    """Give the orders that can be taken, typed; report the others."""
    typed: list[Typed] = []
    for order in orders:
        try:
            one = reader(order)
            selling.check(one)
            typed.append(one)
        except Flawed as error:
            report.reject(order["line_numbers"][0], error.flaws, order["line_numbers"])
    for reject in orders.table.rejects:
        report.reject(reject.line, [Flaw(reject.reason)])
    return typed


class Import:
    """One run over the orders; with `writing` false nothing but the report comes of it."""

    def __init__(self, hub: "Hub", report: Report, choices: Choices, *, writing: bool) -> None:
        self.hub = hub
        self.report = report
        self.choices = choices
        self.writing = writing
        self.rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _COLUMNS}
        self.customers: dict[tuple[str, bool], int | HubError | Flawed | None] = {}
        self.staff: dict[str, int | None] = {}
        self.terms: dict[tuple[str, str], int] = {}
        self.changed: set[int] = set()
        self.archived: dict[int, Any] = {}
        self.numbers: set[int] = set()
        self.external: set[tuple[str, str]] = set()
        self.document = self.payment = 0

    def run(self, orders: list[Typed]) -> None:
        """Take every order."""
        highest = self.hub.one("imports.highest_document", {"named": max((o.number or 0 for o in orders), default=0)})
        paid = self.hub.one("imports.highest_payment")
        self.document = int(highest["number"]) if highest else 0
        self.payment = int(paid["number"]) if paid else 0
        for order in orders:
            self._take(order)
            if len(self.rows["documents"]) >= 2000:
                self._flush()
        self._flush()
        if self.writing:
            self._finish()

    def _take(self, order: Typed) -> None:
        """Decide about one order and, when it is new, put its rows aside for writing."""
        there = self._there(order)
        if order.external in self.external or (order.number in self.numbers and not order.external):
            self._refuse("conflict", order, Flaw("stands twice in the file"))
            return
        try:
            customer = self._customer(order, known=there is not None)
        except HubError as error:
            if there is None:
                self._refuse("reject", order, _unknown(error, order))
                return
            customer = None
        except Flawed as error:
            self.report.reject(order.at, error.flaws, order.rows)
            return
        if order.external:
            self.external.add(order.external)
        if there is not None:
            self._compare(order, there, customer)
            return
        if customer is None:
            self.report.add("create", order.at, Flaw("with a new customer"))
            return
        row = self.hub.one("imports.customer", {"id": customer})
        if row is not None and row["status"] not in {"active", "archived"}:
            self._refuse("reject", order, Flaw(f"its customer is {row['status']}", f"C{customer} {row['name']}"))
            return
        self.report.counts["create"] += 1
        if row is not None and row["status"] == "archived":
            self._wake(order, row)
        self._write(order, customer)

    def _refuse(self, kind: str, order: Typed, flaw: Flaw) -> None:
        self.report.add(kind, order.at, flaw, order.rows)

    # ------------------------------------------------------------------------------------------- what is there already

    def _there(self, order: Typed) -> Any:
        """Give the order that is there already: by another system's number, else by hub's own."""
        if order.external:
            system, external_id = order.external
            return self.hub.one("imports.order_by_id", {"system": system, "external_id": external_id})
        return self.hub.one("imports.order_by_number", {"number": order.number})

    def _compare(self, order: Typed, there: Any, customer: int | None) -> None:
        """Tell an order that is there as it stands in the file from one that was changed."""
        lines = [tuple(row) for row in self.hub.rows("imports.order_lines", {"id": there["id"]})]
        mine = [(x.line, x.model, x.quantity, x.price, x.rate, x.discount) for x in order.lines]
        ref = f"O{there['id']}"
        differing = [
            what
            for what, one, other in (
                ("customer", customer or there["customer_id"], there["customer_id"]),
                ("ordered_on", order.columns["ordered_on"], there["ordered_on"]),
                ("lines", sorted(mine), sorted(lines)),
                ("total", order.total, there["total_cents"]),
            )
            if one != other
        ]
        if differing:
            self._refuse("conflict", order, Flaw("is there already, and otherwise", f"{ref}: {', '.join(differing)}"))
            return
        self.report.counts["same"] += 1
        received = order.paid - (order.refunded if order.paid else 0)
        if (there["status"], there["paid_cents"]) != (order.columns["status"], received):
            told = f"{ref} is {there['status']}, paid {money.show(there['paid_cents'])}"
            self.report.warn(order.at, Flaw("status or payment differs from hub, and hub's is kept", told))

    # ----------------------------------------------------------------------------------------------- whom it is about

    def _customer(self, order: Typed, *, known: bool) -> int | None:
        """Give the customer; None for one that would be made, in a preview; raise not_found, ambiguous or Flawed."""
        key = order.customer, known
        if key not in self.customers:
            try:
                self.customers[key] = self._found(order, known=known)
            except (HubError, Flawed) as error:
                self.customers[key] = error
        found = self.customers[key]
        if isinstance(found, Exception):
            raise found
        return found

    def _found(self, order: Typed, *, known: bool) -> int | None:
        """Find the customer, or make one; nobody is made for an order that is there already."""
        newcomers = self.choices.newcomers
        try:
            return refs.customer(self.hub, order.customer)
        except HubError as error:
            if error.slug != "not_found" or known or newcomers is None:
                raise
        person = newcomers.read(order, self.report)
        if not self.writing:
            return None
        made = newcomers.make(self.hub, order, person)
        self.changed.add(made)
        return made

    def _wake(self, order: Typed, row: Any) -> None:
        """Restore an archived customer that an order came for."""
        done = order.columns["status"] in {"shipped", "canceled"} and order.total <= order.paid
        if self.choices.history and done and order.columns["ordered_on"] < row["archived_at"][:10]:
            return
        if row["id"] not in self.archived:
            self.archived[row["id"]] = row
            self.report.warn(order.at, Flaw("its customer was archived and is restored", f"C{row['id']} {row['name']}"))

    def _seller(self, order: Typed) -> int | None:
        """Give the salesperson; an unknown one is told once, or added to the staff."""
        name = order.salesperson
        if name is None or name in self.staff:
            return self.staff.get(name or "")
        try:
            found: int | None = refs.staff(self.hub, name)
        except HubError:
            found = add_staff(self.hub, name) if self.choices.create_staff and self.writing else None
            if not self.choices.create_staff:
                self.report.warn(order.at, Flaw("salesperson: nobody here is called so, orders are kept without", name))
        self.staff[name] = found
        return found

    # --------------------------------------------------------------------------------------------------------- writing

    def _write(self, order: Typed, customer: int) -> None:
        """Put the rows of a new order aside, its kept sums worked out."""
        number = self._number(order)
        seller = self._seller(order)
        canceled = order.columns["status"] == "canceled"
        refunded = min(order.refunded, order.paid)
        off = order.total - (order.paid - refunded) if canceled else refunded + order.taken_off
        if order.refunded:
            self.report.warn(order.at, Flaw("was refunded, in whole or in part", money.show(order.refunded)))
        day, at = order.columns["ordered_on"], self.hub.day.at
        delivered = [self._status(order, line) for line in order.lines]
        sold = {line.line: selling.sold_with(line) for line in order.lines}
        kept = {
            "id": number, "customer_id": customer, "salesperson_id": seller, "created_at": f"{day}T12:00:00.000Z",
            "goods_cents": sum(line.net for line in order.lines), "adjusted_cents": off,
            "paid_cents": order.paid - refunded, "open_lines": delivered.count("open"),
        }  # fmt: skip
        self.rows["documents"].append(tuple({**order.columns, **kept}[name] for name in _DOCUMENT))
        if order.external:
            self.rows["external_ids"].append((*order.external, number))
        for line, status in zip(order.lines, delivered, strict=True):
            self._line(number, line, status, order.delivered_on, sold[line.line])
        if order.paid:
            self.payment += 1
            self.rows["payments"].append(
                (self.payment, customer, number, "other", order.paid, day, PAID, PAID, self.hub.who.actor, at)
            )
        later = max(day, order.delivered_on or day)
        if refunded:
            self.rows["refunds"].append((customer, number, self.payment, "other", refunded, REFUNDED, later, at))
        if off:
            kind, why = ("refund-credit", REFUNDED) if refunded else ("allowance", TAKEN_OFF)
            kind, why = ("cancel", CANCELED) if canceled else (kind, why)
            self.rows["adjustments"].append((customer, number, kind, off, why, later, at))
        if order.note:
            said = f"O{number}: {order.note}"
            self.rows["notes"].append((customer, "internal", "optional", said, self.hub.who.actor, day))
        self.changed.add(customer)

    def _number(self, order: Typed) -> int:
        """Give an order the number that it had, when it is free, else the next."""
        if order.number is not None and order.number not in self.numbers:
            self.numbers.add(order.number)
            if self.hub.one("imports.order_by_number", {"number": order.number}) is None:
                return order.number
            self.report.warn(order.at, Flaw("its number is another order's: it gets a new one", f"O{order.number}"))
        self.document += 1
        return self.document

    @staticmethod
    def _status(order: Typed, line: Line) -> str:
        shipped = order.columns["status"] == "shipped"
        return "delivered" if shipped or (order.delivered_on and line.delivered) else "open"

    def _line(self, number: int, line: Line, status: str, delivered_on: str | None, sold: selling.Sold) -> None:
        day = delivered_on if status == "delivered" else None
        self.rows["document_lines"].append(
            (
                number, line.line, line.model, line.description, line.quantity, line.price, line.cost, line.rate,
                line.discount, status, day, self._term(line.model, line.description or ""), sold.fulfillment,
            )
        )  # fmt: skip
        self.rows["line_services"] += [
            (number, line.line, one.kind, one.name, one.quantity, one.price, one.cost, one.months)
            for one in sold.services
        ]

    def _term(self, model: str, description: str) -> int:
        """Give the id of a model's words in the search index; they are added when they are new."""
        key = (model, description)
        if key not in self.terms and self.writing:
            params = {"model": model, "description": description}
            self.hub.run("imports.add_term", {**params, "folded": search.term_text(model, description)})
            row = self.hub.one("imports.term", params)
            self.terms[key] = int(row["id"]) if row else 0
        return self.terms.get(key, 0)

    def _flush(self) -> None:
        for table, rows in self.rows.items():
            if rows and self.writing:
                columns = _COLUMNS[table]
                marks = ", ".join("?" * len(columns))
                if table == "line_services":
                    marks = selling.MARKS
                self.hub.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
            rows.clear()

    def _finish(self) -> None:
        """Restore the archived customers and bring the kept figures up."""
        for number in self.archived:
            self.hub.run("imports.restore", {"id": number})
        for number in sorted(self.changed):
            self.hub.run("imports.add_changed", {"id": number})
        self.hub.run("imports.forget_figures")
        self.hub.run("imports.new_figures")


def _unknown(error: HubError, order: Typed) -> Flaw:
    what = "its customer is unknown" if error.slug == "not_found" else "its customer is not clear"
    told = str(error.facts.get("candidates", "")) if error.slug == "ambiguous" else ""
    return Flaw(what, text.visible(order.customer) + (f": {told}" if told else ""))


def preview(hub: "Hub", report: Report, orders: list[Typed], choices: Choices) -> None:
    """Report what an import would do."""
    Import(hub, report, choices, writing=False).run(orders)


def apply(hub: "Hub", report: Report, orders: list[Typed], choices: Choices) -> None:
    """Do the import, inside a bulk change of purpose load."""
    hub.run("imports.no_changed")
    Import(hub, report, choices, writing=True).run(orders)


def keep_cells(orders: Orders, kept: dict[int, list[str]]) -> None:
    """Make the table of an orders file remember its rows, for the file of rejected ones."""
    table, rows = orders.table, orders.table.rows

    def remembered() -> Iterator[tuple[int, list[str]]]:
        for line, cells in rows():
            kept[line] = cells
            yield line, cells

    table.rows = remembered  # type: ignore[method-assign]
