"""Reads a document from JSON with the keys that `show --json` prints; what hub works out itself is passed over."""

from collections.abc import Mapping, Sequence
from typing import Any

from hubcli.errors import HubError, bad_value
from hubcli.operations.documents import typed
from hubcli.values import money, text, words

FIELDS = (
    "customer", "job_name", "class", "date", "expires_on", "salesperson", "location", "source", "tax_rate",
    "purchase_order", "needed_on", "delivery_address", "discount_rate",
)  # fmt: skip
CHARGES = ("delivery", "mileage", "trip", "shipping", "rush")
DISCOUNTS = ("rebate", "coupon", "gift_certificate")
LINE = (
    "model", "description", "quantity", "unit_price", "unit_cost", "discount", "fulfillment", "condition", "size",
    "colour", "decoration", "installs", "haul_away", "plan",
)  # fmt: skip
LINE_DERIVED = ("line", "net", "delivery_status", "scheduled_on", "delivered_on", "delivery_method", "driver",
                "serials", "returned_quantity", "margin")  # fmt: skip


def parse(content: str, name: str, derived: Sequence[str]) -> tuple[dict[str, str], list[typed.Line]]:
    """Give the fields as text, as options would bring them, and the lines; raise bad_json or bad_value.

    Numbers are read as their digits stand, never as floats. `derived` are keys that are passed over.
    """
    import json

    try:
        found = json.loads(content, parse_float=str, parse_int=str)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise HubError("bad_json", file=name, line=line, why=getattr(error, "msg", str(error))) from None
    if not isinstance(found, dict):
        raise HubError("bad_json", file=name, line=1, why="a document is one object, in braces")
    _known(found, (*FIELDS, "charges", "discounts", "lines"), derived, "")
    fields = {key: _text(found[key], key) for key in FIELDS if found.get(key) is not None}
    fields |= _group(found, "charges", CHARGES, ())
    fields |= _group(found, "discounts", DISCOUNTS, ("customer",))
    lines = _list(found.get("lines"), "lines")
    return fields, [_line(one, f"lines[{at}]") for at, one in enumerate(lines)]


def _known(found: Mapping[str, Any], keys: Sequence[str], derived: Sequence[str], where: str) -> None:
    for key in found:
        if key not in keys and key not in derived:
            close = words.near(key, keys)
            hint = f"did you mean {', '.join(close)}?" if close else f"there are {', '.join(keys)}"
            raise bad_value(f"{where}{key}", key, f"is not a key of a document: {hint}")


def _text(value: Any, key: str) -> str:
    if isinstance(value, str):
        return value
    raise bad_value(key, str(value), "is not text or a number")


def _group(found: Mapping[str, Any], name: str, keys: Sequence[str], derived: Sequence[str]) -> dict[str, str]:
    group = found.get(name) or {}
    if not isinstance(group, dict):
        raise bad_value(name, str(group), "is not an object")
    _known(group, keys, derived, f"{name}.")
    return {key: _text(group[key], f"{name}.{key}") for key in keys if group.get(key) is not None}


def _list(value: Any, where: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_value(where, str(value), "is not a list")
    return value


def _line(found: Any, where: str) -> typed.Line:
    if not isinstance(found, dict):
        raise bad_value(where, str(found), "is not an object")
    _known(found, LINE, LINE_DERIVED, f"{where}.")
    if not found.get("model"):
        raise bad_value(f"{where}.model", "", "is missing")
    quantity = money.quantity(_text(found.get("quantity") or "1", f"{where}.quantity"), f"{where}.quantity")
    rate, amount = typed.discount(_optional(found, "discount", where), f"{where}.discount")
    names = {key: _name(found, key, where) for key in ("description", "condition", "size", "colour", "decoration")}
    return typed.Line(
        text.name(_text(found["model"], f"{where}.model"), f"{where}.model", code=True),
        quantity,
        _money(found, "unit_price", where),
        _money(found, "unit_cost", where),
        discount_rate=rate,
        discount=amount,
        fulfillment=_fulfillment(found.get("fulfillment"), where),
        services=tuple(_services(found, quantity, where)),
        **names,
    )


def _optional(found: Mapping[str, Any], key: str, where: str) -> str | None:
    return None if found.get(key) in (None, "") else _text(found[key], f"{where}.{key}")


def _name(found: Mapping[str, Any], key: str, where: str) -> str | None:
    value = _optional(found, key, where)
    return None if value is None else text.name(value, f"{where}.{key}")


def _money(found: Mapping[str, Any], key: str, where: str) -> int | None:
    value = _optional(found, key, where)
    return None if value is None else money.parse(value, f"{where}.{key}")


def _fulfillment(value: Any, where: str) -> str | None:
    listed = value.split(",") if isinstance(value, str) else _list(value, f"{where}.fulfillment")
    return typed.fulfillment([_text(one, f"{where}.fulfillment") for one in listed], f"{where}.fulfillment")


def _services(found: Mapping[str, Any], quantity: int, where: str) -> list[typed.Service]:
    services = []
    for at, one in enumerate(_list(found.get("installs"), f"{where}.installs")):
        services.append(_service("install", one, f"{where}.installs[{at}]", 1))
    haul = found.get("haul_away")
    if haul:
        services.append(_service("haul-away", {"name": "Haul away", **haul}, f"{where}.haul_away", 1))
    plan = found.get("plan")
    if plan:
        services.append(_service("plan", {"name": plan.get("sku"), **plan}, f"{where}.plan", quantity))
    return services


def _service(kind: str, found: Any, where: str, quantity: int) -> typed.Service:
    if not isinstance(found, dict):
        raise bad_value(where, str(found), "is not an object")
    _known(found, ("name", "sku", "quantity", "price", "cost", "months"), ("returned", "ends_on"), f"{where}.")
    name, price, cost = _name(found, "name", where), _money(found, "price", where), _money(found, "cost", where)
    if name is None or price is None:
        raise bad_value(where, str(found), "needs a name and a price")
    count = _optional(found, "quantity", where)
    if kind == "haul-away" and cost is None:
        cost = 0
    return typed.Service(
        kind, name, money.quantity(count, f"{where}.quantity") if count else quantity, price, cost,
        typed.plan_months(_optional(found, "months", where)),
    )  # fmt: skip
