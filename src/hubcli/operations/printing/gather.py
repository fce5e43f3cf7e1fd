"""Gathers the sheets: quote, order, invoice, statement, visit, receipt, credit note, customer credit.

Only what the reader may see is taken: no cost, no margin, no internal note; delivery notes only on a visit's sheet.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations import visits
from hubcli.operations.customers import standing
from hubcli.operations.customers.editing import head
from hubcli.operations.documents import base, screen
from hubcli.operations.printing.sheet import Pairs, Sheet, Table
from hubcli.operations.statements import kept, letter
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

CHARGES = ("delivery", "mileage", "trip", "shipping", "rush")
DISCOUNTS = {
    "customer": "discount",
    "rebate": "instant rebate",
    "coupon": "coupon",
    "gift_certificate": "gift certificate",
}


def shop(hub: "Hub") -> tuple[str, ...]:
    """Give the shop's name and address, a line each."""
    lines = [base.setting(hub, "shop.name"), *base.setting(hub, "shop.address").split("\n")]
    return tuple(part.strip() for line in lines for part in line.split(";") if part.strip())


def logo(hub: "Hub") -> bytes | None:
    """Give the picture that shop.logo names; raise file_missing, file_unreadable."""
    path = base.setting(hub, "shop.logo")
    if not path:
        return None
    try:
        return Path(path).expanduser().read_bytes()
    except FileNotFoundError:
        raise HubError("file_missing", file=path) from None
    except OSError as error:
        raise HubError("file_unreadable", file=path, why=error.strerror or str(error)) from None


def address(row: Mapping[str, Any] | Any | None) -> tuple[str, ...]:
    """Give an address as lines of an envelope."""
    if row is None:
        return ()
    place = " ".join(filter(None, (", ".join(filter(None, (row["city"], row["state"]))), row["zip"])))
    country = row["country"] if row["country"] not in {None, "US"} else None
    return tuple(line for line in (row["line1"], row["line2"], place, country) if line)


def _to(hub: "Hub", customer: int) -> tuple[str, ...]:
    row = head(hub, customer)
    stands = standing.of(hub, customer)
    company = (str(head(hub, stands.company)["name"]),) if stands.company else ()
    return (*company, str(row["name"]), *address(standing.billing(hub, stands)))


def _pairs(*pairs: tuple[str, Any]) -> Pairs:
    return tuple((name, str(value)) for name, value in pairs if value not in {None, "", "0.00"})


# ----------------------------------------------------------------------------------------------------------- documents


def document(hub: "Hub", number: int, kind: str) -> Sheet:
    """Give a quote, an order confirmation or an invoice; raise not_found, not_invoiced."""
    view = screen.view(hub, number)
    row = base.again(hub, number)
    if kind == "invoice" and view["invoice"] is None:
        raise HubError("not_invoiced", ref=base.ref_of(row), refs=(base.ref_of(row),))
    titles = {"quote": "Quote", "order": "Order confirmation", "invoice": "Invoice"}
    printed = base.printed(hub, int(view["invoice"][1:])) if kind == "invoice" else view["printed_number"]
    delivery = (view["delivery_address"] or "").replace("\n", ", ")
    facts = _pairs(
        ("date", view["invoiced_on"] if kind == "invoice" else view["date"]),
        ("valid to", view["expires_on"] if kind == "quote" else None),
        ("order", view["printed_number"] if kind == "invoice" else None),
        ("customer", view["customer"]),
        ("your order", view["purchase_order"]),
        ("job", view["job_name"]),
        ("needed by", view["needed_on"]),
        ("terms", view["terms"]),
        ("due", view["due_on"] if kind == "invoice" else None),
        ("delivery to", delivery),
        ("your contact", _salesperson(hub, row)),
    )
    notes = tuple(note["text"] for note in view["notes"] if note["type"] == "customer")
    return Sheet(
        f"{titles[kind]} {printed}", shop(hub), _to(hub, row["customer_id"]), facts, (_lines(view),), _sums(view, kind),
        notes, logo(hub),
    )  # fmt: skip


def _salesperson(hub: "Hub", row: Any) -> str | None:
    found = hub.one("staff.by_login", {"login": row["salesperson"]}) if row["salesperson"] else None
    return None if found is None else str(found["name"])


