"""JSON and NDJSON: flat objects as rows, streamed, numbers kept digit by digit, doubtful input refused."""

import json
import re
from collections.abc import Iterator
from io import TextIOBase
from typing import Any, Never

from hubcli.errors import HubError
from hubcli.importing.source import Watched

BLOCK = 64 * 1024
RECORD_LIMIT = 4_000_000  # characters in one object
FIRST = 1000  # the columns are the keys of this many first objects

_BLANK = re.compile(r"[ \t\r\n]*")

Record = tuple[int, dict[str, str]]


class _RefusedError(ValueError):
    """Something that JSON allows and an import does not."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _RefusedError(f"the key {twice!r} stands twice in one object")
    return found


def _constant(word: str) -> Never:
    raise _RefusedError(f"{word} is not a number")


_decoder = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, parse_int=str, parse_float=str)


class JsonRecords:
    """The objects of one JSON text, an array or one a line, each with the line on which it begins."""

    def __init__(self, text: TextIOBase, source: Watched) -> None:
        self._text = text
        self._source = source
        self._buffer = ""
        self._at = 0
        self._line = 1

    def __iter__(self) -> Iterator[Record]:
        """Give (line, object as text) in order; HubError `bad_json` names the line of what cannot be taken."""
        try:
            yield from self._array() if self._peek() == "[" else self._stream()
        except _RefusedError as error:
            raise self._bad(str(error)) from None
        except RecursionError:
            raise self._bad("it is nested too deeply") from None
        except UnicodeDecodeError as error:
            raise self._source.bad_bytes(error) from None

    def _array(self) -> Iterator[Record]:
        self._skip(1)
        if self._peek() == "]":
            self._skip(1)
        else:
            while True:
                yield self._object()
                mark = self._peek()
                if mark not in (",", "]"):
                    raise _RefusedError("a comma or the closing ] is missing")
                self._skip(1)
                if mark == "]":
                    break
        if self._peek():
            raise _RefusedError("something follows the closing ]")

    def _stream(self) -> Iterator[Record]:
        while self._peek():
            yield self._object()

    def _object(self) -> Record:
        if self._peek() != "{":
            raise _RefusedError("an object { } is expected here")
        line = self._line
        while True:
            try:
                found, end = _decoder.raw_decode(self._buffer, self._at)
                break
            except json.JSONDecodeError as error:
                if len(self._buffer) - self._at > RECORD_LIMIT:
                    raise _RefusedError(
                        f"one object is longer than {RECORD_LIMIT:,} characters, or not closed"
                    ) from None
                if not self._more(len(self._buffer)):  # doubling: an object is decoded a few times, not once a block
                    raise _RefusedError(error.msg) from None
        record = {name: _text(name, value) for name, value in found.items()}
        self._skip(end - self._at)
        return line, record

    def _peek(self) -> str:
        """Give the next character that is not white space, or "" at the end."""
        while True:
            blank = _BLANK.match(self._buffer, self._at)
            self._skip(blank.end() - self._at if blank else 0)
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def _more(self, size: int = BLOCK) -> bool:
        block = self._text.read(max(size, BLOCK))
        self._buffer, self._at = self._buffer[self._at :] + block, 0
        return bool(block)

    def _skip(self, count: int) -> None:
        self._line += self._buffer.count("\n", self._at, self._at + count)
        self._at += count

    def _bad(self, why: str) -> HubError:
        return HubError("bad_json", file=self._source.name, line=self._line, why=why)


def _text(name: str, value: Any) -> str:
    """Give a value as the text of a cell: null is empty, true is yes, a list of plain values is joined with "; "."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and not any(isinstance(v, (list, dict)) for v in value):
        return "; ".join(_text(name, v) for v in value)
    raise _RefusedError(f"the value of {name!r} holds further objects; a row must be flat")
