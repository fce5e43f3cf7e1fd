"""Acceptance of both hubs about quotes, orders, returns and notes: every figure as the scenarios have it."""

from pathlib import Path
from typing import Any

import pytest

from conftest import InProcess
from till import FRIDGE, figures, fridge, order, pay, person, quote, show, wallet


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    person(hub)
    return hub


@pytest.fixture
def acme(shop: InProcess) -> InProcess:
    """Acme, C2, whose contact is Ann, C1."""
    shop("customers", "create", "--company-name", "Acme", "--mobile", "3125550199")
    shop("customers", "contact", "add", "C2", "--customer", "C1", "--role", "ordering")
    return shop


# ----------------------------------------------------------------------------------------------------- appliance, 19-43


def test_appliance_19_an_exemption_is_not_retroactive(shop: InProcess) -> None:
    before = fridge(shop)
    shop("customers", "tax-exempt", "C1", "--tax-id", "12-3456789", "--type", "resale", "--until-revoked")
    assert figures(shop, before, "tax", "total") == ("99.00", "1374.00")
    assert figures(shop, fridge(shop), "tax", "total") == ("0.00", "1275.00")


def test_appliance_22_internal_text_never_leaves_the_shop(shop: InProcess, tmp_path: Path) -> None:
    made = order(shop)
    shop("notes", "add", "C1", "pays late", "--type", "internal", "--persistence", "persistent")
    shop("notes", "add", "C1", "mind the dog", "--type", "delivery", "--persistence", "persistent")
    shop("notes", "add", "C1", "thank you for your business", "--type", "customer", "--persistence", "persistent")
    assert [note["text"] for note in show(shop, made)["notes"]] == [
        "pays late", "mind the dog", "thank you for your business",
    ]  # fmt: skip
    shop("orders", "send", made, "--to", "ann@example.com")
    shop("quotes", "send", fridge(shop), "--to", "ann@example.com")
    letters = [path.read_text() for path in sorted((tmp_path / "outbox").glob("*.eml"))]
    assert len(letters) == 2
    for letter in letters:
        assert "thank you for your business" in letter
        for kept in ("pays late", "mind the dog", "800.00", "33.33"):  # nor cost, nor margin
            assert kept not in letter


def test_appliance_23_a_note_is_edited_and_deleted_on_every_document(shop: InProcess) -> None:
    made = order(shop)
    shop("notes", "add", "C1", "ring twice", "--type", "delivery", "--persistence", "persistent")
    shop("notes", "edit", "N1", "ring once")
    assert [note["text"] for note in show(shop, made)["notes"]] == ["ring once"]
    shop("notes", "delete", "N1")
    assert show(shop, made)["notes"] == []


def test_appliance_29_half_is_rounded_half_up(shop: InProcess) -> None:
    made = quote(shop, "C1", "X@1374.01")
    shop("payments", "add", made, "--method", "cash", "--half")
    assert figures(shop, made, "paid", "balance") == ("687.01", "687.00")


def test_appliance_31_a_quote_is_not_returned_its_deposit_is_refunded(shop: InProcess) -> None:
    made = fridge(shop)
    pay(shop, made, "687")
    refused = shop("orders", "return", made, "--all", "--reason", "no", "--date", "today", "--to", "cash", code=6).err
    assert refused.startswith("hub: Q1 is a quote, not yet an order\n")
    shop("payments", "refund", "P1", "--amount", "687", "--reason", "customer request", "--to", "cash")
    assert figures(shop, made, "paid", "balance", "status") == ("0.00", "1374.00", "saved")
    assert shop("orders", "list").out.count("\n") == 1


def test_appliance_35_the_estimated_margin(shop: InProcess) -> None:
    assert figures(shop, fridge(shop), "margin", "margin_complete") == (33.33, True)
    unknown = quote(shop, "C1", "X@1200")
    assert figures(shop, unknown, "margin", "margin_complete") == (None, False)


