"""The command line: groups that load when they are used, options that go before or after the command, errors to exits.

`GROUPS` and `TOP` name every group and top-level command with its one-line help, so that the help and did-you-mean
know them all while only the one that is used is imported.
"""

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from typer.core import TyperCommand, TyperGroup, TyperOption

GROUPS: dict[str, str] = {
    "customers": "People and companies: find, open, edit, archive.",
    "notes": "What to remember of a customer.",
    "credit": "Customer credit: what the shop owes a customer.",
    "quotes": "Quotes: what was offered, for how long.",
    "orders": "Orders: what was sold, delivered, invoiced.",
    "payments": "Money received, confirmed, given back.",
    "invoices": "Invoices: what was billed, due, still owed.",
    "statements": "Statements of account, kept as issued.",
    "visits": "Home visits: surveys, service, installs.",
    "designs": "Designs: artwork of customers, kept as uploaded.",
    "layouts": "Layouts: how designs stand on a product.",
    "artwork": "Artwork that the customer has to approve.",
    "emails": "Mail to and from customers.",
    "models": "The catalogue: models, prices, price levels.",
    "report": "Figures of the shop: aging, credit, payments, returns.",
    "export": "Write customers and everything else for other programs.",
    "import": "Read customers and orders from other programs' files.",
    "views": "Saved filters, used as @name.",
    "changes": "Change sets: who changed what, when and why.",
    "audit": "Prove that the history is whole: receipts.",
    "staff": "Who works here.",
    "settings": "The shop's choices.",
    "db": "The database file: check, back up, restore.",
}
TOP: dict[str, str] = {
    "init": "Make an empty database.",
    "demo": "Make a database with a believable shop in it.",
    "doctor": "Tell whether everything is in order here.",
    "find": "Find anything: a name, a phone, a number, a serial.",
    "undo": "Take a change set back.",
    "redo": "Do again what was taken back.",
    "sql": "Ask the database in SQL, read-only.",
    "schema": "Columns, keys and words of the machine output.",
    "completion": "Completion for your shell.",
    "help": "Help on a topic or a command.",
}


def options() -> list[TyperOption]:
    """Give the options that every command takes, before or after its name."""
    return [
        TyperOption(param_decls=["hub_db", "--db"], metavar="FILE", help="the database (HUB_DB)"),
        _flag("--json", "output as JSON"),
        _flag("--ndjson", "output as JSON, one record a line"),
        _flag("--csv", "output as CSV"),
        _flag("--tsv", "output as TSV, the form of pipes"),
        TyperOption(param_decls=["hub_fields", "--fields"], metavar="A,B", help="only these columns, in this order"),
        TyperOption(param_decls=["hub_sort", "--sort"], metavar="[-]A,B", help="order by these columns; - for falling"),
        TyperOption(param_decls=["hub_limit", "--limit"], metavar="N|all", help="at most N rows"),
        TyperOption(param_decls=["hub_offset", "--offset"], metavar="N", help="without the first N rows"),
        TyperOption(
            param_decls=["hub_output", "--output", "-o"], metavar="FILE", help="write there, whole or not at all"
        ),
        TyperOption(param_decls=["hub_mode", "--mode"], metavar="MODE", help="mode of the file written, such as 640"),
        _flag("--no-clobber", "never replace a file"),
        _flag("--no-header", "no header line"),
        _flag("--excel", "CSV that a spreadsheet cannot run as formulas"),
        _flag("--require-rows", "exit 7 when nothing matched"),
        _flag("--dry-run", "do it, show what it would change, take it back", "-n"),
        _flag("--yes", "do not ask", "-y"),
        _flag("--no-input", "never ask, even on a terminal"),
        TyperOption(param_decls=["hub_reason", "--reason"], metavar="TEXT", help="why, for the change log"),
        TyperOption(param_decls=["hub_as", "--as"], metavar="STAFF", help="who is answerable (HUB_USER)"),
        TyperOption(param_decls=["hub_today", "--today"], metavar="DATE", help="the business day (HUB_TODAY)"),
        TyperOption(
            param_decls=["hub_timeout", "--timeout"], metavar="SECONDS", help="how long to wait for other writers"
        ),
        _flag("--explain", "print the SQL and how it is run"),
        _flag("--quiet", "only the number, or nothing", "-q"),
        _flag("--verbose", "tell more", "-v"),
        TyperOption(param_decls=["hub_color", "--color"], metavar="WHEN", help="auto, always or never"),
        TyperOption(param_decls=["hub_errors", "--errors"], metavar="FORM", help="text or json"),
    ]


