"""Finds customers: search and list."""

from collections.abc import Iterator, Sequence

import typer

from hubcli.command import Run, command
from hubcli.commands.filters import customer_query
from hubcli.render import Column, Listing

app = typer.Typer()

LIST = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("kind", "code", keep=7),
    Column("type", "code", keep=7),
    Column("source", "code", keep=8),
    Column("stage", "code", keep=4),
    Column("mobile_phone", "phone", title="mobile", keep=1),
    Column("email", "text", keep=5),
    Column("zip", "code", keep=1),
    Column("manager", "code", keep=6),
    Column("orders", "count", keep=6),
    Column("lifetime_value", "money", title="lifetime", keep=2),
    Column("last_order_on", "date", title="last order", keep=3),
    Column("status", "code", keep=9),
    Column("matched", "code", keep=9),
)


@command(app, "search", takes=[customer_query])
def search(run: Run, customer_query: dict[str, object]) -> Listing:
    """Find customers by text and filters.

    A repeated option is OR, different options are AND.

    Examples:
    hub customers search garcia
    hub customers search --zip 60614
    hub customers search --stage repeat --ordered "last quarter" --csv
    """
    found = run.list("customers.search", customer_query, LIST, "customers")
    found.rows = _or_put_away(run, customer_query, found.rows)
    return found


def _or_put_away(run: Run, query: dict[str, object], rows: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    """Give the rows; when there are none, say on stderr how many archived customers would have fitted."""
    none = True
    for row in rows:
        none = False
        yield row
    if none and query["status"] == ["active"]:
        archived = run.hub.count("customers.search", {**query, "status": ["archived"]})
        if archived:
            run.say(f"{archived:,} archived {'customer fits' if archived == 1 else 'customers fit'}: add --status all")


@command(app, "list", takes=[customer_query])
def list_(run: Run, customer_query: dict[str, object]) -> Listing:
    """List customers by name; takes the filters of search.

    Examples:
    hub customers list
    hub customers list --kind company --sort -lifetime_value
    hub customers list --status archived --json
    """
    return run.list("customers.search", customer_query, LIST, "customers")
