"""Deliveries and the end of orders: lines move forward only, cancelling says where the money goes."""

import pytest

from conftest import InProcess


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    hub("customers", "create", "--first-name", "Ann", "--last-name", "Lee", "--mobile", "3125550188")
    hub("orders", "create", "C1", "--line", "A:2@100/60", "--line", "B@50/20", "--fulfillment", "delivery")
    return hub


def states(shop: InProcess) -> list[str]:
    return [line["delivery_status"] for line in shop("orders", "show", "O1", "--json").json["lines"]]


def order(shop: InProcess) -> dict[str, object]:
    found: dict[str, object] = shop("orders", "show", "O1", "--json").json
    return found


def test_appliance_41_a_line_goes_from_open_to_delivered_and_never_back(shop: InProcess) -> None:
    assert shop("orders", "schedule", "O1", "--line", "1", code=2).err.startswith("hub: when? a delivery is scheduled")
    row = shop(
        "orders", "schedule", "O1", "--line", "1", "--date", "2025-06-18", "--driver", "Dee", "--method", "van"
    ).rows[0]
    assert (row["line"], row["delivery_status"], row["date"], row["driver"], row["delivery_method"]) == (
        "1", "scheduled", "2025-06-18", "Dee", "van",
    )  # fmt: skip
    assert states(shop) == ["scheduled", "open"]
    assert order(shop)["delivery_status"] == "open"  # the least advanced
    shop("orders", "dispatch", "O1", "--line", "1", "--date", "today")
    assert states(shop) == ["in-transit", "open"]
    shop("orders", "deliver", "O1", "--line", "1", "--date", "today", "--serial", "4CX-1", "--serial", "4CX-2")
    line = order(shop)["lines"][0]  # type: ignore[index]
    assert (line["delivery_status"], line["delivered_on"], line["serials"]) == (
        "delivered",
        "2025-06-15",
        ["4CX-1", "4CX-2"],
    )
    for verb in (("unschedule",), ("schedule", "--date", "2025-06-20"), ("dispatch",), ("deliver",)):
        refused = shop("orders", verb[0], "O1", "--line", "1", *verb[1:], code=6).err
        assert refused.startswith("hub: line 1 of O1 is delivered: it only comes back by a return\n")
    assert states(shop) == ["delivered", "open"]


def test_the_last_delivery_ships_and_invoices_the_order(shop: InProcess) -> None:
    shop("orders", "deliver", "O1", "--line", "2", "--date", "today")
    assert (order(shop)["status"], order(shop)["invoice"]) == ("saved", None)
    shop("orders", "deliver", "O1", "--date", "today")
    done = order(shop)
    assert (done["status"], done["shipped_on"], done["invoice"], done["delivery_status"]) == (
        "shipped", "2025-06-15", "I1", "delivered",
    )  # fmt: skip


def test_without_a_line_all_that_can_be_moved_are(shop: InProcess) -> None:
    shop("orders", "deliver", "O1", "--line", "2", "--date", "today")
    assert [row["line"] for row in shop("orders", "schedule", "O1", "--date", "2025-06-18").rows] == ["1"]
    assert [row["line"] for row in shop("orders", "unschedule", "O1").rows] == ["1"]
    assert order(shop)["lines"][0]["scheduled_on"] is None  # type: ignore[index]
    refused = shop("orders", "unschedule", "O1", code=6).err
    assert refused == "hub: O1 has no line that is scheduled\n  try: hub orders show O1\n"


def test_a_failed_stop_is_open_again_with_its_reason(shop: InProcess) -> None:
    shop("orders", "dispatch", "O1", "--line", "1", "--driver", "Dee")
    assert "--reason is one of not-home, site-not-ready" in shop("orders", "failed", "O1", "--line", "1", code=2).err
    assert "is not known" in shop("orders", "failed", "O1", "--line", "1", "--reason", "rain", code=2).err
    change = shop("orders", "failed", "O1", "--line", "1", "--reason", "not-home").rows[0]["change"]
    assert states(shop) == ["open", "open"]
    assert shop("changes", "show", change, "--json").json["reason"] == "not-home"
    assert shop("orders", "failed", "O1", "--line", "1", "--reason", "not-home", code=6).err.startswith(
        "hub: line 1 of O1 is open, not in-transit or scheduled\n"
    )


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        (("schedule", "O1", "--line", "9", "--date", "tomorrow"), 4, "O1 has no line 9: there are 1, 2"),
        (("schedule", "O1", "--date", "2025-06-14"), 2, "is before O1 was ordered"),
        (("deliver", "O1", "--date", "2025-06-16"), 2, "is in the future"),
        (("deliver", "O1", "--serial", "X", "--date", "today"), 2, "--serial is of one line: name it"),
        (
            ("deliver", "O1", "--line", "2", "--serial", "X", "--serial", "Y"),
            6,
            "1 unit: 2 serial numbers are too many",
        ),
        (("serials", "O1", "--line", "1"), 2, "name the serial numbers"),
        (("serials", "O1", "--line", "1", "--remove", "X"), 4, "there is no serial X"),
    ],
)
def test_what_is_refused(shop: InProcess, given: tuple[str, ...], code: int, told: str) -> None:
    assert told in shop("orders", *given, code=code).err
    assert states(shop) == ["open", "open"]


