# ruff: noqa: INP001  # see generate.py
"""Builds the pages of docs/reference/ from the commands, the schema, the refusals and the settings of hub itself."""

import re
import sqlite3
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
NOTE = "<!-- Written by docs/generate.py: change the code, not this page. -->\n"


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
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("hubcli.commands."):
            return  # announced in cli.py, not written yet; test_docs.py tells it
        raise
    inner = command.make_context(name, [], parent=context, resilient_parsing=True)
    group = hasattr(command, "told")
    yield Page(inner.command_path, line, _help(command.get_help(inner)), group)
    if group:
        for each, its_line in command.told.items():
            yield from _below(command, inner, each, its_line)


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
    parts += [f"| [`{p.path}`](#{_anchor(p.path)}) | {_cell(p.line)} |" for p in pages if not p.group]
    parts.append("")
    for page in pages:
        parts.append(f"## {page.path}\n")
        parts.append(f"{page.line}\n" if page.group else f"```text\n{page.help}\n```\n")
    return "\n".join(parts)


def _anchor(title: str) -> str:
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")


# ------------------------------------------------------------------------------------------------------------- schema


def schema_page() -> str:
    """Build schema.md."""
    from hubcli import schema

    conn = sqlite3.connect(":memory:")
    conn.executescript(schema.text())
    parts = [
        "# Tables, views and guards\n",
        NOTE,
        f"What stands in a hub database: schema {schema.VERSION}, from `schema.sql`, which stays the truth.\n",
        "Money is whole cents (`_cents`), days are ISO text in the shop's time zone (`_on`), instants are UTC (`_at`).",
        "*personal* columns are erased with the person; *kept* columns are worked out by hub from other rows.",
        "A table marked *logged* has every insert, update and delete written to the change log",
        "([explanation](../explanation/log.md)).\n",
        "## Tables\n",
    ]
    for table in schema.tables().values():
        parts.append(f"### {table.name}\n")
        parts.append(f"{table.comment}{' *Logged.*' if table.logged else ''}\n")
        parts.append("| column | type | what it is |\n|---|---|---|")
        types = {row[1]: row for row in conn.execute(f"PRAGMA table_xinfo({table.name})")}
        references = {row[3]: row[2] for row in conn.execute(f"PRAGMA foreign_key_list({table.name})")}
        parts += [f"| `{c.name}` | {_type(types[c.name])} | {_about(c, references)} |" for c in table.columns]
        parts.append("")
    parts += _views(schema.text())
    parts += _guards(schema.text())
    return "\n".join(parts)


def _type(row: Any) -> str:
    return f"{row[2].lower()}{'' if row[3] or row[5] else ', may be empty'}"


def _about(column: Any, references: dict[str, str]) -> str:
    marks = [word for word, on in (("personal", column.personal), ("kept", column.kept)) if on]
    told = [column.comment] if column.comment else []
    if column.name in references:
        told.append(f"refers to [{references[column.name]}](#{references[column.name]})")
    return _cell("; ".join([*(f"*{mark}*" for mark in marks), *told]))


def _views(text: str) -> list[str]:
    found = re.findall(r"((?:^--[^\n]*\n)*)^CREATE VIEW (\w+) AS\n(.*?);\n", text, re.MULTILINE | re.DOTALL)
    parts = ["## Views\n"]
    for comment, name, body in found:
        told = " ".join(line[2:].strip() for line in comment.splitlines() if "====" not in line)
        parts += [f"### {name}\n", *([f"{told}\n"] if told else []), f"```sql\n{body.strip()}\n```\n"]
    return parts


