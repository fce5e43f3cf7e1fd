"""Column kinds: how one value of SQLite looks on a terminal, in TSV and CSV, and in JSON.

kind      value of the row                      terminal            TSV, CSV            JSON
ref       integer (with the column's prefix)    C12                 C12                 "C12"
          or text
text      text; may be shortened in a table     as is               as is               string
long      text, shortened before `text` is      as is               as is               string
money     integer cents                         1374.00             1374.00             "1374.00"
count     integer                               12                  12                  12
percent   integer basis points                  33.33%              33.33               33.33
rate      integer thousandths of a percent      8.25%               8.25                8.25
date      text, ISO day                         2025-05-01          2025-05-01          "2025-05-01"
instant   text, ISO instant in UTC              2025-05-01 14:02    as is               as is
phone     text as typed                         (206) 555-0123      as is               as is
code      text: enum word, ZIP                  as is               as is               as is
bool      0 or 1                                yes, no             yes, no             true, false
list      JSON array of text, a list, or text   a, b                a; b                ["a", "b"]
          joined with "; "
object    JSON text, dict, list, Listing,       only when asked     only when asked,    as it is
          Record                                for, as JSON        as JSON
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError, bad_value
from hubcli.values import money
from hubcli.values.text import visible

if TYPE_CHECKING:
    from datetime import tzinfo

Maker = Callable[[Any], Any]

ASKED = 90
"""`keep` of a column that a terminal shows only when --fields names it; machine formats always hold it."""

RIGHT = frozenset({"money", "count", "percent", "rate"})
SHRINKING = frozenset({"text", "long", "list"})


class Column(NamedTuple):
    """One column: `name` is its key everywhere, `title` its heading on a terminal (the name with spaces when absent).

    The highest `keep` leaves a narrow terminal first; in a record, 0 also means "shown even when empty".
    """

    name: str
    kind: str = "text"
    title: str | None = None
    keep: int = 1
    prefix: str = ""

    @property
    def heading(self) -> str:
        """The title on a terminal, safe to print."""
        return visible(self.name.replace("_", " ") if self.title is None else self.title)


def choose(columns: Sequence[Column], fields: Iterable[str] | None) -> tuple[int, ...] | None:
    """Give the positions of the named columns in the order asked for; None when no fields are named.

    Raise bad_value for a name that is no column.
    """
    wanted = dict.fromkeys(fields or ())
    if not wanted:
        return None
    places = {column.name: place for place, column in enumerate(columns)}
    for name in wanted:
        if name not in places:
            raise no_such_column("--fields", name, places)
    return tuple(places[name] for name in wanted)


def no_such_column(option: str, given: str, names: Iterable[str]) -> HubError:
    """Give the error for a name that is no column; a minus before it is the order that it was to be sorted in."""
    from hubcli.values import words

    known = list(names)
    close = words.near(given.removeprefix("-"), known)
    hint = f"did you mean {', '.join(close)}?" if close else f"there are {', '.join(known)}"
    return bad_value(option, given, f"is not a column: {hint}")


def items(value: Any) -> list[str]:
    """Give a `list` value as a list of text; None is an empty list."""
    if value is None or value == "":
        return []
    if not isinstance(value, str):
        return [str(item) for item in value]
    if value[0] != "[":
        return value.split("; ")
    from json import loads

    try:
        return [str(item) for item in loads(value)]
    except ValueError:  # text that only looks like an array
        return value.split("; ")


def nested(value: Any) -> Any:
    """Give an `object` value as what JSON nests; text is read as JSON."""
    if isinstance(value, str):
        from json import loads

        return loads(value)
    return value


def scaled(value: int, unit: int) -> int | float:
    """Give value / unit as the plainest number: 33, 33.5, 33.33; the quotient is a short decimal."""
    return value / unit if value % unit else value // unit


def local(value: str, zone: "tzinfo | None" = None) -> str:
    """Give a UTC instant as local time "2025-05-01 14:02" (`zone`; None is the system's); other text stays."""
    from datetime import UTC, datetime

    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _phone(value: str) -> str:
    from hubcli.values import phones

    return phones.show(value)


def _compact(value: Any) -> str:
    from hubcli.render.machine import encoder

    return encoder(compact=True)(nested(value))


def _yes_no(value: Any) -> str:
    return "yes" if value else "no"


def _cents(value: int | None) -> str:
    """Give cents as money.show does; in place here because an export calls it millions of times."""
    if value is None:
        return ""
    return f"{value // 100}.{value % 100:02d}" if value >= 0 else money.show(value)


def _filled(make: Maker, missing: str | None) -> Maker:
    return lambda value: missing if value is None else make(value)


def _all_filled(makers: dict[str, Maker], missing: str | None) -> dict[str, Maker]:
    return {kind: _filled(make, missing) for kind, make in makers.items()}


_TEXT: dict[str, Maker] = _all_filled(
    {
        "ref": str,
        "count": str,
        "percent": lambda value: money.show_percent(value, ""),
        "rate": lambda value: money.show_rate(value, ""),
        "bool": _yes_no,
        "list": lambda value: "; ".join(items(value)),
        "object": _compact,
    },
    "",
) | {"money": _cents}
_JSON: dict[str, Maker] = _all_filled(
    {
        "money": money.show,
        "percent": lambda value: scaled(value, 100),
        "rate": lambda value: scaled(value, 1000),
        "bool": bool,
        "object": nested,
    },
    None,
) | {"list": items}
_ON_TERMINAL: dict[str, Maker] = {
    "percent": money.show_percent,
    "rate": money.show_rate,
    "list": lambda value: ", ".join(items(value)),
    "phone": _phone,
}
_SHOWN = _TEXT | _ON_TERMINAL


def _prefixed(prefix: str, missing: str | None) -> Maker:
    """Give the maker of a reference from an integer; text is one already."""

    def make(value: Any) -> Any:
        if value is None:
            return missing
        return value if isinstance(value, str) else f"{prefix}{value}"

    return make


REPEATING = frozenset({"money", "count", "percent", "rate", "bool"})
MOST_KEPT = 4096


class _Kept(dict[Any, Any]):
    """What a function gave for each value: in a long export the same few (0.00, no, 1) come again and again."""

    def __init__(self, make: Maker) -> None:
        self.make = make

    def __missing__(self, value: Any) -> Any:
        made = self.make(value)
        if len(self) < MOST_KEPT:
            self[value] = made
        return made


def text_maker(column: Column) -> Maker | None:
    """Give the function from a value to its text in TSV and CSV; None when the value is that text, or missing."""
    return _prefixed(column.prefix, "") if column.prefix else _kept(column.kind, _TEXT)


def json_maker(column: Column) -> Maker | None:
    """Give the function that makes the JSON value of a column; None when the row's value stays as it is."""
    return _prefixed(column.prefix, None) if column.prefix else _kept(column.kind, _JSON)


def _kept(kind: str, makers: dict[str, Maker]) -> Maker | None:
    make = makers.get(kind)
    return _Kept(make).__getitem__ if make is not None and kind in REPEATING else make


def cell(column: Column, value: Any, zone: "tzinfo | None" = None) -> str:
    """Give the text of one value for a terminal: formatted by kind, every control character made visible."""
    if value is None:
        return ""
    if column.kind == "instant":
        return visible(local(value, zone))
    make = _prefixed(column.prefix, "") if column.prefix else _SHOWN.get(column.kind, str)
    return visible(str(make(value)))
