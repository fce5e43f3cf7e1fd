"""Quotes and orders: one thing at two moments, with one number for life."""

from hubcli.operations.documents.base import find, order, quote, ref_of
from hubcli.operations.documents.becoming import become_order, invoice, settle
from hubcli.operations.documents.delivery import note_delivery
from hubcli.operations.documents.totals import retotal

__all__ = ["become_order", "find", "invoice", "note_delivery", "order", "quote", "ref_of", "retotal", "settle", "view"]


def __getattr__(name: str) -> object:
    """Give `view`, whose module is loaded when a whole document is asked for."""
    if name == "view":
        from hubcli.operations.documents.screen import view

        return view
    raise AttributeError(name)
