"""hub credit terms: when what is bought on account is to be paid."""

from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.payments.shared import Key, Text
from hubcli.errors import bad_value
from hubcli.operations import terms as table
from hubcli.render import Column, Listing
from hubcli.values import money, words
from hubcli.values import text as texts

app = typer.Typer()
terms = typer.Typer(
    help="""Terms: deposit, days, and what they are counted from.

Examples:
hub credit terms list
hub credit terms add "Net 45" --days 45
hub credit terms default "Net 30"
"""
)
app.add_typer(terms, name="terms")

COLUMNS = (
    Column("number", "count", title="#"),
    Column("name", "text"),
    Column("deposit", "percent"),
    Column("days", "count"),
    Column("counted_from", "code", title="counted from"),
    Column("default", "bool"),
    Column("retired", "bool", keep=3),
    Column("credit_lines", "count", title="credit lines", keep=2),
    Column("description", "long", keep=4),
)
Name = Annotated[str, Argument(metavar="NAME", help="such as Net 30")]
Days = Annotated[Text, Option("--days", metavar="N", help="days until it is due")]
Deposit = Annotated[Text, Option("--deposit", metavar="P%", help="paid before the order proceeds")]
From = Annotated[Text, Option("--from", metavar="WHAT", help="invoice or statement: what the days count from")]
About = Annotated[Text, Option("--description", metavar="T", help="a remark")]


def _columns(days: Text, deposit: Text, counted_from: Text, description: Text) -> dict[str, Any]:
    return targets.given(
        days=_days(days) if days is not None else None,
        deposit_rate=money.parse_percent(deposit, "--deposit") if deposit is not None else None,
        counted_from=words.choose(counted_from, ("invoice", "statement"), "--from") if counted_from else None,
        description=texts.note(description, "--description") if description is not None else None,
    )


def _days(typed: str) -> int:
    if not (typed.isascii() and typed.isdecimal() and int(typed) <= 3650):
        raise bad_value("--days", typed, "is not a number of days from 0 to 3650")
    return int(typed)


def _done(run: Run, outcome: Any, number: int) -> Done:
    row = None if outcome.dry_run else run.hub.one("terms.one", {"id": number})
    return Done(outcome, COLUMNS, [] if row is None else [tuple(row)], name="terms")


@command(terms, "list")
def list_(
    run: Run, *, retired: Annotated[bool, Option("--retired", help="those offered no more too")] = False
) -> Listing:
    """List terms, the default first.

    Examples:
    hub credit terms list
    """
    return run.list("terms.list", {"retired": retired or None}, COLUMNS, "terms")


@command(terms, "add")
def add(
    run: Run,
    name: Name,
    *,
    days: Days = None,
    deposit: Deposit = None,
    counted_from: From = None,
    description: About = None,
    idempotency_key: Key = None,
) -> Done:
    """Add terms.

    Examples:
    hub credit terms add "Net 45" --days 45
    hub credit terms add "Half now, 20 days" --days 20 --deposit 50%
    """
    if days is None:
        raise targets.need("--days is missing", "hub credit terms add --help")
    columns = {"name": texts.name(name, "name", 60), **_columns(days, deposit, counted_from, description)}
    outcome = targets.keyed(run, idempotency_key, columns, lambda hub: table.add(hub, columns))
    return _done(run, outcome, outcome.result)


@command(terms, "edit")
def edit(
    run: Run,
    name: Name,
    *,
    rename: Annotated[Text, Option("--rename", metavar="T", help="what they are called from now on")] = None,
    days: Days = None,
    deposit: Deposit = None,
    counted_from: From = None,
    description: About = None,
) -> Done:
    """Edit terms, for what is bought from now on: orders and draws keep those they were made on.

    Examples:
    hub credit terms edit "Net 15" --days 14
    """
    number = int(table.by_name(run.hub, name, "terms")["id"])
    columns = _columns(days, deposit, counted_from, description)
    if rename is not None:
        columns["name"] = texts.name(rename, "--rename", 60)
    if not columns:
        raise targets.need("nothing to edit: give an option", "hub credit terms edit --help")
    return _done(run, run.change(lambda hub: table.edit(hub, number, columns)), number)


@command(terms, "retire")
def retire(run: Run, name: Name) -> Done:
    """Offer terms no more; what was made on them keeps them.

    Examples:
    hub credit terms retire "Net 90"
    """
    number = int(table.by_name(run.hub, name, "terms")["id"])
    return _done(run, run.change(lambda hub: table.retire(hub, number)), number)


@command(terms, "default")
def default(
    run: Run, name: Annotated[str, Argument(metavar="NAME", help="such as Net 30; none: no terms are the default")]
) -> Done | None:
    """Make terms the default, at most one; none takes the mark away.

    Examples:
    hub credit terms default "Net 30"
    """
    number = None if name.strip().lower() == "none" else int(table.offered(run.hub, name, "terms")["id"])
    outcome = run.change(lambda hub: table.make_default(hub, number))
    return None if number is None else _done(run, outcome, number)
