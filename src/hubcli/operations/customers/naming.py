"""Finds where a person who is to be erased is named outside the own record: what goes with it, what only can be listed.

A person is named by the full name, an e-mail address or a phone number, as they stand on the record.
"""

import json
import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hubcli import schema, sqlitefile
from hubcli.operations import history, outbox

if TYPE_CHECKING:
    from hubcli.store import Hub

SHORTEST = 4
"""Letters: what is shorter stands in many words that mean nobody."""
NAMESAKES = frozenset({"customers", "addresses"})
"""Tables in which the same words are more likely another person of the same name, or of the same house."""


def words(hub: "Hub", numbers: Sequence[int]) -> list[str]:
    """Give what some customers, who are one person, are called and reached by: small ASCII letters, as SQL folds."""
    found: set[str] = set()
    for row in hub.rows("erasing.said", {"ids": list(numbers)}):
        found |= {str(word) for word in row if word}
    return sorted(_small(word) for word in found if len(word) >= SHORTEST)


def _small(text: str) -> str:
    return re.sub("[A-Z]+", lambda match: match.group().lower(), text.strip())


# --------------------------------------------------------------------------------------------------- what goes with it


def views_gone(hub: "Hub", said: Sequence[str]) -> list[tuple[str, int]]:
    """Delete the saved views that look for the person, inside a change; give their rows, for the log to forget."""
    found = [row["id"] for row in hub.rows("erasing.views") if _holds(str(row["arguments"]), said)]
    for number in found:
        hub.run("erasing.view", {"id": number})
    return [("saved_views", number) for number in found]


def unsay(hub: "Hub", said: Sequence[str]) -> None:
    """Take the reasons of changes and the keys of requests that name the person away, inside a change."""
    for word in said:
        hub.run("erasing.reasons_naming", {"word": word})
        hub.run("erasing.keys_naming", {"word": word})


def _holds(text: str, said: Collection[str]) -> bool:
    return any(word in _small(text) for word in said)


# ------------------------------------------------------------------------------------------------------ what is listed


def elsewhere(hub: "Hub", numbers: Sequence[int]) -> list[str]:
    """Give the records of other customers that name the person, before it is erased: N7 of C12."""
    said = words(hub, numbers)
    return [name for table in schema.logged().values() for name in _naming(hub, table, numbers, said)]


def _naming(hub: "Hub", table: schema.Table, numbers: Sequence[int], said: Sequence[str]) -> Iterator[str]:
    columns = [c.name for c in table.columns if c.personal and not c.name.endswith(("_key", "sha256"))]
    if not columns or not said or table.name in NAMESAKES:
        return
    subject = table.subject.replace("$", "r")
    one = " OR ".join(f"instr(lower(r.{column}), ?)" for column in columns)
    listed = ", ".join(str(int(number)) for number in numbers)
    rows = hub.select(
        f"SELECT r.id, {subject} AS customer FROM {table.name} r"
        f" WHERE {subject} NOT IN ({listed}) AND ({' OR '.join([one] * len(said))}) ORDER BY r.id",
        [word for word in said for _ in columns],
    )
    for row in rows:
        yield f"{history.record_name(table.name, row['id'])} of C{row['customer']}"


def out_of_reach(hub: "Hub", numbers: Sequence[int]) -> list[str]:
    """Give the files that still hold the person: copies beside the database, backups, letters and logs of failures."""
    said, path = words(hub, numbers), hub.path
    beside = [p.name for p in path.parent.glob(f"{path.name}.*") if not p.name.endswith(("-wal", "-shm", ".lock"))]
    copies = sorted(_copies(hub))
    written = (*sorted(outbox.folder(hub).glob("**/*.eml")), *sorted(_state().glob("bug-*.log")))
    return [*sorted(beside), *(str(p) for p in (*copies, *(p for p in written if _names(p, said))))]


def _copies(hub: "Hub") -> set[Path]:
    """Give the backups of this database, and plain copies of it, in the folder of the latest one that it knows of."""
    from hubcli.operations import backup  # whose checks know of erasing

    row = hub.one("meta.get", {"key": "backup"})
    path = json.loads(row["value"]).get("path") if row else None
    if not path or not Path(path).parent.is_dir():
        return set()
    folder, uuid = Path(path).parent, sqlitefile.uuid_of(hub.path)
    found = {kept for kept, _ in backup.backups(folder, uuid)}
    found |= {copy for copy in (Path(path), *folder.glob("*.db")) if sqlitefile.uuid_of(copy) == uuid}
    return {copy for copy in found if copy.exists() and not copy.samefile(hub.path)}


def _state() -> Path:
    """Give the folder that the logs of failures are written into."""
    return Path(os.environ.get("XDG_STATE_HOME") or "~/.local/state").expanduser() / "hub"


def _names(path: Path, said: Sequence[str]) -> bool:
    """Tell whether a file holds one of the words; one that cannot be read may."""
    try:
        return _holds(path.read_text(encoding="utf-8", errors="replace"), said)
    except OSError:
        return True
