"""Files kept in the database: the bytes once for each content, a row for each time they are attached."""

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hubcli.errors import HubError, bad_value
from hubcli.values import text

if TYPE_CHECKING:
    from hubcli.store import Hub

KINDS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"%PDF-": "application/pdf",
    b"BM": "image/bmp",
    b"PK\x03\x04": "application/zip",
}
"""What the first bytes of a file say that it is."""


class Attachment(NamedTuple):
    """A file read from disk: its name, what it is, its bytes and their SHA-256."""

    name: str
    media_type: str
    content: bytes
    sha256: str


def read(path: Path, limit_mb: int) -> Attachment:
    """Read a file that is to be kept; raise file_missing, file_unreadable, bad_value for an empty or a large one."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise bad_value("file", path, "is no file")
        if size > limit_mb * 1024 * 1024:
            raise bad_value("file", path.name, f"has {size:,} bytes: at most {limit_mb} MB are kept (files.limit_mb)")
        content = path.read_bytes()
    except FileNotFoundError:
        raise HubError("file_missing", file=path) from None
    except OSError as error:
        raise HubError("file_unreadable", file=path, why=error.strerror or str(error)) from None
    if not content:
        raise bad_value("file", path.name, "is empty")
    return Attachment(
        text.name(path.name, "file name", code=True), media_type(path.name, content), content, _digest(content)
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def media_type(name: str, content: bytes) -> str:
    """Give what a file is, by its first bytes, else by its name."""
    for start, kind in KINDS.items():
        if content.startswith(start):
            return kind
    import mimetypes

    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def safe_name(number: str, called: str | None, original: str | None) -> str:
    """Give a name for a file that is written out: its number, what it is called in plain letters, its ending.

    Nothing that was typed gets into it but letters a-z, digits and hyphens.
    """
    plain = re.sub(r"[^a-z0-9]+", "-", text.fold(Path(called or "").stem)).strip("-")[:60]
    ending = re.sub(r"[^a-z0-9]", "", Path(original or "").suffix.lower())[:8]
    return "-".join(filter(None, (number, plain))) + (f".{ending}" if ending else "")


def limit(hub: "Hub") -> int:
    """Give how large a file may be, in MB."""
    return int(hub.setting("files.limit_mb"))


def keep(hub: "Hub", customer: int, file: Attachment, note: int | None = None) -> int:
    """Keep a file for a customer inside a change; give its number. The same bytes are stored once."""
    hub.run("files.store", {"sha256": file.sha256, "content": file.content})
    return hub.insert(
        "files",
        {
            "customer_id": customer,
            "name": file.name,
            "media_type": file.media_type,
            "size": len(file.content),
            "sha256": file.sha256,
            "note_id": note,
            "added_on": hub.day.today,
            "added_by": hub.who.actor,
        },
    )


def content(hub: "Hub", number: int) -> Any:
    """Give a file with its bytes; raise not_found, or file_vanished where they are gone or altered."""
    row = hub.one("files.one", {"id": number})
    if row is None:
        raise HubError("not_found", what="file", ref=str(number), near="")
    if row["content"] is None or _digest(row["content"]) != row["sha256"]:
        raise HubError("file_vanished", name=text.visible(row["name"] or str(number)))
    return row
