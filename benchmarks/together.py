"""Many at once: 16 shells that write as fast as they can, and a reader beside them."""

import statistics
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from multiprocessing import Event, Pipe, Process
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event as Signal
from pathlib import Path

from data import HUB, Data, env, opened, plain
from hubcli import search
from measure import Row, process, shown

WRITERS, EACH = 16, 50
SEARCH: dict[str, object] = {"status": ["active"], "narrow": False, "zip": ["60614"]}


def together(data: Data, customers: int, rounds: int) -> Iterator[Row]:
    """Sixteen times fifty commands on one database of 10,000 customers (`customers` and `rounds` are not used)."""
    del customers, rounds
    path = data.copy(10_000, "together")
    alone = _reading(path, seconds=2)
    stop = Event()
    mine, theirs = Pipe(duplex=False)
    reader = Process(target=_read_until, args=(path, stop, theirs))
    reader.start()
    with ThreadPoolExecutor(WRITERS) as pool:
        shells = list(pool.map(lambda shell: _shell(path, shell), range(WRITERS)))
    stop.set()
    beside = mine.recv()
    reader.join()
    took = [seconds for seconds, _ in (command for shell in shells for command in shell)]
    failed = sum(not fine for shell in shells for _, fine in shell)
    with closing(plain(path)) as conn:
        kept = conn.execute("SELECT count(*) FROM changes WHERE command = 'customers edit'").fetchone()[0]
    lost = WRITERS * EACH - failed - kept
    what = f"{WRITERS} processes x {EACH} edits"
    yield Row(f"{what}: failed", "", str(failed), "", failed, 0, unit="")
    yield Row(f"{what}: lost", "", str(lost), "", lost, 0, unit="")
    yield Row(f"{what}: slowest", "", shown(max(took)), "", max(took), 5, unit="s")
    yield Row("a read beside them", "alone", shown(beside), shown(alone), beside / alone, 2)


def _shell(path: Path, shell: int) -> list[tuple[float, bool]]:
    """Run fifty edits one after another; give the seconds of each and whether it succeeded."""
    done = []
    for step in range(EACH):
        start = time.perf_counter()
        try:
            edit = ("customers", "edit", f"C{100 + shell * EACH + step}", "--found-us", f"friend {shell}")
            process([*HUB, *edit, "--no-input", "--yes"], env(path))
            done.append((time.perf_counter() - start, True))
        except subprocess.CalledProcessError:
            done.append((time.perf_counter() - start, False))
    return done


def _read_until(path: Path, stop: Signal, answer: Connection) -> None:
    answer.send(_reading(path, stop=stop))


def _reading(path: Path, seconds: float = 3600, stop: Signal | None = None) -> float:
    """Search again and again, resting between, until told to stop; give the median of the searches."""
    took: list[float] = []
    end = time.monotonic() + seconds
    with opened(path) as hub:
        while time.monotonic() < end and not (stop is not None and stop.is_set()):
            start = time.perf_counter()
            list(islice(hub.rows("customers.search", search.narrowed(hub, SEARCH, few=True)), 50))
            took.append(time.perf_counter() - start)
            time.sleep(0.02)
    return statistics.median(took)
