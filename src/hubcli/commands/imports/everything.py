"""hub import all: a whole database that hub export all wrote."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Argument

from hubcli.command import Run, command
from hubcli.commands.imports import shared
from hubcli.commands.imports.shared import Apply
from hubcli.render import Column, Listing

app = typer.Typer()


@command(app, "all")
def everything(
    run: Run, folder: Annotated[str, Argument(metavar="DIR", help="what hub export all wrote")], *, apply: Apply = False
) -> Listing | str | None:
    """Load a whole database that hub export all wrote into an empty one.

    Examples:
    hub import all backup/
    hub import all backup/ --apply
    """
    from hubcli.operations import dump

    with shared.database(run, writing=apply and not run.dry_run) as hub:
        counts = dump.check(hub, Path(folder))
        if apply and not run.dry_run:
            dump.load(hub, Path(folder))
            run.say(f"{run.path} holds what {folder} held")
        else:
            run.say("nothing is written yet: add --apply to do it")
        return Listing((Column("table", "code"), Column("rows", "count")), list(counts.items()), name="tables")
