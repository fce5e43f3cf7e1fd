"""The one ledger of an account: what was owed after each move, customer credit and credit line beside it."""

import till
from conftest import InProcess


def test_the_ledger_of_a_customer(hub: InProcess) -> None:
    till.person(hub)
    hub("credit", "line", "set", "C1", "--limit", "500", today="2025-05-01")
    hub("credit", "grant", "C1", "20", "--reason", "goodwill", today="2025-05-02")
    made = till.due(hub, "C1", "300", "2025-05-03")
    hub("payments", "add", made, "--all-credit", today="2025-05-04")
    hub("payments", "add", made, "--credit-line", "--amount", "100", today="2025-05-05")
    hub("payments", "add", made, "--method", "cash", "--amount", "180", today="2025-05-06")
    hub("payments", "void", "P3", "--reason", "typed twice", today="2025-05-07")
    hub("credit", "line", "repay", "C1", "--method", "cash", "--amount", "40", today="2025-05-08")
    rows = hub("credit", "account", "C1").rows
    assert [(row["type"], row["balance"], row["credit_balance"], row["line_used"]) for row in rows] == [
        ("credit grant", "0.00", "20.00", "0.00"),
        ("order", "300.00", "20.00", "0.00"),
        ("credit applied", "300.00", "0.00", "0.00"),
        ("customer-credit", "280.00", "0.00", "0.00"),
        ("credit-line", "180.00", "0.00", "100.00"),
        ("cash", "0.00", "0.00", "100.00"),
        ("cash void", "180.00", "0.00", "100.00"),
        ("repayment cash", "180.00", "0.00", "60.00"),
    ]
    assert till.figures(hub, made, "balance") == ("180.00",)
    assert till.line(hub)[0] == "60.00"
    assert len(hub("credit", "account", "C1", "--as-of", "2025-05-06").rows) == 6
    late = hub("credit", "account", "C1", "--from", "2025-05-08").rows
    assert [(row["line"], row["balance"]) for row in late] == [("-40.00", "180.00")]
    shown = hub("customers", "show", "C1", "--json").json["credit_line"]
    assert shown == {"limit": "500.00", "used": "60.00", "available": "440.00", "over_limit": "0.00", "terms": "Net 30"}


def test_the_ledger_ends_at_what_is_owed_in_the_demo(demo: InProcess) -> None:
    for number in (1, 3, 4, 9, 13, 20):
        rows = demo("credit", "account", f"C{number}", "--json").json
        shown = demo("customers", "show", f"C{number}", "--json").json
        deposits = [
            row for row in rows if (row["document"] or "O").startswith("Q") and not row["type"].startswith("credit ")
        ]
        ahead = sum(int(row["paid"].replace(".", "")) for row in deposits)
        balance = int(rows[-1]["balance"].replace(".", "")) if rows else 0
        assert balance + ahead == int(shown["owed"].replace(".", ""))
        assert not rows or rows[-1]["credit_balance"] == shown["credit_balance"]


def test_credit_is_applied_and_reset(hub: InProcess) -> None:
    till.person(hub)
    hub("credit", "grant", "C1", "200", "--reason", "goodwill")
    made = till.due(hub, "C1", "75")
    hub("credit", "apply", made)
    other = till.due(hub, "C1", "75")
    hub("credit", "apply", other, "--amount", "5")
    assert till.wallet(hub) == "120.00"
    hub("payments", "void", "P2", "--reason", "x")
    assert till.wallet(hub) == "125.00"
    assert "--reason is missing" in hub("credit", "reset", "C1", "-y", code=2).err
    assert "needs a yes" in hub("credit", "reset", "C1", "--reason", "new year", code=6).err
    hub("credit", "reset", "C1", "--reason", "new year", "-y")
    assert till.wallet(hub) == "200.00"
    assert hub("credit", "history", "C1").rows[0]["type"] == "reset"
    hub("credit", "reset", "C1", "--reason", "again", "-y")
    assert till.wallet(hub) == "200.00"
