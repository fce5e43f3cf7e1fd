"""Replaces a file as a whole or not at all, and never one that must stay."""

import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NoReturn

from hubcli.errors import HubError, bad_value
from hubcli.render.results import Output
from hubcli.stopping import deaf

SIDE_FILES = ("", "-wal", "-shm", "-journal", "-lock", ".lock")
SQLITE_MAGIC = b"SQLite format 3\x00"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def replacing(output: Output) -> Iterator[BinaryIO]:
    """Give a binary file to fill; when the block ends well it takes the place of `output.path`.

    Raise bad_value for a folder, device or missing folder, output_refused for what is never overwritten, disk_full and
    failed_write. Whatever ends the block early, a signal's exception included, the old file is untouched.
    """
    path = output.path or ""
    folder, name = os.path.split(path)
    place = _open_folder(folder or ".", path)
    try:
        old = _checked(path, name, place, output)
        with _told(path, folder), _temporary(place) as (raw, temporary):
            yield raw
            raw.flush()
            _keep_rights(raw.fileno(), old, output.mode)
            os.fsync(raw.fileno())
            if output.last:
                deaf()  # or it could stand there and be told to be as it was
            _put(place, temporary, name, path, no_clobber=output.no_clobber)
            os.fsync(place)
    finally:
        os.close(place)


def check(output: Output) -> None:
    """Raise what `replacing` would raise before it writes: for a command that must not fail once it has done its work.

    A disk that is full is found only by writing.
    """
    path = output.path or ""
    folder, name = os.path.split(path)
    place = _open_folder(folder or ".", path)
    try:
        _checked(path, name, place, output)
        if not os.access(".", os.W_OK | os.X_OK, dir_fd=place):
            _fail(path, folder or ".", PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
    finally:
        os.close(place)


def _open_folder(folder: str, path: str) -> int:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        raise bad_value("-o", path, f"is in no folder: {folder} does not exist") from None
    except ValueError:
        raise bad_value("-o", path, "is no file name") from None
    except OSError as error:
        _fail(path, folder, error)


@contextmanager
def _temporary(place: int) -> Iterator[tuple[BinaryIO, str]]:
    """Give a new file, 0600, beside the target, and its name; gone when the block fails."""
    temporary = f".hub-{secrets.token_hex(8)}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    number = os.open(temporary, flags, 0o600, dir_fd=place)
    try:
        with os.fdopen(number, "wb", buffering=1 << 20) as raw:
            try:
                yield raw, temporary
            except BaseException:
                with suppress(OSError):  # what is still buffered is not wanted, and may not fit
                    raw.close()
                raise
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary, dir_fd=place)
        raise


@contextmanager
def _told(path: str, folder: str) -> Iterator[None]:
    """Turn what the system says about the file into an error of hub."""
    try:
        yield
    except OSError as error:
        _fail(path, folder or ".", error)


def _fail(path: str, folder: str, error: OSError) -> NoReturn:
    if error.errno in _FULL:
        raise HubError("disk_full", path=path, free=_free(folder), reason=error.strerror) from error
    raise HubError("failed_write", path=path, reason=error.strerror or str(error)) from error


def _free(folder: str) -> str:
    try:
        disk = os.statvfs(folder)
    except OSError:
        return "unknown space"
    return f"{disk.f_bavail * disk.f_frsize:,} bytes"


# --- what is never overwritten ------------------------------------------------------------------------------------


def _checked(path: str, name: str, place: int, output: Output) -> os.stat_result | None:
    """Give the state of the old file, None when there is none; raise when it must stay."""
    if not name or name in {".", ".."} or "\0" in name:
        raise bad_value("-o", path, "is a folder: name a file")
    _refuse_protected(path, name, place, output.protect)
    try:
        old = os.stat(name, dir_fd=place, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except OSError as error:
        _fail(path, ".", error)
    _refuse_kind(path, old)
    if output.no_clobber:
        _refuse(path, "it exists, and --no-clobber is set")
    if _is_database(path, name, place):
        _refuse(path, "it is a SQLite database")
    return old


def _refuse(path: str, reason: str) -> NoReturn:
    raise HubError("output_refused", path=path, reason=reason)


def _refuse_kind(path: str, old: os.stat_result) -> None:
    if stat.S_ISLNK(old.st_mode):
        _refuse(path, "it is a symbolic link")
    if stat.S_ISDIR(old.st_mode):
        raise bad_value("-o", path, "is a folder: name a file")
    if not stat.S_ISREG(old.st_mode):
        raise bad_value("-o", path, "is a device or a pipe: write to stdout instead")
    if old.st_nlink > 1:
        _refuse(path, "it has a second name (hard link)")


def _refuse_protected(path: str, name: str, place: int, protect: Iterable[str]) -> None:
    """Refuse the database and its side files by name; other names of the same file are links, refused as such."""
    here = os.fstat(place)
    for kept in protect:
        folder, base = os.path.split(os.path.realpath(kept))
        if name not in {base + side for side in SIDE_FILES}:
            continue
        with suppress(OSError):
            if os.path.samestat(Path(folder).stat(), here):
                _refuse(path, "it belongs to the database")


def _is_database(path: str, name: str, place: int) -> bool:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        number = os.open(name, flags, dir_fd=place)
    except OSError as error:
        _refuse(path, f"it cannot be read to see what it is ({error.strerror})")
    with os.fdopen(number, "rb") as old:
        return old.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC


# --- taking its place ---------------------------------------------------------------------------------------------


def _keep_rights(number: int, old: os.stat_result | None, mode: int | None) -> None:
    """Give the new file the mode asked for, or the old file's, or 0600; and the old file's group."""
    wanted = mode if mode is not None else stat.S_IMODE(old.st_mode) if old else 0o600
    wanted &= 0o777
    if old and old.st_gid != os.fstat(number).st_gid:
        try:
            os.fchown(number, -1, old.st_gid)
        except PermissionError:
            wanted &= ~0o070  # the rights were meant for another group
    os.fchmod(number, wanted)


def _put(place: int, temporary: str, name: str, path: str, *, no_clobber: bool) -> None:
    if not no_clobber:
        os.rename(temporary, name, src_dir_fd=place, dst_dir_fd=place)
        return
    try:
        os.link(temporary, name, src_dir_fd=place, dst_dir_fd=place)  # fails where a rename would replace
    except FileExistsError:
        _refuse(path, "it exists, and --no-clobber is set")
    os.unlink(temporary, dir_fd=place)
