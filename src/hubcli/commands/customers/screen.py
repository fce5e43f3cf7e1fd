"""Draws one customer on one screen, in the order of a clerk's glance."""

from collections.abc import Sequence
from typing import Any

from hubcli.operations.customers import addresses, standing, status
from hubcli.operations.customers.profile import Profile
from hubcli.render import ASKED, Column, Listing, Record, Section
from hubcli.values import money

DOCUMENTS = (
    Column("number", "code", title="#"),
    Column("kind", "code", keep=ASKED),
    Column("date", "date"),
    Column("job_name", title="job", keep=4),
    Column("status", "code", keep=2),
    Column("expires_on", "date", title="expires", keep=5),
    Column("total", "money", keep=2),
    Column("balance", "money"),
    Column("open_lines", "count", title="to deliver", keep=4),
    Column("active", "bool", keep=ASKED),
)
CHANGES = (
    Column("change", "ref", prefix="H", title="#"),
    Column("date", "date"),
    Column("actor", "code", title="by"),
    Column("command", "code", keep=3),
    Column("fields", "long", title="what"),
)
SITE = (
    Column("first_seen", "instant", keep=0),
    Column("last_login", "instant", keep=0),
    Column("logins", "count", keep=0),
    Column("site_events", "count", keep=0),
)
NOTES = 3
CLOSED = 3
LONGEST = 240
"""Characters of a note on the screen."""

Pairs = Sequence[tuple[Column, Any]]


def document_row(row: Any) -> tuple[Any, ...]:
    """Give a document as DOCUMENTS has it; an order no longer expires."""
    expires = row["expires_on"] if row["kind"] == "quote" else None
    return (status.ref_of(row), row["kind"], row["date"], row["job_name"], row["status"], expires, row["total_cents"],
            row["balance_cents"], row["open_lines"], row["active"])  # fmt: skip


def draw(found: Profile) -> Record:
    """Give the screen: important notes, identity, contact, money, open work, notes, recent history."""
    number = f"C{found.head['id']}"
    open_work = [document_row(row) for row in found.documents if row["active"]]
    closed = [document_row(row) for row in found.documents if not row["active"]][:CLOSED]
    there = found.documents[0]["there"] if found.documents else 0
    return _headed(
        found,
        [
            Section(
                "Open quotes and orders",
                Listing(DOCUMENTS, open_work, total=len(found.blockers)),
                more=f"hub customers show {number} --section documents",
            ),
            Section("Notes", _notes(found, number)),
            Section(
                "Latest closed quotes and orders",
                _closed(closed, there - len(found.blockers)),
                more=f"hub customers show {number} --section documents",
            ),
            Section("Latest changes", Listing(CHANGES, found.changes[:3])),
        ],
    )


def account(found: Profile, site: Any) -> Record:
    """Give the account alone: the head of the screen, and what `site`, a row of activity.engagement, tells of use."""
    website = Section("Website", _pairs([(column, site[column.name]) for column in SITE]))
    return _headed(found, [website], whole=True)


def _headed(found: Profile, more: list[Section], *, whole: bool = False) -> Record:
    """Give important notes, identity, contact and money with more sections behind them.

    `whole` also shows what is as it is for everybody.
    """
    identity = _identity(found)
    return Record(
        [column for column, _ in identity],
        [value for _, value in identity],
        title=f"C{found.head['id']}  {found.standing.shown}",
        sections=[
            *_alerts(found),
            Section("Contact", _pairs(_contact(found))),
            Section("Money", _pairs(_money(found, whole=whole))),
            *more,
        ],
    )


def _closed(rows: Sequence[Sequence[Any]], there: int) -> Listing:
    """Give closed documents without what only open ones have; `there` is how many there are in all."""
    places = [at for at, column in enumerate(DOCUMENTS) if column.name not in {"expires_on", "open_lines"}]
    return Listing([DOCUMENTS[at] for at in places], [[row[at] for at in places] for row in rows], total=there)


def _pairs(fields: Pairs) -> Record:
    return Record([column for column, _ in fields], [value for _, value in fields])


def _identity(found: Profile) -> Pairs:
    head = found.head
    state = head["status"] if head["archived_at"] is None else f"archived {head['archived_at'][:10]}"
    by = f" by {head['archived_by']}" if head["archived_by"] else ""
    source = " – ".join(filter(None, (head["source"], head["found_us"])))
    return [
        (Column("status"), f"{state}{by}, {head['kind']} since {found.created_on}"),
        (Column("stage", "code"), head["stage"]),
        (Column("type", "code", keep=0), head["type"]),
        (Column("source", keep=0), source),
        (Column("manager", "code", title="account manager", keep=0), head["manager"]),
        (Column("last_activity_on", "date", title="last activity"), head["last_activity_on"]),
        (Column("building_code"), head["building_code"]),
        (Column("elsewhere"), ", ".join(_elsewhere(found.external_ids)) or None),
        (Column("also"), ", ".join(f"C{one}" for one in found.merged) or None),
        (Column("login"), found.login),
        (Column("consent"), _consent(found)),
        *((Column(name), value) for name, value in found.fields.items()),
        (Column("incomplete"), f"no {', '.join(found.lacking)}" if found.lacking else None),
    ]


