"""Text of people: names, notes, e-mail addresses, ZIP codes, countries, their search form and their visible form."""

import re
import unicodedata
from typing import NamedTuple

from hubcli.errors import bad_value

NAME_LIMIT = 200
NOTE_LIMIT = 100_000

# Letters that no decomposition takes apart, and signs that people type in several forms; all after folding of case.
_SPELT = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ŋ": "n",
    "ĸ": "k", "ɨ": "i", "ƀ": "b", "ɓ": "b", "ɗ": "d", "ɠ": "g", "ƙ": "k", "ɵ": "o", "ʉ": "u", "ƶ": "z", "ə": "e",
    "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "ʻ": "'", "ʹ": "'", "′": "'", "´": "'", "`": "'", "“": '"', "”": '"',
    "„": '"', "‐": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "⁄": "/",
}  # fmt: skip

# Control characters; halves of characters; the two other newlines; and embeddings, overrides and isolates of writing
# direction, which make text read as something else.
_REFUSED = "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]"
# Not seen though no format characters: fillers, the blank Braille cell, selectors, the grapheme joiner, object marks.
_UNSEEN = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc"

# A joiner inside a word of another script or inside an emoji; the tags of a flag (England, Scotland, Wales).
_WIDE = "[^\x00-\xff\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]"
_KEPT = f"((?<={_WIDE})[\u200c\u200d](?={_WIDE})|(?<=\U0001f3f4)[\U000e0020-\U000e007e]+\U000e007f)"

# A number of a payment card, as issuers begin it, its digits together or parted by a blank or a dash; the last digit
# proves it (ISO/IEC 7812-1), so that one in ten of other numbers of this form is mistaken for one.
_CARD = re.compile(
    r"(?<![0-9])(?:(?:4[0-9]{3}|5[1-5][0-9]{2}|2[2-7][0-9]{2}|6(?:011|[245][0-9]{2})|35[2-8][0-9])(?:[ -]?[0-9]){12}"
    r"|3[47][0-9]{2}(?:[ -]?[0-9]){11})(?![0-9])"
)
_DIGITS = re.compile(r"[2-6][0-9]{3}(?:[ -]?[0-9]){11}")  # what a card's number has at the least: quicker to look for
CARD_LENGTH = 15
"""No text that is shorter holds the number of a card."""

_ALPHA2 = (
    " AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ"
    " CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO"
    " FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE"
    " JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO"
    " MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW"
    " PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM"
    " TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW "
)


class Email(NamedTuple):
    """An address as typed (NFC) and the key by which addresses are compared."""

    typed: str
    key: str


def fold(s: str) -> str:
    """Give the form in which text is searched and compared: no case, accents, width, or format characters.

    `MÜLLER` and `Muller` are both `muller`, `Straße` is `strasse`; white space is one blank, none at the ends.
    """
    if s.isascii():
        return " ".join(s.lower().replace("`", "'").split())
    return " ".join(s.translate(_FOLDED).split())


def card(s: str) -> str | None:
    """Give the first number of a payment card that stands in a text, as it is written there."""
    return next((found[0] for found in _CARD.finditer(s) if _proven(found[0])), None) if _DIGITS.search(s) else None


def masked(s: str) -> str:
    """Give a text with its numbers of payment cards cut to their last four digits: •••• 1111."""
    return _CARD.sub(lambda found: f"•••• {found[0][-4:]}" if _proven(found[0]) else found[0], s)


def name(value: str, field: str, limit: int = NAME_LIMIT, *, code: bool = False) -> str:
    """Give one line of text in NFC without blanks at its ends; any script, emoji, markup or formula is fine.

    Refused: nothing visible, more characters than the limit, control characters and newlines, characters that turn the
    direction of writing, bytes that are not UTF-8, the number of a payment card unless it is a `code` such as a serial
    number, which may look like one.
    """
    line = _checked(value, field, allowed="").strip()
    if not code:
        _no_card(line, field)
    if not _is_seen(line):
        raise bad_value(field, value, "is empty: write at least one visible character")
    if len(line) > limit:
        raise bad_value(field, value, f"is {len(line)} characters long: write at most {limit}")
    return line


