"""A name server for tests, so that what is served on 127.0.0.1 is asked by a name, as on the Internet."""

from __future__ import annotations

import socket

from aiohttp.abc import AbstractResolver, ResolveResult


class Fickle(AbstractResolver):
    """A name server that answers something else each time; the last answer stays."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.looked_up = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The next answer."""
        self.looked_up += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [_row(host, port, address) for address in answer]

    async def close(self) -> None:
        """Nothing to close."""


def _row(host: str, port: int, address: str) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
