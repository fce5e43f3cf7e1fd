"""What a command returns to be printed, and the settings that say how."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.render.columns import Column

if TYPE_CHECKING:
    from datetime import tzinfo

ALL = sys.maxsize
"""The `limit` of --limit all."""

Total = int | Callable[[], int | str] | None
AsText = Callable[[Sequence[int]], Iterator[str] | None]


class Listing:
    """Rows of one shape, printed as a table.

    `rows` are tuples of raw values in the order of `columns`, read once and streamed. `name` is the plural noun of
    messages ("no customers"). `summary` is a line said on stderr of a terminal. `total` is the number of rows there
    would be without a limit, or a function that counts them (called only when the limit was reached), or gives words
    for the rest; None when `rows` itself holds every row. `totals` are rows of sums (None: no sum) that a terminal
    draws under the table; machine formats hold the rows only. `as_text` gives the same rows for the columns at some
    places, each as a JSON array of the text of its cells, made by the database (a list as it is kept); None where it
    cannot. `ordered` says that the rows come in the order that --sort asked for; `wrap` that on a
    terminal text of `long` columns is not cut but goes on below itself.
    """

    __slots__ = ("as_text", "columns", "name", "ordered", "rows", "summary", "total", "totals", "wrap")

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Any]],
        *,
        name: str = "customers",
        summary: str | None = None,
        total: Total = None,
        totals: Sequence[Sequence[Any]] = (),
        ordered: bool = False,
        wrap: bool = False,
    ) -> None:
        self.columns = tuple(columns)
        self.wrap = wrap
        self.ordered = ordered
        self.totals = totals
        self.as_text: AsText | None = None
        self.rows: Iterator[Sequence[Any]] = iter(rows)
        self.name = name
        self.summary = summary
        self.total = total

    def skip(self, count: int) -> None:
        """Leave out the first rows; `total` is from then on that of the others."""
        whole = self.total
        self.rows = islice(self.rows, count, None)
        self.as_text = None

        def rest() -> int | str:
            there = whole() if callable(whole) else whole
            return max(0, there - count) if isinstance(there, int) else there or ""

        self.total = None if whole is None else rest


class Record:
    """One object: label and value pairs under a title, then sections; a JSON object; one line of TSV or CSV."""

    __slots__ = ("columns", "sections", "title", "values")

    def __init__(
        self,
        columns: Sequence[Column],
        values: Sequence[Any],
        *,
        title: str = "",
        sections: Sequence["Section"] = (),
    ) -> None:
        self.columns = tuple(columns)
        self.values = tuple(values)
        self.title = title
        self.sections = tuple(sections)

    def whole(self) -> tuple[tuple[Column, ...], tuple[Any, ...]]:
        """Give the columns and values with the keyed sections behind them, as JSON shows them."""
        keyed = [section for section in self.sections if section.key]
        return (
            (*self.columns, *(Column(section.key, "object") for section in keyed)),
            (*self.values, *(section.body for section in keyed)),
        )


class Section:
    """A titled part of a record's screen: lines of text, a small Listing, or a Record of more fields.

    With `key` it is in JSON under that key too. `alert` frames it in red above the record. `more` ends the line that
    counts what a Listing with a `total` leaves out ("hub notes list C12"). An empty section is not shown.
    """

    __slots__ = ("alert", "body", "key", "more", "title")

    def __init__(
        self, title: str, body: Sequence[str] | Listing | Record, *, key: str = "", alert: bool = False, more: str = ""
    ) -> None:
        self.title = title
        self.body = body
        self.key = key
        self.alert = alert
        self.more = more


class Output(NamedTuple):
    """How to print: the global options, as given.

    `limit` None is 50 on a terminal and every row elsewhere. `path` "-" or None is stdout. `mode` is the file's mode
    (0o640); None keeps the old file's, or makes 0600. `protect` are paths never overwritten, the database first: its
    side files are protected with it. `last` says that nothing is left to do once the file has taken its place, so that
    it comes too late then to ask hub to stop. `require` keeps the old file where there are no rows. `width` None asks
    the terminal; `zone` None is the system's time zone.
    """

    format: str = "auto"
    fields: tuple[str, ...] | None = None
    header: bool = True
    excel: bool = False
    limit: int | None = None
    path: str | None = None
    mode: int | None = None
    no_clobber: bool = False
    protect: tuple[str, ...] = ()
    last: bool = False
    require: bool = False
    color: str = "auto"
    width: int | None = None
    quiet: bool = False
    zone: "tzinfo | None" = None
