"""Unpacking an answer while it comes, never beyond a bound: what it says it is, or what its first bytes are."""

from __future__ import annotations

import re
import zlib

GZIP = b"\x1f\x8b"
TELLING = 4  # bytes that tell what a body is: a byte order mark and the first character
TEXT = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\0\s]*[<{\[]")
ZSTD = b"\x28\xb5\x2f\xfd"
NOT_ASKED_FOR = (
    "br",
    "zstd",
    "compress",
    "x-compress",
    "dcb",
    "dcz",
)  # packings that cannot be unpacked within a bound


class TooLarge(Exception):
    """The answer, unpacked, passed its bound."""


class Inflater:
    """Takes raw pieces, keeps the unpacked body. `encoding` is the Content-Encoding header."""

    def __init__(self, encoding: str, most_bytes: int) -> None:
        self._encoding = encoding.strip().lower()
        self._most = most_bytes
        self._body = bytearray()
        self._unpack: zlib._Decompress | None = None
        self._start: bytes | None = b""  # None once it is known what the body is

    def feed(self, piece: bytes) -> None:
        """Take a piece. Raises TooLarge, or zlib.error for one that cannot be unpacked."""
        if self._start is None:
            self._take(piece)
            return
        self._start += piece
        if len(self._start) >= TELLING:
            self._take_start()

    def _take_start(self) -> None:
        start, self._start = self._start or b"", None
        self._unpack = self._choose(start)
        self._take(start)

    def _take(self, piece: bytes) -> None:
        if self._unpack is None:
            self._keep(piece)
            return
        while piece:
            self._keep(self._unpack.decompress(piece, self._most - len(self._body) + 1))
            piece = self._unpack.unconsumed_tail

    def body(self) -> bytes:
        """All that was unpacked."""
        if self._start:
            self._take_start()
        if self._unpack is not None and not self._unpack.eof:
            self._keep(self._unpack.flush())
        return bytes(self._body)

    @property
    def begun(self) -> bytes:
        """What was unpacked so far."""
        return bytes(self._body) + (self._start or b"")

    @property
    def is_whole(self) -> bool:
        """Whether what was packed came to its end; always so for what was not."""
        return self._unpack is None or self._unpack.eof

    def _keep(self, piece: bytes) -> None:
        self._body += piece
        if len(self._body) > self._most:
            raise TooLarge

    def _choose(self, start: bytes) -> zlib._Decompress | None:
        """By the bytes first: some servers pack without saying so, others say so and do not pack."""
        if start.startswith(GZIP):
            return zlib.decompressobj(wbits=31)
        if self._encoding == "deflate" and not TEXT.match(start):
            is_wrapped = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0  # RFC 1950, 2.2
            return zlib.decompressobj() if is_wrapped else zlib.decompressobj(wbits=-15)
        return None


def foreign_packing(encoding: str, body: bytes) -> str:
    """The packing of a body that we neither asked for nor unpack; "" where there is none, or it is only said."""
    if body.startswith(ZSTD):
        return "zstd"
    named = [name.strip().lower() for name in encoding.split(",")]
    return "" if TEXT.match(body) else next((name for name in named if name in NOT_ASKED_FOR), "")
