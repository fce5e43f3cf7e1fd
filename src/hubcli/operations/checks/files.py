"""Checks that the files kept in the database are as they came."""

import hashlib
from collections.abc import Iterator

from hubcli.operations.checks.base import Broken, View


def whole(view: View) -> Iterator[Broken]:
    """R13: the bytes of every file are there and have their digest; those of erased people are gone with it."""
    for row in view.rows("checks.files"):
        if row["content"] is None:
            yield f"files {row['id']}", "its bytes are gone"
        elif hashlib.sha256(row["content"]).hexdigest() != row["sha256"]:
            yield f"files {row['id']}", "its bytes were altered: their digest does not hold"
