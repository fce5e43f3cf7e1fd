"""Works on the batches of a large import in further processes, one for each processor, beside the one that stores.

A worker gets a batch and gives what it came to, through a socket; it never touches the database, and it ends when its
socket does: with the import, or with the process that imports, however that ends. Where a worker ends before its time,
its batch is worked on here.
"""

import gc
import marshal
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from socket import socket

MOST = 2
"""More could not be kept busy by the one process that reads the file and stores what they give."""

ENOUGH = 5
"""For fewer batches a further process is not worth its start."""

AHEAD = 2
"""So many batches a worker may have, one at work and others waiting for it …"""
SMALL = 1 << 14
"""… if they have at most so many bytes, which a socket takes at once: or each could wait for the other to read."""

here = 0
"""Which process this is: 0 the one that imports, from 1 on a further one."""

Batch = TypeVar("Batch")
Made = tuple[Any, ...]
"""What a batch came to; like the batch itself of nothing but numbers, text and bytes, tuples and lists."""
Work = Callable[[Batch], Made]


def each(work: Work[Batch], batches: Iterable[Batch], last: int = 0) -> Generator[Made, None, None]:
    """Give what `work` makes of each batch, in their order; fewer than ENOUGH before the last ones are worked on here.

    It must make the same of a batch wherever and whenever it is asked to.
    """
    waiting: deque[tuple[_Worker, Batch]] = deque()
    everyone: list[_Worker] = []
    coming = iter(batches)
    first = list(islice(coming, ENOUGH + last))
    try:
        if len(first) == ENOUGH + last:
            everyone += (_Worker(work, number) for number in range(1, _processors() + 1))
        for turn, batch in enumerate(chain(first, coming)):
            if not everyone:
                yield work(batch)
                continue
            data = marshal.dumps(cast("Any", batch))
            most = len(everyone) * (AHEAD if len(data) <= SMALL else 1)
            made = [_made(work, *waiting.popleft()) for _ in range(len(waiting) - most + 1)]
            worker = everyone[turn % len(everyone)]
            worker.send(data)  # before what was made is used: it is never without work
            waiting.append((worker, batch))
            yield from made
        while waiting:
            yield _made(work, *waiting.popleft())
    finally:
        for worker in everyone:
            worker.end()


def _made(work: Work[Batch], worker: "_Worker", batch: Batch) -> Made:
    """Give what a worker made of a batch; made here where it has ended."""
    return worker.receive() or work(batch)


def _processors() -> int:
    """Tell how many workers there should be: none on one processor, or where a process cannot be copied safely."""
    if not hasattr(os, "sched_getaffinity") or sys.platform == "darwin":
        return 0
    found = len(os.sched_getaffinity(0))
    return min(found, MOST) if found > 1 else 0


class _Worker:
    """One further process, and the socket between it and this one."""

    def __init__(self, work: Work[Any], number: int) -> None:
        import socket

        self._socket, theirs = socket.socketpair()
        if self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) < 4 * SMALL:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * SMALL)
        self.process = os.fork()
        if not self.process:
            with suppress(BaseException):  # whatever happens here: the other process sees the socket end
                self._socket.close()
                _serve(work, number, theirs)
            os._exit(0)
        theirs.close()
        self._answers = self._socket.makefile("rb")

    def send(self, data: bytes) -> None:
        """Hand over a batch; the worker must be idle, or the batch SMALL."""
        with suppress(BrokenPipeError):
            _write(self._socket, data)

    def receive(self) -> Made | None:
        """Give what the batch came to, None when the worker has ended."""
        found: Made | None = _read(self._answers)
        return found

    def end(self) -> None:
        """Let the worker end, whatever it is doing, and see it off."""
        with suppress(OSError):
            self._socket.shutdown(_BOTH_WAYS)  # the workers that came later hold copies of this end
        self._answers.close()
        self._socket.close()
        with suppress(ChildProcessError):
            os.waitpid(self.process, 0)


_BOTH_WAYS = 2
"""socket.SHUT_RDWR: that module is not wanted before the first worker is."""


def _serve(work: Work[Any], number: int, theirs: "socket") -> None:
    """Work until the socket ends; Ctrl-C is for the process that imports."""
    global here  # noqa: PLW0603  # what this copy of the process is
    here = number
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(10)  # all wait for the process that imports
    gc.disable()  # nothing of what is made here refers to itself
    batches = theirs.makefile("rb")
    while (batch := _read(batches)) is not None:
        _write(theirs, marshal.dumps(tuple(work(batch))))


def _write(to: "socket", data: bytes) -> None:
    """Write to the other process; raise BrokenPipeError when it has ended, also where that is a deadly signal."""
    from socket import MSG_NOSIGNAL

    to.sendall(len(data).to_bytes(8, "big") + data, MSG_NOSIGNAL)


def _read(pipe: IO[bytes]) -> Any:
    """Give what was written, None when the other process has ended."""
    try:
        size = int.from_bytes(pipe.read(8), "big")
        data = pipe.read(size)
    except ConnectionError:
        return None
    return marshal.loads(data) if size and len(data) == size else None  # noqa: S302  # written by _write
