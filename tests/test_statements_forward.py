"""Balance-forward statements: every movement between two balances that aging knows; and how statements look."""

import pytest

import billing
import till
from conftest import InProcess
from test_render_terminal import same_as_golden


@pytest.fixture
def shop(hub: InProcess) -> InProcess:
    billing.holder(hub, today="2026-01-01")
    return hub


@pytest.fixture
def two(shop: InProcess) -> InProcess:
    return billing.two(shop)


def generate(hub: InProcess, *options: str) -> None:
    hub("statements", "generate", *options, today="2026-04-03")


def test_balance_forward_tells_every_movement(two: InProcess) -> None:
    two("orders", "allowance", "O2", "--line", "1", "--amount", "20", "--reason", "scratch", today="2026-03-25")
    generate(two, "C1", "--month", "2026-03", "--kind", "balance-forward")
    found = billing.statement(two, "S1")
    assert (found["kind"], found["opening"]) == ("balance-forward", "500.00")
    assert [tuple(move.values()) for move in found["moves"]] == [
        ("2026-03-05", "P1", "payment, cash", "O1", "-120.00", "380.00"),
        ("2026-03-20", "O2", "order", "O2", "300.00", "680.00"),
        ("2026-03-25", None, "allowance", "O2", "-20.00", "660.00"),
    ]
    assert (found["balance"], found["not_yet_due"], found["total_owed"]) == ("660.00", "0.00", "660.00")
    assert billing.lines(found, "number", "balance", "tier") == [("I1", "380.00", "30"), ("I2", "280.00", None)]


def test_balance_forward_adds_up_through_a_stormy_half_year(shop: InProcess) -> None:
    deposit = till.quote(shop, "C1", "SOFA@100", today="2026-01-20")
    till.pay(shop, deposit, "30", today="2026-01-21")
    shop("quotes", "approve", deposit, "--on-account", today="2026-02-03")
    bounced = billing.invoice(shop, "C1", "80", "2026-02-05")
    shop("payments", "add", bounced, "--method", "check", "--check-number", "7", "--full", today="2026-02-20")
    shop("payments", "bounce", "P2", "--fee", "5", today="2026-03-02")
    drawn = till.quote(shop, "C1", "SOFA@200", today="2026-02-10")
    shop("payments", "add", drawn, "--credit-line", "--full", today="2026-02-10")
    shop("credit", "line", "repay", "C1", "--method", "cash", "--amount", "60", today="2026-03-20")
    gone = billing.invoice(shop, "C1", "70", "2026-02-15")
    till.pay(shop, gone, "20", today="2026-02-16")
    shop("orders", "cancel", gone, "--refund", "--reason", "changed their mind", today="2026-04-02")
    back = till.due(shop, "C1", "55", "2026-03-01")
    till.pay(shop, back, "55", today="2026-03-05")
    shop("orders", "return", back, "--all", "--reason", "did not fit", "--to", "cash", "--date", "2026-04-20",
         today="2026-04-20")  # fmt: skip
    shop("payments", "refund", "P1", "--amount", "10", "--reason", "kindness", today="2026-04-25")
    shop("undo", shop("changes", "list", "--limit", "1").rows[0]["change"], "-y", today="2026-05-05")
    closing = "0.00"
    for month, today in (("01", "02"), ("02", "03"), ("03", "04"), ("04", "05"), ("05", "06")):
        options = ("C1", "--month", f"2026-{month}", "--kind", "balance-forward", "-q")
        made = shop("statements", "generate", *options, today=f"2026-{today}-06", code=None)
        if made.code == 6:
            assert "nothing to state" in made.err
            continue
        found = billing.statement(shop, made.out.strip())
        assert found["opening"] == closing
        aged = shop("report", "aging", "C1", "--as-of", found["to"], "--json", today="2026-06-06").json
        assert found["total_owed"] == (aged[0]["owed"] if aged else "0.00")
        closing = found["total_owed"]
    assert closing == "295.00"


# -------------------------------------------------------------------------------------------------------------- screens


@pytest.mark.parametrize("width", [80, 120])
def test_screens(two: InProcess, width: int) -> None:
    two("settings", "set", "shop.name", "The Shop")
    address = ("--kind", "billing", "--line1", "1 Elm St", "--city", "Ames", "--zip", "50010")
    two("customers", "address", "add", "C1", *address)
    generate(two, "--monthly")
    generate(two, "C1", "--month", "2026-03", "--kind", "balance-forward")
    till.pay(two, "O1", "80", today="2026-04-10")
    commands = (("show", "S1"), ("show", "S2"), ("list",), ("diff", "S1"))
    screens = [two("statements", *words, tty=True, width=width, today="2026-04-15") for words in commands]
    drawn = "\n".join(screen.out + screen.err for screen in screens) + two("statements", "show", "S1", "--text").out
    same_as_golden(f"statements_{width}.txt", drawn)
