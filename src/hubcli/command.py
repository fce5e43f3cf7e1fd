"""The one decorator: gives a command its Run (options, Hub, ways to ask), and prints what the command returns."""

import inspect
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from hubcli import render
from hubcli.cli import HubCommand
from hubcli.cli import options as common_options
from hubcli.counts import Count
from hubcli.dialog import Dialog
from hubcli.errors import HubError, bad_value
from hubcli.listing import Query, arranged, order_by
from hubcli.render import Column, Listing, Output, Record
from hubcli.render.columns import choose
from hubcli.render.output import COUNTED

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome

CHANGE_COLUMNS = (
    Column("record", "code"),
    Column("field", "code"),
    Column("old", "long"),
    Column("new", "long"),
)


COMMON = frozenset(option.name.removeprefix("hub_") for option in common_options() if option.name)
"""The names of the options that every command takes."""


class Done:
    """What a writing command came to: a row for each record it touched, number first, `change` last.

    `silent` prints nothing when nothing changed, as jobs do. `said` is a line for stderr.
    """

    def __init__(
        self,
        outcome: "Outcome",
        columns: Sequence[Column],
        rows: Sequence[Sequence[object]],
        *,
        said: str | None = None,
        name: str = "customers",
        silent: bool = False,
        exit_code: int = 0,
    ):
        self.outcome = outcome
        self.columns = (*columns, Column("change", "ref", prefix="H"))
        self.rows = [(*row, outcome.change) for row in rows]
        self.said = said
        self.name = name
        self.silent = silent
        self.exit_code = exit_code


