"""Gathers everything that the screen and the JSON of one customer show."""

from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.operations import credit_line, models, refs
from hubcli.operations.customers import access, editing, standing, status
from hubcli.values import clock

if TYPE_CHECKING:
    from hubcli.store import Hub

Rows = list[Any]
RECENT = 8
"""Documents on the screen."""
CHANGES = 5
ALL = 1_000_000


class Profile(NamedTuple):
    """A customer with everything around: rows as the blocks of sql/customers.sql give them."""

    head: Any
    version: int
    created_on: str
    overdue: int
    addresses: Rows
    contacts: Rows
    emails: list[str]
    external_ids: dict[str, Any]
    notes: Rows
    documents: Rows
    blockers: Rows
    changes: list[tuple[int, str, str, str, str]]
    line: credit_line.Line
    standing: standing.Standing
    level: str | None
    list_level: str
    methods: tuple[str, ...] | None
    company_billing: Any
    today: str
    fields: dict[str, str]
    lacking: list[str]
    login: str | None
    consent_asked: bool
    merged: list[int]

    @property
    def billing(self) -> Any:
        """The address that invoices go to, the company's where they are linked to one; or None."""
        return self.company_billing or next((row for row in self.addresses if row["kind"] == "billing"), None)

    @property
    def delivery(self) -> Rows:
        """The delivery addresses, the default one first."""
        return [row for row in self.addresses if row["kind"] == "delivery"]


def gather(hub: "Hub", number: int, zone: str | None, documents: int = RECENT) -> Profile:
    """Read a customer; `zone` is the shop's time zone (None: the system's). Raises not_found."""
    head, stands = editing.head(hub, number), standing.of(hub, number)
    one = {"id": number}
    overdue = hub.one("customers.overdue", {**one, "today": hub.day.today})
    return Profile(
        head=head,
        version=editing.version(hub, number),
        created_on=clock.local_day(head["created_at"], zone).isoformat(),
        overdue=int(overdue["overdue"]) if overdue else 0,
        addresses=list(hub.rows("customers.addresses", one)),
        contacts=list(hub.rows("customers.contact_row", one)),
        emails=[row["email"] for row in hub.rows("customers.billing_emails", one)],
        external_ids=_by_system(hub, number),
        notes=list(hub.rows("customers.notes", one)),
        documents=list(hub.rows("customers.documents", {**one, "today": hub.day.today, "limit": documents})),
        blockers=status.open_work(hub, number),
        changes=changes(hub, number, CHANGES),
        line=credit_line.line(hub, number),
        standing=stands,
        level=standing.level(hub, stands),
        list_level=models.list_level(hub),
        methods=standing.methods(hub, stands),
        company_billing=standing.billing(hub, stands) if stands.company is not None else None,
        today=hub.day.today,
        fields=access.values(hub, number),
        lacking=access.lacking(hub, number),
        login=access.username(hub, number),
        consent_asked=access.captures(hub),
        merged=refs.family(hub, number)[1:],
    )


def _by_system(hub: "Hub", number: int) -> dict[str, Any]:
    """Give the numbers of other systems by system; a list where a system has several."""
    found: dict[str, Any] = {}
    for row in hub.rows("customers.external_ids", {"id": number}):
        have = found.get(row["system"])
        one = row["external_id"]
        found[row["system"]] = one if have is None else [*(have if isinstance(have, list) else [have]), one]
    return found


def changes(hub: "Hub", number: int, latest: int = ALL) -> list[tuple[int, str, str, str, str]]:
    """Give the latest change sets about a customer: number, day, actor, command, what changed in words."""
    found: dict[int, tuple[str, str, str, dict[str, int]]] = {}
    for row in hub.rows("customers.recent", {"ids": refs.family(hub, number), "limit": max(500, latest)}):
        *_, counts = found.setdefault(row["change"], (row["date"], row["actor"], row["command"], {}))
        what = _touched(row)
        counts[what] = counts.get(what, 0) + row["count"]
    parts = sorted(found.items(), reverse=True)[:latest]
    return [(change, *about[:3], _in_words(about[3])) for change, about in parts]


def _in_words(counts: dict[str, int]) -> str:
    """Give what a change set did in words: fields, then rows added or removed, with how many."""
    if "customer added" in counts:
        return "customer added"
    fields = [what for what in counts if what and " added" not in what and " removed" not in what]
    rows = [f"{what} ({n})" if n > 1 else what for what, n in counts.items() if what and what not in fields]
    return ", ".join([*fields, *rows])


_VERBS = {"insert": "added", "delete": "removed"}
_ONE = {"addresses": "address", "contacts": "contact", "notes": "note", "documents": "document", "payments": "payment",
        "billing_emails": "billing e-mail", "external_ids": "external id", "document_lines": "line",
        "line_serials": "serial", "wallet_entries": "customer credit", "customers": "customer",
        "credit_lines": "credit line", "exemptions": "tax exemption", "customer_methods": "payment method",
        "customer_levels": "price level"}  # fmt: skip


def _touched(row: Any) -> str:
    """Say what a log entry is about: a field, or a row that was added or removed."""
    what = _ONE.get(row["tbl"], row["tbl"])
    if row["operation"] == "update":
        field = str(row["field"])
        hidden = field.endswith("_key") or field in {"archived_at", "archived_by"}
        return "" if hidden else field.removesuffix("_id") if what == "customer" else f"{what} {field}"
    return f"{what} {_VERBS[row['operation']]}"
