"""What the screens of several nouns share: whether one is drawn, and tables without their empty columns."""

import sys
from collections.abc import Sequence
from typing import Any

from hubcli.command import Run
from hubcli.render import Column, Listing


def drawn(run: Run) -> bool:
    """Tell whether screens are drawn, not lines or JSON written."""
    from hubcli.render.output import format_of, is_file

    output = run.output()
    return format_of(output, to_file=is_file(output.path), terminal=sys.stdout.isatty()) == "table"


def filled(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> Listing:
    """Give a table without the columns that are empty in every row."""
    places = [at for at in range(len(columns)) if any(row[at] not in (None, "", []) for row in rows)]
    return Listing([columns[at] for at in places], [[row[at] for at in places] for row in rows])
