"""Merges customers: the survivor takes over every record of the others, row by row, and keeps its own details.

Which tables hold records of a customer is read from the schema, so a table that comes later is covered. Rows are
re-pointed, never summed and never deleted: what the survivor may have only once stays with the merged number, and the
preview says so.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli import changelog, schema
from hubcli.errors import HubError, bad_value
from hubcli.operations import belonging, history, undo
from hubcli.operations.customers import status
from hubcli.operations.customers.editing import head

if TYPE_CHECKING:
    from hubcli.store import Hub

PHONES = ("mobile", "home", "alternate")
BLANKS = (
    "company_name", "first_name", "last_name", "building_code", "email", "type", "source", "found_us", "manager_id",
)  # fmt: skip
"""Fields of the survivor that are filled where they are blank; phones and e-mail addresses are joined beside them."""
MARKS = ("on_hold", "tax_exempt")
"""What counts for the survivor too where it counts for another; the certificate of an exemption comes along."""
ALONE = ("discount_rate", "consent")
"""Fields that each has of its own: the survivor's stay, whatever the others have."""
KEYS = {"email": "email_key"} | {f"{phone}_phone": f"{phone}_key" for phone in PHONES}
STAYING = frozenset({("different_customers", "first_id"), ("different_customers", "second_id")})
"""References that stay as they are: that two customers are different is said of these two numbers."""


class Step(NamedTuple):
    """One thing a merge does: of which customer, to which records or field, how many, what is left behind."""

    source: int
    what: str
    moved: int
    kept: int = 0
    value: str | None = None
    field: str | None = None


def merge(hub: "Hub", survivor: int, others: Sequence[int], take: Collection[str] = ()) -> list[Step]:
    """Merge customers into the survivor inside a change; give what was done, for the preview and the answer.

    `take` names fields that come from the others whatever the survivor has. Raises merge_refused with the reason.
    """
    steps: list[Step] = []
    wanted = set(take)
    into = head(hub, survivor)
    _may_survive(into)
    for number in dict.fromkeys(others):
        _check(hub, survivor, number)
        details = list(_details(hub, survivor, number, wanted))
        wanted -= {step.field for step in details}  # the first of the others that has it
        steps += details
        _make_room(hub, survivor, number)
        for table, column in references():
            steps += _move(hub, table, column, number, survivor)
        hub.update(
            "customers",
            number,
            {"status": "deleted", "archived_at": None, "archived_by": None, "merged_into": survivor},
        )
    hub.run("customers.touch", {"id": survivor, "today": hub.day.today})
    return steps


def references() -> list[tuple[str, str]]:
    """Give (table, column) of every reference to a customer that a merge moves."""
    return [(t, c) for t, c, parent in schema.references() if parent == "customers" and (t, c) not in STAYING]


# ----------------------------------------------------------------------------------------------------- what is refused


def _refused(row: Any, why: str) -> HubError:
    return HubError("merge_refused", refs=(f"C{row['id']}",), ref=f"C{row['id']}", name=row["name"], why=why)


def _may_survive(row: Any) -> None:
    if row["status"] != "active":
        raise _refused(row, f"it is {row['status']}: what survives is active")


def _check(hub: "Hub", survivor: int, number: int) -> None:
    row = head(hub, number)
    if number == survivor:
        raise _refused(row, "it would be merged with itself")
    if row["status"] == "purged":
        raise _refused(row, "it is purged: nothing of it is left")
    if row["merged_into"] is not None:
        raise _refused(row, f"it was merged into C{row['merged_into']} already")
    if hub.one("merging.erasure", {"ids": [survivor, number]}) is not None:
        raise _refused(row, "one of them is to be erased")
    if hub.one("merging.linked", {"one": survivor, "other": number}) is not None:
        raise _refused(row, "one is a contact of the other: take the link away first")
    companies = [r["customer_id"] for r in hub.rows("merging.companies", {"ids": [survivor, number]})]
    if len(set(companies)) > 1:
        raise _refused(row, f"they are contacts of two companies, C{companies[0]} and C{companies[1]}")


# --------------------------------------------------------------------------------------------------------- its details


