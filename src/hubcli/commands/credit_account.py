"""hub credit account, apply, reset: the one ledger of a customer; customer credit spent, and granted again."""

from typing import Annotated

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.credit import ENTRY
from hubcli.commands.credit_line import money_customer
from hubcli.commands.payments import shared, taking
from hubcli.commands.payments.shared import Again, Key, Text
from hubcli.operations.payments import methods, take, wallet
from hubcli.render import Column, Listing

app = typer.Typer()

LEDGER = (
    Column("date", "date"),
    Column("number", "ref", title="#", keep=2),
    Column("type", "code"),
    Column("document", "code"),
    Column("charge", "money"),
    Column("paid", "money"),
    Column("balance", "money", title="owed"),
    Column("credit", "money", title="credit", keep=4),
    Column("credit_balance", "money", title="credit after", keep=3),
    Column("line", "money", title="line", keep=6),
    Column("line_used", "money", title="line used", keep=5),
    Column("by", "code", keep=7),
    Column("recorded_at", "instant", title="recorded", keep=8),
)


@command(app, "account")
def account(
    run: Run,
    ref: Annotated[str, Argument(metavar="REF", help="C12, e-mail, phone, name")],
    *,
    since: Annotated[Text, Option("--from", metavar="D", help="only moves from that day on")] = None,
    as_of: Annotated[Text, Option("--as-of", metavar="D", help="as it was on that day (today)")] = None,
) -> Listing:
    """Show the one ledger of a customer: charges and payments with what is owed, customer credit and credit line.

    Money on quotes counts as paid ahead. What was voided or taken back stands twice, on both of its days.

    Examples:
    hub credit account C3
    hub credit account C1 --from 2025-01-01 --csv
    """
    from hubcli.values import dates

    day = run.today if as_of is None else dates.day(as_of, run.today, "--as-of")
    first = None if since is None else dates.day(since, run.today, "--from").isoformat()
    params = {"customer": targets.customer(run, ref), "day": day.isoformat(), "date_from": first}
    return run.list("account.ledger", params, LEDGER, "moves of the account")


@command(app, "apply")
def apply(
    run: Run,
    ref: Annotated[str, Argument(metavar="DOCUMENT", help="Q7 or O7")],
    *,
    amount: Annotated[Text, Option("--amount", metavar="M", help="so much; without it as much as there is")] = None,
    again: Again = False,
    idempotency_key: Key = None,
) -> Done:
    """Spend customer credit on a quote or an order: all there is, or an amount.

    Examples:
    hub credit show C4
    """
    cents = None if amount is None else shared.amount_of(amount)
    preset = "all-credit" if cents is None else None
    wanted = take.Wanted(methods.WALLET, cents, preset, methods.Details(), str(run.today))
    return taking.one(run, shared.document(run, ref), wanted, again, idempotency_key)


@command(app, "reset")
def reset(run: Run, ref: Annotated[str, Argument(metavar="REF", help="C12, e-mail, phone, name")]) -> Done:
    """Grant again all customer credit that was spent, as an entry of its own; --reason says why.

    Examples:
    hub credit history C4
    """
    customer = money_customer(run, ref)
    if not run.reason:
        raise targets.need("--reason is missing: why is it granted again?", "hub credit reset --help")
    before = wallet.balance(run.hub, customer)
    run.confirm(f"grant C{customer} again what was spent?", "granting spent credit again")
    outcome = run.change(lambda hub: wallet.reset(hub, customer))
    name = shared.customer_name(run, customer)
    rows = [(customer, name, outcome.result, before, before + outcome.result)]
    return Done(outcome, ENTRY, rows, name="credit entries")
