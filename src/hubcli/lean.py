"""sqlite-utils without what hub never uses of it: work that it does while it is imported waits for its first use.

Importing sqlite_utils brings in click and dateutil's parser and compiles two long regular expressions, together more
than half of its cost. Stand-ins take their places while it is imported; each goes to the real thing when something of
it is used. This is the one place that reaches into how a dependency imports.
"""

import importlib
import re
import sys
from types import ModuleType
from typing import Any

LATER = ("click", "dateutil.parser")


class _StandIn(ModuleType):
    """A module that becomes the real one when something of it is used, after sqlite_utils was imported."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") or sys.modules.get(self.__name__) is self:
            if name[:1].isupper():
                return object  # a class named in an annotation while sqlite_utils is imported
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)


class _Pattern:
    """A regular expression of sqlite_utils, compiled when it is first used."""

    __slots__ = ("arguments", "compiled")

    def __init__(self, *arguments: Any) -> None:
        self.arguments = arguments
        self.compiled: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if self.compiled is None:
            self.compiled = re.compile(*self.arguments)
        return getattr(self.compiled, name)


def sqlite_utils() -> ModuleType:
    """Import sqlite_utils, or give it if it is there already."""
    present = sys.modules.get("sqlite_utils")
    if present is not None:
        return present
    missing = [name for name in LATER if name not in sys.modules]
    for name in missing:
        sys.modules[name] = _StandIn(name)
    compile_now = re.compile

    def compile_later(*arguments: Any) -> Any:
        mine = str(sys._getframe(1).f_globals.get("__name__")).startswith("sqlite_utils.")  # noqa: SLF001
        return _Pattern(*arguments) if mine else compile_now(*arguments)

    re.compile = compile_later  # type: ignore[assignment]  # it overloads
    try:
        return importlib.import_module("sqlite_utils")
    finally:
        re.compile = compile_now
        for name in missing:
            del sys.modules[name]
