"""Sends mail as part of a command: the server takes it first, then the change that records it is kept."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.command import Run
from hubcli.errors import HubError
from hubcli.operations import mailing
from hubcli.values import clock

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome

Work = Callable[["Hub", str, int], Any]
"""What is changed when mail went out: is given the way (email or outbox) and how many of the mails were taken."""


class Posted(NamedTuple):
    """What became of mails: the change that records them, the way they went, the files of the outbox."""

    outcome: "Outcome"
    way: str
    files: Sequence[Path]


def post(run: Run, mails: Sequence[mailing.Mail], work: Work, names: Sequence[str]) -> Posted:
    """Send mails and record them as one change; `names` call their files in the outbox.

    With a server the change is tried first, so that nothing is sent that could not be recorded; what the server then
    refuses is not recorded. Raises mail_refused, mail_unreachable, mail_partly; without a server, failed_write.
    """
    where = mailing.server(run.hub)
    way = "email" if where else "outbox"
    at = clock.now_utc()
    made = [mailing.message(run.hub, mail, at) for mail in mails]
    taken, refused = len(mails), None

    def change(hub: "Hub") -> Any:
        result = work(hub, way, taken)
        for mail, wire in zip(mails[:taken], made, strict=False):
            mailing.record(hub, mail, "sent" if where else "outbox", str(wire["Message-ID"]), at)
        return result

    if where and not run.dry_run:
        run.allowed()
        run.hub.change(run.command, change, dry_run=True)
        taken, refused = mailing.hand_over(where, made)
        if refused is not None and not taken:
            raise refused
    outcome = run.change(change)
    if refused is not None:
        raise HubError("mail_partly", taken=taken, total=len(mails), why=refused.facts["why"])
    files: list[Path] = []
    if not where and not outcome.dry_run:
        files = [
            mailing.put(run.hub, f"H{outcome.change}-{name}", wire) for name, wire in zip(names, made, strict=True)
        ]
    return Posted(outcome, way, files)
