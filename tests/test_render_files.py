"""Files written with -o: whole or not at all, never over what must stay."""

import errno
import io
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hubcli.errors import HubError
from hubcli.render import Column, Listing, Output, write

NAMES = [Column("name")]


def export(path: Path | str, rows: Any = (("Ann",),), **settings: Any) -> int:
    return write(Listing(NAMES, rows), Output(path=str(path), **settings), io.StringIO(), io.StringIO())


def refused(path: Path | str, **settings: Any) -> HubError:
    with pytest.raises(HubError) as caught:
        export(path, **settings)
    return caught.value


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "name\nAnn\n"),
        ("a.TSV", "name\nAnn\n"),
        ("a.json", '[\n{"name": "Ann"}\n]\n'),
        ("a.ndjson", '{"name": "Ann"}\n'),
        ("-x.csv", "name\nAnn\n"),
        ("new\nline.csv", "name\nAnn\n"),
    ],
)
def test_b22_the_ending_chooses_the_format_and_any_name_will_do(tmp_path: Path, name: str, text: str) -> None:
    assert export(tmp_path / name) == 1
    assert (tmp_path / name).read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_name_without_folder_is_written_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    export("-x.csv")
    assert (tmp_path / "-x.csv").exists()


def test_other_endings_need_a_format(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.txt").exit == 2
    export(tmp_path / "a.txt", format="csv")
    assert refused(tmp_path / "a.json", format="csv").exit == 2
    assert refused("", format="csv").exit == 2


@pytest.mark.parametrize("path", ["-", "/dev/stdout"])
def test_b21_dash_and_dev_stdout_are_stdout(path: str) -> None:
    stdout = io.StringIO()
    write(Listing(NAMES, [("Ann",)]), Output(path=path), stdout, io.StringIO())
    assert stdout.getvalue() == "name\nAnn\n"


def test_s7_a_new_file_is_private_whatever_the_umask(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        export(tmp_path / "a.csv")
        export(tmp_path / "b.csv", mode=0o640)
        export(tmp_path / "c.csv", mode=0o6777)
    finally:
        os.umask(old)
    assert [mode_of(tmp_path / name) for name in ("a.csv", "b.csv", "c.csv")] == [0o600, 0o640, 0o777]


def test_b21_an_existing_file_is_replaced_with_its_mode_and_group(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old")
    path.chmod(0o644)
    if os.getuid() == 0:
        os.chown(path, -1, 12345)
    before = path.stat()
    export(path)
    after = path.stat()
    assert path.read_text() == "name\nAnn\n"
    assert (after.st_mode, after.st_gid) == (before.st_mode, before.st_gid)
    assert after.st_ino != before.st_ino
    export(path, mode=0o600)
    assert mode_of(path) == 0o600


def test_b21_no_clobber_keeps_an_existing_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    export(path, no_clobber=True)
    error = refused(path, rows=[("Bob",)], no_clobber=True)
    assert (error.slug, error.exit) == ("output_refused", 6)
    assert path.read_text() == "name\nAnn\n"


def test_b21_no_clobber_holds_against_a_file_made_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"

    def rows() -> Iterator[tuple[str]]:
        yield ("Ann",)
        path.write_text("theirs")

    assert refused(path, rows=rows(), no_clobber=True).exit == 6
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_b21_folders_devices_and_missing_folders_are_bad_values(tmp_path: Path) -> None:
    (tmp_path / "d.csv").mkdir()
    os.mkfifo(tmp_path / "f.csv")
    (tmp_path / "plain").write_text("")
    paths = ("d.csv", "d.csv/", "f.csv", "none/a.csv", "plain/a.csv", "a\0.csv", ".", "d.csv/..")
    for path in paths:
        assert refused(f"{tmp_path}/{path}", format="csv").exit == 2, path
    assert refused("/dev/null", format="csv").exit == 2


@pytest.mark.parametrize("side", ["", "-wal", "-shm", "-journal", "-lock"])
def test_b21_the_database_and_its_side_files_are_never_written(tmp_path: Path, side: str) -> None:
    database = tmp_path / "hub.db"
    error = refused(f"{database}{side}", format="csv", protect=(str(database),))
    assert (error.slug, error.exit) == ("output_refused", 6)
    (tmp_path / "folder").symlink_to(tmp_path)
    assert refused(f"{tmp_path}/folder/hub.db{side}", format="csv", protect=(str(database),)).exit == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]


def test_b21_a_backup_is_never_written(tmp_path: Path) -> None:
    path = tmp_path / "backup.csv"
    path.write_bytes(b"SQLite format 3\0" + b"\0" * 84)
    assert refused(path).exit == 6
    assert path.stat().st_size == 100


def test_s8_links_are_refused_and_what_they_name_is_untouched(tmp_path: Path) -> None:
    target = tmp_path / "passwd"
    target.write_text("root")
    (tmp_path / "soft.csv").symlink_to(target)
    (tmp_path / "dangling.csv").symlink_to(tmp_path / "nowhere")
    os.link(target, tmp_path / "hard.csv")
    for name in ("soft.csv", "dangling.csv", "hard.csv"):
        assert refused(tmp_path / name).exit == 6
    assert target.read_text() == "root"
    assert not (tmp_path / "nowhere").exists()


def test_s8_a_link_planted_during_the_export_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "passwd"
    target.write_text("root")

    def rows() -> Iterator[tuple[str]]:
        yield ("Ann",)
        (tmp_path / "a.csv").symlink_to(target)

    export(tmp_path / "a.csv", rows=rows())
    assert target.read_text() == "root"
    assert (tmp_path / "a.csv").read_text() == "name\nAnn\n"


def test_s8_a_planted_temporary_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "passwd"
    target.write_text("root")
    (tmp_path / ".hub-0.tmp").symlink_to(target)
    monkeypatch.setattr("secrets.token_hex", lambda _: "0")
    assert refused(tmp_path / "a.csv").slug == "failed_write"
    assert target.read_text() == "root"


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
@pytest.mark.parametrize("raised", [KeyboardInterrupt, SystemExit, ValueError])
def test_f8_an_export_that_stops_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, raised: type[BaseException], ending: str
) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_text("old")

    def rows() -> Iterator[tuple[str]]:
        yield from [("x" * 1000,)] * 5000
        raise raised

    with pytest.raises(raised):
        export(path, rows=rows())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_f6_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_text("old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        error = refused(path, rows=((f"{at * at:x}" * 9,) for at in range(9000)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (error.slug, error.exit) == ("disk_full", 1)
    assert str(path) in error.message
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_another_failure_names_the_path_and_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("os.fsync", fail)
    error = refused(tmp_path / "a.csv")
    assert (error.slug, error.exit) == ("failed_write", 1)
    assert error.message == f"{tmp_path}/a.csv could not be written: Input/output error; nothing was changed"
    assert list(tmp_path.iterdir()) == []


def test_f7_a_full_stdout_is_noticed() -> None:
    code = (
        "import sys; from hubcli.render import *;"
        "write(Listing([Column('a')], [('x',)]), Output(format=sys.argv[1]), sys.stdout, sys.stderr)"
    )
    for form in ("tsv", "csv", "json", "table"):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-c", code, form], stdout=full, stderr=subprocess.PIPE, text=True, check=False
            )
        assert "OSError: [Errno 28]" in done.stderr, form


def test_a_terminal_is_told_what_was_written(tmp_path: Path) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stderr = Terminal()
    write(Listing(NAMES, [("Ann",)]), Output(path=str(tmp_path / "a.csv")), io.StringIO(), stderr)
    assert stderr.getvalue() == f"1 customers written to {tmp_path}/a.csv\n"
