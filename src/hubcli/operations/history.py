"""Reads the change log back as what a person can read: which record, which field, from what to what."""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli import changelog, schema
from hubcli.values import money

if TYPE_CHECKING:
    from hubcli.store import Hub

PREFIXES = {
    "customers": "C",
    "addresses": "A",
    "contacts": "K",
    "notes": "N",
    "payments": "P",
    "refunds": "F",
    "returns": "R",
    "line_repayments": "L",
    "statements": "S",
    "visits": "V",
    "designs": "D",
    "artwork_jobs": "W",
    "mails": "M",
}
SINGULAR = {"wallet_entries": "credit_entry", "staff": "staff", "terms": "terms"}
SAID = {"manager_id": "manager", "salesperson_id": "salesperson", "customer_id": "customer", "document_id": "document"}
PERCENT = frozenset({"discount_rate", "customer_discount_rate", "deposit_rate", "terms_deposit_rate"})
"""Columns in basis points."""
UNSAID = ("_key", "_digest")
"""Endings of columns that only repeat another one in a form for comparing."""


class Step(NamedTuple):
    """One field of one record: old and new as SQL values, None where there was none."""

    record: str
    field: str
    old: Any
    new: Any
    erased: bool


def record_name(table: str, row_id: int) -> str:
    """Give how a row is called: C12, A7, or settings 3."""
    return (
        f"{PREFIXES[table]}{row_id}"
        if table in PREFIXES
        else f"{SINGULAR.get(table, table[:-1])} {row_id}".replace("_", " ")
    )


def steps(entries: Iterable[Any]) -> Iterator[Step]:
    """Give the fields that log entries changed; an image becomes one step for each of its columns."""
    for entry in entries:
        record = record_name(entry["tbl"], entry["row_id"])
        if entry["digest"] is not None:
            yield Step(record, entry["field"] or entry["operation"], None, None, erased=True)
        elif entry["field"] is not None:
            yield Step(
                record, entry["field"], changelog.value(entry["old"]), changelog.value(entry["new"]), erased=False
            )
        else:
            old, new = changelog.image(entry["old"]), changelog.image(entry["new"])
            for name in old | new:
                yield Step(record, name, old.get(name), new.get(name), erased=False)


def shown(name: str, value: Any, staff: dict[int, str] | None = None) -> str | None:
    """Give a value as text: money as decimals, staff by login, none as None."""
    if value is None:
        return None
    if name in {"manager_id", "salesperson_id"} and staff is not None:
        return staff.get(value, str(value))
    for fits, form in FORMS:
        if fits(name):
            return form(value)
    return str(value)


FORMS: tuple[tuple[Callable[[str], bool], Callable[[Any], str]], ...] = (
    (lambda name: name.endswith("_cents"), money.show),
    (lambda name: name in PERCENT, money.show_percent),
    (lambda name: name in {"customer_id", "merged_into", "linked_id"}, lambda value: f"C{value}"),
    (lambda name: name in schema.flags(), lambda value: "yes" if value else "no"),
    (lambda name: name == "password_hash", lambda _: "(a password)"),
)
"""How the values of some columns are written, the first that fits."""


def field_name(name: str) -> str:
    """Give the name of a column as commands write it."""
    return SAID.get(name, name.removesuffix("_cents"))


def diff_rows(
    entries: Iterable[Any], staff: dict[int, str] | None = None
) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Give (record, field, old, new) as text for each field that entries changed."""
    for step in steps(entries):
        if step.erased:
            yield step.record, field_name(step.field), "(erased)", "(erased)"
        elif not step.field.endswith(UNSAID):
            name = step.field
            yield step.record, field_name(name), shown(name, step.old, staff), shown(name, step.new, staff)


def staff_logins(hub: "Hub") -> dict[int, str]:
    """Give the logins of everyone who works or worked here, by id."""
    return {row["id"]: row["login"] for row in hub.rows("staff.list")}


def of_customer(
    hub: "Hub", params: dict[str, object], fits: Callable[[Any], bool] = lambda _: True
) -> Iterator[tuple[Any, ...]]:
    """Give the changelog of `customers`, newest first: at, actor, change, command, reason, record, field, old, new.

    `fits` says which entries of the log are wanted.
    """
    staff = staff_logins(hub)
    wanted = params.get("named")
    for row in filter(fits, hub.rows("changes.of_customer", params)):
        for record, name, old, new in diff_rows([row], staff):
            if wanted is None or name == wanted:
                yield (row["at"], row["actor"], row["change"], row["command"], row["reason"], record, name, old, new)
