"""Changes what quotes and orders say: names, dates, charges, discounts, tax."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.quotes import written
from hubcli.commands.quotes.options import Text, Words, cost_fields, document_fields
from hubcli.errors import bad_value
from hubcli.operations import documents
from hubcli.operations.documents import base, closing, fields, versions, writing
from hubcli.values import words

app = typer.Typer()

STATUSES = ("saved", "awaiting-approval")


@command(app, "edit", takes=[document_fields, cost_fields])
def edit(
    run: Run,
    document_fields: dict[str, Any],
    cost_fields: dict[str, Any],
    ref: Annotated[str, Argument(metavar="Q", help="the quote, such as Q7")],
    *,
    expires: Annotated[Text, Option("--expires", metavar="DATE", help="last valid day")] = None,
    status: Annotated[Text, Option("--status", metavar="S", help="saved or awaiting-approval")] = None,
    clear: Annotated[Words, Option("--clear", metavar="FIELD", help="take a value away, such as job_name")] = None,
    if_version: written.IfVersion = None,
) -> Done:
    """Change what a quote says; its totals follow.

    Examples:
    hub quotes edit Q3 --job "Garcia kitchen" --needed-on "in 3 weeks"
    hub quotes edit Q3 --rebate 100 --delivery 0 --expires "in 10 days" -n
    """
    given = document_fields | cost_fields | ({"expires_on": expires} if expires is not None else {})
    wanted = None if status is None else words.choose(status, STATUSES, "--status")
    row = documents.quote(run.hub, ref)
    return edited(run, row, given, clear or [], wanted, written.expected(if_version))


def edited(
    run: Run, row: Any, given: dict[str, Any], clear: list[str], status: str | None, version: int | None
) -> Done:
    """Change a document as typed, while it is at `version`, if one is named."""
    if "date" in given:
        raise bad_value("--date", given["date"], "is for life: a quote or an order keeps the day it was made")
    cleared: dict[str, Any] = dict(targets.clears(clear, fields.CLEARABLE))
    if not given and not cleared and status is None:
        raise targets.need("nothing to edit: name a field", f"hub {run.command} --help")
    columns = fields.read(run.hub, {**given, **cleared}, row["customer_id"])

    def work(hub: Any) -> str | None:
        now = base.again(hub, row["id"])
        versions.check(hub, now, version)
        warning = writing.edit(hub, now, columns)
        return warning if status is None else closing.step(hub, base.again(hub, row["id"]), status) or warning

    outcome = run.change(work)
    return written.written(run, outcome, [row["id"]], said=written.warned(outcome.result))
