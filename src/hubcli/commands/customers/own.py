"""Fields of the shop's own as columns of a list of customers."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from hubcli.command import Run
from hubcli.errors import bad_value
from hubcli.render import ASKED, Column, Listing


def fields(run: Run, names: Iterable[str] | None = None) -> list[Any]:
    """Give the fields that are offered, or those of some names."""
    wanted = None if names is None else {*names}
    rows = [row for row in run.hub.rows("access.fields") if not row["retired"]]
    return rows if wanted is None else [row for row in rows if row["name"] in wanted]


def widen(found: Listing, offered: Sequence[Any]) -> Listing:
    """Give a listing, whose last value is the object of all that a customer's fields hold, a column for each field."""
    if offered:
        found.columns = (*found.columns, *(Column(row["name"], keep=ASKED) for row in offered))
        found.rows = _spread(found.rows, [str(row["id"]) for row in offered])
        found.as_text = None
    return found


def _spread(rows: Iterable[Sequence[Any]], numbers: Sequence[str]) -> Iterator[list[Any]]:
    for *row, held in rows:
        values = json.loads(held)
        yield [*row, *(values.get(number) for number in numbers)]


def pairs(typed: Sequence[str]) -> dict[str, str | None]:
    """Give NAME=VALUE as names and values, None for an empty one; raise bad_value."""
    found: dict[str, str | None] = {}
    for pair in typed:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise bad_value("field", pair, "is not NAME=VALUE")
        found[name.strip()] = value.strip() or None
    return found
