"""Takes the money back to what was known at an instant: what was recorded later does not exist for what is read then.

The change log says what every row was. Rows that changed since stand, as they were, in temporary tables, and temporary
views of the tables' own names put them in place of the rows of today: every block then reads the books of that instant.
Nothing is written to the database, and nothing is locked.
"""

from typing import TYPE_CHECKING, Any

from hubcli import changelog
from hubcli.errors import bad_value

if TYPE_CHECKING:
    from hubcli.store import Hub

TABLES = (
    "documents", "document_lines", "line_services", "payments", "refunds", "adjustments", "returns", "return_lines",
    "line_repayments", "disputes", "wallet_entries",
)  # fmt: skip
"""The tables that money is worked out from. Names of customers and staff are those of today."""

CHARGES = ("delivery", "mileage", "trip", "shipping", "rush")
Rows = dict[int, dict[str, Any] | None]


def rewind(hub: "Hub", at: str, typed: str) -> None:
    """Let everything that is read from now on be as it was known at an instant, inclusive, for the life of `hub`.

    Raises bad_value for an instant before the opening state of the database, which the log does not itemise.
    """
    first = hub.one("known.first", {"at": at})
    if first is None or first["change"] is None:
        return
    if first["opening"]:
        raise bad_value("--known-at", typed, "is before this database was filled: what was known then is not in it")
    before = _before(hub, at)
    documents = before.pop("documents")
    for table, rows in before.items():
        if table == "document_lines":
            _nets(rows)
        _stand_in(hub, table, rows)
    for number, row in documents.items():
        if row is not None:
            _sums(hub, number, row)
    _stand_in(hub, "documents", documents)


def _nets(rows: Rows) -> None:
    """Work out the net of lines, as schema.sql says it."""
    for row in rows.values():
        if row is not None:
            gross = row["quantity"] * row["unit_price_cents"] * (10_000 - row["discount_rate"])
            row["net_cents"] = (gross + 5_000) // 10_000 - row["discount_cents"]


def _sums(hub: "Hub", number: int, row: dict[str, Any]) -> None:
    """Work out the kept sums and the total of a document."""
    sums = hub.one("known.sums", {"id": number})
    row |= dict(zip(sums.keys(), sums, strict=True)) if sums is not None else {}
    on_top = ("goods", "services", *(f"{name}_charge" for name in CHARGES), "tax")
    off = ("customer_discount", "rebate", "coupon", "gift_certificate")
    row["total_cents"] = sum(row[f"{n}_cents"] for n in on_top) - sum(row[f"{n}_cents"] for n in off)
    row["charged_cents"] = row["total_cents"] - row["returned_cents"] - row["adjusted_cents"]


def _before(hub: "Hub", at: str) -> dict[str, Rows]:
    """Give the rows that changed since, as they were; None for a row that was not there."""
    entries = list(hub.rows("known.entries", {"at": at, "tables": list(TABLES)}))
    touched: dict[str, set[int]] = {table: set() for table in TABLES}
    for entry in entries:
        touched[entry["tbl"]].add(entry["row_id"])
    found = {table: _now(hub, table, sorted(ids)) for table, ids in touched.items()}
    _with_parents(hub, found)
    for entry in entries:
        rows, row_id = found[entry["tbl"]], entry["row_id"]
        row = rows[row_id]
        if entry["operation"] == "insert":
            rows[row_id] = None
        elif entry["operation"] == "delete":
            rows[row_id] = {"id": row_id} | dict(changelog.image(entry["old"]))
        elif row is not None:
            row[entry["field"]] = changelog.value(entry["old"])
    _with_parents(hub, found)
    return found


def _now(hub: "Hub", table: str, ids: list[int]) -> Rows:
    """Give rows as they are now; None for one that is gone."""
    found: Rows = dict.fromkeys(ids)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ", ".join("?" * len(part))
        rows = hub.select(f"SELECT * FROM main.{table} WHERE id IN ({marks})", part)
        found |= {row["id"]: dict(zip(row.keys(), row, strict=True)) for row in rows}
    return found


def _with_parents(hub: "Hub", found: dict[str, Rows]) -> None:
    """Add the documents of rows that changed: their sums changed with them."""
    rows = [row for of_table in found.values() for row in of_table.values() if row is not None]
    parents = {row["document_id"] for row in rows if row.get("document_id") is not None}
    found["documents"] |= _now(hub, "documents", sorted(parents - found["documents"].keys()))


def _stand_in(hub: "Hub", table: str, rows: Rows) -> None:
    """Put rows as they were, and a view that shows them in place of those of today."""
    hub.stage(f"CREATE TEMP TABLE {table}_then AS SELECT * FROM main.{table} WHERE FALSE")
    hub.stage(f"CREATE TEMP TABLE {table}_touched (id INTEGER PRIMARY KEY)")
    columns = [row[1] for row in hub.select(f"SELECT * FROM pragma_table_info('{table}_then')")]
    kept = [[row.get(name) for name in columns] for row in rows.values() if row is not None]
    marks = ", ".join("?" * len(columns))
    hub.stage(f"INSERT INTO {table}_then VALUES ({marks})", iter(kept))
    hub.stage(f"INSERT INTO {table}_touched VALUES (?)", iter([(number,) for number in rows]))
    names = ", ".join(columns)
    hub.stage(
        f"CREATE TEMP VIEW {table} AS SELECT {names} FROM main.{table}"
        f" WHERE id NOT IN (SELECT id FROM temp.{table}_touched) UNION ALL SELECT {names} FROM temp.{table}_then"
    )
