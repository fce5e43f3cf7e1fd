"""hub import: customers and orders from other programs' files."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.render import Column, Listing
from hubcli.values import words

if TYPE_CHECKING:
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
Rejects = Annotated[
    str | None, Option("--rejects", metavar="FILE.csv", help="write the rows that were not taken there")
]
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
        Option(
            "--on-match", metavar="update|fill|skip", help="customers that are there: overwrite, fill blanks, leave"
        ),
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
    from hubcli.operations.imports.customers import Choices

    on_match = words.choose(on_match, ("update", "fill", "skip"), "--on-match")
    create_maybe = words.choose(maybe, ("skip", "create"), "--maybe") == "create"
    choices = Choices(on_match, create_maybe, create_staff)
    with _opened(run, file, "customers", profile, encoding, ignore, writing=apply) as (hub, opened):
        return _customers(run, hub, opened, choices, country, rejects, apply=apply)


def _customers(
    run: Run, hub: "Hub", opened: "Opened", choices: Any, country: str | None, rejects: str | None, *, apply: bool
) -> Done | int:
    """Stage the rows of an opened file of customers, then show or do what they come to."""
    from hubcli.importing import mapper
    from hubcli.operations.imports import customers as operation
    from hubcli.operations.imports import source, staging

    table = opened.table
    made = mapper(opened.profile, table.headers, folder=table.folder, file=table.name, ignore=opened.ignore)
    choices = choices._replace(weak=made.weak)
    report = _report(run)
    staging.prepare(hub, staging.CUSTOMER_TABLES)
    stage = staging.Stage(hub, _reader(run, hub, country, report), report, keep_cells=rejects is not None)
    stage.fill(table, made)
    told = [source.assumptions(opened), *source.columns(made.unknown, made.derived)]
    task = _Task(
        partial(operation.preview, choices=choices),
        partial(operation.apply, choices=choices),
        _writer(run, hub, rejects, opened, stage.unread),
    )
    return _done(run, hub, report, task, told, apply=apply and not _shown_only(run))


@command(app, "orders")
def orders(
    run: Run,
    file: File,
    *,
    lines: Annotated[
        str | None, Option("--lines", metavar="FILE", help="the lines, where they stand in a file of their own")
    ] = None,
    profile: ProfileName = "auto",
    apply: Apply = False,
    create_customers: Annotated[
        bool, Option("--create-customers", help="make customers that are not there, from the order's name and e-mail")
    ] = False,
    rejects: Rejects = None,
    ignore: Ignore = None,
    encoding: Encoding = None,
    country: Country = None,
    create_staff: CreateStaff = False,
    write_profile: WriteProfile = None,
) -> Done | int:
    """Import orders with their lines; shows what would be done, and does it with --apply as one change set.

    The customer of an order is found by its number, another system's number, e-mail, phone or name. Totals are checked
    to the cent. An order of which the file does not say whether it is paid is due: --as paid says otherwise. Exit code
    3 says that some orders were not taken.

    Examples:
    hub import orders samples/shopify-orders.csv
    hub import orders samples/hub-orders.csv --as paid
    """
    if write_profile is not None:
        return _draft(run, file, "orders", write_profile, encoding)
    from hubcli.operations.imports import newcomers
    from hubcli.operations.imports.orders import Choices

    as_paid = _as_paid(run)
    with _opened(run, file, "orders", profile, encoding, ignore, writing=apply) as (hub, opened):
        report = _report(run)
        make = newcomers.maker(_reader(run, hub, country, report)) if create_customers else None
        choices = Choices(create_staff, opened.profile.name == "hub", make)
        return _orders(run, hub, opened, report, choices, lines, rejects, apply=apply, as_paid=as_paid)


def _orders(
    run: Run,
    hub: "Hub",
    opened: "Opened",
    report: "Report",
    choices: Any,
    lines: str | None,
    rejects: str | None,
    *,
    apply: bool,
    as_paid: bool,
) -> Done | int:
    """Read the orders of an opened file, then show or do what they come to."""
    from hubcli.importing import read_orders
    from hubcli.importing.documents import OrderReader
    from hubcli.operations.imports import orders as operation
    from hubcli.operations.imports import source, staging

    found = read_orders(opened.profile, opened.table, ignore=opened.ignore, lines=lines)
    cells: dict[int, list[str]] = {}
    if rejects is not None:
        operation.keep_cells(found, cells)
    staging.prepare(hub, operation.TABLES)
    typed = operation.read(found, OrderReader(_last_day(hub), paid=as_paid), report)
    told = [source.assumptions(opened), *source.columns([*found.unknown, *found.lines_unknown], found.derived)]
    task = _Task(
        partial(operation.preview, orders=typed, choices=choices),
        partial(operation.apply, orders=typed, choices=choices),
        _writer(run, hub, rejects, opened, cells),
    )
    return _done(run, hub, report, task, told, apply=apply and not _shown_only(run))


@command(app, "all")
def everything(
    run: Run, folder: Annotated[str, Argument(metavar="DIR", help="what hub export all wrote")], *, apply: Apply = False
) -> Listing | str | None:
    """Load a whole database that hub export all wrote into an empty one.

    Examples:
    hub import all backup/
    hub import all backup/ --apply
    """
    from hubcli.operations import dump

    with _database(run, writing=apply and not run.dry_run) as hub:
        counts = dump.check(hub, Path(folder))
        if apply and not run.dry_run:
            dump.load(hub, Path(folder))
            run.say(f"{run.path} holds what {folder} held")
        else:
            run.say("nothing is written yet: add --apply to do it")
        return Listing((Column("table", "code"), Column("rows", "count")), list(counts.items()), name="tables")


# ------------------------------------------------------------------------------------------------------------- helpers


def _as_paid(run: Run) -> bool:
    """Read --as paid and --as due, which share their name with the option that says who is answerable."""
    said = run.options.get("as")
    if said not in {"paid", "due"}:
        return False
    run.options = {name: value for name, value in run.options.items() if name != "as"}
    return bool(said == "paid")


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


def _shown_only(run: Run) -> bool:
    """Tell whether there is no database yet and none may be made: a dry run then shows what a preview shows."""
    return bool(run.dry_run) and not run.path.exists()


@contextmanager
def _opened(
    run: Run, file: str, of: str, profile: str, encoding: str | None, ignore: list[str] | None, *, writing: bool
) -> Iterator[tuple["Hub", "Opened"]]:
    """Open the file, find its layout, then give the database and it; a file that cannot be read leaves no database."""
    from hubcli.operations.imports import source

    opened = source.open_file(file, of, profile, encoding=encoding, ignore=ignore or ())
    with opened.table, _database(run, writing=writing and not _shown_only(run)) as hub:
        yield hub, opened


@contextmanager
def _database(run: Run, *, writing: bool) -> Iterator["Hub"]:
    """Give the database; a missing one is made for an import that writes, else an empty one stands in for it."""
    from hubcli.operations import setup

    if run.path.exists() or run.path.is_symlink():
        yield run.hub
    elif writing:
        setup.init(run.path, None)
        try:
            yield run.hub
        except BaseException:
            if not run.hub.select("SELECT 1 FROM changes"):  # nothing came of it: it was not there before either
                run.hub.close()
                for side in ("", "-wal", "-shm", "-lock"):
                    Path(f"{run.path}{side}").unlink(missing_ok=True)
            raise
    else:
        with tempfile.TemporaryDirectory(prefix="hub-") as folder:
            path = Path(folder) / "hub.db"
            setup.init(path, None)
            run.say(f"there is no database at {run.path} yet: shown as for an empty one")
            with run.open(path) as hub:
                yield hub


class _Task(NamedTuple):
    """What one import does: show, do, and write the rows that were not taken (giving what to say of it)."""

    preview: Callable[["Hub", "Report"], None]
    apply: Callable[["Hub", "Report"], None]
    write: Callable[["Report"], str | None]


def _done(run: Run, hub: "Hub", report: "Report", task: _Task, told: Sequence[str], *, apply: bool) -> Done | int:
    """Show what an import would do, or do it and show what was done."""
    if not apply:
        for line in told:
            run.say(line)
        task.preview(hub, report)
        _say_if(run, task.write(report))
        run.say("nothing is written yet: add --apply to do it")
        run.print(Listing(REPORT, report.rows(), name="results"))
        return 3 if report.bad else 0
    hub.job("import")

    def once(h: "Hub") -> "Report":
        fresh = report.copy()
        task.apply(h, fresh)
        return fresh

    outcome = hub.change(run.command, once, reason=run.reason, dry_run=bool(run.dry_run), bulk=True, purpose="load")
    final: Report = outcome.result
    for line in told if outcome.change is not None or run.verbose else ():
        run.tell(line)
    _say_if(run, task.write(final))
    if final.bad and outcome.change is None:
        run.say(f"{final.bad} rows were not taken: {final.sentence()}")
    elif outcome.change is None:
        run.tell("nothing to change")
    exit_code = 3 if final.bad else 0
    silent = not run.verbose
    if run.quiet:
        return Done(outcome, (), [()], name="results", silent=silent, exit_code=exit_code)
    return Done(outcome, REPORT, list(final.rows()), name="results", silent=silent, exit_code=exit_code)


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
