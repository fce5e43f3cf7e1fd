"""Names, notes, e-mail addresses, ZIP codes, countries, the search form and the visible form."""

import csv
import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcli.errors import HubError
from hubcli.values import countries, text

SHARED = Path(os.environ.get("HUB_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the checkout")

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
EMPTY = "is empty: write at least one visible character"


def refused(value: str, field: str = "first_name") -> str:
    with pytest.raises(HubError) as caught:
        text.name(value, field)
    assert caught.value.exit == 2
    return caught.value.message


@pytest.mark.parametrize("value", ["", "  ", "\u3000", "\u200b", "\u200b\u200d\ufeff", "\u3164", "\u2800", "\ufe0f"])
def test_b1_empty_name_refused(value: str) -> None:
    assert refused(value).endswith(EMPTY)


def test_b2_long_name_refused() -> None:
    assert text.name("x" * 200, "first_name") == "x" * 200
    assert refused("x" * 201).endswith("is 201 characters long: write at most 200")


def test_b2_long_note_refused() -> None:
    assert len(text.note("x" * 100_000)) == 100_000
    with pytest.raises(HubError, match=r"note: .* is 1000000 characters long: write at most 100000$"):
        text.note("x" * 1_000_000)


@pytest.mark.parametrize(
    ("value", "shown", "code"),
    [
        ("a\x1b[31mb", "'a\\x1b[31mb'", "U+001B"),
        ("a\0b", "'a\\x00b'", "U+0000"),
        ("a\x85b", "'a\\x85b'", "U+0085"),
        ("a\x9bb", "'a\\x9bb'", "U+009B"),
        ("a\u202eb", "'a\\u202eb'", "U+202E"),
        ("a\u2066b", "'a\\u2066b'", "U+2066"),
        ("a\nb", "'a\\nb'", "U+000A"),
        ("a\tb", "'a\\tb'", "U+0009"),
        ("a\u2028b", "'a\\u2028b'", "U+2028"),
    ],
)
def test_b3_control_characters_refused(value: str, shown: str, code: str) -> None:
    assert refused(value) == f"first_name: {shown} holds the control character {code}: write one line of plain text"


def test_b3_notes_keep_newlines_and_tabs_only() -> None:
    assert text.note("a\r\n\tb\rc\n") == "a\n\tb\nc\n"
    for value in ("a\x1bb", "a\u202eb", "a\u2029b", "a\0b"):
        with pytest.raises(HubError, match="newlines and tabs are the only control characters"):
            text.note(value)
    with pytest.raises(HubError, match=EMPTY):
        text.note("\n \t\u200b")


B4 = [
    "[red]x[/]", "Bob [/]", "Robert'); DROP TABLE customers;--", "NULL", "None", "0", "-1", "--help", "=1+1", FAMILY,
    "株式会社", "مرحبا بالعالم", "O'Brien", "Null", "True", "👩\u200d❤️\u200d👨", "می\u200cخواهم",
]  # fmt: skip


@pytest.mark.parametrize("value", B4)
def test_b4_names_kept_and_shown_exactly(value: str) -> None:
    assert text.name(value, "last_name") == value
    assert text.visible(value) == value
    assert text.fold(value) == text.fold(value.upper())


def test_b4_decomposed_name_is_composed() -> None:
    assert text.name("Rene\u0301", "first_name") == "René"
    assert text.name("  Bob ", "first_name") == "Bob"


@pytest.mark.parametrize(
    ("one", "other"),
    [("MÜLLER", "müller"), ("ＡＢＣ", "abc"), ("Rene\u0301", "RENÉ"), ("a  b", "A\u00a0b"), ("co\u00adop", "coop")],
)
def test_b5_same_for_search(one: str, other: str) -> None:
    assert text.fold(one) == text.fold(other)


@pytest.mark.parametrize(
    ("value", "folded"),
    [
        ("MÜLLER", "muller"),
        ("René", "rene"),
        ("Straße", "strasse"),
        ("ŁÓDŹ", "lodz"),
        ("Øre Æbeltoft", "ore aebeltoft"),
        ("Đorđe Þór", "dorde thor"),
        ("İstanbul ılık", "istanbul ilik"),
        ("O’Brien–Smith", "o'brien-smith"),
        ("ﬁve ①", "five 1"),
        ("Σίσυφος", "σισυφοσ"),
        ("  a \t\n b ", "a b"),
        (FAMILY, "👨👩👧👦"),
        ("\u200b", ""),
    ],
)
def test_fold(value: str, folded: str) -> None:
    assert text.fold(value) == folded


@given(st.text())
def test_fold_is_idempotent_and_blind(value: str) -> None:
    folded = text.fold(value)
    assert text.fold(folded) == folded
    assert text.fold(unicodedata.normalize("NFD", value)) == folded
    assert text.fold(unicodedata.normalize("NFC", value)) == folded


def test_fold_is_idempotent_for_every_character(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_FOLDED", text._Folded())  # forgotten after the test
    codes = [*range(0x20000), *range(0x2F800, 0x2FA20), *range(0xE0000, 0xE0200)]
    assert [c for c in codes if text.fold(f := text.fold(chr(c))) != f] == []


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("Maria@Example.COM", "maria@example.com"),
        ("o'b+x_1@x-y.test", "o'b+x_1@x-y.test"),
        ("x@bücher.example", "x@bücher.example"),
        ("X@XN--BCHER-KVA.example", "x@bücher.example"),
        ("jürg@x.de", "jürg@x.de"),
        ("a!b#c@x.de", "a!b#c@x.de"),
        ("a" * 64 + "@x.de", "a" * 64 + "@x.de"),
    ],
)
def test_b6_email_accepted(value: str, key: str) -> None:
    assert text.email(f" {value} ") == (value, key)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("a@b", "It should have a period"),
        ("a@test", "the domain needs a dot"),
        ("a b@x.test", "invalid characters before the @-sign: SPACE"),
        ("a@b@c.de", "invalid characters: '@'"),
        ('"a b"@x.test', "Quoting the part before the @-sign is not allowed here"),
        ("a..b@x.de", "two periods in a row"),
        (".a@x.de", "cannot start with a period"),
        ("a" * 65 + "@x.de", "too long before the @-sign"),
        ("a@" + "b" * 64 + ".de", "separated by so many characters"),
        ("a@-x.de", "hyphen"),
        ("a@x.local", "special-use or reserved name"),
        ("a@[1.2.3.4]", "bracketed IP address"),
        ("M <a@b.de>", "display name"),
        ("maria", "@-sign"),
    ],
)
def test_b6_email_refused(value: str, reason: str) -> None:
    with pytest.raises(HubError) as caught:
        text.email(value, "billing_email")
    assert caught.value.message.startswith(
        f"billing_email: {value!r} is not an e-mail address: write name@domain.example ("
    )
    assert reason in caught.value.message


