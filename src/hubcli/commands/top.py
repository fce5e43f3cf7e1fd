"""Commands without a group: init, demo, schema, completion, help."""

from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command

app = typer.Typer()


@command(app, "init")
def init(
    run: Run,
    *,
    group: Annotated[str | None, Option("--group", metavar="NAME", help="let this system group work in it too")] = None,
) -> None:
    """Make an empty database.

    Examples:
    hub init
    hub --db shop.db init
    """
    from hubcli.operations import setup

    setup.init(run.path, group)
    run.say(f"{run.path} is ready")


@command(app, "demo")
def demo(
    run: Run,
    *,
    customers: Annotated[int, Option("--customers", metavar="N", min=1, max=1_000_000, help="how many")] = 250,
) -> None:
    """Make a database with a believable shop in it; the same shop each time.

    Examples:
    hub --db demo.db demo
    hub --db big.db demo --customers 100000
    """
    from hubcli.operations import setup

    setup.init(run.path, None)
    counts = setup.load_demo(run.hub, customers)
    told = ", ".join(f"{count:,} {what}" for what, count in counts.items())
    run.say(f"{run.path} holds a demo shop: {told}")
    run.tell("  try: hub customers search --zip 60614\n  try: hub customers show C1")
