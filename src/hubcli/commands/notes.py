"""hub notes: what to remember of a customer."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import Argument, Option

from hubcli.command import Done, Run, command
from hubcli.commands import filters, targets
from hubcli.errors import HubError
from hubcli.operations import documents, files, notes
from hubcli.render import Column, Listing, Record, Section
from hubcli.values import text as texts
from hubcli.values import words

HELP = """What to remember of a customer.

Examples:
hub notes add C1 "Needs extra bubble wrap" --type delivery --persistence persistent
hub notes list --customer C1
hub notes list --important
"""
app = typer.Typer(help=HELP)

COLUMNS = (
    Column("number", "ref", prefix="N", title="#"),
    Column("customer", "ref", prefix="C"),
    Column("customer_name", "text", title="name", keep=4),
    Column("type", "code", keep=2),
    Column("persistence", "code", keep=5),
    Column("important", "bool", keep=3),
    Column("text", "long"),
    Column("author", "code", keep=5),
    Column("written_on", "date", title="written", keep=4),
)
FILES = (
    Column("number", "count"),
    Column("name", "text"),
    Column("media_type", "code"),
    Column("size", "count"),
    Column("added_on", "date"),
    Column("added_by", "code"),
)
SAVED = (Column("number", "ref", prefix="N", title="#"), Column("file", "text"), Column("bytes", "count"))
Number = Annotated[str, Argument(metavar="N", help="the note, such as N3")]
Attach = Annotated[list[Path] | None, Option("--attach", metavar="FILE", help="keep this file with it; repeatable")]
Text = str | None
Words = list[str] | None


def _read(type: Text, persistence: Text, important: bool | None) -> dict[str, Any]:
    given = targets.given(
        type=type and words.choose(type, notes.TYPES, "--type"),
        persistence=persistence and words.choose(persistence, notes.PERSISTENCES, "--persistence"),
    )
    return given | ({} if important is None else {"important": int(important)})


def _done(run: Run, outcome: Any, number: int) -> Done:
    row = run.hub.one("notes.one", {"id": number})
    return Done(outcome, COLUMNS, [] if row is None else [tuple(row)[: len(COLUMNS)]], name="notes")


def _content(typed: str) -> str:
    return texts.note(sys.stdin.read().rstrip("\n") if typed == "-" else typed, "text")


@command(app, "add")
def add(
    run: Run,
    ref: Annotated[str, Argument(metavar="REF", help="C12, e-mail, phone, name")],
    text: Annotated[str, Argument(metavar="TEXT", help="what to remember; - reads it from stdin")],
    *,
    type: Annotated[
        str, Option("--type", metavar="T", help="delivery, internal or customer (printed for them)")
    ] = "internal",
    persistence: Annotated[
        str, Option("--persistence", metavar="P", help="persistent: on every quote and order; or optional")
    ] = "optional",
    important: Annotated[bool, Option("--important", help="shown before everything else")] = False,
    attach: Attach = None,
    idempotency_key: Annotated[Text, Option("--idempotency-key", metavar="K")] = None,
) -> Done:
    """Add a note to a customer, with files if there are any.

    Examples:
    hub notes add C1 "Needs extra bubble wrap" --type delivery --persistence persistent
    hub notes add C1 "Asked for the manager twice" --important
    """
    customer = targets.customer(run, ref)
    columns = {**_read(type, persistence, important), "text": _content(text)}
    read = _files(run, attach)
    request = {"customer": customer, **columns, **({"files": [file.sha256 for file in read]} if read else {})}

    def work(hub: Any) -> int:
        number = notes.add(hub, customer, columns)
        for file in read:
            files.keep(hub, customer, file, number)
        return number

    outcome = targets.keyed(run, idempotency_key, request, work)
    return _done(run, outcome, outcome.result)


def _files(run: Run, paths: list[Path] | None) -> list[files.Attachment]:
    return [files.read(path, files.limit(run.hub)) for path in paths or []]


@command(app, "list")
def list_(
    run: Run,
    *,
    customer: Annotated[Words, Option("--customer", metavar="REF", help="C12, e-mail, phone, name")] = None,
    type: Annotated[Words, Option("--type", metavar="T", help="delivery, internal or customer")] = None,
    persistence: Annotated[Words, Option("--persistence", metavar="P", help="persistent or optional")] = None,
    important: Annotated[bool, Option("--important", help="only important ones")] = False,
    author: Annotated[Words, Option("--author", metavar="STAFF", help="written by")] = None,
) -> Listing:
    """List notes, the newest first.

    Examples:
    hub notes list
    hub notes list --customer C1
    hub notes list --type delivery --important
    """
    params = {
        "customer": filters.of_customers(run, customer),
        "type": filters.chosen(type, notes.TYPES, "--type"),
        "persistence": filters.chosen(persistence, notes.PERSISTENCES, "--persistence"),
        "important": important or None,
        "author": filters.by_whom(run, author),
    }
    return run.list("notes.list", params, COLUMNS, "notes")


@command(app, "show")
def show(run: Run, number: Number) -> Record:
    """Show a note.

    Examples:
    hub notes show N1
    """
    row = notes.get(run.hub, targets.number(number, "N", "note"))
    title = f"N{row['number']}  {texts.visible(row['customer_name'])}"
    kept = Listing(
        FILES, [tuple(file) for file in run.hub.rows("files.of_note", {"note": row["number"]})], name="files"
    )
    return Record(COLUMNS, tuple(row)[: len(COLUMNS)], title=title, sections=[Section("files", kept, key="files")])


@command(app, "file")
def file_(
    run: Run,
    number: Number,
    which: Annotated[int | None, Argument(metavar="[NUMBER]", help="which of its files; the only one, if one")] = None,
    *,
    remove: Annotated[bool, Option("--remove", help="take the file off the note")] = False,
) -> Record | Done:
    """Write a file that is attached to a note to -o FILE, byte for byte; or take it off.

    Examples:
    hub notes show N1
    """
    note = notes.get(run.hub, targets.number(number, "N", "note"))
    kept = {row["id"]: row for row in run.hub.rows("files.of_note", {"note": note["number"]})}
    if which is None and len(kept) == 1:
        which = next(iter(kept))
    if which is None or which not in kept:
        raise _no_file(f"N{note['number']}", which, list(kept))
    if remove:
        outcome = run.change(lambda hub: hub.run("files.remove", {"id": which}))
        return Done(outcome, FILES, [] if outcome.dry_run else [tuple(kept[which])], name="files")
    return targets.saved(run, which, SAVED, note["number"], f"hub notes file N{note['number']} {which}")


def _no_file(note: str, which: int | None, kept: list[int]) -> HubError:
    """Give the error for a file that a note does not have, or for several of which none was named."""
    if which is None and kept:
        some = ", ".join(map(str, kept))
        return targets.need(f"which file of {note}? It has {some}", f"hub notes file {note} {kept[0]} -o FILE")
    what, ref = ("file", f"{which} of {note}") if which is not None else ("file of", note)
    return HubError("not_found", what=what, ref=ref, near="", tries=(f"hub notes show {note}",))


@command(app, "edit")
def edit(
    run: Run,
    number: Number,
    text: Annotated[Text, Argument(metavar="[TEXT]", help="the new text; - reads it from stdin")] = None,
    *,
    type: Annotated[Text, Option("--type", metavar="T", help="delivery, internal or customer")] = None,
    persistence: Annotated[Text, Option("--persistence", metavar="P", help="persistent or optional")] = None,
    important: Annotated[
        bool | None, Option("--important/--not-important", help="shown before everything else")
    ] = None,
    attach: Attach = None,
) -> Done:
    """Edit a note; a persistent one changes on every document that shows it.

    Examples:
    hub notes edit N1 "Gate code 4413, call before delivery"
    hub notes edit N1 --not-important
    """
    at = targets.number(number, "N", "note")
    columns = _read(type, persistence, important)
    if text is not None:
        columns["text"] = _content(text)
    read = _files(run, attach)
    if not columns and not read:
        raise HubError(
            "needs_option", what="nothing to edit: give a text or an option", tries=("hub notes edit --help",)
        )

    def work(hub: Any) -> None:
        notes.edit(hub, at, columns)
        for file in read:
            files.keep(hub, notes.get(hub, at)["customer"], file, at)

    return _done(run, run.change(work), at)


@command(app, "delete")
def delete(run: Run, number: Number) -> Done:
    """Delete a note; hub undo brings it back.

    Examples:
    hub notes delete N1 -n
    """
    at = targets.number(number, "N", "note")
    return _done(run, run.change(lambda hub: notes.delete(hub, at)), at)


ATTACHED = (*COLUMNS, Column("document", "code"))
Documents = Annotated[list[str], Option("--to", "--from", metavar="Q7", help="the quote or order; repeatable")]


@command(app, "attach")
def attach(run: Run, number: Number, *, to: Documents) -> Done:
    """Put an optional note on quotes and orders; persistent ones stand on all of them by themselves.

    Examples:
    hub notes attach N2 --to Q3
    """
    return _placed(run, number, to, notes.attach, there=True)


@command(app, "detach")
def detach(run: Run, number: Number, *, document: Documents) -> Done:
    """Take a note off quotes and orders; the note itself stays.

    Examples:
    hub notes list --persistence optional
    """
    return _placed(run, number, document, notes.detach, there=False)


def _placed(run: Run, number: str, refs: list[str], work: Callable[[Any, int, Any], None], *, there: bool) -> Done:
    at = targets.number(number, "N", "note")
    found = {row["id"]: row for row in (documents.find(run.hub, ref) for ref in refs)}

    def change(hub: Any) -> None:
        for row in found.values():
            work(hub, at, documents.find(hub, str(row["id"])))

    outcome = run.change(change)
    note = tuple(run.hub.one("notes.one", {"id": at}) or ())[: len(COLUMNS)]
    rows = [(*note, documents.ref_of(row) if there else None) for row in found.values()]
    return Done(outcome, ATTACHED, [] if outcome.dry_run else rows, name="notes")
