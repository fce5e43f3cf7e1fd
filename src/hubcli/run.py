"""Runs one command line: streams, signals, and every end of a command as its exit code; never a traceback."""

import os
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

from hubcli.errors import EXIT_STOPPED, HubError


class Stopped(BaseException):
    """The process was told to stop; the exit code is 128 and the signal's number."""

    asked = 0
    """The signal that asked last; the database may tell of its own stop in its place ("interrupted")."""

    def __init__(self, number: int):
        super().__init__(number)
        self.exit = 128 + number


def run(arguments: list[str]) -> int:
    """Run `hub` with these arguments; give its exit code."""
    os.umask(0o077)
    _signals()
    _begin()
    style = _error_style(arguments)
    try:
        _streams()
        return _command(_checked(arguments))
    except HubError as error:
        return _told(error, style)
    except (KeyboardInterrupt, EOFError):
        _say(_stopped())
        return EXIT_STOPPED
    except Stopped as stopped:
        _say(_stopped())
        return stopped.exit
    except OSError as error:
        return _told(_output_error(error), style)
    except Exception as error:  # noqa: BLE001  # the last line of defence: one line, and a file with the rest
        return _told(_usage(error) or _bug(error), style)


def _stopped() -> str:
    """Tell what a stop left: nothing, or the change set that was committed before the signal came."""
    saved = _saved()
    return "hub: stopped; nothing was saved" if saved is None else f"hub: stopped; H{saved} was saved before"


def _saved() -> int | None:
    """Give the last change set that this command committed."""
    store = sys.modules.get("hubcli.store")
    return store.Hub.saved if store else None


def _begin() -> None:
    """Forget what an earlier command of this process committed."""
    if store := sys.modules.get("hubcli.store"):
        store.Hub.saved = None


def _command(arguments: list[str]) -> int:
    from hubcli import lean

    lean.typer()
    from hubcli.cli import root

    command = root()
    try:
        with command.make_context("hub", arguments) as ctx:
            code = command.invoke(ctx)
    except Exception as error:
        if type(error).__name__ == "Exit":
            code = getattr(error, "exit_code", 0)
        else:
            raise
    sys.stdout.flush()
    return code if isinstance(code, int) else 0


def _checked(arguments: list[str]) -> list[str]:
    """Refuse an argument that is not UTF-8, naming the byte."""
    from hubcli.errors import bad_value

    for place, argument in enumerate(arguments, 1):
        try:
            argument.encode("utf-8")
        except UnicodeEncodeError as error:
            offset = len(argument[: error.start].encode("utf-8"))
            raise bad_value(f"argument {place}", argument, f"is not valid UTF-8 at byte {offset}") from None
    return arguments


def _streams() -> None:
    """Write UTF-8 whatever the locale says; a closed stdout is an error of its own, told in one line."""
    if sys.stdout is None:
        raise HubError("failed_write", path="stdout", reason="it is closed")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")


def _signals() -> None:
    """Let a closed pipe end the process silently; make other requests to stop roll back first."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    Stopped.asked = number
    raise Stopped(number)


def _error_style(arguments: list[str]) -> str:
    pairs = zip(arguments, [*arguments[1:], ""], strict=False)
    return "json" if any(a == "--errors=json" or (a == "--errors" and b == "json") for a, b in pairs) else "text"


def _told(error: HubError, style: str) -> int:
    from hubcli import render

    saved = _saved()
    if saved is not None:
        error.after(saved)
    _say(render.error_text(error, style).rstrip("\n"))
    _discard_stdout()
    return 128 + Stopped.asked if error.slug == "stopped" and Stopped.asked else error.exit


def _say(text: str) -> None:
    if sys.stderr is not None:
        try:
            sys.stderr.write(text + "\n")
            sys.stderr.flush()
        except OSError:
            return  # nobody is left to tell


def _discard_stdout() -> None:
    """Keep what could not be written from being tried again when the interpreter ends."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _output_error(error: OSError) -> HubError:
    return HubError("failed_write", path=error.filename or "stdout", reason=error.strerror or str(error))


def _usage(error: Exception) -> HubError | None:
    """Give Typer's complaint about the command line in hub's own form."""
    if getattr(error, "exit_code", None) != 2 or not hasattr(error, "format_message"):
        return None
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "hub"
    message = error.format_message().strip().rstrip(".")
    near = getattr(error, "possibilities", None)
    if near:
        visible = [option for option in near if not option.startswith("--hub-")]
        message = f"{getattr(error, 'message', message).rstrip('.')}; did you mean {', '.join(visible)}?"
    return HubError("usage", why=message[:1].lower() + message[1:], help=f"{path} --help")


def _bug(error: Exception) -> HubError:
    """Write the traceback, without any value of a variable, to a file of its own and name it."""
    import tempfile
    import traceback

    folder = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")  # noqa: PTH111
    text = "".join(traceback.format_exception(error))
    try:
        os.makedirs(f"{folder}/hub", mode=0o700, exist_ok=True)  # noqa: PTH103
        handle, name = tempfile.mkstemp(".log", "bug-", f"{folder}/hub")
    except OSError:
        handle, name = tempfile.mkstemp(".log", "hub-bug-")
    with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(text)
    return HubError("bug", what=type(error).__name__, log=name)


def current() -> Any:
    """Give the Typer context of the command that runs."""
    from typer._click.globals import get_current_context

    return get_current_context()
