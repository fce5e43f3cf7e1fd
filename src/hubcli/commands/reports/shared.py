"""What the reports share: their filters, the day or the period they are about, and the row of totals."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Annotated, Any, NamedTuple

from typer import Argument, Option

from hubcli.command import Run
from hubcli.commands import targets
from hubcli.errors import bad_value
from hubcli.operations import refs
from hubcli.operations.documents import fields
from hubcli.render import ASKED, Column
from hubcli.values import dates, text, words

Text = str | None
Words = list[str] | None
Ref = Annotated[Text, Argument(metavar="[REF]", help="only this customer")]
Customer = Annotated[Text, Option("--customer", metavar="REF", help="only this customer")]
Date = Annotated[Text, Option("--date", metavar="RANGE", help="such as 2025-05 or last month")]
From = Annotated[Text, Option("--from", metavar="D", help="the first day of the period")]
To = Annotated[Text, Option("--to", metavar="D", help="the last day of the period (today)")]
AsOf = Annotated[Text, Option("--as-of", metavar="D", help="as it was on that day (today)")]
KnownAt = Annotated[
    Text,
    Option("--known-at", metavar="T", help="only what was recorded by then, such as 2025-06-03 or yesterday 18:00"),
]
PERIOD = (Column("from", "date", keep=ASKED), Column("to", "date", keep=ASKED))
KNOWN = Column("known_at", "instant", title="known at", keep=ASKED)


class Period(NamedTuple):
    """A first and a last day, both included, as text; None for an open end."""

    first: str | None
    last: str | None

    @property
    def params(self) -> dict[str, str | None]:
        """The parameters that blocks take."""
        return {"date_from": self.first, "date_to": self.last}


def one_customer(run: Run, ref: Text, customer: Text) -> int | None:
    """Give the customer named as an argument or with --customer; None for all; raise bad_value for two of them."""
    named, optional = (None if typed is None else targets.customer(run, typed) for typed in (ref, customer))
    return targets.only(named, optional)


def period(run: Run, typed: Text, option: str = "--date") -> Period:
    """Give the days of a range; tell on a terminal what it was read as."""
    if typed is None:
        return Period(None, None)
    span = dates.day_range(typed, run.today, option)
    run.tell(f"{option.lstrip('-')} {dates.show_range(span)}")
    first, last = (day.isoformat() if day else None for day in span)
    return Period(first, last)


def closed_period(run: Run, first: Text, last: Text, date: Text) -> tuple[str, str]:
    """Give both ends of a period from --from and --to or from --date; the default is this month up to today.

    Raises bad_value for a range with an open end, or one that begins after it ends.
    """
    if date is not None:
        if first is not None or last is not None:
            raise bad_value("--date", date, "does not go with --from and --to")
        span = dates.day_range(date, run.today, "--date")
        begin, end = span[0], span[1]
        if begin is None or end is None:
            raise bad_value("--date", date, "has an open end: write both days, as in 2025-05")
    else:
        end = run.today if last is None else _edge(run, last, "--to")
        begin = end.replace(day=1) if first is None else _edge(run, first, "--from")
    if begin > end:
        raise bad_value("--from", str(begin), f"is later than {end}, the last day")
    run.tell(f"date {begin}..{end}")
    return begin.isoformat(), end.isoformat()


def _edge(run: Run, typed: str, option: str) -> dt.date:
    return dates.day(typed, run.today, option)


def as_of(run: Run, typed: Text) -> str:
    """Give the day that a report is about."""
    return str(run.today if typed is None else dates.day(typed, run.today, "--as-of"))


def known_at(run: Run, typed: Text) -> str | None:
    """Take the books back to what was known at an instant, or at the end of a day; give it, or None.

    Raises bad_value for an instant that is before everything the log itemises.
    """
    if typed is None:
        return None
    from hubcli.operations.reports import known
    from hubcli.values import clock

    zone = run.hub.zone
    at = clock.instant(typed, run.today, zone, "--known-at")
    if ":" not in typed:  # a day: up to its last moment
        at = clock.end_of(clock.local_day(at, zone), zone)
    known.rewind(run.hub, at, typed)
    return at


# ------------------------------------------------------------------------------------------------------------ filters


def document_filters(
    run: Run,
    *,
    customer: Annotated[Text, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
    salesperson: Annotated[Words, Option("--salesperson", metavar="STAFF")] = None,
    class_: Annotated[Words, Option("--class", metavar="C", help="retail, web, trade or project")] = None,
    location: Annotated[Text, Option("--location", metavar="T")] = None,
) -> dict[str, Any]:
    """Give the parameters of filters on documents that most reports take."""
    return {
        "customer": None if customer is None else targets.customer(run, customer),
        "salesperson": [refs.staff(run.hub, name) for name in salesperson or []],
        "class": [words.choose(word, fields.CLASSES, "--class") for word in class_ or []],
        "location": location,
    }


def search(typed: Text) -> str | None:
    """Give the pattern of a part of a name, folded."""
    return None if typed is None else "%" + text.fold(text.name(typed, "--search")).replace("%", "_") + "%"


# ------------------------------------------------------------------------------------------------------------- totals


def totals(
    columns: Sequence[Column], rows: Iterable[Sequence[Any]], *also: str, label: str = "total"
) -> list[list[Any]]:
    """Give the rows of sums that a terminal draws under a table: one with every money column and those named `also`.

    None for no rows. A column without any figure stays empty; the first one says `label`.
    """
    rows = list(rows)
    found: list[Any] = []
    for place, column in enumerate(columns):
        summed = column.kind == "money" or column.name in also
        values = [row[place] for row in rows if row[place] is not None] if summed else []
        found.append(sum(values) if values else None)
    return [[label, *found[1:]]] if rows else []