class Run(Dialog):
    """One run of a command: its common options, its Hub (opened when first used), and ways to ask the user."""

    def __init__(self, options: Mapping[str, Any], command: str, function: Callable[..., Any]):
        super().__init__(options)
        self.command = command
        self._function = function
        self._hub: Hub | None = None
        self._ready = False

    # ------------------------------------------------------------------------------------------------------- options

    def __getattr__(self, name: str) -> Any:
        """Give a common option by its name; None when it was not given."""
        if name not in COMMON:
            raise AttributeError(name)
        return self.options.get(name)

    @property
    def path(self) -> Path:
        """The database file: --db, HUB_DB, or hub.db in the user's data directory."""
        given = self.options.get("db") or os.environ.get("HUB_DB")
        if given:
            return Path(given).expanduser()
        base = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
        return Path(base).expanduser() / "hub" / "hub.db"

    # ----------------------------------------------------------------------------------------------------------- hub

    @property
    def hub(self) -> "Hub":
        """The open database; raises HubError when there is none that hub can use."""
        if self._hub is None:
            self._hub = self.open(self.path)
        return self._hub

    def open(self, path: Path) -> "Hub":
        """Open a database as this run's user, on this run's business day."""
        from hubcli.store import Day, Hub
        from hubcli.values import clock

        chosen = self.options.get("today") or os.environ.get("HUB_TODAY") or None
        hub = Hub(path, self.who(), Day("", bool(chosen), clock.now_utc()), timeout=self._timeout(), notice=self.say)
        row = hub.one("settings.get", {"key": "shop.timezone"})
        hub.zone = (row["value"] or None) if row else None
        today = clock.business_day(None, hub.zone)
        if chosen:
            from hubcli.values import dates

            today = dates.day(chosen, today, "--today")
        hub.day = hub.day._replace(today=today.isoformat())
        return hub

    def who(self) -> Any:
        """Give who is answerable: --as, HUB_USER or the system user, and the terminal."""
        import pwd

        from hubcli.store import Who

        try:
            os_user = pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            os_user = f"uid {os.getuid()}"
        actor = self.options.get("as") or os.environ.get("HUB_USER") or os_user
        if actor != os_user:
            from hubcli.values import text

            actor = text.name(actor, "--as", 60)
        try:
            terminal = os.ttyname(0)
        except OSError:
            terminal = None
        return Who(actor, os_user, terminal)

    def _timeout(self) -> float:
        given = self.options.get("timeout") or "10"
        if not given.isdecimal() or int(given) > 86400:
            raise bad_value("--timeout", given, "is not a number of seconds from 0 to 86400")
        return float(given)

    @property
    def today(self) -> Any:
        """The business day as a date."""
        import datetime as dt

        return dt.date.fromisoformat(self.hub.day.today)

    def change(self, work: Callable[["Hub"], Any], **how: Any) -> "Outcome":
        """Do `work` as one change set under this command's name, or take it back again on a dry run.

        Whoever acts must have the right that the command takes; raises not_permitted. Archived customers on whom it
        opens something are active again.
        """
        from hubcli.operations import permissions
        from hubcli.operations.customers import waking

        self.ready()
        admitted = permissions.admit(self.hub, self.command, work, undoes=how.get("undoes"))
        woken: list[str] = []

        def work_and_wake(hub: "Hub") -> Any:
            result = admitted(hub)
            woken[:] = [] if how.get("bulk") else waking.wake(hub)
            return result

        outcome = self.hub.change(self.command, work_and_wake, reason=self.reason, dry_run=bool(self.dry_run), **how)
        for line in () if self.quiet else woken:
            self.say(line)
        return outcome

    def said(self, lines: Sequence[str]) -> str | None:
        """Give warnings as what a command says beside its result; none under --quiet."""
        return "\n".join(lines) if lines and not self.quiet else None

    def allowed(self) -> None:
        """Raise not_permitted unless whoever acts may do this command: for changes made past `change`."""
        from hubcli.operations import permissions

        self.ready()
        permissions.admit(self.hub, self.command, lambda hub: hub)

    def ready(self) -> None:
        """Raise what printing the result would raise of the options alone: known before anything is written."""
        if self._ready:
            return
        self._ready = True
        render.check(self.output(), terminal=sys.stdout.isatty())
        if (self.fields or self.sort) and not self.dry_run:
            from hubcli import promised

            columns = promised.columns_of(self._function)
            choose(columns, self.output().fields)
            order_by(self.sort, columns)

    def setting(self, key: str) -> str:
        """Give a setting's value, or its default."""
        return self.hub.setting(key)

    # --------------------------------------------------------------------------------------------------------- lists

    def list(self, block: str, params: Mapping[str, object], columns: Sequence[Column], name: str) -> Listing:
        """Give the rows of a block as a listing, in the order that --sort asks for.

        With `whole` among the filters nearly all are going to be read: the database then makes the text of their cells.
        """
        sort = self.options.get("sort")
        orders = order_by(sort, columns), order_by(sort, columns, named=True)
        limit = self._limit()
        whole = False
        if "narrow" in params:
            from hubcli import search

            few = limit <= search.FEW
            whole = not few and bool(params.get("whole"))
            params = search.narrowed(self.hub, params, sort, few=few) | {"first": limit if few else None}
            if params.get("by_id"):
                self.hub.read_once()
        query = Query(self.hub, block, params, columns, *orders, self.say if self.options.get("explain") else None)
        listing = Listing(columns, query.rows(), name=name, total=lambda: self._total(block, params, limit))
        listing.as_text = query.as_text if whole else None
        listing.ordered = True
        return listing

    def _limit(self) -> int:
        """Give how many rows are going to be printed at most."""
        asked = _limit(self.options.get("limit"))
        if asked is None and self.options.get("output") is None and sys.stdout is not None and sys.stdout.isatty():
            asked = render.TERMINAL_LIMIT
        return render.ALL if asked in {None, render.ALL} else asked + self.offset()

    def offset(self) -> int:
        """Give how many rows --offset leaves out at the beginning; raise bad_value."""
        given = self.options.get("offset") or "0"
        if not given.isdecimal() or not given.isascii() or len(given) > 12:
            raise bad_value("--offset", given, "is not a number of rows")
        return int(given)

    def _total(self, block: str, params: Mapping[str, object], limit: int) -> int | str:
        """Give the number of rows there are; where counting all would take long, words for what the limit leaves."""
        counted = {key: value for key, value in params.items() if not key.startswith(("by_", "first", "zip_exact"))}
        found = self.hub.count(block, counted, most=limit + COUNTED + 1)
        return found if found <= limit + COUNTED else f"more than {COUNTED:,} more"

    # -------------------------------------------------------------------------------------------------------- output

    def output(self) -> Output:
        """Give the output settings of the common options; raise bad_value for one that does not hold."""
        asked = [form for form in ("json", "ndjson", "csv", "tsv") if self.options.get(form)]
        if len(asked) > 1:
            raise HubError(
                "usage",
                why=f"--{asked[1]} does not go with --{asked[0]}: choose one",
                help=f"hub {self.command} --help",
            )
        fields = self.options.get("fields")
        mode = self.options.get("mode")
        if mode is not None and not (mode.isdecimal() and len(mode) in {3, 4} and max(mode) < "8"):
            raise bad_value("--mode", mode, "is no file mode: write three octal digits such as 640")
        return Output(
            format=asked[0] if asked else "auto",
            fields=tuple(f.strip() for f in fields.split(",") if f.strip()) if fields is not None else None,
            header=not self.options.get("no_header"),
            excel=bool(self.options.get("excel")),
            limit=_limit(self.options.get("limit")),
            path=self.options.get("output"),
            mode=int(mode, 8) if mode else None,
            no_clobber=bool(self.options.get("no_clobber")),
            protect=(str(self.path),),
            require=bool(self.options.get("require_rows")),
            color=_color(self.options.get("color")),
            quiet=bool(self.options.get("quiet")),
        )

    def print(self, result: object) -> int:
        """Print what a command returned, what waited to be said before it; give the exit code."""
        for text in self.waiting:
            self.say(text)
        self.waiting.clear()
        if result is None or isinstance(result, int):
            return result or 0
        if isinstance(result, Done):
            return self._print_done(result)
        if isinstance(result, str):
            sys.stdout.write(result)
            sys.stdout.flush()
            return 0
        if isinstance(result, (Listing, Record)):
            return self._print_rows(result)
        raise TypeError(type(result).__name__)

    def _print_rows(self, result: Listing | Record) -> int:
        self._arrange(result)
        offset = self.offset()
        if isinstance(result, Listing) and offset:
            result.skip(offset)
        count = render.write(result, self.output()._replace(last=True), sys.stdout, sys.stderr)
        if self.options.get("require_rows") and not count:
            raise render.no_rows(result)
        return 0

    def _arrange(self, result: Listing | Record) -> None:
        """Put rows that no query ordered into the order of --sort; raise bad_value for what is no column of them."""
        if isinstance(result, Record):
            order_by(self.sort, result.whole()[0])
        elif not result.ordered:
            result.rows = arranged(self.sort, result.columns, result.rows)

    def _print_done(self, done: Done) -> int:
        outcome = done.outcome
        if done.said:
            self.say(done.said)
        if outcome.dry_run:
            self._print_diff(done)
        elif outcome.change is not None or not done.silent:
            if outcome.change is None:
                self.tell("nothing to change")
            one = len(done.rows) == 1
            result = Record(done.columns, done.rows[0]) if one else Listing(done.columns, done.rows, name=done.name)
            self._arrange(result)
            output = self.output()
            if output.quiet:
                output = output._replace(fields=(done.columns[0].name,), header=False)
            render.write(result, output, sys.stdout, sys.stderr)
        if self.hub.day.chosen and outcome.change is not None and not outcome.dry_run:
            self.tell(f"dated {self.hub.day.today}; recorded today")
        return done.exit_code

    def _print_diff(self, done: Done) -> None:
        from hubcli.operations.history import diff_rows, staff_logins

        if done.outcome.change is None and done.silent:
            return
        rows = list(diff_rows(done.outcome.diff, staff_logins(self.hub)))
        if not self.options.get("quiet"):
            self.say(f"dry run: {Count(len(rows)):change} of fields, not kept")
        result = Listing(CHANGE_COLUMNS, rows, name="changes", total=len(rows))
        self._arrange(result)
        render.write(result, self.output(), sys.stdout, sys.stderr)


