"""Acceptance of both hubs about the record: scenarios step by step, those of one command stand beside its tests."""

import re
from pathlib import Path

import pytest

import till
from conftest import InProcess

LONG_AGO = "2024-05-11"


@pytest.fixture
def eu(hub: InProcess) -> InProcess:
    hub("settings", "set", "shop.region", "eu")
    hub("settings", "set", "gdpr.capture", "on")
    return hub


def numbers(hub: InProcess, *words: str) -> list[str]:
    """Give the numbers of the customers that a list has."""
    return [row["number"] for row in hub("customers", "list", *words).rows]


def counts(hub: InProcess, *words: str, code: int = 0) -> dict[str, int]:
    """Import a file and give how many rows came to what."""
    rows = hub("import", "customers", *words, code=code).rows
    return {row["result"]: int(row["rows"]) for row in rows if not row["reason"] and row["rows"] != "0"}


# ---------------------------------------------------------------------------------------------------------- appliance


def test_appliance_14_the_job_archives_only_who_is_clean(hub: InProcess) -> None:
    for name in ("Clean One", "Rich Two", "Waiting Three"):
        first, last = name.split()
        hub("customers", "create", "--first-name", first, "--last-name", last, "--mobile", "3125550142", today=LONG_AGO)
    hub("credit", "grant", "C2", "1.00", "--note", "sorry", today=LONG_AGO)
    hub("orders", "create", "C3", "--line", "SOFA@480", "--fulfillment", "delivery", today=LONG_AGO)
    job = ("customers", "archive", "--stale", "365d", "--expect-max", "5")
    planned = hub(*job, "--dry-run", "--csv").out.splitlines()[1:]
    assert [line.split(",")[:2] for line in planned] == [["C1", "status"]]
    assert numbers(hub) == ["C1", "C2", "C3"]
    assert hub(*job, actor="cron").out.startswith("archived 1 customer ")
    assert numbers(hub) == ["C2", "C3"]
    entry = hub("customers", "changelog", "C1", "--field", "status").rows[0]
    assert (entry["actor"], entry["old"], entry["new"]) == ("cron", "active", "archived")
    assert hub(*job, actor="cron").out == ""
    assert numbers(hub, "--status", "archived") == ["C1"]


PERSISTENT = ("--persistence", "persistent", "--type")


def printed(hub: InProcess, noun: str, ref: str) -> str:
    """Print something and give the page."""
    page = hub.path.parent / f"{noun}-{ref}.html"
    hub(noun, "print", ref, "-o", str(page))
    return page.read_text(encoding="utf-8")


@pytest.fixture
def delivered(hub: InProcess) -> InProcess:
    """C1, whose fridge O1 is delivered and invoiced, with a home visit V1."""
    till.person(hub)
    order = till.order(hub)
    hub("orders", "deliver", order)
    hub("visits", "create", order, "--type", "service", "--line", "1", "--date", "2025-06-20")
    return hub


def test_appliance_20_a_persistent_delivery_note_reaches_the_driver_and_not_the_customer(delivered: InProcess) -> None:
    said = "Needs extra bubble wrap"
    delivered("notes", "add", "C1", said, *PERSISTENT, "delivery")
    quote = till.fridge(delivered)
    for ref in ("O1", quote):
        assert [note["text"] for note in till.show(delivered, ref)["notes"]] == [said], ref
    assert said in printed(delivered, "visits", "V1")
    assert said not in printed(delivered, "invoices", "I1")


def test_appliance_22_an_internal_note_is_seen_by_staff_only(delivered: InProcess) -> None:
    said, thanks = "pays late, be firm", "thank you for waiting"
    delivered("notes", "add", "C1", said, *PERSISTENT, "internal")
    delivered("notes", "add", "C1", thanks, *PERSISTENT, "customer")
    quote = till.fridge(delivered)
    for noun, ref in (("orders", "O1"), ("quotes", quote)):
        assert said in delivered(noun, "show", ref, tty=True).out
    delivered("settings", "set", "statements.enabled", "on")
    delivered("credit", "line", "set", "C1", "--limit", "5000")
    delivered("statements", "generate", "C1", "--from", "2025-06-01", "--to", "2025-06-15")
    pages = [printed(delivered, *one) for one in (("quotes", quote), ("orders", "O1"), ("invoices", "I1"),
                                                  ("statements", "S1"), ("visits", "V1"))]  # fmt: skip
    assert [said in page for page in pages] == [False] * 5
    assert [thanks in page for page in pages[:3]] == [True] * 3
    assert thanks not in pages[-1]


