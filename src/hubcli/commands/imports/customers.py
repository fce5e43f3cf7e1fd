"""hub import customers, companies: people and companies from other programs' files."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Option

from hubcli.command import Done, Run, command
from hubcli.commands.imports import shared
from hubcli.commands.imports.shared import FileGiven, LayoutGiven, file_given, layout_given
from hubcli.values import words

if TYPE_CHECKING:
    from hubcli.importing.shelf import Shelf
    from hubcli.operations.imports.source import Opened
    from hubcli.store import Hub

app = typer.Typer()


def choices_given(
    run: Run,  # every function of options is handed the run
    *,
    on_match: Annotated[
        str,
        Option(
            "--on-match", metavar="update|fill|skip", help="customers that are there: overwrite, fill blanks, leave"
        ),
    ] = "fill",
    maybe: Annotated[
        str, Option("--maybe", metavar="skip|create", help="possible duplicates: leave out, or create them")
    ] = "skip",
    by_number: Annotated[
        bool, Option("--by-number", help="the numbers are this hub's: whatever name stands beside them")
    ] = False,
    consent_all: Annotated[
        bool, Option("--consent-all", help="everybody in the file consented to the use of their data (in the EU)")
    ] = False,
) -> Any:
    """Give what is done with customers that are there, or may be."""
    from hubcli.operations.imports.customers import Choices

    match = words.choose(on_match, ("update", "fill", "skip"), "--on-match")
    create = words.choose(maybe, ("skip", "create"), "--maybe") == "create"
    return Choices(match, create, create_staff=False, consent_all=consent_all, by_number=by_number)


@command(app, "customers", takes=[file_given, layout_given, choices_given])
def customers(run: Run, file_given: FileGiven, layout_given: LayoutGiven, choices_given: Any) -> Done | int:
    """Import customers; shows what would be done, and does it with --apply as one change set.

    Customers that are there already are found by another system's number, hub's own number, e-mail, or phone and last
    name. Blank cells never overwrite anything. Columns called like a field of the shop's own fill it. Exit code 3 says
    that some rows were not taken.

    Examples:
    hub import customers samples/shopify-customers.csv
    hub import customers samples/hub-customers.csv --apply --create-staff
    hub import customers samples/shopify-customers.csv --apply --rejects mend.csv
    """
    if layout_given.write_profile is not None:
        return shared.draft(run, file_given, "customers", layout_given.write_profile)
    choices = choices_given._replace(create_staff=layout_given.create_staff)
    from hubcli.importing.shelf import Shelf

    with shared.opened(run, file_given, "customers", layout_given.profile) as (hub, opened), Shelf() as shelf:
        return _customers(run, hub, opened, shelf, choices, layout_given.country, file_given)


@command(app, "companies", takes=[file_given, layout_given, choices_given])
def companies(run: Run, file_given: FileGiven, layout_given: LayoutGiven, choices_given: Any) -> Done | int:
    """Import companies: the same as hub import customers, where a row with a company and no person is a company.

    Examples:
    hub import companies samples/hub-customers.csv
    """
    done: Done | int = customers(run, file_given, layout_given, choices_given)
    return done


def _customers(
    run: Run, hub: "Hub", opened: "Opened", shelf: "Shelf", choices: Any, country: str | None, file: FileGiven
) -> Done | int:
    """Stage the rows of an opened file of customers, then show or do what they come to."""
    from hubcli.importing import mapper
    from hubcli.importing.batches import Typist
    from hubcli.operations.customers import access, recognising
    from hubcli.operations.imports import customers as operation
    from hubcli.operations.imports import own, source, staging

    table = opened.table
    captured = access.captures(hub)
    ignore = opened.ignore if captured else opened.ignore | {"consent"}
    made = mapper(opened.profile, table.headers, folder=table.folder, file=table.name, typed=table.typed, ignore=ignore)
    choices = choices._replace(weak=made.weak, own=bool(opened.own), today=hub.day.today)
    if choices.consent_all:
        access.check_capture(hub)
    report = shared.report(run)
    staging.prepare(hub, staging.CUSTOMER_TABLES)
    typist = Typist(made, shelf, *shared.place(hub, country))
    stage = staging.Stage(hub, typist, report, keep_cells=file.rejects is not None)
    cells = own.Cells(hub, table.headers, tuple(opened.own)) if opened.own else None
    stage.aside = cells
    stage.fill(table)
    if cells is not None:
        cells.refuse(report)
    recognising.skip(hub, report)
    if not captured and "consent" in table.headers:
        run.say("consent is left out: GDPR consent is not enabled (shop.region, gdpr.capture)")
    told = [source.assumptions(opened), *source.columns(made.unknown, made.derived, made.absent, made.second)]
    task = shared.Task(
        partial(operation.preview, choices=choices, shelf=shelf),
        partial(operation.apply, choices=choices, shelf=shelf),
        shared.writer(run, hub, file, opened, stage.unread),
    )
    return shared.done(run, hub, report, task, told, apply=file.apply and not shared.shown_only(run))
