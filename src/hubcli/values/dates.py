"""Days, ranges and ages as people type them, and the days of imported files.

Days are calendar days of the shop; `today` is always given, so that every dated rule can be tested. Instants and clocks
live in clock.py and are offered here too.
"""

import datetime as dt
import re
from typing import Literal

from hubcli.errors import bad_value
from hubcli.values.clock import business_day, instant, local_day, local_time, now_utc
from hubcli.values.periods import (
    DAY_FORM,
    RANGE_FORM,
    add_months,
    find_day,
    find_span,
    move,
    numeric_day,
    plain,
    refusal,
    two_readings,
)

__all__ = [
    "add_months",
    "age",
    "business_day",
    "day",
    "day_range",
    "imported_day",
    "instant",
    "later",
    "local_day",
    "local_time",
    "not_future",
    "now_utc",
    "show_range",
]

Order = Literal["ymd", "mdy", "dmy"]
Range = tuple[dt.date | None, dt.date | None]

FIRST, LAST = dt.date.min, dt.date.max
"""The first and the last day of the calendar, which an open end of a range reaches."""
AGE_FORM = "write an age as in 365d, 6w, 12mo or 2y"


def day(text: str, today: dt.date, field: str = "date") -> dt.date:
    """Read one day: `2025-05-01`, `today`, `30 days ago`, `in 3 days`, `last friday`, `end of last month`.

    A range or a period is refused with the range that it means; what could be two days is refused with both.
    """
    words = plain(text)
    found = find_day(words, today, field, text)
    if found is not None:
        return found
    if ".." in words:
        raise bad_value(field, text, f"is a range, but one day is needed: {DAY_FORM}")
    span = find_span(words, today, field, text)
    if span is not None:
        raise bad_value(field, text, f"is a range ({span[0]}..{span[1]}), but one day is needed: {DAY_FORM}")
    raise refusal(field, text, words, today, DAY_FORM)


def day_range(text: str, today: dt.date, field: str = "range") -> Range:
    """Read first and last day, both included, None for an open end; one day is a range of one day.

    `2025-05-01..2025-05-31`, `..today`, `2025-05-01..`, `2025`, `2025-05`, `2025-q2`, `2025-03..2025-05`, `last month`,
    `this year`, `last spring` (seasons of the northern half, from March 1), `last 30 days`, `12mo` (up to today).
    """
    words = plain(text)
    left, dots, right = words.partition("..")
    if not dots:
        return _span(words, today, field, text)
    first = _span(left.strip(), today, field, text)[0] if left.strip() else None
    last = _span(right.strip(), today, field, text)[1] if right.strip() else None
    if first is None and last is None:
        raise bad_value(field, text, f"names neither a first nor a last day: {RANGE_FORM}")
    if first and last and first > last:
        raise bad_value(field, text, f"begins after it ends ({first} is later than {last}): {RANGE_FORM}")
    return first, last


def later(day: str, days: int) -> str:
    """Give the day so many days after a day, both as ISO text."""
    return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()


def show_range(span: Range) -> str:
    """Give a range as it can be typed again: `2025-05-01..2025-05-31`, `..2025-05-31`, or one day."""
    first, last = span
    return str(first) if first and first == last else f"{first or ''}..{last or ''}"


def not_future(value: dt.date, today: dt.date, field: str = "date") -> dt.date:
    """Give the day back, or raise bad_value when it is after today."""
    if value > today:
        raise bad_value(field, value.isoformat(), f"is in the future: write a day up to today, {today}")
    return value


def age(text: str, today: dt.date, field: str = "age") -> dt.date:
    """Read `365d`, `6w`, `12mo` or `2y` as the day that long before today; the number is above 0."""
    found = re.fullmatch(r"([0-9]{1,5}) ?(d|days?|w|weeks?|mo?|months?|y|years?)", plain(text))
    if not found or not int(found[1]):
        raise bad_value(field, text, f"is not an age: {AGE_FORM}")
    try:
        return move(today, -int(found[1]), found[2])
    except (OverflowError, ValueError):
        raise bad_value(field, text, f"is out of the calendar: {AGE_FORM}") from None


def imported_day(text: str, order: Order = "ymd", field: str = "date") -> dt.date:
    """Read the day of a cell of a file, a clock time behind it left out and its offset not applied.

    `1996-07-04 00:00:00.000` and `4 July 1996` are clear; `07/04/1996` is read only with the order stated, and never
    the other way round when that gives no day. A mapping puts the order that it states behind such a day: `(mdy)`.
    """
    words = " ".join(text.split())
    if stated := re.fullmatch(r"(.*) \((mdy|dmy)\)", words):
        text = words = stated[1]
        order = "mdy" if stated[2] == "mdy" else "dmy"
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.,]+ ?(?:Z|UTC|[+-][0-9:]{2,6})?)?", words):
        try:
            return dt.date.fromisoformat(words[:10])
        except ValueError:
            raise bad_value(field, text, "is not a day of the calendar") from None
    found = re.fullmatch(r"([0-9]{1,4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,4})(?:[T ][0-9:., ]+(?:[AaPp][Mm])?)?", words)
    if found:
        return _ordered_day((found[1], found[2], found[3]), order, field, text)
    return _written_day(words, field, text)


def _span(words: str, today: dt.date, field: str, text: str) -> tuple[dt.date, dt.date]:
    one = find_day(words, today, field, text)
    span = (one, one) if one else find_span(words, today, field, text)
    if span is None:
        raise refusal(field, text, words, today, RANGE_FORM)
    return span


def _ordered_day(parts: tuple[str, str, str], order: Order, field: str, text: str) -> dt.date:
    """Read three numbers in the stated order; a four-digit year in front needs no order."""
    actual = "ymd" if len(parts[0]) == 4 else order
    if actual == "ymd" and len(parts[0]) != 4:
        readings = two_readings("/".join(parts), dt.date(2000, 1, 1))
        which = f"could be {' or '.join(readings)}" if readings else "is not a date"
        raise bad_value(field, text, f"{which}: state the order of the file's dates, mdy or dmy")
    found = numeric_day(parts[actual.index("y")], parts[actual.index("m")], parts[actual.index("d")])
    if found is None:
        raise bad_value(field, text, f"is not a day of the calendar in the order {actual}")
    return found


def _written_day(words: str, field: str, text: str) -> dt.date:
    """Read a date with its month in letters; one that leaves a part out is refused, since the library would fill it."""
    from dateutil import parser

    rule = "is not a date: use 2025-05-01 in the file, or state the order of its dates"
    if len(words) > 60 or not re.search(r"[A-Za-z]{3}", words):
        raise bad_value(field, text, rule)
    defaults = (dt.datetime(2000, 1, 1, tzinfo=dt.UTC), dt.datetime(2001, 2, 2, tzinfo=dt.UTC))
    try:
        found: set[dt.date] = {parser.parse(words, default=default, ignoretz=True).date() for default in defaults}
    except (ValueError, OverflowError):
        raise bad_value(field, text, rule) from None
    if len(found) != 1:
        raise bad_value(field, text, "is not a whole date: it needs day, month and year")
    return found.pop()