def _details(hub: "Hub", survivor: int, number: int, take: Collection[str]) -> Iterator[Step]:
    """Fill the survivor's blank fields, put phones and addresses that it lacks beside its own."""
    mine, theirs = head(hub, survivor), head(hub, number)
    fields: dict[str, Any] = {}
    for name in BLANKS:
        if theirs[name] is not None and (mine[name] is None or name in take):
            fields |= _with_key(theirs, name, name)
    fields |= {name: 1 for name in MARKS if theirs[name] > mine[name]}
    phones = _phones(mine, theirs, take)
    fields |= {name: value for name, value in phones.items() if mine[name] != value}
    if fields:
        hub.update("customers", survivor, fields)
    staff = history.staff_logins(hub)
    for name, value in fields.items():
        if not name.endswith("_key"):
            yield Step(number, history.field_name(name), 1, value=history.shown(name, value, staff), field=name)
    for name in (*BLANKS, *ALONE):
        if name not in {"email", *fields} and theirs[name] not in {mine[name], None}:
            yield Step(number, history.field_name(name), 0, 1, value=history.shown(name, theirs[name], staff))
    left = _left_email(mine, theirs, fields)
    if left is not None:
        have = {row["email_key"] for row in hub.rows("merging.emails", {"id": survivor})}
        if left[1] not in have:
            hub.insert("billing_emails", {"customer_id": survivor, "email": left[0], "email_key": left[1]})
            yield Step(number, "billing_email", 1, value=left[0])


def _with_key(row: Any, source: str, target: str) -> dict[str, Any]:
    """Give a field and the key that goes with it, under the survivor's names."""
    found = {target: row[source]}
    if source in KEYS:
        found[KEYS[target]] = row[KEYS[source]]
    return found


def _phones(mine: Any, theirs: Any, take: Collection[str]) -> dict[str, Any]:
    """Give the survivor's three phones with those of the other in the free places."""
    fields: dict[str, Any] = {}
    have = {mine[f"{phone}_key"] for phone in PHONES if mine[f"{phone}_key"]}
    free = [phone for phone in PHONES if not mine[f"{phone}_phone"]]
    for phone in PHONES:
        typed, key = theirs[f"{phone}_phone"], theirs[f"{phone}_key"]
        if not typed or key in have:
            continue
        if f"{phone}_phone" in take:
            fields |= {f"{phone}_phone": typed, f"{phone}_key": key}
        elif free:
            place = phone if phone in free else free[0]
            free.remove(place)
            fields |= {f"{place}_phone": typed, f"{place}_key": key}
        have.add(key)
    return fields


def _left_email(mine: Any, theirs: Any, fields: dict[str, Any]) -> tuple[str, str] | None:
    """Give the address that would be lost: the other's, or the survivor's own where the other's was taken."""
    if fields.get("email") and mine["email"]:
        return mine["email"], mine["email_key"]
    if theirs["email"] and not fields.get("email") and theirs["email_key"] != mine["email_key"]:
        return theirs["email"], theirs["email_key"]
    return None


# --------------------------------------------------------------------------------------------------------- its records


def _make_room(hub: "Hub", survivor: int, number: int) -> None:
    """Let the survivor's billing and default delivery addresses stand: the other's become former, or no default."""
    hub.run("merging.former_billing", {"survivor": survivor, "number": number, "today": hub.day.today})
    hub.run("merging.no_default", {"survivor": survivor, "number": number})


def _move(hub: "Hub", table: str, column: str, number: int, survivor: int) -> Iterator[Step]:
    """Re-point a table's rows from one customer to the other, except those the survivor has its own of."""
    clash = "".join(f" AND NOT {test}" for test in _clashes(table, column))
    params = {"number": number, "survivor": survivor}
    there = hub.select(f"SELECT count(*) AS n FROM {table} WHERE {column} = :number", params)[0]["n"]
    if not there:
        return
    hub.execute(f"UPDATE {table} SET {column} = :survivor WHERE {column} = :number{clash}", params)
    kept = hub.select(f"SELECT count(*) AS n FROM {table} WHERE {column} = :number", params)[0]["n"]
    yield Step(number, table.replace("_", " "), there - kept, kept)


def _clashes(table: str, column: str) -> Iterator[str]:
    """Give the tests for a row of the survivor's that a unique index would not let this one stand beside."""
    for columns, where in schema.unique_keys(table):
        names = columns.split(", ")
        if column in names:
            same = [f"k.{name} = {table}.{name}" for name in names if name != column]
            same += [schema.of_row(where, row) for row in ("k", table) if where]
            yield f"EXISTS (SELECT 1 FROM {table} k WHERE {' AND '.join([f'k.{column} = :survivor', *same])})"


# ------------------------------------------------------------------------------------------------------ taking it back


