"""The front door: `lodewire` and its commands. Reads the command line, calls `app`, prints, sets the exit code.

Exit codes: 0 done, 1 something failed, 2 wrong use.
"""

from bot.cli.door import main

__all__ = ["main"]
