"""A way to a server that loses answers: a TCP proxy on 127.0.0.1 that can cut the connection once a request is done.

In a thread of its own, so it works beside an event loop and for programs in other processes.
"""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress


class LossyProxy:
    """Passes everything on; `requests` holds the first line of each. Use with `with`."""

    def __init__(self, target: int) -> None:
        self.requests: list[str] = []
        self.lost: list[str] = []
        self._target = target
        self._loses: Callable[[str], bool] = lambda line: False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._closing = False

    @property
    def url(self) -> str:
        """Where clients find it."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def lose(self, loses: Callable[[str], bool]) -> None:
        """Cut off the answers to requests with such a first line, after the server has done what they ask."""
        self._loses = loses

    def __enter__(self) -> LossyProxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while not self._closing:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with near, suppress(OSError), socket.create_connection(("127.0.0.1", self._target)) as far:
            line = ""
            while not self._closing:
                for ready in select.select([near, far], [], [], 0.2)[0]:
                    data = ready.recv(65_536)
                    if not data:
                        return
                    if ready is near:
                        line = self._note(data) or line
                        far.sendall(data)
                    elif self._loses(line):
                        self.lost.append(line)
                        return
                    else:
                        near.sendall(data)

    def _note(self, data: bytes) -> str:
        first = data.split(b"\r\n", 1)[0].decode("latin-1")
        if not first.endswith("HTTP/1.1"):
            return ""  # the body of a request
        self.requests.append(first)
        return first