# -------------------------------------------------------------------------------------------------------- deconetwork


def test_deconetwork_7_active_ones_are_purged_at_once_in_the_eu_only(hub: InProcess) -> None:
    till.person(hub)
    purge = ("customers", "purge", "C1", "--confirm-count", "1")
    assert hub(*purge, code=6).err.startswith("hub: C1 Ann Lee is active")
    hub("settings", "set", "shop.region", "eu")
    hub(*purge)
    shown = hub("customers", "show", "C1", "--json").json
    assert (shown["status"], shown["first_name"], shown["mobile_phone"]) == ("purged", None, None)


def test_deconetwork_8_purged_is_only_who_was_deleted(hub: InProcess) -> None:
    till.person(hub)
    purge = ("customers", "purge", "C1", "--confirm-count", "1")
    hub(*purge, code=6)
    assert hub("customers", "show", "C1", "--json").json["name"] == "Ann Lee"
    hub("customers", "delete", "C1", "-y")
    hub(*purge[:3], code=6)  # without the count
    assert hub("customers", "show", "C1", "--json").json["name"] == "Ann Lee"
    hub(*purge)
    assert hub("customers", "show", "C1", "--json").json["status"] == "purged"


def test_deconetwork_16_the_mail_that_asks_for_payment_is_kept_for_the_payer_alone(hub: InProcess) -> None:
    hub("settings", "set", "correspondence.record_emails", "on")
    hub("customers", "create", "--company-name", "Acme", "--mobile", "3125550199", "--email", "office@acme.example")
    for name, role in (("Pat", "payment"), ("Quinn", "shipping")):
        given = ("--new", "--first-name", name, "--mobile", "3125550142", "--email", f"{name}@acme.example")
        hub("customers", "contact", "add", "C1", *given, "--role", role)
    hub("orders", "invoice", till.due(hub, "C1", "350"))
    hub("orders", "request-payment", "--company", "Acme")
    (mail,) = hub("emails", "list").rows
    assert (mail["to"], mail["document"], mail["template"]) == ("Pat@acme.example", "O1", "payment-request")


def test_deconetwork_55_what_is_sent_and_answered_is_on_quote_and_customer(hub: InProcess, tmp_path: Path) -> None:
    till.person(hub)
    hub("customers", "edit", "C1", "--email", "ann@lee.example")
    quote = till.fridge(hub)
    hub("quotes", "send", quote)
    assert hub("emails", "list").rows == []
    hub("settings", "set", "correspondence.record_emails", "on")
    hub("quotes", "send", quote)
    (on_quote,) = hub("emails", "list", "--document", quote).rows
    (on_customer,) = hub("customers", "show", "C1", "--section", "emails").rows
    assert on_quote == on_customer
    assert (on_quote["direction"], on_quote["document"], on_quote["to"]) == ("out", quote, "ann@lee.example")
    answer = tmp_path / "answer.eml"
    answer.write_text("From: Ann <ann@lee.example>\nTo: shop@example.com\nSubject: Re: quote\n"
                      "Date: Sun, 15 Jun 2025 12:00:00 +0000\nMessage-ID: <1@lee.example>\n\nYes.\n")  # fmt: skip
    hub("emails", "import", str(answer))
    assert [row["direction"] for row in hub("emails", "list", "--customer", "C1").rows].count("in") == 1


