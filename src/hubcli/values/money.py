"""Money, percentages, rates and quantities: exact text outside, integers inside, never a float."""

import re

from hubcli.errors import HubError, bad_value

LARGEST_CENTS = 10**13
LARGEST_QUANTITY = 1_000_000

FORM = "write digits with at most two decimals after a point, as in 1374, 1374.5 or 1374.00"
PERCENT_FORM = "write 0 to 100 with at most two decimals, as in 8.25% or 8.25"
RATE_FORM = "write 0 to 100 with at most three decimals, as in 8.875% or 8.25"

_FORM = r"(\D*)1(\D?)234(\D)50(\D*)"

# The first that fits says what is wrong; re keeps what it compiled, so nothing is compiled at start-up.
_FLAWS = (
    (r"\s*", "is empty"),
    (r".*\s.*", "holds a blank"),
    (r".*[$€£¥₹₩₽¢].*", "holds a currency sign"),
    (r".*[,'’_٬٫].*", "holds a thousands separator or a comma"),
    (r".*[^\x00-\x7f].*", "holds characters other than the digits 0-9"),
    (r"[+-]?[0-9.]+[eE][+-]?[0-9]+", "is in exponent form"),
    (r"-?[0-9]+\.[0-9]{3,}", "has more decimals than allowed"),
    (r"\+.*", "has a plus sign"),
)


def parse(text: str, field: str = "amount", *, allow_negative: bool = False) -> int:
    """Read `1374`, `1374.5` or `1374.00` as cents, `-12.00` only where allowed; anything else is a bad value."""
    cents = _scaled(text, 2)
    if cents is None:
        raise bad_value(field, text, f"{_flaw(text, 'an amount of money')}: {FORM}")
    if text.startswith("-") and not cents:
        raise bad_value(field, text, f"is minus zero: {FORM}")
    if cents < 0 and not allow_negative:
        raise bad_value(field, text, f"is negative: {FORM}")
    if abs(cents) > LARGEST_CENTS:
        raise bad_value(field, text, f"is above the largest amount, {show(LARGEST_CENTS)}")
    return cents


def show(cents: int) -> str:
    """Give exact decimal text: 137400 is `1374.00`, -5 is `-0.05`."""
    whole, part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole}.{part:02d}"


def check_form(text: str, field: str) -> str:
    """Give the way a shop writes amounts, shown on 1234.50: $1,234.50, 1.234,50 €; raise bad_value."""
    if not re.fullmatch(_FORM, text.strip()):
        raise bad_value(field, text, "does not show how you write 1234.50: write it, as in $1,234.50 or 1.234,50 €")
    return text.strip()


def written(exact: str, form: str) -> str:
    """Give exact text the way a shop writes it: -1374.00 in the form $1,234.50 is -$1,374.00."""
    before, thousands, point, after = re.fullmatch(_FORM, form).groups()  # type: ignore[union-attr]
    whole, _, part = exact.removeprefix("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", thousands)
    return f"{'-' * exact.startswith('-')}{before}{grouped}{point}{part}{after}"


def parse_percent(text: str, field: str = "percent") -> int:
    """Read `8.25%` or `8.25` as basis points (825), from 0 to 100 percent."""
    return _percentage(text, field, 2, PERCENT_FORM)


def parse_rate(text: str, field: str = "rate") -> int:
    """Read `8.875%` or `8.25` as thousandths of a percent (8875), from 0 to 100 percent: the unit of tax rates."""
    return _percentage(text, field, 3, RATE_FORM)


def show_percent(basis_points: int, sign: str = "%") -> str:
    """Give 825 as `8.25%` and 800 as `8%`; with `sign=""` the plain number that machine output holds."""
    return _shown(basis_points, 2) + sign


def show_rate(thousandths: int, sign: str = "%") -> str:
    """Give 8875 thousandths of a percent as `8.875%`; with `sign=""` the plain number that machine output holds."""
    return _shown(thousandths, 3) + sign


def quantity(text: str, field: str = "quantity") -> int:
    """Read a whole number from 1 to 1,000,000."""
    count = int(text) if re.fullmatch(r"[0-9]{1,12}", text) else 0
    if not 1 <= count <= LARGEST_QUANTITY:
        raise bad_value(field, text, f"is not a quantity: write a whole number from 1 to {LARGEST_QUANTITY}")
    return count


def round_half_up(numerator: int, denominator: int) -> int:
    """Divide and round to the nearest integer, a half away from zero: 5/2 is 3 and -5/2 is -3.

    So a reversed figure is the exact opposite of what was charged. Raises ValueError unless the denominator is above 0.
    """
    if denominator <= 0:
        raise ValueError("the denominator must be above 0")
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size


def _scaled(text: str, decimals: int) -> int | None:
    """Read plain decimal text as an integer of its smallest unit, or None when it is of another form."""
    match = re.fullmatch(r"(-?)([0-9]{1,18})(?:\.([0-9]{1,3}))?", text)
    if match is None or len(match[3] or "") > decimals:
        return None
    number = int(match[2] + (match[3] or "").ljust(decimals, "0"))
    return -number if match[1] else number


def _percentage(text: str, field: str, decimals: int, form: str) -> int:
    bare = text.removesuffix("%")
    number = _scaled(bare, decimals)
    if number is None or bare.startswith("-"):
        raise _not_percent(field, text, form)
    if number > 100 * 10**decimals:
        raise bad_value(field, text, f"is above 100 percent: {form}")
    return number


def _not_percent(field: str, text: str, form: str) -> HubError:
    flaw = "is negative" if re.fullmatch(r"-[0-9.]+%?", text) else _flaw(text.removesuffix("%"), "a percentage")
    return bad_value(field, text, f"{flaw}: {form}")


def _flaw(text: str, what: str) -> str:
    for pattern, flaw in _FLAWS:
        if re.fullmatch(pattern, text, re.DOTALL):
            return flaw
    return f"is not {what}"


def _shown(number: int, decimals: int) -> str:
    whole, part = divmod(abs(number), 10**decimals)
    fraction = f"{part:0{decimals}d}".rstrip("0")
    return f"{'-' if number < 0 else ''}{whole}{'.' if fraction else ''}{fraction}"
