"""What leaves the shop about a quote or an order: to whom, what it says, and the log that it was sent.

What a customer reads holds nothing internal: no cost, no margin, no internal or delivery note.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError
from hubcli.operations.customers import editing, standing
from hubcli.operations.documents import base
from hubcli.values import money, text

if TYPE_CHECKING:
    from hubcli.store import Hub

WAYS = ("email", "outbox", "print", "hand")
MAILED = ("email", "outbox")
"""Ways that a mail is written for: to the server, where one is configured, else into the outbox."""
ROLES = {
    "quote": "ordering", "order": "ordering", "payment-request": "payment", "invoice": "payment", "artwork": "artwork",
}  # fmt: skip
"""The role of a company's contacts that gets each kind."""
SUBJECTS = {
    "quote": "Your quote",
    "order": "Your order",
    "payment-request": "Payment request for",
    "invoice": "Invoice",
}


class Letter(NamedTuple):
    """A letter: what kind it is, how it goes, to whom, what it says; `about` names it in the outbox, such as Q7."""

    about: str
    kind: str
    way: str
    to: tuple[str, ...]
    copies: tuple[str, ...]
    subject: str
    body: str


class Said(NamedTuple):
    """What the sender chose: the way, addresses (none: those on record), copies, a subject and words of their own."""

    way: str
    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    subject: str | None = None
    message: str | None = None


def recipients(hub: "Hub", row: Any, kind: str) -> list[str]:
    """Give the e-mail addresses that a kind of letter about a document goes to; raise no_email when there is none.

    Contacts with the role for it come first, those of the company where the customer buys for one; then the customer's
    own addresses: for a bill those for invoices, if any.
    """
    customer, role = row["customer_id"], ROLES[kind]
    party = standing.payer(hub, customer)
    found = [r["email"] for r in hub.rows("documents.recipients", {"party": party, "role": role})]
    if not found and role == "payment":
        found = [r["email"] for r in hub.rows("documents.own_emails", {"customer": party})]
    if not found:
        found = [head["email"] for who in (customer, party) if (head := editing.head(hub, who))["email"]][:1]
    if not found:
        name = text.visible(row["customer_name"])
        raise HubError("no_email", ref=f"C{customer}", name=name, refs=(f"C{customer}",))
    return list(dict.fromkeys(found))


