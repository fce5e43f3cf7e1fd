"""What commands take and give alike: the customers a command line names, keyed requests, what is printed of a write."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hubcli.command import Done, Run
from hubcli.errors import HubError, bad_value
from hubcli.operations import refs
from hubcli.render import Column, Record
from hubcli.values import text

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome

BRIEF = (
    Column("number", "ref", prefix="C", title="#"),
    Column("name", "text"),
    Column("kind", "code", keep=6),
    Column("status", "code", keep=2),
    Column("type", "code", keep=5),
    Column("source", "code", keep=6),
    Column("mobile_phone", "phone", title="mobile", keep=3),
    Column("email", "text", keep=4),
    Column("zip", "code", keep=5),
    Column("manager", "code", keep=4),
)
CHUNK = 500


def customer(run: Run, ref: str, merged: refs.Merged = "follow") -> int:
    """Give the number of the customer that a reference names; on a terminal an ambiguous one offers a choice."""
    return refs.customer(run.hub, ref, run.choose if run.interactive else None, merged=merged)


def payer(run: Run, ref: str) -> int:
    """Give the number of the customer whose money is moved: a bare number may be a slip, so it is asked about.

    Raises bad_value without a terminal, where C and the number are required.
    """
    found = customer(run, ref)
    if ref.strip().isdecimal() and len(ref.strip()) < 7:
        row = run.hub.one("customers.head", {"id": found})
        if not run.interactive:
            raise bad_value("customer", ref, f"is a bare number: where money moves, write C{found}")
        run.confirm(f"C{found} {row['name'] if row else ''} - is that the one?", "a bare number")
    return found


def alert(run: Run, customer: int) -> None:
    """Say the important notes of a customer who was chosen, before anything is made for them; not under --quiet."""
    for note in () if run.quiet else run.hub.rows("documents.important", {"customer": customer}):
        run.announce(f"important, N{note['id']} ({note['type']}): {text.visible(note['text'] or '')}")


def only(named: int | None, optional: int | None) -> int | None:
    """Give the customer that was named as an argument or with --customer; raise bad_value for two of them."""
    if named is not None and optional is not None and named != optional:
        raise bad_value("--customer", f"C{optional}", f"does not go with C{named}: name one")
    return named if optional is None else optional


def customers(run: Run, given: Sequence[str], merged: refs.Merged = "follow") -> list[int]:
    """Give the numbers of several customers, each once; `-` stands for the references on stdin, @name for a view's."""
    words: list[str] = []
    for ref in given:
        words += piped() if ref == "-" else [ref]
    return list(dict.fromkeys(number for ref in words for number in _named(run, ref, merged)))


def _named(run: Run, ref: str, merged: refs.Merged) -> list[int]:
    """Give the customers that a reference or a saved view stands for."""
    if not ref.startswith("@"):
        return [customer(run, ref, merged)]
    from hubcli.commands import filters

    if filters.is_view(ref):
        return fitting(run, filters.customer_query(run, text=[ref]))
    return [customer(run, ref, merged)]


def fitting(run: Run, params: Mapping[str, object]) -> list[int]:
    """Give the customers that filters find, by the parameters of filters.customer_query or customers_meant."""
    from hubcli import search

    wanted = {key: value for key, value in params.items() if key not in {"refs", "view"}}
    return [row["id"] for row in run.hub.rows("customers.chosen", search.narrowed(run.hub, wanted, few=False))]


def piped() -> list[str]:
    """Give the references on stdin: hub's own TSV or CSV by its column number, or one reference a line."""
    lines = [line.rstrip("\r\n") for line in sys.stdin]
    if not lines:
        return []
    for mark in "\t", ",":
        head = lines[0].split(mark)
        if "number" in head:
            if mark == ",":
                import csv

                return [row["number"] for row in csv.DictReader(lines)]
            place = head.index("number")
            return [line.split(mark)[place] for line in lines[1:] if line]
    return [line.strip() for line in lines if line.strip()]


def number(ref: str, letter: str, what: str) -> int:
    """Give the number of a reference such as A17, K5 or N3; raise bad_value."""
    typed = ref.strip()
    digits = typed[1:] if typed[:1].upper() == letter else typed
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 15:
        raise bad_value(what, ref, f"is no number of it: write {letter} and digits, as in {letter}1")
    return int(digits)


def filtered(asked: Mapping[str, object], *but: str) -> bool:
    """Tell whether filters find the customers, besides those named; `but` are options that are no filters here.

    Active customers are those meant unasked: that alone is no filter.
    """
    from hubcli.queries import present

    beside = {"narrow", "refs", "status", *but}
    return asked["status"] != ["active"] or any(present(v) for key, v in asked.items() if key not in beside)


def given(**options: Any) -> dict[str, Any]:
    """Give the options that were given."""
    return {name: value for name, value in options.items() if value is not None}


def written(run: Run, outcome: "Outcome", ids: Sequence[int], **how: Any) -> Done:
    """Give what is printed of customers that were written."""
    rows: list[Any] = []
    if not outcome.dry_run:
        for at in range(0, len(ids), CHUNK):
            rows += [tuple(row) for row in run.hub.rows("customers.brief", {"ids": list(ids[at : at + CHUNK])})]
    return Done(outcome, BRIEF, rows, **{"silent": not ids, **how})


def keyed(run: Run, key: str | None, request: Mapping[str, object], work: Callable[["Hub"], int]) -> "Outcome":
    """Make something once for each key: the outcome's result is its number, made now or with the key before."""
    from hubcli.operations import keys

    mark = keys.fingerprint({"command": run.command, **request})
    again: list[int] = []

    def once(hub: "Hub") -> int:
        again.clear()
        answer = keys.once(hub, key, mark)
        if answer is not None:
            again.append(answer.change)
            return int(answer.answer)
        made = work(hub)
        keys.remember(hub, key, mark, str(made))
        return made

    outcome = run.change(once)
    if again:
        run.say(f"already done (H{again[0]})")
        return outcome._replace(change=again[0])
    return outcome


def clears(words: Sequence[str], allowed: Sequence[str], option: str = "--clear") -> dict[str, None]:
    """Give the fields to take away; raise bad_value with near names."""
    found: dict[str, None] = {}
    for word in words:
        name = word.strip().lower().replace("-", "_")
        if name not in allowed:
            from hubcli.values import words as nearest

            close = nearest.near(name, allowed) or allowed
            raise bad_value(option, word, f"is not a field: {', '.join(close)}")
        found[name] = None
    return found


def saved(run: Run, file: int, columns: Sequence[Column], ref: int, again: str) -> Record:
    """Write a file that is kept to -o FILE, byte for byte; give its record: whose it is, where it is, its bytes.

    `again` is the command to type with -o FILE where that is missing.
    """
    from hubcli.operations import files
    from hubcli.render.files import replacing

    kept = files.content(run.hub, file)
    output = run.output()
    if output.path is None:
        raise need("where to? -o FILE", f"{again} -o FILE")
    with replacing(output) as target:
        target.write(kept["content"])
    run.options = {**run.options, "output": None}
    return Record(columns, (ref, output.path, kept["size"]))


def need(what: str, *tries: str) -> HubError:
    """Give the error for an option or an argument that is missing."""
    return HubError("needs_option", what=what, tries=tries)
