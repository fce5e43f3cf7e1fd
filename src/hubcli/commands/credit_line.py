"""hub credit line, credit why: what a customer may owe the shop, and the rows behind it."""

import re
from typing import TYPE_CHECKING, Annotated

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.payments import shared
from hubcli.commands.payments.shared import Key, Text, payment_fields
from hubcli.errors import HubError, bad_value
from hubcli.operations import credit_line, documents, terms
from hubcli.operations.payments import methods, spread, take
from hubcli.render import Column, Listing, Record, Section
from hubcli.values import money
from hubcli.values import text as texts

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome

app = typer.Typer()
line = typer.Typer(
    help="""The credit line: what a customer may owe the shop.

Examples:
hub credit line set C3 --limit 7500 --terms "Net 30"
hub credit line show C3
hub credit line history C3
"""
)
app.add_typer(line, name="line")

LINE = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("limit", "money", keep=0),
    Column("used", "money"),
    Column("available", "money"),
    Column("over_limit", "money", title="over limit"),
    Column("terms", "text", keep=0),
    Column("until", "date", keep=3),
    Column("closed_on", "date", title="closed", keep=3),
    Column("on_hold", "bool", title="on hold", keep=4),
    Column("account_of", "ref", prefix="C", title="account of", keep=2),
)
OWING = (
    Column("kind", "code"),
    Column("payment", "ref", prefix="P", keep=3),
    Column("document", "code"),
    Column("date", "date", keep=2),
    Column("due", "date"),
    Column("terms", "text", keep=4),
    Column("amount", "money", keep=2),
    Column("paid", "money", keep=2),
    Column("owed", "money"),
    Column("customer", "ref", prefix="C", keep=3),
)
HISTORY = (
    Column("date", "date"),
    Column("type", "code"),
    Column("draw", "ref", prefix="P"),
    Column("document", "code", keep=2),
    Column("method", "code", keep=3),
    Column("amount", "money"),
    Column("drawn", "money"),
    Column("due", "date", keep=4),
    Column("terms", "text", keep=6),
    Column("by", "code", keep=7),
    Column("reference", "text", keep=8),
    Column("recorded_at", "instant", title="recorded", keep=9),
    Column("customer", "ref", prefix="C", keep=4),
)
REPAID = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text", keep=2),
    Column("draw", "ref", prefix="P"),
    Column("document", "code"),
    Column("amount", "money"),
    Column("left", "money", title="still due"),
    Column("used", "money"),
    Column("available", "money"),
    Column("repayment", "ref", prefix="L", keep=3),
)
REPAY_METHODS = tuple(m for m in methods.METHODS if m not in {methods.LINE, methods.WRITE_OFF})
Ref = Annotated[str, Argument(metavar="REF", help="C12, e-mail, phone, name")]


def values(now: credit_line.Line) -> tuple[object, ...]:
    """Give a credit line as the columns of LINE."""
    return (
        now.customer, now.name, now.limit, now.used, now.available, now.over, now.terms,
        now.until if now.limit is not None else None, now.closed, now.held,
        now.payer if now.payer != now.customer else None,
    )  # fmt: skip


def _record(run: Run, customer: int) -> Record:
    now = credit_line.line(run.hub, customer)
    rows = [tuple(row) for row in run.hub.rows("credit_line.rows", {"customer": now.payer})]
    sections = [Section("used by", Listing(OWING, rows, name="rows"), key="rows")]
    title = f"C{customer}  {texts.visible(now.name)}"
    if now.payer != customer:
        title += f" (contact), on the account of C{now.payer} {texts.visible(now.payer_name)}"
    return Record(LINE, values(now), title=title, sections=sections)


@command(line, "show")
def show(run: Run, ref: Ref) -> Record:
    """Show limit, used, available and over limit together, with what uses it.

    A linked contact buys on the line of the company: one pool for the company and all its contacts.

    Examples:
    hub credit line show C3
    """
    return _record(run, targets.customer(run, ref))


