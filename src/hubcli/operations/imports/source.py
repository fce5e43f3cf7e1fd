"""Opens a file to import and says what was assumed about it; writes back the rows that have to be mended."""

import csv
import io
import json
import shlex
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from hubcli.errors import HubError, bad_value
from hubcli.importing import Profile, Table, detect, load, open_table
from hubcli.importing.mapping import Mapper
from hubcli.importing.profiles import find_columns
from hubcli.render.files import replacing
from hubcli.render.results import Output
from hubcli.values import text, words

if TYPE_CHECKING:
    from hubcli.store import Hub

MENDED = (["line", "reason"], ["file_line", "reason"])
"""The last two columns of a file of rejected rows: hub's own remarks, left out when it comes back."""


class Opened(NamedTuple):
    """An opened file with its layout, the columns that it leaves out, and those of them that own fields take."""

    table: Table
    profile: Profile
    ignore: frozenset[str]
    own: frozenset[str] = frozenset()


def open_file(
    file: str,
    of: str,
    profile: str,
    *,
    encoding: str | None,
    sheet: str | None = None,
    ignore: Collection[str],
    own: Collection[str] = (),
) -> Opened:
    """Open a file of customers or orders and find its layout; raise HubError as open_table, detect and load do.

    `own` are the shop's own fields: columns of these names that the layout does not know are for them.
    """
    table = open_table(file, encoding=encoding, sheet=sheet)
    if not table.headers:  # a JSON array of nothing names no columns and has no layout
        chosen = load("hub", of)
        table.headers = [*chosen.columns, *(chosen.lines.columns if chosen.lines else ())]
        return Opened(table, chosen, frozenset())
    try:
        left = {*left_out(table, ignore), *(table.headers[-2:] if table.headers[-2:] in MENDED else ())}
        if profile != "auto":
            table.typed += f" --profile {shlex.quote(profile)}"
        asked = {text.fold(name) for name in own}
        mine = {header for header in table.headers if header not in left and text.fold(header) in asked}
        headers = [header for header in table.headers if header not in left | mine]
        with another_sheet(table, f"import {of}"):
            auto = profile == "auto"
            chosen = detect(headers, of, file=table.name, typed=table.typed) if auto else load(profile, of)
        if mine:
            mine &= {*Mapper(chosen, ["" if h in left else h for h in table.headers], None, of).unknown}
    except BaseException:
        table.close()
        raise
    return Opened(table, chosen, frozenset(left | mine), frozenset(mine))


def open_plain(
    file: str, known: Collection[str], *, encoding: str | None, sheet: str | None, ignore: Collection[str]
) -> Opened:
    """Open a file in hub's own layout, whose columns are `known`; raise HubError as open_table does."""
    table = open_table(file, encoding=encoding, sheet=sheet, known=known)
    try:
        left = left_out(table, ignore) if table.headers else frozenset()
        table.headers = table.headers or [*known]
        return Opened(table, Profile("hub", "", (), {}), left)
    except BaseException:
        table.close()
        raise


def left_out(table: Table, ignore: Collection[str]) -> frozenset[str]:
    """Give the columns of a file that --ignore names, several with commas between; raise bad_value for no column.

    Case does not matter where no column is exactly so.
    """
    found: dict[str, None] = {}
    for said in ignore:
        for name in [said] if _column(said, table.headers) else filter(None, map(str.strip, said.split(","))):
            header = _column(name, table.headers)
            if header is None:
                near = words.near(name, table.headers)
                hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(table.headers)[:500]}"
                raise bad_value("--ignore", name, f"is no column of {table.name}: {hint}")
            found[header] = None
    table.typed += "".join(f" --ignore {shlex.quote(header)}" for header in found)
    return frozenset(found)


def _column(name: str, headers: Sequence[str]) -> str | None:
    found = find_columns(name, list(headers)) if "*" not in name else []
    return headers[found[0][0]] if found else name if name in headers else None


@contextmanager
def another_sheet(table: Table, command: str) -> Iterator[None]:
    """Name the other sheets of a workbook as commands to try when the one that was read has not the right columns."""
    try:
        yield
    except HubError as error:
        if error.slug in {"layout_unknown", "columns_unknown", "columns_missing"}:
            sheets = [f"hub {command} {table.typed} --sheet {shlex.quote(name)}" for name in table.instead[:3]]
            error.tries = (*sheets, *error.tries)
        raise


def assumptions(opened: Opened) -> str:
    """Say how a file is read: its form, encoding and layout."""
    table = opened.table
    mark = {",": "", "\t": "", "": ""}.get(table.delimiter, f" with {table.delimiter!r} between the cells")
    shown = {"utf-8": "UTF-8", "cp1252": "Windows-1252"}.get(table.encoding, table.encoding.upper())
    assumed = " (assumed; --encoding overrules)" if table.encoding_assumed else ""
    form = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xlsx": "a workbook"}[table.form]
    doubt = f"; {table.doubt}" if table.doubt else ""
    coded = "" if table.form == "xlsx" else f", {shown}{assumed}"
    return f"{table.name}: {form}{mark}{coded}{_sheets(table)}, in the layout {opened.profile.name}{doubt}"


def _sheets(table: Table) -> str:
    """Say which sheet of a workbook is read, where there are several to choose from, and which are not."""
    left = [*table.others, *(f"{name} (hidden)" for name in table.hidden)]
    return f", sheet {table.sheet} (not read: {', '.join(left)})" if left else ""


def columns(
    unknown: Sequence[str], derived: Sequence[str], absent: Sequence[str] = (), second: Sequence[str] = ()
) -> list[str]:
    """Say which columns are not taken: unknown ones, those that hub works out itself or does not keep, absent ones.

    `second` are taken only where another one is blank.
    """
    told = []
    if absent:
        told.append(f"not in the file, though the mapping names them: {', '.join(absent)}")
    if second:
        told.append(f"taken only where the column before it is blank: {', '.join(second)}")
    if unknown:
        told.append(f"not taken, since nothing is known about them: {', '.join(unknown)}")
    if derived:
        told.append(f"left out, worked out by hub or kept elsewhere: {', '.join(derived)}")
    return told


def write_rejects(path: str, table: Table, rows: Iterable[tuple[list[str], int, str]], protect: tuple[str, ...]) -> int:
    """Write (cells, line, why) behind the file's own header, as UTF-8 CSV; give how many."""
    remarks = MENDED["line" in table.headers[:-2] or table.headers[-2:] == MENDED[1]]
    mended = table.headers[-2:] in MENDED
    headers = table.headers[:-2] if mended else table.headers
    count = 0
    with replacing(Output(path=path, protect=protect)) as raw:
        out = io.TextIOWrapper(raw, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*headers, *remarks])
        for cells, line, why in rows:
            kept = cells[: len(headers)] if mended else cells  # a ragged row stays ragged until someone mends it
            writer.writerow([*kept, line, why])
            count += 1
        out.detach()
    return count


def rejected(
    hub: "Hub", unread: dict[int, list[str]], refused: Iterable[tuple[int, str]]
) -> Iterable[tuple[list[str], int, str]]:
    """Give the rows that were not taken, in the order of the file, as they stand there."""
    for line, why in sorted(refused):
        if line in unread:
            yield unread[line], line, why
            continue
        row = hub.one("imports.cells", {"line": line})
        yield (json.loads(row["cells"]) if row else []), line, why
