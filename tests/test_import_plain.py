"""Quotes, payments, models and credit go out and come in again; what is new is taken by the rules, once."""

import csv
from pathlib import Path

import pytest

from conftest import InProcess, Result
from test_import_apply import counts, write
from till import fridge, pay, person, quote, show, wallet

NOUNS = ("quotes", "payments", "models", "credit", "orders")


def reasons(result: Result) -> str:
    """Give every reason with its examples, in one line."""
    return " ".join(f"{row['reason']} ({row['examples']})" for row in result.rows)


@pytest.fixture
def busy(hub: InProcess) -> InProcess:
    """A shop in which everything happened once: C1 Ann Lee, O1, Q2, Q3 with services, returns, credit."""
    person(hub)
    hub("models", "add", "FRG-100", "--description", "Fridge, 20 cu ft", "--price", "1200", "--cost", "800")
    fridge(hub)
    pay(hub, "Q1", "374", "--note", 'half, "soon"')
    hub("payments", "add", "Q1", "--method", "check", "--check-number", "77", "--full")
    hub("payments", "refund", "P2", "--amount", "10", "--to", "credit", "--reason", "scratch")
    quote(hub, "C1", "SOFA:2@10.10", "--job", "=1+1", "--rebate", "3")
    hub("quotes", "add-line", "Q2", "WASH", "--price", "500", "--install", "Gas hookup@89.00/45.00",
        "--plan", "P5@159/60", "--plan-months", "60", "--haul-away", "1@25",
        "--fulfillment", "delivery-install")  # fmt: skip
    pay(hub, "Q2", "50")
    hub("payments", "void", "P3", "--reason", "x")
    hub("credit", "grant", "C1", "5", "--note", "late")
    return hub


@pytest.mark.parametrize("noun", NOUNS)
@pytest.mark.parametrize("form", ["--csv", "--json", "--tsv", "--excel"])
def test_what_goes_out_comes_in_and_changes_nothing(noun: str, form: str, busy: InProcess, tmp_path: Path) -> None:
    path = str(tmp_path / f"x.{'csv' if form == '--excel' else form[2:]}")
    busy("export", noun, *(["--csv", form] if form == "--excel" else [form]), "-o", path)
    found = counts(busy("import", noun, path))
    assert found.keys() == {"same"}, found
    assert busy("import", noun, path, "--apply").out == ""
    assert busy("db", "check", "--full").out == ""


def test_a_quote_is_the_same_in_another_shop(busy: InProcess, tmp_path: Path) -> None:
    for noun in ("customers", "quotes"):
        busy("export", noun, "--csv", "-o", str(tmp_path / f"{noun}.csv"))
    here = show(busy, "Q2")
    busy.path = tmp_path / "other.db"
    busy("import", "customers", str(tmp_path / "customers.csv"), "--apply")
    assert counts(busy("import", "quotes", str(tmp_path / "quotes.csv"), "--apply")) == {"create": 1}
    there = show(busy, "Q2")
    for name in ("version", "payments", "created_at", "paid", "balance"):
        here.pop(name, None), there.pop(name, None)
    assert there == here
    assert busy("db", "check", "--full").out == ""


def test_an_order_with_services_is_the_same_in_another_shop(busy: InProcess, tmp_path: Path) -> None:
    busy("quotes", "approve", "Q2")
    for noun in ("customers", "orders"):
        busy("export", noun, "--csv", "-o", str(tmp_path / f"{noun}.csv"))
    other = tmp_path / "other.csv"
    busy.path = tmp_path / "other.db"
    busy("import", "customers", str(tmp_path / "customers.csv"), "--apply")
    assert counts(busy("import", "orders", str(tmp_path / "orders.csv"), "--apply")) == {"create": 2}
    busy("export", "orders", "--csv", "-o", str(other))
    assert other.read_text() == (tmp_path / "orders.csv").read_text()
    assert busy("db", "check", "--full").out == ""
    torn = (tmp_path / "orders.csv").read_text().replace("Gas hookup@89.00/45.00", "Gas hookup@88.00/45.00")
    assert "services: are not what is sold with its lines" in reasons(
        busy("import", "orders", write(tmp_path, torn), code=3)
    )


# ------------------------------------------------------------------------------------------------------------- payments