@command(line, "set")
def set_(
    run: Run,
    ref: Ref,
    *,
    limit: Annotated[Text, Option("--limit", metavar="M", help="0.00 to 10000000.00")] = None,
    terms_name: Annotated[Text, Option("--terms", metavar="T", help='for draws to come; at first "Net 30"')] = None,
    until: Annotated[
        Text, Option("--until", metavar="DATE", help="last day it may be drawn on; none: without end")
    ] = None,
) -> Done:
    """Open a credit line, or change it; each draw keeps the terms it was made on.

    Examples:
    hub credit line set C3 --limit 7500
    hub credit line set C3 --limit 5000 --terms "Net 60" -n
    """
    customer = targets.payer(run, ref)
    credit_line.mine(run.hub, customer)
    have = credit_line.line(run.hub, customer)
    if limit is None and have.limit is None:
        raise targets.need("--limit is missing", "hub credit line set --help")
    cents = _limit(limit) if limit is not None else int(have.limit or 0)
    chosen = None if terms_name is None else int(terms.offered(run.hub, terms_name)["id"])
    last = None if until is None else _until(run, until)
    outcome = run.change(lambda hub: credit_line.set_limit(hub, customer, cents, chosen, last))
    return _line_done(run, outcome, customer)


def _until(run: Run, typed: str) -> str:
    from hubcli.values import dates

    return "" if typed.strip().lower() == "none" else dates.day(typed, run.today, "--until").isoformat()


def _limit(typed: str) -> int:
    cents = money.parse(typed, "--limit")
    if cents > credit_line.LARGEST_LIMIT:
        raise bad_value("--limit", typed, "is above the largest limit: write 0.00 to 10000000.00")
    return cents


def _line_done(run: Run, outcome: "Outcome", customer: int) -> Done:
    now = credit_line.line(run.hub, customer) if not outcome.dry_run else None
    said = None
    if now is not None and now.over and not run.quiet:
        said = f"C{customer} {texts.visible(now.name)} is over the limit by {money.show(now.over)}: no draw until then"
    return Done(outcome, LINE, [values(now)] if now is not None else [], said=said, name="credit lines")


@command(line, "close")
def close(run: Run, ref: Ref) -> Done:
    """Close a credit line: nothing more is drawn on it; what is used stays owed. Setting a limit opens it again.

    Examples:
    hub credit line show C3
    """
    customer = targets.payer(run, ref)
    return _line_done(run, run.change(lambda hub: credit_line.close(hub, customer)), customer)


@command(line, "history")
def history(run: Run, ref: Ref) -> Listing:
    """List draws, repayments and goods put back, with what is drawn after each, the newest first.

    Examples:
    hub credit line history C3
    """
    payer = credit_line.line(run.hub, targets.customer(run, ref)).payer
    return run.list("credit_line.history", {"customer": payer}, HISTORY, "moves of the credit line")


@command(line, "repay", takes=[payment_fields])
def repay(
    run: Run,
    ref: Annotated[str, Argument(metavar="REF", help="C12, e-mail, phone, name; a bare number is not taken")],
    payment_fields: dict[str, Text],
    *,
    amount: Annotated[Text, Option("--amount", metavar="M", help="as in 1374.00")] = None,
    full: Annotated[bool, Option("--full", help="all that is drawn")] = False,
    method: Annotated[Text, Option("--method", metavar="M", help="as in payments add; customer-credit too")] = None,
    order: Annotated[Text, Option("--order", metavar="O", help="draws for this order, not the oldest")] = None,
    date: Annotated[Text, Option("--date", metavar="D", help="the day it was paid (today)")] = None,
    confirmed: Annotated[
        bool | None, Option("--confirmed/--pending", help="whether the money is there (setting payments.manual)")
    ] = None,
    idempotency_key: Key = None,
) -> Done:
    """Repay draws on the credit line, the oldest due first.

    Examples:
    hub credit line show C3
    """
    if (amount is None) is not full:
        raise targets.need("say how much: --amount M or --full", "hub credit line repay --help")
    how = shared.method_of(method)
    if how not in REPAY_METHODS:
        raise HubError("repay_method", method=how)
    wanted = take.Wanted(how, shared.amount_of(amount) if amount is not None else None, None,
                         methods.details(how, payment_fields), shared.day_of(run, date), confirmed)  # fmt: skip
    customer = money_customer(run, ref)
    document = None if order is None else int(documents.find(run.hub, order)["id"])
    return _repaid(run, customer, wanted, document, idempotency_key)


