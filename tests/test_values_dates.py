"""Days, ranges, ages, instants and imported days."""

import contextlib
import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcli.errors import HubError
from hubcli.values import dates

TODAY = dt.date(2025, 5, 7)  # a Wednesday
DAY = "write a day as in 2025-05-01, today or 30 days ago"
LOS_ANGELES = "America/Los_Angeles"


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-05-01", "2025-05-01"),
        ("2024-02-29", "2024-02-29"),
        ("today", "2025-05-07"),
        ("Yesterday", "2025-05-06"),
        ("tomorrow", "2025-05-08"),
        ("30 days ago", "2025-04-07"),
        ("2 weeks ago", "2025-04-23"),
        ("a month ago", "2025-04-07"),
        ("1 year ago", "2024-05-07"),
        ("in 3 days", "2025-05-10"),
        ("2 weeks from now", "2025-05-21"),
        ("last friday", "2025-05-02"),
        ("last wednesday", "2025-04-30"),
        ("next wednesday", "2025-05-14"),
        ("end of last month", "2025-04-30"),
        ("end of  the month", "2025-05-31"),
        ("start of 2025", "2025-01-01"),
        ("beginning of last quarter", "2025-01-01"),
    ],
)
def test_day(text: str, day: str) -> None:
    assert dates.day(text, TODAY) == d(day)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2026-02-29", f"'2026-02-29' is not a day: February 2026 has 28 days; {DAY}"),
        ("2026-13-01", f"'2026-13-01' is not a date: there is no month 13; {DAY}"),
        ("02/03/04", f"'02/03/04' could be 2004-02-03 or 2004-03-02: {DAY}"),
        ("1/2", f"'1/2' could be 2025-01-02 or 2025-02-01: {DAY}"),
        ("May", f"'May' could be 2025-05 or 2026-05: {DAY}"),
        ("dec", f"'dec' could be 2024-12 or 2025-12: {DAY}"),
        ("10", f"'10' could be 2025-05-10 or 2025-10: {DAY}"),
        ("friday", f"'friday' could be 2025-05-02 or 2025-05-09: {DAY}"),
        ("0000-01-01", f"'0000-01-01' is out of the calendar: years go from 1900 to 9998; {DAY}"),
        ("10000-01-01", f"'10000-01-01' is not a date: {DAY}"),
        ("2026-02-28T24:00", f"'2026-02-28T24:00' has a clock time: {DAY}"),
        ("25/12/2025", "'25/12/2025' is not in the accepted form: write 2025-12-25"),
        ("2025-5-1", "'2025-5-1' is not in the accepted form: write 2025-05-01"),
        ("20250501", f"'20250501' is not a date: {DAY}"),
        ("٢٠٢٥-٠٥-٠١", f"'٢٠٢٥-٠٥-٠١' is not a date: {DAY}"),
        ("99999 years ago", f"'99999 years ago' is out of the calendar: {DAY}"),
        ("99/99/99", f"'99/99/99' is not a date: {DAY}"),
        ("", f"'' is not a date: {DAY}"),
        ("soon", f"'soon' is not a date: {DAY}"),
        ("end of days", f"'end of days' is not a date: {DAY}"),
    ],
)
def test_b11_day_refused(text: str, rule: str) -> None:
    with pytest.raises(HubError) as caught:
        dates.day(text, TODAY, "ordered")
    assert caught.value.message == f"ordered: {rule}"
    assert caught.value.exit == 2


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("2025-05", "is a range (2025-05-01..2025-05-31), but one day is needed"),
        ("last month", "is a range (2025-04-01..2025-04-30), but one day is needed"),
        ("12mo", "is a range (2024-05-08..2025-05-07), but one day is needed"),
        ("2025-05-01..2025-05-02", "is a range, but one day is needed"),
    ],
)
def test_one_day_refuses_a_range(text: str, meaning: str) -> None:
    with pytest.raises(HubError) as caught:
        dates.day(text, TODAY)
    assert caught.value.message == f"date: {text!r} {meaning}: {DAY}"


