"""The daily questions: which orders, quotes, payments and customers; each filter alone and together."""

from typing import Any

import pytest

import till
from conftest import InProcess
from till import due, person


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    person(hub, "Bob Ray")
    return hub


def numbers(hub: InProcess, *words: str, **how: Any) -> list[str]:
    """Give the numbers of a list."""
    return [row["number"] for row in hub(*words, **how).rows]


# ---------------------------------------------------------------------------------------------------------- customers


@pytest.mark.parametrize("form", ["--tsv", "--csv"])
def test_the_columns_in_a_pipe_are_the_same_whatever_the_filters(shop: InProcess, form: str) -> None:
    filters = ((), ("--status", "all"), ("--status", "deleted"), ("--kind", "company"), ("--owes", "1"), ("--on-hold",))
    heads = {shop("customers", "list", *words, form).out.splitlines()[0] for words in filters}
    heads |= {shop("customers", "search", "lee", *words, form).out.splitlines()[0] for words in filters}
    assert len(heads) == 1


@pytest.mark.parametrize(
    ("words", "near"),
    [
        (("customers", "list", "--company", "C9999"), "customer C9999"),
        (("customers", "list", "--company", "Oak Buildrs"), "did you mean C3 Oak Builders"),
        (("customers", "list", "--archived-by", "nobody"), "staff member nobody"),
        (("customers", "list", "--manager", "pria"), "did you mean priya?"),
        (("notes", "list", "--author", "pria"), "did you mean priya?"),
        (("changes", "list", "--by", "nobody"), "staff member nobody"),
        (("payments", "list", "--by", "nobody"), "staff member nobody"),
        (("export", "changelog", "--by", "nobody"), "staff member nobody"),
        (("export", "customers", "--changed-since", "H9999"), "change set H9999"),
        (("export", "orders", "--changed-since", "H9999"), "change set H9999"),
        (("export", "changelog", "--since", "H9999"), "change set H9999"),
        (("orders", "list", "--customer", "C9999"), "customer C9999"),
    ],
    ids=lambda value: " ".join(value[1:]) if isinstance(value, tuple) else None,
)
def test_a_filter_by_what_is_not_there_is_refused(demo: InProcess, words: tuple[str, ...], near: str) -> None:
    refused = demo(*words, code=4)
    assert near in refused.err
    assert refused.out == ""


def test_a_filter_by_who_wrote_is_fine_without_staff(shop: InProcess) -> None:
    shop("notes", "add", "C1", "Ring twice", actor="temp")
    assert numbers(shop, "notes", "list", "--author", "temp") == ["N1"]
    assert numbers(shop, "notes", "list", "--author", "sam") == []
    assert len(shop("changes", "list", "--by", "temp").rows) == 1
    assert len(shop("changes", "list", "--by", "newcomer", actor="newcomer").rows) == 0
    assert len(shop("export", "customers", "--changed-since", "H0").rows) == 2
    shop("customers", "edit", "C1", "--company-name", "Smith & Co")
    assert numbers(shop, "customers", "list", "--company", "smith & co") == ["C1"]


# ------------------------------------------------------------------------------------------------------------- orders


def test_appliance_40_orders_by_class_paid_status_and_job(shop: InProcess) -> None:
    till.order(shop, "C1", "--class", "retail", "--job", "Smith kitchen")
    second = till.quote(shop, "C1", "SOFA@100", "--class", "project", "--job", "Lot 12")
    shop("quotes", "approve", second)
    till.order(shop, "C1", "--class", "trade", "--job", "Lot 9")
    shop("orders", "return", "O3", "--all", "--reason", "x", "--date", "2025-06-15", "--to", "cash")
    options = ("--class", "project", "--paid", "due", "--job", "lot")
    assert numbers(shop, "orders", "list", *options) == ["O2"]
    assert numbers(shop, "orders", "list", "--paid", "returned") == ["O3"]
    assert numbers(shop, "orders", "list", "--paid", "returned", "--paid", "paid") == ["O3", "O1"]
    assert numbers(shop, "orders", "list", "--job", "LOT") == ["O3", "O2"]
    assert [row["paid_status"] for row in shop("orders", "list").rows] == ["returned", "due", "paid"]


