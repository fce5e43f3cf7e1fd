"""The version of a document: the last change set that touched it, so that nobody writes over what they did not see."""

from typing import TYPE_CHECKING, Any

from hubcli import changelog
from hubcli.errors import HubError
from hubcli.operations.documents import base

if TYPE_CHECKING:
    from hubcli.store import Hub


def version(hub: "Hub", row: Any) -> int | None:
    """Give the H number of the last change set that touched a document; None when none is logged."""
    found = hub.one("documents.version", _about(row))
    return None if found is None else found["change"]


def check(hub: "Hub", row: Any, expected: int | None) -> None:
    """Raise stale_edit, naming what others changed, unless a document is at the expected version; None expects none."""
    if expected is None:
        return
    now = version(hub, row) or 0
    if now == expected:
        return
    told: dict[str, str] = {}
    for entry in hub.rows("documents.changes_since", {**_about(row), "since": expected}):
        field = entry["field"] or f"{entry['tbl'].removeprefix('document_')} {entry['operation']}"
        if entry["field"] is None:
            told.setdefault(field, f"{field} (H{entry['change_id']}, {entry['actor']})")
        else:
            value = changelog.value(entry["new"])
            told.setdefault(field, f"{field} is {value!s} (H{entry['change_id']}, {entry['actor']})")
    ref, kind = base.ref_of(row), "quotes" if row["ordered_on"] is None else "orders"
    raise HubError(
        "stale_edit", ref=ref, version=f"H{now}", expected=f"H{expected}", refs=(ref,),
        changes="; ".join(list(told.values())[:6]) or "it was never there", tries=(f"hub {kind} show {ref}",),
    )  # fmt: skip


def _about(row: Any) -> dict[str, object]:
    return {"id": row["id"], "customer": row["customer_id"], "image": f"document_id={row['id']},%"}
