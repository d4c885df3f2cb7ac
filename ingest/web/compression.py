"""Compressed bodies, unpacked while they stream in and never past a limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final, Protocol

from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError
from starlette.types import Message, Receive

from ingest.web.problems import ProblemCode, ProblemError

GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS
ZSTD_WINDOW_LOG: Final = 23
"""8 MiB, what RFC 9659 lets a sender ask of a receiver."""


class Unpacker(Protocol):
    """One compressed stream. ``decompress`` stops at its second argument, which is at least 1."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


_UNPACKERS: Final[Mapping[str, Callable[[], Unpacker]]] = {
    "gzip": lambda: zlib.decompressobj(GZIP_WINDOW),
    "x-gzip": lambda: zlib.decompressobj(GZIP_WINDOW),
    "deflate": zlib.decompressobj,
    "zstd": lambda: ZstdDecompressor(options={DecompressionParameter.window_log_max: ZSTD_WINDOW_LOG}),
}
ACCEPTED: Final = "gzip, deflate, zstd"


def unpack(receive: Receive, encoding: str, limit: int) -> Receive:
    """A ``receive`` of the plain body: ``limit`` bytes of it and one more at most.

    ``encoding`` is in small letters. Raises a ``415`` for one that is not known; the reader of a
    broken body gets a ``400``.
    """
    unpacker = _choose(encoding)
    room = limit + 1

    async def receive_plain() -> Message:
        nonlocal room
        message = await receive()
        if message["type"] != "http.request":
            return message
        plain = _feed(unpacker, message.get("body", b""), room)
        room -= len(plain)
        if room and not message.get("more_body", False) and not unpacker.eof:
            raise _broken("it ends too early")
        return {**message, "body": plain}

    return receive_plain


def _choose(encoding: str) -> Unpacker:
    make = _UNPACKERS.get(encoding)
    if make is None:
        detail = f"Content-Encoding may be {ACCEPTED}."
        headers = {"Accept-Encoding": ACCEPTED}
        raise ProblemError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, ProblemCode.UNKNOWN_ENCODING, detail, headers=headers)
    return make()


def _feed(unpacker: Unpacker, packed: bytes, room: int) -> bytes:
    if not packed or not room:
        return b""
    if unpacker.eof:
        raise _broken("something follows its end")
    try:
        plain = unpacker.decompress(packed, room)
    except (zlib.error, ZstdError) as error:
        raise _broken(str(error)) from error
    if unpacker.unused_data:
        raise _broken("something follows its end")
    return plain


def _broken(reason: str) -> ProblemError:
    detail = f"The compressed body cannot be read: {reason}."
    return ProblemError(HTTPStatus.BAD_REQUEST, ProblemCode.BROKEN_ENCODING, detail)