def test_new_payments_are_taken_by_the_rules(hub: InProcess, tmp_path: Path) -> None:
    person(hub)
    fridge(hub)
    quote(hub, "C1", "SOFA@100")
    path = write(
        tmp_path,
        "document,date,method,amount,reference,status,note\n"
        "Q1,2025-06-01,check,1374.00,42,,by post\n"
        "Q2,2025-06-02,cash,60,,,\n"
        "Q2,2025-06-02,cash,60,,,\n"
        "Q2,2025-06-03,bank-transfer,40.00,t-1,pending,\n"
        "Q2,2025-06-03,cash,5,,void,\n"
        "Q9,2025-06-03,cash,5,,,\n"
        "Q2,2025-06-16,cash,5,,,\n"
        "Q2,2025-06-03,cash,5.001,,,\n"
        "Q2,2025-06-03,barter,5,,,\n",
    )
    shown = hub("import", "payments", path, code=3)
    assert counts(shown) == {"create": 3, "same": 1, "reject": 5}
    assert hub("payments", "list").rows == []
    done = hub("import", "payments", path, "--apply", "--rejects", str(tmp_path / "bad.csv"), code=3)
    assert "60.00 is more than the 40.00 owed on Q2" in reasons(done)
    assert (show(hub, "O1")["status"], show(hub, "Q2")["balance"]) == ("in-production", "0.00")
    listed = {row["number"]: row for row in hub("payments", "list").rows}
    assert (listed["P1"]["reference"], listed["P1"]["note"], listed["P3"]["status"]) == ("42", "by post", "pending")
    bad = list(csv.DictReader((tmp_path / "bad.csv").read_text().splitlines()))
    assert [row["file_line"] if "file_line" in row else row["line"] for row in bad] == ["4", "7", "8", "9", "10"]
    assert counts(hub("import", "payments", path, "--apply", "-v", code=3)) == {"same": 4, "reject": 5}
    hub("undo", done.rows[0]["change"])
    assert (show(hub, "Q1")["balance"], show(hub, "Q2")["balance"]) == ("1374.00", "100.00")
    assert hub("db", "check", "--full").out == ""


def test_a_payment_that_is_otherwise_in_hub_is_a_conflict(busy: InProcess, tmp_path: Path) -> None:
    path = write(tmp_path, "number,document,date,method,amount\nP1,O1,2025-06-15,cash,373\n")
    found = busy("import", "payments", path, code=3)
    assert counts(found) == {"conflict": 1}
    assert "is there already, and otherwise (line 2: P1: amount)" in reasons(found)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("document,date,method,amount,is_admin", "not importable: is_admin"),
        ("document,date,method,amout", "amout (did you mean amount?)"),
        ("document,date,method", "no column gives amount"),
    ],
)
def test_columns_that_do_not_fit_are_refused(head: str, told: str, hub: InProcess, tmp_path: Path) -> None:
    refused = hub("import", "payments", write(tmp_path, f"{head}\n1,2,3,4,5\n"), code=2)
    assert told in refused.err
    assert "hub export template payments" in refused.err


def test_payments_since_the_last_time(busy: InProcess) -> None:
    def since(*options: str) -> list[str]:
        return [row["number"] for row in busy("export", "payments", "--since-last", *options).rows]

    assert since("-n") == since("--limit", "all", "-n") == ["P1", "P2", "P3"]
    assert since("--limit", "1") == ["P1"]
    assert "only shown: -o FILE" in busy("export", "payments", "--since-last", tty=True).err
    assert since() == ["P1", "P2", "P3"]
    assert since() == []
    pay(busy, "Q2", "7")
    busy("payments", "refund", "P1", "--amount", "1", "--reason", "x")
    assert since() == ["P4"]
    busy("payments", "void", "P4", "--reason", "x")
    assert since() == ["P4"]
    assert "goes alone" in busy("export", "payments", "--since-last", "--from", "today", code=2).err
    assert len(busy("payments", "export", "--from", "2025-06-15", "--to", "2025-06-15").rows) == 4
    assert busy("payments", "export", "--to", "2025-06-14").rows == []
    assert "is after" in busy("export", "payments", "--from", "2025-06-15", "--to", "2025-06-14", code=2).err
    assert busy("db", "check", "--full").out == ""


