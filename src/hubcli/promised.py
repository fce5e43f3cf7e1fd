"""The columns that a command prints, read off its code: for `hub schema`, and to know them before it writes."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any

from hubcli.render import Column


def tuples_of(function: Any, seen: set[Any] | None = None) -> Iterator[tuple[str, Sequence[Column]]]:
    """Give the tuples of columns that a function names, itself or through functions of the commands that it calls."""
    seen = set() if seen is None else seen
    if not isinstance(function, FunctionType) or function in seen:
        return
    seen.add(function)
    names = list(_names(function.__code__))
    values = [(name, function.__globals__.get(name)) for name in names]
    later = [import_module(name) for name in names if _ours(name)]  # imported where it is used
    for module in [*later, *(value for _, value in values if isinstance(value, ModuleType) and _ours(value.__name__))]:
        values += [(name, vars(module).get(name)) for name in names]
    for name, value in values:
        if isinstance(value, tuple) and value and all(isinstance(one, Column) for one in value):
            yield name, value
        elif _ours(getattr(value, "__module__", None) or ""):
            yield from tuples_of(value, seen)


def columns_of(function: Any) -> list[Column]:
    """Give every column that a command may print, each name once; a writing command's `change` is the last."""
    found: dict[str, Column] = {}
    for _, columns in tuples_of(function):
        found |= {column.name: column for column in columns if column.name not in found}
    return [*found.values(), *([] if "change" in found else [Column("change", "ref", prefix="H")])]


def _ours(module: str) -> bool:
    return module.startswith("hubcli.commands.")


def _names(code: Any) -> Iterator[str]:
    yield from code.co_names
    for inner in code.co_consts:
        if hasattr(inner, "co_names"):
            yield from _names(inner)
