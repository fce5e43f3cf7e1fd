"""Writes the whole of today's schema, as hub lays it, to vN.sql: `python tests/schemas/dump.py` after a new VERSION.

Old files are upgraded from these in tests; one whose version was released is not written anew.
"""

from pathlib import Path

from hubcli import schema


def main() -> None:
    """Write the dump of schema.VERSION beside this file."""
    head = (
        f"-- The whole of schema {schema.VERSION} as hub laid it, triggers included; old files are upgraded from here"
    )
    marks = f"PRAGMA application_id = {schema.APPLICATION_ID};\nPRAGMA user_version = {schema.VERSION};\n"
    whole = f"{head} in tests.\n{schema.text()}\n{schema.triggers()}\n{marks}"
    Path(__file__).with_name(f"v{schema.VERSION}.sql").write_text(whole, encoding="utf-8")


if __name__ == "__main__":
    main()
