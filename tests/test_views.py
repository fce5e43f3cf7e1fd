"""Saved views: kept as typed, used as @name, with what is typed beside them."""

import json
from typing import Any

import pytest

from conftest import InProcess
from hubcli.commands.filters import is_view, option_names
from hubcli.operations import views


def numbers(demo: InProcess, *arguments: str, **how: Any) -> list[str]:
    return [row["number"] for row in demo(*arguments, **how).rows]


def test_saved_listed_shown_and_deleted(demo: InProcess) -> None:
    saved = demo(
        "views", "save", "Big-Spenders", "--type", "luxury", "--ordered", "last quarter", "--on-hold", "o'brien"
    )
    assert saved.rows[0] | {"change": ""} == {
        "name": "big-spenders",
        "noun": "customers",
        "filters": "--type luxury --ordered 'last quarter' --on-hold -- 'o'\"'\"'brien'",
        "change": "",
    }
    assert [row["name"] for row in demo("views", "list").rows] == ["big-spenders"]
    shown = demo("views", "show", "@big-spenders", "--json").json
    assert shown["arguments"] == ["--type", "luxury", "--ordered", "last quarter", "--on-hold", "--", "o'brien"]
    demo("views", "delete", "big-spenders")
    assert demo("views", "list", "--json").json == []
    assert "no saved view @big-spenders" in demo("views", "show", "big-spenders", code=4).err


@pytest.mark.parametrize("command", [("customers", "list"), ("customers", "search"), ("export", "customers")])
def test_a_view_is_its_filters(demo: InProcess, command: tuple[str, ...]) -> None:
    filters = ("--type", "luxury", "--type", "average", "--source", "website")
    demo("views", "save", "web", *filters)
    found = numbers(demo, *command, "@web")
    assert found == numbers(demo, *command, *filters)
    assert 5 < len(found) < 100


def test_what_is_typed_beside_a_view_takes_the_place_of_its_own_and_narrows_it(demo: InProcess) -> None:
    demo("views", "save", "web", "--type", "luxury", "--type", "average", "--source", "website")
    assert numbers(demo, "customers", "list", "@web", "--type", "budget-friendly") == numbers(
        demo, "customers", "list", "--type", "budget-friendly", "--source", "website"
    )
    assert numbers(demo, "customers", "list", "@web", "--stage", "repeat") == numbers(
        demo, "customers", "list", "--type", "luxury", "--type", "average", "--source", "website", "--stage", "repeat"
    )
    demo("views", "save", "marias", "maria")
    assert numbers(demo, "customers", "search", "garcia", "@marias") == numbers(
        demo, "customers", "search", "maria", "garcia"
    )


def test_a_view_of_a_view_holds_what_that_one_held_then(demo: InProcess) -> None:
    demo("views", "save", "web", "--source", "website")
    demo("views", "save", "web-lux", "@web", "--type", "luxury")
    assert demo("views", "show", "web-lux", "--json").json["arguments"] == ["--type", "luxury", "--source", "website"]


def test_dates_are_read_when_the_view_is_used(demo: InProcess) -> None:
    demo("views", "save", "recent", "--ordered", "last month")
    for today, month in (("2025-06-15", "2025-05"), ("2025-04-02", "2025-03")):
        found = numbers(demo, "customers", "list", "@recent", today=today)
        assert found == numbers(demo, "customers", "list", "--ordered", month, today=today)
        assert found


def test_an_unknown_view_names_the_nearest(demo: InProcess) -> None:
    demo("views", "save", "luxury", "--type", "luxury")
    told = demo("customers", "list", "@luxry", code=4)
    assert told.err == "hub: there is no saved view @luxry; did you mean @luxury?\n  try: hub views list\n"
    assert (
        json.loads(demo("export", "customers", "@luxry", "--errors", "json", code=4).err)["error"]["code"]
        == "no_such_view"
    )
    assert demo("customers", "list", "@luxury", "@luxury", code=2).out == ""


def test_an_address_of_mail_is_text_and_no_view(demo: InProcess) -> None:
    assert numbers(demo, "customers", "search", "@example.com")
    assert [is_view(word) for word in ("@vip", "@vip-2", "@example.com", "vip", "@", "@a b")] == [
        True,
        True,
        *[False] * 4,
    ]


@pytest.mark.parametrize("name", ["", "@", "a b", "a.b", "-a", "x" * 61, "a\x1b"])
def test_b1_to_b3_names_that_are_refused(demo: InProcess, name: str) -> None:
    assert demo("views", "save", "--type", "luxury", "--", name, code=2).out == ""
    assert demo("views", "list", "--json").json == []


def test_only_filters_that_hold_are_saved(demo: InProcess) -> None:
    for wrong, code in (
        (("--type", "rich"), 2),
        (("--zip", "!"), 2),
        (("--manager", "nobody"), 4),
        ((), 2),
        (("@x",), 4),
    ):
        assert demo("views", "save", "v", *wrong, code=code).out == ""
    assert demo("views", "list", "--json").json == []


def test_another_view_is_replaced_only_with_a_yes_and_undo_brings_it_back(demo: InProcess) -> None:
    demo("views", "save", "v", "--type", "luxury")
    assert "--type luxury" in demo("views", "save", "v", "--type", "average", code=6).err
    assert demo("views", "save", "v", "--type", "luxury").rows[0]["change"] == ""
    change = demo("views", "save", "v", "--type", "average", "--yes").rows[0]["change"]
    assert demo("views", "show", "v").rows[0]["filters"] == "--type average"
    demo("undo", change, "--yes")
    assert demo("views", "show", "v").rows[0]["filters"] == "--type luxury"


def test_a_dry_run_saves_nothing(demo: InProcess) -> None:
    assert "saved_view" in demo("views", "save", "v", "--type", "luxury", "-n").out.replace(" ", "_")
    assert demo("views", "list", "--json").json == []


def test_every_filter_comes_back_from_its_words() -> None:
    names, flags, repeated = option_names()
    given = {key: True if key in flags else ["a", "--b"] if key in repeated else "--x" for key in names}
    arguments = views.to_words(names, given, ["--", "two words"])
    assert views.from_words(names, flags, repeated, arguments) == (given, ["--", "two words"])
    assert views.from_words(names, flags, repeated, []) == ({}, [])


def test_an_option_that_is_gone_is_named() -> None:
    from hubcli.errors import HubError

    with pytest.raises(HubError) as caught:
        views.from_words(*option_names(), ["--no-such-option", "x"])
    assert caught.value.slug == "view_outdated"
