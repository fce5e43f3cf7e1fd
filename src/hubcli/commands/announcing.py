"""Writes to the customer of what became of an order or a payment, once it did, where correspondence.send says so.

The change stands whatever becomes of the mail: it is sent and recorded by itself, and what fails is told.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Option

from hubcli.command import Run
from hubcli.errors import EXIT_PARTLY, HubError

if TYPE_CHECKING:
    from hubcli.store import Outcome

Mailed = Annotated[
    bool | None,
    Option("--mail/--no-mail", help="write to the customer of it, or do not; else as correspondence.send says"),
]


class Announced(NamedTuple):
    """What is said of the mails, and the exit code: 3 where one did not go."""

    said: list[str]
    exit_code: int = 0


def announce(
    run: Run, outcome: "Outcome", kind: str, about: Sequence[tuple[int, str | None]], mailed: bool | None
) -> Announced:
    """Write to the customers of documents, by number, each with a sentence of its own or none; raise nothing.

    Nothing happens where nothing changed, or where `mailed`, else the setting of the kind, says so. Who has no address
    is not written to.
    """
    wanted = run.setting(f"correspondence.send.{kind}") == "on" if mailed is None else mailed
    if not wanted or outcome.dry_run or not outcome.entries:
        return Announced([])
    from hubcli.commands import posting
    from hubcli.commands.quotes.send import deliver, logging
    from hubcli.operations.documents import base, letters

    said, rows, written = letters.Said("email"), [], []
    try:
        for number, sentence in about:
            row = base.again(run.hub, number)
            if not letters.addresses(run.hub, row, kind):
                run.tell(f"C{row['customer_id']} has no e-mail address and was not written to")
                continue
            rows.append([row])
            written.append(letters.letter(run.hub, rows[-1], kind, said, sentence=sentence))
        if not written:
            return Announced([])
        made = deliver(run, rows, written, logging(rows, written), said)
    except HubError as error:
        return Announced([f"done, but nobody was written to: {error.message}"], EXIT_PARTLY)
    told = posting.said(run, made)
    return Announced(told.splitlines() if told else [], made.exit_code)
