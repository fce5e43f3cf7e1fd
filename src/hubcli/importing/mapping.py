"""A profile compiled for one file's headers: cells in, hub's fields out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from hubcli.errors import HubError
from hubcli.importing.fields import FIELDS, JOINS, REQUIRED
from hubcli.importing.people import finish_customer
from hubcli.importing.profiles import Lookup, Profile, find_columns
from hubcli.importing.reader import open_table
from hubcli.importing.rules import PLACEHOLDER, YES, Convert, Rule, converter

_ALIKE = 0.75  # how like a known name a column must be to pass for a slip of the pen


class _Step(NamedTuple):
    """One cell's way into one field, for rules that do more than copy; indexes are -1 where there is no column."""

    at: int
    to: str
    convert: Convert
    split: str
    more: str
    join: str
    text: str
    column: str
    label: int
    labels: Mapping[str, str]
    when: int
    refs: Mapping[str, int]  # "=Total": where Total stands


class Mapper:
    """Callable: cells → {field: text} without blanks.

    `unknown`: headers that nothing is known about; `derived`: known ones that are left out; `absent`: columns that a
    mapping of the shop names and the file has not; `second`: its columns that are only taken where another is blank;
    `fields`: what can be filled; `weak`: fields that were assumed and not read (defaults, the kind, a country): not for
    overwriting a record.
    """

    def __init__(self, profile: Profile, headers: list[str], folder: Path | None, table: str) -> None:
        """`table` is customers, orders or lines: which columns of the profile to compile."""
        rules = profile.lines.columns if table == "lines" and profile.lines else profile.columns
        self._customers = table == "customers"
        self._kind = profile.kind
        self._constant = {} if table == "lines" else dict(profile.constant)
        self._defaults = {} if table == "lines" else dict(profile.defaults)
        plain, self._steps, used = _compile(profile, rules, headers, table)
        self.second = _second(self._steps) if profile.file else []
        self.absent = [name for name in rules if profile.file and not find_columns(name, headers)]
        self._takes = [_compiled(step) for step in self._steps]
        self._lookups = [
            (headers.index(found.column), found.to, names)
            for found in profile.lookups
            if (found.to in FIELDS["lines"]) == (table == "lines") and found.column in headers
            if (names := _names(found, folder)) is not None
        ]
        self._leaves = [
            (i, patterns) for name, patterns in profile.leave.items() for i, _ in find_columns(name, headers)
        ]
        self._names = tuple(plain)
        self._indexes = tuple(plain.values())
        self._cells = _getter(self._indexes)
        filled = {f for s in self._steps for f in (s.to, s.more, *s.labels.values())} | {f for _, f, _ in self._lookups}
        self.fields = frozenset(filled | plain.keys() | self._constant.keys()) - {""}
        assumed = {"billing_country", "delivery_country"} if self._customers else set()
        assumed |= {"kind"} if self._customers and profile.kind == "auto" else set()
        self.weak = frozenset(self._defaults) | (assumed - self.fields)
        used |= {index for index, _, _ in self._lookups} | {index for index, _ in self._leaves}
        skipped = {i for name in (*profile.skip, *profile.same) for i, _ in find_columns(name, headers)}
        self.derived = [h for i, h in enumerate(headers) if i in skipped and i not in used]
        self.unknown = [h for i, h in enumerate(headers) if i not in skipped and i not in used]

    def __call__(self, cells: list[str]) -> dict[str, str]:
        """Map one row; every value is trimmed text and none is empty; a row without any value gives {}."""
        trimmed = map(str.strip, self._cells(cells))
        out = {field: value for field, value in zip(self._names, trimmed, strict=True) if value}
        for take in self._takes:
            take(cells, out)
        for index, to, names in self._lookups:
            if found := names.get(cells[index].strip()):
                out.setdefault(to, found)
        if not out:
            return out
        out.update(self._constant)
        for field, value in self._defaults.items():
            out.setdefault(field, value)
        if self._customers:
            finish_customer(out, self._kind)
        return out

    def left(self, cells: list[str]) -> tuple[str, str] | None:
        """Give why a row is left out by its profile, and the cell that says so; None for one that is taken."""
        from fnmatch import fnmatchcase

        for index, patterns in self._leaves:
            value = cells[index].strip()
            for pattern, why in patterns.items():
                if fnmatchcase(value.casefold(), pattern.casefold()):
                    return f"left out: {why}", value
        return None

    @property
    def leaves(self) -> bool:
        """Whether any row may be left out."""
        return bool(self._leaves)

    def picker(self, fields: Sequence[str]) -> Callable[[list[str]], list[str | None]] | None:
        """Give what picks the trimmed values of some fields from a row, None for a blank one.

        None where the columns of the file are more than copied, go into other fields too, or leave the kind open.
        """
        more = self._takes or self._lookups or self._constant or self._defaults
        if more or "kind" not in self.fields or not self.fields.issubset(fields):
            return None
        at = dict(zip(self._names, self._indexes, strict=True))
        pick = _getter([at.get(field, -1) for field in fields])
        return lambda cells: [cell.strip() or None for cell in pick([*cells, ""])]


