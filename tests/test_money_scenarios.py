"""Scenarios of payments, refunds and customer credit with their exact figures, as both specifications have them."""

import sqlite3
import time
from pathlib import Path

from conftest import InProcess
from till import due, fridge, line, order, pay, person, quote, show, wallet


def credited(hub: InProcess, customer: str, amount: str, day: str) -> None:
    hub("credit", "grant", customer, amount, "--reason", "goodwill", today=day)


def test_deconetwork_10_a_merge_adds_what_was_granted_and_what_was_used(hub: InProcess) -> None:
    for name, granted, used in (("Ann Lee", "100", "40"), ("Bob Smith", "50", "10")):
        customer = person(hub, name)
        hub("credit", "grant", customer, granted, "--reason", "goodwill")
        hub("payments", "add", due(hub, customer, used), "--all-credit")
    hub("customers", "merge", "C1", "C2", "--yes")
    held = hub("credit", "show", "C1", "--json").json
    assert (held["granted"], held["used"], held["credit_balance"]) == ("150.00", "50.00", "100.00")
    assert {row["customer"] for row in hub("credit", "history", "C1").rows} == {"C1"}
    hub("credit", "reset", "C1", "--reason", "new year", "-y")
    held = hub("credit", "show", "C1", "--json").json
    assert (held["granted"], held["used"], held["credit_balance"]) == ("150.00", "0.00", "150.00")
    assert hub("db", "check", "--full").out == ""


def test_deconetwork_41_confirmed_at_once_it_waits_for_nobody(hub: InProcess) -> None:
    person(hub)
    hub("settings", "set", "payments.manual", "pending")
    ref = due(hub, "C1", "250")
    hub("payments", "add", ref, "--method", "bank-transfer", "--transaction-id", "t1", "--full", "--confirmed")
    assert hub("payments", "list", "--status", "pending").rows == []
    assert (show(hub, ref)["balance"], show(hub, ref)["paid_status"]) == ("0.00", "paid")


def test_deconetwork_43_a_refund_with_the_same_value_off_is_not_owed_again(hub: InProcess) -> None:
    person(hub)
    ref = due(hub, "C1", "250")
    pay(hub, ref, "250")
    hub("payments", "refund", "P1", "--amount", "100", "--reason", "damaged", "--as-credit")
    assert (show(hub, ref)["balance"], show(hub, ref)["paid"], wallet(hub)) == ("0.00", "150.00", "0.00")
    assert hub("customers", "show", "C1", "--json").json["lifetime_value"] == "150.00"


def test_deconetwork_46_enough_credit_starts_production(hub: InProcess) -> None:
    person(hub)
    credited(hub, "C1", "500", "2025-06-15")
    ref = due(hub, "C1", "300")
    hub("payments", "add", ref, "--all-credit")
    assert (show(hub, ref)["balance"], show(hub, ref)["status"], wallet(hub)) == ("0.00", "in-production", "200.00")


def test_appliance_28_the_application_of_a_payment_follows_its_document(hub: InProcess) -> None:
    person(hub)
    fridge(hub)
    pay(hub, "Q1", "687")
    assert hub("payments", "list").rows[0]["application"] == "Deposit Made to a Quote"
    hub("payments", "add", "Q1", "--method", "check", "--check-number", "1042", "--amount", "687")
    assert {row["application"] for row in hub("payments", "list").rows} == {"Payment Made to an Order"}
    assert (show(hub, "O1")["date"], show(hub, "O1")["paid_status"]) == ("2025-06-15", "paid")


def test_appliance_64_of_a_draw_repaid_in_part_the_rest_goes_back_to_the_line(hub: InProcess) -> None:
    person(hub)
    hub("credit", "line", "set", "C1", "--limit", "10000")
    hub("payments", "add", quote(hub, "C1", "SOFA@5000"), "--credit-line", "--full")
    hub("credit", "line", "repay", "C1", "--amount", "2000", "--method", "cash")
    hub("orders", "return", "O1", "--all", "--reason", "x", "--date", "today", "--to", "credit")
    assert (line(hub), wallet(hub)) == (("0.00", "10000.00", "0.00"), "2000.00")
    assert hub("db", "check", "--full").out == ""


def test_deconetwork_47_the_list_shows_what_credit_there_is(hub: InProcess) -> None:
    person(hub)
    credited(hub, "C1", "125.00", "2025-06-15")
    assert hub("customers", "list", "--fields", "number,name,credit_balance").rows == [
        {"number": "C1", "name": "Ann Lee", "credit_balance": "125.00"}
    ]


# ----------------------------------------------------------------------------------------------- checks beside the work


def test_a_full_check_waits_for_nobody_and_keeps_nobody_waiting(demo: InProcess) -> None:
    writer = sqlite3.connect(demo.path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    assert demo("db", "check", "--full", "--timeout", "0").out == ""
    assert time.monotonic() - began < 5
    writer.execute("ROLLBACK")
    writer.close()


def test_a_check_leaves_no_files_behind(demo: InProcess, tmp_path: Path) -> None:
    order(demo, "C4")
    demo("db", "check", "--full")
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith("hub-")]
