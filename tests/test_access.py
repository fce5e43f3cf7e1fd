"""Consent, logins and the shop's own fields."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from conftest import InProcess
from hubcli.operations.customers import access


@pytest.fixture
def people(hub: InProcess) -> InProcess:
    for first, last in (("Ann", "Lee"), ("Bo", "Orr"), ("Cy", "Day")):
        hub(
            "customers",
            "create",
            "--first-name",
            first,
            "--last-name",
            last,
            "--mobile",
            f"31255501{len(first)}{len(last)}",
        )
    return hub


@pytest.fixture
def eu(people: InProcess) -> InProcess:
    people("settings", "set", "shop.region", "eu")
    people("settings", "set", "gdpr.capture", "on")
    return people


def test_deconetwork_59_consent_is_filtered_and_granted_in_bulk(eu: InProcess) -> None:
    row = eu("customers", "consent", "grant", "C1", "--how", "phone").rows[0]
    assert (row["consent"], row["consent_on"], row["consent_how"]) == ("yes", "2025-06-15", "phone")
    assert [r["number"] for r in eu("customers", "list", "--consent", "no").rows] == ["C2", "C3"]
    assert len(eu("customers", "consent", "grant", "--consent", "no").rows) == 2
    assert eu("customers", "list", "--consent", "no").rows == []
    assert eu("customers", "consent", "withdraw", "C2").rows[0]["consent"] == "no"
    assert [r["number"] for r in eu("customers", "list", "--consent", "no").rows] == ["C2"]
    assert [r["kind"] for r in eu("customers", "activity", "C2", "--kind", "consent").rows] == ["consent", "consent"]


def test_outside_the_eu_nobody_is_asked(people: InProcess) -> None:
    assert "GDPR consent is not enabled" in people("customers", "consent", "grant", "C1", code=6).err
    people("settings", "set", "shop.region", "eu")
    assert "GDPR consent is not enabled" in people("customers", "consent", "grant", "C1", code=6).err


def test_a_bulk_grant_over_fifty_wants_its_number(eu: InProcess) -> None:
    assert "name customers, or give filters" in eu("customers", "consent", "grant", code=2).err


def test_deconetwork_65_a_login_and_no_password_anywhere(people: InProcess) -> None:
    word = "correct horse"
    refused = people("customers", "login", "C1", "--username", "ann", "--password", stdin="one\ntwo\n", code=2)
    assert "the two passwords differ" in refused.err
    assert (
        "shorter than 8"
        in people("customers", "login", "C1", "--username", "a", "--password", stdin="x\nx\n", code=2).err
    )
    row = people("customers", "login", "C1", "--username", "ann", "--password", stdin=f"{word}\n{word}\n").rows[0]
    assert (row["username"], row["password"], row["disabled"]) == ("ann", "set", "no")
    with closing(sqlite3.connect(people.path)) as conn:
        stored = conn.execute("SELECT password_hash FROM logins").fetchone()[0]
    salt = bytes.fromhex(stored.partition("$")[0])
    assert access.hashed(word, salt) == stored
    assert access.hashed("wrong horse", salt) != stored
    outputs = [
        people("customers", "show", "C1", "--json"), people("customers", "changelog", "C1"),
        people("customers", "activity", "C1"), people("changes", "show", "H4"),
    ]  # fmt: skip
    for result in outputs:
        assert word not in result.out
        assert stored not in result.out
    assert "account" in {r["kind"] for r in people("customers", "activity", "C1").rows}
    assert "is that of C1 already" in people("customers", "login", "C2", "--username", "ANN", code=6).err
    assert people("customers", "login", "C1", "--disable").rows[0]["disabled"] == "yes"
    assert people("customers", "login", "C1", "--remove").rows == []
    assert "has no login yet" in people("customers", "login", "C1", "--enable", code=6).err
    shown = people("customers", "login", "C1").rows[0]
    assert shown["number"] == "C1"
    assert people("customers", "login", "C1", "--fields", "password,disabled").out


def test_fields_hold_what_they_may(people: InProcess) -> None:
    people("customers", "field", "add", "T-Shirt Size", "--type", "dropdown", "--choices", "S, M, L")
    people("customers", "field", "add", "Crew", "--type", "multiselect", "--choices", "day,night")
    people("customers", "field", "add", "Nickname", "--longest", "5")
    people("customers", "field", "set", "C1", "t-shirt size=l", "Crew=night; day", "Nickname=Annie")
    rows = people("customers", "field", "show", "C1").rows
    assert [(r["field"], r["value"]) for r in rows] == [
        ("Crew", "night; day"), ("Nickname", "Annie"), ("T-Shirt Size", "L"),
    ]  # fmt: skip
    for pair, told in (
        ("T-Shirt Size=XL", "is not one of S, M, L"), ("Nickname=Annabella", "at most 5"), ("Shoe=9", "no field Shoe"),
        ("Nickname", "is not NAME=VALUE"),
    ):  # fmt: skip
        assert told in people("customers", "field", "set", "C1", pair, code=None).err
    people("customers", "field", "set", "C1", "Crew=")
    assert len(people("customers", "field", "show", "C1").rows) == 2
    people("customers", "field", "retire", "Nickname")
    assert "is retired" in people("customers", "field", "set", "C2", "Nickname=Bo", code=6).err
    assert people("customers", "field", "list").rows[1]["retired"] == "yes"
    assert "there is a field" in people("customers", "field", "add", "CREW", code=6).err
    assert "needs --choices" in people("customers", "field", "add", "x", "--type", "radio", code=2).err
    assert "takes no --choices" in people("customers", "field", "add", "x", "--choices", "a", code=2).err


@pytest.fixture
def sized(people: InProcess) -> InProcess:
    """Ann is an L on nights, Bo an M on nights and days, Cy says nothing; everybody should have a size."""
    people("customers", "field", "add", "T-Shirt Size", "--type", "dropdown", "--choices", "S,M,L", "--required")
    people("customers", "field", "add", "Crew", "--type", "multiselect", "--choices", "day,night")
    people("customers", "field", "add", "Motto")
    people("customers", "field", "set", "C1", "T-Shirt Size=L", "Crew=night", "Motto=Onward_50%")
    people("customers", "field", "set", "C2", "T-Shirt Size=M", "Crew=day;night")
    return people


def found(hub: InProcess, *words: str) -> list[str]:
    return [row["number"] for row in hub("customers", "list", *words).rows]


def test_customers_are_found_by_the_shops_own_fields(sized: InProcess) -> None:
    for words, numbers in (
        (("t-shirt size=l",), ["C1"]), (("T-Shirt Size=L", "T-Shirt Size=M"), ["C1", "C2"]),
        (("Crew=night",), ["C1", "C2"]), (("Crew=day",), ["C2"]), (("Crew=night", "T-Shirt Size=M"), ["C2"]),
        (("Motto=onward_50%",), ["C1"]), (("Motto=onward%50%",), []), (("T-Shirt Size=",), ["C3"]),
        (("Motto=", "Crew=night"), ["C2"]),
    ):  # fmt: skip
        given = tuple(word for pair in words for word in ("--field", pair))
        assert found(sized, *given) == numbers, words
        assert [row["number"] for row in sized("export", "customers", *given).rows] == numbers
    assert found(sized, "--missing", "fields") == ["C3"]
    sized("views", "save", "nights", "--field", "Crew=night")
    assert found(sized, "@nights", "--field", "T-Shirt Size=M") == ["C2"]
    assert "did you mean T-Shirt Size?" in sized("customers", "list", "--field", "Shirt Size=L", code=4).err
    assert "is not NAME=VALUE" in sized("customers", "list", "--field", "Crew", code=2).err


def test_a_list_shows_own_fields_and_more_when_they_are_named(sized: InProcess) -> None:
    sized("notes", "add", "C1", "one")
    sized("notes", "add", "C1", "two", "--important")
    sized("notes", "add", "C2", "one")
    sized("customers", "hold", "C2")
    sized("credit", "line", "set", "C3", "--limit", "500")
    told = sized("customers", "list", "--fields", "number,T-Shirt Size,notes,on_hold,consent,credit_limit,outstanding")
    assert told.out.splitlines() == [
        "number\tT-Shirt Size\tnotes\ton_hold\tconsent\tcredit_limit\toutstanding",
        "C1\tL\t2!\tno\t\t\t0.00", "C2\tM\t1\tyes\t\t\t0.00", "C3\t\t\tno\t\t500.00\t0.00",
    ]  # fmt: skip
    assert found(sized, "--sort", "-credit_limit")[0] == "C3"
    assert "notes" not in sized("customers", "list").rows[0]
    assert "T-Shirt Size" in sized("customers", "search", "lee", "--fields", "name,T-Shirt Size", tty=True).out
    assert "'Shoe' is not a column" in sized("customers", "list", "--fields", "number,Shoe", code=2).err


def test_who_lacks_a_required_field_is_shown_as_incomplete(sized: InProcess) -> None:
    assert "no T-Shirt Size" in sized("customers", "show", "C3", tty=True).out
    assert sized("customers", "show", "C3", "--json").json["missing_fields"] == ["T-Shirt Size"]
    assert sized("customers", "show", "C1", "--json").json["missing_fields"] == []
    sized("customers", "field", "edit", "T-Shirt Size", "--optional")
    assert "incomplete" not in sized("customers", "show", "C3", tty=True).out
    assert found(sized, "--missing", "fields") == []


def test_a_field_is_edited_and_what_customers_have_stays(sized: InProcess) -> None:
    edit = ("customers", "field", "edit")
    refused = sized(*edit, "T-Shirt Size", "--choices", "S,L", code=6).err
    assert refused.startswith("hub: the choice M of T-Shirt Size is that of customers (1): keep it among the choices\n")
    row = sized(*edit, "t-shirt size", "--choices", "S,M,L,XL", "--rename", "Shirt", "--description", "unisex").rows[0]
    assert (row["name"], row["choices"], row["description"], row["customers"]) == (
        "Shirt",
        "S, M, L, XL",
        "unisex",
        "2",
    )
    sized("customers", "field", "set", "C3", "Shirt=XL")
    assert found(sized, "--field", "Shirt=XL") == ["C3"]
    assert "there is a field crew" in sized(*edit, "Shirt", "--rename", "crew", code=6).err
    assert "there is a field Email" in sized(*edit, "Shirt", "--rename", "Email", code=6).err
    assert "takes no --choices" in sized(*edit, "Motto", "--choices", "a,b", code=2).err
    assert "change what?" in sized(*edit, "Motto", code=2).err
    assert sized(*edit, "Motto", "--optional").rows[0]["change"] == ""
    sized("undo", "-y", sized("changes", "list", "--command", "field edit", "--limit", "1").rows[0]["change"])
    assert "there is no field Shirt" in sized("customers", "field", "edit", "Shirt", "--required", code=4).err
    sized("customers", "field", "retire", "Motto")
    assert sized("customers", "field", "restore", "Motto").rows[0]["retired"] == "no"


# ------------------------------------------------------------------------------------------- required of a new customer

ZOE = ("customers", "create", "--first-name", "Zoe", "--last-name", "Fox", "--mobile", "312 555 0166")


def in_passing(sized: InProcess) -> None:
    """Make customers on the way to something else, where T-Shirt Size is required."""
    company = sized("customers", "create", "--company-name", "Acme", "--mobile", "312 555 0170",
                    "--field", "T-Shirt Size=S").rows[0]["number"]  # fmt: skip
    person = ("customers", "contact", "add", company, "--new", "--first-name", "Ida", "--last-name", "Orr",
              "--mobile", "312 555 0171")  # fmt: skip
    quote = ("quotes", "create", "--new", "Max Poe", "--mobile", "312 555 0172", "--line", "FRG-100@1200/800")
    for command in (person, quote, ("orders", *quote[1:])):
        changes = len(sized("changes", "list").rows)
        assert "missing: T-Shirt Size (a required field of the shop's own)" in sized(*command, code=2).err
        assert "is not one of S, M, L" in sized(*command, "--field", "t-shirt size=XXL", code=2).err
        assert len(sized("changes", "list").rows) == changes
        sized(*command, "--field", "t-shirt size=M")
        made = sized("customers", "list", "--sort=-number", "--limit", "1").rows[0]["number"]
        assert sized("customers", "show", made, "--json").json["fields"] == {"T-Shirt Size": "M"}
        sized("undo", sized("changes", "list", "--limit", "1").rows[0]["change"], "-y")
        assert "NAME=VALUE" in sized(*command, "--field", "M", code=2).err
    assert "--new" in sized("quotes", "create", company, *quote[4:], "--field", "t-shirt size=M", code=2).err
    assert "with --new" in sized("customers", "contact", "add", company, "--first-name", "Al",
                                 "--field", "t-shirt size=M", code=2).err  # fmt: skip
    sized("settings", "set", "customers.required_fields", "warn")
    for command in (person, quote):
        assert " has no T-Shirt Size yet: hub customers field set C" in sized(*command).err
        sized("undo", sized("changes", "list", "--limit", "1").rows[0]["change"], "-y")
    sized("settings", "set", "customers.required_fields", "refuse")


def test_a_new_customer_needs_what_the_shop_requires(sized: InProcess) -> None:
    sized("customers", "field", "edit", "T-Shirt Size", "--required")
    refused = sized(*ZOE, code=2)
    assert refused.err == (
        "hub: missing: T-Shirt Size (a required field of the shop's own)\n"
        "  try: --field NAME=VALUE\n  try: hub customers field list\n"
        "  try: hub settings set customers.required_fields warn\n"
    )
    assert sized("customers", "search", "zoe").rows == []
    made = sized(*ZOE, "--field", "t-shirt size=l").rows[0]["number"]
    assert sized("customers", "show", made, "--json").json["fields"] == {"T-Shirt Size": "L"}
    assert "'XXL' is not one of S, M, L" in sized(*ZOE, "--field", "T-Shirt Size=XXL", code=2).err
    in_passing(sized)
    sized("settings", "set", "customers.required_fields", "warn")
    told = sized(*ZOE[:-1], "312 555 0167")
    number = told.rows[0]["number"]
    assert f"warning: {number} has no T-Shirt Size yet: hub customers field set {number} NAME=VALUE" in told.err


def test_a_required_field_is_asked_for(sized: InProcess) -> None:
    sized("customers", "field", "edit", "T-Shirt Size", "--required")
    answers = ["individual", "Zoe", "Fox", "312 555 0166", *[""] * 20, "XXL", "m", ""]
    told = sized("customers", "create", tty=True, stdin="\n".join(answers), code=None)
    assert "T-Shirt Size" in told.err


def test_an_import_rejects_new_rows_without_a_required_field(sized: InProcess, tmp_path: Path) -> None:
    sized("customers", "field", "edit", "T-Shirt Size", "--required")
    file, rejects = tmp_path / "new.csv", tmp_path / "rejects.csv"
    file.write_text(
        "first_name,last_name,email,T-Shirt Size\nZoe,Fox,zoe@x.test,L\nYan,Fox,yan@x.test,\nXi,Fox,xi@x.test,\n"
    )
    told = sized("import", "customers", str(file), "--apply", "--rejects", str(rejects), code=3)
    reason = "a required field of the shop's own is empty, or not a column of the file"
    assert [(row["result"], row["rows"], row["examples"]) for row in told.rows if row["reason"] == reason] == [
        ("reject", "2", "line 3: T-Shirt Size; line 4: T-Shirt Size"),
    ]
    assert sized("customers", "search", "fox").rows[0]["name"] == "Zoe Fox"
    assert len(rejects.read_text().splitlines()) == 3
    file.write_text("first_name,last_name,email,found_us\nZoe,Fox,zoe@x.test,radio\n")
    assert sized("import", "customers", str(file), "--apply").rows[1]["rows"] == "1", "who is there lacks nothing new"
    sized("settings", "set", "customers.required_fields", "warn")
    file.write_text("first_name,last_name,email\nYan,Fox,yan@x.test\n")
    told = sized("import", "customers", str(file), "--apply")
    assert ("warning", "1", "new, without a required field") in [
        (row["result"], row["rows"], row["reason"]) for row in told.rows
    ]
    assert [row["name"] for row in sized("customers", "search", "fox").rows] == ["Yan Fox", "Zoe Fox"]


# ---------------------------------------------------------------------------------------------------- consent in files


def test_consent_goes_out_and_comes_in_as_a_column(eu: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "consent.csv"
    file.write_text("first_name,last_name,mobile_phone,consent\nZoe,Fox,312 555 0166,yes\nYan,Fox,312 555 0167,no\n")
    eu("import", "customers", str(file), "--apply")
    assert [row["name"] for row in eu("customers", "list", "--consent", "yes").rows] == ["Zoe Fox"]
    with closing(sqlite3.connect(eu.path)) as conn:
        found = conn.execute(
            "SELECT consent, consent_on, consent_how FROM customers WHERE last_name = 'Fox' ORDER BY id"
        )
        assert found.fetchall() == [(1, "2025-06-15", "import"), (0, "2025-06-15", "import")]
    whole = tmp_path / "all.csv"
    eu("export", "customers", "--csv", "-o", str(whole))
    assert whole.read_text().splitlines()[0].endswith(",last_activity_on,consent")
    assert {row["result"] for row in eu("import", "customers", str(whole)).rows if row["rows"] != "0"} == {"same"}
    eu("import", "customers", str(file), "--apply", "--consent-all", "--on-match", "update", today="2025-07-01")
    assert eu("customers", "consent", "withdraw", "C1").rows[0]["consent"] == "no"


def test_outside_the_eu_consent_is_neither_a_filter_nor_a_column(people: InProcess, tmp_path: Path) -> None:
    assert "GDPR consent is not enabled" in people("customers", "list", "--consent", "yes", code=6).err
    assert "consent" not in people("export", "customers", "--csv").out
    file = tmp_path / "consent.csv"
    file.write_text("first_name,last_name,mobile_phone,consent\nZoe,Fox,312 555 0166,yes\n")
    told = people("import", "customers", str(file), "--apply")
    assert told.err.startswith("consent is left out: GDPR consent is not enabled")
    assert people("customers", "show", "zoe fox", "--json").json["consent"] is None


def test_who_comes_from_the_website_in_a_file_joins_the_default_company(people: InProcess, tmp_path: Path) -> None:
    company = people("customers", "create", "--company-name", "Acme", "--mobile", "312 555 0133").rows[0]["number"]
    people("settings", "set", "customers.default_company", company)
    file = tmp_path / "new.csv"
    file.write_text(
        "first_name,last_name,mobile_phone,source\nZoe,Fox,312 555 0166,website\nYan,Fox,312 555 0167,in-store\n"
    )
    people("import", "customers", str(file), "--apply")
    rows = people("customers", "contact", "list", company).rows
    assert [(row["first_name"], row["roles"]) for row in rows] == [("Zoe", "ordering")]
    people("customers", "contact", "detach", "zoe fox")
    people("import", "customers", str(file), "--apply")
    assert people("customers", "contact", "list", company).rows == [], "only whom the import makes"


def test_own_fields_are_set_with_the_others(sized: InProcess) -> None:
    sized("customers", "field", "add", "City")
    sized("customers", "edit", "C3", "--type", "luxury", "--set", "t-shirt size=s", "--set", "found_us=Radio")
    shown = sized("customers", "show", "C3", "--json").json
    assert (shown["type"], shown["found_us"], shown["fields"]) == ("luxury", "Radio", {"T-Shirt Size": "S"})
    assert len(sized("changes", "list", "--command", "customers edit").rows) == 1
    sized("customers", "edit", "C3", "--set", "T-Shirt Size=")
    sized("customers", "edit", "C1", "C2", "--set", "Crew=day")
    sized("customers", "edit", "C1", "--set", "city=Chicago")  # what hub itself keeps comes first
    shown = [sized("customers", "show", ref, "--json").json for ref in ("C1", "C2", "C3")]
    assert [one["fields"].get("Crew") for one in shown] == ["day", "day", None]
    assert (shown[0]["billing"]["city"], "City" in shown[0]["fields"], shown[2]["fields"]) == ("Chicago", False, {})
    refused = sized("customers", "edit", "C3", "--type", "average", "--set", "T-Shirt Size=XXL", code=2).err
    assert "is not one of S, M, L" in refused
    assert sized("customers", "show", "C3", "--json").json["type"] == "luxury"