def mapper(
    profile: Profile,
    headers: list[str],
    *,
    folder: Path | None = None,
    file: str = "the file",
    typed: str = "FILE",
    ignore: Collection[str] = (),
) -> Mapper:
    """Compile a profile of customers for one file's headers.

    `folder` is where the files of its lookups lie; `typed` how the file stands on a command line; `ignore` names
    columns that the user leaves out. HubError:
    columns_unknown (a strict profile, hub's own, takes no other column), columns_missing.
    """
    headers = left_out(headers, ignore)
    made = Mapper(profile, headers, folder, profile.of)
    check_mapped(made, profile.of, file, typed)
    refuse_unknown(profile, made.unknown, file, typed)
    made.unknown = [h for h in made.unknown if h]
    return made


def left_out(headers: list[str], ignore: Collection[str]) -> list[str]:
    """Blank the names of ignored columns, so that nothing finds them; their cells stay in place."""
    return ["" if h in ignore else h for h in headers]


def check_mapped(made: Mapper, table: str, file: str, typed: str) -> None:
    """Raise columns_missing when no column gives what every record of this kind needs."""
    for group in REQUIRED[table]:
        if made.fields.isdisjoint(group):
            of = "customers" if table == "customers" else "orders"
            raise HubError("columns_missing", file=file, typed=typed, of=of, fields=" or ".join(group))


def refuse_unknown(profile: Profile, unknown: list[str], file: str, typed: str) -> None:
    """Raise columns_unknown when the profile is strict and a column has no meaning in it."""
    named = [h for h in unknown if h]
    if profile.strict and named:
        raise columns_unknown(profile.of, named, named, file, typed, FIELDS[profile.of])


def columns_unknown(
    of: str, headers: Sequence[str], told: Sequence[str], file: str, typed: str, known: Collection[str]
) -> HubError:
    """Give the refusal of a file for its unknown columns, as they are told, with whole commands to try.

    A column of customers that is called like none that is known may be meant for a field of the shop's own.
    """
    import difflib
    import shlex

    own = [
        f"hub customers field add {shlex.quote(header)}"
        for header in (headers if of == "customers" else ())
        if header[0].isalpha() and not difflib.get_close_matches(header.casefold(), known, 1, _ALIKE)
    ]
    left = " ".join(f"--ignore {shlex.quote(header)}" for header in headers)
    tries = (f"hub import {of} {typed} {left}", *own[:3], f"hub export template {of}")
    return HubError("columns_unknown", file=file, columns=", ".join(told), tries=tries)


def _compile(
    profile: Profile, columns: Mapping[str, tuple[Rule, ...]], headers: list[str], table: str
) -> tuple[dict[str, int], list[_Step], set[int]]:
    """Give plain copies {field: index}, the steps for the rest in the profile's order, and all indexes in use."""
    found = [(i, g, rule) for name, rules in columns.items() for i, g in find_columns(name, headers) for rule in rules]
    targets = [_at(rule.to, group) for _, group, rule in found]
    plain: dict[str, int] = {}
    steps: list[_Step] = []
    for (index, group, rule), to in zip(found, targets, strict=True):
        named = rule
        if to == "external_id" and not rule.system and not profile.strict:
            named = rule._replace(system=profile.name)
        copied = named == Rule(rule.to) and to and targets.count(to) == 1
        if copied and (table != "customers" or to != "external_id"):
            plain[to] = index
        else:
            steps.append(_step(index, group, named, headers, table))
            if profile.file:
                _check_step(profile.file, steps[-1], named)
    used = {i for i, _, _ in found} | {i for s in steps for i in (s.label, s.when, *s.refs.values()) if i >= 0}
    return plain, steps, used


def _second(steps: Sequence[_Step]) -> list[str]:
    """Tell the columns that fill a field only where another left it blank, and do not say how the two join."""
    first: dict[str, str] = {}
    told = []
    for step in steps:
        before = first.setdefault(step.to, step.column)
        if step.to and before != step.column and not (step.join or step.more or step.to in JOINS):
            told.append(f"{step.column} ({step.to}, after {before})")
    return told