def note(value: str, field: str = "note", limit: int = NOTE_LIMIT) -> str:
    """Give text of many lines in NFC, newlines and tabs kept and CR LF made LF; otherwise refused as a name is."""
    lines = _checked(value.replace("\r\n", "\n").replace("\r", "\n"), field, allowed="\n\t")
    _no_card(lines, field)
    if not _is_seen(lines):
        raise bad_value(field, value, "is empty: write at least one visible character")
    if len(lines) > limit:
        raise bad_value(field, value, f"is {len(lines)} characters long: write at most {limit}")
    return lines


def email(value: str, field: str = "email") -> Email:
    """Check the syntax of `name@domain.tld`, at most 254 characters, 64 before the @; the network is never asked.

    Kept as typed, compared with case folded and an international domain in one spelling. International names and
    domains are fine, as are `.test` and `.example`; quoted names, IP addresses, domains without a dot and `.local`,
    `.localhost`, `.invalid`, `.onion` and `.arpa` are refused.
    """
    typed = name(value, field, limit=254)
    plain = (
        r"(?=.{6,254}$)[a-z0-9_+'-]{1,64}(?:\.[a-z0-9_+'-]+)*@(?:(?!..--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
        r"(?!arpa$|invalid$|local$|localhost$|onion$)[a-z]{2,63}"
    )
    key = typed.lower()
    if typed.isascii() and key.find("@") <= 64 and re.fullmatch(plain, key):
        return Email(typed, key)
    return Email(typed, _email_key(typed, field))


def zip_code(value: str, country: str = "US", field: str = "zip") -> str:
    """Give a postal code as typed, without blanks at its ends; in the US five digits or ZIP+4, zeros kept."""
    typed = name(value, field, limit=40)
    if country.upper() != "US":
        if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9 -]{0,10}[A-Za-z0-9])?", typed):
            raise bad_value(field, value, "is not a postal code: write up to 12 letters, digits, blanks and hyphens")
        return typed
    if re.fullmatch(r"[0-9]{5}(?:-[0-9]{4})?", typed):
        return typed
    form = "write five digits or ZIP+4, as in 98101 or 98101-0544, or name another --country"
    if re.fullmatch(r"[0-9]{3,4}", typed):
        form = f"a leading zero may have been lost, as in {typed.zfill(5)}; {form}"
    raise bad_value(field, value, f"is not a US ZIP code: {form}")


def country(value: str, field: str = "country") -> str:
    """Give the two-letter ISO 3166 code of a country typed as a code of two or three letters or an English name."""
    code = value.strip().upper()
    if len(code) == 2 and f" {code} " in _ALPHA2:
        return code
    from hubcli.values import countries, words

    key = fold(name(value, field)).replace(".", "").replace("-", " ").removeprefix("the ")
    found = countries.codes().get(key)
    if found is None:
        close = words.near(key, countries.codes(), 2)
        codes = dict.fromkeys(countries.codes()[word] for word in close)
        hint = f", perhaps {' or '.join(codes)}" if close else ""
        raise bad_value(field, value, f"is not a country: write its ISO code or English name, as in US or Canada{hint}")
    return found


def visible(s: str, *, lines: bool = False) -> str:
    r"""Give text that is safe to print: whatever steers a terminal or hides is written out as `\x1b`, `\u202e`, `\n`.

    That is every control, format, surrogate and private-use character, line and paragraph separators and
    noncharacters. Joiners inside emoji and inside words of other scripts stay. With `lines`, newlines and tabs stay.
    """
    if s.isprintable():
        return s
    if lines:
        return "".join(part if at % 2 else visible(part) for at, part in enumerate(re.split(r"([\n\t])", s)))
    return "".join(part if at % 2 else part.translate(_SHOWN) for at, part in enumerate(re.split(_KEPT, s)))