def test_deconetwork_56_the_same_event_is_in_the_activity_of_who_did_it(hub: InProcess) -> None:
    till.person(hub)
    hub("staff", "add", "mia", "--name", "Mia Stone", "--role", "administrator")
    hub("customers", "edit", "C1", "--discount", "5%")
    change = hub("customers", "edit", "C1", "--discount", "10%", actor="mia").rows[0]["change"]
    (mine,) = hub("staff", "activity", "mia").rows
    assert (mine["what"], mine["customer"], mine["customer_name"], mine["fields"]) == (
        "customers edit", "C1", "Ann Lee", "1",
    )  # fmt: skip
    theirs = [row for row in hub("customers", "activity", "C1").rows if row["change"] == change]
    assert [(row["actor"], row["kind"], row["at"]) for row in theirs] == [("mia", mine["kind"], mine["at"])]
    entry = hub("customers", "changelog", "C1", "--field", "discount_rate").rows[0]
    assert (entry["change"], entry["old"], entry["new"]) == (change, "5%", "10%")
    assert hub("staff", "activity", "Mia Stone", "--kind", "account", "--date", "today").rows == [mine]
    assert hub("staff", "activity", "mia", "--kind", "payment").rows == []
    assert hub("staff", "activity", "nobody", code=4).err.startswith("hub: there is no staff member nobody")
    assert hub("staff", "activity", "mia", "--kind", "dance", code=2).err.startswith("hub: --kind: 'dance'")


def test_deconetwork_59_an_import_with_consent_of_all(eu: InProcess, tmp_path: Path) -> None:
    for first in ("Ann", "Bo", "Cy"):
        eu("customers", "create", "--first-name", first, "--mobile", "3125550142", "--email", f"{first}@x.example")
    eu("customers", "consent", "grant", "C1")
    eu("customers", "consent", "withdraw", "C2")
    assert numbers(eu, "--consent", "no") == ["C2", "C3"]
    file = tmp_path / "list.csv"
    file.write_text("first_name,email\nBo,bo@x.example\nCy,cy@x.example\nDee,dee@x.example\n")
    asked = (str(file), "--consent-all", "--apply")
    assert counts(eu, str(file), "--consent-all") == {"create": 1, "update": 1, "same": 1}
    told = eu("import", "customers", *asked)
    assert "consent: was refused or withdrawn here and stays so" in told.out
    assert (numbers(eu, "--consent", "yes"), numbers(eu, "--consent", "no")) == (["C1", "C3", "C4"], ["C2"])
    shown = eu("sql", "SELECT id, consent_on, consent_how FROM customers WHERE id > 2").rows
    assert shown == [{"id": str(n), "consent_on": "2025-06-15", "consent_how": "import"} for n in (3, 4)]
    eu("import", "customers", *asked, "--on-match", "update")
    assert numbers(eu, "--consent", "no") == []
    eu("settings", "set", "shop.region", "")
    assert "GDPR consent is not enabled" in eu("import", "customers", *asked, code=6).err


def test_deconetwork_58_production_reads_notes_and_writes_none(hub: InProcess, tmp_path: Path) -> None:
    till.person(hub)
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.4 the kitchen")
    hub("staff", "add", "kim", "--role", "production")
    hub("notes", "add", "C1", "kitchen plan", "--attach", str(tmp_path / "plan.pdf"))
    for denied in (("add", "C1", "x"), ("edit", "N1", "x"), ("delete", "N1")):
        assert "kim may not write notes" in hub("notes", *denied, actor="kim", code=6).err
    hub("notes", "edit", "N1", "new kitchen plan")
    assert hub("notes", "list", "--customer", "C1", actor="kim").rows[0]["text"] == "new kitchen plan"
    hub("notes", "delete", "N1")
    assert hub("notes", "list", "--customer", "C1").rows == []
    hub("notes", "file", "N1", "-o", str(tmp_path / "again.pdf"), code=4)
    assert not (tmp_path / "again.pdf").exists()


SIZES = (
    "first_name,last_name,mobile_phone,T-Shirt Size\nAnn,Lee,3125550101,xl\nBo,Orr,3125550102,\nCy,Day,3125550103,S\n"
)


