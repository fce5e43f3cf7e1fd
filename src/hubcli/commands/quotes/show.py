"""Shows a quote or an order on one screen."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer import Argument

from hubcli.command import Run, command
from hubcli.operations.documents import base, milestones, screen
from hubcli.operations.documents.screen import COLUMNS, Sheet
from hubcli.render import Column, Listing, Record, Section
from hubcli.values import money
from hubcli.values.text import visible

app = typer.Typer()

Pairs = Sequence[tuple[Column, Any]]
LONGEST = 240


@command(app, "show")
def show(run: Run, refs: Annotated[list[str], Argument(metavar="Q...", help="Q7, O7, I204, system:number")]) -> Any:
    """Show a quote on one screen: lines, what it costs, deposits, notes.

    Examples:
    hub quotes show Q3
    hub quotes show Q3 --json
    """
    return opened(run, refs)


def opened(run: Run, refs: Sequence[str]) -> Record | Listing | None:
    """Give documents as screens, or with every key where none is drawn."""
    numbers = list(dict.fromkeys(int(base.find(run.hub, ref)["id"]) for ref in refs))
    drawn = _drawn(run)
    if len(numbers) == 1:
        return record(run, numbers[0])
    if not drawn:
        return Listing(COLUMNS, (record(run, number).values for number in numbers), name="documents")
    for number in numbers:
        run.print(record(run, number))
    return None


def _drawn(run: Run) -> bool:
    """Tell whether screens are drawn, not lines or JSON written."""
    from hubcli.render.output import format_of, is_file

    output = run.output()
    return format_of(output, to_file=is_file(output.path), terminal=sys.stdout.isatty()) == "table"


def record(run: Run, number: int) -> Record:
    """Give one document with every key, or as the screen shows it where one is drawn."""
    sheet = screen.gather(run.hub, number)
    if _drawn(run) and not run.fields:
        return draw(sheet)
    whole = screen.record(sheet)
    return Record(COLUMNS, whole.values, title=whole.title)


# ---------------------------------------------------------------------------------------------------------- the screen


def draw(sheet: Sheet) -> Record:
    """Give the screen: alerts, what it is, lines with their services, the sum, payments, returns, notes."""
    found = screen.values(sheet)
    about = _about(sheet, found)
    ref = base.ref_of(sheet.head)
    return Record(
        [column for column, _ in about],
        [value for _, value in about],
        title=visible(screen.title(sheet)),
        sections=[
            *_alerts(sheet, found),
            Section("Lines", _filled(screen.LINES, _lines(sheet))),
            Section("With them", _services(sheet)),
            Section("Total", Listing((Column("part"), Column("amount", "money")), _sum(found))),
            Section("Payments", _filled(screen.PAYMENTS, list(map(screen.payment_row, sheet.payments)))),
            Section("Returns", _filled(screen.RETURNS, [screen.return_row(sheet, row) for row in sheet.returns])),
            Section("Taken off", Listing(screen.ADJUSTMENTS, map(tuple, sheet.adjustments))),
            Section("Production", _production(sheet)),
            Section("Notes", [_note(row) for row in sheet.notes if not row["important"]]),
            Section("Sent", [_sent(row) for row in sheet.sent]),
            Section("Next", _next(sheet, found, ref)),
        ],
    )


def _lines(sheet: Sheet) -> list[tuple[Any, ...]]:
    """Give the lines without columns that say nothing here: a quote has no deliveries."""
    rows = [screen.line_row(sheet, line) for line in sheet.lines]
    zero = next(at for at, column in enumerate(screen.LINES) if column.name == "returned_quantity")
    return [(*row[:zero], row[zero] or None) for row in rows]


def _filled(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> Listing:
    """Give a table without the columns that are empty in every row."""
    places = [at for at in range(len(columns)) if any(row[at] not in (None, "", []) for row in rows)]
    return Listing([columns[at] for at in places], [[row[at] for at in places] for row in rows])


def _about(sheet: Sheet, found: dict[str, Any]) -> Pairs:
    head = sheet.head
    quoted = head["quoted_on"] if head["ordered_on"] is not None else None
    flags = [word for word in ("partial", "overdue", "late") if found[word]]
    paid = ", ".join(filter(None, (head["paid_status"], *flags)))
    return [
        (Column("status", "code", keep=0), screen.status(sheet)),
        (Column("paid", "code"), paid),
        (Column("delivery", "code"), head["delivery_status"]),
        (Column("date", "date", title="ordered" if head["ordered_on"] else "quoted", keep=0), found["date"]),
        (Column("quoted_on", "date", title="quoted"), quoted),
        (Column("expires_on", "date", title="valid to"), None if head["ordered_on"] else head["expires_on"]),
        (Column("needed_on", "date", title="needed by"), head["needed_on"]),
        (Column("job"), head["job_name"]),
        (Column("class", "code"), head["class"]),
        (Column("salesperson", "code", keep=0), head["salesperson"]),
        (Column("location", "code"), head["location"]),
        (Column("purchase_order", "code", title="their number"), head["purchase_order"]),
        (Column("deliver_to"), head["delivery_text"]),
        (Column("terms"), head["terms_name"] and f"{head['terms_name']}, on account"),
        (Column("invoice", "code"), _invoice(head)),
        (Column("requested_on", "date", title="asked for payment"), head["requested_on"]),
        (Column("replaces", "ref", prefix="O"), head["swap_of"]),
        (Column("margin", keep=0, title="est. margin" if found["kind"] == "quote" else "margin"), _margin(found)),
        (Column("elsewhere"), ", ".join(f"{x['system']}:{x['external_id']}" for x in sheet.external_ids) or None),
    ]


def _margin(found: dict[str, Any]) -> str:
    told = "n/a" if found["margin"] is None else money.show_percent(found["margin"])
    return told if found["margin_complete"] else f"{told}, incomplete: a cost is not known"


def _invoice(head: Any) -> str | None:
    if head["invoice_number"] is None:
        return None
    due = f", due {head['due_on']}" if head["due_on"] else ", due when a statement lists it"
    return f"I{head['invoice_number']} of {head['invoiced_on']}{due}"


def _alerts(sheet: Sheet, found: dict[str, Any]) -> list[Section]:
    lines = [_note(row) for row in sheet.notes if row["important"]]
    alerts = [Section("Important", lines, alert=True)] if lines else []
    if screen.status(sheet) == "expired":
        ref = base.ref_of(sheet.head)
        told = f"since {sheet.head['expires_on']}; hub quotes extend {ref} gives it a new date"
        alerts.append(Section("Expired", [told], alert=True))
    if sheet.head["production_hold"]:
        told = f"in production; hub orders unhold {base.ref_of(sheet.head)} lets it go on"
        alerts.append(Section("On hold", [told], alert=True))
    if found["late"]:
        alerts.append(Section("Late", [f"needed by {sheet.head['needed_on']}, not all delivered"], alert=True))
    return alerts


def _note(row: Any) -> str:
    content = row["text"] or ""
    shown = content if len(content) <= LONGEST else content[:LONGEST].rstrip() + "…"
    return f"N{row['id']}  {shown}  ({row['type']}, {row['author']} {row['written_on']})"


def _production(sheet: Sheet) -> list[str]:
    """Give where an order stands in the workshop, once something of it was noted there."""
    state, *days = sheet.production
    reached = [
        f"{name.replace('-', ' ')} {day}"
        for name, day in zip(milestones.NAMES, days, strict=True)
        if day is not None and name not in milestones.FOLLOWS
    ]
    if not reached and not sheet.head["production_hold"]:
        return []
    return [f"{state.replace('-', ' ')}: {', '.join(reached) or 'no milestone reached'}"]


def _sent(row: Any) -> str:
    to = f" to {visible(row['sent_to'])}" if row["sent_to"] else ""
    way = "" if row["way"] == "email" else f" ({row['way']})"
    return f"{row['sent_on']}  {row['kind'].replace('-', ' ')}{to}{way}, {row['sent_by']}"


def _services(sheet: Sheet) -> list[str]:
    """Give installs, plans, haul-away and serial numbers in words, each with its line."""
    found = []
    for line in sheet.lines:
        found += [f"{line['line']}  {_service(one, line)}" for one in sheet.services.get(line["id"], [])]
        if sheet.serials.get(line["id"]):
            found.append(f"{line['line']}  serial {', '.join(sheet.serials[line['id']])}")
    return found


def _service(one: Any, line: Any) -> str:
    count = f"{one['quantity']} × " if one["quantity"] > 1 else ""
    months = f", {one['months']} months" if one["months"] else ""
    end = screen.plan_end(one, line)
    until = f", covers to {end}" if end else ""
    back = ", returned" if one["returned"] else ""
    cost = f" (cost {money.show(one['cost_cents'])})" if one["cost_cents"] is not None else ""
    return f"{one['kind']}  {one['name']}  {count}{money.show(one['price_cents'])}{cost}{months}{until}{back}"


def _sum(found: dict[str, Any]) -> list[tuple[str, int]]:
    """Give the parts of the total that are not zero, then what was paid and what is left."""
    discounts = dict(zip((c.name for c in found["discounts"].columns), found["discounts"].values, strict=True))
    charges = zip((c.name for c in found["charges"].columns), found["charges"].values, strict=True)
    parts = [
        ("services", found["services"]),
        *((f"{name} charge", cents) for name, cents in charges),
        ("customer discount", -discounts["customer"]),
        ("coupon", -discounts["coupon"]),
        ("instant rebate", -discounts["rebate"]),
        ("gift certificate", -discounts["gift_certificate"]),
    ]
    after = [("returned", -found["returned"]), ("taken off", -found["adjusted"])]
    return [
        ("goods", found["goods"]),
        *((name, cents) for name, cents in parts if cents),
        (f"tax {_rate(found)}".strip(), found["tax"]),
        ("total", found["total"]),
        *((name, cents) for name, cents in after if cents),
        ("paid", found["paid"]),
        *((("pending", found["pending"]),) if found["pending"] else ()),
        ("balance", found["balance"]),
    ]


def _rate(found: dict[str, Any]) -> str:
    if found["tax_exempt"]:
        return "(exempt)"
    return money.show_rate(found["tax_rate"]) if found["tax_rate"] else ""


def _next(sheet: Sheet, found: dict[str, Any], ref: str) -> list[str]:
    """Say what keeps a quote from being paid."""
    bare = [str(line["line"]) for line in sheet.lines if not line["fulfillment"]]
    if found["kind"] != "quote" or screen.status(sheet) not in base.OPEN_QUOTE or not bare:
        return []
    which = f"line {bare[0]} says" if len(bare) == 1 else f"lines {', '.join(bare)} say"
    return [f"{which} nothing of fulfillment, which keeps the quote from being paid:",
            f"hub quotes edit-line {ref} {bare[0]} --fulfillment delivery"]  # fmt: skip