def test_a_quote_is_not_delivered(shop: InProcess) -> None:
    shop("quotes", "create", "C1", "--line", "A@5")
    refused = shop("orders", "schedule", "Q2", "--date", "tomorrow", code=6).err
    assert refused.startswith("hub: Q2 is a quote, not yet an order\n")


def test_serials_come_and_go_and_are_found(shop: InProcess) -> None:
    shop("orders", "serials", "O1", "--line", "1", "--add", "4CX9-1188", "--add", "4CX9-1189")
    assert shop("customers", "list", "--serial", "4cx91189").rows[0]["number"] == "C1"
    row = shop("orders", "serials", "O1", "--line", "1", "--remove", "4CX9-1188").rows[0]
    assert row["serials"] == "4CX9-1189"


def test_complete_ships_what_is_not_delivered_line_by_line(shop: InProcess) -> None:
    shop("payments", "add", "O1", "--method", "cash", "--full")
    row = shop("orders", "complete", "O1").rows[0]
    assert (row["invoice"], row["due_on"]) == ("I1", "2025-06-15")
    assert (order(shop)["status"], order(shop)["delivery_status"]) == ("shipped", "open")
    shop("customers", "archive", "C1")  # shipped counts as delivered


# -------------------------------------------------------------------------------------------------------------- cancel


def test_an_order_without_money_is_canceled(shop: InProcess) -> None:
    shop("orders", "invoice", "O1")
    shop("orders", "cancel", "O1", "--reason", "changed their mind")
    done = order(shop)
    assert (done["status"], done["canceled_on"], done["charged"], done["balance"], done["paid_status"]) == (
        "canceled", "2025-06-15", "0.00", "0.00", None,
    )  # fmt: skip
    assert done["adjustments"] == [
        {"kind": "cancel", "amount": "250.00", "reason": "changed their mind", "date": "2025-06-15"}
    ]
    customer = shop("customers", "show", "C1", "--json").json
    assert (customer["lifetime_value"], customer["orders"], customer["owed"]) == ("0.00", 0, "0.00")
    for verb in (
        ("schedule", "--date", "tomorrow"),
        ("invoice",),
        ("cancel",),
        ("add-line", "--line", "1", "--plan", "P@1"),
    ):
        assert shop("orders", verb[0], "O1", *verb[1:], code=6).err.startswith("hub: O1 is")
    shop("customers", "archive", "C1")


def test_deconetwork_32_money_on_a_canceled_order_needs_a_word(shop: InProcess) -> None:
    shop("payments", "add", "O1", "--method", "cash", "--amount", "120")
    refused = shop("orders", "cancel", "O1", code=6).err
    assert refused.startswith("hub: O1 holds 120.00: say what becomes of it\n")
    result = shop("orders", "cancel", "O1", "--refund")
    assert result.err == "F1  120.00 back by cash, of P1\n"
    done = order(shop)
    assert (done["status"], done["paid"], done["charged"], done["balance"]) == ("canceled", "0.00", "0.00", "0.00")
    assert done["payments"][0]["refunded"] == "120.00"  # type: ignore[index]


def test_the_money_becomes_customer_credit_or_a_fee(shop: InProcess) -> None:
    shop("payments", "add", "O1", "--method", "cash", "--amount", "120")
    assert "is more than the 120.00 paid" in shop("orders", "cancel", "O1", "--keep", "121", code=2).err
    shop("orders", "cancel", "O1", "--to", "credit", "--keep", "20")
    done = order(shop)
    assert (done["charged"], done["paid"], done["balance"]) == ("20.00", "20.00", "0.00")
    assert shop("customers", "show", "C1", "--json").json["credit_balance"] == "100.00"


def test_pending_money_is_rejected_and_delivered_goods_come_back_first(shop: InProcess) -> None:
    shop("payments", "add", "O1", "--method", "bank-transfer", "--transaction-id", "T1", "--amount", "50", "--pending")
    shop("orders", "cancel", "O1", "--refund", "-n")
    shop("orders", "deliver", "O1", "--line", "2", "--date", "today")
    refused = shop("orders", "cancel", "O1", "--refund", code=6).err
    assert refused.startswith("hub: O1 has goods delivered: take them back first\n")
    shop("orders", "create", "C1", "--line", "A@50", "--fulfillment", "pickup")
    shop("payments", "add", "O2", "--method", "bank-transfer", "--transaction-id", "T2", "--amount", "50", "--pending")
    assert shop("orders", "cancel", "O2", "--refund").err == "P2 rejected\n"
    assert shop("orders", "show", "O2", "--json").json["payments"][0]["status"] == "rejected"
