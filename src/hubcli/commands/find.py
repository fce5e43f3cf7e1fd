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

SCREENS = {
    "N": "notes", "P": "payments.lists", "S": "statements.show", "H": "changes", "V": "visits", "D": "designs",
}  # fmt: skip
"""Where the command is that shows the record of a number with this letter."""


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
    exactly = re.fullmatch(r"([A-Za-z])(\d{1,15})", text.strip())
    if exactly:
        record = opened(run, exactly[1].upper(), int(exactly[2]))
        if record is not None:
            return record
    rows = [
        (row["found"], f"{row['prefix']}{row['ref']}", row["customer"], row["name"], row["what"])
        for row in run.hub.rows("find.anything", parameters(text))
    ]
    if not rows:
        from hubcli.values.text import visible

        raise HubError(
            "not_found", what="record that fits", ref=visible(text), near="", tries=("hub customers search",)
        )
    if len({row[1] for row in rows}) == 1:
        record = opened(run, rows[0][1][0], int(rows[0][1][1:]))
    elif len({row[2] for row in rows}) == 1:
        record = opened(run, "C", rows[0][2])
    else:
        record = None
    return record or Listing(FOUND, rows, name="records")


def opened(run: Run, letter: str, number: int) -> Record | None:
    """Give the record of a number as its own show command does; None where there is none.

    What has no screen of its own opens on the one it belongs to: an address on its customer, a return on its order.
    """
    owner = run.hub.one("find.owner", {"letter": letter, "number": number})
    if owner is None:
        return None
    if owner["customer"] is not None:
        from hubcli.commands import customers

        return customers.opened(run, refs.customer(run.hub, f"C{owner['customer']}"))
    if owner["document"] is not None:
        from hubcli.commands.quotes import show

        return show.record(run, owner["document"])
    from importlib import import_module

    shown = import_module(f"hubcli.commands.{SCREENS[letter]}").show(run, f"{letter}{number}")
    return shown if isinstance(shown, Record) else None


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
