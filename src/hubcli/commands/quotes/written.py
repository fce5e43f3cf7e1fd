"""What commands of quotes and orders print of what they wrote, and how they read what several of them take."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from typer import Option

from hubcli.command import Done, Run
from hubcli.operations.documents import base
from hubcli.render import Column

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome

BRIEF = (
    Column("number", "code", title="#"),
    Column("customer", "ref", prefix="C", keep=3),
    Column("customer_name", title="name", keep=2),
    Column("date", "date", keep=3),
    Column("status", "code"),
    Column("expires_on", "date", title="expires", keep=4),
    Column("tax", "money", keep=5),
    Column("total", "money"),
    Column("paid", "money", keep=4),
    Column("balance", "money"),
)

IfVersion = Annotated[
    str | None, Option("--if-version", metavar="H", help="only while nothing changed since (version in --json)")
]


def expected(typed: str | None) -> int | None:
    """Read --if-version; raise bad_value."""
    from hubcli.commands import targets

    return None if typed is None else targets.number(typed, "H", "--if-version")


def written(run: Run, outcome: "Outcome", ids: Sequence[int], **how: Any) -> Done:
    """Give what is printed of documents that were written."""
    rows: list[Any] = []
    if not outcome.dry_run and ids:
        rows = [tuple(row) for row in run.hub.rows("documents.brief", {"ids": list(ids)})]
    return Done(outcome, BRIEF, rows, **{"name": "documents", **how})


def rows_of(run: Run, refs: Sequence[str], get: Callable[["Hub", str], Any]) -> list[Any]:
    """Give the rows of several documents, each once; `-` stands for the references on stdin."""
    from hubcli.commands import targets

    words: list[str] = []
    for ref in refs:
        words += targets.piped() if ref == "-" else [ref]
    return list({row["id"]: row for row in (get(run.hub, word) for word in words)}.values())


def warned(warning: str | None) -> str | None:
    """Give a warning of the credit line as what a command says."""
    return warning and f"warning: {warning}"


def ref_of(row: Any) -> str:
    """Give Q7 or O7."""
    return base.ref_of(row)
