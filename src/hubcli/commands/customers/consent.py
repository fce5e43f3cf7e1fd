"""Consent to the use of personal data: given, withdrawn, when and how."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.customers.status import meant
from hubcli.commands.filters import customers_meant
from hubcli.operations.customers import access
from hubcli.render import Column
from hubcli.values import text

HELP = """Consent to the use of personal data, where the shop is in the EU and asks for it.

Examples:
hub settings set shop.region eu -n
hub settings set gdpr.capture on -n
hub settings get gdpr.capture
"""
nested = typer.Typer(help=HELP)
app = typer.Typer()
app.add_typer(nested, name="consent")

COLUMNS = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("consent", "bool"),
    Column("consent_on", "date"),
    Column("consent_how", "text"),
)
How = Annotated[str | None, Option("--how", metavar="T", help="how it was said, such as phone or form")]


def _put(run: Run, ids: Sequence[int], how: str | None, *, given: bool) -> Done:
    told = text.name(how, "--how", 60) if how is not None else None
    access.check_capture(run.hub)
    run.confirm_count(len(ids), "grant" if given else "withdraw")
    outcome = run.change(lambda hub: access.consent(hub, ids, given=given, how=told))
    rows = (
        [] if outcome.dry_run or not ids else [tuple(r) for r in run.hub.rows("access.consented", {"ids": list(ids)})]
    )
    return Done(outcome, COLUMNS, rows, silent=not ids)


@command(nested, "grant", takes=[customers_meant])
def grant(run: Run, customers_meant: dict[str, Any], *, how: How = None) -> Done:
    """Note that customers gave their consent: those named, or all that filters find.

    Examples:
    hub settings get gdpr.capture
    """
    return _put(run, meant(run, customers_meant), how, given=True)


@command(nested, "withdraw")
def withdraw(
    run: Run,
    refs: Annotated[list[str], Argument(metavar="REF...", help="C12, e-mail, phone, name")],
    *,
    how: How = None,
) -> Done:
    """Note that customers withdrew their consent; one by one, never by filters.

    Examples:
    hub settings get gdpr.capture
    """
    return _put(run, targets.customers(run, refs), how, given=False)
