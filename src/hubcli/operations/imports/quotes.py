"""Imports quotes with their lines and services: those that hub has are compared, new ones are made."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError, bad_value
from hubcli.importing.documents import ADDED, TAKEN
from hubcli.importing.typed import Flaw
from hubcli.operations import refs
from hubcli.operations.documents import base, totals, typed, writing
from hubcli.operations.imports import plain
from hubcli.operations.imports.plain import Layout, Row
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.operations.imports.report import Report
    from hubcli.store import Hub

STATUSES = ("draft", "saved", "awaiting-approval", "approved", "declined", "deleted")
_TEXTS = ("job_name", "location", "purchase_order")
_HEAD = (
    "number", "customer", "quoted_on", "expires_on", *_TEXTS, "class", "source", "salesperson", "needed_on", "status",
    *ADDED, *TAKEN, "tax_rate", "tax", "total", "external_id",
)  # fmt: skip


LAYOUT = Layout(
    "quotes",
    {
        "number": plain.number("Q"),
        "customer": plain.line_of_text("customer", 254, code=True),
        "quoted_on": plain.day("quoted_on"),
        "expires_on": plain.day("expires_on"),
        **{name: plain.line_of_text(name) for name in _TEXTS},
        "class": plain.word("class", ("retail", "web", "trade", "project")),
        "source": plain.word("source", ("website", "in-store")),
        "salesperson": plain.line_of_text("salesperson"),
        "needed_on": plain.day("needed_on"),
        "status": plain.word("status", STATUSES),
        "line": lambda said: money.quantity(said, "line"),
        "model": plain.line_of_text("model", code=True),
        "description": plain.line_of_text("description", 1000),
        "quantity": lambda said: money.quantity(said, "quantity"),
        "unit_price": plain.amount("unit_price"),
        "unit_cost": plain.amount("unit_cost"),
        "discount": lambda said: typed.discount(said, "discount"),
        "fulfillment": lambda said: typed.fulfillment([said], "fulfillment"),
        "installs": lambda said: [typed.install(part.strip()) for part in said.split("; ")],
        "haul_away": typed.haul_away,
        "plan": plain.line_of_text("plan", code=True),
        "plan_months": typed.plan_months,
        **{name: plain.amount(name) for name in (*ADDED, *TAKEN)},
        "tax_rate": lambda said: money.parse_rate(said, "tax_rate"),
        "tax": plain.amount("tax"),
        "total": plain.amount("total"),
        "external_id": plain.line_of_text("external_id", 254, code=True),
    },
    ("customer", "quoted_on", "model", "quantity", "unit_price"),
    frozenset({"customer_name", "paid"}),
)


def quotes(rows: Iterable[Row], report: "Report") -> Iterator[Row]:
    """Give the quotes of a file, the rows of each together under `lines`; report those whose rows contradict."""
    for _, group in groupby(rows, key=_key):
        parts = list(group)
        head = {name: parts[0].values[name] for name in _HEAD}
        torn = next((name for part in parts for name in _HEAD if part.values[name] != head[name]), None)
        lines = tuple(part.line for part in parts)
        if torn is not None:
            report.add("reject", lines[0], Flaw(f"{torn} differs between its rows"), lines)
        else:
            yield Row(lines[0], {**head, "lines": [part.values for part in parts]}, lines)


def _key(row: Row) -> object:
    """Give what the rows of one quote have in common; a row that says nothing stands for itself."""
    return row.values["number"] or row.values["external_id"] or f"line {row.line}"


class Import:
    """One run over the quotes of a file."""

    def __init__(self, report: "Report") -> None:
        self.report = report

    def __call__(self, hub: "Hub", row: Row) -> str:
        """Take one quote."""
        values = row.values
        customer = refs.customer(hub, values["customer"])
        there = _there(hub, values)
        if there is not None:
            if there["ordered_on"] is not None:
                self.report.warn(row.line, Flaw("is an order by now, and stays it", base.ref_of(there)))
                return "same"
            _compare(hub, values, there, customer)
            return "same"
        lines = [_line(one) for one in values["lines"]]
        number = writing.create(hub, customer, _columns(hub, values), lines)
        _settle(hub, number, values)
        if values["external_id"]:
            system, external_id = _external(values["external_id"])
            hub.insert("external_ids", {"system": system, "external_id": external_id, "document_id": number})
        return "create"


def _external(said: str) -> tuple[str, str]:
    system, _, number = said.partition(":")
    if not number or not system.isascii() or system != system.lower() or not system:
        raise bad_value("external_id", said, "names no system: write old:4711")
    return system, number


def _there(hub: "Hub", values: Mapping[str, Any]) -> Any:
    """Give the document that is there already: by another system's number, else by hub's own."""
    if values["external_id"]:
        _external(values["external_id"])
        try:
            return base.find(hub, values["external_id"])
        except HubError as error:
            if error.slug != "not_found":
                raise
            return None
    return None if values["number"] is None else base.by_id(hub, values["number"])


def _compare(hub: "Hub", values: Mapping[str, Any], there: Any, customer: int) -> None:
    lines = [tuple(row) for row in hub.rows("imports.order_lines", {"id": there["id"]})]
    mine = []
    for at, one in enumerate(values["lines"], 1):
        rate, discount = one["discount"] or (0, 0)
        mine.append((one["line"] or at, one["model"], one["quantity"], one["unit_price"], rate, discount))
    plain.differs(base.ref_of(there), {
        "customer": (customer, there["customer_id"]), "quoted_on": (values["quoted_on"], there["quoted_on"]),
        "expires_on": (values["expires_on"], there["expires_on"]), "status": (values["status"], there["status"]),
        "lines": (sorted(mine), sorted(lines)), "total": (values["total"], there["total_cents"]),
    })  # fmt: skip


def _line(one: Mapping[str, Any]) -> typed.Line:
    rate, amount = one["discount"] or (0, 0)
    services = list(one["installs"] or ()) + ([one["haul_away"]] if one["haul_away"] else [])
    if one["plan"]:
        months = None if one["plan_months"] is None else str(one["plan_months"])
        services.append(typed.plan(one["plan"], months, one["quantity"]))
    return typed.Line(
        one["model"], one["quantity"], one["unit_price"], one["unit_cost"], one["description"], rate, amount,
        one["fulfillment"], services=tuple(services),
    )  # fmt: skip


def _columns(hub: "Hub", values: Mapping[str, Any]) -> dict[str, Any]:
    names = ("quoted_on", "expires_on", *_TEXTS, "class", "source", "needed_on", "status", "tax_rate")
    columns = {name: values[name] for name in names if values[name] is not None}
    charges = {**ADDED, **{name: column for name, column in TAKEN.items() if name != "customer_discount"}}
    columns |= {column: values[name] for name, column in charges.items() if values[name] is not None}
    if values["salesperson"] is not None:
        columns["salesperson_id"] = refs.staff(hub, values["salesperson"])
    if values["number"] is not None and base.by_id(hub, values["number"]) is None:
        columns["id"] = values["number"]
    if values["customer_discount"] is not None:
        columns["customer_discount_rate"] = 0
    return columns


def _settle(hub: "Hub", number: int, values: Mapping[str, Any]) -> None:
    """Bring discount and tax to what the file says; raise bad_value when the total is another all the same."""
    row = base.again(hub, number)
    if values["customer_discount"]:
        goods = int(row["goods_cents"]) or 1
        rate = money.round_half_up(values["customer_discount"] * 10_000, goods)
        hub.update("documents", number, {"customer_discount_rate": min(rate, 10_000)})
        totals.retotal(hub, number)
        row = base.again(hub, number)
    if values["tax"] is not None and values["tax"] != row["tax_cents"]:
        hub.update("documents", number, {"tax_cents": values["tax"], "tax_typed": 1})
        row = base.again(hub, number)
    if values["total"] is not None and values["total"] != row["total_cents"]:
        came = money.show(row["total_cents"])
        raise bad_value("total", money.show(values["total"]), f"is not what its lines come to, {came}")
