"""Real data sets, loaded completely and with exact figures, which are worked out here by plain integers."""

import csv
import sqlite3
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from conftest import InProcess, needs_shared_data
from test_import_apply import counts, sound


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def cents(text: str) -> int:
    value = Decimal(text) * 100
    assert value == int(value)
    return int(value)


def net(line: dict[str, str]) -> int:
    rate = int(Decimal(line["Discount"]) * 10000)
    return (int(line["Quantity"]) * cents(line["UnitPrice"]) * (10000 - rate) + 5000) // 10000


@needs_shared_data
def test_northwind_is_whole_and_exact(hub: InProcess, shared_data: Path) -> None:
    folder = shared_data / "northwind"
    assert counts(hub("import", "customers", str(folder / "customers.csv"), "--apply")) == {"create": 93}
    done = hub("import", "orders", str(folder / "orders.csv"), "--as", "paid", "--apply", "--create-staff")
    assert counts(done) == {"create": 830}
    goods: dict[str, int] = defaultdict(int)
    for line in read(folder / "order_details.csv"):
        goods[line["OrderID"]] += net(line)
    assert sum(goods.values()) == 126_579_329
    orders = read(folder / "orders.csv")
    assert sum(cents(order["Freight"]) for order in orders) == 6_494_269
    value: dict[str, int] = defaultdict(int)
    number: dict[str, int] = defaultdict(int)
    for order in orders:
        value[order["CustomerID"]] += goods[order["OrderID"]] + cents(order["Freight"])
        number[order["CustomerID"]] += 1
    with sqlite3.connect(hub.path) as conn:
        assert conn.execute("SELECT sum(goods_cents), sum(delivery_charge_cents) FROM documents").fetchone() == (
            126_579_329, 6_494_269,
        )  # fmt: skip
        found = conn.execute(
            "SELECT x.external_id, f.lifetime_value_cents, f.orders, f.stage, f.owed_cents FROM external_ids x"
            " JOIN customer_figures f ON f.customer_id = x.customer_id"
        ).fetchall()
    stages = ("lead", "first-time", "repeat")
    assert sorted(found) == sorted(
        (row["CustomerID"].strip(), value[row["CustomerID"]], number[row["CustomerID"]],
         stages[min(2, number[row["CustomerID"]])], 0)
        for row in read(folder / "customers.csv")
    )  # fmt: skip
    then = {order["CustomerID"] for order in orders if order["OrderDate"].startswith("1997-05")}
    assert len(hub("customers", "list", "--ordered", "1997-05").rows) == len(then)
    shipped = sum(bool(order["ShippedDate"].strip() not in {"", "NULL"}) for order in orders)
    assert (
        len(hub("export", "orders", "--status", "shipped", "--fields", "number", "--no-header").out.split()) >= shipped
    )
    assert hub("import", "orders", str(folder / "orders.csv"), "--as", "paid", "--apply", "--create-staff").out == ""
    assert hub("import", "customers", str(folder / "customers.csv"), "--apply").out == ""
    sound(hub.path)


@needs_shared_data
def test_chinook_and_its_shopify_export_are_one(hub: InProcess, shared_data: Path) -> None:
    folder = shared_data / "chinook"
    done = hub("import", "customers", str(folder / "customers.csv"), "--apply", "--create-staff")
    assert counts(done) == {"create": 59}
    assert counts(hub("import", "orders", str(folder / "invoices.csv"), "--apply")) == {"create": 412}
    spent: dict[str, int] = defaultdict(int)
    for invoice in read(folder / "invoices.csv"):
        spent[invoice["CustomerId"]] += cents(invoice["Total"])
    assert sum(spent.values()) == 232_860
    with sqlite3.connect(hub.path) as conn:
        found = dict(conn.execute(
            "SELECT x.external_id, f.lifetime_value_cents FROM external_ids x JOIN customer_figures f"
            " ON f.customer_id = x.customer_id WHERE x.system = 'chinook'"
        ).fetchall())  # fmt: skip
    assert found == dict(spent)
    same = hub("import", "customers", str(shared_data / "shopify" / "customers_export.csv"), "--apply")
    assert counts(same) == {"update": 59}
    assert len(hub("customers", "list").rows) == 59
    sound(hub.path)


@needs_shared_data
def test_the_shopify_export_alone(hub: InProcess, shared_data: Path) -> None:
    path = shared_data / "shopify" / "customers_export.csv"
    assert counts(hub("import", "customers", str(path), "--apply")) == {"create": 59}
    rows = {row["Email"]: row for row in read(path)}
    exported = list(csv.DictReader(hub("export", "customers", "--csv").out.splitlines()))
    assert len(exported) == 59
    for row in exported:
        given = rows[row["email"]]
        assert row["external_ids"] == "shopify:" + given["Customer ID"].lstrip("'")
        assert row["billing_zip"] == given["Default Address Zip"]
        assert row["mobile_phone"] == given["Phone"].lstrip("'")
        assert row["billing_country"] == given["Default Address Country Code"]
    assert hub("import", "customers", str(path), "--apply").out == ""
