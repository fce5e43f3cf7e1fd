"""hub schema: the machine columns as the commands hold them, and the words of the enums."""

import pytest

from conftest import InProcess
from hubcli.importing.fields import CUSTOMER_COLUMNS, ORDER_COLUMNS


def columns(hub: InProcess, noun: str, command: str) -> list[str]:
    return [row["column"] for row in hub("schema", noun).rows if row["command"] == command]


def words(hub: InProcess, noun: str, command: str, column: str) -> list[str]:
    found = hub("schema", noun, "--json").json
    (words,) = {tuple(r["words"]) for r in found if (r["command"], r["column"]) == (command, column)}
    return list(words)


def test_the_columns_are_those_that_commands_print(demo: InProcess) -> None:
    for noun, verb in (("customers", "list"), ("export", "customers"), ("export", "notes"), ("views", "list")):
        printed = demo(noun, verb, "--csv").out.splitlines()[0].split(",")
        told = [row for row in demo("schema", noun).rows if row["command"] == f"{noun} {verb}"]
        told = [row for row in told if row["part"] not in {"more", "companies"}]  # only where they are asked for
        assert [row["column"] for row in told if row["kind"] != "object"] == printed


def test_the_export_has_the_documented_columns(hub: InProcess) -> None:
    assert tuple(columns(hub, "export", "export customers")) == CUSTOMER_COLUMNS
    assert tuple(columns(hub, "export", "export orders")) == ORDER_COLUMNS


def test_writing_commands_end_in_their_change(hub: InProcess) -> None:
    assert columns(hub, "views", "views save")[-1] == "change"


def test_words_come_from_the_rules_of_the_schema(hub: InProcess) -> None:
    assert words(hub, "customers", "customers list", "stage") == ["lead", "first-time", "repeat"]
    assert words(hub, "customers", "customers list", "type") == ["luxury", "average", "budget-friendly"]
    assert words(hub, "export", "export notes", "type") == ["delivery", "internal", "customer"]
    assert words(hub, "export", "export customers", "status")[0] == "active"
    assert words(hub, "export", "export customers", "email") == []
    orders = words(hub, "export", "export orders", "status")
    assert {"draft", "shipped", "canceled"} <= set(orders)
    assert "declined" not in orders


@pytest.mark.parametrize(
    ("command", "part", "column", "words"),
    [
        ("customers show", "notes", "type", ["delivery", "internal", "customer"]),
        ("customers show", "notes", "persistence", ["persistent", "optional"]),
        ("customers show", "contacts", "type", []),
        ("customers show", "documents", "kind", []),
        ("customers show", "columns", "type", ["luxury", "average", "budget-friendly"]),
        ("customers address list", "", "kind", ["billing", "delivery", "former"]),
        ("customers contact list", "", "type", []),
        ("customers activity", "timeline", "kind", []),
    ],
)
def test_what_stands_inside_a_record_has_the_words_of_its_own_table(
    hub: InProcess, command: str, part: str, column: str, words: list[str]
) -> None:
    rows = [
        row for row in hub("schema", "customers", "--json").json if (row["command"], row["column"]) == (command, column)
    ]
    assert [row["words"] for row in rows if row["part"] in {part, ""}] == [words]


def test_a_document_of_a_customer_is_a_quote_or_an_order(hub: InProcess) -> None:
    rows = hub("schema", "customers", "--json").json
    (found,) = [r for r in rows if (r["command"], r["part"], r["column"]) == ("customers show", "documents", "status")]
    assert {"saved", "declined", "shipped", "canceled"} <= set(found["words"])
    assert "archived" not in found["words"]


def test_words_of_visits_and_mail(hub: InProcess) -> None:
    assert words(hub, "visits", "visits list", "type") == ["survey", "service", "install"]
    assert words(hub, "customers", "customers emails", "status") == ["sent", "outbox", "received"]


def test_without_a_noun_everything_is_told(hub: InProcess) -> None:
    rows = hub("schema", "--json").json
    assert {row["command"].split()[0] for row in rows} >= {"customers", "export", "notes", "views", "changes", "schema"}
    assert {row["form"] for row in rows if row["kind"] == "money"} == {"exact decimal text, 1374.00"}
    assert all(row["form"] for row in rows)


def test_it_needs_no_database(hub: InProcess) -> None:
    hub.path.unlink()
    assert hub("schema", "views").rows


@pytest.mark.parametrize("noun", ["custmers", "x;drop"])
def test_an_unknown_noun(hub: InProcess, noun: str) -> None:
    done = hub("schema", noun, code=4)
    assert ("did you mean customers?" in done.err) == (noun == "custmers")


def test_a_list_that_another_command_makes_has_its_columns(hub: InProcess) -> None:
    assert columns(hub, "customers", "customers emails") == columns(hub, "emails", "emails list")
    assert columns(hub, "visits", "visits print") == columns(hub, "quotes", "quotes print")
