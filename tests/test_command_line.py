"""The command line as a contract: grammar, output modes, exit codes, errors with something to try."""

import json
import sqlite3

import pytest

from conftest import InProcess
from hubcli.values.text import fold

SEARCH = ("customers", "search", "--zip", "60614")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "customers", "search", "--zip", "60614"),
        ("customers", "--json", "search", "--zip", "60614"),
        ("customers", "search", "--json", "--zip", "60614"),
        ("customers", "search", "--zip", "60614", "--json"),
    ],
)
def test_common_options_stand_anywhere(demo: InProcess, arguments: tuple[str, ...]) -> None:
    rows = demo(*arguments).json
    assert {"number", "name", "zip"} <= rows[0].keys()
    assert demo(*SEARCH, "--json").json == rows


@pytest.mark.parametrize(
    ("arguments", "of"),
    [
        (("customers", "search", "--zip"), "hub customers search"),
        (("customers", "contact", "add", "C1", "--first-name"), "hub customers contact add"),
        (("customers", "--fields"), "hub customers"),
        (("--db",), "hub"),
    ],
)
def test_an_option_without_its_value_names_the_help_of_its_command(
    demo: InProcess, arguments: tuple[str, ...], of: str
) -> None:
    told = demo(*arguments, code=2).err
    assert told == f"hub: option '{arguments[-1]}' requires an argument\n  try: {of} --help\n"


def test_a_pipe_gets_every_row_with_a_header(demo: InProcess) -> None:
    lines = demo("customers", "list", "--status", "all").out.splitlines()
    assert len(lines) == 251
    assert lines[0].startswith("number\tname\tkind\t")


def test_a_terminal_gets_fifty_rows_and_says_how_many_more(demo: InProcess) -> None:
    shown = demo("customers", "list", "--status", "all", tty=True, width=120)
    assert "… 200 more (use --limit all)" in shown.err


def test_json_of_nothing_is_an_empty_array(demo: InProcess) -> None:
    assert demo("customers", "search", "nobody at all", "--json").json == []


def test_machine_keys_are_the_same_in_every_form(demo: InProcess) -> None:
    keys = list(demo(*SEARCH, "--json").json[0])
    assert demo(*SEARCH, "--csv").out.splitlines()[0].split(",") == keys
    assert demo(*SEARCH, "--tsv").out.splitlines()[0].split("\t") == keys
    assert list(json.loads(demo(*SEARCH, "--ndjson").out.splitlines()[0])) == keys


def test_fields_choose_columns_in_order(demo: InProcess) -> None:
    assert demo(*SEARCH, "--fields", "zip,number", "--limit", "1").out.startswith("zip\tnumber\n60614")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("customers", "search", "--fields", "nam"), "did you mean name"),
        (("customers", "search", "--sort", "lifetime"), "lifetime_value"),
        (
            ("customers", "search", "--sort", "(select 1)"),
            "--sort: '(select 1)' is not a column: there are number, name, ",
        ),
        (("customers", "search", "--limit", "-1"), "--limit"),
        (("customers", "search", "--limit", "0"), "--limit"),
        (("customers", "search", "--limit", str(10**30)), "--limit"),
        (("customers", "search", "--type", "luxurious"), "luxury"),
        (("customers", "search", "--json", "--csv"), "choose one"),
        (("customers", "search", "--zpi", "60614"), "did you mean --zip"),
        (("customers", "serch"), "did you mean search"),
        (("custmers",), "did you mean customers"),
        (("customers", "search", "--today", "soon"), "--today"),
        (("customers", "search", "--color", "red"), "--color"),
        (("customers", "search", "--ordered", "2025-05-31..2025-05-01"), "--ordered"),
        (("customers", "search", ""), "text"),
        (("customers", "search", "   "), "text"),
        (("customers", "search", "x" * 10_000), "at most"),
        (("customers", "search", "--manager"), "--manager"),
        (("customers", "list", "--timeout", "soon"), "--timeout"),
    ],
)
def test_b20_what_is_typed_wrong_is_refused_with_its_rule(
    demo: InProcess, arguments: tuple[str, ...], told: str
) -> None:
    refused = demo(*arguments, code=2)
    assert told in refused.err
    assert refused.err.startswith("hub: ")
    assert refused.out == ""


