"""What every sheet is put together from: the shop's head, addresses, pairs, notes of one reader, names of things."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError
from hubcli.operations.customers import standing
from hubcli.operations.customers.editing import head
from hubcli.operations.printing.sheet import House, Pairs, Sheet, Table
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

ITEM = (("", "text"), ("Item", "long"), ("Qty", "count"))
"""The first columns of a table of goods."""


def sheet(
    hub: "Hub",
    title: str,
    to: tuple[str, ...],
    facts: Pairs,
    tables: tuple[Table, ...] = (),
    sums: Pairs = (),
    *,
    notes: tuple[str, ...] = (),
    blanks: tuple[str, ...] = (),
    shop: tuple[str, ...] | None = None,
    closing: bool = False,
) -> Sheet:
    """Give a sheet of this shop, with its head and its way to write amounts; `shop` is the head that was frozen."""
    form = hub.setting("print.money")
    last = lines_of(hub.setting("print.closing")) if closing else ()
    house = House(_head(hub) if shop is None else shop, logo(hub), last)
    amounts = tuple((name, money.written(amount, form)) for name, amount in sums)
    return Sheet(title, house, to, facts, tuple(_written(table, form) for table in tables), amounts, notes, blanks)


def _written(table: Table, form: str) -> Table:
    """Give a table with its amounts in the shop's form."""
    kinds = [kind for _, kind in table.columns]
    rows = tuple(
        tuple(money.written(cell, form) if kind == "money" and cell else cell
              for cell, kind in zip(row, kinds, strict=True))
        for row in table.rows
    )  # fmt: skip
    return table._replace(rows=rows)


def lines_of(text: str) -> tuple[str, ...]:
    """Give the lines of a setting: each line, and what stands between semicolons."""
    return tuple(part.strip() for line in text.split("\n") for part in line.split(";") if part.strip())


def _head(hub: "Hub") -> tuple[str, ...]:
    """Give the shop's name and address, a line each."""
    return (*lines_of(hub.setting("shop.name")), *lines_of(hub.setting("shop.address")))


def logo(hub: "Hub") -> bytes | None:
    """Give the picture that shop.logo names; raise file_missing, file_unreadable."""
    path = hub.setting("shop.logo")
    if not path:
        return None
    try:
        return Path(path).expanduser().read_bytes()
    except FileNotFoundError:
        raise HubError("file_missing", file=path) from None
    except OSError as error:
        raise HubError("file_unreadable", file=path, why=error.strerror or str(error)) from None


def address(hub: "Hub", row: Mapping[str, Any] | Any | None) -> tuple[str, ...]:
    """Give an address as lines of an envelope; the country only where it is not the shop's."""
    if row is None:
        return ()
    place = " ".join(filter(None, (", ".join(filter(None, (row["city"], row["state"]))), row["zip"])))
    country = row["country"] if row["country"] != hub.setting("shop.country") else None
    return tuple(line for line in (row["line1"], row["line2"], place, country) if line)


def billed(hub: "Hub", customer: int) -> tuple[str, ...]:
    """Give whom a document is for: the company of a contact, the customer, the billing address."""
    row = head(hub, customer)
    stands = standing.of(hub, customer)
    company = (str(head(hub, stands.company)["name"]),) if stands.company else ()
    return (*company, str(row["name"]), *address(hub, standing.billing(hub, stands)))


def pairs(*given: tuple[str, Any]) -> Pairs:
    """Give those of the pairs that say something."""
    return tuple((name, str(value)) for name, value in given if value not in {None, "", "0.00"})


def less(amount: str) -> str | None:
    """Give an amount with the other sign, as it stands in a sum; None for nothing."""
    return None if amount == "0.00" else amount.removeprefix("-") if amount.startswith("-") else f"-{amount}"


def notes(view: Mapping[str, Any], reader: str) -> tuple[str, ...]:
    """Give the notes of a document that are for this reader: customer, delivery."""
    return tuple(note["text"] for note in view["notes"] if note["type"] == reader)


def item(line: Mapping[str, Any]) -> str:
    """Give what a line is: its model and its description."""
    return " ".join(filter(None, (line["model"], line["description"])))


def service(row: Mapping[str, Any]) -> str:
    """Give what a service is: an install by its name, a plan by its SKU, else haul-away."""
    return str(row.get("name") or row.get("sku") or "Haul-away")