def _guards(text: str) -> list[str]:
    """Give the triggers that refuse and the named rules, each with its slug."""
    parts = [
        "## Rules that the database itself keeps\n",
        "They hold for hub, for scripts and for the sqlite3 shell alike.",
        "Each slug is explained in [refusals.md](refusals.md).\n",
        "| trigger | when | refuses with |\n|---|---|---|",
    ]
    for name, body in re.findall(r"^CREATE TRIGGER (\w+) (.*?)END;$", text, re.MULTILINE | re.DOTALL):
        raised = re.search(r"raise\(ABORT, '(\w+)'\)", body)
        if raised:
            when = re.split(r"\s(?:WHEN|BEGIN)\s", body)[0].lower()
            parts.append(f"| `{name}` | {' '.join(when.split())} | [`{raised[1]}`](refusals.md#{raised[1]}) |")
    parts += [
        "",
        "Besides, hub lays guards on every logged table for SQL that is not its own: a key that another row has",
        "([`already_there`](refusals.md#already_there)), a reference to nothing",
        "([`no_such_row`](refusals.md#no_such_row)), a row that others refer to",
        "([`still_referred`](refusals.md#still_referred)). They hold where foreign keys are off and for REPLACE too.",
    ]
    parts += ["", "| table | rule of a row | refuses with |\n|---|---|---|"]
    for table, body in _tables(text):
        for slug in _named(body):
            parts.append(f"| [{table}](#{table}) | {_rule(body, slug)} | [`{slug}`](refusals.md#{slug}) |")
    return [*parts, ""]


def _tables(text: str) -> Iterator[tuple[str, str]]:
    """Give each table of schema.sql with its body, the comments taken out."""
    for table, body in re.findall(r"^CREATE TABLE (\w+) \(\n(.*?)^\) STRICT", text, re.MULTILINE | re.DOTALL):
        yield table, re.sub(r"--[^\n]*", "", body)


def _named(body: str) -> list[str]:
    return re.findall(r"CONSTRAINT (\w+)\s+CHECK", body)


def _rule(body: str, slug: str) -> str:
    """Give the condition of a named CHECK, in one line of code."""
    start = body.index("(", re.search(rf"CONSTRAINT {slug}\b", body).start())  # type: ignore[union-attr]
    depth = 0
    for place in range(start, len(body)):
        depth += {"(": 1, ")": -1}.get(body[place], 0)
        if depth == 0:
            return f"`{_cell(' '.join(body[start + 1 : place].split()).replace('( ', '('))}`"
    raise ValueError(slug)


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
    from hubcli.errors import REFUSALS

    parts = ["# Exit codes\n", NOTE, "What a command's exit code tells a script.\n"]
    parts.append("| code | name | what it means | refusals |\n|---|---|---|---|")
    for code, (name, told) in EXITS.items():
        count = sum(refusal.exit == code for refusal in REFUSALS.values())
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
    """Build refusals.md; KeyError names a slug without anything to try for which advice.toml has no sentence."""
    from hubcli.errors import REFUSALS

    parts = [
        "# Refusals\n",
        NOTE,
        "Every reason for which hub does not do what was asked, and what to do about it.\n",
        "The slug is what `--errors json` gives as `error.code`. Words in braces are filled in.\n",
    ]
    sentences = _rules() | advice()
    for code in sorted({refusal.exit for refusal in REFUSALS.values()}):
        parts += [f"## Exit {code}\n", f"{EXITS[code][0].capitalize()}. {EXITS[code][1]}\n"]
        for slug, refusal in REFUSALS.items():
            if refusal.exit == code:
                parts += _refusal(slug, refusal, sentences)
    return "\n".join(parts)


def _rules() -> dict[str, str]:
    """Give what to do about each named rule of one row: the condition that holds, as schema.sql has it."""
    from hubcli import schema

    found = {}
    for table, body in _tables(schema.text()):
        for slug in _named(body):
            found[slug] = f"Give a value that fits the rule of table [{table}](schema.md#{table}): {_rule(body, slug)}."
    return found


def _refusal(slug: str, refusal: Any, sentences: dict[str, str]) -> list[str]:
    told = [f"### {slug}\n", f"> hub: {refusal.sentence}\n"]
    if slug in sentences or not refusal.tries:
        told.append(f"{sentences[slug]}\n")
    if refusal.tries:
        told.append("Try: " + "; ".join(_code(line) for line in refusal.tries) + ".\n")
    return told


def _code(line: str) -> str:
    """Give a line to try as code when it is a command or begins with what is typed, else as the sentence it is."""
    return f"`{line}`" if re.match(r"(hub|pip|sudo|chmod u\+rw) ", line) and " and " not in line else line


# --------------------------------------------------------------------------------------------------- columns, settings


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
            f"| `{key}` | {f'`{setting.default}`' if setting.default else ''} | {takes} | {_cell(setting.meaning)} |"
        )
    return "\n".join([*parts, ""])


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "schema.md": schema_page,
    "refusals.md": refusals_page,
    "exit-codes.md": exit_codes_page,
    "settings.md": settings_page,
}
