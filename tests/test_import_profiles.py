"""Layouts of other tools are recognised and mapped exactly; what is not known is named; B17."""

import os
from pathlib import Path
from typing import Any

import pytest

from hubcli.errors import HubError
from hubcli.importing import detect, draft, load, mapper, open_table, read_orders
from hubcli.importing.fields import CUSTOMER_COLUMNS, CUSTOMER_DERIVED, ORDER_COLUMNS
from hubcli.importing.people import same_phone, split_name
from hubcli.importing.profiles import FOLDER, read_profile, shipped
from hubcli.importing.rules import iso_day, percent

SHARED = Path(os.environ.get("HUB_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the public data sets are not beside the checkout")

SHOPIFY = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,"
    "Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,"
    "Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,"
    "Tags"
)
SHOPIFY_ORDERS = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,"
    "Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
    "Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Phone,Receipt Number,Duties,"
    "Billing Province Name,Shipping Province Name,Payment ID,Payment Terms Name,Next Payment Due At,Payment References"
)
GOOGLE = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,"
    "Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Address 1 - Extended Address,"
    "Website 1 - Label,Website 1 - Value,Event 1 - Label,Event 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value"
)
GOOGLE_OLD = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,"
    "Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,"
    "Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,"
    "Organization 1 - Yomi Name,Organization 1 - Title,Organization 1 - Department,Organization 1 - Symbol,"
    "Organization 1 - Location,Organization 1 - Job Description"
)
DECO = (
    "login,email,salutation,firstname,lastname,date_added,phone_number,address,city,state,country,zip,company,"
    "use_separate_shipping,shipping_company,shipping_firstname,shipping_lastname,shipping_phone_number,"
    "shipping_address,shipping_city,shipping_state,shipping_country,shipping_zip,discount,tax_exempt,store_credit,"
    "account_holder,terms,credit_limit,price_level,marketing_opt_in,gdpr_consent"
)
LAYOUTS = [
    ("shopify", SHOPIFY),
    ("shopify", SHOPIFY + ",Accepts WhatsApp Marketing,Size (customer.metafields.custom.size)"),
    ("shopify", SHOPIFY.replace("Customer ID,", "").replace("Total Spent,Total Orders,", "")),
    ("shopify", ("First Name,Last Name,Email,Company,Address1,Address2,City,Province,Province Code,Country,"
                "Country Code,Zip,Phone,Accepts Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt")),
    ("matrixify", "ID,Email,Command,First Name,Last Name,Phone,State,Tags,Tags Command"),
    ("google", GOOGLE),
    ("google", GOOGLE_OLD),
    ("square", ("Reference ID,First Name,Last Name,Email Address,Phone Number,Company Name,Street Address 1,"
               "Street Address 2,City,State,Postal Code,Memo,Square Customer ID")),
    ("square", ("Reference ID,First Name,Surname,Email Address,Phone Number,Nickname,Company Name,Street Address 1,"
               "Street Address 2,City,State,Postal Code,Birthday,Memo,Creation Source,First Visit,Last Visit,"
               "Transaction Count,Lifetime Spend,Email Subscription Status,Instant Profile")),
    ("quickbooks", ("Full Name,Company,Email,Phone,Mobile,Fax,Website,Street,City,State,ZIP,Country,Opening Balance,"
                   "Opening Balance Date,Resale Number,Currency")),
    ("quickbooks", "customer full name,phone,EMAIL,Billing Street,Billing City,Billing ZIP,Open Balance"),
    ("quickbooks", ("!CUST,NAME,TIMESTAMP,REFNUM,BADDR1,BADDR2,BADDR3,BADDR4,BADDR5,SADDR1,SADDR2,SADDR3,SADDR4,SADDR5,"
                   "PHONE1,PHONE2,FAXNUM,CONT1,CONT2,CTYPE,TERMS,TAXABLE,LIMIT,RESALENUM,REP,TAXITEM,NOTEPAD,"
                   "SALUTATION")),
    ("hubspot", "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date"),
    ("hubspot", ("Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,"
                "Last Modified Date,Lifecycle Stage,Associated Company,Associated Company IDs,Job Title,Company Name,"
                "City,State/Region,Postal Code,Last Activity Date,Marketing contact status")),
    ("outlook", "First Name,Middle Name,Last Name,E-mail Address,Mobile Phone,Company,Birthday"),
    ("stripe", "id,Email,Name,Phone,Description,Created (UTC),Currency,Delinquent,Total Spend"),
    ("deconetwork", DECO),
    ("deconetwork", ("id,company,email,date_added,phone_number,address,city,state,country,zip,use_separate_shipping,"
                    "shipping_company,shipping_phone_number,shipping_address,shipping_city,shipping_state,"
                    "shipping_country,shipping_zip")),
    ("northwind", "CustomerID,CompanyName,ContactName,ContactTitle,Address,City,Region,PostalCode,Country,Phone,Fax"),
    ("hub", ",".join(CUSTOMER_COLUMNS)),
    ("hub", "first_name,last_name,billing_zip"),
]  # fmt: skip

