"""The log as JSON, one object a line: ingest's own records, the server's and Kafka's client's."""

from __future__ import annotations

from typing import Any


def describe_logging(level: str) -> dict[str, Any]:
    """What ``logging.config`` takes; records of ``level`` and above go to standard error."""
    shown = level.upper()
    own = {"level": shown, "handlers": ["console"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": "pythonjsonlogger.json.JsonFormatter",
                "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s %(process)d",
                "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
                "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            }
        },
        "filters": {"request": {"()": "ingest.observability.request_log.RequestIdFilter"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "json",
                "filters": ["request"],
            }
        },
        "root": {"level": shown, "handlers": ["console"]},
        # Gunicorn hangs its own handlers on these two unless they are named.
        "loggers": {"gunicorn.error": own, "gunicorn.access": own},
    }