def test_the_day_of_the_drivers(shop: InProcess) -> None:
    for _ in range(4):
        till.order(shop)
    shop("orders", "schedule", "O1", "--date", "2025-06-16", "--driver", "Dee")
    shop("orders", "schedule", "O2", "--date", "2025-06-16", "--driver", "Max")
    shop("orders", "schedule", "O3", "--date", "2025-06-17", "--driver", "dee")
    shop("orders", "deliver", "O4", "--date", "2025-06-15")

    def listed(*options: str) -> list[str]:
        return numbers(shop, "orders", "list", *options)

    assert listed("--delivery-date", "2025-06-16") == ["O2", "O1"]
    assert listed("--delivery-date", "2025-06-16", "--driver", "dee") == ["O1"]
    assert listed("--driver", "DEE") == ["O3", "O1"]
    assert listed("--delivery-date", "2025-06-15..2025-06-16", "--delivery", "delivered") == ["O4"]
    assert listed("--delivery", "scheduled", "--delivery", "delivered") == ["O4", "O3", "O2", "O1"]
    assert listed("--delivery-date", "2025-06-16..") == ["O3", "O2", "O1"]
    assert listed("--driver", "nobody") == []


def test_what_is_late_and_what_is_overdue(shop: InProcess) -> None:
    late, met = (till.order(shop, "C1", "--needed-on", day) for day in ("2025-06-14", "2025-06-15"))
    shop("orders", "deliver", till.order(shop, "C1", "--needed-on", "2025-06-01"), "--date", "2025-06-15")
    made = due(shop, "C2", "100", "2025-06-10")
    due(shop, "C2", "100", "2025-06-15")
    assert numbers(shop, "orders", "list", "--late") == [late]
    assert numbers(shop, "orders", "list", "--late", today="2025-06-16") == [met, late]
    assert numbers(shop, "orders", "list", "--overdue") == [made]
    assert numbers(shop, "orders", "list", "--production", "pending", "--customer", "C2") != []


def test_the_expanded_view_has_models_installs_days_and_margins(shop: InProcess) -> None:
    given = ("--line", "FRG-100:2@1200/800", "--fulfillment", "delivery", "--tax-rate", "8.25%", "-q")
    made = shop("quotes", "create", "C1", *given).out.strip()
    shop("quotes", "edit-line", made, "1", "--install", "Anti-tip@50/20", code=None)
    shop("payments", "add", made, "--method", "cash", "--full")
    shop("orders", "deliver", "O1", "--date", "2025-06-15")
    row = shop("orders", "list", "--expanded").rows[0]
    parts = ("number", "line", "model", "quantity", "delivery_status", "delivered_on")
    assert [row[part] for part in parts] == ["O1", "1", "FRG-100", "2", "delivered", "2025-06-15"]
    assert row["margin"].startswith("33.") or row["install"] == "Anti-tip"
    assert shop("orders", "list", "--expanded").out == shop("orders", "list", "--lines").out


# ------------------------------------------------------------------------------------------------------------- quotes


def test_my_quotes_and_those_that_run_out(shop: InProcess) -> None:
    shop("staff", "add", "sam", "--name", "Sam Doe")
    mine = till.fridge(shop, "C1", "--expires", "2025-06-17", "--salesperson", "sam")
    other = till.fridge(shop, "C1", "--expires", "2025-06-18", "--salesperson", "none")
    later = till.fridge(shop, "C1", "--expires", "2025-06-19", "--salesperson", "none")
    assert numbers(shop, "quotes", "list", "--mine") == [mine]
    assert numbers(shop, "quotes", "list", "--expiring", "3d") == [other, mine]
    assert numbers(shop, "quotes", "list", "--status", "expired", today="2025-06-19") == [other, mine]
    assert numbers(shop, "quotes", "list", "--status", "active", today="2025-06-19") == [later]
    assert "no unit" in shop("quotes", "list", "--expiring", "3", code=2).err


# ----------------------------------------------------------------------------------------------------------- payments


def test_which_payment_was_that(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "500")
    made = due(shop, "C1", "500", "2025-06-01")
    till.pay(shop, made, "100", "--date", "2025-06-10", actor="pat")
    shop("payments", "add", made, "--credit-line", "--amount", "60")
    given = ("--method", "check", "--check-number", "881", "--amount", "400", "--date", "2025-06-12")
    shop("payments", "add", "C1", *given)
    assert numbers(shop, "payments", "list", "--check-number", "881") == ["L1", "P3"]
    assert numbers(shop, "payments", "list", "--amount", "100") == ["P1"]
    assert numbers(shop, "payments", "list", "--by", "pat") == ["P1"]
    assert numbers(shop, "payments", "list", "--method", "credit-line") == ["P2"]
    assert numbers(shop, "payments", "list", "--date", "2025-06-12") == ["L1", "P3"]
    assert numbers(shop, "payments", "list", "--status", "pending") == []
    assert numbers(shop, "payments", "list", "--customer", "C1", "--method", "check") == ["L1", "P3"]
    assert numbers(shop, "payments", "list", "--customer", "Bob Ray") == []
    assert numbers(shop, "payments", "list", "O1", "--customer", "C1") != []
    assert "name one" in shop("payments", "list", "C1", "--customer", "C2", code=2).err
    listed = {row["number"]: row for row in shop("payments", "list", "C1").rows}
    assert (listed["L1"]["amount"], listed["L1"]["application"]) == ("60.00", "Payment Made to a Credit Line")
    shown = shop("payments", "show", "L1", "--json").json
    assert (shown["number"], shown["draw"], shown["amount"]) == ("L1", "P2", "60.00")
    assert "no repayment L9" in shop("payments", "show", "L9", code=4).err


