"""The guard of --excel: a spreadsheet takes a guarded cell as text, and `unguard` gives back exactly what was there."""

GUARDED = frozenset("=+-@\t\r'")
"""First characters that a spreadsheet may run as a formula, and the guard itself, so that guarding can be undone."""

UNGUARDED_KINDS = frozenset({"money", "count", "percent", "rate", "date", "instant", "bool"})
"""Kinds that hub itself writes, never a user: `-5.00` stays a number."""


def guard(cell: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{cell}" if cell[:1] in GUARDED else cell


def unguard(cell: str) -> str:
    """Undo `guard`; text that was never guarded and holds no such prefix stays as it is."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in GUARDED else cell
