"""Swaps an item of an order for another one, and takes money off a line while its goods stay."""

import re
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.payments import shared
from hubcli.commands.payments.shared import Key, payment_fields
from hubcli.commands.quotes import written
from hubcli.commands.quotes.lines import line_number, service_fields, services_of
from hubcli.commands.returns import line_and_units, restocking_fee
from hubcli.operations import documents
from hubcli.operations.documents import adjusting, base, delivery, fields, typed
from hubcli.operations.documents import swap as swapping
from hubcli.operations.payments import methods, refunds
from hubcli.render import Column
from hubcli.values import money, words
from hubcli.values import text as texts

app = typer.Typer()

Text = str | None
Order = Annotated[str, Argument(metavar="O", help="the order, such as O7")]
SWAPPED = (
    Column("number", "code", title="#"),
    Column("replaces", "ref", prefix="O"),
    Column("return", "ref", prefix="R", keep=4),
    Column("customer", "ref", prefix="C", keep=5),
    Column("customer_name", title="name", keep=3),
    Column("status", "code"),
    Column("taken_back", "money", title="taken back", keep=2),
    Column("total", "money"),
    Column("applied", "money", title="credit applied", keep=4),
    Column("drawn", "money", keep=6),
    Column("paid", "money", title="paid on top", keep=3),
    Column("given_back", "money", title="given back", keep=3),
    Column("balance", "money"),
)
WAYS = tuple(method for method in methods.METHODS if method != methods.WRITE_OFF)


@command(app, "swap", takes=[service_fields, payment_fields])
def swap(
    run: Run,
    service_fields: dict[str, Any],
    payment_fields: dict[str, Text],
    ref: Order,
    *,
    line: Annotated[Text, Option("--line", metavar="N[:QTY]", help="what comes back: a line, or units of it")] = None,
    to: Annotated[Text, Option("--to", metavar="L", help="what goes out: MODEL[:QTY]@PRICE[/COST]")] = None,
    difference: Annotated[
        Text, Option("--difference", metavar="WAY", help="how the difference is paid, or given back")
    ] = None,
    delivery: Annotated[Text, Option("--delivery", metavar="M", help="delivery charge of the new item")] = None,
    restocking: Annotated[Text, Option("--restocking", metavar="M|P%", help="fee kept; none unless given")] = None,
    date: Annotated[Text, Option("--date", metavar="D", help="the day of it (today)")] = None,
    idempotency_key: Key = None,
) -> Done:
    """Swap an item for another one; --reason says why.

    In one change: the item comes back into customer credit with what was sold with it, the new one is quoted with the
    same services unless others are named, and the credit pays for it. What it costs more is paid as --difference says,
    else it stays a quote; what it costs less stays customer credit, or is given back. The new order raises neither
    stage nor order count.

    Examples:
    hub orders swap O1 --line 1 --to "WM4200HBA@1199/820" --difference cash --reason "too small" -n
    """
    if line is None or to is None or not run.reason:
        missing = "--line" if line is None else "--to" if to is None else "--reason"
        raise targets.need(f"{missing} is missing: a swap says what, for what and why", "hub orders swap --help")
    row = documents.order(run.hub, ref)
    wanted = _wanted(run, row, line, to, service_fields)._replace(
        **_difference(difference, payment_fields),
        day=shared.day_of(run, date),
        charges=fields.read(run.hub, {} if delivery is None else {"delivery": delivery}, row["customer_id"]),
        restocking=restocking_fee(restocking) or ("cents", 0),
    )
    return _swapped(run, row, wanted, idempotency_key)


def _wanted(run: Run, row: Any, line: str, to: str, services: dict[str, Any]) -> swapping.Wanted:
    number, quantity = line_and_units(line, "--line")
    found = delivery.lines_of(run.hub, row["id"], [number])[0]
    units = quantity or found["quantity"] - found["returned_quantity"] or 1
    instead = typed.line(to, "--to")
    if not re.search(r":[0-9]+(@|$)", to):
        instead = instead._replace(quantity=units)
    instead = instead._replace(services=services_of(services, instead.quantity))
    return swapping.Wanted(number, quantity, instead, texts.note(run.reason or "", "--reason"), str(run.today))


def _difference(way: Text, given: dict[str, Text]) -> dict[str, Any]:
    if way is None:
        said = [methods.option(name) for name, value in given.items() if value is not None and name != "location"]
        if said:
            raise targets.need(f"{said[0]} goes with --difference", "hub orders swap --help")
        return {}
    method = words.choose(way, WAYS, "--difference")
    methods.details(method, given, whole=False)
    return {"difference": method, "said": given}


