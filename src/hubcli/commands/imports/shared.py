"""What the import commands share: their options, the database they write to, what they show and how they end."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from typer import Argument, Option

from hubcli.command import Done, Run
from hubcli.counts import Count
from hubcli.errors import HubError, bad_value
from hubcli.render import Column, Listing

if TYPE_CHECKING:
    from hubcli.operations.imports.plain import Layout, Sheet
    from hubcli.operations.imports.report import Report
    from hubcli.operations.imports.source import Opened
    from hubcli.store import Hub

REPORT = (
    Column("result", "code"),
    Column("rows", "count"),
    Column("reason", "long", keep=0),
    Column("examples", "long", keep=2),
)

File = Annotated[str, Argument(metavar="FILE|-", help="CSV, TSV, JSON, NDJSON or .xlsx, also .gz; - is stdin")]
Apply = Annotated[bool, Option("--apply", help="do it; without, only what would be done is shown")]


class FileGiven(NamedTuple):
    """The file of an import, and what every import asks of it."""

    name: str
    apply: bool
    rejects: str | None
    ignore: list[str] | None
    encoding: str | None
    sheet: str | None


def file_given(
    run: Run,  # every function of options is handed the run
    *,
    file: File,
    apply: Apply = False,
    rejects: Annotated[
        str | None, Option("--rejects", metavar="FILE.csv", help="write the rows that were not taken there")
    ] = None,
    ignore: Annotated[list[str] | None, Option("--ignore", metavar="COLUMN", help="leave this column out")] = None,
    encoding: Annotated[
        str | None, Option("--encoding", metavar="NAME", help="such as windows-1252, if not found out")
    ] = None,
    sheet: Annotated[
        str | None, Option("--sheet", metavar="NAME", help="this sheet of a workbook, not the first that can be seen")
    ] = None,
) -> FileGiven:
    """Give the file and how it is read; raise bad_value for a file of rejects whose ending says that it is no text."""
    if rejects is not None and Path(rejects).suffix.lower() not in {"", ".csv", ".tsv", ".txt"}:
        raise bad_value("--rejects", rejects, "is written as CSV: call it FILE.csv")
    return FileGiven(file, apply, rejects, ignore, encoding, sheet)


class LayoutGiven(NamedTuple):
    """What another program's file needs told: its layout, the country, whether its staff are made here."""

    profile: str
    country: str | None
    create_staff: bool
    write_profile: str | None


def layout_given(
    run: Run,  # every function of options is handed the run
    *,
    profile: Annotated[
        str,
        Option(
            "--profile",
            metavar="NAME|FILE.toml",
            help="the layout: auto, hub, shopify, square, quickbooks, google, hubspot, deconetwork … or your mapping",
        ),
    ] = "auto",
    country: Annotated[
        str | None, Option("--country", metavar="CC", help="the country of phones and addresses that name none")
    ] = None,
    create_staff: Annotated[
        bool, Option("--create-staff", help="add people of the file whom nobody here is called like")
    ] = False,
    write_profile: Annotated[
        str | None, Option("--write-profile", metavar="FILE.toml", help="draft a mapping for this file, and stop")
    ] = None,
) -> LayoutGiven:
    """Give the layout of another program's file."""
    return LayoutGiven(profile, country, create_staff, write_profile)


def report(run: Run) -> "Report":
    """Give an empty report."""
    from hubcli.operations.imports.report import Report

    return Report(every=bool(run.verbose))


def reader(hub: "Hub", country: str | None, report: "Report") -> Any:
    """Give what types the rows of customers on this business day, in this shop."""
    from hubcli.importing.typed import Reader

    return Reader(*place(hub, country), report.warn)


def place(hub: "Hub", country: str | None) -> tuple[str, str, str, str | None]:
    """Give what rows of customers mean where they do not say: country, last day, instant, time zone."""
    from hubcli.operations.imports.report import last_day
    from hubcli.values import text

    code = text.country(country, "--country") if country else hub.setting("shop.country")
    return code, last_day(hub), hub.day.at, hub.zone


def shown_only(run: Run) -> bool:
    """Tell whether there is no database yet and none may be made: a dry run then shows what a preview shows."""
    return bool(run.dry_run) and not run.path.exists()


@contextmanager
def opened(run: Run, file: FileGiven, of: str, profile: str) -> Iterator[tuple["Hub", "Opened"]]:
    """Open the file, find its layout, then give the database and it; a file that cannot be read leaves no database."""
    from hubcli.operations.imports import source

    own = _own_fields(run) if of == "customers" else ()
    opened = source.open_file(
        file.name, of, profile, encoding=file.encoding, sheet=file.sheet, ignore=file.ignore or (), own=own
    )
    hinted = source.another_sheet(opened.table, run.command)
    with opened.table, hinted, database(run, writing=file.apply and not shown_only(run)) as hub:
        yield hub, opened


def _own_fields(run: Run) -> Sequence[str]:
    """Give the names of the shop's own fields that are in use; none where there is no database yet."""
    if not run.path.exists():
        return ()
    return [row["name"] for row in run.hub.rows("access.fields") if not row["retired"]]


