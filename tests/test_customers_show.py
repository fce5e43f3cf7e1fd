"""One customer: on one screen, complete as JSON, as one line in a pipe; several one after another."""

import pytest

from conftest import TODAY, InProcess
from test_render_terminal import same_as_golden


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("number", ["C1", "C3", "C9"])
def test_the_screen_of_a_customer(demo: InProcess, number: str, width: int) -> None:
    result = demo("customers", "show", number, tty=True, width=width)
    lines = result.out.splitlines()
    assert max(map(len, lines)) <= width
    assert len(lines) < 55
    same_as_golden(f"customers_show_{number}_{width}.txt", result.out)


def test_important_notes_come_first(demo: InProcess) -> None:
    first = demo("customers", "show", "C1", tty=True).out.splitlines()[:2]
    assert "Important" in first[0]
    assert "Gate code 4412, call before delivery" in first[1]


def test_json_is_complete(demo: InProcess) -> None:
    shown = demo("customers", "show", "C1", "--json").json
    assert list(shown)[:21] == [
        "number", "kind", "name", "status", "stage", "type", "source", "email", "mobile_phone", "billing", "delivery",
        "manager", "lifetime_value", "orders", "credit_balance", "credit_line", "owed", "overdue", "important_notes",
        "archive_blockers", "zip",
    ]  # fmt: skip
    assert {"contacts", "external_ids", "notes", "documents", "created_at", "touched_on", "version", "changes"} < set(
        shown
    )
    assert (shown["lifetime_value"], shown["orders"], shown["stage"]) == ("5738.32", 2, "repeat")
    assert shown["archive_blockers"] == ["O2", "Q3"]
    assert [note["text"] for note in shown["important_notes"]] == ["Gate code 4412, call before delivery"]
    assert [(one["number"], one["total"], one["balance"], one["active"]) for one in shown["documents"]] == [
        ("Q3", "1578.17", "1578.17", True), ("O2", "4506.80", "0.00", True), ("O1", "1231.52", "0.00", False),
    ]  # fmt: skip
    assert [(one["number"], one["line1"], one["default"]) for one in shown["delivery"]] == [
        ("A2", "2140 N Halsted St", True), ("A3", "871 Forest Ave", False),
    ]  # fmt: skip


def test_owed_and_overdue(demo: InProcess) -> None:
    shown = demo("customers", "show", "C3", "--json").json
    assert (shown["owed"], shown["overdue"]) == ("2063.59", "2063.59")
    row = demo("customers", "show", "C3", "--section", "account").rows[0]
    assert (row["lifetime_value"], row["orders"], row["owed"]) == ("34723.57", "3", "2063.59")


def test_what_came_back_is_owed_no_more(demo: InProcess) -> None:
    demo("orders", "return", "O8", "--line", "1:1", "--reason", "did not fit", "--date", TODAY, "--to", "balance")
    order = demo("orders", "show", "O8", "--json").json
    shown = demo("customers", "show", "C3", "--json").json
    assert [one["balance"] for one in shown["documents"] if one["number"] == "O8"] == [order["balance"]]
    assert order["returned"] != "0.00"


def test_in_a_pipe_it_is_one_line_without_colour(demo: InProcess) -> None:
    result = demo("customers", "show", "maria.garcia@example.com")
    assert len(result.out.splitlines()) == 2
    assert "\x1b" not in result.out
    row = result.rows[0]
    assert (row["number"], row["zip"], row["archive_blockers"]) == ("C1", "60614", "O2; Q3")
    assert demo("customers", "show", "C1", "--fields", "name,owed", "--no-header").out == "Maria Garcia\t0.00\n"


def test_several_are_shown_one_after_another(demo: InProcess) -> None:
    assert [row["number"] for row in demo("customers", "show", "C3", "C1").rows] == ["C3", "C1"]
    assert [one["number"] for one in demo("customers", "show", "C3", "C1", "--json").json] == ["C3", "C1"]
    out = demo("customers", "show", "C3", "C1", tty=True).out
    assert out.index("C3  Oak Builders") < out.index("C1  Maria Garcia")


@pytest.mark.parametrize(
    ("section", "first"),
    [("notes", "N2"), ("addresses", "A1"), ("contacts", "K1"), ("documents", "Q3"), ("history", "H1")],
)
def test_one_section_in_full(demo: InProcess, section: str, first: str) -> None:
    assert demo("customers", "show", "C1", "--section", section).out.splitlines()[1].split("\t")[0] == first


def test_an_unknown_section_is_refused(demo: InProcess) -> None:
    assert "did you mean notes or quotes?" in demo("customers", "show", "C1", "--section", "note", code=2).err


def test_the_last_changes_are_told(hub: InProcess) -> None:
    hub("customers", "create", "--first-name", "Ann", "--mobile", "3125550142")
    hub("customers", "edit", "C1", "--type", "luxury", "--email", "a@x.test", "--line1", "1 Elm")
    hub("customers", "contact", "add", "C1", "--first-name", "Rosa")
    changes = hub("customers", "show", "C1", "--json").json["changes"]
    assert [(one["change"], one["command"], one["fields"]) for one in changes] == [
        ("H3", "customers contact add", "contact added"),
        ("H2", "customers edit", "email, type, address added"),
        ("H1", "customers create", "customer added"),
    ]


def test_nothing_stored_steers_the_terminal(hub: InProcess) -> None:
    hub("customers", "create", "--first-name", "[red]Bob [/]", "--last-name", ":smile:", "--mobile", "3125550142")
    out = hub("customers", "show", "C1", tty=True).out
    assert "[red]Bob [/] :smile:" in out
