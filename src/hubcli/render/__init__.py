"""The only place where data is formatted or printed: screens, TSV, CSV, JSON, xlsx."""

from hubcli.render.columns import ASKED, Column, cell
from hubcli.render.guard import guard, unguard
from hubcli.render.messages import error, error_text, say
from hubcli.render.output import TERMINAL_LIMIT, check, no_rows, write
from hubcli.render.results import ALL, Listing, Output, Record, Section

__all__ = [
    "ALL",
    "ASKED",
    "TERMINAL_LIMIT",
    "Column",
    "Listing",
    "Output",
    "Record",
    "Section",
    "cell",
    "check",
    "error",
    "error_text",
    "guard",
    "no_rows",
    "say",
    "unguard",
    "write",
]
