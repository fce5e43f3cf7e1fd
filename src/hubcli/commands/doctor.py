"""hub doctor: whether the machine, the file and its backups are in order."""

from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.errors import HubError
from hubcli.operations import environment
from hubcli.render import Column, Listing

app = typer.Typer()

COLUMNS = (
    Column("item", "code", keep=0),
    Column("state", "code", keep=0),
    Column("found", "long"),
    Column("advice", "long", keep=2),
)


@command(app, "doctor")
def doctor(
    run: Run,
    *,
    backup_max_age: Annotated[
        str | None, Option("--backup-max-age", metavar="AGE", help="no verified backup younger than this is bad: 26h")
    ] = None,
) -> int:
    """Tell whether everything is in order: programs, rights, disk, clock, backups, quick checks; exit 7 if not.

    Examples:
    hub doctor
    hub doctor -q --backup-max-age 26h
    """
    states = environment.doctor(run.path, lambda: run.hub, backup_max_age)
    bad = [state for state in states if state.state == "bad"]
    shown = bad if run.quiet else states
    if shown:
        run.print(Listing(COLUMNS, shown, name="items", wrap=True))
    if bad:
        raise HubError("checks_failed", count=len(bad))
    return 0