def test_appliance_37_only_an_administrator_deletes_a_quote(shop: InProcess) -> None:
    made = fridge(shop)
    pay(shop, made, "687")
    assert "Q1 holds 687.00 of the customer's money" in shop("quotes", "delete", made, code=6).err
    shop("payments", "refund", "P1", "--amount", "687", "--reason", "customer request", "--to", "cash")
    shop("staff", "add", "lee", "--name", "Lee Park", "--role", "sales-manager")
    assert "may not delete quotes" in shop("quotes", "delete", made, actor="lee", code=6).err
    shop("quotes", "delete", made)
    assert show(shop, made)["status"] == "deleted"


def test_appliance_43_a_deposit_is_no_lifetime_value(shop: InProcess) -> None:
    pay(shop, fridge(shop), "687")
    found = shop("customers", "show", "C1", "--json").json
    assert (found["lifetime_value"], found["orders"], found["stage"]) == ("0.00", 0, "lead")


# ----------------------------------------------------------------------------------------------------- appliance, 44-52


def back(shop: InProcess, ref: str, *options: str, **how: Any) -> dict[str, str]:
    given = ("orders", "return", ref, *options, "--reason", "did not fit", "--date", "today")
    found: dict[str, str] = shop(*given, **how).rows[0]
    return found


def test_appliance_44_46_a_full_return_with_and_without_the_preset_fee(shop: InProcess) -> None:
    first = order(shop)
    shop("orders", "deliver", first)
    assert back(shop, first, "--all", "--to", "credit")["refund"] == "1374.00"
    assert (wallet(shop), show(shop, first)["paid_status"]) == ("1374.00", "returned")
    entry = shop("credit", "history", "C1").rows[0]
    assert (entry["document"], entry["type"], entry["amount"]) == ("O1", "return", "1374.00")
    person(shop, "Bob Fox")
    shop("settings", "set", "returns.restocking_percent", "10%")
    second = order(shop, "C2")
    row = back(shop, second, "--all", "--to", "credit")
    assert (row["restocking"], row["refund"]) == ("120.00", "1254.00")
    assert shop("customers", "show", "C2", "--json").json["lifetime_value"] == "120.00"


def test_appliance_47_49_50_parts_of_an_order_come_back(shop: InProcess) -> None:
    made = order(shop)
    row = back(shop, made, "--amount", "1=150", "--to", "cash")
    assert (row["tax"], row["refund"], row["units"]) == ("12.38", "162.38", "0")
    assert show(shop, made)["lines"][0]["returned_quantity"] == 0
    assert back(shop, made, "--delivery", "50", "--to", "cash")["refund"] == "50.00"
    refused = ("orders", "return", made, "--delivery", "25.01", "--to", "cash", "--reason", "x", "--date", "today")
    assert "25.01 is more than the 25.00 left of the delivery charges" in shop(*refused, code=6).err
    shop("orders", "schedule", made, "--date", "tomorrow")
    scheduled = ("orders", "return", made, "--line", "1", "--to", "cash", "--reason", "x", "--date", "today")
    assert "line 1 (FRG-100) of O1 is scheduled" in shop(*scheduled, code=6).err
    shop("orders", "unschedule", made)
    assert back(shop, made, "--line", "1", "--to", "cash")["refund"] == "1136.62"  # 1050.00 and the tax left, 86.62


# --------------------------------------------------------------------------------------------------- deconetwork, 14-38


def test_deconetwork_14_the_company_discount_is_of_each_order_of_its_contacts(acme: InProcess) -> None:
    acme("customers", "edit", "C2", "--discount", "15%")
    given = ("--line", "TEE-200:20@10", "--tax-rate", "0%")
    found = acme("orders", "create", "C1", *given).rows[0]
    assert (found["total"], show(acme, "O1")["discounts"]["customer"]) == ("170.00", "30.00")
    acme("customers", "edit", "C2", "--discount", "20%")
    assert show(acme, "O1")["discounts"]["customer"] == "30.00"  # as agreed when it was made
    assert acme("orders", "create", "C1", *given, "--discount", "0%").rows[0]["total"] == "200.00"


