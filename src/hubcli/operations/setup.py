"""Makes a database, empty or with the demo shop in it."""

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubcli import migrations, search
from hubcli.errors import HubError
from hubcli.values import clock, dates

if TYPE_CHECKING:
    from hubcli.demo.records import DemoCustomer
    from hubcli.store import Hub

LOGGED_LIMIT = 5_000
"""A larger demo is an opening state: the log does not itemise its rows."""
BATCH = 2_000


def init(path: Path, group: str | None) -> None:
    """Make an empty database; with `group`, one that its members share (0660, new files of the folder too)."""
    if group is None:
        migrations.create(path, clock.now_utc())
        return
    import grp

    try:
        number = grp.getgrnam(group).gr_gid
    except KeyError:
        raise HubError(
            "not_found", what="system group", ref=group, near="", tries=(f"sudo groupadd {group}",)
        ) from None
    migrations.create(path, clock.now_utc(), 0o660)
    os.chown(path.parent, -1, number)
    path.parent.chmod(0o2770)
    os.chown(path, -1, number)


def load_demo(hub: "Hub", count: int) -> dict[str, int]:
    """Fill an empty database with `count` demo customers; give how many rows of what it holds."""
    unlogged = count > LOGGED_LIMIT
    hub.change("demo", lambda h: _load(h, count), bulk=True, unlogged=unlogged, purpose="load")
    names = ("customers", "addresses", "documents", "document_lines", "payments", "notes")
    return {
        name.replace("_", " "): int(hub.select(f"SELECT count(*) FROM {name}")[0][0])  # names of the schema
        for name in names
    }


def _load(hub: "Hub", count: int) -> None:
    if count <= LOGGED_LIMIT:
        _fill(hub, count)
        hub.refresh_figures()
        return
    laid = hub.select(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    )
    for kind, name, _ in laid:
        hub.execute(f"DROP {kind} {name}")
    _fill(hub, count)
    for kind in ("index", "trigger"):
        for row in laid:
            if row["type"] == kind:
                hub.execute(row["sql"])
    hub.refresh_figures()


def _fill(hub: "Hub", count: int) -> None:
    from hubcli.demo import shop

    today = dt.date.fromisoformat(hub.day.today)
    people = shop.staff()
    hub.executemany(
        "INSERT INTO staff (id, login, name) VALUES (?, ?, ?)",
        [(i, person["login"], person["name"]) for i, person in enumerate(people, 1)],
    )
    hub.executemany(
        "INSERT INTO models (model, description, price_cents, cost_cents) VALUES (?, ?, ?, ?)",
        [tuple(model) for model in shop.models()],
    )
    loader = _Loader(hub, [str(person["login"]) for person in people])
    for customer in shop.customers(count, today):
        loader.add(customer)
    loader.flush()
    if count >= ON_ACCOUNT:
        _on_account(hub)


ON_ACCOUNT = 3
"""The demo customer who buys on account: Oak Builders."""


def _on_account(hub: "Hub") -> None:
    """Let Oak Builders buy on account: a credit line, what was shipped is invoiced, and the shop makes statements."""
    hub.execute("INSERT INTO settings (key, value) VALUES ('statements.enabled', 'on')")
    hub.execute(
        "INSERT INTO credit_lines (customer_id, limit_cents, terms_id)"
        " SELECT ?, 2500000, id FROM terms WHERE name = 'Net 30'",
        (ON_ACCOUNT,),
    )
    shipped = hub.select(
        "SELECT id, shipped_on FROM documents WHERE customer_id = ? AND status = 'shipped' ORDER BY id", (ON_ACCOUNT,)
    )
    for number, row in enumerate(shipped, 1):
        due = dates.later(row["shipped_on"], 30)
        terms = {"terms_name": "Net 30", "terms_deposit_rate": 0, "terms_days": 30, "terms_from": "invoice"}
        made = {"on_account": 1, "invoice_number": number, "invoiced_on": row["shipped_on"], "due_on": due}
        hub.update("documents", row["id"], terms | made)


COLUMNS: dict[str, str] = {
    "customers": "id, kind, status, company_name, first_name, last_name, building_code, mobile_phone, mobile_key,"
    " home_phone, home_key, alternate_phone, alternate_key, email, email_key, type, source, found_us, manager_id,"
    " created_at, archived_at, archived_by, touched_on, sort_name",
    "customer_search": "rowid, folded",
    "billing_emails": "customer_id, email, email_key",
    "addresses": "customer_id, kind, line1, line2, city, state, zip, country, is_default, street_key, city_key",
    "contacts": "customer_id, first_name, last_name, phone, phone_key, relationship, type",
    "notes": "customer_id, type, persistence, important, text, author, written_on",
    "wallet_entries": "customer_id, amount_cents, type, note, entered_on, recorded_at",
    "documents": "id, customer_id, status, quoted_on, expires_on, ordered_on, shipped_on, job_name, class, source,"
    " salesperson_id, tax_rate, delivery_charge_cents, tax_cents, created_at, approved_on",
    "line_terms": "id, model, description, folded",
    "document_lines": "id, document_id, line, model, description, quantity, unit_price_cents, unit_cost_cents,"
    " delivery_status, delivered_on, term_id",
    "line_serials": "line_id, serial",
    "payments": "customer_id, document_id, method, amount_cents, paid_on, recorded_at",
}


