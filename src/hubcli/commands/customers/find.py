"""Finds customers: search and list."""

from typing import Annotated

import typer
from typer import Argument

from hubcli.command import Run, command
from hubcli.commands.filters import customer_filters
from hubcli.render import Column, Listing

app = typer.Typer()

LIST = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("kind", "code", keep=7),
    Column("type", "code", keep=6),
    Column("source", "code", keep=8),
    Column("stage", "code", keep=4),
    Column("mobile_phone", "phone", title="mobile", keep=1),
    Column("email", "text", keep=3),
    Column("zip", "code", keep=1),
    Column("manager", "code", keep=5),
    Column("orders", "count", keep=6),
    Column("lifetime_value", "money", title="lifetime", keep=2),
    Column("last_order_on", "date", title="last order", keep=5),
    Column("status", "code", keep=9),
    Column("matched", "code", keep=9),
)


@command(app, "search", takes=[customer_filters])
def search(
    run: Run,
    customer_filters: dict[str, object],
    text: Annotated[
        str | None, Argument(metavar="[TEXT]", help="part of a name, company, e-mail, phone, model")
    ] = None,
) -> Listing:
    """Find customers by text and filters.

    A repeated option is OR, different options are AND.

    Examples:
    hub customers search garcia
    hub customers search --zip 60614
    hub customers search --stage repeat --ordered "last quarter" --csv
    """
    if text is not None:
        from hubcli.search import text_params

        customer_filters |= text_params(text) | {"narrow": True}
    return run.list("customers.search", customer_filters, LIST, "customers")


@command(app, "list", takes=[customer_filters])
def list_(run: Run, customer_filters: dict[str, object]) -> Listing:
    """List customers by name; takes the filters of search.

    Examples:
    hub customers list
    hub customers list --kind company --sort -lifetime_value
    hub customers list --status archived --json
    """
    return run.list("customers.search", customer_filters, LIST, "customers")