COUNTRIES = ("billing_country", "delivery_country")


def mapped(profile: str, row: dict[str, str], **options: Any) -> dict[str, str]:
    return mapper(load(profile, "customers"), list(row), **options)(list(row.values()))


@pytest.mark.parametrize(("name", "header"), LAYOUTS, ids=[f"{n}{i}" for i, (n, _) in enumerate(LAYOUTS)])
def test_every_known_layout_is_recognised_whole(name: str, header: str) -> None:
    headers = header.split(",")
    profile = detect(headers, "customers")
    assert (profile.name, mapper(profile, headers).unknown) == (name, [])


def test_order_layouts_are_recognised(tmp_path: Path) -> None:
    for name, header in (("shopify", SHOPIFY_ORDERS), ("hub", ",".join(ORDER_COLUMNS))):
        path = tmp_path / f"{name}.csv"
        path.write_text(header + "\n")
        with open_table(path) as table:
            profile = detect(table.headers, "orders")
            orders = read_orders(profile, table)
            assert (profile.name, orders.unknown, list(orders)) == (name, [], [])


def test_every_shipped_profile_is_sound() -> None:
    assert len(list(FOLDER.glob("*.toml"))) == len(shipped("customers")) + len(shipped("orders"))
    assert {"hub", "shopify", "square", "quickbooks", "google", "hubspot", "deconetwork", "northwind", "chinook"} <= {
        p.name for p in shipped("customers")
    }
    for profile in (*shipped("customers"), *shipped("orders")):
        for headers in profile.recognise:
            assert detect(list(headers), profile.of).name == profile.name


def test_hub_columns_and_its_profiles_agree() -> None:
    hub = load("hub", "customers")
    assert frozenset(hub.skip) == CUSTOMER_DERIVED
    assert [*hub.columns] == [*(c for c in CUSTOMER_COLUMNS if c not in CUSTOMER_DERIVED), "consent"]
    orders = load("hub", "orders")
    assert orders.lines is not None
    assert {*orders.columns, *orders.lines.columns, *orders.skip} == set(ORDER_COLUMNS)


def test_unknown_layout_says_how_to_go_on() -> None:
    with pytest.raises(HubError) as caught:
        detect(["Vorname", "Nachname"], "customers", file="kunden.csv", typed="kunden.csv")
    assert (caught.value.slug, caught.value.exit) == ("layout_unknown", 2)
    assert caught.value.tries[0] == "hub import customers kunden.csv --write-profile mapping.toml"
    with pytest.raises(HubError, match="looks like orders of northwind"):
        detect(["OrderID", "CustomerID", "Freight"], "customers")
    with pytest.raises(HubError, match="no such layout") as caught:
        load("shopfy", "customers")
    assert "shopify" in caught.value.tries[0]


def test_b17_what_is_not_importable_is_refused() -> None:
    hub = load("hub", "customers")
    for column in ("is_admin", "id", "Phone", "(column 4)"):
        with pytest.raises(HubError) as caught:
            mapper(hub, ["number", "first_name", column], file="in.csv")
        assert (caught.value.slug, caught.value.exit) == ("columns_unknown", 2)
        assert caught.value.message == f"in.csv: not importable: {column}"
    assert detect(["first_name", "last_name", "id", "is_admin"], "customers").strict


def test_b17_derived_columns_are_left_out_and_named() -> None:
    made = mapper(load("hub", "customers"), ["number", "lifetime_value", "first_name", "stage"])
    assert made(["C1", "99.00", "Ann", "repeat"]) == {"number": "C1", "first_name": "Ann", "kind": "individual"}
    assert made.derived == ["lifetime_value", "stage"]


def test_b17_ignored_columns_are_left_out() -> None:
    made = mapper(load("hub", "customers"), ["first_name", "is_admin", "email"], ignore=["is_admin", "email"])
    assert made(["Ann", "1", "a@b.test"]) == {"first_name": "Ann", "kind": "individual"}
    assert (made.unknown, made.derived) == ([], [])


