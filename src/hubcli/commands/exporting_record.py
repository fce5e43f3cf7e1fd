"""hub export contacts, visits, designs: what hangs on a customer."""

from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands import designs as design_commands
from hubcli.commands import filters
from hubcli.commands import visits as visit_commands
from hubcli.render import Column, Listing

app = typer.Typer()

CONTACTS = (
    Column("number", "ref", prefix="K", title="#"),
    Column("customer", "ref", prefix="C"),
    Column("customer_name", "text", keep=4),
    Column("first_name", "text"),
    Column("last_name", "text"),
    Column("phone", "phone"),
    Column("email", "text", keep=3),
    Column("relationship", "text", keep=5),
    Column("type", "text", keep=6),
    Column("linked", "ref", prefix="C", keep=4),
    Column("linked_name", "text", keep=7),
    Column("roles", "text", keep=5),
)
Customer = Annotated[filters.Words, Option("--customer", metavar="REF", help="only of this customer")]


def _of(run: Run, customer: filters.Words) -> dict[str, object]:
    return {"customer": filters.of_customers(run, customer)}


@command(app, "contacts")
def contacts(run: Run, *, customer: Customer = None) -> Listing:
    """Write contacts, as hub import contacts reads them.

    Examples:
    hub export contacts --csv
    """
    return run.list("record.contacts", _of(run, customer), CONTACTS, "contacts")


@command(app, "visits")
def visits(run: Run, *, customer: Customer = None) -> Listing:
    """Write home visits, as hub import visits reads them.

    Examples:
    hub export visits --csv
    """
    found = run.list("visits.list", _of(run, customer), visit_commands.COLUMNS, "visits")
    rows = (tuple(row)[: len(visit_commands.COLUMNS)] for row in found.rows)
    return Listing(visit_commands.COLUMNS, rows, name="visits", total=found.total, ordered=True)


@command(app, "designs")
def designs(run: Run, *, customer: Customer = None) -> Listing:
    """Write the list of designs; hub designs export writes a design itself.

    Examples:
    hub export designs --csv
    """
    found = run.list("designs.list", _of(run, customer), design_commands.COLUMNS, "designs")
    rows = (tuple(row)[: len(design_commands.COLUMNS)] for row in found.rows)
    return Listing(design_commands.COLUMNS, rows, name="designs", total=found.total, ordered=True)