# ---------------------------------------------------------------------------------------------------------- customers


def test_who_owes_and_who_has_credit(shop: InProcess) -> None:
    person(shop, "Cy Fox")
    due(shop, "C1", "100", "2025-06-15")
    due(shop, "C2", "40", "2025-06-01")
    shop("credit", "line", "set", "C3", "--limit", "500")
    drawn = till.quote(shop, "C3", "SOFA@80", today="2025-05-01")
    shop("payments", "add", drawn, "--credit-line", "--full", today="2025-05-01")
    shop("credit", "grant", "C2", "5", "--reason", "goodwill")

    def listed(*options: str) -> list[str]:
        return numbers(shop, "customers", "list", *options)

    assert listed("--owes") == ["C1", "C2", "C3"]
    assert listed("--owes", "60") == ["C1", "C3"]
    assert listed("--owes", "60", "--kind", "individual") == ["C1", "C3"]
    assert listed("--overdue") == ["C2", "C3"]
    assert listed("--overdue", "--owes") == ["C2", "C3"]
    assert listed("--has-credit") == ["C2"]
    assert listed("--over-limit") == []
    shop("credit", "line", "set", "C3", "--limit", "88.89")
    assert listed("--near-limit") == []
    shop("credit", "line", "set", "C3", "--limit", "88.88")
    assert listed("--near-limit") == ["C3"]
    shop("credit", "line", "set", "C3", "--limit", "79.99")
    assert listed("--over-limit") == ["C3"]
    assert listed("--owes", "--overdue", "--over-limit") == ["C3"]
    shop("views", "save", "late-payers", "--overdue", "--owes")
    assert listed("@late-payers") == ["C2", "C3"]


def test_overdue_is_what_aging_says(demo: InProcess) -> None:
    aging = demo("report", "aging", "--past-due", "1").rows
    assert {row["number"] for row in aging} == set(numbers(demo, "customers", "list", "--overdue", "--status", "all"))
    owing = {row["number"] for row in demo("report", "aging").rows if float(row["owed"]) > 0}
    assert owing == set(numbers(demo, "customers", "list", "--owes", "--status", "all"))


def test_every_list_of_documents_and_money_takes_a_customer(demo: InProcess) -> None:
    for words in (
        "orders list", "quotes list", "payments list", "report aging", "report receivables", "report payments",
        "report cash", "report credit", "report sales", "report quotes", "report orders", "report returns",
        "report late-entries", "report lifetime", "report segments",
    ):  # fmt: skip
        demo(*words.split(), "--customer", "C3")
        assert demo(*words.split(), "--customer", "C99999", code=4).out == ""


def test_a_list_goes_on_where_the_last_part_ended(demo: InProcess) -> None:
    whole = demo("customers", "list", "--json").json
    parts = [
        demo("customers", "list", "--limit", "100", "--offset", str(at), "--json").json for at in (0, 100, 200, 300)
    ]
    assert [row for part in parts for row in part] == whole
    assert [len(part) for part in parts] == [100, 100, len(whole) - 200, 0]
    shown = demo("customers", "list", "--offset", str(len(whole) - 3), tty=True)
    assert (shown.out.count("\n") - 2, "more" in shown.err) == (3, False)
    assert f"… {len(whole) - 60} more" in demo("customers", "list", "--offset", "10", tty=True).err
    assert (
        demo("orders", "list", "--offset", "2", "--csv").out.splitlines()[1:]
        == demo("orders", "list", "--csv").out.splitlines()[3:]
    )
    assert demo("invoices", "list", "--offset", "1").rows == demo("invoices", "list").rows[1:]
    assert "'-1' is not a number of rows" in demo("customers", "list", "--offset", "-1", code=2).err


def test_how_they_found_the_shop_is_any_text(demo: InProcess) -> None:
    assert (
        demo("customers", "list", "--found-us", "radio").rows == demo("customers", "list", "--found-us", "Radio").rows
    )
    none = demo("customers", "list", "--found-us", "Rado")
    assert (none.rows, none.err) == ([], "no customer found the shop by Rado; did you mean Radio?\n")
