"""Payments: money received on quotes and orders, how it is confirmed, taken back and given back."""

from hubcli.operations.payments.take import Paid, Wanted, add

__all__ = ["Paid", "Wanted", "add"]
