"""Extends, approves, declines, deletes, copies and assigns quotes, and moves them to another customer."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.quotes import written
from hubcli.commands.quotes.create import Hold, Key
from hubcli.errors import bad_value
from hubcli.operations import documents, staff
from hubcli.operations.documents import base, becoming, closing, writing

app = typer.Typer()

Text = str | None
Quote = Annotated[str, Argument(metavar="Q", help="the quote, such as Q7")]
Quotes = Annotated[list[str], Argument(metavar="Q...", help="quotes, such as Q7; - reads them from stdin")]


@command(app, "extend")
def extend(
    run: Run,
    ref: Quote,
    *,
    to: Annotated[Text, Option("--to", metavar="DATE", help="the new last day")] = None,
    days: Annotated[Text, Option("--days", metavar="N", help="so many days from today")] = None,
) -> Done:
    """Give a quote a new last day; without one, as long from today as a new quote.

    Examples:
    hub quotes extend Q3
    hub quotes extend Q3 --to "in 3 days"
    """
    row = documents.quote(run.hub, ref)
    day = _last_day(run, to, days)
    outcome = run.change(lambda hub: closing.extend(hub, documents.quote(hub, ref), day))
    return written.written(run, outcome, [row["id"]])


def _last_day(run: Run, to: str | None, days: str | None) -> str:
    from hubcli.values import dates

    if to is not None and days is not None:
        raise bad_value("--days", days, "does not go with --to")
    if to is not None:
        day = dates.day(to, run.today, "--to")
        if day < run.today:
            raise bad_value("--to", to, f"is over already: write a day from today on, {run.today}")
        return day.isoformat()
    count = days or run.setting("quotes.valid_days")
    if not (count.isascii() and count.isdecimal() and 1 <= int(count) <= 3650):
        raise bad_value("--days", count, "is not a number of days from 1 to 3650")
    return dates.later(run.today.isoformat(), int(count))


@command(app, "approve")
def approve(
    run: Run,
    ref: Quote,
    *,
    on_account: Annotated[
        bool, Option("--on-account", help="to be paid by their terms, within the credit line")
    ] = False,
    terms: Annotated[Text, Option("--terms", metavar="NAME", help="other terms than theirs, as Net 60")] = None,
    override_hold: Hold = False,
    override: Annotated[
        bool, Option("--override", help="on account above the credit line; say why with --reason")
    ] = False,
) -> Done:
    """Make a quote an order without payment: the customer said yes.

    An expired quote needs a new date first. A quote that is paid in full becomes an order by itself.

    Examples:
    hub quotes extend Q3 -n
    """
    row = documents.quote(run.hub, ref)
    if (terms is not None or override) and not on_account:
        raise targets.need("--terms and --override are for an order --on-account",
                           f"hub {run.command} {ref} --on-account")  # fmt: skip
    if override and not run.reason:
        raise targets.need("--override says why: --reason", f"hub {run.command} {ref} --on-account --override …")

    def work(hub: Any) -> str | None:
        now = documents.quote(hub, ref)
        columns = becoming.terms_for(hub, now["customer_id"], terms) if on_account else None
        return closing.approve(hub, now, columns, override_hold=override_hold, override=override)

    base.check_open_quote(run.hub, row)
    if run.interactive:
        run.confirm(f"{base.ref_of(row)} becomes an order of {row['customer_name']}?", "approving a quote")
    outcome = run.change(work)
    return written.written(run, outcome, [row["id"]], said=written.warned(outcome.result))


@command(app, "decline")
def decline(run: Run, refs: Quotes) -> Done:
    """Mark quotes as declined by the customer; one with a deposit is refunded first.

    Examples:
    hub quotes decline Q3 --reason "bought elsewhere" -n
    """
    return _close(run, refs, "declined")


@command(app, "delete")
def delete(run: Run, refs: Quotes) -> Done:
    """Delete quotes; undo brings them back; one with a deposit is refunded first.

    Examples:
    hub quotes delete Q3 -n
    """
    return _close(run, refs, "deleted")


def _close(run: Run, refs: list[str], status: str) -> Done:
    rows = written.rows_of(run, refs, documents.quote)
    run.confirm_count(len(rows), f"{run.command.split()[-1]}")

    def work(hub: Any) -> None:
        for row in rows:
            closing.decline(hub, base.again(hub, row["id"]), status)

    return written.written(run, run.change(work), [row["id"] for row in rows])


@command(app, "restore")
def restore(run: Run, refs: Quotes, *, override_hold: Hold = False) -> Done:
    """Bring back quotes that were declined or deleted: they are saved again, valid as long as they were.

    Examples:
    hub quotes list --status declined
    """
    return restored(run, written.rows_of(run, refs, documents.quote), override_hold=override_hold)


def restored(run: Run, rows: list[Any], *, override_hold: bool) -> Done:
    """Bring documents back."""
    run.confirm_count(len(rows), "restore")

    def work(hub: Any) -> list[str]:
        found = [closing.restore(hub, base.again(hub, row["id"]), override_hold=override_hold) for row in rows]
        return [f"warning: {warning}" for warning in found if warning]

    outcome = run.change(work)
    return written.written(run, outcome, [row["id"] for row in rows], said=run.said(outcome.result))


@command(app, "copy")
def copy(run: Run, ref: Quote, *, override_hold: Hold = False, idempotency_key: Key = None) -> Done:
    """Copy a quote or an order as a new quote of today; models no longer sold are left out and named.

    Examples:
    hub quotes copy Q3
    """
    return copied(run, ref, idempotency_key, order=False, override_hold=override_hold)


def copied(run: Run, ref: str, key: str | None, *, order: bool, override_hold: bool) -> Done:
    """Copy a document, and say how many lines were copied; a copy of an order on account is on account too."""
    row = documents.find(run.hub, ref)
    targets.alert(run, row["customer_id"])
    said: list[str] = []

    def work(hub: Any) -> int:
        now = base.again(hub, row["id"])
        number, count, gone = writing.copy(hub, now, order=order, override_hold=override_hold)
        said[:] = [f"{count} copied / {len(gone)} not" + (f": {', '.join(gone)}" if gone else "")]
        if order and now["on_account"]:
            terms = becoming.terms_for(hub, now["customer_id"], None)
            warning = closing.place_on_account(hub, base.again(hub, number), terms)
            said.extend([f"warning: {warning}"] if warning else [])
        return number

    outcome = targets.keyed(run, key, {"document": row["id"], "order": order}, work)
    return written.written(run, outcome, [outcome.result], said="\n".join(said) or None)


@command(app, "assign")
def assign(
    run: Run,
    refs: Quotes,
    *,
    to: Annotated[str, Option("--to", "--salesperson", metavar="STAFF", help="who sells it, or none")],
) -> Done:
    """Give quotes to a salesperson.

    Examples:
    hub quotes assign Q3 --to priya
    """
    return assigned(run, refs, to, documents.quote)


def assigned(run: Run, refs: list[str], to: str, get: Any) -> Done:
    """Give documents to a salesperson, or to nobody."""
    rows = written.rows_of(run, refs, get)
    seller = None if to.lower() == "none" else staff.active(run.hub, to)
    run.confirm_count(len(rows), "assign")

    def work(hub: Any) -> None:
        for row in rows:
            if row["salesperson_id"] != seller:
                hub.update("documents", row["id"], {"salesperson_id": seller})

    return written.written(run, run.change(work), [row["id"] for row in rows])


@command(app, "move")
def move(
    run: Run, ref: Quote, *, to: Annotated[str, Option("--to", metavar="REF", help="the customer it belongs to")]
) -> Done:
    """Put a quote and its deposits under another customer.

    Examples:
    hub quotes move Q3 --to C2 -n
    """
    return moved(run, documents.quote(run.hub, ref), to)


def moved(run: Run, row: Any, to: str) -> Done:
    """Put a document and its payments under another customer."""
    customer = targets.customer(run, to)
    targets.alert(run, customer)
    outcome = run.change(lambda hub: closing.move(hub, base.again(hub, row["id"]), customer))
    return written.written(run, outcome, [row["id"]], said=written.warned(outcome.result))
