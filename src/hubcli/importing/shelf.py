"""Keeps what the rows of a file hold until it is wanted: beside the database, which is handed a number for each row.

The rows of a large file are typed by one process, stored by another and made into customers by a third. So they lie in
files that all of them hold open, one to write for each process, and only numbers go from hand to hand. The files have
no name: they are gone with the last process, however it ends.
"""

import os
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from tempfile import TemporaryFile, gettempdir
from typing import IO, Self

from hubcli.errors import HubError
from hubcli.importing import workers

_FILES = workers.MOST + 1
_LONGEST = 1 << 26
"""No row is as long: a cell has at most reader.FIELD_LIMIT characters."""


Place = tuple[int, int, int]
"""In which of the files something lies, from which byte on, and how long it is."""


class Shelf:
    """Packed rows by number, other things by their place; opened before the workers are made."""

    def __enter__(self) -> Self:
        self._open = ExitStack()
        self._folder = _folder()
        files = (TemporaryFile(dir=self._folder) for _ in range(_FILES))  # noqa: SIM115  # each is entered here
        self._files: list[IO[bytes]] = [self._open.enter_context(file) for file in files]
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # what could not be written, of which `keep` has told
            self._open.close()

    def put(self, rows: Sequence[bytes]) -> list[int]:
        """Keep some rows; give their numbers. Raise database_full."""
        file, at, _ = self.keep(b"".join(rows))
        numbers = []
        for row in rows:
            numbers.append((at * _LONGEST + len(row)) * _FILES + file)
            at += len(row)
        return numbers

    def get(self, number: int) -> bytes:
        """Give a row by its number, whichever process kept it."""
        rest, file = divmod(number, _FILES)
        return self.find((file, *divmod(rest, _LONGEST)))

    def keep(self, data: bytes) -> Place:
        """Keep something of any length. Raise database_full."""
        file = self._files[workers.here]
        try:
            at = file.seek(0, os.SEEK_END)
            file.write(data)
            file.flush()
        except OSError as error:
            disk = os.statvfs(self._folder)
            raise HubError("database_full", path=self._folder, free=f"{disk.f_bavail * disk.f_frsize:,}") from error
        return workers.here, at, len(data)

    def find(self, place: Place) -> bytes:
        """Give what is kept at a place, whichever process kept it."""
        file, at, size = place
        return os.pread(self._files[file].fileno(), size, at)


def _folder() -> str:
    """Give where SQLite puts its temporary files too: rather on a disk than in memory, as /tmp often is."""
    usual = "/var/tmp"  # noqa: S108  # what lies there has no name and is nobody else's
    return os.environ.get("TMPDIR") or (usual if os.access(usual, os.W_OK) else gettempdir())
