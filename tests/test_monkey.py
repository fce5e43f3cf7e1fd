"""Any command with any options and any values ends with an answer: never with a traceback, never with a bug."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import InProcess
from hubcli import cli

VALUES = """C1 C3 C65 C9999 Q3 O2 O7 O8 P1 P438 H1 N1 V1 D1 A1 K1 I1 S1 L1 R1 F1 9999999999999999999999 -1 0 1 é C1e3
2025-05-01 2025-13-01 2025-05 today 10 10.005 1e3 5% 101% x'y @nope yes no luxury cash check delivery saved ../x
none/there.csv Maria 60614 +13125550142 a@b.test NaN WF45R6100AW/US@100 1=5 O2=10 repeat 1:1 30d 1y"""
ODD = ("", "last month", "Net 30", "\x1b[31m", "people.csv", "\u202e", "\ud800")
ELSEWHERE = {("completion",), ("demo",), ("db", "restore"), ("db", "backup"), ("export", "all")}
"""Commands that leave files in places of their own."""


def commands() -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    """Give the words of every command, with its own parameters."""
    root = cli.root()
    context = root.make_context("hub", [], resilient_parsing=True)
    for name in root.told:
        yield from _below(root, context, (name,))


def _below(parent: Any, context: Any, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], list[Any]]]:
    command = parent.get_command(context, words[-1])
    inner = command.make_context(words[-1], [], parent=context, resilient_parsing=True)
    for name in getattr(command, "told", ()):
        yield from _below(command, inner, (*words, name))
    if not hasattr(command, "told") and words not in ELSEWHERE:
        yield words, [p for p in command.params if not p.name.startswith("hub_") and p.name != "help"]


def line(rng: random.Random, words: tuple[str, ...], parameters: list[Any]) -> list[str]:
    """Make up a command line: what is required mostly there, the rest sometimes."""
    made = list(words)
    for parameter in parameters:
        option = parameter.param_type_name == "option"
        if rng.random() > (0.9 if parameter.required else 0.2 if option else 0.6):
            continue
        made += [parameter.opts[0]] if option else []
        if not (option and parameter.is_flag):
            made.append(rng.choice(VALUES.split() if rng.random() < 0.85 else ODD))
    made += [rng.choice(("-n", "-y")), "--no-input"]
    made += rng.choice(((), (), ("--json",), ("--csv",), ("-q",), ("-v",), ("--explain",), ("--reason", "why")))
    return made


def test_any_command_line_has_an_answer(
    demo: InProcess, rounds: Callable[[int, int], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "monkey"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("people.csv").write_text("first_name,last_name,zip\nAnn,Lee,02134\n", encoding="utf-8")
    rng = random.Random(7)  # noqa: S311  # the same lines on every run
    every = list(commands())
    for _ in range(rounds(150, 5_000)):
        typed = line(rng, *rng.choice(every))
        result = demo(*typed, code=None)
        assert result.code in range(10), (typed, result.err)
        assert result.code == 0 or result.err, typed
    assert demo("db", "check", "--full", "--json").json == []