def log(hub: "Hub", row: Any, letter: Letter) -> int:
    """Note that a letter left the shop, inside a change; give the row's number."""
    return hub.insert(
        "sendings",
        {"customer_id": row["customer_id"], "document_id": row["id"], "kind": letter.kind, "way": letter.way,
         "sent_to": ", ".join((*letter.to, *letter.copies)) or None, "sent_on": hub.day.today,
         "sent_by": hub.who.actor, "recorded_at": hub.day.at},
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------------- what may be sent


def send(hub: "Hub", row: Any, letter: Letter) -> None:
    """Send a quote or an order, inside a change: it is logged, and a saved quote waits for approval.

    Raises draft_quote, draft_order, document_closed, quote_expired.
    """
    ref = base.ref_of(row)
    if row["status"] == "draft":
        raise HubError("draft_quote" if row["ordered_on"] is None else "draft_order", ref=ref, refs=(ref,))
    if row["ordered_on"] is None:
        base.check_open_quote(hub, row)
        if row["status"] == "saved":
            hub.update("documents", row["id"], {"status": "awaiting-approval"})
    log(hub, row, letter)


def request_payment(hub: "Hub", row: Any, letter: Letter) -> None:
    """Ask for what is owed on an order, inside a change; a saved one is then awaiting payment.

    Raises not_an_order, draft_order, document_closed, nothing_owed.
    """
    ref = base.ref_of(row)
    if row["ordered_on"] is None:
        raise HubError("not_an_order", ref=ref, refs=(ref,))
    base.check_changeable(row)
    if row["status"] == "draft":
        raise HubError("draft_order", ref=ref, refs=(ref,))
    if row["balance_cents"] <= 0:
        raise HubError("nothing_owed", ref=ref, refs=(ref,))
    changed: dict[str, Any] = {"status": "awaiting-payment"} if row["status"] == "saved" else {}
    if row["requested_on"] != hub.day.today:
        changed["requested_on"] = hub.day.today
    if changed:
        hub.update("documents", row["id"], changed)
    log(hub, row, letter)


# --------------------------------------------------------------------------------------------------------- what it says


def letter(hub: "Hub", rows: Sequence[Any], kind: str, said: Said) -> Letter:
    """Give a letter about documents of one buyer; raise no_email where it is to be mailed and there is no address.

    The subject names the document, so that an answer to it is found again.
    """
    from hubcli.operations import mailing

    first = rows[0]
    to = said.to or (tuple(recipients(hub, first, kind)) if said.way in MAILED else ())
    one = len(rows) == 1
    shop = base.setting(hub, "shop.name")
    named = ", ".join(_named(hub, row, kind) for row in rows)
    total, owed = (money.show(sum(row[f"{what}_cents"] for row in rows)) for what in ("charged", "balance"))
    subject, words = mailing.fill(
        hub, kind,
        {"name": str(first["customer_name"]), "number": named, "shop": shop, "total": total, "balance": owed,
         "due": str(first["due_on"] or "")},
    )  # fmt: skip
    subject = said.subject or subject or f"{SUBJECTS[kind]} {named}" + (f" from {shop}" if shop else "")
    words = said.message or words
    content = body(hub, first, kind, words) if one else _several(hub, rows, words)
    about = base.ref_of(first) if one else f"C{standing.payer(hub, first['customer_id'])}"
    return Letter(about, kind, said.way, to, said.copies, subject, content)


def _named(hub: "Hub", row: Any, kind: str) -> str:
    ref, bill = base.ref_of(row), kind == "invoice"
    printed = base.printed(hub, row["invoice_number" if bill else "id"])
    return ref if printed == str(row["id"]) and not bill else f"{printed} ({ref})"


def _several(hub: "Hub", rows: Sequence[Any], message: str | None) -> str:
    """Give what is owed on several documents, with their sum."""
    shop = [line for key in ("shop.name", "shop.address") if (line := base.setting(hub, key))]
    lines = []
    for row in rows:
        due = f", due {row['due_on']}" if row["due_on"] else ""
        lines.append(f"{base.printed(hub, row['id'])} of {row['ordered_on']}{due}: {money.show(row['balance_cents'])}")
    total = f"to be paid: {money.show(sum(row['balance_cents'] for row in rows))}"
    parts = [shop, [message] if message else [], [*lines, total]]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def body(hub: "Hub", row: Any, kind: str, message: str | None = None) -> str:
    """Give what a customer reads of a document, as plain text."""
    shop = [line for key in ("shop.name", "shop.address") if (line := base.setting(hub, key))]
    notes = hub.rows("documents.notes", {"id": row["id"], "types": ["customer"]})
    about = f"{'Quote' if row['ordered_on'] is None else 'Order'} {base.printed(hub, row['id'])}"
    if kind == "invoice":
        about = f"Invoice {base.printed(hub, row['invoice_number'])} for order {base.printed(hub, row['id'])}"
    valid = f", valid to {row['expires_on']}" if row["ordered_on"] is None and row["expires_on"] else ""
    parts = [
        shop,
        [message] if message else [],
        [f"{about} of {row['ordered_on'] or row['quoted_on']}{valid}", *([row["job_name"]] if row["job_name"] else [])],
        _lines(hub, row),
        _sum(row, kind),
        [note["text"] for note in notes],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _lines(hub: "Hub", row: Any) -> list[str]:
    services: dict[int, list[Any]] = {}
    for one in hub.rows("documents.services", {"id": row["id"]}):
        services.setdefault(one["line_id"], []).append(one)
    found = []
    for line in hub.rows("documents.lines", {"id": row["id"]}):
        name = " ".join(filter(None, (line["model"], line["description"])))
        found.append(f"{line['quantity']} × {name}  {money.show(line['net_cents'])}")
        for one in services.get(line["id"], []):
            count = f"{one['quantity']} × " if one["quantity"] > 1 else ""
            found.append(f"    {count}{one['name']}  {money.show(one['quantity'] * one['price_cents'])}")
    return found


def _sum(row: Any, kind: str) -> list[str]:
    charges = sum(row[f"{name}_charge_cents"] for name in ("delivery", "mileage", "trip", "shipping", "rush"))
    off = sum(
        row[f"{name}_cents"] for name in ("customer_discount", "rebate", "coupon", "gift_certificate")
    ) + (row["returned_cents"] + row["adjusted_cents"])  # fmt: skip
    received = base.received(row)
    amounts = [
        ("delivery and other charges", charges, charges), ("discounts and returns", -off, off),
        ("tax", row["tax_cents"], row["tax_cents"]), ("total", row["charged_cents"], True),
        ("paid", received, received),
        ("to be paid" if kind != "quote" else "left to pay", row["balance_cents"], received or kind != "quote"),
    ]  # fmt: skip
    return [f"{name}: {money.show(cents)}" for name, cents, there in amounts if there]