def _lines(view: Mapping[str, Any]) -> Table:
    columns = (("", False), ("Item", False), ("Qty", True), ("Price", True), ("Amount", True))
    rows: list[tuple[str, ...]] = []
    under: list[str] = []
    for line in view["lines"]:
        named = " ".join(filter(None, (line["model"], line["description"])))
        rows.append((str(line["line"]), named, str(line["quantity"]), line["unit_price"], line["net"]))
        under.append(_small_print(line))
        for service in (*line["installs"], *filter(None, (line["haul_away"], line["plan"]))):
            count = service["quantity"]
            name = service.get("name") or service.get("sku") or "Haul-away"
            amount = money.show(money.parse(service["price"], "price") * count)
            rows.append(("", str(name), str(count), service["price"], amount))
            under.append(f"covers to {service['ends_on']}" if service.get("ends_on") else "")
    return Table(columns, tuple(rows), tuple(under))


def _small_print(line: Mapping[str, Any]) -> str:
    worn = [line[name] for name in ("size", "colour", "decoration", "condition") if line[name]]
    discount = [f"less {line['discount']}"] if line["discount"] else []
    serials = [f"serial {', '.join(line['serials'])}"] if line["serials"] else []
    return ", ".join([*worn, *discount, *serials])


def _sums(view: Mapping[str, Any], kind: str) -> Pairs:
    off = {label: view["discounts"][name] for name, label in DISCOUNTS.items()}
    sums = _pairs(
        ("goods", view["goods"]),
        ("services", view["services"]),
        *((f"{name} charge", view["charges"][name]) for name in CHARGES),
        *((label, f"-{amount}" if amount != "0.00" else None) for label, amount in off.items()),
        ("tax, exempt" if view["tax_exempt"] else f"tax {view['tax_rate']} %", view["tax"]),
    )
    owed = "left to pay" if kind == "quote" else "to be paid"
    after = _pairs(
        ("returned", _negative(view["returned"])), ("taken off", _negative(view["adjusted"])),
        ("paid", _negative(view["paid"])), ("on its way", _negative(view["pending"])),
    )  # fmt: skip
    return (*sums, ("total", view["total"]), *after, *(((owed, view["balance"]),) if after or kind != "quote" else ()))


def _negative(amount: str) -> str | None:
    return None if amount == "0.00" else amount.removeprefix("-") if amount.startswith("-") else f"-{amount}"


# ---------------------------------------------------------------------------------------------------------- statements


def statement(hub: "Hub", number: int) -> Sheet:
    """Give a statement as it was issued; raise not_found, statement_altered."""
    content = kept.opened(kept.get(hub, number))
    facts = _pairs(
        ("issued", content["issued_on"]), ("from", content["from"]), ("to", content["to"]),
        ("customer", content["customer"]),
    )  # fmt: skip
    columns = (("Number", False), ("Date", False), ("Due", False), ("Overdue", False), ("Amount", True), ("Open", True))
    rows = tuple(
        (line["printed"], line["date"], line["due_on"] or "", _late(line), line["total"], line["balance"])
        for line in content["lines"]
    )
    moves = (("Date", False), ("", False), ("Amount", True), ("Balance", True))
    moved = tuple(
        (move["date"], " ".join(filter(None, (move["what"], move["number"]))), move["amount"], move["balance"])
        for move in content["moves"]
    )
    tables = [Table(moves, moved)] if moved else []
    tables += [Table(columns, rows)] if rows else []
    sums = _pairs(("listed", content["balance"]), (f"not yet due, {letter.counted(content)}", content["not_yet_due"]))
    owner = tuple(line for line in (content["shop"]["name"], *(content["shop"]["address"] or "").split("\n")) if line)
    return Sheet(
        f"Statement {content['number']}", owner, (content["customer_name"], *content["address"]), facts, tuple(tables),
        (*sums, ("owed in all", content["total_owed"])), tuple(content["messages"]), logo(hub),
    )  # fmt: skip


def _late(line: Mapping[str, Any]) -> str:
    if line["disputed"]:
        return "disputed"
    return f"{line['days_overdue']} days" if line["days_overdue"] else ""


# ---------------------------------------------------------------------------------------------------- visits and money


