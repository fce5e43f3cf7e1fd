"""Puts lines on quotes, changes them and takes them off."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.quotes import written
from hubcli.errors import bad_value
from hubcli.operations import documents
from hubcli.operations.documents import delivery, typed, versions, writing
from hubcli.values import money, text

app = typer.Typer()

Text = str | None
Words = list[str] | None
Quote = Annotated[str, Argument(metavar="Q", help="the quote, such as Q7")]
Key = Annotated[Text, Option("--idempotency-key", metavar="K", help="the same key again adds nothing more")]
LineNumber = Annotated[str, Argument(metavar="LINE", help="the number of the line")]


def line_fields(
    run: Run,  # every function of options is handed the run
    *,
    qty: Annotated[Text, Option("--qty", metavar="N", help="how many units")] = None,
    price: Annotated[Text, Option("--price", metavar="M", help="for one; from the catalogue unless given")] = None,
    cost: Annotated[Text, Option("--cost", metavar="M", help="for one; from the catalogue unless given")] = None,
    description: Annotated[Text, Option("--description", metavar="T")] = None,
    line_discount: Annotated[Text, Option("--line-discount", metavar="P|M", help="of this line: 15% or 20.00")] = None,
    fulfillment: Annotated[
        Words, Option("--fulfillment", metavar="F", help="delivery-install, delivery, pickup, not-sure; repeatable")
    ] = None,
    condition: Annotated[Text, Option("--condition", metavar="T", help="such as new, demo, floor model")] = None,
    size: Annotated[Text, Option("--size", metavar="T", help="of apparel")] = None,
    colour: Annotated[Text, Option("--colour", "--color-of", metavar="T")] = None,
    decoration: Annotated[Text, Option("--decoration", metavar="T", help="such as screen print, left chest")] = None,
) -> dict[str, Any]:
    """Give the fields of a line that were given, as typed.Line has them."""
    found: dict[str, Any] = {
        name: text.name(value, f"--{name}")
        for name, value in (("description", description), ("condition", condition), ("size", size),
                            ("colour", colour), ("decoration", decoration))
        if value is not None
    }  # fmt: skip
    if qty is not None:
        found["quantity"] = money.quantity(qty, "--qty")
    if price is not None:
        found["price"] = money.parse(price, "--price")
    if cost is not None:
        found["cost"] = money.parse(cost, "--cost")
    if line_discount is not None:
        found["discount_rate"], found["discount"] = typed.discount(line_discount)
    if fulfillment:
        found["fulfillment"] = typed.fulfillment(fulfillment)
    return found


def service_fields(
    run: Run,
    *,
    install: Annotated[Words, Option("--install", metavar="NAME@PRICE[/COST]", help="repeatable")] = None,
    haul_away: Annotated[Text, Option("--haul-away", metavar="N@PRICE", help="old units taken away")] = None,
    plan: Annotated[Text, Option("--plan", metavar="SKU@PRICE[/COST]", help="protection plan, for each unit")] = None,
    plan_months: Annotated[Text, Option("--plan-months", metavar="N", help="how long it covers, from delivery")] = None,
) -> dict[str, Any]:
    """Give the services that were typed."""
    return {"installs": install or [], "haul": haul_away, "plan_typed": plan, "months": plan_months}


def services_of(given: dict[str, Any], quantity: int) -> tuple[typed.Service, ...]:
    """Read the services for a line of so many units."""
    return typed.services(given["installs"], given["haul"], given["plan_typed"], given["months"], quantity)


@command(app, "add-line", takes=[line_fields, service_fields])
def add_line(
    run: Run,
    line_fields: dict[str, Any],
    service_fields: dict[str, Any],
    ref: Quote,
    model: Annotated[str, Argument(metavar="MODEL", help="a model, or MODEL[:QTY]@PRICE[/COST]")],
    *,
    if_version: written.IfVersion = None,
    idempotency_key: Key = None,
) -> Done:
    """Put a line on a quote, with what is sold along: installs, haul-away, a protection plan.

    Examples:
    hub quotes add-line Q3 FRG-100 --price 1200 --cost 800 --fulfillment delivery-install --install "Hookup@89/45"
    hub quotes add-line Q3 TEE-200 --qty 24 --price 8.50 --size L --colour navy --decoration "screen print, front" -n
    """
    quoted = documents.quote(run.hub, ref)
    line = typed.line(model, "MODEL")._replace(**line_fields)
    line = line._replace(services=services_of(service_fields, line.quantity))
    version = written.expected(if_version)

    def work(hub: Any) -> int:
        row = documents.quote(hub, ref)
        versions.check(hub, row, version)
        return writing.quote_lines(hub, row, [line])[0]

    outcome = targets.keyed(run, idempotency_key, {"document": quoted["id"], "line": line}, work)
    said = None if outcome.dry_run or run.quiet else f"line {outcome.result} of {written.ref_of(quoted)}"
    done = written.written(run, outcome, [quoted["id"]])
    if said:
        run.tell(said)
    return done


CLEARABLE = {"cost": "unit_cost_cents", "description": "description", "fulfillment": "fulfillment", "size": "size",
             "condition": "condition", "colour": "colour", "decoration": "decoration"}  # fmt: skip
SERVICES = ("install", "haul-away", "plan")


@command(app, "edit-line", takes=[line_fields, service_fields])
def edit_line(
    run: Run,
    line_fields: dict[str, Any],
    service_fields: dict[str, Any],
    ref: Quote,
    line: LineNumber,
    *,
    clear: Annotated[
        Words, Option("--clear", metavar="FIELD", help="take a value away, or install, haul-away, plan")
    ] = None,
    if_version: written.IfVersion = None,
) -> Done:
    """Change a line of a quote; services typed take the place of those of their kind.

    Examples:
    hub quotes edit-line Q3 1 --qty 2 --fulfillment pickup
    hub quotes edit-line Q3 1 --plan "P5Y@159/60" --plan-months 60 -n
    """
    quoted = documents.quote(run.hub, ref)
    found = delivery.lines_of(run.hub, quoted["id"], [line_number(line)])[0]
    columns = _columns(line_fields)
    quantity = int(columns.get("quantity", found["quantity"]))
    services: dict[str, Sequence[typed.Service]] = {}
    for one in services_of(service_fields, quantity):
        services[one.kind] = [*services.get(one.kind, []), one]
    for word in targets.clears(clear or [], [*CLEARABLE, "install", "haul_away", "plan"]):
        if word in CLEARABLE:
            columns[CLEARABLE[word]] = None
        else:
            services[word.replace("_", "-")] = []
    if not columns and not services:
        raise targets.need("nothing to change: name a field", "hub quotes edit-line --help")

    version = written.expected(if_version)

    def work(hub: Any) -> None:
        row = documents.quote(hub, ref)
        versions.check(hub, row, version)
        again = delivery.lines_of(hub, row["id"], [found["line"]])[0]
        writing.edit_line(hub, row, again, columns, services)

    return written.written(run, run.change(work), [quoted["id"]])


def _columns(given: dict[str, Any]) -> dict[str, Any]:
    names = {"price": "unit_price_cents", "cost": "unit_cost_cents", "discount": "discount_cents"}
    return {names.get(name, name): value for name, value in given.items()}


def line_number(typed_number: str) -> int:
    """Read the number of a line; raise bad_value."""
    if not (typed_number.isascii() and typed_number.isdecimal() and 1 <= int(typed_number) <= 10**9):
        raise bad_value("LINE", typed_number, "is no line number: write 1 or more")
    return int(typed_number)


@command(app, "remove-line")
def remove_line(run: Run, ref: Quote, line: LineNumber, *, if_version: written.IfVersion = None) -> Done:
    """Take a line off a quote; its number is never used again.

    Examples:
    hub quotes remove-line Q3 1 -n
    """
    quoted = documents.quote(run.hub, ref)
    number = line_number(line)
    delivery.lines_of(run.hub, quoted["id"], [number])
    version = written.expected(if_version)

    def work(hub: Any) -> None:
        row = documents.quote(hub, ref)
        versions.check(hub, row, version)
        writing.remove_line(hub, row, delivery.lines_of(hub, row["id"], [number])[0])

    return written.written(run, run.change(work), [quoted["id"]])
