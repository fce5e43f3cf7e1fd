"""Reads a spreadsheet of duplicates whose column `decision` was filled in."""

import csv
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hubcli.errors import HubError, bad_value
from hubcli.operations import refs

if TYPE_CHECKING:
    from hubcli.store import Hub

WORDS = ("keep", "merge", "different")


class Decisions(NamedTuple):
    """What was decided: (survivor, others) for each group, and groups whose members are different customers."""

    merges: list[tuple[int, list[int]]]
    different: list[list[int]]


def read(hub: "Hub", path: Path) -> Decisions:
    """Read number, group and decision of each row; raise file_missing, or bad_value with the line."""
    groups: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file, dialect="excel-tab" if path.suffix.lower() == ".tsv" else "excel")
            missing = {"number", "group", "decision"} - set(rows.fieldnames or ())
            if missing:
                raise bad_value("--from", path.name, f"has no column {', '.join(sorted(missing))}")
            for row in rows:
                word = (row["decision"] or "").strip().lower()
                if word and word not in WORDS:
                    raise bad_value(
                        "decision", row["decision"], f"on line {rows.line_num} is not {', '.join(WORDS)}, nor empty"
                    )
                groups[row["group"]][word].append(refs.customer(hub, row["number"]))
    except FileNotFoundError:
        raise HubError("file_missing", file=path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise HubError("file_unreadable", file=path, why=str(error)) from None
    return _decided(groups)


def _decided(groups: dict[str, dict[str, list[int]]]) -> Decisions:
    found = Decisions([], [])
    for name, words in groups.items():
        keep, others = words.get("keep", []), words.get("merge", [])
        if others and len(keep) != 1:
            what = "no row says keep" if not keep else "several rows say keep"
            raise bad_value(
                "decision", f"group {name}", f"cannot be merged: {what}; write it beside the one that stays"
            )
        if others:
            found.merges.append((keep[0], others))
        for number in words.get("different", []):
            found.different.extend(
                [number, other] for other in (*keep, *others, *words["different"]) if other != number
            )
    return found
