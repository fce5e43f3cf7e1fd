"""What the tests of money share: a customer, the fridge of the scenarios, and short ways to read figures."""

from typing import Any

from conftest import InProcess, Result

FRIDGE = ("--line", "FRG-100@1200/800", "--delivery", "75", "--tax-rate", "8.25%", "--fulfillment", "delivery")
"""1 × FRG-100 at 1200.00, delivery 75.00, tax 99.00: total 1374.00."""


def person(hub: InProcess, name: str = "Ann Lee") -> str:
    """Make a customer; give C1."""
    first, last = name.split()
    return hub("customers", "create", "--first-name", first, "--last-name", last, "--mobile", "(312) 555-0142", "-q",
               "--as", "sam").out.strip()  # fmt: skip


def fridge(hub: InProcess, customer: str = "C1", *options: str) -> str:
    """Make the quote of the fridge; give Q1."""
    return hub("quotes", "create", customer, *FRIDGE, *options, "-q").out.strip()


def quote(hub: InProcess, customer: str, line: str, *options: str, **how: Any) -> str:
    """Make a quote of one line without tax; give Q1."""
    given = ("--line", line, "--fulfillment", "pickup", "--tax-rate", "0%")
    return hub("quotes", "create", customer, *given, *options, "-q", **how).out.strip()


def order(hub: InProcess, customer: str = "C1", *options: str) -> str:
    """Make the fridge and pay it in cash; give O1."""
    made = fridge(hub, customer, *options)
    hub("payments", "add", made, "--method", "cash", "--full")
    return "O" + made[1:]


def due(hub: InProcess, customer: str, amount: str, day: str | None = None) -> str:
    """Make an order that is approved and not paid, for so much; give O1."""
    given = ("--line", f"SOFA@{amount}", "--fulfillment", "pickup", "--tax-rate", "0%", "-q")
    how: dict[str, Any] = {"today": day} if day else {}
    made = hub("quotes", "create", customer, *given, **how).out.strip()
    hub("quotes", "approve", made, **how)
    return "O" + made[1:]


def show(hub: InProcess, ref: str) -> dict[str, Any]:
    """Give a quote or an order as JSON."""
    found: dict[str, Any] = hub("quotes" if ref[0] == "Q" else "orders", "show", ref, "--json").json
    return found


def figures(hub: InProcess, ref: str, *names: str) -> tuple[Any, ...]:
    """Give some figures of a quote or an order."""
    found = show(hub, ref)
    return tuple(found[name] for name in names)


def pay(hub: InProcess, ref: str, amount: str, *options: str, **how: Any) -> Result:
    """Pay in cash."""
    return hub("payments", "add", ref, "--method", "cash", "--amount", amount, *options, **how)


def wallet(hub: InProcess, customer: str = "C1") -> str:
    """Give the customer credit."""
    return str(hub("credit", "show", customer, "--json").json["credit_balance"])


def line(hub: InProcess, customer: str = "C1") -> tuple[str, str, str]:
    """Give used, available, over limit of the credit line."""
    found = hub("credit", "line", "show", customer, "--json").json
    return found["used"], found["available"], found["over_limit"]
