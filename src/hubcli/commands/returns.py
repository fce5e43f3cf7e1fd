"""hub orders return: takes goods and services back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.payments import shared
from hubcli.commands.payments.shared import Key, Text
from hubcli.errors import bad_value
from hubcli.operations import returns
from hubcli.operations.payments import refunds
from hubcli.render import Column
from hubcli.values import money, words
from hubcli.values import text as texts

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome

app = typer.Typer()

RETURNS = (
    Column("number", "ref", prefix="R", title="#"),
    Column("document", "ref", prefix="O"),
    Column("customer", "ref", prefix="C", keep=4),
    Column("customer_name", "text", title="name", keep=3),
    Column("date", "date"),
    Column("reason", "long", keep=2),
    Column("units", "count", keep=5),
    Column("goods", "money", keep=3),
    Column("services", "money", keep=6),
    Column("discount", "money", keep=7),
    Column("delivery", "money", keep=6),
    Column("tax", "money", keep=4),
    Column("restocking", "money", keep=5),
    Column("refund", "money"),
    Column("to_credit", "money", title="to credit", keep=8),
    Column("to_line", "money", title="to line", keep=9),
    Column("to_money", "money", title="paid out", keep=8),
    Column("to_written_off", "money", title="written off", keep=12),
    Column("ended_on", "date", title="ended", keep=12),
    Column("recorded_at", "instant", title="recorded", keep=20),
)
WAYS = ("balance", *refunds.WAYS)


def selection(
    run: Run,  # every function of options is handed the run
    *,
    all: Annotated[bool, Option("--all", help="everything that is left: goods, services, charges")] = False,
    line: Annotated[list[str] | None, Option("--line", metavar="N[:QTY]", help="a line, or some units of it")] = None,
    amount: Annotated[
        list[str] | None,
        Option("--amount", metavar="N=M", help="money for line N, its units stay; with --line for each"),
    ] = None,
    services: Annotated[
        list[str] | None, Option("--services", metavar="KIND", help="plan, install, haul-away, fulfillment")
    ] = None,
    delivery: Annotated[
        Text, Option("--delivery", metavar="M", help="of the delivery charge; with --all all of it")
    ] = None,
) -> dict[str, Any]:
    """Read what comes back, as fields of returns.Wanted; raise where nothing is selected."""
    found = {
        "everything": all, "lines": _lines(line or []), "amounts": _amounts(amount or []),
        "services": _services(services or []),
        "delivery": money.parse(delivery, "--delivery") if delivery is not None else None,
    }  # fmt: skip
    if not any(found.values()):
        raise targets.need("nothing is selected: --all, --line N, --amount N=M, --services KIND or --delivery M",
                           "hub orders return --help")  # fmt: skip
    if all and line:
        raise bad_value("--line", ",".join(line), "does not go with --all")
    return found


@command(app, "return", takes=[selection])
def return_(
    run: Run,
    selection: dict[str, Any],
    ref: Annotated[str, Argument(metavar="O", help="the order, such as O7")],
    *,
    restocking: Annotated[
        Text, Option("--restocking", metavar="M|P%", help="fee kept (returns.restocking_percent)")
    ] = None,
    date: Annotated[Text, Option("--date", metavar="D", help="the day it came back")] = None,
    to: Annotated[
        list[str] | None,
        Option("--to", metavar="WAY", help="credit, cash, check, credit-line, aio-pay, original, balance"),
    ] = None,
    note: Annotated[Text, Option("--note", "--notes", metavar="T", help="a remark")] = None,
    idempotency_key: Key = None,
) -> Done:
    """Take goods or services back; --reason says why.

    What is due on a draw on the credit line goes back to the line first. Tax and discounts are shared out so that
    several returns give back exactly what was charged. --to balance lowers what is owed, the rest goes by another --to.

    Examples:
    hub orders return O1 --all --reason "did not fit" --date 2025-06-15 --to credit -n
    """
    if not run.reason or date is None:
        missing = "--reason" if not run.reason else "--date"
        raise targets.need(f"{missing} is missing: a return says why and when", "hub orders return --help")
    row = shared.document(run, ref)
    wanted = returns.Wanted(
        day=shared.day_of(run, date), reason=texts.note(run.reason, "--reason"), restocking=restocking_fee(restocking),
        to=_ways(to or []), note=None if note is None else texts.note(note, "--note"), **selection,
    )  # fmt: skip
    return _taken(run, row, wanted, idempotency_key)


def _lines(typed: Sequence[str]) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for item in typed:
        number, quantity = line_and_units(item, "--line")
        found[number] = quantity
    return found


def line_and_units(item: str, field: str) -> tuple[int, int | None]:
    """Read N[:QTY]: the number of a line, and how many of its units, None for all of them; raise bad_value."""
    number, sign, quantity = item.partition(":")
    return _line(number, item, field), money.quantity(quantity, field) if sign else None


def _line(number: str, item: str, field: str) -> int:
    if not (number.isascii() and number.isdecimal() and len(number) < 10 and int(number)):
        raise bad_value(
            field, item, "names no line: write a number as in 1" + (":2" if field == "--line" else "=150.00")
        )
    return int(number)


def _amounts(typed: Sequence[str]) -> dict[int, int]:
    found = {}
    for item in typed:
        number, sign, cents = item.partition("=")
        if not sign:
            raise bad_value("--amount", item, "is not of the form N=M: write the line and the money, as in 1=150.00")
        found[_line(number, item, "--amount")] = shared.amount_of(cents)
    return found


def _services(typed: Sequence[str]) -> tuple[str, ...]:
    parts = [part for item in typed for part in item.split(",")]
    return tuple(words.choose(part, tuple(returns.SERVICES), "--services") for part in parts)


def restocking_fee(typed: Text) -> tuple[str, int] | None:
    """Read a restocking fee: an amount, or a percentage of the goods; None leaves it to the setting."""
    if typed is None:
        return None
    if typed.endswith("%"):
        return "percent", money.parse_percent(typed, "--restocking")
    return "cents", money.parse(typed, "--restocking")


def _ways(typed: Sequence[str]) -> tuple[str, ...]:
    ways = [
        "credit" if word.strip().lower() == "customer-credit" else words.choose(word, WAYS, "--to") for word in typed
    ]
    if len([way for way in ways if way != "balance"]) > 1:
        raise bad_value("--to", " ".join(ways), "names several ways: the money goes one way, after --to balance")
    return tuple(dict.fromkeys(ways))


def _taken(run: Run, row: Any, wanted: returns.Wanted, key: Text) -> Done:
    made: list[returns.Taken] = []

    def work(hub: "Hub") -> int:
        made[:] = [returns.take_back(hub, row["id"], wanted)]
        return made[0].number

    request = {"document": row["id"], **wanted._asdict(), "lines": tuple(wanted.lines.items()),
               "amounts": tuple(wanted.amounts.items())}  # fmt: skip
    outcome = targets.keyed(run, key, request, work)
    return _done(run, outcome, made[0] if made else None)


def _done(run: Run, outcome: "Outcome", taken: returns.Taken | None) -> Done:
    said = None
    if taken is not None and not run.quiet:
        said = _told(taken)
    found = None if outcome.dry_run else run.hub.one("returns.one", {"id": int(outcome.result)})
    return Done(outcome, RETURNS, [] if found is None else [tuple(found)], said=said, name="returns")


def _told(taken: returns.Taken) -> str:
    """Say what the return is worth and where the money goes."""
    ways: dict[str, int] = {}
    if taken.lowered:
        ways["off what is owed"] = taken.lowered
    for part in taken.paid_out:
        ways[f"to {part.method}"] = ways.get(f"to {part.method}", 0) + part.cents
    told = ", ".join(f"{money.show(cents)} {way}" for way, cents in ways.items()) or "no money moves"
    fee = f", restocking fee {money.show(taken.worth.restocking)} kept" if taken.worth.restocking else ""
    return f"{money.show(taken.worth.total)} given back{fee}: {told}"
