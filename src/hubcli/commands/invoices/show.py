"""Shows an invoice on one screen."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Run, command
from hubcli.commands.invoices.find import INVOICES
from hubcli.commands.screens import drawn, filled
from hubcli.operations import invoices
from hubcli.operations.documents import base, screen
from hubcli.render import Column, Listing, Record, Section
from hubcli.values import dates, text

app = typer.Typer()

DISPUTES = (
    Column("note", "long"),
    Column("opened_on", "date", title="opened"),
    Column("resolved_on", "date", title="resolved"),
)
STATEMENTS = (Column("number", "ref", prefix="S", title="#"), Column("issued_on", "date", title="issued"))
SENT = (
    Column("way", "code"),
    Column("sent_to"),
    Column("sent_on", "date", title="sent"),
    Column("kind", "code"),
    Column("level", "count", title="reminder"),
)
SHOWN = (*INVOICES, Column("printed", "code", keep=0))


@command(app, "show")
def show(
    run: Run,
    ref: Annotated[str, Argument(metavar="I", help="I204, its order O7, or the printed number")],
    *,
    as_of: Annotated[str | None, Option("--as-of", metavar="D", help="as it was on that day (today)")] = None,
) -> Record:
    """Show an invoice on one screen: when it is due, what was paid, disputes, the statements that list it.

    Examples:
    hub invoices show I2
    hub invoices show O8 --as-of 2025-05-31 --json
    """
    day = run.today if as_of is None else dates.not_future(dates.day(as_of, run.today, "--as-of"), run.today, "--as-of")
    row = invoices.find(run.hub, ref)
    params = {"id": row["id"], "day": day.isoformat(), "as_of": None if day == run.today else day.isoformat()}
    found = run.hub.one("invoices.one", params)
    if found is None:
        from hubcli.errors import bad_value

        raise bad_value("--as-of", as_of, f"is before I{row['invoice_number']} was made, on {row['invoiced_on']}")
    whole = drawn(run) and not run.fields
    parts = _parts(run, row["id"], drawn=whole)
    printed = base.printed(run.hub, row["invoice_number"])
    if not whole:
        return Record(SHOWN, (*found, printed), sections=parts)
    title = f"Invoice I{row['invoice_number']}  C{row['customer_id']} {text.visible(row['customer_name'])}"
    pairs = _pairs(found, printed)
    return Record([column for column, _ in pairs], [value for _, value in pairs], title=title, sections=parts)


def _pairs(found: Any, printed: str) -> list[tuple[Column, Any]]:
    """Give what the screen says of an invoice, the parts that say something."""
    number = str(found["number"])
    late = f"{found['days_overdue']} days overdue" if found["overdue"] else None
    status = ", ".join(filter(None, (found["status"], late, "disputed" if found["disputed"] else None)))
    return [
        (Column("status", "code", keep=0), status),
        (Column("printed", "code", title="on paper"), printed if printed != number else None),
        (Column("order", "code"), found["order"]),
        (Column("invoiced_on", "date", title="invoiced", keep=0), found["invoiced_on"]),
        (Column("due_on", "code", title="due", keep=0), found["due_on"] or "when a statement lists it"),
        (Column("terms"), found["terms"]),
        (Column("salesperson", "code"), found["salesperson"]),
        (Column("total", "money", keep=0), found["total"]),
        (Column("credited", "money", title="taken off"), found["credited"] or None),
        (Column("paid", "money", keep=0), found["paid"]),
        (Column("pending", "money"), found["pending"] or None),
        (Column("balance", "money", keep=0), found["balance"]),
        (Column("as_of", "date", title="as of"), found["as_of"]),
    ]


def _parts(run: Run, number: int, *, drawn: bool) -> list[Section]:
    """Give lines, payments, disputes, statements and sendings; on a screen without the columns that are empty."""
    sheet = screen.gather(run.hub, number)
    shown = filled if drawn else Listing
    lines: Sequence[Any] = [screen.line_row(sheet, line) for line in sheet.lines]
    if drawn:
        at = next(at for at, column in enumerate(screen.LINES) if column.name == "returned_quantity")
        lines = [(*row[:at], row[at] or None, *row[at + 1 :]) for row in lines]
    rows = {block: list(run.hub.rows(f"invoices.{block}", {"id": number})) for block in ("statements", "sendings")}
    disputes = [(row["note"], row["opened_on"], row["resolved_on"]) for row in _disputes(run, number)]
    return [
        Section("Lines", shown(screen.LINES, lines), key="lines"),
        Section("Payments", shown(screen.PAYMENTS, list(map(screen.payment_row, sheet.payments))), key="payments"),
        Section("Disputes", Listing(DISPUTES, disputes), key="disputes"),
        Section("Statements", Listing(STATEMENTS, map(tuple, rows["statements"])), key="statements"),
        Section("Sent", Listing(SENT, map(tuple, rows["sendings"])), key="sent"),
    ]


def _disputes(run: Run, number: int) -> list[Any]:
    return list(run.hub.rows("invoices.disputes", {"id": number}))
