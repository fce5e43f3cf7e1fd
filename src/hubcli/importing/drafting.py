"""A first mapping for an unknown file: headers matched to fields by name, everything else left for the shop to fill."""

import json
import textwrap

from hubcli.importing.fields import FIELDS
from hubcli.importing.profiles import shipped

_ALIKE = 0.82  # how like a known name a header must be
# fmt: off
_ALIASES = {  # what shops call their columns, letters and digits only
    "customers": {
        "customerno": "external_id", "customerid": "external_id", "accountnumber": "external_id", "id": "external_id",
        "customernumber": "external_id", "first": "first_name", "forename": "first_name", "given": "first_name",
        "last": "last_name", "family": "last_name", "customername": "full_name", "contact": "contact_name",
        "business": "company_name", "organisation": "company_name", "organization": "company_name", "mail": "email",
        "tel": "phone", "telephone": "phone", "cell": "mobile_phone", "cellphone": "mobile_phone",
        "street": "billing_line1", "address": "billing_line1", "addressline1": "billing_line1",
        "addressline2": "billing_line2", "town": "billing_city", "county": "billing_state", "province": "billing_state",
        "postcode": "billing_zip", "zipcode": "billing_zip", "postal": "billing_zip", "comments": "note",
        "remarks": "note", "customersince": "created_at", "salesrep": "manager", "referral": "found_us",
    },
    "orders": {
        "orderno": "external_id", "orderid": "external_id", "ordernumber": "external_id", "invoice": "external_id",
        "invoiceno": "external_id", "invoicenumber": "external_id", "customerid": "customer", "email": "customer",
        "customeremail": "customer", "date": "ordered_on", "orderdate": "ordered_on", "invoicedate": "ordered_on",
        "salesrep": "salesperson", "po": "purchase_order", "ponumber": "purchase_order", "delivery": "delivery_charge",
        "freight": "delivery_charge", "amountpaid": "paid", "salestax": "tax", "grandtotal": "total",
    },
    "lines": {
        "sku": "model", "item": "model", "modelnumber": "model", "product": "description", "itemname": "description",
        "qty": "quantity", "price": "unit_price", "cost": "unit_cost", "linediscount": "discount",
    },
}
# fmt: on


def draft(headers: list[str], of: str, name: str = "mine") -> str:
    """Give the text of a mapping file: a guess per column, with comments on what else can be written."""
    order_lines = _guesses(headers, "lines") if of == "orders" else {}
    guesses = {h: f for h, f in _guesses(headers, of).items() if h not in order_lines}
    distinct = [h for h in headers if h in guesses or h in order_lines][:4] or headers[:4]
    parts = [
        f"# Which column of your file is which field of hub. Check every line, then: --profile {name}.toml",
        f"profile = {_quoted(name)}",
        f"of = {_quoted(of)}",
        "# A file that has all these columns is of this layout.",
        f"recognise = [{', '.join(map(_quoted, distinct))}]",
        "# Columns that you know and do not need.",
        "skip = []",
        "",
        "[columns]",
        *_lines(headers, guesses, order_lines),
    ]
    if of == "orders":
        parts += ["", *_order_part(headers, guesses, order_lines)]
    fields = textwrap.wrap("Fields: " + ", ".join(sorted(FIELDS[of])), 110, initial_indent="# ", subsequent_indent="# ")
    more = [
        "",
        *fields,
        '# More than a name: {to = "external_id", system = "old"}, {to = "mobile_phone", strip = "\'"},',
        '# {to = "email", split = "; ", more = "billing_emails"}, {to = "type", values = {vip = "luxury"}},',
        '# {to = "created_at", date = "mdy"}, {to = "note", text = "Fax: {value}"}.',
    ]
    return "\n".join(parts + more) + "\n"


def _lines(headers: list[str], guesses: dict[str, str], elsewhere: dict[str, str]) -> list[str]:
    found = [f"{_quoted(h)} = {_quoted(guesses[h])}" for h in headers if h in guesses]
    rest = [h for h in headers if h not in guesses and h not in elsewhere]
    missing = ["# No field was found for these:", *(f'# {_quoted(h)} = ""' for h in rest)] if rest else []
    return found + missing


def _order_part(headers: list[str], guesses: dict[str, str], lines: dict[str, str]) -> list[str]:
    key = next((h for h in headers if guesses.get(h) in ("number", "external_id")), headers[0])
    return [
        "# The rows of one order stand together and have the same value here. Lines in a second file:",
        f'# file = "order_lines.csv", key = {_quoted(key)}',
        "[lines]",
        f"group = {_quoted(key)}",
        "[lines.columns]",
        *(f"{_quoted(h)} = {_quoted(f)}" for h, f in lines.items()),
    ]


def _guesses(headers: list[str], table: str) -> dict[str, str]:
    """Give {header: field}, each field once: the names of hub and of all known layouts, the nearest first."""
    import difflib

    known = _known(table)
    scored = []
    for header in headers:
        plain = _plain(header)
        near = difflib.get_close_matches(plain, known, 1, _ALIKE)
        if near:
            scored.append((difflib.SequenceMatcher(None, plain, near[0]).ratio(), header, known[near[0]]))
    found: dict[str, str] = {}
    for _, header, field in sorted(scored, key=lambda s: -s[0]):
        if field not in found.values():
            found[header] = field
    return {h: found[h] for h in headers if h in found}


def _known(table: str) -> dict[str, str]:
    of = "customers" if table == "customers" else "orders"
    known: dict[str, str] = {}
    for profile in shipped(of):
        rules = profile.columns if table != "lines" else profile.lines.columns if profile.lines else {}
        for column, found in rules.items():
            if len(found) == 1 and not found[0].text and found[0].to[0]:
                known.setdefault(_plain(column), found[0].to[0])
    return known | _ALIASES[table] | {_plain(field): field for field in FIELDS[table]}


def _plain(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
