"""Runs the commands of a page's console blocks, in their order, and puts what they print under them.

A page asks for it with `<!-- screens: FILE... -->`: it starts in an empty folder with those files of the checkout in
it. The day is 2025-06-15 (`today=DATE` among the files: another), the terminal 80 columns wide, the user sam. A block
is fenced with ```console, its commands begin with `$ `, a line that ends in a backslash goes on. `<!-- answers: y -->`
before a block is what is typed there when hub asks. A line with a pipe, `>`, `;`, `*` or a command other than hub goes
to the shell, with stdout a pipe.
"""

import io
import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

MARK = "<!-- screens:"
TODAY = "2025-06-15"
WIDTH = 80

_MARKED = re.compile(r"<!-- screens:([^>]*)-->")
_BLOCK = re.compile(
    r"(?:<!-- answers: (?P<answers>[^\n]*?) -->\n)?```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


class Terminal(io.StringIO):
    """One stream for what a terminal shows: output, errors, questions, and the answers as they are typed."""

    encoding = "utf-8"

    def __init__(self, answers: list[str]) -> None:
        super().__init__()
        self.answers = answers

    def isatty(self) -> bool:
        """Say that it is a terminal."""
        return True

    def readline(self, *_: object) -> str:  # type: ignore[override]
        """Give the next answer, shown as typed."""
        answer = self.answers.pop(0) + "\n" if self.answers else ""
        self.write(answer)
        return answer


def shown(page: str, root: Path) -> str:
    """Give a page with what its commands print today."""
    marked = _MARKED.search(page)
    if marked is None:
        return page
    with _shop(root, marked.group(1).split()):
        return _BLOCK.sub(_again, page)


def _again(match: re.Match[str]) -> str:
    answers = [part.strip() for part in (match["answers"] or "").split("|")] if match["answers"] is not None else []
    parts = []
    for typed in commands(match["body"]):
        printed = _run(typed, answers)
        lines = [line.rstrip() for line in printed.splitlines()]
        parts.append("\n".join([*("$ " + typed).split("\n"), *lines]))
    head = match.group(0).partition("```console\n")[0]
    return head + "```console\n" + "\n\n".join(parts) + "\n```"


def commands(body: str) -> Iterator[str]:
    """Give the commands of a console block, those over several lines whole."""
    lines = iter(body.splitlines())
    for line in lines:
        if line.startswith("$ "):
            typed = line[2:]
            while typed.endswith("\\"):
                typed += "\n" + next(lines)
            yield typed


def _run(typed: str, answers: list[str]) -> str:
    line = typed.replace("\\\n", " ")
    words = shlex.split(line)
    if words[:1] == ["hub"] and not re.search(r"[|;<>$*]|&&", re.sub(r"'[^']*'|\"[^\"]*\"", "", line)):
        return _hub(words[1:], answers)
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(  # noqa: S602  # the lines of our own pages
        line, shell=True, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return done.stdout


def _hub(arguments: list[str], answers: list[str]) -> str:
    from hubcli.run import run

    terminal = Terminal(answers)
    with (
        mock.patch.object(sys, "stdout", terminal),
        mock.patch.object(sys, "stderr", terminal),
        mock.patch.object(sys, "stdin", terminal),
    ):
        run(arguments)
    return terminal.getvalue()


@contextmanager
def _shop(root: Path, files: list[str]) -> Iterator[None]:
    """Stand in an empty folder as sam on a terminal, the clock standing near nine; files named are copied there."""
    from hubcli.values import clock

    today = next((name[6:] for name in files if name.startswith("today=")), TODAY)
    told = {"HUB_DB": "shop.db", "HUB_TODAY": today, "HUB_USER": "sam", "COLUMNS": str(WIDTH), "LINES": "50"}
    told |= {"NO_COLOR": "1", "TERM": "xterm", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    before = Path.cwd()
    minute = iter(range(24 * 60))

    def now() -> str:
        at = 9 * 60 + next(minute)
        return f"{today}T{at // 60 % 24:02}:{at % 60:02}:00.000Z"

    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        stack.enter_context(mock.patch.dict(os.environ, told))
        stack.enter_context(mock.patch.object(clock, "now_utc", now))
        stack.enter_context(mock.patch.object(pwd, "getpwuid", return_value=SimpleNamespace(pw_name="sam")))
        stack.enter_context(mock.patch.object(os, "ttyname", return_value="/dev/pts/1"))
        for name in (name for name in files if "=" not in name):
            shutil.copy(root / name, folder)
        time.tzset()
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)
    time.tzset()
