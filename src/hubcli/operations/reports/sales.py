"""What was quoted and sold: revenue, margins and what came back, by tab, by stage and by group."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

GROUPS = ("month", "year", "day", "customer", "salesperson", "class", "location", "source", "model")
TABS = ("active", "expired")
STAGES = ("not-requested", "on-order", "pending-delivery", "delivered", "returned")


def margin(revenue: int, cost: int) -> int | None:
    """Give (revenue - cost) / revenue in basis points, rounded half away from zero; None without revenue."""
    if revenue <= 0:
        return None
    gained = revenue - cost
    share = money.round_half_up(abs(gained) * 10_000, revenue)
    return share if gained >= 0 else -share


def complete(unknown: int) -> int:
    """Tell as 1 or 0 whether every cost was known."""
    return int(unknown == 0)


def quotes(hub: "Hub", params: Mapping[str, object]) -> list[Any]:
    """Give the quotes that may still become an order, or whose time is over, one row each."""
    return list(hub.rows("report.quotes", params))


def by_tab(rows: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Give for active and expired quotes: count, revenue, total, deposits, estimated margin, whether it is complete."""
    found = []
    kept = list(rows)
    for tab in TABS:
        mine = [row for row in kept if row["status"] == tab]
        sums = [sum(row[name] for row in mine) for name in ("revenue", "total", "deposits")]
        known, cost, unknown = (sum(row[name] for row in mine) for name in ("known", "cost", "unknown"))
        found.append((tab, len(mine), *sums, margin(known, cost), complete(unknown)))
    return found


def stages(hub: "Hub", params: Mapping[str, object]) -> list[tuple[Any, ...]]:
    """Give the lines of orders by how far their goods are: stage, orders, lines, units, cents; all five stages."""
    found = {row["stage"]: tuple(row) for row in hub.rows("report.stages", params)}
    return [found.get(stage, (stage, 0, 0, 0, 0)) for stage in STAGES]


SOLD = ("orders", "units", "goods", "services", "charges", "discounts", "tax", "total", "known", "cost", "unknown")


def sales(hub: "Hub", params: Mapping[str, object]) -> list[dict[str, Any]]:
    """Give what was sold by group, with what was taken back and off in the same period, by `params["by"]`.

    A model has no charges, discounts and tax of its own; its total is goods and services. Customers and models come
    with the largest total first.
    """
    of_model = params["by"] == "model"
    rows: dict[str, dict[str, Any]] = defaultdict(lambda: {"name": None, **dict.fromkeys(SOLD, 0)})
    for row in hub.rows("report.models" if of_model else "report.sales", params):
        mine = rows[row["grp"]]
        mine |= dict(zip(row.keys(), row, strict=True))
        if of_model:
            mine |= {"charges": None, "discounts": None, "tax": None, "total": row["goods"] + row["services"]}
    later = {"returned": "report.models_returned"} if of_model else BACK
    for name, block in later.items():
        for row in hub.rows(block, params):
            rows[row["grp"]][name] = row["cents"]
            rows[row["grp"]]["name"] = row["name"]
    found = [_net(group, row) for group, row in sorted(rows.items())]
    return sorted(found, key=lambda row: -row["total"]) if params["by"] in {"customer", "model"} else found


BACK = {"returned": "report.sales_returned", "adjusted": "report.sales_adjusted"}


def _net(group: str, row: dict[str, Any]) -> dict[str, Any]:
    back, off = row.get("returned", 0), row.get("adjusted", 0)
    return row | {
        "group": group or None, "returned": back, "adjusted": off, "net": row["total"] - back - off,
        "margin": margin(row["known"], row["cost"]), "margin_complete": complete(row["unknown"]),
    }  # fmt: skip


def items(hub: "Hub", numbers: list[int]) -> dict[int, list[str]]:
    """Give what each of some returns took back, in words: `2 x FRG-100`, `plan of FRG-100`, `money for FRG-100`."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in hub.rows("report.returned_items", {"ids": numbers}) if numbers else ():
        if row["what"] != "goods":
            told = f"{row['what']} of {row['model']}"
        else:
            told = f"{row['quantity']} x {row['model']}" if row["quantity"] else f"money for {row['model']}"
        found[row["return_id"]].append(told)
    return found


def ways(hub: "Hub", numbers: list[int]) -> dict[int, list[str]]:
    """Give the methods by which the money of some returns went."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in hub.rows("report.returned_ways", {"ids": numbers}) if numbers else ():
        found[row["return_id"]].append(row["method"])
    return found
