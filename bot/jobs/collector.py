"""The collector of garbage put to rest while much is made that stays. Never frees, and never changes what is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """No collection within. Of a hundred thousand queries none is garbage, and looking through them all again and again
    takes a fifth of the time. Where collection was off before, it stays so."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
