"""hub views: filters saved under a name and used as @name."""

from typing import Annotated, Any

import typer
from typer import Argument

from hubcli.command import Done, Run, command
from hubcli.commands.filters import customer_query, option_names, with_view
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
    """Give the filters as the words they were typed with, each of them looked at first; a view among them is put in."""
    customer_query(run, text=text, **given)
    merged, searched = with_view(run, given, text or [])
    return views.to_words(option_names()[0], merged, searched)


view_words.__signature__ = customer_query.__signature__  # type: ignore[attr-defined]


@command(app, "save", takes=[view_words])
def save(run: Run, name: Name, view_words: list[str]) -> Done:
    """Save filters under a name; they are kept as typed, so that "last month" moves along.

    Use them as @name. An option typed beside @name takes the place of the view's own, and further ones narrow it.

    Examples:
    hub views save big-spenders --type luxury --ordered "last quarter"
    hub customers list @big-spenders
    hub export customers @big-spenders --zip 60614 --csv
    """
    view = views.name(name)
    if not view_words:
        raise bad_value("filters", "none", "are nothing to save", f"hub views save {view} --stage repeat")
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
