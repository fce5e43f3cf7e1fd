"""What the how-to pages say to run does run on the demo shop: shell blocks, crontab lines, systemd units."""

import importlib
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT, TODAY, InProcess

PAGES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
BASH = shutil.which("bash")


def text_of(page: str) -> str:
    return (ROOT / "docs" / "how-to" / f"{page}.md").read_text(encoding="utf-8")


def blocks(kind: str) -> Iterator[tuple[str, str]]:
    """Give (page, text) of every block of a kind."""
    for path in PAGES:
        for body in re.findall(rf"^```{kind}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            yield path.stem, body


def jobs() -> Iterator[tuple[str, dict[str, str], str]]:
    """Give (page, variables, command) of every crontab line, as cron reads it."""
    for page, body in blocks("cron"):
        variables = dict(re.findall(r"^([A-Z_]+)=(.*)$", body, re.MULTILINE))
        for line in body.splitlines():
            found = re.fullmatch(r"((?:[\d*/,-]+ ){5}) *(\S.*)", line)
            if found:
                yield page, variables, found[2].replace(r"\%", "%")
            else:
                assert not line or "=" in line, line


def services() -> Iterator[tuple[str, dict[str, str], str]]:
    """Give (page, variables, command) of every systemd service."""
    for page, body in blocks("ini"):
        started = re.search(r"^ExecStart=(.*)$", body, re.MULTILINE)
        if started:
            named = re.search(r"^Environment=(.*)$", body, re.MULTILINE)
            pairs = [pair.split("=", 1) for pair in named[1].split()] if named else []
            yield page, {str(pair[0]): str(pair[1]) for pair in pairs}, started[1]


@pytest.fixture
def home(tmp_path: Path, demo_file: Path, hub_command: str) -> Path:
    """Give the home of pat, with hub installed for pat and the shop where the pages have it."""
    place = tmp_path / "home"
    (place / "shop" / "backups").mkdir(parents=True)
    (place / ".local" / "bin").mkdir(parents=True)
    (place / ".local" / "bin" / "hub").symlink_to(hub_command)
    shutil.copy(demo_file, place / "shop" / "hub.db")
    return place


def run(command: str, home: Path, variables: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run as cron does: little environment, no terminal, no language."""
    told = {key: value.replace("/home/pat", str(home)).replace("%h", str(home)) for key, value in variables.items()}
    environment = {"HOME": str(home), "LOGNAME": "pat", "SHELL": "/bin/sh", "PATH": "/usr/bin:/bin", **told}
    environment["HUB_TODAY"] = TODAY
    return subprocess.run(
        ["/bin/sh", "-c", command.replace("/home/pat", str(home)).replace("%h", str(home))],
        env=environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def pages_jobs(which: Iterator[tuple[str, dict[str, str], str]]) -> list[object]:
    return [pytest.param(variables, line, id=f"{page}: {line[:50]}") for page, variables, line in which]


@pytest.mark.parametrize(("variables", "line"), [*pages_jobs(jobs()), *pages_jobs(services())])
def test_job_runs_and_is_silent_the_second_time(variables: dict[str, str], line: str, home: Path) -> None:
    if "backup" in line:
        made = run("hub db backup $HOME/shop/backups", home, variables)
        assert (made.returncode, made.stderr) == (0, "")
    first = run(line, home, variables)
    assert first.returncode == 0, first.stderr
    assert first.stderr == ""
    second = run(line, home, variables)
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")


def test_nightly_archive_says_one_line_and_can_be_undone(home: Path) -> None:
    _, variables, line = next(job for job in jobs() if "--stale" in job[2])
    told = run(line, home, variables).stdout
    assert len(told.splitlines()) == 1
    change = re.search(r"\((H\d+)\)", told)
    assert change
    assert run(f"hub undo {change[1]}", home, variables).returncode == 0


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_accepts_the_units(home: Path) -> None:
    names = []
    for at, (_, body) in enumerate(blocks("ini")):
        kind = "timer" if "[Timer]" in body else "service"
        names.append(home / f"hub-archive{at - at % 2}.{kind}")
        names[-1].write_text(body.replace("%h", str(home)), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *names],
        env={**os.environ, "XDG_RUNTIME_DIR": str(home), "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in done.stderr.splitlines() if "hub-archive" in line]
    assert not complaints


FILTERS = re.findall(r"`(--[^`]+)`", text_of("search").partition("| what you know")[2].partition("\n\n")[0])


@pytest.mark.parametrize("option", FILTERS)
def test_filter_in_the_table_is_taken(option: str, demo: InProcess) -> None:
    demo("customers", "search", *shlex.split(option))


SHELL = list(blocks("sh"))
BANK = "document,date,method,amount\nO20,2025-06-14,bank-transfer,10.00\n"
"""What a bank may send: a file of payments that the pages name."""


@pytest.mark.skipif(BASH is None, reason="there is no bash here")
@pytest.mark.parametrize("body", [pytest.param(b, id=f"{p}: {b[:50].strip()}") for p, b in SHELL])
def test_shell_block_runs(body: str, home: Path) -> None:
    if "jq" in body and shutil.which("jq") is None:
        pytest.skip("there is no jq here")
    (home / "shop" / "run").mkdir()
    (home / "shop" / "run" / "bank.csv").write_text(BANK, encoding="utf-8")
    environment = {
        "HOME": str(home),
        "PATH": f"{home}/.local/bin:{os.environ['PATH']}",
        "HUB_DB": str(home / "shop" / "hub.db"),
        "HUB_TODAY": TODAY,
        "HUB_USER": "sam",
    }
    done = subprocess.run(
        [str(BASH), "-euo", "pipefail", "-c", body],
        env=environment,
        cwd=home / "shop" / "run",
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


# ------------------------------------------------------------------------------------------------------- every feature


def features() -> list[str]:
    """Give every command that the page of features names."""
    text = (ROOT / "docs" / "explanation" / "features.md").read_text(encoding="utf-8")
    return re.findall(r"`(hub [^`]+)`", text)


@pytest.mark.parametrize("line", features())
def test_every_feature_has_a_command_that_runs(
    demo: InProcess, line: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    _, *arguments = shlex.split(line)
    result = demo(*arguments, code=None)
    refused = {
        "hub customers archive C27": 6,
        "hub customers list --consent no": 6,  # the demo shop is not in the EU
        "hub import customers samples/hub-customers.csv": 3,
    }
    assert result.code in {0, refused.get(line, 0)}, f"{line}: {result.err}"


# ------------------------------------------------------------------------------------------------- a day in the shop

DAY = ROOT / "docs" / "tutorial" / "a-day.md"
SCREENS = re.compile(r"^```console\n.*?^```$", re.MULTILINE | re.DOTALL)


def test_the_day_in_the_shop_goes_as_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    text = DAY.read_text(encoding="utf-8")
    assert importlib.import_module("screens").shown(text, ROOT) == text
    screens = "\n".join(SCREENS.findall(text))
    refused = [line for line in screens.splitlines() if line.startswith("hub: ")]
    assert refused == ["hub: C251 Fern Street Café cannot be archived: 1 active order (O832)"]
    told = set(re.findall(r"\d+\.\d\d", SCREENS.sub("", text)))
    assert {"1981.83", "193.77", "1163.06"} <= told
    assert not [figure for figure in told if not re.search(rf"(?<!\d){figure}(?!\d)", screens)]


# -------------------------------------------------------------------------------------------------------- the README

README = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Speed")[0]


@pytest.mark.parametrize("line", re.findall(r"^\|.*\| `(hub [^`]+)` \|$", README, re.MULTILINE))
def test_what_the_readme_begins_with_runs(line: str, demo: InProcess) -> None:
    demo(*shlex.split(line)[1:])


def test_the_first_day_of_the_readme_runs(hub: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = README.partition("## The first day")[2].partition("```sh\n")[2].partition("```")[0]
    shutil.copy(ROOT / "samples" / "shopify-customers.csv", tmp_path)
    monkeypatch.chdir(tmp_path)
    for line in body.splitlines():
        hub(*shlex.split(line)[1:], code=None if "import" in line else 0, tty=True, stdin="y\n")
    assert hub("customers", "show", "C12", "--json").json["type"] is None
