"""Checks that statements are as they were issued."""

import hashlib
import json
from collections.abc import Iterator

from hubcli.operations.checks.base import Broken, View
from hubcli.values import money

SUMS = (("balance", "balance_cents"), ("not_yet_due", "not_yet_due_cents"), ("total_owed", "total_owed_cents"))


def altered(view: View) -> Iterator[Broken]:
    """R12: what is kept of a statement has its digest and says its sums; what was erased says nothing any more."""
    for row in view.rows("checks.statements"):
        if hashlib.sha256(row["content"].encode()).hexdigest() != row["digest"]:
            yield f"statements {row['id']}", "is not as it was issued: its digest does not hold"
            continue
        told = json.loads(row["content"])
        for name, column in SUMS:
            if told[name] != money.show(row[column]):
                yield f"statements {row['id']}", f"says {told[name]} of {name}, its row {money.show(row[column])}"
