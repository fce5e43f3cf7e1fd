"""The outbox: a folder that letters are put into as files, for another program or a person to send."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hubcli.errors import HubError

if TYPE_CHECKING:
    from hubcli.store import Hub


def folder(hub: "Hub") -> Path:
    """Give the folder: the setting correspondence.outbox, beside the database where it is no whole path."""
    beside = hub.path.resolve().parent
    return beside / Path(hub.setting("correspondence.outbox") or "outbox").expanduser()


def write(hub: "Hub", name: str, data: bytes | str, under: str = "") -> Path:
    """Put a file there, whole or not at all, readable by its owner only; one of the same name is replaced.

    `under` is a folder in it. Raises outbox_failed.
    """
    place = folder(hub) / under
    path = place / name
    half = place / f".{name}.{os.getpid()}"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(half, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode())
        half.replace(path)
    except OSError as error:
        with suppress(OSError):
            half.unlink()
        raise HubError("outbox_failed", path=path, reason=error.strerror or str(error)) from error
    return path
