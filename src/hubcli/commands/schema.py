"""hub schema: the columns of the machine output, read off the commands themselves, and the words they hold."""

import re
from collections.abc import Callable, Iterator
from importlib import import_module
from types import FunctionType
from typing import Annotated, Any, get_args

import typer
from typer import Argument

from hubcli import schema
from hubcli.cli import GROUPS, TOP, TOP_MODULES
from hubcli.command import Done, Run, command
from hubcli.commands import filters
from hubcli.errors import HubError
from hubcli.promised import tuples_of
from hubcli.render import Column, Listing
from hubcli.values import words

app = typer.Typer()

SCHEMA = (
    Column("command", "code"),
    Column("column", "code"),
    Column("kind", "code", keep=2),
    Column("form", keep=3),
    Column("words", "list"),
    Column("part", "code", keep=4),
)
FORMS = {
    "ref": "letter and number, C12",
    "text": "text",
    "long": "text",
    "money": "exact decimal text, 1374.00",
    "count": "whole number, 12",
    "percent": "number, 33.33 for 33.33 %",
    "rate": "number, 8.25 for 8.25 %",
    "date": "ISO day, 2025-05-01",
    "instant": "ISO instant in UTC, 2025-05-01T14:02:11.123Z",
    "phone": "text as typed",
    "code": "text",
    "bool": "yes or no; in JSON true or false",
    "list": "a; b; in JSON an array",
    "object": "in JSON nested; elsewhere only when --fields names it",
}
TABLES = {
    "customers": "customers",
    "notes": "notes",
    "orders": "documents",
    "quotes": "documents",
    "credit": "wallet_entries",
    "visits": "visits",
    "designs": "designs",
    "emails": "mails",
}
"""The table that the words of a noun stand in."""
PARTS = {
    "addresses": "addresses",
    "contacts": "contacts",
    "documents": "documents",
    "exemption": "exemptions",
    "notes": "notes",
    "requests": "erasures",
    "timeline": None,
}
"""The table of what stands inside another record, by what its columns are called; None where it is worked out."""
NESTED = {"address": "addresses", "contact": "contacts", "field": "custom_fields"}
"""The table of a group within a group."""


@command(app, "schema")
def schema_(
    run: Run,
    noun: Annotated[str | None, Argument(metavar="[NOUN]", help="only the commands of this noun")] = None,
) -> Listing:
    """Tell the columns and keys of the machine output, command by command, and the words that enums hold.

    Columns are only ever added at the end of a command's list; words and forms stay.

    Examples:
    hub schema customers
    hub schema export --json
    """
    nouns = [name for name in (*GROUPS, *TOP) if _module(name)]
    if noun is not None and noun not in nouns:
        close = words.near(noun, nouns)
        near = f"; did you mean {', '.join(close)}?" if close else ""
        raise HubError("not_found", what="noun", ref=noun, near=near, tries=("hub schema",))
    rows = [row for name in ([noun] if noun else nouns) for row in rows_of(name)]
    return Listing(SCHEMA, rows, name="columns")


def rows_of(noun: str) -> Iterator[tuple[Any, ...]]:
    """Give (command, column, kind, form, words, part) for every column that the commands of a noun print."""
    for path, function in _commands_of(noun):
        tuples = dict(tuples_of(function))
        gives = function.__annotations__.get("return")
        if Done in {gives, *get_args(gives)}:
            tuples[""] = (Column("change", "ref"),)
        several = len([name for name in tuples if name]) > 1
        for name, columns in tuples.items():
            for column in columns:
                part = name.lower() if several else ""
                yield (
                    path,
                    column.name,
                    column.kind,
                    FORMS.get(column.kind, ""),
                    words_of(path, column.name, name),
                    part,
                )


def _module(noun: str) -> str | None:
    """Give the name of the module behind a group or a top-level command; None where there is none."""
    from importlib.util import find_spec

    name = {"import": "imports"}.get(noun, noun) if noun in GROUPS else TOP_MODULES.get(noun, "top")
    found = f"hubcli.commands.{name}"
    return found if find_spec(found) else None


def _commands_of(noun: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Give the commands of a noun; those of a group that loads its parts later are looked for in the parts."""
    module = import_module(str(_module(noun)))
    if noun in TOP:
        yield from (found for found in _commands(module.app, "") if found[0] == noun)
        return
    later = getattr(module, "LATER", {})
    parts = dict.fromkeys(place for place, _ in later.values())
    for app in (module.app, *(import_module(part).app for part in parts)):
        yield from (found for found in _commands(app, noun) if TOP_MODULES.get(found[0].split()[1]) != noun)


def _commands(app: Any, path: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Give the commands of an app with the functions behind them, those of nested groups too."""
    for info in app.registered_commands:
        if not info.hidden:
            yield f"{path} {info.name}".strip(), _behind(info.callback)
    for nested in app.registered_groups:
        yield from _commands(nested.typer_instance, f"{path} {nested.name}")


def _behind(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Give the function that command.command wrapped, which the wrapper holds as `function`."""
    if isinstance(callback, FunctionType) and "function" in callback.__code__.co_freevars:
        cell = (callback.__closure__ or ())[callback.__code__.co_freevars.index("function")]
        return cell.cell_contents  # type: ignore[no-any-return]
    return callback


def words_of(command_path: str, column: str, columns: str = "") -> list[str]:
    """Give the words that a column may hold: from the filters, or from the rule of its table; none for free text.

    `columns` is what the columns are called that it stands among: a note of a customer has the words of notes.
    """
    *_, before, last = ("", *command_path.split())
    noun = last if before in {"export", "import"} or last == "emails" else command_path.split(maxsplit=1)[0]
    if noun == "customers" and column == "stage":
        return list(filters.STAGES)
    table = PARTS.get(columns.lower(), NESTED.get(before, TABLES.get(noun)))
    return _checked(noun, table, column) if table else []


def _checked(noun: str, table: str, column: str) -> list[str]:
    """Give the words of a CHECK in schema.sql; a document's status has those of quotes first, those of orders last.

    Among the documents of a customer it has both.
    """
    start = schema.text().index(f"CREATE TABLE {table} (")
    body = schema.text()[start : schema.text().index(") STRICT", start)]
    lists = re.findall(rf"\b{column}\s+IN\s*\([^)]*\)|(?:\b{column} = '[^']+'(?:\s+OR\s+)?){{3,}}", body)
    found = [re.findall(r"'([^']+)'", one) for one in lists]
    if not found:
        return []
    if table == "documents" and noun == "customers":
        return list(dict.fromkeys(word for one in found for word in one))
    return found[0 if noun == "quotes" else -1]