def test_b6_long_email_refused() -> None:
    domain = ".".join(["b" * 60] * 3)
    assert text.email(f"{'a' * 64}@{domain}.abcde"[:254])
    with pytest.raises(HubError, match="is 255 characters long: write at most 254"):
        text.email("a" * 64 + "@" + "b." * 93 + "exam")


@given(st.from_regex(r"[a-z0-9_.+'-]{1,66}@[a-z0-9.-]{1,66}\.(de|test|local|c|x1)", fullmatch=True))
def test_the_cheap_email_path_agrees_with_the_library(value: str) -> None:
    def outcome(read: object) -> str:
        try:
            return read(value, "email")  # type: ignore[operator, no-any-return]
        except HubError:
            return "refused"

    found = outcome(text.email)
    assert (found[1] if isinstance(found, tuple) else found) == outcome(text._email_key)


@pytest.mark.parametrize(
    ("value", "country", "kept"),
    [
        ("00501", "US", "00501"),
        ("00501-0544", "us", "00501-0544"),
        (" 00501 ", "US", "00501"),
        ("SW1A 1AA", "GB", "SW1A 1AA"),
        ("05021", "MX", "05021"),
        ("12227-000", "BR", "12227-000"),
    ],
)
def test_b8_zip_kept(value: str, country: str, kept: str) -> None:
    assert text.zip_code(value, country) == kept


@pytest.mark.parametrize(
    ("value", "country", "rule"),
    [
        (
            "0501",
            "US",
            "is not a US ZIP code: a leading zero may have been lost, as in 00501; write five digits or ZIP+4",
        ),
        (
            "SW1A 1AA",
            "US",
            "is not a US ZIP code: write five digits or ZIP+4, as in 98101 or 98101-0544, or name another",
        ),
        ("٠٠٥٠١", "US", "is not a US ZIP code"),
        ("x" * 13, "GB", "is not a postal code: write up to 12 letters, digits, blanks and hyphens"),
        ("12;34", "GB", "is not a postal code: write up to 12 letters, digits, blanks and hyphens"),
        ("", "US", EMPTY),
        ("98101\x1b", "US", "holds the control character U+001B"),
    ],
)
def test_b8_zip_refused(value: str, country: str, rule: str) -> None:
    with pytest.raises(HubError) as caught:
        text.zip_code(value, country)
    assert caught.value.message.startswith(f"zip: {value!r} {rule}")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("us", "US"), (" US ", "US"), ("USA", "US"), ("U.S.A.", "US"), ("United States of America", "US"), ("UK", "GB"),
        ("england", "GB"), ("deu", "DE"), ("Germany", "DE"), ("Côte d’Ivoire", "CI"), ("St. Lucia", "LC"),
        ("Guinea Bissau", "GW"), ("Trinidad & Tobago", "TT"), ("The Netherlands", "NL"), ("South Korea", "KR"),
    ],
)  # fmt: skip
def test_country(value: str, code: str) -> None:
    assert text.country(value) == code


