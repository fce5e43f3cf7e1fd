"""Phone numbers: kept as typed, compared by a key, searched by their last digits, shown the national way.

The key is E.164 (`+12065550123`) when the number has a possible length in its country, else the digits alone.
"""

import re
import unicodedata
from typing import NamedTuple

from hubcli.errors import bad_value
from hubcli.values import text as texts

LIMIT = 80
TAIL = 7
LEAST = 3
"""A part of so many digits is looked for."""
WHOLE = 10
"""A number of so many digits is a whole one."""

_NORTH_AMERICA = frozenset({"US", "CA", "PR"})
# Area code and exchange begin with 2 to 9; an extension is no part of the number.
_PLAIN = r"(?:(\+)?1[\s.-]*)?\(?([2-9][0-9]{2})\)?[\s./-]*([2-9][0-9]{2})[\s.-]*([0-9]{4})"
_EXTENSION = r"(?i)[\s,;]*(?:;ext=|ext(?:ension|n)?\b[.:\s]*|[x#])[\s.:]*([0-9]{1,7})#?\s*$"
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


class Phone(NamedTuple):
    """A number as typed, the key by which it is compared, and whether its form is known (if not, warn)."""

    typed: str
    key: str
    known: bool


def parse(text: str, country: str = "US", field: str = "phone") -> Phone:
    """Read a phone number of a country; an unknown form is kept with `known` false, never guessed at.

    Refused: fewer than 3 digits, more than 80 characters, and what a name may not hold either. Digits of other scripts,
    letters of a keypad (`555-CALL-NOW`) and an extension are fine; the extension is no part of the key.
    """
    typed = texts.name(text, field, LIMIT)
    found = re.fullmatch(_PLAIN, typed)
    if found and (found[1] or country.upper() in _NORTH_AMERICA):
        return Phone(typed, f"+1{found[2]}{found[3]}{found[4]}", known=True)
    if len(_digits(typed)) < 3:
        raise bad_value(field, text, "is not a phone number: it has at least 3 digits, as in (206) 555-0123")
    key = _international(typed, country.upper())
    return Phone(typed, key or _spelt(_without_extension(typed)), known=bool(key))


def needle(text: str) -> str:
    """Give the digits to look for, from a number typed in any form; "" when there are none.

    A leading 1 of North America, leading zeros, an international prefix and the extension are dropped, so that what is
    left is an end of the key's digits.
    """
    bare = _without_extension(text.strip())
    key = _international(bare, "US") if bare.startswith("+") else ""
    digits = key[1:] or _spelt(bare)
    if len(digits) > 11 and digits.startswith("011"):
        digits = digits[3:]
    digits = digits.lstrip("0")
    return digits[1:] if len(digits) == 11 and digits[0] == "1" else digits


def tail(key: str) -> str:
    """Give the last 7 digits of a key or a needle: what an index finds candidates by."""
    return _digits(key)[-TAIL:]


def looks_like(text: str) -> bool:
    """Tell whether text can only be a phone number: digits and phone punctuation, 7 digits at least, and no date."""
    bare = _without_extension(text.strip())
    if not re.fullmatch(r"\+?[\d\s().\-/]+", bare) or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", bare):
        return False
    return len(_digits(bare)) >= TAIL


def part(text: str) -> str:
    """Give the digits of text that can only be a part of a phone number: digits and punctuation; "" for other text.

    At least 3 digits, so few that it is no whole number, and no date.
    """
    digits = _digits(text)
    alike = re.fullmatch(r"\+?[\d\s().\-]+", text.strip()) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text.strip())
    return digits if alike and LEAST <= len(digits) < TAIL else ""


def show(key_or_typed: str, typed: str = "") -> str:
    """Give `(206) 555-0123` for a number of North America, with its extension, else the number as typed (or the key).

    Takes a key and the typed text, or either alone. What comes back is user text: it still has to be made visible.
    """
    found = re.fullmatch(_PLAIN, _without_extension(key_or_typed))
    digits = f"{found[2]}{found[3]}{found[4]}" if found else key_or_typed.removeprefix("+1")
    if not found and not (key_or_typed.startswith("+1") and re.fullmatch(r"[0-9]{10}", digits)):
        return typed or key_or_typed
    extension = re.search(_EXTENSION, typed or key_or_typed)
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" + (f" x{extension[1]}" if extension else "")


def _without_extension(text: str) -> str:
    return re.sub(_EXTENSION, "", text)


def _digits(text: str) -> str:
    """Give the digits of any script as 0 to 9."""
    if text.isascii():
        return "".join(filter(str.isdigit, text))
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


def _spelt(text: str) -> str:
    """Give the digits, letters read from the keypad only when that makes a number of 7, 10 or 11 digits."""
    letters = re.findall(r"[A-Za-z]", text)
    if len(letters) >= 3:
        dialled = _digits(text.upper().translate(_KEYPAD))
        if len(dialled) in {7, 10, 11}:
            return dialled
    return _digits(text)


def _international(typed: str, country: str) -> str:
    """Give E.164 from the library when the length is possible in the country, else ""."""
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        return ""
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
