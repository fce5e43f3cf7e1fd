"""Gathers statements as they were issued."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.operations.printing.gather import base as parts
from hubcli.operations.printing.sheet import Sheet, Table
from hubcli.operations.statements import kept, letter

if TYPE_CHECKING:
    from hubcli.store import Hub

AGED = {
    "not_due": "not invoiced yet", "current": "not past due", "days_1_30": "1 to 30", "days_31_60": "31 to 60",
    "days_61_90": "61 to 90", "over_90": "more than 90", "unapplied": "money not used yet", "disputed": "disputed",
}  # fmt: skip
"""What the buckets of aging are called on paper."""


def statement(hub: "Hub", number: int) -> Sheet:
    """Give a statement as it was issued; raise not_found, statement_altered."""
    content = kept.opened(kept.get(hub, number))
    facts = parts.pairs(
        ("Issued", content["issued_on"]), ("From", content["from"]), ("To", content["to"]),
        ("Customer", content["customer"]),
    )  # fmt: skip
    listed = (("Listed", "long"), ("Date", "text"), ("Due", "text"), ("Overdue", "text"), ("Amount", "money"),
              ("Open", "money"))  # fmt: skip
    rows = tuple(
        (letter.named(line), line["date"], line["due_on"] or "", letter.late(line), line["total"], line["balance"])
        for line in content["lines"]
    )
    sums = parts.pairs(
        ("Listed", content["balance"]), (f"Not yet due, {letter.counted(content)}", content["not_yet_due"])
    )
    owner = (*parts.lines_of(content["shop"]["name"] or ""), *parts.lines_of(content["shop"]["address"] or ""))
    tables = (*_moves(content), *((Table(listed, rows),) if rows else ()), *_aged(content["aging"]))
    return parts.sheet(
        hub, f"Statement {content['number']}", (content["customer_name"], *content["address"]), facts, tables,
        (*sums, ("Owed in all", content["total_owed"])), notes=tuple(content["messages"]), shop=owner, closing=True,
    )  # fmt: skip


def _aged(aging: Mapping[str, str]) -> tuple[Table, ...]:
    """Give what is owed by how long it is due, where that is more than one figure."""
    rows = tuple((AGED[name], amount) for name, amount in aging.items() if amount != "0.00")
    return (Table((("Days past due", "long"), ("Amount", "money")), rows),) if len(rows) > 1 else ()


def _moves(content: Mapping[str, Any]) -> tuple[Table, ...]:
    """Give the movements of the period between its two balances, where the statement has them."""
    if content.get("opening") is None:
        return ()
    first = ("", f"Balance before {content['from']}", "", content["opening"])
    moved = (
        (move["date"], " ".join(filter(None, (move["what"], move["number"]))), move["amount"], move["balance"])
        for move in content["moves"]
    )
    return (Table((("Date", "text"), ("", "long"), ("Amount", "money"), ("Balance", "money")), (first, *moved)),)