# ------------------------------------------------------------------------------------------------------- models, credit


def test_models_are_added_and_updated(busy: InProcess, tmp_path: Path) -> None:
    path = write(
        tmp_path, "model,description,price,cost,discontinued\nFRG-100,,1250,,yes\nNEW,New one,10.00,,\nBAD,,x,,\n"
    )
    assert counts(busy("import", "models", path, code=3)) == {"create": 1, "update": 1, "reject": 1}
    done = busy("import", "models", path, "--apply", code=3)
    shown = busy("models", "show", "FRG-100", "--json").json
    assert (shown["price"], shown["cost"], shown["discontinued"], shown["description"]) == (
        "1250.00", "800.00", True, "Fridge, 20 cu ft",
    )  # fmt: skip
    busy("undo", done.rows[0]["change"])
    assert busy("models", "show", "FRG-100", "--json").json["price"] == "1200.00"


def test_credit_is_entered_once_and_never_below_zero(hub: InProcess, tmp_path: Path) -> None:
    person(hub)
    path = write(
        tmp_path,
        "customer,date,amount,note\nC1,2025-05-01,50.00,late\nC1,2025-05-02,-20,\nC1,2025-05-03,-31,\nC9,2025-05-01,1,\n",
    )
    done = hub("import", "credit", path, "--apply", code=3)
    assert counts(done) == {"create": 2, "reject": 2}
    assert wallet(hub) == "30.00"
    assert [row["type"] for row in hub("export", "credit").rows] == ["grant", "withdrawal"]
    assert counts(hub("import", "credit", path, code=3)) == {"same": 2, "reject": 2}
    hub("undo", done.rows[0]["change"])
    assert wallet(hub) == "0.00"
    assert hub("db", "check", "--full").out == ""


def test_quotes_of_another_system(hub: InProcess, tmp_path: Path) -> None:
    person(hub)
    head = "external_id,customer,quoted_on,model,quantity,unit_price,discount,tax,total,delivery_charge,job_name\n"
    path = write(
        tmp_path,
        f"{head}old:1,C1,2025-06-01,SOFA,2,100.00,10%,14.85,219.85,25,Kitchen\n"
        "old:1,C1,2025-06-01,CHAIR,1,5.00,5.00,14.85,219.85,25,Kitchen\n"
        "old:2,C1,2025-06-01,SOFA,1,100.00,,0,99.00,,\n"
        "old:3,C1,2025-06-01,SOFA,1,100.00,,0,100.00,,A\n"
        "old:3,C1,2025-06-01,SOFA,1,100.00,,0,100.00,,B\n",
    )
    done = hub("import", "quotes", path, "--apply", code=3)
    assert counts(done) == {"create": 1, "reject": 2}
    told = reasons(done)
    assert "total: '99.00' is not what its lines come to, 100.00" in told
    assert "job_name differs between its rows" in told
    found = show(hub, "Q1")
    assert (found["total"], found["tax"], found["date"], found["expires_on"]) == (
        "219.85", "14.85", "2025-06-01", "2025-06-15",
    )  # fmt: skip
    assert counts(hub("import", "quotes", path, code=3)) == {"same": 1, "reject": 2}
    hub("quotes", "approve", "Q1")
    assert "is an order by now, and stays it" in reasons(hub("import", "quotes", path, code=3))


def test_rejected_rows_of_quotes_can_be_mended_and_imported_again(hub: InProcess, tmp_path: Path) -> None:
    file, mend = tmp_path / "quotes.csv", tmp_path / "mend.csv"
    file.write_text("number,customer,quoted_on,line,model,quantity,unit_price\nQ1,C9,2025-01-02,1,W,1,10.00\n")
    hub("import", "quotes", str(file), "--rejects", str(mend), code=3)
    assert mend.read_text().startswith("number,customer,quoted_on,line,model,quantity,unit_price,file_line,reason\n")
    hub("customers", "create", "--first-name", "Ann", "--mobile", "(312) 555-0101")
    mend.write_text(mend.read_text().replace("C9", "C1"))
    again = hub("import", "quotes", str(mend))
    assert {row["result"]: row["rows"] for row in again.rows}["create"] == "1"
