"""Fields of the shop's own: what they are, and what they hold for a customer."""

from typing import Annotated

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.customers.own import pairs
from hubcli.commands.customers.parts import Ref
from hubcli.errors import bad_value
from hubcli.operations.customers import access
from hubcli.render import Column, Listing
from hubcli.values import text, words

HELP = """Fields of the shop's own, such as a T-shirt size; imports fill them by their names.

Examples:
hub customers field add "T-Shirt Size" --type dropdown --choices "S,M,L,XL" -n
hub customers field list
hub customers field show C1
"""
nested = typer.Typer(help=HELP)
app = typer.Typer()
app.add_typer(nested, name="field")

COLUMNS = (
    Column("name", "text"),
    Column("type", "code"),
    Column("choices", "text"),
    Column("required", "bool", keep=4),
    Column("longest", "count", keep=3),
    Column("description", "long", keep=2),
    Column("retired", "bool", keep=5),
    Column("customers", "count"),
)
VALUES = (Column("number", "ref", prefix="C", title="#"), Column("field", "text"), Column("value", "long"))
Text = str | None
Name = Annotated[str, Argument(metavar="NAME", help="the field")]


def _rows(run: Run) -> list[tuple[object, ...]]:
    return [
        (row["name"], row["type"], ", ".join((row["choices"] or "").splitlines()) or None, *tuple(row)[4:])
        for row in run.hub.rows("access.fields")
    ]


def _done(run: Run, outcome: object, name: str) -> Done:
    rows = [row for row in _rows(run) if text.fold(str(row[0])) == text.fold(name)]
    return Done(outcome, COLUMNS, rows, name="fields")  # type: ignore[arg-type]


@command(nested, "list")
def list_(run: Run) -> Listing:
    """List the shop's own fields, with how many customers have each.

    Examples:
    hub customers field list
    """
    return Listing(COLUMNS, _rows(run), name="fields")


@command(nested, "add")
def add(
    run: Run,
    name: Name,
    *,
    type: Annotated[str, Option("--type", metavar="T", help=", ".join(access.FIELD_TYPES))] = "text",
    choices: Annotated[Text, Option("--choices", metavar="A,B", help="of dropdown, radio and multiselect")] = None,
    required: Annotated[bool, Option("--required", help="a customer without it is shown as incomplete")] = False,
    longest: Annotated[int | None, Option("--longest", metavar="N", help="the most characters")] = None,
    description: Annotated[Text, Option("--description", metavar="T", help="what it is for")] = None,
) -> Done:
    """Make a field.

    Examples:
    hub customers field add "T-Shirt Size" --type dropdown --choices "S,M,L,XL" -n
    """
    kind = words.choose(type, access.FIELD_TYPES, "--type")
    listed = _choices(choices or "")
    if bool(listed) is not (kind in access.CHOSEN):
        what = "needs --choices" if kind in access.CHOSEN else "takes no --choices"
        raise bad_value("--type", kind, what)
    values = {
        "name": text.name(name, "name", 60),
        "type": kind,
        "choices": "\n".join(listed) or None,
        "required": int(required),
        "longest": longest,
        "description": text.name(description, "--description") if description is not None else None,
    }
    return _done(run, run.change(lambda hub: access.define(hub, values)), name)


def _choices(typed: str) -> list[str]:
    return [text.name(part, "--choices", 100) for part in typed.split(",") if part.strip()]


@command(nested, "edit")
def edit(
    run: Run,
    name: Name,
    *,
    rename: Annotated[Text, Option("--rename", metavar="T", help="what it is called from now on")] = None,
    choices: Annotated[Text, Option("--choices", metavar="A,B", help="all of them; those in use must stay")] = None,
    required: Annotated[
        bool | None, Option("--required/--optional", help="a customer without it is shown as incomplete, or not")
    ] = None,
    longest: Annotated[int | None, Option("--longest", metavar="N", help="the most characters, of new values")] = None,
    description: Annotated[Text, Option("--description", metavar="T", help="what it is for")] = None,
) -> Done:
    """Change what a field is: its name, its choices, whether every customer should have it.

    Examples:
    hub customers field list
    """
    values = targets.given(
        name=rename and text.name(rename, "--rename", 60),
        choices=choices and ("\n".join(_choices(choices)) or None),
        required=None if required is None else int(required),
        longest=longest,
        description=description and text.name(description, "--description"),
    )
    if not values:
        raise targets.need("change what?", "hub customers field edit --help")
    outcome = run.change(lambda hub: access.redefine(hub, name, values))
    return _done(run, outcome, rename or name)


@command(nested, "restore")
def restore(run: Run, name: Name) -> Done:
    """Offer a retired field again.

    Examples:
    hub customers field list
    """
    return _done(run, run.change(lambda hub: access.redefine(hub, name, {"retired": 0})), name)


@command(nested, "retire")
def retire(run: Run, name: Name) -> Done:
    """Offer a field no more; what it holds stays.

    Examples:
    hub customers field list
    """
    return _done(run, run.change(lambda hub: access.redefine(hub, name, {"retired": 1})), name)


@command(nested, "set")
def set_(
    run: Run,
    ref: Ref,
    values: Annotated[
        list[str], Argument(metavar="NAME=VALUE...", help='such as "T-Shirt Size=L"; NAME= takes it away')
    ],
) -> Done:
    """Set fields of a customer.

    Examples:
    hub customers field show C1
    """
    number, typed = targets.customer(run, ref), pairs(values)
    outcome = run.change(lambda hub: access.set_fields(hub, number, typed))
    rows = [] if outcome.dry_run else [(number, *row) for row in run.hub.rows("access.values", {"customer": number})]
    return Done(outcome, VALUES, rows, name="fields")


@command(nested, "show")
def show(run: Run, ref: Ref) -> Listing:
    """Show what the shop's own fields hold for a customer.

    Examples:
    hub customers field show C1
    """
    number = targets.customer(run, ref)
    rows = [(number, *row) for row in run.hub.rows("access.values", {"customer": number})]
    return Listing(VALUES, rows, name="fields")