def _flag(name: str, text: str, *short: str) -> TyperOption:
    return TyperOption(
        param_decls=["hub_" + name[2:].replace("-", "_"), name, *short], is_flag=True, default=None, help=text
    )


class _Shared:
    """What commands and groups share: the common options and help that begins with examples."""

    params: list[Any]
    help: str | None

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Split the command line; a complaint about it knows which command it was."""
        try:
            parsed: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]  # of the class it is mixed into
        except Exception as error:
            if getattr(error, "ctx", ctx) is None:
                error.ctx = ctx  # type: ignore[attr-defined]  # an option without its value is told without it
            raise
        return parsed

    def make_parser(self, ctx: Any) -> Any:
        """Give the parser of the command line; an option that takes one value is refused when it is given twice."""
        parser = super().make_parser(ctx)  # type: ignore[misc]  # of the class it is mixed into
        split = parser.parse_args

        def split_once(args: list[str]) -> Any:
            values, rest, order = split(args)
            if not ctx.resilient_parsing:
                _check_once(ctx, order)
            return values, rest, order

        parser.parse_args = split_once
        return parser

    def take_common(self, ctx: Any) -> None:
        """Move the common options out of the command's own parameters, the innermost value winning."""
        given = ctx.ensure_object(dict)
        for name in [name for name in ctx.params if name.startswith("hub_")]:
            value = ctx.params.pop(name)
            if name == "hub_fields" and value is not None and not value.strip(", "):
                from hubcli.errors import bad_value

                raise bad_value("--fields", value, "names no column: write some, as in --fields number,name")
            if value is not None:
                given[name.removeprefix("hub_")] = value

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write the examples first, then what the command does."""
        told, _, examples = (self.help or "").partition("Examples:")
        if examples:
            with formatter.section("Examples"):
                for line in examples.strip().splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{line.strip()}\n")
        if told.strip():
            formatter.write_paragraph()
            formatter.write_text(told.strip())

    def format_common(self, formatter: Any) -> None:
        """Name the common options in one paragraph."""
        formatter.write_paragraph()
        formatter.write_text("Every command also takes --db, --json, --csv, --fields, -o and more: hub help options")


def _check_once(ctx: Any, order: Iterable[Any]) -> None:
    """Raise usage for an option of one value that is among those given more than once."""
    seen: set[str] = set()
    for param in order:
        if param.param_type_name != "option" or param.multiple or param.is_flag or param.count:
            continue
        if param.name in seen:
            from hubcli.errors import HubError

            why = f"{param.opts[-1]} is given twice, and takes one value"
            raise HubError("usage", why=why, help=f"{ctx.command_path} --help")
        seen.add(param.name)


VALUE_LEFT_OUT = {"--owes": "0.01", "--drill": ""}
"""Options whose value may be left out, and what they mean then."""


class HubCommand(_Shared, TyperCommand):
    """A command that takes the common options too."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs["rich_markup_mode"] = None
        kwargs["context_settings"] = {"help_option_names": ["-h", "--help"], "max_content_width": 120}
        super().__init__(*args, **kwargs)
        own = {name for param in self.params for name in param.opts}
        for option in options():
            option.hidden = True
            if own.isdisjoint(option.opts):  # an option of the command's own wins: credit line set --limit
                self.params.append(option)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Split the command line; an option whose value may be left out gets it."""
        for at in range(len(args) - 1, -1, -1):
            if args[at] in VALUE_LEFT_OUT and (at + 1 == len(args) or args[at + 1].startswith("-")):
                args.insert(at + 1, VALUE_LEFT_OUT[args[at]])
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed

    def invoke(self, ctx: Any) -> Any:
        """Take the common options, then run."""
        self.take_common(ctx)
        return super().invoke(ctx)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """End with where the common options are explained."""
        self.format_common(formatter)


class HubGroup(_Shared, TyperGroup):
    """A group whose commands are known by name and built when one is used."""

    def __init__(self, name: str, told: Mapping[str, str], load: Callable[[str], Any], text: str):
        super().__init__(
            name=name,
            help=text,
            invoke_without_command=True,
            rich_markup_mode=None,
            context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
            params=[_hidden(option) for option in options()],
        )
        self.commands: Any = dict.fromkeys(told)  # built when used
        self.told = told
        self.load = load

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build the command of this name; None when there is none."""
        return self.load(cmd_name) if cmd_name in self.told else None

    def invoke(self, ctx: Any) -> Any:
        """Take the common options; a bare noun prints its help."""
        self.take_common(ctx)
        if not ctx._protected_args:  # noqa: SLF001  # as TyperGroup.invoke reads it
            sys.stdout.write(ctx.get_help() + "\n")
            return None
        return super().invoke(ctx)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the commands from their one-line helps, none of them built."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, text in self.told.items() if text])
        self.format_common(formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; an unknown one is refused with the nearest names."""
        if args[0] not in self.told:
            from hubcli.errors import HubError
            from hubcli.values import words

            close = words.near(args[0], [name for name, text in self.told.items() if text])
            hint = f"; did you mean {', '.join(close)}?" if close else ""
            raise HubError(
                "usage", why=f"{ctx.command_path} has no command {args[0]}{hint}", help=f"{ctx.command_path} --help"
            )
        return super().resolve_command(ctx, args)


def _hidden(option: TyperOption) -> TyperOption:
    option.hidden = True
    return option


ROOT_HELP = """The back office of a shop: customers, quotes, orders, credit, notes, in one file.

Examples:
hub demo
hub customers search garcia
hub customers search --zip 60614
hub customers show C1
"""


def root() -> HubGroup:
    """Give the command `hub`."""
    return HubGroup("hub", {**GROUPS, **TOP}, _load, ROOT_HELP)


def _load(name: str) -> Any:
    """Import the one module of a group or of a top-level command and give its Typer command."""
    from importlib import import_module

    module = "imports" if name == "import" else name
    if name in GROUPS:
        found = import_module(f"hubcli.commands.{module}")
        return group(name, found.app, getattr(found, "LATER", {}))
    app = import_module(f"hubcli.commands.{TOP_MODULES.get(name, 'top')}").app
    return group("hub", app).load(name)


TOP_MODULES: dict[str, str] = {
    "find": "find",
    "undo": "changes",
    "redo": "changes",
    "doctor": "doctor",
    "schema": "schema",
    "sql": "sql",
}
"""The module in commands/ of a top-level command that does not stand in top.py."""


def group(name: str, app: Any, later: Mapping[str, tuple[str, str]] | None = None) -> HubGroup:
    """Give the group of a typer.Typer; nested groups come with it.

    `later` names commands and nested groups whose module is imported when one is used, each with its one-line help.
    """
    later = later or {}
    infos = {info.name: info for info in app.registered_commands}
    nested = {info.name: info.typer_instance for info in app.registered_groups}
    told = {n: "" if info.hidden else _first_line(info.callback.__doc__) for n, info in infos.items()}
    told |= {n: _first_line(sub.info.help) for n, sub in nested.items()} | {n: text for n, (_, text) in later.items()}

    def load(command: str) -> Any:
        if command in later:
            from importlib import import_module

            return group(name, import_module(later[command][0]).app).load(command)
        if command in nested:
            return group(command, nested[command])
        from typer.main import get_command_from_info

        return get_command_from_info(infos[command], pretty_exceptions_short=False, rich_markup_mode=None)

    return HubGroup(name, told, load, _with_examples(app.info.help or "", infos.values()))


def _with_examples(text: str, infos: Iterable[Any]) -> str:
    """Give the help of a group; one that shows no examples of its own shows the first of three of its commands."""
    if "Examples:" in text:
        return text
    shown = (info.callback.__doc__ or "" for info in infos if not info.hidden)
    firsts = [doc.partition("Examples:")[2].strip().partition("\n")[0] for doc in shown]
    return "\n".join([text, "", "Examples:", *[line for line in firsts if line][:3]])


def _first_line(doc: str | None) -> str:
    return (doc or "").strip().partition("\n")[0]
