"""Logging on standard error, as plain lines or JSON. Passwords and tokens in addresses never get through."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime

SECRETS = re.compile(r"(?<=://)[^/\s:@]+:[^/\s@]+(?=@)|((?:token|password|secret|api_?key)=)[^&\s]+", re.IGNORECASE)


def hide_secrets(text: str) -> str:
    """The text with `user:password@` and `token=...` replaced by three asterisks."""
    return SECRETS.sub(lambda match: f"{match.group(1) or ''}***", text)


class PlainLines(logging.Formatter):
    """`2026-11-24 12:00:00Z warning deliver: words`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and the traceback below it where there is one."""
        at = datetime.fromtimestamp(record.created, UTC)
        name = record.name.removeprefix("bot.").rpartition(".")[2]
        line = f"{at:%Y-%m-%d %H:%M:%SZ} {record.levelname.lower():7} {name}: {record.getMessage()}"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return hide_secrets(line)


class JsonLines(logging.Formatter):
    """One object a line: at, level, logger, message, and the traceback as `error`."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        row = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": hide_secrets(record.getMessage()),
        }
        if record.exc_info:
            row["error"] = hide_secrets(self.formatException(record.exc_info))
        return json.dumps(row, ensure_ascii=False)


def start_logging(level: str, style: str) -> None:
    """Log to standard error from now on; libraries only from warnings up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if style == "json" else PlainLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("bot").setLevel(level.upper())
    logging.captureWarnings(True)