def test_b16_missing_columns_are_named() -> None:
    with pytest.raises(HubError, match="no column gives number or external_id or") as caught:
        mapper(load("hub", "customers"), ["billing_zip", "type"])
    assert (caught.value.slug, caught.value.exit) == ("columns_missing", 2)


def test_unknown_columns_of_other_tools_are_listed() -> None:
    made = mapper(load("shopify", "customers"), [*SHOPIFY.split(","), "Loyalty", "Club"])
    assert made.unknown == ["Loyalty", "Club"]
    assert made.derived == ["Accepts SMS Marketing", "Total Spent", "Total Orders"]


def test_types_are_never_guessed() -> None:
    row = {"number": "C1", "billing_zip": " 02134 ", "mobile_phone": "+1e5", "first_name": "NULL", "last_name": "0"}
    assert mapped("hub", row) == {
        "number": "C1", "billing_zip": "02134", "mobile_phone": "+1e5", "first_name": "NULL", "last_name": "0",
        "kind": "individual",
    }  # fmt: skip
    made = mapper(load("hub", "customers"), ["first_name", "email"])
    assert made([" ", ""]) == {}


def test_kind_is_read_or_follows() -> None:
    assert mapped("hub", {"kind": "company", "first_name": "Ann"})["kind"] == "company"
    assert mapped("hub", {"company_name": "Acme", "first_name": ""})["kind"] == "company"
    assert mapped("hub", {"company_name": "Acme", "first_name": "Ann"})["kind"] == "individual"
    assert mapper(load("hub", "customers"), ["first_name"]).weak == {"kind", *COUNTRIES}
    assert mapper(load("hub", "customers"), ["first_name", "kind", *COUNTRIES]).weak == set()


def test_shopify_customers() -> None:
    row = {
        "Customer ID": "'7210", "First Name": "Ann", "Last Name": "O'Brien", "Email": "a@b.test",
        "Accepts Email Marketing": "no", "Default Address Zip": "'02134", "Default Address Phone": "(206) 555-0123",
        "Phone": "'+12065550123", "Tax Exempt": "yes", "Tags": "vip, web", "Note": "Rings twice",
        "Size (customer.metafields.custom.size)": "L",
    }  # fmt: skip
    assert mapped("shopify", row) == {
        "external_ids": "shopify:7210", "first_name": "Ann", "last_name": "O'Brien", "email": "a@b.test",
        "consent": "no", "billing_zip": "'02134", "mobile_phone": "+12065550123", "tags": "vip, web",
        "note": "Rings twice\nTax exempt in Shopify\nSize (customer.metafields.custom.size): L", "kind": "individual",
    }  # fmt: skip
    old = {
        "First Name": "",
        "Last Name": "",
        "Company": "Acme",
        "Province": "Ontario",
        "Province Code": "",
        "Zip": "K1",
    }
    assert mapped("shopify", old) == {
        "company_name": "Acme", "billing_state": "Ontario", "billing_zip": "K1", "kind": "company",
    }  # fmt: skip


def test_google_contacts() -> None:
    row = dict.fromkeys(GOOGLE.split(","), "") | {
        "First Name": "Ann", "Middle Name": "B.", "Last Name": "Lee", "Labels": "* myContacts ::: Builders",
        "E-mail 1 - Label": "* ", "E-mail 1 - Value": "a@b.test ::: c@d.test", "E-mail 2 - Value": "e@f.test",
        "Phone 1 - Label": "Work Fax", "Phone 1 - Value": "555 0100", "Phone 2 - Label": "* Mobile",
        "Phone 2 - Value": "555 0101 ::: 555 0102", "Address 1 - Formatted": "12 High St\nFlat 2\nSeattle",
        "Address 1 - Street": "12 High St\nFlat 2", "Address 1 - City": "Seattle", "Address 1 - Postal Code": "02134",
        "Address 1 - PO Box": "77", "Event 1 - Label": "Anniversary", "Event 1 - Value": "2020-02-02",
        "Custom Field 1 - Label": "Gate code", "Custom Field 1 - Value": "4711", "Birthday": "1980-01-01",
    }  # fmt: skip
    assert mapped("google", row) == {
        "first_name": "Ann B.", "last_name": "Lee", "tags": "Builders", "email": "a@b.test",
        "billing_emails": "c@d.test; e@f.test", "fax": "555 0100", "mobile_phone": "555 0101",
        "home_phone": "555 0102", "billing_line1": "12 High St", "billing_line2": "Flat 2, 77",
        "billing_city": "Seattle", "billing_zip": "02134", "kind": "individual",
        "note": "Birthday: 1980-01-01\nAnniversary: 2020-02-02\nGate code: 4711",
    }  # fmt: skip
    many = {"First Name": "Ann", "E-mail 1 - Value": "", **{f"Phone {n} - Value": f"55501{n:02}" for n in range(1, 5)}}
    many |= {f"Address {n} - {part}": f"{part}{n}" for n in (1, 2, 3) for part in ("Formatted", "City", "Street")}
    found = mapped("google", many)
    assert [found[f] for f in ("mobile_phone", "home_phone", "alternate_phone")] == ["5550101", "5550102", "5550103"]
    assert found["note"] == "Further address: Formatted3\nOther phone: 5550104"
    assert (found["delivery_city"], found["delivery_line1"]) == ("City2", "Street2")


