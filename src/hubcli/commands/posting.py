"""Sends mail as part of a command: the server takes it first, then the change that records it is kept.

What was sent is recorded as sent and nothing else is. A mail whose fate is not known lies in the folder `unsure` of
the outbox, and is not sent a second time unless somebody says so.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from typer import Option

from hubcli.command import Run
from hubcli.errors import EXIT_PARTLY, HubError
from hubcli.operations import outbox
from hubcli.operations.mailing import history, server, unsure, wire
from hubcli.operations.mailing.server import SENT, UNSURE, UNTRIED, Fate
from hubcli.operations.mailing.wire import Mail, Wire
from hubcli.values import clock

if TYPE_CHECKING:
    from hubcli.store import Hub, Outcome


class Sent(NamedTuple):
    """A mail that went out: as whom it reached, and its number in the history (None: no history is kept)."""

    mail: Mail
    number: int | None


Again = Annotated[bool, Option("--again", help="also what was handed over before and may have arrived")]
SHOWN = 20
"""So many mails that did not go are told one by one."""
Work = Callable[["Hub", str, Mapping[int, Any]], Any]
"""What is changed when mail went out: is given the way (email or outbox) and, by their places, the mails that did."""


class Posted(NamedTuple):
    """What became of mails: the change that records them, the way they went, the files of the outbox by place.

    `sent` are the places of the mails that went out. `said` tells what did not, and the exit code is then not 0;
    `broken`: the server takes no more.
    """

    outcome: "Outcome"
    way: str
    files: Mapping[int, Path]
    sent: Sequence[int]
    said: str | None = None
    exit_code: int = 0
    broken: bool = False


def post(run: Run, mails: Sequence[Mail], work: Work, names: Sequence[str], *, again: bool = False) -> Posted:
    """Send mails and record them as one change; `names` call their files.

    The change is tried first, so that nothing is sent that could not be recorded. A mail that was handed over before
    and never answered is sent only with `again`, under the Message-ID it had. When nothing at all was sent that is an
    error: mail_refused, mail_login, mail_unreachable, mail_unsure, mail_unsure_before; without a server,
    outbox_failed. mail_unrecorded: it was sent, and could not be recorded.
    """
    where = server.configured(run.hub)
    batch = _Batch(run, [wire.closed(run.hub, mail) for mail in mails], work, names, clock.now_utc())
    if not run.dry_run:
        run.allowed()
        everything = {at: Sent(mail, None) for at, mail in enumerate(batch.mails)}
        run.hub.change(run.command, lambda hub: work(hub, "email", everything), dry_run=True)
    return batch.put() if where is None else batch.tried() if run.dry_run else batch.mailed(where, again=again)


def said(run: Run, made: Posted) -> str | None:
    """Give what a command says of what was posted: what did not go, and where the files are."""
    if made.said is not None:
        return made.said
    return "written into the outbox: hub sent nothing itself" if made.files and not run.quiet else None


def noting(kind: str) -> Work:
    """Give the change that logs each mail that went out as a sending of a kind to its customer."""

    def work(hub: "Hub", way: str, sent: Mapping[int, Sent]) -> None:
        for out in sent.values():
            mail, day = out.mail, hub.day
            hub.insert(
                "sendings",
                {"customer_id": mail.customer, "document_id": mail.document, "kind": kind, "way": way,
                 "sent_to": ", ".join(mail.addresses), "sent_on": day.today, "sent_by": hub.who.actor,
                 "recorded_at": day.at, "mail_id": out.number},
            )  # fmt: skip

    return work


class _Batch:
    """Mails on their way, and what becomes of each."""

    def __init__(self, run: Run, mails: Sequence[Mail], work: Work, names: Sequence[str], at: str):
        self.run, self.mails, self.work, self.names, self.at = run, mails, work, names, at
        self.wires: dict[int, Wire] = {}

    def recorded(self, way: str, out: Mapping[int, Mail]) -> Posted:
        """Keep what went out, by place, as one change."""
        status = "sent" if way == "email" else "outbox"

        def change(hub: "Hub") -> Any:
            kept = {
                at: Sent(mail, history.record(hub, mail, status, self.wires[at].id, self.at))
                for at, mail in out.items()
            }
            return self.work(hub, way, kept)

        return Posted(self.run.change(change), way, {}, list(out))

    def tried(self) -> Posted:
        """Do all but send: a dry run."""
        self._write({})
        return self.recorded("email", dict(enumerate(self.mails)))

    def put(self) -> Posted:
        """Write the mails into the outbox, then record them; files are there under their names only once it is."""
        hub, made = self.run.hub, {}
        self._write({})
        try:
            if not self.run.dry_run:
                for at, ready in self.wires.items():
                    made[at] = outbox.write(hub, f".{self.names[at]}.new", bytes(ready.message))
            posted = self.recorded("outbox", dict(enumerate(self.mails)))
        except BaseException:
            for path in made.values():
                unsure.settle(path)
            raise
        prefix = f"H{posted.outcome.change}-"
        files = {at: path.replace(path.with_name(f"{prefix}{self.names[at]}.eml")) for at, path in made.items()}
        return posted._replace(files=files)

    def mailed(self, where: server.Server, *, again: bool) -> Posted:
        """Hand the mails to the server, then record those it took."""
        from hubcli.operations.mailing import smtp

        hub = self.run.hub
        before = {
            at: found for at, mail in enumerate(self.mails) if (found := unsure.before(hub, self.names[at], mail))
        }
        fates = {} if again else {at: Fate(UNTRIED, f"it was sent before, {one.at}") for at, one in before.items()}
        self._write({at: one.id for at, one in before.items()} if again else {}, left_out=fates)
        places, stop, lying = list(self.wires), None, {}

        def begin(at: int) -> None:
            place = places[at]
            lying[place] = unsure.begin(hub, self.names[place], self.mails[place], self.wires[place])

        if places:
            became, stop = smtp.hand_over(where, [self.wires[at] for at in places], begin)
            fates |= dict(zip(places, became, strict=True))
        for at, path in lying.items():
            if fates[at].state not in {SENT, UNSURE}:
                unsure.settle(path)
        out = {
            at: self.mails[at].without(frozenset(fates[at].missed or ()))
            for at in sorted(fates)
            if fates[at].state == SENT
        }
        posted = self._kept(out)
        for at in out:
            unsure.settle(lying[at])
        if stop is not None:
            raise stop
        return self._told(where, posted, fates, before if not again else {})

    def _write(self, known_as: Mapping[int, str], left_out: Mapping[int, Fate] | None = None) -> None:
        for at, mail in enumerate(self.mails):
            if at not in (left_out or {}):
                self.wires[at] = wire.message(self.run.hub, mail, self.at, known_as.get(at))

    def _kept(self, out: Mapping[int, Mail]) -> Posted | None:
        """Record what was sent; raise mail_unrecorded where that fails: the mails lie in `unsure` then."""
        if not out:
            return None
        try:
            return self.recorded("email", out)
        except HubError as error:
            raise HubError("mail_unrecorded", count=len(out), why=error.message) from error

    def _told(
        self, where: server.Server, posted: Posted | None, fates: Mapping[int, Fate], before: Mapping[int, Any]
    ) -> Posted:
        """Give what was posted, with words for what was not; raise when nothing was."""
        said = [line for at in sorted(fates) if (line := self._line(at, fates[at], before))]
        if posted is not None:
            more = [f"… and {len(said) - SHOWN:,} more"] if len(said) > SHOWN else []
            broken = any(fate.state in {UNSURE, UNTRIED} and at not in before for at, fate in fates.items())
            told = "\n".join([*said[:SHOWN], *more]) or None
            return posted._replace(said=told, exit_code=EXIT_PARTLY if said else 0, broken=broken)
        first = next(at for at in sorted(fates))
        to = ", ".join(self.mails[first].addresses)
        if first in before:
            raise HubError("mail_unsure_before", to=to, at=before[first].at, path=before[first].path)
        fate = fates[first]
        if fate.state == UNSURE:
            raise HubError("mail_unsure", host=where.host, to=to, why=fate.why, path=unsure.folder(self.run.hub))
        if fate.state == UNTRIED:
            raise HubError("mail_unreachable", host=where.host, port=where.port, why=fate.why)
        raise HubError("mail_refused", host=where.host, why=fate.why)

    def _line(self, at: int, fate: Fate, before: Mapping[int, Any]) -> str | None:
        """Say what did not go as it should with a mail, None for nothing."""
        about, to = self.names[at].removesuffix(".eml"), ", ".join(self.mails[at].addresses)
        if fate.state == SENT:
            missed = "; ".join(f"{who}: {why}" for who, why in (fate.missed or {}).items())
            return f"{about} reached others, but not {missed}" if missed else None
        if at in before:
            return f"{about} was not sent: {fate.why}, and whether it arrived is not known; --again sends it once more"
        if fate.state == UNSURE:
            return f"{about} to {to} may have arrived or not: {fate.why}; it is not recorded as sent"
        return f"{about} to {to} was not sent: {fate.why}"
