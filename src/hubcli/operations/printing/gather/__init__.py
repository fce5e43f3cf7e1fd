"""Gathers the sheets: quote, order, invoice, delivery, statement, visit, receipt, credit note, customer credit.

Only what the reader may see is taken: no cost, no margin, no internal note; delivery notes only on what the driver and
the technician take along.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hubcli.operations.printing.gather.documents import document
from hubcli.operations.printing.gather.errands import delivery, visit
from hubcli.operations.printing.gather.money import credit_note, receipt, repayment, wallet
from hubcli.operations.printing.gather.statements import statement
from hubcli.operations.printing.sheet import Sheet

if TYPE_CHECKING:
    from hubcli.store import Hub

MAKERS = {
    "statement": statement,
    "visit": visit,
    "delivery": delivery,
    "receipt": receipt,
    "repayment": repayment,
    "credit-note": credit_note,
    "credit": wallet,
}


def sheets(hub: "Hub", refs: Sequence[tuple[str, int]]) -> list[Sheet]:
    """Give the sheets of records by kind and number."""
    return [MAKERS[kind](hub, number) if kind in MAKERS else document(hub, number, kind) for kind, number in refs]
