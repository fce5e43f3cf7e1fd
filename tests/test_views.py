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


def test_a_view_keeps_columns_and_order(demo: InProcess) -> None:
    shown = ("--fields", "number,name,notes,lifetime_value", "--sort", "-lifetime_value")
    saved = demo("views", "save", "lux", "--type", "luxury", *shown)
    assert saved.rows[0]["filters"] == f"--type luxury {' '.join(shown)}"
    listed = demo("customers", "list", "@lux")
    assert listed.out == demo("customers", "list", "--type", "luxury", *shown).out
    assert listed.out.splitlines()[0] == "number\tname\tnotes\tlifetime_value"
    assert demo("customers", "search", "@lux", "--csv").out == demo("customers", "search", "--type", "luxury", *shown,
                                                                    "--csv").out  # fmt: skip
    typed = demo("customers", "list", "@lux", "--fields", "name", "--sort", "name")
    assert typed.out == demo("customers", "list", "--type", "luxury", "--fields", "name", "--sort", "name").out
    refused = demo("export", "customers", "@lux", "--csv", code=2).err
    assert "@lux shows notes, which is no column of export customers" in refused
    instead = refused.split("try: hub ")[1].split()
    assert instead == ["export", "customers", "@lux", "--fields", "number,name,lifetime_value"]
    exported = demo(*instead, "--csv").out.splitlines()
    assert [line.split(",")[0] for line in exported[1:]] == [row["number"] for row in listed.rows]
    demo("customers", "hold", "@lux", "-y", "--csv")
    assert demo("customers", "list", "@lux", "--on-hold").out == listed.out
    demo("views", "save", "narrow", "--fields", "number,name")
    assert demo("customers", "list", "@narrow").out == demo("customers", "list", "--fields", "number,name").out
    demo("views", "save", "rich", "@lux", "--owes", "1")
    assert demo("views", "show", "rich", "--json").json["arguments"][:2] == ["--type", "luxury"]
    assert "notes" in demo("views", "show", "rich").rows[0]["filters"]


def test_a_column_of_a_list_may_be_called_as_the_export_calls_it(demo: InProcess) -> None:
    demo("views", "save", "seg", "--state", "NY", "--fields", "number,name,zip", "--sort", "-zip")
    exported = demo("export", "customers", "@seg")
    assert exported.out.splitlines()[0] == "number\tname\tbilling_zip"
    listed = demo("customers", "list", "@seg").rows
    assert [row["zip"] for row in listed] == [row["billing_zip"] for row in exported.rows]
    assert exported.out == demo("export", "customers", "--state", "NY", "--fields", "number,name,zip", "--sort",
                                "-billing_zip").out  # fmt: skip
    demo("views", "save", "seg", "--state", "NY", "--fields", "number,name,billing_zip", "--sort", "-zip", "-y")
    assert demo("customers", "list", "@seg").rows == listed
    demo("views", "save", "wide", "--state", "NY", "--fields", "number,billing_line1")
    assert "@wide shows billing_line1" in demo("customers", "list", "@wide", code=2).err


def test_a_column_that_is_not_there_is_not_saved(demo: InProcess) -> None:
    refused = demo("views", "save", "v", "--type", "luxury", "--fields", "number,lifetime", code=2).err
    assert refused.startswith("hub: --fields: 'lifetime' is not a column: lifetime_value")
    assert "is not a column" in demo("views", "save", "v", "--sort", "-shoe", code=2).err
    assert demo("views", "list", "--json").json == []


@pytest.mark.parametrize(
    "job",
    [
        ("customers", "hold", "@lux", "-n"), ("customers", "edit", "@lux", "--type", "average", "-n"),
        ("customers", "spam", "@lux", "-n"), ("customers", "delete", "@lux", "-n", "-y"),
        ("models", "levels", "assign", "@lux", "none", "-n"), ("customers", "show", "@lux", "--section", "account"),
        ("customers", "consent", "grant", "@lux", "-n"),
    ],
)  # fmt: skip
def test_jobs_take_a_view(demo: InProcess, job: tuple[str, ...]) -> None:
    demo("settings", "set", "shop.region", "eu")
    demo("settings", "set", "gdpr.capture", "on")
    demo("views", "save", "lux", "--type", "luxury")
    named = [row["number"] for row in demo("customers", "list", "--type", "luxury").rows]
    at = job.index("@lux")
    by_view, by_name = demo(*job), demo(*job[:at], *named, *job[at + 1 :])
    assert sorted(by_view.out.splitlines()) == sorted(by_name.out.splitlines())


def test_statements_are_issued_to_those_of_a_view_who_get_one(demo: InProcess) -> None:
    demo("settings", "set", "statements.enabled", "on")
    run = ("statements", "generate", "--month", "2025-05", "--csv")
    every = {row.split(",")[1] for row in demo(*run, "-n").out.splitlines()[1:]}
    demo("views", "save", "firms", "--kind", "company")
    firms = {row["number"] for row in demo("customers", "list", "@firms").rows}
    assert every & firms < firms, "some of them have nothing to be told"
    made = {row.split(",")[1] for row in demo(*run, "@firms").out.splitlines()[1:]}
    assert made == every & firms
    assert demo(*run, "@firms").out == ""
    assert {row["customer"] for row in demo("statements", "list").rows} == made


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
