"""hub views: filters saved under a name and used as @name."""

from typing import Annotated, Any

import typer
from typer import Argument

from hubcli.command import Done, Run, command
from hubcli.commands import targets
from hubcli.commands.filters import SHOWN, customer_query, option_names, with_view
from hubcli.errors import bad_value
from hubcli.operations import views
from hubcli.render import Column, Listing, Record

HELP = """Saved filters, used as @name in search, list, export and wherever several customers are named.

Examples:
hub views save big-spenders --type luxury --ordered "last quarter"
hub views list
hub customers list @big-spenders
"""

app = typer.Typer(help=HELP)

LIST = (
    Column("name", "code"),
    Column("noun", "code", keep=2),
    Column("filters", "code"),
    Column("arguments", "object"),
)
Name = Annotated[str, Argument(metavar="NAME", help="letters, digits, - and _; with or without the @")]


def view_words(run: Run, *, text: list[str] | None = None, **given: Any) -> list[str]:
    """Give the filters as the words they were typed with, each of them looked at first; a view among them is put in.

    So with --fields and --sort, which are then not meant for what is printed of the view. Raises bad_value.
    """
    shown = {key: run.options.get(key) for key in SHOWN if run.options.get(key)}
    _check(run, shown)
    run.options = {key: value for key, value in run.options.items() if key not in SHOWN}
    customer_query(run, text=text, **given)
    merged, searched = with_view(run, given, text or [])
    return views.to_words(option_names()[0] | SHOWN, merged | shown, searched)


def _check(run: Run, shown: dict[str, Any]) -> None:
    """Raise bad_value for a column that neither the list nor the export of customers has."""
    from hubcli.commands.customers import find
    from hubcli.commands.export import CUSTOMERS

    known = {*find.known(run), *(column.name for column in CUSTOMERS)} if shown else set()
    for key, value in shown.items():
        for word in value.split(","):
            if word.strip().removeprefix("-") not in known:
                from hubcli.values import words

                close = ", ".join(words.near(word.strip(), known)) or ", ".join(sorted(known))
                raise bad_value(SHOWN[key], word, f"is not a column: {close}")


view_words.__signature__ = customer_query.__signature__  # type: ignore[attr-defined]


@command(app, "save", takes=[view_words])
def save(run: Run, name: Name, view_words: list[str]) -> Done:
    """Save filters under a name; they are kept as typed, so that "last month" moves along.

    Use them as @name. An option typed beside @name takes the place of the view's own, and further ones narrow it.
    --fields and --sort are kept too: which columns a list or an export shows, and in which order.

    Examples:
    hub views save big-spenders --type luxury --ordered "last quarter" --fields number,name,lifetime_value
    hub customers list @big-spenders
    hub export customers @big-spenders --zip 60614 --csv
    """
    view = views.name(name)
    if not view_words:
        raise targets.need("save which filters? Give some", f"hub views save {view} --stage repeat")
    old = run.hub.one("views.by_name", {"name": view})
    kept = views.shown(old["arguments"]) if old else ""
    if old and views.words_of(old["arguments"]) != view_words:
        run.confirm(f"replace @{view} ({kept})?", f"replacing the view @{view} ({kept})")
    outcome = run.change(lambda hub: views.save(hub, view, "customers", view_words))
    import shlex

    return Done(outcome, LIST, [(view, "customers", shlex.join(view_words), view_words)], name="views")


@command(app, "list")
def list_(run: Run) -> Listing:
    """List the saved views.

    Examples:
    hub views list
    """
    rows = [_row(row) for row in run.hub.rows("views.list")]
    return Listing(LIST, rows, name="views")


@command(app, "show")
def show(run: Run, name: Name) -> Record:
    """Show what a view holds.

    Examples:
    hub views show big-spenders --json
    """
    return Record(LIST, _row(views.find(run.hub, name)))


@command(app, "delete")
def delete(run: Run, name: Name) -> Done:
    """Forget a view; hub undo brings it back.

    Examples:
    hub views delete big-spenders
    """
    view = views.find(run.hub, name)
    outcome = run.change(lambda hub: views.delete(hub, view["id"]))
    return Done(outcome, LIST, [_row(view)], name="views")


def _row(view: Any) -> tuple[Any, ...]:
    return (view["name"], view["noun"], views.shown(view["arguments"]), views.words_of(view["arguments"]))
