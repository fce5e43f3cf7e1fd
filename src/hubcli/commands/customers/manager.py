"""Gives customers an account manager."""

from typing import Annotated, Any

import typer
from typer import Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.filters import customers_meant
from hubcli.operations import staff
from hubcli.operations.customers import status

app = typer.Typer()


@command(app, "assign", takes=[customers_meant])
def assign(
    run: Run,
    customers_meant: dict[str, Any],
    *,
    to: Annotated[
        str | None, Option("--to", metavar="STAFF", help="the new manager of all that the filters find")
    ] = None,
) -> Done:
    """Give customers an account manager.

    Those named get --manager; all that the filters of search find get --to.

    Examples:
    hub customers assign C4 C5 --manager priya
    hub customers assign C4 --manager none
    hub customers assign --zip 60614 --type luxury --to priya -n
    """
    refs = customers_meant["refs"]
    named = bool(refs)
    if named and to is None and not targets.filtered(customers_meant, "manager", "no_manager"):
        manager, ids = _target(run, customers_meant), targets.customers(run, refs)
    elif not named and to is not None:
        manager = None if to.lower() == "none" else staff.active(run.hub, to)
        ids = targets.fitting(run, customers_meant)
    else:
        raise targets.need(
            "name customers and --manager STAFF, or filters and --to STAFF",
            "hub customers assign C4 C5 --manager priya",
            "hub customers assign --manager tomas --to priya",
        )
    run.confirm_count(len(ids), "assign")
    outcome = run.change(lambda hub: status.assign(hub, ids, manager, touch=named and len(ids) == 1))
    return targets.written(run, outcome, ids if named else outcome.result, silent=not named)


def _target(run: Run, filters: dict[str, Any]) -> int | None:
    """Give the manager named beside REFs, where --manager is no filter."""
    if filters.get("no_manager"):
        return None
    managers = filters.get("manager") or []
    if len(managers) != 1:
        raise targets.need("--manager STAFF is missing: one login, or none", "hub staff list")
    staff.must_work(run.hub.one("staff.one", {"id": managers[0]}))
    return int(managers[0])