def test_old_google_contacts() -> None:
    row = {
        "Name": "Acme", "Given Name": "", "Family Name": "", "Group Membership": "* My Contacts ::: Trade",
        "E-mail 1 - Value": "a@acme.test", "Organization 1 - Name": "Acme", "Phone 1 - Type": "Home Fax",
        "Phone 1 - Value": "1",
    }  # fmt: skip
    assert mapped("google", row) == {
        "tags": "Trade", "email": "a@acme.test", "company_name": "Acme", "fax": "1", "kind": "company",
    }  # fmt: skip


def test_square_quickbooks_hubspot_deconetwork() -> None:
    assert mapped("square", {"Square Customer ID": "X1", "Reference ID": "77", "Phone Number": "'+1206"}) == {
        "external_ids": "square:X1; square-reference:77", "mobile_phone": "+1206", "kind": "individual",
    }  # fmt: skip
    quick = {"full name": "Lee, Ann", "COMPANY": "", "Phone": "1", "mobile": "2", "street": "1 A St\nFlat 2"}
    assert mapped("quickbooks", quick) == {
        "mobile_phone": "2", "home_phone": "1", "billing_line1": "1 A St", "billing_line2": "Flat 2",
        "first_name": "Ann", "last_name": "Lee", "kind": "individual",
    }  # fmt: skip
    assert mapped("quickbooks", {"Full Name": "Acme", "Company": "Acme"}) == {"company_name": "Acme", "kind": "company"}
    assert mapped("hubspot", {"Record ID": "9", "First Name": "Ann", "Create Date": "2024-01-05 10:11"}) == {
        "external_ids": "hubspot:9", "first_name": "Ann", "created_at": "2024-01-05", "kind": "individual",
    }  # fmt: skip
    deco = {
        "login": "ann", "firstname": "Ann", "lastname": "Lee", "gdpr_consent": "1", "use_separate_shipping": "0",
        "shipping_city": "Oslo",
    }  # fmt: skip
    plain = {
        "external_ids": "deconetwork:ann", "first_name": "Ann", "last_name": "Lee", "consent": "yes",
        "kind": "individual",
    }  # fmt: skip
    assert mapped("deconetwork", deco) == plain
    assert mapped("deconetwork", deco | {"use_separate_shipping": "Yes"}) == plain | {"delivery_city": "Oslo"}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Maria Anders", ("Maria", "Anders")), ("José Pedro Freyre", ("José Pedro", "Freyre")),
        ("Lee, Ann", ("Ann", "Lee")), ("Jan van der Berg", ("Jan", "van der Berg")), ("Cher", ("Cher", "")),
        ("van Dyke", ("van", "Dyke")),
    ],
)  # fmt: skip
def test_names_are_split(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


def test_small_conversions() -> None:
    assert [percent(v) for v in ("0.15", "0.05", "0.1", "0.125", "1", "0.0", "x", "NaN")] == [
        "15%", "5%", "10%", "12.5%", "100%", "", "x", "NaN",
    ]  # fmt: skip
    assert iso_day("1996-07-04 00:00:00.000", "iso") == "1996-07-04"
    assert [iso_day("3/4/2025", order) for order in ("mdy", "dmy", "iso")] == ["2025-03-04", "2025-04-03", "3/4/2025"]
    assert [iso_day(day, "mdy") for day in ("2/3/19", "12.31.68 10:15", "1-2-69", "31.12.20", "31.12.2020")] == [
        "2019-02-03", "2068-12-31", "1969-01-02", "31.12.20", "31.12.2020",
    ]  # fmt: skip
    assert same_phone("(206) 555-0123", "+12065550123")
    assert not same_phone("123", "5550123")


MINE = """
profile = "old"
of = "customers"
recognise = ["Kd-Nr", "Name"]
skip = ["Umsatz"]
defaults = {source = "in-store"}
constant = {found_us = "old system"}
[columns]
"Kd-Nr" = "external_id"
Name = "full_name"
Art = {to = "type", values = {VIP = "luxury", "*" = "average"}}
Seit = {to = "created_at", date = "dmy"}
"""


def test_a_mapping_of_the_shop(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE)
    headers = ["Kd-Nr", "Name", "Art", "Seit", "Umsatz"]
    profile = load(str(path), "customers")
    assert detect(headers, "customers", more=[profile]).name == "old"
    made = mapper(profile, headers)
    assert made(["4711", "Ann Lee", "vip", "3.4.2025", "99"]) == {
        "external_ids": "old:4711", "first_name": "Ann", "last_name": "Lee", "type": "luxury", "kind": "individual",
        "created_at": "2025-04-03", "source": "in-store", "found_us": "old system",
    }  # fmt: skip
    assert made.weak == {"source", "kind", *COUNTRIES}
    assert made.derived == ["Umsatz"]
    with pytest.raises(HubError, match="it maps customers, not orders"):
        load(str(path), "orders")
    with pytest.raises(HubError, match="no such file"):
        load(str(tmp_path / "none.toml"), "orders")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("of = 1", 'of = "customers"'),
        ('of = "customers"', r"\[columns\] is missing"),
        ('of = "customers"\ncolums = {}', "'colums' is not a key"),
        ('of = "customers"\n[columns]\nA = "mobile"', "no field 'mobile'; did you mean 'mobile_phone'"),
        (
            'of = "customers"\n[columns]\nA = {to = "email", spilt = ";"}',
            "'spilt' is not an option; did you mean 'split'",
        ),
        (
            'of = "customers"\n[columns]\nA = {to = "email", split = 1}',
            "'A': split is given as 1, and takes words between quotes",
        ),
        ('of = "customers"\n[columns]\nVIP = {to = "note", text = 5}', "'VIP': text is given as 5"),
        ('of = "customers"\n[columns]\nA = {to = "created_at", date = "ydm"}', "date is one of"),
        ('of = "customers"\n[columns]\nA = {to = "type", values = {a = 1}}', "table of text"),
        ('of = "customers"\n[columns]\nA = 1', "write a field's name"),
        ('of = "customers"\nkind = "firm"\n[columns]\nA = "email"', "kind is auto"),
        ('of = "customers"\ndefaults = {sauce = "web"}\n[columns]\nA = "email"', "no field 'sauce'"),
        ('of = "orders"\n[columns]\nA = "total"\n[lines]\n[lines.columns]\nB = "model"', "either file and key"),
        ('of = "orders"\n[columns]\nA = "total"\n[[lookup]]\ncolumn = "A"', "takes exactly"),
        (
            'of = "customers"\n[columns]\nA = {to = "note", text = "Mail {valeu}"}',
            "text has {valeu}, and there are {value}, {column}, {label}; did you mean 'value'",
        ),
        ('of = "orders"\nleave = {A = {x = "y"}}\n[columns]\nA = "total"', "leave is for customers"),
        ('of = "customers"\nleave = {A = "x"}\n[columns]\nA = "email"', "leave is a table like"),
        ("of = ", "Invalid value"),
    ],
)
def test_a_wrong_mapping_says_what_is_wrong(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(HubError, match=why) as caught:
        read_profile(path)
    assert (caught.value.slug, caught.value.exit) == ("bad_profile", 2)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ('Name = {to = "full_name", when = "Activ"}', "'Name': when names 'Activ', no column of the file"),
        ('Name = {to = "full_name", label = "Kind"}', "label names 'Kind'"),
        ('Name = {to = "full_name", values = {x = "=Alias"}}', "values names 'Alias'"),
        ('Name = {to = "full_name", when = "active"}', None),
    ],
)
def test_a_mapping_that_does_not_fit_its_file_is_refused(tmp_path: Path, columns: str, why: str | None) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f'of = "customers"\n[columns]\n{columns}\n')
    headers = ["Name", "Cust No", "Active", "Mail 1", "Mail 2"]
    if why is None:
        assert mapper(load(str(path), "customers"), headers).absent == []
        return
    with pytest.raises(HubError, match=why) as caught:
        mapper(load(str(path), "customers"), headers)
    assert (caught.value.slug, caught.value.exit) == ("bad_profile", 2)


