"""What may leave the shop about a quote or an order, what that changes, and the log that it was sent."""

from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations.documents import base
from hubcli.operations.documents.letters import Letter

if TYPE_CHECKING:
    from hubcli.store import Hub


def log(hub: "Hub", row: Any, letter: Letter, mail: int | None = None, level: int | None = None) -> int:
    """Note that a letter left the shop, inside a change; give the row's number.

    `mail` is its number in the history of mail, `level` of a reminder which in turn it is.
    """
    return hub.insert(
        "sendings",
        {"customer_id": row["customer_id"], "document_id": row["id"], "kind": letter.kind, "way": letter.way,
         "sent_to": ", ".join((*letter.to, *letter.copies)) or None, "sent_on": hub.day.today,
         "sent_by": hub.who.actor, "recorded_at": hub.day.at, "mail_id": mail, "level": level},
    )  # fmt: skip


def send(hub: "Hub", row: Any, letter: Letter, mail: int | None = None) -> None:
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
    log(hub, row, letter, mail)


def request_payment(hub: "Hub", row: Any, letter: Letter, mail: int | None = None) -> None:
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
    log(hub, row, letter, mail)