class _Folded(dict[int, str]):
    """The folded form of each character met so far; folding one by one equals folding the whole."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        decomposed = unicodedata.normalize("NFKD", char)
        bare = "".join(c for c in decomposed if unicodedata.category(c) not in {"Mn", "Cf"}).casefold()
        spelt = "".join(_SPELT.get(c, c) for c in unicodedata.normalize("NFKD", bare))
        folded = "".join(" " if c.isspace() else c for c in spelt if unicodedata.category(c) != "Mn")
        self[code] = folded
        return folded


class _Shown(dict[int, str]):
    """The visible form of each character met so far."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        hidden = unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} or _is_nothing(code)
        shown = char.encode("unicode_escape").decode("ascii") if hidden else char
        self[code] = shown
        return shown


_FOLDED = _Folded()
_SHOWN = _Shown()


def _is_nothing(code: int) -> bool:
    """Tell noncharacters and unassigned invisible code points; other unassigned ones may be newer than this Python."""
    ranges = 0xFDD0 <= code <= 0xFDEF or 0xFFF0 <= code <= 0xFFF8 or 0xE0000 <= code <= 0xE00FF
    return ranges or code & 0xFFFE == 0xFFFE or code == 0x2065


def _checked(value: str, field: str, allowed: str) -> str:
    """Give the value in NFC; raise bad_value at the first character that may not be kept."""
    for found in re.finditer(_REFUSED, value):
        if found[0] in allowed:
            continue
        if "\ud800" <= found[0] <= "\udfff":
            raise bad_value(field, value, _not_utf8(value, found.start()))
        kept = "newlines and tabs are the only control characters" if allowed else "write one line of plain text"
        raise bad_value(field, value, f"holds the control character U+{ord(found[0]):04X}: {kept}")
    return unicodedata.normalize("NFC", value)


def _no_card(value: str, field: str) -> None:
    """Raise bad_value, the digits left out, for a text with the number of a payment card: hub never keeps one."""
    found = card(value) if len(value) >= CARD_LENGTH else None
    if found:
        rule = "is the number of a payment card, and hub keeps none: write its last four digits"
        raise bad_value(field, f"…{found[-4:]}", rule)


def _proven(number: str) -> bool:
    """Tell whether the last digit of a number is the one that the others call for (Luhn)."""
    digits = [int(sign) for sign in number if sign not in " -"][::-1]
    return sum(digits[::2]) % 10 == -sum(d * 2 - 9 * (d > 4) for d in digits[1::2]) % 10


def _not_utf8(value: str, at: int) -> str:
    """Tell where the first byte stands that Python could not decode, counted in bytes from 0."""
    offset, code = len(value[:at].encode()), ord(value[at])
    what = f"byte 0x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"half a character, U+{code:04X},"
    return f"is not valid UTF-8: {what} at byte offset {offset}"


def _is_seen(s: str) -> bool:
    """Tell whether anything can be seen; private and unassigned characters count as seen."""
    return any(
        unicodedata.category(c)[0] != "Z" and unicodedata.category(c) not in {"Cc", "Cf"}
        for c in s
        if c not in _UNSEEN and not "\ufe00" <= c <= "\ufe0f" and not "\U000e0100" <= c <= "\U000e01ef"
    )


def _email_key(typed: str, field: str) -> str:
    """Ask the library about an address that is not plain, or plainly wrong, and give its key."""
    from email_validator import EmailNotValidError, validate_email

    try:
        # test_environment lets .test pass, and the bare domain "test" too; strict limits the name to 64 characters.
        found = validate_email(typed, check_deliverability=False, test_environment=True, strict=True)
    except EmailNotValidError as error:
        reason = visible(str(error)).rstrip(".")
        raise bad_value(field, typed, f"is not an e-mail address: write name@domain.example ({reason})") from None
    if "." not in found.domain:
        raise bad_value(field, typed, "is not an e-mail address: write name@domain.example (the domain needs a dot)")
    return found.normalized.casefold()