class _Loader:
    """Turns demo customers into rows, table by table, written in batches."""

    def __init__(self, hub: "Hub", logins: Sequence[str]):
        self.hub = hub
        self.logins = logins
        self.rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in COLUMNS}
        self.terms: dict[tuple[str, str], int] = {}
        self.document = 0
        self.line = 0
        self.waiting = 0

    def add(self, customer: "DemoCustomer") -> None:
        """Take one customer with everything of theirs."""
        c = customer
        at = f"{c.created_on}T15:00:00.000Z"
        archived = c.archived_on
        status = c.status
        name = c.company_name if c.kind == "company" else " ".join(filter(None, (c.first_name, c.last_name)))
        self.rows["customers"].append(
            (
                c.number, c.kind, status, c.company_name, c.first_name, c.last_name, c.building_code, c.mobile_phone,
                c.mobile_key, c.home_phone, c.home_key, c.alternate_phone, c.alternate_key, c.email,
                c.email.casefold() if c.email else None, c.type, c.source, c.found_us,
                None if c.manager is None else c.manager + 1, at,
                f"{archived}T16:00:00.000Z" if status == "archived" else None,
                "cron" if status == "archived" else None, c.touched_on, search.sort_name(name or ""),
            )
        )  # fmt: skip
        words = {**c._asdict(), "billing_emails": " ".join(c.billing_emails), "contacts": _contact_words(c)}
        self.rows["customer_search"].append((c.number, search.customer_text(words)))
        self._satellites(c)
        for document in c.documents:
            self._document(c, document)
        self.waiting += 1
        if self.waiting >= BATCH:
            self.flush()

    def _satellites(self, c: "DemoCustomer") -> None:
        from hubcli.values import phones

        rows = self.rows
        rows["billing_emails"] += [(c.number, e, e.casefold()) for e in c.billing_emails]
        rows["addresses"] += [
            (c.number, *address, *search.address_keys(address[1], address[2], address[3])) for address in c.addresses
        ]
        rows["contacts"] += [
            (c.number, k[0], k[1], k[2], phones.parse(k[2]).key if k[2] else None, k[3], k[4]) for k in c.contacts
        ]
        rows["notes"] += [
            (c.number, kind, persistence, int(important), text, self.logins[author], on)
            for kind, persistence, important, text, on, author in c.notes
        ]
        rows["wallet_entries"] += [
            (c.number, amount, kind, remark, on, f"{on}T16:00:00.000Z") for on, amount, kind, remark in c.wallet
        ]

    def _document(self, c: "DemoCustomer", d: Any) -> None:
        self.document += 1
        made = d.quoted_on or d.ordered_on
        shipped = max((line[6] for line in d.lines if line[6]), default=d.ordered_on)
        self.rows["documents"].append(
            (
                self.document, c.number, d.status, d.quoted_on, d.expires_on, d.ordered_on,
                shipped if d.status == "shipped" else None, d.job_name, d.customer_class, d.source,
                d.salesperson + 1, d.tax_rate, d.delivery_charge_cents, d.tax_cents,
                f"{made}T16:00:00.000Z", self._approved(d),
            )
        )  # fmt: skip
        for number, line in enumerate(d.lines, 1):
            self._line(number, line)
        self.rows["payments"] += [
            (c.number, self.document, method, amount, on, f"{on}T16:00:00.000Z") for on, method, amount in d.payments
        ]

    @staticmethod
    def _approved(d: Any) -> str | None:
        """Give the day on which a quote was approved that was not paid in full when it became an order."""
        if d.quoted_on is None or d.ordered_on is None:
            return None
        total = sum(line[2] * line[3] for line in d.lines) + d.delivery_charge_cents + d.tax_cents
        paid = sum(amount for on, _, amount in d.payments if on <= d.ordered_on)
        return d.ordered_on if paid < total else None

    def _line(self, number: int, line: Any) -> None:
        self.line += 1
        model, description, quantity, price, cost, delivery, delivered_on, serial = line
        key = (model, description)
        if key not in self.terms:
            self.terms[key] = len(self.terms) + 1
            self.rows["line_terms"].append((self.terms[key], *key, search.term_text(*key)))
        self.rows["document_lines"].append(
            (self.line, self.document, number, *key, quantity, price, cost, delivery, delivered_on, self.terms[key])
        )
        if serial:
            self.rows["line_serials"].append((self.line, serial))

    def flush(self) -> None:
        """Write what waits, parents before children."""
        for table, rows in self.rows.items():
            columns = COLUMNS[table]
            marks = ", ".join("?" * (columns.count(",") + 1))
            self.hub.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)
            rows.clear()
        self.waiting = 0


def _contact_words(c: "DemoCustomer") -> str:
    from hubcli.values import phones

    return " ".join(" ".join(filter(None, (k[0], k[1], phones.parse(k[2]).key if k[2] else None))) for k in c.contacts)
