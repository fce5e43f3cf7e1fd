"""Mail that came, or that somebody here wrote elsewhere: read from .eml and mbox files."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from hubcli.errors import HubError
from hubcli.values.text import masked

LONGEST = 100_000
"""So many characters of a body are kept."""


class Arrived(NamedTuple):
    """A mail from outside: who wrote it to whom, when (UTC), what it says, which mails it answers (their ids)."""

    sender: str
    to: tuple[str, ...]
    subject: str
    body: str
    message_id: str
    at: str
    answers: tuple[str, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address on it, the sender's first."""
        return (self.sender, *self.to)


def read(path: Path, at: str) -> Iterator[Arrived]:
    """Give the mails of an .eml or an mbox file; one without a date came now (`at`).

    Raises file_missing, file_unreadable, not_a_mail.
    """
    import mailbox
    from email import message_from_bytes, policy

    try:
        with path.open("rb") as file:
            many = file.read(5) == b"From "
        if many:
            box = mailbox.mbox(path, create=False)
            try:
                for found in box:
                    content = bytes(found)
                    yield _arrived(message_from_bytes(content, policy=policy.default), content, at)
            finally:
                box.close()
            return
        content = path.read_bytes()
    except FileNotFoundError:
        raise HubError("file_missing", file=path) from None
    except OSError as error:
        raise HubError("file_unreadable", file=path, why=error.strerror or str(error)) from None
    mail = message_from_bytes(content, policy=policy.default)
    if not _header(mail, "From"):
        raise HubError("not_a_mail", file=path)
    yield _arrived(mail, content, at)


def _arrived(found: Any, content: bytes, at: str) -> Arrived:
    from email.utils import getaddresses
    from hashlib import blake2b

    senders, to = (
        [address for _, address in getaddresses([_header(found, name) for name in names]) if address]
        for names in (("From",), ("To", "Cc"))
    )
    known_as = _header(found, "Message-ID") or f"<{blake2b(content, digest_size=16).hexdigest()}@no-message-id>"
    answers = re.findall(r"<[^<>\s]+>", f"{_header(found, 'In-Reply-To')} {_header(found, 'References')}")
    return Arrived(
        senders[0] if senders else "", tuple(dict.fromkeys(to)), masked(_header(found, "Subject")),
        masked(_body(found)), known_as, _when(_header(found, "Date"), at), tuple(dict.fromkeys(answers)),
    )  # fmt: skip


def _header(found: Any, name: str) -> str:
    """Give a header as one line of text, whatever its bytes are; empty where there is none."""
    try:
        value = str(found[name] or "")
    except Exception:  # noqa: BLE001  # Python's parser trips over some malformed headers
        value = next((str(raw) for key, raw in found.raw_items() if key.lower() == name.lower()), "")
    line = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(sign for sign in " ".join(line.split()) if sign.isprintable())[:500]


def _body(found: Any) -> str:
    """Give the text of a mail, HTML as text, with the names of the files that came along; control characters go."""
    try:
        part = found.get_body(preferencelist=("plain", "html"))
        files = [part.get_filename() or part.get_content_type() for part in found.iter_attachments()]
    except (AttributeError, KeyError, TypeError, ValueError):  # parts that contradict each other
        part, files = found, []
    text = "" if part is None or part.is_multipart() else _content(part)
    if part is not None and part.get_content_type() == "text/html":
        text = _plain(text)
    kept = "".join(sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or sign.isprintable()).strip()
    named = "\n".join(f"[file: {' '.join(str(name).split())}]" for name in files)
    return "\n\n".join(filter(None, (kept[:LONGEST], named)))


def _content(part: Any) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeError, ValueError):
        return (part.get_payload(decode=True) or b"").decode("utf-8", "replace")


class _Plain(HTMLParser):
    """Takes the text out of HTML: a line for each paragraph, nothing of styles and scripts."""

    BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "table", "blockquote"})
    SILENT = frozenset({"style", "script", "head", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, _attributes: Any) -> None:
        self.silent += tag in self.SILENT
        if tag in self.BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in self.SILENT and self.silent > 0

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def _plain(html: str) -> str:
    reader = _Plain()
    reader.feed(html)
    lines = [line.strip() for line in "".join(reader.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _when(value: str, at: str) -> str:
    import datetime as dt
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        return aware.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    except (TypeError, ValueError, OverflowError):
        return at