def _check_step(file: str, step: _Step, rule: Rule) -> None:
    """Refuse a mapping whose rule looks at a column that the file has not."""
    looked = [("when", rule.when, step.when), ("label", rule.label, step.label)]
    looked += [("values", value[1:], at) for value, at in step.refs.items()]
    for key, name, at in looked:
        if name and at < 0:
            raise HubError(
                "bad_profile", file=file, why=f"{step.column!r}: {key} names {name!r}, no column of the file"
            )


def _step(index: int, group: int, rule: Rule, headers: list[str], table: str) -> _Step:
    to = _at(rule.to, group)
    return _Step(
        at=index,
        to="external_ids" if to == "external_id" and table == "customers" else to,
        convert=converter(rule),
        split=rule.split,
        more=_at(rule.more, group) if rule.more else "",
        join=rule.join,
        text=rule.text,
        column=headers[index],
        label=_find(rule.label.replace("*", str(group), 1), headers),
        labels=rule.labels,
        when=_find(rule.when, headers),
        refs={v: _find(v[1:], headers) for v in rule.values.values() if v.startswith("=")},
    )


def _at(fields: tuple[str, ...], group: int) -> str:
    """Give the field of a numbered group: the last one serves all further groups."""
    return fields[min(max(group, 1), len(fields)) - 1]


def _find(name: str, headers: list[str]) -> int:
    found = find_columns(name, headers) if name else []
    return found[0][0] if found else -1


def _getter(indexes: Sequence[int]) -> Callable[[list[str]], tuple[str, ...]]:
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return lambda cells: tuple(cells[i] for i in indexes)


def _compiled(step: _Step) -> Callable[[list[str], dict[str, str]], None]:
    """Give the quickest function for a step: most rules neither split nor look at another column."""
    at, to, convert = step.at, step.to, step.convert
    if step.split or step.text or step.label >= 0 or step.when >= 0 or step.refs or not to:
        return partial(_take, step)

    def take(cells: list[str], out: dict[str, str]) -> None:
        value = cells[at].strip()
        if value and (value := convert(value)):
            if to in out:
                _put(step, to, value, out)
            else:
                out[to] = value

    return take


def _take(step: _Step, cells: list[str], out: dict[str, str]) -> None:
    """Carry one cell into its field, part by part."""
    value = cells[step.at].strip()
    if not value or (step.when >= 0 and cells[step.when].strip().casefold() not in YES):
        return
    label = cells[step.label].strip().removeprefix("* ") if step.label >= 0 else ""
    to = step.labels.get(label.casefold(), step.to) if label else step.to
    for i, part in enumerate(value.split(step.split) if step.split else (value,)):
        found = step.convert(part.strip())
        if found in step.refs:
            found = cells[step.refs[found]].strip() if step.refs[found] >= 0 else ""
        if found:
            if step.text:
                found = step.text.replace("{column}", step.column).replace("{label}", label).replace("{value}", found)
            _put(step, step.more if i and step.more else to, found, out)


def _put(step: _Step, to: str, value: str, out: dict[str, str]) -> None:
    """Set a field once; one that keeps every value gets it added; a second value of another goes to `more`."""
    if not to:
        return
    there = out.get(to)
    if there is None:
        out[to] = value
        return
    between = step.join or JOINS.get(to) or (", " if to == step.more else "")
    if between:
        if value not in there.split(between):
            out[to] = there + between + value
    elif step.more and value != there:
        _put(step, step.more, value, out)


def _names(lookup: Lookup, folder: Path | None) -> dict[str, str] | None:
    """Read a lookup's file as {key: text}, or None when it is not beside the file."""
    if folder is None or not (folder / lookup.file).is_file():
        return None
    with open_table(folder / lookup.file) as table:
        if lookup.key not in table.headers:
            raise HubError("columns_missing", file=table.name, fields=lookup.key, tries=())
        for name in PLACEHOLDER.findall(lookup.text):
            if name not in table.headers:
                raise HubError("bad_profile", file=table.name, why=f"a lookup's text has {{{name}}}, no column of it")
        at = table.headers.index(lookup.key)
        return {cells[at].strip(): _sentence(lookup.text, table.headers, cells) for _, cells in table.rows()}


def _sentence(text: str, headers: list[str], cells: list[str]) -> str:
    for header, cell in zip(headers, cells, strict=True):
        text = text.replace("{" + header + "}", cell.strip())
    return " ".join(text.split())
