"""hub find: whatever a piece of text may mean, opened when it can only mean one thing."""

import re
from typing import Annotated

import typer
from typer import Argument

from hubcli.command import Run, command
from hubcli.errors import HubError
from hubcli.operations import refs
from hubcli.render import Column, Listing, Record

app = typer.Typer()

FOUND = (
    Column("found", "code"),
    Column("ref", "code"),
    Column("customer", "ref", prefix="C"),
    Column("name", "text"),
    Column("what", "text"),
)


@command(app, "find")
def find(
    run: Run,
    text: Annotated[str, Argument(metavar="TEXT", help="a name, phone, number, check, serial, other system's number")],
) -> Listing | Record:
    """Find anything: customers, documents, checks, serials, old numbers; a single hit is opened.

    Examples:
    hub find garcia
    hub find "(312) 555-0142"
    hub find O1
    """
    if re.fullmatch(r"[Cc]\d{1,15}", text.strip()):
        from hubcli.commands import customers

        return customers.opened(run, refs.customer(run.hub, text))
    rows = [
        (row["found"], f"{row['prefix']}{row['ref']}", row["customer"], row["name"], row["what"])
        for row in run.hub.rows("find.anything", parameters(text))
    ]
    if not rows:
        from hubcli.values.text import visible

        raise HubError(
            "not_found", what="record that fits", ref=visible(text), near="", tries=("hub customers search",)
        )
    exact = [row for row in rows if row[1] == text.strip().upper()]
    rows = exact or rows
    if len({row[2] for row in rows}) == 1:
        from hubcli.commands import customers

        return customers.opened(run, rows[0][2])
    return Listing(FOUND, rows, name="records")


def parameters(typed: str) -> dict[str, object]:
    """Give what the text may mean: words, a document's number, another system's number, a serial's start."""
    from hubcli.search import text_params

    params: dict[str, object] = {**text_params(typed)}
    number = re.fullmatch(r"[QqOo]?(\d{1,15})", typed.strip())
    system, _, other = typed.strip().rpartition(":")
    params["document"] = int(number.group(1)) if number else None
    params["external"] = other
    params["system"] = system.lower() or None
    params["plain"] = typed.strip()
    return params
