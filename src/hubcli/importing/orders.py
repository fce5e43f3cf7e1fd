"""Orders with their lines, one at a time: from rows that stand together, or from a second file of lines."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from hubcli.errors import HubError
from hubcli.importing.fields import MONEY_FIELDS
from hubcli.importing.mapping import Mapper, check_mapped, left_out, refuse_unknown
from hubcli.importing.profiles import Lines, Profile, find_columns
from hubcli.importing.reader import Table, open_table

Order = dict[str, Any]
_ADDED = ("delivery_charge", "mileage_charge", "trip_charge", "shipping_charge", "rush_charge", "tax")
_TAKEN = ("customer_discount", "rebate", "coupon", "gift_certificate")
_FINE = re.compile(r"(-?\d+\.\d\d)(\d+)")


class Orders:
    """The orders of one file, read once; those that cannot be taken are in the table's rejects, row by row.

    Each order is {field: text …, "external": (system, id) or None, "lines": [{field: text}], "line_numbers": [int]},
    the last being where its rows begin in the file. `unknown`, `derived`, `absent` and `second` are as for a Mapper;
    `lines_unknown` are those of the file of lines.
    """

    def __init__(
        self, profile: Profile, table: Table, ignore: Collection[str], beside: str | None, currency: str = ""
    ) -> None:
        """`beside` is the file of lines, where it is not the one that the profile names; `currency` is the shop's.

        HubError: columns_unknown, columns_missing, file_missing (of the lines), lines_unreadable.
        """
        lines = profile.lines or Lines("", "", (), {})
        if beside is not None:
            lines = lines._replace(file=beside, key=lines.key or lines.group[0])
        headers = left_out(table.headers, ignore)
        self.table = table
        self._head = Mapper(profile, headers, table.folder, "orders")
        check_mapped(self._head, "orders", table.name, table.typed)
        self._same = [(h, i) for h in profile.same for i, _ in find_columns(h, headers)]
        self._first: dict[int, str] = {}
        self._shops = {i: currency for header, i in self._same if header == "Currency" and currency}
        self.unknown, self.derived = self._head.unknown, self._head.derived
        self.absent, self.second = [*self._head.absent], [*self._head.second]
        self._beside: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self.lines_unknown: list[str] = []
        if lines.file:
            self._key = _indexes((lines.key,), headers)
            self._beside, self.lines_unknown = _load_lines(profile, lines, table)
        else:
            self._key = _indexes(lines.group, headers)
            self._line = Mapper(profile, headers, table.folder, "lines")
            check_mapped(self._line, "lines", table.name, table.typed)
            self.unknown = [h for h in self.unknown if h in self._line.unknown]
            self.absent += self._line.absent
            self.second += self._line.second
        if not self._key:
            fields = lines.key or " or ".join(lines.group)
            raise HubError("columns_missing", file=table.name, typed=table.typed, of="orders", fields=fields)
        refuse_unknown(profile, self.unknown, table.name, table.typed)
        self.unknown = [h for h in self.unknown if h]
        self._joined = bool(lines.file)
        self._settles = lines.settle_discounts

    def __iter__(self) -> Iterator[Order]:
        """Give the orders in the order of the file. HubError orders_scattered when an order's rows lie apart."""
        for rows, torn in self._groups():
            order, why = self._joined_order(rows) if self._joined else self._grouped_order(rows)
            why = why or torn or _refine(order)
            if self._settles and not why:
                _settle(order)
            if why:
                for line, cells in rows:
                    self.table.reject(line, why, cells)
            else:
                yield order
        for key, left in self._beside.items():
            for number, _ in left:
                self.table.reject(number, f"of the file of lines is of order {key}, which is not in the file", [])

    def _groups(self) -> Iterator[tuple[list[tuple[int, list[str]]], str]]:
        """Give the rows of each order, and why they may not be all of them: an unreadable row before or after."""
        seen: set[int] = set()  # hashes: a number for each order is all that is kept
        rows: list[tuple[int, list[str]]] = []
        last, torn, bad = "", False, self.table.rejected
        for line, cells in self.table.rows():
            key = next((cells[i] for i in self._key if cells[i].strip()), "")
            broken, bad = self.table.rejected > bad, self.table.rejected
            if rows and key == last and key:
                torn = torn or broken
                rows.append((line, cells))
                continue
            if rows:
                yield rows, _TORN if torn or broken else ""
                bad = self.table.rejected
            if key and hash(key) in seen:
                raise HubError("orders_scattered", file=self.table.name, order=key.strip(), line=line)
            seen.add(hash(key))
            rows, last, torn = [(line, cells)], key, broken
        if rows:
            yield rows, _TORN if torn or self.table.rejected > bad else ""

    def _grouped_order(self, rows: list[tuple[int, list[str]]]) -> tuple[Order, str]:
        order: Order = {}
        for line, cells in rows:
            for field, value in self._head(cells).items():
                if order.setdefault(field, value) != value:
                    return order, f"its {field} on line {line}, {value!r}, differs from {order[field]!r} before"
            if why := self._varies(cells):
                return order, why
        lines = [found for _, cells in rows if (found := self._line(cells))]
        return self._complete(order, lines, [line for line, _ in rows])

    def _joined_order(self, rows: list[tuple[int, list[str]]]) -> tuple[Order, str]:
        if len(rows) > 1:
            return {}, "stands twice in the file"
        line, cells = rows[0]
        lines = self._beside.pop(cells[self._key[0]].strip(), [])
        return self._complete(self._head(cells), [found for _, found in lines], [line])

    def _complete(self, order: Order, lines: list[dict[str, str]], numbers: list[int]) -> tuple[Order, str]:
        external = order.pop("external_id", "")
        system, _, number = external.partition(":")
        order["external"] = (system, number) if system and number else None
        order["lines"], order["line_numbers"] = lines, numbers
        if external and order["external"] is None:
            return order, f"its external id {external!r} names no system: write old:{external}"
        return order, "" if external or order.get("number") else "has no order number"

    def _varies(self, cells: list[str]) -> str:
        for header, i in self._same:
            value = cells[i].strip()
            if value and value.upper() != self._shops.get(i, value.upper()):
                return f"its {header} {value!r} is not the shop's, {self._shops[i]!r}"
            if value and self._first.setdefault(i, value) != value:
                return f"its {header} {value!r} is another than the file's first, {self._first[i]!r}"
        return ""


