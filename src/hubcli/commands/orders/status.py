"""Invoices, completes, cancels, copies, assigns, moves and deletes orders."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.announcing import Mailed, announce
from hubcli.commands.quotes import status as quotes
from hubcli.commands.quotes import written
from hubcli.commands.quotes.create import Hold, Key
from hubcli.errors import HubError, bad_value
from hubcli.operations import documents
from hubcli.operations.documents import base, becoming, closing
from hubcli.render import Column
from hubcli.values import dates, money, words

app = typer.Typer()

Text = str | None
Order = Annotated[str, Argument(metavar="O", help="the order, such as O7")]
Orders = Annotated[list[str], Argument(metavar="O...", help="orders, such as O7; - reads them from stdin")]
INVOICED = (
    *written.BRIEF[:3],
    Column("invoice", "ref", prefix="I"),
    Column("invoiced_on", "date", title="invoiced"),
    Column("due_on", "date", title="due"),
    Column("terms", keep=3),
    Column("total", "money"),
    Column("balance", "money"),
)
WAYS = ("credit", "customer-credit", "cash", "check", "original")


def _past(run: Run, typed: str | None) -> str:
    return dates.not_future(dates.day(typed or "today", run.today, "--date"), run.today, "--date").isoformat()


def _invoiced(run: Run, outcome: Any, ids: list[int], **how: Any) -> Done:
    rows = []
    for number in [] if outcome.dry_run else ids:
        row = base.again(run.hub, number)
        about = (base.ref_of(row), row["customer_id"], row["customer_name"], row["invoice_number"], row["invoiced_on"])
        rows.append((*about, row["due_on"], row["terms_name"], row["total_cents"], row["balance_cents"]))
    return Done(outcome, INVOICED, rows, name="invoices", **how)


@command(app, "invoice")
def invoice(
    run: Run, refs: Orders, *, date: Annotated[Text, Option("--date", metavar="DATE", help="of the invoice")] = None
) -> Done:
    """Invoice orders: the next number of a gapless series, and when it is due by the terms.

    Examples:
    hub orders invoice O2
    """
    rows = written.rows_of(run, refs, documents.order)
    day = _past(run, date)
    for row in rows:
        if row["invoice_number"] is not None:
            raise HubError("already_invoiced", ref=base.ref_of(row), number=row["invoice_number"],
                           day=row["invoiced_on"], refs=(base.ref_of(row),))  # fmt: skip
        if day < row["ordered_on"]:
            raise bad_value("--date", date, f"is before {base.ref_of(row)} was ordered, on {row['ordered_on']}")
    ids = [row["id"] for row in rows]
    outcome = run.change(lambda hub: [becoming.invoice(hub, number, day)["id"] for number in ids])
    return _invoiced(run, outcome, ids)


@command(app, "complete")
def complete(
    run: Run,
    refs: Orders,
    *,
    date: Annotated[Text, Option("--date", metavar="DATE", help="it was shipped")] = None,
    mail: Mailed = None,
) -> Done:
    """Mark orders as shipped, and invoice them; lines keep their own delivery status.

    The customers are written to where correspondence.send.shipped is on.

    Examples:
    hub orders complete O2
    """
    rows = written.rows_of(run, refs, documents.order)
    day = _past(run, date)
    for row in rows:
        if day < row["ordered_on"]:
            raise bad_value("--date", date, f"is before {base.ref_of(row)} was ordered, on {row['ordered_on']}")
    ids = [row["id"] for row in rows]
    new = [(row["id"], None) for row in rows if row["status"] != "shipped"]
    outcome = run.change(lambda hub: [becoming.ship(hub, number, day)["id"] for number in ids])
    told = announce(run, outcome, "shipped", new, mail)
    return _invoiced(run, outcome, ids, said=run.said(told.said), exit_code=told.exit_code)


@command(app, "cancel")
def cancel(
    run: Run,
    ref: Order,
    *,
    refund: Annotated[bool, Option("--refund", help="give the money back the way it came")] = False,
    to: Annotated[Text, Option("--to", metavar="WAY", help="give it as credit, cash, check or original")] = None,
    keep: Annotated[Text, Option("--keep", metavar="M", help="keep so much of it as a fee, give the rest back")] = None,
    mail: Mailed = None,
    idempotency_key: Key = None,
) -> Done:
    """Cancel an order that is not delivered; what is charged becomes 0.00, or the fee that is kept.

    Money on it needs a word: --refund, --to credit, or --keep an amount. Pending payments are rejected. The customer is
    written to where correspondence.send.canceled is on.

    Examples:
    hub orders create C1 --line "TEE-200:24@8.50/3.10"
    """
    row = documents.order(run.hub, ref)
    way = None if to is None else words.choose(to, WAYS, "--to").replace("customer-credit", "credit")
    if refund and way not in {None, "original"}:
        raise bad_value("--to", to, "does not go with --refund")
    chosen = refund or way is not None or keep is not None
    back = (way or "original") if chosen else None
    said: list[str] = []

    def work(hub: Any) -> int:
        said[:] = _canceled(hub, documents.order(hub, ref), keep, back, run.reason or "order canceled")
        return int(row["id"])

    request = {"document": row["id"], "way": back, "keep": keep}
    outcome = targets.keyed(run, idempotency_key, request, work)
    told = announce(run, outcome, "canceled", [(row["id"], None)], mail)
    lines = run.said([*said, *told.said])
    return written.written(run, outcome, [row["id"]], said=lines, exit_code=told.exit_code)


def _canceled(hub: Any, row: Any, keep: str | None, way: str | None, reason: str) -> list[str]:
    """Cancel an order; give what became of its money in words; raise order_holds_money where nothing was chosen."""
    closing.check_cancel(hub, row)
    fee = 0 if keep is None else money.parse(keep, "--keep")
    confirmed, ref = int(row["paid_cents"]), base.ref_of(row)
    if fee > confirmed:
        raise bad_value("--keep", keep, f"is more than the {money.show(confirmed)} paid on {ref}")
    if way is None and base.received(row):
        raise HubError("order_holds_money", ref=ref, amount=money.show(base.received(row)), refs=(ref,))
    parts = _give_back(hub, row, fee, way, reason) if way else []
    closing.cancel(hub, row, reason, fee)
    return parts


def _give_back(hub: Any, row: Any, fee: int, way: str, reason: str) -> list[str]:
    """Reject what is pending and pay out what is not kept; give what happened in words."""
    from hubcli.operations.payments import refunds, settling

    pending = [p["id"] for p in hub.rows("documents.payments", {"id": row["id"]}) if p["status"] == "pending"]
    if pending:
        settling.decide(hub, pending, confirmed=False)
    cents = int(row["paid_cents"]) - fee
    made = refunds.pay_out(hub, row["id"], cents, refunds.Back(way, reason, hub.day.today)) if cents > 0 else []
    said = [f"P{number} rejected" for number in pending]
    return said + [f"F{one.number}  {money.show(one.cents)} back by {one.method}, of P{one.payment}" for one in made]


@command(app, "restore")
def restore(run: Run, refs: Orders, *, override_hold: Hold = False) -> Done:
    """Bring back an order that was canceled: what it charged is owed again.

    Money that was given back stays given back. An order on account meets its credit line again.

    Examples:
    hub orders list --status canceled
    """
    return quotes.restored(run, written.rows_of(run, refs, documents.order), override_hold=override_hold)


@command(app, "copy")
def copy(
    run: Run,
    ref: Order,
    *,
    to: Annotated[str, Option("--to", metavar="quote|order", help="what to make of it; also --as quote")] = "order",
    override_hold: Hold = False,
    idempotency_key: Key = None,
) -> Done:
    """Copy an order as a new order, or with --as quote as a quote, of today; models no longer sold are left out.

    Examples:
    hub orders copy O2
    hub orders copy O2 --as quote
    """
    asked = run.options.get("as")
    if asked in {"quote", "order"}:
        to = asked
        run.options = {name: value for name, value in run.options.items() if name != "as"}
    kind = words.choose(to, ("quote", "order"), "--to")
    return quotes.copied(run, ref, idempotency_key, order=kind == "order", override_hold=override_hold)


@command(app, "assign")
def assign(
    run: Run,
    refs: Orders,
    *,
    to: Annotated[str, Option("--to", "--salesperson", metavar="STAFF", help="who sells it, or none")],
) -> Done:
    """Give orders to a salesperson.

    Examples:
    hub orders assign O2 --to priya
    """
    return quotes.assigned(run, refs, to, documents.order)


@command(app, "move")
def move(
    run: Run, ref: Order, *, to: Annotated[str, Option("--to", metavar="REF", help="the customer it belongs to")]
) -> Done:
    """Put an order and its payments under another customer.

    Examples:
    hub orders move O2 --to C2 -n
    """
    return quotes.moved(run, documents.order(run.hub, ref), to)


@command(app, "delete")
def delete(run: Run, refs: Orders) -> Done:
    """Delete draft orders; any other order is canceled, never deleted.

    Examples:
    hub orders create C1 --line "TEE-200:24@8.50/3.10" --draft
    """
    rows = written.rows_of(run, refs, documents.order)
    targets_of = [row["id"] for row in rows]

    def work(hub: Any) -> None:
        for number in targets_of:
            closing.delete_draft(hub, base.again(hub, number))

    outcome = run.change(work)
    told = [(base.ref_of(row), row["customer_id"], row["customer_name"], row["ordered_on"], "deleted", None,
             row["tax_cents"], row["total_cents"], 0, row["balance_cents"]) for row in rows]  # fmt: skip
    return Done(outcome, written.BRIEF, [] if outcome.dry_run else told, name="orders")
