"""hub import notes, contacts, visits, activity: what hangs on a customer."""

from typing import TYPE_CHECKING

import typer

from hubcli.command import Done, Run, command
from hubcli.commands.imports.shared import Apply, Encoding, File, Ignore, Rejects
from hubcli.commands.imports.simple import simple
from hubcli.operations.imports import record
from hubcli.operations.imports.plain import Layout, Take

if TYPE_CHECKING:
    from hubcli.operations.imports.report import Report

app = typer.Typer()


def _verb(name: str, layout: Layout, take: Take, told: str, example: str) -> None:
    """Register one import: they differ in their layout and in what takes a row."""

    def maker(_: "Report") -> Take:
        return take

    def verb(
        run: Run,
        file: File,
        *,
        apply: Apply = False,
        rejects: Rejects = None,
        ignore: Ignore = None,
        encoding: Encoding = None,
    ) -> Done | int:
        return simple(run, file, layout, maker, rejects, ignore, encoding, apply=apply)

    verb.__doc__ = f"{told}\n\n    Examples:\n    {example}\n    "
    verb.__module__ = __name__
    command(app, name)(verb)


VERBS: dict[str, tuple[Layout, Take, str, str]] = {
    "notes": (
        record.NOTES,
        record.note,
        """Import notes; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export notes; customer and text are enough. A note that is there already, word for
    word, is left as it is.""",
        "hub export notes --csv | hub import notes -",
    ),
    "contacts": (
        record.CONTACTS,
        record.contact,
        """Import contacts; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export contacts: a person who is a customer too stands in linked, with their roles.""",
        "hub export contacts --csv | hub import contacts -",
    ),
    "visits": (
        record.VISITS,
        record.visit,
        """Import home visits; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export visits; order and type are enough.""",
        "hub export visits --csv | hub import visits -",
    ),
    "activity": (
        record.ACTIVITY,
        record.event,
        """Import what customers did on the website, from its log: logins, pages; each once, however often it is read.

    Columns: customer, at (a moment), kind (login, if empty), detail. CSV, TSV or NDJSON.""",
        "hub export template activity",
    ),
}
for _name, _how in VERBS.items():
    _verb(_name, *_how)
