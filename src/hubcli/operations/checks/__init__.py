"""The invariants of a database, each under its code: `hub db check`, doctor, backup and restore all run these.

A check reads; it never repairs. It works on a bare read-only connection, so that backups, and files that hub itself
would not open for work, can be checked too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from hubcli import sqlitefile
from hubcli.errors import bad_value
from hubcli.operations.checks import files, log, people, rows, statements, whole
from hubcli.operations.checks.base import Broken, View

__all__ = ["CHECKS", "Check", "Finding", "View", "choose", "few", "run"]


class Finding(NamedTuple):
    """A place that breaks a rule: the code, the record, what is wrong, a command that shows it."""

    code: str
    record: str
    what: str
    look: str


class Check(NamedTuple):
    """A rule: its code, its sentence, whether only the full tier looks, and what gives the places that break it."""

    code: str
    rule: str
    full: bool
    find: Callable[[View], Iterator[Broken]]


CHECKS: tuple[Check, ...] = (
    Check("X03", "the file says what it is, and its settings are hub's", False, whole.settings),
    Check("X02", "tables, indexes, triggers and views are those of schema.sql", False, whole.schema_holds),
    Check("X01", "SQLite finds the file in order, and every reference holds", False, whole.integrity),
    Check("A01", "log entries and change sets have no holes", False, rows.block("A01")),
    Check("A02", "no change set has lost entries", True, log.lost),
    Check("A03", "the seals of the change sets form one chain", True, log.altered),
    Check("A04", "every row is known to the log", True, log.unknown),
    Check("A05", "every field is what the log says it became", True, log.differing),
    Check("A06", "the clock did not run back between change sets", False, rows.block("A06")),
    Check("L04", "kept sums of money are what the rows add up to", True, rows.block("L04")),
    Check("L05", "customer credit is not below zero", False, rows.block("L05")),
    Check("L06", "no draw is above what its credit line held", True, rows.draws),
    Check("L07", "customer credit was not below zero at any moment", True, rows.block("L07")),
    Check("L08", "totals are what lines, services and charges add up to", True, rows.block("L08")),
    Check("L09", "every order from a quote was covered or approved", True, rows.block("L09")),
    Check("L11", "nothing is paid above what is charged", True, rows.block("L11")),
    Check("L12", "refunds of a payment are not above it", False, rows.block("L12")),
    Check("L13", "an entry is taken back once, and exactly", True, rows.block("L13")),
    Check("L14", "what ended says when, what stands has not ended", False, rows.block("L14")),
    Check("L15", "every idempotency key says what was asked", False, rows.block("L15")),
    Check("L16", "amounts are whole cents below 10,000,000,000,000.00", False, rows.amounts),
    Check("L17", "money is of the customer of its document", True, rows.block("L17")),
    Check("L19", "repayments of a draw are not above it", True, rows.block("L19")),
    Check("L20", "no more is taken back of a line than was sold", True, rows.block("L20")),
    Check("R01", "no archived customer has an active quote or order", False, rows.block("R01")),
    Check("R02", "kept figures are what their views say", True, rows.figures),
    Check("R03", "one billing address and one default", False, rows.block("R03")),
    Check("R04", "nothing belongs to a customer who was merged into another", True, rows.block("R04")),
    Check("R05", "numbers are never given twice, invoices leave none out", True, rows.numbers),
    Check("R06", "days are days", False, rows.days),
    Check("R07", "instants are instants, in UTC", False, rows.instants),
    Check(
        "R08",
        "nothing was delivered before it was sold, or ended before it was made",
        True,
        rows.blocks("R08", "ended_before"),
    ),
    Check("R09", "no text holds control characters", True, rows.texts),
    Check("R10", "the search index holds the words of the rows", True, whole.words),
    Check("R11", "nothing personal is left of people who were erased", True, people.left),
    Check("R12", "statements are as they were issued", True, statements.altered),
    Check("R13", "the bytes of every file are as they came", True, files.whole),
)


def choose(only: str | None, *, full: bool) -> tuple[Check, ...]:
    """Give the checks of a tier, or those named (`L05,X02`); raise bad_value for a code that there is not."""
    if only is None:
        return tuple(check for check in CHECKS if full or not check.full)
    codes = [word.strip().upper() for word in only.split(",") if word.strip()]
    known = {check.code: check for check in CHECKS}
    for code in codes or [only]:
        if code not in known:
            raise bad_value("--only", code, f"is no check: {', '.join(sorted(known))}")
    return tuple(known[code] for code in dict.fromkeys(codes))


def run(view: View, checks: Sequence[Check]) -> Iterator[Finding]:
    """Run checks; what SQLite cannot read any more is a finding of X01, once."""
    unreadable: set[str] = set()
    for check in checks:
        try:
            for record, what in check.find(view):
                yield Finding(check.code, record, what, look(record, check.code))
        except sqlitefile.broken() as error:
            if "interrupted" in str(error):
                raise  # somebody stopped it: that says nothing about the file
            if str(error) not in unreadable:
                unreadable.add(str(error))
                code = "X02" if str(error).startswith("no such") else "X01"
                yield Finding(code, "", f"{check.code} could not be read: {error}", look("", code))


def few(findings: Iterable[Finding], most: int) -> tuple[list[Finding], dict[str, int]]:
    """Give at most `most` findings of each code, and how many more of each there are."""
    shown: list[Finding] = []
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
        if counts[finding.code] <= most:
            shown.append(finding)
    return shown, {code: count - most for code, count in counts.items() if count > most}


def look(record: str, code: str) -> str:
    """Give a command that shows a record: C12, H7, or a table and a row."""
    kind, _, row = record.partition(" ")
    if kind.startswith("C") and kind[1:].isdecimal():
        return f"hub customers changelog {kind}" if code == "A05" else f"hub customers show {kind}"
    if kind.startswith("H") and kind[1:].isdecimal():
        return f"hub changes show {kind}"
    if row.isdecimal():
        key = {"changelog": "seq", "customer_figures": "customer_id"}.get(kind, "id")
        return f'hub sql "SELECT * FROM {kind} WHERE {key} = {row}"'
    return {"X02": "hub db info", "X03": "hub db info"}.get(code, "hub db restore BACKUP -n")
