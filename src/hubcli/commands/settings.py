"""hub settings: the shop's choices."""

from typing import Annotated

import typer
from typer import Argument, Option

from hubcli import settings
from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.operations import books
from hubcli.render import Column, Listing, Record

HELP = """The shop's choices, each with its default.

Examples:
hub settings list
hub settings get customers.require
hub settings set shop.name "Lake Appliance"
"""
app = typer.Typer(help=HELP)
LATER = {"tax": ("hubcli.commands.tax", "The sales tax rate by date.")}

COLUMNS = (
    Column("key", "code"),
    Column("value", "text", keep=0),
    Column("default", "code", keep=3),
    Column("choices", "list", keep=4),
    Column("meaning", "long", keep=2),
)
Key = Annotated[str, Argument(metavar="KEY", help="such as customers.require")]


def _row(run: Run, key: str) -> tuple[object, ...]:
    setting = settings.known(key)
    return (key, run.setting(key), setting.default, list(setting.words), setting.meaning)


@command(app, "list")
def list_(run: Run) -> Listing:
    """List every setting with its value, its default and what it does.

    Examples:
    hub settings list
    """
    stored = {row["key"]: row["value"] for row in run.hub.rows("settings.all")}
    rows = [
        (key, stored.get(key, one.default), one.default, list(one.words), one.meaning)
        for key, one in sorted(settings.SETTINGS.items())
    ]
    return Listing(COLUMNS, rows, name="settings", total=len(rows), wrap=True)


@command(app, "get")
def get(run: Run, key: Key) -> Record:
    """Show one setting.

    Examples:
    hub settings get customers.require
    hub settings get shop.name --fields value --no-header
    """
    return Record(COLUMNS, _row(run, key))


@command(app, "set")
def set_(
    run: Run,
    key: Key,
    value: Annotated[str | None, Argument(metavar="VALUE", help="hub settings list says what it takes")] = None,
    *,
    default: Annotated[bool, Option("--default", help="back to the default")] = False,
) -> Done:
    """Change a setting.

    Examples:
    hub settings set customers.require any-phone
    hub settings set customers.require --default
    """
    settings.known(key)
    if default is (value is not None):
        raise targets.need("give a value, or --default", "hub settings set --help")
    checked = None if value is None else settings.check(key, value)
    outcome = run.change(lambda hub: books.store(hub, key, checked))
    return Done(outcome, COLUMNS[:2], [_row(run, key)[:2]], name="settings")
