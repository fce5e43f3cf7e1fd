"""The documentation is true: generated pages are as hub makes them, links lead somewhere, commands shown exist."""

import importlib
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from conftest import ROOT, TODAY
from hubcli.errors import HubError
from hubcli.refusals import catalogue

DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", *DOCS.rglob("*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELLS = {"console", "sh", "bash", "cron", "ini"}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def generator() -> Iterator[ModuleType]:
    sys.path.insert(0, str(DOCS))
    try:
        yield importlib.import_module("generate")
    finally:
        sys.path.remove(str(DOCS))


# ---------------------------------------------------------------------------------------------------------- generated


def test_generated_pages_are_as_hub_makes_them() -> None:
    done = subprocess.run(
        [sys.executable, str(DOCS / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"run: python docs/generate.py\n{done.stdout[:3000]}{done.stderr[-2000:]}"


def test_check_tells_a_page_that_differs(generator: ModuleType) -> None:
    page = DOCS / "reference" / "settings.md"
    found = generator.differences({page: page.read_text(encoding="utf-8") + "one line more\n"})
    assert [line for line in found[page] if line.startswith("+")][1:] == ["+one line more"]


@pytest.mark.usefixtures("generator")
def test_every_refusal_says_what_to_do() -> None:
    pages = importlib.import_module("reference_pages")
    assert pages.advice().keys() <= catalogue().keys(), "advice.toml has slugs that are no longer there"
    told = pages.advice() | pages.schema_reference.rules()
    silent = [slug for slug, refusal in catalogue().items() if not refusal.tries and slug not in told]
    assert not silent, f"write a sentence in docs/advice.toml for {silent}"


def test_every_announced_command_exists() -> None:
    from hubcli import cli

    root = cli.root()
    context = root.make_context("hub", [], resilient_parsing=True)
    missing = []
    for name, told in root.told.items():
        try:
            assert not told or root.get_command(context, name)
        except (ModuleNotFoundError, AttributeError):
            missing.append(name)
    assert not missing, f"announced in cli.py, not there: {missing}"


def test_every_group_is_in_the_command_reference() -> None:
    from hubcli import cli

    text = (DOCS / "reference" / "commands.md").read_text(encoding="utf-8")
    for name in {**cli.GROUPS, **cli.TOP}:
        assert re.search(rf"^## hub {name}$", text, re.MULTILINE), name


# -------------------------------------------------------------------------------------------------------------- links


def anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    text = FENCE.sub("", path.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:", target):
            continue
        name, _, anchor = target.partition("#")
        page = (path.parent / name) if name else path
        assert page.exists(), target
        assert not anchor or anchor in anchors(page), target


@pytest.mark.parametrize("path", [p for p in DOCS.rglob("*.md") if p.name != "README.md"], ids=named)
def test_every_page_is_reachable_and_says_what_it_is_for(path: Path) -> None:
    assert f"({path.relative_to(DOCS)})" in (DOCS / "README.md").read_text(encoding="utf-8")
    text = re.sub(r"<!--.*?-->\n?", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    title, _, rest = text.partition("\n")
    assert title.startswith("# ")
    assert re.match(r"\n+[A-Z][^|#]*?\.(\s|$)", rest), "begin with one sentence"


# ----------------------------------------------------------------------------------------------------------- commands


def lines(path: Path) -> Iterator[str]:
    """Give the command lines of a page's blocks: after `$ ` in a console block, every line in the other kinds."""
    for kind, body in FENCE.findall(path.read_text(encoding="utf-8")):
        if kind in SHELLS:
            joined = re.sub(r"\\\n\s*", " ", body)
            for line in joined.splitlines():
                if kind == "console" and line.startswith("$ "):
                    yield line[2:]
                elif kind != "console" and "hub" in line and not line.lstrip().startswith("#"):
                    yield re.sub(r"^(ExecStart\w*=-?|(?:\S+ ){5}(?=.*hub\b))", "", line) if kind != "sh" else line


def calls(line: str) -> Iterator[list[str]]:
    """Give the arguments of every call of hub in a shell line."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|;&<>()")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in [*lexer, ";"]:
        if re.fullmatch(r"[|;&<>()]+", word):
            place = next((at for at, w in enumerate(words) if w == "hub" or w.endswith("/hub")), None)
            if place is not None and all(re.match(r"[A-Z_]+=|xargs|sudo|-", w) for w in words[:place]):
                yield words[place + 1 :]
            words = []
        else:
            words.append(word)


def parse(arguments: list[str]) -> None:
    """Have a command line read by the command it names, up to the point where it would run."""
    from hubcli import cli

    if arguments == ["--version"]:
        return
    command: Any = cli.root()
    context = None
    name, rest = "hub", arguments
    try:
        while hasattr(command, "told"):
            context = command.make_context(name, list(rest), parent=context)
            rest = [*context._protected_args, *context.args]
            if not rest:
                return
            name, command, rest = command.resolve_command(context, rest)
        command.make_context(name, list(rest), parent=context)
    except Exception as error:
        if type(error).__name__ != "Exit":  # --help and its like
            raise


SHOWN = [(path, line) for path in PAGES for line in lines(path) if list(calls(line))]


@pytest.mark.parametrize("line", [line for _, line in SHOWN], ids=[f"{p.stem}: {line[:60]}" for p, line in SHOWN])
def test_every_command_shown_exists_with_its_options(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUB_TODAY", TODAY)
    for arguments in calls(line):
        parse(arguments)


def test_what_is_said_not_to_be_there_is_not() -> None:
    text = (DOCS / "explanation" / "limits.md").read_text(encoding="utf-8")
    section = text.partition("## Not there yet")[2].partition("\n## ")[0]
    absent = re.findall(r"\((`hub [^)]*`)\)", section)
    assert absent
    for line in re.findall(r"`(hub [^`]*)`", " ".join(absent)):
        with pytest.raises((HubError, ModuleNotFoundError)):
            parse([*line.split()[1:], "-h"])


@pytest.mark.parametrize("path", sorted((DOCS / "explanation").glob("*.md")), ids=named)
def test_files_named_in_explanations_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for name in re.findall(r"`((?:src|tests|docs|benchmarks)/[\w./-]+|schema\.sql|dev\.py)`", text):
        assert (ROOT / name).exists(), name
