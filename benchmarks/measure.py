"""Times things beside each other, in turn, and prints them as a table of ratios."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """One line of the table: what hub took and what stands beside it, in seconds (or megabytes, or a count).

    `ratio` is what the bound is about. A row without `bound` is told for information; without `goal` nothing further
    is aimed at.
    """

    what: str
    against: str
    hub: str
    floor: str
    ratio: float
    bound: float | None
    goal: float | None = None
    unit: str = "×"

    @property
    def verdict(self) -> str:
        """Say whether the bound holds, and whether the further goal does."""
        if self.bound is None:
            return ""
        if self.ratio > self.bound:
            return "MISSED"
        return "goal" if self.goal is not None and self.ratio <= self.goal else "ok"


class Usage(NamedTuple):
    """What one process took: seconds by the clock, and the most memory it held, in bytes."""

    seconds: float
    memory: int


def compare(
    what: str,
    against: str,
    hub: Callable[[], float],
    floor: Callable[[], float],
    *,
    rounds: int,
    bound: float | None,
    goal: float | None = None,
) -> Row:
    """Run two timed things in turn, each once to warm up, and give the ratio of their medians."""
    ours, theirs = medians([hub, floor], rounds)
    return Row(what, against, shown(ours), shown(theirs), ours / theirs, bound, goal)


def medians(timed: Sequence[Callable[[], float]], rounds: int, *, warm: bool = True) -> list[float]:
    """Give the median of each of several timed things, run in turn so that all meet the same machine."""
    if warm:
        for take in timed:
            take()
    taken: list[list[float]] = [[] for _ in timed]
    for _ in range(rounds):
        for times, take in zip(taken, timed, strict=True):
            times.append(take())
    return [statistics.median(times) for times in taken]


def clocked(work: Callable[[], object], times: int = 1) -> Callable[[], float]:
    """Give the function that runs some work `times` times and gives the seconds of one."""

    def take() -> float:
        start = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - start) / times

    return take


def process(arguments: Sequence[str | Path], env: Mapping[str, str] | None = None, **how: object) -> Usage:
    """Run a process to its end, its output read from a pipe and dropped; raise CalledProcessError when it fails."""
    words = [str(word) for word in arguments]
    start = time.perf_counter()
    child = subprocess.Popen(  # type: ignore[call-overload]  # how: stdin, cwd
        words, env={**os.environ, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0, **how
    )
    while child.stdout.read(1 << 20):
        pass
    told = child.stderr.read()
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    child.stderr.close()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, words, stderr=told)
    return Usage(seconds, used.ru_maxrss * 1024)


def processed(arguments: Sequence[str | Path], env: Mapping[str, str] | None = None) -> Callable[[], float]:
    """Give the function that runs a process and gives its seconds."""
    return lambda: process(arguments, env).seconds


def on_terminal(arguments: Sequence[str | Path], env: Mapping[str, str]) -> Callable[[], float]:
    """Give the function that runs a process on a terminal 120 cells wide and gives its seconds."""
    import fcntl
    import pty
    import struct
    import termios

    def take() -> float:
        start = time.perf_counter()
        pid, screen = pty.fork()
        if pid == 0:
            os.execvpe(arguments[0], [str(word) for word in arguments], {**os.environ, **env, "TERM": "xterm-256color"})  # noqa: S606
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 120, 0, 0))
        try:
            while os.read(screen, 1 << 16):
                pass
        except OSError:
            pass  # the other end was closed
        _, status = os.waitpid(pid, 0)
        os.close(screen)
        if status:
            raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), list(map(str, arguments)))
        return time.perf_counter() - start

    return take


def shown(seconds: float) -> str:
    """Give seconds in the unit that reads best."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.0f} µs"


def note(text: str) -> None:
    """Say on stderr what is being done."""
    print(f"  {text}", file=sys.stderr, flush=True)


# ------------------------------------------------------------------------------------------------------------ printing

HEADINGS = ("what", "hub", "against", "", "ratio", "at most", "goal", "")


def table(rows: Sequence[Row], *, markdown: bool) -> str:
    """Give the rows as aligned text, or as a table of Markdown."""
    cells = [HEADINGS, *map(_cells, rows)]
    if markdown:
        cells.insert(1, tuple("---:" if at in {1, 3, 4, 5, 6} else "---" for at in range(len(HEADINGS))))
        return "\n".join("| " + " | ".join(row) + " |" for row in cells)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    right = {1, 3, 4, 5, 6}
    lines = (
        "  ".join(c.rjust(w) if at in right else c.ljust(w) for at, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    bounds = ["" if value is None else f"{value:g} {row.unit}" for value in (row.bound, row.goal)]
    digits = 0 if not row.unit else 3 if row.ratio < 0.1 else 2
    return (row.what, row.hub, row.against, row.floor, f"{row.ratio:.{digits}f} {row.unit}", *bounds, row.verdict)


def machine() -> str:
    """Tell the size of this machine and the versions that matter."""
    import sqlite3

    import rich  # noqa: F401
    import typer

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    version = ".".join(map(str, sys.version_info[:3]))
    return (
        f"{os.cpu_count()} processors, {memory:.0f} GB of memory; Python {version}, SQLite {sqlite3.sqlite_version},"
        f" typer {typer.__version__}"
    )
