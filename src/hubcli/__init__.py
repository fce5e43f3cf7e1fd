"""hub: the back office of a shop in one SQLite file and one command."""

__version__ = "0.1.0"