@pytest.mark.parametrize(
    ("columns", "second"),
    [
        ('Name = "full_name"\n"Cust No" = "full_name"', ["Cust No (full_name, after Name)"]),
        ('Name = "full_name"\n"Mail *" = "email"', ["Mail 2 (email, after Mail 1)"]),
        ('Name = {to = "full_name", join = ", "}\n"Cust No" = {to = "full_name", join = ", "}', []),
        ('Name = "full_name"\n"Mail *" = {to = "email", more = "billing_emails"}', []),
        ('Name = "full_name"\nActive = "note"\n"Cust No" = "note"', []),
    ],
)
def test_columns_of_one_field_are_told(tmp_path: Path, columns: str, second: list[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f'of = "customers"\n[columns]\n{columns}\n')
    assert mapper(load(str(path), "customers"), ["Name", "Cust No", "Active", "Mail 1", "Mail 2"]).second == second


def test_a_draft_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    headers = ["Customer No", "First", "Surname", "E-Mail", "Tel.", "ZIP Code", 'Odd "one"', "Loyalty"]
    path.write_text(draft(headers, "customers"))
    made = mapper(load(str(path), "customers"), headers)
    assert made(["7", "Ann", "Lee", "a@b.test", "1", "02134", "x", "y"]) == {
        "external_ids": "mine:7", "first_name": "Ann", "last_name": "Lee", "email": "a@b.test", "mobile_phone": "1",
        "billing_zip": "02134", "kind": "individual",
    }  # fmt: skip
    assert made.unknown == ['Odd "one"', "Loyalty"]
    path.write_text(draft(["Order No", "Customer Email", "Date", "SKU", "Qty", "Price", "Odd"], "orders"))
    lines = load(str(path), "orders").lines
    assert lines is not None
    assert (lines.group, [*lines.columns]) == (("Order No",), ["SKU", "Qty", "Price"])


def orders_of(path: Path, **options: Any) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    with open_table(path) as table:
        found = list(read_orders(detect(table.headers, "orders"), table, **options))
        return found, [(r.line, r.reason) for r in table.rejects]


def test_shopify_orders(tmp_path: Path) -> None:
    def row(**cells: str) -> str:
        named = {k.replace("_", " "): v for k, v in cells.items()}
        return ",".join(f'"{named.get(h, "")}"' for h in SHOPIFY_ORDERS.split(",")) + "\n"

    line = {"Lineitem_quantity": "2", "Lineitem_name": "Washer", "Lineitem_price": "499.00", "Lineitem_sku": "W-1"}
    first = row(
        Name="#1001", Email="a@b.test", Financial_Status="paid", Currency="USD", Subtotal="990.00", Shipping="20.00",
        Taxes="81.68", Total="1091.68", Discount_Amount="8.00", Created_at="2024-05-01 23:11:12 -0400",
        Fulfilled_at="2024-05-03 10:00:00 -0400", Source="web", Refunded_Amount="0.00", **line,
    )  # fmt: skip
    second = row(Name="#1001", Email="a@b.test", Lineitem_quantity="1", Lineitem_name="Hose", Lineitem_price="5.5")
    third = row(Name="#1002", Phone="'+1206", Financial_Status="voided", Currency="USD", Total="1.00",
                Created_at="2024-05-02", Cancelled_at="2024-05-02", Source="pos", **line)  # fmt: skip
    euro = row(Name="#1003", Email="x@y.test", Currency="EUR", Total="1.00", Created_at="2024-05-02", **line)
    path = tmp_path / "orders.csv"
    path.write_text(SHOPIFY_ORDERS + "\n" + first + second + third + euro)
    found, rejects = orders_of(path)
    washer = {"quantity": "2", "description": "Washer", "unit_price": "499.00", "model": "W-1"}
    assert found[0] == {
        "external": ("shopify", "1001"), "customer": "a@b.test", "ordered_on": "2024-05-01",
        "delivered_on": "2024-05-03", "shipping_charge": "20.00", "tax": "81.68", "total": "1091.68", "coupon": "8.00",
        "paid": "1091.68", "source": "website", "class": "web", "line_numbers": [2, 3],
        "lines": [washer, {"quantity": "1", "description": "Hose", "unit_price": "5.5"}],
    }  # fmt: skip
    assert {k: found[1][k] for k in ("customer", "status", "source", "class")} == {
        "customer": "+1206", "status": "canceled", "source": "in-store", "class": "retail",
    }  # fmt: skip
    assert rejects == [(5, "its Currency 'EUR' is another than the file's first, 'USD'")]


@pytest.mark.parametrize(
    ("total", "amount", "kept"), [("90.00", "0.00", True), ("90.00", "10.00", False), ("80.00", "10.00", True)]
)
def test_shopify_line_discounts_are_counted_once(tmp_path: Path, total: str, amount: str, *, kept: bool) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        "Name,Email,Financial Status,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
        f"Lineitem discount\n#1,a@b.test,paid,{total},{amount},2024-05-01,2,Hose,50.00,10.00\n"
    )
    line = {"quantity": "2", "description": "Hose", "unit_price": "50.00"} | ({"discount": "10.00"} if kept else {})
    assert orders_of(path)[0][0]["lines"] == [line]


