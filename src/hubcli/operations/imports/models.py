"""Imports the catalogue: known models are updated, blank cells never overwrite anything."""

from typing import TYPE_CHECKING

from hubcli.operations import models
from hubcli.operations.imports import plain
from hubcli.operations.imports.plain import Layout, Row
from hubcli.values import words

if TYPE_CHECKING:
    from hubcli.store import Hub

YES = frozenset({"yes", "true"})
COLUMNS = {"price": "price_cents", "cost": "cost_cents"}
LAYOUT = Layout(
    "models",
    {
        "model": plain.line_of_text("model", code=True),
        "description": plain.line_of_text("description", 1000),
        "price": plain.amount("price"),
        "cost": plain.amount("cost"),
        "condition": plain.line_of_text("condition"),
        "discontinued": lambda said: int(words.choose(said, ("yes", "no", "true", "false"), "discontinued") in YES),
    },
    ("model",),
    frozenset({"margin", "level_price"}),
)


def take(hub: "Hub", row: Row) -> str:
    """Take one model."""
    columns = {COLUMNS.get(name, name): value for name, value in row.values.items() if value is not None}
    there = models.find(hub, columns["model"])
    if there is None:
        hub.insert("models", columns)
        return "create"
    return "update" if models.edit(hub, there, {**columns, "model": there["model"]}) else "same"
