"""hub import notes, contacts, visits, activity: what hangs on a customer, in hub's own layout."""

import typer

from hubcli.command import Done, Run, command
from hubcli.commands.imports.shared import FileGiven, file_given
from hubcli.commands.imports.simple import simple

app = typer.Typer()


@command(app, "notes", takes=[file_given])
def notes(run: Run, file_given: FileGiven) -> Done | int:
    """Import notes; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export notes; customer and text are enough. A note that is there already, word for
    word, is left as it is.

    Examples:
    hub export notes --csv | hub import notes -
    """
    from hubcli.operations.imports import record

    return simple(run, file_given, record.NOTES, lambda _: record.note)


@command(app, "contacts", takes=[file_given])
def contacts(run: Run, file_given: FileGiven) -> Done | int:
    """Import contacts; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export contacts: a person who is a customer too stands in linked, with their roles.

    Examples:
    hub export contacts --csv | hub import contacts -
    """
    from hubcli.operations.imports import record

    return simple(run, file_given, record.CONTACTS, lambda _: record.contact)


@command(app, "visits", takes=[file_given])
def visits(run: Run, file_given: FileGiven) -> Done | int:
    """Import home visits; shows what would be done, and does it with --apply as one change set.

    The columns are those of hub export visits; order and type are enough.

    Examples:
    hub export visits --csv | hub import visits -
    """
    from hubcli.operations.imports import record

    return simple(run, file_given, record.VISITS, lambda _: record.visit)


@command(app, "activity", takes=[file_given])
def activity(run: Run, file_given: FileGiven) -> Done | int:
    """Import what customers did on the website, from its log: logins, pages; each once, however often it is read.

    Columns: customer, at (a moment), kind (login, if empty), detail. CSV, TSV or NDJSON.

    Examples:
    hub export template activity
    """
    from hubcli.operations.imports import record

    return simple(run, file_given, record.ACTIVITY, lambda _: record.event)
