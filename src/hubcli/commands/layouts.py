"""hub layouts: how designs stand on a product, saved for the next order."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import filters, targets
from hubcli.errors import HubError
from hubcli.operations import designs, documents
from hubcli.render import Column, Listing, Record
from hubcli.values import text

HELP = """Layouts: how designs stand on a product, saved for the next order.

Examples:
hub layouts list
hub layouts list --customer C1
hub layouts add C1 "Crew shirts" --product PC61 --process "screen print" --position "left chest" -n
"""
app = typer.Typer(help=HELP)

COLUMNS = (
    Column("number", "code", title="#"),
    Column("customer", "ref", prefix="C", keep=5),
    Column("customer_name", "text", keep=3),
    Column("name", "text"),
    Column("product", "code"),
    Column("process", "text"),
    Column("position", "text"),
    Column("design", "ref", prefix="D"),
    Column("last_order", "ref", prefix="O", keep=4),
    Column("created_on", "date", title="created", keep=3),
)
SAVED = (Column("number", "code", title="#"), Column("file", "text"), Column("bytes", "count"))
Text = str | None
Words = list[str] | None
Number = Annotated[str, Argument(metavar="N", help="the layout's number")]


@command(app, "list")
def list_(
    run: Run, *, customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None
) -> Listing:
    """List layouts, the newest first.

    Examples:
    hub layouts list
    """
    params = {"customer": filters.of_customers(run, customer)}
    return run.list("designs.layouts", params, COLUMNS, "layouts")


@command(app, "show")
def show(run: Run, number: Number) -> Record:
    """Show a layout.

    Examples:
    hub layouts list
    """
    row = designs.layout(run.hub, targets.number(number, "Y", "layout"))
    return Record(COLUMNS, tuple(row)[: len(COLUMNS)], title=text.visible(row["name"] or ""))


@command(app, "add")
def add(
    run: Run,
    ref: Annotated[str, Argument(metavar="REF", help="the customer")],
    name: Annotated[str, Argument(metavar="NAME", help="what it is called")],
    *,
    product: Annotated[Text, Option("--product", metavar="T", help="the garment or product")] = None,
    process: Annotated[Text, Option("--process", metavar="T", help="screen print, embroidery, …")] = None,
    position: Annotated[Text, Option("--position", metavar="T", help="left chest, full back, …")] = None,
    design: Annotated[Text, Option("--design", metavar="D", help="the design on it")] = None,
    order: Annotated[Text, Option("--order", metavar="O", help="the order that used it last")] = None,
) -> Done:
    """Save a layout of a customer.

    Examples:
    hub layouts add C1 "Crew shirts" --product PC61 --process "screen print" -n
    """
    customer = targets.customer(run, ref)
    lines = targets.given(product=product, process=process, position=position)
    values: dict[str, Any] = {
        "name": text.name(name, "name"),
        **{key: text.name(value, f"--{key}", 100) for key, value in lines.items()},
    }
    if design is not None:
        values["design_id"] = targets.number(design, "D", "design")
    if order is not None:
        values["document_id"] = documents.order(run.hub, order)["id"]
    outcome = run.change(lambda hub: designs.add_layout(hub, customer, values))
    row = None if outcome.dry_run else run.hub.one("designs.layouts", {"id": outcome.result})
    return Done(outcome, COLUMNS, [] if row is None else [tuple(row)[: len(COLUMNS)]], name="layouts")


@command(app, "delete")
def delete(run: Run, number: Number) -> Done:
    """Delete a layout.

    Examples:
    hub layouts list
    """
    layout = targets.number(number, "Y", "layout")
    run.confirm(f"delete layout {layout}?", f"deleting layout {layout}")
    outcome = run.change(lambda hub: designs.delete_layout(hub, layout))
    row = None if outcome.dry_run else run.hub.one("designs.layouts", {"id": layout})
    return Done(outcome, COLUMNS, [] if row is None else [tuple(row)[: len(COLUMNS)]], name="layouts")


@command(app, "export")
def export(run: Run, number: Number) -> Record:
    """Write the design of a layout to -o FILE, byte for byte.

    Examples:
    hub layouts list
    """
    row = designs.layout(run.hub, targets.number(number, "Y", "layout"))
    if row["design"] is None:
        raise HubError("not_found", what="design", ref=f"of layout {row['number']}", near="",
                       tries=(f"hub layouts show {row['number']}",))  # fmt: skip
    file = designs.get(run.hub, row["design"])["file_id"]
    return targets.saved(run, file, SAVED, row["number"], f"hub layouts export {row['number']}")