@contextmanager
def plain_opened(run: Run, file: FileGiven, layout: "Layout") -> Iterator[tuple["Hub", "Opened"]]:
    """Open a file in hub's own layout, then give the database and it."""
    from hubcli.operations.imports import source

    known = layout.columns.keys() | layout.derived
    opened = source.open_plain(file.name, known, encoding=file.encoding, sheet=file.sheet, ignore=file.ignore or ())
    hinted = source.another_sheet(opened.table, run.command)
    with opened.table, hinted, database(run, writing=file.apply and not shown_only(run)) as hub:
        yield hub, opened


def simple_done(
    run: Run,
    hub: "Hub",
    opened: "Opened",
    sheet: "Sheet",
    report: "Report",
    work: Callable[["Hub", "Report"], None],
    file: FileGiven,
) -> Done | int:
    """Show what rows of hub's own layout would come to, by doing it and taking it back; or do it."""
    from hubcli.operations.imports import source

    def preview(hub: "Hub", report: "Report") -> None:
        hub.change(run.command, lambda h: work(h, report), dry_run=True, purpose="load")

    told = [source.assumptions(opened), *source.columns([], sheet.left)]
    task = Task(preview, work, writer(run, hub, file, opened, sheet.cells), bulk=False)
    return done(run, hub, report, task, told, apply=file.apply and not shown_only(run))


@contextmanager
def database(run: Run, *, writing: bool) -> Iterator["Hub"]:
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


class Task(NamedTuple):
    """What one import does: show, do, and write the rows that were not taken (giving what to say of it).

    `bulk` leaves the kept figures to the work itself.
    """

    preview: Callable[["Hub", "Report"], None]
    apply: Callable[["Hub", "Report"], None]
    write: Callable[["Report"], str | None]
    bulk: bool = True
    purpose: str = "load"


def done(run: Run, hub: "Hub", report: "Report", task: Task, told: Sequence[str], *, apply: bool) -> Done | int:
    """Show what an import would do, or do it and show what was done."""
    if not apply:
        for line in told:
            run.say(line)
        task.preview(hub, report)
        say_if(run, task.write(report))
        run.say("nothing is written yet: add --apply to do it")
        run.print(Listing(REPORT, report.rows(), name="results"))
        return 3 if report.bad else 0
    hub.job("import")
    run.allowed()

    def once(h: "Hub") -> "Report":
        fresh = report.copy()
        task.apply(h, fresh)
        return fresh

    outcome = hub.change(
        run.command, once, reason=run.reason, dry_run=bool(run.dry_run), bulk=task.bulk, purpose=task.purpose
    )
    final: Report = outcome.result
    for line in told if outcome.change is not None or run.verbose else ():
        run.tell(line)
    say_if(run, task.write(final))
    if final.bad and outcome.change is None:
        run.say(f"{Count(final.bad):row} not taken")
    elif outcome.change is None:
        run.tell("nothing to change")
    exit_code = 3 if final.bad else 0
    silent = not run.verbose and (not final.bad or run.quiet)
    if run.quiet:
        return Done(outcome, (), [()], name="results", silent=silent, exit_code=exit_code)
    return Done(outcome, REPORT, list(final.rows()), name="results", silent=silent, exit_code=exit_code)


def say_if(run: Run, told: str | None) -> None:
    """Say something, if there is anything to say."""
    if told:
        run.say(told)


def writer(
    run: Run, hub: "Hub", file: FileGiven, opened: "Opened", unread: dict[int, list[str]]
) -> Callable[["Report"], str | None]:
    """Give the function that writes the rows that were not taken, and says so; never over the file they came from."""
    from hubcli.operations.imports import source

    path = file.rejects
    if path is not None and file.name != "-" and Path(path).exists() and Path(path).samefile(file.name):
        raise HubError("output_refused", path=path, reason="it is the file that is imported")

    def write(report: "Report") -> str | None:
        if path is None or not report.refused:
            return None
        rows = source.rejected(hub, unread, report.refused)
        count = source.write_rejects(path, opened.table, rows, (str(run.path),))
        return f"to mend: {Count(count):row} in {path}"

    return write


def draft(run: Run, file: FileGiven, of: str, path: str) -> int:
    """Write a first mapping for a file."""
    import shlex

    from hubcli.importing import draft, open_table
    from hubcli.render.files import replacing
    from hubcli.render.results import Output

    with open_table(file.name, encoding=file.encoding, sheet=file.sheet) as table:
        text = draft(table.headers, of, Path(path).stem)
    if Path(path).is_file():
        raise HubError("output_refused", path=path, reason="it is there already, and may have been worked on")
    with replacing(Output(path=path, no_clobber=True)) as raw:
        raw.write(text.encode())
    named = shlex.quote(path if path.endswith(".toml") or "/" in path else f"./{path}")
    run.say(f"{path} is a first mapping: check every line, then hub import {of} {table.typed} --profile {named}")
    return 0
