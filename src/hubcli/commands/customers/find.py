"""Finds customers: search and list."""

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

import typer

from hubcli.command import Run, command
from hubcli.commands.filters import as_saved, customer_query
from hubcli.render import Column, Listing

app = typer.Typer()

LIST = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text", keep=0),
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
    Column("company", "text", keep=8),
    Column("credit_balance", "money", title="customer credit", keep=20),
)
COMPANIES = (
    Column("outstanding", "money"),
    Column("credit_limit", "money", title="credit limit"),
)
"""What companies and their contacts owe, and their limit."""
MORE = (
    *COMPANIES,
    Column("on_hold", "bool", title="on hold"),
    Column("consent", "bool"),
    Column("notes", "code"),
    Column("merged_into", "ref", prefix="C", title="merged into", keep=8),
)
"""Columns that are there when --fields or --sort names them; notes are their number, with ! where one is important.

On a terminal a list of companies has the first two, and one with deleted customers has the last.
"""
COMPANY = [column.name for column in LIST].index("company")


@command(app, "search", takes=[customer_query])
def search(run: Run, customer_query: dict[str, object]) -> Listing:
    """Find customers by text and filters.

    A repeated option is OR, different options are AND.

    Examples:
    hub customers search garcia
    hub customers search --zip 60614
    hub customers search --stage repeat --ordered "last quarter" --csv
    """
    query = as_saved(run, customer_query, lambda: known(run))
    found = _found(run, query)
    found.rows = _or_put_away(run, query, found.rows)
    return found


def _found(run: Run, query: dict[str, object]) -> Listing:
    """Give the customers that fit, with the columns asked for.

    A table on a terminal has besides what companies owe and may owe, where only they are listed, and with deleted ones
    whose number stands for them now; lines and JSON have the same columns whatever the filters.
    """
    table = drawn(run)
    companies = table and query.get("kind") == ["company"]
    deleted = table and "deleted" in _states(query)
    named = {word.strip().removeprefix("-") for word in ",".join(filter(None, (run.fields, run.sort))).split(",")}
    usual_more = {"outstanding": companies, "credit_limit": companies, "merged_into": deleted}
    more = [column for column in MORE if column.name in named or usual_more.get(column.name)]
    usual = _of_companies() if companies else LIST
    params = {**query, **{f"show_{column.name}": True for column in more}}
    listing = _listed(run, params, (*usual, *more), named - {""})
    if table:
        listing.rows = map(_marked, listing.rows)
    return listing


def _listed(run: Run, params: Mapping[str, object], columns: Sequence[Column], named: AbstractSet[str]) -> Listing:
    """Give the listing; fields of the shop's own are columns of it where they are named."""
    if named <= {column.name for column in columns}:
        return run.list("customers.search", params, columns, "customers")
    from hubcli.commands.customers import own

    offered = own.fields(run, named)
    params = {**params, "own_fields": bool(offered) or None}
    return own.widen(run.list("customers.search", params, columns, "customers"), offered)


def _states(query: Mapping[str, object]) -> Collection[object]:
    """Give the states that are looked for."""
    states = query.get("status")
    return states if isinstance(states, list) else ()


def known(run: Run) -> list[str]:
    """Give every column that a list of customers may have."""
    from hubcli.commands.customers import own

    return [*(column.name for column in (*LIST, *MORE)), *(row["name"] for row in own.fields(run))]


def _of_companies() -> tuple[Column, ...]:
    """Give the usual columns for a list of companies: on a terminal their money stays before ZIP and lifetime value."""
    less = {"zip", "lifetime_value"}
    return tuple(column._replace(keep=5) if column.name in less else column for column in LIST)


def drawn(run: Run) -> bool:
    """Tell whether a table or a screen is drawn, not lines or JSON written."""
    from hubcli.render.output import format_of, is_file

    output = run.output()
    return format_of(output, to_file=is_file(output.path), terminal=sys.stdout.isatty()) == "table"


def _marked(row: Sequence[object]) -> Sequence[object]:
    """Mark a linked contact beside the name, as a person reads it."""
    return row if row[COMPANY] is None else [row[0], f"{row[1]} (contact)", *list(row)[2:]]


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

    --fields may also name outstanding, credit_limit, on_hold, consent, notes, merged_into, and fields of the shop's
    own; on a terminal --kind company and --status deleted show those that belong to them.

    Examples:
    hub customers list
    hub customers list --kind company --sort -lifetime_value
    hub customers list --status archived --json
    """
    return _found(run, as_saved(run, customer_query, lambda: known(run)))
