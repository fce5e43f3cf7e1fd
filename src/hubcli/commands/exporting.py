"""hub export quotes, payments, credit, models: what hub import reads again without changing anything."""

from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import filters
from hubcli.commands.filters import Words
from hubcli.commands.payments import export
from hubcli.commands.payments.export import From, SinceLast, To
from hubcli.commands.payments.lists import STATUSES as PAYMENT_STATUSES
from hubcli.operations.payments import methods
from hubcli.render import Column, Listing
from hubcli.values import words

app = typer.Typer()

ASKED = 20
QUOTES = (
    Column("number", "ref", prefix="Q", title="#"),
    Column("customer", "ref", prefix="C", keep=2),
    Column("customer_name", title="name", keep=1),
    Column("quoted_on", "date", title="quoted", keep=1),
    Column("expires_on", "date", title="expires", keep=3),
    Column("job_name", keep=8),
    Column("class", "code", keep=8),
    Column("source", "code", keep=9),
    Column("salesperson", "code", keep=7),
    Column("location", keep=ASKED),
    Column("purchase_order", keep=ASKED),
    Column("needed_on", "date", keep=ASKED),
    Column("status", "code", keep=3),
    Column("line", "count", keep=4),
    Column("model", "code", keep=1),
    Column("description", "long", keep=5),
    Column("quantity", "count", title="qty", keep=2),
    Column("unit_price", "money", keep=2),
    Column("unit_cost", "money", keep=ASKED),
    Column("discount", "code", keep=8),
    Column("fulfillment", "code", keep=ASKED),
    Column("installs", keep=ASKED),
    Column("haul_away", "code", keep=ASKED),
    Column("plan", "code", keep=ASKED),
    Column("plan_months", "count", keep=ASKED),
    Column("delivery_charge", "money", keep=ASKED),
    Column("mileage_charge", "money", keep=ASKED),
    Column("trip_charge", "money", keep=ASKED),
    Column("shipping_charge", "money", keep=ASKED),
    Column("rush_charge", "money", keep=ASKED),
    Column("customer_discount", "money", keep=ASKED),
    Column("rebate", "money", keep=ASKED),
    Column("coupon", "money", keep=ASKED),
    Column("gift_certificate", "money", keep=ASKED),
    Column("tax_rate", "rate", keep=ASKED),
    Column("tax", "money", keep=ASKED),
    Column("total", "money", keep=4),
    Column("paid", "money", keep=6),
    Column("external_id", "code", keep=ASKED),
)
CREDIT = (
    Column("entry", "count", title="#"),
    Column("customer", "ref", prefix="C"),
    Column("customer_name", title="name", keep=2),
    Column("date", "date"),
    Column("type", "code"),
    Column("amount", "money"),
    Column("balance", "money", keep=3),
    Column("document", "code", keep=4),
    Column("method", "code", keep=5),
    Column("reference", keep=8),
    Column("receipt", "ref", prefix="P", keep=ASKED),
    Column("location", keep=9),
    Column("note", "long", keep=6),
    Column("by", "code", keep=7),
    Column("recorded_at", "instant", title="recorded", keep=ASKED),
)
MODELS = (
    Column("model", "code"),
    Column("description", "long"),
    Column("price", "money"),
    Column("cost", "money"),
    Column("condition", keep=3),
    Column("discontinued", "bool", keep=3),
)
STATUSES = ("draft", "saved", "awaiting-approval", "approved", "declined", "deleted")
Customer = Annotated[Words, Option("--customer", metavar="REF", help="of this customer")]


@command(app, "quotes")
def quotes(
    run: Run,
    *,
    customer: Customer = None,
    quoted: Annotated[Words, Option("--quoted", metavar="RANGE", help="made then")] = None,
    status: Annotated[Words, Option("--status", metavar="S", help="such as saved, declined or all")] = None,
) -> Listing:
    """Write quotes, one row for each line; the quote's own values stand on every row. hub import quotes reads them.

    A quote that became an order is an order: hub export orders.

    Examples:
    hub export quotes --csv
    hub export quotes --quoted "last month" -o quotes.csv
    """
    first, last = filters.days(run, quoted, "--quoted")
    params = {
        "status": words.several(status, STATUSES, "--status"),
        "customer": filters.of_customers(run, customer),
        "date_from": first,
        "date_to": last,
    }
    return run.list("export.quotes", params, QUOTES, "quotes")


@command(app, "payments")
def payments(
    run: Run,
    *,
    since_last: SinceLast = False,
    first: From = None,
    last: To = None,
    method: Annotated[Words, Option("--method", metavar="M", help="such as cash")] = None,
    status: Annotated[Words, Option("--status", metavar="S", help=", ".join((*PAYMENT_STATUSES, "all")))] = None,
    customer: Customer = None,
    location: Annotated[Words, Option("--location", metavar="T", help="taken there")] = None,
) -> int:
    """Write payments, those that were voided or rejected too, the first one first; hub import payments reads them.

    --since-last remembers how far it came, once everything is written, and begins there the next time. -n does not.

    Examples:
    hub export payments --from 2025-05-01 --to 2025-05-31 --csv
    hub export payments --since-last --csv -o payments.csv
    """
    params = export.period(run, first, last) | {
        "location": location or [],
        "customer": filters.of_customers(run, customer),
        "method": filters.chosen(method, methods.METHODS, "--method"),
        "status": words.several(status, PAYMENT_STATUSES, "--status"),
    }
    return export.written(run, params, since_last=since_last)


@command(app, "credit")
def credit(
    run: Run,
    *,
    customer: Customer = None,
    date: Annotated[Words, Option("--date", metavar="RANGE", help="entered then")] = None,
) -> Listing:
    """Write every entry of customer credit, the first one first, with the customer's balance after it.

    Examples:
    hub export credit --csv
    hub export credit --customer C4 --json
    """
    first, last = filters.days(run, date, "--date")
    params = {"customer": filters.of_customers(run, customer), "date_from": first, "date_to": last}
    return run.list("export.credit", params, CREDIT, "credit entries")


@command(app, "models")
def models(run: Run) -> Listing:
    """Write the catalogue; hub import models reads it.

    Examples:
    hub export models --csv
    """
    return run.list("export.models", {}, MODELS, "models")
