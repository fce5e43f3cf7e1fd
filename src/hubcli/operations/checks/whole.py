"""Checks of the file as a whole: what it says it is, its schema, SQLite's own opinion, the search index."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from hubcli import queries, schema, search, sqlitefile
from hubcli.operations.checks.base import Broken, View

INDEX_PARTS = ("config", "content", "data", "idx")
"""The tables that the search index is kept in."""
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def settings(view: View) -> Iterator[Broken]:
    """X03: application id, schema version, settings that are kept in the file, identity."""
    wanted: dict[str, object] = {
        "application_id": schema.APPLICATION_ID,
        "user_version": schema.VERSION,
        "encoding": "UTF-8",
        "auto_vacuum": 0,
    }
    if view.live:
        wanted["journal_mode"] = "wal"
    for name, value in wanted.items():
        found = view.conn.execute(f"PRAGMA {name}").fetchone()[0]
        if found != value:
            yield name, f"is {found}, not {value}"
    if not UUID.fullmatch(sqlitefile.meta(view.conn, "uuid") or ""):
        yield "uuid", "is missing: the file has no identity"


def schema_holds(view: View) -> Iterator[Broken]:
    """X02: every object of the schema, and none besides."""
    for difference in sqlitefile.differences(view.conn):
        yield f"{difference.kind} {difference.name}", f"is {difference.what}"


def integrity(view: View) -> Iterator[Broken]:
    """X01: the integrity check (all of it for backups and the full tier) and the references."""
    pragma = "quick_check" if view.quick else "integrity_check"
    for row in view.conn.execute(f"PRAGMA {pragma}"):
        for line in str(row[0]).splitlines():
            if line != "ok" and not line.startswith("*** in database"):
                yield "", line
    for row in view.conn.execute("PRAGMA foreign_key_check"):
        yield f"{row[0]} {row[1]}", f"refers to a row of {row[2]} that is not there"


def words(view: View) -> Iterator[Broken]:
    """R10: the folded words of customers, addresses and lines, and the trigrams made of them."""
    for row in view.rows("checks.words"):
        if row["folded"] != search.customer_text(row) or row["sort_name"] != search.sort_name(row["name"]):
            yield f"C{row['id']}", "the search index does not hold its words"
    for row in view.rows("checks.unowned_words"):
        yield f"customers {row['id']}", "the search index holds words of a customer that is not there"
    for row in view.rows("checks.places"):
        if (row["street_key"], row["city_key"]) != search.address_keys(row["line1"], row["line2"], row["city"]):
            yield f"addresses {row['id']}", "its folded street or city is not that of its text"
    for row in view.rows("checks.terms"):
        if row["folded"] != search.term_text(row["model"], row["description"]):
            yield f"line_terms {row['id']}", "its folded words are not those of its text"
    yield from _trigrams(view)


def _trigrams(view: View) -> Iterator[Broken]:
    """Ask the index itself. It answers only where it may write, so a copy of it is asked: nobody has to wait."""
    sqlite = sqlitefile.sqlite()
    with TemporaryDirectory(prefix="hub-") as folder:
        copy = Path(folder) / "index.db"
        _copy_index(view, copy)
        with closing(sqlitefile.connect(copy, write=True)) as conn:
            try:
                conn.execute(queries.find("checks.index_holds"))
            except sqlite.DatabaseError:
                yield "customer_search", "the search index is not that of its own text"


def _copy_index(view: View, copy: Path) -> None:
    """Make a file with the search index alone, read in one state of the database."""
    laid = re.search(r"^CREATE VIRTUAL TABLE customer_search [^;]+;", schema.text(), re.MULTILINE)
    sqlitefile.new_file(copy)
    with closing(sqlitefile.connect(copy, write=True)) as conn:
        conn.execute("PRAGMA synchronous = OFF")
        conn.execute("PRAGMA journal_mode = OFF")
        conn.execute(laid.group() if laid else "")
        conn.execute("ATTACH ? AS shop", (f"file:{quote(str(view.path.resolve()))}?mode=ro{view.as_it_is}",))
        conn.execute("BEGIN")
        for part in INDEX_PARTS:
            conn.execute(f"DELETE FROM main.customer_search_{part}")
            conn.execute(f"INSERT INTO main.customer_search_{part} SELECT * FROM shop.customer_search_{part}")
        conn.execute("COMMIT")
