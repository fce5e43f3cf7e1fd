"""The shop's own words in letters: templates with {placeholders}, checked when they are set and filled when sent."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hubcli import settings

if TYPE_CHECKING:
    from hubcli.store import Hub

_PLACE = re.compile(r"\{([a-z]+)\}")


def fill(hub: "Hub", kind: str, facts: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Give subject and opening words of a kind of letter from its templates, their {placeholders} filled in.

    None where the shop has no template of its own, or nothing is left of it: a line with a placeholder that has no
    value here is left out. Raises bad_value for a placeholder that there is not.
    """
    found = []
    for part in ("subject", "text"):
        key = f"mail.{kind}.{part}"
        found.append(_filled(settings.template(key, hub.setting(key)), facts) or None)
    return found[0], found[1]


def _filled(template: str, facts: Mapping[str, str]) -> str:
    """Give a template with its placeholders filled in; what is filled in is not looked at again."""
    lines = [line for line in template.splitlines() if all(facts[name] for name in _PLACE.findall(line))]
    return "\n".join(_PLACE.sub(lambda place: facts[place[1]], line) for line in lines).strip()
