"""Money, percentages, rates and quantities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubcli.errors import HubError
from hubcli.values import money

FORM = "write digits with at most two decimals after a point, as in 1374, 1374.5 or 1374.00"


@pytest.mark.parametrize(
    ("text", "cents"),
    [("10", 1000), ("10.1", 1010), ("10.10", 1010), ("0", 0), ("0.07", 7), ("100000000000.00", 10**13)],
)
def test_b9_money_accepted(text: str, cents: int) -> None:
    assert money.parse(text) == cents


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("10.001", "'10.001' has more decimals than allowed"),
        ("1e3", "'1e3' is in exponent form"),
        ("1_000", "'1_000' holds a thousands separator or a comma"),
        ("NaN", "'NaN' is not an amount of money"),
        ("inf", "'inf' is not an amount of money"),
        ("-0", "'-0' is minus zero"),
        ("-0.00", "'-0.00' is minus zero"),
        ("١٠", "'١٠' holds characters other than the digits 0-9"),
        ("1,000.00", "'1,000.00' holds a thousands separator or a comma"),
        ("1.000,00", "'1.000,00' holds a thousands separator or a comma"),
        ("$10", "'$10' holds a currency sign"),
        ("10 €", "'10 €' holds a blank"),
        ("", "'' is empty"),
        (" ", "' ' is empty"),
        ("10\n", "'10\\n' holds a blank"),
        ("+5", "'+5' has a plus sign"),
        (".5", "'.5' is not an amount of money"),
        ("5.", "'5.' is not an amount of money"),
        ("-12.00", "'-12.00' is negative"),
    ],
)
def test_b9_money_refused(text: str, flaw: str) -> None:
    with pytest.raises(HubError) as caught:
        money.parse(text, "price")
    assert caught.value.exit == 2
    assert caught.value.message == f"price: {flaw}: {FORM}"


@pytest.mark.parametrize("text", ["100000000000.01", "1" + "0" * 17, "-100000000000.01"])
def test_b9_money_above_the_largest_refused(text: str) -> None:
    with pytest.raises(HubError, match=r"is above the largest amount, 100000000000\.00"):
        money.parse(text, allow_negative=True)


def test_b9_minus_zero_refused_where_negative_is_allowed() -> None:
    with pytest.raises(HubError, match="is minus zero"):
        money.parse("-0.0", allow_negative=True)


def test_negative_money_where_allowed() -> None:
    assert money.parse("-12.00", allow_negative=True) == -1200


@given(st.integers(-(10**13), 10**13))
def test_money_shown_reads_back(cents: int) -> None:
    assert money.parse(money.show(cents), allow_negative=True) == cents


@pytest.mark.parametrize(
    ("cents", "text"), [(137400, "1374.00"), (-5, "-0.05"), (0, "0.00"), (10**15, f"1{'0' * 13}.00")]
)
def test_money_shown(cents: int, text: str) -> None:
    assert money.show(cents) == text


@pytest.mark.parametrize(
    ("text", "basis_points"), [("8.25%", 825), ("8.25", 825), ("0", 0), ("100%", 10_000), ("7.5", 750)]
)
def test_percent(text: str, basis_points: int) -> None:
    assert money.parse_percent(text, "tax") == basis_points


@pytest.mark.parametrize("text", ["", "%", "-1", "100.01", "8.255", "8,25", "1e1", "8.25 %", "8%%", "NaN"])
def test_percent_refused(text: str) -> None:
    with pytest.raises(HubError, match=r"^tax: .*write 0 to 100 with at most two decimals") as caught:
        money.parse_percent(text, "tax")
    assert caught.value.exit == 2


@given(st.integers(0, 100_000))
def test_rate_shown_reads_back(thousandths: int) -> None:
    assert money.parse_rate(money.show_rate(thousandths)) == thousandths


def test_rates_and_percentages_shown() -> None:
    assert money.parse_rate("8.875%") == 8875
    assert [money.show_rate(8875), money.show_rate(8250), money.show_percent(800)] == ["8.875%", "8.25%", "8%"]
    assert [money.show_percent(3333, ""), money.show_percent(-50, "")] == ["33.33", "-0.5"]


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "1000000000", "1000001", "", "x", "1e3", "٣"])
def test_b10_quantity_refused(text: str) -> None:
    with pytest.raises(HubError) as caught:
        money.quantity(text, "qty")
    assert caught.value.message == f"qty: {text!r} is not a quantity: write a whole number from 1 to 1000000"


def test_b10_quantity_accepted() -> None:
    assert [money.quantity("1"), money.quantity("1000000")] == [1, 1_000_000]


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (-4, 3, -1), (1, 2, 1), (-1, 2, -1), (0, 9, 0)],
)
def test_rounding_takes_a_half_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert money.round_half_up(numerator, denominator) == rounded


def test_rounding_needs_a_positive_denominator() -> None:
    with pytest.raises(ValueError, match="above 0"):
        money.round_half_up(1, 0)


@pytest.mark.parametrize(
    ("form", "exact", "wanted"),
    [
        ("1234.50", "-1374.00", "-1374.00"),
        ("$1,234.50", "-1374.00", "-$1,374.00"),
        ("1.234,50 €", "9999999999999.05", "9.999.999.999.999,05 €"),
        ("CHF 1'234.50", "0.00", "CHF 0.00"),
    ],
)
def test_a_shop_writes_amounts_its_own_way(form: str, exact: str, wanted: str) -> None:
    assert money.written(exact, money.check_form(form, "print.money")) == wanted


@pytest.mark.parametrize("form", ["", "1234", "1234.5", "12345.00", "$", "1,234.50 and 1"])
def test_a_form_shows_one_amount(form: str) -> None:
    with pytest.raises(HubError):
        money.check_form(form, "print.money")
