"""Builds docs/reference/schema.md from schema.sql: tables, views, and the rules that the database itself keeps."""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

NOTE = "<!-- Written by docs/generate.py: change the code, not this page. -->\n"


def cell(text: object) -> str:
    """Give text as it may stand in a table of Markdown."""
    return str(text).replace("|", "\\|").replace("\n", " ")


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
    return cell("; ".join([*(f"*{mark}*" for mark in marks), *told]))


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
            return f"`{cell(' '.join(body[start + 1 : place].split()).replace('( ', '('))}`"
    raise ValueError(slug)


def rules() -> dict[str, str]:
    """Give what to do about each named rule of one row: the condition that holds, as schema.sql has it."""
    from hubcli import schema

    found = {}
    for table, body in _tables(schema.text()):
        for slug in _named(body):
            found[slug] = f"Give a value that fits the rule of table [{table}](schema.md#{table}): {_rule(body, slug)}."
    return found