@pytest.mark.parametrize("text", ["%", "_", '"', "AND", "(", "-x", "n:x", "'", "\\", "*", "NEAR(a b)", "a OR b", "林"])
def test_b19_search_text_is_literal(demo: InProcess, text: str) -> None:
    conn = sqlite3.connect(demo.path)
    found = {int(row["number"][1:]) for row in demo("customers", "search", "--json", "--", text).json}
    words = dict(conn.execute("SELECT rowid, folded FROM customer_search"))
    lines = conn.execute(
        "SELECT d.customer_id, t.folded FROM line_terms t JOIN document_lines l ON l.term_id = t.id"
        " JOIN documents d ON d.id = l.document_id"
    ).fetchall()
    active = {row[0] for row in conn.execute("SELECT id FROM customers WHERE status = 'active'")}
    wanted = {number for number in active if all(word in words[number] for word in fold(text).split())}
    assert found == wanted | {number for number, line in lines if fold(text) in line and number in active}


def test_errors_as_json_are_one_line(demo: InProcess) -> None:
    refused = demo("customers", "show", "C999999", "--errors", "json", code=4)
    error = json.loads(refused.err)["error"]
    assert (error["code"], error["exit"]) == ("not_found", 4)
    assert refused.err.count("\n") == 1


def test_a_bare_noun_prints_its_help(demo: InProcess) -> None:
    shown = demo("customers")
    assert "search" in shown.out
    assert shown.err == ""


def test_help_begins_with_examples(demo: InProcess) -> None:
    lines = demo("customers", "search", "--help").out.splitlines()
    assert lines[2] == "Examples:"
    assert lines[3].strip().startswith("hub customers search")


def test_require_rows_tells_by_exit_code(demo: InProcess) -> None:
    assert "no customers matched" in demo("customers", "search", "nobody at all", "--require-rows", code=7).err


def test_an_unknown_database_is_named_with_what_to_do(hub: InProcess) -> None:
    refused = hub("customers", "list", "--db", str(hub.path) + ".other", code=9)
    assert "there is no database at" in refused.err
    assert "try: hub init" in refused.err


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["cust"], "customers"),
        (["customers", "sea"], "search"),
        (["customers", "address", "a"], "add"),
        (["un"], "undo"),
    ],
)
def test_completion_of_commands(capsys: pytest.CaptureFixture[str], words: list[str], found: str) -> None:
    from hubcli.completing import complete

    complete(words)
    assert found in [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]


def test_completion_of_customer_numbers(
    demo: InProcess, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from hubcli.completing import complete

    monkeypatch.setenv("HUB_DB", str(demo.path))
    complete(["customers", "show", "C12"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("C12\t")
    assert len(lines) == 11


def test_completion_skips_options_and_reads_the_database_that_is_named(
    demo: InProcess, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from hubcli.completing import complete

    monkeypatch.setenv("HUB_DB", "/no/such.db")
    for words in (["--db", str(demo.path), "customers", "show", "C12"], [f"--db={demo.path}", "customers", "C12"]):
        complete(words)
        assert capsys.readouterr().out.startswith("C12\t")
    for words in (["--db", "x.db", "customers", "sho"], ["customers", "--limit", "3", "--json", "sho"]):
        complete(words)
        assert capsys.readouterr().out.startswith("show\t")


def test_completion_offers_nobody_who_was_erased(
    demo: InProcess, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from hubcli.completing import complete

    conn = sqlite3.connect(demo.path)
    conn.execute("PRAGMA recursive_triggers = OFF")
    for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        conn.execute(f'DROP TRIGGER "{name}"')
    conn.execute("UPDATE customers SET status = 'purged' WHERE id IN (25, 210)")
    conn.commit()
    conn.close()
    monkeypatch.setenv("HUB_DB", str(demo.path))
    complete(["customers", "show", "C2"])
    offered = [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()]
    assert "C24" in offered
    assert not {"C25", "C210"} & {*offered}


def test_a_list_that_nobody_counted_says_how_many_more(demo: InProcess) -> None:
    every = len(demo("customers", "changelog", "C1", "--limit", "all").rows)
    err = demo("customers", "changelog", "C1", "--limit", "2", tty=True).err
    assert f"… {every - 2} more (use --limit all)" in err
    err = demo("customers", "archive", "--stale", "30d", "--expect-max", "500", "-n", "--limit", "3", tty=True).err
    assert " more (use --limit all)" in err
    assert "… more" not in err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_call_hub(demo: InProcess, shell: str) -> None:
    assert "hub --complete" in demo("completion", shell).out
