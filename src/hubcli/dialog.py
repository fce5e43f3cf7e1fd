"""What a command says to the person at the terminal, and how it asks: on stderr, never where nobody can answer."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from hubcli import render
from hubcli.counts import Count
from hubcli.errors import HubError

MANY = 50
"""Above this many records a bulk write asks for their number."""


class Dialog:
    """Says and asks, as the common options allow: --yes, --dry-run, --no-input, --quiet."""

    def __init__(self, options: Mapping[str, Any]):
        self.options = options
        self.waiting: list[str] = []

    @property
    def interactive(self) -> bool:
        """Whether a person can be asked."""
        return not self.options.get("no_input") and sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()

    def announce(self, text: str) -> None:
        """Say something that a person should know before the work; a script hears it once the work is done.

        So that what a command that fails leaves on stderr is its error alone.
        """
        if self.interactive:
            self.say(text)
        else:
            self.waiting.append(text)

    def say(self, text: str) -> None:
        """Say something on stderr."""
        if sys.stderr is not None:
            render.say(text, sys.stderr)

    def tell(self, text: str) -> None:
        """Say something on stderr of a terminal only, and not under --quiet."""
        if sys.stderr is not None and sys.stderr.isatty() and not self.options.get("quiet"):
            render.say(text, sys.stderr)

    def confirm(self, question: str, what: str) -> None:
        """Ask; raise answered_no, or not_confirmed where nobody can be asked."""
        if self.options.get("yes") or self.options.get("dry_run"):
            return
        if not self.interactive:
            raise HubError("not_confirmed", what=what)
        if self.ask(f"{question} [y/N]").lower() not in {"y", "yes"}:
            raise HubError("answered_no")

    def confirm_count(self, count: int, what: str) -> None:
        """Ask for the number of records a bulk write touches; a wrong number is a no."""
        if self.options.get("yes") or self.options.get("dry_run") or count <= MANY:
            return
        if not self.interactive:
            raise HubError("not_confirmed", what=f"{what} of {Count(count):record}")
        if self.ask(f"{what} touches {Count(count):record}: type that number to go on").replace(",", "") != str(count):
            raise HubError("answered_no")

    def ask(self, question: str, default: str = "") -> str:
        """Ask one question on stderr and give the answer, trimmed."""
        sys.stderr.write(question + (f" [{default}]" if default else "") + ": ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.strip() or default

    def choose(self, question: str, choices: Sequence[str]) -> int:
        """Offer a numbered choice; give the index, or raise answered_no."""
        for place, choice in enumerate(choices, 1):
            render.say(f"  {place}  {choice}", sys.stderr)
        answer = self.ask(f"{question} (1-{len(choices)}, empty for none)")
        if not answer.isdecimal() or not 1 <= int(answer) <= len(choices):
            raise HubError("answered_no")
        return int(answer) - 1
