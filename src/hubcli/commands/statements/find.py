"""Lists statements."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Run, command
from hubcli.commands import filters, targets
from hubcli.operations.statements.issue import KINDS
from hubcli.render import Column, Listing

app = typer.Typer()

Text = str | None
Words = list[str] | None
STATEMENTS = (
    Column("number", "ref", prefix="S", title="#"),
    Column("customer", "ref", prefix="C", keep=2),
    Column("customer_name", title="name"),
    Column("kind", "code", keep=6),
    Column("from_on", "date", title="from", keep=5),
    Column("to_on", "date", title="to"),
    Column("issued_on", "date", title="issued", keep=4),
    Column("balance", "money", title="listed", keep=3),
    Column("not_yet_due", "money", title="not yet due", keep=3),
    Column("total_owed", "money", title="owed"),
    Column("sent_on", "date", title="sent", keep=2),
    Column("replaced_by", "ref", prefix="S", keep=7),
)


def statement_filters(
    run: Run,
    *,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
    month: Annotated[
        Words, Option("--month", "--date", metavar="RANGE", help="that end then, as 2025-05 or last month")
    ] = None,
    kind: Annotated[Words, Option("--kind", metavar="K", help="open-item or balance-forward")] = None,
    unsent: Annotated[bool, Option("--unsent", help="not sent yet")] = False,
    outstanding: Annotated[bool, Option("--outstanding", "--only-outstanding", help="with something owed")] = False,
    replaced: Annotated[bool, Option("--all", help="those that were issued anew too")] = False,
) -> dict[str, Any]:
    """Give the parameters of a list of statements; raise HubError for a value that does not hold."""
    first, last = filters.days(run, month, "--month", told=False)
    return {
        "customer": filters.of_customers(run, customer), "date_from": first, "date_to": last,
        "kind": filters.chosen(kind, KINDS, "--kind"), "unsent": unsent or None,
        "outstanding": outstanding or None, "replaced": replaced or None,
    }  # fmt: skip


@command(app, "list", takes=[statement_filters])
def list_(
    run: Run,
    statement_filters: dict[str, Any],
    *,
    ref: Annotated[Text, Argument(metavar="[REF]", help="only of this customer")] = None,
) -> Listing:
    """List statements, those that end last first; what was issued anew is left out.

    Examples:
    hub statements list
    hub statements list C3 --json
    hub statements list --unsent --month "last month"
    """
    if ref is not None:
        named = targets.customer(run, ref)
        others = statement_filters["customer"]
        statement_filters["customer"] = [targets.only(named, other) for other in others] or [named]
    return run.list("statements.list", statement_filters, STATEMENTS, "statements")
