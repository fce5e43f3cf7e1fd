"""Addresses of customers: hub customers address."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.customers import parts as shared
from hubcli.commands.customers.parts import Ref
from hubcli.commands.customers.show import ADDRESSES
from hubcli.operations.customers import addresses, editing, fields
from hubcli.render import Listing
from hubcli.values import text, words

nested = typer.Typer(help="Addresses: one for billing, any number for delivery.")
app = typer.Typer()
app.add_typer(nested, name="address")

Number = Annotated[str, Argument(metavar="A", help="the address, such as A17")]
Text = str | None
COLUMNS = shared.columns(ADDRESSES)


def address_parts(
    run: Run,
    *,
    line1: Annotated[Text, Option("--line1", metavar="T")] = None,
    line2: Annotated[Text, Option("--line2", metavar="T")] = None,
    city: Annotated[Text, Option("--city", metavar="T")] = None,
    state: Annotated[Text, Option("--state", metavar="ST")] = None,
    zip: Annotated[Text, Option("--zip", metavar="Z")] = None,
    country: Annotated[Text, Option("--country", metavar="CC", help="default shop.country")] = None,
    label: Annotated[Text, Option("--label", metavar="T", help='such as "summer house"')] = None,
) -> dict[str, Any]:
    """Give the parts of an address that were given, as typed."""
    del run
    return targets.given(line1=line1, line2=line2, city=city, state=state, zip=zip, country=country, label=label)


def read(typed: dict[str, Any], country: str) -> dict[str, Any]:
    """Give typed parts as they are kept, always with a country; raise bad_value."""
    code = text.country(typed["country"], "--country") if "country" in typed else country
    found = {
        part: fields.read_part(part, value, code, f"--{part}")
        for part, value in typed.items()
        if part not in {"country", "label"}
    }
    if "label" in typed:
        found["label"] = text.name(typed["label"], "--label", 100)
    return found | {"country": code}


def needs_content(parts: dict[str, Any]) -> None:
    """Raise unless a part other than the country was given."""
    if not any(parts.get(name) for name in addresses.CONTENT):
        raise targets.need("an address needs at least one of --line1, --city, --state, --zip")


def _row(run: Run, number: int) -> tuple[Any, ...]:
    row = run.hub.one("customers.address", {"id": number})
    if row is None:
        return ()
    return (row["id"], row["customer_id"], *(row[column.name] for column in ADDRESSES[1:]))


def _done(run: Run, outcome: Any, number: int, gone: tuple[Any, ...] = ()) -> Done:
    return shared.done(outcome, COLUMNS, gone or _row(run, number), "addresses")


@command(nested, "add", takes=[address_parts])
def add(
    run: Run,
    ref: Ref,
    address_parts: dict[str, Any],
    *,
    kind: Annotated[
        str, Option("--kind", metavar="K", help="delivery, or billing in place of the one there")
    ] = "delivery",
    default: Annotated[
        bool, Option("--default", help="the delivery address that is taken unless another is named")
    ] = False,
    idempotency_key: Annotated[Text, Option("--idempotency-key", metavar="K")] = None,
) -> Done:
    """Add a delivery address, or replace the billing one, which is kept as a former address.

    Examples:
    hub customers address add C1 --line1 "12 Lake St" --city Evanston --state IL --zip 60201 --label "summer house"
    hub customers address add C1 --kind billing --line1 "9 Elm St" --city Chicago --state IL --zip 60614
    """
    customer = targets.customer(run, ref)
    parts = read(address_parts, run.setting("shop.country"))
    needs_content(parts)
    chosen = words.choose(kind, ("delivery", "billing"), "--kind")

    def work(hub: Any) -> int:
        made = addresses.add(hub, customer, chosen, parts, default=default)
        editing.touched(hub, customer)
        return made

    request = {"customer": customer, "kind": chosen, "default": default, **address_parts}
    outcome = targets.keyed(run, idempotency_key, request, work)
    return _done(run, outcome, outcome.result)


@command(nested, "list")
def list_(run: Run, ref: Ref) -> Listing:
    """List the addresses of a customer, former ones last.

    Examples:
    hub customers address list C1
    """
    customer = targets.customer(run, ref)
    rows = [tuple(row) for row in run.hub.rows("customers.addresses", {"id": customer})]
    return Listing(ADDRESSES, rows, name="addresses", total=len(rows))


@command(nested, "edit", takes=[address_parts])
def edit(
    run: Run,
    number: Number,
    address_parts: dict[str, Any],
    *,
    clear: Annotated[list[str] | None, Option("--clear", metavar="PART", help="take a part away; repeatable")] = None,
) -> Done:
    """Edit an address; quotes and orders made before keep what they had.

    Examples:
    hub customers address edit A1 --line2 "Apt 4"
    hub customers address edit A1 --clear line2
    """
    at = targets.number(number, "A", "address")
    row = addresses.get(run.hub, at)
    cleared = targets.clears(clear or [], (*fields.LINES, "zip", "label"))
    if not address_parts and not cleared:
        raise targets.need("nothing to edit: name a part", "hub customers address edit --help")
    parts = {**read(address_parts, row["country"]), **cleared}

    def work(hub: Any) -> None:
        addresses.change(hub, addresses.get(hub, at), dict(parts), row["country"])
        editing.touched(hub, row["customer_id"])

    return _done(run, run.change(work), at)


@command(nested, "remove")
def remove(run: Run, number: Number) -> Done:
    """Remove an address; no other one becomes the default.

    Examples:
    hub customers address remove A2 -n
    """
    at = targets.number(number, "A", "address")
    row = addresses.get(run.hub, at)
    before = _row(run, at)
    return _done(run, shared.removed(run, "customers.remove_address", at, row["customer_id"]), at, before)


@command(nested, "default")
def default(run: Run, number: Number) -> Done:
    """Make a delivery address the one that is taken unless another is named.

    Examples:
    hub customers address default A2
    """
    at = targets.number(number, "A", "address")
    addresses.get(run.hub, at)
    return _done(run, run.change(lambda hub: addresses.make_default(hub, at)), at)
