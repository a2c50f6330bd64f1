"""Frames over a Unix socket: a small record, and bytes beside it; descriptors may go with one."""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import dataclass
from typing import Any, Final

_SIZES: Final = struct.Struct(">II")
_DESCRIPTORS: Final = 4
"""More than any frame carries."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A record and the bytes beside it; `descriptors` came with it and are ours to close."""

    record: dict[str, Any]
    body: bytes = b""
    descriptors: tuple[int, ...] = ()


def pack(record: dict[str, Any], body: bytes = b"") -> bytes:
    """Return the frame that says `record`, with `body` beside it."""
    head = json.dumps(record, separators=(",", ":")).encode("utf-8")
    return b"".join((_SIZES.pack(len(head), len(body)), head, body))


def send(
    channel: socket.socket,
    record: dict[str, Any],
    body: bytes = b"",
    descriptors: tuple[int, ...] = (),
) -> None:
    """Send a frame whole; `descriptors` go with its first byte."""
    frame = pack(record, body)
    if descriptors:
        sent = socket.send_fds(channel, [frame], list(descriptors))
        channel.sendall(frame[sent:])
    else:
        channel.sendall(frame)


def receive(channel: socket.socket) -> Frame:
    """Return the next frame; `EOFError` when the other side is gone."""
    head, descriptors, _, _ = socket.recv_fds(channel, _SIZES.size, _DESCRIPTORS)
    head += _exactly(channel, _SIZES.size - len(head)) if head else b""
    if not head:
        raise EOFError
    record_size, body_size = _SIZES.unpack(head)
    rest = _exactly(channel, record_size + body_size)
    return Frame(json.loads(rest[:record_size]), rest[record_size:], tuple(descriptors))


def _exactly(channel: socket.socket, size: int) -> bytes:
    """Return the next `size` bytes."""
    parts = b""
    while len(parts) < size:
        part = channel.recv(min(size - len(parts), 1 << 20))
        if not part:
            raise EOFError
        parts = parts + part if parts else part
    return parts
