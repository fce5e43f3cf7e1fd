"""Opening balances: what was owed, and what the shop owed, when hub took over; no sale, loaded once, one undo."""

from pathlib import Path

import pytest

from conftest import InProcess
from test_import_apply import counts, tables, write
from till import line, pay, person, show, wallet

HEAD = "customer,what,amount,date,due,terms,reference,note\n"
FILE = (
    "C1,credit,18400.00,,,,,gift cards\n"
    "C1,limit,7500,,,Net 60,,\n"
    "C1,draw,300.00,2025-05-01,2025-05-31,,,\n"
    "C1,invoice,450.00,2025-04-20,,Net 15,4711,\n"
    "C2,invoice,99.95,2025-03-01,2025-03-31,,sage:88,\n"
)


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    person(hub, "Bob Smith")
    return hub


def load(hub: InProcess, path: str, *options: str, code: int = 0) -> str:
    return hub("import", "balances", path, "--as-of", "2025-05-31", *options, code=code).err


def test_balances_are_loaded_to_the_cent(shop: InProcess, tmp_path: Path) -> None:
    before = tables(shop.path)
    path = write(tmp_path, HEAD + FILE)
    told = load(shop, path, "--expect-total", "credit=18400.00", "--expect-total", "invoice=549.95")
    assert "credit: 1 row, 18400.00 in the file, 18400.00 loaded, difference 0.00" in told
    assert "invoice: 2 rows, 549.95 in the file, 549.95 loaded, difference 0.00" in told
    assert "nothing is written yet" in told
    assert tables(shop.path) == before
    load(shop, path, "--apply")
    assert wallet(shop) == "18400.00"
    assert line(shop) == ("750.00", "6750.00", "0.00")
    entry = shop("credit", "history", "C1").rows[0]
    assert (entry["date"], entry["type"], entry["note"]) == ("2025-05-31", "grant", "opening balance: gift cards")
    owed = shop("credit", "line", "show", "C1", "--json").json["rows"]
    assert [(row["kind"], row["date"], row["due"], row["owed"]) for row in owed] == [
        ("order", "2025-04-20", "2025-05-05", "450.00"),
        ("draw", "2025-05-01", "2025-05-31", "300.00"),
    ]
    assert shop("db", "check", "--full").out == ""


def test_what_was_owed_before_is_no_sale(shop: InProcess, tmp_path: Path) -> None:
    load(shop, write(tmp_path, HEAD + FILE), "--apply")
    customer = shop("customers", "show", "C1", "--json").json
    assert (customer["stage"], customer["orders"], customer["lifetime_value"]) == ("lead", 0, "0.00")
    assert customer["owed"] == "450.00"
    aged = shop("report", "aging", "--json", "--customer", "C1").json[0]
    assert (aged["days_1_30"], aged["days_31_60"], aged["owed"]) == ("300.00", "450.00", "750.00")
    assert shop("customers", "list", "--stage", "lead").rows[0]["number"] in {"C1", "C2"}


def test_they_are_paid_like_any_other_debt(shop: InProcess, tmp_path: Path) -> None:
    load(shop, write(tmp_path, HEAD + FILE), "--apply")
    pay(shop, "old:4711", "450")
    pay(shop, "sage:88", "99.95")
    shop("credit", "line", "repay", "C1", "--full", "--method", "cash")
    assert line(shop)[0] == "0.00"
    assert show(shop, "old:4711")["balance"] == "0.00"
    assert shop("db", "check", "--full").out == ""


