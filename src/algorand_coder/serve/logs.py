"""One JSON object a line on stderr. Prompts, answers and keys stay out unless the operator asks for prompts."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class JsonLines(logging.Formatter):
    """``time, level, logger, event`` and whatever the record carries under ``data``."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "data", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure(level: str = "INFO") -> None:
    """Send every logger of this process to stderr as JSON lines; uvicorn's own access log is not needed."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in ("aiohttp", "asyncio", "httpx2", "uvicorn.access", "mcp"):
        logging.getLogger(name).setLevel(logging.WARNING)
