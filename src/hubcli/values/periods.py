"""Days and periods in words: `2025-05`, `last quarter`, `30 days ago`, `2025-05-01..today`.

Inside the package only; dates.py holds what the rest of hub calls.
"""

import datetime as dt
import re

from hubcli.errors import HubError, bad_value

Span = tuple[dt.date, dt.date]

DAY_FORM = "write a day as in 2025-05-01, today or 30 days ago"
RANGE_FORM = "write a range as in 2025-05-01..2025-05-31, ..today, 2025-05, last month or last 30 days"

MONTHS = ("january", "february", "march", "april", "may", "june",
          "july", "august", "september", "october", "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Meteorological seasons of the northern half: the first month of each.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

_UNIT = r"(d|days?|w|weeks?|mo|months?|y|yrs?|years?)"
_PERIOD = r"(week|month|quarter|year)"
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


def plain(text: str) -> str:
    """Give text in lower case with single blanks, as the words are compared."""
    return " ".join(text.lower().split())


def find_day(words: str, today: dt.date, field: str, text: str) -> dt.date | None:
    """Give the one day that plain words name, or None when they name no single day; raise for an impossible day."""
    try:
        return (
            _iso_day(words, field, text)
            or _near_day(words, today)
            or _distant_day(words, today)
            or _weekday(words, today)
            or _edge_day(words, today, field, text)
        )
    except (OverflowError, ValueError):
        raise bad_value(field, text, f"is out of the calendar: {DAY_FORM}") from None


def find_span(words: str, today: dt.date, field: str, text: str) -> Span | None:
    """Give the first and last day of the period that plain words name, or None; both ends belong to it."""
    try:
        return (
            _iso_span(words, field, text)
            or _named_span(words, today)
            or _season(words, today)
            or _counted_span(words, today)
        )
    except (OverflowError, ValueError):
        raise bad_value(field, text, f"is out of the calendar: {RANGE_FORM}") from None


def add_months(day: dt.date, count: int) -> dt.date:
    """Move a day by months, to the last day of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def move(day: dt.date, count: int, unit: str) -> dt.date:
    """Move a day by a number of days, weeks, months or years, named by the first letter of the unit."""
    if unit[0] in "dw":
        return day + dt.timedelta(days=count * (7 if unit[0] == "w" else 1))
    return add_months(day, count * (12 if unit[0] == "y" else 1))


def refusal(field: str, text: str, words: str, today: dt.date, form: str) -> HubError:
    """Say why text is no date: which two it could be, or that it has a clock time, or only the accepted form."""
    readings = two_readings(words, today)
    if len(readings) == 2:
        return bad_value(field, text, f"could be {readings[0]} or {readings[1]}: {form}")
    if readings:
        return bad_value(field, text, f"is not in the accepted form: write {readings[0]}")
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ t][0-9]", words):
        return bad_value(field, text, f"has a clock time: {form}")
    return bad_value(field, text, f"is not a date: {form}")


def two_readings(words: str, today: dt.date) -> list[str]:
    """Give what an unclear date could mean, as up to two accepted texts; none when it means nothing."""
    if found := re.fullmatch(r"([0-9]{1,4})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{1,4}))?", words):
        return _numeric_readings(found[1], found[2], found[3], today)
    if len(words) >= 3 and (month := next((n for n, m in enumerate(MONTHS, 1) if m.startswith(words)), 0)):
        year = today.year if month <= today.month else today.year - 1
        return [f"{year}-{month:02d}", f"{year + 1}-{month:02d}"]
    if words in WEEKDAYS:
        ahead = (WEEKDAYS.index(words) - today.weekday() - 1) % 7 + 1
        return [(today + dt.timedelta(days=n)).isoformat() for n in (ahead - 7, ahead)]
    if re.fullmatch(r"[0-9]{1,2}", words):
        return _lone_number_readings(int(words), today)
    return []


def _iso_day(words: str, field: str, text: str) -> dt.date | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", words):
        return None
    year, month, day = (int(part) for part in words.split("-"))
    _check_year_month(year, month, field, text)
    if not 1 <= day <= _days_in(year, month):
        last = _days_in(year, month)
        raise bad_value(field, text, f"is not a day: {MONTHS[month - 1].title()} {year} has {last} days; {DAY_FORM}")
    return dt.date(year, month, day)


def _near_day(words: str, today: dt.date) -> dt.date | None:
    offset = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}.get(words)
    return None if offset is None else today + dt.timedelta(days=offset)


def _distant_day(words: str, today: dt.date) -> dt.date | None:
    """Read `30 days ago`, `a week ago`, `in 3 days`, `2 months from now`."""
    count = r"([0-9]{1,5}|an?|one|two|three) ?"
    if found := re.fullmatch(count + _UNIT + " ago", words):
        return move(today, -_number(found[1]), found[2])
    found = re.fullmatch("in " + count + _UNIT, words) or re.fullmatch(count + _UNIT + " from (?:now|today)", words)
    return move(today, _number(found[1]), found[2]) if found else None


def _weekday(words: str, today: dt.date) -> dt.date | None:
    """Read `last friday` (before today) and `next friday` (after today)."""
    found = re.fullmatch(f"(last|next) ({'|'.join(WEEKDAYS)})", words)
    if not found:
        return None
    ahead = (WEEKDAYS.index(found[2]) - today.weekday() - 1) % 7 + 1
    return today + dt.timedelta(days=ahead if found[1] == "next" else (ahead - 7 or -7))


def _edge_day(words: str, today: dt.date, field: str, text: str) -> dt.date | None:
    """Read `end of last month`, `start of 2025`, `beginning of this quarter`."""
    found = re.fullmatch(r"(?:the )?(end|start|beginning) of (?:the )?(.+)", words)
    if not found:
        return None
    period = f"this {found[2]}" if re.fullmatch(_PERIOD, found[2]) else found[2]
    span = _iso_span(period, field, text) or _named_span(period, today) or _season(period, today)
    return span and span[found[1] == "end"]


def _iso_span(words: str, field: str, text: str) -> Span | None:
    """Read `2025`, `2025-05` and `2025-q2`."""
    if found := re.fullmatch(r"([0-9]{4})-?q([1-4])", words):
        _check_year_month(int(found[1]), 1, field, text)
        return _whole(dt.date(int(found[1]), int(found[2]) * 3 - 2, 1), 3)
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?", words)
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 1)
    _check_year_month(year, month, field, text)
    return _whole(dt.date(year, month, 1), 1 if found[2] else 12)


def _named_span(words: str, today: dt.date) -> Span | None:
    """Read `this`, `last` or `next` week (from Monday), month, quarter or year: calendar periods."""
    found = re.fullmatch(f"(this|current|last|previous|next) {_PERIOD}", words)
    if not found:
        return None
    shift = {"last": -1, "previous": -1, "next": 1}.get(found[1], 0)
    if found[2] == "week":
        monday = today + dt.timedelta(days=7 * shift - today.weekday())
        return monday, monday + dt.timedelta(days=6)
    months = _MONTHS_OF[found[2]]
    first = today.replace(month=today.month - (today.month - 1) % months, day=1)
    return _whole(add_months(first, shift * months), months)


def _season(words: str, today: dt.date) -> Span | None:
    """Read `last winter`: the latest over before today; spring is March to May, winter December to February."""
    found = re.fullmatch(f"last ({'|'.join(SEASONS)})", words)
    if not found:
        return None
    first = dt.date(today.year, SEASONS[found[1]], 1)
    span = _whole(first, 3)
    while span[1] >= today:
        first = add_months(first, -12)
        span = _whole(first, 3)
    return span


def _counted_span(words: str, today: dt.date) -> Span | None:
    """Read `last 30 days`, `12mo` and `next 7 days`: exactly so many, today being the last or the first of them."""
    found = re.fullmatch(r"(?:(last|past|next) )?([0-9]{1,5}) ?" + _UNIT, words)
    if not found or not int(found[2]):
        return None
    count, unit = int(found[2]), found[3]
    if found[1] == "next":
        return today, move(today, count, unit) - dt.timedelta(days=1)
    return move(today, -count, unit) + dt.timedelta(days=1), today


def _numeric_readings(first: str, second: str, third: str | None, today: dt.date) -> list[str]:
    if len(first) > 2:
        orders = [(first, second, third or "")]
    else:
        year = third or str(today.year)
        orders = [(year, first, second), (year, second, first)]
    found = [day for parts in orders if (day := numeric_day(*parts))]
    return list(dict.fromkeys(day.isoformat() for day in found))


def numeric_day(year: str, month: str, day: str) -> dt.date | None:
    """Give the day of three numbers, or None when there is no such day; years 00 to 68 are 2000 to 2068."""
    if len(year) not in {2, 4} or not all(part.isdecimal() for part in (year, month, day)):
        return None
    full = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)
    try:
        return dt.date(full, int(month), int(day)) if full >= 1000 else None
    except ValueError:
        return None


def _lone_number_readings(number: int, today: dt.date) -> list[str]:
    readings = []
    if 1 <= number <= _days_in(today.year, today.month):
        readings.append(today.replace(day=number).isoformat())
    if 1 <= number <= 12:
        readings.append(f"{today.year}-{number:02d}")
    return readings


def _check_year_month(year: int, month: int, field: str, text: str) -> None:
    if not 1900 <= year <= 9998:
        raise bad_value(field, text, f"is out of the calendar: years go from 1900 to 9998; {DAY_FORM}")
    if not 1 <= month <= 12:
        raise bad_value(field, text, f"is not a date: there is no month {month:02d}; {DAY_FORM}")


def _number(word: str) -> int:
    return _NUMBERS.get(word) or int(word)


def _whole(first: dt.date, months: int) -> Span:
    """Give the span of so many whole months from the first day of one."""
    return first, add_months(first, months) - dt.timedelta(days=1)


def _days_in(year: int, month: int) -> int:
    return 31 if month == 12 else (dt.date(year, month + 1, 1) - dt.date(year, month, 1)).days
