"""What an import found: how many rows came to what, why, with examples, and which rows have to be mended."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hubcli.importing.typed import Flaw
from hubcli.values import clock

if TYPE_CHECKING:
    from hubcli.store import Hub

CLASSES = ("create", "update", "same", "conflict", "reject", "possible duplicate")
BAD = ("conflict", "reject", "possible duplicate")
EXAMPLES = 5


def last_day(hub: "Hub") -> str:
    """Give the last day that a file may name: the shop's today by the clock, whatever earlier day was chosen."""
    return max(hub.day.today, clock.local_day(hub.day.at, hub.zone).isoformat())


class Why(NamedTuple):
    """One reason within a class: how many rows, and examples as text."""

    rows: int
    examples: list[str]


class Report:
    """Counts by class and reason. `refused` keeps (line, why) of every row that was not taken, in no order.

    With `every`, every row is an example and not only the first five of its reason.
    """

    def __init__(self, *, every: bool = False) -> None:
        self.every = every
        self.counts = dict.fromkeys(CLASSES, 0)
        self.reasons: dict[tuple[str, str], Why] = {}
        self.refused: list[tuple[int, str]] = []

    def copy(self) -> "Report":
        """Give a report that goes on from here by itself."""
        other = Report(every=self.every)
        other.counts = dict(self.counts)
        other.reasons = {key: Why(why.rows, list(why.examples)) for key, why in self.reasons.items()}
        other.refused = list(self.refused)
        return other

    @property
    def bad(self) -> int:
        """How many rows were not taken."""
        return sum(self.counts[name] for name in BAD)

    def add(self, kind: str, line: int, flaw: Flaw, rows: Sequence[int] = ()) -> None:
        """Count a record of a class for a reason; the `rows` of one that is not taken are remembered."""
        self.counts[kind] += 1
        self._example(kind, line, flaw)
        if kind in BAD:
            self._refused(line, [flaw], rows)

    def reject(self, line: int, flaws: Sequence[Flaw], rows: Sequence[int] = ()) -> None:
        """Count one rejected record with all that is wrong with it; it stands under its first flaw."""
        self.counts["reject"] += 1
        self._example("reject", line, flaws[0])
        self._refused(line, flaws, rows)

    def _refused(self, line: int, flaws: Sequence[Flaw], rows: Sequence[int]) -> None:
        told = "; ".join(f"{flaw.what} ({flaw.value})" if flaw.value else flaw.what for flaw in flaws)
        self.refused += [(row, told) for row in rows or (line,)]

    def warn(self, line: int, flaw: Flaw, rows: int = 1) -> None:
        """Tell of a row that is taken with a doubt, or of the first of several."""
        self._example("warning", line, flaw, rows)

    def _example(self, kind: str, line: int, flaw: Flaw, rows: int = 1) -> None:
        rows_before, examples = self.reasons.get((kind, flaw.what), Why(0, []))
        if self.every or len(examples) < EXAMPLES:
            examples.append(f"line {line}: {flaw.value}" if flaw.value else f"line {line}")
        self.reasons[kind, flaw.what] = Why(rows_before + rows, examples)

    def rows(self) -> Iterator[tuple[str, int, str | None, str | None]]:
        """Give (result, rows, reason, examples): each class as a whole, then its reasons, warnings last."""
        for kind in CLASSES:
            yield kind, self.counts[kind], None, None
            yield from self._reasons(kind)
        yield from self._reasons("warning")

    def _reasons(self, kind: str) -> Iterator[tuple[str, int, str, str]]:
        for (of, what), why in self.reasons.items():
            if of == kind:
                more = "" if self.every or why.rows <= EXAMPLES else "; …"
                yield kind, why.rows, what, "; ".join(why.examples) + more
