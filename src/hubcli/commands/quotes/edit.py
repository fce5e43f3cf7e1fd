"""Changes what quotes and orders say: names, dates, charges, discounts, tax."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.quotes import written
from hubcli.commands.quotes.options import Text, Words, document_fields
from hubcli.errors import bad_value
from hubcli.operations import documents
from hubcli.operations.documents import base, closing, fields, writing
from hubcli.values import words

app = typer.Typer()

STATUSES = ("saved", "awaiting-approval")


@command(app, "edit", takes=[document_fields])
def edit(
    run: Run,
    document_fields: dict[str, Any],
    ref: Annotated[str, Argument(metavar="Q", help="the quote, such as Q7")],
    *,
    expires: Annotated[Text, Option("--expires", metavar="DATE", help="last valid day")] = None,
    status: Annotated[Text, Option("--status", metavar="S", help="saved or awaiting-approval")] = None,
    clear: Annotated[Words, Option("--clear", metavar="FIELD", help="take a value away, such as job_name")] = None,
) -> Done:
    """Change what a quote says; its totals follow.

    Examples:
    hub quotes edit Q3 --job "Garcia kitchen" --needed-on "in 3 weeks"
    hub quotes edit Q3 --rebate 100 --delivery 0 --expires "in 10 days" -n
    """
    given = dict(document_fields) | ({"expires_on": expires} if expires is not None else {})
    wanted = None if status is None else words.choose(status, STATUSES, "--status")
    return edited(run, documents.quote(run.hub, ref), given, clear or [], wanted)


def edited(run: Run, row: Any, given: dict[str, Any], clear: list[str], status: str | None, **more: Any) -> Done:
    """Change a document as typed; `more` are columns that a caller worked out."""
    if "date" in given:
        raise bad_value("--date", given["date"], "is for life: a quote or an order keeps the day it was made")
    cleared: dict[str, Any] = dict(targets.clears(clear, fields.CLEARABLE))
    if not given and not cleared and status is None and not more:
        raise targets.need("nothing to edit: name a field", f"hub {run.command} --help")
    columns = fields.read(run.hub, {**given, **cleared}, row["customer_id"]) | more

    def work(hub: Any) -> None:
        writing.edit(hub, base.again(hub, row["id"]), columns)
        if status is not None:
            closing.step(hub, base.again(hub, row["id"]), status)

    return written.written(run, run.change(work), [row["id"]])
