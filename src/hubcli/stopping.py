"""When a request to stop comes too late."""

import signal


def deaf() -> None:
    """Let no signal end the process or change its exit code any more: what was asked for is as good as done."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
