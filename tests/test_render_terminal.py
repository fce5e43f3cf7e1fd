"""Tables and screens on a terminal: golden files at 80 and 120 columns, and what stored text may not do to it.

HUB_UPDATE_GOLDEN=1 writes the golden files anew.
"""

import io
import json
import os
import unicodedata
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

from hubcli.errors import HubError, bad_value
from hubcli.render import ALL, ASKED, Column, Listing, Output, Record, Section, cell, error_text, say, write
from hubcli.render.layout import cut
from hubcli.render.terminal import is_colored, width_of

GOLDEN = Path(__file__).parent / "golden"
SHARED = Path(os.environ.get("HUB_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
NAUGHTY = SHARED / "naughty-strings.json"
needs_naughty = pytest.mark.skipif(not NAUGHTY.is_file(), reason="the shared data are not beside the checkout")

COLUMNS = (
    Column("number", "ref", prefix="C", keep=0),
    Column("name", keep=0),
    Column("email", keep=4),
    Column("mobile_phone", "phone", keep=2),
    Column("zip", "code", keep=5),
    Column("stage", "code", keep=3),
    Column("lifetime_value", "money", keep=1),
    Column("orders", "count", keep=3),
    Column("tax_exempt", "bool", keep=6),
    Column("created_at", "instant", keep=6),
    Column("billing_emails", "list", keep=ASKED),
    Column("billing", "object"),
)
ROWS: list[tuple[Any, ...]] = [
    (1042, "Maria Garcia", "maria@example.test", "2065550123", "00501", "repeat", 137400, 3, 1),
    (7, "株式会社 東京インポート・エクスポート", None, None, "60614", "lead", -500, 0, 0),
    (12345, "Müller & Söhne Haushaltsgeräte GmbH", "a@b.test", "+442071838750", "SW1A 1AA", "first-time", 5, 1, 0),
    (9, "👩‍👩‍👧 Ng\u202e", None, None, None, "lead", None, None, None),
]  # fmt: skip
REST = ("2025-05-01T14:02:11Z", '["a@x.test"]', "{}")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def listing(**settings: Any) -> Listing:
    return Listing(COLUMNS, [row + REST for row in ROWS], **settings)


def record() -> Record:
    documents = [
        ("Q2041", "Kitchen", 137400, "2025-05-01"),
        ("O3310", "Laundry room and the flat above it", 5000, None),
    ]
    credit = Record(
        [Column("limit", "money"), Column("available", "money"), Column("terms")], (500000, 480000, "Net 30")
    )
    fields = (
        Column("number", "ref", prefix="C"),
        Column("kind", "code"),
        Column("status", "code"),
        Column("email", keep=0),
        Column("mobile_phone", "phone"),
        Column("home_phone", "phone"),
        Column("stage", "code"),
        Column("manager"),
        Column("lifetime_value", "money"),
        Column("margin", "percent"),
        Column("found_us", "long"),
        Column("created_at", "instant"),
        Column("billing", "object"),
    )
    values = (1042, "individual", "active", None, "2065550123", None, "repeat", "Sam", 137400, 3333,
              "a friend who had bought a washer there, then the flyer that came with the newspaper on Saturday",
              "2025-05-01T14:02:11Z", {"zip": "00501"})  # fmt: skip
    return Record(
        fields,
        values,
        title="C1042 Maria Garcia",
        sections=[
            Section("Billing address", ["12 Oak St", "Chicago, IL 00501"]),
            Section("Credit line", credit),
            Section(
                "Open documents",
                Listing(
                    [Column("number", "ref"), Column("job_name"), Column("total", "money"), Column("due", "date")],
                    documents,
                    total=9,
                ),
                more="hub orders list --customer C1042",
            ),
            Section("Visits", Listing([Column("number")], [])),
            Section(
                "Important notes",
                [
                    "N12 sam: dog bites; use the side door, since a piano stands behind the front one\nRing twice.",
                    "N13 gate code [red]4711[/]\x1b[31m",
                ],
                key="important_notes",
                alert=True,
            ),
        ],
    )


def drawn(result: Listing | Record, width: int = 80, **settings: Any) -> tuple[str, str]:
    """Print on a terminal; give what came on stdout and on stderr."""
    stdout, stderr = Terminal(), Terminal()
    write(result, Output(width=width, zone=UTC, **({"color": "never"} | settings)), stdout, stderr)
    return stdout.getvalue(), stderr.getvalue()


def same_as_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("HUB_UPDATE_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    assert text.encode() == path.read_bytes()


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_table_fits_the_width(width: int) -> None:
    out, err = drawn(listing(total=1238), width, limit=4)
    assert max(map(cell_len, out.splitlines())) <= width
    same_as_golden(f"render_table_{width}.txt", f"{out}--- stderr\n{err}")


@pytest.mark.parametrize("width", [80, 120])
def test_the_screen_of_a_record(width: int) -> None:
    out, err = drawn(record(), width)
    assert max(map(cell_len, out.splitlines())) <= width
    assert err == ""
    same_as_golden(f"render_record_{width}.txt", out)


def test_colours_are_in_the_same_places_as_without() -> None:
    same_as_golden("render_record_colour.txt", drawn(record(), 80, color="always")[0])
    table = drawn(listing(), color="always")[0]
    assert table.startswith("\x1b[1mnumber")
    assert table.split("\n")[2:] == drawn(listing())[0].split("\n")[2:]


def test_what_is_no_text_is_never_cut() -> None:
    for width in range(10, 120, 5):
        out, _ = drawn(listing(), width)
        assert "C12345" in out
        for whole, part in (("1374.00", "1374"), ("12345", "1234"), ("first-time", "first"), ("00501", "005")):
            assert out.count(whole) == out.count(part), (width, whole)


def test_what_did_not_fit_is_named_and_the_rest_counted() -> None:
    _, err = drawn(
        listing(total=lambda: 1237),
        60,
        limit=3,
    )
    assert "not shown (--fields): " in err
    assert "tax_exempt,\n  created_at\n" in err
    assert err.endswith("… 1,234 more (use --limit all)\n")
    assert drawn(listing(), 200)[1] == ""
    assert drawn(listing(), 200, limit=3)[1] == "… 1 more (use --limit all)\n"
    endless = Listing([Column("n", "count")], ((at,) for at in range(5000)))
    assert drawn(endless, 200, limit=3)[1] == "… more than 1,000 more (use --limit all)\n"
    assert drawn(listing(), 200, limit=4)[1] == ""
    assert drawn(listing(total=99), 60, limit=3, quiet=True)[1] == ""


def test_a_terminal_shows_fifty_rows() -> None:
    rows = [(at,) for at in range(120)]
    out, err = drawn(Listing([Column("n", "count")], rows, total=120, summary="2025-05-01..2025-05-31"))
    assert out.count("\n") == 52
    assert err == "… 70 more (use --limit all)\n2025-05-01..2025-05-31\n"
    out, err = drawn(Listing([Column("n", "count")], rows, total=120), format="csv")
    assert out.count("\n") == 51
    assert err == "… 70 more (use --limit all)\n"


def test_long_listings_are_plain_aligned_text_of_the_same_widths() -> None:
    columns = [Column("n", "count"), Column("name")]
    out, err = drawn(Listing(columns, [(1000 + at, "x" * (at % 90)) for at in range(3000)]), limit=ALL, color="always")
    lines = out.splitlines()
    assert len(lines) == 3001
    assert "\x1b" not in out
    assert max(map(len, lines)) == 80
    assert lines[2] == "1001  x"
    assert err == ""


def test_an_empty_listing_is_one_line_on_stderr() -> None:
    assert drawn(Listing(COLUMNS, [], name="quotes")) == ("", "no quotes\n")
    assert drawn(Listing(COLUMNS, []), quiet=True) == ("", "")


def test_fields_choose_what_a_terminal_shows() -> None:
    out, err = drawn(listing(), fields=("billing_emails", "number"), limit=1)
    assert out.splitlines()[2:] == ["a@x.test        C1042"]
    assert drawn(record(), fields=("manager", "home_phone", "billing"))[0] == (
        'manager     Sam\nhome phone  –\nbilling     {"zip":"00501"}\n'
    )
    assert err == "… 3 more (use --limit all)\n"


def test_a_header_can_be_left_out() -> None:
    assert drawn(Listing([Column("a")], [("x",)]), header=False)[0] == "x\n"


def test_instants_are_local_on_a_terminal() -> None:
    column = Column("at", "instant")
    assert cell(column, "2025-05-01T14:02:11Z", ZoneInfo("America/Chicago")) == "2025-05-01 09:02"
    assert cell(column, "2025-05-01 14:02:11", UTC) == "2025-05-01 14:02"
    assert cell(column, "soon\x1b", UTC) == "soon\\x1b"


def test_cells_of_every_kind() -> None:
    shown = [("percent", 3333, "33.33%"), ("rate", 8875, "8.875%"), ("bool", 0, "no"), ("list", ["a", "b"], "a, b"),
             ("phone", "2065550123", "(206) 555-0123"), ("money", -5, "-0.05"), ("text", None, ""), ("text", 5, "5"),
             ("list", "[x", "[x"), ("list", "a; b", "a, b"), ("object", {"a": 1}, '{"a":1}')]  # fmt: skip
    assert [cell(Column("x", kind), value) for kind, value, _ in shown] == [text for _, _, text in shown]


@pytest.mark.parametrize("width", range(1, 12))
def test_text_is_cut_between_characters_that_are_seen(width: int) -> None:
    for text in ("株式会社 東京", "👩‍👩‍👧 family of three", "e\u0301e\u0301e\u0301e\u0301", "plain text that is long"):
        short = cut(text, width)
        assert cell_len(short) <= width
        assert short == text or short.endswith("…")
        assert "\u200d…" not in short


def test_the_width_is_columns_or_the_terminals_or_80(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "97")
    assert width_of(io.StringIO()) == 97
    for wrong in ("", "0", "x", "²"):
        monkeypatch.setenv("COLUMNS", wrong)
        assert width_of(io.StringIO()) == 80


@pytest.mark.parametrize(
    ("color", "environment", "colored"),
    [
        ("auto", {}, True),
        ("auto", {"NO_COLOR": "1"}, False),
        ("auto", {"NO_COLOR": ""}, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("auto", {"TERM": "dumb"}, False),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
        ("auto", {"TERM": "dumb", "FORCE_COLOR": "0"}, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_who_decides_about_colour(
    color: str, environment: dict[str, str], colored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert is_colored(color, Terminal()) is colored
    assert ("\x1b[" in drawn(listing(), color=color)[0]) is colored
    assert not is_colored("never", Terminal())


# --- stored text on a terminal ------------------------------------------------------------------------------------


def steering(text: str, allowed: str = "\n") -> set[str]:
    """Give the characters that steer a terminal or hide; joiners and the tags of flags may stay."""
    return {
        char
        for char in text
        if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        and char not in allowed + "\u200c\u200d"
        and not "\U000e0020" <= char <= "\U000e007f"
    }


def hostile() -> list[str]:
    own = [chr(code) for code in (*range(32), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x2028, 0x202F))]
    own += ["\x1b]0;title\x07", "\x9b31m", "a\u2066b\u2069", "\ufeffx", "\U000e0041", "x\u200d", "\ud800"]
    found = json.loads(NAUGHTY.read_text(encoding="utf-8")) if NAUGHTY.is_file() else []
    return [*own, *found]


def in_every_place(text: str) -> list[Listing | Record]:
    columns = [
        Column("a"),
        Column(text, "long"),
        Column("b", "code", title=text),
        Column("e", "list"),
        Column("p", "phone"),
    ]
    row = (text, text, text, [text], text)
    sections = [
        Section(text, [text], alert=True, key="s"),
        Section(text, Listing(columns, [row], total=5), more=text),
        Section(text, Record(columns, row)),
    ]
    return [
        Listing(columns, [row], name=text, summary=text, total=9),
        Record(columns, row, title=text, sections=sections),
    ]


@needs_naughty
@pytest.mark.parametrize("form", ["table", "tsv", "csv", "json", "ndjson"])
def test_s1_stored_text_never_steers_a_terminal(form: str) -> None:
    strings = hostile()
    assert len(strings) > 515
    for text in strings:
        for result in in_every_place(text):
            out, err = drawn(result, 100, format=form, limit=1)
            assert not steering(out, "\n\t" if form == "tsv" else "\n"), (text, out)
            assert not steering(err), (text, err)
            if form in {"json", "ndjson"}:
                shown = json.loads(out)
                assert (shown if isinstance(shown, dict) else shown[0])["a"] == text


@needs_naughty
@pytest.mark.parametrize("form", ["tsv", "csv", "json", "ndjson"])
def test_b4_naughty_strings_reach_a_pipe_without_loss(form: str) -> None:
    strings = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    stdout = io.StringIO()
    write(Listing([Column("a")], [(text,) for text in strings]), Output(format=form, header=False), stdout, stdout)
    text = stdout.getvalue()
    if form == "json":
        assert [row["a"] for row in json.loads(text)] == strings
    elif form == "ndjson":
        assert [json.loads(line)["a"] for line in text.split("\n")[:-1]] == strings
    elif form == "tsv":
        assert len(text.split("\n")) == len(strings) + 1
    else:
        import csv

        assert [row[0] for row in csv.reader(io.StringIO(text, newline=""))] == strings


@needs_naughty
def test_s1_messages_and_errors_are_made_visible() -> None:
    for text in hostile():
        stderr = io.StringIO()
        say(text, stderr)
        told = HubError("bad_value", tries=(text,), field="name", value=text, rule="is odd")
        assert not steering(stderr.getvalue() + error_text(told) + error_text(told, "json")), text
        assert json.loads(error_text(told, "json"))["error"]["try"] == [text]


@pytest.mark.parametrize(
    "name", ["[red]x[/]", "Bob [/]", ":pile_of_poo:", "Lab [hello] Ltd", "$1,240.50", "[link=x]y[/link]"]
)
def test_s2_markup_is_shown_exactly(name: str) -> None:
    for color in ("never", "always"):
        assert drawn(Listing([Column("name")], [(name,)]), color=color)[0].split("\n")[2] == name
        screen = drawn(Record([Column("name")], (name,), title=name, sections=[Section(name, [name])]), color=color)[0]
        assert screen.count(name) == 4


def test_errors_say_what_why_and_what_to_try() -> None:
    error = bad_value("--type", "luxus", "is not a type", "hub customers list --type luxury")
    assert error_text(error) == "hub: --type: 'luxus' is not a type\n  try: hub customers list --type luxury\n"
    assert error_text(HubError("bad_value", refs=("Q2041",), field="a", value="ü", rule="b"), "json") == (
        '{"error":{"code":"bad_value","message":"a: ü b","exit":2,"refs":["Q2041"],"try":[]}}\n'
    )


def test_long_text_goes_on_below_itself_where_a_listing_wants_it() -> None:
    columns = [Column("key", "code"), Column("choices", "list", keep=4), Column("meaning", "long", keep=2)]
    rows = [("k" * 40, ["one", "two", "three"], "a meaning of many words that stand below one another, all of them")]
    out, err = drawn(Listing(columns, rows, wrap=True), 72)
    assert "…" not in out
    assert " ".join(" ".join(line[42:] for line in out.splitlines()[2:]).split()) == rows[0][2]
    assert "not shown (--fields): choices" in err


def test_a_name_keeps_its_room_before_other_text() -> None:
    columns = [Column("name", keep=0), Column("email", keep=5), Column("kind", "code", keep=7)]
    rows = [("Bartholomew Featherstonehaugh", "bartholomew.featherstonehaugh@example.org", "individual" * 6)]
    for width in (115, 120):
        assert rows[0][0] in drawn(Listing(columns, rows), width)[0]
