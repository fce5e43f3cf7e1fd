"""Lists orders."""

from typing import Annotated, Any

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import filters
from hubcli.commands.quotes.find import Words, document_filters
from hubcli.render import ASKED, Column, Listing
from hubcli.values import money, text, words

app = typer.Typer()

STATUSES = ("draft", "saved", "awaiting-payment", "in-production", "shipped", "canceled")
PAID = ("paid", "due", "returned")
PRODUCTION = (
    "on-hold", "pending", "awaiting-po", "awaiting-stock", "awaiting-artwork", "awaiting-processing",
    "awaiting-shipping", "shipped", "canceled",
)  # fmt: skip
DELIVERY = ("open", "scheduled", "in-transit", "delivered", "returned")
LIST = (
    Column("number", "code", title="#"),
    Column("customer", "ref", prefix="C", keep=7),
    Column("customer_name", title="name"),
    Column("date", "date", keep=2),
    Column("job_name", title="job", keep=4),
    Column("class", "code", keep=6),
    Column("salesperson", "code", title="by", keep=5),
    Column("location", "code", keep=8),
    Column("status", "code", keep=3),
    Column("paid_status", "code", title="paid?"),
    Column("delivery_status", "code", title="delivery"),
    Column("total", "money"),
    Column("paid", "money", keep=6),
    Column("balance", "money"),
    Column("margin", "percent", keep=5),
    Column("margin_complete", "bool", title="complete", keep=9),
    Column("needed_on", "date", title="needed", keep=8),
    Column("purchase_order", "code", title="their number", keep=9),
    Column("invoice", "ref", prefix="I", keep=8),
    Column("due_on", "date", title="due", keep=9),
    Column("next_delivery_on", "date", title="next delivery", keep=9),
    Column("returned", "money", keep=ASKED),
    Column("source", "code", keep=ASKED),
    Column("production_status", "code", title="production", keep=ASKED),
)
LINES = (
    Column("number", "code", title="#"),
    Column("date", "date", keep=3),
    Column("customer", "ref", prefix="C", keep=ASKED),
    Column("customer_name", title="name", keep=5),
    Column("job_name", title="job", keep=6),
    Column("line", "count", keep=4),
    Column("model", "code"),
    Column("description", "long", keep=8),
    Column("quantity", "count", title="qty"),
    Column("unit_price", "money", title="price", keep=6),
    Column("net", "money"),
    Column("install", keep=3),
    Column("installs", "money", keep=7),
    Column("plan", "code", keep=5),
    Column("haul_away", "count", keep=7),
    Column("delivery_status", "code", title="delivery"),
    Column("scheduled_on", "date", title="scheduled", keep=5),
    Column("delivered_on", "date", title="delivered", keep=2),
    Column("driver", keep=7),
    Column("margin", "percent", keep=3),
    Column("returned_quantity", "count", title="returned", keep=8),
)


def order_filters(
    run: Run,
    *,
    status: Annotated[Words, Option("--status", metavar="S", help="saved, in-production … or all")] = None,
    paid: Annotated[Words, Option("--paid", "--paid-status", metavar="P", help="paid, due or returned")] = None,
    delivery: Annotated[
        Words,
        Option("--delivery", "--delivery-status", metavar="D", help="with a line open, scheduled, in-transit …"),
    ] = None,
    delivery_date: Annotated[
        Words, Option("--delivery-date", metavar="RANGE", help="delivered, or planned to be, then")
    ] = None,
    driver: Annotated[Words, Option("--driver", metavar="NAME", help="with a line of this driver")] = None,
    production: Annotated[
        Words, Option("--production", metavar="S", help="on-hold, pending, awaiting-stock, awaiting-shipping …")
    ] = None,
    late: Annotated[bool, Option("--late", help="needed before today and not all delivered")] = False,
    overdue: Annotated[bool, Option("--overdue", help="past due and not paid")] = False,
    uninvoiced: Annotated[bool, Option("--uninvoiced", help="not invoiced yet")] = False,
) -> dict[str, Any]:
    """Give the parameters of filters that only orders have."""
    first, last = filters.days(run, delivery_date, "--delivery-date")
    states = filters.chosen(paid, PAID, "--paid")
    return {
        "status": words.several(status, STATUSES, "--status"),
        "paid": states,
        "returned": states == ["returned"],
        "delivery": filters.chosen(delivery, DELIVERY, "--delivery"),
        "delivery_from": first,
        "delivery_to": last,
        "driver": [text.name(name, "--driver").lower() for name in driver or []],
        "planned": bool(driver or delivery_date),
        "production": filters.chosen(production, PRODUCTION, "--production"),
        "late_on": run.hub.day.today if late else None,
        "overdue_on": run.hub.day.today if overdue else None,
        "uninvoiced": uninvoiced or None,
    }


@command(app, "list", takes=[document_filters, order_filters])
def list_(
    run: Run,
    document_filters: dict[str, Any],
    order_filters: dict[str, Any],
    *,
    lines: Annotated[
        bool, Option("--expanded", "--lines", help="a row for each line: models, installs, delivery days, margins")
    ] = False,
) -> Listing:
    """List orders, the newest first; those of one customer with their lifetime value on top.

    Examples:
    hub orders list --customer C1
    hub orders list --paid due --class project --job lot
    hub orders list --delivery-date today --driver Dee
    hub orders list --customer C1 --expanded
    hub orders list --late --location downtown
    """
    params = document_filters | order_filters
    for customer in params["customer"]:
        _tell_lifetime(run, customer)
    if lines:
        return run.list("orders.lines", params, LINES, "lines")
    return run.list("orders.list", params, LIST, "orders")


def _tell_lifetime(run: Run, customer: int) -> None:
    """Say above the orders of one customer what they are worth."""
    row = run.hub.one("orders.lifetime", {"customer": customer})
    if row is not None:
        name, value = text.visible(row["name"]), money.show(row["lifetime_value_cents"])
        count = f"{row['orders']} order{'s' * (row['orders'] != 1)}"
        run.tell(f"C{customer} {name}: lifetime value {value}, {count}, {row['stage']}")
