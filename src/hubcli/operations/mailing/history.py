"""The history of mail, kept while correspondence.record_emails is on."""

from typing import TYPE_CHECKING

from hubcli.operations.mailing.wire import Mail

if TYPE_CHECKING:
    from hubcli.store import Hub


def recording(hub: "Hub") -> bool:
    """Tell whether the history of mail is kept."""
    return hub.setting("correspondence.record_emails") == "on"


def record(hub: "Hub", mail: Mail, status: str, message_id: str, at: str) -> int | None:
    """Keep a mail that went out in the history, inside a change, while that is on; give its number."""
    if not recording(hub):
        return None
    return hub.insert(
        "mails",
        {
            "customer_id": mail.customer,
            "document_id": mail.document,
            "statement_id": mail.statement,
            "direction": "out",
            "template": mail.template,
            "status": status,
            "sent_from": hub.setting("mail.from") or None,
            "sent_to": ", ".join(mail.addresses) or None,
            "subject": mail.subject,
            "body": mail.body,
            "message_id": message_id,
            "sent_at": at,
        },
    )
