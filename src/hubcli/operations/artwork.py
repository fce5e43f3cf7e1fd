"""Artwork jobs: what the customer has to approve, and the milestone of the order that follows."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations import designs, files
from hubcli.operations.documents import base, letters, milestones
from hubcli.operations.mailing.wire import Mail
from hubcli.operations.mailing.words import fill

if TYPE_CHECKING:
    from hubcli.store import Hub

STATUSES = ("awaiting-artwork", "awaiting-approval", "approved", "rejected")


def job(hub: "Hub", number: int) -> Any:
    """Give an artwork job; raise not_found."""
    row = hub.one("designs.artwork", {"id": number})
    if row is None:
        raise HubError("not_found", what="artwork job", ref=f"W{number}", near="", tries=("hub artwork list",))
    return row


def create(hub: "Hub", customer: int, document: Any, values: Mapping[str, Any]) -> int:
    """Make an artwork job, for an order or on its own, inside a change; give its number.

    With a design it awaits approval at once. The order's milestone is taken back: it has undecided artwork again.
    """
    designs.check_active(hub, customer)
    designs.check_owner(hub, customer, values.get("design_id"))
    if document is not None:
        if document["customer_id"] != customer:
            raise HubError("document_elsewhere", ref=base.ref_of(document), customer=f"C{document['customer_id']}")
        base.check_changeable(document)
    status = "awaiting-approval" if values.get("design_id") is not None else "awaiting-artwork"
    number = hub.insert(
        "artwork_jobs",
        {
            "customer_id": customer,
            "document_id": document["id"] if document is not None else None,
            "status": status,
            "created_on": hub.day.today,
            **values,
        },
    )
    _milestone(hub, document["id"] if document is not None else None)
    return number


def submit(hub: "Hub", number: int, design: int) -> None:
    """Give a job its artwork, inside a change: it awaits approval; raise artwork_done."""
    row = job(hub, number)
    if row["status"] == "approved":
        raise HubError("artwork_done", ref=f"W{number}", status=row["status"])
    designs.check_owner(hub, row["customer"], design)
    hub.update("artwork_jobs", number, {"design_id": design, "status": "awaiting-approval", "decided_on": None})


def decide(hub: "Hub", number: int, *, approved: bool, note: str | None) -> None:
    """Note the customer's answer, inside a change; raise artwork_done, artwork_missing.

    When every job of an order is approved, so is its milestone.
    """
    row = job(hub, number)
    status = "approved" if approved else "rejected"
    if row["status"] == status:
        raise HubError("artwork_done", ref=f"W{number}", status=status)
    if approved and row["design"] is None:
        raise HubError("artwork_missing", ref=f"W{number}")
    hub.update("artwork_jobs", number, {"status": status, "decided_on": hub.day.today, "note": note})
    _milestone(hub, row["order"])


def delete(hub: "Hub", number: int) -> None:
    """Take an artwork job away, inside a change; raise artwork_done for one that was approved."""
    row = job(hub, number)
    if row["status"] == "approved":
        raise HubError("artwork_done", ref=f"W{number}", status=row["status"])
    hub.run("designs.remove_job", {"id": number})
    _milestone(hub, row["order"])


def ready(hub: "Hub", number: int, file: files.Attachment) -> None:
    """Keep the file that the press or the machine takes with a job, inside a change."""
    row = job(hub, number)
    hub.update("artwork_jobs", number, {"ready_file_id": files.keep(hub, row["customer"], file)})


def file_of(hub: "Hub", number: int, *, ready: bool) -> int:
    """Give the number of the file with a job's artwork, or of the one that is ready for production; raise not_found."""
    row = job(hub, number)
    found = row["ready_file_id"] if ready else row["artwork_file_id"]
    if found is None:
        what = "production-ready file" if ready else "artwork"
        raise HubError("not_found", what=what, ref=f"of W{number}", near="", tries=(f"hub artwork show W{number}",))
    return int(found)


def wanted(hub: "Hub", document: int) -> None:
    """Make the jobs that the designs on an order's lines ask for, one for each design and process, inside a change.

    A quote and a draft ask for none; an order from the website only while artwork.web_orders is on.
    """
    lines = list(hub.rows("designs.without_job", {"document": document}))
    if not lines:
        return
    row = base.again(hub, document)
    web = row["source"] == "website" and hub.setting("artwork.web_orders") == "off"
    if row["ordered_on"] is None or row["status"] in {"draft", "canceled"} or web:
        return
    for line in lines:
        values = {"name": line["name"] or f"D{line['design']}", "design_id": line["design"], "process": line["process"]}
        create(hub, row["customer_id"], row, values)


def mail(hub: "Hub", number: int, to: tuple[str, ...], message: str | None) -> Mail:
    """Give the mail that asks whether a job's artwork may be made, with the artwork; raise no_email, artwork_missing.

    It goes to the contacts with the role artwork, else to the customer's own address; `to` goes before both.
    """
    row = job(hub, number)
    if row["artwork_file_id"] is None:
        raise HubError("artwork_missing", ref=f"W{number}")
    kept = files.content(hub, row["artwork_file_id"])
    person = {"customer_id": row["customer"], "customer_name": row["customer_name"]}
    shop = hub.setting("shop.name")
    facts = {"name": str(row["customer_name"]), "number": f"W{number}", "shop": shop, "total": "", "balance": "",
             "due": ""}  # fmt: skip
    subject, words = fill(hub, "artwork", facts)
    asked = f"Artwork W{number}, {row['name']}, is attached. May we make it so? Please answer this mail."
    body = "\n\n".join(filter(None, (shop, message or words, asked))) + "\n"
    return Mail(
        row["customer"], to or tuple(letters.recipients(hub, person, "artwork")),
        subject or f"Please look at artwork W{number}" + (f" from {shop}" if shop else ""), body, template="artwork",
        document=row["order"],
        attachments=((files.safe_name(f"W{number}", row["name"], kept["name"]), kept["media_type"], kept["content"]),),
    )  # fmt: skip


def _milestone(hub: "Hub", document: int | None) -> None:
    """Let the milestone of an order follow its jobs: reached when all are approved, else not; without jobs as it is."""
    if document is None or base.again(hub, document)["ordered_on"] is None:
        return
    row = hub.one("designs.jobs_of", {"document": document})
    if row is None or not row["jobs"]:
        return
    if row["approved"] == row["jobs"]:
        milestones.reach(hub, document, "artwork-approved", hub.day.today)
    else:
        milestones.clear(hub, document, "artwork-approved")
