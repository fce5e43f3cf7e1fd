"""Words of the domain: read in any case and spacing, with a near one named where a word is unknown."""

from collections.abc import Iterable, Sequence

from hubcli.errors import bad_value
from hubcli.values.text import fold


def choose(value: str, allowed: Sequence[str], field: str) -> str:
    """Give the allowed word that was meant: case does not matter, blanks and underscores count as hyphens.

    Only whole words are taken, never beginnings. Raises bad_value with the near words and the whole list, which is its
    fact `allowed` too.
    """
    wanted = _plain(value)
    for word in allowed:
        if _plain(word) == wanted:
            return word
    close = near(value, allowed)
    hint = f"did you mean {_either(close)}? It can be" if close else "it can be"
    error = bad_value(field, value, f"is not known: {hint} {_either(allowed)}")
    error.facts["allowed"] = _either(allowed)
    raise error


def several(given: Iterable[str] | None, allowed: Sequence[str], field: str) -> list[str]:
    """Give the words of a repeated option in their one form; none of them where one is `all`, which leaves nothing out.

    Raises bad_value for any other word.
    """
    chosen = [choose(word, (*allowed, "all"), field) for word in given or []]
    return [] if "all" in chosen else chosen


def near(value: str, candidates: Iterable[str], n: int = 3) -> list[str]:
    """Give up to n candidates that look like the value, the nearest first; those that begin with it come before."""
    import difflib

    wanted = _plain(value)
    plain: dict[str, str] = {}
    for candidate in candidates:
        plain.setdefault(_plain(candidate), candidate)
    begun = [key for key in plain if wanted and key.startswith(wanted)]
    close = difflib.get_close_matches(wanted, plain, n)
    return [plain[key] for key in dict.fromkeys(begun + close)][:n]


def _plain(word: str) -> str:
    return fold(word).replace("_", " ").replace(" ", "-")


def _either(items: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else "nothing"
