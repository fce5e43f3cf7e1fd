"""hub credit: customer credit, what the shop owes a customer."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.errors import HubError, bad_value
from hubcli.operations import credit, locations
from hubcli.operations.customers import editing
from hubcli.operations.payments import wallet
from hubcli.render import Column, Listing, Record
from hubcli.values import money, words
from hubcli.values import text as texts

if TYPE_CHECKING:
    from hubcli.store import Hub

HELP = """Customer credit: what the shop owes a customer.

Examples:
hub credit show C4
hub credit history C4
hub credit grant C1 50.00 --note "late delivery"
"""
app = typer.Typer(help=HELP)
LATER = {
    "line": ("hubcli.commands.credit_line", "The credit line: what a customer may owe the shop."),
    "terms": ("hubcli.commands.credit_terms", "Terms: deposit, days, and what they are counted from."),
    "apply": ("hubcli.commands.credit_account", "Spend customer credit on a quote or an order."),
    "reset": ("hubcli.commands.credit_account", "Grant again all customer credit that was spent."),
    "account": ("hubcli.commands.credit_account", "Show the one ledger of a customer."),
    "print": ("hubcli.commands.credit_printing", "Print the slip of a customer's credit."),
    "why": ("hubcli.commands.credit_line", "Explain the credit line and the customer credit of a customer."),
    "report": ("hubcli.commands.credit_report", "Show the customer credit that was issued."),
    "aging": ("hubcli.commands.reports.aging", "Show what is owed by how long it is past due."),
}

BALANCE = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("credit_balance", "money", title="customer credit"),
    Column("entries", "count"),
    Column("last_entry_on", "date", title="last entry"),
    Column("granted", "money"),
    Column("used", "money"),
)
HISTORY = (
    Column("entry", "count", title="#"),
    Column("customer", "ref", prefix="C", keep=5),
    Column("date", "date"),
    Column("type", "code"),
    Column("amount", "money"),
    Column("balance", "money"),
    Column("document", "code", keep=3),
    Column("note", "long", keep=2),
    Column("recorded_at", "instant", title="recorded", keep=6),
    Column("method", "code", keep=4),
    Column("reference", "text", keep=7),
    Column("receipt", "ref", prefix="P", keep=8),
    Column("location", "text", keep=9),
    Column("by", "code", keep=10),
)
ENTRY = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("amount", "money"),
    Column("credit_before", "money", title="before"),
    Column("credit_balance", "money", title="customer credit"),
)
Ref = Annotated[str, Argument(metavar="REF", help="C12, e-mail, phone, name")]
Note = Annotated[str | None, Option("--note", metavar="T", help="what it is for")]
Key = Annotated[str | None, Option("--idempotency-key", metavar="K", help="the same key again does nothing more")]


@command(app, "show")
def show(run: Run, ref: Ref) -> Record:
    """Show the customer credit of a customer: what is there, what was granted in all, what of it was used.

    Examples:
    hub credit show C4
    """
    row = run.hub.one("credit.balance", {"id": targets.customer(run, ref)})
    if row is None:
        raise targets.need("which customer?")
    used = wallet.used(run.hub, row["number"])
    values = [*(row[column.name] for column in BALANCE[:-2]), (row["credit_balance"] or 0) + used, used]
    return Record(BALANCE, values, title=f"C{row['number']}  {texts.visible(row['name'])}")


@command(app, "history")
def history(run: Run, ref: Ref) -> Listing:
    """List every entry with the balance after it, the newest first.

    Examples:
    hub credit history C4
    """
    return run.list("credit.history", {"customer": targets.customer(run, ref)}, HISTORY, "credit entries")


@command(app, "grant")
def grant(
    run: Run,
    ref: Ref,
    sum: Annotated[str | None, Argument(metavar="AMOUNT", help="as in 50.00")] = None,
    *,
    amount: Annotated[str | None, Option("--amount", metavar="M", help="the same")] = None,
    note: Note = None,
    idempotency_key: Key = None,
) -> Done:
    """Give customer credit; it takes a role, and a note or a reason that says what for.

    Examples:
    hub credit grant C1 50.00 --note "late delivery"
    """
    cents, remark = _amount(amount if sum is None else sum, twice=None not in {sum, amount}), _note(note)
    if remark is None and not run.reason:
        raise HubError("write_off_reason", what="a grant of customer credit")
    return _entered(run, ref, idempotency_key, {"cents": cents, "note": remark},
                    lambda hub, number: credit.grant(hub, number, cents, remark))  # fmt: skip


@command(app, "adjust")
def adjust(
    run: Run,
    ref: Ref,
    *,
    to: Annotated[str | None, Option("--to", metavar="BALANCE", help="what it should be")] = None,
    note: Note = None,
    idempotency_key: Key = None,
) -> Done:
    """Bring the customer credit to what it should be; the difference is entered with the note that says why.

    Examples:
    hub credit adjust C4 --to 40.00 --note "counted twice in May"
    """
    if to is None or note is None:
        raise targets.need(f"{'--to BALANCE' if to is None else '--note TEXT'} is missing", "hub credit adjust --help")
    cents, remark = money.parse(to, "--to"), texts.note(note, "--note")
    return _entered(run, ref, idempotency_key, {"to": cents, "note": remark},
                    lambda hub, number: credit.adjust(hub, number, cents, remark))  # fmt: skip


@command(app, "withdraw")
def withdraw(
    run: Run,
    ref: Ref,
    sum: Annotated[str | None, Argument(metavar="AMOUNT", help="as in 50.00")] = None,
    *,
    amount: Annotated[str | None, Option("--amount", metavar="M", help="the same")] = None,
    method: Annotated[str | None, Option("--method", metavar="M", help="cash, check or aio-pay")] = None,
    check_number: Annotated[str | None, Option("--check-number", metavar="T", help="of the check")] = None,
    location: Annotated[
        str | None, Option("--location", metavar="T", help="where it was paid out (HUB_LOCATION)")
    ] = None,
    note: Note = None,
    idempotency_key: Key = None,
) -> Done:
    """Pay customer credit out: in cash, by check, or by aio-pay to who has paid with that.

    Examples:
    hub credit withdraw C4 --amount 20.00 --method cash -n
    """
    if method is None:
        raise targets.need("--method is missing: cash, check or aio-pay", "hub credit withdraw --help")
    cents, remark = _amount(amount if sum is None else sum, twice=None not in {sum, amount}), _note(note)
    how = words.choose(method, ("cash", "check", "aio-pay"), "--method")
    if check_number is not None and how != "check":
        raise bad_value("--check-number", check_number, f"does not go with {how}")
    number = None if check_number is None else texts.name(check_number, "--check-number")
    shop = location or os.environ.get("HUB_LOCATION") or None
    where = {"reference": number, "location": None if shop is None else locations.check(run.hub, shop)}
    return _entered(run, ref, idempotency_key, {"cents": cents, "method": how, "note": remark, **where},
                    lambda hub, customer: credit.withdraw(hub, customer, cents, how, remark, **where))  # fmt: skip


def _amount(typed: str | None, *, twice: bool) -> int:
    if twice or typed is None:
        raise targets.need("an amount stands twice" if twice else "an amount is missing, as in 50.00")
    cents = money.parse(typed, "amount")
    if not cents:
        raise targets.need("the amount is 0.00: nothing to do")
    return cents


def _note(typed: str | None) -> str | None:
    return None if typed is None else texts.note(typed, "--note")


def _entered(
    run: Run, ref: str, key: str | None, request: dict[str, Any], work: Callable[["Hub", int], credit.Entry]
) -> Done:
    """Make an entry once for each key; tell the balance before and after."""
    number = targets.payer(run, ref)
    made: list[credit.Entry] = []

    def enter(hub: "Hub") -> int:
        made[:] = [work(hub, number)]
        return made[0].id

    outcome = targets.keyed(run, key, {"customer": number, **request}, enter)
    if not made:  # entered before, with the same key
        row = editing.head(run.hub, number)
        made = [credit.Entry(0, row["name"], row["credit_cents"], row["credit_cents"])]
    entry = made[0]
    said = f"C{number} {entry.name}, customer credit {money.show(entry.before)} → {money.show(entry.after)}"
    row_values = (number, entry.name, entry.after - entry.before, entry.before, entry.after)
    return Done(outcome, ENTRY, [row_values], said=None if run.quiet else said, name="credit entries")
