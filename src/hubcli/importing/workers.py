"""Types the batches of a large file in further processes, one for each processor, beside the one that stores them.

A worker gets rows and gives what they came to, through pipes; it never touches the database, and it ends when its
pipe does: with the import, or with the process that imports, however that ends. Where a worker ends before its time,
its rows are typed here.
"""

import marshal
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import IO, Any

from hubcli.importing.batches import Batch, Typist
from hubcli.importing.delimited import Row

MOST = 2
"""More could not be kept busy by the one process that reads the file and stores what they give."""

Rows = list[Row]


def typed(typist: Typist, batches: Iterable[Rows], full: int) -> Iterator[Batch]:
    """Give what the batches come to, in their order; a file of less than one full batch is typed here."""
    waiting: deque[tuple[_Worker, Rows]] = deque()
    idle: list[_Worker] | None = None
    try:
        for rows in batches:
            if idle is None:
                idle = [_Worker(typist) for _ in range(_processors() if len(rows) == full else 0)]
            if not idle and not waiting:
                yield typist(rows)
                continue
            if not idle:
                worker, sent = waiting.popleft()
                yield worker.receive() or typist(sent)
                idle.append(worker)
            worker = idle.pop()
            worker.send(rows)
            waiting.append((worker, rows))
        for worker, sent in waiting:
            yield worker.receive() or typist(sent)
    finally:
        _end([*(idle or ()), *(worker for worker, _ in waiting)])


def _processors() -> int:
    """Tell how many workers there should be: none on one processor, or where a process cannot be copied safely."""
    if not hasattr(os, "sched_getaffinity") or sys.platform == "darwin":
        return 0
    found = len(os.sched_getaffinity(0))
    return min(found, MOST) if found > 1 else 0


class _Worker:
    """One further process, and the pipes to and from it."""

    def __init__(self, work: Callable[[Rows], Batch]) -> None:
        theirs, mine = os.pipe()
        back, answer = os.pipe()
        self.process = os.fork()
        if not self.process:
            with suppress(BaseException):  # whatever happens here: the other process sees the pipe end
                os.close(mine)
                os.close(back)
                _serve(work, os.fdopen(theirs, "rb"), os.fdopen(answer, "wb"))
            os._exit(0)
        os.close(theirs)
        os.close(answer)
        self.down, self.up = os.fdopen(mine, "wb"), os.fdopen(back, "rb")

    def send(self, rows: Rows) -> None:
        """Hand over a batch; the worker must be idle."""
        with suppress(BrokenPipeError):
            _write(self.down, rows)

    def receive(self) -> Batch | None:
        """Give what the batch came to, None when the worker has ended."""
        found = _read(self.up)
        return None if found is None else Batch(*found)


def _end(workers: Iterable[_Worker]) -> None:
    """Let workers end, and see them off: each holds copies of the pipes of those before it, so the last one first."""
    for worker in sorted(workers, key=lambda one: -one.process):
        with suppress(BrokenPipeError):
            worker.down.close()
        worker.up.close()
    for worker in workers:
        with suppress(ChildProcessError):
            os.waitpid(worker.process, 0)


def _serve(work: Callable[[Rows], Batch], rows: IO[bytes], answers: IO[bytes]) -> None:
    """Work until the pipe ends; Ctrl-C is for the process that imports."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while (batch := _read(rows)) is not None:
        _write(answers, tuple(work(batch)))


def _write(pipe: IO[bytes], what: Any) -> None:
    data = marshal.dumps(what, 2)
    pipe.write(len(data).to_bytes(8, "big"))
    pipe.write(data)
    pipe.flush()


def _read(pipe: IO[bytes]) -> Any:
    """Give what was written, None at the end of the pipe."""
    size = int.from_bytes(pipe.read(8), "big")
    data = pipe.read(size)
    return marshal.loads(data) if size and len(data) == size else None  # noqa: S302  # written by _write
