"""Headers of files that hub import reads, made from the layouts themselves, with a row that shows how values look."""

from collections.abc import Iterator, Mapping, Sequence

from hubcli.errors import HubError
from hubcli.importing import profiles
from hubcli.importing.fields import CUSTOMER_COLUMNS, ORDER_COLUMNS
from hubcli.importing.profiles import Profile
from hubcli.importing.rules import Rule

EXAMPLES: Mapping[str, str] = {
    "kind": "individual",
    "first_name": "Maria",
    "last_name": "Garcia",
    "full_name": "Maria Garcia",
    "contact_name": "Maria Garcia",
    "email": "maria@example.com",
    "billing_emails": "accounts@example.com; maria@example.com",
    "mobile_phone": "(206) 555-0123",
    "phone": "(206) 555-0123",
    "billing_line1": "12 Oak Street",
    "billing_line2": "Apt 4",
    "billing_city": "Chicago",
    "billing_state": "IL",
    "billing_zip": "02134",
    "billing_country": "US",
    "delivery_line1": "80 Lake Road",
    "delivery_city": "Chicago",
    "delivery_state": "IL",
    "delivery_zip": "60614",
    "delivery_country": "US",
    "type": "luxury",
    "source": "in-store",
    "found_us": "Google",
    "status": "active",
    "external_ids": "old:4711",
    "external_id": "old:88000",
    "created_at": "2025-05-01T14:00:00Z",
    "last_activity_on": "2025-05-20",
    "customer": "maria@example.com",
    "ordered_on": "2025-05-01",
    "job_name": "Kitchen",
    "class": "retail",
    "line": "1",
    "model": "WF45R6100AW/US",
    "description": "Front-load washer 4.5 cu ft",
    "quantity": "1",
    "unit_price": "1374.00",
    "unit_cost": "910.00",
    "discount": "10%",
    "delivery_charge": "75.00",
    "shipping_charge": "75.00",
    "tax": "99.00",
    "total": "1410.60",
    "paid": "1410.60",
}
ORDER_STATUS = "shipped"
PLAIN: Mapping[str, Sequence[Mapping[str, str]]] = {
    "quotes": [{
        "customer": "maria@example.com", "quoted_on": "2025-05-01", "expires_on": "2025-05-15", "job_name": "Kitchen",
        "model": "WF45R6100AW/US", "description": "Front-load washer 4.5 cu ft", "quantity": "1",
        "unit_price": "1374.00", "unit_cost": "910.00", "discount": "10%", "fulfillment": "delivery",
        "installs": "Gas hookup@89.00/45.00", "delivery_charge": "75.00", "tax_rate": "8.25",
        "external_id": "old:88001",
    }],
    "payments": [{
        "document": "O7", "date": "2025-05-01", "method": "check", "status": "confirmed", "amount": "1410.60",
        "reference": "1042", "note": "second half",
    }],
    "models": [{
        "model": "WF45R6100AW/US", "description": "Front-load washer 4.5 cu ft", "price": "1374.00", "cost": "910.00",
        "discontinued": "no",
    }],
    "credit": [{"customer": "C4", "date": "2025-05-01", "type": "grant", "amount": "50.00", "note": "late delivery"}],
    "balances": [
        {"customer": "C4", "what": "credit", "amount": "120.00", "note": "gift card"},
        {"customer": "C3", "what": "limit", "amount": "7500.00", "terms": "Net 30"},
        {"customer": "C3", "what": "draw", "amount": "300.00", "date": "2025-05-01", "due": "2025-05-31"},
        {"customer": "C3", "what": "invoice", "amount": "450.00", "date": "2025-04-20", "due": "2025-05-20",
         "reference": "old:4711"},
    ],
    "notes": [{
        "customer": "maria@example.com", "type": "delivery", "persistence": "persistent", "important": "no",
        "text": "Needs extra bubble wrap", "author": "sam", "date": "2025-05-01",
    }],
    "contacts": [{
        "customer": "C3", "first_name": "Ann", "last_name": "Lee", "phone": "(206) 555-0123",
        "roles": "ordering; payment",
    }],
    "visits": [{
        "order": "O7", "line": "1", "type": "service", "date": "2025-05-02", "driver": "Dee",
        "description": "Rattles when it spins",
    }],
    "activity": [{"customer": "maria@example.com", "at": "2025-05-01 14:02", "kind": "login", "detail": "web"}],
}  # fmt: skip
"""Examples for the files that have one layout, hub's own: they stand under all of its columns."""
KINDS = ("customers", "orders", *PLAIN)


def plain(of: str) -> tuple[list[str], list[list[str]]]:
    """Give the header of a file in hub's own layout, and example rows."""
    from hubcli.operations.imports import balances, credit, models, payments, quotes, record

    layouts = (quotes.LAYOUT, payments.LAYOUT, models.LAYOUT, credit.LAYOUT, balances.LAYOUT, *record.LAYOUTS)
    header = next(list(layout.header()) for layout in layouts if layout.of == of)
    return header, [[row.get(name, "") for name in header] for row in PLAIN[of]]


def template(name: str, of: str) -> dict[str, str]:
    """Give the headers of a layout (a name, or FILE.toml) with an example of each value.

    A field that several headers may fill stands once, under the first. Raises profile_missing, bad_profile.
    """
    profile = profiles.load(name, of)
    rules = [*profile.columns.items()]
    if profile.lines is not None and not profile.lines.file:
        rules += profile.lines.columns.items()
    found = dict(_headers(rules))
    if not found:
        raise HubError("profile_missing", profile=name, of=of, known=", ".join(p.name for p in profiles.shipped(of)))
    return _in_own_order(profile, of, found)


def _headers(rules: Sequence[tuple[str, Sequence[Rule]]]) -> Iterator[tuple[str, str]]:
    """Give each header that fills a field none before it fills; a `*` for a number stands as 1."""
    taken: set[str] = set()
    for header, ways in rules:
        fields = {field for rule in ways for field in rule.to}
        if fields <= taken or ("*" in header and len(ways[0].to) < 2 and not header.startswith(("Phone", "E-mail"))):
            continue
        taken |= fields
        yield header.replace("*", "1"), _example(ways[0])


def _example(rule: Rule) -> str:
    """Give a value as the layout writes it, empty where its own words would be needed."""
    value = EXAMPLES.get(rule.to[0], "")
    if rule.values or rule.any or rule.text or rule.fraction:
        return ""
    if rule.system:
        return value.partition(":")[2]
    if rule.date in {"mdy", "dmy"}:
        return ""
    return value


def _in_own_order(profile: Profile, of: str, found: dict[str, str]) -> dict[str, str]:
    """Put hub's own layout in the order of its export; other layouts stay as they are."""
    if profile.name != "hub":
        return found
    if of == "orders":
        found["status"] = ORDER_STATUS
    order = CUSTOMER_COLUMNS if of == "customers" else ORDER_COLUMNS
    return {header: found[header] for header in order if header in found}
