"""The catalogue of refusals by area: slug to exit code, sentence and what to try.

A module of its own for each area; they are loaded when something is refused, never on the way to an answer.
"""

from functools import cache
from importlib import import_module

from hubcli.refusals.base import Refusal

AREAS = ("typed", "rules", "documents", "money", "record")


@cache
def catalogue() -> dict[str, Refusal]:
    """Give every refusal by its slug, area after area; a slug stands in one area only (a test looks)."""
    return {slug: line for area in AREAS for slug, line in import_module(f"hubcli.refusals.{area}").REFUSALS.items()}
