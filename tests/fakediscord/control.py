"""Asking the fake from another process: what stands in its channel, and to forget it."""

from __future__ import annotations

import json
import os
import ssl
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any


def ask(what: str) -> Any:
    """`messages` of the channel, or `forget` them. The environment says where the fake is."""
    trusted = Path(os.environ["FAKE_DISCORD_CERTIFICATE"]).read_text("ascii")
    context = ssl.create_default_context(cadata=trusted)
    connection = HTTPSConnection("127.0.0.1", int(os.environ["FAKE_DISCORD_PORT"]), timeout=10, context=context)
    try:
        connection.request("GET", f"/control/{what}")
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()