def test_deconetwork_16_a_payment_request_goes_to_the_contacts_who_pay(acme: InProcess, tmp_path: Path) -> None:
    for name, role in (("P", "payment"), ("Q", None)):
        given = ("--first-name", name, "--email", f"{name.lower()}@acme.example")
        acme("customers", "contact", "add", "C2", *given, *(("--role", role) if role else ()))
    for price in ("100", "250"):
        acme("orders", "create", "C1", "--line", f"TEE-200@{price}", "--tax-rate", "0%")
    acme("orders", "invoice", "O1", "O2")
    rows = acme("orders", "request-payment", "--company", "Acme").rows
    assert [(row["number"], row["to"], row["status"]) for row in rows] == [
        ("O1", "p@acme.example", "awaiting-payment"), ("O2", "p@acme.example", "awaiting-payment"),
    ]  # fmt: skip
    (letter,) = (tmp_path / "outbox").iterdir()
    told = letter.read_text()
    assert "To: p@acme.example\n" in told
    assert "to be paid: 350.00" in told
    assert show(acme, "O1")["requested_on"] == "2025-06-15"


def test_deconetwork_23_the_limit_holds_for_web_orders(shop: InProcess) -> None:
    shop("credit", "line", "set", "C1", "--limit", "1000")
    placed = ("orders", "create", "C1", "--tax-rate", "0%", "--on-account")
    shop(*placed, "--line", "A@850")
    assert "200.00 is 50.00 more than" in shop(*placed, "--line", "A@200", "--source", "website", code=6).err
    shop(*placed, "--line", "A@150", "--source", "website")  # exactly the limit
    assert "warning: 5000.00 is 5000.00 more than" in shop(*placed, "--line", "A@5000").err


def test_deconetwork_25_a_customer_on_hold_orders_nothing_more(shop: InProcess) -> None:
    shop("customers", "hold", "C1")
    web = ("orders", "create", "C1", "--line", "A@5", "--source", "website")
    assert shop(*web, code=6).err.startswith("hub: C1 Ann Lee is on hold and may not buy\n")
    shop("customers", "unhold", "C1")
    shop(*web)


def test_deconetwork_28_paid_online_a_quote_becomes_an_order_by_itself(shop: InProcess) -> None:
    made = quote(shop, "C1", "X@100", "--source", "website")
    shop("quotes", "send", made, "--by", "hand")
    assert show(shop, made)["status"] == "awaiting-approval"
    online = ("--method", "aio-pay", "--full", "--transaction-id", "T1")
    shop("payments", "add", made, *online)
    found = show(shop, "O1")
    assert (found["status"], found["paid"], found["payments"][0]["method"]) == ("in-production", "100.00", "aio-pay")


def test_deconetwork_29_an_expired_quote_is_not_approved(shop: InProcess) -> None:
    shop("settings", "set", "quotes.valid_days", "30")
    made = quote(shop, "C1", "X@100", today="2025-05-01")
    assert figures(shop, made, "expires_on") == ("2025-05-31",)
    last: dict[str, Any] = {"today": "2025-05-31"}
    assert shop("quotes", "show", made, "--json", **last).json["status"] == "saved"
    late: dict[str, Any] = {"today": "2025-06-01"}
    assert shop("quotes", "show", made, "--json", **late).json["status"] == "expired"
    assert "Q1 expired on 2025-05-31: it needs a new date first" in shop("quotes", "approve", made, code=6, **late).err
    shop("quotes", "approve", made, **last)


def test_deconetwork_31_a_draft_is_deleted_a_saved_order_is_canceled(shop: InProcess) -> None:
    shop("orders", "create", "C1", "--line", "A@5", "--draft")
    shop("orders", "delete", "O1")
    assert shop("orders", "show", "O1", code=4).out == ""
    shop("orders", "create", "C1", "--line", "A@5")
    refused = shop("orders", "delete", "O2", code=6).err
    assert refused == "hub: O2 is saved: only a draft order is deleted\n  try: hub orders cancel O2\n"


