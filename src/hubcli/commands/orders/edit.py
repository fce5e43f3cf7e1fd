"""Changes what orders say."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.quotes import written
from hubcli.commands.quotes.edit import edited
from hubcli.commands.quotes.options import Text, Words, cost_fields, document_fields
from hubcli.operations import documents
from hubcli.operations.documents import base, becoming, closing, versions
from hubcli.values import words

app = typer.Typer()

STATUSES = ("saved", "awaiting-payment", "in-production")


@command(app, "edit", takes=[document_fields, cost_fields])
def edit(
    run: Run,
    document_fields: dict[str, Any],
    cost_fields: dict[str, Any],
    ref: Annotated[str, Argument(metavar="O", help="the order, such as O7")],
    *,
    status: Annotated[Text, Option("--status", metavar="S", help="saved, awaiting-payment or in-production")] = None,
    terms: Annotated[
        Text, Option("--terms", metavar="NAME", help="on account by these terms; none: to be paid at once")
    ] = None,
    clear: Annotated[Words, Option("--clear", metavar="FIELD", help="take a value away, such as needed_on")] = None,
    if_version: written.IfVersion = None,
) -> Done:
    """Change what an order says; its items are fixed, its charges too once it is invoiced.

    Other terms make an unpaid invoice due by them.

    Examples:
    hub orders edit O2 --job "Garcia kitchen" --needed-on "in 3 weeks"
    hub orders edit O2 --deliver-to "12 Side St, Chicago, IL 60614" -n
    """
    row = documents.order(run.hub, ref)
    wanted = None if status is None else words.choose(status, STATUSES, "--status")
    if terms is None:
        return edited(run, row, document_fields | cost_fields, clear or [], wanted, written.expected(if_version))
    if document_fields or cost_fields or clear or wanted:
        raise targets.need("--terms are changed by themselves", f"hub orders edit {ref} --terms …")
    version = written.expected(if_version)
    outcome = run.change(lambda hub: _terms(hub, base.again(hub, row["id"]), terms, version))
    return written.written(run, outcome, [row["id"]], said=written.warned(outcome.result))


def _terms(hub: Any, row: Any, name: str, version: int | None) -> str | None:
    versions.check(hub, row, version)
    columns = becoming.NO_TERMS if name.lower() == "none" else becoming.terms_for(hub, row["customer_id"], name)
    return closing.set_terms(hub, row, columns)
