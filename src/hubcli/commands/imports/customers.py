"""hub import customers, companies: people and companies from other programs' files."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Option

from hubcli.command import Done, Run, command
from hubcli.commands.imports import shared
from hubcli.commands.imports.shared import (
    Apply,
    Country,
    CreateStaff,
    Encoding,
    File,
    Ignore,
    ProfileName,
    Rejects,
    WriteProfile,
)  # fmt: skip
from hubcli.values import words

if TYPE_CHECKING:
    from hubcli.operations.imports.source import Opened
    from hubcli.store import Hub

app = typer.Typer()

OnMatch = Annotated[
    str,
    Option("--on-match", metavar="update|fill|skip", help="customers that are there: overwrite, fill blanks, leave"),
]
Maybe = Annotated[str, Option("--maybe", metavar="skip|create", help="possible duplicates: leave out, or create them")]

ConsentAll = Annotated[
    bool, Option("--consent-all", help="everybody in the file consented to the use of their data (in the EU)")
]


@command(app, "customers")
def customers(
    run: Run,
    file: File,
    *,
    profile: ProfileName = "auto",
    apply: Apply = False,
    on_match: OnMatch = "fill",
    maybe: Maybe = "skip",
    rejects: Rejects = None,
    ignore: Ignore = None,
    encoding: Encoding = None,
    country: Country = None,
    create_staff: CreateStaff = False,
    consent_all: ConsentAll = False,
    write_profile: WriteProfile = None,
) -> Done | int:
    """Import customers; shows what would be done, and does it with --apply as one change set.

    Customers that are there already are found by another system's number, hub's own number, e-mail, or phone and last
    name. Blank cells never overwrite anything. Columns called like a field of the shop's own fill it. Exit code 3 says
    that some rows were not taken.

    Examples:
    hub import customers samples/shopify-customers.csv
    hub import customers samples/hub-customers.csv --apply --create-staff
    hub import customers samples/shopify-customers.csv --apply --rejects mend.csv
    """
    return _import(run, file, profile, on_match, maybe, (rejects, ignore, encoding, country), write_profile,
                   apply=apply, create_staff=create_staff, consent_all=consent_all)  # fmt: skip


@command(app, "companies")
def companies(
    run: Run,
    file: File,
    *,
    profile: ProfileName = "auto",
    apply: Apply = False,
    on_match: OnMatch = "fill",
    maybe: Maybe = "skip",
    rejects: Rejects = None,
    ignore: Ignore = None,
    encoding: Encoding = None,
    country: Country = None,
    create_staff: CreateStaff = False,
    consent_all: ConsentAll = False,
    write_profile: WriteProfile = None,
) -> Done | int:
    """Import companies: the same as hub import customers, where a row with a company and no person is a company.

    Examples:
    hub import companies samples/hub-customers.csv
    """
    return _import(run, file, profile, on_match, maybe, (rejects, ignore, encoding, country), write_profile,
                   apply=apply, create_staff=create_staff, consent_all=consent_all)  # fmt: skip


def _import(
    run: Run,
    file: str,
    profile: str,
    on_match: str,
    maybe: str,
    given: tuple[str | None, list[str] | None, str | None, str | None],
    write_profile: str | None,
    *,
    apply: bool,
    create_staff: bool,
    consent_all: bool,
) -> Done | int:
    """Import people and companies; `given` are --rejects, --ignore, --encoding and --country."""
    rejects, ignore, encoding, country = given
    if write_profile is not None:
        return shared.draft(run, file, "customers", write_profile, encoding)
    from hubcli.operations.imports.customers import Choices

    on_match = words.choose(on_match, ("update", "fill", "skip"), "--on-match")
    create_maybe = words.choose(maybe, ("skip", "create"), "--maybe") == "create"
    choices = Choices(on_match, create_maybe, create_staff, consent_all=consent_all)
    with shared.opened(run, file, "customers", profile, encoding, ignore, writing=apply) as (hub, opened):
        return _customers(run, hub, opened, choices, country, rejects, apply=apply)


def _customers(
    run: Run, hub: "Hub", opened: "Opened", choices: Any, country: str | None, rejects: str | None, *, apply: bool
) -> Done | int:
    """Stage the rows of an opened file of customers, then show or do what they come to."""
    from hubcli.importing import mapper
    from hubcli.importing.batches import Typist
    from hubcli.operations.customers import access, recognising
    from hubcli.operations.imports import customers as operation
    from hubcli.operations.imports import own, source, staging

    table = opened.table
    made = mapper(opened.profile, table.headers, folder=table.folder, file=table.name, ignore=opened.ignore)
    choices = choices._replace(weak=made.weak, own=bool(opened.own))
    if choices.consent_all:
        access.check_capture(hub)
    report = shared.report(run)
    staging.prepare(hub, staging.CUSTOMER_TABLES)
    stage = staging.Stage(hub, Typist(made, *shared.place(hub, country)), report, keep_cells=rejects is not None)
    cells = own.Cells(hub, table.headers, tuple(opened.own)) if opened.own else None
    stage.aside = cells
    stage.fill(table)
    if cells is not None:
        cells.refuse(report)
    recognising.skip(hub, report)
    told = [source.assumptions(opened), *source.columns(made.unknown, made.derived)]
    task = shared.Task(
        partial(operation.preview, choices=choices),
        partial(operation.apply, choices=choices),
        shared.writer(run, hub, rejects, opened, stage.unread),
    )
    return shared.done(run, hub, report, task, told, apply=apply and not shared.shown_only(run))
