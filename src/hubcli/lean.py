"""sqlite-utils without what hub never uses of it: click and dateutil's parser are imported only if something asks.

Importing sqlite_utils pulls both in at its top, a quarter of its cost. Stand-ins take their places while it is
imported and go to the real modules at the first use afterwards. This is the one place that reaches into how a
dependency imports.
"""

import importlib
import sys
from types import ModuleType

LATER = ("click", "dateutil.parser")


class _StandIn(ModuleType):
    """A module that becomes the real one when something of it is used, after sqlite_utils was imported."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") or sys.modules.get(self.__name__) is self:
            if name[:1].isupper():
                return object  # a class named in an annotation while sqlite_utils is imported
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


def sqlite_utils() -> ModuleType:
    """Import sqlite_utils, or give it if it is there already."""
    present = sys.modules.get("sqlite_utils")
    if present is not None:
        return present
    missing = [name for name in LATER if name not in sys.modules]
    for name in missing:
        sys.modules[name] = _StandIn(name)
    try:
        return importlib.import_module("sqlite_utils")
    finally:
        for name in missing:
            del sys.modules[name]
