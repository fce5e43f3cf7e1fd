"""hub audit: proof that the history is whole, with receipts that are kept elsewhere."""

from pathlib import Path
from typing import Annotated

import typer
from typer import Option

from hubcli.command import Run, command
from hubcli.commands.db import print_findings
from hubcli.counts import Count
from hubcli.errors import HubError
from hubcli.operations import audit, checks, environment
from hubcli.render import Column, Record

app = typer.Typer(help="Prove that the history is whole: receipts to keep elsewhere.")

RECEIPT = (
    Column("uuid", "code"),
    Column("change", "ref", prefix="H"),
    Column("change_at", "instant"),
    Column("seal", "code"),
    Column("made_at", "instant"),
)


@command(app, "receipt")
def receipt(run: Run) -> Record | None:
    """Write a receipt of the history as it stands: keep it off this machine, to be held against the file later.

    Its seal stands for every change set so far. A file may hold many receipts, one a line.

    Examples:
    hub audit receipt --json -o receipt.json
    hub audit receipt --ndjson >> receipts.ndjson
    """
    given = audit.receipt(run.hub)
    if given is None:
        raise HubError("nothing_to_vouch_for")
    return Record(RECEIPT, given)


@command(app, "verify")
def verify(
    run: Run,
    *,
    receipt: Annotated[
        list[str] | None, Option("--receipt", metavar="FILE", help="a receipt, or a backup's manifest; may be repeated")
    ] = None,
) -> int:
    """Recompute the chain of the log, compare every row with it, and hold receipts against it; exit 7.

    Without a receipt a history that was rewritten as a whole, or an older copy of the file, looks sound.

    Examples:
    hub audit verify
    hub audit verify --receipt receipts.ndjson
    """
    receipts = [found for name in receipt or () for found in audit.read(Path(name))]
    chosen = checks.choose(audit.CODES, full=True)
    found = list(environment.findings(run.path, lambda: run.hub, chosen, full=True))
    found += audit.against(run.hub, receipts)
    print_findings(run, found)
    held = f", met by {Count(len(receipts)):receipt}" if receipts else ""
    run.tell(f"the history is whole{held}")
    return 0
