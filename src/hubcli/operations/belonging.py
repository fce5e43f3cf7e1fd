"""Keeps what hangs on a document with the document's customer, once the document changed hands.

Which tables hold such rows is read from the schema, so a table that comes later is covered.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from hubcli import schema

if TYPE_CHECKING:
    from hubcli.store import Hub

APART = {
    "external_ids": "a number of another system is of a customer or of a document",
    "layouts": "a layout is the customer's; its document is only the last one that used it",
    "mails": "a letter stays with whom it was written to",
}
"""Tables whose rows stay where they are, and why."""
REPAID = """ AND type <> 'line_repayment'
  AND coalesce((SELECT v.type FROM wallet_entries v WHERE v.id = wallet_entries.reverses), '') <> 'line_repayment'"""
"""Customer credit that repaid a draw stays: a company may repay for its contacts."""
CHUNK = 500


@cache
def tables() -> tuple[tuple[str, str, str], ...]:
    """Give (table, column, parent) of the rows that follow their document, or the draw that they repay."""
    owned = {table for table, column, _ in schema.references() if column == "customer_id"} - APART.keys()
    hung = [(t, c, p) for t, c, p in schema.references() if t in owned and c == "document_id"]
    return (*sorted(hung), ("line_repayments", "payment_id", "payments"))


def follow(hub: "Hub", documents: Sequence[int]) -> None:
    """Give every row that hangs on these documents to the document's customer, inside a change.

    Notes of another customer come off them.
    """
    for at in range(0, len(documents), CHUNK):
        some = documents[at : at + CHUNK]
        for table, column, parent in tables():
            _follow(hub, table, column, parent, some)
        hub.run("documents.detach_foreign", {"ids": list(some)})


def _follow(hub: "Hub", table: str, column: str, parent: str, documents: Sequence[int]) -> None:
    listed = ", ".join(str(int(number)) for number in documents)
    there = listed if parent == "documents" else f"SELECT id FROM {parent} WHERE document_id IN ({listed})"
    owner = f"(SELECT p.customer_id FROM {parent} p WHERE p.id = {table}.{column})"
    stays = REPAID if table == "wallet_entries" else ""
    hub.execute(
        f"UPDATE {table} SET customer_id = {owner} WHERE {column} IN ({there}) AND customer_id <> {owner}{stays}"
    )
