"""Checks of the rows themselves: money, days, text, figures, numbers."""

from collections.abc import Callable, Iterator

from hubcli import changelog, schema
from hubcli.operations.checks.base import Broken, View, columns, first_bad, key_of, text_columns

LARGEST = 10**15
"""Cents."""

NOT_A_DAY = "$ IS NOT NULL AND $ IS NOT date($, '+0 days')"
NOT_AN_INSTANT = (
    "$ IS NOT NULL AND ($ NOT GLOB :instant OR substr($, 1, 10) IS NOT date(substr($, 1, 10), '+0 days')"
    " OR time($) IS NULL)"
)
INSTANT = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]Z"

BIDI = "\u202a-\u202e\u2066-\u2069"
NO_CONTROL = "*[\x01-\x1f\x7f-\x9f" + BIDI + "]*"
NO_CONTROL_BUT_LINES = "*[\x01-\x08\x0b-\x1f\x7f-\x9f" + BIDI + "]*"
OF_SEVERAL_LINES = ("text", "note", "description", "delivery_text")


def block(code: str) -> Callable[[View], Iterator[Broken]]:
    """Give the check whose whole is one block of sql/checks.sql."""

    def find(view: View) -> Iterator[Broken]:
        for row in view.rows(f"checks.{code}", {"today": view.today}):
            yield row["record"], row["what"]

    return find


def blocks(*names: str) -> Callable[[View], Iterator[Broken]]:
    """Give the check that is several blocks of sql/checks.sql."""

    def find(view: View) -> Iterator[Broken]:
        for name in names:
            yield from block(name)(view)

    return find


def figures(view: View) -> Iterator[Broken]:
    """R02: the kept figures of customers, the kept counts of documents and lines."""
    for row in view.rows("figures.wrong_customers"):
        yield f"C{row[0]}", "its kept figures are not what its documents, payments and entries add up to"
    yield from block("R02_lines")(view)


def draws(view: View) -> Iterator[Broken]:
    """L06: a draw is not above what its credit line ever held, unless a reason was given for it."""
    for row in list(view.rows("checks.draws_above")):
        limits = [0]
        for entry in view.rows("checks.limits", {"customer": row["customer_id"], "holder": row["holder_id"]}):
            sides = (entry["old"], entry["new"])
            if entry["field"] is None:
                found = [changelog.image(side).get("limit_cents") for side in sides if side]
            else:
                found = [changelog.value(side) for side in sides]
            limits += [int(value) for value in found if value is not None]
        if row["amount_cents"] > max(limits):
            yield f"payments {row['id']}", "was drawn above what the credit line ever held"


def amounts(view: View) -> Iterator[Broken]:
    """L16: every column of cents."""
    for table, names in columns("_cents"):
        test = f"$ IS NOT NULL AND (typeof($) <> 'integer' OR abs($) > {LARGEST})"
        for row in first_bad(view, table.name, key_of(table), names, test, {}):
            yield f"{table.name} {row[0]}", f"{row[1]} is no amount in range"


def days(view: View) -> Iterator[Broken]:
    """R06: every column of days."""
    for table, names in columns("_on"):
        for row in first_bad(view, table.name, key_of(table), names, NOT_A_DAY, {}):
            yield f"{table.name} {row[0]}", f"{row[1]} is no day of the calendar"


def instants(view: View) -> Iterator[Broken]:
    """R07: every column of instants."""
    for table, names in columns("_at"):
        for row in first_bad(view, table.name, key_of(table), names, NOT_AN_INSTANT, {"instant": INSTANT}):
            yield f"{table.name} {row[0]}", f"{row[1]} is no instant in UTC"


def texts(view: View) -> Iterator[Broken]:
    """R09: control characters, NUL and turned writing direction in any text."""
    for table, names in text_columns().items():
        for several, pattern in ((True, NO_CONTROL_BUT_LINES), (False, NO_CONTROL)):
            chosen = [name for name in names if (name in OF_SEVERAL_LINES) is several]
            if chosen:
                test = "$ GLOB :pattern OR instr($, char(0)) > 0"
                for row in first_bad(view, table, "id", chosen, test, {"pattern": pattern}):
                    yield f"{table} {row[0]}", f"{row[1]} holds a control character"


def numbers(view: View) -> Iterator[Broken]:
    """R05: the counter of a table is at or above every number that it ever gave."""
    counters = {row["name"]: row["seq"] for row in view.rows("checks.counters")}
    logged = {row["tbl"]: row["highest"] for row in view.rows("checks.highest")}
    for table in schema.logged():
        here = view.conn.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
        highest = max(here or 0, logged.get(table, 0))
        if highest > counters.get(table, 0):
            yield f"{table} {highest}", "the counter of this table is below it: a number could be given twice"
    yield from block("gaps")(view)