def test_deconetwork_32_a_canceled_order_gives_its_money_back(shop: InProcess) -> None:
    shop("orders", "create", "C1", "--line", "A@300", "--tax-rate", "0%")
    shop("orders", "invoice", "O1")
    pay(shop, "O1", "120")
    shop("orders", "cancel", "O1", "--refund")
    found = show(shop, "O1")
    assert (found["status"], found["paid"], found["charged"], found["balance"]) == ("canceled", "0.00", "0.00", "0.00")
    assert found["payments"][0]["refunded"] == "120.00"


def test_deconetwork_34_a_copy_takes_the_notes_along(shop: InProcess) -> None:
    for model in ("A", "B", "C", "D"):
        shop("models", "add", model, "--price", "10")
    shop("quotes", "create", "C1", *(word for model in "ABCD" for word in ("--line", model)))
    shop("models", "edit", "D", "--discontinued")
    shop("notes", "add", "C1", "for you", "--type", "customer")
    shop("notes", "add", "C1", "for us", "--type", "internal")
    shop("notes", "attach", "N1", "--to", "Q1")
    shop("notes", "attach", "N2", "--to", "Q1")
    copied = shop("quotes", "copy", "Q1")
    assert copied.err == "3 copied / 1 not: D\n"
    found = show(shop, "Q2")
    assert [line["model"] for line in found["lines"]] == ["A", "B", "C"]
    assert [note["text"] for note in found["notes"]] == ["for you", "for us"]
    shop("quotes", "edit-line", "Q2", "1", "--qty", "5")
    shop("notes", "detach", "N1", "--from", "Q2")
    first = show(shop, "Q1")
    assert (first["total"], len(first["notes"]), len(first["lines"])) == ("40.00", 2, 4)


def test_deconetwork_35_an_order_is_copied_as_a_quote(shop: InProcess) -> None:
    made = order(shop)
    assert shop("orders", "copy", made, "--as", "quote").rows[0]["number"] == "Q2"


def test_deconetwork_37_shipped_is_invoiced_and_a_web_order_at_once(shop: InProcess) -> None:
    given = ("--line", "A@300", "--tax-rate", "0%")
    shop("orders", "create", "C1", *given)
    assert show(shop, "O1")["invoice"] is None
    assert shop("orders", "complete", "O1").rows[0]["invoiced_on"] == "2025-06-15"
    shop("orders", "create", "C1", *given, "--source", "website")
    assert figures(shop, "O2", "invoice", "invoiced_on") == ("I2", "2025-06-15")


def test_deconetwork_46_credit_pays_as_far_as_it_reaches(shop: InProcess) -> None:
    for granted, ref, status, balance, left in (
        ("125", "O1", "awaiting-payment", "175.00", "0.00"),
        ("500", "O2", "in-production", "0.00", "200.00"),
    ):
        shop("credit", "grant", "C1", granted, "--note", "opening")
        shop("orders", "create", "C1", "--line", "A@300", "--tax-rate", "0%")
        shop("orders", "request-payment", ref, "--by", "hand")
        shop("payments", "add", ref, "--all-credit")
        assert (*figures(shop, ref, "status", "balance"), wallet(shop)) == (status, balance, left)


def test_deconetwork_55_what_was_sent_stands_on_the_document(shop: InProcess) -> None:
    made = fridge(shop)
    shop("quotes", "send", made, "--to", "ann@example.com", "--message", "as discussed")
    (sent,) = show(shop, made)["sent"]
    assert sent == {"date": "2025-06-15", "kind": "quote", "way": "outbox", "to": "ann@example.com", "by": "sam"}


def test_the_fridge_costs_what_the_scenarios_say(shop: InProcess) -> None:
    shop("quotes", "create", "C1", *FRIDGE)
    assert figures(shop, "Q1", "goods", "tax", "total") == ("1200.00", "99.00", "1374.00")
