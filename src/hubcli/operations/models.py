"""The catalogue of models and the price levels: what a quote line takes its price and cost from."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli import settings
from hubcli.errors import HubError, bad_value
from hubcli.values import money, text, words

if TYPE_CHECKING:
    from hubcli.store import Hub

FIELDS = ("model", "description", "price", "cost", "condition", "discontinued")


class Priced(NamedTuple):
    """What the catalogue says of a model for one customer: price and cost in cents, None where it says nothing."""

    model: str
    description: str | None
    price: int | None
    cost: int | None
    condition: str | None
    discontinued: bool


def find(hub: "Hub", model: str) -> Any:
    """Give the row of a model, in whatever case it was typed, or None."""
    exact = hub.one("models.by_model", {"model": model})
    if exact is not None:
        return exact
    close = list(hub.rows("models.like_model", {"model": model}))
    return close[0] if len(close) == 1 else None


def get(hub: "Hub", model: str) -> Any:
    """Give the row of a model; raise not_found with near ones."""
    row = find(hub, model)
    if row is None:
        start = model.lower()[:3].replace("%", "_") + "%"
        near = words.near(model, [r["model"] for r in hub.rows("models.near", {"start": start})])
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise HubError("not_found", what="model", ref=text.visible(model), near=hint, tries=("hub models list",))
    return row


def priced(hub: "Hub", model: str, customer: int | None) -> Priced | None:
    """Give what a customer pays for a model: the price of their level before the list price; None when not listed."""
    row = find(hub, model)
    if row is None:
        return None
    level = hub.one("models.price_for", {"customer": customer, "model": row["id"]}) if customer else None
    price = level["price_cents"] if level is not None else row["price_cents"]
    return Priced(
        row["model"], row["description"], price, row["cost_cents"], row["condition"], bool(row["discontinued"])
    )


def read(typed: Mapping[str, str | None]) -> dict[str, Any]:
    """Read typed fields of FIELDS as columns; None takes a value away; raise bad_value."""
    found: dict[str, Any] = {}
    for name, value in typed.items():
        if name in {"price", "cost"}:
            found[f"{name}_cents"] = None if value is None else money.parse(value, f"--{name}")
        elif name == "discontinued":
            found[name] = int(words.choose(value or "no", ("yes", "no"), name) == "yes")
        elif name in FIELDS:
            found[name] = None if value is None else text.name(value, name)
    return found


def add(hub: "Hub", columns: Mapping[str, Any]) -> int:
    """Add a model, inside a change; give its id; raise model_taken."""
    other = find(hub, columns["model"])
    if other is not None:
        raise HubError("model_taken", model=other["model"])
    return hub.insert("models", columns)


def edit(hub: "Hub", row: Any, columns: Mapping[str, Any]) -> bool:
    """Change what differs in a model, inside a change; tell whether anything did; raise model_taken."""
    changed = {name: value for name, value in columns.items() if row[name] != value}
    if "model" in changed:
        other = find(hub, changed["model"])
        if other is not None and other["id"] != row["id"]:
            raise HubError("model_taken", model=other["model"])
    if changed:
        hub.update("models", row["id"], changed)
    return bool(changed)


# ------------------------------------------------------------------------------------------------------------- import


class Loaded(NamedTuple):
    """What an import of models came to; rejects are (line, reason)."""

    added: int
    changed: int
    same: int
    rejects: list[tuple[int, str]]


def load(hub: "Hub", rows: Iterable[tuple[int, Mapping[str, str]]]) -> Loaded:
    """Add and update models from rows of text, inside a change; an empty cell never overwrites."""
    added = changed = same = 0
    rejects: list[tuple[int, str]] = []
    for line, cells in rows:
        try:
            columns = read({name: value for name, value in cells.items() if value != ""})
            if not columns.get("model"):
                raise bad_value("model", "", "is missing")
        except HubError as error:
            rejects.append((line, error.message))
            continue
        row = find(hub, columns["model"])
        if row is None:
            hub.insert("models", columns)
            added += 1
        elif edit(hub, row, {**columns, "model": row["model"]}):
            changed += 1
        else:
            same += 1
    return Loaded(added, changed, same, rejects)


# ------------------------------------------------------------------------------------------------------- price levels


def list_level(hub: "Hub") -> str:
    """Give what the level of list prices is called."""
    return hub.setting("models.list_level") or "Retail"


def level(hub: "Hub", name: str) -> Any:
    """Give the row (id, name) of a price level; raise level_of_list for that of list prices, not_found."""
    if text.fold(name) == text.fold(list_level(hub)):
        raise HubError("level_of_list", name=list_level(hub))
    row = hub.one("models.level", {"name": name})
    if row is None:
        known = [r["name"] for r in hub.rows("models.levels", {"list": list_level(hub)})]
        near = words.near(name, known) or known
        tries = (f'hub models levels add "{name}"',)
        hint = f"; there are {', '.join(near)}"
        raise HubError("not_found", what="price level", ref=text.visible(name), near=hint, tries=tries)
    return row


def level_or_list(hub: "Hub", name: str) -> Any:
    """Give the row of a price level; None for that of list prices, by its name or by none. Raises not_found."""
    return None if text.fold(name) in {"none", text.fold(list_level(hub))} else level(hub, name)


def add_level(hub: "Hub", name: str) -> int:
    """Add a price level, inside a change; give its id; raise level_taken."""
    _free(hub, name)
    return hub.insert("price_levels", {"name": name})


def rename_level(hub: "Hub", name: str, new: str) -> None:
    """Give a price level another name, that of list prices too, inside a change; raise not_found, level_taken."""
    row = level_or_list(hub, name)
    if text.fold(name) != text.fold(new):
        _free(hub, new)
    if row is None:
        settings.store(hub, "models.list_level", new)
    elif row["name"] != new:
        hub.update("price_levels", row["id"], {"name": new})


def remove_level(hub: "Hub", name: str) -> list[int]:
    """Remove a price level with its prices, inside a change; who bought at it buys at list prices, and is given.

    Raises level_of_list, not_found.
    """
    row = level(hub, name)
    numbers = [one["customer_id"] for one in hub.rows("models.at_level", {"level": row["id"]})]
    for number in numbers:
        assign(hub, number, None)
    hub.run("models.clear_level", {"level": row["id"]})
    hub.run("models.remove_level", {"level": row["id"]})
    return numbers


def _free(hub: "Hub", name: str) -> None:
    other = hub.one("models.level", {"name": name})
    taken = list_level(hub) if text.fold(name) == text.fold(list_level(hub)) else other and other["name"]
    if taken:
        raise HubError("level_taken", name=taken)


def set_price(hub: "Hub", level_id: int, model_id: int, cents: int | None) -> None:
    """Say what a model costs at a level, inside a change; None takes the price away."""
    row = hub.one("models.level_price", {"level": level_id, "model": model_id})
    if cents is None:
        hub.run("models.remove_level_price", {"level": level_id, "model": model_id})
    elif row is None:
        hub.insert("level_prices", {"level_id": level_id, "model_id": model_id, "price_cents": cents})
    elif row["price_cents"] != cents:
        hub.update("level_prices", row["id"], {"price_cents": cents})


def assign(hub: "Hub", customer: int, level_id: int | None) -> None:
    """Let a customer buy at a level, inside a change; None: at list prices again."""
    row = hub.one("models.customer_level", {"customer": customer})
    if level_id is None:
        hub.run("models.leave_level", {"customer": customer})
    elif row is None:
        hub.insert("customer_levels", {"customer_id": customer, "level_id": level_id})
    elif row["level_id"] != level_id:
        hub.update("customer_levels", row["id"], {"level_id": level_id})
