"""What hub asks on a terminal before a change: what it is about, and for the count of many records."""

import pytest

from conftest import InProcess

SHOWN = [
    ("payments add O8 --amount 10 --method cash", "payments add O8 10.00"),
    ("credit grant C27 --amount 5 --reason late", "credit grant C27 5.00"),
    ("customers edit C30 --found-us radio --type luxury", "customers edit C30 type, found_us"),
    ("customers hold C4 C5 --yes", "customers hold C4, C5"),
    ("customers address add C5 --line1 1_Elm --zip 60614", "customers address add A498 of C5"),
    ("quotes create C1 --line DW-500@100", "quotes create Q832"),
    ("notes add C1 rang --type internal --persistence optional", "notes add N145 of C1"),
    ("settings set shop.name Lake", "settings set setting "),
]


@pytest.mark.parametrize(("write", "told"), SHOWN, ids=[told for _, told in SHOWN])
def test_a_bare_undo_shows_what_it_takes_back(demo: InProcess, write: str, told: str) -> None:
    demo(*write.split())
    asked = demo("undo", tty=True, stdin="n\n", code=130).err
    assert f" sam {told}" in asked
    assert "take it back? [y/N]" in asked


def stale(hub: InProcess) -> int:
    return len(hub("customers", "archive", "--stale", "30d", "--expect-max", "500", "-n", "--csv").out.splitlines()) - 1


def test_a_job_asks_for_the_count_of_many_on_a_terminal_only(demo: InProcess) -> None:
    count = stale(demo)
    assert count > 50
    job = ("customers", "archive", "--stale", "30d", "--expect-max", "500")
    asked = demo(*job, tty=True, stdin="y\n", code=130).err
    assert f"archive touches {count} records: type that number to go on" in asked
    assert stale(demo) == count
    assert f"archived {count} customers" in demo(*job, tty=True, stdin=f"{count}\n").out


def test_an_undo_of_many_asks_for_their_count(demo: InProcess) -> None:
    count = stale(demo)
    demo("customers", "archive", "--stale", "30d", "--expect-max", "500")
    change = demo("changes", "list", "--limit", "1").rows[0]["change"]
    for named in ((), (change,)):
        asked = demo("undo", *named, tty=True, stdin="y\n", code=130).err
        assert f"and {count - 3} more records" in asked
        assert f"undo touches {count} records: type that number to go on" in asked
    one = demo("changes", "show", change, "--json").json["fields"][0]["record"]
    demo("undo", change, "--only", one, "-n", tty=True)
    demo("undo", tty=True, stdin=f"{count}\n")
    assert stale(demo) == count


def test_an_undo_by_number_runs_unasked_without_a_terminal(demo: InProcess) -> None:
    demo("customers", "archive", "--stale", "30d", "--expect-max", "500")
    demo("undo", demo("changes", "list", "--limit", "1").rows[0]["change"])


def test_a_key_whose_change_was_taken_back_is_refused(demo: InProcess) -> None:
    make = ("customers", "create", "--first-name", "Ann", "--last-name", "Lund", "--mobile", "206 555 0199")
    made = demo(*make, "--idempotency-key", "kk").rows[0]
    back = demo("undo", made["change"]).rows[0]["change"]
    refused = demo(*make, "--idempotency-key", "kk", code=6).err
    assert f"the key kk made {made['change']}, which {back} took back" in refused
    again = demo("redo", back).rows[0]["change"]
    assert demo(*make, "--idempotency-key", "kk").rows[0]["number"] == made["number"]
    demo("undo", again)
    demo(*make, "--idempotency-key", "kk", code=6)


def test_a_redo_of_what_was_no_undo_names_the_undo(demo: InProcess) -> None:
    made = demo("customers", "edit", "C30", "--found-us", "radio").rows[0]["change"]
    back = demo("undo", made).rows[0]["change"]
    assert f"try: hub redo {back}" in demo("redo", made, code=6).err
    demo("redo", back)


@pytest.mark.parametrize("nothing", ["", "none"])
def test_closed_books_are_opened_completely_with_a_reason(demo: InProcess, nothing: str) -> None:
    day = ("settings", "set", "books.closed_through")
    demo(*day, "2025-01-31")
    demo(*day, nothing, code=6)
    demo(*day, nothing, "--reason", "the year is corrected")
    assert demo("settings", "get", "books.closed_through", "--fields", "value", "--no-header").out == "\n"
    assert "write it as in 2025-05-31" in demo(*day, "soon", code=2).err
