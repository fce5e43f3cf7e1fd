"""The sample exports that come with hub: exact layouts, sums that add up, and the awkward rows they are there for."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"
Row = dict[str, str]

SHOPIFY_CUSTOMERS = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,"
    "Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,"
    "Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,"
    "Total Spent,Total Orders,Note,Tax Exempt,Tags"
)
SHOPIFY_ORDERS = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,"
    "Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,"
    "Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,Billing Company,"
    "Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,"
    "Shipping Address1,Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,"
    "Shipping Country,Shipping Phone,Notes,Note Attributes,Cancelled at,Payment Method,Payment Reference,"
    "Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,Source,"
    "Lineitem discount,Tax 1 Name,Tax 1 Value,Tax 2 Name,Tax 2 Value,Tax 3 Name,Tax 3 Value,Tax 4 Name,Tax 4 Value,"
    "Tax 5 Name,Tax 5 Value,Phone,Receipt Number,Duties,Billing Province Name,Shipping Province Name,Payment ID,"
    "Payment Terms Name,Next Payment Due At,Payment References"
)
HUB_CUSTOMERS = (
    "number,kind,company_name,building_code,first_name,last_name,email,billing_emails,mobile_phone,home_phone,"
    "alternate_phone,billing_line1,billing_line2,billing_city,billing_state,billing_zip,type,source,found_us,stage,"
    "manager,tax_exempt,credit_balance,credit_limit,credit_used,credit_terms,lifetime_value,orders,first_order_on,"
    "last_order_on,created_at,archived_at,billing_country,delivery_line1,delivery_line2,delivery_city,"
    "delivery_state,delivery_zip,delivery_country,name,status,external_ids,last_activity_on"
)
HUB_ORDERS = (
    "number,customer,customer_name,ordered_on,job_name,class,source,salesperson,location,purchase_order,needed_on,"
    "status,delivered_on,line,model,description,quantity,unit_price,unit_cost,discount,delivery_charge,"
    "mileage_charge,trip_charge,shipping_charge,rush_charge,customer_discount,rebate,coupon,gift_certificate,tax,"
    "total,paid,external_id"
)
LAYOUTS = {
    "shopify-customers.csv": SHOPIFY_CUSTOMERS,
    "shopify-orders.csv": SHOPIFY_ORDERS,
    "hub-customers.csv": HUB_CUSTOMERS,
    "hub-orders.csv": HUB_ORDERS,
}


def read(name: str) -> list[Row]:
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def grouped(rows: list[Row], key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return dict(found)


def cents(text: str) -> int:
    whole, _, part = text.partition(".")
    assert len(part) == 2, text
    return int(whole) * 100 + int(part)


def rounded(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


@pytest.fixture(scope="module")
def shopify_orders() -> dict[str, list[Row]]:
    return grouped(read("shopify-orders.csv"), "Name")


@pytest.fixture(scope="module")
def hub_orders() -> dict[str, list[Row]]:
    return grouped(read("hub-orders.csv"), "number")


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name: str) -> None:
    text = (SAMPLES / name).read_bytes().decode("utf-8")
    assert text.split("\n", 1)[0] == LAYOUTS[name]
    assert "\r" not in text
    assert all(None not in row and None not in row.values() for row in read(name))


def test_counts(shopify_orders: dict[str, list[Row]], hub_orders: dict[str, list[Row]]) -> None:
    assert len(read("shopify-customers.csv")) == 150
    assert len(read("hub-customers.csv")) == 120
    assert len(shopify_orders) == 260
    assert len(hub_orders) == 200
    for orders in (shopify_orders, hub_orders):
        assert {len(rows) for rows in orders.values()} == {1, 2, 3, 4}


@pytest.mark.parametrize("name", LAYOUTS)
def test_emails_are_nobodys(name: str) -> None:
    for row in read(name):
        for cell in row.values():
            for word in cell.split():
                if "@" in word:
                    assert word.rstrip(";").endswith(("@example.com", "@example.org", "@example.net", ".test")), word


def test_shopify_orders_add_up(shopify_orders: dict[str, list[Row]]) -> None:
    for rows in shopify_orders.values():
        head = rows[0]
        goods = sum(int(r["Lineitem quantity"]) * cents(r["Lineitem price"]) for r in rows)
        discounts = cents(head["Discount Amount"]) + sum(cents(r["Lineitem discount"]) for r in rows)
        assert cents(head["Subtotal"]) == goods - discounts
        assert cents(head["Total"]) == cents(head["Subtotal"]) + cents(head["Shipping"]) + cents(head["Taxes"])
        assert cents(head["Taxes"]) == (cents(head["Tax 1 Value"]) if head["Tax 1 Value"] else 0)
        assert cents(head["Refunded Amount"]) + cents(head["Outstanding Balance"]) <= cents(head["Total"])


def test_shopify_orders_have_their_own_columns_on_the_first_line_only(shopify_orders: dict[str, list[Row]]) -> None:
    for rows in shopify_orders.values():
        assert rows[0]["Total"]
        assert not any(row["Total"] or row["Billing Name"] or row["Id"] for row in rows[1:])
        assert len({(row["Email"], row["Created at"]) for row in rows}) == 1


def test_shopify_customers_agree_with_the_orders(shopify_orders: dict[str, list[Row]]) -> None:
    heads = [rows[0] for rows in shopify_orders.values()]
    for customer in read("shopify-customers.csv"):
        own = [head for head in heads if head["Email"] and head["Email"] == customer["Email"]]
        kept = [head for head in own if not head["Cancelled at"]]
        spent = sum(cents(h["Total"]) - cents(h["Refunded Amount"]) - cents(h["Outstanding Balance"]) for h in kept)
        assert int(customer["Total Orders"]) == len(own)
        assert cents(customer["Total Spent"]) == spent


def test_shopify_orders_are_awkward_enough(shopify_orders: dict[str, list[Row]]) -> None:
    heads = [rows[0] for rows in shopify_orders.values()]
    states = {head["Financial Status"] for head in heads}
    assert states == {"paid", "pending", "partially_paid", "refunded", "partially_refunded", "voided"}
    assert {head["Fulfillment Status"] for head in heads} == {"fulfilled", "unfulfilled", "partial"}
    assert any("\n" in head["Notes"] for head in heads)
    assert any(head["Cancelled at"] for head in heads)
    assert any(cents(head["Discount Amount"]) for head in heads)
    known = {customer["Email"] for customer in read("shopify-customers.csv")}
    assert sum(head["Email"] not in known for head in heads) == 3
    assert sum(not head["Email"] for head in heads) == 1


def test_shopify_customers_are_awkward_enough() -> None:
    rows = read("shopify-customers.csv")
    codes = {row["Default Address Zip"] for row in rows}
    assert {"00501", "02134", "02134-1021", "H2G 1A7", ""} <= codes
    assert all(row["Customer ID"].startswith("'7210") for row in rows)
    assert len({row["Customer ID"] for row in rows}) == 150
    assert any("\n" in row["Note"] for row in rows)
    assert any(row["Default Address Company"].startswith("=HYPERLINK(") for row in rows)
    assert any('"' in row["First Name"] for row in rows)
    assert any("," in row["Last Name"] for row in rows)
    assert any(row["Last Name"] == "佐藤" for row in rows)
    assert any(" ext. " in row["Phone"] for row in rows)
    assert any(not row["Email"] for row in rows)
    assert any(not row["Phone"] for row in rows)
    assert any(row["Default Address Company"] and not row["Last Name"] for row in rows)
    twins = [row for row in rows if row["Phone"] == "'+17735550162"]
    assert [row["First Name"] for row in twins] == ["Katherine", "Kathy"]


def _net(row: Row) -> int:
    """Give a line's price after its own discount (money, or percent with at most one decimal), rounded half up."""
    gross = int(row["quantity"]) * cents(row["unit_price"])
    if row["discount"].endswith("%"):
        whole, _, tenth = row["discount"][:-1].partition(".")
        return rounded(gross * (1000 - int(whole) * 10 - int(tenth or 0)), 1000)
    return gross - (cents(row["discount"]) if row["discount"] else 0)


