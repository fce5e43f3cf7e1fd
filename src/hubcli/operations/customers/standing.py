"""What a customer buys on: discount, tax exemption, credit line, billing address – their own, or their company's.

The one place that knows what a linked contact takes from the company while the link is there: terms, limit (one pool
for the company and all its contacts), discount, tax exemption and billing address. Own delivery addresses and own
customer credit stay.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.values import text

if TYPE_CHECKING:
    from hubcli.store import Hub


class Exemption(NamedTuple):
    """A tax exemption: whose it is, the sales tax number, its type, its last day, the name of the certificate kept.

    What was imported as exempt has neither number nor type.
    """

    customer: int
    tax_id: str | None
    type: str | None
    expires_on: str | None
    proof: str | None

    def holds(self, day: str) -> bool:
        """Tell whether it exempts on a day; its last day counts."""
        return self.expires_on is None or self.expires_on >= day


class Standing(NamedTuple):
    """A customer as a buyer. `payer` is the company they are linked to, else themselves; rates in basis points."""

    customer: int
    name: str
    kind: str
    contact: int | None
    company: int | None
    company_name: str | None
    held_by: int | None
    discount_rate: int
    exempt: bool
    exemption: Exemption | None

    @property
    def payer(self) -> int:
        """On whose account they buy."""
        return self.customer if self.company is None else self.company

    @property
    def company_ref(self) -> str | None:
        """The company as it is shown: C12 Acme; None without one."""
        return None if self.company is None else f"C{self.company} {text.visible(self.company_name or '')}"

    @property
    def shown(self) -> str:
        """The name as it is shown, a linked contact marked as one."""
        return text.visible(self.name) + (" (contact)" if self.company is not None else "")


def of(hub: "Hub", customer: int, day: str | None = None) -> Standing:
    """Give what a customer buys on, on a day (today); raise not_found."""
    row = hub.one("standing.one", {"customer": customer})
    if row is None:
        raise HubError("not_found", what="customer", ref=f"C{customer}", near="")
    linked = row["company"] is not None
    held = row["company"] if linked and row["company_hold"] else row["customer"] if row["on_hold"] else None
    exemption, exempt = _exemption(row, day or hub.day.today)
    return Standing(
        customer, row["name"], row["kind"], row["contact"], row["company"], row["company_name"], held,
        int(row["company_discount"] if linked else row["discount_rate"]), exempt, exemption,
    )  # fmt: skip


def _exemption(row: Any, day: str) -> tuple[Exemption | None, bool]:
    """Give the exemption that counts, and whether it holds that day: the company's, else the customer's own."""
    found = []
    if row["company_exempt"]:
        found.append(Exemption(row["company"], row["company_tax_id"], row["company_exemption_type"],
                               row["company_expires_on"], row["company_proof"]))  # fmt: skip
    if row["tax_exempt"]:
        own = (row["tax_id"], row["exemption_type"], row["expires_on"], row["proof"])
        found.append(Exemption(row["customer"], *own))
    holding = next((one for one in found if one.holds(day)), None)
    return holding or (found[0] if found else None), holding is not None


def payer(hub: "Hub", customer: int) -> int:
    """Give on whose account a customer buys; raise not_found."""
    row = hub.one("standing.payer", {"customer": customer})
    if row is None:
        raise HubError("not_found", what="customer", ref=f"C{customer}", near="")
    return int(row["payer"])


def level(hub: "Hub", stands: Standing) -> str | None:
    """Give the name of the price level they buy at: their own, else the company's; None is the list price."""
    row = hub.one("standing.level", {"customer": stands.customer, "payer": stands.payer})
    return None if row is None else str(row["name"])


def billing(hub: "Hub", stands: Standing) -> Any:
    """Give the row of the address that invoices go to, the company's while linked; None where there is none."""
    return hub.one("customers.address_of", {"customer": stands.payer, "kind": "billing"})


def methods(hub: "Hub", stands: Standing) -> tuple[str, ...] | None:
    """Give the methods of payment they are offered: the company's own set, else their own; None is all of them."""
    for customer in dict.fromkeys((stands.payer, stands.customer)):
        found = tuple(row["method"] for row in hub.rows("standing.methods", {"customer": customer}))
        if found:
            return found
    return None


def in_words(offered: Sequence[str] | None) -> str:
    """Give the methods of payment that somebody is offered as they are shown; None stands for all of the shop's."""
    return "All Default Methods" if offered is None else ", ".join(offered)


def method_warning(hub: "Hub", customer: int, method: str) -> str | None:
    """Give the warning for a payment by a method that the customer is not offered; None where it is."""
    stands = of(hub, customer)
    offered = methods(hub, stands)
    if offered is None or method in offered:
        return None
    return f"warning: C{customer} {text.visible(stands.name)} is to pay by {', '.join(offered)}, not by {method}"