HUB_ORDERS = "number,customer,ordered_on,external_id,line,model,quantity,unit_price,discount,total\n"


def test_hub_orders_are_grouped_and_doubtful_ones_rejected(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        HUB_ORDERS + "O1,C1,2025-01-01,old:7,1,M1,1,9.8000,15%,20.00\n"
        "O1,C1,2025-01-01,old:7,2,M2,2,1.00,,20.00\n"
        ",shopify:9,2025-01-02,old:8,1,M1,1,1.00,,\n"
        "O3,C3,2025-01-03,,1,M1,1,1.00,,\n"
        "O3,C4,2025-01-03,,2,M1,1,1.00,,\n"
        "O4,C4,2025-01-04,,1,M1,1,1.001,,\n"
        ",C4,2025-01-04,,1,M1,1,1.00,,\n"
        "O5,C4,2025-01-04,,,,,,,\n"
    )
    found, rejects = orders_of(path)
    assert found[0] == {
        "number": "O1", "customer": "C1", "ordered_on": "2025-01-01", "external": ("old", "7"), "total": "20.00",
        "line_numbers": [2, 3],
        "lines": [
            {"line": "1", "model": "M1", "quantity": "1", "unit_price": "9.80", "discount": "15%"},
            {"line": "2", "model": "M2", "quantity": "2", "unit_price": "1.00"},
        ],
    }  # fmt: skip
    assert (found[1]["external"], found[1]["customer"]) == (("old", "8"), "shopify:9")
    assert (found[2]["number"], found[2]["external"], found[2]["lines"]) == ("O5", None, [])
    assert rejects == [
        (5, "its customer on line 6, 'C4', differs from 'C3' before"),
        (6, "its customer on line 6, 'C4', differs from 'C3' before"),
        (7, "its unit_price '1.001' has more than two decimals"),
        (8, "has no order number"),
    ]


