"""hub find: whatever a piece of text may mean, opened when it can only mean one thing."""

import re
from typing import Annotated

import typer
from typer import Argument

from hubcli.command import Run, command
from hubcli.commands import models
from hubcli.errors import HubError
from hubcli.operations import refs
from hubcli.render import Column, Listing, Record
from hubcli.values import phones

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
    text: Annotated[str, Argument(metavar="TEXT", help="a name, phone, number, check, serial, job, model, note …")],
) -> Listing | Record:
    """Find anything: customers, documents, jobs, notes, checks, serials, models, old numbers; a single hit is opened.

    A number of fewer than 7 digits is a customer's, as everywhere.

    Examples:
    hub find garcia
    hub find "(312) 555-0142"
    hub find O1
    hub find "gate code"
    """
    exactly = re.fullmatch(r"([A-Za-z])(\d{1,15})", text.strip())
    if exactly:
        record = opened(run, exactly[1].upper(), int(exactly[2]))
        if record is not None:
            return record
    rows = [tuple(row) for row in run.hub.rows("find.anything", parameters(run, text))]
    if not rows:
        from hubcli.values.text import visible

        raise HubError("not_found", what="record that fits", ref=visible(text), near="", tries=(_instead(text),))
    found, ref, customer, *_ = rows[0]
    if {row[1] for row in rows} == {ref}:
        record = models.show(run, ref) if found == "model" else opened(run, ref[0], int(ref[1:]))
    elif {row[2] for row in rows} == {customer} != {None}:
        record = opened(run, "C", customer)
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


def parameters(run: Run, typed: str) -> dict[str, object]:
    """Give what the text may mean: words, a document's number, another system's number, a serial's start.

    A number of fewer than 7 digits is that of a customer; where there is none such it may be a document's, or a part of
    a phone.
    """
    from hubcli.search import text_params

    params: dict[str, object] = {**text_params(typed)}
    plain = typed.strip()
    number = re.fullmatch(r"[QqOo]?([0-9]{1,15})", plain)
    short = int(plain) if re.fullmatch(r"[0-9]{1,6}", plain) else None
    there = short is not None and run.hub.one("customers.head", {"id": short}) is not None
    system, _, other = plain.rpartition(":")
    params["short"] = short if there or len(plain) < phones.LEAST else None
    params["document"] = int(number[1]) if number and not there else None
    params["external"] = other
    params["system"] = system.lower() or None
    params["plain"] = plain
    params["written"] = written(plain)
    return params


def written(text: str) -> str:
    """Give a LIKE pattern for text as people wrote it down: small letters, any one character for those with accents."""
    from hubcli.search import containing

    parts = re.split(r"[^\x00-\x7f]", text.lower())
    return "_".join(containing(part)[1:-1] for part in parts).join("%%")


def _instead(text: str) -> str:
    """Give what finds more: five digits may be a ZIP, which is no record's number."""
    zip_code = text.isascii() and text.isdecimal() and len(text) == 5
    return f"hub customers search --zip {text}" if zip_code else "hub customers search"
