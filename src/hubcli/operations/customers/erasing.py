"""Erases people: no byte of them is left in tables, change log, search index or files kept; figures stay.

Which columns are personal is read from schema.sql. The values go from the log too, their digests stay and the key of
the person is thrown away: the chain still verifies, and nobody can test guesses against it. Merged numbers are
followed. What hub cannot reach (backups, files exported) is listed.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli import changelog, schema
from hubcli.errors import HubError
from hubcli.operations import refs
from hubcli.operations.customers import naming, recognising
from hubcli.operations.customers.editing import head
from hubcli.operations.customers.status import in_words, open_work
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

GONE = ("billing_emails", "contacts", "external_ids", "field_values", "logins")
"""Tables whose rows say nothing once nothing personal is left of them: they go whole."""
STAND_INS = {
    ("addresses", "zip"): "substr(zip, 1, 3)",  # with state and country it proves the place of tax
    ("statements", "content"): "'{}'",
    ("files", "sha256"): "''",
}
"""What stands in the place of a value; otherwise nothing, or "erased N" where a column must hold something."""


class Erased(NamedTuple):
    """What was erased: the numbers, merged ones followed, rows for each table, entries of the log."""

    numbers: list[int]
    rows: dict[str, int]
    entries: int


# ---------------------------------------------------------------------------------------------- what stands in the way


def obstacles(hub: "Hub", number: int) -> list[str]:
    """Give what only delays an erasure, in words: open work and money, a period for which the law keeps invoices."""
    found = []
    row = head(hub, number)
    work = open_work(hub, number)
    if work:
        found.append(in_words(work))
    if row["credit_cents"]:
        found.append(f"{money.show(row['credit_cents'])} of customer credit")
    if row["owed_cents"] > 0:
        found.append(f"{money.show(row['owed_cents'])} owed")
    until = kept_until(hub, number)
    if until is not None and until >= hub.day.today:
        found.append(f"invoices that are kept until {until}")
    return found


def kept_until(hub: "Hub", number: int) -> str | None:
    """Give the last day of the legal period of a customer's invoices; None where no setting asks for one."""
    years = int(hub.setting("privacy.keep_years"))
    last = hub.one("erasing.last_invoice", {"ids": refs.family(hub, number)})
    if not years or last is None or last["day"] is None:
        return None
    return f"{int(last['day'][:4]) + years}-12-31"  # to the end of that year, as tax law counts


def refuse(hub: "Hub", number: int) -> None:
    """Raise erase_delayed while something stands in the way, erased_already."""
    row = head(hub, number)
    if row["status"] == "purged":
        raise HubError("erased_already", ref=f"C{number}")
    why = obstacles(hub, number)
    if why:
        raise HubError("erase_delayed", refs=(f"C{number}",), ref=f"C{number}", name=row["name"], why="; ".join(why))


# ------------------------------------------------------------------------------------------------------------ requests


def request(hub: "Hub", number: int, due: str) -> None:
    """Note that a person asked to be forgotten, by a day: the customer is deleted until then, inside a change."""
    row = head(hub, number)
    if row["status"] == "purged":
        raise HubError("erased_already", ref=f"C{number}")
    if hub.one("merging.erasure", {"ids": [number]}) is None:
        values = {"requested_on": hub.day.today, "due_on": due, "recorded_at": hub.day.at}
        hub.insert("erasures", {"customer_id": number, **values})
    if row["status"] != "deleted":
        hub.update("customers", number, {"status": "deleted", "archived_at": None, "archived_by": None})


def withdraw(hub: "Hub", number: int) -> None:
    """Take a request back, inside a change; raise no_request."""
    open_ = hub.one("merging.erasure", {"ids": [number]})
    if open_ is None:
        raise HubError("no_request", ref=f"C{number}")
    hub.update("erasures", open_["id"], {"withdrawn_on": hub.day.today})


# ------------------------------------------------------------------------------------------------------------- erasing


def erase(hub: "Hub", number: int, *, again: bool = False) -> Erased:
    """Erase a person, inside a change of purpose `erase`; raise erase_delayed, erased_already.

    `again` asks nothing: in a restored backup, where they were erased since.
    """
    if not again:
        refuse(hub, number)
    numbers = refs.family(hub, number)
    rows: dict[str, int] = {}
    said, marks = naming.words(hub, numbers), recognising.hashes(hub, numbers)
    moved = [*_moved_in(hub, numbers), *_unlinked(hub, numbers)]
    for one in numbers:  # first: only a purged customer may have no name
        hub.update("customers", one, {"status": "purged", "archived_at": None, "archived_by": None})
    for table in schema.logged().values():
        if any(column.personal for column in table.columns):
            count = _blank(hub, table, numbers)
            if count:
                rows[table.name] = count
    hub.run("erasing.contents")
    _note_done(hub, number, marks)
    moved += naming.views_gone(hub, said)
    entries = _forget(hub, numbers, moved)
    naming.unsay(hub, said)
    return Erased(numbers, rows, entries)


