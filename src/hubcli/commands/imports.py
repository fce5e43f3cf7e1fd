"""hub import: customers and orders from other programs' files."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.errors import HubError
from hubcli.render import Column, Listing
from hubcli.values import words

if TYPE_CHECKING:
    from hubcli.importing import Profile
    from hubcli.operations.imports.report import Report
    from hubcli.operations.imports.source import Opened
    from hubcli.store import Hub

app = typer.Typer(help="Read customers and orders from other programs' files.")

REPORT = (
    Column("result", "code"),
    Column("rows", "count"),
    Column("reason", "long", keep=0),
    Column("examples", "long", keep=2),
)

File = Annotated[str, Argument(metavar="FILE|-", help="CSV, TSV, JSON, NDJSON or .xlsx, also .gz; - is stdin")]
ProfileName = Annotated[
    str,
    Option(
        "--profile",
        metavar="NAME|FILE.toml",
        help="the layout: auto, hub, shopify, square, quickbooks, google, hubspot, deconetwork … or your mapping",
    ),
]
Apply = Annotated[bool, Option("--apply", help="do it; without, only what would be done is shown")]
Rejects = Annotated[str | None, Option("--rejects", metavar="FILE.csv", help="write the rows that were not taken there")]
Ignore = Annotated[list[str] | None, Option("--ignore", metavar="COLUMN", help="leave this column out")]
Encoding = Annotated[str | None, Option("--encoding", metavar="NAME", help="such as windows-1252, if not found out")]
Country = Annotated[
    str | None, Option("--country", metavar="CC", help="the country of phones and addresses that name none")
]
WriteProfile = Annotated[
    str | None, Option("--write-profile", metavar="FILE.toml", help="draft a mapping for this file, and stop")
]
CreateStaff = Annotated[bool, Option("--create-staff", help="add people of the file whom nobody here is called like")]


@command(app, "customers")
def customers(
    run: Run,
    file: File,
    *,
    profile: ProfileName = "auto",
    apply: Apply = False,
    on_match: Annotated[
        str,
        Option("--on-match", metavar="update|fill|skip", help="customers that are there: overwrite, fill blanks, leave"),
    ] = "fill",
    maybe: Annotated[
        str, Option("--maybe", metavar="skip|create", help="possible duplicates: leave out, or create them")
    ] = "skip",
    rejects: Rejects = None,
    ignore: Ignore = None,
    encoding: Encoding = None,
    country: Country = None,
    create_staff: CreateStaff = False,
    write_profile: WriteProfile = None,
) -> Done | int:
    """Import customers; shows what would be done, and does it with --apply as one change set.

    Customers that are there already are found by another system's number, hub's own number, e-mail, or phone and last
    name. Blank cells never overwrite anything. Exit code 3 says that some rows were not taken.

    Examples:
    hub import customers samples/shopify-customers.csv
    hub import customers samples/hub-customers.csv --apply --create-staff
    hub import customers samples/shopify-customers.csv --apply --rejects mend.csv
    """
    if write_profile is not None:
        return _draft(run, file, "customers", write_profile, encoding)
    from hubcli.importing import mapper
    from hubcli.operations.imports import customers as operation
    from hubcli.operations.imports import source, staging

    on_match = words.choose(on_match, ("update", "fill", "skip"), "--on-match")
    create_maybe = words.choose(maybe, ("skip", "create"), "--maybe") == "create"
    opened = source.open_file(file, "customers", profile, encoding=encoding, ignore=ignore or ())
    table = opened.table
    made = mapper(opened.profile, table.headers, folder=table.folder, file=table.name, ignore=opened.ignore)
    choices = operation.Choices(on_match, create_maybe, create_staff, made.weak)
    apply = apply and not (run.dry_run and not run.path.exists())
    with _database(run, writing=apply) as hub:
        report = _report(run)
        reader = _reader(run, hub, country, report)
        staging.prepare(hub, staging.CUSTOMER_TABLES)
        stage = staging.Stage(hub, reader, report, keep_cells=rejects is not None)
        stage.fill(table, made)
        told = [source.assumptions(opened), *source.columns(made.unknown, made.derived)]
        return _done(run, hub, apply, report, told, lambda h, r: operation.preview(h, r, choices),
                     lambda h, r: operation.apply(h, r, choices), _writer(run, hub, rejects, opened, stage.unread))  # fmt: skip


# ------------------------------------------------------------------------------------------------------------- helpers


def _report(run: Run) -> "Report":
    from hubcli.operations.imports.report import Report

    return Report(every=bool(run.verbose))


def _reader(run: Run, hub: "Hub", country: str | None, report: "Report") -> Any:
    """Give what types the rows of customers on this business day, in this shop."""
    from hubcli.importing.typed import Reader
    from hubcli.values import text

    code = text.country(country, "--country") if country else _setting(hub, "shop.country")
    return Reader(code, _last_day(hub), hub.day.at, _setting(hub, "shop.timezone") or None, report.warn)


def _last_day(hub: "Hub") -> str:
    """Give the last day that a file may name: today by the clock, whatever earlier business day was chosen."""
    return max(hub.day.today, hub.day.at[:10])


def _setting(hub: "Hub", key: str) -> str:
    from hubcli import settings

    row = hub.one("settings.get", {"key": key})
    return str(row["value"]) if row else settings.default(key)


@contextmanager
def _database(run: Run, *, writing: bool) -> Iterator["Hub"]:
    """Give the database; a missing one is made for an import that writes, and stood in for by an empty one otherwise."""
    from hubcli.operations import setup

    if run.path.exists() or run.path.is_symlink():
        yield run.hub
    elif writing:
        setup.init(run.path, None)
        run.tell(f"{run.path} was made")
        yield run.hub
    else:
        with tempfile.TemporaryDirectory(prefix="hub-") as folder:
            path = Path(folder) / "hub.db"
            setup.init(path, None)
            run.say(f"there is no database at {run.path} yet: shown as for an empty one")
            with run.open(path) as hub:
                yield hub


Work = Callable[["Hub", "Report"], None]


def _done(  # noqa: PLR0913
    run: Run, hub: "Hub", apply: bool, report: "Report", told: list[str], preview: Work, work: Work,
    write: Callable[["Report"], str | None],
) -> Done | int:  # fmt: skip
    """Show what an import would do, or do it and show what was done."""
    if not apply:
        for line in told:
            run.say(line)
        preview(hub, report)
        _say_if(run, write(report))
        run.say("nothing is written yet: add --apply to do it")
        run.print(Listing(REPORT, report.rows(), name="results"))
        return 3 if report.bad else 0
    hub.job("import")

    def once(h: "Hub") -> "Report":
        fresh = report.copy()
        work(h, fresh)
        return fresh

    outcome = hub.change(run.command, once, reason=run.reason, dry_run=bool(run.dry_run), bulk=True, purpose="load")
    final: Report = outcome.result
    for line in told if outcome.change is not None or run.verbose else ():
        run.tell(line)
    _say_if(run, write(final))
    if final.bad and outcome.change is None:
        run.say(f"{final.bad} rows were not taken: {final.sentence()}")
    rows = list(final.rows()) if not run.quiet else [()]
    return Done(outcome, REPORT if not run.quiet else (), rows, name="results", silent=True, exit_code=3 if final.bad else 0)


def _say_if(run: Run, told: str | None) -> None:
    if told:
        run.say(told)


def _writer(
    run: Run, hub: "Hub", path: str | None, opened: "Opened", unread: dict[int, list[str]]
) -> Callable[["Report"], str | None]:
    """Give the function that writes the rows that were not taken, and says so."""
    from hubcli.operations.imports import source

    def write(report: "Report") -> str | None:
        if path is None or not report.refused:
            return None
        rows = source.rejected(hub, unread, report.refused)
        count = source.write_rejects(path, opened.table, rows, (str(run.path),))
        return f"{count:,} rows to mend are in {path}"

    return write


def _draft(run: Run, file: str, of: str, path: str, encoding: str | None) -> int:
    """Write a first mapping for a file."""
    from hubcli.importing import draft, open_table
    from hubcli.render.files import replacing
    from hubcli.render.results import Output

    with open_table(file, encoding=encoding) as table:
        text = draft(table.headers, of, Path(path).stem)
    with replacing(Output(path=path, no_clobber=True)) as raw:
        raw.write(text.encode())
    run.say(f"{path} is a first mapping: check every line, then hub import {of} {file} --profile {path}")
    return 0
