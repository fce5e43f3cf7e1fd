"""Who may write now: advisory locks on a file beside the database, so that waiters wait fairly and know for whom.

SQLite's own lock stays the one that counts; this one only says who holds it, and keeps two runs of one job apart.
"""

import fcntl
import os
import time
from pathlib import Path

from hubcli.errors import HubError

WRITER = 0


class Locks:
    """Byte-range locks of one process on `<database>-lock`: byte 0 for the writer, others for jobs by name."""

    def __init__(self, database: Path, mode: int) -> None:
        self.path = Path(f"{database}-lock")
        self._mode = mode
        self._file: int | None = None

    def _open(self) -> int:
        if self._file is None:
            flags = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC
            try:
                try:
                    self._file = os.open(self.path, flags | os.O_CREAT | os.O_EXCL, self._mode)
                    os.fchmod(self._file, self._mode)  # whatever the umask: everyone who may write may lock
                except FileExistsError:
                    self._file = os.open(self.path, flags)
            except OSError as error:
                raise HubError("read_only", path=self.path, why=error.strerror) from error
        return self._file

    def _take(self, byte: int) -> bool:
        try:
            fcntl.lockf(self._open(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
        except OSError:
            return False
        return True

    def holder(self) -> str:
        """Give what the writer wrote of itself, such as "pid 812, sam, hub import customers, since 14:02:11"."""
        text = os.pread(self._open(), 300, 0).decode("utf-8", "replace").strip("\0\n ")
        return text or "another program"

    def writer(self, who: str, deadline: float) -> None:
        """Take the writer's lock, trying at random moments until `deadline` (of time.monotonic()); raise busy."""
        started = time.monotonic()
        while not self._take(WRITER):
            import random

            if time.monotonic() >= deadline:
                raise HubError("busy", seconds=f"{time.monotonic() - started:.0f}", holder=self.holder())
            time.sleep(random.uniform(0.001, 0.008))  # noqa: S311  # fairness, not secrecy
        note = f"pid {os.getpid()}, {who}, since {time.strftime('%H:%M:%S')}\n".encode()
        os.pwrite(self._open(), note.ljust(300, b"\0"), 0)

    def release_writer(self) -> None:
        """Give the writer's lock back."""
        if self._file is not None:
            os.pwrite(self._file, b"\0" * 300, 0)
            fcntl.lockf(self._file, fcntl.LOCK_UN, 1, WRITER)

    def job(self, name: str) -> None:
        """Take the lock of a job until this process ends; raise job_running at once when another run has it."""
        import zlib

        if not self._take(1 + zlib.crc32(name.encode()) % (1 << 30)):
            raise HubError("job_running", job=name)

    def close(self) -> None:
        """Give everything back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