def _limit(given: str | None) -> int | None:
    if given is None:
        return None
    if given == "all":
        return render.ALL
    if not given.isdecimal() or not given.isascii() or not 1 <= int(given) <= 10**12:
        raise bad_value("--limit", given, "is not a number of rows from 1, nor all")
    return int(given)


def _color(given: str | None) -> str:
    if given not in {None, "auto", "always", "never"}:
        raise bad_value("--color", given, "is not auto, always or never")
    return given or "auto"


def command(
    app: typer.Typer,
    name: str,
    *,
    takes: Sequence[Callable[..., Any]] = (),
    hidden: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as the command `name` of `app`.

    The function takes a Run first, then its own options. `takes` are functions whose options it takes too: each is
    called with its options and the Run, and its value handed over under its own name.
    """
    options = {taken.__name__: _own(taken) for taken in takes}

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        def callback(ctx: typer.Context, **given: Any) -> int:
            path = ctx.command_path.removeprefix("hub ")
            run = Run(ctx.find_root().obj or {}, path, function)
            run.output(), run.offset()  # what is wrong with them is told before anything is done
            try:
                for taken in takes:
                    mine = {key: given.pop(key) for key in options[taken.__name__]}
                    given[taken.__name__] = taken(run, **mine)
                return run.print(function(run, **given))
            finally:
                if run._hub is not None:  # noqa: SLF001
                    run._hub.close()  # noqa: SLF001

        parameters = [*_own(function, skip=options).values()]
        parameters += [p for own in options.values() for p in own.values()]
        context = inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)
        keywords = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
        callback.__signature__ = inspect.Signature([context, *keywords])  # type: ignore[attr-defined]
        callback.__annotations__ = {p.name: p.annotation for p in [context, *keywords]}
        callback.__doc__ = function.__doc__
        callback.__module__ = function.__module__
        app.command(name, cls=HubCommand, hidden=hidden)(callback)
        return function

    return register


def _own(function: Callable[..., Any], skip: Iterable[str] = ()) -> dict[str, inspect.Parameter]:
    """Give the parameters that become options: all but the Run and what `takes` hands over."""
    _, *parameters = inspect.signature(function).parameters.values()
    return {p.name: p for p in parameters if p.name not in skip}
