"""hub designs: artwork files of customers, kept as they were uploaded."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import filters, targets
from hubcli.commands.quotes.lines import line_number
from hubcli.operations import designs, documents, files
from hubcli.render import Column, Listing, Record
from hubcli.values import text

HELP = """Designs: artwork of customers, kept as it was uploaded.

Examples:
hub designs list
hub designs list --customer C1
hub schema designs
"""
app = typer.Typer(help=HELP)

COLUMNS = (
    Column("number", "ref", prefix="D", title="#"),
    Column("customer", "ref", prefix="C", keep=5),
    Column("customer_name", "text", keep=3),
    Column("name", "text"),
    Column("type", "code"),
    Column("media_type", "code", title="file", keep=4),
    Column("width", "count", keep=3),
    Column("height", "count", keep=3),
    Column("size", "count", title="bytes", keep=2),
    Column("used", "count"),
    Column("added_on", "date", title="added", keep=6),
    Column("added_by", "code", title="by", keep=4),
)
SAVED = (Column("number", "ref", prefix="D", title="#"), Column("file", "text"), Column("bytes", "count"))
Text = str | None
Words = list[str] | None
Number = Annotated[str, Argument(metavar="D", help="the design, such as D3")]


def design_number(ref: str) -> int:
    """Read D3, or 3."""
    return targets.number(ref, "D", "design")


def _done(run: Run, outcome: object, number: int, *, gone: bool = False) -> Done:
    row = None if gone else run.hub.one("designs.list", {"id": number})
    rows = [] if row is None else [tuple(row)[: len(COLUMNS)]]
    return Done(outcome, COLUMNS, rows, name="designs")  # type: ignore[arg-type]


@command(app, "list")
def list_(
    run: Run,
    *,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
    type: Annotated[list[str] | None, Option("--type", metavar="T", help="uploaded or digitized")] = None,
) -> Listing:
    """List designs, the newest first, with how many orders used each.

    Examples:
    hub designs list
    hub designs list --type digitized --csv
    """
    params = {
        "customer": filters.of_customers(run, customer),
        "type": filters.chosen(type, designs.TYPES, "--type"),
    }
    return run.list("designs.list", params, COLUMNS, "designs")


@command(app, "show")
def show(run: Run, number: Number) -> Record:
    """Show what is known of a design.

    Examples:
    hub designs list
    """
    row = designs.get(run.hub, design_number(number))
    return Record(COLUMNS, tuple(row)[: len(COLUMNS)], title=f"D{row['number']} {text.visible(row['name'] or '')}")


@command(app, "add")
def add(
    run: Run,
    ref: Annotated[str, Argument(metavar="REF", help="the customer")],
    file: Annotated[Path, Argument(metavar="FILE", help="the artwork")],
    *,
    name: Annotated[Text, Option("--name", metavar="T", help="what it is called; the file's name if not given")] = None,
    digitized: Annotated[bool, Option("--digitized", help="an embroidery file, not a picture")] = False,
    confirm_rights: Annotated[
        bool, Option("--confirm-rights", help="the customer may have it reproduced: nothing is kept without")
    ] = False,
) -> Done:
    """Keep a design of a customer. It needs --confirm-rights: somebody answers for the copyright.

    Examples:
    hub designs list --customer C1
    """
    customer = targets.customer(run, ref)
    read = files.read(file, files.limit(run.hub))
    called = text.name(name, "--name") if name is not None else read.name
    kind = "digitized" if digitized else "uploaded"
    outcome = run.change(lambda hub: designs.add(hub, customer, read, kind, called, rights=confirm_rights))
    return _done(run, outcome, outcome.result, gone=outcome.dry_run)


@command(app, "delete")
def delete(run: Run, number: Number) -> Done:
    """Delete a design; lines that used it keep it.

    Examples:
    hub designs list
    """
    design = design_number(number)
    run.confirm(f"delete D{design}?", f"deleting D{design}")
    outcome = run.change(lambda hub: designs.delete(hub, design))
    return _done(run, outcome, design, gone=outcome.dry_run)


@command(app, "use")
def use(
    run: Run,
    number: Number,
    ref: Annotated[str, Argument(metavar="Q|O", help="the quote or the order")],
    *,
    line: Annotated[str, Option("--line", metavar="N", help="the line that it is printed or stitched on")] = "1",
) -> Done:
    """Put a design on a line of a quote or an order.

    Examples:
    hub designs list
    """
    design, wanted = design_number(number), line_number(line)
    outcome = run.change(lambda hub: designs.use(hub, design, documents.find(hub, ref), wanted))
    return _done(run, outcome, design, gone=outcome.dry_run)


@command(app, "export")
def export(
    run: Run,
    numbers: Annotated[list[str] | None, Argument(metavar="[D...]", help="designs, such as D3")] = None,
    *,
    customer: Annotated[Text, Option("--customer", metavar="REF", help="every design of this customer")] = None,
) -> Record | Listing:
    """Write the original file of a design to -o FILE, byte for byte; several of them into a folder, -o FOLDER.

    Examples:
    hub designs list
    """
    chosen = [designs.get(run.hub, design_number(number)) for number in dict.fromkeys(numbers or [])]
    if customer is not None:
        chosen += run.hub.rows("designs.list", {"customer": [targets.customer(run, customer)]})
    if not chosen:
        raise targets.need("export which? Name designs, or --customer with some", "hub designs list")
    folder = run.output().path
    if len(chosen) == 1 and not (folder and Path(folder).is_dir()):
        row = chosen[0]
        return targets.saved(run, row["file_id"], SAVED, row["number"], f"hub designs export D{row['number']}")
    return _into(run, folder, {row["number"]: row for row in chosen})


def _into(run: Run, folder: str | None, chosen: dict[int, Any]) -> Listing:
    """Write designs into a folder, each named by its number and its name."""
    from hubcli.render.files import replacing

    if folder is None or not Path(folder).is_dir():
        raise targets.need("where to? -o FOLDER, one that is there", "mkdir artwork")
    rows = []
    for number, row in chosen.items():
        kept = files.content(run.hub, row["file_id"])
        path = str(Path(folder) / files.safe_name(f"D{number}", row["name"], kept["name"]))
        with replacing(run.output()._replace(path=path)) as target:
            target.write(kept["content"])
        rows.append((number, path, kept["size"]))
    run.options = {**run.options, "output": None}
    return Listing(SAVED, rows, name="designs")
