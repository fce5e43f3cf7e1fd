"""A customer's account details that have rules of their own: the tax exemption and the methods of payment."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations import files
from hubcli.operations.customers import editing
from hubcli.operations.customers.status import refuse_purged

if TYPE_CHECKING:
    from hubcli.store import Hub

TYPES = ("resale", "other")


def exempt(hub: "Hub", customer: int, proof: dict[str, Any], file: files.Attachment | None = None) -> None:
    """Exempt a customer from sales tax from now on, or change the proof, inside a change.

    `proof` has what was given of tax_id, type and expires_on (None: until it is taken back), `file` is the certificate
    itself. Documents made before keep their tax. Raises needs_option for a first exemption without number or type.
    """
    row = editing.head(hub, customer)
    refuse_purged(row)
    have = hub.one("standing.exemption", {"customer": customer})
    if file is not None:
        proof = {**proof, "file_id": files.keep(hub, customer, file)}
    if have is None:
        missing = [option for name, option in (("tax_id", "--tax-id"), ("type", "--type")) if not proof.get(name)]
        if missing:
            raise HubError(
                "needs_option", what=f"{' and '.join(missing)} missing: an exemption needs its proof",
                tries=("hub customers tax-exempt --help",),
            )  # fmt: skip
        hub.insert("exemptions", {"customer_id": customer, **proof})
    else:
        changed = {name: value for name, value in proof.items() if have[name] != value}
        if changed:
            hub.update("exemptions", have["id"], changed)
    _flag(hub, row, exempted=True)


def no_exemption(hub: "Hub", customer: int) -> None:
    """Take a tax exemption away, inside a change; documents made before stay as they are."""
    row = editing.head(hub, customer)
    hub.run("standing.remove_exemption", {"customer": customer})
    _flag(hub, row, exempted=False)


def _flag(hub: "Hub", row: Any, *, exempted: bool) -> None:
    if row["tax_exempt"] != int(exempted):
        hub.update("customers", row["id"], {"tax_exempt": int(exempted)})
    editing.touched(hub, row["id"])


def offer(hub: "Hub", customer: int, methods: Sequence[str]) -> None:
    """Offer a customer these methods of payment only, or all of the shop's where none is named; inside a change."""
    refuse_purged(editing.head(hub, customer))
    have = tuple(row["method"] for row in hub.rows("standing.methods", {"customer": customer}))
    if set(have) == set(methods):
        return
    hub.run("standing.remove_methods", {"customer": customer})
    for method in dict.fromkeys(methods):
        hub.insert("customer_methods", {"customer_id": customer, "method": method})
    editing.touched(hub, customer)
