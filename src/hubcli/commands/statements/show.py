"""Shows a statement as it was issued, and what changed since."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Run, command
from hubcli.commands import targets
from hubcli.commands.screens import drawn, filled
from hubcli.commands.statements.send import numbers
from hubcli.operations.statements import kept, letter
from hubcli.render import ASKED, Column, Listing, Record, Section
from hubcli.values.text import visible

app = typer.Typer()

Ref = Annotated[str, Argument(metavar="S", help="such as S12; - reads it from stdin")]
LINES = (
    Column("number", "code", title="#"),
    Column("document", "code", keep=5),
    Column("customer", "code", keep=ASKED),
    Column("date", "date", keep=4),
    Column("due_on", "date", title="due", keep=2),
    Column("total", "money", keep=3),
    Column("paid", "money", keep=6),
    Column("balance", "money", title="open"),
    Column("days_overdue", "count", title="late"),
    Column("disputed", "bool", keep=2),
    Column("tier", "code", keep=ASKED),
    Column("message", "long", keep=ASKED),
    Column("paid_on", "date", keep=7),
    Column("printed", "code", keep=ASKED),
)
SHOWN = (
    Column("number", "code", title="#"),
    Column("kind", "code"),
    Column("from", "date"),
    Column("to", "date"),
    Column("issued_on", "date", title="issued"),
    Column("shop", "object"),
    Column("customer", "code"),
    Column("customer_name", title="name"),
    Column("address", "list"),
    Column("lines", "object"),
    Column("messages", "list"),
    Column("balance", "money", title="listed"),
    Column("not_yet_due", "money"),
    Column("not_yet_due_count", "count"),
    Column("not_listed", "object"),
    Column("total_owed", "money", title="owed"),
    Column("aging", "object"),
    Column("customer_credit", "money"),
    Column("opening", "money"),
    Column("moves", "object"),
    Column("replaced_by", "ref", prefix="S"),
    Column("sent", "object"),
    Column("digest", "code"),
)
SENT = (Column("way", "code"), Column("sent_to", title="to"), Column("sent_on", "date", title="sent"))
DIFFERENCES = (
    Column("number", "code", title="#"),
    Column("what", "code"),
    Column("issued", "money"),
    Column("now", "money", title="as known now"),
    Column("today", "money"),
)
MOVES = (
    Column("date", "date"),
    Column("number", "code", title="#"),
    Column("what", "code"),
    Column("document", "code", keep=3),
    Column("amount", "money"),
    Column("balance", "money"),
)


@command(app, "show")
def show(
    run: Run, ref: Ref, *, as_text: Annotated[bool, Option("--text", help="as the customer reads it")] = False
) -> Record | str:
    """Show a statement as it was issued: nothing that came later changes it.

    Its digest is checked first; one that was altered since is not shown (exit 7).

    Examples:
    hub statements generate C3 --monthly -q | hub statements show -
    hub statements generate C3 --monthly -q | hub statements show - --text
    """
    row = _row(run, ref)
    shown = kept.opened(row)
    if as_text:
        return letter.text(shown)
    sent = [tuple(one) for one in run.hub.rows("statements.sendings", {"id": row["id"]})]
    if drawn(run) and not run.fields:
        return _screen(row, shown, sent)
    told = shown | {"replaced_by": row["replaced_by"], "sent": Listing(SENT, sent), "digest": row["digest"]}
    return Record(SHOWN, kept.row_of(SHOWN, told))


def _row(run: Run, ref: str) -> Any:
    """Give the row of the statement that is named; raise needs_option where stdin names none or several."""
    found = numbers([ref])
    if len(found) != 1:
        raise targets.need(f"one statement is shown at a time, {len(found)} were named", "hub statements list")
    return kept.get(run.hub, found[0])


def _screen(row: Any, shown: Mapping[str, Any], sent: list[Any]) -> Record:
    """Give the screen: what it is, what it lists, its sums, what it says, when it was sent."""
    anew = [f"as S{row['replaced_by']}"] if row["replaced_by"] else []
    lines = [kept.row_of(LINES, line | {"disputed": line["disputed"] or None}) for line in shown["lines"]]
    pairs = [
        (Column("period", keep=0), f"{shown['from']} to {shown['to']}"),
        (Column("kind", "code", keep=0), shown["kind"]),
        (Column("issued_on", "date", title="issued", keep=0), shown["issued_on"]),
        (Column("address"), ", ".join(shown["address"]) or None),
        (Column("sent"), "; ".join(f"{at} {way}" + (f" {to}" if to else "") for way, to, at in sent) or "not yet"),
    ]
    return Record(
        [column for column, _ in pairs],
        [value for _, value in pairs],
        title=f"Statement {shown['number']}  {shown['customer']} {visible(shown['customer_name'])}",
        sections=[
            *([Section("Issued anew", anew, alert=True)] if anew else []),
            Section("Movements", _moves(shown)),
            Section("Lists", filled(LINES, lines)),
            Section("Total", Listing((Column("part"), Column("amount", "money")), _sums(shown))),
            Section("Says", [visible(message) for message in shown["messages"]]),
        ],
    )


def _moves(shown: Mapping[str, Any]) -> Listing:
    if shown.get("opening") is None:
        return Listing(MOVES, [])
    first = (shown["from"], None, "balance before", None, None, kept.cents(shown["opening"]))
    return filled(MOVES, [first, *(kept.row_of(MOVES, move) for move in shown["moves"])])


def _sums(shown: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Give what it comes to, in cents; customer credit beside it, since that is never netted."""
    named = (
        ("listed", "balance"), (f"not yet due, {letter.counted(shown)}", "not_yet_due"),
        ("owed", "total_owed"), ("customer credit", "customer_credit"),
    )  # fmt: skip
    return [
        (name, cents) for name, key in named if (cents := kept.cents(shown[key])) or key in {"balance", "total_owed"}
    ]


@command(app, "diff")
def diff(run: Run, ref: Ref) -> Listing:
    """Tell what changed since a statement was issued.

    Each item that differs: its balance as issued, the same day's balance as it is known now (what was entered or
    corrected later), and today's (what came after).

    Examples:
    hub statements generate C3 --monthly -q | hub statements diff -
    """
    row = _row(run, ref)
    rows = [tuple(found) for found in kept.differences(run.hub, row)]
    if not rows:
        run.tell(f"S{row['id']} stands: nothing it says has changed")
    return Listing(DIFFERENCES, rows, name="differences")