def test_the_same_file_loads_nothing_twice_and_one_undo_takes_all_back(shop: InProcess, tmp_path: Path) -> None:
    before = tables(shop.path)
    path = write(tmp_path, HEAD + FILE + "C2,draw,5,2025-05-02,,,,\nC2,draw,5,2025-05-02,,,,\nC2,limit,100,,,,,\n")
    done = shop("import", "balances", path, "--as-of", "2025-05-31", "--apply")
    assert counts(done) == {"create": 8}
    again = shop("import", "balances", path, "--as-of", "2025-05-31", "--apply")
    assert (again.out, again.err) == ("", "")
    assert counts(shop("import", "balances", path, "--as-of", "2025-05-31")) == {"same": 8}
    shop("undo", done.rows[0]["change"])
    after = tables(shop.path)
    assert wallet(shop) == "0.00"
    left = {name for name, rows in after.items() if rows != before[name]}
    assert left == {"wallet_entries"}  # a ledger is never rewritten: the entry is taken back
    assert counts(shop("import", "balances", path, "--as-of", "2025-05-31", "--apply")) == {"create": 8}
    assert wallet(shop) == "18400.00"
    assert shop("db", "check", "--full").out == ""


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("C9,credit,5,,,,,", "there is no customer C9"),
        ("C1,gift,5,,,,,", "what: "),
        ("C1,credit,-5,,,,,", "amount: is negative"),
        ("C1,credit,5,2025-05-01,,,,", "is of no use for credit"),
        ("C1,draw,5,2025-06-01,,,,", "is after 2025-05-31"),
        ("C1,limit,10000000.01,,,,,", "a credit limit is from 0.00 to 10000000.00"),
        ("C1,limit,5,,,Net 45,,", "is not known"),
        ("C1,,5,,,,,", "what is missing"),
    ],
)
def test_a_bad_row_is_left_out_and_told(row: str, told: str, shop: InProcess, tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + FILE + row + "\n")
    result = shop("import", "balances", path, "--as-of", "2025-05-31", "--apply", code=3)
    assert counts(result) == {"create": 5, "reject": 1}
    assert told in " ".join(line["reason"] for line in result.rows)
    assert wallet(shop) == "18400.00"


def test_another_amount_is_a_conflict_and_a_wrong_sum_refuses_the_file(shop: InProcess, tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + FILE)
    told = load(shop, path, "--expect-total", "credit=18400.01", "--apply", code=6)
    assert "credit in" in told
    assert "comes to 18400.00, not to 18400.01; nothing was read" in told
    assert wallet(shop) == "0.00"
    load(shop, path, "--apply")
    other = write(tmp_path, HEAD + "C1,credit,18401.00,,,,,\nC1,invoice,451,2025-04-20,,Net 15,4711,\n", "other.csv")
    result = shop("import", "balances", other, "--as-of", "2025-05-31", code=3)
    assert counts(result) == {"conflict": 2}
    assert "difference 18401.00" in result.err


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ((), 2, "--as-of is missing"),
        (("--as-of", "2025-06-16"), 2, "--as-of"),
        (("--as-of", "2025-05-31", "--expect-total", "18400"), 2, "is not of the form credit=18400.00"),
        (("--as-of", "2025-05-31", "--expect-total", "gold=1"), 2, "credit, limit, draw or invoice"),
        (("--as-of", "2025-05-31", "--expect-total", "credit=1,000"), 2, "--expect-total"),
    ],
)
def test_options_are_strict(options: tuple[str, ...], code: int, told: str, shop: InProcess, tmp_path: Path) -> None:
    assert told in shop("import", "balances", write(tmp_path, HEAD + FILE), *options, code=code).err


def test_closed_books_take_no_balances(shop: InProcess, tmp_path: Path) -> None:
    shop("settings", "set", "books.closed_through", "2025-05-31")
    assert "the books are closed through 2025-05-31" in load(shop, write(tmp_path, HEAD + FILE), code=6)


def test_the_template_is_a_file_that_can_be_loaded(demo: InProcess, tmp_path: Path) -> None:
    path = str(tmp_path / "balances.csv")
    demo("export", "template", "balances", "--example", "-o", path)
    told = demo("import", "balances", path, "--as-of", "2025-05-31", "--expect-total", "credit=120.00")
    assert counts(told) == {"create": 4}


def test_two_credits_of_one_customer_are_two_and_an_unreadable_sum_is_no_sum(shop: InProcess, tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + "C1,credit,120.00,,,,,\nC1,credit,120.00,,,,,\n")
    for _ in range(2):
        told = load(shop, path, "--expect-total", "credit=240.00", "--apply", "-v")
        assert "credit: 2 rows, 240.00 in the file, 240.00 loaded, difference 0.00" in told
        assert shop("customers", "show", "C1", "--json").json["credit_balance"] == "240.00"
    path = write(tmp_path, HEAD + 'C1,credit,120.00,,,,,\nC1,credit,120.00,,,,,\nC2,credit,"1.234,56",,,,,\n')
    told = load(shop, path, "--expect-total", "credit=240.00", code=6)
    assert "in.csv comes to 240.00 and 1 row that cannot be read" in told
    assert "unreadable: 1 row" in load(shop, path, code=3)