def _note_done(hub: "Hub", number: int, marks: str | None) -> None:
    request_ = hub.one("merging.erasure", {"ids": [number]})
    if request_ is not None:
        hub.update("erasures", request_["id"], {"erased_on": hub.day.today, "hashes": marks})
        return
    days = {"requested_on": hub.day.today, "due_on": hub.day.today, "erased_on": hub.day.today, "hashes": marks}
    hub.insert("erasures", {"customer_id": number, **days, "recorded_at": hub.day.at})


def _blank(hub: "Hub", table: schema.Table, numbers: Sequence[int]) -> int:
    """Take the personal values out of a table's rows about these customers; give how many rows there were."""
    ids = [row["id"] for row in hub.select(_about(table, numbers))]
    marks = [(row_id,) for row_id in ids]
    if table.name in GONE:
        hub.executemany(f"DELETE FROM {table.name} WHERE id = ?", marks)
        return len(ids)
    required = {row["name"] for row in hub.select(f"PRAGMA table_info({table.name})") if row["notnull"]}
    sets = ", ".join(f"{c.name} = {_stand_in(table.name, c.name, required)}" for c in table.columns if c.personal)
    hub.executemany(f"UPDATE {table.name} SET {sets} WHERE id = ?", marks)
    return len(ids)


def _about(table: schema.Table, numbers: Sequence[int]) -> str:
    """Give the SELECT of a table's rows about these customers, by the subject that the log has."""
    listed = ", ".join(str(int(number)) for number in numbers)
    return f"SELECT r.id FROM {table.name} r WHERE {table.subject.replace('$', 'r')} IN ({listed})"


def _stand_in(table: str, column: str, required: set[str]) -> str:
    if (table, column) in STAND_INS:
        return STAND_INS[table, column]
    return "'erased ' || id" if column in required else "NULL"


def _moved_in(hub: "Hub", numbers: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Give the rows that once belonged to other customers: their entries stand under those."""
    for row in hub.rows("erasing.moved_in", {"ids": list(numbers)}):
        yield row["tbl"], row["row_id"]


def _unlinked(hub: "Hub", numbers: Sequence[int]) -> Iterator[tuple[str, int]]:
    """Take the persons off the companies that they buy for; give the rows, whose entries stand under the companies."""
    for row in list(hub.rows("erasing.links", {"ids": list(numbers)})):
        hub.run("customers.remove_contact", {"id": row["id"]})
        yield "contacts", row["id"]


def _forget(hub: "Hub", numbers: Sequence[int], moved: Sequence[tuple[str, int]]) -> int:
    """Take the personal values, the keys and the reasons out of the change log; give how many entries that were."""
    ids = {"ids": list(numbers)}
    entries = [*hub.rows("erasing.entries", ids), *hub.rows("erasing.entries_of_merges", ids)]
    entries += [entry for entry in hub.rows("erasing.open_entries", ids) if _personal_now(entry)]
    for table, row_id in moved:
        entries += hub.rows("erasing.entries_of_row", {"tbl": table, "row_id": row_id})
    entries = list({entry["seq"]: entry for entry in entries}.values())
    keys = changelog.new_keys()
    hub.executemany(
        "UPDATE changelog SET old = NULL, new = NULL, digest = ? WHERE seq = ?",
        ((changelog.digest(entry, keys), entry["seq"]) for entry in entries),
    )
    hub.run("erasing.reasons", ids)
    hub.run("erasing.idempotency", ids)
    hub.run("erasing.keys", ids)
    return len(entries)


def _personal_now(entry: Any) -> bool:
    """Tell whether an entry of the log holds a column that was not personal yet when it was written."""
    table = schema.tables().get(entry["tbl"])
    named = {entry["field"]} if entry["field"] else {*changelog.image(entry["old"]), *changelog.image(entry["new"])}
    return table is not None and any(column.personal and column.name in named for column in table.columns)


# ---------------------------------------------------------------------------------------------------------- afterwards


def scrub(hub: "Hub") -> bool:
    """Take what SQLite itself still holds out of the file and its log; give False when a reader stood in the way.

    Words stay in a full-text index until it is merged, deleted cells in pages until they are written anew.
    """
    hub.upkeep("customers erase", [("INSERT INTO customer_search (customer_search) VALUES ('optimize')", ())])
    return hub.vacuum()
