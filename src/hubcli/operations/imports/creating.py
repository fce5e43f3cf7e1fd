"""Inserts new customers with everything that belongs to them, their words, figures and log entries, in one change.

One process stores. The further ones make what it stores, one thing ahead: the rows while it inserts rows, the log's
entries while it lays indexes and search words, the digests of the entries while it inserts those.
"""

import marshal
import os
from collections.abc import Iterable, Iterator
from contextlib import closing, nullcontext
from itertools import chain, islice
from typing import TYPE_CHECKING

from hubcli.importing import workers
from hubcli.importing.shelf import Shelf
from hubcli.operations.imports.aside import LOG_TABLE, TABLES, aside, worth_it
from hubcli.operations.imports.filling import Filling
from hubcli.operations.imports.newborn import (
    DIGESTS,
    ENTRY,
    LOG,
    LOGGED,
    ROWS,
    Newborn,
    Request,
    Run,
    Start,
    Values,
    unpack_log,
)
from hubcli.queries import find

if TYPE_CHECKING:
    from hubcli.store import Hub

AT_ONCE = 100
"""So many new customers at once: few enough to stay in the processor's memory from their making to their storing."""
LATER = (LOG, DIGESTS)
"""What is asked for when the rows of all are made."""
_KEY = 16


def create(hub: "Hub", shelf: Shelf) -> None:
    """Insert the new customers of the temporary tables, whose rows lie on the shelf. Raise database_full."""
    highest = hub.one("imports.highest_number")
    hub.run("imports.bear", {"after": highest["number"] if highest else 0})
    there, new = hub.one("imports.proportion") or (0, 0)
    *last, change = hub.one("imports.last_numbers") or (0,)
    work = Newborn(shelf, change, hub.day.at, hub.day.today, hub.who.actor)
    without = aside if worth_it(there, new) else lambda *_: nullcontext()
    with closing(workers.each(work, _requests(hub, shelf, Start(*last)), last=len(LATER) * workers.MOST)) as made:
        with without(hub, LOG_TABLE):
            with without(hub, TABLES):
                _insert(hub, islice(made, -(-new // AT_ONCE)))
            hub.run("imports.add_words")
            _log(hub, change, shelf, chain.from_iterable(islice(made, workers.MOST)))
        for first, last_one, digests in chain.from_iterable(made):
            hub.execute(find("imports.digested"), (first, last_one, shelf.find(digests).decode()))
    hub.digested = True


def _requests(hub: "Hub", shelf: Shelf, start: Start) -> Iterator[Request]:
    """Ask for the rows batch by batch, then for the entries and the digests of all, in one part for each worker."""
    rows = map(tuple, hub.rows("imports.newborn"))
    keys = Filling(hub, "subject_keys", ("customer_id", "key"))
    places = []
    while batch := list(islice(rows, AT_ONCE)):
        random = os.urandom(_KEY * len(batch))
        fresh = {row[0]: random[_KEY * i : _KEY * i + _KEY] for i, row in enumerate(batch) if row[2] is None}
        keys.add(chain.from_iterable(fresh.items()))
        batch = [(number, staff, key or fresh[number], *rest) for number, staff, key, *rest in batch]
        places.append(shelf.keep(marshal.dumps((tuple(start), batch))))
        yield ROWS, places[-1:]
        start = start.after(batch)
    keys.rest()
    for what in LATER:
        yield from ((what, places[part :: workers.MOST]) for part in range(workers.MOST))


def _insert(hub: "Hub", batches: Iterable[Values]) -> None:
    """Insert the rows; their log entries are written after them and not by triggers."""
    hub.run("imports.log_by_itself", {"unlogged": 1})
    customers, *others = (Filling(hub, name, columns) for name, columns in LOGGED.items())
    for first, *more in batches:
        customers.add(first)
        customers.rest()  # what belongs to them refers to them
        for table, values in zip(others, more, strict=True):
            table.add(values)
    for table in others:
        table.rest()
    hub.run("imports.add_figures")
    hub.run("imports.log_by_itself", {"unlogged": 0})


def _log(hub: "Hub", change: int, shelf: Shelf, runs: Iterable[Run]) -> None:
    """Insert the entries, which get their numbers by their order."""
    log = Filling(hub, "changelog", ENTRY, {"change_id": str(change), "operation": "'insert'"})
    for *_, place in sorted(runs):
        log.add(unpack_log(shelf, place))
    log.rest()