@pytest.mark.parametrize(
    ("value", "hint"), [("Genmany", ", perhaps DE or GL"), ("XX", ""), ("u s", ", perhaps US"), ("zzzzzz", "")]
)
def test_country_refused(value: str, hint: str) -> None:
    with pytest.raises(HubError) as caught:
        text.country(value)
    rule = "is not a country: write its ISO code or English name, as in US or Canada"
    assert caught.value.message == f"country: {value!r} {rule}{hint}"


def test_every_country_is_known_by_all_its_names() -> None:
    assert len(text._ALPHA2.split()) == 249
    assert set(countries.codes().values()) == set(text._ALPHA2.split())
    assert all(text.country(spoken) == code for spoken, code in countries.codes().items())


@needs_shared
def test_countries_of_real_files_are_known() -> None:
    for name in ("northwind", "chinook"):
        with (SHARED / name / "customers.csv").open(encoding="utf-8") as file:
            assert all(text.country(row["Country"]) for row in csv.DictReader(file) if row["Country"])


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("caf\udcc3\udc28", "is not valid UTF-8: byte 0xc3 at byte offset 3"),
        ("é\udcff", "is not valid UTF-8: byte 0xff at byte offset 2"),
        ("a\ud800", "is not valid UTF-8: half a character, U+D800, at byte offset 1"),
    ],
)
def test_b18_invalid_utf8_refused(value: str, rule: str) -> None:
    assert refused(value) == f"first_name: {value!a} {rule}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("plain", "plain"),
        ("a\x1b[31m", "a\\x1b[31m"),
        ("x\u202ey\nz\tw\r", "x\\u202ey\\nz\\tw\\r"),
        ("\x9b\xad\ufeff\udcff", "\\x9b\\xad\\ufeff\\udcff"),
        ("a\u200db", "a\\u200db"),
        ("\u200d👩", "\\u200d👩"),
        ("\U000f0000\uffff\u2065", "\\U000f0000\\uffff\\u2065"),
        ("\u2028\u2029", "\\u2028\\u2029"),
        (
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
            "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ),
        ("x\U000e0041", "x\\U000e0041"),
        ("a\u00a0b\u3000c", "a\u00a0b\u3000c"),
        ("C:\\temp", "C:\\temp"),
    ],
)
def test_visible(value: str, shown: str) -> None:
    assert text.visible(value) == shown


def test_visible_lines_keeps_newlines_and_tabs() -> None:
    assert text.visible("C:\\temp\tx\ny\x1b\r", lines=True) == "C:\\temp\tx\ny\\x1b\\r"


def unsafe(shown: str) -> list[str]:
    """Give the characters that must never reach a terminal; joiners and the tags of flags may."""
    allowed = {"\u200c", "\u200d"} | {chr(c) for c in range(0xE0020, 0xE0080)}
    kinds = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    return [c for c in shown if unicodedata.category(c) in kinds and c not in allowed]


@needs_shared
def test_every_naughty_string_is_made_visible() -> None:
    strings = json.loads((SHARED / "naughty-strings.json").read_text(encoding="utf-8"))
    assert len(strings) == 515
    assert [s for s in strings if unsafe(text.visible(s))] == []
    assert [s for s in strings if s.isprintable() and text.visible(s) != s] == []


@needs_shared
def test_every_naughty_string_is_kept_or_refused() -> None:
    for value in json.loads((SHARED / "naughty-strings.json").read_text(encoding="utf-8")):
        for read in (text.name, text.note, text.email, text.zip_code, text.country):
            refusal: HubError | None = None
            try:
                read(value, field="field")
            except HubError as error:
                refusal = error
            assert refusal is None or (refusal.exit == 2 and refusal.message.isprintable())


@given(st.text(st.characters()))
def test_visible_is_always_safe(value: str) -> None:
    shown = text.visible(value)
    assert unsafe(shown) == []
    assert text.visible(shown) == shown
