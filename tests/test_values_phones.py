"""Phone numbers: keys, unknown forms, searching by any spacing, showing."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcli.errors import HubError
from hubcli.values import phones

ARABIC = "٢٠٦٥٥٥٠١٢٣"


@pytest.mark.parametrize(
    ("typed", "country", "key"),
    [
        ("(206) 555-0123", "US", "+12065550123"),
        ("206.555.0123", "CA", "+12065550123"),
        ("1 206 555 0123", "US", "+12065550123"),
        ("+12065550123", "DE", "+12065550123"),
        ("206/555-0123", "US", "+12065550123"),
        ("+1 (555) 123-4567 x89", "US", "+15551234567"),
        ("555-CALL-NOW", "US", "+15552255669"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        (ARABIC, "US", "+12065550123"),
        ("030-0074321", "DE", "+49300074321"),
        ("+49 (0)30 26550280", "US", "+493026550280"),
        ("011 49 30 26550280", "US", "+493026550280"),
        ("020 7707 0707", "GB", "+442077070707"),
        ("206-555-0123 ext. 5", "US", "+12065550123"),
    ],
)
def test_b7_known_phone(typed: str, country: str, key: str) -> None:
    assert phones.parse(typed, country) == (typed, key, True)


@pytest.mark.parametrize(
    ("typed", "country", "key"),
    [
        ("911", "US", "911"),
        ("9" * 30, "US", "9" * 30),
        ("555-1234", "US", "5551234"),
        ("555-CALL", "US", "5552255"),
        ("206-555-0123 (home)", "US", "2065550123"),
        ("555 12", "XX", "55512"),
        ("(5) 555-4729", "MX", "55554729"),
    ],
)
def test_b7_unknown_form_is_kept_not_refused(typed: str, country: str, key: str) -> None:
    assert phones.parse(typed, country) == (typed, key, False)


@pytest.mark.parametrize("typed", ["12", "CALL NOW", "x"])
def test_b7_too_few_digits_refused(typed: str) -> None:
    with pytest.raises(HubError) as caught:
        phones.parse(typed, field="mobile")
    assert (
        caught.value.message
        == f"mobile: {typed!r} is not a phone number: it has at least 3 digits, as in (206) 555-0123"
    )


@pytest.mark.parametrize("typed", ["", " ", "206\x1b[31m5550123", "206\u202e5550123", "206\n5550123", "5" * 81])
def test_b3_phone_refused(typed: str) -> None:
    with pytest.raises(HubError) as caught:
        phones.parse(typed)
    assert caught.value.exit == 2


@given(st.from_regex(r"[2-9][0-9]{2}[ .-]?[2-9][0-9]{2}[ .-]?[0-9]{4}", fullmatch=True))
def test_the_cheap_path_agrees_with_the_library(typed: str) -> None:
    assert phones.parse(typed).key == phones._international(typed, "US")


@pytest.mark.parametrize(
    ("stored", "country", "wanted"),
    [
        ("(206) 555-0123", "US", ["2065550123", "+1 206-555-0123", "1-206-555-0123", "555 0123", "0123", ARABIC]),
        ("030-0074321", "DE", ["030-0074321", "0300074321", "+49 30 0074321", "0049 30 0074321", "011 49 300074321"]),
        ("030-0074321", "US", ["030-0074321", "(030) 007 4321"]),
        ("+49 030 26550280", "US", ["+49 030 26550280", "+49 (0)30 26550280", "030 26550280"]),
        ("+1 (555) 123-4567 x89", "US", ["+1 (555) 123-4567 x89", "555.123.4567", "1234567"]),
        ("555-CALL-NOW", "US", ["555-CALL-NOW", "5552255669"]),
        ("+49 151 12345678", "US", ["15112345678", "0151 12345678"]),
        ("206-555-0123 (home)", "US", ["206-555-0123 (home)", "206 5550123"]),
        ("9" * 30, "US", ["9" * 30, "999 9999"]),
        ("011-4988260", "IT", ["011-4988260", "+39 011 4988260"]),
    ],
)
def test_b7_found_by_any_spacing(stored: str, country: str, wanted: list[str]) -> None:
    key = phones.parse(stored, country).key
    for text in wanted:
        needle = phones.needle(text)
        assert needle, text
        assert key.endswith(needle), (key, text, needle)
        assert phones.tail(key).endswith(phones.tail(needle))


def test_a_needle_is_digits_alone() -> None:
    assert phones.needle("Smith") == ""
    assert not "+12065550123".endswith(phones.needle("206-555-0124"))
    assert phones.needle("(206) 555-0123") == phones.needle("+1 206-555-0123") == "2065550123"


@pytest.mark.parametrize(
    "text", ["(206) 555-0123", "+1 206.555.0123", "5550123", "030-0074321", "206 555 0123 x5", ARABIC]
)
def test_looks_like_a_phone(text: str) -> None:
    assert phones.looks_like(text)


@pytest.mark.parametrize(
    "text", ["1042", "C1042", "2025-05-01", "Maria", "", "shopify:7210448300001", "12 34 56", "WF45R6100"]
)
def test_does_not_look_like_a_phone(text: str) -> None:
    assert not phones.looks_like(text)


@pytest.mark.parametrize(
    ("given_texts", "shown"),
    [
        (("+12065550123",), "(206) 555-0123"),
        (("206.555.0123",), "(206) 555-0123"),
        (("+15551234567", "+1 (555) 123-4567 x89"), "(555) 123-4567 x89"),
        (("+493026550280", "+49 030 26550280"), "+49 030 26550280"),
        (("+493026550280",), "+493026550280"),
        (("911",), "911"),
    ],
)
def test_shown(given_texts: tuple[str, ...], shown: str) -> None:
    assert phones.show(*given_texts) == shown


def test_a_plain_number_does_not_load_the_library() -> None:
    code = (
        "import sys; from hubcli.values import phones as p; p.parse('(206) 555-0123'); p.needle('206'); "
        "p.show('+12065550123'); sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
