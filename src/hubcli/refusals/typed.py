"""Refusals: what was typed, files, finding records, the database file."""

from hubcli.refusals.base import (
    EXIT_AMBIGUOUS,
    EXIT_BUSY,
    EXIT_CONDITION,
    EXIT_DATABASE,
    EXIT_FAILED,
    EXIT_NOT_FOUND,
    EXIT_REFUSED,
    EXIT_STOPPED,
    EXIT_USAGE,
    Refusal,
)

REFUSALS: dict[str, Refusal] = {
    # --- what was typed -------------------------------------------------------------------------------------------
    "bad_value": Refusal(EXIT_USAGE, "{field}: {value} {rule}"),
    # --- files that hub writes ------------------------------------------------------------------------------------
    "disk_full": Refusal(EXIT_FAILED, "{path} could not be written: {reason} ({free} free); nothing was changed"),
    "failed_write": Refusal(EXIT_FAILED, "{path} could not be written: {reason}; nothing was changed"),
    "output_refused": Refusal(EXIT_REFUSED, "{path} is not overwritten: {reason}"),
    # --- files that are imported ----------------------------------------------------------------------------------
    "file_missing": Refusal(EXIT_USAGE, "{file}: there is no such file"),
    "file_unreadable": Refusal(EXIT_FAILED, "{file} cannot be read: {why}"),
    "file_empty": Refusal(EXIT_USAGE, "{file} is empty: not even a header stands in it"),
    "not_a_table": Refusal(
        EXIT_USAGE, "{file} is not a table: {why}", ("save it as CSV, TSV, JSON, NDJSON or .xlsx and import that",)
    ),
    "sheet_missing": Refusal(EXIT_USAGE, "--sheet {sheet}: {file} has no such sheet; it has {sheets}"),
    "sheets_hidden": Refusal(EXIT_USAGE, "{file}: only hidden sheets hold anything: {sheets}"),
    "bad_encoding": Refusal(
        EXIT_USAGE,
        "{file}: byte {offset}, on line {line}, is not valid {encoding}",
        ("name the encoding, for example --encoding windows-1252",),
    ),
    "encoding_unknown": Refusal(
        EXIT_USAGE, "--encoding {encoding} is not known", ("--encoding utf-8, windows-1252, iso-8859-15 or utf-16",)
    ),
    "broken_quotes": Refusal(
        EXIT_USAGE,
        "{file}: a quote in the record that begins on line {line} is not closed, or not doubled inside a cell"
        " (noticed on line {noticed})",
        ("write a quote inside a cell twice and the cell between quotes",),
    ),
    "field_too_long": Refusal(
        EXIT_USAGE,
        "{file}: the record that begins on line {line} has a cell of more than {limit} characters",
        ("look for a quote on that line that is never closed",),
    ),
    "duplicate_header": Refusal(
        EXIT_USAGE, "{file}: the column {column} stands twice in the header", ("rename or remove one of the two",)
    ),
    "bad_json": Refusal(EXIT_USAGE, "{file}: line {line}: {why}", ("hub schema",)),
    "missing_extra": Refusal(EXIT_FAILED, "{what} needs a further package", ("pip install 'hubcli[{extra}]'",)),
    "layout_unknown": Refusal(
        EXIT_USAGE,
        "{file}: no known layout of {of} has these columns: {columns}{hint}",
        (
            "hub import {of} {typed} --write-profile mapping.toml",
            "hub import {of} {typed} --profile mapping.toml",
        ),
    ),
    "columns_unknown": Refusal(
        EXIT_USAGE,
        "{file}: not importable: {columns}",
        ("hub import {of} {typed} --ignore {column}", "hub export template {of}"),
    ),
    "differs": Refusal(EXIT_REFUSED, "{ref} is there already, and otherwise: {what}", ("hub find {ref}",)),
    "totals_differ": Refusal(
        EXIT_REFUSED,
        "{what} in {file} comes to {found}, not to {wanted}; nothing was read",
        ("correct the file, or the --expect-total",),
    ),
    "columns_missing": Refusal(
        EXIT_USAGE, "{file}: no column gives {fields}", ("hub import {of} {typed} --write-profile mapping.toml",)
    ),
    "profile_missing": Refusal(
        EXIT_USAGE, "--profile {profile}: no such layout of {of}", ("one of {known}, or a FILE.toml",)
    ),
    "bad_profile": Refusal(EXIT_USAGE, "{file}: {why}"),
    "orders_scattered": Refusal(
        EXIT_USAGE,
        "{file}: the rows of order {order} do not stand together: one is on line {line}, after other orders",
        ("sort the file by its order number",),
    ),
    "lines_unreadable": Refusal(EXIT_USAGE, "{file}: line {line} {why}; no order can be sure to have all its lines"),
    # --- what was typed, continued --------------------------------------------------------------------------------
    "usage": Refusal(EXIT_USAGE, "{why}", ("{help}",)),
    "needs_option": Refusal(EXIT_USAGE, "{what}"),
    # --- finding records ------------------------------------------------------------------------------------------
    "not_found": Refusal(EXIT_NOT_FOUND, "there is no {what} {ref}{near}"),
    "ambiguous": Refusal(EXIT_AMBIGUOUS, "{ref} fits {count:customer}: {candidates}", ("hub customers search {ref}",)),
    "no_rows": Refusal(EXIT_CONDITION, "no {what} matched"),
    # --- the database file ----------------------------------------------------------------------------------------
    "no_database": Refusal(
        EXIT_DATABASE,
        "there is no database at {path}",
        ("hub init", "hub demo", "hub import customers FILE --apply", "hub --db FILE …"),
    ),
    "database_exists": Refusal(EXIT_REFUSED, "{path} is there already and stays as it is", ("hub db info",)),
    "not_a_file": Refusal(EXIT_DATABASE, "{path} is {what}, not a database file"),
    "empty_file": Refusal(EXIT_DATABASE, "{path} is an empty file, not a hub database"),
    "not_sqlite": Refusal(EXIT_DATABASE, "{path} is not a database: it does not begin like one"),
    "not_a_hub": Refusal(EXIT_DATABASE, "{path} is a database of another program, not of hub"),
    "newer_database": Refusal(
        EXIT_DATABASE,
        "{path} was written by a newer hub (schema {version}; this hub knows {known})",
        ("pip install --upgrade hubcli",),
    ),
    "older_database": Refusal(EXIT_DATABASE, "{path} has schema {version} and cannot be upgraded here: {why}"),
    "damaged": Refusal(
        EXIT_DATABASE, "{path} is damaged: {why}; nothing was written to it", ("hub doctor", "hub db restore BACKUP -n")
    ),
    "not_readable": Refusal(
        EXIT_FAILED, "{path} may not be read: it belongs to user {owner}, mode {mode}", ("chmod u+rw {path}",)
    ),
    "read_only": Refusal(
        EXIT_FAILED, "{path} may not be written: {why}; nothing was changed", ("chmod u+w the file and its folder",)
    ),
    "network_disk": Refusal(
        EXIT_DATABASE, "{path} lies on a network disk ({kind}), where locks do not hold", ("keep it on a local disk",)
    ),
    "database_full": Refusal(
        EXIT_FAILED,
        "the disk is full, or a limit on file size was reached, at {path} ({free} bytes free); nothing was changed",
        ("free some space and run the command again",),
    ),
    "database_failed": Refusal(EXIT_FAILED, "the database could not do it: {why}; nothing was changed"),
    "busy": Refusal(
        EXIT_BUSY,
        "the database was busy for {seconds} s, held by {holder}; nothing was changed",
        ("run the command again, or with --timeout 60",),
    ),
    "job_running": Refusal(EXIT_BUSY, "another run of {job} is under way; nothing was changed"),
    "stopped": Refusal(EXIT_STOPPED, "stopped; nothing was saved"),
}
