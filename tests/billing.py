"""What the tests of invoices and statements share: an account holder, and invoices with the due days one wants."""

from typing import Any

import till
from conftest import InProcess

MESSAGES = {"terms": "Please pay by our terms.", "30": "A month late.", "60": "Two months late.", "90": "Final notice."}


def holder(hub: InProcess, name: str = "Ann Lee", limit: str = "100000", **how: Any) -> str:
    """Make a customer with a credit line and let the shop make statements; give C1."""
    made = till.person(hub, name)
    hub("credit", "line", "set", made, "--limit", limit, **how)
    hub("settings", "set", "statements.enabled", "on")
    return made


def order(hub: InProcess, customer: str, amount: str, day: str, terms: str = "Net 30") -> str:
    """Make an order on account for so much; give O1."""
    given = ("--line", f"SOFA@{amount}", "--fulfillment", "pickup", "--tax-rate", "0%", "--on-account", "-q")
    return hub("orders", "create", customer, *given, "--terms", terms, today=day).out.strip()


def invoice(hub: InProcess, customer: str, amount: str, day: str, terms: str = "Net 30") -> str:
    """Make an order on account and invoice it the same day; give O1."""
    made = order(hub, customer, amount, day, terms)
    hub("orders", "invoice", made, today=day)
    return made


def statement(hub: InProcess, ref: str) -> dict[str, Any]:
    """Give a statement as JSON."""
    found: dict[str, Any] = hub("statements", "show", ref, "--json").json
    return found


def lines(found: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    """Give some keys of what a statement lists."""
    return [tuple(line[name] for name in names) for line in found["lines"]]


def two(hub: InProcess) -> InProcess:
    """Invoice C1 500.00 due on 15 February, 120.00 of it paid on 5 March, and 300.00 due on 19 April; set messages."""
    for name, message in MESSAGES.items():
        hub("settings", "set", f"statements.message.{name}", message)
    first = invoice(hub, "C1", "500", "2026-01-31", "Net 15")
    invoice(hub, "C1", "300", "2026-03-20")
    till.pay(hub, first, "120", today="2026-03-05")
    return hub
