"""Dependencies without what hub seldom uses of them: modules that they import for other uses wait until then.

Importing typer and sqlite_utils brings in dozens of modules (subprocess, OpenSSL's hashes, plugins, dates …) and
compiles long regular expressions; that is most of what a short command costs. Stand-ins take their places while the
dependency is imported; each goes to the real thing when something of it is used. This is the one place that reaches
into how a dependency imports.
"""

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

OF_TYPER = (
    "bz2", "difflib", "gettext", "ipaddress", "lzma", "shellingham", "subprocess", "textwrap", "tokenize", "traceback",
    "typer.completion", "zlib",
)  # fmt: skip
OF_SQLITE_UTILS = (
    "base64", "click", "dateutil", "hashlib", "json", "secrets", "sqlite_fts4",
    "sqlite_utils.create_table_parser", "sqlite_utils.hookspecs", "sqlite_utils.migrations", "sqlite_utils.plugins",
    "textwrap",
)  # fmt: skip


class _Later:
    """Something of a module that is imported when it is called, asked for an attribute or compared with."""

    __slots__ = ("module", "name")

    def __init__(self, module: str, name: str) -> None:
        self.module = module
        self.name = name

    def real(self) -> Any:
        """Give the thing itself."""
        if isinstance(sys.modules.get(self.module), _StandIn):
            del sys.modules[self.module]  # needed after all, while the dependency is imported
        module = importlib.import_module(self.module)
        found = getattr(module, self.name, None)
        return importlib.import_module(f"{self.module}.{self.name}") if found is None else found

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.real()(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real(), name)

    def __instancecheck__(self, value: object) -> bool:
        return isinstance(value, self.real())

    def __or__(self, _other: object) -> "_Later":
        return self  # in an annotation

    __ror__ = __or__


class _StandIn(ModuleType):
    """A module of which everything comes later."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)  # what the import system asks of a module
        if sys.modules.get(self.__name__) is self:
            return _Later(self.__name__, name)
        return getattr(importlib.import_module(self.__name__), name)


class _Pattern:
    """A regular expression of a dependency, compiled when it is first used."""

    __slots__ = ("arguments", "compiled")

    def __init__(self, *arguments: Any) -> None:
        self.arguments = arguments
        self.compiled: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        if self.compiled is None:
            self.compiled = re.compile(*self.arguments)
        return getattr(self.compiled, name)


@contextmanager
def _waiting(names: tuple[str, ...], patterns: tuple[str, ...]) -> Iterator[None]:
    """Let the modules of these names, and the patterns of the modules that begin so, wait for their use."""
    missing = [name for name in names if name not in sys.modules]
    for name in missing:
        sys.modules[name] = _StandIn(name)
    compile_now: Callable[..., Any] = re.compile

    def compile_later(*arguments: Any) -> Any:
        mine = str(sys._getframe(1).f_globals.get("__name__")).startswith(patterns)  # noqa: SLF001
        return _Pattern(*arguments) if mine else compile_now(*arguments)

    re.compile = compile_later  # type: ignore[assignment]  # it overloads
    try:
        yield
    finally:
        re.compile = compile_now
        for name in missing:
            if isinstance(sys.modules.get(name), _StandIn):
                del sys.modules[name]


def typer() -> None:
    """Import typer, unless it is there already."""
    if "typer" not in sys.modules:
        with _waiting(OF_TYPER, ("typer.", "platform")):
            importlib.import_module("typer")


def sqlite_utils() -> ModuleType:
    """Import sqlite_utils, or give it if it is there already."""
    present = sys.modules.get("sqlite_utils")
    if present is not None:
        return present
    with _waiting(OF_SQLITE_UTILS, ("sqlite_utils.",)):
        return importlib.import_module("sqlite_utils")