def _swapped(run: Run, row: Any, wanted: swapping.Wanted, key: Text) -> Done:
    made: list[swapping.Swapped] = []

    def work(hub: Any) -> int:
        made[:] = [swapping.swap(hub, base.again(hub, row["id"]), wanted)]
        return made[0].document

    request = {"document": row["id"], **wanted._asdict(), "charges": sorted(wanted.charges.items()),
               "said": sorted((name, value) for name, value in wanted.said.items() if value is not None)}  # fmt: skip
    outcome = targets.keyed(run, key, request, work)
    if outcome.dry_run or not made:
        return Done(outcome, SWAPPED, [] if outcome.dry_run else [_again(run, outcome.result)], name="swaps")
    done = made[0]
    return Done(outcome, SWAPPED, [_row(run, row, done)], said=run.said(_told(run, done)), name="swaps")


def _row(run: Run, row: Any, done: swapping.Swapped) -> tuple[Any, ...]:
    now = base.again(run.hub, done.document)
    return (base.ref_of(now), row["id"], done.returned, now["customer_id"], now["customer_name"], now["status"],
            done.worth, now["total_cents"], done.applied, done.drawn, done.paid, done.given,
            now["balance_cents"])  # fmt: skip


def _again(run: Run, number: int) -> tuple[Any, ...]:
    now = base.again(run.hub, number)
    return (base.ref_of(now), now["swap_of"], None, now["customer_id"], now["customer_name"], now["status"], None,
            now["total_cents"], None, None, None, None, now["balance_cents"])  # fmt: skip


def _told(run: Run, done: swapping.Swapped) -> list[str]:
    now = base.again(run.hub, done.document)
    ref = base.ref_of(now)
    parts = [f"R{done.returned} takes {money.show(done.worth)} back, {ref} costs {money.show(now['total_cents'])}"]
    if done.warning:
        parts.append(f"warning: {done.warning}")
    if now["ordered_on"] is None:
        parts.append(f"{ref} stays a quote until its {money.show(now['balance_cents'])} are paid")
    left = done.worth - done.applied - done.drawn - done.given
    if left > 0 and now["balance_cents"] == 0:
        parts.append(f"{money.show(left)} stay with the customer: hub credit show C{now['customer_id']}")
    return parts


@command(app, "allowance")
def allowance(
    run: Run,
    ref: Order,
    *,
    line: Annotated[Text, Option("--line", metavar="N", help="the line it is for")] = None,
    amount: Annotated[Text, Option("--amount", metavar="M", help="with its tax, as in 50.00")] = None,
    to: Annotated[
        Text, Option("--to", metavar="WAY", help="of money paid already: credit, cash, check, original …")
    ] = None,
    date: Annotated[Text, Option("--date", metavar="D", help="the day of it (today)")] = None,
    idempotency_key: Key = None,
) -> Done:
    """Take money off a line; its goods stay; --reason says why.

    It lowers what is owed. On an order that is paid, --to says how the money goes back.

    Examples:
    hub orders allowance O2 --line 1 --amount 50 --to credit --reason "scratch on the door" -n
    """
    if line is None or amount is None or not run.reason:
        missing = "--line" if line is None else "--amount" if amount is None else "--reason"
        raise targets.need(f"{missing} is missing: an allowance says for what, how much and why",
                           "hub orders allowance --help")  # fmt: skip
    row = documents.order(run.hub, ref)
    way = None if to is None else words.choose(to.replace("customer-credit", "credit"), refunds.WAYS, "--to")
    wanted = adjusting.Allowance(line_number(line), shared.amount_of(amount), texts.note(run.reason, "--reason"),
                                 shared.day_of(run, date), way)  # fmt: skip
    back: list[refunds.Refunded] = []

    def work(hub: Any) -> int:
        back[:] = adjusting.allow(hub, base.again(hub, row["id"]), wanted)
        return int(row["id"])

    outcome = targets.keyed(run, idempotency_key, {"document": row["id"], **wanted._asdict()}, work)
    now = base.again(run.hub, row["id"])
    said = [f"{base.ref_of(row)} owed {money.show(row['balance_cents'])} → {money.show(now['balance_cents'])}"]
    said += [f"F{one.number}  {money.show(one.cents)} back by {one.method}, of P{one.payment}" for one in back]
    told = None if outcome.dry_run else run.said(said)
    return written.written(run, outcome, [row["id"]], said=told)