def _consent(found: Profile) -> str | None:
    """Say whether they agreed to the use of their data, where the shop asks for it."""
    if not found.consent_asked:
        return None
    return {None: "not asked yet", 0: "no", 1: "yes"}[found.head["consent"]]


def _elsewhere(external_ids: dict[str, Any]) -> list[str]:
    lists = {system: ids if isinstance(ids, list) else [ids] for system, ids in external_ids.items()}
    return [f"{system}:{one}" for system, ids in lists.items() for one in ids]


def _alerts(found: Profile) -> list[Section]:
    lines = [_note(row) for row in found.notes if row["important"]]
    alerts = [Section("Important", lines, alert=True)] if lines else []
    if found.standing.held_by is not None:
        whose = "" if found.head["on_hold"] else f": {found.standing.company_ref} is on hold"
        alerts.append(Section("On hold", [f"may not buy at present{whose}"], alert=True))
    return alerts


def _note(row: Any) -> str:
    content = row["text"] or ""
    shown = content if len(content) <= LONGEST else content[:LONGEST].rstrip() + "…"
    return f"N{row['id']}  {shown}  ({row['type']}, {row['author']} {row['written_on']})"


def _notes(found: Profile, number: str) -> list[str]:
    other = [row for row in found.notes if not row["important"]]
    more = [f"… {len(other) - NOTES} more (hub notes list --customer {number})"] if len(other) > NOTES else []
    return [*(_note(row) for row in other[:NOTES]), *more]


def _contact(found: Profile) -> Pairs:
    head = found.head
    person = " ".join(filter(None, (head["first_name"], head["last_name"])))
    is_company = head["kind"] == "company"
    return [
        (Column("contact"), person if is_company else None),
        (Column("company"), None if is_company else found.standing.company_ref or head["company_name"]),
        (Column("mobile", "phone", keep=0), head["mobile_phone"]),
        (Column("home", "phone"), head["home_phone"]),
        (Column("alternate", "phone"), head["alternate_phone"]),
        (Column("email", title="e-mail", keep=0), head["email"]),
        (Column("invoices_to"), ", ".join(found.emails) or None),
        (Column("billing", keep=0), found.billing and addresses.one_line(found.billing)),
        (Column("tax_exempt"), _exemption(found)),
        (Column("delivery"), _delivery(found.delivery)),
        *((Column("or_call"), _person(row)) for row in found.contacts[:2]),
    ]


def _exemption(found: Profile) -> str | None:
    """Give the tax exemption with its proof and its last day; none where there is none."""
    one = found.standing.exemption
    if one is None:
        return None
    about = ", ".join(filter(None, (one.type, one.tax_id and f"number {one.tax_id}")))
    day = (
        ""
        if one.expires_on is None
        else f"until {one.expires_on}"
        if one.holds(found.today)
        else f"expired {one.expires_on}"
    )
    whose = "" if one.customer == found.head["id"] else f"by C{one.customer}"
    proof = one.proof and f"proof {one.proof}"
    return ", ".join(filter(None, ("yes" if found.standing.exempt else "no longer", about, day, proof, whose)))


def _delivery(delivery: Sequence[Any]) -> str | None:
    if not delivery:
        return None
    default = next((row for row in delivery if row["is_default"]), None)
    first = addresses.one_line(default) if default is not None else "no default"
    more = len(delivery) - (default is not None)
    return f"{first} (+ {more} more)" if more else first


def _person(row: Any) -> str:
    from hubcli.values import phones

    name = " ".join(filter(None, (row["first_name"], row["last_name"])))
    linked = None if row["linked"] is None else f"C{row['linked']}"
    about = ", ".join(filter(None, (linked, row["relationship"], row["type"])))
    reached = phones.show(row["phone"]) if row["phone"] else row["email"]
    return " ".join(filter(None, (name, reached, f"({about})" if about else "")))


def _line(found: Profile) -> str | None:
    """Give limit, used and available of the credit line together; none for a customer without one."""
    line = found.line
    if line.limit is None:
        return None
    over = f", {money.show(line.over)} over" if line.over else ""
    whose = f" (C{line.payer} and its contacts)" if line.payer != line.customer else ""
    used, left = money.show(line.used), money.show(line.available)
    return f"limit {money.show(line.limit)}, used {used}, available {left}{over}{whose}"


def _money(found: Profile, *, whole: bool) -> Pairs:
    head = found.head
    methods = standing.in_words(found.methods) if whole or found.methods is not None else None
    blocked = status.in_words(found.blockers)
    return [
        (Column("lifetime_value", "money", keep=0), head["lifetime_value_cents"]),
        (Column("orders", "count", keep=0), head["orders"]),
        (Column("owed", "money", keep=0), head["owed_cents"]),
        (Column("overdue", "money"), found.overdue or None),
        (Column("customer_credit", "money", keep=0), head["credit_cents"]),
        (Column("credit_line"), _line(found)),
        (
            Column("discount", "percent"),
            found.standing.discount_rate if whole else found.standing.discount_rate or None,
        ),
        (Column("price_level", "code"), found.level or (found.list_level if whole else None)),
        (Column("payment_methods"), methods),
        (Column("last_order", "date"), head["last_order_on"]),
        (Column("blocks_archiving"), blocked if head["status"] == "active" and blocked else None),
    ]