def test_deconetwork_61_a_column_of_an_own_field_is_stored_once_it_exists(hub: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "sizes.csv"
    file.write_text(SIZES)
    assert "not importable: T-Shirt Size" in hub("import", "customers", str(file), "--apply", code=2).err
    assert numbers(hub) == []
    hub("customers", "field", "add", "T-Shirt Size", "--type", "dropdown", "--choices", "S,M,L,XL")
    assert counts(hub, str(file), "--apply") == {"create": 3}
    held = [hub("customers", "show", ref, "--json").json["fields"] for ref in ("C1", "C2", "C3")]
    assert held == [{"T-Shirt Size": "XL"}, {}, {"T-Shirt Size": "S"}]
    assert counts(hub, str(file)) == {"same": 3}
    file.write_text(SIZES.replace("0102,", "0102,M").replace(",S\n", ",L\n"))
    assert counts(hub, str(file)) == {"update": 1, "same": 2}
    told = hub("import", "customers", str(file), "--apply").rows
    assert [row["reason"] for row in told if row["reason"]] == [
        "gets T-Shirt Size", "differs from hub and is kept (--on-match update takes the file's)",
    ]  # fmt: skip
    hub("import", "customers", str(file), "--apply", "--on-match", "update")
    rows = hub("customers", "show", "C1", "C2", "C3", "--section", "fields").rows
    assert [(row["number"], row["value"]) for row in rows] == [("C1", "XL"), ("C2", "M"), ("C3", "L")]
    hub("undo", "-y", hub("changes", "list", "--limit", "1").rows[0]["change"])
    assert hub("customers", "show", "C3", "--json").json["fields"] == {"T-Shirt Size": "S"}
    hub("db", "check")


def test_a_value_that_its_field_does_not_take_rejects_the_row(hub: InProcess, tmp_path: Path) -> None:
    hub("customers", "field", "add", "T-Shirt Size", "--type", "dropdown", "--choices", "S,M,L,XL")
    file, mend = tmp_path / "sizes.csv", tmp_path / "mend.csv"
    file.write_text(SIZES.replace(",xl", ",huge"))
    assert counts(hub, str(file), "--apply", "--rejects", str(mend), code=3) == {"create": 2, "reject": 1}
    assert mend.read_text().splitlines()[1] == (
        "Ann,Lee,3125550101,huge,2,\"T-Shirt Size: is not one of S, M, L, XL ('huge')\""
    )
    assert [row["name"] for row in hub("customers", "list").rows] == ["Bo Orr", "Cy Day"]


def test_own_fields_come_back_from_an_export_as_they_were(hub: InProcess, tmp_path: Path) -> None:
    till.person(hub)
    hub("customers", "field", "add", "Pet")
    hub("customers", "field", "add", "Motto", "--type", "textarea")
    hub("customers", "field", "set", "C1", "Pet=Rex, the dog", 'Motto==always "so"')
    assert hub("export", "customers", "--csv", "--fields", "number,Pet").out == 'number,Pet\nC1,"Rex, the dog"\n'
    row = hub("export", "customers", "--json").json[0]
    assert list(row)[-2:] == ["Motto", "Pet"]
    for form in ("customers.csv", "customers.tsv", "customers.xlsx", "customers.json"):
        file = tmp_path / form
        hub("export", "customers", "-o", str(file), *(("--excel",) if form.endswith("csv") else ()))
        assert counts(hub, str(file), "--on-match", "update") == {"same": 1}, form
    hub("customers", "field", "add", "E-Mail", code=0)
    assert hub("customers", "field", "add", "First name", code=6).err.startswith("hub: there is a field First name")
    hub("customers", "field", "retire", "Pet")
    assert list(hub("export", "customers", "--json").json[0])[-2:] == ["E-Mail", "Motto"]


def test_deconetwork_62_an_export_imported_again_changes_nothing(demo: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    demo("export", "customers", "--status", "all", "--csv", "-o", str(file))
    before = demo("changes", "list", "--limit", "1").rows
    for how in ("fill", "update"):
        found = counts(demo, str(file), "--on-match", how)
        assert set(found) == {"same"}, how
        assert demo("import", "customers", str(file), "--apply", "--on-match", how).out == ""
    assert demo("changes", "list", "--limit", "1").rows == before


def test_deconetwork_62_companies_come_back_from_an_export_as_they_were(demo: InProcess, tmp_path: Path) -> None:
    file = tmp_path / "companies.csv"
    demo("export", "customers", "--kind", "company", "--csv", "-o", str(file))
    before = demo("changes", "list", "--limit", "1").rows
    rows = demo("import", "companies", str(file)).rows
    assert {row["result"] for row in rows if not row["reason"] and row["rows"] != "0"} == {"same"}
    assert demo("import", "companies", str(file), "--apply").out == ""
    assert demo("changes", "list", "--limit", "1").rows == before


def test_deconetwork_64_own_payment_methods_and_the_shops_again(hub: InProcess) -> None:
    till.person(hub)
    hub("customers", "payment-methods", "C1", "check")
    for command in (("show", "C1"), ("show", "C1", "--section", "account")):
        assert hub("customers", *command, "--json").json["payment_methods"] == ["check"]
        assert re.search(r"payment methods\s+check", hub("customers", *command, tty=True, width=120).out)
    assert hub("customers", "payment-methods", "C1", "--default").rows[0]["offered"] == "All Default Methods"
    assert "All Default Methods" in hub("customers", "payment-methods", "C1", tty=True).out


def test_deconetwork_67_a_seller_registers_who_buys_and_nobody_else(hub: InProcess) -> None:
    hub("staff", "add", "pat", "--role", "sales-team")
    new = ("--mobile", "3125550142", "--line", "SOFA@5", "--new")
    denied = hub("customers", "create", "--first-name", "Bo", "--mobile", "3125550142", actor="pat", code=6).err
    assert denied.startswith("hub: pat may not add customers: that takes the role Administrator or Sales Manager\n")
    assert numbers(hub) == []
    hub("quotes", "create", *new, "Bo Lee", actor="pat")
    hub("orders", "create", *new, "Cy Day", actor="pat")
    assert [row["name"] for row in hub("customers", "list").rows] == ["Bo Lee", "Cy Day"]


# --------------------------------------------------------------------------------------------------- the whole record


SECTIONS = (
    "account", "notes", "addresses", "contacts", "quotes", "orders", "documents", "invoices", "outstanding",
    "statements", "payments", "credit", "credit-line", "visits", "designs", "layouts", "artwork", "emails", "activity",
    "changelog", "history", "fields",
)  # fmt: skip


@pytest.mark.parametrize("name", SECTIONS)
def test_every_section_is_reached(demo: InProcess, name: str) -> None:
    one = demo("customers", "show", "C3", "--section", name, "--json").json
    both = demo("customers", "show", "C3", "C1", "--section", name, "--json").json
    single = [one] if isinstance(one, dict) else one
    assert isinstance(one, dict) is (name in {"account", "credit-line"})
    for row, same in zip(single, both, strict=False):
        assert same.items() >= {key: value for key, value in row.items() if key != "rows"}.items()
        assert isinstance(one, dict) or "C3" in {same.get("customer"), same.get("number")} or "change" in same
    demo("customers", "show", "C3", "--section", name, tty=True)


LISTS = {
    "notes": ("notes", "list", "--customer", "C3"),
    "addresses": ("customers", "address", "list", "C3"),
    "contacts": ("customers", "contact", "list", "C3"),
    "quotes": ("quotes", "list", "--customer", "C3"),
    "orders": ("orders", "list", "--customer", "C3"),
    "invoices": ("invoices", "list", "--customer", "C3"),
    "outstanding": ("invoices", "list", "--customer", "C3", "--outstanding"),
    "statements": ("statements", "list", "--customer", "C3"),
    "payments": ("payments", "list", "--customer", "C3"),
    "credit": ("credit", "history", "C3"),
    "credit-line": ("credit", "line", "show", "C3"),
    "visits": ("visits", "list", "--customer", "C3"),
    "designs": ("designs", "list", "--customer", "C3"),
    "layouts": ("layouts", "list", "--customer", "C3"),
    "artwork": ("artwork", "list", "--customer", "C3"),
    "emails": ("emails", "list", "--customer", "C3"),
    "activity": ("customers", "activity", "C3"),
    "changelog": ("customers", "changelog", "C3"),
    "fields": ("customers", "field", "show", "C3"),
}
"""Each section that is also a list, with the command that gives it."""


@pytest.fixture
def oak(demo: InProcess, tmp_path: Path) -> InProcess:
    """The demo shop, where C3 has something in every section."""
    art = tmp_path / "logo.png"
    art.write_bytes(b"\x89PNG\r\n\x1a\n")
    for command in (
        ("customers", "field", "add", "Crew"), ("customers", "field", "set", "C3", "Crew=night"),
        ("credit", "grant", "C3", "5", "--reason", "goodwill"), ("settings", "set", "statements.enabled", "on"),
        ("statements", "generate", "C3", "--month", "2025-05"),
        ("settings", "set", "correspondence.record_emails", "on"),
        ("emails", "send", "C3", "--subject", "Hello", "--message", "Friday"),
        ("designs", "add", "C3", str(art), "--confirm-rights"), ("layouts", "add", "C3", "Crew", "--product", "PC61"),
        ("artwork", "create", "C3", "Logo", "--process", "embroidery"),
        ("visits", "create", "O8", "--type", "service", "--line", "1", "--description", "Rattles"),
    ):  # fmt: skip
        demo(*command)
    return demo


def test_a_section_is_the_list_of_its_noun_in_every_form(oak: InProcess) -> None:
    for section, words in LISTS.items():
        shown = ("customers", "show", "C3", "--section", section)
        assert len(oak(*words).rows) > 0, section
        for how in ((), ("--json",), ("--ndjson",), ("--csv",)):
            assert oak(*shown, *how).out == oak(*words, *how).out, (section, how)
        for width in (80, 120):
            drawn, listed = oak(*shown, tty=True, width=width), oak(*words, tty=True, width=width)
            assert (drawn.out, drawn.err) == (listed.out, listed.err), section
    assert {*LISTS, "account", "documents", "history"} == {*SECTIONS}


def test_the_account_is_all_that_is_not_a_list(oak: InProcess) -> None:
    oak("customers", "login", "C3", "--username", "oak")
    screen = oak("customers", "show", "C3", "--section", "account", tty=True, width=100).out
    for text in ("Hard hats on site", "Lena Fischer", "900 W Fulton Market", "marcus", "limit 25000.00, used 2063.59",
                 "All Default Methods", "0%", "oak", "last login", "first seen", "Crew", "night"):  # fmt: skip
        assert text in screen, text
    assert "Open quotes" not in screen
    told = oak("customers", "show", "C3", "--section", "account", "--json").json
    assert (told["login"], told["logins"], told["billing"]["zip"], told["fields"]) == (
        "oak",
        0,
        "60607",
        {"Crew": "night"},
    )
    whole = oak("customers", "show", "C3", "--json").json
    assert {name: whole[name] for name in told if name in whole} == {name: told[name] for name in told if name in whole}
    assert (
        oak("customers", "show", "C3", "--section", "account", "--fields", "login", tty=True).out.split()[-1] == "oak"
    )


def test_an_unknown_section_is_refused(demo: InProcess) -> None:
    assert demo("customers", "show", "C1", "--section", "shoes", code=2).err.startswith("hub: --section: 'shoes'")


def test_login_consent_hold_and_own_fields_stand_on_the_customer(eu: InProcess) -> None:
    till.person(eu)
    eu("customers", "field", "add", "T-Shirt Size")
    eu("customers", "field", "set", "C1", "T-Shirt Size=XL")
    eu("customers", "login", "C1", "--username", "ann.lee", "--password", stdin="correct horse\ncorrect horse\n")
    eu("customers", "hold", "C1")
    screen = eu("customers", "show", "C1", tty=True).out
    for text in ("ann.lee", "T-Shirt Size", "XL", "not asked yet", "may not buy at present"):
        assert text in screen
    assert "correct horse" not in screen
    shown = eu("customers", "show", "C1", "--json").json
    assert list(shown)[-4:] == ["fields", "login", "missing_fields", "merged_numbers"]
    assert (shown["fields"], shown["login"], shown["consent"], shown["on_hold"]) == (
        {"T-Shirt Size": "XL"}, "ann.lee", None, True,
    )  # fmt: skip
    eu("customers", "consent", "grant", "C1")
    assert re.search(r"consent +yes", eu("customers", "show", "C1", tty=True).out)
    eu("settings", "set", "gdpr.capture", "off")
    assert not re.search(r"consent +yes", eu("customers", "show", "C1", tty=True).out)


# --------------------------------------------------------------------------------------------- views in bulk commands


def test_a_view_names_customers_in_bulk_commands(demo: InProcess) -> None:
    demo("views", "save", "lux", "--type", "luxury")
    found = sorted(numbers(demo, "@lux"))
    demo("customers", "hold", "@lux", "-y")
    assert sorted(numbers(demo, "--on-hold")) == found
    demo("customers", "unhold", "@lux", "--zip", "60614", "-y")
    assert sorted(numbers(demo, "--on-hold")) == sorted({*found} - {*numbers(demo, "@lux", "--zip", "60614")})
    demo("customers", "assign", "@lux", "--to", "priya", "-y")
    assert {row["manager"] for row in demo("customers", "list", "@lux").rows} == {"priya"}
    demo("customers", "archive", "@lux", "--keep-going", "-y", code=3)
    left = numbers(demo, "@lux")
    archived = numbers(demo, "@lux", "--status", "archived")
    assert archived
    assert {*left, *archived} >= {*found}
    demo("views", "save", "gone", "--type", "luxury", "--status", "archived")
    demo("customers", "restore", "@gone", "-y")
    assert sorted(numbers(demo, "@lux")) == sorted(left + archived)


def test_a_view_stands_alone_or_with_filters(demo: InProcess) -> None:
    demo("views", "save", "lux", "--type", "luxury")
    assert "are customers beside a view" in demo("customers", "hold", "@lux", "C1", code=2).err
    assert demo("customers", "hold", "@luxury", code=4).err.startswith("hub: there is no saved view @luxury")
    assert demo("customers", "assign", "@lux", "--manager", "priya", code=2).err.startswith("hub: name customers and")


# ------------------------------------------------------------------------------------------- erased people come again


def test_erased_people_are_left_out_of_imports_where_the_shop_chose_so(hub: InProcess, tmp_path: Path) -> None:
    for first, phone in (("Eva", "3125550101"), ("Eve", "3125550102")):
        hub("customers", "create", "--first-name", first, "--mobile", phone, "--email", f"{first}@gone.example")
    hub("customers", "erase", "C1", "--confirm-count", "1")
    hub("settings", "set", "privacy.recognise_erased", "on")
    hub("customers", "erase", "C2", "--confirm-count", "1")
    assert [bool(row["hashes"]) for row in hub("sql", "SELECT hashes FROM erasures ORDER BY id").rows] == [False, True]
    file = tmp_path / "again.csv"
    file.write_text("first_name,email,mobile_phone\nEva,eva@gone.example,\nE.,,(312) 555-0102\nEve,EVE@gone.example,\n")
    assert counts(hub, str(file)) == {"create": 1}
    told = [(row["result"], row["rows"]) for row in hub("import", "customers", str(file), "--apply").rows
            if "was erased here" in row["reason"]]  # fmt: skip
    assert told == [("warning", "2")]
    assert [row["name"] for row in hub("customers", "list").rows] == ["Eva"]
    assert b"eve@gone" not in hub.path.read_bytes().lower()
    hub("settings", "set", "privacy.recognise_erased", "off")
    assert counts(hub, str(file)) == {"create": 2, "same": 1}


# ---------------------------------------------------------------------------------------------------- important notes


@pytest.mark.parametrize("noun", ["quotes", "orders"])
def test_important_notes_come_first_when_a_customer_is_chosen(hub: InProcess, noun: str) -> None:
    till.person(hub)
    hub("notes", "add", "C1", "Dog bites", "--important")
    hub("notes", "add", "C1", "Likes blue")
    told = hub(noun, "create", "C1", "--line", "SOFA@480", "--fulfillment", "pickup", tty=True).err
    assert "important, N1 (internal): Dog bites" in told
    assert "Likes blue" not in told
