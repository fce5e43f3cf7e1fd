"""Finds a statement in sql/<noun>.sql and fits it to the filters that are present.

A file holds blocks, each headed `-- name: verb`. Inside a block
  `-- [zip]`        at the end of a line: the line stays only when the parameter zip is given
  `-- [a|b]`        likewise when any of them is given; `-- [!a]` when a is absent; several tags must all hold
  `:kind...`        a list parameter, spread to (:kind_0, :kind_1); many numbers stand there as they are
  `any{city LIKE :city}`  a condition on list parameters, once for each of their values and joined by OR; lists that it
                    names together, such as first and last days, go along side by side
  `@{search.hits}`  another block put in its place
  `-- {order}`      the line is what rows are ordered by, unless the caller asks for another order
  `-- {cells}`      the line is what is made of each row, unless the caller asks for other cells
  `local_day(at)`   the shop's day on which a UTC instant falls (the store gives blocks this one function)
A folder named after the engine (sql/sqlite/) overrides single blocks.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).resolve().parent / "sql"
ENGINE = "sqlite"

MANY = 20
"""A longer list of numbers is written into the statement: SQLite looks a bound name up among all of them."""

_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_TAG = re.compile(r"-- \[(!?)([\w|]+)\]")
_TAGS = re.compile(r"(?:\s*-- \[!?[\w|]+\])+\s*$")
_INCLUDE = re.compile(r"@\{([\w.]+)\}")
_PLACE = re.compile(r"-- \{(order|cells)\}")
_SPREAD = re.compile(r":(\w+)\.\.\.")
_ANY = re.compile(r"any\{(.*?)\}", re.DOTALL)
_BOUND = re.compile(r"(?<![:\w]):([a-z]\w*)")


@cache
def blocks(noun: str) -> dict[str, str]:
    """Give the blocks of sql/<noun>.sql by name, those of the engine's folder before the shared ones."""
    found: dict[str, str] = {}
    for path in (FOLDER / f"{noun}.sql", FOLDER / ENGINE / f"{noun}.sql"):
        if path.exists():
            _, *parts = _NAME.split(path.read_text(encoding="utf-8"))
            found.update(zip(parts[::2], parts[1::2], strict=True))
    return found


def find(name: str) -> str:
    """Give the block `noun.verb` as written; raise KeyError when there is none."""
    noun, _, verb = name.partition(".")
    return blocks(noun)[verb]


def fit(
    name: str, params: Mapping[str, object], order: str | None = None, cells: str | None = None
) -> tuple[str, dict[str, object]]:
    """Give the statement and its bound values: absent filters left out, lists spread, order and cells replaced.

    A parameter that is missing, None, False or an empty list is absent. `order` and `cells` are SQL made of whitelisted
    names only.
    """
    kept = _fitted(name, frozenset(key for key, value in params.items() if present(value)), order, cells)
    bound = {key: value for key, value in params.items() if not isinstance(value, (list, tuple))}
    sql = _ANY.sub(lambda m: _either(m.group(1), params, bound), kept)
    return _SPREAD.sub(lambda m: _spread(m.group(1), params, bound), sql), bound


def expand(block: str) -> str:
    """Give a block with the blocks it includes in their places; a tag on the include holds for all their lines too."""
    lines = []
    for line in block.splitlines():
        included = _INCLUDE.search(line)
        tags = _TAGS.search(line)
        if included is None:
            lines.append(line)
        else:
            inside = expand(find(included.group(1))).rstrip().splitlines()
            lines += [inner + (tags.group(0) if tags else "") for inner in inside]
    return "\n".join(lines)


class _Line(NamedTuple):
    """A line of a block: its SQL, its tags (whether negated, the parameters it waits for), what it is the place of."""

    text: str
    tags: tuple[tuple[bool, tuple[str, ...]], ...]
    place: str


@cache
def _lines(name: str) -> tuple[_Line, ...]:
    """Give the lines of a block that say something, its includes in their places."""
    return tuple(_line(line) for line in expand(find(name)).splitlines() if not line.lstrip().startswith("--"))


def _line(line: str) -> _Line:
    found = _TAGS.search(line)
    if found is None:
        place = _PLACE.search(line)
        return _Line(line[: place.start()] if place else line, (), place.group(1) if place else "")
    tags = tuple((bool(negated), tuple(keys.split("|"))) for negated, keys in _TAG.findall(found.group(0)))
    return _Line(line[: found.start()], tags, "")


@lru_cache(256)
def _fitted(name: str, given: frozenset[str], order: str | None, cells: str | None) -> str:
    """Give the statement for the parameters that are given; the same few are asked for again and again."""
    instead = {"order": order, "cells": cells, "": None}
    kept = (
        instead[line.place] or line.text
        for line in _lines(name)
        if all(given.isdisjoint(keys) is negated for negated, keys in line.tags)
    )
    return "\n".join(kept)


def present(value: object) -> bool:
    """Tell whether a filter is in force: None, False and empty lists are not, 0 and "" are."""
    return value is not None and value is not False and value != []


def _spread(name: str, params: Mapping[str, object], bound: dict[str, object]) -> str:
    values = params[name]
    if not isinstance(values, (list, tuple)):
        raise TypeError(name)
    if len(values) > MANY and all(type(value) is int for value in values):
        return "(" + ", ".join(map(str, values)) + ")"
    bound.update({f"{name}_{i}": value for i, value in enumerate(values)})
    return "(" + ", ".join(f":{name}_{i}" for i in range(len(values))) + ")"


def _either(condition: str, params: Mapping[str, object], bound: dict[str, object]) -> str:
    """Give a condition once for each value of the lists that it names, joined by OR."""
    lists: dict[str, list[object] | tuple[object, ...]] = {}
    for name in _BOUND.findall(condition):
        values = params[name]
        if not isinstance(values, (list, tuple)):
            raise TypeError(name)
        lists[name] = values
        bound.update({f"{name}_{i}": value for i, value in enumerate(values)})
    (count,) = {len(values) for values in lists.values()}
    return _joined([_BOUND.sub(rf":\1_{i}", condition) for i in range(count)])


def _joined(conditions: list[str]) -> str:
    """Give conditions joined by OR in halves: SQLite reads no expression that is nested a thousand deep."""
    if len(conditions) == 1:
        return f"({conditions[0]})"
    half = len(conditions) // 2
    return f"({_joined(conditions[:half])} OR {_joined(conditions[half:])})"
