"""Saved views: filters kept under a name as they were typed, so that "last month" means another month each time.

A view is a list of command-line words: options with their values, then `--` and the text searched for. What an option
is called and whether it takes a value is told by the caller, as {name: option} and by the values themselves.
"""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hubcli.errors import HubError, bad_value
from hubcli.values import text, words

if TYPE_CHECKING:
    from hubcli.store import Hub

LONGEST = 60


def is_name(word: str) -> bool:
    """Tell whether a word may be the name of a view; "example.com" may not, so @example.com is searched for."""
    return bool(word) and all(char.isalnum() or char in "-_" for char in word)


def name(typed: str) -> str:
    """Give a view's name in the form it is kept: small letters, without the @; raise bad_value."""
    given = text.name(typed.removeprefix("@"), "name", LONGEST).casefold()
    if not is_name(given) or given.startswith("-"):
        raise bad_value("name", typed, "is no name for a view: letters, digits, - and _, as in late-payers")
    return given


def find(hub: "Hub", typed: str) -> Any:
    """Give the row of a view (id, name, noun, arguments as JSON); raise no_such_view with near names."""
    wanted = name(typed)
    row = hub.one("views.by_name", {"name": wanted})
    if row is None:
        close = words.near(wanted, [r["name"] for r in hub.rows("views.list")])
        near = f"; did you mean {' or '.join('@' + other for other in close)}?" if close else ""
        raise HubError("no_such_view", name=wanted, near=near)
    return row


def save(hub: "Hub", view: str, noun: str, arguments: Sequence[str]) -> None:
    """Keep these words under a name, in place of what it held; inside a change."""
    values = {"name": view, "noun": noun, "arguments": json.dumps(list(arguments), ensure_ascii=False)}
    old = hub.one("views.by_name", {"name": view})
    if old is None:
        hub.insert("saved_views", values)
    elif old["noun"] != noun or old["arguments"] != values["arguments"]:
        hub.update("saved_views", old["id"], values)


def delete(hub: "Hub", view_id: int) -> None:
    """Forget a view; inside a change."""
    hub.run("views.delete", {"id": view_id})


def to_words(options: Mapping[str, str], given: Mapping[str, Any], searched: Sequence[str] = ()) -> list[str]:
    """Give filters as command-line words: {"type": ["luxury"]} becomes --type luxury; absent ones are left out."""
    arguments: list[str] = []
    for key, option in options.items():
        value = given.get(key)
        if value is True:
            arguments.append(option)
        elif isinstance(value, (list, tuple)):
            arguments += [word for one in value for word in (option, str(one))]
        elif value is not None and value is not False:
            arguments += [option, str(value)]
    return [*arguments, "--", *searched] if searched else arguments


def from_words(
    options: Mapping[str, str], flags: Sequence[str], repeated: Sequence[str], arguments: Sequence[str]
) -> tuple[dict[str, Any], list[str]]:
    """Give the filters and the text of command-line words as `to_words` wrote them.

    `flags` and `repeated` are the keys whose options take no value, or several. Raises view_outdated for an option
    that this hub no longer has.
    """
    keys = {option: key for key, option in options.items()}
    given: dict[str, Any] = {}
    rest = iter(arguments)
    for word in rest:
        key = keys.get(word)
        if word == "--":
            break
        if key is None:
            raise HubError("view_outdated", option=word)
        if key in flags:
            given[key] = True
        elif key in repeated:
            given.setdefault(key, []).append(next(rest, ""))
        else:
            given[key] = next(rest, "")
    return given, list(rest)


def words_of(arguments: str) -> list[str]:
    """Give a view's kept words."""
    return [str(word) for word in json.loads(arguments)]


def shown(arguments: str) -> str:
    """Give a view's kept words as they would be typed."""
    import shlex

    return shlex.join(words_of(arguments))
