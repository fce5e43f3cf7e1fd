"""One column's rule in a mapping file: where its value goes and what is done to it on the way."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

Convert = Callable[[str], str]


class Rule(NamedTuple):
    """What `{to = …, …}` says; docs/ and every shipped profile show the keys in use.

    to: the field, or one field for each numbered group of a pattern ("Phone * - Value"), the last one for the rest;
    system: names the other system before an id ("shopify:7210"); strip: characters taken off both ends;
    prefix: text taken off the front; split: parts a cell with several values; more: the field for all but the first;
    join: keeps every value of the field, with this between; values: words by words, case-blind ("" drops, "=Column"
    takes that column's value, "*" stands for all others); any: the value whenever the cell is not empty;
    date: iso, mdy or dmy, made ISO; fraction: 0.15 becomes 15%; text: a sentence with {value}, {column}, {label};
    label: the column that labels this one; labels: fields by label; when: only where that column says yes.
    """

    to: tuple[str, ...]
    system: str = ""
    strip: str = ""
    prefix: str = ""
    split: str = ""
    more: tuple[str, ...] = ()
    join: str = ""
    values: Mapping[str, str] = {}
    any: str = ""
    date: str = ""
    fraction: bool = False
    text: str = ""
    label: str = ""
    labels: Mapping[str, str] = {}
    when: str = ""


_LISTS = ("to", "more")
_MAPS = ("values", "labels")
_TOLD = ("value", "column", "label")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
DATES = ("iso", "mdy", "dmy")
YES = frozenset(("yes", "y", "true", "t", "1", "x", "on"))


def parse_rules(column: str, raw: Any, fields: frozenset[str]) -> tuple[Rule, ...]:
    """Give the rules of one column: a field's name, a table, or a list of tables. ValueError says what is wrong."""
    if isinstance(raw, list):
        return tuple(rule for one in raw for rule in parse_rules(column, one, fields))
    table: dict[str, Any] = {"to": raw} if isinstance(raw, str) else raw if isinstance(raw, dict) else {}
    if "to" not in table:
        raise ValueError(f'{column!r}: write a field\'s name, or {{to = "field", …}}')
    known: dict[str, Any] = {}
    for key, value in table.items():
        known[key] = _option(column, key, value)
    rule = Rule(**known)
    for field in (*rule.to, *rule.more, *rule.labels.values()):
        check_field(column, field, fields)
    if rule.date and rule.date not in DATES:
        raise ValueError(f"{column!r}: date is one of {', '.join(DATES)}")
    for name in PLACEHOLDER.findall(rule.text):
        if name not in _TOLD:
            there = ", ".join(f"{{{told}}}" for told in _TOLD)
            raise ValueError(f"{column!r}: text has {{{name}}}, and there are {there}{_near(name, _TOLD)}")
    return (rule,)


def _option(column: str, key: str, value: Any) -> Any:
    if key not in Rule._fields:
        raise ValueError(f"{column!r}: {key!r} is not an option{_near(key, Rule._fields)}")
    if key in _LISTS:
        value = [value] if isinstance(value, str) else value
        if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
            raise ValueError(f"{column!r}: {key} is a field's name or a list of names")
        return tuple(value)
    if key in _MAPS:
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise ValueError(f"{column!r}: {key} is a table of text")
        return {k.casefold(): v for k, v in value.items()}
    wanted = bool if key == "fraction" else str
    if not isinstance(value, wanted):
        form = "true or false" if wanted is bool else 'words between quotes: "…"'
        raise ValueError(f"{column!r}: {key} is given as {value!r}, and takes {form}")  # noqa: TRY004
    return value


def check_field(column: str, field: str, fields: frozenset[str]) -> None:
    """Raise ValueError unless the field exists ("" is allowed: known, and not kept)."""
    if field and field not in fields:
        raise ValueError(f"{column!r}: there is no field {field!r}{_near(field, fields)}")


def _near(word: str, words: Any) -> str:
    import difflib

    near = difflib.get_close_matches(word, list(words), 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def converter(rule: Rule) -> Convert:
    """Compile what a rule does to one trimmed value; "" at any step ends it."""
    made: list[tuple[object, Convert]] = [
        (rule.prefix, lambda v: v.removeprefix(rule.prefix)),
        (rule.strip, lambda v: v.strip(rule.strip).strip()),
        (rule.values, lambda v: rule.values.get(v.casefold(), rule.values.get("*", v))),
        (rule.any, lambda _: rule.any),
        (rule.date, lambda v: _day_of(rule, v)),
        (rule.fraction, percent),
        (rule.system, lambda v: f"{rule.system}:{v}"),
    ]
    steps = [step for asked, step in made if asked]
    if len(steps) < 2:
        return steps[0] if steps else str

    def convert(value: str) -> str:
        for step in steps:
            value = step(value) if value else value
        return value

    return convert


_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T].*)?", re.DOTALL)
_DAY = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?:[ T].*)?", re.DOTALL)
_DAYS = frozenset(("created_at", "archived_at", "last_activity_on", "ordered_on", "needed_on", "delivered_on"))
_PIVOT = 69  # years of two digits are 1969 to 2068, as C reads them: most of what would be the wrong century is to come


def iso_day(value: str, order: str) -> str:
    """Give the day of a date in the stated order as ISO, its time left out; anything else is left to be refused."""
    if found := _ISO.fullmatch(value):
        return value[:10]
    if order == "iso" or not (found := _DAY.fullmatch(value)):
        return value
    first, _, second, year = found.groups()
    month, day = (first, second) if order == "mdy" else (second, first)
    if len(year) == 2:
        year = f"{19 if int(year) >= _PIVOT else 20}{year}"
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return value


def _day_of(rule: Rule, value: str) -> str:
    """Give a day as ISO; what is none in the rule's order goes on as it stands, with the order behind it."""
    found = iso_day(value, rule.date)
    odd = found == value and rule.date != "iso" and _DAY.fullmatch(value) and _DAYS.issuperset(rule.to)
    return f"{value} ({rule.date})" if odd else found


def percent(value: str) -> str:
    """Give a fraction as exact percent text: 0.15 is 15%, 0 is nothing."""
    try:
        share = Decimal(value) * 100
    except InvalidOperation:
        return value
    if not share.is_finite():
        return value
    return f"{share.normalize():f}%" if share else ""
