"""The columns that a command prints, read off its code: for `hub schema`, and to know them before it writes."""

from collections.abc import Iterator, Sequence
from dis import get_instructions
from importlib import import_module
from types import CodeType, FunctionType, ModuleType
from typing import Any

from hubcli.render import Column


def tuples_of(function: Any, seen: set[Any] | None = None) -> Iterator[tuple[str, Sequence[Column]]]:
    """Give the tuples of columns that a function names, itself or through functions of the commands that it calls."""
    seen = set() if seen is None else seen
    if not isinstance(function, FunctionType) or function in seen:
        return
    seen.add(function)
    for name, value in _named(function.__code__, function.__globals__):
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
    return f"{module}.".startswith("hubcli.commands.")


def _named(code: CodeType, known: dict[str, Any], own: dict[str, Any] | None = None) -> Iterator[tuple[str, Any]]:
    """Give what the code names: what is `known` to its module, and what it takes from the modules of the commands.

    `own` is what it imports itself, or what was imported around it.
    """
    own = dict(own or {})
    module = value = None
    imported = False
    for step in get_instructions(code):
        name = step.argval[-1] if isinstance(step.argval, tuple) and step.argval else step.argval
        if not isinstance(name, str) or step.opname == "LOAD_CONST":
            continue
        if step.opname == "IMPORT_NAME":
            module = value = import_module(name) if _ours(name) else None
        elif step.opname == "IMPORT_FROM":
            value = _of(module, name)
        elif step.opname in {"LOAD_ATTR", "LOAD_METHOD"}:
            value = _of(value, name)
        elif step.opname.startswith("LOAD_"):
            value = (known if step.opname in {"LOAD_GLOBAL", "LOAD_NAME"} else own).get(name)
        else:  # what an import is called here; anything else that is stored is not known
            own |= {name: value} if imported else {}
            value = None
        imported = step.opname in {"IMPORT_NAME", "IMPORT_FROM"}
        yield name, value
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _named(inner, known, own)


def _of(value: Any, name: str) -> Any:
    """Give what a module of the commands calls so; None for anything else."""
    return vars(value).get(name) if isinstance(value, ModuleType) and _ours(value.__name__) else None