def unmerge(hub: "Hub", number: int) -> tuple[int, int, Sequence[undo.Conflict]]:
    """Put back exactly the rows that a merge moved from a customer, inside a change.

    Gives the change set of the merge, the rows put back and what was changed since and therefore stays. What came to
    the survivor later stays with it, except what hangs on a document that goes back. Raises not_merged; unmerge_order
    where the survivor was merged itself since; unmerge_credit where credit that came along was spent since.
    """
    row = head(hub, number)
    merged = hub.one("merging.change", {"id": number})
    if row["merged_into"] is None or merged is None:
        raise HubError("not_merged", ref=f"C{number}", name=row["name"])
    survivor = int(row["merged_into"])
    into = int(merged["into_id"])
    if into != survivor:
        told = {"ref": f"C{number}", "name": row["name"], "first": f"C{into}", "into": f"C{survivor}"}
        raise HubError("unmerge_order", refs=(f"C{into}",), **told)
    moved = {
        (entry["tbl"], entry["row_id"])
        for entry in hub.rows("changes.entries", {"change": merged["change_id"]})
        if _is_of(entry, row)
    }
    count, conflicts = undo.take_back(
        hub, merged["change_id"], skip_conflicts=True, pick=lambda e: _picked(e, row, survivor, moved)
    )
    documents = hub.rows("documents.of_customers", {"ids": [survivor, number]})
    belonging.follow(hub, [document["id"] for document in documents])
    spent = hub.one("merging.below_zero", {"ids": [survivor, number]})
    if spent is not None:
        owner = f"C{spent['customer_id']}"
        raise HubError("unmerge_credit", refs=(owner,), ref=f"C{number}", name=row["name"], owner=owner)
    return int(merged["change_id"]), count, conflicts


def _is_of(entry: Any, row: Any) -> bool:
    """Tell whether an entry of the merge's change set moved a record of this customer."""
    if entry["operation"] == "update":
        return (entry["tbl"], entry["field"]) in set(references()) and changelog.value(entry["old"]) == row["id"]
    theirs = row["email_key"] is not None and changelog.image(entry["new"]).get("email_key") == row["email_key"]
    return bool(entry["tbl"] == "billing_emails" and theirs)


def _picked(entry: Any, row: Any, survivor: int, moved: Collection[tuple[str, int]]) -> bool:
    """Tell whether an entry is undone with this customer: its own row, its records, the fields it filled."""
    if entry["tbl"] == "customers" and (entry["tbl"], entry["row_id"]) not in moved:
        if entry["row_id"] == row["id"]:
            return True
        name = entry["field"]
        filled = entry["row_id"] == survivor and name not in {None, "touched_on"}
        return filled and changelog.value(entry["new"]) in _details_of(row, name)
    return (entry["tbl"], entry["row_id"]) in moved


def _details_of(row: Any, name: str) -> set[Any]:
    """Give what this customer can have filled a field of the survivor with: a phone may stand in another place."""
    for ending in ("_phone", "_key"):
        if name.removesuffix(ending) in PHONES:
            return {row[f"{phone}{ending}"] for phone in PHONES}
    return {row[name]}


def check_take(names: Sequence[str]) -> list[str]:
    """Give the fields of --take in their stored form; raise bad_value."""
    from hubcli.values import words

    known = [*(history.field_name(name) for name in BLANKS), *(f"{phone}_phone" for phone in PHONES)]
    found = []
    for typed in names:
        name = typed.strip().lower().replace("-", "_")
        if name not in known:
            raise bad_value("--take", typed, f"is not a field: {', '.join(words.near(name, known) or known)}")
        found.append("manager_id" if name == "manager" else name)
    return found


def in_words(steps: Sequence[Step]) -> str:
    """Give what a merge does in words, a line for each record or field."""
    lines = []
    for step in steps:
        left = f"; {step.kept} stay with C{step.source}" if step.kept else ""
        if step.value is not None:
            lines.append(f"  C{step.source}  {step.what}: {step.value}{'' if step.moved else ' stays behind'}")
        else:
            lines.append(f"  C{step.source}  {step.what}: {step.moved} move{left}")
    return "\n".join(lines) or "  nothing but the number: neither records nor details"


def open_work_of(hub: "Hub", numbers: Sequence[int]) -> str:
    """Give the active quotes and orders that move, in words."""
    return ", ".join(filter(None, (status.in_words(status.open_work(hub, number)) for number in numbers)))