def money_customer(run: Run, ref: str) -> int:
    """Give the customer whose money is moved; a bare number is asked about, or refused where nobody can be asked."""
    typed = ref.strip()
    if re.fullmatch(r"[0-9]{1,6}", typed):
        if not run.interactive:
            raise bad_value("customer", ref, f"is a bare number: where money moves write C{typed}")
        name = texts.visible(credit_line.line(run.hub, int(typed)).name)
        run.confirm(f"C{typed} {name}?", "a bare number")
    return targets.payer(run, ref)


def _repaid(run: Run, customer: int, wanted: take.Wanted, document: int | None, key: Text) -> Done:
    made: list[credit_line.Repaid] = []

    def work(hub: "Hub") -> int:
        draws = list(hub.rows("credit_line.draws", {"customer": customer, "document": document}))
        cents = sum(draw["owed"] for draw in draws) if wanted.cents is None else wanted.cents
        made[:] = credit_line.repay(hub, customer, cents, spread.repayment(hub, wanted), document)
        return made[0].id if made else 0

    before = credit_line.line(run.hub, customer)
    outcome = targets.keyed(run, key, {"customer": customer, "document": document, **wanted._asdict()}, work)
    now = credit_line.line(run.hub, customer)
    rows = [
        (customer, now.name, part.draw, f"O{part.document}", part.cents, part.after, now.used, now.available, part.id)
        for part in made
    ]
    said = f"C{customer} {texts.visible(now.name)}, credit line used {money.show(before.used)} → {money.show(now.used)}"
    return Done(outcome, REPAID, rows, said=None if run.quiet or outcome.dry_run else said, name="repayments")


# ------------------------------------------------------------------------------------------------------------------ why

CREDIT = (
    Column("entry", "count", title="#"),
    Column("date", "date"),
    Column("type", "code"),
    Column("amount", "money"),
    Column("balance", "money"),
    Column("document", "code", keep=2),
    Column("note", "long", keep=3),
)


@command(app, "why")
def why(
    run: Run,
    ref: Ref,
    *,
    draw: Annotated[Text, Option("--draw", metavar="M", help="whether this much could be drawn, and why not")] = None,
) -> Record:
    """Explain the credit line and the customer credit of a customer: the rows that the figures are made of.

    Examples:
    hub credit why C3
    hub credit why C3 --draw 5000
    """
    customer = targets.payer(run, ref)
    record = _record(run, customer)
    wallet = run.hub.rows("credit.history", {"customer": customer}, "entry DESC")
    rows = [tuple(row[column.name] for column in CREDIT) for row in wallet]
    sections = [
        Section("verdict", _verdict(run, customer, draw), key=""),
        *record.sections,
        Section("customer credit", Listing(CREDIT, rows, name="entries"), key="customer_credit"),
    ]
    return Record(record.columns, record.values, title=record.title, sections=sections)


def _verdict(run: Run, customer: int, draw: Text) -> list[str]:
    """Say what a draw of this amount would meet; without one, what any draw would."""
    cents = 1 if draw is None else shared.amount_of(draw, "--draw")
    try:
        now = credit_line.check_draw(run.hub, customer, cents)
    except HubError as refused:
        return [refused.message]
    if draw is not None:
        return [f"{money.show(cents)} can be drawn; {money.show(now.available - cents)} would be left"]
    return [f"up to {money.show(now.available)} can be drawn"]
