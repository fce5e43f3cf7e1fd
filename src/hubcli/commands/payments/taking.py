"""hub payments add, record: takes money on one document, or spreads it over many."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.payments import shared
from hubcli.commands.payments.shared import Again, Key, Text, payment_fields
from hubcli.errors import HubError, bad_value
from hubcli.operations import documents, keys
from hubcli.operations.customers import standing
from hubcli.operations.payments import methods, spread, take
from hubcli.render import Column, Listing
from hubcli.values import money, words

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome

app = typer.Typer()

SHARES = (
    Column("number", "ref", prefix="P", title="#"),
    Column("target", "code", title="for"),
    Column("due", "date"),
    Column("amount", "money"),
    Column("left", "money", title="still owed"),
)


@command(app, "add", takes=[payment_fields])
def add(
    run: Run,
    ref: Annotated[str, Argument(metavar="DOCUMENT|CUSTOMER", help="Q7, O7; a customer: the oldest due first")],
    payment_fields: dict[str, Text],
    *,
    method: Annotated[Text, Option("--method", metavar="M", help=", ".join(methods.METHODS))] = None,
    amount: Annotated[Text, Option("--amount", metavar="M", help="as in 1374.00")] = None,
    full: Annotated[bool, Option("--full", help="all that is owed")] = False,
    half: Annotated[bool, Option("--half", help="half of the total, not more than is owed")] = False,
    all_credit: Annotated[bool, Option("--all-credit", help="as much customer credit as there is")] = False,
    credit_line: Annotated[bool, Option("--credit-line", help="the same as --method credit-line")] = False,
    most: Annotated[bool, Option("--max", help="as much as the credit line or customer credit holds")] = False,
    date: Annotated[Text, Option("--date", metavar="D", help="the day it was paid (today)")] = None,
    confirmed: Annotated[
        bool | None, Option("--confirmed/--pending", help="whether the money is there (setting payments.manual)")
    ] = None,
    to: Annotated[list[str] | None, Option("--to", metavar="O7=M", help="of a customer's money: so much to O7")] = None,
    surplus: Annotated[Text, Option("--surplus", metavar="customer-credit", help="where the rest goes")] = None,
    override: Annotated[
        bool, Option("--override", help="of a draw: above what the credit line holds, by role, with --reason")
    ] = False,
    again: Again = False,
    idempotency_key: Key = None,
) -> Done | Listing:
    """Take a payment on a quote or an order, or one check over many.

    A quote that is covered in full becomes an order. A customer instead of a document spreads the money over what is
    owed on orders and on the credit line, the oldest due first; -n shows how.

    Examples:
    hub payments add O8 --method cash --amount 20.00
    hub payments add O8 --method check --check-number 1042 --full
    hub payments add C4 --method cash --amount 10.00 --surplus customer-credit -n
    """
    if all_credit or credit_line:
        method = _implied(method, methods.WALLET if all_credit else methods.LINE)
    how = shared.method_of(method)
    preset = _preset(how, full=full, half=half, all_credit=all_credit, max=most, amount=amount)
    cents = shared.amount_of(amount) if amount is not None else None
    _reason(run, how, payment_fields["note"], "a write-off")
    details = methods.details(how, payment_fields)
    if override and not (how == methods.LINE and run.reason):
        raise targets.need("--override goes with a draw on the credit line and with --reason", "hub credit why REF")
    wanted = take.Wanted(how, cents, preset, details, shared.day_of(run, date), confirmed, override=override)
    row, customer = shared.document_or_customer(run, ref)
    _warn(run, customer, how)
    if row is None:
        return _spread(run, customer, wanted, to or [], surplus, again, idempotency_key)
    if to or surplus:
        raise bad_value(
            "--to" if to else "--surplus", ref, "is a document: name the customer to spread money over many"
        )
    return one(run, row, wanted, again, idempotency_key)


def _warn(run: Run, customer: int, method: str) -> None:
    """Say when a customer is not offered this method of payment."""
    warning = standing.method_warning(run.hub, customer, method)
    if warning:
        run.say(warning)


def _implied(method: Text, implied: str) -> str:
    if method is not None and words.choose(method, methods.METHODS, "--method") != implied:
        raise bad_value("--method", method, f"does not go with that option: it means {implied}")
    return implied


def _preset(method: str, *, amount: Text, **given: bool) -> str | None:
    """Give the one preset that was asked for, or None with an amount; raise needs_option for none or several."""
    chosen = [name.replace("_", "-") for name, value in given.items() if value]
    if len(chosen) + (amount is not None) != 1:
        what = "say how much: one of --amount M, --full, --half, --all-credit, --max"
        raise targets.need(what, "hub payments add --help")
    if chosen == ["max"] and method not in {methods.WALLET, methods.LINE}:
        raise bad_value("--max", method, "has no limit of its own: write --full or --amount M")
    return chosen[0] if chosen else None


def _reason(run: Run, method: str, note: Text, what: str) -> None:
    if method == methods.WRITE_OFF and not (run.reason or note):
        raise HubError("write_off_reason", what=what)


def one(run: Run, row: Any, wanted: take.Wanted, again: bool, key: Text) -> Done:
    """Take one payment, once for each key, and give what is printed of it."""
    made: list[take.Paid] = []
    request = {"document": row["id"], **wanted.request()}

    def work(sure: bool) -> "Outcome":
        def pay(hub: "Hub") -> int:
            made[:] = [take.add(hub, row["id"], wanted._replace(again=sure))]
            return made[0].number

        return targets.keyed(run, key, request, pay)

    outcome = shared.asked_again(run, again, work)
    paid = made[0] if made else None
    before, after = (paid.before, paid.after) if paid else (_owed(run, row["id"]),) * 2
    said = shared.told(run, {row["id"]: (before, after)}) if paid else None
    if said and paid and paid.became_order:
        said += f"; Q{row['id']} is now the order O{row['id']}"
    return shared.written(run, outcome, [(int(outcome.result), before, after)], said=said)


def _owed(run: Run, number: int) -> int:
    return take.balance(documents.find(run.hub, str(number)))


# ---------------------------------------------------------------------------------------------------- one check, many


def _spread(
    run: Run, customer: int, wanted: take.Wanted, to: Sequence[str], surplus: Text, again: bool, key: Text
) -> Done | Listing:
    if wanted.cents is None:
        raise targets.need("of a customer's money say how much: --amount M", "hub payments add --help")
    named = [_named(run, item) for item in to]
    asked = sum(item.cents or 0 for item in named)
    if asked > wanted.cents:
        raise bad_value("--to", money.show(asked), f"is more than the amount, {money.show(wanted.cents)}")
    rest = surplus is not None and bool(words.choose(surplus, (methods.WALLET,), "--surplus"))
    shares: list[spread.Share] = []
    request = {"customer": customer, "to": tuple(to), "surplus": rest, **wanted.request()}

    def work(sure: bool) -> "Outcome":
        def pay(hub: "Hub") -> int:
            shares[:] = spread.spread(hub, customer, wanted._replace(again=sure), named, surplus=rest)
            return next((share.number for share in shares if share.number), 0)

        return targets.keyed(run, key, request, pay)

    outcome = shared.asked_again(run, again, work)
    if outcome.dry_run:
        run.say("dry run: this is how it would be spread; none of it was kept")
        return Listing(SHARES, [(None, *share[1:]) for share in shares], name="shares")
    return Done(outcome, SHARES, shares or _before(run, int(outcome.result)), name="shares")


def _named(run: Run, item: str) -> spread.Named:
    ref, sign, typed = item.partition("=")
    if not ref or not sign:
        raise bad_value("--to", item, "is not of the form O7=1200.00")
    return spread.name(run.hub, ref, shared.amount_of(typed, "--to"))


def _before(run: Run, number: int) -> list[tuple[object, ...]]:
    """Give the payments that a key made before."""
    rows = run.hub.rows("payments.of_receipt", {"id": number})
    return [(row["number"], row["document"], None, row["amount"], None) for row in rows]


# --------------------------------------------------------------------------------------------------------- many at once


@command(app, "record", takes=[payment_fields])
def record(
    run: Run,
    refs: Annotated[
        list[str],
        Argument(
            metavar="DOCUMENT|CUSTOMER...", help="a customer: every order with money due; - reads them from stdin"
        ),
    ],
    payment_fields: dict[str, Text],
    *,
    method: Annotated[Text, Option("--method", metavar="M", help="how they were paid")] = None,
    date: Annotated[Text, Option("--date", metavar="D", help="the day they were paid (today)")] = None,
    idempotency_key: Key = None,
) -> Done:
    """Record many documents as paid in full, each with a payment of its own; `-` takes what a list printed.

    Examples:
    hub payments record O8 --method bank-transfer --transaction-id 20250614-7 -n
    """
    how = shared.method_of(method)
    _reason(run, how, payment_fields["note"], "a write-off")
    details = methods.details(how, payment_fields)
    wanted = take.Wanted(how, None, "full", details, shared.day_of(run, date), None)
    given = [word for ref in refs for word in (targets.piped() if ref == "-" else [ref])]
    named = [item for ref in dict.fromkeys(given) for item in _open(run, ref)]
    run.confirm_count(len(named), "recording payments")
    return _recorded(run, named, wanted, idempotency_key)


def _open(run: Run, ref: str) -> list[spread.Named]:
    row, customer = shared.document_or_customer(run, ref)
    if row is not None:
        return [spread.Named(row, draw=False, cents=None)]
    owed = list(run.hub.rows("payments.owed", {"customer": customer}))
    if not owed:
        raise HubError("nothing_owed", ref=f"C{customer}", refs=(f"C{customer}",))
    return [spread.Named(documents.find(run.hub, item["ref"]), draw=False, cents=None) for item in owed]


def _recorded(run: Run, named: Sequence[spread.Named], wanted: take.Wanted, key: Text) -> Done:
    made: list[take.Paid] = []
    ids = tuple(item.row["id"] for item in named)
    mark = keys.fingerprint({"command": run.command, "documents": ids, **wanted._asdict()})

    def work(hub: "Hub") -> "keys.Answer | None":
        made.clear()
        answer = keys.once(hub, key, mark)
        if answer is None:
            made.extend(spread.record(hub, named, wanted))
            keys.remember(hub, key, mark, ",".join(str(paid.number) for paid in made))
        return answer

    outcome = run.change(work)
    if isinstance(outcome.result, keys.Answer):
        run.say(f"already done (H{outcome.result.change})")
        numbers = [int(part) for part in outcome.result.answer.split(",")]
        return shared.written(run, outcome._replace(change=outcome.result.change), [(n, 0, 0) for n in numbers])
    said = shared.told(run, {paid.document: (paid.before, paid.after) for paid in made}) if len(made) == 1 else None
    return shared.written(run, outcome, [(paid.number, paid.before, paid.after) for paid in made], said=said)