def test_orders_beside_an_unreadable_row_are_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    rows = [f"O{n},C1,2025-01-01,,1,M1,1,1.00,,\n" for n in range(1, 6)]
    path.write_text(HUB_ORDERS + rows[0] + rows[1] + "O2,C1,broken\n" + "".join(rows[2:]))
    found, rejects = orders_of(path)
    assert [o["number"] for o in found] == ["O1", "O4", "O5"]
    assert [line for line, _ in rejects] == [4, 3, 5]
    assert rejects[1][1] == "is incomplete: a row beside it cannot be read"
    path.write_text(HUB_ORDERS + rows[0] + rows[1] + "O2,C1,broken\n")
    assert [o["number"] for o in orders_of(path)[0]] == ["O1"]


def test_orders_that_lie_apart_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(HUB_ORDERS + "".join(f"O{n},C1,2025-01-01,,1,M1,1,1.00,,\n" for n in (1, 2, 1)))
    with pytest.raises(HubError) as caught:
        orders_of(path)
    assert (caught.value.slug, caught.value.facts["order"], caught.value.facts["line"]) == ("orders_scattered", "O1", 4)


def test_b17_orders(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(HUB_ORDERS.replace("total", "is_admin"))
    with pytest.raises(HubError, match="not importable: is_admin"):
        orders_of(path)
    assert orders_of(path, ignore=["is_admin"]) == ([], [])
    path.write_text(HUB_ORDERS.replace("unit_price", "total").replace(",total\n", "\n"))
    with pytest.raises(HubError, match="no column gives unit_price"):
        orders_of(path)


def test_orders_need_their_file_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("OrderID,CustomerID,EmployeeID,OrderDate,Freight\n1,ALFKI,5,1996-07-04,1.5\n")
    with pytest.raises(HubError, match=r"order_details\.csv: there is no such file"):
        orders_of(path)
    lines = tmp_path / "order_details.csv"
    lines.write_text("OrderID,ProductID,UnitPrice,Quantity,Discount,Bin\n1,11,14,12,0.25,x\n2,11,14,12,0,x\n")
    with open_table(path) as table:
        orders = read_orders(load("northwind", "orders"), table)
        found = list(orders)
    assert found[0]["lines"] == [{"model": "11", "unit_price": "14", "quantity": "12", "discount": "25%"}]
    assert (orders.unknown, orders.lines_unknown) == (["EmployeeID"], ["Bin"])  # no employees.csv: not kept, but named
    assert table.rejects[0][:2] == (3, "of the file of lines is of order 2, which is not in the file")
    lines.write_text("OrderID,ProductID,UnitPrice,Quantity,Discount\n1,11,14\n")
    with pytest.raises(HubError, match="line 2 has 3 cells"):
        orders_of(path)


def customers_of(path: Path) -> list[dict[str, str]]:
    with open_table(path) as table:
        made = mapper(detect(table.headers, "customers"), table.headers, folder=table.folder)
        found = [made(cells) for _, cells in table]
        assert (made.unknown, table.rejects) == ([], [])
        return found


@needs_shared
def test_northwind() -> None:
    customers = customers_of(SHARED / "northwind" / "customers.csv")
    assert (len(customers), {c["kind"] for c in customers}) == (93, {"company"})
    assert customers[0] == {
        "external_ids": "northwind:ALFKI", "kind": "company", "company_name": "Alfreds Futterkiste",
        "first_name": "Maria", "last_name": "Anders", "contact_title": "Sales Representative",
        "billing_line1": "Obere Str. 57", "billing_city": "Berlin", "billing_zip": "12209",
        "billing_country": "Germany", "mobile_phone": "030-0074321", "fax": "030-0076545",
    }  # fmt: skip
    orders, rejects = orders_of(SHARED / "northwind" / "orders.csv")
    assert (len(orders), sum(len(o["lines"]) for o in orders), rejects) == (830, 2155, [])
    assert orders[0] == {
        "external": ("northwind", "10248"), "customer": "northwind:VINET", "ordered_on": "1996-07-04",
        "needed_on": "1996-08-01", "delivered_on": "1996-07-16", "delivery_charge": "32.38",
        "salesperson": "Steven Buchanan", "line_numbers": [2],
        "lines": [
            {"model": "11", "description": "Queso Cabrales", "unit_price": "14", "quantity": "12"},
            {"model": "42", "description": "Singaporean Hokkien Fried Mee", "unit_price": "9.8", "quantity": "10"},
            {"model": "72", "description": "Mozzarella di Giovanni", "unit_price": "34.8", "quantity": "5"},
        ],
    }  # fmt: skip
    assert {line["discount"] for o in orders for line in o["lines"] if "discount" in line} == {
        "1%", "2%", "3%", "4%", "5%", "6%", "10%", "15%", "20%", "25%",
    }  # fmt: skip


@needs_shared
def test_chinook() -> None:
    customers = customers_of(SHARED / "chinook" / "customers.csv")
    assert len(customers) == 59
    assert customers[0] == {
        "external_ids": "chinook:1", "kind": "individual", "first_name": "Luís", "last_name": "Gonçalves",
        "company_name": "Embraer - Empresa Brasileira de Aeronáutica S.A.", "email": "luisg@embraer.com.br",
        "billing_line1": "Av. Brigadeiro Faria Lima, 2170", "billing_city": "São José dos Campos",
        "billing_state": "SP", "billing_zip": "12227-000", "billing_country": "Brazil",
        "mobile_phone": "+55 (12) 3923-5555", "fax": "+55 (12) 3923-5566", "manager": "Jane Peacock",
    }  # fmt: skip
    orders, rejects = orders_of(SHARED / "chinook" / "invoices.csv")
    assert (len(orders), sum(len(o["lines"]) for o in orders), rejects) == (412, 2240, [])
    line = {"unit_price": "0.99", "quantity": "1"}
    assert orders[0] == {
        "external": ("chinook", "1"), "customer": "chinook:2", "ordered_on": "2021-01-01", "total": "1.98",
        "lines": [{"model": "2", **line}, {"model": "4", **line}], "line_numbers": [2],
    }  # fmt: skip


@needs_shared
def test_shopify_export() -> None:
    customers = customers_of(SHARED / "shopify" / "customers_export.csv")
    assert len(customers) == 59
    assert customers[1] == {
        "external_ids": "shopify:7210448300002", "kind": "individual", "first_name": "Leonie", "last_name": "Köhler",
        "email": "leonekohler@surfeu.de", "consent": "yes", "billing_line1": "Theodor-Heuss-Straße 34",
        "billing_city": "Stuttgart", "billing_zip": "70174", "billing_country": "DE",
        "mobile_phone": "+4907112842222", "tags": "imported, chinook",
    }  # fmt: skip
    assert sum("alternate_phone" in c or "home_phone" in c for c in customers) == 0