def visit(hub: "Hub", number: int) -> Sheet:
    """Give the sheet that the technician takes along: delivery notes only, no price."""
    row = visits.get(hub, number)
    customer = head(hub, row["customer"])
    view = screen.view(hub, row["document_id"])
    place = hub.one("visits.place", {"customer": row["customer"]})
    facts = _pairs(
        ("day", row["date"]), ("time", row["time_window"]), ("driver", row["driver"]), ("method", row["method"]),
        ("order", view["printed_number"]), ("phone", customer["mobile_phone"]), ("other phone", customer["home_phone"]),
        ("model", row["model"]), ("serial", row["serial"]), ("form", row["form"]),
    )  # fmt: skip
    where = tuple((view["delivery_address"] or "").split("\n")) if view["delivery_address"] else address(place)
    columns = (("", False), ("Item", False), ("Qty", True), ("Serial", False))
    lines = [line for line in view["lines"] if row["line"] in {None, line["line"]}]
    items = tuple(
        (str(line["line"]), " ".join(filter(None, (line["model"], line["description"]))), str(line["quantity"]),
         ", ".join(line["serials"]))
        for line in lines
    )  # fmt: skip
    notes = [note["text"] for note in view["notes"] if note["type"] == "delivery"]
    told = [row["description"]] if row["description"] else []
    return Sheet(
        f"{row['type'].capitalize()} visit V{number}", shop(hub), (str(customer["name"]), *where), facts,
        (Table(columns, items),), (), (*told, *notes), logo(hub),
    )  # fmt: skip


def receipt(hub: "Hub", number: int) -> Sheet:
    """Give the receipt of a payment; raise not_found, wrong_status for one that does not stand."""
    row = hub.one("printing.payment", {"id": number})
    if row is None:
        raise HubError("not_found", what="payment", ref=f"P{number}", near="", tries=("hub payments list",))
    if row["status"] not in {"confirmed", "pending"}:
        raise HubError("no_receipt", ref=f"P{number}", status=row["status"], refs=(f"P{number}",))
    order = base.again(hub, row["document_id"])
    facts = _pairs(
        ("date", row["paid_on"]), ("method", row["method"].replace("-", " ")), ("reference", row["reference"]),
        ("for", f"{'quote' if order['ordered_on'] is None else 'order'} {base.printed(hub, order['id'])}"),
        ("status", "awaiting confirmation" if row["status"] == "pending" else None), ("taken by", row["recorded_by"]),
    )  # fmt: skip
    sums = (("received", money.show(row["amount_cents"])), ("left to pay", money.show(max(0, order["balance_cents"]))))
    return Sheet(f"Receipt P{number}", shop(hub), _to(hub, row["customer_id"]), facts, (), sums, (), logo(hub))


def credit_note(hub: "Hub", number: int) -> Sheet:
    """Give the credit note of a return: what came back, what it gives back; raise not_found."""
    row = hub.one("printing.return", {"id": number})
    if row is None:
        raise HubError("not_found", what="return", ref=f"R{number}", near="", tries=("hub report returns",))
    view = screen.view(hub, row["document_id"])
    told = next(one for one in view["returns"] if one["number"] == f"R{number}")
    columns = (("", False), ("Item", False), ("Qty", True), ("Amount", True))
    items = tuple(
        (str(line["line"]), " ".join(filter(None, (line["model"], line["service"]))), str(line["quantity"] or ""),
         line["amount"])
        for line in told["lines"]
    )  # fmt: skip
    facts = _pairs(("date", told["date"]), ("order", view["printed_number"]), ("reason", told["reason"]))
    sums = _pairs(
        ("share of discounts", _negative(money.show(row["discount_cents"]))), ("delivery", told["delivery"]),
        ("tax", told["tax"]), ("restocking fee", _negative(told["restocking"])),
    )  # fmt: skip
    total = (("credited", told["refund"]),)
    return Sheet(
        f"Credit note R{number}", shop(hub), _to(hub, row["customer_id"]), facts, (Table(columns, items),),
        (*sums, *total), (), logo(hub),
    )  # fmt: skip


def wallet(hub: "Hub", customer: int) -> Sheet:
    """Give the slip of a customer's credit: its last movements and the balance."""
    rows = list(hub.rows("printing.wallet", {"customer": customer}))
    columns = (("Date", False), ("", False), ("Amount", True), ("Balance", True))
    items = tuple(
        (row["entered_on"], row["type"].replace("_", " "), money.show(row["amount_cents"]), money.show(row["balance"]))
        for row in rows
    )
    balance = rows[-1]["balance"] if rows else 0
    facts = _pairs(("date", hub.day.today), ("customer", f"C{customer}"))
    return Sheet(
        "Customer credit", shop(hub), _to(hub, customer), facts, (Table(columns, items),) if items else (),
        (("balance", money.show(balance)),), (), logo(hub),
    )  # fmt: skip


def sheets(hub: "Hub", refs: Sequence[tuple[str, int]]) -> list[Sheet]:
    """Give the sheets of records by kind and number."""
    makers = {"statement": statement, "visit": visit, "receipt": receipt, "credit-note": credit_note, "credit": wallet}
    return [makers[kind](hub, number) if kind in makers else document(hub, number, kind) for kind, number in refs]
