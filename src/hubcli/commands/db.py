"""hub db: the database file: what it is, whether it is sound, its backups."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from typer import Argument, Option

from hubcli.command import Run, command
from hubcli.errors import HubError, bad_value
from hubcli.listing import order_by
from hubcli.operations import backup as backups
from hubcli.operations import checks, environment, restoring
from hubcli.render import Column, Listing, Record, Section

app = typer.Typer(help="The database file: check, back up, restore.")

LATER: dict[str, tuple[str, str]] = {"init": ("hubcli.commands.top", "Make an empty database, as `hub init` does.")}
"""Commands that stand elsewhere too."""

INFO = (
    Column("path", "long"),
    Column("bytes", "count"),
    Column("schema", "count"),
    Column("uuid", "code"),
    Column("created_at", "instant"),
    Column("sqlite", "code"),
    Column("journal_mode", "code"),
    Column("last_change", "ref", prefix="H"),
    Column("last_change_at", "instant"),
    Column("outside_changes", "count"),
    Column("last_backup", "long"),
    Column("last_backup_at", "instant"),
    Column("rows", "object"),
)
ROWS = (Column("table", "code"), Column("rows", "count"))
FOUND = (
    Column("code", "code", keep=0),
    Column("record", "code", keep=0),
    Column("what", "long"),
    Column("look", "long", keep=2),
)
MADE = (
    Column("path", "long"),
    Column("bytes", "count"),
    Column("sha256", "code"),
    Column("change", "ref", prefix="H"),
    Column("made_at", "instant"),
    Column("verified", "bool"),
    Column("rows", "object"),
    Column("let_go", "count"),
)
RESTORED = (
    Column("backup", "long"),
    Column("change", "ref", prefix="H"),
    Column("change_at", "instant"),
    Column("loses", "text"),
    Column("first_lost", "ref", prefix="H"),
    Column("last_lost", "ref", prefix="H"),
    Column("old_file", "long"),
    Column("rows", "object"),
)
UPGRADED = (Column("path", "long"), Column("schema", "count"), Column("was", "count"), Column("backup", "long"))
SHOWN = 20


def wants_output(run: Run) -> bool:
    """Tell whether the result was asked for: a format, a file, or a person who sees it."""
    return run.output().format != "auto" or bool(run.options.get("output")) or run.interactive or bool(run.verbose)


def print_counts(counts: dict[str, int]) -> Section:
    """Give the section with the rows of each table."""
    return Section("rows", Listing(ROWS, list(counts.items()), name="tables"))


@command(app, "info")
def info(run: Run) -> Record:
    """Tell what the database is: path, size, schema, identity, rows, last change, last backup.

    Examples:
    hub db info
    hub db info --json
    """
    found = environment.info(run.hub)
    return Record(INFO, tuple(found[column.name] for column in INFO), sections=[print_counts(found["rows"])])


@command(app, "check")
def check(
    run: Run,
    *,
    full: Annotated[bool, Option("--full", help="every check: replay the log, every text, every index")] = False,
    only: Annotated[str | None, Option("--only", metavar="CODES", help="only these, such as L05,A05")] = None,
    all: Annotated[bool, Option("--all", help="every finding, not the first 20 of each code")] = False,
) -> int:
    """Check what must hold: references, schema, money, figures, days, the log. Finds, never repairs; exit 7.

    Examples:
    hub db check
    hub db check --full
    hub db check --only L05,A05 --json
    """
    chosen = checks.choose(only, full=full)
    print_findings(run, environment.findings(run.path, lambda: run.hub, chosen, full=full), every=all)
    run.tell(f"all {len(chosen)} checks hold")
    return 0


def print_findings(run: Run, findings: Iterable[checks.Finding], *, every: bool = False) -> None:
    """Print what checks found, the first of each code unless `every`; raise checks_failed where they found anything."""
    order_by(run.sort, FOUND)  # told even when nothing is found
    found, more = checks.few(findings, 10**9 if every else SHOWN)
    if found or run.output().format != "auto" or run.options.get("output"):
        run.print(Listing(FOUND, found, name="findings"))
    for code, count in more.items():
        run.say(f"… {count:,} more of {code} (use --all)")
    if found:
        raise HubError("checks_failed", count=len({finding.code for finding in found}))


@command(app, "backup")
def backup(
    run: Run,
    target: Annotated[str, Argument(metavar="DIR|FILE", help="a folder for backups, or a file not there yet")],
    *,
    keep: Annotated[str | None, Option("--keep", metavar="7d,4w,12m", help="let older ones in DIR go")] = None,
) -> Record | None:
    """Back up, checked in full before it counts; says nothing to cron.

    Examples:
    hub db backup shop-backup.db
    hub --db demo.db db backup copy.db --json
    """
    run.ready()
    final, made, gone = backups.back_up(run.hub, Path(target), keep)
    if not wants_output(run):
        return None
    values = (str(final), made.bytes, made.sha256, made.change, made.made_at, 1, made.rows, len(gone))
    return Record(MADE, values, sections=[print_counts(made.rows)])


@command(app, "restore")
def restore(
    run: Run,
    file: Annotated[str | None, Argument(metavar="FILE", help="the backup")] = None,
    *,
    drill: Annotated[
        str | None,
        Option("--drill", metavar="[DIR]", help="only try the newest backup, there or where the last one is"),
    ] = None,
    other: Annotated[bool, Option("--other", help="though it is a backup of another database")] = False,
) -> Record | None:
    """Put a backup in the place of the database, after a full check of it; the old file is kept. -n tells what is lost.

    Examples:
    hub db restore shop-backup.db -n
    hub db restore shop-backup.db --yes
    hub db restore --drill backups
    """
    if (file is None) is (drill is None):
        raise HubError(
            "needs_option",
            what="restore what? A backup FILE, or --drill to only try the newest one" + (", not both" if file else ""),
            tries=("hub db restore FILE -n", "hub db restore --drill DIR"),
        )
    day = environment.day(run.options.get("today"))
    if drill is not None:
        return _drill(run, Path(drill) if drill else _last_backup(run).parent, day)
    run.ready()
    done = restoring.restore(
        run.path,
        Path(file or ""),
        day,
        confirm=lambda made, loss: _confirm(run, made, loss),
        dry_run=bool(run.dry_run),
        other=other,
        timeout=float(run._timeout()),  # noqa: SLF001  # the hub that has it may not open
    )
    made, loss, kept, erased = done
    if erased is None and not other:
        run.say("nobody here can tell who was erased since that backup: they stand in it, erase them again")
    elif erased:
        listed = ", ".join(f"C{number}" for number in erased)
        run.say(f"erased since that backup, and {'to be ' if run.dry_run else ''}erased in it again: {listed}")
    values = (
        file,
        made.change,
        made.change_at,
        loss.words,
        loss.first,
        loss.last,
        str(kept) if kept else None,
        made.rows,
    )
    return Record(RESTORED, values, sections=[print_counts(made.rows)])


def _confirm(run: Run, made: backups.Manifest, loss: restoring.Loss) -> None:
    run.say(
        f"{made.file} ends with H{made.change or 0} of {made.change_at or 'no day'}; it {loss.words}".replace(
            "it the", "the"
        )
    )
    run.confirm(f"restore {made.file}", "restoring a backup")


def _last_backup(run: Run) -> Path:
    """Give the newest backup that the database knows of; raise needs_option where it knows of none."""
    noted = environment.info(run.hub)["last_backup"]
    if noted is None:
        what = "no backup of this database is known here: name their folder, --drill DIR"
        raise HubError("needs_option", what=what, tries=("hub db restore --drill DIR", "hub db backup DIR"))
    return Path(noted)


def _drill(run: Run, folder: Path, day: environment.Moment) -> Record | None:
    if not folder.is_dir():
        raise bad_value("--drill", folder, "is no folder")
    newest, made = restoring.drill(folder, day, run.path)
    if not wants_output(run):
        return None
    values = (str(newest), made.bytes, made.sha256, made.change, made.made_at, 1, made.rows, 0)
    return Record(MADE, values, sections=[print_counts(made.rows)])


@command(app, "upgrade")
def upgrade(run: Run) -> Record | None:
    """Bring an older file up to this hub's schema, after a backup beside it; every command does so by itself.

    Examples:
    hub db upgrade
    """
    was = environment.version_of(run.path)
    run.hub.one("settings.get", {"key": "shop.name"})
    if was == environment.SCHEMA:
        run.tell(f"{run.path} has schema {was} already")
        return None
    kept = run.path.with_name(f"{run.path.name}.v{was}-backup")
    return Record(UPGRADED, (str(run.path), environment.SCHEMA, was, str(kept)))


@command(app, "optimize")
def optimize(run: Run) -> None:
    """Bring statistics and the search index up, and the write-ahead log into the file.

    Examples:
    hub db optimize
    """
    before = environment.sizes(run.path)
    environment.optimize(run.hub)
    after = environment.sizes(run.path)
    run.tell(f"{before:,} bytes before, {after:,} after, logs included")
