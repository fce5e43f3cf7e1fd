"""One line of the catalogue of refusals, and the exit codes of the contract."""

from typing import NamedTuple

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_PARTLY = 3
EXIT_NOT_FOUND = 4
EXIT_AMBIGUOUS = 5
EXIT_REFUSED = 6
EXIT_CONDITION = 7
EXIT_BUSY = 8
EXIT_DATABASE = 9
EXIT_BUG = 70
EXIT_STOPPED = 130


class Refusal(NamedTuple):
    """One line of the catalogue: exit code, sentence with {facts}, and commands or forms to try, with {facts} too."""

    exit: int
    sentence: str
    tries: tuple[str, ...] = ()