def test_b11_future_day_refused() -> None:
    assert dates.not_future(TODAY, TODAY) == TODAY
    with pytest.raises(HubError) as caught:
        dates.not_future(d("2025-05-08"), TODAY, "ordered")
    assert caught.value.message == "ordered: '2025-05-08' is in the future: write a day up to today, 2025-05-07"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2025-05-01..2025-05-31", "2025-05-01..2025-05-31"),
        (" 2025-05-01 .. today ", "2025-05-01..2025-05-07"),
        ("..today", "..2025-05-07"),
        ("2025-05-01..", "2025-05-01.."),
        ("30 days ago..", "2025-04-07.."),
        ("2025", "2025-01-01..2025-12-31"),
        ("2024-02", "2024-02-01..2024-02-29"),
        ("2025-Q2", "2025-04-01..2025-06-30"),
        ("2025-03..2025-05", "2025-03-01..2025-05-31"),
        ("last month..today", "2025-04-01..2025-05-07"),
        ("today", "2025-05-07"),
        ("yesterday", "2025-05-06"),
        ("30 days ago", "2025-04-07"),
        ("this week", "2025-05-05..2025-05-11"),
        ("last week", "2025-04-28..2025-05-04"),
        ("this month", "2025-05-01..2025-05-31"),
        ("last month", "2025-04-01..2025-04-30"),
        ("this quarter", "2025-04-01..2025-06-30"),
        ("last quarter", "2025-01-01..2025-03-31"),
        ("next quarter", "2025-07-01..2025-09-30"),
        ("this year", "2025-01-01..2025-12-31"),
        ("last year", "2024-01-01..2024-12-31"),
        ("last spring", "2024-03-01..2024-05-31"),
        ("last summer", "2024-06-01..2024-08-31"),
        ("last autumn", "2024-09-01..2024-11-30"),
        ("last fall", "2024-09-01..2024-11-30"),
        ("last winter", "2024-12-01..2025-02-28"),
        ("last 30 days", "2025-04-08..2025-05-07"),
        ("last 1 day", "2025-05-07"),
        ("12mo", "2024-05-08..2025-05-07"),
        ("next 7 days", "2025-05-07..2025-05-13"),
    ],
)
def test_day_range(text: str, shown: str) -> None:
    assert dates.show_range(dates.day_range(text, TODAY)) == shown


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ("2025-01-15", "2023-12-01..2024-02-29"),
        ("2025-02-28", "2023-12-01..2024-02-29"),
        ("2025-03-01", "2024-12-01..2025-02-28"),
    ],
)
def test_last_winter_is_the_latest_that_is_over(today: str, shown: str) -> None:
    assert dates.show_range(dates.day_range("last winter", d(today))) == shown


@pytest.mark.parametrize("text", ["2025-06..2025-05", "today..yesterday", "2025-05-02..2025-05-01"])
def test_b12_range_backwards_refused(text: str) -> None:
    with pytest.raises(HubError, match=r"^ordered: '.*' begins after it ends \(2025-"):
        dates.day_range(text, TODAY, "ordered")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("..", "names neither a first nor a last day"),
        ("May", "could be 2025-05 or 2026-05"),
        ("a..b", "is not a date"),
        ("2025-02-29..", "is not a day: February 2025 has 28 days"),
        ("2025-00", "is not a date: there is no month 00"),
        ("1025", "is out of the calendar"),
        ("last 0 days", "is not a date"),
        ("next 99999 years", "is out of the calendar"),
    ],
)
def test_b11_range_refused(text: str, rule: str) -> None:
    with pytest.raises(HubError, match=re.escape(f"{text!r} {rule}")) as caught:
        dates.day_range(text, TODAY)
    assert "write a" in caught.value.message


@given(st.dates(dt.date(1900, 1, 1), dt.date(9998, 12, 31)), st.dates(dt.date(1900, 1, 1), dt.date(9998, 12, 31)))
def test_a_shown_range_reads_back(one: dt.date, other: dt.date) -> None:
    span = (min(one, other), max(one, other))
    assert dates.day_range(dates.show_range(span), TODAY) == span


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), st.integers(-600, 600))
def test_months_are_added_as_dateutil_does(day: dt.date, months: int) -> None:
    from dateutil.relativedelta import relativedelta

    assert dates.add_months(day, months) == day + relativedelta(months=months)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (dates.day, dates.day_range, dates.age, dates.instant):
        with contextlib.suppress(HubError):
            assert read(text, TODAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [("365d", "2024-05-07"), ("6w", "2025-03-26"), ("12mo", "2024-05-07"), ("2y", "2023-05-07"), ("3m", "2025-02-07")],
)
def test_age(text: str, day: str) -> None:
    assert dates.age(text, TODAY) == d(day)


@pytest.mark.parametrize("text", ["0d", "-1d", "d", "365", "", "99999y", "1.5y", "2025-05-01"])
def test_age_refused(text: str) -> None:
    with pytest.raises(HubError, match="write an age as in 365d, 6w, 12mo or 2y"):
        dates.age(text, TODAY, "stale")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("14:00", "2025-05-07T21:00:00.000Z"),
        ("9:05:30", "2025-05-07T16:05:30.000Z"),
        ("2025-05-01 14:00", "2025-05-01T21:00:00.000Z"),
        ("2025-05-01T14:00", "2025-05-01T21:00:00.000Z"),
        ("yesterday 9:05", "2025-05-06T16:05:00.000Z"),
        ("2025-05-01", "2025-05-01T07:00:00.000Z"),
        ("2025-01-01", "2025-01-01T08:00:00.000Z"),
        ("2025-03-09 02:30", "2025-03-09T10:30:00.000Z"),
        ("2025-11-02 01:30", "2025-11-02T08:30:00.000Z"),
        ("2025-05-01T14:02:11.123Z", "2025-05-01T14:02:11.123Z"),
        ("2025-05-01T14:02:11+02:00", "2025-05-01T12:02:11.000Z"),
    ],
)
def test_instant(text: str, instant: str) -> None:
    assert dates.instant(text, TODAY, LOS_ANGELES) == instant


