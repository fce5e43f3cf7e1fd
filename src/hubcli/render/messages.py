"""Notes and errors for stderr; what they quote never reaches a terminal raw."""

from typing import TextIO

from hubcli.errors import HubError
from hubcli.values.text import visible


def say(text: str, stderr: TextIO) -> None:
    """Write a note or a warning, each of its lines made visible."""
    stderr.write("".join([visible(line) + "\n" for line in text.split("\n")]))
    stderr.flush()


def error_text(err: HubError, style: str = "text") -> str:
    """Give the lines that tell an error: what, why and what to try; as one line of JSON when `style` is "json"."""
    if style == "json":
        return _json(err)
    lines = [f"hub: {visible(err.message)}", *(f"  try: {visible(attempt)}" for attempt in err.tries)]
    return "\n".join([*lines, ""])


def _json(err: HubError) -> str:
    from hubcli.render.machine import encoder

    told = {"code": err.slug, "message": err.message, "exit": err.exit, "refs": err.refs, "try": err.tries}
    return encoder(compact=True, shown=True)({"error": told}) + "\n"


def error(err: HubError, stderr: TextIO, style: str = "text") -> None:
    """Write an error to stderr."""
    stderr.write(error_text(err, style))
    stderr.flush()
