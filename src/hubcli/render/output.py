"""Chooses where a result goes and in which format, and writes it."""

import io
from itertools import islice
from typing import BinaryIO, TextIO

from hubcli.errors import HubError, bad_value
from hubcli.render import machine
from hubcli.render.messages import say
from hubcli.render.results import Listing, Output, Record

ENDINGS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".xlsx": "xlsx",
}
TERMINAL_LIMIT = 50
COUNTED = 1_000
"""So many rows that a limit left out are counted; above that it only says that there are more than these."""


def write(result: Listing | Record, output: Output, stdout: TextIO, stderr: TextIO) -> int:
    """Print a result as the settings say; give the number of rows printed.

    A file is replaced only when all of it is on disk. An OSError of stdout itself (closed, full) passes up.
    """
    to_file = is_file(output.path)
    form = format_of(output, to_file=to_file, terminal=stdout.isatty())
    if to_file:
        count = _write_file(result, form, output)
        if stderr.isatty() and not output.quiet:
            say(f"{_counted(result, count)} written to {output.path}", stderr)
        return count
    if isinstance(result, Record) and output.quiet and form not in {"json", "ndjson"}:
        output = output._replace(fields=(result.columns[0].name,), header=False)
        form = "tsv"
    if form == "table":
        from hubcli.render import terminal

        return terminal.draw(result, output, stdout, stderr)
    if stdout.isatty() and isinstance(result, Listing):
        return _write_limited(result, form, output, stdout, stderr)
    count = machine.write(result, form, output, stdout, shown=stdout.isatty())
    stdout.flush()
    return count


def is_file(path: str | None) -> bool:
    """Tell whether -o names a file; `-` and the device files of stdout do not."""
    return path is not None and path not in {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}


def format_of(output: Output, *, to_file: bool, terminal: bool) -> str:
    """Give the format to write; raise bad_value when the ending of -o or --excel does not go with it."""
    form = _asked(output, to_file=to_file)
    if form is None:
        form = "csv" if output.excel else "table" if terminal else "tsv"
    if output.excel and form != "csv":
        raise bad_value("--excel", form, "has no such form: it is for CSV", "--csv --excel")
    if form == "xlsx" and not to_file:
        raise bad_value("--format", form, "needs a file: -o FILE.xlsx")
    return form


def _asked(output: Output, *, to_file: bool) -> str | None:
    explicit = None if output.format == "auto" else output.format
    if not to_file or output.path is None:
        return explicit
    from pathlib import Path

    by_ending = ENDINGS.get(Path(output.path).suffix.lower())
    if explicit and by_ending and explicit != by_ending:
        raise bad_value("-o", output.path, f"does not end as --{explicit} does")
    if not explicit and not by_ending:
        raise bad_value("-o", output.path, f"must end in one of {' '.join(ENDINGS)}, or say --csv, --tsv, --json")
    return by_ending or explicit


def _write_file(result: Listing | Record, form: str, output: Output) -> int:
    from hubcli.render.files import replacing

    with replacing(output) as raw:
        count = _fill(result, form, output, raw)
        if output.require and not count:
            raise no_rows(result)
    return count


def _fill(result: Listing | Record, form: str, output: Output, raw: BinaryIO) -> int:
    if form == "xlsx":
        from hubcli.render import sheet

        return sheet.write(result, output, raw)
    text = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
    try:
        return machine.write(result, form, output, text)
    finally:
        text.detach()


def no_rows(result: Listing | Record) -> HubError:
    """Give the error for a result without rows where rows are required."""
    return HubError("no_rows", what=result.name if isinstance(result, Listing) else "record")


def check(output: Output, *, terminal: bool) -> None:
    """Raise what `write` would raise of the settings alone, before anything is written: the form, and the file."""
    to_file = is_file(output.path)
    format_of(output, to_file=to_file, terminal=terminal)
    if to_file:
        from hubcli.render.files import check as check_file

        check_file(output)


def _counted(result: Listing | Record, count: int) -> str:
    return f"{count:,} {result.name}" if isinstance(result, Listing) else "1 record"


def _write_limited(listing: Listing, form: str, output: Output, stdout: TextIO, stderr: TextIO) -> int:
    """Write a machine format to a terminal: at most 50 rows there too, and it says how many more."""
    limit = TERMINAL_LIMIT if output.limit is None else output.limit
    count = machine.write(listing, form, output._replace(limit=limit), stdout, shown=True)
    stdout.flush()
    tell_rest(listing, count, limit, output, stderr)
    return count


def tell_rest(listing: Listing, count: int, limit: int, output: Output, stderr: TextIO) -> None:
    """Say on stderr how many rows the limit left out, and the summary of the listing."""
    more = rest_of(listing, count, limit)
    if output.quiet:
        return
    if more:
        say(f"… {more} (use --limit all)", stderr)
    if listing.summary:
        say(listing.summary, stderr)


def rest_of(listing: Listing, count: int, limit: int) -> str:
    """Give "1,234 more", or "more than 1,000 more" where nobody counted; empty when all rows were printed."""
    if count < limit:
        return ""
    total = listing.total() if callable(listing.total) else listing.total
    if isinstance(total, str):
        return total
    if total is None:
        rest = sum(1 for _ in islice(listing.rows, COUNTED + 1))
        return f"{rest:,} more" if 0 < rest <= COUNTED else f"more than {COUNTED:,} more" if rest else ""
    return f"{total - count:,} more" if total > count else ""
