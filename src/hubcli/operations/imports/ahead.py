"""Makes the next thing in a second thread while the one before is used: SQLite works outside Python's lock."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

From = TypeVar("From")
To = TypeVar("To")

SWITCH = 0.0003
"""Seconds until one thread lets the other in: both work in short steps."""


def ahead(make: Callable[[From], To], batches: Iterable[From]) -> Iterator[To]:
    """Give what `make` makes of each batch, in order; it runs one batch ahead of who uses it, in its own thread."""
    from concurrent.futures import Future, ThreadPoolExecutor

    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        with ThreadPoolExecutor(1) as pool:
            waiting: Future[To] | None = None
            for batch in batches:
                coming = pool.submit(make, batch)
                if waiting is not None:
                    yield waiting.result()
                waiting = coming
            if waiting is not None:
                yield waiting.result()
    finally:
        sys.setswitchinterval(before)
