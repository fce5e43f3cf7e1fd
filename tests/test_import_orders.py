"""Imports of orders: lines, charges, discounts, payments; the same order twice; customers unknown or archived."""

import sqlite3
from pathlib import Path

import pytest

from conftest import ROOT, InProcess
from test_import_apply import counts, reasons, sound, tables, write

HEAD = (
    "number,customer,ordered_on,status,delivered_on,line,model,description,quantity,unit_price,discount,"
    "delivery_charge,customer_discount,tax,total,paid,external_id\n"
)


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    """Hub with C1 Ann Lee (old:7) and C2 Bob Smith."""
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "(312) 555-0101",
        "--email", "ann@x.test", "--external-id", "old=7")  # fmt: skip
    hub("customers", "create", "--first-name", "Bob", "--last-name", "Smith", "--mobile", "(312) 555-0102")
    return hub


def select(hub: InProcess, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(hub.path) as conn:
        return conn.execute(sql).fetchall()


ORDER = (
    "O50,C1,2024-05-01,,2024-05-04,1,WF45,Washer,2,500.00,10%,40.00,25.00,90.05,1005.05,1005.05,pos:9\n"
    "O50,C1,2024-05-01,,2024-05-04,2,HOSE,,1,50.00,50.00,40.00,25.00,90.05,1005.05,1005.05,pos:9\n"
)


def test_an_order_with_everything(shop: InProcess, tmp_path: Path) -> None:
    before = tables(shop.path)
    path = write(tmp_path, HEAD + ORDER)
    assert counts(shop("import", "orders", path)) == {"create": 1}
    assert tables(shop.path) == before
    shop("import", "orders", path, "--apply")
    assert select(
        shop,
        "SELECT id, customer_id, status, shipped_on, total_cents, paid_cents, open_lines, next_line, tax_typed"
        " FROM documents",
    ) == [(50, 1, "shipped", "2024-05-04", 100505, 100505, 0, 3, 1)]
    assert select(shop, "SELECT line, discount_rate, discount_cents, net_cents, delivery_status, delivered_on"
                        " FROM document_lines ORDER BY line") == [
        (1, 1000, 0, 90000, "delivered", "2024-05-04"), (2, 0, 5000, 0, "delivered", "2024-05-04")]  # fmt: skip
    assert select(shop, "SELECT method, amount_cents, note FROM payments") == [("other", 100505, "imported as paid")]
    assert shop("customers", "search", "wf45").rows[0]["number"] == "C1"
    sound(shop.path)
    assert shop("import", "orders", path, "--apply").out == ""
    last = shop("changes", "list").rows[0]["change"]
    shop("undo", last, "-y")
    after = tables(shop.path)
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


@pytest.mark.parametrize("customer", ["C1", "1", "old:7", "ann@x.test", "(312) 555-0101", "Ann Lee"])
def test_the_customer_is_found_by_any_reference(shop: InProcess, tmp_path: Path, customer: str) -> None:
    shop("import", "orders", write(tmp_path, HEAD + ORDER.replace("C1", f'"{customer}"')), "--apply")
    assert select(shop, "SELECT customer_id FROM documents") == [(1,)]


def test_paid_or_due(shop: InProcess, tmp_path: Path) -> None:
    rows = "O1,C1,2024-05-01,,,1,A,,1,10.00,,,,,,,\nO2,C1,2024-05-02,,,1,A,,1,10.00,,,,,,4.00,\n"
    path = write(tmp_path, HEAD + rows)
    shop("import", "orders", path, "--apply")
    assert select(shop, "SELECT status, paid_cents FROM documents ORDER BY id") == [("saved", 0), ("saved", 400)]
    assert select(shop, "SELECT owed_cents, orders, stage FROM customer_figures WHERE customer_id = 1") == [
        (1600, 2, "repeat")
    ]
    shop("undo", "H3", "-y")
    shop("import", "orders", path, "--as", "paid", "--apply")
    assert select(shop, "SELECT status, paid_cents FROM documents ORDER BY id") == [
        ("in-production", 1000),
        ("saved", 400),
    ]
    assert shop("changes", "list").rows[0]["actor"] == "sam"
    sound(shop.path)


@pytest.mark.parametrize(
    ("row", "reason", "figures"),
    [
        ("O1,C1,2024-05-01,,,1,A,,2,10.00,,,,,21.00,,", "total: is not what its lines come to", "21.00, lines 20.00"),
        ("O1,C1,2024-05-01,,,1,A,,2,10.00,,,,,20.00,21.00,", "paid: is more than the total", "21.00 of 20.00"),
        ("O1,C1,2024-05-01,,,1,A,,0,10.00,,,,,,,", "quantity: is not a quantity", "'0'"),
        ("O1,C1,2024-05-01,,,1,A,,1,$10,,,,,,,", "unit_price: holds a currency sign", "'$10'"),
        ("O1,C1,2999-05-01,,,1,A,,1,10.00,,,,,,,", "ordered_on: is in the future", "'2999-05-01'"),
        ("O1,C1,2024-05-01,,2024-04-01,1,A,,1,10.00,,,,,,,", "delivered_on: is before it was ordered", "2024-04-01"),
        ("O1,C9,2024-05-01,,,1,A,,1,10.00,,,,,,,", "its customer is unknown", "C9"),
        ("O1,,2024-05-01,,,1,A,,1,10.00,,,,,,,", "names no customer", ""),
        (
            "O1,C1,2024-05-01,sold,,1,A,,1,10.00,,,,,,,",
            "status: is not known, it can be draft, saved, awaiting-payment, in-production, shipped or canceled",
            "'sold'",
        ),
        ("O1,C1,2024-05-01,,,1,A,,1,10.00,10.01,,,,,,", "discount: is more than the line's price", "10.01"),
    ],
)
def test_what_is_wrong_is_told(shop: InProcess, tmp_path: Path, row: str, reason: str, figures: str) -> None:
    path, mend = write(tmp_path, HEAD + row + "\n"), tmp_path / "mend.csv"
    shown = shop("import", "orders", path, "--apply", "-v", "--rejects", str(mend), code=3)
    assert figures in reasons(shown, "reject")[reason]
    assert select(shop, "SELECT count(*) FROM documents") == [(0,)]
    head, body = mend.read_text().splitlines()
    assert head.endswith("external_id,file_line,reason")
    assert body.startswith(row)
    again = shop("import", "orders", str(mend), code=3)
    assert reason in reasons(again, "reject")


def test_the_same_order_again_and_a_changed_one(shop: InProcess, tmp_path: Path) -> None:
    shop("import", "orders", write(tmp_path, HEAD + ORDER), "--apply")
    for number in ("O50", "O60", ""):
        shown = shop("import", "orders", write(tmp_path, HEAD + ORDER.replace("O50", number)))
        assert counts(shown) == {"same": 1}
    changed = ORDER.replace(",2,500.00,10%", ",2,500.00,").replace("1005.05", "1105.05")
    shown = shop("import", "orders", write(tmp_path, HEAD + changed), code=3)
    assert reasons(shown, "conflict") == {"is there already, and otherwise": "line 2: O50: lines, total"}
    other = ORDER.replace("pos:9", "pos:10").replace("C1", "C2")
    shown = shop("import", "orders", write(tmp_path, HEAD + other), "--apply")
    assert "its number is another order's: it gets a new one" in reasons(shown, "warning")
    assert shop("import", "orders", write(tmp_path, HEAD + other), "--apply").out == ""


def test_unknown_customers_can_be_made(shop: InProcess, tmp_path: Path) -> None:
    head = HEAD.replace("customer,", "customer,customer_name,", 1)
    rows = (
        "O1,zoe@x.test,Zoë Adams,2024-05-01,,,1,A,,1,10.00,,,,,,,\n"
        "O2,zoe@x.test,Zoë Adams,2024-06-01,,,1,A,,1,5.00,,,,,,,\n"
        "O3,C77,Kim Park,2024-06-02,,,1,A,,1,5.00,,,,,,,\nO4,web:5,Lou,2024-06-03,,,1,A,,1,5.00,,,,,,,\n"
    )
    path = write(tmp_path, head + rows)
    assert counts(shop("import", "orders", path, code=3)) == {"reject": 4}
    assert counts(shop("import", "orders", path, "--create-customers")) == {"create": 4}
    shop("import", "orders", path, "--create-customers", "--apply")
    found = select(
        shop,
        "SELECT c.id, c.name, f.orders FROM customers c JOIN customer_figures f ON f.customer_id = c.id WHERE c.id > 2"
        " ORDER BY 1",
    )
    assert found == [(3, "Zoë Adams", 2), (77, "Kim Park", 1), (78, "Lou", 1)]
    assert shop("import", "orders", path, "--create-customers", "--apply").out == ""
    sound(shop.path)


def test_who_cannot_be_a_customer_is_told_in_the_preview_too(shop: InProcess, tmp_path: Path) -> None:
    shop("customers", "field", "add", "Size", "--required")
    new, bad = ORDER.replace("C1", "zoe@x.test"), ORDER.replace("C1", "zoe@").replace("O50", "O51").replace(":9", ":8")
    path = write(tmp_path, HEAD + new)
    for more in ((), ("--apply",)):
        told = shop("import", "orders", path, "--create-customers", *more, code=3)
        assert reasons(told, "reject") == {
            "its new customer would lack a required field of the shop's own": "line 2: Size"
        }
    shop("settings", "set", "customers.required_fields", "warn")
    path = write(tmp_path, HEAD + new + bad)
    for more in ((), ("--apply",)):
        told = shop("import", "orders", path, "--create-customers", *more, code=3)
        assert counts(told) == {"create": 1, "reject": 1}
        assert reasons(told, "reject") == {"email: is not an e-mail address": "line 4: 'zoe@'"}
        assert (
            reasons(told, "warning")["its new customer would lack a required field of the shop's own"] == "line 2: Size"
        )
    assert select(shop, "SELECT email FROM customers WHERE id > 2") == [("zoe@x.test",)]
    sound(shop.path)


def test_an_order_restores_an_archived_customer_and_logs_it(shop: InProcess, tmp_path: Path) -> None:
    shop("customers", "archive", "C1", "-y")
    done = shop("import", "orders", write(tmp_path, HEAD + ORDER.replace("1005.05,pos", ",pos")), "--apply")
    assert reasons(done, "warning") == {"its customer was archived and is restored": "line 2: C1 Ann Lee"}
    assert select(shop, "SELECT status, archived_at FROM customers WHERE id = 1") == [("active", None)]
    log = shop("customers", "changelog", "C1").rows
    assert any(row["field"] == "status" and row["new"] == "active" and row["command"] == "import orders" for row in log)


def test_orders_of_the_deleted_are_rejected(shop: InProcess, tmp_path: Path) -> None:
    shop("customers", "delete", "C1", "-y")
    shown = shop("import", "orders", write(tmp_path, HEAD + ORDER), "--apply", code=3)
    assert counts(shop("import", "orders", write(tmp_path, HEAD + ORDER), code=3)) == {"reject": 1}
    assert "not taken" in shown.err


def test_shopify_orders_refunded_canceled_and_part_paid(hub: InProcess) -> None:
    hub("import", "customers", str(ROOT / "samples" / "shopify-customers.csv"), "--apply")
    done = hub("import", "orders", str(ROOT / "samples" / "shopify-orders.csv"), "--apply", code=3)
    assert counts(done) == {"create": 256, "reject": 4}
    assert select(hub, "SELECT count(*) FROM documents WHERE status = 'canceled'") == [(4,)]
    assert select(hub, "SELECT amount_cents FROM refunds") != []
    assert select(hub, "SELECT count(*) FROM documents WHERE status = 'canceled' AND charged_cents <> paid_cents") == [
        (0,)
    ]
    partly = select(hub, "SELECT d.total_cents - r.amount_cents, d.charged_cents, d.paid_cents FROM documents d"
                         " JOIN refunds r ON r.document_id = d.id")  # fmt: skip
    assert all(kept == charged == paid for kept, charged, paid in partly)
    assert select(hub, "SELECT count(*) FROM documents WHERE paid_cents BETWEEN 1 AND charged_cents - 1") == [(1,)]
    sound(hub.path)


@pytest.mark.parametrize("status", ["voided", "expired", "pending", "authorized"])
@pytest.mark.parametrize("owed", ["0.00", "100.00", ""])
def test_what_shopify_voided_was_never_paid(shop: InProcess, tmp_path: Path, status: str, owed: str) -> None:
    file = write(
        tmp_path,
        "Name,Email,Financial Status,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,"
        f"Outstanding Balance\n#1,ann@x.test,{status},100.00,2024-05-01,2,Hose,50.00,{owed}\n",
    )
    shop("import", "orders", file, "--apply", "--as", "paid")
    assert select(shop, "SELECT count(*) FROM payments") == [(0,)]
    ended = "canceled" if status in {"voided", "expired"} else "saved"
    assert select(shop, "SELECT status, paid_cents FROM documents") == [(ended, 0)]
    sound(shop.path)


def test_orders_in_another_currency_than_the_shops_are_refused(shop: InProcess, tmp_path: Path) -> None:
    head = "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price\n"
    euro = "#1,ann@x.test,paid,EUR,100.00,2024-05-01,2,Hose,50.00\n"
    file = write(tmp_path, head + euro + euro.replace("#1", "#2").replace("EUR", "usd"))
    told = reasons(shop("import", "orders", file, code=3), "reject")
    assert list(told) == ["its Currency 'usd' is another than the file's first, 'EUR'"]
    assert "three letters" in shop("settings", "set", "shop.currency", "dollars", code=2).err
    shop("settings", "set", "shop.currency", "usd")
    told = reasons(shop("import", "orders", file, "--apply", code=3), "reject")
    assert list(told) == ["its Currency 'EUR' is not the shop's, 'USD'"]
    assert select(shop, "SELECT count(*) FROM documents") == [(1,)]
    assert counts(shop("import", "orders", write(tmp_path, head + euro), "--apply", code=3)) == {"reject": 1}


def test_hubs_own_orders_come_back_as_they_were(hub: InProcess, tmp_path: Path) -> None:
    hub("import", "customers", str(ROOT / "samples" / "hub-customers.csv"), "--apply", "--create-staff")
    path = str(ROOT / "samples" / "hub-orders.csv")
    done = hub("import", "orders", path, "--apply", "--create-staff", code=3)
    assert counts(done) == {"create": 197, "reject": 3}
    sound(hub.path)
    exported = write(tmp_path, hub("export", "orders", "--csv").out, "orders.csv")
    assert counts(hub("import", "orders", exported)) == {"same": 197}
    customers = write(tmp_path, hub("export", "customers", "--status", "all", "--csv").out, "customers.csv")
    other = str(tmp_path / "other.db")
    hub("--db", other, "import", "customers", customers, "--apply", "--create-staff")
    hub("--db", other, "import", "orders", exported, "--apply", "--create-staff")
    assert hub("--db", other, "export", "orders", "--csv").out == Path(exported).read_text(encoding="utf-8")
    assert hub("--db", other, "export", "customers", "--status", "all", "--csv").out == Path(customers).read_text(
        "utf-8"
    )


def moved(source: InProcess, fresh: InProcess, tmp_path: Path, *more: str) -> None:
    """Take customers and orders of one shop into another by files."""
    for of in ("customers", "orders"):
        source("export", of, "--csv", "-o", str(tmp_path / f"{of}.csv"))
        fresh("import", of, str(tmp_path / f"{of}.csv"), "--apply", *(more if of == "orders" else ()), code=None)


def test_what_is_owed_on_every_order_survives_a_file(
    demo: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = InProcess(tmp_path / "fresh.db", monkeypatch)
    fresh("init")
    moved(demo, fresh, tmp_path)
    owed = (
        "SELECT id, total_cents, charged_cents, paid_cents + pending_cents FROM documents WHERE ordered_on IS NOT NULL"
    )
    before = {row[0]: row[1:] for row in select(demo, owed + " AND status <> 'canceled'")}
    after = {row[0]: row[1:] for row in select(fresh, owed)}
    assert len(after) > 300
    pending = {row[0] for row in select(demo, "SELECT document_id FROM payments WHERE status = 'pending'")}
    assert {number: after[number] for number in before if number in after and number not in pending} == {
        number: sums for number, sums in before.items() if number in after and number not in pending
    }
    sound(fresh.path)


def test_money_that_came_with_an_order_is_not_counted_again(
    hub: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub("customers", "create", "--first-name", "Ann", "--mobile", "3125550101")
    hub("orders", "create", "C1", "--line", "A@200", "--fulfillment", "pickup")
    hub("payments", "add", "O1", "--amount", "50", "--method", "cash")
    hub("payments", "add", "O1", "--amount", "50", "--method", "check", "--check-number", "7")
    hub("export", "payments", "--csv", "-o", str(tmp_path / "payments.csv"))
    for more, kinds in (((), {"conflict": 2}), (("--no-payments",), {"create": 2})):
        (tmp_path / "fresh.db").unlink(missing_ok=True)
        fresh = InProcess(tmp_path / "fresh.db", monkeypatch)
        fresh("init")
        moved(hub, fresh, tmp_path, *more)
        told = fresh("import", "payments", str(tmp_path / "payments.csv"), "--apply", code=None)
        assert counts(told) == kinds
        assert select(fresh, "SELECT sum(paid_cents) FROM documents") == [(10_000,)]
        again = fresh("import", "payments", str(tmp_path / "payments.csv"), code=None)
        assert counts(again) == ({"conflict": 2} if not more else {"same": 2})
    assert select(fresh, "SELECT id, method FROM payments") == [(1, "cash"), (2, "check")]
    sound(fresh.path)
