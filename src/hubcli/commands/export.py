"""hub export: everything for other programs, in columns that stay."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Run, command
from hubcli.commands import filters
from hubcli.commands.customers import own
from hubcli.commands.filters import Words, customer_query
from hubcli.counts import Count
from hubcli.errors import HubError, bad_value
from hubcli.operations.customers import access
from hubcli.render import ASKED, Column, Listing
from hubcli.values import words

HELP = """Write customers and everything else for other programs.

Examples:
hub export customers --csv -o customers.csv
hub export orders --ordered "last month" --csv
hub export all -o shop-export/
"""

app = typer.Typer(help=HELP)

LATER: dict[str, tuple[str, str]] = {
    "quotes": ("hubcli.commands.exporting", "Write quotes, one row for each line."),
    "payments": ("hubcli.commands.exporting", "Write payments, or those since the last time."),
    "credit": ("hubcli.commands.exporting", "Write every entry of customer credit."),
    "models": ("hubcli.commands.exporting", "Write the catalogue."),
    "contacts": ("hubcli.commands.exporting_record", "Write contacts of customers."),
    "visits": ("hubcli.commands.exporting_record", "Write home visits."),
    "designs": ("hubcli.commands.exporting_record", "Write the list of designs."),
    "invoices": ("hubcli.commands.invoices.export", "Write invoices with what is owed on them."),
    "statements": ("hubcli.commands.statements.export", "Write statements, a row for each thing they list."),
}
"""Commands that stand beside those of their noun."""

CUSTOMERS = (
    Column("number", "ref", prefix="C", title="#"),
    Column("kind", "code", keep=7),
    Column("company_name", keep=3),
    Column("building_code", keep=ASKED),
    Column("first_name", keep=1),
    Column("last_name", keep=1),
    Column("email", keep=2),
    Column("billing_emails", "list", keep=ASKED),
    Column("mobile_phone", "phone", title="mobile", keep=1),
    Column("home_phone", "phone", keep=ASKED),
    Column("alternate_phone", "phone", keep=ASKED),
    Column("billing_line1", keep=4),
    Column("billing_line2", keep=ASKED),
    Column("billing_city", title="city", keep=4),
    Column("billing_state", "code", title="state", keep=4),
    Column("billing_zip", "code", title="zip", keep=2),
    Column("type", "code", keep=6),
    Column("source", "code", keep=8),
    Column("found_us", keep=ASKED),
    Column("stage", "code", keep=5),
    Column("manager", "code", keep=6),
    Column("tax_exempt", "bool", keep=ASKED),
    Column("credit_balance", "money", title="credit", keep=8),
    Column("credit_limit", "money", keep=ASKED),
    Column("credit_used", "money", keep=ASKED),
    Column("credit_terms", keep=ASKED),
    Column("lifetime_value", "money", title="lifetime", keep=3),
    Column("orders", "count", keep=6),
    Column("first_order_on", "date", keep=ASKED),
    Column("last_order_on", "date", title="last order", keep=6),
    Column("created_at", "instant", keep=ASKED),
    Column("archived_at", "instant", keep=ASKED),
    Column("billing_country", "code", keep=ASKED),
    Column("delivery_line1", keep=ASKED),
    Column("delivery_line2", keep=ASKED),
    Column("delivery_city", keep=ASKED),
    Column("delivery_state", "code", keep=ASKED),
    Column("delivery_zip", "code", keep=ASKED),
    Column("delivery_country", "code", keep=ASKED),
    Column("name", keep=ASKED),
    Column("status", "code", keep=9),
    Column("external_ids", "list", keep=ASKED),
    Column("last_activity_on", "date", keep=ASKED),
)
CONSENT = Column("consent", "bool", keep=ASKED)
"""In a shop that asks for it."""
ORDERS = (
    Column("number", "ref", prefix="O", title="#"),
    Column("customer", "ref", prefix="C", keep=2),
    Column("customer_name", title="name", keep=1),
    Column("ordered_on", "date", title="ordered", keep=1),
    Column("job_name", keep=8),
    Column("class", "code", keep=8),
    Column("source", "code", keep=9),
    Column("salesperson", "code", keep=7),
    Column("location", keep=ASKED),
    Column("purchase_order", keep=ASKED),
    Column("needed_on", "date", keep=ASKED),
    Column("status", "code", keep=3),
    Column("delivered_on", "date", title="delivered", keep=7),
    Column("line", "count", keep=4),
    Column("model", "code", keep=1),
    Column("description", "long", keep=5),
    Column("quantity", "count", title="qty", keep=2),
    Column("unit_price", "money", keep=2),
    Column("unit_cost", "money", keep=ASKED),
    Column("discount", "code", keep=8),
    Column("delivery_charge", "money", keep=ASKED),
    Column("mileage_charge", "money", keep=ASKED),
    Column("trip_charge", "money", keep=ASKED),
    Column("shipping_charge", "money", keep=ASKED),
    Column("rush_charge", "money", keep=ASKED),
    Column("customer_discount", "money", keep=ASKED),
    Column("rebate", "money", keep=ASKED),
    Column("coupon", "money", keep=ASKED),
    Column("gift_certificate", "money", keep=ASKED),
    Column("tax", "money", keep=ASKED),
    Column("total", "money", keep=4),
    Column("paid", "money", keep=6),
    Column("external_id", "code", keep=ASKED),
    Column("fulfillment", "code", keep=ASKED),
    Column("installs", keep=ASKED),
    Column("haul_away", "code", keep=ASKED),
    Column("plan", "code", keep=ASKED),
    Column("plan_months", "count", keep=ASKED),
    Column("services", "money", keep=ASKED),
    Column("taken_off", "money", keep=ASKED),
)
NOTES = (
    Column("number", "ref", prefix="N", title="#"),
    Column("customer", "ref", prefix="C"),
    Column("customer_name", title="name", keep=3),
    Column("type", "code", keep=2),
    Column("persistence", "code", keep=5),
    Column("important", "bool", keep=4),
    Column("text", "long"),
    Column("author", "code", keep=3),
    Column("written_on", "date", title="written", keep=2),
)
CHANGELOG = (
    Column("at", "instant"),
    Column("actor", "code", keep=2),
    Column("change", "ref", prefix="H", keep=3),
    Column("command", "code", keep=4),
    Column("reason", "long", keep=5),
    Column("record", "code"),
    Column("field", "code"),
    Column("old", "long"),
    Column("new", "long"),
    Column("customer", "ref", prefix="C", keep=6),
)
TABLES = (Column("table", "code"), Column("rows", "count"))

ORDER_STATUSES = ("draft", "saved", "awaiting-payment", "in-production", "shipped", "canceled")

Since = Annotated[Words, Option("--changed-since", metavar="H|D", help="changed after it")]
Customer = Annotated[Words, Option("--customer", metavar="REF", help="of this customer")]


@command(app, "customers", takes=[customer_query])
def customers(run: Run, customer_query: dict[str, object]) -> Listing:
    """Write customers, every column; takes the filters of search, or a saved view.

    Archived and deleted ones are left out unless --status names them. What is written can be imported again. Fields of
    the shop's own stand behind hub's columns, under their names.

    Examples:
    hub export customers --csv
    hub export customers --csv -o customers.csv
    hub export customers --stage repeat --status all --ndjson
    hub export customers --changed-since yesterday --status all -o changed.xlsx
    """
    offered, asked = own.fields(run), access.captures(run.hub)
    columns = (*CUSTOMERS, CONSENT) if asked else CUSTOMERS
    names = (*(column.name for column in columns), *(row["name"] for row in offered))
    query = filters.as_saved(run, customer_query, lambda: names)
    params = query | {"whole": True, "own_fields": bool(offered) or None, "show_consent": asked or None}
    return own.widen(run.list("export.customers", params, columns, "customers"), offered)


@command(app, "orders")
def orders(
    run: Run,
    *,
    customer: Customer = None,
    ordered: Annotated[Words, Option("--ordered", metavar="RANGE", help="placed then")] = None,
    status: Annotated[Words, Option("--status", metavar="S", help="such as shipped, canceled or all")] = None,
    changed_since: Since = None,
) -> Listing:
    """Write orders, one row for each line; the order's own values stand on every row.

    A line's discount is a percentage or an amount. The day of delivery stands there once everything is delivered.

    Examples:
    hub export orders --csv
    hub export orders --ordered "last month" -o orders.csv
    hub export orders --customer C1 --status shipped --json
    """
    params: dict[str, object] = {"status": words.several(status, ORDER_STATUSES, "--status")}
    params |= {"customer": filters.of_customers(run, customer)} | filters.changed_params(run, changed_since)
    params["ordered_from"], params["ordered_to"] = filters.days(run, ordered, "--ordered")
    return run.list("export.orders", params, ORDERS, "orders")


@command(app, "notes")
def notes(run: Run, *, customer: Customer = None, changed_since: Since = None) -> Listing:
    """Write the notes of customers; deleted ones are left out.

    Examples:
    hub export notes --csv
    hub export notes --customer C1 --json
    """
    params = {"customer": filters.of_customers(run, customer)} | filters.changed_params(run, changed_since)
    return run.list("export.notes", params, NOTES, "notes")


@command(app, "changelog")
def changelog(
    run: Run,
    *,
    customer: Customer = None,
    since: Annotated[
        Words, Option("--since", metavar="H|D", help="from after this change set, or this time on")
    ] = None,
    by: Annotated[Words, Option("--by", metavar="WHO", help="made by")] = None,
) -> Listing:
    """Write the change log, one row for each field that changed, oldest first.

    Examples:
    hub export changelog --since yesterday --csv
    hub export changelog --customer C1 --json
    """
    if run.sort:
        raise bad_value("--sort", run.sort, "does not go with the change log: it is in the order of the changes")
    params = {"customer": filters.of_customers(run, customer), "by": filters.by_whom(run, by)}
    params |= filters.changed_params(run, since, "--since")
    return Listing(CHANGELOG, _log_rows(run, params), name="entries")


def _log_rows(run: Run, params: dict[str, object]) -> Iterator[tuple[Any, ...]]:
    from hubcli.operations import history

    staff = history.staff_logins(run.hub)
    for row in run.hub.rows("export.changelog", params):
        for changed in history.diff_rows([row], staff):
            yield (row["at"], row["actor"], row["change"], row["command"], row["reason"], *changed, row["subject"])


@command(app, "template")
def template(
    run: Run,
    of: Annotated[
        str,
        Argument(
            metavar="WHAT",
            help="what the file is to hold: customers, orders, quotes, payments, models, credit, balances, notes …",
        ),
    ] = "customers",
    *,
    profile: Annotated[str, Option("--profile", metavar="NAME", help="the layout: hub, shopify, square …")] = "hub",
    example: Annotated[bool, Option("--example", help="with a row that shows how values are written")] = False,
) -> Listing:
    """Write the header of a file that hub import reads, CSV unless another form is asked for.

    Examples:
    hub export template customers
    hub export template orders --example -o orders.csv
    hub export template customers --profile shopify
    hub export template balances --example
    """
    from hubcli.operations import templates

    kind = words.choose(of, templates.KINDS, "template")
    header, examples = _template(kind, profile)
    if not run.options.get("output") and not any(map(run.options.get, ("json", "ndjson", "tsv"))):
        run.options = {**run.options, "csv": True}
    columns = [Column(name, "code") for name in header]
    return Listing(columns, examples if example else [], name="rows")


def _template(kind: str, profile: str) -> tuple[list[str], list[list[str]]]:
    from hubcli.operations import templates

    if kind not in templates.PLAIN:
        found = templates.template(profile, kind)
        return list(found), [list(found.values())]
    if profile != "hub":
        raise bad_value("--profile", profile, f"is no layout of {kind}: they have hub's own alone")
    return templates.plain(kind)


@command(app, "all")
def everything(run: Run) -> Listing:
    """Write the whole database, one NDJSON file for each table, every row as it is kept.

    The folder appears whole or not at all; an earlier export of this database in its place is replaced. The history
    of changes stays in the database: hub db backup keeps that too.

    Examples:
    hub export all -o shop-export/
    """
    from hubcli.operations import dump

    folder = run.options.get("output")
    if folder is None:
        raise HubError("needs_option", what="a whole export needs a folder: -o DIR/")
    run.options = {**run.options, "output": None}  # the folder; what is printed tells what is in it
    run.ready()
    counts = dump.save(run.hub, folder, no_clobber=bool(run.no_clobber))
    return Listing(TABLES, counts.items(), name="tables", summary=f"{Count(sum(counts.values())):row} in {folder}")
