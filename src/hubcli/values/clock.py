"""Clocks: the instant now, the business day, and the way between UTC instants and the shop's local time.

An instant is text, UTC with milliseconds and always of one width: `2025-05-01T14:02:11.123Z`, so it sorts as text.
"""

import datetime as dt
import re

from hubcli.errors import bad_value
from hubcli.values.periods import find_day, find_span, plain, refusal

INSTANT_FORM = "write a time as in 14:00, a day, or both as in 2025-05-01 14:00"


def now_utc() -> str:
    """Give the present instant of the real clock, whatever the business day is."""
    return _text(dt.datetime.now(dt.UTC))


def business_day(override: str | None = None, tz: str | None = None) -> dt.date:
    """Give the shop's day: the override (`--today`) if there is one, else the real day in the time zone.

    Without a time zone it is the day of this machine's local time. The override may use words, as in `yesterday`.
    """
    real = dt.datetime.now(dt.UTC).astimezone(_zone(tz)).date()
    if not override:
        return real
    words = plain(override)
    found = find_day(words, real, "today", override)
    if found is None:
        raise refusal("today", override, words, real, "write one day, as in 2025-05-01")
    return found


def instant(text: str, today: dt.date, tz: str | None = None, field: str = "since") -> str:
    """Read `14:00` (of today), `2025-05-01 14:00`, `yesterday 14:00` or a day (its first moment) as a UTC instant.

    Local times are of the time zone; a time that the clock change skips is moved on, one that comes twice is the first.
    A full instant with `Z` or an offset is taken as it stands.
    """
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]+([Zz]|[+-][0-9]{2}:[0-9]{2})", text.strip()):
        return _absolute(text, field)
    words = plain(text)
    found = re.fullmatch(r"(?:(.+?)[t ])?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?", words)
    day_words = (found[1] or "today") if found else words
    day = find_day(day_words, today, field, text)
    if day is None:
        span = find_span(day_words, today, field, text)
        if span is None:
            raise refusal(field, text, day_words, today, INSTANT_FORM)
        raise bad_value(field, text, f"is a range ({span[0]}..{span[1]}): {INSTANT_FORM}")
    hour, minute, second = (int(found[n] or 0) for n in (2, 3, 4)) if found else (0, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        raise bad_value(field, text, f"is not a time of day: {INSTANT_FORM}")
    return _text(_local(day, dt.time(hour, minute, second), tz))


def local_time(moment: str, tz: str | None = None) -> str:
    """Show an instant in the shop's local time: `2025-05-01 14:02`."""
    return dt.datetime.fromisoformat(moment).astimezone(_zone(tz)).strftime("%Y-%m-%d %H:%M")


def local_day(moment: str, tz: str | None = None) -> dt.date:
    """Give the shop's day on which an instant falls."""
    return dt.datetime.fromisoformat(moment).astimezone(_zone(tz)).date()


def end_of(day: dt.date, tz: str | None = None) -> str:
    """Give the last instant of a day in the time zone."""
    return _text(_local(day + dt.timedelta(days=1), dt.time(), tz) - dt.timedelta(milliseconds=1))


def _absolute(text: str, field: str) -> str:
    try:
        return _text(dt.datetime.fromisoformat(text.strip().upper()))
    except (ValueError, OverflowError):
        raise bad_value(field, text, f"is not an instant: {INSTANT_FORM}") from None


def _local(day: dt.date, time: dt.time, tz: str | None) -> dt.datetime:
    zone = _zone(tz)
    local = dt.datetime.combine(day, time, zone)
    return local if zone else local.astimezone()


def _text(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _zone(tz: str | None) -> dt.tzinfo | None:
    """Give the time zone of a name, None for this machine's own; raise bad_value for an unknown name."""
    if not tz:
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(tz)
    except (ValueError, OSError, KeyError):
        raise bad_value("timezone", tz, "is not a time zone: write a name as in America/Los_Angeles") from None