@pytest.mark.parametrize(
    "text", ["25:00", "14:60", "2025-05", "abc", "last month", "2025-05-01T99:00Z", "", "1/2 14:00"]
)
def test_instant_refused(text: str) -> None:
    with pytest.raises(HubError, match="write a time as in 14:00, a day, or both as in 2025-05-01 14:00"):
        dates.instant(text, TODAY, LOS_ANGELES)


def test_instants_go_to_local_time_and_back() -> None:
    assert dates.local_time("2025-05-01T05:02:11.123Z", LOS_ANGELES) == "2025-04-30 22:02"
    assert dates.local_day("2025-05-01T05:02:11.123Z", LOS_ANGELES) == d("2025-04-30")
    assert dates.local_time(dates.instant("2025-05-01 14:00", TODAY)) == "2025-05-01 14:00"


def test_now_has_one_width() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", dates.now_utc())


def test_business_day() -> None:
    assert dates.business_day("2025-01-01", "Asia/Tokyo") == d("2025-01-01")
    now = dt.datetime.now(dt.UTC)
    assert abs((dates.business_day(None, "Asia/Tokyo") - now.date()).days) <= 1
    assert dates.business_day("tomorrow") - dates.business_day() == dt.timedelta(days=1)


@pytest.mark.parametrize("text", ["02/03/04", "2025-05", "x"])
def test_business_day_refused(text: str) -> None:
    with pytest.raises(HubError, match=r"^today: .*write one day, as in 2025-05-01"):
        dates.business_day(text)


@pytest.mark.parametrize("zone", ["Nowhere/Town", "../etc/passwd", "a\0b"])
def test_unknown_time_zone_refused(zone: str) -> None:
    with pytest.raises(HubError, match="is not a time zone: write a name as in America/Los_Angeles"):
        dates.business_day(None, zone)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("1996-07-04 00:00:00.000", "ymd", "1996-07-04"),
        ("2024-01-01T23:30:00-07:00", "ymd", "2024-01-01"),
        ("07/04/1996", "mdy", "1996-07-04"),
        ("07/04/1996", "dmy", "1996-04-07"),
        ("1/2/2025 3:04 PM", "mdy", "2025-01-02"),
        ("25.12.2025", "dmy", "2025-12-25"),
        ("1996/7/4", "mdy", "1996-07-04"),
        ("5/6/97", "mdy", "1997-05-06"),
        ("25/5/6", "ymd", None),
        ("4 July 1996", "ymd", "1996-07-04"),
        ("Jul 4, 1996 10:00 AM PST", "ymd", "1996-07-04"),
    ],
)
def test_imported_day(text: str, order: dates.Order, day: str | None) -> None:
    if day:
        assert dates.imported_day(text, order) == d(day)
    else:
        with pytest.raises(HubError):
            dates.imported_day(text, order)


@pytest.mark.parametrize(
    ("text", "order", "rule"),
    [
        ("07/04/1996", "ymd", "could be 1996-07-04 or 1996-04-07: state the order of the file's dates, mdy or dmy"),
        ("25/12/2025", "mdy", "is not a day of the calendar in the order mdy"),
        ("2021-13-01", "ymd", "is not a day of the calendar"),
        ("July 1996", "ymd", "is not a whole date: it needs day, month and year"),
        ("May", "ymd", "is not a whole date: it needs day, month and year"),
        ("10", "mdy", "is not a date: use 2025-05-01 in the file, or state the order of its dates"),
        ("45413", "mdy", "is not a date: use 2025-05-01 in the file, or state the order of its dates"),
        ("never ever", "mdy", "is not a date: use 2025-05-01 in the file, or state the order of its dates"),
    ],
)
def test_imported_day_refused(text: str, order: dates.Order, rule: str) -> None:
    with pytest.raises(HubError) as caught:
        dates.imported_day(text, order, "OrderDate")
    assert caught.value.message == f"OrderDate: {text!r} {rule}"


def test_later_is_so_many_days_after_a_day() -> None:
    assert dates.later("2024-02-28", 2) == "2024-03-01"
    assert dates.later("2025-12-31", 0) == "2025-12-31"
