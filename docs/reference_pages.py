"""Builds the pages of docs/reference/ from the commands, the schema, the refusals and the settings of hub itself."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import schema_reference
from schema_reference import NOTE, cell

HERE = Path(__file__).resolve().parent


# ----------------------------------------------------------------------------------------------------------- commands


class Page(NamedTuple):
    """One command or group: the words that call it, its one-line help, its whole help, and whether it is a group."""

    path: str
    line: str
    help: str
    group: bool


def commands() -> Iterator[Page]:
    """Give every group and command that a user sees, in the order of the help, a group before what is in it."""
    from hubcli import cli

    root = cli.root()
    context = root.make_context("hub", [], resilient_parsing=True)
    for name, line in root.told.items():
        yield from _below(root, context, name, line)


def _below(parent: Any, context: Any, name: str, line: str) -> Iterator[Page]:
    if not line:
        return
    try:
        command = parent.get_command(context, name)
    except (ModuleNotFoundError, AttributeError) as error:
        if _unwritten(error):
            return
        raise
    inner = command.make_context(name, [], parent=context, resilient_parsing=True)
    group = hasattr(command, "told")
    yield Page(inner.command_path, line, _help(command.get_help(inner)), group)
    if group:
        for each, its_line in command.told.items():
            yield from _below(command, inner, each, its_line)


def _unwritten(error: Exception) -> bool:
    """Tell a command that cli.py announces and nobody has written yet; tests/test_docs.py does not let it pass."""
    return "hubcli.commands." in str(error)


def _help(text: str) -> str:
    """Give a help without what stands in every one."""
    text = text.partition("\nEvery command also takes")[0]
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def commands_page() -> str:
    """Build commands.md."""
    from hubcli.commands.top import _options_help

    parts = [
        "# Commands\n",
        NOTE,
        "Every command of hub with its help, as `hub COMMAND --help` prints it.\n",
        "Columns of the output stand in [columns.md](columns.md), exit codes in [exit-codes.md](exit-codes.md).\n",
        "## Options of every command\n",
        f"```text\n{_options_help().strip()}\n```\n",
    ]
    pages = list(commands())
    parts.append("## All commands\n")
    parts.append("| command | what it does |\n|---|---|")
    parts += [f"| [`{p.path}`](#{_anchor(p.path)}) | {cell(p.line)} |" for p in pages if not p.group]
    parts.append("")
    for page in pages:
        parts.append(f"## {page.path}\n")
        parts.append(f"{page.line}\n" if page.group else f"```text\n{page.help}\n```\n")
    return "\n".join(parts)


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


# ------------------------------------------------------------------------------------------------ refusals, exit codes

EXITS = {
    0: ("done", "Also when nothing matched and when there was nothing to change."),
    1: ("failed", "A file or the database could not be read or written. Nothing was changed."),
    2: ("usage", "An option or a value does not hold. The message names the field, the value and the rule."),
    3: ("partly done", "What could be done is done; the report says what was left."),
    4: ("not found", "There is no such record."),
    5: ("ambiguous", "A name or a number fits several records; the message lists them."),
    6: ("refused", "A rule forbids it, or it was not confirmed. Nothing was changed."),
    7: ("condition found", "`hub doctor`, `hub db check` or `--require-rows` found what they look for."),
    8: ("busy", "Another writer, or another run of the same job, holds the lock. Run it again."),
    9: ("no database", "It is missing, not a file of hub, damaged, or of another version."),
    70: ("a bug", "Something in hub is broken. The message names a log file."),
    129: ("hang-up", "The terminal went away (SIGHUP). Nothing was saved."),
    130: ("stopped", "Ctrl-C, or answered no. Nothing was saved."),
    143: ("terminated", "Told to stop (SIGTERM). Nothing was saved."),
}


def exit_codes_page() -> str:
    """Build exit-codes.md."""
    from hubcli.refusals import catalogue

    parts = ["# Exit codes\n", NOTE, "What a command's exit code tells a script.\n"]
    parts.append("| code | name | what it means | refusals |\n|---|---|---|---|")
    for code, (name, told) in EXITS.items():
        count = sum(refusal.exit == code for refusal in catalogue().values())
        shown = f"[{count}](refusals.md#exit-{code})" if count else ""
        parts.append(f"| {code} | {name} | {told} | {shown} |")
    parts += [
        "",
        "A command that fails changed nothing, unless it says otherwise with 3.",
        "A pipe that is closed by its reader (`| head`) ends hub silently; a shell reports that as 141.",
        "With `--errors json` the reason is one line of JSON on stderr: `error.code` is the slug of",
        "[refusals.md](refusals.md), `error.exit` the code, `error.try` what to try.",
        "",
    ]
    return "\n".join(parts)


def advice() -> dict[str, str]:
    """Give what to do about the refusals whose own catalogue entry names nothing to try, from advice.toml."""
    text = (HERE / "advice.toml").read_text(encoding="utf-8")
    return {slug: str(sentence) for slug, sentence in tomllib.loads(text).items()}


def refusals_page() -> str:
    """Build refusals.md."""
    from hubcli.refusals import catalogue

    parts = [
        "# Refusals\n",
        NOTE,
        "Every reason for which hub does not do what was asked, and what to do about it.\n",
        "The slug is what `--errors json` gives as `error.code`. Words in braces are filled in.\n",
    ]
    sentences = schema_reference.rules() | advice()
    for code in sorted({refusal.exit for refusal in catalogue().values()}):
        parts += [f"## Exit {code}\n", f"{EXITS[code][0].capitalize()}. {EXITS[code][1]}\n"]
        for slug, refusal in catalogue().items():
            if refusal.exit == code:
                parts += _refusal(slug, refusal, sentences)
    return "\n".join(parts)


def _refusal(slug: str, refusal: Any, sentences: dict[str, str]) -> list[str]:
    told = [f"### {slug}\n", f"> hub: {refusal.sentence}\n"]
    if slug in sentences:
        told.append(f"{sentences[slug]}\n")
    if refusal.tries:
        told.append("Try: " + "; ".join(_code(line) for line in refusal.tries) + ".\n")
    return told


def _code(line: str) -> str:
    """Give a line to try as code when it is a command or begins with what is typed, else as the sentence it is."""
    return f"`{line}`" if re.match(r"(hub|pip|sudo|chmod u\+rw) ", line) and " and " not in line else line


# --------------------------------------------------------------------------------------------------- columns, settings


def columns_page() -> str:
    """Build columns.md: the columns of every command, commands with the same ones together."""
    from hubcli import cli
    from hubcli.commands import schema

    told: dict[str, list[tuple[Any, ...]]] = {}
    for noun in (*cli.GROUPS, *cli.TOP):
        try:
            rows = list(schema.rows_of(noun)) if schema._module(noun) else []  # noqa: SLF001
        except (ModuleNotFoundError, AttributeError) as error:
            if not _unwritten(error):
                raise
            continue
        for command, *row in rows:
            told.setdefault(command, []).append(tuple(row))
    alike: dict[tuple[Any, ...], list[str]] = {}
    for command, rows in told.items():
        alike.setdefault(tuple(map(repr, rows)), []).append(command)
    parts = [
        "# Columns and words\n",
        NOTE,
        "The columns of every command's TSV and CSV, which are the keys of its JSON, in their order.\n",
        "Columns are only ever added at the end; words and forms stay. `hub schema` prints the same.\n",
        "## Forms\n",
        "| kind | in TSV, CSV and JSON |\n|---|---|",
        *(f"| {kind} | {cell(form)} |" for kind, form in schema.FORMS.items()),
        "",
        "A missing value is empty in TSV and CSV, `null` in JSON. Money is text in JSON too, so that it stays exact.\n",
    ]
    for commands_alike in alike.values():
        parts += _columns_of(commands_alike, told[commands_alike[0]])
    return "\n".join(parts)


def _columns_of(names: list[str], rows: list[tuple[Any, ...]]) -> list[str]:
    """Give the table of some commands; commands with several lists of columns get one for each part."""
    lines = [f"## {names[0]}\n"]
    if names[1:]:
        lines.append(f"Also of {', '.join(f'`{name}`' for name in names[1:])}.\n")
    for part in dict.fromkeys(row[-1] for row in rows):
        if part:
            lines.append(f"### {names[0]}: {part}\n")
        lines.append("| column | kind | words |\n|---|---|---|")
        for column, kind, _, words, of in rows:
            if of == part:
                lines.append(f"| `{column}` | {kind} | {', '.join(f'`{word}`' for word in words)} |")
        lines.append("")
    return lines


def settings_page() -> str:
    """Build settings.md."""
    from hubcli.settings import SETTINGS

    parts = [
        "# Settings\n",
        NOTE,
        "The shop's choices, each with its default; `hub settings list` shows them with the values in force.\n",
        "| key | default | takes | what it does |\n|---|---|---|---|",
    ]
    for key, setting in SETTINGS.items():
        takes = ", ".join(f"`{word}`" for word in setting.words) or "text"
        parts.append(
            f"| `{key}` | {f'`{setting.default}`' if setting.default else ''} | {takes} | {cell(setting.meaning)} |"
        )
    return "\n".join([*parts, ""])


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "schema.md": schema_reference.schema_page,
    "refusals.md": refusals_page,
    "exit-codes.md": exit_codes_page,
    "columns.md": columns_page,
    "settings.md": settings_page,
}
