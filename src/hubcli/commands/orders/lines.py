"""Sells services with the lines of an order."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.quotes import written
from hubcli.commands.quotes.lines import Key, line_number, service_fields, services_of
from hubcli.errors import HubError
from hubcli.operations import documents
from hubcli.operations.documents import base, delivery, versions, writing

app = typer.Typer()


@command(app, "add-line", takes=[service_fields])
def add_line(
    run: Run,
    service_fields: dict[str, Any],
    ref: Annotated[str, Argument(metavar="O", help="the order, such as O7")],
    model: Annotated[str | None, Argument(metavar="[MODEL]", help="refused: an order's items are fixed")] = None,
    *,
    line: Annotated[
        str | None, Option("--line", metavar="N", help="the line it goes with; the only one, if one")
    ] = None,
    if_version: written.IfVersion = None,
    idempotency_key: Key = None,
) -> Done:
    """Sell a service with a line of an order: an install, a protection plan, haul-away.

    The order can owe again afterwards.

    Examples:
    hub orders add-line O2 --line 1 --plan "P5Y@159/60" --plan-months 60
    hub orders add-line O2 --line 1 --install "Gas hookup@89/45" --haul-away 1@25 -n
    """
    order = documents.order(run.hub, ref)
    if model is not None:
        raise HubError("order_fixed", ref=base.ref_of(order), refs=(base.ref_of(order),))
    one = _line(run, order, line)
    services = services_of(service_fields, int(one["quantity"]))
    if not services:
        raise targets.need("name what is sold: --install, --plan or --haul-away", "hub orders add-line --help")
    version = written.expected(if_version)
    warned: list[str | None] = [None]

    def work(hub: Any) -> int:
        row = documents.order(hub, ref)
        versions.check(hub, row, version)
        found = delivery.lines_of(hub, row["id"], [one["line"]])[0]
        warned[:] = [writing.order_services(hub, row, found, services)]
        return int(row["id"])

    request = {"document": order["id"], "line": one["line"], "services": services}
    outcome = targets.keyed(run, idempotency_key, request, work)
    return written.written(run, outcome, [order["id"]], said=written.warned(warned[0]))


def _line(run: Run, order: Any, typed: str | None) -> Any:
    """Give the line that is named, or the only one there is."""
    lines = delivery.lines_of(run.hub, order["id"], [line_number(typed)] if typed is not None else [])
    if len(lines) != 1:
        ref = base.ref_of(order)
        raise targets.need(f"{ref} has {len(lines)} lines: name one", f"hub orders add-line {ref} --line 1 …")
    return lines[0]