_TORN = "is incomplete: a row beside it cannot be read"


def read_orders(
    profile: Profile, table: Table, *, ignore: Collection[str] = (), lines: str | None = None, currency: str = ""
) -> Orders:
    """Give the orders of an opened file by a profile of orders; `lines` is a file of lines other than the profile's.

    Orders in another currency than the shop's are put aside; where it is not told, than that of the file's first one.
    Files of lines and names are looked for beside the file of orders.
    """
    return Orders(profile, table, ignore, lines and str(Path(lines).absolute()), currency)


def _indexes(names: tuple[str, ...], headers: list[str]) -> list[int]:
    return [i for name in names for i, _ in find_columns(name, headers)]


def _load_lines(
    profile: Profile, lines: Lines, table: Table
) -> tuple[dict[str, list[tuple[int, dict[str, str]]]], list[str]]:
    """Read the file of lines as {key: [(line number, line)]}, and its unknown headers; a bad row refuses the file."""
    path = (table.folder or Path()) / lines.file
    if (table.folder is None and not path.is_absolute()) or not path.is_file():
        raise HubError("file_missing", file=path)
    found: dict[str, list[tuple[int, dict[str, str]]]] = {}
    with open_table(path) as beside:
        if lines.key not in beside.headers:
            raise HubError("columns_missing", file=beside.name, typed=table.typed, of="orders", fields=lines.key)
        made = Mapper(profile, beside.headers, table.folder, "lines")
        check_mapped(made, "lines", beside.name, table.typed)
        key = beside.headers.index(lines.key)
        for number, cells in beside.rows():
            found.setdefault(cells[key].strip(), []).append((number, made(cells)))
        if beside.rejects:
            bad = beside.rejects[0]
            raise HubError("lines_unreadable", file=beside.name, line=bad.line, why=bad.reason)
        return found, [h for h in made.unknown if h != lines.key]


def _refine(order: Order) -> str:
    """Drop zeros behind the cents of every amount, in place; say which amount is finer than a cent."""
    for record in (order, *order["lines"]):
        for field in MONEY_FIELDS & record.keys():
            if found := _FINE.fullmatch(record[field]):
                if found[2].strip("0"):
                    return f"its {field} {record[field]!r} has more than two decimals"
                record[field] = found[1]
    return ""


def _settle(order: Order) -> None:
    """Drop the lines' discounts, in place, when the order's total comes out right only without them."""
    lines = order["lines"]
    discounts = [line["discount"] for line in lines if "discount" in line]
    try:
        goods = sum(Decimal(line["unit_price"]) * Decimal(line["quantity"]) for line in lines)
        added = sum(Decimal(order.get(field, "0")) for field in _ADDED)
        taken = sum(Decimal(order.get(field, "0")) for field in _TAKEN)
        apart = sum(map(Decimal, discounts))
        total = Decimal(order["total"])
    except (InvalidOperation, KeyError):
        return
    if discounts and goods + added - taken == total != goods + added - taken - apart:
        for line in lines:
            line.pop("discount", None)
