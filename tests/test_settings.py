"""Settings: each with its default, checked when set, logged."""

import pytest

from conftest import InProcess
from hubcli import settings


def test_every_setting_is_listed_with_its_default(hub: InProcess) -> None:
    rows = hub("settings", "list").rows
    assert [row["key"] for row in rows] == sorted(settings.SETTINGS)
    assert all(row["value"] == row["default"] for row in rows)
    assert all(row["meaning"] for row in rows)


def test_a_setting_is_set_got_and_set_back(hub: InProcess) -> None:
    row = hub("settings", "set", "customers.require", "Any-Phone").rows[0]
    assert row == {"key": "customers.require", "value": "any-phone", "change": "H1"}
    assert hub("settings", "get", "customers.require").rows[0]["value"] == "any-phone"
    assert hub("settings", "get", "customers.require", "--fields", "value", "--no-header").out == "any-phone\n"
    assert hub("settings", "set", "customers.require", "any-phone").rows[0]["change"] == ""
    hub("settings", "set", "customers.require", "--default")
    assert hub("settings", "get", "customers.require").rows[0]["value"] == "mobile"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("files.limit_m", "2"), 4, "there is no setting files.limit_m; did you mean files.limit_mb?"),
        (
            ("customers.require", "fax"),
            2,
            "customers.require: 'fax' is not known: it can be mobile, any-phone or any-contact",
        ),
        (("shop.country", "Atlantis"), 2, "shop.country: 'Atlantis' is not a country"),
        (("shop.timezone", "Mars/Base"), 2, "shop.timezone: 'Mars/Base' is no time zone"),
        (("shop.name",), 2, "give a value, or --default"),
        (("shop.name", "x", "--default"), 2, "give a value, or --default"),
    ],
)
def test_what_a_setting_does_not_take_is_refused(
    hub: InProcess, arguments: tuple[str, ...], code: int, said: str
) -> None:
    assert hub("settings", "set", *arguments, code=code).err.startswith(f"hub: {said}")
    assert hub("settings", "list", "--fields", "value").out.count("US") == 1


def test_the_country_of_the_shop_reads_phones(hub: InProcess) -> None:
    hub("settings", "set", "shop.country", "Germany")
    hub("customers", "create", "--first-name", "Jörg", "--mobile", "030 901820", "--zip", "10115")
    shown = hub("customers", "show", "C1", "--json").json
    assert shown["billing"] is None or shown["billing"]["country"] == "DE"
    assert hub("customers", "search", "--phone", "+49 30 901820").rows[0]["number"] == "C1"
