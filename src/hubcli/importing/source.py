"""The bytes of a file to import: opened, unpacked, their encoding found, and watched as they pass."""

import codecs
import gzip
import io
import sys
import zlib
from pathlib import Path
from typing import IO, NamedTuple, cast

from hubcli.errors import HubError

HEAD = 64 * 1024  # detection looks at no more than this
BLOCK = 256 * 1024

_MARKS = (  # utf-32 first: its mark begins with that of utf-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Encoding(NamedTuple):
    """An encoding by Python's name, how many bytes its mark takes, and whether it was assumed, not known."""

    codec: str
    mark: int = 0
    assumed: bool = False


def open_bytes(path: str | Path) -> tuple[IO[bytes], str]:
    """Open a file or, for "-", stdin; give the unpacked byte stream and the name to call it by."""
    if str(path) == "-":
        raw, name = sys.stdin.buffer, "stdin"
    else:
        raw, name = _open_file(Path(path)), str(path)
    stream = raw if hasattr(raw, "peek") else io.BufferedReader(raw)  # type: ignore[type-var]
    if stream.peek(2)[:2] == b"\x1f\x8b":
        return cast("IO[bytes]", _Unpacked(stream)), name
    return stream, name


class _Unpacked(gzip.GzipFile):
    """A packed file that closes what it was made from, too."""

    def __init__(self, packed: IO[bytes]) -> None:
        """Unpack while reading."""
        self._packed = packed
        super().__init__(fileobj=packed, mode="rb")

    def close(self) -> None:
        """Close both."""
        super().close()
        self._packed.close()


def _open_file(path: Path) -> io.BufferedReader:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise HubError("file_missing", file=path) from None
    except OSError as error:
        raise HubError("file_unreadable", file=path, why=error.strerror or error) from None


def find_encoding(head: bytes, *, whole: bool, name: str) -> Encoding:
    """Find the encoding from the first bytes; refuse what is not text, or broken UTF-8, with the byte offset.

    `whole` says that these are all bytes of the file.
    """
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return Encoding(codec, len(mark))
    if (wide := _wide(head)) is not None:
        return Encoding(wide, assumed=True)
    nuls = head.count(0)
    if nuls > 8 and nuls * 50 > len(head):
        raise HubError("not_a_table", file=name, why="it is not a text file")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=whole)
    except UnicodeDecodeError as error:
        if _like_windows(head):
            return Encoding("cp1252", assumed=True)
        line = head[: error.start].count(b"\n") + 1
        raise HubError("bad_encoding", file=name, line=line, offset=error.start, encoding="UTF-8") from None
    return Encoding("utf-8")


def _wide(head: bytes) -> str | None:
    """Recognise UTF-16 without a mark: in most languages every other byte is 0."""
    half = len(head) // 2
    first, second = head[0::2].count(0), head[1::2].count(0)
    if half < 2:
        return None
    if second > 0.4 * half and first < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if first > 0.4 * half and second < 0.05 * half else None


def _like_windows(head: bytes) -> bool:
    """Tell a Windows-1252 text from UTF-8 with a broken place: there, sound characters outnumber broken."""
    try:
        text = head.decode("cp1252")
    except UnicodeDecodeError:
        return False
    if any(c < " " and c not in "\t\r\n\f" for c in text):
        return False
    decoded = head.decode("utf-8", "replace")
    broken = decoded.count("\ufffd")
    return sum(c > "\x7f" for c in decoded) - broken <= broken


class Watched(io.BufferedIOBase):
    """A byte stream for TextIOWrapper that remembers where it is, and whether a NUL went by.

    UTF-16 and UTF-32 leave it as UTF-8; `codec` is the encoding in which to read it.
    """

    def __init__(self, raw: IO[bytes], head: bytes, encoding: Encoding, name: str) -> None:
        self._raw = raw
        self._head = head[encoding.mark :]
        self._wide = None
        if encoding.codec.startswith(("utf-16", "utf-32")):
            self._wide = codecs.getincrementaldecoder(encoding.codec)()
        self._newline = b"\r" if b"\r" in head and b"\n" not in head else b"\n"
        self.name = name
        self.encoding = encoding
        self.codec = "utf-8" if self._wide else encoding.codec
        self.offset = encoding.mark
        self.lines = 0
        self.nuls: list[int] = []  # offsets of blocks that hold one: asked at every row, so a list and not a call

    def readable(self) -> bool:
        """Tell TextIOWrapper that it may read."""
        return True

    def read1(self, size: int = -1) -> bytes:  # noqa: ARG002 - a bigger block than asked for is allowed, and faster
        """Give the next block, or b"" at the end."""
        while True:
            block, self._head = self._head or self._next(), b""
            self.offset += len(block)
            data = self._narrow(block) if self._wide else block
            self.lines += data.count(self._newline)
            if b"\0" in data:
                self.nuls.append(self.offset)
            if data or not block:
                return data

    def _next(self) -> bytes:
        try:
            return self._raw.read(BLOCK)
        except (OSError, EOFError, zlib.error) as error:
            raise HubError("file_unreadable", file=self.name, why=error) from None

    def _narrow(self, block: bytes) -> bytes:
        assert self._wide is not None  # noqa: S101 - for the type checker
        try:
            return self._wide.decode(block, final=not block).encode()
        except UnicodeDecodeError as error:
            text = bytes(error.object[: error.start]).decode(self.encoding.codec, "ignore")
            raise self._bad(error, self.lines + text.count(self._newline.decode()) + 1) from None

    def bad_bytes(self, error: UnicodeDecodeError) -> HubError:
        """Give the error for a place that TextIOWrapper could not decode, with its line and its byte in the file."""
        before = self.lines - error.object[error.start :].count(self._newline)
        return self._bad(error, before + 1)

    def _bad(self, error: UnicodeDecodeError, line: int) -> HubError:
        offset = self.offset - len(error.object) + error.start
        shown = {"cp1252": "Windows-1252"}.get(self.encoding.codec, self.encoding.codec.upper())
        return HubError("bad_encoding", file=self.name, line=line, offset=offset, encoding=shown)

    def close(self) -> None:
        """Close the file below, but never stdin."""
        if self.name != "stdin":
            self._raw.close()
        super().close()