def test_hub_orders_add_up(hub_orders: dict[str, list[Row]]) -> None:
    for rows in hub_orders.values():
        head = rows[0]
        charges = sum(cents(head[f"{kind}_charge"]) for kind in ("delivery", "mileage", "trip", "shipping", "rush"))
        off = sum(cents(head[kind]) for kind in ("customer_discount", "rebate", "coupon", "gift_certificate"))
        assert cents(head["total"]) == sum(map(_net, rows)) + charges - off + cents(head["tax"])
        assert 0 <= cents(head["paid"]) <= cents(head["total"])


def test_hub_orders_repeat_what_is_the_orders_own(hub_orders: dict[str, list[Row]]) -> None:
    own = set(HUB_ORDERS.split(",")) - {
        "line",
        "model",
        "description",
        "quantity",
        "unit_price",
        "unit_cost",
        "discount",
    }
    for rows in hub_orders.values():
        assert [row["line"] for row in rows] == [str(k) for k in range(1, len(rows) + 1)]
        assert all(row[column] == rows[0][column] for row in rows for column in own)


def _own_orders(customer: Row, heads: list[Row]) -> list[Row]:
    names = {customer["number"], *customer["external_ids"].split("; "), customer["email"]} - {""}
    return [head for head in heads if head["customer"] in names and head["status"] not in {"draft", "canceled"}]


