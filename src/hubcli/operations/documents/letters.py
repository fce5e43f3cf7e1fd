"""Letters about quotes and orders: to whom they go, what they say, what goes with them.

What a customer reads holds nothing internal: no cost, no margin, no internal or delivery note.
"""

import re
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
HIDDEN = ("models", "services")
"""What a letter can leave out: model numbers; installs, protection plans and the like, which its sum then names."""


class Kind(NamedTuple):
    """A kind of letter: the role of a company's contacts that gets it, its subject, its first words."""

    role: str
    subject: str
    opening: str | None = None


KINDS = {
    "quote": Kind("ordering", "Your quote"),
    "order": Kind("ordering", "Your order"),
    "payment-request": Kind("payment", "Payment request for"),
    "invoice": Kind("payment", "Invoice"),
    "canceled": Kind("ordering", "Canceled: your order", "Your order was canceled."),
    "shipped": Kind("shipping", "Shipped: your order", "Your order was shipped."),
    "rejected": Kind("payment", "Not accepted: your payment for"),
    "artwork": Kind("artwork", "Artwork for your order"),
    "reminder": Kind("payment", "Reminder: invoice"),
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
    attachments: tuple[tuple[str, str, bytes], ...] = ()


class Said(NamedTuple):
    """What the sender chose: the way, addresses (none: those on record), copies, a subject and words of their own.

    `files` go along, `pdf` adds the document itself; `hide` names parts of HIDDEN; `again` sends what may have arrived.
    """

    way: str
    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    subject: str | None = None
    message: str | None = None
    files: tuple[tuple[str, str, bytes], ...] = ()
    pdf: bool = False
    hide: frozenset[str] = frozenset()
    again: bool = False


def addresses(hub: "Hub", row: Any, kind: str) -> list[str]:
    """Give the e-mail addresses that a kind of letter about a document goes to; none where there is none.

    Contacts with the role for it come first, those of the company where the customer buys for one; then the customer's
    own addresses: for a bill those for invoices, if any.
    """
    customer, role = row["customer_id"], KINDS[kind].role
    party = standing.payer(hub, customer)
    found = [r["email"] for r in hub.rows("documents.recipients", {"party": party, "role": role})]
    if not found and role == "payment":
        found = [r["email"] for r in hub.rows("documents.own_emails", {"customer": party})]
    if not found:
        found = [head["email"] for who in (customer, party) if (head := editing.head(hub, who))["email"]][:1]
    return list(dict.fromkeys(found))


def recipients(hub: "Hub", row: Any, kind: str) -> list[str]:
    """Give the addresses of a kind of letter about a document; raise no_email when there is none."""
    found = addresses(hub, row, kind)
    if not found:
        customer, name = row["customer_id"], text.visible(row["customer_name"])
        raise HubError("no_email", ref=f"C{customer}", name=name, refs=(f"C{customer}",))
    return found


def letter(
    hub: "Hub", rows: Sequence[Any], kind: str, said: Said, *, template: str | None = None, sentence: str | None = None
) -> Letter:
    """Give a letter about documents of one buyer; raise no_email where it is to be mailed and there is no address.

    The subject names the document, so that an answer to it is found again. `template` is whose words are taken, where
    that is not the kind; `sentence` follows them. Raises bad_value for a template that does not hold, needs_extra for a
    PDF that cannot be made.
    """
    from hubcli.operations.mailing import words as templates

    first = rows[0]
    to = said.to or (tuple(recipients(hub, first, kind)) if said.way in MAILED else ())
    one = len(rows) == 1
    shop = hub.setting("shop.name")
    named = ", ".join(_named(hub, row, kind) for row in rows)
    total, owed = (money.show(sum(row[f"{what}_cents"] for row in rows)) for what in ("charged", "balance"))
    subject, words = templates.fill(
        hub, template or kind,
        {"name": str(first["customer_name"]), "number": named, "shop": shop, "total": total, "balance": owed,
         "due": min((str(row["due_on"]) for row in rows if row["due_on"]), default="")},
    )  # fmt: skip
    subject = said.subject or subject or f"{KINDS[kind].subject} {named}" + (f" from {shop}" if shop else "")
    words = "\n\n".join(filter(None, (said.message or words or KINDS[kind].opening, sentence))) or None
    content = body(hub, first, kind, words, said.hide) if one else _several(hub, rows, kind, words)
    about = base.ref_of(first) if one else f"C{standing.payer(hub, first['customer_id'])}"
    sheet = _sheet(hub, rows, kind, said)
    return Letter(about, kind, said.way, to, said.copies, subject, content, (*sheet, *said.files))


def _sheet(hub: "Hub", rows: Sequence[Any], kind: str, said: Said) -> tuple[tuple[str, str, bytes], ...]:
    """Give the documents as a PDF where they go along: asked for, or by correspondence.attach_invoice."""
    first = rows[0]
    where = "shipped" if kind == "shipped" else "internet" if first["source"] == "website" else "bh"
    by_setting = kind in {"order", "shipped"} and first["invoice_number"] is not None
    if not said.pdf and not (by_setting and hub.setting(f"correspondence.attach_invoice.{where}") == "on"):
        return ()
    from hubcli.operations.printing import drawing

    named = re.sub(r"[^\w-]+", "-", KINDS[kind].subject.partition(":")[0] + " " + _named(hub, first, kind)).strip("-")
    return ((f"{named}.pdf", "application/pdf", drawing.documents(hub, rows, kind, said.hide)),)


def _named(hub: "Hub", row: Any, kind: str) -> str:
    bill = kind in {"invoice", "reminder"} and row["invoice_number"] is not None
    ref = base.ref_of(row)
    printed = base.printed(hub, row["invoice_number" if bill else "id"])
    return ref if printed == str(row["id"]) and not bill else f"{printed} ({ref})"


def _several(hub: "Hub", rows: Sequence[Any], kind: str, message: str | None) -> str:
    """Give what is owed on several documents, with their sum."""
    shop = [line for key in ("shop.name", "shop.address") if (line := hub.setting(key))]
    lines = []
    for row in rows:
        due = f", due {row['due_on']}" if row["due_on"] else ""
        named = f"Invoice {_named(hub, row, kind)}" if kind == "reminder" else base.printed(hub, row["id"])
        lines.append(f"{named} of {row['ordered_on']}{due}: {money.show(row['balance_cents'])}")
    total = f"to be paid: {money.show(sum(row['balance_cents'] for row in rows))}"
    parts = [shop, [message] if message else [], [*lines, total]]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def body(hub: "Hub", row: Any, kind: str, message: str | None = None, hide: frozenset[str] = frozenset()) -> str:
    """Give what a customer reads of a document, as plain text; `hide` leaves out parts of HIDDEN."""
    shop = [line for key in ("shop.name", "shop.address") if (line := hub.setting(key))]
    notes = hub.rows("documents.notes", {"id": row["id"], "types": ["customer"]})
    about = f"{'Quote' if row['ordered_on'] is None else 'Order'} {base.printed(hub, row['id'])}"
    if kind in {"invoice", "reminder"} and row["invoice_number"] is not None:
        about = f"Invoice {base.printed(hub, row['invoice_number'])} for order {base.printed(hub, row['id'])}"
    valid = f", valid to {row['expires_on']}" if row["ordered_on"] is None and row["expires_on"] else ""
    due = f", due {row['due_on']}" if kind in {"invoice", "reminder"} and row["due_on"] else ""
    parts = [
        shop,
        [message] if message else [],
        [
            f"{about} of {row['ordered_on'] or row['quoted_on']}{valid}{due}",
            *([row["job_name"]] if row["job_name"] else []),
        ],
        _lines(hub, row, hide),
        _ended(hub, row) if kind == "canceled" else _sum(row, kind, hide),
        [note["text"] for note in notes],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _lines(hub: "Hub", row: Any, hide: frozenset[str]) -> list[str]:
    services: dict[int, list[Any]] = {}
    for one in hub.rows("documents.services", {"id": row["id"]}) if "services" not in hide else ():
        services.setdefault(one["line_id"], []).append(one)
    found = []
    for line in hub.rows("documents.lines", {"id": row["id"]}):
        found.append(f"{line['quantity']} × {goods(line, hide)}  {money.show(line['net_cents'])}")
        for one in services.get(line["id"], []):
            count = f"{one['quantity']} × " if one["quantity"] > 1 else ""
            found.append(f"    {count}{one['name']}  {money.show(one['quantity'] * one['price_cents'])}")
    return found


def goods(line: Any, hide: frozenset[str]) -> str:
    """Give what a line sells: model and description; without the model where that is hidden."""
    model = None if "models" in hide else line["model"]
    return " ".join(filter(None, (model, line["description"]))) or "item"


def _ended(hub: "Hub", row: Any) -> list[str]:
    """Give what became of the money on a canceled order: what was given back, what is kept."""
    back = sum(one["refunded_cents"] for one in hub.rows("documents.payments", {"id": row["id"]}))
    kept = row["charged_cents"]
    amounts = [("given back", back), ("kept", kept)]
    return [f"{name}: {money.show(cents)}" for name, cents in amounts if cents]


def _sum(row: Any, kind: str, hide: frozenset[str]) -> list[str]:
    charges = sum(row[f"{name}_charge_cents"] for name in ("delivery", "mileage", "trip", "shipping", "rush"))
    off = sum(
        row[f"{name}_cents"] for name in ("customer_discount", "rebate", "coupon", "gift_certificate")
    ) + (row["returned_cents"] + row["adjusted_cents"])  # fmt: skip
    received = base.received(row)
    hidden = row["services_cents"] if "services" in hide else 0
    amounts = [
        ("services", hidden, hidden), ("delivery and other charges", charges, charges),
        ("discounts and returns", -off, off), ("tax", row["tax_cents"], row["tax_cents"]),
        ("total", row["charged_cents"], True), ("paid", received, received),
        ("to be paid" if kind != "quote" else "left to pay", row["balance_cents"], received or kind != "quote"),
    ]  # fmt: skip
    return [f"{name}: {money.show(cents)}" for name, cents, there in amounts if there]
