"""Files in hub's own layout, a row for each record: read and typed column by column, then taken one by one.

Each row is taken as a whole or not at all; what is wrong with one says nothing about the others.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError, bad_value
from hubcli.importing.mapping import columns_unknown
from hubcli.importing.typed import Flaw, flaw_of
from hubcli.operations.imports.report import Report
from hubcli.render.guard import unguard
from hubcli.values import dates, money, text, words

if TYPE_CHECKING:
    from hubcli.importing import Table
    from hubcli.store import Hub

Read = Callable[[str], Any]
Take = Callable[["Hub", "Row"], str]
"""Takes one row inside a change and says what became of it: create, update or same; raises HubError."""


class Row(NamedTuple):
    """One record of a file: the line it begins on, its values by column (None: blank), further lines it stands on."""

    line: int
    values: Mapping[str, Any]
    lines: tuple[int, ...] = ()


class Layout(NamedTuple):
    """What a file of one kind may hold: how each column is read, which are needed, which hub works out itself."""

    of: str
    columns: Mapping[str, Read]
    required: tuple[str, ...]
    derived: frozenset[str] = frozenset()

    def header(self) -> tuple[str, ...]:
        """Give the columns of a template."""
        return tuple(self.columns)


class Sheet:
    """The rows of an opened file that can be read; the others are in the report, and as far as they go in `flawed`."""

    def __init__(
        self, table: "Table", layout: Layout, report: Report, *, ignore: Collection[str] = (), last_day: str
    ) -> None:
        """`last_day` is the last one that the file may name. Raises columns_unknown, columns_missing."""
        self.layout = layout
        self.report = report
        self.last_day = last_day
        self.cells: dict[int, list[str]] = {}
        self.left: list[str] = []
        self.flawed: list[Row] = []
        names = [header.strip().lower().replace(" ", "_").replace("-", "_") for header in table.headers]
        self._check(table, names, ignore)
        taken = ["" if header in ignore else name for name, header in zip(names, table.headers, strict=True)]
        self.rows = list(self._rows(table, taken))

    def _check(self, table: "Table", names: Sequence[str], ignore: Collection[str]) -> None:
        named = dict(zip(names, table.headers, strict=True))
        if len(named) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise HubError("duplicate_header", file=table.name, column=twice)
        known = self.layout.columns.keys()
        remarks = {"line", "file_line", "reason"} & {*names[-2:]}
        unknown = {
            name: header
            for name, header in named.items()
            if header not in ignore and name not in known | self.layout.derived | remarks
        }
        if unknown:
            close = [name + _near(name, tuple(known)) for name in unknown]
            raise columns_unknown(self.layout.of, [*unknown.values()], close, table.name, table.typed, known)
        missing = [name for name in self.layout.required if named.get(name) in {None, *ignore}]
        if missing:
            raise HubError(
                "columns_missing", file=table.name, of=self.layout.of, fields=", ".join(missing),
                tries=(f"hub export template {self.layout.of}",),
            )  # fmt: skip
        self.left = [name for name in names if name in self.layout.derived - known]

    def _rows(self, table: "Table", names: Sequence[str]) -> Iterator[Row]:
        columns = self.layout.columns
        for line, cells in table.rows():
            self.cells[line] = cells
            values: dict[str, Any] = dict.fromkeys(columns)
            flaws = []
            for name, cell in zip(names, cells, strict=True):
                said = unguard(cell).strip()
                if name in columns and said:
                    try:
                        values[name] = columns[name](said)
                    except HubError as error:
                        flaws.append(flaw_of(error))
            flaws += [Flaw(f"{name} is missing") for name in self.layout.required if values[name] is None and not flaws]
            flaws += self._too_late(values)
            if flaws:
                self.report.reject(line, flaws)
                self.flawed.append(Row(line, values))
            elif any(value is not None for value in values.values()):
                yield Row(line, values)
        for reject in table.rejects:
            self.cells[reject.line] = reject.cells
            self.report.reject(reject.line, [Flaw(reject.reason)])

    def _too_late(self, values: Mapping[str, Any]) -> list[Flaw]:
        day = values.get("date")
        return [Flaw("date: is still to come", day)] if day is not None and day > self.last_day else []


CONFLICTS = {"differs": "is there already, and otherwise", "paid_by_import": "its money came with its order already"}
"""Refusals of rows that do not fit what hub holds already, with the reason that many rows share."""


def _reason(error: HubError) -> Flaw:
    shared = CONFLICTS.get(error.slug)
    return Flaw(error.message) if shared is None else Flaw(shared, f"{error.facts['ref']}: {error.facts['what']}")


def take(hub: "Hub", rows: Sequence[Row], report: Report, work: Take) -> None:
    """Take every row inside a change; one that is refused leaves nothing behind."""
    for row in rows:
        hub.execute("SAVEPOINT one_row")
        try:
            kind = work(hub, row)
        except HubError as error:
            hub.execute("ROLLBACK TO one_row")
            report.add("conflict" if error.slug in CONFLICTS else "reject", row.line, _reason(error), row.lines)
        else:
            report.counts[kind] += 1
        hub.execute("RELEASE one_row")


def differs(ref: str, pairs: Mapping[str, tuple[object, object]]) -> None:
    """Raise differs when a record that is there already is not as the file has it: what, (file, hub)."""
    other = [name for name, (mine, there) in pairs.items() if mine is not None and mine != there]
    if other:
        raise HubError("differs", ref=ref, what=", ".join(other))


def _near(name: str, known: Sequence[str]) -> str:
    close = words.near(name, known)
    return f" (did you mean {close[0]}?)" if close else ""


# ---------------------------------------------------------------------------------------------------------- how to read


def amount(field: str, *, negative: bool = False) -> Read:
    """Give what reads money as cents."""
    return lambda typed: money.parse(typed, field, allow_negative=negative)


def day(field: str) -> Read:
    """Give what reads a day as ISO text."""
    return lambda typed: dates.imported_day(typed, "ymd", field).isoformat()


def line_of_text(field: str, most: int = 200, *, code: bool = False) -> Read:
    """Give what reads one line of text, or a code such as a serial number."""
    return lambda typed: text.name(typed, field, most, code=code)


def note(typed: str) -> str:
    """Read a remark."""
    return text.note(typed, "note")


def word(field: str, allowed: Sequence[str]) -> Read:
    """Give what reads one of some words."""
    return lambda typed: words.choose(typed, allowed, field)


def number(letters: str) -> Read:
    """Give what reads a number of hub's, its letter before it or not."""

    def read(typed: str) -> int:
        digits = typed[1:] if typed[:1].upper() in letters else typed
        if not digits.isascii() or not digits.isdecimal() or not 0 < int(digits) < 10**15:
            raise bad_value("number", typed, f"is not such a number: write {letters[0]}7")
        return int(digits)

    return read