def test_hub_customers_agree_with_the_orders(hub_orders: dict[str, list[Row]]) -> None:
    heads = [rows[0] for rows in hub_orders.values()]
    for customer in read("hub-customers.csv"):
        own = _own_orders(customer, heads)
        days = sorted(head["ordered_on"] for head in own) or [""]
        assert int(customer["orders"]) == len(own)
        assert cents(customer["lifetime_value"]) == sum(cents(head["total"]) for head in own)
        assert customer["stage"] == ("lead", "first-time", "repeat")[min(2, len(own))]
        assert (customer["first_order_on"], customer["last_order_on"]) == (days[0], days[-1])
        assert not own or days[0] >= customer["created_at"][:10]


def test_hub_orders_are_awkward_enough(hub_orders: dict[str, list[Row]]) -> None:
    heads = [rows[0] for rows in hub_orders.values()]
    assert {head["status"] for head in heads} == {
        "draft",
        "saved",
        "awaiting-payment",
        "in-production",
        "shipped",
        "canceled",
    }
    known = {
        name for c in read("hub-customers.csv") for name in (c["number"], c["email"], *c["external_ids"].split("; "))
    }
    assert sum(head["customer"] not in known for head in heads) == 3
    assert any("@" in head["customer"] for head in heads)
    assert any(head["customer"].startswith("old:") and head["customer"] in known for head in heads)
    discounts = {row["discount"] for rows in hub_orders.values() for row in rows}
    assert discounts == {"", "15%", "7.5%", "50.00"}
    for column in ("rebate", "coupon", "gift_certificate", "customer_discount", "rush_charge"):
        assert any(cents(head[column]) for head in heads)


def test_hub_customers_are_awkward_enough() -> None:
    rows = read("hub-customers.csv")
    assert [row["number"] for row in rows] == [f"C{number}" for number in range(2001, 2121)]
    assert {"00501", "02134", "60614-3302", "H2X 3K9"} <= {row["billing_zip"] for row in rows}
    assert [row["name"] for row in rows if row["email"] == "rene.ml@example.com"] == [
        "René Müller-Lüdenscheidt",
        "Rene Mueller-Luedenscheidt",
    ]
    assert any(row["company_name"].startswith("=HYPERLINK(") for row in rows)
    assert any(row["kind"] == "company" and not row["last_name"] for row in rows)
    assert any(row["kind"] == "individual" and not row["last_name"] for row in rows)
    assert any(not row["email"] for row in rows)
    assert any(not row["mobile_phone"] for row in rows)
    assert any(" ext. " in row["mobile_phone"] for row in rows)
    assert any(row["last_name"] == "山田" for row in rows)
    assert {row["status"] for row in rows} == {"active", "archived"}
    assert all((row["status"] == "archived") == bool(row["archived_at"]) for row in rows)
