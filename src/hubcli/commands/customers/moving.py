"""Moves customers to a new address."""

from typing import Any

import typer

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.customers.address import address_parts, needs_content, read
from hubcli.commands.customers.parts import Ref
from hubcli.operations.customers import addresses, editing, status

app = typer.Typer()


@command(app, "move", takes=[address_parts])
def move(run: Run, ref: Ref, address_parts: dict[str, Any]) -> Done:
    """Move a customer: a new address for billing and delivery; the old one stays as former.

    Examples:
    hub customers move C1 --line1 "70 Oak Ave" --city Evanston --state IL --zip 60201
    """
    customer = targets.customer(run, ref)
    parts = read(address_parts, run.setting("shop.country"))
    needs_content(parts)

    def work(hub: Any) -> None:
        addresses.move(hub, customer, parts)
        editing.touched(hub, customer)

    outcome = run.change(work)
    documents = status.open_work(run.hub, customer)
    said = f"made for the old address: {status.in_words(documents)}" if documents else None
    return targets.written(run, outcome, [customer], said=said)
