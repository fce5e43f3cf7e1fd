"""hub statements: what account holders owe, kept as it was issued; parts are imported when used."""

import typer

HELP = """Statements of account, kept as they were issued.

Examples:
hub statements generate --monthly
hub statements list --unsent
hub statements send --unsent
"""

app = typer.Typer(help=HELP)

_HERE = "hubcli.commands.statements."

LATER: dict[str, tuple[str, str]] = {
    "generate": (_HERE + "generate", "Issue the statements of a period."),
    "list": (_HERE + "find", "List statements, the newest first."),
    "show": (_HERE + "show", "Show a statement as it was issued."),
    "diff": (_HERE + "show", "Tell what changed since a statement was issued."),
    "send": (_HERE + "send", "Send statements, and note that they were sent."),
    "print": (_HERE + "printing", "Print statements as they were issued."),
}
"""Each command with the module that holds it and its one-line help."""
