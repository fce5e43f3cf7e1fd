"""hub report sales, quotes, orders, returns: what was quoted, sold and taken back."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.commands.payments.shared import document_or_customer
from hubcli.commands.reports import shared
from hubcli.commands.reports.shared import Date, Period, Text, Words
from hubcli.commands.returns import RETURNS
from hubcli.operations.reports import sales as sold
from hubcli.render import ASKED, Column, Listing
from hubcli.values import words

app = typer.Typer()

MARGIN = (Column("margin", "percent", keep=2), Column("margin_complete", "bool", title="complete", keep=6))
SALES = (
    Column("group", "text"),
    Column("name", "text", keep=3),
    Column("orders", "count"),
    Column("units", "count", keep=7),
    Column("goods", "money", keep=4),
    Column("services", "money", keep=8),
    Column("charges", "money", keep=9),
    Column("discounts", "money", keep=9),
    Column("tax", "money", keep=5),
    Column("total", "money"),
    Column("returned", "money", keep=3),
    Column("adjusted", "money", keep=6),
    Column("net", "money", keep=0),
    Column("cost", "money", keep=10),
    *MARGIN,
    *shared.PERIOD,
)
TABS = (
    Column("status", "code", title="tab"),
    Column("quotes", "count"),
    Column("revenue", "money"),
    Column("total", "money", keep=2),
    Column("deposits", "money"),
    Column("margin", "percent", title="est. margin"),
    Column("margin_complete", "bool", title="complete", keep=3),
    *shared.PERIOD,
    Column("as_of", "date", title="as of", keep=ASKED),
)
QUOTES = (
    Column("number", "ref", prefix="Q", title="#"),
    Column("customer", "ref", prefix="C", keep=7),
    Column("customer_name", "text", title="name"),
    Column("date", "date", keep=4),
    Column("expires_on", "date", title="expires", keep=2),
    Column("status", "code", title="tab"),
    Column("salesperson", "code", title="by", keep=5),
    Column("location", "code", keep=8),
    Column("class", "code", keep=9),
    Column("revenue", "money"),
    Column("total", "money", keep=3),
    Column("deposits", "money"),
    Column("margin", "percent", title="est. margin"),
    Column("margin_complete", "bool", title="complete", keep=6),
    *shared.PERIOD,
    Column("as_of", "date", title="as of", keep=ASKED),
)
STAGES = (
    Column("stage", "code"),
    Column("orders", "count"),
    Column("lines", "count"),
    Column("units", "count"),
    Column("amount", "money"),
    *shared.PERIOD,
)
BACK = (
    *RETURNS,
    Column("items", "list", keep=1),
    Column("methods", "list", keep=7),
    Column("from", "date", keep=ASKED),
    Column("to", "date", keep=ASKED),
)

FULFILLMENT = ("delivery-install", "delivery", "pickup", "not-sure")


@command(app, "sales", takes=[shared.document_filters])
def sales(
    run: Run,
    document_filters: dict[str, Any],
    *,
    date: Date = None,
    by: Annotated[str, Option("--by", metavar="WHAT", help=", ".join(sold.GROUPS))] = "month",
    source: Annotated[Text, Option("--source", metavar="S", help="website or in-store")] = None,
) -> Listing:
    """Show what was sold in a period, by month or any other group: goods, services, charges, tax, margin.

    Orders count on the day they became orders, drafts and canceled ones never. What was returned or taken off in the
    same period stands beside: net = total - returned - adjusted. The margin is that of goods and services kept whose
    cost is known.

    Examples:
    hub report sales --date 2025
    hub report sales --date "last month" --by salesperson
    hub report sales --date 2025-05 --by model --sort -total --limit 10
    """
    days = shared.period(run, date)
    params = document_filters | days.params | {
        "by": words.choose(by, sold.GROUPS, "--by"),
        "source": None if source is None else words.choose(source, ("website", "in-store"), "--source"),
    }  # fmt: skip
    names = [column.name for column in SALES[:-2]]
    rows = [(*(row.get(name) for name in names), *days) for row in sold.sales(run.hub, params)]
    columns = SALES
    if params["by"] not in {"customer", "model"}:
        rows = [(row[0], None, *row[2:]) for row in rows]
        columns = (SALES[0], SALES[1]._replace(keep=ASKED), *SALES[2:])
    sums = shared.totals(columns, rows, *(() if params["by"] == "model" else ("orders",)), "units")
    return Listing(columns, rows, name="sales", total=len(rows), totals=sums)


@command(app, "quotes", takes=[shared.document_filters])
def quotes(
    run: Run,
    document_filters: dict[str, Any],
    *,
    date: Date = None,
    tab: Annotated[Words, Option("--status", "--tab", metavar="TAB", help="active, expired or all")] = None,
    detail: Annotated[bool, Option("--detail", help="every quote, not the sums")] = False,
) -> Listing:
    """Show quotes that are active and quotes whose time is over: how many, revenue, deposits, estimated margin.

    Revenue is goods and services less coupon and customer discount, without tax and charges.

    Examples:
    hub report quotes
    hub report quotes --date 2025-06 --salesperson ellen --detail
    """
    days = shared.period(run, date)
    chosen = words.several(tab, sold.TABS, "--status") or sold.TABS
    found = sold.quotes(run.hub, document_filters | days.params | {"today": str(run.today)})
    found = [row for row in found if row["status"] in chosen]
    if detail:
        rows = [_quote(row, days, str(run.today)) for row in found]
        return Listing(QUOTES, rows, name="quotes", total=len(rows), totals=_quote_sums(QUOTES, rows, found))
    rows = [(*row, *days, str(run.today)) for row in sold.by_tab(found) if row[0] in chosen]
    return Listing(TABS, rows, name="quotes", total=len(rows), totals=_quote_sums(TABS, rows, found))


def _quote(row: Any, days: Period, today: str) -> tuple[Any, ...]:
    return (
        row["id"], row["customer_id"], row["name"], row["quoted_on"], row["expires_on"], row["status"],
        row["salesperson"], row["location"], row["class"], row["revenue"], row["total"], row["deposits"],
        sold.margin(row["known"], row["cost"]), sold.complete(row["unknown"]), *days, today,
    )  # fmt: skip


def _quote_sums(columns: tuple[Column, ...], rows: list[Any], found: list[Any]) -> list[list[Any]]:
    """Give the row of sums; its margin is that of all the quotes together."""
    sums = shared.totals(columns, rows, "quotes")
    for row in sums:
        row[[c.name for c in columns].index("margin")] = sold.margin(
            sum(q["known"] for q in found), sum(q["cost"] for q in found)
        )
    return sums


@command(app, "orders", takes=[shared.document_filters])
def orders(
    run: Run,
    document_filters: dict[str, Any],
    *,
    date: Date = None,
    fulfillment: Annotated[
        Text, Option("--fulfillment", metavar="F", help="delivery-install, delivery, pickup …")
    ] = None,
) -> Listing:
    """Show how far what was ordered is: not requested, on order, to be delivered, delivered, returned.

    A line is on order from its order's milestone blanks-ordered on, to be delivered once its goods are here or its
    delivery is planned. `hub orders list --expanded --delivery open` shows the lines behind.

    Examples:
    hub report orders --date 2025-05..2025-06
    hub report orders --location downtown --fulfillment pickup
    """
    days = shared.period(run, date)
    kind = None if fulfillment is None else words.choose(fulfillment, FULFILLMENT, "--fulfillment")
    params = document_filters | days.params | {"source": None, "fulfillment": None if kind is None else f"%,{kind},%"}
    rows = [(*row, *days) for row in sold.stages(run.hub, params)]
    return Listing(STAGES, rows, name="orders", total=len(rows), totals=shared.totals(STAGES, rows, "lines", "units"))


@command(app, "returns")
def returns(
    run: Run,
    ref: Annotated[Text, Argument(metavar="[DOCUMENT|CUSTOMER]", help="only of O7, or of a customer")] = None,
    *,
    customer: shared.Customer = None,
    date: Date = None,
) -> Listing:
    """Show returns: what came back, why, the fee kept, and where the money went.

    Examples:
    hub report returns --date "last 90 days"
    """
    row, named = document_or_customer(run, ref) if ref is not None else (None, None)
    whose = targets.only(None if row is not None else named, shared.one_customer(run, None, customer))
    days = shared.period(run, date)
    params = days.params | {
        "document": row["id"] if row is not None else None, "customer": whose,
    }  # fmt: skip
    found = list(run.hub.rows("returns.list", params))
    numbers = [r["number"] for r in found]
    items, ways = sold.items(run.hub, numbers), sold.ways(run.hub, numbers)
    rows = [(*r, items.get(r["number"], []), ways.get(r["number"], []), *days) for r in found]
    return Listing(BACK, rows, name="returns", total=len(rows), totals=shared.totals(BACK, rows, "units"))
