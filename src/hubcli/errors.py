"""One error family: a slug names what went wrong, the catalogue gives its sentence, its exit code and what to try.

Triggers and named CHECKs of schema.sql raise the same slugs, so a refusal reads the same whoever was refused. The
catalogue stands in hubcli.refusals, area by area.
"""

from hubcli.counts import Count
from hubcli.refusals import catalogue
from hubcli.refusals.base import (
    EXIT_AMBIGUOUS,
    EXIT_BUG,
    EXIT_BUSY,
    EXIT_CONDITION,
    EXIT_DATABASE,
    EXIT_FAILED,
    EXIT_NOT_FOUND,
    EXIT_PARTLY,
    EXIT_REFUSED,
    EXIT_STOPPED,
    EXIT_USAGE,
)

__all__ = [
    "EXIT_AMBIGUOUS", "EXIT_BUG", "EXIT_BUSY", "EXIT_CONDITION", "EXIT_DATABASE", "EXIT_FAILED", "EXIT_NOT_FOUND",
    "EXIT_PARTLY", "EXIT_REFUSED", "EXIT_STOPPED", "EXIT_USAGE", "HubError", "bad_value",
]  # fmt: skip


class HubError(Exception):
    """An expected end of a command: what, why and what to try; never shown as a traceback.

    `slug` is in the catalogue of hubcli.refusals; `facts` fill its sentence and its tries; `refs` are the records that
    stand in the way (`Q2041`); `tries` replaces the catalogue's own.
    """

    def __init__(
        self, slug: str, *, refs: tuple[str, ...] = (), tries: tuple[str, ...] | None = None, **facts: object
    ) -> None:
        """Raise KeyError at once when the slug is not in the catalogue, so that a test finds it."""
        entry = catalogue()[slug]
        self.slug = slug
        self.exit = entry.exit
        self.refs = refs
        self.facts = facts
        told = {name: Count(fact) if type(fact) is int else fact for name, fact in facts.items()}
        self.message = entry.sentence.format_map(told)
        self.tries = tuple(t.format_map(told) for t in entry.tries) if tries is None else tries
        super().__init__(self.message)

    def after(self, saved: int) -> None:
        """Tell that a change set was committed before this went wrong: doing it again would do it twice."""
        self.message = f"{self.message.removesuffix('; nothing was changed')}; H{saved} was saved before"
        self.refs = (*self.refs, f"H{saved}")
        self.tries = (*self.tries, f"hub changes show H{saved}")


def bad_value(field: str, value: object, rule: str, *tries: str) -> HubError:
    """Give the error for a value that does not follow the rule of its field, the value made visible.

    `rule` completes the sentence "<field>: <value> …", as in "is not a date: write 2025-05-01".
    """
    shown = ascii(value) if not str(value).isprintable() else repr(str(value))
    return HubError("bad_value", field=field, value=shown[:120], rule=rule, tries=tries)
