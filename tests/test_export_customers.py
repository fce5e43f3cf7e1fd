"""hub export customers, orders, notes, changelog and templates: the columns, to the byte, and which rows."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import InProcess
from hubcli.importing.fields import CUSTOMER_COLUMNS, ORDER_COLUMNS
from hubcli.render import unguard
from hubcli.store import Day, Hub, Who
from hubcli.values import phones

AT = "2025-05-01T14:02:11.123Z"

CUSTOMERS: tuple[dict[str, Any], ...] = (
    {"first_name": "René", "last_name": "Müller", "email": "rene@example.com", "type": "luxury", "source": "website"},
    {"kind": "company", "company_name": 'Oak "& Sons", Ltd', "building_code": "00501", "found_us": "=1+1"},
    {"first_name": "Zoë\tTab", "status": "archived", "archived_at": AT, "archived_by": "cron", "tax_exempt": 1},
)


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    """Three customers: one with everything, one that CSV must quote, one archived."""
    with Hub(hub.path, Who("sam", "sam", None), Day("2025-06-15", chosen=True, at=AT), notice=lambda _: None) as store:
        store.change("test", _fill)
    return hub


def _fill(store: Hub) -> None:
    staff = store.insert("staff", {"login": "priya", "name": "Priya"})
    for values in CUSTOMERS:
        store.insert("customers", {"created_at": AT, "touched_on": "2025-05-01", **values})
    number = "(206) 555-0123"
    key = phones.parse(number).key
    store.update("customers", 1, {"manager_id": staff, "mobile_phone": number, "mobile_key": key})
    store.update("customers", 1, {"home_phone": number, "home_key": key, "alternate_phone": number})
    for email in ("b@example.com", "a@example.com"):
        store.insert("billing_emails", {"customer_id": 1, "email": email, "email_key": email})
    place = {"customer_id": 1, "line1": "12 Oak St, rear", "city": "Chicago", "state": "IL", "zip": "02134"}
    store.insert("addresses", {"kind": "billing", "line2": "Apt 4", **place})
    store.insert("addresses", {"kind": "delivery", **place, "line1": "other"})
    store.insert("addresses", {"kind": "delivery", "is_default": 1, **place, "zip": "60614-0544"})
    for system, number in (("shopify", "7210448300001"), ("old", "4711")):
        store.insert("external_ids", {"system": system, "external_id": number, "customer_id": 1})
    _order(store)
    note = {
        "customer_id": 1,
        "type": "internal",
        "persistence": "optional",
        "author": "sam",
        "written_on": "2025-05-03",
    }
    store.insert("notes", {**note, "text": "two\nlines"})
    store.insert("notes", {**note, "text": "gone", "deleted_at": AT})
    owed = {"customer_id": 1, "amount_cents": 1250, "type": "grant", "entered_on": "2025-05-04", "recorded_at": AT}
    store.insert("wallet_entries", owed)


def _order(store: Hub) -> None:
    order = {"customer_id": 1, "status": "shipped", "ordered_on": "2025-05-02", "shipped_on": "2025-05-09"}
    charges = {"delivery_charge_cents": 7500, "tax_cents": 5, "job_name": 'Kitchen, "big"'}
    number = store.insert("documents", {**order, **charges, "created_at": AT})
    store.insert("documents", {"customer_id": 1, "status": "saved", "quoted_on": "2025-05-02", "created_at": AT})
    line = {"document_id": number, "quantity": 2, "unit_price_cents": 137400, "delivered_on": "2025-05-09"}
    delivered = {"delivery_status": "delivered"}
    for place, discount in enumerate(({}, {"discount_rate": 1500}, {"discount_rate": 825}, {"discount_cents": 105}), 1):
        store.insert("document_lines", {**line, **delivered, "line": place, "model": f"M-{place}", **discount})
    both = {"line": 5, "model": "M-5", "discount_rate": 1250, "discount_cents": 3, "unit_cost_cents": 90000}
    store.insert("document_lines", {**line, **delivered, **both})
    paid = {"customer_id": 1, "document_id": number, "method": "cash", "amount_cents": 100000, "paid_on": "2025-05-02"}
    store.insert("payments", {**paid, "recorded_at": AT})
    store.insert("external_ids", {"system": "pos", "external_id": "88000", "document_id": number})


RENE = {
    "number": "C1",
    "kind": "individual",
    "first_name": "René",
    "last_name": "Müller",
    "email": "rene@example.com",
    "billing_emails": "b@example.com; a@example.com",
    "mobile_phone": "(206) 555-0123",
    "home_phone": "(206) 555-0123",
    "alternate_phone": "(206) 555-0123",
    "billing_line1": "12 Oak St, rear",
    "billing_line2": "Apt 4",
    "billing_city": "Chicago",
    "billing_state": "IL",
    "billing_zip": "02134",
    "type": "luxury",
    "source": "website",
    "stage": "first-time",
    "manager": "priya",
    "tax_exempt": "no",
    "credit_balance": "12.50",
    "lifetime_value": "12831.56",
    "orders": "1",
    "first_order_on": "2025-05-02",
    "last_order_on": "2025-05-02",
    "created_at": AT,
    "billing_country": "US",
    "delivery_line1": "12 Oak St, rear",
    "delivery_city": "Chicago",
    "delivery_state": "IL",
    "delivery_zip": "60614-0544",
    "delivery_country": "US",
    "name": "René Müller",
    "status": "active",
    "external_ids": "shopify:7210448300001; old:4711",
    "last_activity_on": "2025-05-09",
}


def test_the_csv_holds_the_documented_columns_in_their_order(shop: InProcess) -> None:
    head, *rows = csv.reader(io.StringIO(shop("export", "customers", "--csv", "--zip", "02134").out))
    assert tuple(head) == CUSTOMER_COLUMNS
    assert [dict(zip(head, row, strict=True)) for row in rows] == [{**dict.fromkeys(CUSTOMER_COLUMNS, ""), **RENE}]


def test_the_csv_to_the_byte(shop: InProcess) -> None:
    oak = shop("export", "customers", "--csv", "--no-header", "--kind", "company").out
    empty = "," * 8
    assert oak == (
        'C2,company,"Oak ""& Sons"", Ltd",00501' + empty + ",,,,,,,=1+1,lead,,no,0.00,,,,0.00,0,,," + AT
        + empty + ',"Oak ""& Sons"", Ltd",active,,2025-05-01\n'
    )  # fmt: skip


def test_a_pipe_gets_tsv_sorted_by_name(shop: InProcess) -> None:
    out = shop("export", "customers", "--status", "all").out
    assert [line.split("\t")[0] for line in out.splitlines()] == ["number", "C2", "C1", "C3"]
    assert "\tZoë\\tTab\t" in out


def test_json_has_the_same_keys_and_keeps_types(shop: InProcess) -> None:
    found = shop("export", "customers", "--json", "--type", "luxury").json
    assert [tuple(record) for record in found] == [CUSTOMER_COLUMNS]
    record = found[0]
    assert (record["billing_emails"], record["orders"]) == (["b@example.com", "a@example.com"], 1)
    assert (record["credit_balance"], record["credit_limit"], record["tax_exempt"]) == ("12.50", None, False)
    assert record["external_ids"] == ["shopify:7210448300001", "old:4711"]
    line = shop("export", "customers", "--ndjson", "--type", "luxury").out
    assert line.endswith("\n")
    assert json.loads(line) == record


def test_s3_excel_guards_what_a_spreadsheet_would_run_and_unguard_gives_it_back(shop: InProcess) -> None:
    out = shop("export", "customers", "--excel", "--kind", "company").out
    assert out.startswith("\ufeffnumber,")
    assert ",'=1+1," in out
    (row,) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")))
    assert row["found_us"] == "'=1+1"
    assert unguard(row["found_us"]) == "=1+1"


def test_archived_customers_are_left_out_unless_asked_for(shop: InProcess) -> None:
    assert len(shop("export", "customers").rows) == 2
    (zoe,) = shop("export", "customers", "--status", "archived").rows
    assert (zoe["number"], zoe["status"], zoe["archived_at"], zoe["tax_exempt"]) == ("C3", "archived", AT, "yes")


def test_require_rows_and_nothing_found(shop: InProcess) -> None:
    assert shop("export", "customers", "--zip", "99999", "--json").out == "[]\n"
    assert shop("export", "customers", "--zip", "99999", "--csv").out.count("\n") == 1
    assert "no customers matched" in shop("export", "customers", "--zip", "99999", "--require-rows", code=7).err


def test_changed_since_a_change_set_or_a_moment(shop: InProcess) -> None:
    assert len(shop("export", "customers", "--changed-since", "H0", "--status", "all").rows) == 3
    assert shop("export", "customers", "--changed-since", "H1").rows == []
    with Hub(
        shop.path, Who("sam", "sam", None), Day("2025-06-15", chosen=True, at="2025-06-10T00:00:00.000Z")
    ) as store:
        store.change("test", lambda h: h.update("customers", 2, {"found_us": "Radio"}))
    for since in ("H1", "2025-06-01"):
        assert [row["number"] for row in shop("export", "customers", "--changed-since", since).rows] == ["C2"]
    assert shop("export", "customers", "--changed-since", "nonsense", code=2).out == ""


def test_text_searches_here_too(shop: InProcess) -> None:
    assert [row["number"] for row in shop("export", "customers", "MULLER").rows] == ["C1"]
    assert [row["number"] for row in shop("export", "customers", "rene", "muller").rows] == ["C1"]
    assert shop("export", "customers", "", code=2).out == ""


def test_all_rows_are_read_as_they_lie_and_the_first_by_index(demo: InProcess) -> None:
    plan = demo("export", "customers", "--explain").err
    assert "-- SCAN c\n" in plan
    first = demo("export", "customers", "--limit", "5", "--explain")
    assert "SCAN c USING INDEX customers_by_name" in first.err
    assert "TEMP B-TREE" not in first.err
    assert demo("export", "customers").out.startswith(first.out)
    orders = demo("export", "orders", "--explain").err
    assert "TEMP B-TREE" not in orders


@pytest.mark.parametrize("option", [("--sort", "(select 1)"), ("--fields", "x;drop"), ("--limit", "0")])
def test_b20_only_known_names_and_numbers(shop: InProcess, option: tuple[str, str]) -> None:
    assert shop("export", "customers", *option, code=2).out == ""


def test_sort_fields_and_limit(demo: InProcess) -> None:
    out = demo(
        "export", "customers", "--sort", "-lifetime_value", "--fields", "number,lifetime_value", "--limit", "3"
    ).rows
    values = [float(row["lifetime_value"]) for row in out]
    assert values == sorted(values, reverse=True)
    assert len(out) == 3


# ---------------------------------------------------------------------------------------------------- other commands


def test_orders_are_one_row_a_line(shop: InProcess) -> None:
    head, *rows = csv.reader(io.StringIO(shop("export", "orders", "--csv").out))
    assert tuple(head) == ORDER_COLUMNS
    records = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["line"] for row in records] == ["1", "2", "3", "4", "5"]
    assert [row["discount"] for row in records] == ["", "15%", "8.25%", "1.05", "343.53"]
    first = {key: value for key, value in records[0].items() if value not in {"", "0.00"}}
    assert first == {
        "number": "O1", "customer": "C1", "customer_name": "René Müller", "ordered_on": "2025-05-02",
        "job_name": 'Kitchen, "big"', "class": "retail", "status": "shipped", "delivered_on": "2025-05-09", "line": "1",
        "model": "M-1", "quantity": "2", "unit_price": "1374.00", "delivery_charge": "75.00", "tax": "0.05",
        "total": "12831.56", "paid": "1000.00", "external_id": "pos:88000",
    }  # fmt: skip
    assert (records[4]["unit_cost"], records[0]["unit_cost"]) == ("900.00", "")


def test_orders_are_filtered(shop: InProcess) -> None:
    for found in (("--customer", "C1"), ("--ordered", "2025-05"), ("--status", "shipped"), ("--changed-since", "H0")):
        assert len(shop("export", "orders", *found).rows) == 5, found
    for none in (("--customer", "C2"), ("--ordered", "2024"), ("--status", "draft"), ("--changed-since", "H1")):
        assert shop("export", "orders", *none).rows == [], none
    assert shop("export", "orders", "--status", "lost", code=2).out == ""


def test_notes_without_the_deleted(shop: InProcess) -> None:
    assert shop("export", "notes").out == (
        "number\tcustomer\tcustomer_name\ttype\tpersistence\timportant\ttext\tauthor\twritten_on\n"
        "N1\tC1\tRené Müller\tinternal\toptional\tno\ttwo\\nlines\tsam\t2025-05-03\n"
    )
    assert shop("export", "notes", "--customer", "C2", "--json").json == []


def test_the_changelog_oldest_first(shop: InProcess) -> None:
    rows = shop("export", "changelog", "--customer", "C1").rows
    assert rows[0] | {"at": ""} == {
        "at": "", "actor": "sam", "change": "H1", "command": "test", "reason": "", "record": "C1", "field": "kind",
        "old": "", "new": "individual", "customer": "C1",
    }  # fmt: skip
    manager = next(row for row in rows if row["field"] == "manager")
    assert (manager["old"], manager["new"]) == ("", "priya")
    assert shop("export", "changelog", "--since", "H1").rows == []
    assert shop("export", "changelog", "--sort", "at", code=2).out == ""


@pytest.mark.parametrize("of", ["customers", "orders"])
def test_a_template_has_the_columns_that_the_import_reads(hub: InProcess, of: str) -> None:
    from hubcli.importing import profiles

    header = hub("export", "template", of).out
    assert header.count("\n") == 1
    profile = profiles.load("hub", of)
    lines = profile.lines.columns if profile.lines else {}
    assert set(header.strip().split(",")) == {*profile.columns, *lines} - {"consent"}, (
        "that is for shops that ask for it"
    )
    assert hub("export", "template", of, "--example").out.count("\n") == 2
    assert hub("export", "template", of, "--json").out == "[]\n"


def test_a_template_of_another_layout_is_recognised_as_it(hub: InProcess) -> None:
    from hubcli.importing import profiles

    for of, name in (("customers", "shopify"), ("customers", "square"), ("orders", "shopify")):
        header = hub("export", "template", of, "--profile", name).out.strip().split(",")
        assert profiles.detect(header, of).name == name
    assert "profile" in hub("export", "template", "customers", "--profile", "none", code=2).err
    assert hub("export", "template", "recipes", code=2).out == ""


# -------------------------------------------------------------------------------------------------------- memory


def test_an_export_does_not_grow_with_its_rows(tmp_path: Path) -> None:
    """A listing of 300,000 rows passes through in the memory of a few."""
    code = (
        "import resource, sys\n"
        "from hubcli.render import Column, Listing, Output, write\n"
        "columns = [Column(f'c{n}') for n in range(40)]\n"
        "def rows(n):\n"
        "    return (tuple(f'{at} {n}' for n in range(40)) for at in range(n))\n"
        "def peak(n):\n"
        "    write(Listing(columns, rows(n)), Output(path=sys.argv[1]), sys.stdout, sys.stderr)\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "few = peak(2_000)\n"
        "assert peak(60_000) - few < 2_000, 'KB'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "x.csv")], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
