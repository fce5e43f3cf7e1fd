"""Profiles: which file layout is which, and what its columns mean, each a TOML file that a shop can write too."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hubcli.errors import HubError
from hubcli.importing.fields import FIELDS
from hubcli.importing.rules import Rule, check_field, parse_rules

FOLDER = Path(__file__).parent.parent / "profiles"
_KEYS = frozenset(
    (
        "profile",
        "of",
        "recognise",
        "any_case",
        "strict",
        "kind",
        "skip",
        "same",
        "leave",
        "columns",
        "lines",
        "lookup",
        "defaults",
        "constant",
    )
)
_LOOKUP_KEYS = ("column", "file", "key", "to", "text")


class Lookup(NamedTuple):
    """A second file beside the first: `column` is found in its `key`, and `text` made of that row fills `to`."""

    column: str
    file: str
    key: str
    to: str
    text: str


class Lines(NamedTuple):
    """Where an order's lines stand: in `file`, joined on `key`, or in the same file, rows of one `group` value.

    `settle_discounts`: the order's discount may contain those of its lines; its total tells which.
    """

    file: str
    key: str
    group: tuple[str, ...]
    columns: Mapping[str, tuple[Rule, ...]]
    settle_discounts: bool = False


class Profile(NamedTuple):
    """One layout of one kind of file (`of`: customers or orders), as its TOML says it.

    `recognise` holds sets of headers, any of which is enough; `strict` refuses unknown columns; `skip` are known
    columns that hub derives itself or does not keep; `same` are columns that must not vary within a file; `leave` says
    which rows of customers are left out, {column: {pattern: why}}; `defaults` fill blanks, `constant` always applies;
    `kind` is auto, company or individual; `file` is where a mapping of the shop's own lies, "" for one that comes with
    hub.
    """

    name: str
    of: str
    recognise: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[Rule, ...]]
    any_case: bool = False
    strict: bool = False
    skip: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    leave: Mapping[str, Mapping[str, str]] = {}
    defaults: Mapping[str, str] = {}
    constant: Mapping[str, str] = {}
    kind: str = "auto"
    lines: Lines | None = None
    lookups: tuple[Lookup, ...] = ()
    file: str = ""

    def known(self, headers: list[str]) -> set[str]:
        """Give those headers that this profile maps, skips or uses."""
        names = [*self.columns, *self.skip, *self.same, *self.leave, *(k.column for k in self.lookups)]
        if self.lines and not self.lines.file:
            names += self.lines.columns
        return {headers[i] for name in names for i, _ in find_columns(name, headers)}


def find_columns(name: str, headers: list[str]) -> list[tuple[int, int]]:
    """Give (index, group) of the headers that a profile's column name means.

    A `*` stands for any text; where that is a number ("Phone 2 - Value") it is the group, else the group is 1.
    Without a `*` the exact name wins over one that differs in case.
    """
    if "*" in name:
        pattern = re.compile("(.+?)".join(map(re.escape, name.split("*"))), re.IGNORECASE)
        found = [(i, match[1]) for i, header in enumerate(headers) if (match := pattern.fullmatch(header))]
        return [(i, int(group) if group.isdecimal() else 1) for i, group in found]
    if name in headers:
        return [(headers.index(name), 1)]
    folded = name.casefold()
    return [(i, 1) for i, header in enumerate(headers) if header.casefold() == folded][:1]


def load(name: str, of: str) -> Profile:
    """Give a profile by its name ("shopify") or by its file ("mine.toml").

    HubError: profile_missing, file_missing, or bad_profile with what is wrong in it.
    """
    if name.endswith(".toml") or "/" in name:
        profile = read_profile(Path(name))
        if profile.of != of:
            raise HubError("bad_profile", file=name, why=f"it maps {profile.of}, not {of}")
        return profile
    found = {p.name: p for p in shipped(of)}
    if name not in found:
        raise HubError("profile_missing", profile=name, of=of, known=", ".join(found))
    return found[name]


@cache
def shipped(of: str) -> tuple[Profile, ...]:
    """Give the profiles that come with hub, by name."""
    return tuple(read_profile(path) for path in sorted(FOLDER.glob(f"*-{of}.toml")))


def read_profile(path: Path) -> Profile:
    """Read one mapping file; HubError bad_profile names the place and the rule."""
    import tomllib

    try:
        found = _profile(tomllib.loads(path.read_text("utf-8")), path.stem)
        return found if path.parent == FOLDER else found._replace(file=str(path))
    except FileNotFoundError:
        raise HubError("file_missing", file=path) from None
    except (ValueError, OSError) as error:  # TOML and decoding errors are ValueErrors
        raise HubError("bad_profile", file=path, why=error) from None


def _profile(raw: dict[str, Any], stem: str) -> Profile:
    if unknown := sorted(raw.keys() - _KEYS):
        raise ValueError(f"{unknown[0]!r} is not a key of a mapping; there are: {', '.join(sorted(_KEYS))}")
    of = raw.get("of")
    if of not in ("customers", "orders"):
        raise ValueError('of = "customers" or of = "orders" is missing')
    kind = raw.get("kind", "auto")
    if kind not in ("auto", "company", "individual"):
        raise ValueError("kind is auto, company or individual")
    fields = FIELDS[of]
    for place in ("defaults", "constant"):
        for field in _text_table(raw, place):
            check_field(place, field, fields)
    return Profile(
        name=str(raw.get("profile", stem)),
        of=of,
        recognise=_recognise(raw.get("recognise", [])),
        columns=_columns(raw, fields),
        any_case=raw.get("any_case") is True,
        strict=raw.get("strict") is True,
        skip=_names(raw, "skip"),
        same=_names(raw, "same"),
        leave=_leave(raw),
        defaults=_text_table(raw, "defaults"),
        constant=_text_table(raw, "constant"),
        kind=kind,
        lines=_lines(raw["lines"]) if "lines" in raw else None,
        lookups=tuple(_lookup(one, fields | FIELDS["lines"]) for one in raw.get("lookup", [])),
    )


def _columns(raw: dict[str, Any], fields: frozenset[str]) -> dict[str, tuple[Rule, ...]]:
    table = raw.get("columns", {})
    if not isinstance(table, dict) or not table:
        raise ValueError("a table [columns] is missing")
    return {name: parse_rules(name, rule, fields) for name, rule in table.items()}


def _names(raw: dict[str, Any], key: str) -> tuple[str, ...]:
    value = raw.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise ValueError(f"{key} is a list of column names")
    return tuple(value)


def _text_table(raw: dict[str, Any], key: str) -> dict[str, str]:
    value = raw.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
        raise ValueError(f'{key} is a table like {{source = "website"}}')
    return value


def _leave(raw: dict[str, Any]) -> dict[str, dict[str, str]]:
    value = raw.get("leave", {})
    if not isinstance(value, dict) or not all(isinstance(patterns, dict) for patterns in value.values()):
        raise ValueError('leave is a table like {Status = {"closed*" = "is closed"}}')
    if value and raw["of"] != "customers":
        raise ValueError("leave is for customers")
    return {column: _text_table(value, column) for column in value}


def _recognise(value: Any) -> tuple[tuple[str, ...], ...]:
    sets = [value] if isinstance(value, list) and value and all(isinstance(v, str) for v in value) else value
    if not isinstance(sets, list) or not all(isinstance(s, list) and s for s in sets):
        raise ValueError("recognise is a list of column names, or a list of such lists")
    return tuple(tuple(map(str, s)) for s in sets)


def _lines(raw: Any) -> Lines:
    if not isinstance(raw, dict) or raw.keys() - set(Lines._fields):
        raise ValueError("[lines] takes file and key, or group, and [lines.columns]")
    group = raw.get("group", [])
    lines = Lines(
        file=str(raw.get("file", "")),
        key=str(raw.get("key", "")),
        group=(group,) if isinstance(group, str) else tuple(map(str, group)),
        columns=_columns(raw, FIELDS["lines"]),
        settle_discounts=raw.get("settle_discounts") is True,
    )
    if bool(lines.file and lines.key) == bool(lines.group):
        raise ValueError("[lines] needs either file and key (lines in a second file) or group (lines in this file)")
    return lines


def _lookup(raw: Any, fields: frozenset[str]) -> Lookup:
    if not isinstance(raw, dict) or set(raw) != set(_LOOKUP_KEYS):
        raise ValueError(f"[[lookup]] takes exactly {', '.join(_LOOKUP_KEYS)}")
    check_field("lookup", str(raw["to"]), fields)
    return Lookup(*(str(raw[key]) for key in _LOOKUP_KEYS))


def detect(
    headers: list[str], of: str, *, file: str = "the file", typed: str = "FILE", more: Iterable[Profile] = ()
) -> Profile:
    """Give the profile that recognises these headers and knows most of them.

    HubError layout_unknown names the headers and how to go on, and says so when they are those of another kind of file;
    `typed` is how the file stands on a command line.
    """
    if found := _best(headers, [*more, *shipped(of)]):
        return found
    other = "orders" if of == "customers" else "customers"
    hint = (
        f"; it looks like {other} of {p.name}: hub import {other} {typed}"
        if (p := _best(headers, shipped(other)))
        else ""
    )
    raise HubError("layout_unknown", file=file, typed=typed, of=of, columns=", ".join(headers)[:500], hint=hint)


def _best(headers: list[str], profiles: Iterable[Profile]) -> Profile | None:
    scores = [(len(p.known(headers)), -i, p) for i, p in enumerate(profiles) if _recognises(p, headers)]
    return max(scores, key=lambda s: s[:2])[2] if scores else None


def _recognises(profile: Profile, headers: list[str]) -> bool:
    fold = str.casefold if profile.any_case else str
    found = {fold(h) for h in headers}
    return any(all(fold(name) in found for name in one) for one in profile.recognise)
